"""Finds the entries with the best sums of their postings' values."""

from __future__ import annotations

from itertools import accumulate, pairwise
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.search.postings import Floats, Ints, PostingLists, together

# The number of an entry, its lexical score, and its score in each view.
FoundEntry = tuple[int, float, tuple[float, float, float]]

# Among so many scores, the highest are found at once.
FEW = 2000


def best_entries(
    lists: PostingLists, weights: Floats, dtype: np.dtype[np.void], entries: int, limit: int
) -> list[FoundEntry]:
    """The best entries, best first, each with its score and its score in each view; equal ones by id."""
    if limit < 1 or not lists.held:
        return []
    owners, gains = together(lists, dtype)
    sizes = lists.sizes
    if entries <= len(owners):
        # One sum for each entry and view, as there are more postings than entries.
        begin, end = sizes[0], sizes[0] + sizes[1]
        owners[begin:end] += entries
        owners[end:] += 2 * entries
        seen = _sums(owners, gains, len(sizes) * entries).reshape(len(sizes), entries)
        scores = _weighted(weights, seen)
        found = _highest(scores, limit) if len(scores) <= FEW else _high(scores, limit)
        return _sorted_best(found, seen.take(found, axis=1), scores.take(found), limit)
    rough = _sums(owners, gains * weights.repeat(sizes))
    found = _high(rough, limit)
    # Only these few are added up list by list: in a large library, reading memory takes most of the time.
    # `places` numbers them from 1; 0 stands for all others.
    places = np.zeros(len(rough), dtype=np.uint32)
    places[found] = np.arange(1, len(found) + 1)
    place = places.take(owners)
    hits = place.nonzero()[0]
    place, gains = place[hits] - 1, gains[hits]
    cuts = [0, *hits.searchsorted(list(accumulate(sizes))).tolist()]
    seen = np.array([_sums(place[a:b], gains[a:b], len(found)) for a, b in pairwise(cuts)])
    return _sorted_best(found, seen, _weighted(weights, seen), limit)


def _weighted(weights: Floats, seen: Floats) -> Floats:
    """The score of each entry. Not a product of matrices, which rounds differently by their size."""
    words, pairs, letters = weights.tolist()
    scores: Floats = words * seen[0] + pairs * seen[1] + letters * seen[2]
    return scores


def _high(scores: Floats, limit: int) -> Ints:
    """As `_highest`, without sorting all of a large library: enough have half of the best score, or a quarter."""
    most = scores.max()
    for least in (most / 2, most / 4, 0):
        found = (scores > least).nonzero()[0]
        if len(found) >= limit:
            break
    return found[_highest(scores[found], limit)]


def _highest(scores: Floats, limit: int) -> Ints:
    """The indexes of the highest scores above 0, at most `limit` and those that equal the last of them."""
    least = np.partition(scores, -limit)[-limit] - 1e-9 if len(scores) > limit else 0.0
    return (scores > max(least, 0.0)).nonzero()[0]


def _sorted_best(found: Ints, seen: Floats, scores: Floats, limit: int) -> list[FoundEntry]:
    """The best of the entries `found`, which are in order of id."""
    parts = zip(*seen.tolist(), strict=True)
    entries = zip(found.tolist(), scores.tolist(), parts, strict=True)
    return sorted(entries, key=itemgetter(1), reverse=True)[:limit]


def _sums(places: NDArray[np.integer], gains: Floats, size: int = 0) -> Floats:
    """The sum of the gains at each place, for at least so many places."""
    # `Any`: NumPy's types say that sums of floats are integers.
    sums: NDArray[Any] = np.bincount(places, gains, minlength=size)
    return sums
