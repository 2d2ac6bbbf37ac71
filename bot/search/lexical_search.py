"""Finds the entries that have the most in common with the words of a question.

Three views are compared with each entry, and their scores are added up:
- words: the share of the question's weight that the entry covers (BM25, over question, phrasings, answer),
- pairs: the same for pairs of words near each other, in either order,
- letters: the cosine of 4-letter n-grams, over question and phrasings, for misspellings that were not corrected.
"""

from __future__ import annotations

from collections.abc import Collection
from math import sqrt

import numpy as np

from bot.search.best_entries import FoundEntry, best_entries
from bot.search.features import pairs_of
from bot.search.postings import OF_PAIRS, Floats, PostingLists, Postings
from bot.search.vocabulary import KnownWords

# The best weights that tests/benchmarks/weights.py tried; the README there says what each view is worth. Letters
# compare only questions and phrasings: the more of a library's words are in answers, the less they weigh.
WORDS, PAIRS = 0.45, 0.40
LETTERS_LEAST, LETTERS_MOST = 0.05, 0.35
QUOTED = 2.0  # the factor for the weight of quoted words


class LexicalSearch:
    """Finds entries by words, pairs and letters. Built once and never changed."""

    def __init__(self, postings: Postings, rarity: Floats) -> None:
        """`rarity` is the rarity of a feature, by the number of entries that hold it."""
        self._postings, self._rarity = postings, rarity

    def best(
        self, known: KnownWords, quoted: Collection[int], weights: Floats, most: int, limit: int
    ) -> list[FoundEntry]:
        """The best entries for these words, of which some are `quoted`, by stem. They are sorted.

        The three views weigh as much as `weights` says; at `most` so many postings are read for each.
        """
        lists = self._postings_of(known, quoted, most)
        return best_entries(lists, weights, self._postings.dtype, len(self._rarity) - 1, limit)

    def _postings_of(self, known: KnownWords, quoted: Collection[int], most: int) -> PostingLists:
        """The postings of a question's words, each with a weight, of at most so many for each view.

        A feature weighs its share of the question in the views of words and pairs, and in letters its part of a
        unit vector. What no entry holds is rarest, and is a part of the question, too; `quoted` words weigh more.
        """
        stems = dict(zip(known.stems, known.features, strict=True))
        asked_pairs = {*pairs_of(known.stems)}
        sought = np.fromiter(asked_pairs, np.uint32, len(asked_pairs))
        features = [feature for feature in stems.values() if feature is not None]
        pairs = self._postings.features(OF_PAIRS, sought)
        all_ngrams = memoryview(b"".join(known.ngrams)).cast("I")
        times = dict.fromkeys(all_ngrams, 0)
        found = self._postings.find(features, pairs, times)
        rarity = self._rarity.take(found.counts)
        begin, end = len(features), len(features) + len(pairs)
        of_words, of_pairs, of_letters = rarity[:begin], rarity[begin:end], rarity[end:]
        if quoted:
            of_words *= [
                QUOTED if stem in quoted else 1.0 for stem, feature in stems.items() if feature is not None
            ]
        of_words /= self._whole(of_words, len(stems))
        of_pairs /= self._whole(of_pairs, len(asked_pairs))
        if len(times) < len(all_ngrams):
            for ngram in all_ngrams:  # a loop, as a Counter takes twice as long for so few
                times[ngram] += 1
            of_letters *= 1 + np.log(np.fromiter(times.values(), np.float64, len(times)))
        of_letters /= max(sqrt(of_letters.dot(of_letters)), 1e-9)
        return self._postings.lists(found, rarity, most)

    def _whole(self, rarity: Floats, sought: int) -> float:
        """The weight of all features sought: those with a rarity, and the others, which no entry holds."""
        return max(float(sum(rarity.tolist(), self._rarity.item(0) * (sought - len(rarity)))), 1e-9)


def weights_of(asked_share: float) -> Floats:
    """The weights of words, pairs and letters, for the share of words that are in questions and phrasings."""
    letters = LETTERS_LEAST + asked_share * (LETTERS_MOST - LETTERS_LEAST)
    weights: Floats = np.array([WORDS, PAIRS, letters]) / (WORDS + PAIRS + letters)
    return weights
