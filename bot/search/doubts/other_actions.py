"""Finds out whether a question asks for another action than an entry, or for the same one on another thing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.search.entry_words import EntryWords
from bot.search.features import pairs_of
from bot.search.opposites.entry_polarities import EntryPolarities
from bot.search.opposites.polarities import NO, YES
from bot.search.postings import OF_PAIRS
from bot.search.query import Query


def does_it_to_something_else(words: EntryWords, entry: int, question: Query) -> bool:
    """Whether an entry is asked for with the action of a question, but never done to what the question names.

    "How do I exit Python" is not answered by how to exit something else, if the whole library is about Python.
    """
    action = question.action
    if action is None or words.has_no_phrasings[entry] or not words.asked.holds(entry, action):
        return False
    things = question.things - {action}
    are_subjects = things and not any(
        (feature := question.content[each]) is None or words.is_rare(feature) for each in things
    )
    return bool(are_subjects) and not words.texts.has_both(entry, action, things)


def is_about_what_is_done(words: EntryWords, entry: int, question: Query) -> bool:
    """Whether a question asks how to do what an entry is only asked about as done.

    "How do I install it" is not answered by "how do I see what is installed".
    """
    action = question.action
    return (
        action is not None
        and question.asks_how
        and words.asked.holds(entry, action)
        and not words.to_do.holds(entry, action)
    )


def is_about_another_action(
    words: EntryWords, polarities: EntryPolarities, entries: Sequence[int], question: Query
) -> bool:
    """Whether others of these entries are about the action that a question asks how to do, but the first is not.

    "How do I install docker" is not answered by an entry on something else to do with docker, even if that is
    asked for with "install", too, but for the installation of something else.
    """
    action, first = question.action, entries[0]
    if (
        action is None
        or not question.asks_how
        or words.has_no_phrasings[first]
        or not any(words.asked.holds(n, action) for n in entries[1:])
    ):
        return False
    if not words.asked.holds(first, action):
        asked = ((name, sign) for name, sign in question.polarities.items() if sign in {YES, NO})
        return not any(polarities.of(np.array([first]), name)[0] & sign for name, sign in asked)
    if words.titles.holds(first, action):
        return False
    others = question.content.keys() - {action}
    together = [pair for stem in others for pair in pairs_of([action, stem])]
    found = words.postings.features(OF_PAIRS, np.array(together, np.uint32))
    has_pair = any(words.holds(first, each) for each in found)
    return not has_pair or not words.texts.are_neighbors(first, action, others)
