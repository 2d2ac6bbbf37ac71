"""Ranks what the bot can explain by how well it fits a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.search.wording import Wording

# Below this, two words only look alike by chance ("there", "three"); above, one is the other mistyped.
SAME_WORD = 75
# An answer holds so many words that a question about something else finds its own among them: what an
# answer says can suggest an entry, never be sure of it.
ANSWER_WEIGHT = 0.4
# One word in common is a topic in common, not yet the same question: it can suggest, never be sure,
# unless that word is all that was asked and all that an author wrote.
ONE_WORD = 65.0

Numbers = NDArray[np.float64]


class Findable(Protocol):
    """What can be found: an entry, or a step of a scenario."""

    @property
    def id(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def phrasings(self) -> Sequence[str]: ...
    @property
    def answer(self) -> str: ...


@dataclass(frozen=True)
class Match:
    """An entry that fits a question; `score` from 0 to 100, 100 for the same words."""

    id: str
    score: float


class Index:
    """Entries made ready for questions. Built once, never changed.

    Words of the question are compared with every word of the index (rapidfuzz), and count by how
    rare they are: among lessons on virtual environments, "activate" says more than "environment".
    """

    def __init__(self, entries: Iterable[Findable], aliases: Mapping[str, Sequence[str]] | None = None) -> None:
        self._wording = Wording(aliases or {})
        # In order of id, so that a tie does not depend on the order of files.
        found = sorted(entries, key=lambda entry: entry.id)
        self._ids = [entry.id for entry in found]
        asked = [
            (n, set(self._wording.terms(text)))
            for n, entry in enumerate(found)
            for text in (entry.question, *entry.phrasings)
        ]
        answers = [set(self._wording.terms(entry.answer)) for entry in found]
        self._vocabulary = sorted({term for _, terms in asked for term in terms}.union(*answers))
        number = {term: n for n, term in enumerate(self._vocabulary)}
        self._entry_of = np.array([n for n, _ in asked], dtype=np.intp)
        self._asked = _table([[number[term] for term in sorted(terms)] for _, terms in asked], len(number))
        self._answers = _table([[number[term] for term in sorted(terms)] for terms in answers], len(number))
        self._rarity = _rarity(asked, self._vocabulary, len(found))
        self._asked_weight: Numbers = self._rarity[self._asked].sum(axis=1)

    def rank(self, question: str, limit: int = 10) -> list[Match]:
        """The entries that fit best, best first, at most `limit`, none of score 0."""
        terms = sorted(set(self._wording.terms(question)))
        if not terms or not self._vocabulary:
            return []
        scores = self._score(terms)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Match(self._ids[n], round(float(scores[n]), 2)) for n in best if scores[n] > 0]

    def _score(self, terms: list[str]) -> Numbers:
        alike = process.cdist(terms, self._vocabulary, scorer=fuzz.ratio, score_cutoff=SAME_WORD, dtype=np.float64)
        # From 0 at the cutoff to 1 for the same word; the last column is the padding's.
        alike = np.maximum(alike - SAME_WORD, 0) / (100 - SAME_WORD)
        alike = np.pad(alike, ((0, 0), (0, 1)))
        # An unknown word is as rare as a word can be: it counts against every entry.
        is_known = alike.max(axis=1) > 0
        weight = np.where(is_known, self._rarity[alike.argmax(axis=1)], self._rarity.max())
        asked_for = weight.sum()

        found = alike[:, self._asked].max(axis=2)
        fit = 100 * np.sqrt(2 * (weight @ found) / (asked_for + self._asked_weight))
        of_one_word = ((found > 0).sum(axis=0) == 1) & (fit < 99.99)
        in_answer = weight @ alike[:, self._answers].max(axis=2) / asked_for
        scores: Numbers = 100 * np.sqrt(in_answer * ANSWER_WEIGHT)
        np.maximum.at(scores, self._entry_of, np.where(of_one_word, np.minimum(fit, ONE_WORD), fit))
        return scores


def _table(rows: list[list[int]], padding: int) -> NDArray[np.intp]:
    """Rows of unequal length as one array, shape (rows, longest), filled up with `padding`."""
    table = np.full((len(rows), max(map(len, rows), default=0) or 1), padding, dtype=np.intp)
    for n, row in enumerate(rows):
        table[n, : len(row)] = row
    return table


def _rarity(asked: list[tuple[int, set[str]]], vocabulary: list[str], entries: int) -> Numbers:
    """Inverse document frequency of each term over entries, as in BM25; 0 for the padding."""
    found_in: dict[str, set[int]] = {}
    for n, terms in asked:
        for term in terms:
            found_in.setdefault(term, set()).add(n)
    counts = np.array([len(found_in.get(term, ())) for term in vocabulary], dtype=np.float64)
    return np.append(np.log1p((entries - counts + 0.5) / (counts + 0.5)), 0.0)
