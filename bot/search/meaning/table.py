"""A table of vectors for word pieces: the vector of a text is the weighted sum of its pieces' vectors.

It has 27,622 pieces of 64 dimensions, with 4 bits for a number. tests/benchmarks/learn_table.py learned them from
MiniLM. NOTICE.md in this folder lists the texts that it was learned from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain
from math import log, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.search.match import Understanding
from bot.search.meaning.encoder import Vectors
from bot.search.meaning.nearness import EntryTexts, Nearness
from bot.search.meaning.word_pieces import WordPieces
from bot.search.postings import idf

FILE = Path(__file__).with_name("table.npz")
# The weight of a piece that is in every entry; one that is in no entry weighs 1.
LEAST_WEIGHT = 0.5
# So many of the commonest pieces are equally common: small words, and signs.
COMMONEST = 900
# The least share of a library's words that must be pieces. It is three quarters in English libraries, and two
# fifths in German ones.
LEAST_KNOWN = 0.6
# The two numbers in each possible byte.
_UNPACKED = np.array([(byte >> 4, byte & 15) for byte in range(256)], np.float32) - 8


class Table:
    """The table as an encoder. It takes about a hundredth of a millisecond for a question."""

    def __init__(self, pieces: WordPieces, packed: NDArray[np.uint8], weights: Vectors) -> None:
        """`packed` has a row for each piece with two numbers in each byte, `weights` a weight for each piece."""
        self._pieces, self._packed, self._weights = pieces, packed, weights

    @property
    def dimensions(self) -> int:
        return 2 * int(self._packed.shape[1])

    def knows(self, word: str) -> bool:
        """Whether a word is a single piece. The sum of several pieces says little about the meaning of a word."""
        return word in self._pieces

    def rarity(self, word: str) -> float:
        """How rare a word is in English, from 0 to 1; 1 for a word that is no piece."""
        piece = self._pieces.number_of(word)
        # The pieces are in the order of their frequency.
        return (
            1.0 if piece is None else log(max(piece - COMMONEST, 0) + 2) / log(len(self._pieces) - COMMONEST + 2)
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return np.array([self.vector(text) for text in texts])

    def vector(self, text: str) -> Vectors:
        """What one text means."""
        numbers = np.fromiter(self._pieces.split(text), np.int64)
        rows = _UNPACKED.take(self._packed.take(numbers, axis=0), axis=0).reshape(len(numbers), self.dimensions)
        total: Vectors = self._weights.take(numbers) @ rows
        length = sqrt(total.dot(total))
        return total / np.float32(length) if length else total

    def weighted(self, entries: Sequence[Iterable[str]]) -> Table:
        """The table for a library with these texts: rare pieces weigh up to twice as much as common ones."""
        frequency = np.zeros(len(self._pieces), np.int64)
        for texts in entries:
            frequency[list({number for text in texts for number in self._pieces.split(text)})] += 1
        rarity = idf(frequency, len(entries)) / idf(np.zeros(1, np.int64), len(entries))
        weights = LEAST_WEIGHT + (1 - LEAST_WEIGHT) * rarity
        return Table(self._pieces, self._packed, (self._weights * weights).astype(np.float32))


class TableSource:
    """The table as a source of vectors. It is always ready."""

    understanding: Understanding = "table"

    def nearness(self, entries: Sequence[EntryTexts], wait: bool) -> Nearness | None:
        """The vectors of these entries; None for a library in another language, whose words the table lacks."""
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


@lru_cache(maxsize=4096)  # the same words come up in most questions
def english_rarity(word: str) -> float:
    """How rare a word is in English, from 0 to 1."""
    return load_table().rarity(word)


def word_cosine(one: str, other: str) -> float:
    """How near two words of English are in meaning, from -1 to 1."""
    table = load_table()
    return float(table.vector(one) @ table.vector(other))


@cache
def load_table() -> Table:
    """The table that comes with the package. The file is read once."""
    with np.load(FILE, allow_pickle=False) as stored:
        packed, scales = stored["rows"], stored["scales"]
    return Table(WordPieces(known_pieces(vocabulary())), packed, scales.astype(np.float32))


def vocabulary() -> list[str]:
    """All pieces of BERT's vocabulary (uncased, English) in order. MiniLM has the same."""
    with np.load(FILE, allow_pickle=False) as stored:
        text: str = stored["vocabulary"].tobytes().decode()
        return text.split("\n")


def known_pieces(pieces: Iterable[str]) -> list[str]:
    """The pieces for which the table has a row: none like [CLS], and none in other scripts."""
    return [piece for piece in pieces if piece.isascii() and not piece.startswith("[")]
