"""Finds what a "not" says not to do.

"Do not delete it" and "how do I not delete it" forbid or refuse something. "I can not delete it" and "why does it
not delete" describe a problem, and forbid nothing: what is in front of "not" decides, and where a sentence begins.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.search.opposites.negation_cues import NO_KIND_OF, NOT, WHY, WISHES
from bot.search.opposites.negation_scope import scope
from bot.search.words.phrases import are_at, word_at
from bot.search.words.small_words import SMALL_WORDS

_NOTHING = range(0)
# "How do I not …" means the opposite; "why can I not …" and "it does not …" describe a problem.
_BEFORE_NOT = frozenset("but and to want aber und como para quiero".split())
_AFTER_NOT = frozenset("want to quiero quiere".split())
_SHOULD = frozenset("should must".split())
# Before "not", these say that something is not so. "Make it again, not delete it" has none of them.
_SAYS_SO = SMALL_WORDS - frozenset(
    "a about again all also an and else for from in into it my on or please them this to".split()
)
_JOINS = frozenset("but and or aber und oder pero y o".split())
# "I said do not delete it", "wait no, do not delete it".
_SAID = frozenset(
    """said says say told tells tell asked asks mentioned wrote gesagt sagt sagte dije dice dijo
    please no nope nah nein wait hey stop ok okay so bitte warte espera""".split()
)
_BUT = frozenset("but sondern sino".split())
_FAR = 7  # words from "not" to "but"
# Before infinitives: "das venv nicht löschen", "no borrar el venv". With these, they describe a problem.
_INFINITIVES = {"nicht": ("en",), "no": ("ar", "er", "ir", "arlo", "arla", "erlo", "erla", "irlo", "irla")}
_CANNOT = {
    "nicht": frozenset("kann kannst konnen konnt konnte konnten lasst warum".split()),
    "no": frozenset("puedo puede pueden puedes podemos pude por".split()),
}
_ASKS_WHY = frozenset({WHY, "when", "where"})


def forbidden(tokens: Sequence[str], n: int, verbs: Collection[int], actions: Collection[int]) -> range:
    """What the "not" at this place says not to do; empty if it describes a problem.

    `verbs` are the places of words that have an opposite, and `actions` those and what lessons say how to do.
    """
    after = n + 1
    if _is_last_choice(tokens, n) and after in verbs:
        return range(after, after + 1)
    # "Not X but Y".
    if but := next((m for m in range(n + 2, min(n + _FAR, len(tokens))) if tokens[m] in _BUT), 0):
        return range(after, but)
    if _begins_order(tokens, n):
        # "Do not open the file" can also be a problem, and "do not you …" asks.
        is_do_not = word_at(tokens, n - 1) == "do"
        is_order = is_do_not and word_at(tokens, after) not in SMALL_WORDS | {""}
        then = min((each for each in actions if each > after), default=0)
        if then and (is_order or after in actions):
            return range(after, then)  # "do not delete it, just leave it"
        if (is_order and after not in verbs) or (is_do_not and word_at(tokens, n - 2) in _SAID):
            return scope(tokens, after)
    if tokens[n] in NO_KIND_OF:
        return _NOTHING if WISHES.isdisjoint(tokens[:n]) else scope(tokens, after)
    if (
        _is_imperative(tokens, n)
        or word_at(tokens, n - 1) in _BEFORE_NOT
        or are_at(tokens, n - 3, "how", "do", "i")
        or are_at(tokens, n - 3, "how", "can", "i")
        or (after in actions and _is_between_actions(tokens, n, actions))
        or (word_at(tokens, n - 1) in _SHOULD and (after in verbs or word_at(tokens, after) == "be"))
        or (n and are_at(tokens, after, "how", "to"))
    ):
        return scope(tokens, after)
    if word_at(tokens, after) in _AFTER_NOT:
        return scope(tokens, n + 2)
    return range(after, after + 1) if after in verbs and _is_before_infinitive(tokens, n) else _NOTHING


def is_refused(tokens: Sequence[str], n: int) -> bool:
    """Whether the "not" at this place says what somebody does not want: "I do not want to get messages"."""
    before, after = word_at(tokens, n - 1), word_at(tokens, n + 1)
    is_want = after in {"want", "quiero"} or before in {"want", "to"}
    return tokens[n] in NO_KIND_OF or wants_none(tokens, n) or (tokens[n] in NOT and is_want)


def wants_none(tokens: Sequence[str], n: int) -> bool:
    """Whether the "no" at this place says what somebody does not want: "no more mails", "no mails for me"."""
    return tokens[n] == "no" and (word_at(tokens, n + 1) == "more" or are_at(tokens, n + 2, "for", "me"))


def _is_last_choice(tokens: Sequence[str], n: int) -> bool:
    """Whether only one word follows the "not" at this place, as in "make it public, not private"."""
    is_last = n > 1 and n + 2 == len(tokens)
    return is_last and tokens[n - 1] not in SMALL_WORDS and WHY not in tokens


def _begins_order(tokens: Sequence[str], n: int) -> bool:
    """Whether "do not", "never" or "not" at this place begins an order: at the beginning, or after "I said"."""
    if tokens[n] == "no":
        return False  # "No, leave it"
    begin = n - 1 if word_at(tokens, n - 1) == "do" else n
    return begin == 0 or tokens[begin - 1] in _SAID or (begin < n and tokens[begin - 1] in _JOINS)


def _is_imperative(tokens: Sequence[str], n: int) -> bool:
    """Whether the "not" at this place forbids: "do not delete it", unlike "I do not delete it"."""
    before_do = word_at(tokens, n - 2)
    is_statement = before_do not in _JOINS and before_do in SMALL_WORDS | _ASKS_WHY
    return word_at(tokens, n - 1) == "do" and word_at(tokens, n + 2) in {"it", "them"} and not is_statement


def _is_between_actions(tokens: Sequence[str], n: int, actions: Collection[int]) -> bool:
    """Whether something is to be done before the "not" at this place: "merge, don't rebase"."""
    before = word_at(tokens, n - 1)
    is_adjacent = (n - 2 if before == "do" else n - 1) in actions
    return is_adjacent or (before not in _SAYS_SO and any(each < n for each in actions))


def _is_before_infinitive(tokens: Sequence[str], n: int) -> bool:
    """Whether the "not" at this place forbids in German or Spanish: "nicht löschen", "que no borres"."""
    word = tokens[n]
    if word not in _CANNOT or not _CANNOT[word].isdisjoint(tokens):
        return False
    return word_at(tokens, n - 1) == "que" or tokens[n + 1].endswith(_INFINITIVES[word])
