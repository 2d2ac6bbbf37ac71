"""The preview shows what an author saves, whatever is in the folder."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import discord
import pytest
from simcord import Env

from bot.app import Choices
from bot.dialogue.reply import Answer
from bot.discord_ui.asking.welcome import welcome
from bot.discord_ui.client import LessonBot
from bot.discord_ui.preview import turns
from bot.discord_ui.preview.copy import Copy
from bot.discord_ui.preview.serve import follow, why_no_port
from bot.discord_ui.preview.spoken import speaking, speaking_in_preview
from bot.discord_ui.preview.turns import Turns
from bot.discord_ui.preview.world import build, for_moderators
from bot.language.words import _, in_locale
from bot.lessons.library import Library
from bot.tutor import Tutor
from tests.support.asking import BREAD
from tests.support.shipped import KNOWLEDGE
from tests.support.tongues import TONGUES
from tests.support.waiting import until
from tests.support.walking import ask_for_reminders, letters
from tests.support.world import World, buttons, text

LESSON = "lesson: L\nentries:\n  - {{id: a, question: What is a wheel?, answer: {answer}}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lessons without pictures, and other files."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "a.yaml").write_text(LESSON.format(answer="Old."), encoding="utf-8")
    (folder / ".venv").mkdir()
    (folder / "broken-link").symlink_to("nowhere")
    return folder


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Copy:
    return Copy(folder, tmp_path / "copy", tmp_path / "taken")


@pytest.fixture
def library(copy: Copy) -> Library:
    """The copy of the lessons that moderators of the preview edit."""
    return Library.open(copy.folder)


def publish(library: Library, old: str, new: str) -> None:
    document = library.lessons.documents[0]
    assert old in document.text
    library.publish(document, document.text.replace(old, new))


async def test_a_saved_lesson_is_shown_at_once(folder: Path, copy: Copy, library: Library):
    """A saved lesson appears in the page at once, even if there is no folder with pictures."""
    tutor = Tutor(library)
    seen = asyncio.Event()

    async def then(kept: Sequence[str]) -> None:
        assert not kept
        seen.set()

    following = asyncio.create_task(follow(Library.open(folder), library, copy, then))
    await asyncio.sleep(0.5)
    (folder / "a.yaml").write_text(LESSON.format(answer="New."), encoding="utf-8")

    def has_it() -> bool:
        said = tutor.answer("what is a wheel")
        return isinstance(said, Answer) and said.text == "New."

    await until(has_it)
    assert not following.done(), "it goes on following"
    following.cancel()
    assert seen.is_set(), "the history hears of it, too"


def test_the_first_cards_propose_what_these_lessons_have(library: Library):
    """The cards propose a question of these lessons, and a walkthrough only if there is one."""
    me = cast("discord.ClientUser", SimpleNamespace(mention="@Lessonbot"))
    own = "".join(welcome(me, library.lessons, "").text)
    assert "`What is a wheel?`" in own
    assert "`/walkthrough`" not in own
    assert "`/browse`" in own
    shipped = Library.open(KNOWLEDGE).lessons
    assert "`/walkthrough`" in "".join(welcome(me, shipped, "").text)
    assert "walkthrough" not in "".join(for_moderators(library.lessons, "questions", "inbox").text)
    assert "finish a walkthrough" in "".join(for_moderators(shipped, "questions", "inbox").text)


def test_the_copy_holds_what_the_folder_holds(folder: Path, copy: Copy):
    """The copy has lessons and pictures, but no hidden files and no deleted lessons."""
    (folder / "b.yaml").write_text("lesson: B\n", encoding="utf-8")
    (folder / "images").mkdir()
    (folder / "images" / "p.png").write_bytes(b"p")
    (folder / "a.yaml").unlink()
    copy.take_over()
    assert sorted(path.name for path in copy.folder.iterdir()) == ["b.yaml", "images"]
    assert (copy.folder / "images" / "p.png").read_bytes() == b"p"


@pytest.mark.parametrize(
    "saved",
    [LESSON.format(answer="Saved by its author."), "# New.\n" + LESSON.format(answer="Old."), "lesson: [", None],
    ids=["the same line", "another line", "a mistake", "deleted"],
)
def test_a_file_that_both_changed_stays_as_it_was_published(
    folder: Path, copy: Copy, library: Library, saved: str | None
):
    """If its author saves it, too, the page says so and keeps the published one until it is undone."""
    publish(library, "Old.", "Published.")
    if saved is None:
        (folder / "a.yaml").unlink()
    else:
        (folder / "a.yaml").write_text(saved, encoding="utf-8")
    assert copy.take_over() == ["a.yaml"]
    assert not copy.take_over(), "it is said once"
    assert "Published." in (copy.folder / "a.yaml").read_text(encoding="utf-8")
    publish(library, "Published.", "Old.")
    (folder / "a.yaml").write_text(LESSON.format(answer="Saved again."), encoding="utf-8")
    assert not copy.take_over()
    assert "Saved again." in (copy.folder / "a.yaml").read_text(encoding="utf-8")


def test_a_published_file_is_not_replaced_by_a_new_one_of_its_name(folder: Path, copy: Copy, library: Library):
    """A new lesson or picture of the author does not replace a published one with the same name."""
    library.publish_all({"b.yaml": (None, "lesson: Published\n")})
    (copy.folder / "images").mkdir()
    (copy.folder / "images" / "p.png").write_bytes(b"published")
    (folder / "b.yaml").write_text("lesson: Saved\n", encoding="utf-8")
    (folder / "images").mkdir()
    (folder / "images" / "p.png").write_bytes(b"saved")
    assert copy.take_over() == ["b.yaml", "images/p.png"]
    assert (copy.folder / "b.yaml").read_text(encoding="utf-8") == "lesson: Published\n"
    assert (copy.folder / "images" / "p.png").read_bytes() == b"published"


async def test_what_becomes_due_by_the_wall_clock_is_done(world: World, monkeypatch: pytest.MonkeyPatch):
    """As real time passes, reminders arrive, and a member who was too fast can ask again."""
    run, was = Turns(world.env), world.env.now()
    now = was.timestamp()
    monkeypatch.setattr(turns, "time", SimpleNamespace(time=lambda: now))
    await ask_for_reminders(world)
    for __ in range(7):
        await world.ask("what is a venv")
    assert "Please wait" in text(world.last)
    now += 21
    async with run.take():
        assert "Please wait" not in text(await world.ask("what is a venv"))
    now += 3 * 86400
    async with run.take():
        assert world.env.now() - was == timedelta(days=3, seconds=21)
        (letter,) = letters(world)
        assert text(letter).startswith("-# You did the walkthrough")


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.EADDRINUSE, "is taken by another program"),
        (errno.EACCES, "may not be used by your account"),
        (errno.EADDRNOTAVAIL, "cannot be used: as the system says it"),
    ],
)
def test_why_a_port_cannot_be_used_is_said_in_words(number: int, why: str):
    """The error says why the port cannot be used."""
    assert why_no_port(OSError(number, "as the system says it")) == why


async def test_one_member_speaks_german_and_the_others_as_the_server(simcord_env: Env, simcord_bot: LessonBot):
    """What only one member sees can be looked at in any language: Lena's, or the one chosen in the settings."""
    navigation = await build(simcord_env, simcord_bot)
    people = {each.user.name: each for each in navigation.members}

    async def ask(who: str) -> list[str]:
        return buttons(await people[who].slash(navigation.first, "ask", question=BREAD))

    with speaking(speaking_in_preview(navigation)):
        assert "Ask the moderators" in await ask("mia")
        assert "Die Moderation fragen" in await ask("lena")
        await simcord_bot.app.servers.set(simcord_bot.guilds[0].id, Choices(language="es"))
        assert "Preguntar a la moderación" in await ask("mia")
        assert "Die Moderation fragen" in await ask("lena")


@pytest.mark.parametrize("lessons", [each.lessons for each in TONGUES], indirect=True, ids=map(str, TONGUES))
async def test_whoever_looks_at_lessons_is_greeted_in_their_language(simcord_env: Env, simcord_bot: LessonBot):
    """They see how the bot speaks to the members of the community that has these lessons."""
    navigation = await build(simcord_env, simcord_bot)
    greeting, for_max = navigation.first.history()
    language = simcord_bot.app.tutor.snapshot.language
    assert language in {"de", "es"}
    with in_locale(language):
        assert _("Hi! Here are three things to try") in text(greeting)
        assert _("Three things to try as a moderator") in text(for_max)
    places = {"de": ["frag-hier", "fragen", "posteingang"], "es": ["pregunta-aquí", "preguntas", "bandeja"]}
    assert [each.name for each in navigation.channels] == places[language]
    assert all(f"`{name}`" in text(for_max) for name in places[language][1:])
    (server,) = simcord_bot.guilds
    here = {"de": ("Lernende", "Moderation"), "es": ("Estudiantes", "Moderación")}
    assert (server.name, server.roles[1].name) == here[language]
