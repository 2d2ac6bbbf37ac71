"""Ranks what the bot can explain by how well it fits a question.

Three views of a question are compared with each entry, and added up:
- words: the share of the question's weight that the entry covers (BM25, over question, phrasings, answer),
- pairs: the same for two words that stand together, in either order,
- letters: the cosine of 4-letter pieces, over question and phrasings; it forgives what spelling did not.

Misspelt words are mended first. A further view would be one more `Postings`, and one more weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from zlib import crc32

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from bot.search.postings import Ints, Postings, cosine, coverage, idf
from bot.search.spelling import Spelling
from bot.search.wording import STOP_WORDS, Aliases, words

# Found by tests/benchmarks/fit.py; see its README for how, when, and what each is worth.
WORDS, PAIRS, LETTERS = 0.45, 0.40, 0.15
PIECE = 4
MAX_ASKED = 60  # words of a question or phrasing; a pasted stack trace is understood by its first
MAX_ANSWER = 600

Floats = NDArray[np.float64]


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
    """An entry that fits a question.

    `score` is from 0 to 100: the weighted sum of the three views `words`, `pairs` and `letters`, each
    from 0 to 1. `asked` is how many words the question had. Of the words that tell what it is about, the
    best match also says how many it holds, `shared`, and which part of their weight, `telling`.
    """

    id: str
    score: float
    words: float = 0.0
    pairs: float = 0.0
    letters: float = 0.0
    telling: float = 0.0
    shared: int = 0
    asked: int = 0


class Index:
    """Entries made ready for questions. Built once, never changed: readers need no lock."""

    def __init__(self, entries: Iterable[Findable], aliases: Mapping[str, Sequence[str]] | None = None) -> None:
        # In order of id, so that a tie does not depend on the order of files.
        found = sorted(entries, key=lambda entry: entry.id)
        self._ids = [entry.id for entry in found]
        self._aliases = Aliases(aliases or {})
        asked, answers = _Texts(), _Texts()
        for n, entry in enumerate(found):
            for text in (entry.question, *entry.phrasings):
                asked.add(n, self._aliases.replace(words(text, MAX_ASKED)))
            answers.add(n, self._aliases.replace(words(entry.answer, MAX_ANSWER)))
        known = Counter(asked.words) + Counter(answers.words)
        known.update(self._aliases.words())
        self._spelling = Spelling(known)
        self._stem = _Stemmer(known)
        everything = asked + answers
        stems = self._stem(everything.words)
        entries_count = len(found)
        self._words = coverage(everything.owners, stems, entries_count)
        pairs, first = _pairs(stems, everything.texts)
        self._pairs = coverage(everything.owners[first], pairs, entries_count)
        self._asked = asked.bundles(self._stem)
        pieces, word = _pieces(asked.words)
        self._letters = cosine(asked.owners[word], pieces, entries_count)
        self._rarest = float(idf(np.array(0), entries_count))

    @property
    def nbytes(self) -> int:
        """Bytes of all numbers; the words themselves come on top."""
        return (
            self._words.nbytes
            + self._pairs.nbytes
            + self._letters.nbytes
            + self._spelling.nbytes
            + self._asked.nbytes
        )

    def rank(self, question: str, limit: int = 10) -> list[Match]:
        """The entries that fit best, best first, at most `limit`, none of score 0."""
        heard = words(question, MAX_ASKED)
        spoken = self._heard_as(heard, self._spelling.mend)
        if not spoken or not self._ids:
            return []
        stems = self._stem(spoken)
        telling = _telling(spoken, stems)
        if (same := self._same_words(stems, telling)) and limit:
            return [same]
        pairs, _ = _pairs(stems, np.zeros(len(stems), dtype=np.int64))
        views = (
            self._covered(self._words, stems),
            self._covered(self._pairs, pairs),
            self._alike(self._letters, _pieces(spoken)[0]),
        )
        scores = WORDS * views[0] + PAIRS * views[1] + LETTERS * views[2]
        best = _best(scores, limit)
        ranking = [
            Match(
                self._ids[n],
                round(100 * float(scores[n]), 2),
                words=float(views[0][n]),
                pairs=float(views[1][n]),
                letters=float(views[2][n]),
                asked=len(spoken),
            )
            for n in best
        ]
        return [self._with_what_it_tells(ranking[0], best[0], heard), *ranking[1:]] if ranking else []

    def _heard_as(self, heard: Sequence[str], mend: Callable[[str], tuple[str, ...]]) -> list[str]:
        return self._aliases.replace([each for word in heard for each in mend(word)])

    def _with_what_it_tells(self, match: Match, n: int, heard: Sequence[str]) -> Match:
        """How much of what the question tells this entry holds, without words that were only guessed."""
        surely = self._heard_as(heard, self._spelling.mend_surely)
        names = np.unique(_telling(surely, self._stem(surely)))
        features, _ = self._words.find(names)
        rarity = self._words.rarity(features, len(self._ids))
        held = self._words.held_by(n, features)
        whole = rarity.sum() + self._rarest * (len(names) - len(features))
        return replace(match, telling=float(rarity[held].sum() / max(whole, 1e-9)), shared=int(held.sum()))

    def _same_words(self, stems: NDArray[np.uint32], telling: NDArray[np.uint32]) -> Match | None:
        """The one entry that is asked for in these very words, or in the same words but for small ones."""
        for name in (_sequence(stems), _bundle(telling)):
            begin, end = np.searchsorted(self._asked[:, 0], (name, name + 1))
            owners = set(self._asked[begin:end, 1].tolist())
            if len(owners) == 1:
                return Match(self._ids[owners.pop()], 100.0, 1.0, 1.0, 1.0, 1.0, len(telling), len(stems))
        return None

    def _covered(self, postings: Postings, names: NDArray[np.uint32]) -> Floats:
        """For each entry, the share of these features that it covers, by their weight."""
        names = np.unique(names)
        features, _ = postings.find(names)
        rarity = postings.rarity(features, len(self._ids))
        # What no entry holds is as rare as can be, and counts against every entry.
        whole = rarity.sum() + self._rarest * (len(names) - len(features))
        return postings.add_up(features, rarity / max(float(whole), 1e-9), len(self._ids))

    def _alike(self, postings: Postings, names: NDArray[np.uint32]) -> Floats:
        """For each entry, the cosine with these features."""
        names, counts = np.unique(names, return_counts=True)
        features, known = postings.find(names)
        value = (1 + np.log(counts[known])) * postings.rarity(features, len(self._ids))
        return postings.add_up(features, value / max(float(np.sqrt(value @ value)), 1e-9), len(self._ids))


class _Texts:
    """Words one after the other, each with the text and the entry in which it stands."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._lengths: list[int] = []
        self._entries: list[int] = []

    def add(self, entry: int, text: list[str]) -> None:
        self.words += text
        self._lengths.append(len(text))
        self._entries.append(entry)

    def __add__(self, other: _Texts) -> _Texts:
        both = _Texts()
        both.words = self.words + other.words
        both._lengths = self._lengths + other._lengths
        both._entries = self._entries + other._entries
        return both

    def bundles(self, stem: _Stemmer) -> NDArray[np.int64]:
        """Rows of (name of a text's stems, entry), sorted: in their order, and the telling ones in any."""
        stems = stem(self.words)
        ends = np.cumsum(self._lengths)
        rows = []
        for end, length, entry in zip(ends, self._lengths, self._entries, strict=True):
            here = slice(end - length, end)
            if length:
                rows.append((_sequence(stems[here]), entry))
                rows.append((_bundle(_telling(self.words[here], stems[here])), entry))
        return np.array(sorted(rows), dtype=np.int64).reshape(-1, 2)

    @property
    def owners(self) -> Ints:
        return np.repeat(np.array(self._entries, dtype=np.int64), self._lengths)

    @property
    def texts(self) -> Ints:
        return np.repeat(np.arange(len(self._lengths)), self._lengths)


class _Stemmer:
    """Words -> the names of their stems; those of the index are kept ready."""

    def __init__(self, known: Iterable[str]) -> None:
        self._stemmer = snowballstemmer.stemmer("english")
        known = list(known)
        self._known = {word: _name(stem) for word, stem in zip(known, self._stemmer.stemWords(known), strict=True)}

    def __call__(self, spoken: Sequence[str]) -> NDArray[np.uint32]:
        known = self._known
        return np.array(
            [known[word] if word in known else _name(self._stemmer.stemWord(word)) for word in spoken],
            dtype=np.uint32,
        )


def _best(scores: Floats, limit: int) -> list[int]:
    """The best entries, best first; of equals, the first by id."""
    # Whatever has half of the best score is usually enough, and spares sorting a large library.
    found = np.flatnonzero(scores > scores.max() / 2)
    if len(found) < limit:
        found = np.flatnonzero(scores > 0)
    order = np.lexsort((found, -scores[found]))[:limit]
    return [int(n) for n in found[order]]


def _pairs(stems: NDArray[np.uint32], texts: Ints) -> tuple[NDArray[np.uint32], Ints]:
    """Names of two stems at most one apart in a text, in either order; and where the first stands."""
    names, firsts = [], []
    for apart in (1, 2):
        first = np.flatnonzero(texts[apart:] == texts[:-apart]) if len(texts) > apart else _NONE
        one, other = stems[first].astype(np.uint64), stems[first + apart].astype(np.uint64)
        low, high = np.minimum(one, other), np.maximum(one, other)
        names.append(((low * np.uint64(2654435761) + high) & np.uint64(0xFFFFFFFF)).astype(np.uint32))
        firsts.append(first)
    return np.concatenate(names), np.concatenate(firsts)


_NONE = np.zeros(0, dtype=np.int64)


def _pieces(spoken: Sequence[str]) -> tuple[NDArray[np.uint32], Ints]:
    """Names of the pieces of `PIECE` letters of each word, its ends marked; and which word each is of."""
    ready: dict[str, list[int]] = {}
    names: list[int] = []
    counts: list[int] = []
    for word in spoken:
        if word not in ready:
            marked = f" {word} "
            ready[word] = [_name(marked[n : n + PIECE]) for n in range(max(1, len(marked) - PIECE + 1))]
        names += ready[word]
        counts.append(len(ready[word]))
    return np.array(names, dtype=np.uint32), np.repeat(np.arange(len(counts)), counts)


def _telling(spoken: Sequence[str], stems: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The stems of the words that tell what a question is about; of all, if none does."""
    told = [n for n, word in enumerate(spoken) if word not in STOP_WORDS]
    return stems[told] if told else stems


def _sequence(stems: NDArray[np.uint32]) -> int:
    return crc32(stems.tobytes())


def _bundle(stems: NDArray[np.uint32]) -> int:
    """A name for these stems together, whatever their order."""
    return crc32(b"any order" + np.unique(stems).tobytes())


def _name(text: str) -> int:
    """A feature's name in the index: the same in every process, unlike `hash`."""
    return crc32(text.encode(errors="surrogatepass"))
