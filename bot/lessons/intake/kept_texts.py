"""The files of `.imported/` as texts: what undo, backups, Git and other machines take along with the lessons.

Their paths are those in the lessons folder, such as `.imported/faq-md.yaml`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from bot.lessons.atomic_writing import delete_in, put_in
from bot.lessons.files import read_file
from bot.lessons.intake.last_import import FOLDER
from bot.lessons.nodes import MAX_BYTES, UnreadableError, decode

_INSIDE = f"{FOLDER}/"


def is_kept(file: str) -> bool:
    """Whether a path is that of such a file."""
    name = file.removeprefix(_INSIDE)
    return name != file and name.endswith((".yaml", ".yml")) and not re.search(r"^\.|[/\\\0]", name)


def kept_files(folder: Path) -> list[str]:
    """The paths of all such files in the lessons folder."""
    return sorted(f"{_INSIDE}{each.name}" for each in (folder / FOLDER).glob("*") if is_kept(_INSIDE + each.name))


def kept_texts(folder: Path) -> dict[str, str]:
    """Their texts, by path. Files that cannot be read are left out."""
    found: dict[str, str] = {}
    for file in kept_files(folder):
        with suppress(OSError, UnreadableError):
            found[file] = decode(read_file(*place_of(folder, file), MAX_BYTES))
    return found


def put_kept(folder: Path, file: str, text: str | None) -> None:
    """Write such a file, or delete it for None. Raises `OSError`."""
    above, name = place_of(folder, file)
    if text is None:
        with suppress(FileNotFoundError):
            delete_in(above, name)
    else:
        put_in(above, name, text.encode(), is_new=not (above / name).exists())


def place_of(folder: Path, file: str) -> tuple[Path, str]:
    """The folder in which a file is opened, and its path there. No path may lead into a hidden folder."""
    return (folder / FOLDER, file.removeprefix(_INSIDE)) if is_kept(file) else (folder, file)
