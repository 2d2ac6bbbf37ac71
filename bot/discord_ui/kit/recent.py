"""Remembers recent ids and values: Discord sends some events twice, and people press twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent:
    """The last ids that were seen, at most `size` of them."""

    def __init__(self, size: int = 1000) -> None:
        self._size = size
        self._ids: OrderedDict[int, None] = OrderedDict()

    def is_new(self, id_: int) -> bool:
        """Whether this id was not seen before; remembers it."""
        if id_ in self._ids:
            return False
        self._ids[id_] = None
        if len(self._ids) > self._size:
            self._ids.popitem(last=False)
        return True

    @contextmanager
    def once(self, id_: int) -> Iterator[bool]:
        """As `is_new`, for what can fail: then it can be tried once more."""
        is_new = self.is_new(id_)
        try:
            yield is_new
        except BaseException:
            if is_new:
                self.forget(id_)
            raise

    def forget(self, id_: int) -> None:
        """Let this id be new once more."""
        self._ids.pop(id_, None)


class Latest(Generic[Key, Value]):
    """The latest value of each key, of the last `size` keys."""

    def __init__(self, size: int = 300) -> None:
        self._size = size
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def put(self, key: Key, value: Value) -> Value | None:
        """Remember this value; returns the value before it, or None."""
        before = self._values.pop(key, None)
        self._values[key] = value
        if len(self._values) > self._size:
            self._values.popitem(last=False)
        return before

    def get(self, key: Key) -> Value | None:
        """The latest value of this key; None where there is none."""
        return self._values.get(key)

    def items(self) -> list[tuple[Key, Value]]:
        """All of them, the oldest first."""
        return list(self._values.items())

    def pop(self, key: Key) -> Value | None:
        """The same, which is then forgotten."""
        return self._values.pop(key, None)
