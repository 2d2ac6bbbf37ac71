"""Remembers what was seen lately: Discord says things twice, and people press twice."""

from __future__ import annotations

from collections import OrderedDict


class Recent:
    """The last ids that were seen, at most `size` of them."""

    def __init__(self, size: int = 1000) -> None:
        self._size = size
        self._ids: OrderedDict[int, None] = OrderedDict()

    def is_new(self, id_: int) -> bool:
        """True the first time; the id is remembered."""
        if id_ in self._ids:
            return False
        self._ids[id_] = None
        if len(self._ids) > self._size:
            self._ids.popitem(last=False)
        return True
