"""Ranks what the bot can explain by how well it fits a question.

Three views of a question are compared with each entry, and added up:
- words: the share of the question's weight that the entry covers (BM25, over question, phrasings, answer),
- pairs: the same for two words that stand together, in either order,
- letters: the cosine of 4-letter n-grams, over question and phrasings; it forgives what spelling did not.

Misspelt words are mended first. A further view would be one more `Postings`, and one more weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from math import sqrt
from zlib import crc32

import numpy as np
from Stemmer import Stemmer

from bot.search.calibration import experience_of, offset_of
from bot.search.match import CalibrationOffset, Findable, Match
from bot.search.postings import Floats, Hashes, Postings, View, cosine, coverage, idf, together
from bot.search.smalltalk import small_talk
from bot.search.spelling import Spelling
from bot.search.texts import (
    ANY_ORDER,
    Texts,
    content_words_of,
    counted,
    hash_of,
    in_order,
    ngrams_of,
    pairs,
    pairs_of,
)
from bot.search.wording import Aliases, says_nothing, words

__all__ = ["Findable", "Index", "Match"]

# The best of those tried by tests/benchmarks/weights.py; its README says what each is worth. Letters see
# questions and phrasings only: the more of its words a library has in answers, the less they tell.
WORDS, PAIRS = 0.45, 0.40
LETTERS_LEAST, LETTERS_MOST = 0.05, 0.35
MAX_ASKED = 60  # words of a question or phrasing; a pasted stack trace is understood by its first
MAX_ANSWER = 600
LEAST = 0.00005  # of a score from 0 to 1


class Index:
    """Entries made ready for questions. Built once, never changed: readers need no lock."""

    def __init__(
        self,
        entries: Iterable[Findable],
        aliases: Mapping[str, Sequence[str]] | None = None,
        offset: CalibrationOffset | None = None,
    ) -> None:
        """The offset is learnt from the entries unless it is given."""
        # In order of id, so that a tie does not depend on the order of files.
        found = sorted(entries, key=lambda entry: entry.id)
        self._ids = [entry.id for entry in found]
        self._aliases = Aliases(aliases or {})
        # Every word has a number: the next one, when it is met first.
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        asked, answers = Texts(self._numbers), Texts(self._numbers)
        for n, entry in enumerate(found):
            for text in (entry.question, *entry.phrasings):
                asked.add(n, self._aliases.replace(words(text, MAX_ASKED)))
            answers.add(n, self._aliases.replace(words(entry.answer, MAX_ANSWER)))
        aliased = [self._numbers[word] for word in self._aliases.words()]
        self._numbers.default_factory = None
        everything = asked + answers
        self.asked_share = len(asked) / max(len(everything), 1)
        self.weights = weights_of(self.asked_share)
        counts = np.bincount(everything.words, minlength=len(self._numbers))
        counts[aliased] += 1
        self._spelling = Spelling(self._numbers, counts)
        # Its cache would only hold what is kept here.
        self._stemmer = Stemmer("english", 0)
        named = map(hash_of, self._stemmer.stemWords(list(self._numbers)))
        self._stems = np.fromiter(named, np.uint32, len(self._numbers))
        stems = self._stems[everything.words]
        entries_count = len(found)
        self._words = coverage(everything.owners, stems, entries_count)
        hashes, first = pairs(stems, everything.texts)
        self._pairs = coverage(everything.owners[first], hashes, entries_count)
        self._exact = asked.exact_keys(self._stems)
        ngrams, counts = asked.ngrams()
        self._letters = cosine(np.repeat(asked.owners, counts), ngrams, entries_count)
        # By how many entries hold a feature.
        self._rarity = idf(np.arange(entries_count + 1), entries_count)
        self._offset = offset or CalibrationOffset()
        if offset is None:
            experience = experience_of(
                found, self.rank, lambda some: Index(some, aliases, CalibrationOffset()).rank
            )
            self._offset = offset_of(experience)

    @property
    def nbytes(self) -> int:
        """Bytes of all numbers; the words themselves come on top."""
        return (
            self._words.nbytes
            + self._pairs.nbytes
            + self._letters.nbytes
            + self._spelling.nbytes
            + self._stems.nbytes
            + self._exact.nbytes
        )

    def rank(self, question: str, limit: int = 10) -> list[Match]:
        """The entries that fit best, best first, at most `limit`, none of score 0."""
        tokens = words(question, MAX_ASKED)
        mended = {word: self._spelling.mend(word) for word in tokens}
        expanded = self._expand(tokens, mended)
        if not expanded or not self._ids:
            return []
        stems = self._stem(expanded)
        content = content_words_of(expanded, stems)
        if (same := self._same_words(stems, content)) and limit:
            return [same]
        views = (
            self._covered(self._words, stems),
            self._covered(self._pairs, pairs_of(stems)),
            self._alike(self._letters, np.frombuffer(b"".join(map(ngrams_of, expanded)), dtype=np.uint32)),
        )
        best = _best(views, self.weights, self._words.held.dtype, limit)
        # What two digits cannot tell from 0 has nothing in common with the question.
        best = [each for each in best if each[1] >= LEAST]
        if not best:
            return []
        # Without words that were only guessed: how much of what the question tells the best entry holds.
        surely = self._expand(tokens, {word: self._spelling.surely(word, mended[word]) for word in mended})
        if surely != expanded:
            content = content_words_of(surely, self._stem(surely))
        held, nothing = self._content_held(best[0][0], content), (0.0, 0)
        return [
            Match(
                self._ids[n],
                round(100 * score, 2),
                a,
                b,
                c,
                *(nothing if at else held),
                len(expanded),
                self._offset,
            )
            for at, (n, score, (a, b, c)) in enumerate(best)
        ]

    def is_asked(self, question: str) -> bool:
        """Whether an entry is asked for in these very words: its question, or one of its phrasings."""
        stems = self._stem(self._aliases.replace(words(question, MAX_ASKED)))
        return bool(self._exact.owners_of(_in_their_order(stems)))

    def asks_nothing(self, text: str) -> bool:
        """Whether this is only a greeting, thanks or the like. An entry that is asked for in these words wins."""
        return (says_nothing(text) or small_talk(text) is not None) and not self.is_asked(text)

    def _expand(self, tokens: Sequence[str], mended: Mapping[str, tuple[str, ...]]) -> list[str]:
        return self._aliases.replace([each for word in tokens for each in mended[word]])

    def _stem(self, expanded: Sequence[str]) -> list[int]:
        """The hashes of their stems; those of the index's words are ready."""
        known = self._numbers
        return [int(self._stems[known[word]]) if word in known else self._stem_of(word) for word in expanded]

    def _stem_of(self, word: str) -> int:
        return hash_of(self._stemmer.stemWord(word))

    def _content_held(self, entry: int, content: Iterable[int]) -> tuple[float, int]:
        """Which part of these words' weight an entry holds, and how many of them."""
        hashes = in_order(content)
        begins, counts, _ = self._words.find(hashes)
        rarity = self._rarity[counts]
        held = self._words.holds(entry, begins, counts)
        whole = self._whole(rarity, len(hashes))
        return float(rarity[held].sum()) / whole, sum(held)

    def _same_words(self, stems: Sequence[int], content: Sequence[int]) -> Match | None:
        """The one entry that is asked for in these very words, or in the same words but for small ones."""
        for name in (
            _in_their_order(stems),
            crc32(in_order(content).tobytes(), ANY_ORDER),
        ):
            owners = self._exact.owners_of(name)
            if len(owners) == 1:
                return Match(
                    self._ids[owners.pop()], 100.0, 1.0, 1.0, 1.0, 1.0, len(content), len(stems), self._offset
                )
        return None

    def _covered(self, postings: Postings, sought: Iterable[int]) -> View:
        """For each entry, the share of these features that it covers, by their weight."""
        hashes = in_order(sought)
        begins, counts, _ = postings.find(hashes)
        rarity = self._rarity[counts]
        return postings.view(begins, counts, rarity / self._whole(rarity, len(hashes)))

    def _whole(self, rarity: Floats, hashes: int) -> float:
        """What all of so many hashes weigh. One that no entry holds is as rare as can be, and counts, too."""
        return max(float(rarity.sum() + self._rarity[0] * (hashes - len(rarity))), 1e-9)

    def _alike(self, postings: Postings, sought: Hashes) -> View:
        """For each entry, the cosine with these features."""
        hashes, times = counted(sought)
        begins, counts, known = postings.find(hashes)
        value = (1 + np.log(times[known])) * self._rarity[counts]
        return postings.view(begins, counts, value / max(sqrt(value @ value), 1e-9))


def _in_their_order(stems: Sequence[int]) -> int:
    """The name under which the texts of these stems are kept."""
    return crc32(np.array(stems, dtype=np.uint32).tobytes())


def weights_of(asked_share: float) -> Floats:
    """What words, pairs and letters weigh where this share of all words stands in questions and phrasings."""
    letters = LETTERS_LEAST + asked_share * (LETTERS_MOST - LETTERS_LEAST)
    weights: Floats = np.array([WORDS, PAIRS, letters]) / (WORDS + PAIRS + letters)
    return weights


def _best(
    views: Sequence[View], weights: Floats, dtype: np.dtype[np.void], limit: int
) -> list[tuple[int, float, list[float]]]:
    """The best entries, best first, with their score and what each view saw; of equals, the first by id."""
    owners, gains = together(views, dtype)
    if limit < 1 or not len(owners):
        return []
    sizes = [int(view.counts.sum()) for view in views]
    rough = np.bincount(owners, gains * weights.repeat(sizes))
    # Enough have half of the best score, or a quarter; that spares sorting a large library.
    for least in (rough.max() / 2, rough.max() / 4, 0):
        found = (rough > least).nonzero()[0]
        if len(found) >= limit:
            break
    if len(found) > limit:
        near = rough[found]
        found = found[near >= np.partition(near, -limit)[-limit] - 1e-9]
    # View by view only for these few: in a large library most of the time is memory.
    is_found = np.zeros(len(rough), dtype=np.bool_)
    is_found[found] = True
    hits = is_found.take(owners).nonzero()[0]
    place, gains = found.searchsorted(owners[hits]), gains[hits]
    cuts = [0, *hits.searchsorted(list(accumulate(sizes))).tolist()]
    seen = np.array([np.bincount(place[a:b], gains[a:b], minlength=len(found)) for a, b in pairwise(cuts)])
    scores = weights @ seen
    order = np.lexsort((found, -scores))[:limit]
    return list(zip(found[order].tolist(), scores[order].tolist(), seen[:, order].T.tolist(), strict=True))
