"""What is uploaded is taken if the lessons folder would take it, and what is not used is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.curating.uploaded import plan_import
from bot.lessons.library import Library
from tests.support.lesson_texts import lesson
from tests.support.zips import zipped

NOTEPAD = "\ufeff"  # the byte order mark with which Windows' Notepad begins a file


@pytest.fixture
def library(tmp_path: Path) -> Library:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "a.yaml").write_text(lesson("a"))
    return Library.open(folder)


def planned(library: Library, name: str, content: str | bytes) -> list[tuple[str, str]]:
    """The lesson files that an upload changes, each with how."""
    upload = content.encode() if isinstance(content, str) else content
    plan = plan_import(library, [(name, upload)])
    assert plan.report == ()
    return [(each.file, each.state) for each in plan.plan.lessons]


def test_a_lesson_saved_with_notepad_is_a_lesson(library: Library):
    """Alone or in a zip, as in the lessons folder."""
    changed, new = NOTEPAD + lesson("a", "Why now?"), NOTEPAD + lesson("b")
    assert planned(library, "a.yaml", changed) == [("a.yaml", "changed")]
    both = zipped({"a.yaml": changed, "b.yaml": new})
    assert planned(library, "lessons.zip", both) == [("a.yaml", "changed"), ("b.yaml", "new")]
