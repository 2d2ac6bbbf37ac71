"""Postings: the entries that hold each feature, with a value for each, in arrays that are fast to read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

# Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
K1, B = 1.2, 0.75

# The most postings that are read. The commonest features are left out first: they say least, and cost most.
MAX_POSTINGS = 100_000

# In place of a feature that no entry holds.
NOTHING = 0xFFFFFFFF

# The views, in the order of their features and postings.
OF_WORDS, OF_PAIRS, OF_LETTERS = range(3)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Hashes = NDArray[np.uint32]


class FoundFeatures(NamedTuple):
    """The features of a question that entries hold, view by view.

    For each: where its postings begin, and how many there are. `sizes` has the number of features in each view.
    """

    begins: Ints
    counts: Ints
    sizes: tuple[int, int, int]


class PostingLists(NamedTuple):
    """The postings of a question's features: for each feature its entries, their number, and its weight.

    `sizes` has the number of postings in each view, whose features follow each other.
    """

    held: list[memoryview]
    counts: Ints
    weights: Floats
    sizes: tuple[int, ...]


class View(NamedTuple):
    """The postings of one view, before they are joined to those of the others.

    `keys` are the sorted hashes of the features, `frequency` the number of entries that hold each, and `held` has
    these entries, feature by feature, each with the value of the feature in it.
    """

    keys: Hashes
    frequency: Ints
    held: NDArray[np.void]


class Postings:
    """The postings of several views. Built once and never changed.

    They are in one array, so that the features of all views are found and copied together: most of the time for a
    question is what each call of NumPy costs.
    """

    def __init__(self, views: Sequence[View]) -> None:
        # Each view ends with a feature that no entry has, so that a search beyond the last real one finds nothing.
        nothing = np.zeros(1, np.uint32)
        self._keys: Hashes = np.concatenate([part for view in views for part in (view.keys, nothing)])
        frequency = np.concatenate([part for view in views for part in (view.frequency, nothing)])
        # The postings of feature n are `_held[_offsets[n]:_offsets[n + 1]]`, sorted by entry.
        self._offsets: Hashes = np.concatenate([[0], np.cumsum(frequency)]).astype(np.uint32)
        # Entry and value side by side, as they are read and copied together.
        self._held: NDArray[np.void] = np.concatenate([view.held for view in views])
        # A memoryview gives Python's own integers, which are faster one by one.
        self._begin_of, self._key_of = self._offsets.data, self._keys.data
        self._records = self._held.data
        owners = self._held["owner"]
        # Only of aligned integers. `Any`: a memoryview has no protocol in common with an array.
        self._owners: Any = owners.data if owners.flags.aligned else owners
        ends = list(accumulate(len(view.keys) + 1 for view in views))
        self._begins = [0, *ends[:-1]]
        self._keys_of = [self._keys[begin : end - 1] for begin, end in zip(self._begins, ends, strict=True)]

    @property
    def nbytes(self) -> int:
        return self._keys.nbytes + self._offsets.nbytes + self._held.nbytes

    @property
    def dtype(self) -> np.dtype[np.void]:
        return self._held.dtype

    def places(self, view: int, hashes: Hashes) -> Hashes:
        """The feature of this view with each of these hashes; `NOTHING` for those that no entry holds."""
        at = self._keys_of[view].searchsorted(hashes) + self._begins[view]
        found: Hashes = np.where(self._keys.take(at) == hashes, at, NOTHING).astype(np.uint32)
        return found

    def place(self, view: int, key: int) -> int:
        """As `places`, for one hash."""
        begin = self._begins[view]
        at = bisect_left(self._key_of, key, begin, begin + len(self._keys_of[view]))
        return at if self._key_of[at] == key else NOTHING

    def features(self, view: int, hashes: Hashes) -> list[int]:
        """The features of this view with these hashes, without those that no entry holds."""
        at = self._keys_of[view].searchsorted(hashes) + self._begins[view]
        found: list[int] = at[self._keys.take(at) == hashes].tolist()
        return found

    def find(self, words: Sequence[int], pairs: Sequence[int], ngrams: Collection[int]) -> FoundFeatures:
        """Where the postings of these features are."""
        at = np.fromiter([*words, *pairs, *ngrams], np.int64)
        begins = self._offsets.take(at).astype(np.int64)
        counts = self._offsets.take(at + 1) - begins
        return FoundFeatures(begins, counts, (len(words), len(pairs), len(ngrams)))

    def span(self, feature: int) -> tuple[int, int]:
        """Where the postings of a feature begin, and how many there are."""
        begin = self._begin_of[feature]
        return begin, self._begin_of[feature + 1] - begin

    def holds(self, entry: int, begin: int, count: int) -> bool:
        """Whether an entry holds the feature with these postings."""
        end = begin + count
        at = bisect_left(self._owners, entry, begin, end)
        return at < end and int(self._owners[at]) == entry

    def lists(self, found: FoundFeatures, weights: Floats, most: int = MAX_POSTINGS) -> PostingLists:
        """The postings of these features, at `most` so many a view: the commonest are left out first."""
        begins, counts = found.begins, found.counts
        spans = list(pairwise(accumulate(found.sizes, initial=0)))
        sizes = _sums_of(counts, spans)
        if max(sizes) > most:
            kept = np.ones(len(counts), np.bool_)
            for size, (begin, end) in zip(sizes, spans, strict=True):
                if size > most:
                    rare_first = counts[begin:end].argsort(kind="stable")
                    at_most = counts[begin:end].take(rare_first).cumsum().searchsorted(most, "right")
                    kept[begin + rare_first[at_most:]] = False
            sizes = _sums_of(counts * kept, spans)
            begins, counts, weights = begins[kept], counts[kept], weights[kept]
        # Slices of a memoryview are joined many times faster than arrays of NumPy's records.
        held = self._records
        parts = zip(begins.tolist(), (begins + counts).tolist(), strict=True)
        return PostingLists([held[begin:end] for begin, end in parts], counts, weights, sizes)


def _sums_of(counts: Ints, spans: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """The sum of the counts in each of these spans."""
    found = counts.tolist()
    return tuple([sum(found[begin:end]) for begin, end in spans])


def together(lists: PostingLists, dtype: np.dtype[np.void]) -> tuple[Ints, Floats]:
    """The owner of each posting, and its weighted value."""
    held = np.frombuffer(b"".join(lists.held), dtype)
    return held["owner"].astype(np.int64), held["value"] * lists.weights.repeat(lists.counts)


def coverage(owners: Hashes, keys: Hashes, entries: int) -> View:
    """A view with values in [0, 1): how well an entry covers a feature, by BM25's saturation and length."""
    hashes, frequency, owner, counts = _counted(owners, keys)
    length = np.bincount(owner, counts, minlength=entries)
    average = max(length.sum() / max(entries, 1), 1.0)
    values = counts / (counts + (K1 * (1 - B + B * length / average))[owner])
    return _packed(hashes, frequency, owner, values, entries)


def cosine(owners: Hashes, keys: Hashes, entries: int) -> View:
    """A view with the values of unit vectors: TF-IDF with logarithmic counts."""
    hashes, frequency, owner, counts = _counted(owners, keys)
    values = (1 + np.log(counts)) * np.repeat(idf(frequency, entries), frequency)
    norm = np.sqrt(np.bincount(owner, values**2, minlength=entries))
    return _packed(hashes, frequency, owner, values / np.maximum(norm, 1e-9)[owner], entries)


def idf(frequency: NDArray[np.integer], entries: int) -> Floats:
    """The inverse document frequency of features, given how many of the entries hold each."""
    return np.log1p((entries - frequency + 0.5) / (frequency + 0.5))


def counted(numbers: NDArray[np.integer]) -> tuple[NDArray[np.integer], Ints]:
    """The distinct numbers in order, and how often each occurs.

    `np.unique` would import the masked arrays of NumPy, which take 2 MiB and a fiftieth of a second.
    """
    row = np.sort(numbers)
    is_first = np.ones(len(row) + 1, dtype=np.bool_)
    np.not_equal(row[1:], row[:-1], out=is_first[1:-1])
    at = is_first.nonzero()[0]
    return row[at[:-1]], np.diff(at)


def _counted(owners: Hashes, keys: Hashes) -> tuple[Hashes, Ints, Hashes, Floats]:
    """The hashes of features and the number of entries of each; then the entries and counts of all features."""
    # Key and owner in one number: sorting takes most of the time, and is fastest without an index.
    pairs, counts = counted(keys.astype(np.uint64) << 32 | owners)
    keys = (pairs >> 32).astype(np.uint32)
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    return keys[first], np.diff(first, append=len(keys)), pairs.astype(np.uint32), counts.astype(np.float64)


def _packed(hashes: Hashes, frequency: Ints, owner: Hashes, values: Floats, entries: int) -> View:
    held = np.empty(len(owner), dtype=[("owner", np.min_scalar_type(max(entries - 1, 0))), ("value", np.float16)])
    held["owner"], held["value"] = owner, values
    return View(hashes, frequency, held)
