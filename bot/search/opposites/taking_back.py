"""Tells questions that take something back ("get it out") from those that want it again ("get back in")."""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.opposites.negation import NEGATING
from bot.search.opposites.opposite_words import OppositeWords, is_done, undone_by
from bot.search.opposites.polarities import DIRECTION, DO, END, NO, TIME, Polarities
from bot.search.opposites.setting_up import ends_something
from bot.search.opposites.whether import asked_whether
from bot.search.words.actions import action_in
from bot.search.words.small_words import BEFORE_VERBS

# Verbs that say where something goes, and not what is done: with one of the words below, they take it back.
_VERBS = frozenset(
    """get getting give giving take taking bring bringing put putting move moving call sign signing step stepping
    let letting pull pulling switch switching change changing drop dropping hand send sending throw go going
    come coming want
    """.split()
)
_AWAY = frozenset("off out down back away".split())
_TOWARDS = frozenset("in into on onto up to".split())
# "Let down", "put the bin out".
_ONLY_BACK = frozenset("let letting change changing put putting go going come coming".split())
_GET = frozenset({"get", "getting"})
_REACH = 5  # how far behind its verb such a word can be: "get the old child seat out"
_TAKING_BACK = frozenset("undo cancel delete revert withdraw".split())
_REFUSING = NEGATING | {"than"}
_GONE = frozenset("anymore longer".split())
_SIGNS = _AWAY | _TAKING_BACK | _GONE | {"all"}
_NO_VERBS = frozenset({"", "able"})  # "unable"
_NEED = frozenset("need want".split())
_REFUSED = 3  # words before the verb, in which a negation refuses it: "not how to take it off"
# An entry on what is too much, or on cleaning, says how to take something away.
_SAYS_HOW = _AWAY | NEGATING | frozenset("again restore recall return refund compensation less too end".split())
_SAYS_HOW |= frozenset("clean wash".split())

_HAVE = frozenset("get getting want turn bring bringing let give start".split())
_BY_MISTAKE = frozenset("mistake accident accidentally undo".split())
_ENDED = frozenset("deleted removed cancelled canceled blocked banned closed muted hidden left dropped".split())
_SIGNS_OF_AGAIN = _BY_MISTAKE | {"again", "back"}
_BACK_ON = _TOWARDS - {"to"}
# The stems of verbs that end or stop something, besides those that have an opposite.
_ENDING = frozenset("block ban cancel dim freez lock mute paus quit remov silenc suspend".split())


def asks_to_take_back(tokens: Sequence[str]) -> bool:
    """Whether a question with these words asks to take something back."""
    may_be = not _SIGNS.isdisjoint(tokens) or any(word.startswith("un") for word in tokens)
    if not may_be or asked_whether(tokens) or _was_ended(tokens):
        return False
    return any(_is_taken_back(tokens, n) or _is_undone(tokens, n) for n in range(len(tokens)))


def _is_undone(tokens: Sequence[str], n: int) -> bool:
    """Whether something is to be undone at this place: "I want to unsubscribe", "I do not need it anymore"."""
    word, before = tokens[n], tokens[max(0, n - _REFUSED) : n]
    if word in _GONE or (word == "all" and before[-1:] == ["after"]):
        return not _NEED.isdisjoint(tokens[:n]) and not NEGATING.isdisjoint(tokens[:n])
    is_undoing = word in _TAKING_BACK or word == "un" or (undone_by(word) not in _NO_VERBS and not is_done(word))
    return is_undoing and _REFUSING.isdisjoint(before) and (not n or tokens[n - 1] in BEFORE_VERBS)


def _is_taken_back(tokens: Sequence[str], n: int) -> bool:
    """Whether a verb with "off" or the like begins at this place: "get it off", but not "get it back on"."""
    verb, before = tokens[n], tokens[max(0, n - _REFUSED) : n]
    if verb not in _VERBS or ("can" not in before and not _REFUSING.isdisjoint(before)):
        return False
    at = next((m for m in range(n + 1, min(n + 1 + _REACH, len(tokens))) if tokens[m] in _AWAY | _TOWARDS), n)
    if tokens[at] != "back":
        return tokens[at] in _AWAY and verb not in _ONLY_BACK
    after = tokens[at + 1 : at + 2]
    # Who gets files back has lost them; who gets the money back has paid for something.
    return (verb not in _GET or tokens[at - 1] == "money") and (_TOWARDS.isdisjoint(after) or after == ["to"])


def takes_back(tokens: Sequence[str], polarities: Polarities, opposites: OppositeWords) -> bool:
    """Whether a question of an entry, with these words and polarities, may say how to take something back."""
    return (
        not _SAYS_HOW.isdisjoint(tokens)
        or any(sign == NO and not name.startswith((DIRECTION, END, TIME)) for name, sign in polarities.items())
        or any(map(undone_by, tokens))
        or ends_something(tokens, opposites)
    )


def asks_for_again(tokens: Sequence[str]) -> bool:
    """Whether a question with these words wants something again: "get back in", "get it going again"."""
    if _SIGNS_OF_AGAIN.isdisjoint(tokens):
        return False
    if _was_ended(tokens):
        return True
    if tokens[-1:] == ["again"]:
        return "how" in tokens and not _HAVE.isdisjoint(tokens)
    return not asked_whether(tokens) and any(
        word == "back"
        and not _BACK_ON.isdisjoint(tokens[n + 1 : n + 2])
        and not _HAVE.isdisjoint(tokens[max(0, n - _REACH) : n])
        for n, word in enumerate(tokens)
    )


def _was_ended(tokens: Sequence[str]) -> bool:
    """Whether what was ended is wanted again: "I deleted it by mistake", "bring back a deleted file"."""
    return not _SIGNS_OF_AGAIN.isdisjoint(tokens) and not _ENDED.isdisjoint(tokens) and tokens[-1] != "again"


def only_ends(tokens: Sequence[str], opposites: OppositeWords) -> bool:
    """Whether an entry says how to end or stop something, and not how to go on, given its own question's words."""
    action = action_in(tokens)
    if not action or "again" in tokens:
        return False
    polarities = opposites.polarities(tokens, tokens.index(action))
    signs = {sign for name, sign in polarities if not name.startswith(DO)}
    return signs == {NO} or opposites.stem(action) in _ENDING
