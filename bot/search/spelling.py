"""A word nobody wrote -> the one that was probably meant.

Words that are one slip apart (a letter lost, added, changed or swapped) share what is left of them
when one letter of either is taken out: Garbe's symmetric deletes. So only few are compared at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

SHORTEST, LONGEST = 4, 30
# Shorter words have many neighbours that are words, too: "bake" need not be "make", nor "bread" "read".
TRUSTED = 6


class Spelling:
    """The words of an index, to be found again when they are misspelt. Never changed."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` says how many entries hold each word."""
        self._counts = counts
        self._words = [word for word in counts if SHORTEST <= len(word) <= LONGEST]
        stumps = [(_name(stump), n) for n, word in enumerate(self._words) for stump in _stumps(word)]
        table = np.array(stumps, dtype=np.uint32).reshape(-1, 2)
        order = np.argsort(table[:, 0], kind="stable")
        self._keys: NDArray[np.uint32] = np.ascontiguousarray(table[order, 0])
        self._owners: NDArray[np.uint32] = np.ascontiguousarray(table[order, 1])

    @property
    def nbytes(self) -> int:
        return self._keys.nbytes + self._owners.nbytes

    def mend(self, word: str) -> tuple[str, ...]:
        """The word itself if it is known, else the commonest one slip away, else two it is joined of."""
        if word in self._counts or not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return (word,)
        keys = np.array([_name(stump) for stump in _stumps(word)], dtype=np.uint32)
        begin, end = np.searchsorted(self._keys, keys), np.searchsorted(self._keys, keys, side="right")
        near = {int(n) for b, e in zip(begin, end, strict=True) for n in self._owners[b:e]}
        meant = [self._words[n] for n in near if OSA.distance(word, self._words[n], score_cutoff=1) <= 1]
        if meant:
            return (max(meant, key=lambda each: (self._counts[each], each)),)
        return self._parted(word) or (word,)

    def mend_surely(self, word: str) -> tuple[str, ...]:
        """The same, but a short word that nobody wrote stays what it is."""
        return self.mend(word) if len(word) >= TRUSTED else (word,)

    def _parted(self, word: str) -> tuple[str, ...]:
        parted = [(word[:n], word[n:]) for n in range(1, len(word) - 1)]
        known = [pair for pair in parted if all(half in self._counts for half in pair) and len(pair[1]) > 1]
        return max(known, key=lambda pair: (min(self._counts[half] for half in pair), pair), default=())


def _name(stump: str) -> int:
    return crc32(stump.encode(errors="surrogatepass"))


def _stumps(word: str) -> Iterator[str]:
    yield word
    for n in range(len(word)):
        yield word[:n] + word[n + 1 :]
