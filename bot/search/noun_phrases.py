"""Recognizes messages that only name something: "final project grade", "slides of the lectures"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.search.small_words import ARTICLES, BEFORE_VERBS, QUESTION_VERBS, QUESTION_WORDS

# A message with none of these only names something.
_IN_QUESTIONS = QUESTION_WORDS | QUESTION_VERBS | BEFORE_VERBS
_OF = "of"


def is_noun_phrase(tokens: Iterable[str]) -> bool:
    """Whether a message only names something: it has no question word, no question verb and no person."""
    return _IN_QUESTIONS.isdisjoint(tokens)


def part_in(tokens: Sequence[str]) -> str:
    """What a noun phrase names of something else: "slides" in "the slides of the lectures"; '' if nothing."""
    if _OF not in tokens or not is_noun_phrase(tokens):
        return ""
    at = int(not ARTICLES.isdisjoint(tokens[:1]))
    return tokens[at] if list(tokens[at + 1 : at + 2]) == [_OF] and len(tokens) > at + 2 else ""
