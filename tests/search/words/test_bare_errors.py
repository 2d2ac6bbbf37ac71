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
"""
SAYS_MORE = """
permission denied error | pip doesn't work | error 13 | no problem | kein Problem | sin problema | it works | ok
ModuleNotFoundError | no module named flask | python does not run on my mac | problem with the venv | das geht
Fehler beim Installieren | pip geht nicht | error de permisos | what is a venv
pip klappt leider nicht | sigue sin funcionar pip | todavía no funciona pip install | todavía no tengo venv
no hay problema | what is a bug | what are exceptions | what are the problems | what does bug mean
was ist ein Fehler | was heißt kaputt | qué es un error | qué significa roto | el problema o la problema
heißt es der Fehler oder das Fehler
"""


@pytest.mark.parametrize("text", sayings(BARE))
def test_it_is_asked_which_error(tutor: Tutor, text: str):
    """Whoever says only "error" is asked what the error says; three errors at random would not help."""
    assert tutor.answer(text) == Unknown(which_error=True)


@pytest.mark.parametrize("text", sayings(SAYS_MORE))
def test_a_word_more_is_looked_for(text: str):
    """A message that says what fails, or that nothing does, is a message like any other."""
    assert not says_only_that_it_fails(text)


def test_after_an_answer_it_is_about_that(tutor: Tutor):
    """If something fails after an answer, the entries near that one may help."""
    said = tutor.answer("it doesn't work", "activate-on-windows")
    assert isinstance(said, Suggestions | Answer)


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
