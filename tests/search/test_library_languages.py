"""Lessons in German and Spanish: words are stemmed in their language, and joined words found by their halves."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.search.index import Index


@dataclass(frozen=True)
class Findable:
    id: str
    question: str
    phrasings: tuple[str, ...] = ()
    answer: str = ""


GERMAN = Index(
    [
        Findable("loeschen", "Wie lösche ich eine virtuelle Umgebung?", (), "Man entfernt einfach den Ordner."),
        Findable("paket", "Wie läuft die Paketinstallation ab?", (), "Pip holt die Dateien aus dem Netz."),
        Findable("kosten", "Was kostet der Kurs?", (), "Der Kurs ist für alle kostenlos, auch für Gäste."),
        Findable("fehler", "Warum meldet das Paket einen Fehler?", (), "Weil die Installation unvollständig ist."),
        Findable("anleitung", "Wo steht die Anleitung?", (), "In der Dokumentation des Projekts."),
    ]
)
SPANISH = Index(
    [
        Findable("borrar", "¿Cómo borro los entornos virtuales?", (), "Se elimina la carpeta del entorno."),
        Findable("pagar", "¿Cuánto cuesta el curso?", (), "El curso es gratis para los alumnos."),
        Findable("instalar", "¿Por qué no puedo instalar una biblioteca?", (), "Porque no tienes permisos."),
    ]
)


@pytest.mark.parametrize(
    ("index", "question", "first"),
    [
        (GERMAN, "lösch die Umgebungen", "loeschen"),
        (GERMAN, "kostenloser Kurse", "kosten"),
        (GERMAN, "Paket installation", "paket"),
        (GERMAN, "Fehlermeldungen des Pakets", "fehler"),
        (GERMAN, "Projektdokumentation", "anleitung"),
        (GERMAN, "Installationsanleitung", "anleitung"),
        (SPANISH, "borrar entorno virtual", "borrar"),
        (SPANISH, "cursos", "pagar"),
    ],
)
def test_a_word_is_found_in_another_form(index, question, first):
    """Inflected words find each other."""
    assert index.rank(question)[0].id == first


def test_a_joined_word_is_found_by_either_half():
    """A question with one half of a joined word finds the entry with the whole."""
    for asked in ("Pakete", "Installationen"):
        found = {match.id: match.words for match in GERMAN.rank(asked)}
        assert found["paket"] > 0


def test_small_words_say_little():
    """Small words do not count as content words."""
    (first, *_) = GERMAN.rank("wie ist das und warum soll ich die Umgebung")
    assert first.id == "loeschen"
    assert first.evidence.content_held == 1
