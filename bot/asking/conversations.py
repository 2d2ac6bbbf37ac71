"""Remembers each member's last question and answer, as the next message may be a follow-up. In memory only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.asking.short_memory import ShortMemory
from bot.dialogue.reply import Suggestions

GOES_ON = timedelta(minutes=10)
IS_THEIRS = timedelta(hours=1)  # in which a member may still pass on a question or wait for its answer
MANY = 10_000


@dataclass(frozen=True)
class Before:
    """The context of a message that may be a follow-up.

    `question` is the id of the earlier question in the log, `text` its text, and `passage` the id of what answered
    it, '' if nothing did. `offered` are the suggestions that it got. `is_private` says that nobody else in the
    server saw it.
    """

    question: int | None = None
    text: str = ""
    passage: str = ""
    offered: Suggestions | None = None
    is_private: bool = False


@dataclass(frozen=True)
class LoggedMessage:
    """What was logged of a message: the id of the question, its text, and the passage that answered it, or ''."""

    question: int
    text: str
    passage: str


class Conversations:
    """The last exchange with each member, in each server or (0) in direct messages; and what else they asked."""

    def __init__(self) -> None:
        self._last: ShortMemory[tuple[int, int], Before] = ShortMemory(GOES_ON, MANY)
        # Members and the logged questions that they asked.
        self._asked: ShortMemory[tuple[int, int], bool] = ShortMemory(IS_THEIRS, MANY)
        # Members and their messages, with what was logged of these.
        self._logged: ShortMemory[tuple[int, int], LoggedMessage] = ShortMemory(IS_THEIRS, MANY)

    def said(self, member: int, server: int, before: Before, now: datetime) -> None:
        """Save what this member has just asked."""
        self._last.put((member, server), before, now)
        if before.question:
            self._asked.put((member, before.question), True, now)

    def last(self, member: int, server: int, now: datetime) -> Before | None:
        """This member's last exchange there; None if it was more than ten minutes ago."""
        return self._last.get((member, server), now)

    def has_asked(self, member: int, question: int, now: datetime) -> bool:
        """Whether this member asked this logged question in the last hour."""
        return bool(self._asked.get((member, question), now))

    def remember_logged(self, member: int, message: int, logged: LoggedMessage, now: datetime) -> None:
        """Save what was logged of a member's message."""
        self._logged.put((member, message), logged, now)

    def logged_of(self, member: int, message: int, now: datetime) -> LoggedMessage | None:
        """What was logged of a member's message in the last hour."""
        return self._logged.get((member, message), now)

    def forget(self, member: int) -> None:
        """Forget everything about this member."""
        for each in (self._last, self._asked, self._logged):
            each.forget(lambda key: key[0] == member)
