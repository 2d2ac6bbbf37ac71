"""The clusters are computed by one task at a time, and cached until something changes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.asking import misses as module
from bot.asking.clusters import clusters
from bot.asking.misses import ClusterCache
from bot.asking.recording import A_DAY
from bot.lessons.library import Library
from bot.store.store import Store

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MIA = 80351110224678912


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of how many misses the clusters were worked out, each time."""
    times: list[int] = []

    def counting(misses: Any, *others: Any) -> Any:
        times.append(len(misses))
        return clusters(misses, *others)

    monkeypatch.setattr(module, "clusters", counting)
    return times


async def test_six_at_once_cost_as_much_as_one(memory: Store, worked_out: list[int]):
    """Moderators who look at the same time wait for one computation and get the same result."""
    for n in range(3):
        await memory.questions.log(1, f"question {n}", NOW, "unknown")
    missed = ClusterCache(memory.questions, memory.meanings)
    first, *others = await asyncio.gather(*(missed.now(NOW, {}) for _ in range(6)))
    assert first.count == 3
    assert all(each is first for each in others)
    assert worked_out == [3]


CHANGES: dict[str, Callable[[Store, int], Awaitable[object]]] = {
    "a new question": lambda store, id_: store.questions.log(1, "bread", NOW, "unknown"),
    "ignored": lambda store, id_: store.questions.resolve([id_], "ignored", "1"),
    "taken back": lambda store, id_: store.questions.reopen("1"),
    "a vote": lambda store, id_: store.votes.cast(id_, MIA, "a", helped=False),
    "passed on": lambda store, id_: store.questions.pass_on(id_, "on Windows"),
    "found": lambda store, id_: store.questions.found([id_], "a"),
    "taken": lambda store, id_: store.questions.take(id_, "a"),
    "too old": lambda store, id_: store.questions.purge(NOW + MINUTE),
}


@pytest.mark.parametrize("what", CHANGES)
async def test_what_changes_is_seen_at_the_next_look(memory: Store, worked_out: list[int], what: str):
    """Moderators never work on outdated clusters."""
    id_ = await memory.questions.log(1, "cats", NOW, "unknown")
    await memory.questions.resolve([await memory.questions.log(1, "dogs", NOW, "unknown")], "ignored", "1")
    missed = ClusterCache(memory.questions, memory.meanings)
    for _ in range(3):
        await missed.now(NOW, {})
    assert len(worked_out) == 1
    await CHANGES[what](memory, id_)
    now = await missed.now(NOW, {})
    assert len(worked_out) == 2
    shown = [each for cluster in now.clusters for each in cluster.questions]
    assert sorted(shown, key=lambda each: -each.id) == await memory.questions.misses(NOW)


async def test_what_nobody_chose_from_is_a_miss_when_its_time_has_come(memory: Store, worked_out: list[int]):
    """Suggestions that nobody chose become a miss after their time, without anybody doing anything."""
    await memory.questions.log(1, "django", NOW, "suggestions")
    await memory.questions.log(1, "flask", NOW + MINUTE, "suggestions")
    missed = ClusterCache(memory.questions, memory.meanings)
    counts = [(await missed.now(NOW + n * MINUTE / 2, {})).count for n in range(7)]
    assert counts == [0, 1, 1, 2, 2, 2, 2]
    assert len(worked_out) == 3


async def test_what_another_process_changes_is_seen_a_moment_later(
    memory: Store, tmp_path: Path, worked_out: list[int]
):
    """Each process counts only its own changes, so it looks again after a while."""
    other = await Store.open(f"sqlite:///{tmp_path / 'lessonbot.sqlite3'}")
    missed = ClusterCache(memory.questions, memory.meanings, fresh=MINUTE)
    assert (await missed.now(NOW, {})).count == 0
    await other.questions.log(1, "bread", NOW - MINUTE, "unknown")
    await other.close()
    assert (await missed.now(NOW + 2 * MINUTE, {})).count == 1
    await missed.now(NOW + 3 * MINUTE, {})
    assert len(worked_out) == 2


async def test_a_clock_that_was_set_back_shows_nothing_too_early(memory: Store, worked_out: list[int]):
    """Suggestions from which a member may still choose are no miss, even after the clock changed."""
    await memory.questions.log(1, "django", NOW, "suggestions")
    missed = ClusterCache(memory.questions, memory.meanings)
    assert (await missed.now(NOW + MINUTE, {})).count == 1
    assert (await missed.now(NOW, {})).count == 0


async def test_words_that_mean_the_same_since_an_edit_are_one(memory: Store, worked_out: list[int]):
    """If moderators add an alias, misses that now mean the same are grouped together."""
    for text in ("share my venv with friends", "share my virtual environment with friends"):
        await memory.questions.log(1, text, NOW, "unknown")
    missed = ClusterCache(memory.questions, memory.meanings)
    assert len((await missed.now(NOW, {"bread": ["loaf"]})).clusters) == 2
    assert len((await missed.now(NOW, {"virtual environment": ["venv"]})).clusters) == 1


async def test_what_fails_is_tried_again(memory: Store, monkeypatch: pytest.MonkeyPatch):
    """If one computation fails, the next one works."""
    missed = ClusterCache(memory.questions, memory.meanings)
    with monkeypatch.context() as broken:
        broken.setattr(module, "clusters", None)
        with pytest.raises(TypeError):
            await missed.now(NOW, {})
    assert (await missed.now(NOW, {})).count == 0


async def test_who_asks_day_and_night_does_not_hide_what_others_missed(lessons: Path, memory: Store):
    """They are answered all the same, and moderators, who cannot see who it is, keep their list."""
    asking = App.build(Library.open(lessons), memory, clock=lambda: NOW).asking
    for n in range(A_DAY + 50):
        flooded = await asking.answer(f"where do {n} flamingos sleep", member=MIA, server=1)
    assert flooded.reply
    assert not flooded.logged
    assert (await asking.answer("how do i bake bread", member=MIA + 1, server=1)).logged
    assert (await asking.misses.find()).count == A_DAY + 1
