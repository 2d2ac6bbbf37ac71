"""What each member did lately: in memory only, and only for as long as it is of use."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class ShortMemory(Generic[Key, Value]):
    """The latest value of each key, of the last `many` keys; each for as long as `span`."""

    def __init__(self, span: timedelta, many: int) -> None:
        self._span = span
        self._many = many
        # With the time of each; the latest is last.
        self._values: OrderedDict[Key, tuple[datetime, Value]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: Key) -> bool:
        """Whether it has this key; perhaps too old already: `get` knows."""
        return key in self._values

    def put(self, key: Key, value: Value, now: datetime) -> None:
        """Remember this value."""
        self._values[key] = now, value
        self._values.move_to_end(key)
        self._drop(now)

    def get(self, key: Key, now: datetime) -> Value | None:
        """The value of this key; None where there is none, or it is too old."""
        self._drop(now)
        return self._values[key][1] if key in self._values else None

    def replace(self, key: Key, value: Value) -> None:
        """Change the value of a key that it has; that does not make it newer."""
        self._values[key] = self._values[key][0], value

    def keys(self, now: datetime) -> list[Key]:
        """All keys, the oldest first."""
        self._drop(now)
        return list(self._values)

    def pop(self, key: Key) -> None:
        """Forget this key."""
        self._values.pop(key, None)

    def forget(self, is_one: Callable[[Key], bool]) -> None:
        """Forget all such keys."""
        for key in [each for each in self._values if is_one(each)]:
            del self._values[key]

    def _drop(self, now: datetime) -> None:
        while self._values:
            key, (at, _) = next(iter(self._values.items()))
            if now - at <= self._span and len(self._values) <= self._many:
                return
            del self._values[key]
