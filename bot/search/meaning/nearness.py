"""The nearness in meaning of a question to each entry, by one encoder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.search.match import Understanding
from bot.search.meaning.encoder import Vectors, unit
from bot.search.postings import Floats

# An answer is compared in chunks: the words of a chunk, and the most chunks of an answer.
CHUNK_WORDS, MAX_CHUNKS = 48, 8
# The weights of an entry's best phrasing, and of all its phrasings together.
BEST, TOGETHER = 0.7, 0.3
# The texts of so many entries are encoded at once.
BLOCK = 1000
# What the texts of a library have in common tells none of its entries from another. By these, vectors are compared
# without it: the mean of the library's questions, or of those of so many entries.
CENTERED: Collection[Understanding] = {"model"}
SAMPLE = 1000
# The mean is taken as if there were so many more questions that have nothing in common: what two or three share is
# not yet what the library is about.
UNLIKE = 20
# These find entries that no word leads to.
SEARCHED: Collection[Understanding] = {"model", "multilingual", "languages"}
# The least cosine of what is found so.
LEAST = 0.1

Encode = Callable[[Sequence[str]], Vectors]
# (text, wait) -> the vector of the text. Without `wait`, None if it is not embedded yet.
Find = Callable[[str, bool], Vectors | None]
# The questions of an entry, and the chunks of its answer.
EntryTexts = tuple[Sequence[str], Sequence[str]]


class VectorSource(Protocol):
    """Gives the vectors of a library's texts."""

    @property
    def understanding(self) -> Understanding: ...

    def nearness(self, entries: Sequence[EntryTexts], wait: bool) -> Nearness | None:
        """The vectors of these entries.

        None if the source does not know the language of these texts, or, without `wait`, if some are not embedded
        yet.
        """
        ...


def chunks_of(answer: Sequence[str]) -> list[str]:
    """The chunks of an answer, given its words."""
    compared = answer[: CHUNK_WORDS * MAX_CHUNKS]
    return [" ".join(compared[n : n + CHUNK_WORDS]) for n in range(0, len(compared), CHUNK_WORDS)]


class Nearness:
    """The vectors of a library's texts, with a byte for each dimension. Built once and never changed."""

    def __init__(
        self,
        understanding: Understanding,
        find: Find,
        entries: Sequence[EntryTexts],
        encode: Encode,
    ) -> None:
        self.understanding, self._find = understanding, find
        self._mean = _mean_of(entries, encode) if understanding in CENTERED else None
        blocks, sizes, lengths = [], [], []
        for block in _blocks(entries):
            groups = [group for entry in block for group in entry]
            vectors = self._centered(encode([text for group in groups for text in group]))
            blocks.append(np.round(vectors * 127).astype(np.int8))
            counts = np.array([len(group) for group in groups])
            sizes.append(counts)
            sums = np.zeros((len(groups) + 1, vectors.shape[1]), np.float32)
            np.add.at(sums, np.repeat(np.arange(len(groups)), counts), vectors)
            lengths.append(np.sqrt((sums[:-1] ** 2).sum(axis=1)))
        self._rows = np.concatenate(blocks) if blocks else np.zeros((0, 1), np.int8)
        # How many questions each entry has, and how many chunks its answer.
        both = np.concatenate(sizes).reshape(-1, 2) if sizes else np.zeros((0, 2), np.int64)
        self._sizes = both.astype(np.min_scalar_type(both.max(initial=0)))
        self._starts = np.append(0, both.sum(axis=1).cumsum()).astype(np.uint32)
        # A memoryview gives Python's own integers, which are faster one by one.
        self._start_of = self._starts.data
        # The length of the sum of each group's vectors, by which the cosine with the sum is divided.
        self._lengths = np.concatenate(lengths).astype(np.float16) if lengths else np.zeros(0, np.float16)
        self._lengths = np.maximum(self._lengths, np.float16(0.01)).reshape(-1, 2)
        # The sums of each entry's questions.
        together = [*self._together_of(blocks, sizes)] if understanding in SEARCHED else []
        self._together = np.concatenate(together) if together else np.zeros((0, self._rows.shape[1]), np.int8)
        self._row_data = self._rows.data

    def _centered(self, vectors: Vectors) -> Vectors:
        return vectors if self._mean is None else unit(vectors - self._mean)

    @staticmethod
    def _together_of(
        blocks: Iterable[NDArray[np.int8]], sizes: Iterable[NDArray[np.int64]]
    ) -> Iterator[NDArray[np.int8]]:
        for rows, counts in zip(blocks, sizes, strict=True):
            sums = np.zeros((len(counts), rows.shape[1]), np.float32)
            np.add.at(sums, np.repeat(np.arange(len(counts)), counts), rows.astype(np.float32))
            yield np.round(unit(sums[::2]) * 127).astype(np.int8)

    @property
    def nbytes(self) -> int:
        parts = self._rows, self._starts, self._sizes, self._lengths, self._together
        return sum(each.nbytes for each in parts)

    def find(self, text: str, wait: bool) -> Vectors | None:
        """The vector of a question, to be compared with these. Without `wait`, None if it is not embedded yet."""
        vector = self._find(text, wait)
        return None if vector is None else self._centered(vector[None])[0]

    def nearest(self, vector: Vectors, most: int) -> list[int]:
        """The numbers of the entries with the nearest sums of questions, at most `most`, in ascending order."""
        cosines = np.concatenate(
            [
                self._together[n : n + BLOCK].astype(np.float32) @ vector
                for n in range(0, len(self._together), BLOCK)
            ]
        ) / np.float32(127)
        nearest = np.argpartition(-cosines, min(most, len(cosines)) - 1)[:most]
        near_enough: list[int] = np.sort(nearest[cosines[nearest] >= LEAST]).tolist()
        return near_enough

    def to(self, vector: Vectors, entries: Sequence[int]) -> Floats:
        """How near each of these entries is to a question with this vector, from 0 to 1."""
        start_of, held = self._start_of, self._row_data
        rows = b"".join([held[start_of[n] : start_of[n + 1]] for n in entries])
        if not rows:
            return np.zeros(len(entries))
        vectors = np.frombuffer(rows, np.int8).reshape(-1, self._rows.shape[1])
        cosines = vectors.astype(np.float32) @ (vector / np.float32(127))
        chosen = np.array(entries)
        sizes = self._sizes.take(chosen, axis=0).ravel().tolist()
        if not sizes[-1]:  # the last answer is empty, but has to begin somewhere
            cosines = np.append(cosines, np.float32(0))
        begins = np.fromiter(accumulate(sizes, initial=0), np.int64, len(sizes))
        lengths = self._lengths.take(chosen, axis=0).ravel()
        together = np.add.reduceat(cosines, begins) / lengths
        near = BEST * np.maximum.reduceat(cosines, begins) + TOGETHER * together
        if 0 in sizes:
            near[[n for n, size in enumerate(sizes) if not size]] = 0
        nearest: Floats = np.minimum(np.maximum(np.maximum(near[::2], near[1::2]), 0.0), 1.0)
        return nearest


def _mean_of(entries: Sequence[EntryTexts], encode: Encode) -> Vectors:
    """What the questions of these entries, or of a sample of them, have in common."""
    sample = entries[:: max(len(entries) // SAMPLE, 1)]
    vectors = encode([question for questions, _ in sample for question in questions])
    mean: Vectors = vectors.sum(axis=0) / np.float32(len(vectors) + UNLIKE)
    return mean


def _blocks(
    entries: Iterable[EntryTexts],
) -> Iterator[list[EntryTexts]]:
    left = iter(entries)
    while block := list(islice(left, BLOCK)):
        yield block
