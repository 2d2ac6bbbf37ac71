"""Who says only that something fails is asked what."""

from __future__ import annotations

import pytest

from bot.dialogue.reply import Answer, Suggestions, Unknown
from bot.search.words.bare_errors import says_only_that_it_fails
from bot.tutor import Tutor
from tests.support.sayings import sayings

BARE = """
error | errors | i get an error | it gives me an error message | help, error pls | a weird exception | traceback
it doesn't work | not working | my code is not working | my program keeps crashing | still the same error again
Fehler | es kommt ein Fehler | ich bekomme eine rote Fehlermeldung | geht nicht | das funktioniert einfach nicht
bei mir kommt immer noch ein Problem | tengo un error | me sale un error | no funciona | mi código no me funciona
it still doesn't work | klappt leider nicht | funktioniert bei mir leider nicht | sigue sin funcionar
todavía no funciona | aún no funciona | what is the problem | what is broken | was ist kaputt
I get an error or something | it fails or crashes | geht nicht oder Fehler | da kommt ein Fehler oder so
no funciona o da error
that didn't fix it | it didn't solve it | still nothing | no change | nope, still broken | same problem
hat nicht geklappt | hat leider nicht funktioniert | klappt irgendwie nicht | immer noch nicht | gleicher Fehler
hab ich schon probiert, geht trotzdem nicht | no me ha funcionado | tampoco funciona | sigue igual | no me salió
ya lo probé y sigue igual | nada, sigue igual | no hubo suerte
"""
SAYS_MORE = """
permission denied error | pip doesn't work | error 13 | no problem | kein Problem | sin problema | it works | ok
ModuleNotFoundError | no module named flask | python does not run on my mac | problem with the venv | das geht
Fehler beim Installieren | pip geht nicht | error de permisos | what is a venv
pip klappt leider nicht | sigue sin funcionar pip | todavía no funciona pip install | todavía no tengo venv
no hay problema | what is a bug | what are exceptions | what are the problems | what does bug mean
was ist ein Fehler | was heißt kaputt | qué es un error | qué significa roto | el problema o la problema
heißt es der Fehler oder das Fehler
how do I fix it | the belt still slips | no changes to the plan | sigue la lluvia | no sale agua
hat nicht gereicht
"""


@pytest.mark.parametrize("text", sayings(BARE))
def test_it_is_asked_which_error(tutor: Tutor, text: str):
    """Whoever says only "error" is asked what the error says; three errors at random would not help."""
    assert tutor.answer(text) == Unknown(which_error=True)


@pytest.mark.parametrize("text", sayings(SAYS_MORE))
def test_a_word_more_is_looked_for(text: str):
    """A message that says what fails, or that nothing does, is a message like any other."""
    assert not says_only_that_it_fails(text)


def test_what_still_is_as_it_was_is_not_given_the_same_answer(tutor: Tutor):
    """ "Still not activated" was answered how to activate it, by the answer above."""
    said = tutor.answer("still not activated on windows", "activate-on-windows")
    assert isinstance(said, Suggestions)
    assert "activate-on-windows" not in [each.id for each in said.questions]


def test_who_asks_whether_something_still_is_so_is_answered(tutor: Tutor):
    """That is a question like any other."""
    said = tutor.answer("still not activated on windows?", "activate-on-windows")
    found = [said.id] if isinstance(said, Answer) else [each.id for each in getattr(said, "questions", ())]
    assert "activate-on-windows" in found


@pytest.mark.parametrize("text", ["it doesn't work", "didn't work", "no change"])
def test_after_an_answer_it_is_about_that(tutor: Tutor, text: str):
    """If something fails after an answer, the entries near that one may help, and not the same once more."""
    said = tutor.answer(text, "activate-on-windows")
    assert isinstance(said, Suggestions)
    assert said.explaining
    assert "activate-on-windows" not in [each.id for each in said.questions]


@pytest.mark.parametrize(
    "text",
    [
        "i did pip install flask n now it says no module named flask",
        "i installed flask and now it says no module named flask",
        "no module named flask",
        "my bot says: no module named discord",
    ],
)
def test_an_error_is_not_answered_by_a_story(tutor: Tutor, text: str):
    """A story tells of this error, too; who has it wants the entry about it."""
    said = tutor.answer(text)
    offered = [said.id] if isinstance(said, Answer) else [each.id for each in getattr(said, "questions", ())]
    assert "module-not-found" in offered
    assert not offered[0].endswith(".story")
