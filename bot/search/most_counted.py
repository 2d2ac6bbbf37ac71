"""Which ids were counted most often."""

from __future__ import annotations

from collections import Counter


class MostCounted:
    """Counts ids; the first few are ready, as sorting thousands at each key would take too long."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._counts: Counter[str] = Counter()
        self.ids: list[str] = []

    def count(self, id_: str) -> None:
        """Count one more. Only the id that is counted can become one of the first."""
        self._counts[id_] += 1
        first = self.ids if id_ in self.ids else [*self.ids, id_]
        self.ids = sorted(first, key=lambda each: -self._counts[each])[: self._size]
