"""The progress bars of `lessonbot import`, `new` and `check`, on a real terminal (a pty)."""

from __future__ import annotations

import re
import sys

import pytest

from bot.progress import in_steps, step, watched_by
from tests.support.command import Command

pexpect = pytest.importorskip("pexpect", reason="pexpect drives a pty, which Windows has not")

# Runs the command, with a bar that is shown after so many seconds.
RUN = """
import sys
from bot.terminal_ui import progress_bar
progress_bar.SHOWN_AFTER = float(sys.argv.pop(1))
from bot.cli import main
main()
"""
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
FAQ = "## What is a branch?\n\nA line of work.\n\n## How do I delete a branch?\n\nWith `git branch -d`.\n"


@pytest.fixture
def lessonbot(tmp_path):
    command = Command(tmp_path)
    (tmp_path / "git.md").write_text(FAQ)
    (tmp_path / "shell.rst").write_text("Why?\n====\n\nWhat is a shell?\n----------------\n\nA program.\n")
    return command


def seen(lessonbot: Command, shown_after: float, *words: str) -> str:
    """All that the terminal got."""
    screen = pexpect.run(
        " ".join([sys.executable, lessonbot.folder.joinpath("run.py").as_posix(), str(shown_after), *words]),
        cwd=lessonbot.folder,
        env=lessonbot.environment(TERM="xterm-256color", PYTHONPATH=":".join(filter(None, sys.path))),
        timeout=60,
    )
    return str(screen.decode())


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (("import", "git.md", "shell.rst"), ["Importing shell.rst"]),
        (("new", "ours", "--from", "git.md", "shell.rst"), ["Importing shell.rst"]),
        (("check",), ["Asking in other words"]),
    ],
)
def test_a_long_command_shows_how_far_it_is(lessonbot, words, steps):
    """A bar is shown for what is being done, and is gone at the end; a quick command shows none."""
    (lessonbot.folder / "run.py").write_text(RUN)
    quick = seen(lessonbot, 3600, *words)
    assert ESCAPES.search(quick) is None
    lessonbot.lesson.parent.joinpath("git.yaml").unlink(missing_ok=True)
    lessonbot.lesson.parent.joinpath("shell.yaml").unlink(missing_ok=True)
    if words[0] == "new":
        words = ("new", "again", *words[2:])
    slow = seen(lessonbot, 0, *words)
    assert all(each in slow for each in steps)
    assert "━" in slow
    left = re.split(r"\x1b\[2K", slow)[-1]
    assert "━" not in left
    assert ESCAPES.sub("", left).strip().splitlines()[-1] == quick.strip().splitlines()[-1].replace(
        "ours", "again"
    )


class Seen:
    """Writes down what a watcher is told."""

    def __init__(self):
        self.told = []

    def begin(self, step, total):
        self.told.append(f"{step}: {total}")

    def reach(self, done, name=""):
        self.told.append(f"{done} {name}".strip())

    def end(self):
        self.told.append("end")


def test_steps_tell_how_far_they_are():
    """A step of many parts tells so a few hundred times at most."""
    watcher = Seen()
    with watched_by(watcher):
        assert list(in_steps(["a", "b"], "Files", str.upper)) == ["a", "b"]
        assert watcher.told == ["Files: 2", "0 A", "1 B", "end"]
        watcher.told.clear()
        with step("Lines", 100_000) as reach:
            for n in range(100_000):
                reach(n)
    assert len(watcher.told) == 202
    assert watcher.told[-1] == "end"
    assert list(in_steps([1], "unwatched")) == [1]
