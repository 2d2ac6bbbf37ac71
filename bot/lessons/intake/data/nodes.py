"""Reads JSON and YAML as lists, maps and texts with their line numbers."""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

import yaml

from bot.errors import NotesError
from bot.language.words import _
from bot.lessons.intake.material import Unplaced
from bot.lessons.nodes import UnreadableError, compose
from bot.lessons.yaml_hints import comment

_MOST_PARTS = 1_000_000
_COMMENT = re.compile(r"(?:^|(?<=\s))(#.*)")
# A key of TOML with two hundred parts, such as `a.b.c`.
_DEEP_KEY = re.compile(r"(?<![\w.-])(?:(?:[\w-]+|\"[^\"\n]{0,99}\"|'[^'\n]{0,99}')[ \t]*\.[ \t]*){200}")
# Lists and maps within others. A reader calls itself for each level, and Python allows about a thousand calls.
_MOST_DEPTH = 100
# Where a text is not valid TOML, in the words of Python's parser.
_TOML_LINE = re.compile(r"\(at line (\d+),")
# The most texts that may not be found again, because of rare escapes: each costs a search to the end of the file.
_MOST_MISSES = 50


class Scalar(str):
    """A text and the line where it begins. `file` is set if it is not the file that is being read."""

    line: int
    file: str

    def __new__(cls, text: str, line: int, file: str = "") -> Scalar:
        made = super().__new__(cls, text)
        made.line = line
        made.file = file
        return made


@dataclass
class Map:
    """Keys with their values, in the order of the file. A key can occur twice."""

    pairs: list[tuple[Scalar, Data]]

    @property
    def line(self) -> int:
        return self.pairs[0][0].line if self.pairs else 1

    def get(self, *names: str) -> Data | None:
        """The value of the first of these keys that exists; None if none does."""
        for name in names:
            for key, value in self.pairs:
                if folded(key) == name:
                    return value
        return None


Data = Scalar | Map | list["Data"]


def folded(key: str) -> str:
    """The form in which keys are compared: `Question_Text` becomes `question text`."""
    return " ".join(key.casefold().replace("_", " ").replace("-", " ").split())


def no_field(key: str) -> str:
    """Why what stands under this key finds no place."""
    return _("the field '{name}', which lessons do not have", name=key[:60])


def read_yaml(text: str, file: str = "") -> tuple[Data | None, list[Unplaced]]:
    """The data in a YAML document, and its comments. Raises `NotesError` with the line if it is not valid YAML."""
    try:
        root = compose(text, _MOST_PARTS)
    except UnreadableError as error:
        raise NotesError(_("line {line}: {why}", line=error.line, why=error.what)) from error
    return _of_node(root, set(), file) if root else None, list(_comments(text, root, file))


def _comments(text: str, root: yaml.Node | None, file: str) -> Iterator[Unplaced]:
    """All comments. One behind a text without quotes can be a part of it that YAML has cut."""
    if "#" not in text:
        return
    lines = text.split("\n")
    ends: dict[int, tuple[int, bool]] = {}
    inside: set[int] = set()
    for each in _scalars(root):
        is_block = each.style in ("|", ">")
        ends[each.end_mark.line] = max(
            ends.get(each.end_mark.line, (0, False)), (each.end_mark.column, not each.style)
        )
        inside.update(range(each.start_mark.line + 1, each.end_mark.line + (not is_block)))
    for n, line in enumerate(lines):
        column, is_plain = ends.get(n, (0, False))
        if n in inside and n not in ends:
            continue
        if found := _COMMENT.search(line, column):
            why = comment(found[1]) if is_plain else _("a comment, which members do not see")
            yield Unplaced(n + 1, found[1], why, file)


def _scalars(root: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    waiting, seen = [root] if root else [], set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            is_list = isinstance(node, yaml.SequenceNode)
            waiting += node.value if is_list else [part for pair in node.value for part in pair]


def _of_node(node: yaml.Node, above: set[int], file: str) -> Data:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        is_empty = node.tag == "tag:yaml.org,2002:null"
        return Scalar("" if is_empty else node.value, line + (node.style in ("|", ">")), file)
    if id(node) in above:
        return Scalar("", line, file)
    above.add(id(node))
    try:
        if isinstance(node, yaml.SequenceNode):
            return [_of_node(each, above, file) for each in node.value]
        return Map(
            [
                (
                    Scalar(key.value if isinstance(key, yaml.ScalarNode) else "", key.start_mark.line + 1, file),
                    _of_node(value, above, file),
                )
                for key, value in node.value
            ]
        )
    finally:
        above.discard(id(node))


def read_json(text: str, file: str = "") -> Data | None:
    """The data in a JSON document, or in one on each line. Raises `NotesError` with the line if it is invalid."""
    try:
        parsed = _loaded(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.split("\n") if line.strip()]
        if error.msg != "Extra data" or not all(line.lstrip().startswith("{") for line in lines[:5]):
            raise NotesError(
                _("line {line}, column {column}: is not valid JSON", line=error.lineno, column=error.colno)
            ) from error
        parsed = _json_lines(text)
    except RecursionError as error:
        raise NotesError(_("is nested too deep")) from error
    return _Placing(text, file).place(parsed)


def read_toml(text: str) -> Data:
    """The data in a TOML document. Raises `NotesError` as `load_toml` does."""
    try:
        return _Placing(text, "", _as_in_toml).place(load_toml(text))
    except ValueError as error:  # a hexadecimal number can be read, but not written
        raise NotesError(_("has a number with too many digits")) from error


def load_toml(text: str) -> dict[str, object]:
    """The fields in a TOML document. Raises `NotesError` if it is not valid TOML, with the line."""
    if _DEEP_KEY.search(text):  # Python's parser takes its time for these
        raise NotesError(_("is nested too deep"))
    try:
        return tomllib.loads(text, parse_float=_Number)
    except tomllib.TOMLDecodeError as error:
        # The error has its line in English words only, and none at the end of the text.
        at = _TOML_LINE.search(str(error))
        line = at[1] if at else len(text.rstrip().split("\n"))
        raise NotesError(_("line {line}: is not valid TOML", line=line)) from error
    except RecursionError as error:
        raise NotesError(_("is nested too deep")) from error
    except ValueError as error:
        raise NotesError(_("has a number with too many digits")) from error


def _as_in_toml(text: str) -> tuple[str, ...]:
    """How a text begins in TOML: as it is, up to its first sign that may be escaped."""
    return (re.split(r"[\"\\\n]", text.lstrip("\n"), maxsplit=1)[0][:80],)


def _json_lines(text: str) -> list[object]:
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            found += [_loaded(line)] if line.strip() else []
        except (json.JSONDecodeError, RecursionError) as error:
            raise NotesError(_("line {line}: is not valid JSON", line=number)) from error
    return found


def _loaded(text: str) -> object:
    return json.loads(text, object_pairs_hook=_Pairs, parse_int=_Number, parse_float=_Number)


class _Number(str):
    """A number as it is written: version 3.10 is not 3.1, and Python reads no more than 4,300 digits."""


class _Pairs(list[tuple[str, object]]):
    """The pairs of a JSON object, so that json.loads does not drop repeated keys."""


def _as_in_json(text: str) -> tuple[str, ...]:
    return json.dumps(text, ensure_ascii=False), json.dumps(text)


class _Placing:
    """Finds the line of each text in the file, in the order of the texts."""

    def __init__(self, text: str, file: str, forms: Callable[[str], tuple[str, ...]] = _as_in_json) -> None:
        self._forms = forms
        self._text = text
        self._file = file
        self._ends = list(accumulate(len(line) + 1 for line in text.split("\n")))
        self._at = 0
        self._misses = 0

    def place(self, value: object, depth: int = 0) -> Data:
        if depth > _MOST_DEPTH:
            raise NotesError(_("is nested too deep"))
        if isinstance(value, dict):
            value = _Pairs(value.items())
        if isinstance(value, _Pairs):
            return Map([(self._scalar(key), self.place(inner, depth + 1)) for key, inner in value])
        if isinstance(value, list):
            return [self.place(each, depth + 1) for each in value]
        return self._scalar(value)

    def _scalar(self, value: object) -> Scalar:
        if isinstance(value, str) and not isinstance(value, _Number):
            for quoted in self._forms(value):
                found = self._text.find(quoted, self._at) if self._misses < _MOST_MISSES else -1
                if found >= 0:
                    self._at = found + len(quoted)
                    break
            else:
                found = self._at
                self._misses += 1
        else:
            found = self._at
        line = bisect_right(self._ends, min(found, len(self._text) - 1)) + 1
        return Scalar(_in_words(value), line, self._file)


def _in_words(value: object) -> str:
    if value is None:
        return ""
    # As JSON has them: `true`, `NaN`. The others are texts, TOML's whole numbers and its dates.
    return json.dumps(value) if isinstance(value, bool | float) else str(value)


def scalars(data: Data) -> Iterator[tuple[str, Scalar]]:
    """Every text in the data with the key that it is under."""
    stack: list[tuple[str, Data]] = [("", data)]
    while stack:
        key, value = stack.pop()
        if isinstance(value, Map):
            stack += reversed([(str(name), inner) for name, inner in value.pairs])
        elif isinstance(value, list):
            stack += [(key, inner) for inner in reversed(value)]
        else:
            yield key, value
