"""The folders: the lessons, the bot's own files, whether edits are noticed, and Git."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from bot.dialogue.snapshot import Snapshot
from bot.doctor.diagnosis import Diagnosis
from bot.errors import LessonError, UserError
from bot.installation import pip_install, typed_command
from bot.language.numbers import count
from bot.lessons import git
from bot.lessons.opening import counted, open_library, unwritable
from bot.lessons.watching import LOOK_EVERY, Watch, events_arrive
from bot.search.languages import ENGLISH
from bot.search.meaning import multilingual
from bot.search.meaning.sources import MULTILINGUAL
from bot.settings import Settings


async def folders(settings: Settings) -> AsyncIterator[Diagnosis]:
    """What is found about them, one after the other."""
    if settings.lessons_from == "database":
        yield Diagnosis("lessons", "come from the database (LESSONS_FROM=database)")
        yield _data(settings.data_dir)
        return
    for each in _lessons(settings):
        yield each
    why = unwritable(settings.lessons_dir)
    if not _is_folder(settings.lessons_dir):
        pass  # the line above says so
    elif why:
        yield Diagnosis(
            "publishing",
            f"LESSONS_DIR {settings.lessons_dir} cannot be written ({why}), so moderators cannot publish edits",
            "make it writable for the user who runs the bot",
        )
    else:
        yield Diagnosis("publishing", f"LESSONS_DIR {settings.lessons_dir} can be written")
        yield await _events(settings.lessons_dir, settings.watch)
    yield _data(settings.data_dir)
    if settings.lessons_git == "commit":
        why = await asyncio.to_thread(git.unready, settings.lessons_dir)
        how = "run git init in it" if why == git.NO_REPOSITORY else "correct that"
        yield Diagnosis("Git", why or "edits can be committed", f"{how}, or set LESSONS_GIT=off" if why else "")
    else:
        yield Diagnosis("Git", "not used (LESSONS_GIT=off)")


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # `Path.is_dir` raises an error if a folder above it may not be opened


def _lessons(settings: Settings) -> Iterator[Diagnosis]:
    try:
        library = open_library(settings.lessons_dir)
    except LessonError as error:
        first, *others = error.problems
        more = f" (and {len(others)} more)" if others else ""
        yield Diagnosis("lessons", f"{first}{more}", f"run {typed_command()} check, which names every error")
        return
    except UserError as error:
        fix = f"correct LESSONS_DIR, or make lessons: {typed_command()} import FILE"
        yield Diagnosis("lessons", str(error), fix)
        return
    contents = counted(library.lessons.documents)
    if library.problems:
        said = f"{contents}; {count(len(library.problems), 'error')}, and what has one is left out"
        yield Diagnosis("lessons", said, f"run {typed_command()} check, which names them", matters=False)
    else:
        yield Diagnosis("lessons", contents)
    is_wanted = settings.understanding in MULTILINGUAL and not multilingual.is_installed()
    language = Snapshot.of(library.lessons).index.language if is_wanted else ENGLISH
    if language is not ENGLISH:
        yield Diagnosis(
            "understanding",
            f"most lessons are in {language.stemmer.capitalize()}, and without the extra languages, fewer "
            "questions about them are understood",
            pip_install("languages"),
            matters=False,
        )


def no_file_in(folder: Path) -> str:
    """Why no file can be written in this folder, which is created if it is missing; '' if one can."""
    try:
        there = next((each for each in (folder, *folder.absolute().parents) if each.exists()), folder)
    except OSError as error:  # a folder above it may not be opened
        return error.strerror or str(error)
    return unwritable(there)


def _data(folder: Path) -> Diagnosis:
    if why := no_file_in(folder):
        said = f"DATA_DIR {folder} cannot be written ({why})"
        return Diagnosis("data folder", said, "make it writable for the user who runs the bot, or set DATA_DIR")
    return Diagnosis("data folder", f"DATA_DIR {folder} can be written")


async def _events(folder: Path, how: Watch) -> Diagnosis:
    what = "edits of files"
    if how == "poll":
        return Diagnosis(what, f"the bot looks for them every {LOOK_EVERY} seconds (WATCH=poll)")
    if await events_arrive(folder):
        return Diagnosis(what, f"are noticed at once in {folder}")
    silent = f"the system does not report saved files in {folder}"
    if how == "auto":
        return Diagnosis(what, f"{silent}; the bot checks them every {LOOK_EVERY} seconds (WATCH=auto)")
    return Diagnosis(what, f"{silent}, and WATCH=events", "set WATCH=auto", matters=False)
