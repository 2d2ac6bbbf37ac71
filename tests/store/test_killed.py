"""A kill loses at most the last questions, and nothing that a member was promised."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store.store import Store
from bot.store.tables import questions, votes, wanted
from tests.support.moments import NOW, TOM

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("lines", [53, 88])
async def test_no_vote_and_no_wish_is_lost(url, lines: int):
    """SIGKILL in the middle: all votes and wishes are there, and so are the questions before the last of them."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.asker", url], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout
    told = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    told += process.stdout.read().splitlines()
    assert process.wait() == -9
    process.stdout.close()

    whole = [(what, int(id_)) for what, id_ in (line.split() for line in told if len(line.split()) == 2)]
    promised = [n for n, (what, _) in enumerate(whole) if what != "asked"]
    store = await Store.open(url)
    async with store._database.reading.connect() as connection:
        rows = await connection.execute(select(questions.c.id, questions.c.passed))
        kept = {id_: passed for id_, passed in rows}  # noqa: C416 -- a row is no pair for `dict`
        voted = {*await connection.scalars(select(votes.c.question))}
        waiting = {*await connection.scalars(select(wanted.c.question).where(wanted.c.learner == TOM))}
    for n, (what, id_) in enumerate(whole):
        if what == "voted":
            assert id_ in voted
        elif what == "wanted":
            assert id_ in waiting
        elif what == "passed":
            assert kept[id_]
        elif n < promised[-1]:
            assert id_ in kept
    assert await store.questions.log(1, "after it", NOW, "unknown") > max(kept)
    await store.close()
