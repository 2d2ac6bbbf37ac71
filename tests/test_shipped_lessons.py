"""The shipped lessons: every question finds its own entry, and `check` has no advice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.dialogue.passages import passages
from bot.dialogue.reply import Answer, Suggestions
from bot.dialogue.steps import steps
from bot.lessons.advice import lesson_advice
from bot.lessons.aliases import alias_proposals
from bot.lessons.lesson import (
    STEPS_OF_EVERY_SCENARIO,
    Entry,
    Lesson,
    Option,
    Picture,
    Quiz,
    Scenario,
    Solution,
)
from bot.lessons.library import Lessons, Library
from bot.search.words.wording import says_nothing
from tests.support.shipped import KNOWLEDGE

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
    library = Library.open(KNOWLEDGE)
    assert library.problems == ()
    return library.lessons


def test_every_question_and_phrasing_is_answered_by_its_own_entry(tutor, lessons):
    """Each question and phrasing in the lessons gets the answer of its own entry."""
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
    """A question that no lesson is about gets suggestions at most, and never an answer."""
    assert not isinstance(tutor.answer(question), Answer)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("y do i need venv", "why-virtual-environments"),
        ("wat is virtual enviroment", "what-is-a-virtual-environment"),
        ("vscode does not find my venv", "vs-code-interpreter"),
        ("virtualenv vs venv", "venv-or-virtualenv"),
        ("am i inside the venv right now", "is-a-venv-active"),
        ("pip says externally managed environment on ubuntu", "externally-managed"),
    ],
)
def test_members_own_words_find_the_entry(tutor, question, entry):
    """Questions in other words than the author's find the entry."""
    reply = tutor.answer(question)
    assert isinstance(reply, Answer)
    assert reply.id == entry


def test_a_question_that_is_close_to_two_entries_offers_the_right_one_first(tutor):
    """An ambiguous question gets suggestions: "remove" can mean the environment or a package."""
    reply = tutor.answer("how can i remove my venv")
    assert isinstance(reply, Suggestions)
    assert [each.id for each in reply.questions][:2] == ["delete-a-venv", "uninstall-a-package"]


def test_there_is_nothing_to_advise(lessons):
    """`check` has no advice for the shipped lessons."""
    assert [str(hint) for hint in lesson_advice(lessons.documents)] == []
    assert [str(hint) for hint in alias_proposals(lessons.documents, lambda word: not says_nothing(word))] == []


def test_the_practice_lesson_is_as_large_as_promised(lessons):
    """The lesson has at least 30 entries, each with at least three phrasings."""
    (lesson,) = (each.lesson for each in lessons.documents if each.file == "virtual-environments-in-practice.yaml")
    assert len(lesson.entries) >= 30
    assert [entry.id for entry in lesson.entries if len(entry.phrasings) < 3] == []


def test_every_picture_says_what_it_shows(lessons):
    """Every picture exists, and has an alt text for people who cannot see it."""
    pictures = [each.picture for each in lessons.scenarios.values()] + [
        each.image for each in lessons.entries.values()
    ]
    shown = [picture for picture in pictures if picture]
    assert shown
    for picture in shown:
        assert len(picture.alt) > 20
        assert (KNOWLEDGE / picture.file).is_file()


def test_every_code_block_is_closed(lessons):
    """All code fences are closed, as otherwise the rest of the answer would be shown as code."""
    for id_, text in _texts(lessons):
        assert text.count("```") % 2 == 0, id_
        assert re.sub(r"```.*?```", "", text, flags=re.DOTALL).count("`") % 2 == 0, id_


def _texts(lessons: Lessons) -> Iterator[tuple[str, str]]:
    for passage in passages(lessons):
        yield passage.id, passage.answer
    for scenario in lessons.scenarios.values():
        said = [scenario.takeaway or ""]
        if scenario.check:
            said += [scenario.check.question]
            said += [text for each in scenario.check.options for text in (each.text, each.feedback)]
        for text in said:
            yield scenario.id, text


def test_every_scenario_is_complete(lessons):
    """Every scenario has all parts that a walkthrough can have."""
    for scenario in lessons.scenarios.values():
        assert all((scenario.picture, scenario.behind_the_scenes, scenario.check, scenario.takeaway)), scenario.id
        for solution in scenario.solutions:
            said = (solution.outcome, solution.why, solution.verdict, solution.cost, solution.right_when)
            assert all(said), solution.id


def test_a_scenario_can_have_two_right_answers(lessons):
    """Two solutions can be right under different conditions, which `right_when` names."""
    works = [each for each in lessons.scenarios["works-on-my-machine"].solutions if each.verdict == "works"]
    assert len(works) == len({each.right_when for each in works}) == 2


def test_every_option_of_a_check_explains_itself(lessons):
    """Every option has feedback that says why it is right or wrong."""
    for scenario in lessons.scenarios.values():
        assert scenario.check
        assert 3 <= len(scenario.check.options) <= 4
        for option in scenario.check.options:
            assert len(option.feedback) > 60, option.text


def test_a_step_is_read_on_a_phone(lessons):
    """Every step is short enough to be read on a phone."""
    for scenario in lessons.scenarios.values():
        for step in steps(scenario):
            assert sum(len(block.markdown) for block in step.blocks) < 1300, (scenario.id, step.id)


def test_what_authors_copy_is_a_lesson_without_advice(tmp_path):
    """The example that authors copy is a valid lesson without advice."""
    shown = (KNOWLEDGE / "README.md").read_text(encoding="utf-8")
    _, to_copy = re.findall(r"```yaml\n(.+?)\n```\n", shown, re.DOTALL)
    (tmp_path / "files.yaml").write_text(to_copy, encoding="utf-8")
    assert lesson_advice(Library.open(tmp_path).lessons.documents) == []


def test_every_field_is_shown_to_authors():
    """The documentation for authors shows every field of a lesson."""
    shown = (KNOWLEDGE / "README.md").read_text(encoding="utf-8")
    for model in (Lesson, Entry, Scenario, Solution, Picture, Quiz, Option):
        for name, field in model.model_fields.items():
            assert f"{field.alias or name}:" in shown, (model.__name__, name)
    for step in STEPS_OF_EVERY_SCENARIO:
        assert step in shown


def test_each_entry_was_read_again_by_somebody(lessons):
    """Every entry has the date of its last review."""
    assert [entry.id for entry in lessons.entries.values() if entry.reviewed is None] == []
