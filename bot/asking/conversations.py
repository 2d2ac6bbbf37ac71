"""Remembers each member's last question and answer, as the next message may be a follow-up. In memory only."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.dialogue.reply import Suggestions

GOES_ON = timedelta(minutes=10)
IS_THEIRS = timedelta(hours=1)  # in which a member may still pass on a question or wait for its answer
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
    """The last exchange with each member, in each server or (0) in direct messages; and what else they asked."""

    def __init__(self) -> None:
        # In the order of time: the latest exchange is last.
        self._last: OrderedDict[tuple[int, int], tuple[datetime, Before]] = OrderedDict()
        # When a member asked a logged question; the latest is last.
        self._asked: OrderedDict[tuple[int, int], datetime] = OrderedDict()

    def __len__(self) -> int:
        return len(self._last)

    def said(self, member: int, server: int, before: Before, now: datetime) -> None:
        """Save what this member has just asked."""
        self._last[member, server] = now, before
        self._last.move_to_end((member, server))
        if before.question:
            self._asked[member, before.question] = now
            self._asked.move_to_end((member, before.question))
        self._drop(now)

    def last(self, member: int, server: int, now: datetime) -> Before | None:
        """This member's last exchange there; None if it was more than ten minutes ago."""
        self._drop(now)
        found = self._last.get((member, server))
        return found[1] if found else None

    def has_asked(self, member: int, question: int, now: datetime) -> bool:
        """Whether this member asked this logged question in the last hour."""
        self._drop(now)
        return (member, question) in self._asked

    def forget(self, member: int) -> None:
        """Forget everything about this member."""
        for key in [key for key in self._last if key[0] == member]:
            del self._last[key]
        for key in [key for key in self._asked if key[0] == member]:
            del self._asked[key]

    def _drop(self, now: datetime) -> None:
        while self._last:
            key, (at, _) = next(iter(self._last.items()))
            if now - at <= GOES_ON and len(self._last) <= MANY:
                break
            del self._last[key]
        while self._asked:
            key, at = next(iter(self._asked.items()))
            if now - at <= IS_THEIRS and len(self._asked) <= MANY:
                break
            del self._asked[key]
