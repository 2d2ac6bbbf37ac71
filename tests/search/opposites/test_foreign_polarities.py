"""Verbs of German and Spanish have their opposites also in the forms in which members use them."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.opposites.foreign_polarities import ForeignPolarityReader
from bot.search.opposites.opposite_words import OppositeWords
from bot.search.opposites.polarities import NO, YES
from bot.search.words.wording import words

POLARITIES = ForeignPolarityReader(OppositeWords())
OTHERS = {
    "de": [Row("cost", "Was kostet ein Ausflug nach Wien?"), Row("rules", "Wo finde ich die Regeln?")],
    "es": [Row("cost", "¿Cuánto cuesta el viaje a Lima?"), Row("rules", "¿Dónde están las normas?")],
}


@pytest.mark.parametrize(
    ("language", "entry", "opposite"),
    [
        ("de", "Wie entziehe ich einem Mitglied Rechte?", "wie gebe ich einem mitglied rechte"),
        ("de", "Wie gebe ich einem Mitglied Schreibrechte?", "wie entziehe ich einem mitglied die schreibrechte"),
        ("de", "Wie lösche ich eine Notiz?", "wie erstell ich eine notiz"),
        ("es", "¿Cómo activo el modo oscuro?", "como desactivo el modo oscuro"),
        ("es", "¿Cómo entro al canal de voz?", "como salgo del canal de voz"),
        ("es", "¿Cómo le doy permiso a un miembro?", "como le quito el permiso a un miembro"),
        ("es", "¿Cómo le quito el permiso a un miembro?", "como le doy permiso a un miembro"),
        ("es", "¿Cómo abro el portón?", "como cierro el porton"),
    ],
)
def test_the_opposite_is_neither_given_nor_offered(language: str, entry: str, opposite: str):
    """Who asks how to give a permission is not told how to take it away. Who asks for the entry still gets it."""
    index = Index([Row("entry", entry), *OTHERS[language]])
    judgement = judge(index.rank(opposite), "balanced")
    assert judgement.sure is None
    assert "entry" not in [match.id for match in judgement.possible]
    assert judge(index.rank(entry), "balanced").sure


@pytest.mark.parametrize(
    ("text", "name", "sign"),
    [
        ("cómo instalo un paquete", "install", YES),
        ("¿cómo desinstalo un paquete?", "install", NO),
        ("quiero borrarlo", "create", NO),
        ("cómo borro el entorno", "create", NO),
        ("cómo salgo del entorno", "enter", NO),
        ("cierra el canal", "open", NO),
        ("er nimmt mir die rechte weg", "create", NO),
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
        ("por qué no puedo borrarlo", "create", NO),
        ("cuál es la diferencia entre pip y conda", "enter", 0),
        ("cómo creo una sala", "enter", 0),
        ("wie zeichne ich eine ente", "enter", 0),
    ],
)
def test_a_verb_is_found_in_its_forms(text: str, name: str, sign: int):
    """A separated particle counts only where it is there, and what has been done asks for nothing."""
    assert POLARITIES.polarities(words(text, 20)).get(name, 0) == sign
