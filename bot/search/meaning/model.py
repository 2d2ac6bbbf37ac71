"""A model as a source of vectors, which are cached by text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from threading import Lock, main_thread

import numpy as np

from bot.progress import in_steps
from bot.search.match import Understanding
from bot.search.meaning.encoder import Encoder, Vectors, unit
from bot.search.meaning.nearness import EntryTexts, Nearness
from bot.search.meaning.vector_cache import Small, VectorCache, text_digest

# So many texts are encoded and written to disk together.
BATCH = 16
# The vectors of so many questions are kept in memory.
QUESTIONS = 10_000


class StoppedError(Exception):
    """Embedding was stopped because the program ends."""


class Model:
    """A model that encodes each text only once. Safe to use from several threads."""

    def __init__(
        self, encoder: Encoder, kept: VectorCache | None = None, understanding: Understanding = "model"
    ) -> None:
        """`kept` is the cache on disk. Vectors of the lessons are added to it."""
        self._encoder, self._kept, self.understanding = encoder, kept, understanding
        self._texts: dict[bytes, Small] = kept.read() if kept else {}
        self._questions: dict[bytes, Small] = {}
        self._lock = Lock()

    def nearness(self, entries: Sequence[EntryTexts], wait: bool) -> Nearness | None:
        """The vectors of these entries. Without `wait`, None if some texts are not embedded yet.

        Raises `StoppedError` if the program ends meanwhile.
        """
        texts = {text_digest(text): text for text in chain.from_iterable(chain(*each) for each in entries)}
        missing = [text for digest, text in texts.items() if digest not in self._texts]
        if missing and not wait:
            return None
        self._embed_lessons(missing)
        return Nearness(self.understanding, self.find, entries, self._known)

    def knows(self, question: str) -> bool:
        digest = text_digest(question)
        return digest in self._questions or digest in self._texts

    def embed(self, questions: Sequence[str]) -> None:
        """Encode these questions, so that `find` returns their vectors at once."""
        new = [text for text in questions if not self.knows(text)]
        if not new:
            return
        vectors = _small(self._encoder.encode(new))
        with self._lock:
            self._questions |= {text_digest(text): row for text, row in zip(new, vectors, strict=True)}
            while len(self._questions) > QUESTIONS:
                del self._questions[next(iter(self._questions))]

    def find(self, text: str, wait: bool) -> Vectors | None:
        """The vector of a question. Without `wait`, None if it is not embedded yet.

        With `wait`, the vector is kept on disk, too, as calibration needs the same questions at each start.
        """
        if wait and not self.knows(text):
            self._embed_lessons([text])
        digest = text_digest(text)
        small = self._questions.get(digest, self._texts.get(digest))
        return None if small is None else unit(small[None].astype(np.float32))[0]

    def _known(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self._encoder.dimensions), np.float32)
        return unit(np.array([self._texts[text_digest(text)] for text in texts], np.float32))

    def _embed_lessons(self, texts: Sequence[str]) -> None:
        batches = range(0, len(texts), BATCH)
        # A single question is no work that anybody watches.
        for start in in_steps(batches, "Preparing the model") if len(batches) > 1 else batches:
            if not main_thread().is_alive():
                raise StoppedError
            batch = texts[start : start + BATCH]
            vectors = dict(zip(map(text_digest, batch), _small(self._encoder.encode(batch)), strict=True))
            with self._lock:
                self._texts |= vectors
                if self._kept:
                    self._kept.append(vectors)


def _small(vectors: Vectors) -> Small:
    return np.round(vectors * 127).astype(np.int8)
