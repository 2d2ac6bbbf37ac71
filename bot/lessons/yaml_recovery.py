"""Finds all syntax errors of a lesson file: after each one, its line is blanked out and the rest is read again."""

from __future__ import annotations

import re

from bot.lessons.nodes import UnreadableError, compose

# Errors: each one needs another reading of the file.
_MOST = 20
_MOST_CHARACTERS = 2_000_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_BEGIN = re.compile(r"(?P<indent>[ \t\xa0]*)(?P<dash>(?:-[ \xa0]*)?)(?P<key>[\"']?\w+[\"']?[ ]*:)?")


def errors_after(text: str, first: UnreadableError) -> list[UnreadableError]:
    """The syntax errors below the first one, without those that only follow from an earlier one."""
    found = [first]
    lines = _LINE.findall(text)
    for _turn in range(min(_MOST, _MOST_CHARACTERS // len(text))):
        if not found[-1].is_local:
            break
        error = _next_error(lines, found[-1].line)
        if error is None:
            break
        found.append(error)
    return found[1:]


def _next_error(lines: list[str], number: int) -> UnreadableError | None:
    """The first error below this line, after the mistake on this line is removed from `lines`."""
    line = lines[number - 1]
    for instead in dict.fromkeys((_neutral(line), _break_of(line))):
        lines[number - 1] = instead
        if instead:
            _blank_below(lines, number, _column(line))
        try:
            compose("".join(lines))
        except UnreadableError as error:
            if error.line > number:
                return error
        else:
            return None
    return None


def _neutral(line: str) -> str:
    """A line of the same kind and in the same column, without a mistake: a field, an item, or nothing."""
    found = _BEGIN.match(line)
    assert found, "it matches every line"
    if not found["dash"] and not found["key"]:
        return _break_of(line)
    indent = " " * len(found["indent"]) + ("- " if found["dash"] else "")
    return f"{indent}{'x: x' if found['key'] else 'x'}{_break_of(line)}"


def _column(line: str) -> int:
    found = _BEGIN.match(line)
    assert found, "it matches every line"
    return len(found["indent"]) + (2 if found["dash"] and found["key"] else 0)


def _blank_below(lines: list[str], number: int, column: int) -> None:
    """Blank out what belongs to this line: the lines below it that are indented more."""
    for n in range(number, len(lines)):
        inside = lines[n].strip()
        if inside and len(lines[n]) - len(lines[n].lstrip(" \t\xa0")) <= column:
            return
        lines[n] = _break_of(lines[n])


def _break_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
