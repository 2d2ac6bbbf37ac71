"""Splits texts into word pieces of BERT's vocabulary.

Words that the vocabulary lacks are split into the longest pieces it has: 'virtualenv' -> 'virtual', '##en', '##v'
(Wu et al., "Google's Neural Machine Translation System", 2016).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from itertools import accumulate

from bot.search.features import hash_of
from bot.search.words.wording import fold

_PIECE = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
LONGEST = 24
CACHED = 50_000
BUCKETS = 2**16


class WordPieces:
    """Splits texts into the given pieces. The number of a piece is its index in the list."""

    def __init__(self, pieces: Sequence[str]) -> None:
        # A hash table in arrays, as a dictionary of 27,622 pieces takes 4 MiB. There is the number of the last
        # piece in each bucket, and for each piece that of the one before it in its bucket. 0 stands for none.
        self._text = "".join(pieces)
        self._ends = array("I", accumulate(map(len, pieces), initial=0))
        self._last, self._before = array("I", [0]) * BUCKETS, array("I", [0])
        for number, piece in enumerate(pieces, 1):
            bucket = hash_of(piece) % BUCKETS
            self._before.append(self._last[bucket])
            self._last[bucket] = number
        self._split: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._before) - 1

    def __contains__(self, word: str) -> bool:
        """Whether this word is a single piece."""
        return self.number_of(word) is not None

    def split(self, text: str) -> list[int]:
        """The numbers of a text's pieces. Words that cannot be split into pieces are left out."""
        found: list[int] = []
        for chunk in fold(text).split():
            pieces = self._split.get(chunk)
            if pieces is None:
                pieces = tuple(n for word in _PIECE.findall(chunk) for n in self._split_word(word))
                if len(self._split) < CACHED:
                    self._split[chunk] = pieces
            found += pieces
        return found

    def _split_word(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        mark, rest = "", word
        while rest:
            piece = mark + rest[:LONGEST]
            while (number := self.number_of(piece)) is None:
                piece = piece[:-1]
                if piece == mark:
                    return ()
            found.append(number)
            rest = rest[len(piece) - len(mark) :]
            mark = "##"
        return tuple(found)

    def number_of(self, piece: str) -> int | None:
        """The number of this piece; None if there is none."""
        number = self._last[hash_of(piece) % BUCKETS]
        while number and self._text[self._ends[number - 1] : self._ends[number]] != piece:
            number = self._before[number]
        return number - 1 if number else None
