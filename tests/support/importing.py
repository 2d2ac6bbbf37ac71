"""Imports files in one step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.lessons.intake.importing import Imported, prepare, write
from bot.lessons.intake.options import Options


def import_files(
    paths: Sequence[Path], to: Path | None, lessons: Path, options: Options | None = None
) -> Imported:
    """Call `prepare`, then `write`; raises `NotesError` as they do."""
    prepared = prepare(paths, to, lessons, options)
    write(prepared)
    return prepared.imported
