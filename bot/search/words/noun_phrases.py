"""Recognizes messages that only name something: "final project grade", "slides of the lectures"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.search.words.small_words import BEFORE_VERBS, QUESTION_VERBS, QUESTION_WORDS, without_article

# A message with none of these only names something.
_IN_QUESTIONS = QUESTION_WORDS | QUESTION_VERBS | BEFORE_VERBS
_OF = "of"
# These are no parts of a thing: "the purpose of it" asks what it is for, "examples of it" for the thing itself,
# and "the removal of it" how to remove it. What it costs, or when it is, is mostly said in its answer.
_NO_PARTS = frozenset(
    """
    advantage advantages basics benefit benefits cost costs disadvantage disadvantages example examples kind kinds
    list name names need overview point price prices process purpose purposes reason reasons schedule sort sorts
    step steps type types usage use uses way ways
    """.split()
)
_DONE_TO_IT = ("ing", "ion", "ment", "sal", "val", "wal")


def is_noun_phrase(tokens: Iterable[str]) -> bool:
    """Whether a message only names something: it has no question word, no question verb and no person."""
    return _IN_QUESTIONS.isdisjoint(tokens)


def part_in(tokens: Sequence[str]) -> str:
    """What a noun phrase names of something else: "slides" in "the slides of the lectures"; '' if nothing."""
    if _OF not in tokens or not is_noun_phrase(tokens):
        return ""
    part, *of_it = without_article(tokens)
    is_of_it = len(of_it) > 1 and of_it[0] == _OF
    return part if is_of_it and part not in _NO_PARTS and not part.endswith(_DONE_TO_IT) else ""
