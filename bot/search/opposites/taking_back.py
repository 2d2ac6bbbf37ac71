"""Tells questions that take something back ("get it out") from those that want it again ("get back in").

An entry without any word for taking something back does not answer the first: "get the child seat out" is not "put
in the child seat". An entry that only says how to end something does not answer the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.search.opposites import kinds
from bot.search.opposites.negation_cues import BY_MISTAKE, NEGATING, WANT
from bot.search.opposites.opposite_words import OppositeWords, is_done, undone_by
from bot.search.opposites.phrasal_verbs import GET, GIVE, NO_OBJECTS, PUT, REACH, TAKE, is_given_to_me
from bot.search.opposites.polarities import NO, Polarities
from bot.search.opposites.setting_up import ENDING_VERBS, ends_something
from bot.search.opposites.whether import asked_whether
from bot.search.words.actions import action_in
from bot.search.words.phrases import word_at
from bot.search.words.small_words import BEFORE_THINGS, BEFORE_VERBS, SMALL_WORDS

# Verbs that take something back with one of these words, and without it say only that something is moved or given.
_VERBS = {
    "off": GET | TAKE | frozenset("sign signing pull pulling switch".split()),
    "out": GET | TAKE | frozenset("sign signing pull pulling drop dropping want".split()),
    "down": TAKE,
    "away": TAKE | GIVE | PUT,
    "back": TAKE | GIVE | PUT | frozenset("bring bringing hand".split()),
}
_AWAY = _VERBS.keys()
_TOWARDS = frozenset("in into on onto up to".split())
# "Index out of range", "get 20 percent off", "take a day off".
_OUT_OF = frozenset("range memory bounds stock date ram space time sync".split())
_DONE = frozenset("thrown cut taken".split())  # "I get thrown off"
_BEHIND = SMALL_WORDS - BEFORE_THINGS  # "take it off", "take out of"
_NOBODYS = frozenset({"something", "anything"})
_OLD = frozenset("old older previous earlier former last small original".split())
_TAKING_BACK = frozenset("undo cancel delete revert".split())
_GONE = frozenset("anymore longer".split())
_SIGNS = _AWAY | _TAKING_BACK | _GONE | {"all"}
_NO_VERBS = frozenset({"", "able"})  # "unable"
_REFUSING = NEGATING | {"than"}
_REFUSED = 3  # words before the verb, in which a negation refuses it: "not how to take it off"
# An entry on what is too much, or on cleaning, says how to take something away.
_SAYS_HOW = _AWAY | NEGATING | frozenset("again restore recall return refund compensation less too end".split())
_SAYS_HOW |= frozenset("clean wash reset".split()) | _OLD

# Verbs with which something is wanted again: "get back in", "turn it back on".
_WANTING = frozenset("get getting want turn bring bringing let give start".split())
_BACK_ON = _TOWARDS - {"to"}
_ENDED = frozenset("deleted removed cancelled canceled blocked banned closed muted hidden dropped".split())
# "How do I get rid of it again" and "turn it off again" end it once more.
_ENDING_AGAIN = _ENDED | frozenset("off out rid away down stop remove delete close lock locked mute block".split())
# Right before what was ended: "I deleted it", "it got blocked".
_DID = frozenset("i we have was got accidentally".split())
# The stems of verbs that end or stop something, besides those that have an opposite. Not those that undo an end:
# then something goes on.
_ENDING = (ENDING_VERBS - {"undo", "revert", "lift"}) | frozenset(
    "block ban dim freez lock mute paus silenc suspend".split()
)


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
        return not WANT.isdisjoint(tokens[:n]) and not NEGATING.isdisjoint(tokens[:n])
    is_undoing = word in _TAKING_BACK or word == "un" or (undone_by(word) not in _NO_VERBS and not is_done(word))
    return is_undoing and _REFUSING.isdisjoint(before) and (not n or tokens[n - 1] in BEFORE_VERBS)


def _is_taken_back(tokens: Sequence[str], n: int) -> bool:
    """Whether the word at this place takes something back: "off" of "get it off", but not "back" of "back on"."""
    word, after, last = tokens[n], word_at(tokens, n + 1), word_at(tokens, n - 1)
    if word not in _AWAY:
        return False
    if word == "back" and last in {"go", "going"}:
        return not _OLD.isdisjoint(tokens[n + 2 : n + 5])
    begin = max(0, n - REACH)
    at = next((m for m in range(n - 1, begin - 1, -1) if tokens[m] in _VERBS[word]), None)
    is_whole = at == n - 1 and word != "back" and tokens[at] not in GET and after not in _BEHIND
    if at is None or (is_whole and after) or last in _NOBODYS or is_given_to_me(tokens, at):
        return False  # "take out books", "sign off the sheet", "give something back", "give me my seat back"
    before = tokens[max(0, at - _REFUSED) : at]
    return (
        _TOWARDS.isdisjoint(tokens[at + 1 : n])
        and after not in (_BACK_ON if word == "back" else {"to", "by"})
        and ("can" in before or _REFUSING.isdisjoint(before))
        and not (after == "of" and word_at(tokens, n + 2) in _OUT_OF)
        and not (word in {"off", "out"} and (is_done(last) or last in NO_OBJECTS | _DONE))
    )


def takes_back(tokens: Sequence[str], polarities: Polarities, opposites: OppositeWords) -> bool:
    """Whether a question of an entry, with these words and polarities, may say how to take something back."""
    return (
        not _SAYS_HOW.isdisjoint(tokens)
        or any(
            sign == NO and not name.startswith((kinds.DIRECTION, kinds.END, kinds.TIME))
            for name, sign in polarities.items()
        )
        or any(map(undone_by, tokens))
        or ends_something(tokens, opposites)
    )


def asks_for_again(tokens: Sequence[str]) -> bool:
    """Whether a question with these words wants something again: "get back in", "get it going again"."""
    if _was_ended(tokens):
        return True
    if tokens[-1:] == ["again"]:
        return "how" in tokens and not _WANTING.isdisjoint(tokens) and _ENDING_AGAIN.isdisjoint(tokens)
    return not asked_whether(tokens) and any(
        word == "back"
        and word_at(tokens, n + 1) in _BACK_ON
        and not _WANTING.isdisjoint(tokens[max(0, n - REACH) : n])
        for n, word in enumerate(tokens)
    )


def _was_ended(tokens: Sequence[str]) -> bool:
    """Whether what was ended is wanted again: "I deleted it by mistake", "bring back a deleted file"."""
    if _ENDED.isdisjoint(tokens):
        return False
    is_wanted_back = "back" in tokens and not _WANTING.isdisjoint(tokens)
    did_end = any(word in _ENDED and before in _DID for before, word in pairwise(tokens))
    # "How do I undo what I deleted by mistake" asks how to undo that, and not to have it back.
    is_by_mistake = not BY_MISTAKE.isdisjoint(tokens) and "how" not in tokens[:1]
    return is_wanted_back or (is_by_mistake and did_end)


def only_ends(tokens: Sequence[str], opposites: OppositeWords) -> bool:
    """Whether an entry says how to end or stop something, and not how to go on, given its own question's words."""
    action = action_in(tokens)
    if not action or "again" in tokens or opposites.stem(undone_by(action)) in _ENDING:
        return False  # who unmutes or unlocks something goes on
    polarities = opposites.polarities(tokens, tokens.index(action))
    signs = {sign for name, sign in polarities if not name.startswith(kinds.DO)}
    return signs == {NO} or opposites.stem(action) in _ENDING
