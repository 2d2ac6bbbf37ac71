"""Old questions, subscriptions, shared walks and credits are deleted, but not because the clock jumped."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.lessons.library import Library
from bot.store.store import Store
from tests.support.moments import DAY, MIA, NOW, TOM

SCENARIO = "two-django-versions"


class Clocks:
    """The system clock, which can be set, and the monotonic clock."""

    def __init__(self) -> None:
        self.now, self._passed = NOW, timedelta()

    def wait(self, how_long: timedelta) -> None:
        self.now += how_long
        self._passed += how_long

    def passed(self) -> float:
        return self._passed.total_seconds()


async def test_a_clock_far_ahead_deletes_nothing_and_says_so(lessons: Path, memory: Store, caplog):
    """A jump forward is logged, and deletes nothing until the clock was right for a day."""
    clocks = Clocks()
    memory.clock.monotonic = clocks.passed
    app = App.build(Library.open(lessons), memory, clock=lambda: clocks.now)
    await app.delete_expired()
    clocks.wait(DAY)
    asked = await app.asking.answer("how do i bake bread", member=MIA, server=1)
    assert asked.logged
    question = asked.logged.id
    await app.asking.pass_on(question, "")
    assert await app.asking.subscriptions.subscribe(question, MIA)
    await app.walking.shared.begin(10, 42, TOM, SCENARIO)
    await app.curating.credits.remember(5, author=TOM, server=1, channel=2, message=3)

    async def is_kept() -> tuple[bool, bool, bool, bool]:
        await app.delete_expired()
        kept = await memory.questions.find(question) is not None
        waits = bool(await memory.subscriptions.of_questions([question]))
        may_be_named = not await memory.credits.is_empty()
        return kept, waits, await memory.shared.find(10) is not None, may_be_named

    clocks.now += 200 * DAY
    assert await is_kept() == (True, True, True, True)
    assert "the clock jumped ahead by 200 days; no old data is deleted" in caplog.text
    clocks.now -= 200 * DAY
    assert await is_kept() == (True, True, True, True)
    clocks.wait(91 * DAY)
    assert await is_kept() == (False, False, False, False)


async def test_a_shared_walk_is_deleted_90_days_after_the_last_press(lessons: Path, memory: Store):
    """Also if nobody starts another one; and not while somebody still picks in it."""
    clocks = Clocks()
    memory.clock.monotonic = clocks.passed
    app = App.build(Library.open(lessons), memory, clock=lambda: clocks.now)
    shared = app.walking.shared
    for message in (10, 11):
        await shared.begin(message, 42, TOM, SCENARIO)
    assert await app.delete_expired(), "there is a next round as long as a walk is kept"
    clocks.wait(89 * DAY)
    await shared.choose(11, MIA, "predict", "install-directly")
    clocks.wait(2 * DAY)
    assert await app.delete_expired()
    assert [bool(await shared.page(message)) for message in (10, 11)] == [False, True]
    clocks.wait(89 * DAY)
    assert not await app.delete_expired()
    assert await memory.shared.count(11, "predict") == {}
