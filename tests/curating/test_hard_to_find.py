"""After an import, authors learn which entries members would not find, and what to add."""

from __future__ import annotations

from bot.curating.hard_to_find import hard_to_find
from bot.dialogue.snapshot import Snapshot
from bot.errors import Problem
from bot.lessons.document import read_document
from bot.lessons.library import Lessons, Library
from bot.lessons.yaml_text import to_yaml
from tests.support.shipped import KNOWLEDGE


def found_in(*lessons: str) -> list[Problem]:
    documents = tuple(read_document(f"{n}.yaml", text.encode()) for n, text in enumerate(lessons))
    return list(hard_to_find(Snapshot.of(Lessons(documents))))


def test_few_entries_are_named_and_none_that_has_phrasings():
    """Of 44 entries without their phrasings, only a handful is named: advice on all of them would help nobody."""
    lessons = Library.open(KNOWLEDGE).lessons
    assert not list(hard_to_find(Snapshot.of(lessons)))
    bare = []
    for document in lessons.documents:
        entries = tuple(each.model_copy(update={"phrasings": ()}) for each in document.lesson.entries)
        bare.append(to_yaml(document.lesson.model_copy(update={"entries": entries})))
    assert 1 <= len(found_in(*bare)) <= 6


def test_an_entry_that_loses_is_named_with_words_of_its_answer():
    """The proposed words come from its answer, and are not emphasized in another answer."""
    [hint] = found_in(
        "lesson: L\nentries:\n  - id: reset\n    question: How do I reset my password?\n    answer: |\n"
        "      Open **account settings**, then `Security`. **Never** share it: **trust nobody**.\n"
        "  - id: locked\n    question: Why is my account locked?\n    phrasings: [reset password]\n"
        "    answer: Too many tries. **Trust nobody**.\n"
    )
    assert (hint.line, hint.where) == (4, "entries[0].question")
    assert hint.what == "“reset password” finds “Why is my account locked?” instead of this entry; add phrasings"
    assert (
        hint.fix == "add 'phrasings:', with words of its answer, such as 'account settings', 'Security', 'Never'"
    )
