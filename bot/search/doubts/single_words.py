"""Recognizes questions with a single content word that only one entry has: "can I do it on a phone"."""

from __future__ import annotations

from bot.search.entry_words import EntryWords
from bot.search.query import Query
from bot.search.words.remarks import BACK
from bot.search.words.small_words import HOW, QUESTION_VERBS, QUESTION_WORDS

FEWEST = 3  # words of such a question: "please cancel" may ask to cancel anything
# "Can I delete it" and "how do I leave" may be about anything, too. "Gibt es" and "está" point at nothing.
_POINTING = (BACK - {"es", "esta"}) | HOW
# "What is a tutorial" and "must I go to the tutorial" ask something else than "when is the tutorial".
_ASKING = QUESTION_WORDS | frozenset(
    """must should need muss mussen musst soll sollen sollte solltest brauche brauchst braucht
    debo debe debes deben tengo tiene tienes tienen""".split()
)
# Whoever says "I have the key" or "we are going to the exam" asks nothing.
_QUESTIONS = QUESTION_WORDS | QUESTION_VERBS


def has_word_alone(words: EntryWords, entry: int, question: Query) -> bool:
    """Whether this entry surely is meant: no text of another has the single content word of a question.

    It has to ask in the same way: when, where, whether one must. If it is asked with nothing but this word, too,
    the small words make the difference: "may I" is not "must I".
    """
    (stem, feature), *others = question.content.items()
    if others or question.asked < FEWEST or not words.asked.holds(entry, stem):
        return False
    asks = any(word in _QUESTIONS for word, _, _ in question.words)
    points = any(word in _POINTING for word, _, _ in question.words)
    asks_else = any(word in _ASKING and not words.asked.holds(entry, stem) for word, stem, _ in question.words)
    is_only = feature is not None and words.postings.span(feature)[1] == 1
    return is_only and asks and not points and not asks_else and not words.texts.has(entry, frozenset({stem}))
