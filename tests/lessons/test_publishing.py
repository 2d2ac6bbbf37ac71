"""Several files are published together, or none of them is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import ConflictError, EditError, LessonError
from bot.lessons import atomic_writing
from bot.lessons.library import Lessons, Library
from tests.support.lesson_texts import lesson


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "lessons"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.yaml").write_text(lesson(name))
    return folder


def on_disk(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


def test_files_that_need_each_other_are_published_together(folder):
    """An entry that moves between lessons is never there twice, and never missing."""
    library = Library.open(folder)
    a, b, _ = library.lessons.documents
    told: list[Lessons] = []
    library.before_change.append(told.append)
    new = library.publish_all(
        {
            "a.yaml": (a, lesson("b")),
            "b.yaml": (b, lesson("d", more="  related: [e]\n")),
            "e.yml": (None, lesson("e")),
        }
    )
    assert [each.file for each in new] == ["a.yaml", "b.yaml", "e.yml"]
    assert set(library.lessons.entries) == {"b", "c", "d", "e"}
    assert on_disk(folder)["e.yml"] == lesson("e")
    assert len(told) == 1, "nobody sees a part of it"
    assert not library.reload()


def test_nothing_at_all_is_no_change(folder):
    """An import that matches the lessons rebuilds nothing."""
    library = Library.open(folder)
    before = library.lessons
    assert library.publish_all({}) == ()
    assert library.lessons is before


def test_all_mistakes_of_all_files_are_told_and_none_is_written(folder):
    """A moderator can fix all of an upload at once."""
    library = Library.open(folder)
    a, b, _ = library.lessons.documents
    with pytest.raises(LessonError) as caught:
        library.publish_all(
            {
                "a.yaml": (a, "lesson:\n"),
                "b.yaml": (b, lesson("b")),
                "d.yaml": (None, "lesson: D\nentrys: []\nx: y\n"),
            }
        )
    assert [each.file for each in caught.value.problems] == ["a.yaml", "d.yaml", "d.yaml"]
    with pytest.raises(LessonError) as caught:
        library.publish_all({"a.yaml": (a, lesson("c")), "d.yaml": (None, lesson("d", more="  related: [x]\n"))})
    assert [each.file for each in caught.value.problems] == ["c.yaml", "d.yaml"]
    assert on_disk(folder) == {f"{name}.yaml": lesson(name) for name in "abc"}
    assert set(library.lessons.entries) == {"a", "b", "c"}


@pytest.mark.parametrize("how", ["changed", "deleted", "already exists"])
def test_a_file_that_somebody_else_changed_stops_all_of_them(folder, how):
    """Nothing is written."""
    library = Library.open(folder)
    a, b, _ = library.lessons.documents
    changes = {
        "a.yaml": (a, lesson("a", "New?")),
        "b.yaml": (b, lesson("b", "New?")),
        "d.yaml": (None, lesson("d")),
    }
    if how == "changed":
        (folder / "b.yaml").write_text(lesson("b", "Theirs?"))
    elif how == "deleted":
        (folder / "b.yaml").unlink()
    else:
        (folder / "d.yaml").symlink_to("/nowhere")
    before = sorted(os.listdir(folder)), (folder / "a.yaml").read_text()
    with pytest.raises(ConflictError, match=how):
        library.publish_all(changes)
    assert (sorted(os.listdir(folder)), (folder / "a.yaml").read_text()) == before
    assert library.lessons.entries["a"].question == "Why?"


def test_a_write_that_fails_takes_those_before_it_back(folder):
    """If the disk is full at the third file, all files are as before."""
    code = (
        "import resource, sys; from pathlib import Path; from bot.errors import EditError\n"
        "from bot.lessons.library import Library\n"
        "library = Library.open(Path(sys.argv[1])); a, b, c = library.lessons.documents\n"
        "new = a.text.replace('- id: a', '- id: d')\n"
        "changes = {'d.yaml': (None, new), 'a.yaml': (a, a.text.replace('Why', 'New')),\n"
        "           'c.yaml': (c, c.text.replace('So.', 'So. ' * 1000))}\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: library.publish_all(changes)\n"
        "except EditError as error: print(error, library.lessons.documents == (a, b, c))\n"
    )
    run = subprocess.run(
        [sys.executable, "-B", "-c", code, str(folder)], capture_output=True, text=True, check=True
    )
    assert run.stdout == ("c.yaml cannot be saved: File too large; all other files are as they were before True\n")
    assert on_disk(folder) == {f"{name}.yaml": lesson(name) for name in "abc"}


def test_what_somebody_edits_between_two_writes_stays(folder, monkeypatch):
    """Neither the file that is written next is written over, nor the one that would be put back."""
    library = Library.open(folder)
    a, b, _ = library.lessons.documents
    write = atomic_writing.replace_in

    def followed_by_an_editor(*file):
        monkeypatch.setattr(atomic_writing, "replace_in", write)
        write(*file)
        for name in "ab":
            (folder / f"{name}.yaml").write_text(lesson(name, "Theirs?"))

    monkeypatch.setattr(atomic_writing, "replace_in", followed_by_an_editor)
    with pytest.raises(ConflictError, match=r"b\.yaml"):
        library.publish_all({"a.yaml": (a, lesson("a", "New?")), "b.yaml": (b, lesson("b", "New?"))})
    assert on_disk(folder) == {f"{name}.yaml": lesson(name, "Theirs?") for name in "ab"} | {"c.yaml": lesson("c")}


def test_an_import_that_is_interrupted_takes_back_what_it_wrote(folder, monkeypatch):
    """Ctrl+C at the terminal, between two files."""
    library = Library.open(folder)
    a, b, _ = library.lessons.documents
    write = atomic_writing.replace_in

    def interrupted(above, file, content):
        if file == "b.yaml":
            raise KeyboardInterrupt
        write(above, file, content)

    monkeypatch.setattr(atomic_writing, "replace_in", interrupted)
    with pytest.raises(KeyboardInterrupt):
        library.publish_all({"a.yaml": (a, lesson("a", "New?")), "b.yaml": (b, lesson("b", "New?"))})
    assert on_disk(folder) == {f"{name}.yaml": lesson(name) for name in "abc"}


def test_a_file_goes_with_what_is_written(folder, monkeypatch):
    """Deletions come after the writes, and the watcher sees no further change."""
    unlink, written = Path.unlink, []

    def seen(path, *args, **more):
        written.append((path.name, (folder / "b.yaml").read_text()))
        unlink(path, *args, **more)

    monkeypatch.setattr(Path, "unlink", seen)
    library = Library.open(folder)
    a, b, _ = library.lessons.documents
    order: list[str] = []
    library.before_change.append(lambda lessons: order.extend(each.file for each in lessons.documents))
    (new,) = library.publish_all({"a.yaml": (a, None), "b.yaml": (b, lesson("a"))})
    assert (new.file, order) == ("b.yaml", ["b.yaml", "c.yaml"])
    assert ("a.yaml", lesson("a")) in written
    assert on_disk(folder) == {"b.yaml": lesson("a"), "c.yaml": lesson("c")}
    assert not library.reload()


@pytest.mark.parametrize("how", ["changed", "deleted"])
def test_a_file_that_somebody_changed_does_not_go(folder, how):
    """If a file to delete was changed, nothing is written either."""
    library = Library.open(folder)
    a, b, _ = library.lessons.documents
    if how == "changed":
        (folder / "a.yaml").write_text(lesson("a", "Theirs?"))
    else:
        (folder / "a.yaml").unlink()
    before = on_disk(folder)
    with pytest.raises(ConflictError, match=how):
        library.publish_all({"a.yaml": (a, None), "b.yaml": (b, lesson("b", "New?"))})
    assert on_disk(folder) == before


def test_what_cannot_go_brings_the_rest_back(folder, monkeypatch):
    """If a file cannot be deleted, all files are restored, also one that was deleted before it."""
    library = Library.open(folder)
    a, b, c = library.lessons.documents
    unlink = Path.unlink

    def stuck(path, *args, **more):
        if path.name == "b.yaml":
            raise PermissionError(13, "Permission denied")
        unlink(path, *args, **more)

    monkeypatch.setattr(Path, "unlink", stuck)
    with pytest.raises(
        EditError, match=r"b\.yaml cannot be saved: Permission denied; all other files are as they were"
    ):
        library.publish_all({"a.yaml": (a, None), "b.yaml": (b, None), "c.yaml": (c, lesson("c", "New?"))})
    assert on_disk(folder) == {f"{name}.yaml": lesson(name) for name in "abc"}
    assert not library.reload()


def test_the_last_lesson_stays(folder):
    """The bot could not start without lessons."""
    library = Library.open(folder)
    with pytest.raises(EditError, match="this would remove the last lesson"):
        library.publish_all({each.file: (each, None) for each in library.lessons.documents})
    assert on_disk(folder) == {f"{name}.yaml": lesson(name) for name in "abc"}


def test_a_new_lesson_has_a_file_of_its_own(folder):
    """It is served at once; a second file of the same name is refused."""
    library = Library.open(folder)
    document = library.publish_all({"Größe and more (2).yaml": (None, lesson("d"))})[0]
    assert document in library.lessons.documents
    (folder / "e.yaml").write_text("mine")
    with pytest.raises(ConflictError, match=r"e\.yaml already exists"):
        library.publish_all({"e.yaml": (None, lesson("e"))})
    assert (folder / "e.yaml").read_text() == "mine"


def test_a_new_lesson_can_be_in_any_folder_that_is_read(folder):
    """However deep it is: an export of lessons that somebody put there can be imported elsewhere."""
    library = Library.open(folder)
    document = library.publish_all({"2026/autumn/python/basics/week one/more.yaml": (None, lesson("d"))})[0]
    assert document.file in {each.file for each in Library.open(folder).lessons.documents}


@pytest.mark.parametrize(
    "name",
    [
        "../evil.yaml",
        "/etc/evil.yaml",
        "images/evil.yaml",
        "a\\b.yaml",
        "C:evil.yaml",
        ".hidden.yaml",
        "_a.yaml",
        "a\0.yaml",
        "a\n.yaml",
        "con.yaml",
        "LPT1.old.yaml",
        "a .yaml",
        "questions.yaml",
        "Questions.YAML",
        "evil.py",
        "evil",
        ".yaml",
        "",
        "x" * 120 + ".yaml",
        "\u202elmay.yaml",
        "a.yaml.",
        "a.yaml\n",
    ],
)
def test_a_new_lesson_cannot_be_put_elsewhere(folder, name):
    """Neither outside the folder nor where lessons are not read."""
    before = on_disk(folder)
    library = Library.open(folder)
    with pytest.raises(EditError, match="cannot be a new lesson"):
        library.publish_all({name: (None, lesson("d"))})
    assert on_disk(folder) == before
    assert sorted(os.listdir(folder.parent)) == ["lessons"]
