"""What happens to drafts: forms that are closed, pictures, and presses that come in between."""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path
from typing import Any

import pytest

from bot.discord_ui.curating import after_publishing
from tests.support.asking import BREAD, moderate, pass_on, slash
from tests.support.editing import ENTRY, NEW, draft, lesson, open_edit, press, texts, undo
from tests.support.forms import LESSON, filled, lessons_in
from tests.support.pictures import png
from tests.support.world import (
    World,
    buttons,
    components,
    message,
    messages,
    said,
    second_moderator,
    text,
    with_button,
)

DAY = 24 * 3600


def images(lessons: Path) -> set[str]:
    return {each.name for each in (lessons / "images").iterdir()}


def only(lessons: Path, text: str) -> None:
    """An editor left one lesson."""
    for each in lessons.glob("*.yaml"):
        each.unlink()
    (lessons / "other.yaml").write_text(text, encoding="utf-8")


async def picture(world: World, content: bytes, entry: str = ENTRY) -> Any:
    return await world.max.slash(
        world.channel, "lessons picture", entry=entry, picture=("venv.png", content), alt="A drawing"
    )


# Drafts that change nothing


async def test_two_moderators_with_the_same_fix_are_no_conflict(world: World):
    """The second reads that it is done, and who did it; so does whoever takes all of the other's text."""
    ada = second_moderator(world)
    first, second = await draft(world), await draft(world, ada)
    await press(world, first, "Publish")
    done = await press(world, second, "Publish", ada)
    assert "The lessons already say this (changed by max). Nothing is left to publish." in said(done)
    assert "Fix before publishing" not in said(done)
    assert {"Publish", "Keep both changes"}.isdisjoint(buttons(messages(done)[-1]))
    await press(world, done, "Discard draft", ada)
    second = await draft(world, ada, answer="Ada's answer.")
    await press(world, await draft(world, answer="Max's answer."), "Publish")
    clashed = await press(world, second, "Publish", ada)
    merged = await press(world, clashed, "Keep both, use their text where they differ", ada)
    assert "The lessons already say this. Nothing is left to publish." in said(merged)
    assert "Fix before publishing" not in said(merged)


async def test_what_was_removed_meanwhile_need_not_be_removed(world: World):
    """Nor is there anything to fix."""
    ada = second_moderator(world)
    first, second = [await each.slash(world.channel, "lessons remove", entry=ENTRY) for each in (world.max, ada)]
    await press(world, first, "Publish")
    done = said(await press(world, second, "Publish", ada))
    assert "This has already been removed. Nothing is left to publish." in done
    assert "Fix before publishing" not in done


# Forms that were closed


async def test_a_form_that_was_only_looked_at_is_not_brought_back(world: World):
    """If a form is opened and closed several times, the next one is empty, and only one draft is stored."""
    for _ in range(3):
        assert (await open_edit(world)).modal
        assert (await world.max.slash(world.channel, "lessons add")).modal
    assert len(await world.bot.app.curating.drafts.of(world.max.id)) == 2


async def test_a_form_that_a_miss_filled_in_is_not_brought_back_either(world: World):
    """The form only contains the member's question. The miss stays, also if the draft is discarded or expires."""
    await pass_on(world, await slash(world, BREAD))
    for _ in range(2):
        shown = await moderate(world)
        assert BREAD in text(shown)
        box = await world.max.click(message(shown), label="Add as new entry")
        assert "Members see this as the title" in str(box.modal), "it holds what the member typed"
        (lesson,) = set(re.findall(r"'value': '([0-9a-f]{12})'", str(box.modal))[:1])
    (begun,) = await world.bot.app.curating.drafts.of(world.max.id)
    assert begun.untouched
    typed = {"question": BREAD, "phrasings": "", "answer": "With yeast.", "in-lesson": [lesson]}
    proposed = await world.max.submit_modal(box, typed)
    await press(world, proposed, "Discard draft")
    assert BREAD in text(await moderate(world))


@pytest.mark.parametrize("label", ["Add as new entry", "Add as phrasing of: "])
async def test_what_was_written_for_a_miss_is_shown_again(world: World, label: str):
    """The same button shows the draft that was left, also for those who asked it since: there is no second one."""
    await pass_on(world, await slash(world, BREAD))

    def starts(button: str) -> bool:
        return button.startswith(label)

    async def begin() -> Any:
        shown = await moderate(world)
        menu = next(part for part in components(shown) if part.get("custom_id", "").startswith("lb:miss-entry:"))
        await world.max.select(message(shown), [menu["options"][0]["value"]], custom_id=menu["custom_id"])
        return await world.max.click(message(shown), label=next(filter(starts, buttons(shown))))

    begun = await begin()
    if begun.modal:
        chosen = [next(iter(lessons_in(begun).values()))]
        await world.max.submit_modal(begun, {**filled(begun), "answer": "With an oven.", LESSON: chosen})
    await slash(world, "how to bake bread?")
    left = await begin()
    assert "You left this draft" in said(left)
    assert len(await world.bot.app.curating.drafts.of(world.max.id)) == 1
    await press(world, left, "Publish")
    assert "No open questions" in text(await moderate(world))
    assert await world.bot.app.curating.drafts.of(world.max.id) == []


async def test_old_drafts_go_by_themselves_and_their_misses_stay(world: World, new_bot: Any, lessons: Path):
    """Without a question or a restart; their pictures are deleted, too, and newer drafts stay."""
    before = images(lessons)
    await pass_on(world, await slash(world, BREAD))
    shown = await moderate(world)
    await world.max.click(message(shown), label="Add as new entry")
    await picture(world, png())
    assert images(lessons) != before
    await world.env.advance_time(2 * DAY)
    (kept,) = await world.bot.app.curating.drafts.of(world.max.id)
    assert kept.item_id == ENTRY
    assert BREAD in text(await moderate(world))
    # Without those who would wake up a hundred times meanwhile: a bot that was off, and starts again.
    for cog in ("NotificationSender", "ReminderSender"):
        await world.bot.remove_cog(cog)
    await world.env.advance_time(91 * DAY)
    await world.env.restart_bot(new_bot())
    await world.env.settle()
    assert await world.bot.app.curating.drafts.of(world.max.id) == []
    assert images(lessons) == before


async def test_drafts_grow_old_where_nobody_asks(world: World):
    """Drafts alone also wake the task that deletes old data."""
    await open_edit(world)
    await world.env.advance_time(2 * DAY)
    assert await world.bot.app.curating.drafts.of(world.max.id) == []


async def test_a_form_sent_after_its_draft_is_gone_says_so(world: World):
    """It was open for days, or discarded on another device."""
    box = await open_edit(world)
    (begun,) = await world.bot.app.curating.drafts.of(world.max.id)
    await world.bot.app.curating.drafts.discard(begun.id)
    assert "or too old" in said(await world.max.submit_modal(box, texts()))


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("labels", [("Publish", "Discard draft"), ("Discard draft", "Publish")])
async def test_of_publish_and_discard_at_once_one_is_done_and_the_other_refused(
    world: World, lessons: Path, labels: tuple[str, str]
):
    """The card never says that a draft was discarded that is published."""
    card = with_button(await draft(world), "Publish")
    both = await asyncio.gather(*(world.max.click(card, label=label) for label in labels))
    is_published = NEW in lesson(lessons)
    assert ("Draft discarded. The lessons have not changed." in text(card)) != is_published
    refused = both[labels.index("Discard draft" if is_published else "Publish")]
    assert "It was published, discarded or too old" in said(refused)


# Pictures


async def test_a_discarded_picture_is_gone(world: World, lessons: Path):
    """A replaced picture is deleted, too; the published one stays."""
    before = images(lessons)
    proposed = await picture(world, png())
    assert len(images(lessons)) == len(before) + 1
    await press(world, proposed, "Discard draft")
    assert images(lessons) == before
    await picture(world, png())
    better = await picture(world, png(50, 50))
    assert len(await world.bot.app.curating.drafts.of(world.max.id)) == 1
    await press(world, better, "Publish")
    (added,) = images(lessons) - before
    assert world.bot.app.library.lessons.entries[ENTRY].image.file == f"images/{added}"


async def test_a_picture_joins_the_edit_that_was_begun(world: World, lessons: Path):
    """An entry has one draft: one press publishes the text and the picture."""
    await draft(world)
    proposed = await picture(world, png())
    await press(world, proposed, "Publish")
    assert NEW in lesson(lessons)
    assert world.bot.app.library.lessons.entries[ENTRY].image


async def test_an_entry_that_an_editor_took_out_in_the_moment_is_named(world: World, lessons: Path):
    """If an entry was just removed from the file, there is no error, and no picture is left."""
    before = images(lessons)
    only(lessons, "lesson: Other\nentries: [{id: b, question: What else?, answer: This.}]\n")
    for shown in (
        await picture(world, png()),
        await world.max.slash(world.channel, "lessons remove", entry="deactivate-a-venv"),
    ):
        assert "No entry or scenario has that name" in said(shown)
    assert images(lessons) == before


# What follows on a publishing


class Telling:
    """What follows on a publishing takes ten minutes, as for hundreds of members; then it says so, or fails."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.error: Exception | None = None
        monkeypatch.setattr(world.bot, "after_publishing", self)

    async def __call__(self, revision: Any) -> str:
        if revision.kind == "undo":
            return ""
        await asyncio.sleep(600)
        if self.error:
            raise self.error
        return "3 members told"

    async def done(self) -> None:
        await self.world.env.advance_time(600)
        assert not after_publishing._following


@pytest.fixture
def telling(world: World, monkeypatch: pytest.MonkeyPatch) -> Telling:
    return Telling(world, monkeypatch)


async def test_published_is_said_before_hundreds_are_told(world: World, telling: Telling):
    """The moderator sees the card with Undo at once; the number of notified members is added later."""
    proposed = await draft(world)
    await press(world, proposed, "Publish")
    card = with_button(proposed, "Undo")
    assert "Published" in text(card)
    assert "told" not in text(card)
    await telling.done()
    assert "3 members told" in text(card)
    assert buttons(card) == ["Undo"]


async def test_what_was_undone_meanwhile_stays_undone(world: World, telling: Telling, lessons: Path):
    """The card then says so, and not how many were notified."""
    before = lesson(lessons)
    proposed = await draft(world)
    await press(world, proposed, "Publish")
    card = with_button(proposed, "Undo")
    undone = await undo(world, card)
    assert "Undone" in said(undone)
    await telling.done()
    assert "Undone" in said(undone)
    assert "told" not in text(card) + said(undone)
    assert lesson(lessons) == before


async def test_an_import_is_said_before_hundreds_are_told(
    world: World, telling: Telling, caplog: pytest.LogCaptureFixture
):
    """Also where what follows fails: it is published, and the card with Undo says so."""
    telling.error = RuntimeError("the database went away")
    file = ("parrots.md", b"# Parrots\n\n## What is a parrot?\n\nA bird that talks.\n")
    proposed = await world.max.slash(world.channel, "lessons import", file=file)
    await press(world, proposed, "Publish")
    assert "Imported" in text(with_button(proposed, "Undo import"))
    await telling.done()
    assert "Imported" in text(with_button(proposed, "Undo import"))
    assert "the database went away" in caplog.text
    caplog.clear()


async def test_an_edit_that_comes_too_late_is_no_error(
    world: World, telling: Telling, caplog: pytest.LogCaptureFixture
):
    """Notifying took longer than Discord allows the card to be edited."""
    caplog.set_level(logging.INFO)
    proposed = await draft(world)
    await press(world, proposed, "Publish")
    world.env.inject_error("PATCH", "/webhooks/*", status=401, code=50027, message="Invalid Webhook Token")
    await telling.done()
    assert "a card could not be updated" in caplog.text
    assert "Published" in text(with_button(proposed, "Undo"))


async def test_what_follows_does_not_wait_for_the_card(world: World, monkeypatch: pytest.MonkeyPatch):
    """If Discord refuses the card, the edit is still published, and members are notified."""
    followed: list[str] = []

    async def note(revision: Any) -> str:
        followed.append(revision.item_id)
        return "told"

    monkeypatch.setattr(world.bot, "after_publishing", note)
    proposed = await draft(world)
    world.env.inject_error("PATCH", "/webhooks/*", status=404, code=10008, message="Unknown Message")
    await press(world, proposed, "Publish")
    assert followed == ["what-is-a-virtual-environment"]
    assert not after_publishing._following


async def test_a_failure_of_what_follows_is_logged(
    world: World, telling: Telling, caplog: pytest.LogCaptureFixture
):
    """The edit is still published, and the log says what went wrong."""
    telling.error = RuntimeError("the database went away")
    proposed = await draft(world)
    await press(world, proposed, "Publish")
    await telling.done()
    assert "the database went away" in caplog.text
    assert "Published" in text(with_button(proposed, "Undo"))
    caplog.clear()
