"""A number in place of a press: "2" or "the second one" as the answer to suggestions."""

from __future__ import annotations

import re

from bot.search.words.wording import fold

LONGEST = 60  # characters
DIGITS = 2  # "404" is more likely an error than a choice
_WORD = re.compile(r"\w+")
# The words for none of the suggestions, for the first one, and so on.
_CHOICES = """
    none neither nothing keine keins keines keiner nichts ninguna ninguno nada
    1st first one erste ersten erstes eins uno una primero primera primer
    2nd second two zweite zweiten zweites zwei dos segundo segunda
    3rd third three dritte dritten drittes drei tres tercero tercera tercer
    4th fourth four vierte vierten viertes vier cuatro cuarto cuarta
    5th fifth five funfte funften funftes funf cinco quinto quinta
"""
_CHOSEN = {word: n for n, line in enumerate(_CHOICES.strip().splitlines()) for word in line.split()}
_AROUND = frozenset(
    """the a of these them those this option number nr no answer i mean meant take show me please pls thanks
    die das der den dem von diesen davon nummer antwort ich meine meinte nehme zeig mir bitte danke
    la el lo las los de estas estos esas esos ellas ellos opcion numero respuesta por favor gracias""".split()
)


def choice_in(text: str) -> int | None:
    """The number that a message chooses, 0 for none of the suggestions; None if it says something else.

    There may be no suggestion with that number.
    """
    if len(text) > LONGEST:
        return None
    said = [word for word in _WORD.findall(fold(text)) if word not in _AROUND]
    if said[1:] == ["one"]:  # "the second one"
        said.pop()
    if len(said) != 1:
        return None
    return int(said[0]) if said[0].isdecimal() and len(said[0]) <= DIGITS else _CHOSEN.get(said[0])
