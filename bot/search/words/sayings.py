"""Writes the pattern of many sayings as a list of them."""

from __future__ import annotations

import re
from textwrap import dedent

_GOES_ON_AT_ONCE = re.compile(r"\n +(?=\(+ |\|)")
_GOES_ON = re.compile(r"\n +")
_GROUP = re.compile(r"(?<!\\)\((?!\?)")


def one_of(sayings: str) -> str:
    """A pattern for any of these sayings, one a line; a blank line parts languages.

    An indented line goes on with the one above it, after a space unless it begins with "( " or "|". Round brackets
    capture nothing: "(a|the)" stands for "(?:a|the)".
    """
    joined = _GOES_ON.sub(" ", _GOES_ON_AT_ONCE.sub("", dedent(sayings).strip()))
    each = "|".join(filter(None, joined.splitlines()))
    return f"(?:{_GROUP.sub('(?:', each)})"
