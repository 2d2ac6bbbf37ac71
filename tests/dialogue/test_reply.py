"""What a judgment becomes: an answer, suggestions, or a plain "no answer"."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from bot.dialogue.passages import Passage, StepPassage, passages
from bot.dialogue.reply import Answer, Question, StepOf, Suggestions, Unknown, explain, reply
from bot.lessons.library import Lessons, Library
from bot.search.confidence import Judgement
from bot.search.index import Match
from tests.support.command import LESSON


@pytest.fixture
def lessons(tmp_path: Path) -> Lessons:
    (tmp_path / "venv.yaml").write_text(LESSON, encoding="utf-8")
    (tmp_path / "other.yaml").write_text(
        "lesson: Other\nentries:\n  - {id: alone, question: Alone?, answer: Yes.}\n"
    )
    return Library.open(tmp_path).lessons


@pytest.fixture
def known(lessons: Lessons) -> dict[str, Passage]:
    return {passage.id: passage for passage in passages(lessons)}


def test_sure_gets_the_entrys_own_words(lessons, known):
    """With its lesson and related entries; without a walkthrough that is not about it."""
    said = reply(known, Judgement(sure=Match("what-is-it", 90)), partial(explain, lessons))
    assert said == Answer(
        id="what-is-it",
        question="What is a virtual environment?",
        text="An *isolated* Python environment [dev] · é.",
        lesson="Virtual Environments",
        course="Advanced Python",
        related=(Question("why", "Why do we need virtual environments?"),),
    )


def test_an_entry_opens_the_walkthrough_that_links_to_it(tmp_path):
    """A scenario or one of its steps links to it, in any lesson; no other walkthrough is offered."""
    linked = LESSON.replace("    solutions:", "    related: [why]\n    solutions:", 1)
    assert linked != LESSON
    (tmp_path / "venv.yaml").write_text(linked, encoding="utf-8")
    (tmp_path / "tea.yaml").write_text(
        "lesson: Tea\nentries:\n  - {id: cup, question: Which cup?, answer: Mine.}\nscenarios:\n"
        "  - id: tea\n    title: Tea for two\n    story: One pot.\n    solutions:\n"
        "      - {id: one, title: Share it, plan: Pour., related: [what-is-it]}\n"
        "      - {id: two, title: Wait, plan: Wait.}\n"
    )
    lessons = Library.open(tmp_path).lessons
    opened = {id_: explain(lessons, entry).opens for id_, entry in lessons.entries.items()}
    assert opened == {
        "cup": None,
        "what-is-it": StepOf("tea", "story", "Tea for two"),
        "why": StepOf("two-versions", "story", "Two versions of Django"),
        "remove": None,
    }


def test_an_entry_of_a_lesson_without_a_scenario_opens_none(lessons, known):
    """There is no button to an unrelated walkthrough."""
    said = reply(known, Judgement(sure=Match("alone", 90)), partial(explain, lessons))
    assert isinstance(said, Answer)
    assert (said.opens, said.related, said.course) == (None, (), None)


def test_not_sure_gets_questions_to_choose_from(lessons, known):
    """In the order of the ranking and in the author's words, without ids."""
    said = reply(
        known, Judgement(possible=(Match("why", 60), Match("two-versions.apart", 58))), partial(explain, lessons)
    )
    assert said == Suggestions(
        (
            Question("why", "Why do we need virtual environments?"),
            Question("two-versions.apart", "Keep them apart"),
        )
    )


def test_nothing_gets_a_plain_unknown(lessons, known):
    """It invents nothing."""
    assert reply(known, Judgement(), partial(explain, lessons)) == Unknown()


def test_a_solution_is_an_answer_that_opens_its_step(lessons, known):
    """The answer shows this solution, and its button opens the walkthrough there."""
    said = explain(lessons, known["two-versions.apart"])
    assert (said.question, said.verdict) == ("Keep them apart", "works")
    assert said.text == "**The plan**\nHe makes two environments."
    assert said.opens == StepOf("two-versions", "apart", "Keep them apart")


def test_a_story_is_known_by_the_scenarios_title(lessons, known):
    """In a list of suggestions, "The story" alone would say nothing."""
    assert known["two-versions.story"].question == "Two versions of Django"
    assert explain(lessons, known["two-versions.story"]).opens == StepOf(
        "two-versions", "story", "Two versions of Django"
    )


def test_what_can_be_found_is_everything_but_the_check_and_the_comparison(known):
    """A quiz must not be given away, and a comparison only repeats."""
    assert list(known) == [
        "alone",
        "what-is-it",
        "why",
        "remove",
        "two-versions.story",
        "two-versions.again",
        "two-versions.apart",
    ]
    assert all(isinstance(passage, StepPassage) == ("." in id_) for id_, passage in known.items())
