"""The lessons that come with the bot."""

from __future__ import annotations

from pathlib import Path

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
