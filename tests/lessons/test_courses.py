"""A folder in the lessons folder is a course: everything works for lessons in it as for others."""

from __future__ import annotations

import asyncio
import zipfile
from io import BytesIO

import pytest

from bot.checking import check
from bot.discord_ui.preview.copy import Copy
from bot.errors import ConflictError, EditError
from bot.lessons.archive import export, plan
from bot.lessons.git import commit
from bot.lessons.library import Library
from bot.lessons.unpacking import read_archive
from tests.support.command import Command
from tests.support.git import git

ENTRY = "entries:\n  - id: {id}\n    question: Why {id}?\n    answer: Because.\n"


def lesson(id_: str, head: str = "lesson: A\n") -> str:
    return head + ENTRY.format(id=id_)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "lessons"
    (folder / "git" / "advanced-use").mkdir(parents=True)
    (folder / "z.yaml").write_text(lesson("z"))
    (folder / "git" / "branches.yaml").write_text(lesson("branch"))
    (folder / "git" / "advanced-use" / "rebase.yaml").write_text(lesson("rebase"))
    (folder / "git" / "own.yaml").write_text(lesson("own", "lesson: A\ncourse: Mine\n"))
    return folder


def test_lessons_in_folders_are_read_and_belong_to_the_course_of_that_name(folder):
    """Unless they name another course; lessons in no folder come first."""
    found = {each.file: each.lesson.course for each in Library.open(folder).lessons.documents}
    assert list(found.items()) == [
        ("z.yaml", None),
        ("git/branches.yaml", "Git"),
        ("git/own.yaml", "Mine"),
        ("git/advanced-use/rebase.yaml", "Advanced use"),
    ]


def test_a_mistake_in_a_folder_is_named_with_it_and_keeps_its_last_good_version(folder):
    """Two files called faq.yaml in different folders are not mixed up."""
    library = Library.open(folder)
    (folder / "git" / "branches.yaml").write_text("lesson: A\nkurs: B\n")
    (folder / "branches.yaml").write_text(lesson("branch"))
    library.reload()
    assert library.problems[0].file == "git/branches.yaml"
    assert "branch" in library.lessons.entries


def test_an_edit_stays_in_its_folder_and_a_new_lesson_makes_one(folder):
    """No other file changes; deleting the last lesson of a folder deletes the folder."""
    library = Library.open(folder)
    document = next(each for each in library.lessons.documents if each.file == "git/branches.yaml")
    library.publish(document, document.text.replace("Because", "Therefore"))
    assert "Therefore" in (folder / "git" / "branches.yaml").read_text()
    made = library.publish_all({"linux/shell/pipes.yaml": (None, lesson("pipe"))})[0]
    assert (folder / "linux" / "shell" / "pipes.yaml").read_text() == lesson("pipe")
    assert made.lesson.course == "Shell"
    library.publish_all({made.file: (made, None)})
    assert not (folder / "linux").exists()
    with pytest.raises(ConflictError, match="already exists"):
        library.publish_all({"git/own.yaml": (None, lesson("new"))})


@pytest.mark.parametrize(
    "file",
    [
        "../a.yaml",
        "/a.yaml",
        ".git/a.yaml",
        "images/a.yaml",
        "con/a.yaml",
        "a./b.yaml",
        "a//b.yaml",
    ],
)
def test_no_lesson_is_made_outside_of_the_folder_or_where_it_is_not_read(folder, file):
    """Nor in a folder whose name some systems do not allow."""
    with pytest.raises(EditError, match="cannot be a new lesson"):
        Library.open(folder).publish_all({file: (None, lesson("new"))})


def test_a_link_to_a_folder_is_neither_read_nor_written_through(folder, tmp_path):
    """Also if it replaced a folder after the lessons were read."""
    library = Library.open(folder)
    document = next(each for each in library.lessons.documents if each.file == "git/branches.yaml")
    (folder / "git").rename(tmp_path / "elsewhere")
    (folder / "git").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EditError):
        library.publish(document, document.text.replace("Because", "Therefore"))
    with pytest.raises(EditError):
        library.publish_all({"git/new.yaml": (None, lesson("new"))})
    assert "Because" in (tmp_path / "elsewhere" / "branches.yaml").read_text()
    assert not (tmp_path / "elsewhere" / "new.yaml").exists()
    library.reload()
    assert [each.file for each in library.lessons.documents] == ["z.yaml"]


async def test_a_lesson_in_a_new_folder_is_served_while_the_bot_runs(folder):
    """Later changes of it are noticed, too."""
    library = Library.open(folder)

    async def until(id_: str) -> None:
        async for _ in library.watch():
            if id_ in library.lessons.entries:
                return

    waiting = asyncio.create_task(until("pipe"))
    await asyncio.sleep(0)
    (folder / "linux").mkdir()
    (folder / "linux" / "pipes.yaml").write_text(lesson("pipe"))
    await asyncio.wait_for(waiting, 30)


def test_an_export_holds_the_folders_and_is_taken_back(folder):
    """Importing it again changes nothing."""
    library = Library.open(folder)
    content = export(library)
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert "git/advanced-use/rebase.yaml" in names
    assert plan(library, read_archive("lessons.zip", content).files).is_empty


def test_the_copy_of_the_preview_has_them(folder, tmp_path):
    """If a lesson in a folder is deleted, it is deleted from the copy, too."""
    copy = Copy(folder, tmp_path / "copy", tmp_path / "taken")
    library = Library.open(copy.folder)
    assert set(library.lessons.entries) == {"z", "branch", "own", "rebase"}
    (folder / "git" / "own.yaml").unlink()
    (folder / "git" / "branches.yaml").write_text(lesson("other"))
    copy.take_over()
    library.reload()
    assert set(library.lessons.entries) == {"z", "other", "rebase"}


def test_git_commits_a_lesson_in_a_folder(folder):
    """New and changed lessons in folders are committed."""
    git(folder.parent, "init", "-q")
    assert commit(folder, ["git/branches.yaml"], "Ada", "Add branches")
    assert git(folder.parent, "show", "--name-only", "--format=", "HEAD") == "lessons/git/branches.yaml"


def test_a_course_or_a_lesson_of_it_is_checked_as_a_part_of_all(folder):
    """Its entries may be related to entries in other folders."""
    (folder / "git" / "branches.yaml").write_text(lesson("branch") + "    related: [z]\n")
    for part, counted in (("git", "3 lessons"), ("git/branches.yaml", "1 lesson")):
        result = check(folder / part, folder)
        assert result.summary.startswith(counted)
        assert all("git/" in each.file for each in result.findings)


def test_a_file_of_no_library_is_checked_without_the_folders_beside_it(folder, tmp_path):
    """The file can be in somebody's home: its neighbors are checked with it, and no folder there is read."""
    (folder / "git" / "broken.yaml").write_text("lesson: [")
    (folder / "git" / "other-z.yaml").write_text(lesson("z"))
    found = check(folder / "z.yaml", tmp_path / "elsewhere")
    assert found.summary == "1 lesson, 1 entry, 0 scenarios: no errors"
    (folder / "a.yaml").write_text(lesson("z"))
    assert [each.kind for each in check(folder / "z.yaml", tmp_path / "elsewhere").findings] == ["error"]


def test_a_lesson_is_imported_to_a_file_without_reading_the_folders_beside_it(folder, tmp_path):
    """Folders beside a file anywhere on the disk are no lessons: not for its IDs, nor for an import again."""
    (folder / "z.yaml").unlink()
    (folder / "git" / "broken.yaml").write_text("lesson: [")
    lessonbot = Command(tmp_path)
    faq = tmp_path / "faq.md"
    faq.write_text("## Why branch?\n\nTo keep work apart.\n")
    (folder / "git" / "same.yaml").write_text(lesson("why-branch"))
    ended = lessonbot("import", str(faq), "--to", str(folder / "new.yaml"))
    assert ended.code == 0
    assert "id: why-branch\n" in (folder / "new.yaml").read_text()
    assert "nothing new" in lessonbot("import", str(faq), "--to", str(folder / "new.yaml")).out


def test_a_folder_whose_name_has_a_dot_takes_lessons(tmp_path):
    """`--to` names a folder if there is one, whatever its name looks like."""
    lessonbot = Command(tmp_path)
    (tmp_path / "our.lessons").mkdir()
    (tmp_path / "faq.md").write_text("## Why branch?\n\nTo keep work apart.\n")
    for _ in range(2):
        assert lessonbot("import", str(tmp_path / "faq.md"), "--to", str(tmp_path / "our.lessons")).code == 0
    assert [each.name for each in (tmp_path / "our.lessons").glob("*.yaml")] == ["faq.yaml"]
