"""Postings: the entries that hold each feature, with a value for each, in arrays that are fast to read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
K1, B = 1.2, 0.75

# The most postings that are read. The commonest features are left out first: they say least, and cost most.
MAX_POSTINGS = 100_000

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Hashes = NDArray[np.uint32]


class FoundFeatures(NamedTuple):
    """The features that a view knows, of so many `sought`.

    For each: its hash, where its postings begin, how many there are, and how often it was sought.
    """

    hashes: Hashes
    begins: Ints
    counts: Ints
    times: NDArray[np.integer]
    sought: int

    def spans(self) -> dict[int, tuple[int, int]]:
        """Begin and number of the postings of each feature."""
        both = zip(self.begins.tolist(), self.counts.tolist(), strict=True)
        return dict(zip(self.hashes.tolist(), both, strict=True))


class PostingLists(NamedTuple):
    """The postings of a question's features: for each feature its entries, their number, and its weight."""

    held: list[memoryview]
    counts: Ints
    weights: Floats
    total: int  # of all counts


@dataclass(frozen=True)
class Postings:
    """The postings of one view. The entries of feature n are `held["owner"][offsets[n]:offsets[n + 1]]`, sorted.

    `keys` are the sorted hashes of the features. `held["value"]` is the value of the feature in each entry.
    """

    keys: Hashes
    offsets: Hashes
    # Owner and value side by side, as they are read and copied together.
    held: NDArray[np.void]

    @property
    def nbytes(self) -> int:
        return self.keys.nbytes + self.offsets.nbytes + self.held.nbytes

    def find(self, hashes: Hashes, times: Ints | None = None) -> FoundFeatures:
        """Where the postings of these features are, if there are any. `times` is how often each is sought."""
        if not len(self.keys):
            none = np.zeros(0, dtype=np.int64)
            return FoundFeatures(hashes[:0], none, none, none, len(hashes))
        at = self.keys.searchsorted(hashes)
        known = self.keys.take(at, mode="clip") == hashes
        at = at[known]
        begins = self.offsets[at].astype(np.int64)
        found = hashes[known]
        return FoundFeatures(
            found, begins, self.offsets[at + 1] - begins, found if times is None else times[known], len(hashes)
        )

    @cached_property
    def _owners(self) -> NDArray[np.unsignedinteger]:
        owners: NDArray[np.unsignedinteger] = self.held["owner"]
        return owners

    @cached_property
    def _bytes(self) -> memoryview:
        return self.held.view(np.uint8).data

    def holds(self, entry: int, begin: int, count: int) -> bool:
        """Whether an entry holds the feature with these postings."""
        end = begin + count
        at = bisect_left(self._owners, entry, begin, end)
        return at < end and int(self._owners[at]) == entry

    def view(self, found: FoundFeatures, weights: Floats, most: int = MAX_POSTINGS) -> PostingLists:
        """The postings of these features with weights, at `most` so many: the commonest are left out first."""
        begins, counts = found.begins, found.counts
        total = int(np.add.reduce(counts))
        if total > most:
            rare_first = counts.argsort(kind="stable")
            kept = np.sort(rare_first[counts[rare_first].cumsum() <= most])
            begins, counts, weights = begins[kept], counts[kept], weights[kept]
            total = int(counts.sum())
        # Bytes are copied many times faster than NumPy's records, and joined faster than arrays.
        held, size = self._bytes, self.held.itemsize
        spans = zip((size * begins).tolist(), (size * (begins + counts)).tolist(), strict=True)
        return PostingLists([held[begin:end] for begin, end in spans], counts, weights, total)


def together(views: Sequence[PostingLists], dtype: np.dtype[np.void]) -> tuple[Ints, Floats]:
    """The owner of each posting in these views, and its weighted value."""
    parts = [part for view in views for part in view.held]
    if not parts:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    held = np.frombuffer(b"".join(parts), dtype)
    counts = np.concatenate([view.counts for view in views])
    weights = np.concatenate([view.weights for view in views])
    return held["owner"].astype(np.int64), held["value"] * weights.repeat(counts)


def coverage(owners: Hashes, keys: Hashes, entries: int) -> Postings:
    """Postings with values in [0, 1): how well an entry covers a feature, by BM25's saturation and length."""
    hashes, frequency, owner, counts = _counted(owners, keys)
    length = np.bincount(owner, counts, minlength=entries)
    average = max(length.sum() / max(entries, 1), 1.0)
    values = counts / (counts + (K1 * (1 - B + B * length / average))[owner])
    return _packed(hashes, frequency, owner, values, entries)


def cosine(owners: Hashes, keys: Hashes, entries: int) -> Postings:
    """Postings with the values of unit vectors: TF-IDF with logarithmic counts."""
    hashes, frequency, owner, counts = _counted(owners, keys)
    values = (1 + np.log(counts)) * np.repeat(idf(frequency, entries), frequency)
    norm = np.sqrt(np.bincount(owner, values**2, minlength=entries))
    return _packed(hashes, frequency, owner, values / np.maximum(norm, 1e-9)[owner], entries)


def idf(frequency: NDArray[np.integer], entries: int) -> Floats:
    """The inverse document frequency of features, given how many of the entries hold each."""
    return np.log1p((entries - frequency + 0.5) / (frequency + 0.5))


def _counted(owners: Hashes, keys: Hashes) -> tuple[Hashes, Ints, Hashes, Floats]:
    """The hashes of features and the number of entries of each; then the entries and counts of all features."""
    # Key and owner in one number: sorting takes most of the time, and is fastest without an index.
    pairs, counts = np.unique(keys.astype(np.uint64) << 32 | owners, return_counts=True)
    keys = (pairs >> 32).astype(np.uint32)
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    return keys[first], np.diff(first, append=len(keys)), pairs.astype(np.uint32), counts.astype(np.float64)


def _packed(hashes: Hashes, frequency: Ints, owner: Hashes, values: Floats, entries: int) -> Postings:
    held = np.empty(len(owner), dtype=[("owner", np.min_scalar_type(max(entries - 1, 0))), ("value", np.float16)])
    held["owner"], held["value"] = owner, values
    return Postings(hashes, np.concatenate([[0], np.cumsum(frequency)]).astype(np.uint32), held)
