"""Whether answers helped: one vote a member and question, by a mark from which nobody can tell the member.

The mark is made with a key that is not in the database.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.question_log import open_again
from bot.store.tables import questions, votes

AT_ONCE = 500


class Votes:
    """The votes of all members."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Until `use_key` brings one that outlives the process.
        self._key = secrets.token_bytes(32)

    def use_key(self, key: bytes) -> None:
        """The secret with which a vote's mark is made; it is kept outside of the database."""
        self._key = key

    async def cast(self, question: int, learner: int, passage: str, *, helped: bool) -> bool:
        """Count that `passage` helped, or was not what was asked; the latest vote of each member counts.

        False if the question is no longer kept. Somebody for whom the answer was wrong, and who found
        another one, leaves it wrong: that is what moderators want to hear of.
        """
        async with self._database.writing.begin() as connection:
            here = questions.c.id == question
            # Held until the end: of two who vote at once, the second counts the first.
            columns = (questions.c.entry, questions.c.reply, questions.c.taken)
            about = select(*columns).where(here).with_for_update()
            row = (await connection.execute(about)).one_or_none()
            if row is None:
                return False
            voter = self.mark(question, learner)
            if helped and row.reply == "answer" and passage != row.entry:
                return True
            cast = self._database.insert(votes).values(question=question, voter=voter, helped=helped)
            await connection.execute(
                cast.on_conflict_do_update(index_elements=list(votes.primary_key), set_={"helped": helped})
            )
            every = select(votes.c.helped).where(votes.c.question == question)
            counted = list((await connection.execute(every)).scalars())
            # In doubt, a moderator has a look; also where they had thought that it was answered.
            outcome = "helped" if 2 * sum(counted) > len(counted) else "not"
            change: dict[str, Any] = {"outcome": outcome}
            if not helped:
                change |= open_again("answered")
                if outcome == "not" and passage == row.taken:
                    change["taken"] = ""  # nobody is to be told that this is what was meant
            await connection.execute(questions.update().where(here).values(change))
        return True

    async def of(self, learner: int) -> list[dict[str, Any]]:
        """This member's votes, by the names of the columns."""
        async with self._database.reading.connect() as connection:
            rows = (await connection.execute(select(votes.c.question, votes.c.voter, votes.c.helped))).all()
        # As below: a vote cannot be found by its member.
        theirs = (each for each in rows if each.voter == self.mark(each.question, learner))
        return [{"question": each.question, "helped": each.helped} for each in theirs]

    async def forget_in(self, connection: AsyncConnection, learner: int) -> set[int]:
        """Delete this member's, in a transaction under way; of which questions those were."""
        # A vote's mark differs from question to question: each has to be made to be found.
        voted = (await connection.execute(select(votes.c.question).distinct())).scalars()
        every = [self.mark(question, learner) for question in voted]
        gone: set[int] = set()
        for start in range(0, len(every), AT_ONCE):
            theirs = votes.delete().where(votes.c.voter.in_(every[start : start + AT_ONCE]))
            gone.update((await connection.execute(theirs.returning(votes.c.question))).scalars())
        return gone

    def mark(self, about: int | str, learner: int) -> str:
        """What stands for a member with one thing, such as a question; nobody can tell the member from it."""
        return hmac.new(self._key, f"{about}:{learner}".encode(), hashlib.sha256).hexdigest()[:32]
