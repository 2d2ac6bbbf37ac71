"""Messages and posts that tell a story and ask several things in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.posts import open_post
from tests.support.world import World, suggested, text

CHOIR = """
lesson: Unser Chor
language: de
entries:
  - {id: when, question: Wann ist Probe?, answer: "Jeden Dienstag um 19:30 Uhr."}
  - {id: where, question: Wo proben wir?, answer: Im Gemeindehaus.}
  - {id: audition, question: Muss ich vorsingen?, answer: Nein.}
  - {id: read, question: Muss ich Noten lesen können?, answer: "Nein, es hilft aber."}
  - {id: fee, question: Was kostet die Mitgliedschaft?, answer: 12 Euro im Monat.}
  - {id: sheets, question: Wo bekomme ich die Noten?, answer: Renate teilt sie aus.}
  - {id: concert, question: Wann ist das nächste Konzert?, answer: Am 12. Dezember.}
  - {id: clothes, question: Was ziehen wir beim Konzert an?, answer: "Schwarz, mit rotem Schal."}
  - {id: tickets, question: Wo gibt es Karten für das Konzert?, answer: In der Buchhandlung.}
  - {id: child, question: Kann ich mein Kind zur Probe mitbringen?, answer: "Ja, es gibt eine Spielecke."}
"""
STORY = (
    "Hallo ihr Lieben, ich bin ja erst seit September dabei und das wird mein erstes Konzert mit euch, bin schon "
    "ganz aufgeregt!"
)


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """The lessons of a choir, in German and without phrasings."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "chor.yaml").write_text(CHOIR, encoding="utf-8")
    return folder


async def in_post(world: World, title: str, body: str) -> str:
    forum = world.server.create_forum_channel("fragen")
    post = await open_post(world, forum, world.mia, title, f"{world.mention} {body}")
    (said,) = (each for each in post.history() if each.components)
    return text(said)


async def test_what_is_found_for_each_question_of_a_message_is_offered(world: World):
    """Nothing is found for all of it together."""
    asked = "Jetzt zwei Fragen: Was muss ich denn anziehen? Und wo bekommen meine Kinder und mein Mann Karten?"
    offered = suggested(await world.ask(f"{STORY} {asked} Liebe Grüße, Sabine"))
    assert offered[:1] == ["Was ziehen wir beim Konzert an?"]


async def test_questions_that_surely_have_answers_get_them_all(world: World):
    """In a post and in a message, behind a story."""
    asked = f"{STORY} Wann ist heute Probe? Muss man denn vorsingen?"
    for said in (await in_post(world, "Zwei Fragen", asked), text(await world.ask(asked))):
        assert "Du hast zwei Dinge gefragt" in said
        assert "Wann ist Probe?" in said
        assert "Muss ich vorsingen?" in said
