"""Errors that a person can fix; everything else is a bug.

UserError                 exit 1, with one line on stderr for each problem
├── SettingsError         an environment variable or a line of .env
├── LessonError           lesson files that cannot be used, each problem with file and line
├── EditError             an edit that was not made; nothing was changed
│   ├── ConflictError     the file changed on disk since it was read
│   │   └── ChangedError  another moderator changed the same entry or scenario (bot.curating.errors)
│   ├── UnseenError       a draft, or lessons, that changed after the review (bot.curating.errors)
│   ├── InvalidError      a draft with problems, each with its field (bot.curating.errors)
│   └── GoneError         a draft, an entry or a revision that is no longer there (bot.curating.errors)
├── NotesError            Markdown notes without a lesson in them
├── StoreError            a database that cannot be used
│   └── StoreFailingError a database that fails for now: it is away, read-only, or its disk is full
│       └── UnrecordedError   what was published just before it failed
└── DiscordRefusedError     Discord does not accept this bot
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.language.characters import one_line


class UserError(Exception):
    """An error that a person can fix. `str()` is the text for them."""


class SettingsError(UserError):
    """One or more settings are missing or wrong, with a line for each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, order=True)
class Problem:
    """An error in a lesson file. Its text is `file:line: where: what`.

    `fix` says in English how to fix it, for the command line; '' if only the author can know. Problems that differ
    only in `fix` are equal.
    """

    file: str
    line: int
    where: str
    what: str
    fix: str = field(default="", compare=False)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        # A name or a quotation of several lines would look like several errors.
        return one_line(f"{self.file}:{self.line}: {place}{self.what}")


class LessonError(UserError):
    """Lesson files that cannot be used: all problems of all files at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class EditError(UserError):
    """An edit that was not made; nothing was changed."""


class ConflictError(EditError):
    """The file changed on disk since it was read. The moderator has to look at both versions."""


class NotesError(UserError):
    """Markdown notes without a question, a scenario or even a title."""


class StoreError(UserError):
    """A database that cannot be used: a wrong URL, no server, no room, or a newer version's tables."""


class StoreFailingError(StoreError):
    """A database that fails for now: it does not answer, cannot be written to, or its disk is full."""


class UnrecordedError(StoreFailingError):
    """The lesson files are changed and in use, and the database failed before the history had that."""


class DiscordRefusedError(UserError):
    """Discord does not accept this bot: a wrong token, or a setting of the application."""
