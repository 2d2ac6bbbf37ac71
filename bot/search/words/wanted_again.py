"""Finds that a message tells what is so and wants that changed: "I muted it yesterday. How do I hear it again?"

What it tells is then what an entry says how to do, and what it wants may be the opposite.
"""

from __future__ import annotations

import re
from itertools import pairwise

from bot.search.words.small_words import SMALL_WORDS
from bot.search.words.wording import words

_BETWEEN_CLAUSES = re.compile(r"[,.;:?!¿¡\n]+|\b(?:and|but|so|then|und|aber|dann|y|pero|luego)\b", re.IGNORECASE)
_AGAIN = frozenset("again back instead wieder zuruck stattdessen nuevo vez".split())  # "de nuevo", "otra vez"
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


def wanted_again(text: str) -> frozenset[str]:
    """The words of which an entry needs one, if a message wants something changed that it told before; else none.

    They are "again", "back", "instead" and the verb of the wish: how to open it answers "I closed it, how do
    I open it again".
    """
    if _AGAIN.isdisjoint(words(text, len(text))):
        return frozenset()
    has_told = False
    found: frozenset[str] = frozenset()
    for clause in _BETWEEN_CLAUSES.split(text):
        said = words(clause, _LONGEST)
        if has_told and not _WISHES.isdisjoint(said) and (again := _AGAIN.intersection(said)):
            found |= again.union(after for before, after in pairwise(said) if before in _BEFORE_VERBS)
        has_told = has_told or not _TELLS.isdisjoint(said)
    return found - SMALL_WORDS | _AGAIN & found
