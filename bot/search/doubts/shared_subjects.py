"""Recognizes entries that have only their subject in common with a question."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from bot.search.entry_words import EntryWords
from bot.search.query import Query

SHORT = 5  # the most content words of a question that is looked at: a longer one tells a story
MORE = 2  # an entry is about more if a question lacks so many words of each of the entry's questions
PAIR = 2  # the most words of the name of one thing


def is_about_more(words: EntryWords, entries: Sequence[int], question: Query) -> bool:
    """Whether a short question only names the subject of the first entry, whose questions all ask for more.

    "Is docker free" and "what is docker" are not answered by "do I need a virtual environment in docker"; nor
    is "what are lists" by "what are lists good for" if another entry is asked "what is a list".
    """
    entry, *others = entries
    content = question.things
    if len(content) > SHORT:
        return False
    if words.has_no_phrasings[entry]:
        # "What is a virtual machine" is not answered by the story "It works on my machine".
        return question.is_definition and not words.is_titled_with_all(entry, content)
    if question.is_definition and not words.texts.has(entry, content):
        is_another_asked = any(words.texts.has(each, content) for each in others)
        return is_another_asked or bool(words.texts.common(entry, content, lacking=MORE))
    named = words.texts.common(entry, content, lacking=MORE).difference(question.numbers)
    if len(named) == 1:
        return words.titles.holds(entry, *named)
    if len(named) < PAIR:
        return False
    things = _distinguishing(words, question)
    asks_more = len(things) > PAIR or _lacks_one_of_the_things(words, entry, question)
    return asks_more and _is_one_name(words, entry, [each for each in things if each in named], question)


def only_names_its_subject(words: EntryWords, entry: int, question: Query) -> bool:
    """Whether a question is the name of a thing that an entry is asked with, and then words that no entry has.

    "Final project grade" is not answered by "what is the final project".
    """
    if not question.unknown_things or words.has_no_phrasings[entry]:
        return False
    things = _distinguishing(words, question)
    name = list(takewhile(lambda each: words.asked.holds(entry, each), things))
    rest = things[len(name) :]
    return (
        bool(name and rest) and question.unknown_things.issuperset(rest) and _is_name(words, entry, name, question)
    )


def _distinguishing(words: EntryWords, question: Query) -> list[int]:
    """The stems that a question names in their order, but for those that many entries hold."""
    return [
        each
        for each, feature in question.content.items()
        if each in question.things and (feature is None or words.is_rare(feature))
    ]


def _lacks_one_of_the_things(words: EntryWords, entry: int, question: Query) -> bool:
    """Whether an entry does not hold one of the things in a question."""
    things = (feature for stem, feature in question.content.items() if stem in question.things)
    return not all(words.holds(entry, feature) for feature in things)


def _is_one_name(words: EntryWords, entry: int, named: Sequence[int], question: Query) -> bool:
    """Whether these stems of a question name one thing, in two words of an entry's own question.

    "VS Code extensions for Python" has only "VS Code" in common with it, as "Python" names the whole library.
    """
    return (
        len(named) == PAIR and words.is_titled_with_all(entry, named) and _is_name(words, entry, named, question)
    )


def _is_name(words: EntryWords, entry: int, name: Sequence[int], question: Query) -> bool:
    """Whether these stems stand side by side in a question, and also in a question of an entry."""
    size = len(name)
    asked = [stem for _, stem, _ in question.words]
    is_together = any(asked[n : n + size] == name for n in range(len(asked) - size + 1))
    return is_together and words.texts.has_run(entry, name)
