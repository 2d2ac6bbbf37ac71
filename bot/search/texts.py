"""The features of texts: names of stems, of pairs of them, and of the pieces of words.

A name is a CRC of 32 bits: the same in every process, and four bytes where the text itself would be fifty.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np

from bot.search.postings import Ints, Names
from bot.search.wording import STOP_WORDS

PIECE = 4
# Where the name of a bundle starts from, so that it is not the name of the same stems in a row.
ANY_ORDER = crc32(b"any order")


class Texts:
    """Words one after the other, by number, each with the text and the entry in which it stands."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        # Four bytes a word: a million entries hold tens of millions of words.
        self._words, self._lengths, self._entries = array("I"), array("I"), array("I")

    def add(self, entry: int, text: list[str]) -> None:
        self._words.extend(map(self._numbers.__getitem__, text))
        self._lengths.append(len(text))
        self._entries.append(entry)

    def __add__(self, other: Texts) -> Texts:
        both = Texts(self._numbers)
        both._words = self._words + other._words
        both._lengths = self._lengths + other._lengths
        both._entries = self._entries + other._entries
        return both

    def __len__(self) -> int:
        return len(self._words)

    @property
    def words(self) -> Names:
        return np.array(self._words, dtype=np.uint32)

    @property
    def owners(self) -> Names:
        return np.repeat(np.array(self._entries, dtype=np.uint32), self._lengths)

    @property
    def texts(self) -> Names:
        return np.repeat(np.arange(len(self._lengths), dtype=np.uint32), self._lengths)

    def bundles(self, stem_of: Names) -> Bundles:
        """The names of each text's stems: in their order, and the telling ones in any order."""
        stems, texts = stem_of[self.words], self.texts
        small = np.array([word in STOP_WORDS for word in self._numbers], dtype=np.bool_)
        telling = ~small[self.words]
        tells = np.bincount(texts[telling], minlength=len(self._lengths)) > 0
        telling |= ~tells[texts]
        in_any_order = np.unique(texts[telling].astype(np.uint64) << 32 | stems[telling])
        names, entries = [], []
        for start, row, text in ((0, stems, texts), (ANY_ORDER, in_any_order, in_any_order >> 32)):
            ends = np.searchsorted(text, np.arange(len(self._lengths) + 1, dtype=text.dtype))
            raw = row.astype(np.uint32).data
            for entry, begin, end in zip(self._entries, ends.tolist(), ends[1:].tolist(), strict=False):
                if begin < end:
                    names.append(crc32(raw[begin:end], start))
                    entries.append(entry)
        return Bundles(np.array(names, dtype=np.uint32), np.array(entries, dtype=np.uint32))

    def pieces(self) -> tuple[Names, Ints]:
        """The names of the pieces of each word, one after the other, and how many each word has."""
        words = self.words
        used = np.unique(words)
        spelt = list(self._numbers)
        ready = [pieces_of.__wrapped__(spelt[n]) for n in used.tolist()]
        names = np.frombuffer(b"".join(ready), dtype=np.uint32)
        sizes = np.array([len(each) for each in ready], dtype=np.int64) // names.itemsize
        place = np.zeros(len(spelt), dtype=np.int64)
        place[used] = np.arange(len(used))
        which = place[words]
        counts = sizes[which]
        ends = np.cumsum(counts)
        first = (np.cumsum(sizes) - sizes)[which] - (ends - counts)
        return names[np.repeat(first, counts) + np.arange(counts.sum())], counts


class Bundles:
    """Which entries are asked for in the words that a name stands for."""

    def __init__(self, names: Names, entries: Names) -> None:
        both = np.unique(names.astype(np.uint64) << 32 | entries)
        self._names = (both >> 32).astype(np.uint32)
        self._entries = both.astype(np.uint32)

    @property
    def nbytes(self) -> int:
        return self._names.nbytes + self._entries.nbytes

    def owners_of(self, name: int) -> list[int]:
        key = np.uint32(name)
        begin = self._names.searchsorted(key)
        # Hardly any question is asked in an entry's very words: it mostly ends here.
        if begin == len(self._names) or self._names[begin] != key:
            return []
        owners: list[int] = self._entries[begin : self._names.searchsorted(key, "right")].tolist()
        return owners


def pairs(stems: Names, texts: Names) -> tuple[Names, Ints]:
    """Names of two stems at most one apart in a text, in either order; and where the first stands."""
    names, firsts = [], []
    for apart in (1, 2):
        first = np.flatnonzero(texts[apart:] == texts[:-apart])
        one, other = stems[first].astype(np.uint64), stems[first + apart].astype(np.uint64)
        names.append(_pair(np.minimum(one, other), np.maximum(one, other)).astype(np.uint32))
        firsts.append(first)
    return np.concatenate(names), np.concatenate(firsts)


def pairs_of(stems: Sequence[int]) -> list[int]:
    """The same of one text."""
    both = [*pairwise(stems), *zip(stems, stems[2:], strict=False)]
    return [_pair(one, other) if one < other else _pair(other, one) for one, other in both]


def _pair(low: Any, high: Any) -> Any:
    return (low * 2654435761 + high) & 0xFFFFFFFF


# Questions are made of few words; spelling those out is a twentieth of what an answer takes.
@lru_cache(maxsize=4096)
def pieces_of(word: str) -> bytes:
    """Names of the pieces of `PIECE` letters of a word, its ends marked; four bytes each, to be joined."""
    marked = f" {word} "
    starts = range(max(1, len(marked) - PIECE + 1))
    if marked.isascii():
        raw = marked.encode()
        return array("I", [crc32(raw[n : n + PIECE]) for n in starts]).tobytes()
    return array("I", [name_of(marked[n : n + PIECE]) for n in starts]).tobytes()


def counted(names: Names) -> tuple[Names, Ints]:
    """Each name once, in order, and how often it is there; of few, quicker than `np.unique`."""
    row = np.sort(names)
    is_first = np.ones(len(row) + 1, dtype=np.bool_)
    np.not_equal(row[1:], row[:-1], out=is_first[1:-1])
    at = is_first.nonzero()[0]
    return row[at[:-1]], at[1:] - at[:-1]


def telling_of(spoken: Sequence[str], stems: Sequence[int]) -> Sequence[int]:
    """The stems of the words that tell what a question is about; of all, if none does."""
    return [stem for word, stem in zip(spoken, stems, strict=True) if word not in STOP_WORDS] or stems


def in_order(names: Iterable[int]) -> Names:
    return np.array(sorted(set(names)), dtype=np.uint32)


def name_of(text: str) -> int:
    """A feature's name in the index: the same in every process, unlike `hash`."""
    return crc32(text.encode(errors="surrogatepass"))
