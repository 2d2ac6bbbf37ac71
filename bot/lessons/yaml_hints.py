"""What an author has to type where YAML's own message names only what its scanner missed."""

from __future__ import annotations

import re

from bot.language.words import _

_NO_SPACE_BEHIND_DASH = re.compile(r"[ ]*-[A-Za-z_]\w*:(?:[ ]|$)")
_NO_SPACE_BEHIND_KEY = re.compile(r"[ ]*(?:- )?(?P<key>[a-z_]+):(?![/ ])[^\s]")
_FIELD = re.compile(r"(?P<indent>[ ]*(?:- )?)(?P<key>[a-z_]+):[ ]+(?P<value>\S.*)")
_CURLY = re.compile("[\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb]")
_BEHIND_A_PIPE = re.compile(r"[ ]*(?:- )?(?:[a-z_]+:[ ]+)?[|>][-+0-9]*[ ]+[^\s#]")
_APOSTROPHE = re.compile(r"[ ]*(?:- )?(?:[a-z_]+:[ ]+)?'[^']*'[^\s',\]}#]")
_NOT_AT_THE_BEGINNING = "@`%?[{]},|>"


def hint(text: str, index: int) -> tuple[int, str] | None:
    """The line, from 0, to change and what to do there, for a mistake at this character; None if unclear."""
    lines = text[: text.find("\n", index) if "\n" in text[index:] else len(text)].splitlines()
    if not lines:
        return None
    here = len(lines) - 1
    above = next((n for n in range(here - 1, max(-1, here - 50), -1) if lines[n].strip()), None)
    candidates = [here] if above is None else [here, above]
    for n in candidates:
        if what := _in_line(lines[n]):
            return n, what
    if above is not None and _is_deeper(lines[above], lines[here]):
        return here, _("is indented more than line {line}; start both in the same column", line=above + 1)
    return None


def _in_line(line: str) -> str:
    if _NO_SPACE_BEHIND_DASH.match(line):
        return _("a space is missing after '-'")
    if found := _NO_SPACE_BEHIND_KEY.match(line):
        return _("a space is missing after '{key}:'", key=found["key"])
    if _BEHIND_A_PIPE.match(line):
        return _("start the text on the line below the '|'")
    value = found["value"] if (found := _FIELD.match(line)) else re.sub(r"^[ ]*- ", "", line)
    if curly := _CURLY.match(value):
        return _('{sign} is not a quotation mark in YAML; type " instead', sign=curly.group())
    if _APOSTROPHE.match(line):
        return _("an apostrophe ends a text in '…'; write it twice, or put the text in \"…\"")
    is_closed = value[:1] in "[{|>" and value.rstrip()[-1:] in "]}|>"
    if found and value[:1] in _NOT_AT_THE_BEGINNING and not is_closed:
        return _("a text cannot start with '{sign}'; put it in quotes", sign=value[0])
    if "\xa0" in line:
        return _("contains a non-breaking space; type a normal space instead")
    return ""


def _is_deeper(above: str, here: str) -> bool:
    one, two = _FIELD.match(above), _FIELD.match(here)
    return bool(one and two and len(one["indent"]) < len(two["indent"]) and one["value"][0] not in "|>")


_KEYS = ("lesson:", "course:", "entries:", "scenarios:", "aliases:")


def is_markdown(text: str) -> bool:
    """Whether this is a page that was saved under a lesson's name."""
    lines = [line for line in text.splitlines() if line.strip()]
    if any(line.startswith(_KEYS) for line in lines):
        return False
    headings = [line for line in lines if re.match(r"#{1,6} \S", line)]
    return bool(headings) and (len(headings) < len(lines) or any(line.startswith("##") for line in headings))


_COMMENT = re.compile(r"[ ]*+(?:- )*+(?:[a-z_]+:[ ]++)?+[^\s\"'|>\[{#&*!][^#]*(?<=[ \t])#(?P<rest>.*)")


def cut_text(line: str) -> str:
    """What a ` #` cuts off a text that is not in quotes; '' if nothing."""
    found = _COMMENT.fullmatch(line) if " #" in line and len(line) < 5000 else None
    return f"#{found['rest']}" if found else ""
