"""`lessonbot backup` and `lessonbot restore`: another machine goes on where this one was."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.backup.command import restore_from
from bot.backup.contents import ABOUT, DATABASE
from bot.backup.saving import save
from bot.data_folder import hold_data_folder
from bot.errors import StoreFailingError, UserError
from bot.settings import Settings
from bot.store import copying
from bot.store.store import Store
from tests.support.command import LESSON
from tests.support.disks import small_disk
from tests.support.moments import NOW, TOM
from tests.support.rights import without_rights
from tests.support.stored import HERE, everything

PICTURE = Path(__file__).parents[2] / "knowledge" / "images" / "two-django-versions.png"


@pytest.fixture
async def here(tmp_path: Path) -> Settings:
    """A machine where a member asked and rated, with lessons, a picture, and files that are nobody's business."""
    lessons, data = tmp_path / "here" / "lessons", tmp_path / "here" / "data"
    (lessons / "images").mkdir(parents=True)
    data.mkdir()
    (lessons / "venv.yaml").write_text(LESSON)
    (lessons / "git").mkdir()
    (lessons / "git" / "branches.yaml").write_text("lesson: Branches")
    (lessons / "broken.yaml").write_text("lesson: [")
    (lessons / ".imported").mkdir()
    (lessons / ".imported" / "venv-md.yaml").write_text(LESSON)
    (lessons / "questions.yaml").write_text("questions: []\n")
    (lessons / ".env.yaml").write_text("DISCORD_TOKEN=secret")
    (data / "votes.key").write_bytes(b"secret")
    (data / "outside.yaml").write_text("secret")
    (lessons / "linked.yaml").symlink_to(data / "outside.yaml")
    shutil.copy(PICTURE, lessons / "images" / "two.png")
    settings = Settings(lessons_dir=lessons, data_dir=data)
    store = await Store.open(settings.database)
    store.votes.use_key(b"secret")
    asked = await store.questions.log(HERE, "what is a venv", NOW, "answer", "what-is-it")
    await store.votes.cast(asked, TOM, "what-is-it", helped=True)
    await store.close()
    return settings


def machine(folder: Path) -> Settings:
    return Settings(lessons_dir=folder / "lessons", data_dir=folder / "data")


async def remembered(settings: Settings) -> str:
    store = await Store.open(settings.database)
    try:
        return await everything(store)
    finally:
        await store.close()


def files(folder: Path) -> dict[str, bytes]:
    found = (each for each in folder.rglob("*") if each.is_file() and not each.is_symlink())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in found}


async def test_an_empty_machine_goes_on_where_this_one_was(here, tmp_path):
    """A backup of a running bot restores everything; it has no secrets, and only its owner can read it."""
    file = tmp_path / "backup.zip"
    async with hold_data_folder(here.data_dir):
        running = await Store.open(here.database)
        left_out = await save(here, file)
        await running.close()
    assert [each.partition(": ")[0] for each in left_out] == [str(here.lessons_dir / "linked.yaml")]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {each.name for each in tmp_path.iterdir()} == {"here", "backup.zip"}
    with zipfile.ZipFile(file) as archive:
        assert not any(b"secret" in archive.read(each) for each in archive.namelist())

    new, said = machine(tmp_path / "new"), list[str]()
    await restore_from(new, file, said.append, yes=False)
    kept = files(here.lessons_dir)
    del kept[".env.yaml"]
    assert files(new.lessons_dir) == kept
    assert await remembered(new) == await remembered(here)
    assert stat.S_IMODE((new.data_dir / "lessonbot.sqlite3").stat().st_mode) == 0o600
    assert said == [
        f"restored: the database {new.data_dir / 'lessonbot.sqlite3'} and 3 lessons; "
        "a running bot goes on with them, otherwise start it"
    ]


async def test_nothing_is_overwritten_without_a_word(here, tmp_path, monkeypatch):
    """A backup replaces no file, and a restore saves the data that it replaces."""
    file = tmp_path / "backup.zip"
    await save(here, file)
    before = file.read_bytes()
    with pytest.raises(UserError, match=r"already exists; choose another name, or add --overwrite"):
        await save(here, file)
    assert file.read_bytes() == before
    await save(here, file, overwrite=True)

    with pytest.raises(UserError, match=r"linked.yaml cannot be read: it is outside .* Move it away first"):
        await restore_from(here, _with_lesson(file, "linked.yaml"), print, yes=True)
    (here.lessons_dir / "linked.yaml").unlink()
    (here.lessons_dir / "venv.yaml").write_text(LESSON.replace("Delete its folder.", "Edited."))
    shutil.rmtree(here.lessons_dir / "git")
    (here.lessons_dir / "new.yaml").write_text(
        "lesson: New\nentries:\n- {id: new, question: New?, answer: Yes.}\n"
    )
    store = await Store.open(here.database)
    last = await store.questions.log(HERE, "asked later", NOW, "unknown")
    await store.close()
    later, lessons = await remembered(here), files(here.lessons_dir)
    said: list[str] = []
    with pytest.raises(UserError, match=r"there is data already; add --yes to replace it\. Nothing was restored"):
        await restore_from(here, file, said.append, yes=False)
    assert re.fullmatch(r"This replaces .* the backup of \d{4}-\d\d-\d\d \d\d:\d\d UTC:", said[0])
    assert [each.rpartition("/")[2] for each in said[1:]] == ["  the database", "venv.yaml", "new.yaml"]
    async with hold_data_folder(here.data_dir):
        monkeypatch.setattr("bot.file_lock.PATIENCE", 0)
        with pytest.raises(UserError, match=r"is used by another Lessonbot, process .*; stop that one first"):
            await restore_from(here, file, said.append, yes=True)
    (here.lessons_dir / "images").rename(here.lessons_dir / "moved")
    (here.lessons_dir / "images").write_text("a file in the way")
    with pytest.raises(UserError, match=r"cannot be written: .*Nothing was restored"):
        await restore_from(here, file, said.append, yes=True)
    (here.lessons_dir / "images").unlink()
    (here.lessons_dir / "moved").rename(here.lessons_dir / "images")
    assert (await remembered(here), files(here.lessons_dir)) == (later, lessons)
    assert not list(here.data_dir.glob("lessonbot.before-restore-*.zip")), "nothing was replaced"

    await restore_from(here, file, said.append, yes=True)
    assert "asked later" not in await remembered(here)
    assert "new.yaml" not in files(here.lessons_dir)
    assert (here.lessons_dir / "venv.yaml").read_text() == LESSON
    store = await Store.open(here.database)
    # A button in an old message holds the id of a question: no later question may get it.
    assert await store.questions.log(HERE, "asked after it", NOW, "unknown") > last
    await store.close()
    (saved,) = here.data_dir.glob("lessonbot.before-restore-*.zip")
    assert str(saved) in said[-2]
    await restore_from(here, saved, said.append, yes=True)
    assert (await remembered(here), files(here.lessons_dir)) == (later, lessons)


async def test_what_sources_said_is_restored_with_their_lessons(here, tmp_path):
    """After a restore, an import compares with what the lessons have, and not with what was imported since."""
    file, kept = tmp_path / "backup.zip", here.lessons_dir / ".imported"
    (here.lessons_dir / "linked.yaml").unlink()
    await save(here, file)
    (kept / "venv-md.yaml").write_text("lesson: Newer")
    (kept / "faq-md.yaml").write_text("lesson: Imported since")
    said = list[str]()
    await restore_from(here, file, said.append, yes=True)
    assert {f"  {kept / each}" for each in ("venv-md.yaml", "faq-md.yaml")} <= {*said}
    assert files(kept) == {"venv-md.yaml": LESSON.encode()}


async def test_a_link_whose_lesson_is_missing_for_now_is_not_deleted(here, tmp_path):
    """A lesson can be a link to a checkout that is not mounted: no backup has what it leads to."""
    file, link = tmp_path / "backup.zip", here.lessons_dir / "linked.yaml"
    await save(here, file)
    link.unlink()
    link.symlink_to("checkout/team.yaml")
    with pytest.raises(UserError, match=r"linked.yaml cannot be written: .*Nothing was restored"):
        await restore_from(here, file, print, yes=True)
    assert link.is_symlink()


async def test_a_folder_that_cannot_be_opened_is_named(here, tmp_path):
    """Whoever makes a backup sees that a course is not in it."""
    closed = [here.lessons_dir / ".imported", here.lessons_dir / "git"]
    for each in closed:
        each.chmod(0)
    with without_rights():
        left_out = await save(here, tmp_path / "backup.zip")
    for each in closed:
        assert f"{each}: Permission denied" in left_out
        each.chmod(0o755)


async def test_only_a_file_is_overwritten(here, tmp_path, monkeypatch):
    """A backup in place of /dev/null would break other programs. A link stays one, and leads to it."""
    fifo, link, file = tmp_path / "fifo", tmp_path / "latest.zip", tmp_path / "backup.zip"
    os.mkfifo(fifo)
    with pytest.raises(UserError, match="fifo is not a file; choose another name"):
        await save(here, fifo, overwrite=True)
    assert fifo.is_fifo()
    link.symlink_to(file)
    for _ in range(2):
        await save(here, link, overwrite=True)
    assert link.is_symlink()
    assert zipfile.is_zipfile(file)

    exists = Path.exists

    def refuse(path: Path) -> bool:
        if path == file or path.parent == here.data_dir:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return exists(path)

    monkeypatch.setattr(Path, "exists", refuse)
    with pytest.raises(UserError, match=r"backup.zip cannot be written: Permission denied"):
        await save(here, file)
    with pytest.raises(UserError, match=r"sqlite3 cannot be read: Permission denied. .* move it away first"):
        await restore_from(here, file, print, yes=True)


async def test_an_error_names_what_it_is_about(here, tmp_path, monkeypatch):
    """A full disk is that of the backup, or of the new database; what cannot be moved away is not to be."""
    file = tmp_path / "backup.zip"

    class FullDisk(sqlite3.Connection):
        def execute(self, *_: object) -> sqlite3.Cursor:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

    with monkeypatch.context() as patch:
        patch.setattr(copying, "_connect", FullDisk)
        with pytest.raises(UserError, match=r"backup.zip cannot be written: No space left on device$"):
            await save(here, file)
    assert not file.exists()
    await save(here, file)

    new = machine(tmp_path / "new")
    with monkeypatch.context() as patch:
        patch.setattr(copying, "_copy_rows", _full)
        wanted = rf"^the database {new.data_dir}/lessonbot.sqlite3: .* disk is full. Nothing was restored$"
        with pytest.raises(UserError, match=wanted):
            await restore_from(new, file, print, yes=True)
    away = new.model_copy(update={"database_url": SecretStr("postgresql://u:p@127.0.0.1:1/x")})
    with pytest.raises(UserError, match=r"^the database x at 127.0.0.1: no server answers there: .*, 1\)$"):
        await restore_from(away, file, print, yes=True)


async def _full(_source: object, target: Any) -> None:
    raise StoreFailingError("the database disk is full")


async def test_lessons_without_a_database_are_saved_before_they_are_replaced(here, tmp_path):
    """A new clone has lessons, and no database yet."""
    file = tmp_path / "backup.zip"
    await save(here, file)
    clone = machine(tmp_path / "clone")
    clone.lessons_dir.mkdir(parents=True)
    (clone.lessons_dir / "other.yaml").write_text("lesson: Other")
    await restore_from(clone, file, print, yes=True)
    assert "other.yaml" not in files(clone.lessons_dir)
    (saved,) = clone.data_dir.glob("lessonbot.before-restore-*.zip")
    with zipfile.ZipFile(saved) as archive:
        assert archive.read("lessons/other.yaml") == b"lesson: Other"


@pytest.mark.parametrize("before", [0, 1])
async def test_a_restore_for_which_the_disk_is_too_small_leaves_nothing_behind(here, tmp_path, before):
    """The disk is as it was, apart from locks: no empty database, no folder, and no backup of what still is there.

    A machine that is new, and one that has a lesson, but no database yet.
    """
    file = tmp_path / "backup.zip"
    await save(here, file)
    with small_disk(tmp_path / "there", "160k") as disk:
        for each in range(before):
            (disk / "lessons").mkdir()
            (disk / "lessons" / f"{each}.yaml").write_text(LESSON)
        there = set(disk.rglob("*"))
        with pytest.raises(UserError, match="Nothing was restored"):
            await restore_from(machine(disk), file, print, yes=True)
        left = {each for each in disk.rglob("*") if not each.name.endswith((".lock", ".restore"))}
        assert left == there | {disk / "data"}


async def test_a_restore_says_which_disk_is_full(here, tmp_path, monkeypatch):
    """It is the one of the temporary files; the backup can be read."""
    file = tmp_path / "backup.zip"
    await save(here, file)
    with small_disk(tmp_path / "small", "64k") as disk:
        monkeypatch.setattr("tempfile.tempdir", str(disk))
        with pytest.raises(UserError, match=r"backup\.zip cannot be unpacked in .*small: No space left .*TMPDIR"):
            await restore_from(machine(tmp_path / "there"), file, print, yes=True)
        assert not list(disk.iterdir())


def _torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-300])


def _rotten(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def _foreign(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("venv.yaml", LESSON)


def _repacked(file: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(file) as archive:
        inside = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for each, found in {**inside, name: content}.items():
            archive.writestr(each, found)


def _with_lesson(file: Path, name: str) -> Path:
    other = Path(shutil.copy(file, file.with_name("other.zip")))
    _repacked(other, f"lessons/{name}", b"lesson: Other")
    return other


def _leading_out(file: Path) -> None:
    _repacked(file, "lessons/../../x.yaml", b"")


def _other_database(file: Path) -> None:
    _repacked(file, DATABASE, b"")


def _newer_database(file: Path) -> None:
    copy = file.with_name("copy.sqlite3")
    with zipfile.ZipFile(file) as archive:
        copy.write_bytes(archive.read(DATABASE))
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    _repacked(file, DATABASE, copy.read_bytes())
    copy.unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_torn, "is not a backup of Lessonbot, or it is damaged"),
        (_rotten, "is not a backup of Lessonbot, or it is damaged"),
        (_foreign, "is not a backup of Lessonbot, or it is damaged"),
        (lambda file: file.write_text(LESSON), "is not a backup of Lessonbot, or it is damaged"),
        (_leading_out, "is not a backup of Lessonbot, or it is damaged"),
        (_other_database, "is not a database of Lessonbot"),
        (_newer_database, r"was made by a newer Lessonbot \(revision 9999\); update this one"),
        (lambda file: _repacked(file, ABOUT, b'{"format": 3}'), "was made by a newer Lessonbot; update this one"),
    ],
    ids=["torn", "rotten", "foreign", "no zip", "leads out", "other database", "newer database", "newer format"],
)
async def test_a_file_that_is_no_sound_backup_changes_nothing(here, tmp_path, spoil, said):
    """The error names the file, and nothing is created on a new machine."""
    file = tmp_path / "backup.zip"
    await save(here, file)
    spoil(file)
    new = machine(tmp_path / "new")
    with pytest.raises(UserError, match=f"backup.zip.*{said}"):
        await restore_from(new, file, print, yes=True)
    assert not (tmp_path / "new").exists()


async def test_a_backup_of_nothing_is_an_error(tmp_path):
    """With a wrong DATA_DIR, an empty backup would be noticed on the day when it is needed."""
    with pytest.raises(UserError, match="there is no database yet; start the bot once, or correct DATA_DIR"):
        await save(machine(tmp_path), tmp_path / "backup.zip")
    assert list(tmp_path.iterdir()) == []
