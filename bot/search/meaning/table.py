"""A table of word pieces: what a text means is, roughly, the sum of what its pieces mean.

27,622 pieces of 64 dimensions, 4 bits a number, learned from MiniLM by tests/benchmarks/learn_table.py.
NOTICE.md beside it says from which texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.search.match import Understanding
from bot.search.meaning.encoder import Vectors
from bot.search.meaning.nearness import EntryTexts, Nearness
from bot.search.meaning.word_pieces import WordPieces
from bot.search.postings import idf

FILE = Path(__file__).with_name("table.npz")
# A piece that stands in every entry weighs half as much as one that stands in none.
LEAST_WEIGHT = 0.5
# Of the words of English libraries three in four are pieces; of those of German ones two in five.
LEAST_KNOWN = 0.6


class Table:
    """An encoder; about a hundredth of a millisecond a question."""

    def __init__(self, pieces: WordPieces, rows: NDArray[np.int8], weights: Vectors) -> None:
        """`rows` has one row a piece, `weights` says how much each counts."""
        self._pieces, self._rows, self._weights = pieces, rows, weights

    @property
    def dimensions(self) -> int:
        return int(self._rows.shape[1])

    def knows(self, word: str) -> bool:
        """Whether a word is a piece of its own, not only a sum of what its parts happen to mean."""
        return word in self._pieces

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return np.array([self.vector(text) for text in texts])

    def vector(self, text: str) -> Vectors:
        """What one text means."""
        numbers = np.array(self._pieces.split(text), np.int64)
        total: Vectors = self._weights[numbers] @ self._rows[numbers].astype(np.float32)
        length = sqrt(total @ total)
        return total / np.float32(length) if length else total

    def weighted(self, entries: Sequence[Iterable[str]]) -> Table:
        """The same table for a library with these texts: its rare pieces count up to twice what common ones do."""
        frequency = np.zeros(len(self._pieces), np.int64)
        for texts in entries:
            frequency[list({number for text in texts for number in self._pieces.split(text)})] += 1
        rarity = idf(frequency, len(entries)) / idf(np.zeros(1, np.int64), len(entries))
        weights = LEAST_WEIGHT + (1 - LEAST_WEIGHT) * rarity
        return Table(self._pieces, self._rows, (self._weights * weights).astype(np.float32))


class TableSource:
    """The table as a source of meaning: always ready."""

    understanding: Understanding = "table"

    def nearness(self, entries: Sequence[EntryTexts], wait: bool) -> Nearness | None:
        """None for a library that is mostly in words which the table does not know, as one in German is."""
        known = load_table()
        texts = chain.from_iterable(questions for questions, _ in entries)
        found = [word for text in texts for word in text.split() if _is_plain(word)]
        if sum(map(known.knows, found)) < LEAST_KNOWN * max(len(found), 1):
            return None
        weighted = known.weighted([chain(*texts) for texts in entries])

        def find(text: str, wait: bool) -> Vectors:
            return weighted.vector(text)

        return Nearness("table", find, entries, weighted.encode)


def _is_plain(word: str) -> bool:
    return len(word) > 2 and word.isalpha()


@cache
def load_table() -> Table:
    """The table of the package; read once."""
    with np.load(FILE, allow_pickle=False) as stored:
        packed, scales = stored["rows"], stored["scales"]
    rows = np.empty((len(packed), 2 * packed.shape[1]), np.int8)
    rows[:, ::2], rows[:, 1::2] = packed >> 4, packed & 15
    return Table(WordPieces(known_pieces(vocabulary())), rows - np.int8(8), scales.astype(np.float32))


@cache
def vocabulary() -> tuple[str, ...]:
    """All pieces of BERT's vocabulary (uncased, English) in their order, which is MiniLM's, too."""
    with np.load(FILE, allow_pickle=False) as stored:
        return tuple(stored["vocabulary"].tobytes().decode().split("\n"))


def known_pieces(pieces: Iterable[str]) -> list[str]:
    """Those that the table has a row for: no special ones like [CLS], and no other script."""
    return [piece for piece in pieces if piece.isascii() and not piece.startswith("[")]
