"""Finds the lines of a lesson file that contain an entry or a scenario, without reading all of its YAML."""

from __future__ import annotations

import re

# The line with an id. What an id is the first key of, such as a solution, is indented further than its scenario.
_ID = re.compile(r"(?m)^([ {-]*)[\"']?id[\"']?[ ]*:[ ]*[\"']?([a-z0-9-]+)")
_ANY_ID = re.compile(r"\bid[\"']?\s*:\s*[\"']?([a-z0-9-]+)")
# A value that may be an alias of YAML: it says what stands elsewhere.
_ALIAS = re.compile(r"[:,\[-][ ]*\*\w")


def lines_around(text: str, id_: str) -> str | None:
    """The lines between the ids of the items before and after this one, '' if the file does not have it.

    All of the item is in these lines. None if only reading the file can tell.
    """
    if id_ not in _ANY_ID.findall(text):
        return ""
    found = list(_ID.finditer(text))
    own = [n for n, each in enumerate(found) if each[2] == id_]
    if len(own) != 1 or "{" in found[own[0]][1]:  # in braces, what is inside need not be indented
        return None
    indent = len(found[own[0]][1])
    above = [each.end() for each in found[: own[0]] if len(each[1]) <= indent]
    below = [each.start() for each in found[own[0] + 1 :] if len(each[1]) <= indent]
    lines = text[above[-1] if above else 0 : below[0] if below else len(text)]
    return None if _ALIAS.search(lines) else lines
