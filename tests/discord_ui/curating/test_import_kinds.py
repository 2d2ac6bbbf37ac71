"""A community's own pages become lessons in Discord: report, difference and impact first, then one press."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot.curating.committing import Committing
from tests.support.discord_exports import exported
from tests.support.discord_exports import said as said_there
from tests.support.editing import press, undo
from tests.support.folders import everywhere
from tests.support.git import git
from tests.support.lesson_texts import SNAKES
from tests.support.pictures import png
from tests.support.world import World, buttons, components, said, text, with_button
from tests.support.zips import zipped

FAQ = """# Parrots

Welcome to our page.

## What is a parrot?

A bird that talks.

## Why is the parrot asleep?

It is tired.
"""
SHEET = "What is a perch?,Where a bird sits.\nWhat is a cage?,Where a bird lives.\n"


async def test_a_page_is_reviewed_published_asked_and_undone(world: World, lessons: Path):
    """The report says what was left out; after publishing, the page's question is answered at once."""
    before = everywhere(lessons)
    proposed = await world.max.slash(world.channel, "lessons import", file=("parrots.md", FAQ.encode()))
    for expected in ("Import parrots.md?", "2 entries or scenarios added", "Not imported", "Welcome", "```diff"):
        assert expected in said(proposed).replace("\\", ""), expected
    assert "Effect on answers" in said(proposed)
    assert everywhere(lessons) == before
    imported = await press(world, proposed, "Publish")
    assert "source: parrots.md" in everywhere(lessons)["parrots.yaml"]
    answer = await world.mia.slash(world.channel, "ask", question="why is the parrot asleep")
    assert "It is tired" in said(answer)
    again = await world.max.slash(world.channel, "lessons import", file=("parrots.md", FAQ.encode()))
    assert "There is nothing to import" in said(again)
    await undo(world, imported, "Undo import")
    assert everywhere(lessons) == before


async def test_a_saved_channel_is_reviewed_published_and_asked(world: World, lessons: Path):
    """What a moderator replied there is answered now; nobody's name is in the lesson, or on the card."""
    channel = exported(
        said_there("mia", "hi @Tom (Mod), how often do parrots bathe?", mentions=("tom",)),
        said_there("tom", "@Mia Kay twice a week.", to=0, mentions=("mia",)),
        said_there("bo", "Can I have one?"),
    )
    proposed = await world.max.slash(world.channel, "lessons import", file=("faq [3].json", channel.encode()))
    for expected in ("1 entry or scenario added", "a message that asks nothing, or that no moderator replied to"):
        assert expected in said(proposed).replace("\\", ""), expected
    assert not any(each in said(proposed) for each in ("Mia Kay", "Tom (Mod)", "avatars"))
    await press(world, proposed, "Publish")
    answer = await world.mia.slash(world.channel, "ask", question="how often do parrots bathe")
    assert "twice a week" in said(answer)
    saved = "".join(everywhere(lessons).values())
    assert not any(each in saved for each in ("Mia Kay", "Tom (Mod)", "avatars"))


async def test_a_page_that_changed_keeps_what_moderators_edited_since(world: World, lessons: Path):
    """If both sides changed a text, the moderator chooses one; all other changes are merged."""
    first = await world.max.slash(world.channel, "lessons import", file=("parrots.md", FAQ.encode()))
    await press(world, first, "Publish")
    file = lessons / "parrots.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("talks", "speaks"), encoding="utf-8")
    newer = FAQ.replace("talks", "sings").replace("tired", "stunned")
    proposed = await world.max.slash(world.channel, "lessons import", file=("parrots.md", newer.encode()))
    assert {"Publish, keep our texts in conflicts", "Discard import"} <= set(
        buttons(with_button(proposed, "Discard import"))
    )
    await press(world, proposed, "Publish, keep our texts in conflicts")
    assert "speaks" in file.read_text(encoding="utf-8")
    assert "stunned" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("with_git", [False, True])
async def test_keeping_our_texts_can_be_all_that_an_import_does(world: World, lessons: Path, *, with_git: bool):
    """The card says so, and the next import of the page does not ask again."""
    first = await world.max.slash(world.channel, "lessons import", file=("parrots.md", FAQ.encode()))
    await press(world, first, "Publish")
    file = lessons / "parrots.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("talks", "speaks"), encoding="utf-8")
    world.bot.app.library.reload()
    if with_git:
        git(lessons, "init", "-q")
        git(lessons, "add", ".")
        git(lessons, "commit", "-q", "-m", "first")
        world.bot.app.curating.ledger.publish_hook = Committing(world.bot.app.library).publish_hook
    before = everywhere(lessons)
    newer = ("parrots.md", FAQ.replace("talks", "sings").encode())
    proposed = await world.max.slash(world.channel, "lessons import", file=newer)
    card = with_button(proposed, "Publish, keep our texts in conflicts")
    await press(world, proposed, "Publish, keep our texts in conflicts")
    assert "Our texts were kept. No lesson was changed." in text(card)
    assert everywhere(lessons) == before
    if with_git:
        assert git(lessons, "log", "-1", "--format=%an").strip() == "max"
        assert git(lessons, "status", "--porcelain") == ""
    assert "There is nothing to import" in said(await world.max.slash(world.channel, "lessons import", file=newer))


async def test_each_conflict_can_be_decided_by_itself(world: World, new_bot: Any, lessons: Path):
    """A menu names each text that both sides changed; the card then shows what will be published."""
    first = await world.max.slash(world.channel, "lessons import", file=("parrots.md", FAQ.encode()))
    await press(world, first, "Publish")
    file = lessons / "parrots.yaml"
    ours = file.read_text(encoding="utf-8").replace("talks", "speaks").replace("tired", "fast asleep")
    file.write_text(ours, encoding="utf-8")
    newer = FAQ.replace("talks", "sings").replace("tired", "stunned")
    proposed = await world.max.slash(world.channel, "lessons import", file=("parrots.md", newer.encode()))
    for expected in ("Changed here and in the file", "A bird that speaks", "A bird that sings", "fast asleep"):
        assert expected in said(proposed).replace("\\", ""), expected
    card = with_button(proposed, "Discard import")
    (menu,) = [part for part in components(card) if "options" in part]
    assert [each["label"] for each in menu["options"]] == [
        "1. What is a parrot?: the answer",
        "2. Why is the parrot asleep?: the answer",
    ]
    assert "stunned" in menu["options"][1]["description"]
    await world.max.select(card, ["1"], custom_id=menu["custom_id"])
    card = with_button(proposed, "Discard import")
    (menu,) = [part for part in components(card) if "options" in part]
    assert [bool(each.get("default")) for each in menu["options"]] == [False, True]
    await world.env.restart_bot(new_bot())
    await press(world, proposed, "Publish, take the chosen texts of the file")
    assert "speaks" in file.read_text(encoding="utf-8")
    assert "stunned" in file.read_text(encoding="utf-8")


async def test_several_files_are_one_import_and_a_sheet_says_what_its_columns_are(world: World, lessons: Path):
    """A lesson, a page and a sheet without a header; one press discards all, one publishes all."""
    files = {"file": ("snakes.yaml", SNAKES.encode()), "file2": ("parrots.md", FAQ.encode())}
    before = everywhere(lessons)
    asked = await world.max.slash(world.channel, "lessons import", file=("birds.csv", SHEET.encode()))
    assert "columns" in said(asked)
    given = {**files, "file3": ("birds.csv", SHEET.encode()), "columns": "question, answer"}
    proposed = await world.max.slash(world.channel, "lessons import", **given)
    assert "Import 3 files?" in said(proposed)
    gone = await press(world, proposed, "Discard import")
    assert "Import discarded" in said(gone) + said(proposed)
    assert everywhere(lessons) == before
    proposed = await world.max.slash(world.channel, "lessons import", **given)
    await press(world, proposed, "Publish")
    assert everywhere(lessons).keys() - before.keys() == {"snakes.yaml", "parrots.yaml", "birds.yaml"}


async def test_relative_links_lead_to_the_page_when_its_address_is_given(world: World, lessons: Path):
    """Before it is given, the report says with which option; the address is still known at the press."""
    page = b"# Parrots\n\n## Is it dead?\n\nIt rests; see [here](fjords.md).\n"
    left = await world.max.slash(world.channel, "lessons import", file=("parrots.md", page))
    assert "with `base_url` it leads there" in said(left).replace("\\", "")
    wrong = {"file": ("parrots.md", page), "base_url": "fjords"}
    assert "must be a web address" in said(await world.max.slash(world.channel, "lessons import", **wrong))
    given = {"file": ("parrots.md", page), "base_url": "https://example.org/birds/"}
    proposed = await world.max.slash(world.channel, "lessons import", **given)
    assert "it leads there" not in said(proposed)
    await press(world, proposed, "Publish")
    assert "[here](https://example.org/birds/fjords.md)" in everywhere(lessons)["parrots.yaml"]


@pytest.mark.parametrize("top", ["zoo-main/", "zoo-main/lessons/"])
async def test_a_zip_as_github_makes_it_is_taken(world: World, lessons: Path, top: str):
    """It has a folder around everything; hidden files and programs in it are named and not used."""
    before = everywhere(lessons)
    name = "virtual-environments.yaml"
    content = zipped(
        {
            f"{top}{name}": before[name].replace("isolated", "separate"),
            f"{top}reptiles/snakes.yaml": SNAKES,
            f"{top}reptiles/parrots.md": FAQ,
            f"{top}.github/workflows/check.yaml": "on: push\n",
            "zoo-main/LICENSE": "MIT",
            "zoo-main/run.py": "print()\n",
        }
    )
    proposed = await world.max.slash(world.channel, "lessons import", file=("zoo-main.zip", content))
    assert "not read: " in said(proposed)
    assert "run.py" in said(proposed)
    await press(world, proposed, "Publish")
    now = everywhere(lessons)
    assert now.keys() - before.keys() == {"reptiles/snakes.yaml", "parrots.yaml"}
    assert "separate" in now[name]


async def test_a_lesson_in_a_folder_is_found_again_by_its_name(world: World, lessons: Path):
    """A moderator downloads one file of a course, edits it, and uploads it alone."""
    await press(
        world,
        await world.max.slash(
            world.channel, "lessons import", file=("a.zip", zipped({"reptiles/snakes.yaml": SNAKES, "x.md": FAQ}))
        ),
        "Publish",
    )
    changed = SNAKES.replace("long", "very long")
    proposed = await world.max.slash(world.channel, "lessons import", file=("snakes.yaml", changed.encode()))
    await press(world, proposed, "Publish")
    assert everywhere(lessons)["reptiles/snakes.yaml"] == changed


@pytest.fixture
def renames(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of files are changed as Discord does it: `title` has the name as it was, without its ending."""
    cdn = world.env.backend.cdn
    store = cdn.store_attachment

    def stored(attachment: int, channel: int, name: str, *rest: Any) -> dict[str, Any]:
        changed = re.sub("[^A-Za-z0-9._-]", "_", name)
        title = {"title": name.rpartition(".")[0]} if changed != name else {}
        return {**store(attachment, channel, changed, *rest), **title}

    monkeypatch.setattr(cdn, "store_attachment", stored)


@pytest.mark.usefixtures("renames")
@pytest.mark.parametrize("name", ["Snakes and more (new).yaml", "Übungen.yaml", "Уроки.yaml"])
async def test_a_lesson_whose_name_discord_changes_is_found_again(world: World, lessons: Path, name: str):
    """The file in the lessons folder keeps its name."""
    (lessons / name).write_text(SNAKES, encoding="utf-8")
    before = everywhere(lessons)
    changed = SNAKES.replace("long", "very long")
    proposed = await world.max.slash(world.channel, "lessons import", file=(name, changed.encode()))
    await press(world, proposed, "Publish")
    assert everywhere(lessons) == {**before, name: changed}


@pytest.mark.usefixtures("renames")
async def test_a_new_lesson_gets_a_name_like_its_own(world: World, lessons: Path):
    """In the letters that Discord keeps."""
    file = ("Über Schlangen.yaml", SNAKES.encode())
    proposed = await world.max.slash(world.channel, "lessons import", file=file)
    await press(world, proposed, "Publish")
    assert everywhere(lessons)["Uber_Schlangen.yaml"] == SNAKES


async def test_a_page_whose_name_is_taken_becomes_a_lesson_of_its_own(world: World, lessons: Path):
    """Alone, or in a zip with a lesson of the name. No lesson is overwritten."""
    (lessons / "parrots.yaml").write_text(SNAKES, encoding="utf-8")
    world.bot.app.library.reload()
    before = everywhere(lessons)
    proposed = await world.max.slash(world.channel, "lessons import", file=("parrots.md", FAQ.encode()))
    assert "parrots-2.yaml" in said(proposed)
    await press(world, proposed, "Publish")
    now = everywhere(lessons)
    assert "source: parrots.md" in now.pop("parrots-2.yaml")
    assert now == before
    page = FAQ.replace("parrot", "owl").replace("Parrot", "Owl")
    other = SNAKES.replace("snake", "owl-pellet")
    both = zipped({"owls.md": page, "owls.yaml": other})
    await press(world, await world.max.slash(world.channel, "lessons import", file=("all.zip", both)), "Publish")
    assert everywhere(lessons)["owls.yaml"] == other
    assert "source: owls.md" in everywhere(lessons)["owls-2.yaml"]


async def test_what_holds_no_lesson_is_refused_with_what_was_seen(world: World, lessons: Path):
    """The message says what the file contains. A member who forges the press changes nothing."""
    before = everywhere(lessons)
    refused = await world.max.slash(world.channel, "lessons import", file=("plan.md", b"# Plan\n\nBuy milk.\n"))
    assert "- plan.md: There is nothing to import" in said(refused).replace("\\", "")
    proposed = await world.max.slash(world.channel, "lessons import", file=("parrots.md", FAQ.encode()))
    for label in ("Publish", "Discard import"):
        with pytest.raises(Exception, match=r".*"):
            await world.mia.click(with_button(proposed, label), label=label)
    assert everywhere(lessons) == before


async def test_a_conflict_that_arises_after_the_review_is_reviewed(world: World, lessons: Path):
    """A text of an import is edited here before somebody presses *Publish*: the card shows both texts."""
    first = await world.max.slash(world.channel, "lessons import", file=("parrots.md", FAQ.encode()))
    await press(world, first, "Publish")
    newer = FAQ.replace("talks", "sings")
    proposed = await world.max.slash(world.channel, "lessons import", file=("parrots.md", newer.encode()))
    file = lessons / "parrots.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("talks", "speaks"), encoding="utf-8")
    await world.bot.app.curating.reconcile()
    reviewed = await press(world, proposed, "Publish")
    assert "speaks" in file.read_text(encoding="utf-8")
    await press(world, reviewed, "Publish, keep the file's texts in conflicts")
    assert "sings" in file.read_text(encoding="utf-8")


async def test_the_pictures_of_a_vault_are_shown_wherever_they_are(world: World, lessons: Path):
    """Obsidian keeps them in a folder of their own, and a page embeds them by name."""
    vault: dict[str, str | bytes] = {
        "Birds/Parrots.md": "## What is a parrot?\n\nA bird that talks.\n\n![[parrot.png|300]]\n",
        "Birds/Perches.md": "# Perches\n\n## What is a perch?\n\nA bar.\n\n## Why?\n\nTo sit.\n",
        "Attachments/parrot.png": png(),
    }
    proposed = await world.max.slash(world.channel, "lessons import", file=("vault.zip", zipped(vault)))
    assert "1 new picture" in said(proposed)
    assert "Not imported" not in said(proposed)
    await press(world, proposed, "Publish")
    answer = await world.ask("what is a parrot?")
    assert "A bird that talks." in text(answer)
    assert answer.attachments
