"""Finds the action that a question asks for: "install" in "how do I install docker", "lade" in "wie lade ich"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.words.separable_verbs import joined_particles
from bot.search.words.small_words import (
    BEFORE_VERBS,
    DETERMINERS,
    HOW,
    OPENING_WORDS,
    QUESTION_VERBS,
    QUESTION_WORDS,
    SMALL_WORDS,
)
from bot.search.words.verb_forms import PARTICLES, may_be_infinitive

# Small words that are an object all the same: "how do I block someone".
_SOMEBODY = frozenset("someone somebody anyone".split())
_HOW_OR_WHERE = HOW | frozenset("wo woher donde adonde".split())
# "Where do packages go when I install them" does not say how to install one.
_NOT_HOW = frozenset("where when why which wo wann warum welche donde cuando cual".split())


def action_in(tokens: Sequence[str]) -> str:
    """The first content word of "how do I …" or "how to …" if another one, or "somebody", follows; else ''."""
    at = next((n for n, word in enumerate(tokens) if word not in OPENING_WORDS), 0)
    if at < 2 or tokens[at - 1] not in BEFORE_VERBS or tokens[0] not in QUESTION_WORDS | QUESTION_VERBS:
        return ""
    has_object = any(word not in OPENING_WORDS or word in _SOMEBODY for word in tokens[at + 1 :])
    return tokens[at] if has_object else ""


def order_in(tokens: Sequence[str]) -> str:
    """The first word of an order such as "restart my kernel", if it is a content word; else ''."""
    is_order = len(tokens) > 2 and tokens[0] not in OPENING_WORDS and tokens[1] in DETERMINERS
    return tokens[0] if is_order else ""


def asks_how_or_orders(tokens: Sequence[str]) -> bool:
    """Whether a question asks how to do something, or orders it, and not whether, when or why it is done."""
    return tokens[0] == "how" or bool(order_in(tokens))


def foreign_action_words(tokens: Sequence[str]) -> list[str]:
    """The words that say what is done in "wie lade ich … herunter" or "cómo puedo … instalar"; else none.

    The verb is the first content word, or an infinitive at the end, where its particle stands otherwise. It may
    already be joined with its particle.
    """
    if not tokens or tokens[0] not in _HOW_OR_WHERE:
        return []
    if joined_particles(tokens[-2:]):
        return [tokens[-2]]
    first = next((word for word in tokens[1:] if word not in SMALL_WORDS), "")
    last = tokens[-1]
    return [first, last] if last in PARTICLES or may_be_infinitive(last) else [first]


def asks_how(tokens: Sequence[str]) -> bool:
    """Whether a German or Spanish question asks how, given its words."""
    return not HOW.isdisjoint(tokens[:1])


def asks_something_else(tokens: Sequence[str]) -> bool:
    """Whether a question, in any of the three languages, asks where, when or why, and so not how."""
    return not _NOT_HOW.isdisjoint(tokens[:1])
