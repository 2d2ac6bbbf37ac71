"""Helpers for tests that look into a store."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import MetaData, select

from bot.store.store import Store
from bot.store.tables import shared_choices
from tests.support.moments import NOW

HERE, ELSEWHERE = 2**62, 7
SOON = NOW + timedelta(minutes=11)


async def everything(store: Store) -> str:
    """The whole content of the database, as text."""
    metadata = MetaData()
    async with store._database.reading.connect() as connection:
        await connection.run_sync(metadata.reflect)
        rows = [sorted(await connection.execute(table.select()), key=repr) for table in metadata.sorted_tables]
    return repr(rows)


async def misses(store: Store) -> list[str]:
    return [each.text for each in await store.questions.misses(SOON)]


async def choice_of(store: Store, message: int, learner: int, about: str) -> str | None:
    """What a learner chose in a shared walkthrough; None if they chose nothing."""
    its = shared_choices.c
    which = (its.message == message, its.learner == learner, its.about == about)
    async with store._database.reading.connect() as connection:
        chosen: str | None = await connection.scalar(select(its.choice).where(*which))
    return chosen
