"""Splits texts into word pieces of BERT's vocabulary.

Words that the vocabulary lacks are split into the longest pieces it has: 'virtualenv' -> 'virtual', '##en', '##v'
(Wu et al., "Google's Neural Machine Translation System", 2016).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.search.wording import fold

_PIECE = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
LONGEST = 24
CACHED = 50_000


class WordPieces:
    """Splits texts into the given pieces. The number of a piece is its index in the list."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._split: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, word: str) -> bool:
        """Whether this word is a single piece."""
        return word in self._numbers

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
        begin = 0
        while begin < len(word):
            for end in range(min(len(word), begin + LONGEST), begin, -1):
                number = self._numbers.get(word[begin:end] if not begin else f"##{word[begin:end]}")
                if number is not None:
                    found.append(number)
                    begin = end
                    break
            else:
                return ()
        return tuple(found)
