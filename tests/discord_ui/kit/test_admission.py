"""If all that comes were begun, each would take longer than Discord waits: only so much is worked on at once."""

from __future__ import annotations

import asyncio
import itertools
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.discord_ui.kit import admission
from bot.discord_ui.kit.admission import AT_ONCE, Admission
from bot.discord_ui.kit.requests import answered, begin_request
from bot.time_left import time_left
from tests.support.waiting import until

_ids = itertools.count()


def interaction_of(created: datetime) -> Any:
    """All that is looked at of an interaction, which is not answered yet."""
    response = SimpleNamespace(is_done=lambda: False, type=None)
    return SimpleNamespace(id=next(_ids), created_at=created, response=response)


class Crowd:
    """Members who all press at the same moment. What they get waits until `goes_on`, and then answers them."""

    def __init__(self) -> None:
        self.goes_on = asyncio.Event()
        self.at_work = self.most = self.done = 0
        self._admission = Admission()

    async def press(self, *, is_answered: bool = True) -> None:
        begin_request("press")
        assert await self._admission.is_in_time(interaction_of(discord.utils.utcnow()))
        self.at_work += 1
        self.most = max(self.most, self.at_work)
        await self.goes_on.wait()
        self.at_work -= 1
        if is_answered:
            answered()
        self.done += 1


async def test_all_get_their_turn_but_not_all_at_once(monkeypatch: pytest.MonkeyPatch):
    """The next one is begun when one is answered, or has ended without an answer."""
    monkeypatch.setattr(admission, "HELD", 60.0)
    crowd = Crowd()
    pressing = [asyncio.create_task(crowd.press(is_answered=n % 2 == 0)) for n in range(3 * AT_ONCE)]
    for _ in range(10):
        await asyncio.sleep(0)
    assert crowd.at_work == AT_ONCE
    crowd.goes_on.set()
    await asyncio.gather(*pressing)
    assert crowd.done == 3 * AT_ONCE
    assert crowd.most == AT_ONCE


async def test_what_waits_for_long_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch):
    """While the database does not answer, those who need nothing of it are answered."""
    monkeypatch.setattr(admission, "HELD", 0.01)
    crowd = Crowd()
    pressing = [asyncio.create_task(crowd.press()) for _ in range(3 * AT_ONCE)]
    await until(lambda: crowd.at_work == 3 * AT_ONCE)
    crowd.goes_on.set()
    await asyncio.gather(*pressing)


class Waited:
    """Presses that waited for so many seconds at Discord, and then took so many until they were answered."""

    def __init__(self) -> None:
        self.now = 0.0
        self.admission = Admission(lambda: self.now)

    async def press(self, waited: float, takes: float = 0.0, *, is_card: bool = True) -> bool:
        """Whether it was begun. Each is a task of its own, as at Discord."""
        return await asyncio.create_task(self._press(waited, takes, is_card=is_card))

    async def _press(self, waited: float, takes: float, *, is_card: bool) -> bool:
        begin_request("press")
        created = datetime.fromtimestamp(1_000_000 + self.now - waited, UTC)
        is_begun = await self.admission.is_in_time(interaction_of(created))
        self.now += takes
        if is_card:
            answered()
        return is_begun


async def test_nothing_is_begun_that_cannot_be_answered_in_time():
    """Discord waits three seconds. Where answers take long, less of it can be spent waiting."""
    presses = Waited()
    assert await presses.press(0)
    assert await presses.press(2.4)
    assert not await presses.press(2.6)
    assert await presses.press(0, takes=1)
    assert not await presses.press(2.1), "it would take a second, too"
    assert await presses.press(1.9)
    assert await presses.press(0, takes=600)
    assert await presses.press(1.4), "whatever the last one took"
    assert not await presses.press(1.6)
    presses.now += 10
    assert await presses.press(2.4), "answers are quick again"


async def test_what_is_not_answered_yet_tells_how_long_answers_take():
    """So the first that are held up are enough to know it. Not what Discord was told to wait for."""
    presses = Waited()
    assert await presses.press(0)
    held_up = interaction_of(datetime.fromtimestamp(1_000_000, UTC))
    assert await presses.admission.is_in_time(held_up)
    presses.now = 1.2
    assert not await presses.press(2.0)
    held_up.response.is_done = lambda: True
    assert await presses.press(2.0)


async def test_what_was_never_answered_or_has_no_card_counts_too():
    """A form or a list of choices is an answer, and what takes longer than Discord waits is the slowest of all."""
    presses = Waited()
    assert await presses.press(0)
    assert await presses.press(0, takes=1.2, is_card=False)
    assert not await presses.press(2.0)
    presses.now = 100
    assert await presses.press(2.0)
    assert await presses.admission.is_in_time(interaction_of(datetime.fromtimestamp(1_000_100, UTC)))
    presses.now = 104
    assert not await presses.press(2.0)


async def test_time_that_was_spent_waiting_is_not_left_for_an_answer():
    """What an answer needs of the database may take only what is left."""
    presses = Waited()
    assert await presses.press(0)
    begin_request("press")
    presses.now = 2.25
    assert await presses.admission.is_in_time(interaction_of(datetime.fromtimestamp(1_000_000, UTC)))
    assert time_left(1.0) <= 0.5
