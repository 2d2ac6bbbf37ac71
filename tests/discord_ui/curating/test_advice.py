"""`/lessons check` with many lessons or a broken picture; and what a moderator role still needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import App
from bot.errors import Problem
from tests.support.world import World, message, text


async def test_the_check_says_at_once_that_it_is_at_work(world: World, monkeypatch: pytest.MonkeyPatch):
    """Discord waits for three seconds, and checking thousands of entries takes longer, also for a later page."""
    answered = []
    look_through = world.bot.app.advice

    def watched() -> list[Problem]:
        last = world.env.http_requests[-1]
        answered.append((last.path.endswith("/callback"), last.json and last.json["type"]))
        return [*look_through(), *(Problem("a.yaml", n, "", "is odd") for n in range(9))]

    monkeypatch.setattr(App, "advice", lambda _app: watched())
    shown = await world.max.slash(world.channel, "lessons check")
    assert "9 recommendations" in text(shown)
    assert shown.ephemeral
    later = await world.max.click(message(shown), custom_id="lb:advice:1")
    assert "Page 2 of 2" in text(later)
    assert answered == [(True, 5), (True, 6)]


async def test_a_problem_names_its_field(world: World, lessons: Path):
    """In a file with forty entries, "must not be empty" alone would not help."""
    file = lessons / "more.yaml"
    file.write_text("lesson: More\nentries:\n- {id: a, question: Why, answer: ''}\n- id: b\n", encoding="utf-8")
    world.bot.app.library.reload()
    said = text(await world.max.slash(world.channel, "lessons check"))
    assert "`more.yaml:3` the answer: must not be empty" in said
    assert "`more.yaml:4` the question: is missing" in said


async def test_what_was_cut_off_is_named_before_entries_without_phrasings(world: World, lessons: Path):
    """A new lesson has many of these. Between them, nobody would see that half an answer is missing."""
    entries = "".join(f"- {{id: e{n}, question: What is e{n}?, answer: A}}\n" for n in range(20))
    cut = "- id: cut\n  question: Where do we meet?\n  answer: Write to us in #meetings, and we will tell you.\n"
    (lessons / "club.yaml").write_text(f"lesson: Club\nentries:\n{entries}{cut}", encoding="utf-8")
    world.bot.app.library.reload()
    said = text(await world.max.slash(world.channel, "lessons check"))
    assert "everything after ' #' is a comment" in said
    assert "Page 1 of 3" in said


async def test_a_picture_that_is_cut_off_is_named(world: World, lessons: Path):
    """Its first bytes are right, but learners would see nothing."""
    picture = lessons / "images" / "two-django-versions.png"
    picture.write_bytes(picture.read_bytes()[:40])
    world.bot.app.library.reload()
    said = text(await world.max.slash(world.channel, "lessons check"))
    assert "cannot be displayed: it is incomplete or damaged" in said
    assert "Page" not in said, "there is one"
    assert picture.name in said.replace("\\", "")


async def test_who_chooses_a_role_is_told_what_discord_still_wants(world: World):
    """Discord still hides the command from that role, and the card says how to change that."""
    helpers = world.server.create_role("Helpers")
    card = await world.max.slash(world.channel, "lessons settings")
    assert "Integrations" not in text(card)
    await world.max.select(message(card), [helpers], custom_id="lb:set-role")
    assert "Server Settings → Integrations" in text(card)
