"""Finds the action that a question asks for: "install" in "how do I install docker"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.search.small_words import ARTICLES, QUESTION_VERBS, QUESTION_WORDS, SMALL_WORDS

# The words after which an action comes, once a question has begun: "how do I", "where can we", "how to".
_WHO = frozenset("i we you one to".split())
_WHOSE = ARTICLES | {"my", "your", "our"}
# A message with none of these only names something.
_IN_QUESTIONS = QUESTION_WORDS | QUESTION_VERBS | _WHO
_OPENS = SMALL_WORDS | QUESTION_WORDS | QUESTION_VERBS


def action_in(tokens: Sequence[str]) -> str:
    """The first content word of "how do I …" or "how to …" if another one follows; else ''."""
    at = next((n for n, word in enumerate(tokens) if word not in _OPENS), 0)
    if at < 2 or tokens[at - 1] not in _WHO or tokens[0] not in QUESTION_WORDS | QUESTION_VERBS:
        return ""
    return tokens[at] if any(word not in _OPENS for word in tokens[at + 1 :]) else ""


def order_in(tokens: Sequence[str]) -> str:
    """The first word of "restart my kernel", if it is a content word; else ''."""
    is_order = len(tokens) > 2 and tokens[0] not in _OPENS and tokens[1] in _WHOSE
    return tokens[0] if is_order else ""


def is_noun_phrase(tokens: Iterable[str]) -> bool:
    """Whether a message only names something: it has no question word, no question verb and no person."""
    return _IN_QUESTIONS.isdisjoint(tokens)
