"""Finds questions that ask to take something back ("get it out", "undo it"), and entries that say how to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.opposites.negation import NEGATING
from bot.search.opposites.opposite_words import OppositeWords, undone_by
from bot.search.opposites.polarities import DIRECTION, END, NO, TIME, Polarities
from bot.search.opposites.setting_up import ends_something
from bot.search.opposites.whether import asked_whether
from bot.search.words.actions import action_in

# Verbs that say where something goes, and not what is done: with one of the words below, they take it back.
_VERBS = frozenset(
    """get getting give giving take taking bring bringing put putting move moving call sign signing step stepping
    let letting pull pulling switch switching change changing drop dropping hand send sending throw""".split()
)
_AWAY = frozenset("off out down back away".split())
_TOWARDS = frozenset("in into on onto up to".split())
_ONLY_BACK = frozenset("let letting change changing put putting".split())  # "let down", "put the bin out"
_COME_BACK = frozenset("get getting bring bringing".split())  # "get back to work"
_REACH = 5  # how far behind its verb such a word can be: "get the old child seat out"
_TAKING_BACK = frozenset("undo cancel delete revert withdraw".split())
_REFUSING = NEGATING | {"than"}
_REFUSED = 3  # words before the verb, in which a negation refuses it: "not how to take it off"
# An entry on what is too much, or on cleaning, says how to take something away.
_SAYS_HOW = _AWAY | NEGATING | frozenset("again restore recall return refund compensation less too end".split())
_SAYS_HOW |= frozenset("clean wash".split())


def asks_to_take_back(tokens: Sequence[str]) -> bool:
    """Whether a question with these words asks to take something back."""
    if _AWAY.isdisjoint(tokens):
        return not _TAKING_BACK.isdisjoint(tokens) and (action_in(tokens) or tokens[0]) in _TAKING_BACK
    return not asked_whether(tokens) and any(_is_taken_back(tokens, n) for n in range(len(tokens)))


def _is_taken_back(tokens: Sequence[str], n: int) -> bool:
    """Whether a verb with "off" or the like begins at this place: "get it off", but not "get it back on"."""
    verb = tokens[n]
    before = tokens[max(0, n - _REFUSED) : n]
    if verb not in _VERBS or ("can" not in before and not _REFUSING.isdisjoint(before)):
        return False
    m = next((m for m in range(n + 1, min(n + 1 + _REACH, len(tokens))) if tokens[m] in _AWAY | _TOWARDS), n)
    after = tokens[m + 1 : m + 2]
    is_redone = tokens[m] == "back" and (verb in _COME_BACK or after != ["to"]) and not _TOWARDS.isdisjoint(after)
    return tokens[m] in _AWAY and not is_redone and (tokens[m] == "back" or verb not in _ONLY_BACK)


def takes_back(tokens: Sequence[str], polarities: Polarities, opposites: OppositeWords) -> bool:
    """Whether a question of an entry, with these words and polarities, may say how to take something back."""
    return (
        not _SAYS_HOW.isdisjoint(tokens)
        or any(sign == NO and not name.startswith((DIRECTION, END, TIME)) for name, sign in polarities.items())
        or any(map(undone_by, tokens))
        or ends_something(tokens, opposites)
    )
