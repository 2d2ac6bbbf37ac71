"""A number in place of a press: "2" or "the second one" as the answer to suggestions."""

from __future__ import annotations

import re

from bot.search.words.wording import fold

LONGEST = 60  # characters
_WORD = re.compile(r"\w+")
# The words for none of the suggestions, for the first one, and so on.
_CHOICES = """
    none neither nothing keine keins keines keiner nichts ninguna ninguno nada
    1 1st first one erste ersten erstes eins uno una primero primera primer
    2 2nd second two zweite zweiten zweites zwei dos segundo segunda
    3 3rd third three dritte dritten drittes drei tres tercero tercera tercer
    4 4th fourth four vierte vierten viertes vier cuatro cuarto cuarta
    5 5th fifth five funfte funften funftes funf cinco quinto quinta
"""
_CHOSEN = {word: n for n, line in enumerate(_CHOICES.strip().splitlines()) for word in line.split()}
_AROUND = frozenset(
    """the a of these them those this option number nr no answer i mean meant take show me please pls thanks
    die das der den dem von diesen davon nummer antwort ich meine meinte nehme zeig mir bitte danke
    la el lo las los de estas estos esas esos ellas ellos opcion numero respuesta por favor gracias""".split()
)


def choice_in(text: str) -> int | None:
    """The number of the suggestion that a message chooses, 0 for none of them; None if it says something else."""
    if len(text) > LONGEST:
        return None
    said = [word for word in _WORD.findall(fold(text)) if word not in _AROUND]
    if said[1:] == ["one"]:  # "the second one"
        said.pop()
    return _CHOSEN.get(said[0]) if len(said) == 1 else None
