"""Finds that a message tells what is so and wants that changed: "I muted it yesterday. How do I hear it again?"

What it tells is then what an entry says how to do, and what it wants may be the opposite.
"""

from __future__ import annotations

import re
from itertools import pairwise

from bot.search.words.small_words import SMALL_WORDS
from bot.search.words.wording import words

_BETWEEN_CLAUSES = re.compile(r"[,.;:?!¿¡\n]+|\b(?:and|but|so|then|und|aber|dann|y|pero|luego)\b", re.IGNORECASE)
_AGAIN = frozenset("again wieder nuevo vez".split())  # "de nuevo", "otra vez"
# An entry that has one of these may be what was told: "leave it and go back to …".
_OTHERWISE = frozenset("back instead zuruck stattdessen".split())
# Most messages have none of these, with or without accents, and need no look at their clauses.
_MAY_HAVE_SIGN = re.compile("again|wieder|nuevo|vez|back|instead|zur|statt", re.IGNORECASE)
_WISHES = frozenset(
    "want wanna need would like please how can cant get have will mochte brauche bitte wie kann"
    " quiero quisiera necesito como puedo".split()
)
# Who tells it, or that it is so.
_TELLS = frozenset(
    "i we me my our us it its they is are was were ich wir mich mir mein meine meinen unser es sie ist sind"
    " yo mi mis me nos he hemos esta estan".split()
)
_BEFORE_VERBS = frozenset("i we to wie como lo la los las".split())
_LONGEST = 100  # words of a clause


def wanted_again(text: str) -> frozenset[str] | None:
    """The words of which an entry needs one, if a message wants something changed that it told before; else None.

    They are "again" and the verb of the wish: how to open it answers "I closed it, how do I open it again". Where
    the wish has neither, as "how do I get it back", no entry has them.
    """
    if not _MAY_HAVE_SIGN.search(text):
        return None
    signs = _AGAIN | _OTHERWISE
    has_told = is_wanted = False
    found: set[str] = set()
    for clause in _BETWEEN_CLAUSES.split(text):
        said = words(clause, _LONGEST)
        if has_told and not _WISHES.isdisjoint(said) and not signs.isdisjoint(said):
            is_wanted = True
            found.update(after for before, after in pairwise(said) if before in _BEFORE_VERBS)
            found.update(_AGAIN.intersection(said))
        has_told = has_told or not _TELLS.isdisjoint(said)
    return frozenset(found - (SMALL_WORDS - _AGAIN)) if is_wanted else None
