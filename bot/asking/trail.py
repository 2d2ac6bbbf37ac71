"""Who found nothing a moment ago, and finds something now. In memory only, members for two minutes."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

MOMENT = timedelta(minutes=2)
MANY = 10_000


class Trail:
    """The latest misses of each member, as long as they may be looking for other words."""

    def __init__(self) -> None:
        # The member who missed something last is last.
        self._missed: OrderedDict[int, list[tuple[datetime, int]]] = OrderedDict()
        # For a question, those whose answer it seemed to lead to; the latest last.
        self._led_from: OrderedDict[int, list[int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._missed)

    def missed(self, member: int, question: int, now: datetime) -> None:
        """This member got no good answer."""
        self._missed.setdefault(member, []).append((now, question))
        self._missed.move_to_end(member)
        self.drop(now)

    def found(self, member: int, now: datetime, by: int = 0) -> list[int]:
        """This member has found something: the questions with which they did not, just before.

        `by` is the question that led to it, if one did.
        """
        self.drop(now)
        recent = [question for at, question in self._missed.pop(member, []) if now - at <= MOMENT]
        just_before = [each for each in dict.fromkeys(recent) if each != by]
        if by and just_before:
            self._led_from.setdefault(by, []).extend(just_before)
            if len(self._led_from) > MANY:
                self._led_from.popitem(last=False)
        return just_before

    def not_found(self, by: int) -> list[int]:
        """What this question led to was wrong: for which others it seemed to be right, once."""
        return self._led_from.pop(by, [])

    def forget(self, member: int) -> None:
        """Nothing of this member any more."""
        self._missed.pop(member, None)

    def drop(self, now: datetime) -> None:
        """Let go of whoever missed nothing in the last two minutes."""
        while self._missed:
            member, misses = next(iter(self._missed.items()))
            if now - misses[-1][0] <= MOMENT and len(self._missed) <= MANY:
                return
            del self._missed[member]
