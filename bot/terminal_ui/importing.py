"""`lessonbot import` at a prompt: shows what could not be used and what changes, and asks which texts to keep."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from bot.curating.diff import title_of
from bot.curating.import_again import ImportAgain, compare, publish_again
from bot.curating.source_changes import BothChanged, Choice, SourceChanges
from bot.errors import LessonError, NotesError, UserError
from bot.installation import quoted, typed_command
from bot.language.characters import one_line
from bot.lessons.intake.import_report import summary, warnings
from bot.lessons.intake.importing import Prepared, write
from bot.lessons.library import Library
from bot.lessons.opening import open_library, with_folder
from bot.printing import say
from bot.terminal_ui.progress_bar import progress_bar


class Importing:
    """Finishes a prepared import. With `yes`, it asks nothing; `prefer` decides which of two texts is kept."""

    def __init__(self, prepared: Prepared, *, yes: bool, prefer: Choice | None) -> None:
        self._folder = prepared.home
        self._writes = prepared.folder is not None
        self._yes = yes
        self._prefer = prefer
        self._is_asked = sys.stdin.isatty() and not yes
        self._library = _library_for(prepared)
        self._again = _compared(prepared, self._library) if self._library else None
        new = self._again.made if self._again else prepared.imported.made
        self._prepared = replace(prepared, imported=replace(prepared.imported, made=new))

    def finish(self) -> None:
        """Print what could not be used, ask, and write. If it raises `UserError`, nothing is written."""
        for each in warnings(self._prepared.imported, self._again.missing if self._again else ()):
            say(one_line(f"warning: {each}"), err=True)
        library, again = self._library, self._again
        if library and again and again.sources:
            try:
                written = self._update(library, again)
            except click.Abort:
                say("\nNothing was imported.")
                raise
        else:
            with progress_bar():
                write(self._prepared)
            self._tell_made()
            written = len(self._prepared.imported.made)
        if written and self._writes:
            them = "it" if written == 1 else "them"
            say(f"Review {them}, then run: {typed_command()} check {quoted(str(self._folder))}")

    def _update(self, library: Library, again: ImportAgain) -> int:
        """Publish what is new in sources that were imported before; the number of files that were written."""
        for each in again.sources:
            for line in lines(each, self._folder):
                say(line, err=not self._writes)
        choices = self._choose(again)
        changes = again.changes(choices)
        if not self._writes:
            now = {each.file: each.text for each in library.lessons.documents}
            for file in dict.fromkeys(file for each in again.sources for file in each.source.files):
                click.echo(changes[file][1] if file in changes else now[file], nl=False)
            self._tell_made()
        else:
            self._tell_made()  # before the question, which is about all that is written
            updates = any(before for before, _after in changes.values())
            if updates:
                self._confirm()
            with progress_bar():
                publish_again(library, self._prepared, again, choices)
            if updates:
                say("Updated. To undo it, use git, or /lessons undo in Discord.")
            elif again.both:
                say("The lessons stay as they are.")
        return len(changes)

    def _choose(self, again: ImportAgain) -> dict[tuple[str, str], Choice]:
        if self._prefer is None and again.both and self._writes and not self._is_asked:
            count = len(again.both)
            raise NotesError(
                f"{'1 text was' if count == 1 else f'{count} texts were'} changed here and in the source; add "
                "--prefer here or --prefer source. Nothing was imported"
            )
        is_asked = self._is_asked and self._writes
        return {
            (each.id, each.field): self._prefer or (self._ask(each) if is_asked else "here") for each in again.both
        }

    def _ask(self, both: BothChanged) -> Choice:
        say(f"\n{both.title}: {both.name} was changed here and in the source.")
        for name, text in (("here", both.here), ("source", both.source)):
            say(f"{name}:")
            for line in text.split("\n"):
                say(f"  {line}")
        kept: Choice = click.prompt("Keep which?", type=click.Choice(["here", "source"]), default="here")
        return kept

    def _confirm(self) -> None:
        if not self._yes and not self._is_asked:
            raise NotesError("this changes lessons; add --yes to do it. Nothing was imported")
        if self._is_asked and not click.confirm("Write this?"):
            raise NotesError("nothing was imported")

    def _tell_made(self) -> None:
        made, pictures = self._prepared.imported.made, self._prepared.imported.pictures
        for each in made:
            if each.file is None:
                click.echo(each.text, nl=False)
            else:
                say(f"{each.file}: {summary([each], pictures if len(made) == 1 else 0)}")
        if self._writes and len(made) > 1:
            say(f"{len(made)} lessons: {summary(made, pictures)}")


def _library_for(prepared: Prepared) -> Library | None:
    """The lessons in the folder of an import; None if there are none, or none that can be read."""
    try:
        return open_library(prepared.home, subfolders=prepared.subfolders)
    except LessonError as error:
        broken = {Path(each.file) for each in error.problems}
        if not prepared.is_file and any(each.file in broken for each in prepared.imported.made):
            raise
        return None
    except UserError:
        return None


def _compared(prepared: Prepared, library: Library) -> ImportAgain:
    try:
        return compare(prepared, library.lessons, library.folder)
    except LessonError as error:
        raise LessonError(with_folder(library.folder, error.problems)) from error


def lines(changes: SourceChanges, folder: Path) -> Iterator[str]:
    """A line for each item that is new, changed or gone."""
    files = ", ".join(str(folder / each) for each in changes.source.files)
    said = list(_changes(changes))
    source = changes.source.name
    yield f"{files}: nothing new in {source}" if not said else f"{files}, from {source}:"
    yield from (f"  {each}" for each in said)


def _changes(changes: SourceChanges) -> Iterator[str]:
    yield from (f"new: {title_of(each)}" for each in changes.new)
    yield from (f"changed: {title}: {'; '.join(words)}" for title, words in changes.changed)
    yield from (f"gone: {title_of(each)}" for each in changes.gone)
    yield from (f"changed here and in {changes.source.name}: {each.title}: {each.name}" for each in changes.both)
    yield from changes.not_made
