"""YAML text -> nodes that know their place, guarded against files that would harm the reader.

PyYAML's composer recurses in C: deep nesting ends the process, and a few aliases of aliases fill the
memory. Its event parser does neither, so every file passes that first.
"""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right

import yaml

from bot.language.characters import CONTROL, code
from bot.language.numbers import amount
from bot.language.words import N_, _
from bot.lessons.yaml_hints import hint, is_markdown

MAX_BYTES = 2**20
MAX_DEPTH = 20
MAX_ALIASES = 10
# Texts, lists and mappings; the longest lesson that a person wrote has a few hundred.
MAX_PARTS = 30_000

BOM = b"\xef\xbb\xbf"

_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_KEY_BELOW = re.compile(r"\n[ ]*(?:- )?[a-z_]+:(?:[ ]|$)", re.MULTILINE)
_LINE_BREAK = re.compile(r"\r\n|\r|\n")

# libyaml's words say what its scanner missed, not what the author should type.
_IN_OTHER_WORDS = {
    "mapping values are not allowed in this context": N_(
        "': ' is not allowed in text without quotes; put the text in quotes, or on separate lines under '|'"
    ),
    "could not find expected ':'": N_(
        "a 'key: value' line belongs here; check for a missing ':' or missing spaces at the start of the line"
    ),
    "did not find expected key": N_(
        "another 'key: value' line belongs here; check the quotes and the spaces at the start of the lines"
    ),
    "did not find expected '-' indicator": N_(
        "another line with '- ' belongs here; check the spaces at the start of the lines"
    ),
    "found unexpected end of stream": N_("a quotation mark is never closed"),
    "found unknown escape character": N_(
        "a backslash inside \"…\" has a special meaning; use '…' instead, or write it twice"
    ),
    "did not find expected hexdecimal number": N_(
        "a backslash inside \"…\" has a special meaning; use '…' instead, or write it twice"
    ),
    "did not find expected ',' or": N_(
        "a text between brackets must be in quotes if it contains ': ', brackets or quotation marks"
    ),
    "block sequence entries are not allowed": N_("a text cannot start with '- '; put it in quotes"),
    "but found another document": N_("a file can contain only one lesson; remove the '---'"),
    "did not find expected <document start>": N_("the lesson ends before this text; check the quotes"),
    "found invalid Unicode character escape code": N_(
        "'\\ud83d…' is only half a character; type the character itself"
    ),
    "did not find expected alphabetic": N_("a text cannot start with '*' or '&'; put it in quotes"),
    "found undefined alias": N_("a text cannot start with '*'; put it in quotes"),
}


class UnreadableError(Exception):
    """A file that is no YAML document, or a harmful one; `line` is counted from 1.

    `is_local`: the mistake is on this line, and what stands below can be read without it.
    """

    def __init__(self, line: int, what: str, *, is_local: bool = False) -> None:
        super().__init__(line, what)
        self.line = line
        self.what = what
        self.is_local = is_local


class LineNumbers:
    """Finds the line, from 1, on which a character of a text stands, as an editor counts lines."""

    def __init__(self, text: str) -> None:
        self._ends = [found.end() for found in _LINE_BREAK.finditer(text)]

    def at(self, index: int) -> int:
        return bisect_right(self._ends, index) + 1


def decode(content: bytes) -> str:
    """The text of a file without its byte order mark; its line ends stay as they are.

    Raises `UnreadableError` for what is no UTF-8, too large, or holds control characters.
    """
    if len(content) > MAX_BYTES:
        what = _(
            "is too large: {size} bytes; the limit is {most} bytes",
            size=amount(len(content)),
            most=amount(MAX_BYTES),
        )
        raise UnreadableError(1, what)
    content = content.removeprefix(BOM)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        what = _("is not UTF-8 text; save the file as UTF-8")
        raise UnreadableError(LineNumbers(before).at(len(before)), what) from error
    # In comments, too: a reviewer would see the text in a different order.
    if found := CONTROL.search(text.replace("\r", "\n")):
        what = _("contains the control character {code}; remove it", code=code(found.group()))
        raise UnreadableError(_line_of(text, found.start()), what)
    return text


def _line_of(text: str, index: int) -> int:
    # libyaml may point behind the last character; no editor has a line there.
    return LineNumbers(text).at(min(index, len(text.rstrip("\r\n"))))


def cut_short(text: str, most: int = 60) -> str:
    """A text cut to `most` characters for a message: a mistake can be as long as the file."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def compose(text: str, most_parts: int = MAX_PARTS) -> yaml.Node | None:
    """The root node, or None for a file of nothing but comments. Raises `UnreadableError`."""
    try:
        _refuse_harm(text, most_parts)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _located(text, error) from error


def _refuse_harm(text: str, most_parts: int) -> None:
    depth = aliases = parts = 0
    is_local = False
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        parts += isinstance(event, yaml.NodeEvent)
        if depth > MAX_DEPTH:
            what = _("is nested more than {most} levels deep", most=MAX_DEPTH)
        elif aliases > MAX_ALIASES:
            what = _("uses more than {most} YAML aliases ('*name')", most=MAX_ALIASES)
        elif parts > most_parts:
            what = _("has more than {most} parts; split it into several files", most=amount(most_parts))
        elif tag := getattr(event, "tag", None):
            what = _("a text cannot start with '!' ({tag}); put it in quotes", tag=cut_short(tag))
            is_local = True
        else:
            continue
        assert event.start_mark is not None, "an event that was parsed has a place"
        raise UnreadableError(_line_of(text, event.start_mark.index), what, is_local=is_local)


def _located(text: str, error: yaml.MarkedYAMLError) -> UnreadableError:
    mark = error.problem_mark or error.context_mark
    index = mark.index if mark else 0
    problem = error.problem or ""
    at_its_begin = problem == "found unexpected end of stream" or problem.startswith("could not find expected ':'")
    if at_its_begin and error.context_mark:
        index = error.context_mark.index  # authors look where the quote or the text begins
    line_so_far = text[text.rfind("\n", 0, index) + 1 : index + 1]
    if "\t" in line_so_far and not line_so_far.strip(" \t-"):
        what = _("this line is indented with a tab; use spaces instead")
        return UnreadableError(_line_of(text, index), what, is_local=True)
    if conflict := _CONFLICT.search(text):
        what = _("these are conflict marks of Git; keep one of the two versions, and remove the marks")
        return UnreadableError(_line_of(text, conflict.start()), what)
    if is_markdown(text):
        return UnreadableError(1, _("this is Markdown, not a lesson; convert it with: lessonbot import FILE"))
    first = text.lstrip()
    is_indented = text[: len(text) - len(first)].endswith(" ") and re.match(r"\w+:", first)
    if problem.startswith("did not find expected <document start>") and is_indented:
        # The whole first block is indented, and libyaml reports that where the next block begins.
        index = len(text) - len(first)
    begin = error.context_mark.index if error.context_mark else None
    if (opened := _open_quote(text, index)) is not None:
        what = _(
            "a quotation mark is missing at the end; the text goes on to line {line}", line=_line_of(text, index)
        )
        return UnreadableError(_line_of(text, opened), what, is_local=True)
    if found := hint(text, index, problem, begin):
        return UnreadableError(found[0] + 1, found[1], is_local=True)
    known = next((ours for theirs, ours in _IN_OTHER_WORDS.items() if problem.startswith(theirs)), None)
    what = _(known) if known else _("is not valid YAML: {problem}", problem=cut_short(problem, 200))
    return UnreadableError(_line_of(text, index), what, is_local=True)


def _open_quote(text: str, index: int) -> int | None:
    """Where the text in quotes begins that ends before this index, if it has swallowed other keys."""
    last = (0, 0)
    with contextlib.suppress(yaml.MarkedYAMLError):  # the error that is being explained
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"'):
                assert event.start_mark is not None, "an event that was parsed has a place"
                assert event.end_mark is not None, "an event that was parsed has a place"
                last = (event.start_mark.index, event.end_mark.index)
    begin, end = last
    is_next = "\n" not in text[end:index]
    return begin if is_next and _KEY_BELOW.search(text, begin, end) else None
