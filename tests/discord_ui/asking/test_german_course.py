"""A course in German, whose members write as they speak."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.world import World, suggested, text

COURSE = """\
lesson: Statistik
language: de
entries:
  - id: abgabe
    question: Wie gebe ich das Übungsblatt ab?
    answer: Als eine Datei im Lernportal.
  - id: frist
    question: Bis wann muss ich das Übungsblatt abgeben?
    answer: Bis Donnerstag um 12 Uhr.
  - id: klausur
    question: Wie melde ich mich für die Klausur an?
    answer: Im Prüfungsportal.
  - id: tutorium-wechseln
    question: Kann ich das Tutorium wechseln?
    answer: Ja, wenn du jemanden zum Tauschen findest.
  - id: anwesenheit
    question: Gibt es eine Anwesenheitspflicht im Tutorium?
    answer: Nein, aber wer kommt, besteht öfter.
  - id: zulassung
    question: Wie bekomme ich die Klausurzulassung?
    phrasings: [wie viele Punkte brauche ich für die Zulassung]
    answer: Mit der Hälfte aller Punkte auf den Übungsblättern.
  - id: zu-spaet
    question: Was passiert, wenn ich das Übungsblatt zu spät abgebe?
    answer: Dann wird es korrigiert, zählt aber nicht.
  - id: tutorium
    question: Wie melde ich mich zu einem Tutorium an?
    answer: In der Gruppenwahl.
"""


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "statistik.yaml").write_text(COURSE, encoding="utf-8")
    return folder


@pytest.mark.parametrize("asked", ["und fürs tutorium?", "und fuers tutorium?", "und zum tutorium?"])
async def test_a_follow_up_with_a_joined_article_is_answered(world: World, asked: str):
    """ "Fürs" is "für das"."""
    assert "Prüfungsportal" in text(await world.ask("wie melde ich mich für die klausur an"))
    assert "Gruppenwahl" in text(await world.ask(asked))


@pytest.mark.parametrize(
    "asked",
    [
        "wann gibt es eine anwesenheitspflicht",
        "wir haben eine anwesenheitspflicht",
        "was ist mit dem übungsblatt",
        "kann ich tauschen",
    ],
)
async def test_a_single_word_in_common_is_no_answer(world: World, asked: str):
    """Whoever asks when there is one does not ask whether there is one: the entry is offered."""
    assert "## Was davon meinst du?" in text(await world.ask(asked))


@pytest.mark.parametrize("said", ["hat nicht geklappt", "hä check ich nicht", "geht trotzdem nicht"])
async def test_whom_an_answer_did_not_help_is_offered_what_is_near_it(world: World, said: str):
    """In a reply to it."""
    answer = await world.ask("wie melde ich mich für die klausur an")
    assert "Prüfungsportal" in text(answer)
    await world.mia.send(world.channel, said, reply_to=answer)
    assert "## Hilft dir etwas davon weiter?" in text(world.last)
    assert "Wie melde ich mich zu einem Tutorium an?" in suggested(world.last)
    assert "Wie melde ich mich für die Klausur an?" not in suggested(world.last)


async def test_who_is_near_nothing_else_is_asked_what_happened(world: World):
    """Entries that only share the subject of the lessons would not help."""
    answer = await world.ask("was passiert wenn ich das übungsblatt zu spät abgebe")
    await world.mia.send(world.channel, "hat leider nicht geklappt", reply_to=answer)
    assert "Schreib mir, was du getan hast und was dann passiert ist." in text(world.last)
