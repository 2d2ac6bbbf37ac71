"""The features of texts: hashes of stems, of pairs of stems, and of the n-grams of words.

A hash is a CRC of 32 bits: the same in every process, and four bytes where the text itself would be fifty.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.search.postings import Hashes, Ints, counted

NGRAM = 4
FACTOR = 2654435761  # of the first stem of a pair


class TokenizedTexts:
    """The words of many texts as numbers, each with its text and its entry."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        # Four bytes a word: a million entries hold tens of millions of words.
        self._words, self._lengths, self._entries = array("I"), array("I"), array("I")

    def add(self, entry: int, text: list[str]) -> None:
        self._words.extend(map(self._numbers.__getitem__, text))
        self._lengths.append(len(text))
        self._entries.append(entry)

    def __add__(self, other: TokenizedTexts) -> TokenizedTexts:
        both = TokenizedTexts(self._numbers)
        both._words = self._words + other._words
        both._lengths = self._lengths + other._lengths
        both._entries = self._entries + other._entries
        return both

    def __len__(self) -> int:
        return len(self._words)

    @property
    def words(self) -> Hashes:
        return np.array(self._words, dtype=np.uint32)

    @property
    def owners(self) -> Hashes:
        return np.repeat(np.array(self._entries, dtype=np.uint32), self._lengths)

    @property
    def text_owners(self) -> Hashes:
        return np.array(self._entries, dtype=np.uint32)

    @property
    def texts(self) -> Hashes:
        return np.repeat(np.arange(len(self._lengths), dtype=np.uint32), self._lengths)

    def ngrams(self, ngrams: NgramsOfWords) -> tuple[Hashes, Ints]:
        """The hashes of the n-grams of all words in order, and how many n-grams each word has."""
        words = self.words
        begins, counts = ngrams.ends[words].astype(np.int64), np.diff(ngrams.ends)[words].astype(np.int64)
        first = begins - (np.cumsum(counts) - counts)
        return ngrams.hashes[np.repeat(first, counts) + np.arange(counts.sum())], counts


class NgramsOfWords(NamedTuple):
    """The n-grams of many words: those of word n are `hashes[ends[n]:ends[n + 1]]`."""

    hashes: Hashes
    ends: Hashes

    @classmethod
    def of(cls, words: Iterable[str]) -> NgramsOfWords:
        ready = [ngrams_of.__wrapped__(word) for word in words]
        sizes = np.fromiter(map(len, ready), np.int64, len(ready)) // 4
        return cls(np.frombuffer(b"".join(ready), np.uint32), np.append(0, np.cumsum(sizes)).astype(np.uint32))


class ExactKeys:
    """Finds the entries that have exactly a given question or phrasing, but for case and accents."""

    def __init__(self, keys: Iterable[tuple[int, int]]) -> None:
        """`keys` are pairs of key and entry, one for each question and phrasing."""
        both, _ = counted(np.fromiter((key << 32 | entry for key, entry in keys), np.uint64))
        self._hashes = (both >> 32).astype(np.uint32)
        self._entries = both.astype(np.uint32)
        # A memoryview gives Python's own integers, which are faster one by one.
        self._keys = self._hashes.data

    @property
    def nbytes(self) -> int:
        return self._hashes.nbytes + self._entries.nbytes

    def owners_of(self, number: int) -> list[int]:
        keys = self._keys
        begin = bisect_left(keys, number)
        owners: list[int] = self._entries[begin : bisect_right(keys, number, begin)].tolist()
        return owners


class AskedStems:
    """The stems of each entry's questions and phrasings."""

    def __init__(self, owners: Hashes, stems: Hashes, entries: int) -> None:
        both, _ = counted(owners.astype(np.uint64) << 32 | stems)
        ends = np.cumsum(np.bincount((both >> 32).astype(np.int64), minlength=entries))
        # Memoryviews give Python's own integers, which are faster one by one.
        self._stems, self._ends = both.astype(np.uint32).data, np.append(0, ends).astype(np.uint32).data

    @property
    def nbytes(self) -> int:
        return self._stems.nbytes + self._ends.nbytes

    def holds(self, entry: int, stem: int) -> bool:
        end = self._ends[entry + 1]
        at = bisect_left(self._stems, stem, self._ends[entry], end)
        return at < end and self._stems[at] == stem


class AskedTexts:
    """The content stems of each question and phrasing in their order, text by text."""

    def __init__(self, texts: Hashes, stems: Hashes, owners: Hashes, entries: int) -> None:
        """`texts` has the text of each of these stems, in ascending order, and `owners` the entry of each text."""
        lengths = np.bincount(texts, minlength=len(owners))
        self._stems = stems.data
        self._ends = np.append(0, np.cumsum(lengths)).astype(np.uint32).data
        # The first text of each entry; the texts of an entry follow each other.
        self._begins = np.searchsorted(owners, np.arange(entries + 1)).astype(np.uint32).data

    @property
    def nbytes(self) -> int:
        return self._stems.nbytes + self._ends.nbytes + self._begins.nbytes

    def common(self, entry: int, content: frozenset[int], lacking: int) -> frozenset[int]:
        """The stems that a question has in common with the texts of an entry.

        Empty unless the question lacks at least so many stems of each text with which it has one in common.
        """
        found = frozenset[int]()
        for text in self._of(entry):
            if shared := content.intersection(text):
                if len(text) - len(shared) < lacking:
                    return frozenset()
                found |= shared
        return found

    def has(self, entry: int, content: frozenset[int]) -> bool:
        """Whether a text of an entry has exactly these stems."""
        return any(content == frozenset(text) for text in self._of(entry))

    def but_for(self, entry: int, stems: Sequence[int], stem: int) -> Iterator[int | None]:
        """What the texts of an entry have in the place of one of these stems, if they are the same otherwise.

        None if a text lacks that stem and has nothing else instead.
        """
        at = stems.index(stem)
        before, after = list(stems[:at]), list(stems[at + 1 :])
        for text in self._of(entry):
            if len(text) in {len(stems), len(stems) - 1} and list(text[:at]) == before:
                rest = list(text[at:])
                if rest == after:
                    yield None
                elif rest[1:] == after:
                    yield rest[0]

    def has_both(self, entry: int, stem: int, others: Collection[int]) -> bool:
        """Whether a text of an entry has this stem and one of the others."""
        return any(stem in text and not set(text).isdisjoint(others) for text in map(list, self._of(entry)))

    def has_of_each(self, entry: int, groups: Collection[Collection[int]]) -> bool:
        """Whether a text of an entry has one of the stems of each of these groups."""
        return any(all(not text.isdisjoint(group) for group in groups) for text in map(frozenset, self._of(entry)))

    def has_run(self, entry: int, stems: Sequence[int]) -> bool:
        """Whether a text of an entry has these stems side by side, but for small words between them."""
        size = len(stems)
        return any(
            text[n : n + size] == stems for text in map(list, self._of(entry)) for n in range(len(text) - size + 1)
        )

    def are_neighbors(self, entry: int, stem: int, others: Container[int]) -> bool:
        """Whether this stem stands beside one of the others in a text, but for small words between them."""
        pairs = (pair for text in self._of(entry) for pair in pairwise(text))
        return any((one == stem and other in others) or (other == stem and one in others) for one, other in pairs)

    def title(self, entry: int) -> Sequence[int]:
        """The content stems of an entry's own question."""
        return next(self._of(entry))

    def _of(self, entry: int) -> Iterator[Sequence[int]]:
        ends = self._ends[self._begins[entry] : self._begins[entry + 1] + 1]
        return (self._stems[begin:end] for begin, end in pairwise(ends))


def pairs(stems: Hashes, texts: Hashes) -> tuple[Hashes, Ints]:
    """The hashes of all pairs of stems with at most one word between them, in either order.

    The second array holds the index of each pair's first stem.
    """
    hashes, firsts = [], []
    for apart in (1, 2):
        first = np.flatnonzero(texts[apart:] == texts[:-apart])
        one, other = stems[first].astype(np.uint64), stems[first + apart].astype(np.uint64)
        hashes.append(_pair(np.minimum(one, other), np.maximum(one, other)).astype(np.uint32))
        firsts.append(first)
    return np.concatenate(hashes), np.concatenate(firsts)


def pairs_of(stems: Sequence[int]) -> list[int]:
    """The hashes of such pairs in one text."""
    both = [*pairwise(stems), *zip(stems, stems[2:], strict=False)]
    # Not by `_pair`: a call for each of them takes longer than the rest.
    return [(one * FACTOR + other if one < other else other * FACTOR + one) & 0xFFFFFFFF for one, other in both]


def _pair(low: NDArray[np.uint64], high: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (low * np.uint64(FACTOR) + high) & np.uint64(0xFFFFFFFF)


# The same words come up in most questions.
@lru_cache(maxsize=4096)
def ngrams_of(word: str) -> bytes:
    """The hashes of a word's n-grams of `NGRAM` letters, with its ends marked; four bytes for each hash."""
    marked = f" {word} "
    starts = range(max(1, len(marked) - NGRAM + 1))
    if marked.isascii():
        raw = marked.encode()
        return array("I", [crc32(raw[n : n + NGRAM]) for n in starts]).tobytes()
    return array("I", [hash_of(marked[n : n + NGRAM]) for n in starts]).tobytes()


def exact_key(tokens: Sequence[str]) -> int:
    """The key of a text, given its words: texts with the same words have the same key."""
    return hash_of(" ".join(tokens))


def hash_of(text: str) -> int:
    """The hash of a text: the same in every process, unlike Python's `hash`."""
    return crc32(text.encode(errors="surrogatepass"))
