"""An entry is no sure answer to a question that has the contrary of its word: "when does it start", "… end"."""

from __future__ import annotations

import pytest

from bot.search.confidence import judge
from tests.support.findable import Findable, LateIndex

ENGLISH = LateIndex(
    [
        Findable("start", "When does the course start?", (), "On March 3."),
        Findable("dark", "Why do my photos come out dark?", (), "Open the aperture."),
        Findable("sound", "How do I make the sound loud?", (), "Turn the wheel."),
        Findable("file", "Where is the first file?", (), "In the folder."),
        Findable("monday", "Where does the painting class on Mondays meet?", (), "In room 2."),
        Findable("level", "Which book do you recommend for beginners?", (), "The red one."),
        Findable(
            "shelf", "Where are the dictionaries?", ("is the dictionary on the top shelf",), "Behind the door."
        ),
    ]
)
GERMAN = LateIndex(
    [
        Findable("start", "Wann beginnt der Kurs?", (), "Am 3. März."),
        Findable("csv", "Wie lese ich eine Datei ein?", (), "Mit dem Knopf oben."),
        Findable("teig", "Warum ist mein Teig flüssig?", (), "Es fehlt Mehl."),
        Findable("bild", "Wie mache ich das Bild heller?", (), "Mit dem Regler."),
    ]
)
SPANISH = LateIndex(
    [
        Findable("start", "¿Cuándo empieza el curso?", (), "El 3 de marzo."),
        Findable("foto", "¿Por qué sale oscura mi foto?", (), "Abre el diafragma."),
        Findable("sonido", "¿Cómo pongo el volumen más alto?", (), "Con la rueda."),
        Findable("subir", "¿Cómo subo un archivo?", (), "Arrástralo a la ventana."),
    ]
)


@pytest.mark.parametrize(
    ("index", "question"),
    [
        (ENGLISH, "when does the course end"),
        (ENGLISH, "why do my photos come out bright"),
        (ENGLISH, "how do i make the sound quiet"),
        (ENGLISH, "where is the last file"),
        (ENGLISH, "where does the painting class on fridays meet"),
        (ENGLISH, "which book do you recommend for experts"),
        (ENGLISH, "is the dictionary on the bottom shelf"),
        (GERMAN, "wann endet der kurs"),
        (GERMAN, "wann ist der kurs zu ende"),
        (SPANISH, "cuando termina el curso"),
        (SPANISH, "cuando acaba el curso"),
        (SPANISH, "por que sale clara mi foto"),
        (SPANISH, "como pongo el volumen mas bajo"),
        (SPANISH, "como bajo un archivo"),
    ],
)
def test_the_contrary_of_an_entry_is_no_answer(index, question: str):
    """Everything else is the same, and so the entry is still offered."""
    assert judge(index.rank(question)).sure is None


@pytest.mark.parametrize(
    ("index", "question", "answer"),
    [
        (ENGLISH, "when does the course start exactly", "start"),
        (ENGLISH, "why do my photos come out so dark", "dark"),
        (ENGLISH, "where does the painting class meet on monday", "monday"),
        (GERMAN, "mein bild ist zu dunkel, wie mache ich das bild heller", "bild"),
        (SPANISH, "por que sale muy oscura mi foto", "foto"),
    ],
)
def test_an_entry_with_the_same_word_is_the_answer(index, question: str, answer: str):
    """A word beside its contrary, or behind "too", is none of another entry."""
    sure = judge(index.rank(question)).sure
    assert sure
    assert sure.id == answer
