"""Where a channel is about some lessons, their entries are suggested first if they fit about as well."""

from __future__ import annotations

import pytest

from bot.dialogue.reply import Answer, Suggestions, Unknown
from bot.lessons.library import Library
from bot.tutor import Tutor
from tests.support import frameworks


@pytest.fixture(scope="module")
def tutor(tmp_path_factory: pytest.TempPathFactory) -> Tutor:
    return Tutor(Library.open(frameworks.write(tmp_path_factory.mktemp("frameworks") / "lessons")))


def suggested(tutor: Tutor, question: str, *lessons: str) -> list[str]:
    reply = tutor.answer(question, lessons=[f"{each}.yaml" for each in lessons])
    assert isinstance(reply, Suggestions)
    return [each.id for each in reply.questions]


@pytest.mark.parametrize("own", frameworks.NAMES)
@pytest.mark.parametrize(("question", "about"), [(frameworks.BOTH, "database"), ("testing views", "test")])
def test_of_entries_that_fit_equally_well_their_own_is_first(tutor: Tutor, own: str, question: str, about: str):
    """The others are still there, in the same order."""
    first, *others = suggested(tutor, question, own)
    assert first == f"{own}-{about}"
    assert others == [each for each in suggested(tutor, question) if each != first]


def test_several_lessons_come_first_together(tutor: Tutor):
    """A channel can be about more than one lesson."""
    assert suggested(tutor, frameworks.BOTH, "flask", "fastapi")[-1] == "django-database"


@pytest.mark.parametrize("own", ["flask", "fastapi", "no-such-lesson"])
def test_another_lessons_better_answer_is_given(tutor: Tutor, own: str):
    """Whoever names what they mean gets that, wherever they ask; what nothing answers stays unknown."""
    reply = tutor.answer("how do i install django", lessons=[f"{own}.yaml"])
    assert isinstance(reply, Answer)
    assert reply.id == "django-install"
    assert isinstance(tutor.answer("how do i bake bread", lessons=[f"{own}.yaml"]), Unknown)


def test_what_fits_less_stays_behind(tutor: Tutor):
    """A suggestion that is far more probable is first although the channel is about another lesson."""
    question = "django: where do i install that with pip for a view"
    without = suggested(tutor, question)
    assert without[0].startswith("django")
    assert suggested(tutor, question, "flask")[0] == without[0]
