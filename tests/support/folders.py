"""What the lesson files of a folder hold."""

from __future__ import annotations

from pathlib import Path


def on_disk(folder: Path) -> dict[str, str]:
    """The lesson files right in this folder, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.y*ml"))}


def everywhere(lessons: Path) -> dict[str, str]:
    """The lesson files of this folder and of all folders in it, by path."""
    files = (*lessons.rglob("*.yaml"), *lessons.rglob("*.yml"))
    paths = (each for each in files if ".imported" not in each.parts)
    return {each.relative_to(lessons).as_posix(): each.read_text(encoding="utf-8") for each in paths}
