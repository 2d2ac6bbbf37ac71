"""Hints on YAML syntax errors: what to type, where the parser's message says only what its scanner missed."""

from __future__ import annotations

import re

from bot.language.words import _

_NO_SPACE_BEHIND_DASH = re.compile(r"[ ]*-[A-Za-z_]\w*:(?:[ ]|$)")
_NO_SPACE_BEHIND_KEY = re.compile(r"[ ]*(?:- )?(?P<key>[a-z_]+):(?![/ ])[^\s]")
_FIELD = re.compile(r"(?P<indent>[ ]*(?:- )?)(?P<key>[a-z_]+):[ ]+(?P<value>\S.*)")
_CURLY = re.compile("[\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb]")
_BEHIND_A_PIPE = re.compile(r"[ ]*(?:- )?(?:[a-z_]+:[ ]+)?(?P<sign>[|>])[-+0-9]*[ ]+[^\s#]")
_APOSTROPHE = re.compile(r"[ ]*(?:- )?(?:[a-z_]+:[ ]+)?'[^']*'(?=\w)")
_APOSTROPHE_IN_FLOW = re.compile(r"(?:[\[{,]|[a-z_]:)[ ]*'[^']*'(?=\w)")
_AFTER_A_QUOTE = re.compile(
    r"""[ ]*+(?:- )?+(?:[a-z_]+:[ ]++)?+(?:"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+')[ ]*+[^\s,\]}\#:]"""
)
_BULLET = re.compile(r"[ ]*(?P<sign>[*+\u2022])[ ]")
_ITEM = re.compile(r"(?P<indent>[ ]*)- (?![a-z_]+:[ ])")
_OPENS_A_TEXT = re.compile(r"[ ]*(?:- )?[a-z_]+:[ ]+[|>][-+0-9]*[ ]*(?:#.*)?")
_NO_COLON = re.compile(r"[ ]*(?:- )?(?P<key>[a-z_]+)[ ]+[^\s:]")
QUOTED = 60  # characters of a line that a message shows
_NOT_AT_THE_BEGINNING = "@`%?[{]},|>*&!"


def hint(text: str, index: int, problem: str, begin: int | None) -> tuple[int, str] | None:
    """The line to change (counted from 0) and what to do there, for a mistake at this index; None if unclear.

    `problem` is the parser's message, `begin` the index at which the list or mapping around the mistake starts.
    """
    lines = text[: text.find("\n", index) if "\n" in text[index:] else len(text)].splitlines()
    if not lines:
        return None
    here = len(lines) - 1
    if begin is not None and problem.startswith("did not find expected ',' or"):
        is_end = not text[index:].strip()
        return _in_flow(lines, text.count("\n", 0, begin), problem[-2], is_end=is_end)
    above = next((n for n in range(here - 1, max(-1, here - 50), -1) if lines[n].strip()), None)
    candidates = [here] if above is None else [here, above]
    for n in candidates:
        if what := _in_line(lines[n]):
            return n, what
    if above is None:
        is_indented = re.match(r"[ ]+[a-z_]+:", lines[here])
        return (here, _("must not be indented")) if is_indented else None
    if _OPENS_A_TEXT.fullmatch(lines[above]) and not _FIELD.match(lines[here]):
        return here, _("must be indented more than line {line}, as it belongs to its text", line=above + 1)
    if problem.startswith("could not find expected ':'"):
        item = _ITEM.match(lines[above])
        if item and len(lines[here]) - len(lines[here].lstrip(" ")) == len(item["indent"]):
            return here, _("'- ' is missing at the start of the line")
        found = _NO_COLON.match(lines[here])
        return (here, _("a ':' is missing after '{key}'", key=found["key"])) if found else None
    return _shifted(lines, here, above)


def _in_line(line: str) -> str:
    if _NO_SPACE_BEHIND_DASH.match(line):
        return _("a space is missing after '-'")
    if found := _NO_SPACE_BEHIND_KEY.match(line):
        return _("a space is missing after '{key}:'", key=found["key"])
    if found := _BEHIND_A_PIPE.match(line):
        return _("start the text on the line below the '{sign}'", sign=found["sign"])
    if found := _BULLET.match(line):
        return _("write '- ' instead of '{sign} '", sign=found["sign"])
    value = found["value"] if (found := _FIELD.match(line)) else re.sub(r"^[ ]*- ", "", line)
    if curly := _CURLY.match(value):
        return not_a_quote(curly.group())
    if _APOSTROPHE.match(line):
        return _("an apostrophe ends a text in '…'; write it twice, or put the text in \"…\"")
    if _AFTER_A_QUOTE.match(line):
        return _("the text goes on after its closing quotation mark; put quotes around the whole text")
    is_value = found is not None or value != line
    if is_value and (sign := wrong_start(value)):
        return _("a text cannot start with '{sign}'; put it in quotes", sign=sign)
    if "\xa0" in line:
        return _("contains a non-breaking space; type a normal space instead")
    return ""


def wrong_start(value: str) -> str:
    """The first character of a text, if YAML does not allow it there or gives it another meaning; else ''."""
    if value.startswith("- "):
        return "-"
    is_closed = value[:1] in "[{|>" and value.rstrip()[-1:] in "]}|>"
    return value[0] if value[:1] in _NOT_AT_THE_BEGINNING and not is_closed else ""


def _in_flow(lines: list[str], begin: int, sign: str, *, is_end: bool) -> tuple[int, str] | None:
    """The line and the hint for a text that ends early in a `[…]` or `{…}`, which begins on line `begin`.

    Its closing `sign` may be missing, surely if the mistake is at the end of the file (`is_end`).
    """
    for n in range(begin, len(lines)):
        before, cut, rest = lines[n].partition(" #")
        if cut and before.rstrip()[-1:] not in ("", ",", "[", "{") and not set(before) & set("\"'"):
            return n, comment(f"#{rest}")
        if _APOSTROPHE_IN_FLOW.search(lines[n]):
            return n, _("an apostrophe ends a text in '…'; write it twice, or put the text in \"…\"")
        # Whoever goes on below ends the line with a comma.
        goes_on = lines[n].rstrip()[-1:] in (",", "[", "{")
        if n == begin and (is_end or n < len(lines) - 1) and sign not in lines[n] and not goes_on:
            return n, _("a '{sign}' is missing at the end", sign=sign)
        if what := _in_line(lines[n]):
            return n, what
    return None


def _shifted(lines: list[str], here: int, above: int) -> tuple[int, str] | None:
    """The line and the hint for a line that does not begin in the column of the others."""
    one, two = _FIELD.match(lines[above]), _FIELD.match(lines[here])
    if not two:
        return None
    if one and len(one["indent"]) < len(two["indent"]) and one["value"][0] not in "|>":
        return here, _("is indented more than line {line}; start both in the same column", line=above + 1)
    columns = [(n, len(found["indent"])) for n in range(here) if (found := _FIELD.match(lines[n]))]
    column = len(two["indent"])
    if columns and columns[-1][1] > column and column not in {each for __, each in columns}:
        what = _("is indented less than line {line}; start both in the same column", line=columns[-1][0] + 1)
        return here, what
    return None


def not_a_quote(sign: str) -> str:
    """The hint for a curly quotation mark in place of one of YAML's."""
    return _('{sign} is not a quotation mark in YAML; type " instead', sign=sign)


def comment(rest: str) -> str:
    """The hint for a text that is cut by ` #`."""
    shown = rest if len(rest) <= QUOTED else f"{rest[: QUOTED - 1]}…"
    return _("everything after ' #' is a comment ('{rest}'); put the text in quotes", rest=shown)


_KEYS = ("lesson:", "course:", "entries:", "scenarios:", "aliases:")


def is_markdown(text: str) -> bool:
    """Whether this is a Markdown page that was saved as a lesson file."""
    lines = [line for line in text.splitlines() if line.strip()]
    if any(line.startswith(_KEYS) for line in lines):
        return False
    headings = [line for line in lines if re.match(r"#{1,6} \S", line)]
    return bool(headings) and (len(headings) < len(lines) or any(line.startswith("##") for line in headings))
