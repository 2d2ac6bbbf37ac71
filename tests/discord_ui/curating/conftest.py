"""Moderators who press at the same moment."""

from __future__ import annotations

import pytest
from simcord import Env


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members do not wait for each other, as they do in SimCord."""
    monkeypatch.setattr(Env, "_begin_operation", lambda self, label: None)
    monkeypatch.setattr(Env, "_end_operation", lambda self: None)
