"""The readers of all formats, by file extension."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from bot.lessons.intake.markdown import read_markdown
from bot.lessons.intake.material import Hints, Source
from bot.lessons.intake.records import read_json_records, read_yaml_records
from bot.lessons.intake.restructured import read_restructured
from bot.lessons.intake.sheets import is_anki, read_sheet

# A reader raises `NotesError` for a text that it cannot read.
Reader = Callable[[str, Hints], Source]


def read_text(text: str, hints: Hints) -> Source:
    """A `.txt` file: notes, or what Anki exports."""
    return (read_sheet if is_anki(text) else read_markdown)(text, hints)


READERS: Mapping[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".mdx": read_markdown,
    ".mdown": read_markdown,
    ".qmd": read_markdown,
    ".txt": read_text,
    "": read_markdown,
    ".json": read_json_records,
    ".jsonl": read_json_records,
    ".yaml": read_yaml_records,
    ".yml": read_yaml_records,
    ".csv": read_sheet,
    ".tsv": read_sheet,
    ".rst": read_restructured,
}


def reader_of(file: PurePath) -> Reader | None:
    """The reader for this file's extension; None if there is none."""
    return READERS.get(file.suffix.lower())
