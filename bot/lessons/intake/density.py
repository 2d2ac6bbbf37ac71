"""Refuses a text that would take too long to read, before it is read."""

from __future__ import annotations

import re

from bot.errors import NotesError
from bot.language.numbers import amount
from bot.language.words import _

LONGEST = 2_000_000
# Lines of Markdown that are read in about two seconds. A page of questions has longer lines than this allows for.
_MOST_LINES = 50_000
# Python calls that take about two seconds; a text of more than a mebibyte may take as many for each.
_MOST_CALLS = 14_000_000
_MEBIBYTE = 2**20
# The rest of a paragraph is read again for each of these marks. So many characters take as long as a call.
_MARK = re.compile(r"[`_|\]]+")
_CHARACTERS = 24
# docutils looks for an address at each place of a long word, up to its end.
_LONG_WORD = re.compile(r"\S{500,}")
_SQUARED = 6
# About how many calls docutils and our reader need for a line, by how it begins: footnotes and substitutions,
# lines of verse, fields, options and directives, lines below a title, items of a list.
_BEGINNINGS = (
    (re.compile(r"\.\.[ \t]+[\[|]"), 5_500),
    (re.compile(r"\|[ \t]"), 2_000),
    (re.compile(r"\.\.[ \t]|[:/]|--?\w|__"), 1_500),
    (re.compile(r"([^\w\s`*|])\1"), 1_300),
    (re.compile(r"(?:[-*+\u2022]|[\w#]{1,4}[.)])[ \t]|>>>"), 900),
)
# The first line of another block, a further line, and one of code; a list or quote in another, and a cell.
_BLOCK, _LINE, _CODE_LINE = 800, 300, 60
_DEEPER, _CELL = 2_400, 1_000
# Marks within a line: references, other markup, addresses.
_INSIDE = ((re.compile(r"_+(?=\W|$)"), 1_150), (re.compile(r"[`*]+"), 160), (re.compile(r"\||://|\w@"), 330))
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


def refuse_dense(text: str) -> None:
    """Raises `NotesError` if docutils would take too long for this text, with the line to split it at."""
    if len(text) > LONGEST:
        raise NotesError(
            _(
                "is reStructuredText of {size} characters; at most {most} are read: split it into several files",
                size=amount(len(text)),
                most=amount(LONGEST),
            )
        )
    most = int(_MOST_CALLS * max(1, len(text) / _MEBIBYTE))
    counter = _Counter()
    calls, line = 0, 1
    for paragraph in text.split("\n\n"):
        lines = paragraph.split("\n")
        words = "".join(each for each in lines if not _ROW.fullmatch(each))
        marks = len(_MARK.findall(words))
        calls += marks * len(words) // _CHARACTERS
        if calls > most:
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
            calls += len(word) ** 2 // _SQUARED
            if calls > most:
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
            calls += counter.calls(each)
            if calls > most:
                what = _("line {line}: so many short lines take too long to read; split the file here", line=n)
                raise NotesError(what)
        counter.end_block(lines[-1])
        line += len(lines) + 1


def refuse_short_lines(text: str) -> None:
    """Raises `NotesError` if a Markdown text has more lines than can be read in about two seconds a mebibyte."""
    most = int(_MOST_LINES * max(1, len(text) / _MEBIBYTE))
    if text.count("\n") > most:
        what = _("line {line}: so many short lines take too long to read; split the file here", line=most)
        raise NotesError(what)


class _Counter:
    """Estimates the calls that each line needs. It knows in which kind of block the line is."""

    def __init__(self) -> None:
        self._least = _BLOCK
        self._indent = 0
        # Lines that are further in than these belong to code, or to a table of comma-separated values.
        self._code: int | None = None
        self._csv: int | None = None
        # Columns of a table between rules, and whether the last line was a rule.
        self._columns = 0
        self._is_rule = False

    def begin_block(self) -> None:
        self._least = _BLOCK
        if self._is_rule:
            self._columns = 0

    def end_block(self, last: str) -> None:
        content = last.lstrip()
        if self._code is None and content.endswith("::"):
            is_text = not any(pattern.match(content) for pattern, __ in _BEGINNINGS[:3])
            self._code = self._indent if is_text else None

    def calls(self, line: str) -> int:
        content = line.lstrip()
        if not content:
            self.begin_block()
            return 0
        indent = len(line) - len(content)
        if self._code is not None and indent > self._code:
            return _CODE_LINE
        self._code = None
        if self._csv is not None and indent > self._csv:
            return _CELL * (1 + len(_NO_WORD.findall(content)))
        return self._text(content, indent)

    def _text(self, content: str, indent: int) -> int:
        found, self._least, self._is_rule, self._csv = self._least, _LINE, False, None
        if not _PROSE.match(content):
            found, indent = self._begun(content, indent, found)
        if content.endswith("::"):
            found += _BLOCK
        if indent > self._indent and self._code is None:
            found += _DEEPER
        self._indent = indent
        if _ANY.search(content):
            found += sum(len(marks.findall(content)) * calls for marks, calls in _INSIDE)
        return found + _CELL * (content.count("|") if _ROW.fullmatch(content) else self._columns)

    def _begun(self, content: str, indent: int, least: int) -> tuple[int, int]:
        """The calls for a line that may begin with a mark, and where the text after the mark begins."""
        found = max(least, next((calls for pattern, calls in _BEGINNINGS if pattern.match(content)), 0))
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
