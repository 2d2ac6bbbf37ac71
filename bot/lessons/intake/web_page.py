"""Reads a saved web page: its data for search engines if it has any, else its text as lines of Markdown."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from bot.language.words import _
from bot.lessons.html_tags import NO_CHARACTER
from bot.lessons.intake.density import refuse_short_lines
from bot.lessons.intake.markdown_lines import END, QUESTION, Lines
from bot.lessons.intake.markdown_reader import read_lines
from bot.lessons.intake.material import Hints, Source, Unplaced
from bot.lessons.intake.question_text import asks
from bot.lessons.intake.records import read_faq_page

# What stands beside the text of a page, and what no reader sees.
_BESIDE = frozenset("nav footer aside".split())
_UNSEEN = frozenset("script style template noscript svg select iframe object".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# What a cell of a table cannot hold: around it, a table only arranges the page.
_NOT_IN_A_CELL = _HEADINGS | frozenset("ul ol dl details pre blockquote table".split())
_BLOCKS = (
    _NOT_IN_A_CELL
    | _BESIDE
    | frozenset(
        """
        p div form section article main header hr li dt dd summary figure figcaption address center caption tr td
        th thead tbody tfoot body html
        """.split()
    )
)
_WITHIN_A_LINE = frozenset("b strong i em u s del ins code kbd samp tt var sub sup mark cite dfn".split())
_NO_TAG = re.compile(r"<[!?][^<>]*(?P<end>>?)|<(?![a-zA-Z/])")
_END = re.compile(r"</([a-z]{3,8})\b", re.IGNORECASE)
# What Markdown would not show as it is.
_SIGNS = re.compile(r"[\\`*]|(?<!\w)_|_(?!\w)")
# The link to a heading beside it, and emphasis of nothing.
_EMPTY = re.compile(r"<a href=\"[^\"]*\">\s?[#\u00b6]?\s?</a>|<(b|strong|i|em)>\s?</\1>")
# A heading that is a link to itself.
_TO_ITSELF = re.compile(r"<a href=\"#[^\"]*\">([^<]*)</a>")
_SPACE_INSIDE = re.compile(r"(?P<begin><(?:b|strong|i|em)>) | (?P<end></(?:b|strong|i|em)>)")
_MOST_DEPTH = 10  # of lists and quotes, and of tags within a line


def read_web_page(text: str, hints: Hints) -> Source:
    """The source in a `.html` file. Raises `NotesError` if reading it would take too long."""
    page = _Page()
    page.read(text)
    for line, data in page.data:
        # In its place in the page, so that its lines are right.
        if source := read_faq_page("\n" * (line - 1) + data):
            why = _("the text of the page: its questions are those of its data for search engines")
            source.unplaced.append(Unplaced(line, "FAQPage", why))
            return source
    refuse_short_lines("\n".join(page.lines.texts), page.lines.numbers)
    source = read_lines(page.lines, hints)
    source.unplaced += page.unplaced
    return source


def _with_tags_that_end(text: str) -> str:
    """The text without comments and declarations, and without a tag that never ends.

    For each of those that do not end, Python's parser would look through the rest of the text.
    """
    kept: list[str] = []
    at = 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        kept += [text[at:begin], "\n" * text.count("\n", begin, end)]
        at = end + 3
    tags, end_of_tag, behind = "".join([*kept, text[at:]]).rpartition(">")
    tags = _NO_TAG.sub(
        lambda found: "\n" * found[0].count("\n") if found["end"] else f"&lt;{found[0][1:]}", tags + end_of_tag
    )
    return NO_CHARACTER.sub("\ufffd", tags + behind.replace("<", "&lt;"))


class _Page(HTMLParser):
    """The text of a page as lines of Markdown. `data` are its texts in JSON-LD, with their lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = Lines()
        self.data: list[tuple[int, str]] = []
        self.unplaced: list[Unplaced] = []
        self._title = ""
        # The tag whose text is not read as that of the page, and this text; and where each such tag ends last.
        self._skipped, self._said, self._is_data = "", [""], False
        self._ends: dict[str, tuple[int, int]] = {}
        # The text of the block that is read, the line where it begins, the tags in it, and what the block is.
        self._inline: list[str] = []
        self._line = 1
        self._open: list[str] = []
        self._kind = ""
        # Lists: each has the number of its last item and the indentation of its text. Those around <details>.
        self._lists: list[tuple[int | None, int]] = []
        self._around: list[list[tuple[int | None, int]]] = []
        self._marker = ""
        self._quotes = 0
        self._code: list[str] | None = None
        self._rows: list[list[str]] | None = None
        self._is_asked = self._is_main = False

    def read(self, text: str) -> None:
        text = _with_tags_that_end(text)
        for number, line in enumerate(text.split("\n"), 1):
            self._ends |= {found[1].lower(): (number, found.start()) for found in _END.finditer(line)}
        self.feed(text)
        self.close()
        if self._skipped == "main":
            self._end_skipped()
        self._end_code()
        self._end_table()
        self._end_answer()
        if self._title and not any(each.startswith("# ") for each in self.lines.texts):
            self.lines = Lines([f"# {self._title}", "", *self.lines.texts], [1, 1, *self.lines.numbers])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if self._skipped:
            return
        # A menu that never ends would take the rest of the page with it, but so does a script in a browser.
        is_ended = self.getpos() < self._ends.get(tag, (0, 0))
        if (is_ended and tag in _BESIDE | _UNSEEN | {"title"}) or tag in ("script", "style"):
            self._flush()
            self._skipped, self._said, self._line = tag, [], self.getpos()[0]
            self._is_data = attributes.get("type") == "application/ld+json"
        elif tag == "main" and is_ended:
            self._begin_main()
        elif self._code is not None and tag not in _HEADINGS:
            self._code += "\n" * (tag == "br")
        elif tag in _BLOCKS:
            self._begin(tag)
        elif tag == "br":
            self._add("\n")
        elif tag == "img" and (source := attributes.get("src")):
            alt = " ".join(re.sub(r"[\[\]]", " ", attributes.get("alt") or "").split())
            self._add(html.escape(alt) if source.startswith("data:") else f"![{alt}](<{source.strip()}>)")
        elif len(self._open) >= _MOST_DEPTH:
            return
        elif tag in _WITHIN_A_LINE:
            self._add(f"<{tag}>")
            self._open.append(tag)
        elif tag == "a" and (target := attributes.get("href")):
            self._add(f'<a href="{html.escape(target.strip())}">')
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped:
                self._end_skipped()
        elif tag == "main" and self._is_main:
            self._flush()
            self._skipped, self._said, self._line = tag, [], self.getpos()[0]  # what stands behind it
        elif tag in _BLOCKS:
            self._end(tag)
        elif tag in self._open:
            while (name := self._open.pop()) != tag:
                self._add(f"</{name}>")
            self._add(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._skipped:
            self._said.append(data)
        elif self._code is not None:
            self._code.append(data)
        elif data.strip() or self._inline:
            text = html.escape(" ".join(f"x{data}x".split())[1:-1], quote=False)
            is_code = not {"code", "kbd", "samp", "tt"}.isdisjoint(self._open)
            self._add(text if is_code else _SIGNS.sub(r"\\\g<0>", text))

    def _add(self, text: str) -> None:
        if not self._inline:
            self._line = self.getpos()[0]
        self._inline.append(text)

    def _begin_main(self) -> None:
        """Leave out what is read so far: the page says that its text begins here."""
        self._end_code()
        self._end_table()
        self._end_answer()
        self._lists, self._around, self._marker, self._quotes, self._kind = [], [], "", 0, ""
        self._leave(self.lines.numbers[0] if self.lines.numbers else 1, " ".join(self.lines.texts))
        self.lines = Lines()
        self._is_main = True

    def _leave(self, line: int, said: str) -> None:
        if said := " ".join(re.sub(r"[\x02\x04]|</?\w+>", " ", said).split()):
            why = _("a part beside the text of the page, such as a menu")
            self.unplaced.append(Unplaced(line, said, why))

    def _end_skipped(self) -> None:
        tag, self._skipped = self._skipped, ""
        said = "".join(self._said)
        if tag == "title":
            self._title = html.escape(" ".join(said.split()), quote=False)
        elif self._is_data and tag == "script":
            self.data.append((self._line, said))
        elif tag in _BESIDE | {"main"}:
            self._leave(self._line, said)

    def _begin(self, tag: str) -> None:
        if self._rows is not None and tag in _NOT_IN_A_CELL:
            self._end_table(is_layout=True)
        self._end_code()
        self._flush()
        if tag in _HEADINGS or tag in ("summary", "dt"):
            if tag == "dt":
                self._end_answer()
            self._kind = tag
        elif tag in ("ul", "ol"):
            self._lists.append((0 if tag == "ol" else None, self._lists[-1][1] if self._lists else 0))
        elif tag == "dd":
            self._kind = ""
        elif tag == "li":
            self._begin_item()
        elif tag == "details":
            self._around.append(self._lists)
            self._lists, self._marker = [], ""
            self._apart("<details>", self.getpos()[0])
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._code, self._line = [], self.getpos()[0]
        elif tag == "hr":
            self._apart("---", self.getpos()[0])
        elif tag == "table":
            self._rows = []
        elif self._rows is not None:
            self._begin_in_table(self._rows, tag)

    def _begin_in_table(self, rows: list[list[str]], tag: str) -> None:
        if tag == "tr":
            rows.append([])
        elif tag in ("td", "th") and rows:
            rows[-1].append("")

    def _begin_item(self) -> None:
        above = self._lists[-2][1] if len(self._lists) > 1 else 0
        number = self._lists[-1][0] if self._lists else None
        mark = "- " if number is None else f"{number + 1}. "
        self._lists[-1:] = [(number if number is None else number + 1, above + len(mark))]
        self._marker = " " * min(above, 3 * _MOST_DEPTH) + mark

    def _end(self, tag: str) -> None:
        if tag == "pre":
            self._end_code()
        self._flush()
        if tag == self._kind:
            self._kind = ""
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._marker = ""
        elif tag == "details" and self._around:
            self._lists = self._around.pop()
            self._apart("</details>", self.getpos()[0])
        elif tag == "blockquote" and self._quotes:
            self._quotes -= 1
        elif tag == "table":
            self._end_table()
        elif tag == "dl":
            self._end_answer()

    def _flush(self) -> None:
        """Write the block that was read."""
        said = "".join([*self._inline, *(f"</{each}>" for each in reversed(self._open))])
        self._inline, self._open = [], []
        said = _EMPTY.sub("", said)
        said = _SPACE_INSIDE.sub(
            lambda found: f" {found['begin']}" if found["begin"] else f"{found['end']} ", said
        )
        texts = [text for line in said.split("\n") if (text := " ".join(line.split()))]
        if not texts:
            return
        kind, self._kind = self._kind, ""
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] = "<br>".join(filter(None, [self._rows[-1][-1], *texts]))
        elif kind in _HEADINGS:
            self._lists, self._marker, self._quotes = [], "", 0  # those that never ended
            text = _TO_ITSELF.sub(r"\1", " ".join(texts))
            self._apart(f"{'#' * int(kind[1])} {text}", self._line)
        elif kind == "summary":
            self.lines.add(f"<summary>{' '.join(texts)}</summary>", self._line)
        elif kind == "dt" and asks(" ".join(texts)):
            self._apart(QUESTION + " ".join(texts), self._line)
            self._is_asked = True
        elif kind == "dt":
            self._write([f"**{' '.join(texts)}**"])
        else:
            self._write(texts)

    def _write(self, texts: list[str]) -> None:
        """Write these lines as a paragraph, in the quote and the item that they are in."""
        quote = "> " * min(self._quotes, _MOST_DEPTH)
        indent = " " * min(self._lists[-1][1] if self._lists else 0, 3 * _MOST_DEPTH)
        is_next_item = self._marker and self.lines.texts[-1:] != [""]
        # A paragraph on the line below another would be taken for its next line.
        line = self._line - (self.lines.numbers[-1:] == [self._line - 1] and not is_next_item)
        if not self._marker:
            self._blank(line, quote.rstrip())
        for n, text in enumerate(texts):
            self.lines.add(f"{quote}{self._marker if self._marker and not n else indent}{text}", line)
        self._marker = ""
        if not self._lists and not self._quotes:
            self._blank(line)

    def _blank(self, line: int, quote: str = "") -> None:
        if self.lines.texts and self.lines.texts[-1] != quote:
            self.lines.add(quote, line)

    def _apart(self, text: str, line: int) -> None:
        self._blank(line)
        self.lines.add(text, line)
        self._blank(line)

    def _end_code(self) -> None:
        code, self._code = "".join(self._code or ()).strip("\n"), None
        if code.strip():
            fence = "~~~" if "```" in code else "```"
            self._write([fence, *code.split("\n"), fence])

    def _end_answer(self) -> None:
        self._flush()
        if self._is_asked:
            self._apart(END, self.getpos()[0])
            self._is_asked = False

    def _end_table(self, *, is_layout: bool = False) -> None:
        self._flush()
        rows, self._rows = [row for row in self._rows or () if any(row)], None
        count = max(map(len, rows), default=0)
        if is_layout or len(rows) < 2 or count < 2:
            for cell in (cell for row in rows for cell in row if cell):
                self._write(cell.split("<br>"))
            return
        lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
        self._write([lines[0], "|" + "---|" * count, *lines[1:]])
