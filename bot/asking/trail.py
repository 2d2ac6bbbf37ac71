"""Links a member's misses to what they find a moment later. In memory only, for two minutes."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.asking.short_memory import ShortMemory

MOMENT = timedelta(minutes=2)
MANY = 10_000


class Trail:
    """The latest misses of each member, for as long as they may be trying other words."""

    def __init__(self) -> None:
        # By member.
        self._missed: ShortMemory[int, list[tuple[datetime, int]]] = ShortMemory(MOMENT, MANY)
        # By question: the earlier questions that it seemed to answer. The latest question is last.
        self._led_from: OrderedDict[int, list[int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._missed)

    def missed(self, member: int, question: int, now: datetime) -> None:
        """Save that this member got no good answer to this question."""
        before = [each for each in self._missed.get(member, now) or [] if now - each[0] <= MOMENT]
        self._missed.put(member, [*before, (now, question)], now)

    def leads_here(self, member: int) -> bool:
        """Whether this member may just have got no good answer."""
        return member in self._missed

    def found(self, member: int, now: datetime, by: int = 0) -> list[int]:
        """Save that this member found something; returns the questions to which they just got no good answer.

        `by` is the question that found it; 0 if none did. Questions with a higher id were asked after it: they
        are about something else, and stay missed.
        """
        missed = self._missed.get(member, now) or []
        recent = [question for at, question in missed if now - at <= MOMENT and not (by and question > by)]
        later = [each for each in missed if by and each[1] > by]
        if later:
            self._missed.replace(member, later)
        else:
            self._missed.pop(member)
        just_before = [each for each in dict.fromkeys(recent) if each != by]
        if by and just_before:
            self._led_from.setdefault(by, []).extend(just_before)
            if len(self._led_from) > MANY:
                self._led_from.popitem(last=False)
        return just_before

    def not_found(self, by: int) -> list[int]:
        """The answer to this question was wrong: return the earlier questions that it seemed to answer, once."""
        return self._led_from.pop(by, [])

    def forget(self, member: int) -> None:
        """Forget everything about this member."""
        self._missed.pop(member)
