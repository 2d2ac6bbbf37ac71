"""Parses reStructuredText with docutils, without the parts of docutils that need time and are not used here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from docutils import nodes
from docutils.frontend import Values, get_default_settings
from docutils.parsers import rst
from docutils.parsers.rst import Directive, directives, roles, states
from docutils.parsers.rst.directives.body import CodeBlock
from docutils.statemachine import State
from docutils.transforms import references
from docutils.utils import new_document

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
    "file command program samp kbd guilabel menuselection dfn abbr regexp makevar mailheader mimetype newsgroup "
    "manpage"
).split()
_NAME_ROLES = (
    "func class mod meth attr data const exc obj option envvar term keyword token py:func py:class py:mod py:meth "
    "py:attr py:data py:exc py:obj c:func cpp:func js:func"
).split()
_REFERENCE_ROLES = ("ref", "doc", "numref", "any", "download", "issue", "pr", "gh", "user", "pep8")
_BOXES = ("details", "collapse", "dropdown", "tab", "tab-item", "faq", "question", "toggle")
_VERSION_BOXES = {
    "versionadded": "New in version",
    "versionchanged": "Changed in version",
    "deprecated": "Deprecated since version",
    "versionremoved": "Removed in version",
}


class _AnyOption(dict[str, Callable[[str], str | list[str]]]):
    """Takes each option: Sphinx and its extensions have many, and none of them is text."""

    def __missing__(self, name: str) -> Callable[[str], str | list[str]]:
        return directives.unchanged


class _Box(Directive):
    """A directive that contains text. It becomes a box with a title."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = _AnyOption({"class": directives.unchanged})  # docutils looks for none if it is empty

    def run(self) -> list[nodes.Node]:
        return [self.box(self.arguments[0] if self.arguments else self.name.capitalize())]

    def box(self, title: str, text: str = "") -> nodes.Element:
        """The box with this title. `text` is what stands on the line of the directive, before its content."""
        box = nodes.admonition()
        box.line = self.lineno
        box += nodes.title(title, "", *self.parsed(title))
        box["given"] = _given(self.options)
        if text:
            box += nodes.paragraph(text, "", *self.parsed(text))
        self.state.nested_parse(self.content, self.content_offset, box)
        return box

    def parsed(self, text: str) -> list[nodes.Node]:
        """A text of the directive's own lines, without docutils' messages on it."""
        found: list[nodes.Node] = self.state.inline_text(text, self.lineno)[0]
        return found


class _SeeAlso(_Box):
    """Sphinx's box of links. It has no title, so that its text can begin on the line of the directive."""

    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        return [self.box("See also")]


class _VersionBox(_Box):
    """What is new in a version, or no longer there. The version can be followed by the text, or be missing."""

    def run(self) -> list[nodes.Node]:
        title = _VERSION_BOXES[self.name]
        # docutils takes the lines below for the argument, too.
        if not self.arguments or self.block_text.split("\n", 1)[0].rstrip().endswith("::"):
            return [self.box(title.split()[0], *self.arguments)]
        version, *text = self.arguments[0].split(None, 1)
        return [self.box(f"{title} {version}", *text)]


class _Code(CodeBlock):
    """Code, with the options that Sphinx has: `:emphasize-lines:`, `:caption:` …"""

    option_spec = _AnyOption(CodeBlock.option_spec or {})

    def run(self) -> list[nodes.Node]:
        found: list[nodes.Node] = super().run()  # type: ignore[no-untyped-call]  # docutils has no type here
        for node in found:
            if isinstance(node, nodes.literal_block):
                node["given"] = _given({k: v for k, v in self.options.items() if k != "caption"})
        if caption := self.options.get("caption"):
            shown = nodes.paragraph(caption, "", nodes.strong(caption, caption))
            shown.line = self.lineno
            return [shown, *found]
        return found


def _given(options: Mapping[str, object]) -> str:
    """Options as they are written: `:linenos:`."""
    return "\n".join(f":{name}: {value or ''}".rstrip() for name, value in options.items())


def without_target(text: str) -> str:
    """The shown words of `the shown words <target>`."""
    return text[: text.rindex("<")].rstrip() if text.endswith(">") and "<" in text else text


def target_in(text: str) -> str:
    """The target of `the shown words <target>`, or the words themselves."""
    return text[text.rindex("<") + 1 : -1] if text.endswith(">") and "<" in text else text


# `Any`: docutils types the result as references alone.
def _code_role(_name: str, rawtext: str, text: str, *_: object, **__: object) -> Any:
    return [nodes.literal(rawtext, text)], []


# `Any`: as above.
def _name_role(_name: str, rawtext: str, text: str, *_: object, **__: object) -> Any:
    """A name of a program, which can have a target, and signs that say how much of it is shown."""
    shown = without_target(text).lstrip("~!")
    return [nodes.literal(rawtext, shown)], []


# `Any`: as above.
def _reference_role(_name: str, rawtext: str, text: str, *_: object, **__: object) -> Any:
    shown = without_target(text)
    node = nodes.inline(rawtext, shown)
    node["reference_role"] = rawtext
    node["reference_text"] = text
    return [node], []


# `Any`: as above.
def _default_role(name: str, rawtext: str, text: str, *_: object, **__: object) -> Any:
    """Text in single backquotes, which is a reference on many sites if a target follows the words."""
    if " <" in text and text.endswith(">"):
        return _reference_role(name, rawtext, text)
    return [nodes.title_reference(rawtext, text)], []


for _name in _CODE_ROLES:
    roles.register_local_role(_name, _code_role)
for _name in _NAME_ROLES:
    roles.register_local_role(_name, _name_role)
for _name in _REFERENCE_ROLES:
    roles.register_local_role(_name, _reference_role)
roles.register_canonical_role("title-reference", _default_role)  # parsing deletes the one named ""
for _name in _BOXES:
    directives.register_directive(_name, _Box)
for _name in _VERSION_BOXES:
    directives.register_directive(_name, _VersionBox)
directives.register_directive("seealso", _SeeAlso)
for _name in ("code", "code-block", "sourcecode"):
    directives.register_directive(_name, _Code)


def _number(digits: str) -> int:
    """The number of an item in a list. One of thousands of digits numbers nothing: Python does not convert it."""
    if len(digits) > 9:
        # What docutils expects of a text that is no number.
        raise states.InvalidRomanNumeralError(digits)  # type: ignore[attr-defined]  # its types lack it
    return int(digits)


states.Body.enum.converters["arabic"] = _number


class _States(dict[str, "State[list[str]]"]):
    """The states of a parser by their names. Each is made when it is needed first.

    docutils makes all of them for each list and each link target, which takes a third of its time.
    """

    def __init__(self, machine: _Machine, classes: Iterable[type[State[list[str]]]]) -> None:
        super().__init__()
        self._machine = machine
        self._classes = classes

    def __missing__(self, name: str) -> State[list[str]]:
        found = _STATES.get(name) or next(each for each in self._classes if each.__name__ == name)
        state = self[name] = found(self._machine, self._machine.debug)
        if self._machine.is_running:
            state.runtime_init()
        return state


class _Machine(states.NestedStateMachine):
    """docutils' parser of nested parts."""

    is_running = False

    def add_states(self, state_classes: Iterable[type[State[list[str]]]]) -> None:
        self.states = _States(self, state_classes)

    def runtime_init(self) -> None:
        super().runtime_init()
        self.is_running = True


_MACHINES: list[_Machine] = []
_STATES: dict[str, type[states.RSTState]] = {
    each.__name__: type(each.__name__, (each,), {"nested_sm": _Machine, "nested_sm_cache": _MACHINES})
    for each in states.state_classes
}


class _Parser(rst.Parser):
    """docutils' parser, which tells how far it is, and to which `|name|` the text refers."""

    def __init__(self, reach: Callable[[int], None]) -> None:
        super().__init__()
        self.state_classes = tuple(_STATES.values())
        self.replaced: set[str] = set()
        self._reach = reach

    def setup_parse(self, inputstring: str, document: nodes.document) -> None:
        super().setup_parse(inputstring, document)
        note_source = document.note_source

        # docutils calls this for each line that it reads.
        def note(source: str, offset: int) -> None:
            note_source(source, offset)
            self._reach(offset or 0)  # a line that docutils made has no place

        document.note_source = note  # type: ignore[method-assign]  # docutils has no hook
        note_reference = document.note_substitution_ref

        def note_replaced(subref: nodes.substitution_reference, refname: str) -> None:
            note_reference(subref, refname)
            self.replaced.add(f"|{nodes.whitespace_normalize_name(refname).lower()}|")

        document.note_substitution_ref = note_replaced  # type: ignore[method-assign]


@cache
def _settings() -> Values:
    settings = get_default_settings(rst.Parser)
    for name, value in _SETTINGS.items():
        setattr(settings, name, value)
    return settings


@dataclass(frozen=True)
class Parsed:
    """A parsed text. `replaced` is each `|name|` in it, in small letters.

    References by name are not resolved: see `named`.
    """

    tree: nodes.document
    replaced: frozenset[str]

    def named(self, name: str) -> nodes.Element | None:
        """What has this name: a section, an address, or another part of the text. None if nothing has."""
        node: nodes.Element | None = self.tree.names.get(name)
        return self.tree.ids.get(node["refid"]) if isinstance(node, nodes.target) and "refid" in node else node

    def has_name(self, name: str) -> bool:
        """Whether something has this name, even if several have it, so that it is unclear which of them."""
        return name in self.tree.names

    def discard(self) -> None:
        """Free the memory. Each node refers to the one around it, so that Python would have to search for them."""
        waiting: list[nodes.Node] = [self.tree]
        while waiting:
            node = waiting.pop()
            waiting += node.children
            vars(node).clear()
        _MACHINES.clear()


def parse(text: str, reach: Callable[[int], None], first_footnote: int = 1) -> Parsed:
    """Parse a text. `reach` gets the number of each line, and `[#]` footnotes are numbered from `first_footnote`.

    Raises `RecursionError` if too many parts are nested.
    """
    tree = new_document("", _settings().copy())
    tree.autofootnote_start = first_footnote
    parser = _Parser(reach)
    parser.parse(text, tree)
    needed = {
        references.Substitutions: bool(parser.replaced or tree.substitution_defs),
        references.PropagateTargets: ".. _" in text or "__" in text,
        references.AnonymousHyperlinks: "__" in text,
        references.Footnotes: True,
    }
    for transform, is_needed in needed.items():
        if is_needed:
            transform(tree).apply()
    return Parsed(tree, frozenset(parser.replaced))
