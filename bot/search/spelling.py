"""Corrects misspelled words to words of a library.

If two words differ by one edit (a letter removed, added, changed or swapped), then removing at most one letter
from each can give the same text: Garbe's symmetric deletes. So only few words have to be compared.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import chain
from string import ascii_lowercase
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from bot.search.features import hash_of
from bot.search.meaning.table import english_rarity
from bot.search.words.chat_spellings import ABBREVIATIONS, sounds_of

SHORTEST, LONGEST = 4, 30
# Corrections of shorter words are uncertain, as many words are similar: "bake" and "make", "bread" and "read".
TRUSTED = 6
# The commonest words of English, about 1,000, are no slips: "hold" is no "told", and "think" no "thank".
COMMON_ENGLISH = 0.6


class Spelling:
    """Corrects words to those of an index. Built once and never changed."""

    def __init__(self, numbers: Mapping[str, int], counts: NDArray[np.integer], *, has_english: bool) -> None:
        """`numbers` are the words with their numbers, from 0 in order; `counts[number]` is a word's frequency.

        Abbreviations are written out only if some of the words are English.
        """
        self._abbreviations = ABBREVIATIONS if has_english else {}
        self._numbers, self._counts = numbers, counts.astype(np.uint32)
        self._words = list(numbers)
        # No word is corrected to a keyword: keywords begin with a backtick.
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
        """The word with its spelling corrected; the word itself if it is known, or nothing like it is.

        Else its long form ("rm", "activ8"), the commonest known word that is one edit away, or the two known words
        that it consists of.
        """
        if word in self._numbers:
            return (word,)
        for long in self._abbreviations.get(word, ()) if word.isalpha() else sounds_of(word):
            if long in self._numbers:
                return (long,)
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return (word,)
        if english_rarity(word) < COMMON_ENGLISH:
            return (word,)
        meant = [each for each in self._near(word) if OSA.distance(word, each, score_cutoff=1) <= 1]
        if meant:
            return (max(meant, key=lambda each: (self._count(each), each)),)
        return self._parted(word) or (word,)

    def word(self, number: int) -> str:
        return self._words[number]

    def _near(self, word: str) -> set[str]:
        """Words that become the same as this one by removing at most one letter from each."""
        sought, keys = _deletes(word), self._keys.data
        begins = self._keys.searchsorted(np.fromiter(sought, np.uint32, len(sought))).tolist()
        # Few of the keys are known: only for these, the end of their owners is searched, too.
        spans = [
            (begin, bisect_right(keys, key, begin))
            for begin, key in zip(begins, sought, strict=True)
            if begin < len(keys) and keys[begin] == key
        ]
        return {self._words[n] for begin, end in spans for n in self._owners[begin:end].tolist()}

    def _count(self, word: str) -> int:
        return int(self._counts[self._numbers[word]])

    @staticmethod
    def surely(word: str, meant: tuple[str, ...]) -> tuple[str, ...]:
        """The correction `meant` of a word if it is reliable; for a short word, the word itself."""
        return meant if len(word) >= TRUSTED else (word,)

    def _parted(self, word: str) -> tuple[str, ...]:
        words = self._numbers
        places = [n for n in range(1, len(word) - 1) if word[n:] in words and word[:n] in words]
        known = [(word[:n], word[n:]) for n in places]
        return max(known, key=lambda pair: (min(map(self._count, pair)), pair), default=())


def _deletes(word: str) -> list[int]:
    """The hashes of the word, and of the word without each of its letters."""
    if word.isascii():
        raw = word.encode()
        return [crc32(raw), *[crc32(raw[:n] + raw[n + 1 :]) for n in range(len(raw))]]
    return [hash_of(word), *[hash_of(word[:n] + word[n + 1 :]) for n in range(len(word))]]


def one_edit_from(word: str) -> Iterator[str]:
    """The texts that differ from a word of at most `LONGEST` letters by one edit, in small letters of English."""
    for n in range(len(word) + 1):
        head, tail = word[:n], word[n:]
        if tail:
            yield head + tail[1:]
            yield head + tail[1:2] + tail[0] + tail[2:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
