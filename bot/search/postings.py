"""Postings: the entries that hold each feature, with a value for each, in arrays that are fast to read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
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


class PostingLists(NamedTuple):
    """The postings of a question's features: for each feature its entries, their number, and its weight."""

    held: list[memoryview]
    counts: Ints
    weights: Floats


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

    def find(self, hashes: Hashes) -> tuple[Ints, Ints, NDArray[np.bool_]]:
        """For each known hash, the begin and the number of its postings; and a mask of the known hashes."""
        if not len(self.keys):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(len(hashes), dtype=np.bool_)
        at = self.keys.searchsorted(hashes)
        known = self.keys.take(at, mode="clip") == hashes
        at = at[known]
        begins = self.offsets[at].astype(np.int64)
        return begins, self.offsets[at + 1] - begins, known

    def holds(self, entry: int, begins: Ints, counts: Ints) -> list[bool]:
        """For each of these features, whether an entry holds it."""
        owners = self.held["owner"]
        ends = (begins + counts).tolist()
        found = [bisect_left(owners, entry, begin, end) for begin, end in zip(begins.tolist(), ends, strict=True)]
        return [at < end and int(owners[at]) == entry for at, end in zip(found, ends, strict=True)]

    def view(self, begins: Ints, counts: Ints, weights: Floats, most: int = MAX_POSTINGS) -> PostingLists:
        """The postings of these features with weights, at `most` so many: the commonest are left out first."""
        if counts.sum() > most:
            rare_first = counts.argsort(kind="stable")
            kept = np.sort(rare_first[counts[rare_first].cumsum() <= most])
            begins, counts, weights = begins[kept], counts[kept], weights[kept]
        # Bytes are copied many times faster than NumPy's records, and joined faster than arrays.
        held, size = self.held.view(np.uint8).data, self.held.itemsize
        spans = zip((size * begins).tolist(), (size * (begins + counts)).tolist(), strict=True)
        return PostingLists([held[begin:end] for begin, end in spans], counts, weights)


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
