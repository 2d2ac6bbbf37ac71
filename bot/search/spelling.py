"""A word nobody wrote -> the one that was probably meant.

Words that are one slip apart (a letter lost, added, changed or swapped) share what is left of them
when one letter of either is taken out: Garbe's symmetric deletes. So only few are compared at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from bot.search.chat_spellings import ABBREVIATIONS, sounds_of
from bot.search.features import hash_of

SHORTEST, LONGEST = 4, 30
# Shorter words have many neighbours that are words, too: "bake" need not be "make", nor "bread" "read".
TRUSTED = 6


class Spelling:
    """The words of an index, to be found again when they are misspelt. Never changed."""

    def __init__(self, numbers: Mapping[str, int], counts: NDArray[np.integer]) -> None:
        """Every word with its number, in their order, from 0; `counts[number]` says how often it is used."""
        self._numbers, self._counts = numbers, counts.astype(np.uint32)
        self._words = list(numbers)
        # Keywords are in marks, and nobody misspells these.
        mendable = [n for n, word in enumerate(self._words) if SHORTEST <= len(word) <= LONGEST and word[0] != "`"]
        keys = np.fromiter(chain.from_iterable(_deletes(self._words[n]) for n in mendable), np.uint32)
        order = np.argsort(keys, kind="stable")
        owners = np.repeat(
            np.array(mendable, dtype=np.min_scalar_type(len(self._words))),
            np.array([len(self._words[n]) + 1 for n in mendable], dtype=np.int64),
        )
        self._keys: NDArray[np.uint32] = keys[order]
        self._owners: NDArray[np.unsignedinteger] = owners[order]

    @property
    def nbytes(self) -> int:
        return self._keys.nbytes + self._owners.nbytes + self._counts.nbytes

    def mend(self, word: str) -> tuple[str, ...]:
        """The word itself if it is known, else the commonest one slip away, else two it is joined of.

        Before slips, what it is short for, and what its digits sound like: "rm", "activ8".
        """
        if word in self._numbers:
            return (word,)
        for long in ABBREVIATIONS.get(word, ()) if word.isalpha() else sounds_of(word):
            if long in self._numbers:
                return (long,)
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return (word,)
        keys = np.array(_deletes(word), dtype=np.uint32)
        begin, end = self._keys.searchsorted(keys), self._keys.searchsorted(keys, side="right")
        spans = zip(begin.tolist(), end.tolist(), strict=True)
        near = {n for b, e in spans if b < e for n in self._owners[b:e].tolist()}
        meant = [self._words[n] for n in near if OSA.distance(word, self._words[n], score_cutoff=1) <= 1]
        if meant:
            return (max(meant, key=lambda each: (self._count(each), each)),)
        return self._parted(word) or (word,)

    def _count(self, word: str) -> int:
        return int(self._counts[self._numbers[word]])

    @staticmethod
    def surely(word: str, meant: tuple[str, ...]) -> tuple[str, ...]:
        """What it was mended to, but a short word that nobody wrote stays what it is."""
        return meant if len(word) >= TRUSTED else (word,)

    def _parted(self, word: str) -> tuple[str, ...]:
        parted = [(word[:n], word[n:]) for n in range(1, len(word) - 1)]
        known = [pair for pair in parted if all(half in self._numbers for half in pair) and len(pair[1]) > 1]
        return max(known, key=lambda pair: (min(map(self._count, pair)), pair), default=())


def _deletes(word: str) -> list[int]:
    """The hashes of the word, and of it without each of its letters."""
    if word.isascii():
        raw = word.encode()
        return [crc32(raw), *[crc32(raw[:n] + raw[n + 1 :]) for n in range(len(raw))]]
    return [hash_of(word), *[hash_of(word[:n] + word[n + 1 :]) for n in range(len(word))]]
