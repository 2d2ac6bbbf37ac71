"""Verbs of German and Spanish questions are found in the forms in which members use them."""

from __future__ import annotations

import pytest

from bot.search.opposites.foreign_polarities import ForeignPolarityReader
from bot.search.opposites.opposite_words import OppositeWords
from bot.search.opposites.polarities import NO, YES
from bot.search.words.foreign_verbs import action_words, asks_how, asks_something_else
from bot.search.words.wording import words

POLARITIES = ForeignPolarityReader(OppositeWords())


@pytest.mark.parametrize(
    ("text", "name", "sign"),
    [
        ("cómo instalo un paquete", "install", YES),
        ("¿cómo desinstalo un paquete?", "install", NO),
        ("quiero borrarlo", "create", NO),
        ("cómo borro el entorno", "create", NO),
        ("cómo salgo del entorno", "enter", NO),
        ("wie lösche ich das", "create", NO),
        ("wie lege ich ein venv an", "create", YES),
        ("wie lade ich pycharm herunter", "upload", NO),
        ("wo kann ich pycharm runterladen", "upload", NO),
        ("paket aktualisieren statt deinstallieren", "install", 0),
        ("paket aktualisieren statt deinstallieren", "upgrade", YES),
        ("wie schaltet man das aus", "enable", NO),
        ("wo lade ich pycharm", "upload", 0),
        ("para qué sirve un entorno", "start", 0),
        ("welche pakete sind installiert", "install", 0),
        ("ich will es nicht löschen, nur verlassen", "not create", YES),
        ("ich will es nicht löschen, nur verlassen", "enter", NO),
        ("te dije que no borres nada", "not create", YES),
        ("no quiero borrarlo", "not create", YES),
        ("das lässt sich nicht löschen", "create", NO),
        ("wie mache ich es wieder aus", "enable", NO),
        ("mache aus csv eine tabelle", "enable", 0),
        ("wie bekomme ich das wasserzeichen weg", "create", NO),
        ("ich will kein wasserzeichen", "create", NO),
        ("ya no quiero mensajes", "enable", NO),
        ("den server nicht verlassen, nur den channel", "other server", NO),
        ("spielen ohne mods", "with mod", NO),
        ("cómo dejo de bloquear a alguien", "undo", YES),
        ("no me digas cómo borrarlo", "not create", YES),
        ("por qué no puedo borrarlo", "create", NO),
        ("cuál es la diferencia entre pip y conda", "enter", 0),
        ("cómo creo una sala", "enter", 0),
        ("wie zeichne ich eine ente", "enter", 0),
    ],
)
def test_a_verb_is_found_in_its_forms(text: str, name: str, sign: int):
    """A separated particle counts only where it is there, and what has been done asks for nothing."""
    assert POLARITIES.polarities(words(text, 20)).get(name, 0) == sign


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("wie lade ich pycharm herunter", ["lade", "herunter"]),
        ("dónde puedo descargar pycharm", ["descargar"]),
        ("wie kann ich pycharm herunterladen", ["pycharm", "herunterladen"]),
        ("cómo sé si el entorno está activo", ["entorno"]),
        ("por qué sale un error", []),
        ("", []),
    ],
)
def test_the_action_is_what_somebody_asks_how_to_do(text: str, action: list[str]):
    """Who asks "why" or "must I" is not told that an entry is about something else."""
    assert action_words(words(text, 20)) == action


def test_where_and_why_do_not_ask_how():
    """A question in one language is compared with entries in another by how it begins."""
    assert asks_how(words("wie installiere ich das", 20))
    assert asks_how(words("¿cómo lo instalo?", 20))
    assert not asks_how(words("wo liegt das", 20))
    assert asks_something_else(words("Where do packages go when I install them?", 20))
    assert asks_something_else(words("Warum installiere ich das?", 20))
    assert not asks_something_else(words("How do I install it?", 20))
    assert not asks_something_else([])
