"""Refuses a text that would take too long to read, before it is read."""

from __future__ import annotations

import re

from bot.errors import NotesError
from bot.language.numbers import amount
from bot.language.words import _

# Lines of Markdown that are read in about two seconds. A page of questions has longer lines than this allows for.
_MOST_LINES = 50_000
# Microseconds that reading may take; a text of more than a mebibyte may take as many for each. The costs below are
# measured.
_MOST_TIME = 2_200_000
_MEBIBYTE = 2**20
# The rest of a paragraph is read again for each of these marks: so many characters a microsecond.
_MARK = re.compile(r"[`_|\]]+")
_CHARACTERS = 1_000
# docutils looks for an address at each place of a long word, up to its end.
_LONG_WORD = re.compile(r"\S{500,}")
_SQUARED = 40
# What a line costs by how it begins: footnotes and replacements, lines of verse, fields, options and directives,
# items of a numbered list and of others.
_BEGINNINGS = (
    (re.compile(r"\.\.[ \t]+[\[|]"), 96),
    (re.compile(r"\|[ \t]"), 26),
    (re.compile(r"\.\.[ \t]|[:/]|--?\w|__"), 52),
    (re.compile(r"(?:[\w#]{1,4}[.)]|\([\w#]{1,4}\))[ \t]"), 60),
    (re.compile(r"[-*+\u2022][ \t]|>>>"), 34),
)
_DIRECTIVE = re.compile(r"\.\.[ \t]")
# Marks below a title, and a line of marks.
_MARKS = re.compile(r"([^\w\s`*|])\1+[ \t]*")
_TITLE, _MARKS_LINE = 105, 18
# The first line of another block, a further line, one of code, and each character.
_BLOCK, _LINE, _CODE_LINE, _CHARACTER = 34, 10, 1, 0.5
# A list or quote in another, a definition, and a cell of a table.
_DEEPER, _DEFINITION, _CELL = 54, 90, 24
# So many lines are copied in a microsecond.
_COPIED = 120
# Marks within a line: references, other markup, addresses.
_INSIDE = ((re.compile(r"_+(?=\W|$)"), 11), (re.compile(r"[`*]+"), 6), (re.compile(r"\||://|\w@"), 15))
_ANY = re.compile(r"[_`*|@]|://")
# The beginning of a line that has no mark there.
_PROSE = re.compile(r"[^\W_]{5}|[^\W_]+[ \t]")
_MARKERS = re.compile(r"(?:(?:[-*+\u2022]|[\w#]{1,4}[.)])[ \t]+)*")
_CODE = re.compile(r"\.\.[ \t]+(?:code|code-block|sourcecode)::")
_CSV = re.compile(r"\.\.[ \t]+csv-table::")
_NO_WORD = re.compile(r"[^\w\s]")
# The rule of a table without lines between its columns, and the row of one with lines.
_RULE = re.compile(r"=+(?:[ \t]+=+)+[ \t]*")
_ROW = re.compile(r"[ \t]*[|+][^\n]{0,1000}[|+][ \t]*")


def refuse_dense(*parts: str) -> None:
    """Raises `NotesError` for reStructuredText that would take too long, with the line to split it at.

    docutils reads each of the parts by itself.
    """
    most = _MOST_TIME * max(1, sum(map(len, parts)) / _MEBIBYTE)
    time, line = 0.0, 1
    for part in parts:
        time = _time_of(part, line, time, most)
        line += part.count("\n") + 1


def _time_of(part: str, line: int, time: float, most: float) -> float:
    """The time for this part and for those before it. Raises `NotesError` if it is more than `most`."""
    counter = _Counter()
    end = line + part.count("\n")
    for paragraph in part.split("\n\n"):
        counter.below = end - line
        lines = paragraph.split("\n")
        words = "".join(each for each in lines if not _ROW.fullmatch(each))
        marks = len(_MARK.findall(words))
        time += marks * len(words) / _CHARACTERS
        if time > most:
            raise NotesError(
                _(
                    "line {line}: has a paragraph of {size} characters with {marks} marks, which takes too long "
                    "to read: break it with empty lines",
                    line=line,
                    size=amount(len(words)),
                    marks=amount(marks),
                )
            )
        for word in _LONG_WORD.findall(paragraph):
            time += len(word) ** 2 / _SQUARED
            if time > most:
                raise NotesError(
                    _(
                        "line {line}: has a word of {size} characters, which takes too long to read: break it "
                        "with spaces",
                        line=line,
                        size=amount(len(word)),
                    )
                )
        counter.begin_block()
        for n, each in enumerate(lines, line):
            time += counter.time(each)
            if time > most:
                what = _("line {line}: so many short lines take too long to read; split the file here", line=n)
                raise NotesError(what)
        counter.end_block(lines[-1])
        line += len(lines) + 1
    return time


def refuse_short_lines(text: str) -> None:
    """Raises `NotesError` if a Markdown text has more lines than can be read in about two seconds a mebibyte."""
    most = most_lines(text)
    if text.count("\n") > most:
        what = _("line {line}: so many short lines take too long to read; split the file here", line=most)
        raise NotesError(what)


def most_lines(text: str) -> int:
    """The number of lines of Markdown that can be read in about two seconds a mebibyte."""
    return int(_MOST_LINES * max(1, len(text) / _MEBIBYTE))


class _Counter:
    """Estimates the time for each line. It knows in which kind of block the line is, and how many are `below`."""

    def __init__(self) -> None:
        self.below = 0
        self._least = _BLOCK
        self._indent = 0
        # Lines that are further in than these belong to code, or to a table of comma-separated values.
        self._code: int | None = None
        self._csv: int | None = None
        # Columns of a table between rules, and whether the last line was a rule.
        self._columns = 0
        self._is_rule = False
        self._is_directive = False

    def begin_block(self) -> None:
        self._least = _BLOCK
        if self._is_rule:
            self._columns = 0

    def end_block(self, last: str) -> None:
        content = last.lstrip()
        if self._code is None and content.endswith("::"):
            is_text = not any(pattern.match(content) for pattern, __ in _BEGINNINGS[:3])
            self._code = self._indent if is_text else None

    def time(self, line: str) -> float:
        content = line.lstrip()
        if not content:
            self.begin_block()
            return 0
        indent = len(line) - len(content)
        characters = len(content) * _CHARACTER
        if self._code is not None and indent > self._code:
            return _CODE_LINE + characters
        self._code = None
        if self._csv is not None and indent > self._csv:
            return _CELL * (1 + len(_NO_WORD.findall(content))) + characters
        return self._text(content, indent) + characters

    def _text(self, content: str, indent: int) -> int:
        first, self._least, self._is_rule, self._csv = self._least, _LINE, False, None
        was_directive, self._is_directive = self._is_directive, False
        found = first
        if not _PROSE.match(content):
            found, indent = self._begun(content, indent, first)
        if content.endswith("::"):
            found += _BLOCK
        if indent > self._indent and self._code is None and not was_directive:
            found += _DEEPER if first == _BLOCK else _DEFINITION + self._copied()
        self._indent = indent
        if _ANY.search(content):
            found += sum(len(marks.findall(content)) * cost for marks, cost in _INSIDE)
        return found + _CELL * (content.count("|") if _ROW.fullmatch(content) else self._columns)

    def _copied(self) -> int:
        """The cost of a list, for which docutils copies all lines below."""
        return self.below // _COPIED

    def _begun(self, content: str, indent: int, least: int) -> tuple[int, int]:
        """The cost of a line that may begin with a mark, and where the text after the mark begins."""
        if _MARKS.fullmatch(content):
            return (_TITLE if least == _LINE else _MARKS_LINE), indent
        begun = next((cost for pattern, cost in _BEGINNINGS if pattern.match(content)), 0)
        found = max(least, begun) + (self._copied() if begun and least == _BLOCK else 0)
        self._is_directive = bool(_DIRECTIVE.match(content))
        if _CSV.match(content):
            self._csv = indent
        if _CODE.match(content):
            self._code = indent
        if markers := _MARKERS.match(content):
            indent += markers.end()
            found += _DEEPER * max(0, len(markers[0].split()) - 1)
        self._is_rule = bool(_RULE.fullmatch(content))
        if self._is_rule:
            self._columns = len(content.split())
        return found, indent
