"""What people type runs as it is printed, however Lessonbot was installed."""

from __future__ import annotations

import json
import shlex
import sys
from typing import Any

import pytest

from bot import installation
from bot.installation import pip_install, quoted


@pytest.mark.parametrize(
    ("origin", "files", "words"),
    [
        (
            {"url": "file:///FOLDER/my%20bot", "dir_info": {"editable": True}},
            ["constraints.txt"],
            ["-c", "/FOLDER/my bot/constraints.txt", "-e", "/FOLDER/my bot[metrics]"],
        ),
        ({"url": "file:///FOLDER/my%20bot", "dir_info": {}}, [], ["/FOLDER/my bot[metrics]"]),
        (
            {"url": "https://github.com/pots/lessonbot", "vcs_info": {"vcs": "git"}},
            [],
            ["lessonbot[metrics] @ git+https://github.com/pots/lessonbot"],
        ),
        (None, [], ["lessonbot[metrics]"]),
    ],
    ids=["clone", "copy", "git", "index"],
)
def test_an_extra_comes_from_where_the_bot_came(origin: Any, files, words, tmp_path, monkeypatch):
    """No index has the package, and the shell may find another `pip` than the one that belongs to the bot."""
    (tmp_path / "my bot").mkdir()
    for each in files:
        (tmp_path / "my bot" / each).touch()
    here = str(tmp_path).removeprefix("/")

    class Installed:
        def read_text(self, name: str) -> str | None:
            return json.dumps(origin).replace("FOLDER", here) if origin else None

    monkeypatch.setattr(installation, "distribution", lambda name: Installed())
    typed = shlex.split(pip_install("metrics"))
    assert typed == [sys.executable, "-m", "pip", "install", *(each.replace("FOLDER", here) for each in words)]


def test_without_the_code_that_it_came_from_nothing_is_typed_that_fails(monkeypatch):
    """So it is in an image of Docker: its code is not in it, and its disk is read-only."""

    class Installed:
        def read_text(self, name: str) -> str | None:
            return json.dumps({"url": "file:///src-that-is-gone", "dir_info": {}})

    monkeypatch.setattr(installation, "distribution", lambda name: Installed())
    told = pip_install("metrics")
    assert "with the extra metrics (in Docker, add it to the line with pip in the Dockerfile" in told
    assert sys.executable not in told


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        (r"C:\Users\mia\.venv\Scripts\lessonbot.EXE", r"C:\Users\mia\.venv\Scripts\lessonbot.EXE"),
        ("our pots", '"our pots"'),
        ("pots & pans", '"pots & pans"'),
    ],
)
def test_on_windows_both_of_its_shells_take_a_word_as_it_is_printed(word: str, typed: str, monkeypatch):
    """Neither cmd nor PowerShell finds a command in single quotes, and cmd finds no folder in them."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert quoted(word) == typed
