"""If more is asked in a channel than Discord lets the bot answer there, the rest is left unanswered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import discord
import pytest
from simcord import ChannelHandle

from bot.discord_ui.kit import backlog
from tests.support.world import World, text

MOST = 5


@pytest.fixture(autouse=True)
def _a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "MOST", MOST)


@contextmanager
def full(channel: ChannelHandle, monkeypatch: pytest.MonkeyPatch, world: World) -> Iterator[None]:
    """Until the end of the block, Discord lets the bot neither post nor change a message in this channel."""
    goes_on, request = asyncio.Event(), world.bot.http.request

    # `Any`: whatever discord.py sends.
    async def wait(route: Any, **more: Any) -> Any:
        if route.channel_id == channel.id and route.method in {"POST", "PATCH"}:
            await goes_on.wait()
        return await request(route, **more)

    monkeypatch.setattr(world.bot.http, "request", wait)
    try:
        yield
    finally:
        goes_on.set()


async def turns() -> None:
    """Let the bot do all that it can do now."""
    for _ in range(100):
        await asyncio.sleep(0)


def members(world: World, number: int) -> list[int]:
    return [world.server.add_member(world.env.create_user(f"member{n}")).id for n in range(number)]


def answers_in(channel: ChannelHandle) -> list[discord.Message]:
    return [each for each in channel.history() if "isolated Python environment" in text(each)]


async def test_a_raid_is_over_when_it_ends(world: World, monkeypatch: pytest.MonkeyPatch):
    """Discord takes about a message a second in a channel: the bot once went on answering for hours, and kept
    all that waited in memory. Other channels notice nothing.
    """
    elsewhere = world.server.create_text_channel("elsewhere")
    crowd = members(world, MOST + 3)
    with full(world.channel, monkeypatch, world):
        for each in crowd:
            world.env.backend.create_message(world.channel.id, each, f"{world.mention} what is a venv")
            await turns()
        world.env.backend.create_message(elsewhere.id, world.mia.id, f"{world.mention} what is a venv")
        await turns()
        assert not answers_in(world.channel)
        assert len(answers_in(elsewhere)) == 1
    await world.env.settle()
    assert len(answers_in(world.channel)) == MOST
    assert "isolated Python environment" in text(await world.ask("what is a venv")), "there is room again"


async def test_so_is_a_flood_of_edits(world: World, monkeypatch: pytest.MonkeyPatch):
    """An edited question changes its answer, which takes a request, too."""
    asked: list[int] = []
    for each in members(world, MOST + 3):
        question = world.env.backend.create_message(world.channel.id, each, f"{world.mention} what is a venv")
        asked.append(question.id)
        await world.env.settle()
    assert len(answers_in(world.channel)) == MOST + 3
    with full(world.channel, monkeypatch, world):
        for each in asked:
            again = {"content": f"{world.mention} why do i need a venv"}
            world.env.backend.edit_message(world.channel.id, each, again)
            await turns()
    await world.env.settle()
    assert len(answers_in(world.channel)) == 3


async def test_who_got_no_answer_can_ask_again_by_an_edit(world: World, monkeypatch: pytest.MonkeyPatch):
    """As soon as there is room."""
    with full(world.channel, monkeypatch, world):
        for each in members(world, MOST):
            world.env.backend.create_message(world.channel.id, each, f"{world.mention} what is a venv")
            await turns()
        late = world.env.backend.create_message(world.channel.id, world.mia.id, f"{world.mention} what is a venv")
        await turns()
    await world.env.settle()
    assert len(answers_in(world.channel)) == MOST
    world.env.backend.edit_message(world.channel.id, late.id, {"content": f"{world.mention} what is a venv?"})
    await world.env.settle()
    assert len(answers_in(world.channel)) == MOST + 1
