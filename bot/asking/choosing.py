"""A number in place of a press: "2", "the second one" or "and the third?" as the answer to suggestions."""

from __future__ import annotations

import re

from bot.search.follow_up import without_opening

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
_LAST = frozenset("last letzte letzten letztes letzter ultimo ultima".split())
# "Las dos" are both, and not the second one. "Me neither" agrees with somebody.
_NO_CHOICE = re.compile(
    r"\b(?:(?:las|los) (?:[2-5]|dos|tres|cuatro|cinco)|the (?:two|three|four|five)|me neither)\b"
)
_CHOSEN = {word: n for n, line in enumerate(_CHOICES.strip().splitlines()) for word in line.split()}
_AROUND = frozenset(
    """
    the a of these them those this option number nr no answer i mean meant take show open choose me please pls
    thanks then
    die das der den dem von diesen davon nummer antwort ich meine meinte nehme wahle zeig zeige mir bitte danke
    la el lo las los de estas estos esas esos ellas ellos al opcion numero respuesta muestrame ensename abre elijo
    prefiero refiero referia por favor gracias
    """.split()
)


def choice_in(text: str, offered: int = 1) -> int | None:
    """The number that a message chooses, 0 for none of the suggestions; None if it says something else.

    There may be no suggestion with that number. `offered` is how many there are, for "the last one".
    """
    told = without_opening(text[: LONGEST + 1])
    if len(text) > LONGEST or _NO_CHOICE.search(told):
        return None
    said = [word for word in _WORD.findall(told) if word not in _AROUND]
    if said[1:] == ["one"]:  # "the second one"
        said.pop()
    if len(said) != 1:
        return None
    if said[0] in _LAST:
        return offered
    return int(said[0]) if said[0].isdecimal() and len(said[0]) <= DIGITS else _CHOSEN.get(said[0])
