"""Moderators who press at the same moment, and servers that take few bytes."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord import Env


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members do not wait for each other, as they do in SimCord."""
    monkeypatch.setattr(Env, "_begin_operation", lambda self, label: None)
    monkeypatch.setattr(Env, "_end_operation", lambda self: None)


@pytest.fixture
def takes(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A server to which files of at most so many bytes can be sent."""
    made = discord.Interaction._from_data

    def limit(most: int) -> None:
        def from_data(self: Any, data: Any) -> None:
            data["attachment_size_limit"] = most
            made(self, data)

        monkeypatch.setattr(discord.Interaction, "_from_data", from_data)

    return limit
