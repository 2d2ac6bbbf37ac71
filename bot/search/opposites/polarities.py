"""Names and signs of polarities: what a text wants or does not want.

The polarities of a text are the things that it is about, each with a sign, YES or NO. "Leave" is `enter` with NO,
and "without pip" is `with pip` with NO. They are opposites if one has only the other sign.
"""

from __future__ import annotations

from collections.abc import Mapping

YES, NO = 1, 2
Polarity = tuple[str, int]  # a name with one sign: the pair of opposite words `enter` with NO
Polarities = Mapping[str, int]  # by name: YES, NO, or both

# Prefixes for the names of what has no pair of opposite words.
LEFT_OUT = "with "  # the stem of a thing that can be left out: "without pip"
# The stem of what an entry says how to do, "rebase" of "how do I rebase". With NO, it is undone or not to be done:
# "undo a rebase", "unpin".
DO = "do "
DIRECTION = "to "  # the stems of two things of which one is turned into the other
END = "end "  # the stem of a thing into which something is turned (YES), or which is turned into something (NO)
OTHER = "other "  # the stem of a thing with which the same is not to be done: "leave the channel, not the server"
# The stem of what is not wanted ("do not print the grid"), which only counts if an entry leaves it out.
UNWANTED = "want "
# Whether something is set up, started or shown (YES), or ended, hidden or taken back (NO).
SET_UP = "set up"
BACK = "take back"  # whether something is taken back, ended or undone (YES)
AGAIN = "again"  # whether something that was ended is wanted again (YES), or only ended (NO)
AMOUNT = "more "  # the stem of a thing of which more is wanted (YES), or less (NO)
TIME = "before"  # the pair of "before" and "after"
NEGATED = "not "  # prefix for the name of a pair whose other side a question negates: "not upgrade"
TITLE = "title "  # prefix for a name in an entry's own question, without its phrasings


# What is not wanted is not to be made, shown, turned on …
_REFUSED = ("create", "enable", "show", "start", "subscribe", "follow", "include")


def add(found: dict[str, int], name: str, sign: int) -> None:
    """Add a sign to those that a name has."""
    found[name] = found.get(name, 0) | sign


def refuse(found: dict[str, int]) -> None:
    """Add what "I do not want to get messages" says of verbs that it does not name."""
    for name in _REFUSED:
        found.setdefault(name, NO)
