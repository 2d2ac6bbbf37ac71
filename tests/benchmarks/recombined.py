"""Makes a library of any size from the entries of the six sets, with their words exchanged.

The small words of a sentence stay, so that "how do I" is as common as in reality. The others are drawn at random
by their frequency. Rarer than these are words coined from the halves of two, by a power law. So the vocabulary
grows with the library as Heaps' law says: more slowly than the text, but without end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.search.evaluation import Asked
from bot.search.words.small_words import STOP_WORDS
from tests.benchmarks.question_sets import QuestionSet, Row

# Heaps' exponent: ten times as much text has 10 ** 0.6, about four times, as many words. English is near that.
HEAPS = 0.6
COINED = 2_000_000
DRAWN_AT_ONCE = 1 << 20
SEED = 3
PUNCTUATION = "?!.,:;()[]{}<>'\"`“”’"


class Recombined:
    """Any number of entries, and questions about them; the same in every run."""

    def __init__(self, sets: Sequence[QuestionSet]) -> None:
        self._rows = [row for each in sets for row in each.entries]
        texts = (text for row in self._rows for text in (row.question, *row.phrasings, row.answer))
        told = (word.strip(PUNCTUATION) for text in texts for word in text.split() if not _stays(word))
        seen = Counter(word for word in told if word).most_common()
        self._seen: list[str] = [word for word, _ in seen]
        counts = np.array([float(count) for _, count in seen])
        # Good & Turing, 1953: all unseen words together are as frequent as all words that were seen once.
        unseen = (counts == 1).sum() / counts.sum()
        rarer = np.arange(len(counts) + 1, len(counts) + COINED + 1) ** (-1 / HEAPS)
        shares = np.concatenate([counts * (1 - unseen) / counts.sum(), rarer * unseen / rarer.sum()])
        self._upto = np.cumsum(shares)
        self._plain = [word for word in self._seen if word.isalpha()]
        halves = np.random.default_rng(SEED).integers(0, len(self._plain), (COINED, 2))
        self._halves: NDArray[np.int64] = halves

    def entries(self, size: int) -> Iterator[Row]:
        """So many entries. A larger library begins with the entries of a smaller one."""
        draw = np.random.default_rng(SEED)
        words = self._words(draw)
        for n in range(size):
            like = self._rows[(n * 7919) % len(self._rows)]
            yield Row(
                f"e{n}",
                _with_words(like.question, words),
                tuple(_with_words(each, words) for each in like.phrasings),
                _with_words(like.answer, words),
            )

    def questions(self, entries: Sequence[Row], size: int) -> list[Asked]:
        """Phrasings as members would type them: one in four words is another, one in twelve is misspelled."""
        draw = np.random.default_rng(SEED + 1)
        words = self._words(draw)
        asked: list[Asked] = []
        while len(asked) < size:
            entry = entries[int(draw.integers(len(entries)))]
            texts = (entry.question, *entry.phrasings)
            text = texts[int(draw.integers(len(texts)))]
            spoken = text.split()
            for at, chance in enumerate(draw.random(len(spoken)).tolist()):
                if chance < 1 / 4 and not _stays(spoken[at]):
                    spoken[at] = next(words)
                elif chance > 11 / 12 and len(spoken[at]) > 4:
                    spoken[at] = spoken[at][:2] + spoken[at][3:]
            # Exact words of an entry are found at once, so that they would not measure the search.
            if spoken != text.split():
                asked.append(Asked(" ".join(spoken), frozenset({entry.id})))
        return asked

    def _words(self, draw: np.random.Generator) -> Iterator[str]:
        while True:
            for n in self._upto.searchsorted(draw.random(DRAWN_AT_ONCE) * self._upto[-1]).tolist():
                yield self._seen[n] if n < len(self._seen) else self._coined(n - len(self._seen))

    def _coined(self, n: int) -> str:
        one, other = (self._plain[int(half)] for half in self._halves[n])
        return one[: len(one) // 2 + 1] + other[len(other) // 2 :]


def _stays(word: str) -> bool:
    return word.lower().strip(PUNCTUATION) in STOP_WORDS


def _with_words(text: str, words: Iterator[str]) -> str:
    return " ".join(word if _stays(word) else next(words) for word in text.split())
