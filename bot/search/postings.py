"""Which entries hold a feature, and how much it says about each: columns of numbers, read in one go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
K1, B = 1.2, 0.75

# The commonest features of a question say least; in a huge library they would cost most.
MAX_POSTINGS = 200_000

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Postings:
    """One channel. Feature n stands in entries `owners[offsets[n]:offsets[n + 1]]`, `values` beside them.

    `keys` are the sorted names of the features.
    """

    keys: NDArray[np.uint32]
    offsets: NDArray[np.uint32]
    owners: NDArray[np.unsignedinteger]
    values: NDArray[np.float16]

    @property
    def nbytes(self) -> int:
        return sum(part.nbytes for part in (self.keys, self.offsets, self.owners, self.values))

    def find(self, names: NDArray[np.uint32]) -> tuple[Ints, NDArray[np.bool_]]:
        """The numbers of the features that there are, and which of the names those were."""
        if not len(self.keys):
            return np.zeros(0, dtype=np.int64), np.zeros(len(names), dtype=np.bool_)
        at = np.searchsorted(self.keys, names)
        at[at == len(self.keys)] = 0
        known = self.keys[at] == names
        return at[known], known

    def rarity(self, features: Ints, entries: int) -> NDArray[np.float64]:
        """The inverse document frequency of each feature."""
        return idf(self.offsets[features + 1] - self.offsets[features], entries)

    def held_by(self, entry: int, features: Ints) -> NDArray[np.bool_]:
        """Which of these features an entry holds."""
        spans = zip(self.offsets[features].tolist(), self.offsets[features + 1].tolist(), strict=True)
        # The owners of a feature stand in order.
        found = [self.owners[a:b].searchsorted(entry) + a for a, b in spans]
        ends = self.offsets[features + 1].tolist()
        held = [at < end and int(self.owners[at]) == entry for at, end in zip(found, ends, strict=True)]
        return np.array(held, dtype=np.bool_)

    def add_up(self, features: Ints, weights: NDArray[np.float64], entries: int) -> NDArray[np.float64]:
        """For each entry, the weighted sum of its values for these features."""
        begin = self.offsets[features].astype(np.int64)
        counts = self.offsets[features + 1] - begin
        ends = np.cumsum(counts)
        if len(ends) and ends[-1] > MAX_POSTINGS:
            rare_first = np.argsort(counts, kind="stable")
            counts[rare_first[np.cumsum(counts[rare_first]) > MAX_POSTINGS]] = 0
            ends = np.cumsum(counts)
        size = int(ends[-1]) if len(ends) else 0
        at = np.repeat(begin - (ends - counts), counts) + np.arange(size)
        gains = self.values[at] * np.repeat(weights, counts)
        return np.bincount(self.owners[at], gains, minlength=entries).astype(np.float64, copy=False)


def coverage(owners: Ints, keys: NDArray[np.uint32], entries: int) -> Postings:
    """Values in [0, 1): how well an entry covers a feature, by BM25's saturation and length."""
    names, numbers, owner, counts = _counted(owners, keys, entries)
    length = np.bincount(owner, counts, minlength=entries)
    average = max(length.sum() / max(entries, 1), 1.0)
    values = counts / (counts + K1 * (1 - B + B * length[owner] / average))
    return _packed(names, numbers, owner, values, entries)


def cosine(owners: Ints, keys: NDArray[np.uint32], entries: int) -> Postings:
    """Values of unit vectors: TF-IDF with logarithmic counts."""
    names, numbers, owner, counts = _counted(owners, keys, entries)
    rarity = idf(np.bincount(numbers, minlength=len(names)), entries)
    values = (1 + np.log(counts)) * rarity[numbers]
    norm = np.sqrt(np.bincount(owner, values**2, minlength=entries))
    return _packed(names, numbers, owner, values / np.maximum(norm[owner], 1e-9), entries)


def idf(frequency: NDArray[np.integer], entries: int) -> NDArray[np.float64]:
    """How rare features are that stand in so many entries."""
    return np.log1p((entries - frequency + 0.5) / (frequency + 0.5))


def _counted(
    owners: Ints, keys: NDArray[np.uint32], entries: int
) -> tuple[NDArray[np.uint32], Ints, Ints, NDArray[np.float64]]:
    """Names of features; then, for each pair of a feature and an entry: number, entry, count."""
    names, numbers = np.unique(keys, return_inverse=True)
    pairs, counts = np.unique(numbers.astype(np.int64) * max(entries, 1) + owners, return_counts=True)
    return names, pairs // max(entries, 1), pairs % max(entries, 1), counts.astype(np.float64)


def _packed(
    names: NDArray[np.uint32], numbers: Ints, owner: Ints, values: NDArray[np.float64], entries: int
) -> Postings:
    frequency = np.bincount(numbers, minlength=len(names))
    return Postings(
        keys=names,
        offsets=np.concatenate([[0], np.cumsum(frequency)]).astype(np.uint32),
        owners=owner.astype(np.min_scalar_type(max(entries - 1, 0))),
        values=values.astype(np.float16),
    )
