"""Looks up what entries want and do not want (`polarities`), by the names of polarities.

It also says which things entries only leave out or undo, and whether an entry agrees with a question or
contradicts it: "how do I leave" agrees with "quit", and contradicts "enter".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.search.features import hash_of
from bot.search.opposites import kinds
from bot.search.opposites.polarities import NO, Polarities

# The factor for the scores of entries that say the opposite.
OPPOSITE = 0.85
# For a question in another language: the factors for entries that agree in their own question, or in a phrasing.
AGREES_IN_TITLE, AGREES = 1.1, 1.05
# Not compared here: a question and an entry that both end something may end different things.
_SAYS_LITTLE = frozenset({kinds.SET_UP, kinds.BACK, kinds.AGAIN})


class EntryPolarities:
    """The polarities of a library's entries. Built once and never changed."""

    def __init__(self, entries: Sequence[Polarities]) -> None:
        by_name: dict[str, list[tuple[int, int]]] = {}
        for n, polarities in enumerate(entries):
            for name, signs in polarities.items():
                by_name.setdefault(name, []).append((n, signs))
        # By polarity: the entries that have it, in ascending order, and their signs.
        self._of = {
            name: (np.array([n for n, _ in found], np.int64), np.array([signs for _, signs in found], np.uint8))
            for name, found in by_name.items()
        }
        # By the hashes of their stems: the things that entries leave out and do not also have, and what they undo
        # and do not also do.
        self.left_out, self.undone = _only_without(entries, kinds.LEFT_OUT), _only_without(entries, kinds.DO)

    @property
    def nbytes(self) -> int:
        return sum(entries.nbytes + signs.nbytes for entries, signs in self._of.values())

    def __contains__(self, name: str) -> bool:
        """Whether an entry has this polarity."""
        return name in self._of

    def agrees(self, entry: int, polarities: Polarities, prefix: str = "") -> bool:
        """Whether an entry has one of these polarities with the same sign; `prefix` is '' or `kinds.TITLE`."""
        each = np.array([entry])
        said = ((name, sign) for name, sign in polarities.items() if name not in _SAYS_LITTLE)
        return any(int(self.of(each, prefix + name)[0]) & sign for name, sign in said)

    def factor(self, entry: int, polarities: Polarities) -> float:
        """The factor for the score of an entry that may agree with a question in another language."""
        if self.agrees(entry, polarities, kinds.TITLE):
            return AGREES_IN_TITLE
        return AGREES if self.agrees(entry, polarities) else 1.0

    def contradicts(self, entry: int, polarities: Polarities, prefix: str = "") -> bool:
        """Whether an entry has one of these, and only with the other sign; `prefix` is '' or `kinds.TITLE`."""
        each = np.array([entry])
        said = ((name, sign) for name, sign in polarities.items() if name not in _SAYS_LITTLE)
        own = [(int(self.of(each, prefix + name)[0]), sign) for name, sign in said]
        return any(signs for signs, _ in own) and not any(signs & sign for signs, sign in own)

    def of(self, entries: NDArray[np.int64], name: str) -> NDArray[np.uint8]:
        """For each of these entries, its signs for this polarity; 0 if it does not have the polarity."""
        if name not in self._of:
            return np.zeros(len(entries), np.uint8)
        having, signs = self._of[name]
        at = having.searchsorted(entries)
        found: NDArray[np.uint8] = signs.take(at, mode="clip") * (having.take(at, mode="clip") == entries)
        return found


def _only_without(entries: Sequence[Polarities], prefix: str) -> dict[int, str]:
    """The names with this prefix that an entry only has with NO, by the hashes of their stems."""
    return {
        hash_of(name.removeprefix(prefix)): name
        for polarities in entries
        for name, signs in polarities.items()
        if signs == NO and name.startswith(prefix)
    }
