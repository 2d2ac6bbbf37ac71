"""Ranks candidates, the entries that share most with a question, by words, meaning, and what speaks against them.

The best one gets its evidence, by which `confidence.py` decides what to reply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.search.best_entries import FoundEntry
from bot.search.doubts.close_seconds import is_second_close
from bot.search.doubts.content_held import content_held, unexplained
from bot.search.doubts.doubts import Doubts
from bot.search.doubts.opposition import Opposition
from bot.search.doubts.other_things import OtherThings
from bot.search.entry_words import EntryWords
from bot.search.match import CalibrationOffset, Evidence, Match, Understanding
from bot.search.meaning.comparison import EmbeddedText
from bot.search.meaning.table import english_rarity
from bot.search.opposites.entry_polarities import OPPOSITE
from bot.search.opposites.negation_cues import may_negate
from bot.search.query import Query
from bot.search.scores import behind, lead, percent

NO_OFFSET = CalibrationOffset()
# What the best entry loses of its score, from 0 to 1, if it explains nothing of a question, and the second all.
UNEXPLAINED = 0.065


class CandidateRanking:
    """Ranks candidates among the entries with these ids. Built once and never changed."""

    def __init__(  # noqa: PLR0913 -- what it ranks by
        self,
        ids: Sequence[str],
        *,
        words: EntryWords,
        opposition: Opposition,
        other_things: OtherThings,
        doubts: Doubts,
        offsets: Mapping[Understanding, CalibrationOffset],
    ) -> None:
        """`offsets` are those of the library, once they are learned: see `calibration.py`."""
        self._ids, self._words, self._offsets = ids, words, offsets
        self._opposition, self._other_things, self._doubts = opposition, other_things, doubts

    def rank(
        self,
        candidates: Sequence[FoundEntry],
        question: Query,
        embedded: EmbeddedText | None,
        limit: int,
    ) -> list[Match]:
        """The best of these candidates, at most `limit`, by their lexical score and their nearness in meaning.

        `embedded` is the question with its vector; None if it is compared by words alone.
        """
        candidates = self._of_same_program(candidates, question)
        entries = [n for n, _, _ in candidates]
        lexical = [score for _, score, _ in candidates]
        used, weight = (embedded.understanding, embedded.weight) if embedded else ("words", 0.0)
        meaning = embedded.near(entries) if embedded else [0.0] * len(entries)
        opposite = self._opposition.opposites(entries, question)
        if any(opposite):
            lexical = [OPPOSITE * one if other else one for one, other in zip(lexical, opposite, strict=True)]
            meaning = [OPPOSITE * one if other else one for one, other in zip(meaning, opposite, strict=True)]
        whole = 1 + weight
        scores = [(one + weight * other) / whole for one, other in zip(lexical, meaning, strict=True)]
        scores = behind(scores, opposite)
        # Those that are equal are in order of id, as they came.
        order = sorted(range(len(candidates)), key=scores.__getitem__, reverse=True)
        self._put_first_what_explains_more(entries, order, scores, opposite, question)
        first = order[0]
        evidence = Evidence(
            used,
            self._offsets.get(used, NO_OFFSET),
            lexical[first],
            lead(lexical, first),
            meaning[first],
            lead(meaning, first),
            asked=question.asked,
            is_opposite=opposite[first],
        )
        ordered = [entries[n] for n in order]
        evidence = self._with_doubts(evidence, ordered, [scores[n] for n in order[:2]], question)
        matches = [
            Match(self._ids[entries[n]], percent(scores[n]), *candidates[n][2], meaning[n]) for n in order[:limit]
        ]
        matches[0] = Match(*matches[0][:-1], evidence)
        return matches

    def _of_same_program(self, candidates: Sequence[FoundEntry], question: Query) -> Sequence[FoundEntry]:
        """These candidates without entries on other missing programs, if one is on the program of the question.

        "'python' is not recognized as an internal or external command" has most of its words in the entry on pip.
        """
        doubts = self._doubts
        is_known = question.programs and any(doubts.is_about_same_program(n, question) for n, _, _ in candidates)
        if not is_known:
            return candidates
        return [each for each in candidates if not doubts.is_about_another_program(each[0], question)]

    def _with_doubts(
        self, evidence: Evidence, entries: Sequence[int], scores: Sequence[float], question: Query
    ) -> Evidence:
        """The evidence with what the first of these entries, the best first, holds, and what speaks against it.

        `scores` are those of the first two.
        """
        words, first = self._words, entries[0]
        held = content_held(words, first, question)
        another = self._other_things.instead_of(first, question)
        lacks_it = self._doubts.lacks_what_is_asked(first, question)
        is_alone = question.is_keyword and not question.has_unknown_keyword
        is_named = is_alone and held.share == 1 and not words.is_shared(entries, question)
        return evidence._replace(
            content_share=held.share,
            content_held=held.words,
            is_ambiguous=(
                lacks_it
                or another == "thing"
                or is_second_close(words, entries, scores, question, evidence.understanding)
                or self._doubts.is_ambiguous(entries, question, held, evidence.meaning)
            ),
            is_named=is_named,
            names_several=question.is_keyword and not is_named and held.words > 0,
            shares_subject_only=lacks_it or held.shares_subject_only,
            names_example=another == "example",
            is_its_word=words.is_asked_with_word(first, question),
        )

    def _put_first_what_explains_more(
        self,
        entries: Sequence[int],
        order: list[int],
        scores: list[float],
        opposite: Sequence[bool],
        question: Query,
    ) -> None:
        """Of the best two, let the one that explains less of a question lose some of its score.

        `order` are the indexes of the entries, the best first; it is changed in place, and so are the `scores`.
        """
        if len(order) < 2:
            return
        one, two = order[:2]
        if scores[one] - scores[two] >= UNEXPLAINED or opposite[one] < opposite[two]:
            return
        if may_negate(word for word, _, _ in question.words):
            return  # "list them, not upgrade them" is explained no better by how to upgrade
        word_of = {stem: word for word, stem, _ in question.words}
        rarity = [english_rarity(word_of[stem]) for stem in question.content]
        of_one, of_two = unexplained(self._words, [entries[one], entries[two]], question, rarity)
        if of_one > of_two:
            # Never below the third, of which it is not known what it explains.
            least = scores[order[2]] if len(order) > 2 else 0.0
            scores[one] = max(scores[one] - UNEXPLAINED * (of_one - of_two), least)
            if scores[one] < scores[two]:
                order[:2] = two, one
