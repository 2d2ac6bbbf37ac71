"""Finds texts by a piece of them, for autocomplete.

The texts are joined to one array of bytes. Lists of places in it are sorted by the eight bytes at each place, so
that the places of a piece are one range of such a list, which a binary search finds: a suffix array (Manber &
Myers, 1990) that is sorted by the first eight bytes only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.postings import Hashes
from bot.search.words.wording import fold

# By so many bytes the places are sorted.
KEY = 8
# The most places that are looked at. Of a piece with more ("a"), so many are taken evenly from all of them.
MOST = 500
_BETWEEN = "\x00"
# Bytes that are neither letters nor digits: a word, or a symbol of code, begins after them. Bytes from 128 on are
# parts of letters.
_IS_SIGN = np.array([byte < 128 and not chr(byte).isalnum() for byte in range(256)])
# The bytes of a character after its first byte.
_GOES_ON = np.array([0x80 <= byte < 0xC0 for byte in range(256)])


class Found(NamedTuple):
    """The ids of texts with a piece, and whether these are all, as of a common piece only some are looked at."""

    ids: list[str]
    are_all: bool


class Titled(NamedTuple):
    """An id with the texts that readers see for it, and other texts that lead to it."""

    id: str
    shown: Sequence[str]
    others: Sequence[str] = ()


class Completion:
    """The texts that autocomplete can find. Built once and never changed, so that threads need no lock."""

    def __init__(self, titled: Iterable[Titled]) -> None:
        known = list(titled)
        self._ids = [each.id for each in known]
        self._shown = _Texts([(n, text) for n, each in enumerate(known) for text in each.shown])
        self._others = _Texts([(n, text) for n, each in enumerate(known) for text in each.others])
        words, insides = self._shown.words_and_insides()
        self._begins = _Places(self._shown, self._shown.starts)
        self._words, self._insides = _Places(self._shown, words), _Places(self._shown, insides)
        words, _ = self._others.words_and_insides()
        self._in_others = _Places(self._others, np.concatenate([self._others.starts, words]))

    @property
    def nbytes(self) -> int:
        """The size of the texts and of the lists of places, in bytes."""
        places = (self._begins, self._words, self._insides, self._in_others)
        return self._shown.nbytes + self._others.nbytes + sum(each.nbytes for each in places)

    def beginning(self, typed: str) -> Iterator[str]:
        """The ids of all shown texts that begin with this."""
        return map(self._ids.__getitem__, self._begins.owners(self._begins.holding(piece_of(typed))))

    def in_words(self, typed: str) -> Found:
        """The ids of shown texts in which a word begins with this; first those where the text does."""
        piece = piece_of(typed)
        if not piece:
            return Found([], are_all=True)
        begins, words = self._begins.holding(piece), self._words.holding(piece)
        found = [*self._begins.owners(_some(begins)), *self._words.owners(_some(words))]
        return Found([self._ids[n] for n in found], are_all=max(len(begins), len(words)) <= MOST)

    def inside_words(self, typed: str) -> Iterator[str]:
        """The ids of shown texts that contain this inside a word."""
        return self._found(typed, self._insides)

    def in_others(self, typed: str) -> Iterator[str]:
        """The ids with another text in which a word begins with this."""
        return self._found(typed, self._in_others)

    def _found(self, typed: str, places: _Places) -> Iterator[str]:
        piece = piece_of(typed)
        return (self._ids[n] for n in places.owners(_some(places.holding(piece)))) if piece else iter(())


class _Texts:
    """Texts joined to one array of bytes, each with its owner."""

    def __init__(self, owned: Sequence[tuple[int, str]]) -> None:
        pieces = [piece_of(text) for _, text in owned]
        between = _BETWEEN.encode()
        # Padding, so that a key of eight bytes can be read at the last place, too.
        self.bytes = between.join([*pieces, b""]) + KEY * between
        sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
        self.starts: Hashes = (np.cumsum(sizes + 1) - sizes - 1).astype(np.uint32)
        self.owners: Hashes = np.fromiter((owner for owner, _ in owned), np.uint32, len(owned))

    @property
    def nbytes(self) -> int:
        return len(self.bytes) + self.starts.nbytes + self.owners.nbytes

    def keys_at(self, places: NDArray[np.integer]) -> NDArray[np.uint64]:
        """The eight bytes at each of these places as a number; the numbers sort as the bytes do."""
        keys: NDArray[np.uint64] = np.ndarray(len(self.bytes) - KEY + 1, ">u8", self.bytes, strides=(1,))
        found: NDArray[np.uint64] = keys[places].astype(np.uint64)
        return found

    def words_and_insides(self) -> tuple[Hashes, Hashes]:
        """The places where words begin, but for the first of a text; and the places of all other characters."""
        held = np.frombuffer(self.bytes, np.uint8)[: len(self.bytes) - KEY]
        # A piece does not begin with a space, and does not cross the end of a text.
        can_begin = (held != 0) & (held != ord(" ")) & ~_GOES_ON[held]
        can_begin[self.starts] = False
        follows_sign = np.zeros(len(held), np.bool_)
        follows_sign[1:] = _IS_SIGN[held[:-1]]
        is_word, is_inside = can_begin & follows_sign, can_begin & ~follows_sign
        return is_word.nonzero()[0].astype(np.uint32), is_inside.nonzero()[0].astype(np.uint32)


class _Places:
    """Places in texts, sorted by the bytes there."""

    def __init__(self, texts: _Texts, places: Hashes) -> None:
        self._texts = texts
        self._sorted = places[np.argsort(texts.keys_at(places))]

    @property
    def nbytes(self) -> int:
        return self._sorted.nbytes

    def holding(self, piece: bytes) -> NDArray[np.int64]:
        """The places where this piece is."""
        held, begin = self._texts.bytes, piece[:KEY]
        first = bisect_left(self._sorted, begin, key=lambda place: held[place : place + KEY])
        last = bisect_right(self._sorted, begin, first, key=lambda place: held[place : place + len(begin)])
        found = self._sorted[first:last].astype(np.int64)
        for at in range(KEY, len(piece), KEY):
            if not len(found):
                break
            rest = piece[at : at + KEY]
            unread = np.uint64(8 * (KEY - len(rest)))
            found = found[self._texts.keys_at(found + at) >> unread == int.from_bytes(rest)]
        return found

    def owners(self, places: NDArray[np.int64]) -> list[int]:
        """The owners of the texts at these places, in the order of the texts."""
        places.sort()
        texts = self._texts.starts.searchsorted(places.astype(np.uint32), "right") - 1
        owners: list[int] = self._texts.owners[texts].tolist()
        return owners


def _some(places: NDArray[np.int64]) -> NDArray[np.int64]:
    """These places, or `MOST` of them, taken evenly."""
    return places if len(places) <= MOST else places[:: -(-len(places) // MOST)].copy()


def piece_of(text: str) -> bytes:
    """The form in which texts and pieces are compared: bytes without case, accents and repeated spaces."""
    return " ".join(fold(text).replace(_BETWEEN, " ").split()).encode(errors="surrogatepass")


def begins_a_word(piece: bytes, text: str) -> bool:
    """Whether a text contains this piece at the beginning of a word."""
    held = piece_of(text)
    at = held.find(piece)
    while at > 0 and not _IS_SIGN[held[at - 1]]:
        at = held.find(piece, at + 1)
    return at >= 0


class MostCounted:
    """Counts ids, and keeps the first few sorted: sorting thousands for each autocomplete would take too long."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._counts: Counter[str] = Counter()
        self.ids: list[str] = []

    def count(self, id_: str) -> None:
        """Count an id once more. No other id can newly become one of the first."""
        counts, first = self._counts, self.ids
        counts[id_] += 1
        if id_ not in first:
            if len(first) < self._size:
                first.append(id_)
            elif counts[id_] > counts[first[-1]]:
                first[-1] = id_
            else:
                return
        at = first.index(id_)
        while at and counts[first[at - 1]] < counts[id_]:
            first[at - 1], first[at] = id_, first[at - 1]
            at -= 1
