"""Who waits for an answer gets a slot in time, or none. If too much comes, not all of it gets late."""

from __future__ import annotations

import asyncio
from collections import deque
from statistics import median

import pytest

from bot.discord_ui.kit.slots import Slots

PATIENCE, HURRY = 2.5, 1.0  # seconds


class Line:
    """One slot, for which those wait who come here. The time goes on by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slots = Slots(1, HURRY, lambda: self.now)
        self.served: list[tuple[str, float]] = []  # who, and how long they had waited
        self.left_out: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def come(self, *names: str) -> None:
        for name in names:
            self.tasks[name] = asyncio.create_task(self.wait(name))
            await asyncio.sleep(0)

    async def wait(self, name: str, patience: float = PATIENCE) -> None:
        came = self.now
        if await self.slots.acquire(came + patience):
            self.served.append((name, self.now - came))
        else:
            self.left_out.append(name)

    async def go_on(self, seconds: float) -> None:
        """The one with the slot takes so long."""
        self.now += seconds
        self.slots.release()
        for _ in range(3):
            await asyncio.sleep(0)

    @property
    def names(self) -> str:
        return "".join(name for name, _ in self.served)


@pytest.fixture
def line() -> Line:
    return Line()


async def test_who_came_first_is_first(line: Line):
    await line.come("a", "b", "c")
    await line.go_on(0.5)
    await line.go_on(0.5)
    assert line.names == "abc"


async def test_if_more_comes_than_can_be_done_the_latest_is_done_at_once(line: Line):
    """Half of what comes can be done. In the order in which it came, all of it would wait for 2.5 seconds."""
    coming = deque(f"{n} " for n in range(200))
    while coming:
        await line.come(coming.popleft(), coming.popleft())
        await line.go_on(0.1)
    waits = [waited for _, waited in line.served]
    assert len(waits) >= 100, "the slot is never left unused"
    assert median(waits) <= 0.2
    assert max(waits) <= PATIENCE - HURRY + 0.2
    assert len(line.left_out) >= 70


async def test_who_waited_in_vain_is_told_and_the_slot_is_free_again(line: Line):
    await line.come("a", "b", "c")
    await line.go_on(60)
    assert (line.names, line.left_out) == ("a", ["b", "c"])
    await line.come("d", "e")
    await line.go_on(0.1)
    assert line.names == "ade"


async def test_who_came_with_too_little_time_left_is_told_and_another_one_is_served(line: Line):
    """Discord may deliver late what came last."""
    await line.come("a", "b")
    line.tasks["late"] = asyncio.create_task(line.wait("late", 1.0))
    await asyncio.sleep(0)
    await line.go_on(2.0)
    assert (line.names, line.left_out) == ("ab", ["late"])


async def test_who_no_longer_waits_takes_no_slot(line: Line):
    """Whether their task ended before they got one, or just when they got it."""
    await line.come("a", "b", "c", "d")
    line.tasks["b"].cancel()
    await asyncio.sleep(0)
    line.now += 0.1
    line.slots.release()
    line.tasks["c"].cancel()
    await asyncio.gather(*line.tasks.values(), return_exceptions=True)
    assert line.names == "ad"
    await line.go_on(0.1)
    await line.come("e")
    assert line.names == "ade"
