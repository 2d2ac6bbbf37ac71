"""A lesson is published whole or not at all, and never over what somebody else wrote."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from bot.errors import ConflictError, EditError, LessonError
from bot.lessons.atomic_writing import replace_in
from bot.lessons.library import Library
from tests.support.lesson_texts import lesson, questions


def test_a_published_lesson_is_served_and_on_disk(folder):
    """Members get what the preview showed, and the file has the same text."""
    library = Library.open(folder)
    new = library.publish(library.lessons.documents[0], lesson("a", "New?"))
    assert new is library.lessons.documents[0]
    assert questions(library)["a"] == "New?"
    assert (folder / "a.yaml").read_text() == lesson("a", "New?")
    assert not library.reload()
    assert sorted(os.listdir(folder)) == ["a.yaml", "b.yml"]


def test_a_file_keeps_its_mode_owner_mark_and_line_ends(folder):
    """Other programs can read the file as before."""
    path = folder / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + lesson("a").replace("\n", "\r\n").encode())
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 1234, 1234)
    before = path.stat()
    library = Library.open(folder)
    document = library.lessons.documents[0]
    library.publish(document, document.text.replace("Why?", "New?"))
    after = path.stat()
    assert path.read_bytes() == b"\xef\xbb\xbf" + lesson("a", "New?").replace("\n", "\r\n").encode()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


def test_a_link_stays_a_link(folder):
    """If a lesson file is a link within the folder, its target is changed."""
    (folder / "shared").mkdir()
    (folder / "a.yaml").rename(folder / "shared" / "a.yaml")
    (folder / "a.yaml").symlink_to("shared/a.yaml")
    library = Library.open(folder)
    library.publish(library.lessons.documents[0], lesson("a", "New?"))
    assert (folder / "a.yaml").is_symlink()
    assert (folder / "shared" / "a.yaml").read_text() == lesson("a", "New?")


def test_nobody_overwrites_what_somebody_else_wrote(folder):
    """If the file was changed or deleted since it was read, the moderator reads that."""
    library = Library.open(folder)
    a, b = library.lessons.documents
    (folder / "a.yaml").write_text(lesson("a", "Theirs?"))
    with pytest.raises(ConflictError, match=r"someone else changed a\.yaml"):
        library.publish(a, lesson("a", "Mine?"))
    assert (folder / "a.yaml").read_text() == lesson("a", "Theirs?")
    (folder / "b.yml").unlink()
    with pytest.raises(ConflictError, match=r"someone else deleted b\.yml"):
        library.publish(b, lesson("b", "Mine?"))
    assert not (folder / "b.yml").exists()
    assert questions(library) == {"a": "Why?", "b": "Why?"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("lesson:\n", "must not be empty"),
        (lesson("b"), "'b' is already used at a.yaml:3"),
        (lesson("c", more="  related: [a]\n"), "no entry has the ID 'a'"),
        (lesson("a", "\ud800"), "is not UTF-8 text"),
    ],
)
def test_a_wrong_lesson_is_not_published(text, what, folder):
    """Text from Discord is checked like a file."""
    if "related" in text:
        (folder / "b.yml").write_text(lesson("b", more="  related: [a]\n"))
    library = Library.open(folder)
    with pytest.raises(LessonError, match=what):
        library.publish(library.lessons.documents[0], text)
    assert (folder / "a.yaml").read_text() == lesson("a")
    assert questions(library)["a"] == "Why?"


def test_a_full_disk_changes_nothing(folder):
    """The moderator reads the reason, and the lesson file is intact."""
    code = (
        "import resource, sys; from pathlib import Path; from bot.errors import EditError\n"
        "from bot.lessons.library import Library\n"
        "library = Library.open(Path(sys.argv[1])); document = library.lessons.documents[0]\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "try: library.publish(document, document.text.replace('So.', 'So. ' * 1000))\n"
        "except EditError as error: print(error, library.lessons.documents[0] is document)\n"
    )
    run = subprocess.run(
        [sys.executable, "-B", "-c", code, str(folder)], capture_output=True, text=True, check=True
    )
    assert run.stdout == "a.yaml cannot be saved: File too large; nothing was changed True\n"
    assert (folder / "a.yaml").read_text() == lesson("a")
    assert sorted(os.listdir(folder)) == ["a.yaml", "b.yml"]


def test_a_link_that_leads_out_of_the_folder_is_not_written_through(folder, tmp_path):
    """Such a link cannot make the bot overwrite another file."""
    library = Library.open(folder)
    (folder / "a.yaml").rename(tmp_path / "elsewhere.yaml")
    (folder / "a.yaml").symlink_to("../elsewhere.yaml")
    with pytest.raises(EditError, match=r"a\.yaml cannot be saved: it is outside the lessons folder"):
        library.publish(library.lessons.documents[0], lesson("a", "New?"))
    with pytest.raises(OSError, match="it is outside the lessons folder"):
        replace_in(folder, "a.yaml", b"New")
    assert (tmp_path / "elsewhere.yaml").read_text() == lesson("a")
    assert questions(library)["a"] == "Why?"


def test_a_bot_that_is_killed_while_it_publishes_leaves_a_whole_file(folder):
    """It has the old or the new text, and temporary files are not read as lessons."""
    code = (
        "import sys; from pathlib import Path; from bot.lessons.library import Library\n"
        "library = Library.open(Path(sys.argv[1])); print('ready', flush=True)\n"
        "n = 0\n"
        "while True:\n"
        "    document = library.lessons.documents[0]\n"
        "    old = 'Q%d?' % n; n += 1\n"
        "    start = document.text.split('answer')[0].rsplit('question', 1)[0]\n"
        "    library.publish(document, start + 'question: Q%d?\\n  answer: %s\\n' % (n, 'So. ' * 2000))\n"
    )
    chance = random.Random(1)
    for _ in range(8):
        with subprocess.Popen([sys.executable, "-B", "-c", code, str(folder)], stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.06))
            process.send_signal(signal.SIGKILL)
        library = Library.open(folder)
        assert set(questions(library)) == {"a", "b"}
        assert (folder / "a.yaml").read_text().endswith("So. \n") or questions(library)["a"] == "Why?"
