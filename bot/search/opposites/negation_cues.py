"""The cues of negation: words that may say that something is not wanted, not so, or to be undone.

"Not", "without", "instead", "undo" and "no longer" are cues. What they say that of is found by `negation.py`, and
a text without any of them needs no look at it.
"""

from __future__ import annotations

from collections.abc import Iterable

WITHOUT = frozenset("without ohne sin".split())
FROM = frozenset("from von desde".split())
AVOID = frozenset("avoid avoiding skip skipping prevent preventing vermeiden evitar".split())
KEEP = frozenset("keep keeps stop stops prevent prevents block hinder".split())  # "… it from starting"
NO_KIND_OF = frozenset("kein keine keinen keinem".split())
PLAIN_NOT = frozenset("not nicht no".split())
NOT = PLAIN_NOT | {"never"} | NO_KIND_OF
NO = frozenset("nah nope nein".split())
# "The opposite of", "lo contrario de".
OPPOSITE = frozenset("opposite reverse contrary inverse gegenteil contrario".split())
OF = frozenset("of to von de".split())
UNDO = frozenset("undo undoing abort aborting cancel canceling cancelling revert ruckgangig deshacer".split())
BACKWARDS = frozenset("reverse umkehren revertir".split())  # undo only "it": "reverse a list"
QUITS = frozenset("dejar dejo dejamos deja".split())  # "dejar de ignorar"
MISTAKE = frozenset("mistake accident".split())  # "by mistake"
BY_MISTAKE = MISTAKE | {"accidentally"}
REMOVE = frozenset(
    "remove removing delete deleting revoke withdraw restore restoring drop lift hide quit skip clear".split()
)
# "I would rather upgrade it than uninstall it."
THAN = {"than": frozenset({"rather", "sooner"}), "als": frozenset({"lieber", "eher"})}
INSTEAD = tuple(
    tuple(each.split()) for each in ("instead of", "rather than", "anstatt", "statt", "en vez de", "en lugar de")
)

REVERSING = OPPOSITE | UNDO | BACKWARDS | QUITS | BY_MISTAKE | {"longer", "stop"}
NEGATING = WITHOUT | AVOID | NOT | NO | {"instead", "rather", "anstatt", "statt", "vez", "lugar"}
MAY_NEGATE = NEGATING | FROM | REMOVE | THAN.keys() | REVERSING

# Words around them that several of the rules look at.
WANT = frozenset({"want", "need"})
WISHES = WANT | frozenset("wish will wollen mochte mochten brauche".split())
TELL = frozenset("tell telling show showing explain explaining digas".split())
WHY = "why"


def may_negate(tokens: Iterable[str]) -> bool:
    """Whether one of these words says that something is not wanted, or not so: "not", "without", "instead"."""
    return not NEGATING.isdisjoint(tokens)


def may_negate_or_undo(tokens: Iterable[str]) -> bool:
    """Whether one of these words may say that something is not wanted, or to be undone."""
    return not MAY_NEGATE.isdisjoint(tokens)
