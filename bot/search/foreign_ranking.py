"""Ranks the entries for a question in another language than the lessons: by meaning alone."""

from __future__ import annotations

from collections.abc import Container, Sequence
from operator import itemgetter

from bot.search.doubts.opposition import Opposition
from bot.search.entry_words import EntryWords
from bot.search.match import Evidence, Match
from bot.search.meaning.comparison import Comparison
from bot.search.opposites import kinds
from bot.search.opposites.contraries import Contraries
from bot.search.opposites.entry_polarities import OPPOSITE, EntryPolarities
from bot.search.opposites.foreign_polarities import ForeignPolarityReader
from bot.search.opposites.polarities import YES, Polarities
from bot.search.scores import LEAST, behind, lead, percent
from bot.search.words.actions import asks_how, foreign_action_words
from bot.search.words.wording import plain

FIRST_FEW = 3


class ForeignRanking:
    """Ranks the entries with these ids. Built once and never changed."""

    def __init__(  # noqa: PLR0913 -- what it ranks by
        self,
        ids: Sequence[str],
        comparison: Comparison,
        *,
        words: EntryWords,
        polarity_reader: ForeignPolarityReader,
        entry_polarities: EntryPolarities,
        opposition: Opposition,
        not_how: Container[int],
        contraries: Contraries | None,
    ) -> None:
        """`not_how` are the entries whose own question asks where, when or why.

        With `contraries`, a question with a word that has one is not answered, as entries in another language
        cannot be compared by it.
        """
        self._ids, self._comparison, self._words = ids, comparison, words
        self._opposition, self._not_how, self._contraries = opposition, not_how, contraries
        self._polarity_reader, self._entry_polarities = polarity_reader, entry_polarities

    def rank(
        self, question: str, tokens: Sequence[str], limit: int, most: int, *, wait: bool
    ) -> list[Match] | None:
        """The `limit` entries nearest in meaning, the best first. At `most` so many are compared.

        None if the question cannot be compared.
        """
        nearest = self._comparison.nearest_in_any_language(plain(question), most, wait=wait)
        if nearest is None:
            return None
        polarities = self._polarity_reader.polarities(tokens)
        if polarities:
            opposite = self._opposition.say_the_opposite([n for n, _ in nearest], polarities)
            scores = [
                score * (OPPOSITE if other else self._entry_polarities.factor(n, polarities))
                for (n, score), other in zip(nearest, opposite, strict=True)
            ]
            scores = behind(scores, opposite)
            nearest = [(n, score) for (n, _), score in zip(nearest, scores, strict=True)]
            nearest.sort(key=itemgetter(1), reverse=True)
        scores = [score for _, score in nearest]
        matches = [Match(self._ids[n], percent(score), meaning=score) for n, score in nearest if score >= LEAST]
        if not matches:
            return []
        first = nearest[0][0]
        asked = self._polarity_reader.polarities(foreign_action_words(tokens))
        evidence = Evidence(
            "languages",
            meaning=scores[0],
            meaning_lead=lead(scores, 0),
            asked=len(tokens),
            is_opposite=self._opposition.say_the_opposite([first], polarities)[0],
            is_ambiguous=(self._contraries is not None and self._contraries.has_any(tokens))
            or self._is_turned_round([n for n, _ in nearest[:FIRST_FEW]], polarities)
            or (polarities.get("undo") == YES and not self._entry_polarities.agrees(first, polarities))
            or (
                bool(asked)
                and (
                    not self._entry_polarities.agrees(first, asked, kinds.TITLE)
                    or (asks_how(tokens) and first in self._not_how)
                )
            ),
        )
        return [matches[0]._replace(evidence=evidence), *matches[1:]][:limit]

    def _is_turned_round(self, entries: Sequence[int], polarities: Polarities) -> bool:
        """Whether the own question of one of these entries has the words of the first one's in another order.

        In another language, meaning hardly tells "from inches to millimetres" from the reverse.
        """
        first, *others = (tuple(self._words.texts.title(n)) for n in entries)
        is_turned = any(first != other and sorted(first) == sorted(other) for other in others)
        return is_turned and not self._entry_polarities.agrees(entries[0], polarities)
