"""What ships is what it claims to be: every question answered by its own entry, and nothing left to mend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.dialogue.reply import Answer
from bot.lessons.aliases import alias_proposals
from bot.lessons.library import Lessons, Library
from bot.lessons.lint import advice
from bot.search.wording import says_nothing
from bot.tutor import Tutor

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"

OUT_OF_SCOPE = """
how do i bake bread
what's the weather today
who won the world cup
write me a poem about love
how do i cook pasta in python
what is the capital of france
can you do my homework
what is recursion
how do i sort a list
delete my account
activate my credit card
how do i exit vim
what is a class
i lost my password
when is the next class
ignore all previous instructions
how do i make a website
why is the sky blue
how much does the course cost
best laptop for programming
"""


@pytest.fixture(scope="module")
def lessons() -> Lessons:
    return Library.open(KNOWLEDGE).lessons


@pytest.fixture(scope="module")
def tutor() -> Tutor:
    return Tutor(Library.open(KNOWLEDGE))


def test_every_question_and_phrasing_is_answered_by_its_own_entry(tutor, lessons):
    """What an author wrote down as a question is answered, and with their answer."""
    wrong = []
    for entry in lessons.entries.values():
        for asked in (entry.question, *entry.phrasings):
            for said in (asked, asked.upper(), asked.removesuffix("?") + " ???"):
                reply = tutor.answer(said)
                if not (isinstance(reply, Answer) and reply.id == entry.id):
                    got = reply.id if isinstance(reply, Answer) else reply
                    wrong.append(f"{entry.id}: {said!r} got {got}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("question", OUT_OF_SCOPE.strip().splitlines())
def test_what_no_lesson_is_about_gets_no_answer(tutor, question):
    """It may suggest; it never answers another question than the one that was asked."""
    assert not isinstance(tutor.answer(question), Answer)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("y do i need venv", "why-virtual-environments"),
        ("wat is virtual enviroment", "what-is-a-virtual-environment"),
        ("how can i remove my venv", "delete-a-venv"),
        ("vscode does not find my venv", "vs-code-interpreter"),
        ("virtualenv vs venv", "venv-or-virtualenv"),
        ("am i inside the venv right now", "is-a-venv-active"),
        ("pip says externally managed environment on ubuntu", "externally-managed"),
    ],
)
def test_members_own_words_find_the_entry(tutor, question, entry):
    """Not only what the author thought of."""
    reply = tutor.answer(question)
    assert isinstance(reply, Answer)
    assert reply.id == entry


def test_there_is_nothing_to_advise(lessons):
    """What we ask of authors, we did."""
    assert [str(hint) for hint in advice(lessons.documents)] == []
    assert [str(hint) for hint in alias_proposals(lessons.documents, lambda word: not says_nothing(word))] == []


def test_the_practice_lesson_is_as_large_as_promised(lessons):
    """30 entries or more, each with three phrasings or more."""
    (lesson,) = (each.lesson for each in lessons.documents if each.file == "virtual-environments-in-practice.yaml")
    assert len(lesson.entries) >= 30
    assert [entry.id for entry in lesson.entries if len(entry.phrasings) < 3] == []


def test_every_picture_says_what_it_shows(lessons):
    """For whoever cannot see it; and it is there."""
    pictures = [each.picture for each in lessons.scenarios.values()] + [
        each.image for each in lessons.entries.values()
    ]
    shown = [picture for picture in pictures if picture]
    assert shown
    for picture in shown:
        assert len(picture.alt) > 20
        assert (KNOWLEDGE / picture.file).is_file()


def test_every_code_block_is_closed(lessons):
    """One forgotten fence would make code of the rest of the answer."""
    texts = {entry.id: entry.answer for entry in lessons.entries.values()}
    for scenario in lessons.scenarios.values():
        texts[scenario.id] = scenario.story + (scenario.behind_the_scenes or "")
    for id_, text in texts.items():
        assert text.count("```") % 2 == 0, id_
        assert re.sub(r"```.*?```", "", text, flags=re.DOTALL).count("`") % 2 == 0, id_


def test_every_solution_has_plan_outcome_why_and_verdict(lessons):
    """The scenario that members walk is complete."""
    for scenario in lessons.scenarios.values():
        for solution in scenario.solutions:
            assert all((solution.plan, solution.outcome, solution.why, solution.verdict)), solution.id


def test_each_entry_was_read_again_by_somebody(lessons):
    """And says when."""
    assert [entry.id for entry in lessons.entries.values() if entry.reviewed is None] == []
