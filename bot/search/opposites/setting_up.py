"""Tells texts that ask to set something up ("claim a role") from those that ask to end it ("drop the role").

The verb that is asked for decides, which is behind "how do I" or begins an order, and not any verb in the text. "I
no longer want it", "I want it gone" and "less of it" end something, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.search.opposites.degrees import EXPLAINS, MORE_OF
from bot.search.opposites.negation_cues import KEEP, NOT, WANT
from bot.search.opposites.opposite_words import OppositeWords, is_done
from bot.search.opposites.phrasal_verbs import NO_OBJECTS
from bot.search.opposites.polarities import NO, YES, Polarities
from bot.search.words.phrases import are_at, word_at
from bot.search.words.small_words import BEFORE_THINGS, BEFORE_VERBS, OPENING_WORDS, QUESTION_WORDS, SMALL_WORDS
from bot.search.words.verb_forms import VerbForms

# The stems of verbs that set something up or end it, whatever it is, besides those in the pairs below. "Block",
# "lock" and "mute" are left out, as blocking something can be the way to end it.
_SETTING_UP_VERBS = frozenset(
    "add appli ban book claim invit mark pin post protect put regist rent schedul set share stage tag".split()
)
ENDING_VERBS = frozenset("cancel clear delet drop hide lift quit remov revert skip stop undo".split())
SETTING_UP_OR_ENDING = _SETTING_UP_VERBS | ENDING_VERBS
# The pairs of opposite words of which one sets something up, and the other ends it.
_SETTING_UP_PAIRS = frozenset(
    """accept allow attach connect create enable enter follow include increase install merge open show start
    subscribe""".split()
)
# Further verbs that end something in German and Spanish.
_FOREIGN_ENDING = VerbForms(
    """kundigen absagen stornieren widerrufen austragen zuruckziehen zurucknehmen wegnehmen
    anular retirar""".split()
)
_GIVE = frozenset("dar darme darse darte doy da damos".split())  # "darse de baja" is to unsubscribe
_ADJECTIVES = frozenset({"clear"})
_HOW, _ASKS = "how", frozenset("how can could want need way".split())
_REFUSES = (("how", "do", "i", "not"), ("never", "want"), ("how", "to", "not"))
_GONE = frozenset("gone off away".split())
_NOT_GONE = NO_OBJECTS | {"is", "are", "was"}  # "it is gone", "a day off"
_NOUNS = frozenset("book drop lift mark pin post share stage tag".split())  # "lift the ban", but "lift ticket"
_MARK = "mark"  # to "mark it as solved" can be the way to close it
_NEAR = 3  # words from "how" to its verb
_LESS, _THAN = frozenset("less weniger menos".split()), frozenset("than als que de".split())
_BEFORE_LESS = frozenset("for in with of at al o lo".split())
_MAY_REFUSE = WANT | _LESS | {"not", "never"}
# There is more of these where something else is deleted: "get more memory".
_ROOM = frozenset("room space memory ram storage disk free time".split())
_TO_HAVE = frozenset("get have see receive want need earn show".split())


def sets_up(tokens: Sequence[str], opposites: OppositeWords) -> bool | None:
    """Whether a text asks how to set something up (True), or how to end it (False); None if neither."""
    if may_refuse(tokens) and (_asks_for_less(tokens) or _wants_it_gone(tokens)):
        return False
    at = _verb_at(tokens)
    if at is None:
        return None
    if tokens[at] in KEEP and "from" in tokens[at:] and not tokens[at + 1].endswith("ing"):
        # "Keep it from starting" ends something, but "stop my address from changing" does not.
        after = tokens.index("from", at) + 1
        is_ended = after < len(tokens) and (tokens[after] == "being" or _verb_sets_up(tokens, after, opposites))
        return False if is_ended else None
    return _verb_sets_up(tokens, at, opposites)


def may_refuse(tokens: Sequence[str]) -> bool:
    """Whether a text has a word with which it may say that something is not wanted, or less of it."""
    return not _MAY_REFUSE.isdisjoint(tokens)


def _asks_for_less(tokens: Sequence[str]) -> bool:
    """Whether there is to be less of something, unlike in "less than five", "for less money" and "al menos"."""
    around = zip(("", *tokens), tokens, (*tokens[1:], ""), strict=False)
    return any(
        word in _LESS and after not in _THAN and before not in _BEFORE_LESS for before, word, after in around
    )


def asks_for_more(tokens: Sequence[str]) -> bool:
    """Whether there is to be more of something: "get more emails", unlike "more than" and "no more emails"."""
    return (
        not MORE_OF.isdisjoint(tokens)
        and EXPLAINS.isdisjoint(tokens[:1])
        and NOT.isdisjoint(tokens)
        and any(
            word in MORE_OF and after not in _THAN | SMALL_WORDS | _ROOM and before in _TO_HAVE
            for before, word, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
        )
    )


def _verb_sets_up(tokens: Sequence[str], at: int, opposites: OppositeWords) -> bool | None:
    """Whether the verb at this place sets something up (True) or ends it (False); None if neither."""
    stem = opposites.stem(tokens[at])
    if stem == _MARK and ("as" in tokens[at:] or is_done(tokens[-1])):
        # "Mark it as unsolved" is never the way to close it.
        is_undone = not NOT.isdisjoint(tokens[at:]) or any(word.startswith("un") for word in tokens[at:])
        return True if is_undone else None
    if stem in SETTING_UP_OR_ENDING:
        return stem in _SETTING_UP_VERBS
    signs = {sign for name, sign in opposites.polarities(tokens, at) if name in _SETTING_UP_PAIRS}
    return YES in signs if len(signs) == 1 else None


def ends_something(tokens: Sequence[str], opposites: OppositeWords) -> bool:
    """Whether a text has a word for ending something, wherever it is."""
    return not _LESS.isdisjoint(tokens) or any(
        opposites.stem(word) in ENDING_VERBS - _ADJECTIVES and not is_done(word) for word in tokens
    )


def ends_in_any_language(tokens: Sequence[str], polarities: Polarities) -> bool:
    """Whether a question in German or Spanish with these polarities asks how to end something."""
    return (
        any(polarities.get(name) == NO for name in _SETTING_UP_PAIRS)
        or _asks_for_less(tokens)
        or any(_FOREIGN_ENDING.verbs_at(tokens, n) for n in range(len(tokens)))
        or any(word in _GIVE and are_at(tokens, n + 1, "de", "baja") for n, word in enumerate(tokens))
    )


def _wants_it_gone(tokens: Sequence[str]) -> bool:
    """Whether a text says that something is no longer wanted: "I no longer want it", "I want it gone"."""
    # "It should not crash, how do I …" is a problem.
    refuses = _REFUSES if _HOW in tokens else (*_REFUSES, ("should", "not"))
    if any(are_at(tokens, n, *each) for n in range(len(tokens)) for each in refuses):
        return True
    is_gone = tokens[-1] in _GONE and _NOT_GONE.isdisjoint(tokens[-2:-1])
    wants = (n for n, word in enumerate(tokens) if word in WANT)
    return any(is_gone or are_at(tokens, n - 2, "no", "longer") for n in wants)


def _verb_at(tokens: Sequence[str]) -> int | None:
    """The place of the verb that says what to do: after the last "how do I", or where an order begins."""
    if len(tokens) < 2:
        return None
    asked = [n for n, word in enumerate(tokens) if word in _ASKS]
    how = next((n for n in reversed(asked) if tokens[n] == _HOW), asked[-1] if asked else -1)
    for at in range(how + 1, len(tokens)):
        if tokens[at] not in OPENING_WORDS:
            is_asked = how >= 0 and tokens[at - 1] in BEFORE_VERBS and at - how <= _NEAR
            is_order = at == 0 and (tokens[0] not in _NOUNS or tokens[1] in BEFORE_THINGS)
            return at if is_order or is_asked else None
    return None


def done_before(tokens: Sequence[str]) -> Iterator[str]:
    """What has been done to the things in a question about something else: "drop a role I claimed".

    "I claimed a role, but …" can be a problem with claiming one, and "get it claimed" asks for that.
    """
    at = _verb_at(tokens)
    if at is None and not QUESTION_WORDS.isdisjoint(tokens[:1]):
        return
    for n in range(1 if at is None else at + 1, len(tokens)):
        if not is_done(tokens[n]):
            continue
        before, after = tokens[n - 1], word_at(tokens, n + 1)
        is_attribute = before in BEFORE_THINGS and after not in SMALL_WORDS | {""}
        is_told = n > 1 and before in {"i", "we"} and tokens[n - 2] not in OPENING_WORDS - {"that", "which"}
        if is_attribute or is_told:
            yield tokens[n]
