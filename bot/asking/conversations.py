"""Remembers each member's last question and answer, as the next message may be a follow-up. In memory only."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.dialogue.reply import Suggestions

GOES_ON = timedelta(minutes=10)
MANY = 10_000


@dataclass(frozen=True)
class Before:
    """The context of a message that may be a follow-up.

    `question` is the id of the earlier question in the log, `text` its text, and `passage` the id of what answered
    it, '' if nothing did. `offered` are the suggestions that it got.
    """

    question: int | None = None
    text: str = ""
    passage: str = ""
    offered: Suggestions | None = None


class Conversations:
    """The last exchange with each member, in each server or (0) in direct messages."""

    def __init__(self) -> None:
        # In the order of time: the latest exchange is last.
        self._last: OrderedDict[tuple[int, int], tuple[datetime, Before]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._last)

    def said(self, member: int, server: int, before: Before, now: datetime) -> None:
        """Save what this member has just asked."""
        self._last[member, server] = now, before
        self._last.move_to_end((member, server))
        self._drop(now)

    def last(self, member: int, server: int, now: datetime) -> Before | None:
        """This member's last exchange there; None if it was more than ten minutes ago."""
        self._drop(now)
        found = self._last.get((member, server))
        return found[1] if found else None

    def forget(self, member: int) -> None:
        """Forget everything about this member."""
        for key in [key for key in self._last if key[0] == member]:
            del self._last[key]

    def _drop(self, now: datetime) -> None:
        while self._last:
            key, (at, _) = next(iter(self._last.items()))
            if now - at <= GOES_ON and len(self._last) <= MANY:
                return
            del self._last[key]
