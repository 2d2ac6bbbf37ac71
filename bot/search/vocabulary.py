"""Looks up what an index knows of a word: its stem, and its features in the postings."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from bot.search.features import NgramsOfWords, hash_of, ngrams_of
from bot.search.languages import WordForms
from bot.search.postings import NOTHING, OF_LETTERS, OF_WORDS, Hashes, Postings


class KnownWords(NamedTuple):
    """The hashes of the stems of some words, the features of these stems, and those of the words' n-grams.

    A stem that no entry holds has None for its feature. A feature of an n-gram has four bytes.
    """

    stems: list[int]
    features: list[int | None]
    ngrams: list[bytes | memoryview]


class Vocabulary:
    """The words of an index, whose features were looked up once, and any others. Never changed."""

    def __init__(
        self,
        numbers: Mapping[str, int],
        stems: Hashes,
        ngrams: NgramsOfWords,
        forms: WordForms,
        postings: Postings,
    ) -> None:
        """`numbers` are the words of the entries by number; `stems` and `ngrams` are those of each word."""
        self._numbers, self._forms, self._postings = numbers, forms, postings
        features = postings.places(OF_WORDS, stems)
        known = postings.places(OF_LETTERS, ngrams.hashes)
        held = known != NOTHING
        kept = np.append(0, np.cumsum(held)).astype(np.uint32)[ngrams.ends]
        # Memoryviews give Python's own integers, which are faster one by one.
        self._stems, self._features = stems.data, features.data
        self._ends, self._ngrams = (4 * kept).data, known[held].data.cast("B")

    @property
    def nbytes(self) -> int:
        return sum(each.nbytes for each in (self._stems, self._features, self._ends, self._ngrams))

    def of(self, words: Iterable[str]) -> KnownWords:
        # One loop over all words: a question has a dozen of them, and a call for each takes longer than the rest.
        numbers, stem_of, feature_of, ends, held = (
            self._numbers, self._stems, self._features, self._ends, self._ngrams
        )  # fmt: skip
        stems: list[int] = []
        features: list[int | None] = []
        ngrams: list[bytes | memoryview] = []
        for word in words:
            n = numbers.get(word)
            if n is None:
                stem, feature, of_word = self._look_up(word)
            else:
                stem, feature, of_word = stem_of[n], feature_of[n], held[ends[n] : ends[n + 1]]
            stems.append(stem)
            features.append(None if feature == NOTHING else feature)
            ngrams.append(of_word)
        return KnownWords(stems, features, ngrams)

    def stem(self, word: str) -> int:
        n = self._numbers.get(word)
        return hash_of(self._forms.stem(word)) if n is None else self._stems[n]

    def with_stem(self, stem: int) -> list[int]:
        """The numbers of the words with this stem."""
        found: list[int] = np.flatnonzero(np.asarray(self._stems) == stem).tolist()
        return found

    def stem_and_feature(self, word: str) -> tuple[int, int | None]:
        n = self._numbers.get(word)
        stem = hash_of(self._forms.stem(word)) if n is None else self._stems[n]
        feature = self._postings.place(OF_WORDS, stem) if n is None else self._features[n]
        return stem, None if feature == NOTHING else feature

    def _look_up(self, word: str) -> tuple[int, int, bytes]:
        stem = hash_of(self._forms.stem(word))
        ngrams = self._postings.features(OF_LETTERS, np.frombuffer(ngrams_of(word), np.uint32))
        return stem, self._postings.place(OF_WORDS, stem), array("I", ngrams).tobytes()
