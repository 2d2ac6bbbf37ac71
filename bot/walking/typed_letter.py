"""A letter in place of a press: "b", "it's B" or "creo que la b" as the answer to a quiz."""

from __future__ import annotations

import re
import string

from bot.search.words.wording import fold

LONGEST = 60  # characters
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# Words with which people say a letter. Beside others, it is none: "not b", "a question about c".
_AROUND = frozenset(
    """
    it it's its is that's i i'd i'll i'm will would think guess believe say go going with for take pick choose the
    my answer option choice letter must be should probably maybe definitely so well hm um ok right correct please
    es ist ich nehme nehm glaube glaub denke denk meine wahle sage sag wurde sagen nehmen tippe auf fur die das der
    antwort buchstabe vielleicht wohl wahrscheinlich bestimmt sicher also mal bitte richtig
    creo que la el opcion respuesta letra yo elijo escojo diria digo pienso seria sera mi quiza quizas tal vez
    con me quedo pues correcta por favor
    """.split()
)
# Behind these, which are words, too, something else comes: "a favor".
_LETTERS_THAT_ARE_WORDS = frozenset("aeiouy")
_BEHIND = frozenset("please bitte right richtig correct correcta".split())


def letter_in(text: str) -> str | None:
    """The letter that a message says, in lower case; None if it says something else, or several letters."""
    if len(text) > LONGEST:
        return None
    said = _WORD.findall(fold(text))
    while len(said) > 1 and said[-1] in _BEHIND:
        said.pop()
    left = [word for word in said if word not in _AROUND] or said  # "I" may be the ninth option
    if len(left) != 1 or left[0] not in [*string.ascii_lowercase] or said[-2:] == ["i", "c"]:  # "I see"
        return None
    return left[0] if left[0] not in _LETTERS_THAT_ARE_WORDS or left == said[-1:] else None
