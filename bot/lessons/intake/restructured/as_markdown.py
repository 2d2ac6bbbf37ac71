"""Writes what docutils parsed as lines of Markdown, with their line numbers in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docutils import nodes
from docutils.nodes import fully_normalize_name

from bot.language.words import _
from bot.lessons.intake.markdown_lines import END, QUESTION, Lines
from bot.lessons.intake.material import Unplaced
from bot.lessons.intake.question_text import anchor_of, is_question
from bot.lessons.intake.restructured.parsing import Parsed, target_in, without_target
from bot.lessons.intake.restructured.pieces import Piece, Place

_HOLDERS = (
    nodes.block_quote,
    nodes.figure,
    nodes.compound,
    nodes.container,
    nodes.topic,
    nodes.sidebar,
    nodes.legend,
)


_ADMONITIONS = (
    nodes.admonition,
    nodes.attention,
    nodes.caution,
    nodes.danger,
    nodes.error,
    nodes.hint,
    nodes.important,
    nodes.note,
    nodes.tip,
    nodes.warning,
)

_REPLACED = re.compile(r"\|(?P<name>[^|]+)\|_{0,2}")
_UNKNOWN_ROLE = re.compile(r":[\w.:+-]+:`(?P<words>[^`]+)`")
_MOST_STEPS = 20
_BELOW = 10  # the empty lines below a comment


class MarkdownWriter:
    """Writes the nodes of parsed pieces. `places` are what the names that the pieces share refer to."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self.lines = Lines()
        self.unplaced: list[Unplaced] = []
        self._places = places
        self._line = 1
        self._indent = ""
        # The names that a text refers to, and what is reported if a text refers to none of the names.
        self._used: set[str] = set()
        self._named: list[tuple[set[str], Unplaced]] = []

    def write(self, parsed: Parsed, piece: Piece) -> None:
        """Write a piece below those before it."""
        self._parsed = parsed
        self._offset = piece.first - piece.before
        self._end = piece.end
        self._texts = piece.text.split("\n")
        self._titles_left_out = piece.titles
        self._used |= parsed.replaced
        self._children(parsed.tree, 1)

    def finish(self) -> None:
        """Report what no piece used."""
        self.unplaced += [unused for names, unused in self._named if not self._used.intersection(names)]

    def _at(self, node: nodes.Node) -> int:
        line = getattr(node, "line", None)
        self._line = max(1, line + self._offset) if isinstance(line, int) else self._line
        return self._line

    def _line_of(self, text: str) -> int:
        """The line of a comment's text. docutils gives a comment the number of a line below it."""
        begin = text.partition("\n")[0]
        last = min(self._line - self._offset, len(self._texts))
        first = max(0, last - text.count("\n") - _BELOW)
        found = (n for n in range(last, first, -1) if begin in self._texts[n - 1])
        return next(found, last) + self._offset

    def _add(self, text: str, prefix: str = "") -> None:
        for n, each in enumerate(text.split("\n")):
            indent = (
                self._indent[: len(self._indent) - len(prefix)] + prefix if n == 0 and prefix else self._indent
            )
            self.lines.add(f"{indent}{each}".rstrip(), self._line)

    def _blank(self) -> None:
        if self.lines.texts and self.lines.texts[-1]:
            self.lines.add("", self._line)

    def _block(self, node: nodes.Node, level: int, prefix: str = "") -> None:
        """Write a block. `prefix` is the marker of the list item that it begins."""
        self._at(node)
        if isinstance(node, nodes.section):
            self._children(node, level + 1)
        elif isinstance(node, nodes.paragraph):
            self._add(self._text(node), prefix)
            self._blank()
        elif isinstance(node, nodes.literal_block | nodes.doctest_block):
            self._code(node, prefix)
        elif isinstance(node, nodes.bullet_list | nodes.enumerated_list):
            self._list(node, level)
        elif isinstance(node, nodes.definition_list):
            self._definitions(node, level)
        elif isinstance(node, nodes.field_list | nodes.option_list | nodes.line_block):
            self._add("\n".join(self._plain_lines(node)), prefix)
            self._blank()
        elif isinstance(node, _ADMONITIONS):
            self._box(node, level)
        else:
            self._rarer_block(node, level)

    def _rarer_block(self, node: nodes.Node, level: int) -> None:
        if isinstance(node, nodes.title):
            if self._titles_left_out:
                self._titles_left_out -= 1
                return
            self._apart("#" * min(6, level - 1 or 1) + " " + self._text(node).replace("\n", " "))
        elif isinstance(node, nodes.rubric):
            self._apart(f"**{self._text(node)}**".replace("\n", " "))
        elif isinstance(node, nodes.table):
            self._table(node)
        elif isinstance(node, nodes.image):
            self._apart(f"![{node.get('alt', '')}]({node.get('uri', '')})")
        elif isinstance(node, _HOLDERS):
            if "contents" not in node["classes"]:  # docutils made these of the titles
                self._children(node, level + 1)
        elif isinstance(node, nodes.footnote | nodes.citation):
            label = node.children[0].astext() if node.children else ""
            said = " ".join(child.astext() for child in node.children[1:])
            self._apart(f"[^{label}]: {' '.join(said.split())}")
        elif isinstance(node, nodes.transition):
            self._apart("---")
        elif not self._is_unseen(node) and node.astext().strip():
            self._apart(self._text(node))

    def _is_unseen(self, node: nodes.Node) -> bool:
        """Whether a page does not show this node. What its author wrote there is reported."""
        if isinstance(node, nodes.comment):
            text = node.astext()
            self.unplaced.append(Unplaced(self._line_of(text), text, _("a comment, which members do not see")))
        elif isinstance(node, nodes.system_message):
            if "underline too short" in node.astext() or "overline too short" in node.astext():
                return True  # the title is read all the same
            for inner in node.findall(nodes.literal_block):
                line = node.get("line", 0) + self._offset or self._line
                self.unplaced.append(Unplaced(line, inner.astext(), _("a directive that is not known")))
        elif isinstance(node, nodes.substitution_definition):
            if self._line <= self._end:
                unused = Unplaced(self._line, node.astext(), _("a replacement that no text uses"))
                self._named.append(({f"|{each.lower()}|" for each in node["names"]}, unused))
        elif isinstance(node, nodes.target):
            if "refuri" in node and not node.referenced:
                why = _("the address of a link by name: write it where it is used")
                self._named.append((set(node["names"]), Unplaced(self._line, node.rawsource, why)))
        else:
            return False
        return True

    def _children(self, node: nodes.Node, level: int) -> None:
        for child in node.children:
            self._block(child, level)

    def _apart(self, text: str) -> None:
        self._blank()
        self._add(text)
        self._blank()

    def _leave_options(self, node: nodes.Element) -> None:
        if given := node.get("given", ""):
            why = _("options for the site's own software")
            self.unplaced.append(Unplaced(self._line, given, why))

    def _code(self, node: nodes.Element, prefix: str) -> None:
        self._leave_options(node)
        classes: list[str] = node.get("classes", [])
        language = next((each for each in classes if each != "code"), "")
        fence = "````" if "```" in node.astext() else "```"
        self._add(f"{fence}{language}\n{node.astext()}\n{fence}", prefix)
        self._blank()

    def _list(self, node: nodes.Element, level: int) -> None:
        is_numbered = isinstance(node, nodes.enumerated_list)
        for n, item in enumerate(node.children, int(node.get("start", 1)) if is_numbered else 1):
            marker = f"{n}. " if is_numbered else "- "
            before, self._indent = self._indent, self._indent + " " * len(marker)
            for k, child in enumerate(item.children):
                self._block(child, level, marker if not k else "")
            self._indent = before
        self._blank()

    def _definitions(self, node: nodes.Element, level: int) -> None:
        for item in node.children:
            term = next((each for each in item.children if isinstance(each, nodes.term)), None)
            asked = self._text(term).replace("\n", " ") if term is not None else ""
            self._at(item)
            asks = is_question(asked) and not self._indent
            self._apart(f"{QUESTION}{asked}" if asks else f"**{asked}**")
            for child in item.children:
                if isinstance(child, nodes.definition):
                    for inner in child.children:
                        self._block(inner, level)
                elif child is not term:
                    self._add(self._text(child))
            if asks:
                self._apart(END)

    def _box(self, node: nodes.Element, level: int) -> None:
        self._leave_options(node)
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        name = self._text(title).replace("\n", " ") if title is not None else node.tagname.capitalize()
        asks = is_question(name)
        self._blank()
        self._add(f"{QUESTION}{name}" if asks else f"> **{name}**")
        if asks:
            self._blank()
        before = self._indent
        self._indent = before if asks else f"{before}> "
        for child in node.children:
            if child is not title:
                self._block(child, level)
        self._indent = before
        while self.lines.texts and self.lines.texts[-1].strip() in ("", ">"):
            self.lines.texts.pop()
            self.lines.numbers.pop()
        self.lines.add("", self._line)
        if asks:
            self._apart(END)

    def _table(self, node: nodes.Element) -> None:
        rows = [
            [" ".join(self._cell(entry).split()).replace("|", "\\|") for entry in row.children]
            for row in node.findall(nodes.row)
        ]
        if not rows:
            return
        self._blank()
        width = max(map(len, rows))
        for n, row in enumerate(rows):
            self._add("| " + " | ".join(row + [""] * (width - len(row))) + " |")
            if n == 0:
                self._add("|" + " --- |" * width)
        self._blank()

    def _cell(self, entry: nodes.Node) -> str:
        return " ".join(self._text(child) for child in entry.children)

    def _plain_lines(self, node: nodes.Element) -> Iterator[str]:
        for child in node.children:
            if isinstance(child, nodes.line_block):
                yield from self._plain_lines(child)
            elif isinstance(child, nodes.field):
                yield f"**{child.children[0].astext()}**: {self._cell(child.children[1])}"
            elif isinstance(child, nodes.option_list_item):
                yield f"- `{child.children[0].astext()}`: {self._cell(child.children[1])}"
            else:
                yield self._text(child)

    def _text(self, node: nodes.Node) -> str:
        return "".join(self._inline(child) for child in node.children) if node.children else node.astext()

    def _inline(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Text):
            return re.sub(r"([*_`])", r"\\\1", node.astext())
        if isinstance(node, nodes.literal | nodes.math):
            return f"`{node.astext()}`"
        if isinstance(node, nodes.strong):
            return f"**{self._text(node)}**"
        if isinstance(node, nodes.emphasis | nodes.title_reference):
            return f"*{self._text(node)}*"
        if isinstance(node, nodes.reference):
            return self._reference(node)
        if isinstance(node, nodes.footnote_reference | nodes.citation_reference):
            return f"[^{node.astext()}]" if node.children else node.rawsource
        if isinstance(node, nodes.image):
            return f"![{node.get('alt', '')}]({node.get('uri', '')})"
        if isinstance(node, nodes.problematic):
            return self._problematic(node.astext())
        if isinstance(node, nodes.Element) and "reference_role" in node:
            return self._role(node)
        if isinstance(node, nodes.target):
            return self._text(node)
        return self._text(node) if isinstance(node, nodes.Element) else node.astext()

    def _reference(self, node: nodes.reference) -> str:
        if "refuri" in node:
            place: Place | None = Place(node["refuri"])
        elif "refid" in node:
            place = self._place_of(self._parsed.tree.ids[node["refid"]])
        else:
            place = self._place(node.get("refname", ""))
        if place is None and (elsewhere := _REPLACED.fullmatch(node.rawsource)):
            why = _("a replacement that is defined in another file")
            self.unplaced.append(Unplaced(self._line, node.rawsource, why))
            return elsewhere["name"].replace("_", " ")
        if place is None:
            return node.rawsource
        is_shown = place.address in ("", node.astext())
        return self._text(node) if is_shown else f"[{self._text(node)}]({place.address})"

    def _problematic(self, text: str) -> str:
        """What docutils could not parse: as it is, or the words of a role that another program knows."""
        found = _UNKNOWN_ROLE.fullmatch(text)
        if not found:
            return text
        self.unplaced.append(
            Unplaced(self._line, text, _("a role that is not known: its words stay as plain text"))
        )
        shown = without_target(found["words"])
        is_no_target = found["words"][len(shown) :].startswith("<")  # no space in front, as in `--file=<name>`
        return self._inline(nodes.Text(found["words"] if is_no_target else shown))

    def _role(self, node: nodes.Element) -> str:
        """One of Sphinx's references to a place of the site, which may be on this page."""
        place = self._place(fully_normalize_name(target_in(node["reference_text"])))
        if place and place.title:
            is_bare = node["reference_text"] == node.astext()
            return f"[{place.title if is_bare else self._text(node)}]({place.address})"
        if not node["reference_role"].startswith(":"):  # it may be no reference: `git checkout <branch>`
            return f"*{self._inline(nodes.Text(node['reference_text']))}*"
        why = _("a link inside the site; with --base-url it leads there")
        self.unplaced.append(Unplaced(self._line, node["reference_role"], why))
        return self._text(node)

    def _place(self, name: str, steps: int = 0) -> Place | None:
        """What a name refers to; None if there is no such name."""
        self._used.add(name)
        node = self._parsed.named(name)
        if node is not None:
            return self._place_of(node, steps)
        return self._places.get(name, Place("") if self._parsed.has_name(name) else None)

    def _place_of(self, node: nodes.Element, steps: int = 0) -> Place:
        """The place of a node. It can be another name; with many `steps` of those, they go round in a circle."""
        if isinstance(node, nodes.section):
            title = node.children[0].astext()
            return Place(f"#{anchor_of(title)}", title)
        if "refname" in node and steps < _MOST_STEPS:
            return self._place(node["refname"], steps + 1) or Place("")
        return Place(node.get("refuri", ""))
