"""Makes a git commit of each publish in Discord (`LESSONS_GIT=commit`)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from bot.errors import UnrecordedError
from bot.language.words import _
from bot.lessons import git
from bot.lessons.library import Library
from bot.lessons.validation import pictures_of, wrong_with_picture
from bot.store.revisions import Revision

log = logging.getLogger(__name__)


class Committing:
    """Commits right after files are written, before anybody else writes: one commit for one moderator's edit.

    A file with changes that somebody made by hand and did not commit is left for them to commit.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._said: dict[tuple[int, datetime], str] = {}

    @asynccontextmanager
    async def publish_hook(self, revisions: Sequence[Revision], author_name: str) -> AsyncIterator[list[str]]:
        """For `Ledger.publish_hook`: entered before these revisions are written, left once they are."""
        files = sorted({each.file for each in revisions})
        by_hand = await asyncio.to_thread(git.uncommitted, self._library.folder, files)
        beside: list[str] = []
        unrecorded: UnrecordedError | None = None
        try:
            yield beside
        except UnrecordedError as error:  # uncommitted, they would keep later edits from Git
            unrecorded = error
        if revisions:
            *__, last = revisions
            message = last.reason or f"{last.kind.capitalize()} {last.item_id or last.file}"
            said = _left(by_hand[0]) if by_hand else await self._commit(files, beside, author_name, message)
            if not unrecorded:
                self._said[last.author, last.at] = said
        elif beside:  # an import that changes no lesson
            await self._commit([], beside, author_name, f"Import {beside[0]}")
        if unrecorded:
            raise unrecorded

    async def _commit(self, files: Sequence[str], beside: Sequence[str], author: str, message: str) -> str:
        """Commit these lesson files, their pictures, and what was written beside them; returns a note on that."""
        folder = self._library.folder
        # The owner can keep `.imported/` out of Git; git would refuse the lesson with it.
        ignored = await asyncio.to_thread(git.ignored, folder, beside)
        wanted = dict.fromkeys([*files, *self._pictures(files), *(each for each in beside if each not in ignored)])
        if not wanted:
            return ""
        done = await asyncio.to_thread(git.commit, folder, list(wanted), author or "Lessonbot", message)
        if done:
            return _("Saved in Git (commit {id})", id=done.id)
        return _(
            "The lessons are updated, but the change was not saved in Git. Tell the bot owner: {why}", why=done.why
        )

    def said_of(self, revision: Revision) -> str:
        """A note on the commit of a revision that was just published, given once; '' if there is none."""
        return self._said.pop((revision.author, revision.at), "")

    def _pictures(self, files: Sequence[str]) -> list[str]:
        """The pictures of these lessons, as the edit may have added one.

        A lesson can name a file that is not a picture in the folder: it is not committed.
        """
        lessons = (each.lesson for each in self._library.lessons.documents if each.file in files)
        named = {picture.file for lesson in lessons for __, picture in pictures_of(lesson)}
        return sorted(file for file in named if wrong_with_picture(self._library.folder, file) is None)


def _left(file: str) -> str:
    """A note on a file that is not committed, because somebody changed it by hand and has to commit that."""
    log.warning("%s was not committed to Git: it has other changes that are not committed", file)
    return _(
        "The lessons are updated, but the change was not saved in Git. Tell the bot owner: "
        "{file} has other changes that are not saved in Git",
        file=file,
    )
