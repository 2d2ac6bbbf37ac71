"""A folder of lessons, for tests of what becomes of its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.lesson_texts import lesson


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two lessons of an entry each."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "a.yaml").write_text(lesson("a"))
    (folder / "b.yml").write_text(lesson("b"))
    return folder
