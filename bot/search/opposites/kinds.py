"""The kinds of polarities, by their names or the prefixes of their names.

A pair of opposite words has none: it is named by its first word, `enter`. All other polarities have one of these:
"without pip" is `with pip` with NO, and "uncommit" is `do commit` with NO.
"""

from __future__ import annotations

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
# Prefix for the name of a pair whose other side a question in another language negates: "nicht upgraden".
NEGATED = "not "
TITLE = "title "  # prefix for a name in an entry's own question, without its phrasings
