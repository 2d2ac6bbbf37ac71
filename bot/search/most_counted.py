"""Keeps the ids that were counted most often."""

from __future__ import annotations

from collections import Counter


class MostCounted:
    """Counts ids, and keeps the first few sorted: sorting thousands for each autocomplete would take too long."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._counts: Counter[str] = Counter()
        self.ids: list[str] = []

    def count(self, id_: str) -> None:
        """Count an id once more. No other id can newly become one of the first."""
        self._counts[id_] += 1
        first = self.ids if id_ in self.ids else [*self.ids, id_]
        self.ids = sorted(first, key=lambda each: -self._counts[each])[: self._size]
