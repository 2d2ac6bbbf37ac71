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
    async def publish_hook(self, revisions: Sequence[Revision]) -> AsyncIterator[list[str]]:
        """For `Ledger.publish_hook`: entered before these revisions are written, left once they are."""
        kept: list[str] = []
        if not revisions:  # an import that changes no lesson
            yield kept
            return
        folder, files = self._library.folder, sorted({each.file for each in revisions})
        by_hand = await asyncio.to_thread(git.uncommitted, folder, files)
        unrecorded: UnrecordedError | None = None
        try:
            yield kept
        except UnrecordedError as error:  # uncommitted, they would keep later edits from Git
            unrecorded = error
        *__, last = revisions
        if by_hand:
            log.warning("%s was not committed to Git: it has other changes that are not committed", by_hand[0])
            said = _(
                "The lessons are updated, but the change was not saved in Git. Tell the bot owner: "
                "{file} has other changes that are not saved in Git",
                file=by_hand[0],
            )
        else:
            message = last.reason or f"{last.kind.capitalize()} {last.item_id or last.file}"
            author = last.author_name or "Lessonbot"
            # The owner can keep `.imported/` out of Git; git would refuse the lesson with it.
            ignored = await asyncio.to_thread(git.ignored, folder, kept)
            beside = [*self._pictures(files), *(file for file in kept if file not in ignored)]
            done = await asyncio.to_thread(git.commit, folder, [*files, *beside], author, message)
            said = (
                _("Saved in Git (commit {id})", id=done.id)
                if done
                else _(
                    "The lessons are updated, but the change was not saved in Git. Tell the bot owner: {why}",
                    why=done.why,
                )
            )
        if unrecorded:
            raise unrecorded
        self._said[last.author, last.at] = said

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
