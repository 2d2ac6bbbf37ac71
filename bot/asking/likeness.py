"""The similarity of each text with each other by their features: exact, and with little memory.

A feature that few texts have is counted for each pair of them. A feature that many have goes into a product of
matrices, one block of columns at a time. Neither needs memory for all features of all texts at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.search.postings import Ints

# A product of matrices costs the same for each feature; pairs cost the square of the number of texts with it.
# If this share of the texts has a feature, the product is quicker.
COMMON = 0.1
COLUMNS = 512  # of the matrix at a time
PAIRS = 500_000  # at a time


@dataclass(frozen=True)
class Features:
    """One kind of features: the hashes in each text, four bytes each, and the weight of this kind."""

    names: Sequence[bytes]
    weight: float


def likeness(texts: int, views: Sequence[Features]) -> NDArray[np.float32]:
    """The cosine similarity of each text with each earlier one, from 0 to 1; rare features count more.

    It is the weighted sum over the views. A matrix of texts × texts, of which only `[later, earlier]` is filled.
    """
    alike = np.zeros((texts, texts), dtype=np.float32)
    for view in views:
        held = _Held.by(view.names)
        values = held.values * np.float32(np.sqrt(view.weight))
        is_common = held.counts > COMMON * texts
        _add_common(alike, held, values, np.flatnonzero(is_common))
        _add_rare(alike, held, values, np.flatnonzero(~is_common & (held.counts > 1)))
    return alike


@dataclass(frozen=True)
class _Held:
    """The texts that have each feature: those of feature n are `owners[starts[n]:][:counts[n]]`."""

    starts: Ints
    counts: Ints
    owners: Ints
    values: NDArray[np.float32]

    @classmethod
    def by(cls, names: Sequence[bytes]) -> _Held:
        owner = np.repeat(np.arange(len(names), dtype=np.uint64), [len(each) // 4 for each in names])
        # By feature and then by text, each text once.
        both = np.sort(np.frombuffer(b"".join(names), dtype=np.uint32).astype(np.uint64) << 32 | owner)
        both = both[np.diff(both, prepend=np.uint64(2**64 - 1)) != 0]
        features, owners = both >> 32, (both & 0xFFFFFFFF).astype(np.int64)
        starts = np.flatnonzero(np.diff(features, prepend=np.uint64(2**64 - 1)))
        counts = np.diff(starts, append=len(both))
        values = np.repeat(np.log1p(len(names) / counts), counts)
        lengths = np.sqrt(np.bincount(owners, values**2, minlength=len(names)))
        return cls(starts, counts, owners, (values / lengths[owners]).astype(np.float32))


def _add_common(alike: NDArray[np.float32], held: _Held, values: NDArray[np.float32], features: Ints) -> None:
    for begin in range(0, len(features), COLUMNS):
        some = features[begin : begin + COLUMNS]
        holds = np.zeros((len(alike), len(some)), dtype=np.float32)
        places = np.concatenate([np.arange(held.starts[n], held.starts[n] + held.counts[n]) for n in some])
        holds[held.owners[places], np.repeat(np.arange(len(some)), held.counts[some])] = values[places]
        alike += holds @ holds.T


def _add_rare(alike: NDArray[np.float32], held: _Held, values: NDArray[np.float32], features: Ints) -> None:
    flat = alike.reshape(-1)
    for places in _alike_in_number(held, features):
        # Each pair of texts with a feature, the later text first.
        late, early = np.tril_indices(places.shape[1], -1)
        owners, of = held.owners[places], values[places]
        cells = owners[:, late] * len(alike) + owners[:, early]
        np.add.at(flat, cells.reshape(-1), (of[:, late] * of[:, early]).reshape(-1))


def _alike_in_number(held: _Held, features: Ints) -> Iterator[Ints]:
    """For each feature, a row of indexes into `owners`; in blocks of features that equally many texts have."""
    for count in sorted({*held.counts[features].tolist()}):
        same = held.starts[features[held.counts[features] == count]]
        rows = max(1, 2 * PAIRS // (count * (count - 1)))
        for begin in range(0, len(same), rows):
            yield same[begin : begin + rows, np.newaxis] + np.arange(count)
