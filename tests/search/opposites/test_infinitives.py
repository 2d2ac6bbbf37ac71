"""Verbs of German and Spanish lessons have their opposites also in the forms in which members use them."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.opposites.opposite_words import OppositeWords

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
    ("text", "read"),
    [
        ("wie losch ich das", "wie loschen ich das"),
        ("como cierro el canal", "como cerrar el canal"),
        ("descarguelo", "descargar"),
        ("le doy permiso", "le dar permiso"),
        ("donde esta la descarga", "donde esta la descarga"),
        ("wie lange gilt die sperre", "wie lange gilt die sperre"),
        ("how do i open it", "how do i open it"),
    ],
)
def test_a_verb_is_read_as_its_infinitive_but_a_noun_remains(text: str, read: str):
    assert OppositeWords().infinitives.instead(text.split()) == read.split()
