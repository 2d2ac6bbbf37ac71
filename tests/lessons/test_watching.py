"""Whatever an editor or Git does to the files of lessons is noticed within seconds."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable

import pytest

from bot.lessons import watching
from bot.lessons.library import Library
from tests.support.lesson_texts import lesson, questions
from tests.support.pictures import PNG
from tests.support.waiting import until


async def _is_noticed(library: Library, change: Callable[[], object], noticed: Callable[[], bool]) -> None:
    """The change is seen by a running watch within a few seconds."""

    async def watch() -> None:
        async for _ in library.watch():
            if noticed():
                return

    watching = asyncio.create_task(watch())
    await asyncio.sleep(0.3)
    change()
    async with asyncio.timeout(60):
        await watching


@pytest.mark.parametrize("watch_by", ["events", "poll", "auto"])
async def test_a_saved_file_is_noticed(folder, watch_by):
    """Authors see the new text without a restart."""
    library = Library.open(folder)
    library.watch_by = watch_by
    await _is_noticed(
        library,
        lambda: (folder / "a.yaml").write_text(lesson("a", "New?")),
        lambda: questions(library)["a"] == "New?",
    )


async def test_a_folder_that_tells_nothing_is_looked_at(folder, monkeypatch, caplog):
    """In network folders and on Docker Desktop, edits are noticed, too."""
    monkeypatch.setattr(watching, "EVENT_SECONDS", 0)
    library = Library.open(folder)
    library.watch_by = "auto"
    await _is_noticed(
        library,
        lambda: (folder / "a.yaml").write_text(lesson("a", "New?")),
        lambda: questions(library)["a"] == "New?",
    )
    assert "checking them twice a second instead" in caplog.text
    assert list(folder.glob(".*")) == []


async def test_a_file_that_an_editor_replaces_is_noticed(folder):
    """Vim and git write another file and rename it."""
    library = Library.open(folder)
    (folder / "a.tmp").write_text(lesson("a", "New?"))
    await _is_noticed(
        library, lambda: (folder / "a.tmp").replace(folder / "a.yaml"), lambda: questions(library)["a"] == "New?"
    )


async def test_a_new_file_is_noticed(folder):
    """A new lesson is there as soon as it is saved."""
    library = Library.open(folder)
    await _is_noticed(
        library, lambda: (folder / "c.yaml").write_text(lesson("c")), lambda: "c" in library.lessons.entries
    )


async def test_what_was_saved_before_the_watch_began_is_noticed(folder):
    """The login to Discord takes a moment between the start and the watch."""
    library = Library.open(folder)
    (folder / "a.yaml").write_text(lesson("a", "New?"))
    await _is_noticed(library, lambda: None, lambda: questions(library)["a"] == "New?")


async def test_a_folder_that_is_made_anew_is_noticed(folder):
    """A checkout or a mount replaces the folder; later saves in the new one are seen, too."""
    library = Library.open(folder)

    def make_anew() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "a.yaml").write_text(lesson("a", "New?"))

    await _is_noticed(library, make_anew, lambda: questions(library) == {"a": "New?"})
    seen: list[bool] = []

    async def watch() -> None:
        async for changed in library.watch():
            seen.append(changed)  # noqa: PERF401  # a list made at the end would never be made

    watching = asyncio.create_task(watch())
    await asyncio.sleep(0.8)
    shutil.rmtree(folder)
    await asyncio.sleep(1.5)
    assert [each.what for each in library.problems] == ["is not a folder"]
    assert len(seen) <= 3, "a folder that stays away is told once"
    make_anew()
    await until(lambda: not library.problems)
    (folder / "a.yaml").write_text(lesson("a", "Newer?"))
    await until(lambda: questions(library) == {"a": "Newer?"})
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


async def test_a_picture_in_a_new_folder_is_noticed(folder):
    """A folder that is made while the bot runs is watched, too."""
    library = Library.open(folder)
    said = "there is no file 'images/b/a.png' in the lessons folder"
    (folder / "a.yaml").write_text(lesson("a", more="  image: images/b/a.png\n"))
    library.reload()
    assert [each.what for each in library.problems] == [said]

    def draw() -> None:
        (folder / "images" / "b").mkdir(parents=True)
        time.sleep(1.5)  # in a thread of its own; the watch has seen the folder by then
        (folder / "images" / "b" / "a.png").write_bytes(PNG)

    drawing = asyncio.create_task(asyncio.to_thread(draw))
    await _is_noticed(library, lambda: None, lambda: not library.problems)
    await drawing


async def test_a_link_to_another_folder_is_noticed(folder, tmp_path):
    """A deploy switches `current` to the next release."""
    (tmp_path / "current").symlink_to("lessons")
    library = Library.open(tmp_path / "current")
    shutil.copytree(folder, tmp_path / "next")
    (tmp_path / "next" / "a.yaml").write_text(lesson("a", "New?"))
    (tmp_path / "link").symlink_to("next")
    await _is_noticed(
        library,
        lambda: (tmp_path / "link").replace(tmp_path / "current"),
        lambda: questions(library)["a"] == "New?",
    )
