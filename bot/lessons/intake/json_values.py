"""Takes values of one kind out of JSON that another program wrote; what is of another kind counts as empty."""

from __future__ import annotations

from bot.lessons.intake.decoding import cleaned

_LONGEST = 6_000  # characters: a message of Discord or Slack has no more that is worth reading


def value_in(data: object, key: str) -> object:
    return data.get(key) if isinstance(data, dict) else None


def text_in(data: object, key: str) -> str:
    value = value_in(data, key)
    return cleaned(value[:_LONGEST])[0] if isinstance(value, str) else ""


def list_in(data: object, key: str) -> list[object]:
    value = value_in(data, key)
    return value if isinstance(value, list) else []
