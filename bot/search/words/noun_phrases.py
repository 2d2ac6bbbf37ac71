"""Recognizes messages that only name something: "final project grade"."""

from __future__ import annotations

from collections.abc import Iterable

from bot.search.words.small_words import BEFORE_VERBS, QUESTION_VERBS, QUESTION_WORDS

# A message with none of these only names something.
_IN_QUESTIONS = QUESTION_WORDS | QUESTION_VERBS | BEFORE_VERBS


def is_noun_phrase(tokens: Iterable[str]) -> bool:
    """Whether a message only names something: it has no question word, no question verb and no person."""
    return _IN_QUESTIONS.isdisjoint(tokens)
