"""Looks up what an index knows of a word: its stem, and its features in the postings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from bot.search.features import counted, hash_of, ngrams_of
from bot.search.languages import WordForms
from bot.search.postings import OF_LETTERS, OF_WORDS, Hashes, Postings

# The same words come up in most questions, so what is known of so many words is kept.
CACHED = 4096


class Word(NamedTuple):
    """The hash of a word's stem, the feature of the stem if an entry holds it, and the features of its n-grams."""

    stem: int
    feature: int | None
    ngrams: tuple[int, ...]


class Vocabulary:
    """The words of an index, and any others. Safe to use from several threads."""

    def __init__(self, numbers: Mapping[str, int], stems: Hashes, forms: WordForms, postings: Postings) -> None:
        """`numbers` are the words of the entries by number, and `stems` the hash of each word's stem."""
        self._numbers, self._stems, self._forms, self._postings = numbers, stems, forms, postings
        self._kept: dict[str, Word] = {}

    @property
    def nbytes(self) -> int:
        return self._stems.nbytes

    def of(self, word: str) -> Word:
        kept = self._kept.get(word)
        if kept is None:
            kept = self._look_up(word)
            if len(self._kept) < CACHED:
                self._kept[word] = kept
        return kept

    def stems(self, words: Iterable[str]) -> list[int]:
        return [self.of(word).stem for word in words]

    def _look_up(self, word: str) -> Word:
        number = self._numbers.get(word)
        stem = hash_of(self._forms.stem(word)) if number is None else int(self._stems[number])
        found = self._postings.features(OF_WORDS, np.array([stem], np.uint32))
        ngrams, times = counted(np.frombuffer(ngrams_of(word), np.uint32))
        return Word(
            stem, next(iter(found), None), tuple(self._postings.features(OF_LETTERS, ngrams.repeat(times)))
        )
