"""What people say who do what an answer told them, and questions that only look like it."""

from __future__ import annotations

import pytest

from bot.search.words.smalltalk import small_talk
from tests.support.sayings import sayings

INTENTIONS = """
will try | i'll try that | ill try that tonight | ok, i'll give that a go | gonna try it now | let me check
we'll test it tomorrow | i will have a look | will report back | trying it now | ok ill do that
mach ich | mach ich gleich | ich versuchs mal | probier ich mal aus | werd ich ausprobieren 👍 | hab ich gemacht
schau ich mir an | ich mach das gleich | versuchen wir morgen
lo voy a probar | voy a intentarlo ahora | lo probaré mañana | lo intento
"""
THANKS = """
will try, thanks | i'll do that tomorrow, thanks so much | mach ich, danke | schau ich mir mal an, danke
lo probaré, gracias | thank you will try that
"""
QUESTIONS = """
will try it, but how long does it take | i will try that with rye flour | let me check the oven temperature
what will do that | how do i test it | should i try that | can i check it out from git | try and except
was mach ich jetzt | wie mache ich das | wie probiere ich das aus | kann ich das ausprobieren? | wann mache ich es
¿cómo lo hago? | ¿voy a perder mis datos? | qué hago ahora
are you going to test this | how are you going to check it | machen wir das heute? | mach ich das so?
was werde ich machen | was hab ich gemacht | qué vamos a hacer | y que vamos a hacer hoy | ¿vamos a hacerlo?
"""


@pytest.mark.parametrize("text", sayings(INTENTIONS))
def test_who_says_that_they_will_try_it_asks_nothing(text: str):
    """In English, German and Spanish, with when they will."""
    assert small_talk(text) == "remark"


@pytest.mark.parametrize("text", sayings(THANKS))
def test_who_thanks_beside_it_is_thanked(text: str):
    assert small_talk(text) == "thanks"


@pytest.mark.parametrize("text", sayings(QUESTIONS))
def test_who_asks_how_to_do_it_asks(text: str):
    """A question, and a plan that names something of its own."""
    assert small_talk(text) is None
