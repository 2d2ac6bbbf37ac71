"""Many short messages written in one text."""

from __future__ import annotations


def sayings(text: str) -> list[str]:
    """The messages of a text that are divided by bars or line breaks."""
    return [each.strip() for line in text.strip().splitlines() for each in line.split("|")]
