"""Compares a question with entries by meaning, by the best encoder that knows both."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from bot.search.match import Understanding
from bot.search.meaning.encoder import Vectors
from bot.search.meaning.model import Model
from bot.search.meaning.nearness import SEARCHED, EntryTexts, Nearness, VectorSource

WEIGHTS: dict[Understanding, float] = {"table": 0.25, "model": 0.7, "multilingual": 0.5}


class EmbeddedText(NamedTuple):
    """A text with its vector, to compare it with entries by meaning."""

    understanding: Understanding
    nearness: Nearness
    vector: Vectors

    @property
    def weight(self) -> float:
        """The weight of meaning beside the lexical views."""
        return WEIGHTS[self.understanding]

    def near(self, entries: Sequence[int]) -> list[float]:
        """How near each of these entries is in meaning, from 0 to 1."""
        near: list[float] = self.nearness.to(self.vector, entries).tolist()
        return near

    def nearest(self, most: int) -> list[int]:
        """The entries that are nearest in meaning, whatever their words; none if only words can find entries."""
        return self.nearness.nearest(self.vector, most) if self.understanding in SEARCHED else []


class Comparison:
    """The nearness of entries by each of the sources that know them. Built once and never changed."""

    def __init__(
        self, sources: Sequence[VectorSource], texts: Sequence[EntryTexts], *, are_english: bool, wait: bool
    ) -> None:
        """The best source comes first. One that does not know the texts is left out, unless it is to `wait`."""
        found = [
            (source, source.nearness(texts, wait)) for source in _that_compare(sources, are_english=are_english)
        ]
        ready = [nearness for _, nearness in found if nearness]
        self._languages = next((each for each in ready if each.understanding == "languages"), None)
        self._nearnesses: dict[Understanding, Nearness] = {
            each.understanding: each for each in ready if each is not self._languages
        }
        if self._languages and not are_english:
            self._nearnesses = {"multilingual": self._languages}
        self.understandings: list[Understanding] = [*self._nearnesses, "words"]
        # Whether every model that these lessons need has embedded them.
        self.is_embedded = all(nearness for source, nearness in found if isinstance(source, Model))

    def __bool__(self) -> bool:
        """Whether any source knows these entries in their own language."""
        return bool(self._nearnesses)

    @property
    def nbytes(self) -> int:
        return sum(each.nbytes for each in {*self._nearnesses.values(), self._languages} if each)

    @property
    def knows_other_languages(self) -> bool:
        return self._languages is not None

    def embed(self, text: str, understanding: Understanding | None) -> EmbeddedText | None:
        """A text with its vector from the best source that has one, or from the source for this `understanding`.

        None if there is no vector for it, so that it can only be compared by words.
        """
        for used, nearness in self._nearnesses.items():
            # If an understanding is given, the text is embedded if need be.
            if understanding in {None, used}:
                vector = nearness.find(text, understanding is not None)
                if vector is not None:
                    return EmbeddedText(used, nearness, vector)
        return None

    def nearest_in_any_language(self, text: str, most: int, *, wait: bool) -> list[tuple[int, float]] | None:
        """The entries that are nearest in meaning, whatever their words, best first, each with its nearness.

        None if the text cannot be compared, or, without `wait`, is not embedded yet.
        """
        vector: Vectors | None = self._languages.find(text, wait) if self._languages else None
        if self._languages is None or vector is None:
            return None
        entries = self._languages.nearest(vector, most)
        near = self._languages.to(vector, entries).tolist()
        return sorted(zip(entries, near, strict=True), key=itemgetter(1), reverse=True)


def _that_compare(sources: Sequence[VectorSource], *, are_english: bool) -> Sequence[VectorSource]:
    """Those that compare these lessons, so that no other embeds them.

    Lessons in another language than English are compared by the multilingual source, if there is one: the others
    know English.
    """
    multilingual = [each for each in sources if each.understanding == "languages"]
    return sources if are_english else multilingual or sources
