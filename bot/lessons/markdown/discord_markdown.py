"""Converts Markdown and HTML of any flavor to what Discord shows, and reports what it cannot show.

Discord shows emphasis, headings, lists, quotes, code, and links to the web. The rest is converted where that
keeps its meaning (tables, `<br>`, task lists, footnotes …). If not, it is removed or kept as text, with a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from textwrap import dedent

from bot.language.words import _
from bot.lessons.markdown.html_tags import unescaped
from bot.lessons.markdown.inline_markdown import InlineConverter, Links, is_formula
from bot.lessons.markdown.not_shown import Remark
from bot.lessons.markdown.signs import ALERT, CODE, DELIMITER, FENCE, SHORTCODE, TASK, closes
from bot.lessons.markdown.text_tables import cells_of, table
from bot.lessons.markdown.wrapped_links import last_line_of_links

_HEADING = re.compile(
    r"^(?P<marks>#{1,6})[ \t]+(?P<text>.*?)(?:[ \t]+#+)?(?P<attributes>[ \t]*\{[^{}]*\})?[ \t]*$"
)
_RULE = re.compile(r"(?P<before>[ \t]*(?:>[ \t]?)*)(?P<mark>[-*_])(?:[ \t]*(?P=mark)){2,}[ \t]*")
_SHOWN_RULE = "\u2500" * 3
# The meaning of a term, below the term.
_MEANING = re.compile(r" {0,3}:[ \t]+(?P<text>\S.*)")
_QUOTE = re.compile(r"(?:[ \t]*>)+(?=[ \t]|$)")
# Quotes in quotes that are looked into.
_MOST_QUOTES = 10
_ITEM = re.compile(r"\s*(?:[-*]|\d{1,9}[.)])\s")
# The indentation of a line, and the mark of its item.
_BEFORE_TEXT = re.compile(r"[ \t]*(?:(?:[-*]|\d{1,9}[.)])[ \t]+)?(?=\S)")
_BLOCK = re.compile(r"\s*<(?P<tag>pre|blockquote|table)\b[^<>]*(?:>|$)", re.IGNORECASE)
_END_OF = {
    "pre": re.compile(r"</pre>", re.IGNORECASE),
    "blockquote": re.compile(r"</blockquote>", re.IGNORECASE),
    "table": re.compile(r"</table>", re.IGNORECASE),
}
_BLOCK_WITHIN = re.compile(
    r"(?<=>)(?=<pre\b[^<>]*>)|(?<=\S)[ \t]{0,9}(?=<(?:blockquote|table)\b[^<>]*>)", re.IGNORECASE
)
_ROW = re.compile(r"(?=<tr\b)", re.IGNORECASE)
_CELL = re.compile(r"(?=<t[dh]\b)", re.IGNORECASE)
_CELL_OR_ROW = re.compile(r"<t[rdh]\b", re.IGNORECASE)
# What does not fit into a cell of a table.
_BLOCK_IN_CELL = re.compile(
    r"<(?:table|pre|blockquote|[uo]l|li)\b|```|~~~|^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]", re.IGNORECASE | re.MULTILINE
)
_CONTAINER = re.compile(r"^[ \t]*:{3,}[ \t]*(?:\{?[A-Za-z][\w-]*.*)?$")
_DIAGRAMS = frozenset({"mermaid", "plantuml", "dot", "graphviz", "math", "latex"})


@dataclass
class DiscordText:
    """A text as Discord shows it. `used` are the names of links and footnotes that it refers to."""

    text: str
    remarks: list[Remark]
    used: set[str] = field(default_factory=set)
    related: list[str] = field(default_factory=list)


def for_discord(text: str, links: Links | None = None) -> DiscordText:
    """The text in Discord's Markdown, and a remark for each thing that could not be kept."""
    if not _MAY_CHANGE.search(text):
        return DiscordText(text.strip("\n"), [])
    converter = _Converter(links or Links())
    out = converter.convert(text)
    inline = converter.inline
    return DiscordText(out, inline.remarks, inline.used, inline.related)


_MAY_CHANGE = re.compile(
    r"[<\[&{\\$|`~\x05\x06]|\n\n\n|==|\w\^|(?:discord|steam)://|:(?:material|octicons|fontawesome|simple)-"
    r"|^[ \t]*(?:#{1,6}[ \t]|[+>:]|[-*_][ \t]*[-*_])",
    re.MULTILINE,
)


class _Converter:
    def __init__(self, links: Links) -> None:
        self.inline = InlineConverter(links)
        self._links = links

    def convert(self, text: str) -> str:
        text = text.replace("\x05", " ").replace("\x06", " ")
        out = _without_rules_around(self._blocks(*_with_blocks_apart(text.split("\n"))))
        if self.inline.notes:
            out += ["", *self._notes()]
        text = self.inline.with_code("\n".join(out))
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n")

    def _notes(self) -> Iterator[str]:
        for line, note in self.inline.notes:  # a note may refer to more of them
            self.inline.line = line
            yield from self.inline.convert(note).split("\n")

    def _blocks(self, lines: list[str], numbers: list[int], quotes: int = 0) -> list[str]:
        """The lines converted. `quotes` is the number of quotes that they stand in."""
        out: list[str] = []
        n = 0
        while n < len(lines):
            self.inline.line = numbers[n]
            line = lines[n]
            if quotes < _MOST_QUOTES and (quote := _QUOTE.match(line)) and not ALERT.match(line):
                inside = _without_mark(lines, n, quote[0].count(">"))
                out += _quoted(quote[0], self._blocks(inside, numbers[n : n + len(inside)], quotes + 1))
                n += len(inside)
            elif quotes < _MOST_QUOTES and (end_of_quote := _end_of(lines, n, "blockquote")) is not None:
                said, rest = _inside(lines[n : end_of_quote + 1], "blockquote")
                inside = dedent(said).split("\n")
                out += ["", *_quoted(">", self._blocks(inside, numbers[n : end_of_quote + 1], quotes + 1)), ""]
                n, lines[end_of_quote] = end_of_quote, rest
            elif (end_of_table := _end_of(lines, n, "table")) is not None and (
                (behind := self._html_table(lines[n : end_of_table + 1], out)) is not None
            ):
                n, lines[end_of_table] = end_of_table, behind
            elif fence := FENCE.match(line):
                n = self._fence(lines, n, fence, out)
            elif n + 1 < len(lines) and "|" in line and "|" in lines[n + 1] and DELIMITER.fullmatch(lines[n + 1]):
                n = self._table(lines, numbers, n, out)
            elif (end_of_formula := _end_of_formula(lines, n)) is not None:
                formula = "\n".join(lines[n : end_of_formula + 1]).strip()[2:-2]
                out += ["```", *formula.strip("\n").split("\n"), "```"]
                n = end_of_formula + 1
            elif (end_of_pre := _end_of(lines, n, "pre")) is not None:
                n = self._pre(lines, n, end_of_pre, out)
            else:
                end = last_line_of_links(lines, n, self._links.addresses)
                self._text_line(" ".join([line, *map(str.strip, lines[n + 1 : end + 1])]), out)
                n = end + 1
        return out

    def _fence(self, lines: list[str], n: int, fence: re.Match[str], out: list[str]) -> int:
        mark, info = fence["mark"], fence["info"].strip()
        end = n + 1
        while end < len(lines) and not closes(lines[end], mark):
            end += 1
        body = lines[n + 1 : end]
        if any("```" in each for each in body):
            self.inline.remark(lines[n].strip(), _("code with ``` in it, which ends the code in Discord"))
        shown = mark if mark[0] == "`" else "```" if not any("```" in each for each in body) else mark
        language = re.match(r"\{?\.?(?P<word>[\w+#-]+)(?P<more>.*)", info)
        more = info
        if language:
            more = language["more"].strip(" {}")
            if language["word"].lower() in _DIAGRAMS:
                self.inline.remark(
                    lines[n].strip(), _("a diagram ({kind}), which Discord shows as text", kind=language["word"])
                )
        if more:
            self.inline.remark(
                f"{lines[n].strip()}",
                _("words after ``` at the start of a code block, which Discord would show as code"),
            )
        head = lines[n][: fence.start("mark")] + shown + (language["word"] if language else "")
        out += [head, *body]
        if end < len(lines):
            out.append(lines[end].replace(mark, shown, 1) if mark != shown else lines[end])
        else:
            out.append(shown)
        return min(end + 1, len(lines))

    def _pre(self, lines: list[str], n: int, end: int, out: list[str]) -> int:
        code, rest = _inside(lines[n : end + 1], "pre")
        code = unescaped(re.sub(r"</?(?:code|span)\b[^<>]*>", "", code)).strip("\n")
        out += ["```", *code.split("\n"), "```"]
        if rest.strip():
            out.append(self.inline.convert(rest))
        return end + 1

    def _table(self, lines: list[str], numbers: list[int], n: int, out: list[str]) -> int:
        end = n + 2
        while end < len(lines) and "|" in lines[end] and lines[end].strip():
            end += 1
        rows = []
        for k in (n, *range(n + 2, end)):
            self.inline.line = numbers[k]
            rows.append([self._cell(cell) for cell in cells_of(lines[k])])
        self._add_table(rows, out)
        if end < len(lines) and lines[end].strip():
            out.append("")
        return end

    def _html_table(self, lines: list[str], out: list[str]) -> str | None:
        """Add the table of HTML in these lines. Returns the text behind it.

        None if it only arranges a page, if its cells hold more than text, or if it is wide and has no headings.
        """
        inside, rest = _inside(lines, "table")
        above, *parts = _ROW.split(" ".join(inside.split()))
        cells = [_CELL.split(part) for part in parts]  # of each row, first what stands in front of its first cell
        rows = [row[1:] for row in cells if row[1:]]
        is_in_code = any(map(_CELL_OR_ROW.search, (code[0] for code in CODE.finditer(inside))))
        if len(parts) < 2 or max(map(len, rows), default=0) < 2 or is_in_code or _BLOCK_IN_CELL.search(inside):
            return None
        has_headings = "<thead" in above.lower() or rows[0][-1][:3].lower() == "<th"
        if not has_headings and not self._is_narrow(rows):  # as a list, each item would repeat the first row
            return None
        out += filter(None, map(self._cell, (above, *(row[0] for row in cells))))
        self._add_table([list(map(self._cell, row)) for row in rows], out)
        out.append("")
        return rest

    def _is_narrow(self, rows: list[list[str]]) -> bool:
        apart = _Converter(self._links)  # the cells may become text, and their remarks would come twice
        return table([list(map(apart._cell, row)) for row in rows])[0] == "```"

    def _add_table(self, rows: list[list[str]], out: list[str]) -> None:
        if out and out[-1].strip():
            out.append("")
        out += table(rows)

    def _cell(self, cell: str) -> str:
        return self.inline.with_code(self.inline.convert(cell).replace("\n", " ")).strip()

    def _text_line(self, line: str, out: list[str]) -> None:
        if rule := _RULE.fullmatch(line):
            out.append(f"{rule['before']}{_SHOWN_RULE}")
            return
        if (meaning := _MEANING.fullmatch(line)) and any(out):
            line = f"- {meaning['text']}"
        if alert := ALERT.match(line):
            title = alert["title"].strip() or alert["kind"].capitalize()
            if alert["title"].strip() and alert["kind"].lower() not in alert["title"].lower():
                title = f"{alert['kind'].capitalize()}: {title}"
            out.append(f"{alert['before'].rstrip()} **{self.inline.convert(title)}**")
            return
        if heading := _HEADING.match(line):
            if heading["attributes"]:
                self.inline.remark(heading["attributes"].strip(), _("a name for a heading"))
            out.append(f"{heading['marks'][:3]} {self.inline.convert(heading['text'])}")
            return
        if line.lstrip()[:1] in ("{", "[", "-") and not SHORTCODE.sub("", line).strip():
            # Alone on a line, it is for the site's own software, and says nothing to a reader.
            self.inline.name_shortcodes(line)
            return
        line = TASK.sub(lambda found: found["before"] + ("\u2610" if found["mark"] == " " else "\u2611"), line)
        if _CONTAINER.match(line) and line.strip().strip(":"):
            self.inline.remark(line.strip(), _("a box, which Discord does not know"))
        line = re.sub(r"^([ \t]*)\+(?=[ \t])", r"\1-", line)
        if line.endswith("\\") and not line.endswith("\\\\"):
            line = line[:-1]
        lists = len(self.inline.lists)
        shown = _in_their_items(self.inline.convert(line).split("\n"))
        if lists or self.inline.lists:
            # Tags of a list on lines of their own leave empty lines, which would divide its items.
            shown = [each for each in shown if each.strip() or not line.strip()]
            shown += [] if self.inline.lists else [""]
        out += [_SHOWN_RULE if each.strip() == "---" else each for each in shown]


def _with_blocks_apart(lines: list[str]) -> tuple[list[str], list[int]]:
    """The lines with each `<pre>`, `<blockquote>` and `<table>` on a line of its own, and their numbers.

    Websites have them within a line.
    """
    if not any(map(_BLOCK_WITHIN.search, lines)):
        return lines, [*range(len(lines))]
    found: list[str] = []
    numbers: list[int] = []
    mark = ""
    for n, line in enumerate(lines):
        fence = FENCE.match(line)
        is_code = bool(mark or fence)
        if mark:
            mark = "" if closes(line, mark) else mark
        elif fence:
            mark = fence["mark"]
        parts = [line] if is_code else _parts(line)
        found += parts
        numbers += [n] * len(parts)
    return found, numbers


def _parts(line: str) -> list[str]:
    if line.lstrip().startswith("|"):  # what is in a cell of a table stays there
        return [line]
    without_code = CODE.sub(lambda code: "x" * len(code[0]), line)
    cuts = [found.end() for found in _BLOCK_WITHIN.finditer(without_code)]
    return [line[begin:end].rstrip() for begin, end in pairwise((0, *cuts, len(line)))]


def _without_rules_around(lines: list[str]) -> list[str]:
    """The lines without rules in front of all text and behind it: those divide it from other texts of its page."""
    said = [n for n, line in enumerate(lines) if line.strip() not in ("", _SHOWN_RULE)]
    begin, end = (said[0], said[-1] + 1) if said else (0, 0)
    return lines[begin:end] if _SHOWN_RULE in (line.strip() for line in lines) else lines


def _in_their_items(lines: list[str]) -> list[str]:
    """The lines that tags made of one, without space beside the tags. What is in an item of a list stays in it."""
    first, *more = lines
    shown = [first]
    for line in more:
        begun = _BEFORE_TEXT.match(shown[-1])
        indent = " " * len(begun[0]) if begun else ""
        shown.append(line.rstrip() if _ITEM.match(line) else f"{indent}{line.strip()}".rstrip())
    return shown


def _without_mark(lines: list[str], n: int, depth: int) -> list[str]:
    """The text of the quote that begins on line `n` with so many `>`."""
    inside: list[str] = []
    while n + len(inside) < len(lines):
        line = lines[n + len(inside)]
        *marks, text = line.split(">", depth)
        if len(marks) < depth or "".join(marks).strip() or ALERT.match(line):
            break
        inside.append(text.removeprefix(" "))
    return inside


def _quoted(mark: str, lines: list[str]) -> list[str]:
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    # Without a space behind it, Discord takes no `>` for a quote.
    return [f"{mark} {line}" for line in text.split("\n")]


def _end_of(lines: list[str], n: int, tag: str) -> int | None:
    """The number of the line on which this tag ends, if it begins line `n`."""
    begun = _BLOCK.match(lines[n])
    if not begun or begun["tag"].lower() != tag:
        return None
    return next((k for k in range(n, min(len(lines), n + 500)) if _END_OF[tag].search(lines[k])), None)


def _end_of_formula(lines: list[str], n: int) -> int | None:
    """The number of the line on which a formula of several lines ends, if it begins on line `n`."""
    begun = lines[n].strip()
    if begun != "\\[" and (not begun.startswith("$$") or "$$" in begun[2:]):
        return None
    is_apart = begun in ("\\[", "$$")
    for k in range(n + 1, min(len(lines), n + 60)):
        line = lines[k].strip()
        if FENCE.match(line) or not (line or is_apart):
            return None
        if line == "\\]" if begun == "\\[" else line.endswith("$$"):
            formula = "\n".join([*lines[n:k], line]).strip()[2:-2]
            is_sure = is_apart and "\n\n" not in formula  # else, two prices may stand around paragraphs
            return k if "$" not in formula and (is_sure or is_formula(formula)) else None
    return None


def _inside(lines: list[str], tag: str) -> tuple[str, str]:
    """The text inside the tag that begins these lines, and the text behind it."""
    said, rest = _END_OF[tag].split("\n".join(lines), maxsplit=1)
    return said.partition(">")[2], rest.strip()
