"""Which letter a member typed."""

from __future__ import annotations

import pytest

from bot.walking.typed_letter import LONGEST, letter_in
from tests.support.sayings import sayings

B = """
b | B | b) | (b) | **B** | B. | "b" | b! | b?
it's b | It’s B | its b | i think b | I think it's b | option b | answer: b | b is right | I'd say B, please
my answer is b | is it b? | i'll go with b | b, i guess
die b | Antwort B | ich nehme B | ich glaube, es ist B | ich würde b sagen | ich tippe auf B | B glaube ich
la b | creo que la b | creo que es la B | opción b | la respuesta es b | yo diría que la b | elijo la B
"""
OTHERS = """
a question about c | what is c | not b | b or c | a or b | both a and b | i think | hm | c is wrong | ich bin B
is b faster than c | i don't know | it's a trap | a lot | what about b | vitamin c | plan b | e. g. | b c | bb | 2
ist c besser | keine ahnung | ni a ni b | no es la b | o sea | y? no sé
"""


@pytest.mark.parametrize("text", sayings(B))
def test_a_letter_is_found_among_the_words_that_say_it(text: str):
    """In English, German and Spanish."""
    assert letter_in(text) == "b"


@pytest.mark.parametrize("text", sayings(OTHERS))
def test_a_sentence_is_no_letter(text: str):
    """Nor are two letters, or what says that a letter is wrong."""
    assert letter_in(text) is None


@pytest.mark.parametrize("text", ["I c", "ok i c", "a must", "a favor", "¿a mi?"])
def test_chat_is_no_letter(text: str):
    assert letter_in(text) is None


def test_letters_that_are_also_words_are_letters():
    """ "I think a" and a mere "I"; a long text is not read."""
    assert (letter_in("I think a"), letter_in("I"), letter_in("la a")) == ("a", "i", "a")
    assert letter_in("b" + " " * LONGEST) is None
