"""Only files that really are in the lessons folder are read, and none of them can stop the bot."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from bot.discord_ui.preview.copy import Copy
from bot.errors import EditError, LessonError
from bot.evaluate.question_set import questions_of
from bot.lessons import files
from bot.lessons.archive import export, plan
from bot.lessons.files import read_file
from bot.lessons.library import Library
from bot.lessons.loading import load
from bot.lessons.pictures import PictureFile
from bot.lessons.watching import saves
from bot.tutor import Tutor
from tests.support.command import Command
from tests.support.lesson_texts import lesson
from tests.support.pictures import PNG

SECRET = "DISCORD_TOKEN=secret\n"
LARGE = 1_500_000_000


def link_out(path: Path) -> None:
    (path.parents[1] / ".env").write_text(SECRET)
    path.symlink_to("../.env")


def absolute_link_out(path: Path) -> None:
    link_out(path)
    path.unlink()
    path.symlink_to(path.parents[1] / ".env")


def link_by_way_of_a_folder(path: Path) -> None:
    (path.parents[1] / "elsewhere").mkdir()
    (path.parents[1] / "elsewhere" / "file").write_text(SECRET)
    (path.parent / "folder").symlink_to("../elsewhere")
    path.symlink_to("folder/file")


def link_to_a_hidden_file(path: Path) -> None:
    (path.parent / ".git").mkdir()
    (path.parent / ".git" / "config").write_text(SECRET)
    path.symlink_to(".git/config")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def door(path: Path) -> None:
    """A socket; a path of more than a hundred characters is too long for one."""
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def much(path: Path) -> None:
    """A gap that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(LARGE)


OUTSIDE = "it is outside the lessons folder"
ODD: list[tuple[Callable[[Path], None], str]] = [
    (link_out, OUTSIDE),
    (absolute_link_out, OUTSIDE),
    (link_by_way_of_a_folder, OUTSIDE),
    (device, OUTSIDE),
    (link_to_a_hidden_file, "it is a hidden file"),
    (link_to_itself, "Too many levels of symbolic links"),
    (pipe, "it is not a regular file"),
    (door, "No such device or address"),
    (much, "it is too large: 1,500,000,000 bytes; the limit is 1,048,576 bytes"),
]
odd = pytest.mark.parametrize(("make", "why"), ODD, ids=[make.__name__ for make, __ in ODD])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One lesson."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "a.yaml").write_text(lesson("a"))
    return folder


@odd
def test_a_lesson_that_is_no_file_of_the_folder_is_named(folder, make, why):
    """It is not read and not waited for, at the start or later; the other lessons go on."""
    library = Library.open(folder)
    make(folder / "b.yaml")
    library.reload()
    assert [str(each) for each in library.problems] == [f"b.yaml:1: cannot be read: {why}"]
    assert list(library.lessons.entries) == ["a"]
    assert Library.open(folder).problems == library.problems


@odd
def test_questions_that_are_no_file_of_the_folder_leave_with_nobody(folder, make, why, caplog):
    """Whoever may export the lessons gets no other file of the computer."""
    library = Library.open(folder)
    make(folder / "questions.yaml")
    with zipfile.ZipFile(BytesIO(export(library))) as exported:
        assert exported.namelist() == ["a.yaml"]
    assert f"questions.yaml is not exported: {why}" in caplog.text
    with pytest.raises(LessonError, match=rf"questions\.yaml:1: cannot be read: {why}$"):
        questions_of(library.folder, library.lessons)


@odd
def test_a_picture_that_is_no_file_of_the_folder_is_never_shown(folder, make, why):
    """Neither at the start nor where it took the place of one that was."""
    (folder / "a.png").write_bytes(PNG)
    (folder / "a.yaml").write_text(lesson("a", more="  image: a.png\n"))
    library = Library.open(folder)
    picture = library.lessons.entries["a"].image
    before = Tutor(library).picture(picture)
    assert before
    (folder / "a.png").unlink()
    make(folder / "a.png")
    assert Tutor(library).picture(picture) is None
    with pytest.raises(OSError, match="|".join([why.split(";", maxsplit=1)[0], "1,500"])):
        before.read()
    with zipfile.ZipFile(BytesIO(export(library))) as exported:
        assert exported.namelist() == ["a.yaml"]
    with pytest.raises(EditError, match=r"a\.png.*(cannot be read|outside|MiB)"):
        plan(library, {"a.yaml": (folder / "a.yaml").read_bytes(), "a.png": PNG})


@odd
def test_a_preview_does_not_copy_what_is_no_file_of_the_folder(folder, make, why, tmp_path):
    """Its page would show it to whoever looks."""
    make(folder / "b.yaml")
    Copy(folder, tmp_path / "copy", tmp_path / "taken")
    assert [each.name for each in (tmp_path / "copy").rglob("*.yaml")] == ["a.yaml"]


@odd
def test_reading_what_is_no_file_of_the_folder_takes_no_memory(folder, make, why):
    """A file with a gap of gigabytes is not read at all."""
    make(folder / "b.yaml")
    tracemalloc.start()
    try:
        load(folder, {})
        __, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20_000_000


def test_a_file_that_grows_while_it_is_read_is_read_no_further(folder):
    """What the system says of a size is not always true: files of /proc have none."""
    if not Path("/proc/self/maps").exists():
        pytest.skip("only Linux has /proc")
    with pytest.raises(OSError, match="the limit is 10 bytes"):
        read_file(Path("/proc/self").resolve(), "maps", 10)


@pytest.mark.parametrize("name", ["a.yaml", "in/a.yaml"])
def test_a_file_that_becomes_a_link_after_it_was_looked_at_is_not_followed(folder, name, monkeypatch, tmp_path):
    """Between the look and the opening lies a moment, and somebody may wait for it."""
    (folder / "in").mkdir()
    (folder / "in" / "a.yaml").write_text(lesson("a"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.yaml").write_text(SECRET)
    look = files.real_place

    def looked_and_swapped(folder: Path, file: str) -> Path:
        place = look(folder, file)
        if name == "a.yaml":
            (folder / name).unlink()
            (folder / name).symlink_to("../out/a.yaml")
        else:
            (folder / "in").rename(folder / "was")
            (folder / "in").symlink_to("../out")
        monkeypatch.setattr(files, "real_place", look)
        return place

    monkeypatch.setattr(files, "real_place", looked_and_swapped)
    with pytest.raises(OSError, match=OUTSIDE):
        read_file(folder, name, 1000)


def test_the_folder_of_a_kubernetes_config_map_is_read_and_replaced(tmp_path):
    """There each file is a link to a link to a folder, and all of it changes at once."""
    folder = tmp_path / "mount"
    folder.mkdir()
    for name, question in (("..2026_11_01", "Why?"), ("..2026_11_02", "New?")):
        (folder / name).mkdir()
        (folder / name / "a.yaml").write_text(lesson("a", question, "  image: a.png\n"))
        (folder / name / "a.png").write_bytes(PNG)
    (folder / "..data").symlink_to("..2026_11_01")
    for name in ("a.yaml", "a.png"):
        (folder / name).symlink_to(f"..data/{name}")
    library = Library.open(folder)
    assert library.lessons.entries["a"].question == "Why?"
    assert PictureFile(folder, "a.png").read() == PNG
    (folder / "..next").symlink_to("..2026_11_02")
    (folder / "..next").replace(folder / "..data")
    assert library.reload()
    assert library.lessons.entries["a"].question == "New?"


def test_a_folder_that_is_itself_a_link_is_read(folder, tmp_path):
    """A deploy switches `current` to the next release."""
    (tmp_path / "current").symlink_to("lessons")
    assert read_file(tmp_path / "current", "a.yaml", 1000) == lesson("a").encode()


async def test_what_a_link_leads_to_is_not_watched(folder, tmp_path):
    """A link to a whole disk would take all the watches that the system has."""
    (tmp_path / "out").mkdir()
    (folder / "images").mkdir()
    (folder / "images" / "out").symlink_to(tmp_path / "out")
    (folder / "out").symlink_to(tmp_path / "out")
    seen: list[bool] = []

    async def watch() -> None:
        async for is_saved in saves(folder):
            seen.append(is_saved)  # noqa: PERF401 -- a list made at the end would never be made

    watching = asyncio.create_task(watch())
    await asyncio.sleep(1)
    (tmp_path / "out" / "a.txt").write_text("x")
    await asyncio.sleep(1.5)
    assert not any(seen)
    (folder / "images" / "a.txt").write_text("x")
    await asyncio.sleep(1.5)
    assert any(seen)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in a folder")
@pytest.mark.parametrize("words", [["check"], ["check", "knowledge/b.yaml"], ["ask", "why"], ["evaluate"]])
def test_every_command_names_a_pipe_instead_of_waiting_for_it(words, tmp_path):
    """It ends by itself, with a line that says which file it is."""
    lessonbot = Command(tmp_path)
    os.mkfifo(lessonbot.lessons / "b.yaml")
    ended = lessonbot(*words)
    kind, code = ("warning", 0) if "ask" in words else ("error", 1)
    assert ended.code == code
    assert f"{kind}: knowledge/b.yaml:1: cannot be read: it is not a regular file" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ["import", "odd.md"],
        ["evaluate", "--entries", "odd.md", "--questions", "odd.md"],
    ],
)
@pytest.mark.parametrize(("make", "why"), [(pipe, "it is not a regular file"), (much, "bytes")])
def test_a_file_named_on_the_command_line_is_read_within_limits_too(words, make, why, tmp_path):
    """One line at its name, and no traceback."""
    lessonbot = Command(tmp_path)
    make(tmp_path / "odd.md")
    ended = lessonbot(*words)
    assert ended.code == 1
    assert ended.err.startswith("error: odd.md")
    assert why in ended.err
    assert len(ended.err.splitlines()) == 1
