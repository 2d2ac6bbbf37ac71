"""Opens the database and gives access to all of its tables."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.askers import Askers
from bot.store.clock_guard import ClockGuard
from bot.store.credits import Credits
from bot.store.database import Database
from bot.store.database_errors import reason
from bot.store.database_url import database_at
from bot.store.draft_misses import DraftMisses
from bot.store.drafts import Drafts
from bot.store.inbox import NO_DEED, InboxCards
from bot.store.inquiries import Inquiries
from bot.store.meanings import Meanings
from bot.store.migrating import migrate
from bot.store.personal_data import personal_data
from bot.store.pictures import Pictures
from bot.store.proposals import Proposals
from bot.store.question_log import QuestionLog
from bot.store.reminders import ReminderStore
from bot.store.revisions import Revisions
from bot.store.servers import Servers
from bot.store.shared import NOBODY, SharedWalkStore
from bot.store.sqlite_engines import LOCKED
from bot.store.subscriptions import Subscriptions
from bot.store.tables import Rows, inbox, marks, reminders, revisions, shared_choices, shared_walks, walks
from bot.store.usage import Usage
from bot.store.votes import Votes
from bot.store.walks import WalkStore

PICKED = ("picked", "chose")  # the kinds of marks that are choices
# Tables that link a member with questions.
OF_QUESTIONS = ("wanted", "votes", "meanings", "askers", "inquiries")
_PUBLISHING = 0x6C657075  # any number that no other program locks in the same database


@dataclass(frozen=True)
class Forgotten:
    """How much data of a member was deleted, and what stays.

    Picks are choices in their own walks and in shared ones. `questions` counts those that a vote or a subscription
    linked to the member, `credits` the answers whose author they are asked to be, and `cards` those of the inbox
    that say what they did. `published` counts the revisions, which keep their author.
    """

    walks: int
    picks: int
    reminders: int
    questions: int = 0
    published: int = 0
    drafts: int = 0
    proposals: int = 0
    credits: int = 0
    cards: int = 0

    @classmethod
    def in_(cls, saved: Mapping[str, Rows]) -> Forgotten:
        """What these rows of a member's data count as."""
        asked = {row["question"] for table in OF_QUESTIONS for row in saved.get(table, ())}
        picked = [row for row in saved.get("marks", ()) if row["kind"] in PICKED]
        return cls(
            walks=len(saved.get("walks", ())),
            picks=len(picked) + len(saved.get("shared_choices", ())),
            reminders=len(saved.get("reminders", ())),
            questions=len(asked),
            published=len(saved.get("revisions", ())),
            drafts=len(saved.get("drafts", ())),
            proposals=len(saved.get("proposals", ())),
            credits=len(saved.get("credits", ())),
            cards=len(saved.get("inbox", ())),
        )


class Store:
    """An open database. `Store.open` creates it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.walks = WalkStore(database)
        self.shared = SharedWalkStore(database)
        self.reminders = ReminderStore(database)
        self.servers = Servers(database)
        self.revisions = Revisions(database)
        self.pictures = Pictures(database)
        self.drafts = Drafts(database)
        self.draft_misses = DraftMisses(database)
        self.proposals = Proposals(database)
        self.credits = Credits(database)
        self.questions = QuestionLog(database)
        self.votes = Votes(database)
        self.meanings = Meanings(database, self.votes)
        self.subscriptions = Subscriptions(database)
        self.askers = Askers(database, self.votes)
        self.inquiries = Inquiries(database)
        self.inbox = InboxCards(database)
        self.usage = Usage(database)
        self.clock = ClockGuard(database)

    @classmethod
    async def open(cls, url: str) -> Store:
        """Connect to the database, and migrate its tables to this version.

        Raises `StoreError`: the URL is wrong, the driver is missing, the server does not answer, the file
        is no database or cannot be written, or a newer version made it. The error never contains a password.
        """
        database = database_at(url)
        try:
            await _migrate(database)
        except BaseException as error:
            await database.close()
            if isinstance(error, StoreError | DBAPIError | OSError):
                raise StoreError(f"{database.name}: {reason(error)}") from error
            raise
        return cls(database)

    @property
    def is_shared(self) -> bool:
        """Whether other processes may use the database at the same time."""
        return self._database.writing.dialect.name == "postgresql"

    def publishing_alone(self) -> AbstractAsyncContextManager[None]:
        """While this process writes lesson files and their history, other processes wait."""
        return self._database.alone(_PUBLISHING)

    async def close(self) -> None:
        """Close all connections."""
        await self._database.close()

    async def data_of(self, learner: int) -> dict[str, Rows]:
        """Everything that `forget` would delete of a member, and what they published."""
        marked = {
            "votes": await self.votes.of(learner),
            "meanings": await self.meanings.by(learner),
            "askers": await self.askers.by(learner),
        }
        return await personal_data(self._database, learner, marked)

    async def forget(self, learner: int) -> Forgotten:
        """Delete everything that can be traced to a member, or nothing if that fails.

        Not their drafts, which may hold files: `App.forget` deletes those too. What they published stays history.
        """
        async with self._database.deleting(wholly=True) as connection:
            about = await self.subscriptions.forget_in(connection, learner)
            about |= await self.votes.forget_in(connection, learner)
            about |= await self.meanings.forget_in(connection, learner)
            credited = await self.credits.forget_in(connection, learner)
            proposed = await self.proposals.forget_in(connection, learner)
            about |= await self.askers.forget_in(connection, learner)
            about |= await self.inquiries.forget_in(connection, learner)
            theirs = inbox.update().where(inbox.c.moderator == learner).values(NO_DEED)
            cards = (await connection.execute(theirs)).rowcount
            gone = await _forget_walks(connection, learner)
            history = select(func.count()).where(revisions.c.author == learner)
            published = (await connection.execute(history)).scalar_one()
            return replace(
                gone,
                questions=len(about),
                published=published,
                proposals=proposed,
                credits=credited,
                cards=cards,
            )

    async def forget_walks(self, learner: int) -> Forgotten:
        """Delete all data on a learner's walks, or nothing if that fails.

        A shared walk that they started belongs to the others, too: it stays, without the name of its starter.
        """
        async with self._database.deleting(wholly=True) as connection:
            return await _forget_walks(connection, learner)


async def _forget_walks(connection: AsyncConnection, learner: int) -> Forgotten:
    async def delete(table: Table, *which: ColumnElement[bool]) -> int:
        theirs = table.delete().where(table.c.learner == learner, *which)
        return (await connection.execute(theirs)).rowcount

    started = shared_walks.update().where(shared_walks.c.starter == learner)
    await connection.execute(started.values(starter=NOBODY))
    # Walks before marks, as `WalkStore.save` does: two transactions that lock in the same order cannot deadlock.
    walked = await delete(walks)
    picked = await delete(marks, marks.c.kind.in_(PICKED))
    await delete(marks)
    picked += await delete(shared_choices)
    return Forgotten(walked, picked, await delete(reminders))


async def _migrate(database: Database) -> None:
    clock = asyncio.get_running_loop()
    patient_until = clock.time() + LOCKED / 1000
    while True:
        try:
            async with database.writing.begin() as connection:
                await connection.run_sync(migrate)
        except DBAPIError as error:
            # When two processes open a new file at once, SQLite tells one at once that it is locked and ignores
            # the timeout: while one switches the file to WAL, both could otherwise wait for ever.
            code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_OK)
            if code & 0xFF != sqlite3.SQLITE_BUSY or clock.time() > patient_until:
                raise
        else:
            return
        await asyncio.sleep(0.02)
