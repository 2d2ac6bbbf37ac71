"""Names and signs of polarities: what a text wants or does not want.

The polarities of a text are the things that it is about, each with a sign, YES or NO. "Leave" is `enter` with NO,
and "without pip" is `with pip` with NO. They are opposites if one has only the other sign.
"""

from __future__ import annotations

from collections.abc import Mapping

YES, NO = 1, 2
Polarity = tuple[str, int]  # a name with one sign: the pair of opposite words `enter` with NO
Polarities = Mapping[str, int]  # by name: YES, NO, or both

# What is not wanted is not to be made, shown, turned on …
_REFUSED = ("create", "enable", "show", "start", "subscribe", "follow", "include")


def add(found: dict[str, int], name: str, sign: int) -> None:
    """Add a sign to those that a name has."""
    found[name] = found.get(name, 0) | sign


def refuse(found: dict[str, int]) -> None:
    """Add what "I do not want to get messages" says of verbs that it does not name."""
    for name in _REFUSED:
        found.setdefault(name, NO)
