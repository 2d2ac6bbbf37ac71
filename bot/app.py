"""App: all services of the bot, apart from how they are shown. `run`, `preview` and the tests build it alike."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot.asking.asking import Asking
from bot.asking.vote_key import key_from
from bot.clock import Clock, utc_now
from bot.curating.curating import Curating
from bot.curating.mirror import Mirror
from bot.curating.reconciling import finish_interrupted
from bot.errors import Problem, UserError
from bot.lessons.library import Library
from bot.lessons.loading import lesson_names, unread_problems
from bot.lessons.opening import open_library
from bot.lessons.pictures import damaged_pictures
from bot.search.confidence import ConfidenceMode
from bot.search.meaning.nearness import VectorSource
from bot.search.meaning.sources import sources as sources_for
from bot.search.meaning.table import TableSource
from bot.settings import Settings
from bot.shards import LeaseLostError, Shards, shard_of
from bot.store.leases import BEAT, Leases, Round, leases_for
from bot.store.servers import Choices, ChosenLesson, Servers
from bot.store.store import Forgotten, Store
from bot.tutor import Tutor
from bot.walking.walking import Walking

__all__ = [
    "BEAT",
    "NO_LESSONS",
    "App",
    "Choices",
    "ChosenLesson",
    "Forgotten",
    "LeaseLostError",
    "Leases",
    "Round",
    "Servers",
    "Shards",
    "Store",
    "shard_of",
]


# What is wrong if LESSONS_FROM=database finds none, and what to do.
NO_LESSONS = (
    "the database has no lessons yet",
    "first start the bot with LESSONS_FROM=folder on the machine that has them",
)


def _mirror(store: Store, settings: Settings) -> Mirror | None:
    if not store.is_shared:
        return None
    is_copy = settings.lessons_from == "database"
    return Mirror(settings.lessons_dir, store, None if is_copy else settings.data_dir / "history.json")


@dataclass(frozen=True)
class App:
    """The services that members, learners and moderators use. `App.open` makes it, or `App.build` of its parts."""

    library: Library
    tutor: Tutor
    servers: Servers
    asking: Asking
    walking: Walking
    curating: Curating
    store: Store
    clock: Clock = utc_now
    # With PostgreSQL: which process of the bot answers.
    leases: Leases | None = None

    @classmethod
    def build(  # noqa: PLR0913 -- what an operator can set
        cls,
        library: Library,
        store: Store,
        *,
        confidence: ConfidenceMode = "balanced",
        sources: tuple[VectorSource, ...] = (TableSource(),),
        question_days: int = 90,
        commits: bool = False,
        clock: Clock = utc_now,
    ) -> App:
        """Wire the services together.

        `sources` give the vectors for comparing texts by meaning. With `commits`, each publish is a git commit.
        """
        tutor = Tutor(library, confidence, sources)
        asking = Asking(tutor, store, clock, question_days)
        committing = None
        if commits:
            from bot.curating.committing import Committing  # noqa: PLC0415 -- few use git

            committing = Committing(library)
        curating = Curating(tutor, library, store, clock, committing)
        return cls(
            library,
            tutor,
            store.servers,
            asking,
            Walking(tutor, store, clock, question_days),
            curating,
            store,
            clock,
        )

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, *, clock: Clock = utc_now) -> AsyncIterator[App]:
        """Open the database and the lessons folder, and build the app. The database is closed at the end.

        Raises `UserError` if one of the two cannot be used.
        """
        store = await Store.open(settings.database)
        try:
            if token := settings.discord_token.get_secret_value():
                store.votes.use_key(key_from(token))
            # First: after a publish that a kill interrupted, the lesson files may not go together.
            mirror = _mirror(store, settings)
            async with store.publishing_alone():
                await finish_interrupted(store, settings.lessons_dir)
                if mirror:
                    await mirror.catch_up()
            if mirror and mirror.is_copy and not lesson_names(settings.lessons_dir):
                raise UserError(": ".join(NO_LESSONS))
            # A file that broke while the bot was off is served as it was before.
            library = open_library(settings.lessons_dir, await store.revisions.newest())
            library.watch_by = settings.watch
            app = cls.build(
                library,
                store,
                confidence=settings.confidence,
                sources=sources_for(settings.understanding, settings.data_dir),
                question_days=settings.question_days,
                commits=settings.lessons_git == "commit",
                clock=clock,
            )
            app.curating.ledger.mirror = mirror
            yield replace(app, leases=leases_for(settings.database, settings.sharding))
        finally:
            await store.close()

    async def is_behind(self) -> bool:
        """Whether another machine published lessons that are not served here yet."""
        mirror = self.curating.ledger.mirror
        return mirror is not None and await mirror.is_behind()

    def advice(self) -> list[Problem]:
        """Advice on the lessons, pictures and files that cannot be used first. Slow: call it in a thread."""
        from bot.curating.advice import advice  # noqa: PLC0415 -- large, and few ask for it

        pictures = damaged_pictures(self.library.lessons.documents, self.library.folder)
        unread = unread_problems(self.library.folder)
        return [*sorted([*pictures, *unread]), *advice(self.tutor.snapshot, self.clock().date())]

    async def data_of(self, member: int) -> bytes:
        """All data of a member as JSON, for them to read; b"" if there is none."""
        saved = await self.store.data_of(member)
        return (
            json.dumps(saved, indent=2, ensure_ascii=False, default=datetime.isoformat).encode() if saved else b""
        )

    async def would_forget(self, member: int) -> Forgotten:
        """What `forget` would delete of a member now."""
        return Forgotten.in_(await self.store.data_of(member))

    async def forget(self, member: int) -> Forgotten:
        """Delete all data of a member, their drafts included, and return what was deleted."""
        drafts = await self.curating.drafts.forget(member)
        return replace(await self.asking.forget(member), drafts=drafts)

    async def delete_expired(self) -> bool:
        """Delete questions, drafts, proposals and shared walks that are too old; returns whether any are left."""
        await self.asking.purge()
        has_drafts = await self.curating.drafts.expire()
        has_proposals = await self.curating.proposals.purge()
        has_credits = await self.curating.credits.purge()
        has_walks = await self.walking.shared.purge()
        has_questions = not await self.asking.is_empty()
        return has_questions or has_drafts or has_proposals or has_credits or has_walks

    async def leave_sign_of_life(self) -> None:
        """Note in the database that the bot runs: the next start sees by it how long the bot was off."""
        await self.store.clock.check(self.clock())
