"""Admits interactions: none that comes too late for an answer, and not too many from one member."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import partial

import discord

from bot.asking.pace import Pace
from bot.counting import counts
from bot.discord_ui.kit.delivery import refuse, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.lateness import SECONDS, Lateness
from bot.discord_ui.kit.paces import Paces
from bot.discord_ui.kit.requests import end_with_answer
from bot.discord_ui.kit.slots import Slots
from bot.language.words import _n
from bot.time_left import end_in

log = logging.getLogger(__name__)

# Interactions that are worked on at once. If more were begun, each would take longer, and in the end all of them
# longer than Discord waits.
AT_ONCE = 32
HELD = 0.25  # seconds after which one that waits for something, such as the database, no longer counts

# Seconds that must be left for an answer. It is more where answers take longer, but an interaction that waited for
# less than a second and a half is always begun.
LEAST, MOST = 0.5, 1.5
LATER = {
    discord.InteractionResponseType.deferred_channel_message,
    discord.InteractionResponseType.deferred_message_update,
}
HALVED = 2.0  # seconds after which half of what an answer took is expected of the next one


class Admission:
    """Which interactions are begun in time. `clock` returns seconds since any moment, and never goes back."""

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        # Looked up at each call: the preview and the tests replace it.
        clock = clock or (lambda: time.monotonic())  # noqa: PLW0108 -- see above
        self._clock = clock
        self._lateness = Lateness(clock)
        # Seconds from the slot to the answer, of the one that took longest lately; and when that was.
        self._longest, self._answered_at = 0.0, float("-inf")
        # Those that may not be answered yet, and when each got its slot, by their ids; the oldest is first.
        self._begun: OrderedDict[int, tuple[Interaction, float]] = OrderedDict()
        self._holding: set[int] = set()  # the ids of those that hold a slot
        self._slots = Slots(AT_ONCE, MOST - LEAST, clock)

    async def is_in_time(self, interaction: Interaction) -> bool:
        """Wait for a slot, and return whether Discord will still accept an answer then.

        If not, nothing is begun: the member sees that it failed. The slot is free again once there is an answer,
        or the task has ended.
        """
        latest = self._clock() + self._lateness.left(interaction.created_at)
        has_slot = await self._slots.acquire(latest - LEAST)
        now = self._clock()
        left = latest - now - max(LEAST, self._takes(now))
        if not has_slot or left < 0:
            if has_slot:
                self._slots.release()
            counts.dropped += 1
            log.info("an interaction waited too long and was not begun")
            return False
        self._begun[interaction.id] = interaction, now
        self._holding.add(interaction.id)
        held = asyncio.get_running_loop().call_later(HELD, self._release, interaction.id)
        end_with_answer(partial(self._took, interaction, held))
        end_in(left, interaction.response.is_done)
        return True

    def _release(self, interaction: int) -> None:
        if interaction in self._holding:
            self._holding.remove(interaction)
            self._slots.release()

    def _took(self, interaction: Interaction, held: asyncio.TimerHandle) -> None:
        held.cancel()
        self._release(interaction.id)
        _, begun = self._begun.pop(interaction.id, (None, None))
        if begun is not None and interaction.response.type not in LATER:  # else Discord was told in time
            takes = self._takes(now := self._clock())
            self._longest, self._answered_at = min(MOST, max(now - begun, takes)), now

    def _takes(self, now: float) -> float:
        """How long an answer may take now."""
        lately = self._longest * 0.5 ** (max(0.0, now - self._answered_at) / HALVED)
        while self._begun:
            id_, (oldest, begun) = next(iter(self._begun.items()))
            is_done, took = oldest.response.is_done(), now - begun
            if not is_done and took < SECONDS:
                return float(min(MOST, max(lately, took)))
            del self._begun[id_]
            if not is_done:
                lately = self._longest = MOST
                self._answered_at = now
        return float(lately)


async def admits(interaction: Interaction) -> bool:
    """Whether to handle a command, a press or an autocomplete. If not, it gets a short reply here."""
    bot, member = interaction.client, interaction.user.id
    if not await bot.kept(Admission).is_in_time(interaction):
        return False
    is_typing = interaction.type is discord.InteractionType.autocomplete
    paces = bot.kept(Paces)
    wait = (paces.keys if is_typing else paces.presses).wait(member)
    if wait is None:
        return True
    if is_typing:
        await interaction.response.autocomplete([])
    elif paces.presses.is_to_be_told(member) or interaction.type is discord.InteractionType.application_command:
        # A command needs some reply.
        await tell(interaction, slowly(wait))
    else:
        await interaction.response.defer()
    return False


async def may_ask(interaction: Interaction) -> bool:
    """Whether this member asks slowly enough; else they are told to wait."""
    return await _keeps(interaction.client.kept(Paces).questions, interaction)


async def may_look_for_own_data(interaction: Interaction) -> bool:
    """Whether this member may see or delete their own data now; else they are told to wait."""
    return await _keeps(interaction.client.kept(Paces).own_data, interaction)


async def may_post(interaction: Interaction) -> bool:
    """Whether this member has something posted or sent slowly enough; else they are told to wait."""
    return await _keeps(interaction.client.kept(Paces).posts, interaction)


async def _keeps(pace: Pace, interaction: Interaction) -> bool:
    if wait := pace.wait(interaction.user.id):
        await refuse(interaction, slowly(wait))
    return wait is None


def slowly(seconds: float) -> str:
    """The text for a member who is too fast, and has to wait so many seconds."""
    return _n(
        "You're going too fast. Please wait {count} second, then try again.",
        "You're going too fast. Please wait {count} seconds, then try again.",
        math.ceil(seconds),
    )
