"""Finds the files to import in files and folders, and the files that no reader knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.errors import NotesError
from bot.language.numbers import amount
from bot.language.words import _
from bot.lessons.file_names import is_picture
from bot.lessons.ids import page_name
from bot.lessons.intake.formats import reader_of

MOST_FILES = 5000
# Files and folders of a project's software, which are not notes.
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages", "dist", "build", "_build", "_site"})
_ABOUT = frozenset(
    {"readme", "index", "license", "contributing", "changelog", "code-of-conduct", "code_of_conduct", "home"}
    | {"_sidebar", "_footer", "_header", "summary"}
)


@dataclass(frozen=True)
class SourceFile:
    """A file to read. `below` is its path in the folder that the user named, or its name.

    `is_above`: there are other files in a folder of this name, as below a page of Notion. `is_single`: if the file
    has no questions, it may be one question with its answer.
    """

    file: Path
    below: Path
    is_below: bool = False
    is_above: bool = False

    @property
    def top(self) -> Path:
        """The folder that the user named, or that of the file."""
        return self.file.parents[len(self.below.parts) - 1]

    @property
    def is_single(self) -> bool:
        return self.is_below and not self.is_above and self.file.stem.lower() not in _ABOUT


def collect(paths: Sequence[Path]) -> tuple[list[SourceFile], list[Path]]:
    """The files to read, and the others, in order; those of folders included. Raises `NotesError` for too many.

    A picture is one of the others: it belongs to a page beside it.
    """
    found: dict[Path, SourceFile] = {}
    not_read: list[Path] = []
    for path in paths:
        if not path.is_dir():
            if is_picture(path.name):
                not_read.append(path)
            else:
                found.setdefault(path, SourceFile(path, Path(path.name)))
            continue
        for file in _files_in(path):
            below = file.relative_to(path)
            if file.suffix and reader_of(file):
                found.setdefault(file, SourceFile(file, below, is_below=True))
            else:
                not_read.append(file)
            if len(found) > MOST_FILES:
                raise NotesError(
                    _(
                        "{folder} holds more than {most} files; name a folder below it",
                        folder=path,
                        most=amount(MOST_FILES),
                    )
                )
    above = {each.parent for each in found}
    return [
        replace(each, is_above=any(name in above for name in _folders_of(each.file))) for each in found.values()
    ], not_read


def _folders_of(page: Path) -> tuple[Path, Path]:
    """Where the pages below this one would be: Notion leaves the id out of the names of folders, or not."""
    return page.parent / page.stem, page.parent / page_name(page.stem)


def _files_in(folder: Path) -> Iterator[Path]:
    """All files in a folder and its folders, in order, as they are found: too many of them end the search.

    Hidden folders and those of software are not entered, nor links to folders. A folder that cannot be read is
    one of the files.
    """
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path.is_file():
            yield path
        elif path.is_dir() and (path == folder or not path.is_symlink()):
            try:
                inside = sorted(path.iterdir(), reverse=True)
            except OSError:
                yield path
                continue
            waiting += (each for each in inside if not each.name.startswith(".") and each.name not in _SKIPPED)
