"""Reads reStructuredText: docutils parses it, then it is converted to lines of Markdown."""

from __future__ import annotations

import contextlib
import gc
import re
from collections.abc import Collection, Iterator
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers import rst
from docutils.parsers.rst import Directive, directives, roles
from docutils.readers import standalone
from docutils.transforms import Transform
from docutils.transforms.misc import Transitions

from bot.language.words import _
from bot.lessons.intake.density import refuse_dense
from bot.lessons.intake.markdown_lines import END, QUESTION, Lines
from bot.lessons.intake.markdown_reader import read_lines
from bot.lessons.intake.material import Hints, Source, Unplaced
from bot.lessons.intake.question_text import anchor_of, is_question
from bot.progress import step

_SETTINGS = {
    "report_level": 5,
    "halt_level": 6,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "sectsubtitle_xform": False,
    "smart_quotes": False,
    "syntax_highlight": "none",
    "_disable_config": True,
    "line_length_limit": 2**24,
    "input_encoding": "unicode",
}
# Sphinx's roles and directives, which docutils alone does not know.
_CODE_ROLES = (
    "func class mod meth attr data const exc obj file command option program envvar samp kbd term guilabel "
    "menuselection keyword token dfn abbr regexp makevar mailheader mimetype newsgroup manpage py:func py:class "
    "py:mod py:meth py:attr py:data py:exc py:obj c:func cpp:func js:func"
).split()
_REFERENCE_ROLES = ("ref", "doc", "numref", "any", "download", "issue", "pr", "gh", "user", "pep8")
_BOXES = (
    "seealso",
    "versionadded",
    "versionchanged",
    "deprecated",
    "details",
    "collapse",
    "dropdown",
    "tab",
    "tab-item",
)


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


class _Box(Directive):
    """A directive that contains text. It becomes a box with a title."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = None

    def run(self) -> list[nodes.Node]:
        box = nodes.admonition()
        title = self.arguments[0] if self.arguments else self.name
        box += nodes.title(title, title)
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


def _without_target(text: str) -> str:
    """The shown words of `the shown words <target>`."""
    return text[: text.rindex("<")].rstrip() if text.endswith(">") and "<" in text else text


def _target(text: str) -> str:
    """The target of `the shown words <target>`, or the words themselves."""
    return text[text.rindex("<") + 1 : -1] if text.endswith(">") and "<" in text else text


# `Any`: docutils types the result as references alone.
def _code_role(_name: str, rawtext: str, text: str, *_: object, **__: object) -> Any:
    shown = _without_target(text).lstrip("~!")
    return [nodes.literal(rawtext, shown)], []


# `Any`: as above.
def _reference_role(_name: str, rawtext: str, text: str, *_: object, **__: object) -> Any:
    shown = _without_target(text)
    node = nodes.inline(rawtext, shown)
    node["reference_role"] = rawtext
    node["reference_text"] = text
    return [node], []


for _name in _CODE_ROLES:
    roles.register_local_role(_name, _code_role)
for _name in _REFERENCE_ROLES:
    roles.register_local_role(_name, _reference_role)
for _name in _BOXES:
    directives.register_directive(_name, _Box)


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Pause the garbage collector: with a million nodes in use, it would take half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Reader(standalone.Reader):  # type: ignore[type-arg]  # generic only in its stubs
    """docutils' reader without a slow step: it compares each transition line with all parts before it."""

    def get_transforms(self) -> list[type[Transform]]:
        return [each for each in super().get_transforms() if each is not Transitions]


class _Parser(rst.Parser):
    """docutils' parser, which tells how far it is, and to which `|name|` the text refers."""

    def __init__(self) -> None:
        super().__init__()
        self.replaced: set[str] = set()

    def setup_parse(self, inputstring: str, document: nodes.document) -> None:
        super().setup_parse(inputstring, document)
        note_source = document.note_source

        # docutils calls this for each line that it reads.
        def note(source: str, offset: int) -> None:
            note_source(source, offset)
            self.reach(offset or 0)  # a line that docutils made has no place

        document.note_source = note  # type: ignore[method-assign]
        note_reference = document.note_substitution_ref

        def note_replaced(subref: nodes.substitution_reference, refname: str) -> None:
            note_reference(subref, refname)
            self.replaced.add(nodes.whitespace_normalize_name(refname).lower())

        document.note_substitution_ref = note_replaced  # type: ignore[method-assign]

    def parse(self, inputstring: str, document: nodes.document) -> None:
        with step("Reading lines", inputstring.count("\n")) as self.reach:
            super().parse(inputstring, document)


def read_restructured(text: str, hints: Hints) -> Source:
    """A `.rst` file. Raises `NotesError` for one that would take minutes."""
    refuse_dense(text)
    with _without_collecting():
        writer = _converted(text)
        source = read_lines(writer.lines, hints)
    source.unplaced += writer.unplaced
    return source


def _converted(text: str) -> _Markdown:
    parser = _Parser()
    try:
        tree = publish_doctree(text, reader=_Reader(), parser=parser, settings_overrides=_SETTINGS)
    except RecursionError:
        tree = nodes.document(None, None)  # type: ignore[arg-type]
    writer = _Markdown(parser.replaced)
    writer.write(tree)
    return writer


class _Markdown:
    """Writes the nodes of a document as lines of Markdown with their original line numbers.

    `replaced` are the names, in small letters, that the text refers to as `|name|`.
    """

    def __init__(self, replaced: Collection[str] = ()) -> None:
        self._replaced = frozenset(replaced)
        self.lines = Lines()
        self.unplaced: list[Unplaced] = []
        self._line = 1
        self._indent = ""
        self._titles: dict[str, str] = {}

    def write(self, tree: nodes.Node) -> None:
        for section in tree.findall(nodes.section):
            title = section.next_node(nodes.title)
            if title is not None:
                self._titles.update(dict.fromkeys(section["ids"], title.astext()))
        self._children(tree, 1)

    def _at(self, node: nodes.Node) -> int:
        line = getattr(node, "line", None)
        self._line = max(1, line) if isinstance(line, int) else self._line
        return self._line

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
        elif isinstance(node, nodes.footnote):
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
            self.unplaced.append(Unplaced(self._line, node.astext(), _("a comment, which members do not see")))
        elif isinstance(node, nodes.system_message):
            for inner in node.findall(nodes.literal_block):
                self.unplaced.append(Unplaced(self._line, inner.astext(), _("a directive that is not known")))
        elif isinstance(node, nodes.substitution_definition):
            if not self._replaced.intersection(map(str.lower, node["names"])):
                self.unplaced.append(Unplaced(self._line, node.astext(), _("a replacement that no text uses")))
        else:
            return isinstance(node, nodes.target)
        return True

    def _children(self, node: nodes.Node, level: int) -> None:
        for child in node.children:
            self._block(child, level)

    def _apart(self, text: str) -> None:
        self._blank()
        self._add(text)
        self._blank()

    def _code(self, node: nodes.Element, prefix: str) -> None:
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
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        name = self._text(title) if title is not None else node.tagname.capitalize()
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
            target = node.get("refuri", "") or self._anchor(node.get("refid", ""))
            return f"[{self._text(node)}]({target})" if target and target != node.astext() else self._text(node)
        if isinstance(node, nodes.footnote_reference):
            return f"[^{node.astext()}]"
        if isinstance(node, nodes.image):
            return f"![{node.get('alt', '')}]({node.get('uri', '')})"
        if isinstance(node, nodes.problematic):
            return node.astext()
        if isinstance(node, nodes.Element) and "reference_role" in node:
            label = nodes.make_id(_target(node["reference_text"]))
            if label in self._titles:
                is_bare = node["reference_text"] == node.astext()
                return f"[{self._titles[label] if is_bare else self._text(node)}]({self._anchor(label)})"
            why = _("a link inside the site; with --base-url it leads there")
            self.unplaced.append(Unplaced(self._line, node["reference_role"], why))
        if isinstance(node, nodes.target):
            return self._text(node)
        return self._text(node) if isinstance(node, nodes.Element) else node.astext()

    def _anchor(self, id_: str) -> str:
        """The link to the section with this id, by its title; '' if there is none."""
        return f"#{anchor_of(self._titles[id_])}" if id_ in self._titles else ""
