"""Refuses a text that would take too long to read, before it is read."""

from __future__ import annotations

import re

from bot.errors import NotesError
from bot.language.numbers import amount
from bot.language.words import _

LONGEST = 2_000_000
# Lines of Markdown that are read in about two seconds. A page of questions has longer lines than this allows for.
_MOST_LINES = 50_000
# What takes about two seconds; a text of more than a mebibyte may take as much for each.
_MOST_EFFORT = 300_000_000
_MEBIBYTE = 2**20
# docutils makes a node of each short line, and of what stands between two marks; that takes about 50 microseconds.
_NODE = 8_000
_MARK = re.compile(r"[`_|\]]+")
_PAIRED = re.compile(r"[`*|]+|_(?=\W|$)")
# A directive or a field is several nodes.
_LINE = re.compile(r"[ \t]*(?P<more>\.\.[ \t]|:)?\S")
# The row of a table, whose cells are read one by one.
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
    most = _MOST_EFFORT * max(1, len(text) / _MEBIBYTE)
    effort, line = 0, 1
    for paragraph in text.split("\n\n"):
        words = "".join(each for each in paragraph.split("\n") if not _ROW.fullmatch(each))
        marks = len(_MARK.findall(words))
        # The rest of a paragraph is read again for each mark in it.
        effort += marks * len(words)
        if effort > most:
            raise NotesError(
                _(
                    "line {line}: has a paragraph of {size} characters with {marks} marks, which takes too long "
                    "to read: break it with empty lines",
                    line=line,
                    size=amount(len(words)),
                    marks=amount(marks),
                )
            )
        for n, each in enumerate(paragraph.split("\n"), line):
            effort += _NODE * _nodes(each)
            if effort > most:
                what = _("line {line}: so many short lines take too long to read; split the file here", line=n)
                raise NotesError(what)
        line += paragraph.count("\n") + 2


def refuse_short_lines(text: str) -> None:
    """Raises `NotesError` if a Markdown text has more lines than can be read in about two seconds a mebibyte."""
    most = int(_MOST_LINES * max(1, len(text) / _MEBIBYTE))
    if text.count("\n") > most:
        what = _("line {line}: so many short lines take too long to read; split the file here", line=most)
        raise NotesError(what)


def _nodes(line: str) -> int:
    found = _LINE.match(line)
    return (2 if found["more"] else 1) + len(_PAIRED.findall(line)) // 2 if found else 0
