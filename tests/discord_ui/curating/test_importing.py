"""An import is reviewed first, then published and undone completely."""

from __future__ import annotations

import asyncio
import copy
from pathlib import Path
from typing import Any

import pytest

from tests.support.editing import draft, lesson, press, undo, undo_latest
from tests.support.folders import on_disk
from tests.support.lesson_texts import SNAKES
from tests.support.world import World, buttons, components, message, said, text, with_button
from tests.support.zips import zipped

FILE = "virtual-environments.yaml"


def changed(lessons: Path) -> str:
    return lesson(lessons).replace("**isolated Python environment**", "place of its own")


async def propose(world: World, files: dict[str, str | bytes]) -> Any:
    return await world.max.slash(world.channel, "lessons import", file=("lessons.zip", zipped(files)))


async def test_an_import_shows_its_lines_and_is_taken_back_whole(world: World, lessons: Path):
    """The difference is shown before publishing; Undo takes back all files, and Redo brings them back."""
    before = on_disk(lessons)
    files: dict[str, str | bytes] = {FILE: changed(lessons), "snakes.yaml": SNAKES}
    proposed = await propose(world, files)
    for expected in (
        "1 entry or scenario changed",
        "1 entry or scenario added",
        "```diff",
        "+      A virtual environment",
        f"{FILE}:",
        "snakes.yaml:",
    ):
        assert expected in said(proposed).replace("\\", ""), expected
    preview = with_button(proposed, "Publish")
    imported = await press(world, proposed, "Publish")
    assert on_disk(lessons) == {**before, **files}
    assert "Imported" in text(preview), "the preview is replaced"
    assert buttons(preview) == ["Undo import"], "what is published can no longer be discarded"
    undone = await undo(world, imported, "Undo import")
    assert on_disk(lessons) == before
    assert "deleted lesson: Snakes (snakes.yaml)" in said(undone)
    await undo(world, undone, "Redo")
    assert on_disk(lessons) == {**before, **files}, "an undo can be undone"


async def test_a_lesson_of_another_name_says_which_lesson_it_changes(world: World, lessons: Path):
    """With the title of a lesson and an entry of it, it changes that one; nothing else on the card says why."""
    proposed = await propose(world, {"my-notes.yaml": changed(lessons)})
    expected = f"my-notes.yaml changes the lesson {FILE}: it has its title or name, and entries of it."
    assert expected in said(proposed).replace("\\", "")
    proposed = await propose(world, {FILE: changed(lessons)})
    assert "changes the lesson" not in said(proposed)


async def test_what_an_editor_saved_meanwhile_is_not_imported_again(world: World, lessons: Path):
    """Whoever publishes reads that there is nothing left to do, and not that the import did it."""
    proposed = await propose(world, {FILE: changed(lessons)})
    (lessons / FILE).write_text(changed(lessons), encoding="utf-8")
    world.bot.app.library.reload()
    late = await press(world, proposed, "Publish")
    assert "The lessons already match this file." in said(late)


@pytest.mark.usefixtures("at_once")
async def test_two_presses_at_once_publish_once_and_say_so(world: World, lessons: Path):
    """Neither of them is told that nothing was imported."""
    before = on_disk(lessons)
    proposed = await propose(world, {FILE: changed(lessons), "snakes.yaml": SNAKES})
    card = with_button(proposed, "Publish")
    both = await asyncio.gather(*(world.max.click(card, label="Publish") for _ in range(2)))
    assert on_disk(lessons) == {**before, FILE: changed(lessons), "snakes.yaml": SNAKES}
    assert "2 lessons changed" in text(card)
    for press_ in both:
        assert "Nothing was imported" not in said(press_)
        assert "Not published" not in said(press_)
    await undo(world, card, "Undo import")
    assert on_disk(lessons) == before


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("labels", [("Publish", "Discard import"), ("Discard import", "Publish")])
async def test_of_publish_and_discard_at_once_one_is_done_and_the_other_refused(
    world: World, lessons: Path, labels: tuple[str, str]
):
    """The card never says that an import was discarded that is published."""
    card = with_button(await propose(world, {"snakes.yaml": SNAKES}), "Publish")
    both = await asyncio.gather(*(world.max.click(card, label=label) for label in labels))
    is_published = "snakes.yaml" in on_disk(lessons)
    assert ("Import discarded. The lessons have not changed." in text(card)) != is_published
    refused = both[labels.index("Discard import" if is_published else "Publish")]
    assert "this import was already published, discarded or shown again" in said(refused)


async def test_a_second_press_on_an_import_shows_what_the_first_published(world: World, lessons: Path):
    """It came before Discord showed the new card. Another import is reviewed again, as the lessons changed."""
    proposed = await propose(world, {"snakes.yaml": SNAKES})
    other = await propose(world, {"stones.yaml": SNAKES.replace("snake", "stone")})
    card, another = with_button(proposed, "Publish"), with_button(other, "Publish")
    stored = world.env.backend.get_message(world.channel.id, card.id)
    as_it_was, files = copy.deepcopy(stored.components), list(stored.attachments)
    await world.max.click(card, label="Publish")
    stored.components, stored.attachments = as_it_was, files
    await world.max.click(card, label="Publish")
    assert "Imported" in text(card)
    assert buttons(card) == ["Undo import"]
    later = await world.max.click(another, label="Publish")
    assert "Not published: the lessons have changed" in said(later)
    assert "stones.yaml" not in on_disk(lessons)


async def test_one_file_of_an_import_is_taken_back_from_the_history(world: World, lessons: Path):
    """Moderators undo this file alone, or everything that was published with it."""
    before = on_disk(lessons)
    await press(world, await propose(world, {FILE: changed(lessons), "snakes.yaml": SNAKES}), "Publish")
    listed = await world.max.slash(world.channel, "lessons history")
    menu = next(part for part in components(message(listed)) if "options" in part)
    choice = next(each["value"] for each in menu["options"] if "Snakes" in each["label"])
    one = await world.max.select(message(listed), [choice])
    assert {"Undo this change", "Undo the changes in all 2 files"} <= set(
        buttons(with_button(one, "Undo this change"))
    )
    await undo(world, one, "Undo this change")
    assert on_disk(lessons) == {**before, FILE: changed(lessons)}


async def test_an_undo_that_would_lose_something_newer_asks_first(world: World, lessons: Path):
    """It shows the newer changes and everything that would be lost, and waits for a press."""
    before = on_disk(lessons)
    imported = await press(world, await propose(world, {"snakes.yaml": SNAKES}), "Publish")
    box = await world.max.slash(world.channel, "lessons edit", what="a-snake")
    typed = {"question": "What is a snake?", "phrasings": "", "answer": "It is very long."}
    await press(world, await world.max.submit_modal(box, typed), "Publish")
    asked = await press(world, imported, "Undo import")
    assert "snakes.yaml has newer changes" in said(asked)
    assert "Publish" not in buttons(with_button(asked, "Discard draft"))
    proposed = await press(world, asked, "Undo anyway and lose newer changes")
    assert "It is very long." in said(proposed)
    assert "Effect on answers" in said(proposed)
    assert on_disk(lessons) != before
    await press(world, proposed, "Publish")
    assert on_disk(lessons) == before


async def test_an_undo_that_would_break_another_lesson_says_so(world: World, lessons: Path):
    """Nothing changes, and the message names the file and the entry."""
    await press(world, await propose(world, {"snakes.yaml": SNAKES}), "Publish")
    (first,) = world.bot.app.library.lessons.documents[-1:]
    related = first.text.replace("related: [", "related: [a-snake, ", 1)
    assert related != first.text
    listed = await world.max.slash(world.channel, "lessons history")
    menu = next(part for part in components(message(listed)) if "options" in part)
    (lessons / first.file).write_text(related, encoding="utf-8")
    there = on_disk(lessons)
    one = await world.max.select(message(listed), [menu["options"][0]["value"]])
    refused = await press(world, one, "Undo this change")
    assert "cannot be undone yet" in said(refused)
    assert "no entry has the ID 'a-snake'" in said(refused).replace("\\", "")
    assert on_disk(lessons) == there


async def test_the_card_of_a_large_import_fits(world: World, lessons: Path):
    """Many files, long names and long lines fit, and the card says how much is left out."""
    long = "_*`" * 300
    files: dict[str, str | bytes] = {
        f"{'a_long_name_' * 6}{n}.yaml": SNAKES.replace("a-snake", f"snake-{n}")
        .replace("long", long)
        .replace("a snake", f"snake {n} {'_*' * 60}")
        for n in range(40)
    }
    proposed = await propose(world, files)
    assert "more line" in said(proposed)
    assert "- and" in said(proposed)
    assert len(text(with_button(proposed, "Publish"))) <= 4000
    await press(world, proposed, "Publish")
    assert len(on_disk(lessons)) > 40
    undone = await undo_latest(world)
    assert "Undone" in said(undone)


async def test_a_file_that_discord_would_not_take_back_is_refused_at_once(world: World, lessons: Path, takes: Any):
    """The bot could not attach it to the review; the message says what to do instead."""
    content = zipped({"snakes.yaml": SNAKES})
    takes(50)
    unread = await world.max.slash(world.channel, "lessons import", file=("lessons.zip", b"no zip" * 10))
    assert "Split it" in said(unread), "before anything looks into it"
    takes(len(content) - 1)
    before = on_disk(lessons)
    refused = await world.max.slash(world.channel, "lessons import", file=("lessons.zip", content))
    assert "Split it" in said(refused)
    assert "lessons folder" in said(refused)
    takes(len(content))
    proposed = await world.max.slash(world.channel, "lessons import", file=("lessons.zip", content))
    takes(10)  # the server lost its boosts meanwhile, and the lessons were changed
    await press(world, await draft(world), "Publish")
    (lessons / "snakes.yaml").write_text("lesson: Other\n", encoding="utf-8")
    assert "Split it" in said(await press(world, proposed, "Publish"))
    assert set(on_disk(lessons)) == {*before, "snakes.yaml"}
