"""The lessons of one moment together with their index: what is asked of both."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.counting import counts
from bot.dialogue.passages import Passage, StepPassage, languages_of, passages, shown, shown_in_all_languages
from bot.dialogue.reply import Answer, explain, opened_at
from bot.dialogue.steps import STORY
from bot.language.catalogues import ENGLISH
from bot.language.words import in_locale
from bot.lessons.library import Lessons
from bot.search.completion import Completion, Titled, begins_a_word, piece_of
from bot.search.confidence import MAX_SUGGESTIONS, ConfidenceMode, Judgement, judge
from bot.search.index import Index, Match
from bot.search.languages import LANGUAGES
from bot.search.meaning.model import Model
from bot.search.meaning.nearness import VectorSource
from bot.search.question_reader import MAX_ASKED
from bot.search.words.pasted import (
    error_in,
    exceptions_in,
    quotes_in,
    reports_error,
    without_names,
)
from bot.search.words.small_words import clearly_small_words_of
from bot.search.words.smalltalk import ALSO_THINGS, THINGS_ALONE
from bot.search.words.wording import typed_words, words

# A scenario's story that holds less of a question's words tells something else.
TOLD = 0.5
MAX_CHOICES = 25
MAX_WORDS = 60  # of a question, by which its language is known
MOST_JUDGED = 1000  # questions whose judgement is kept
MAX_POSTINGS = 5_000  # that autocomplete reads for each view, as it blocks the event loop


@dataclass(frozen=True)
class Snapshot:
    """The lessons together with the index that was built from them; `Snapshot.of` makes it."""

    lessons: Lessons
    passages: Mapping[str, Passage]
    index: Index
    completion: Completion
    sources: tuple[VectorSource, ...] = ()
    # The answers of the entries shown so far, each with the step that it opens because it means the same: finding
    # that step takes as long as a question. The step is kept, and not its name, which depends on the language.
    _answers: dict[str, tuple[Answer, StepPassage | None]] = field(default_factory=dict, compare=False, repr=False)
    # The judgements on the very words of entries, which are asked again and again.
    _judged: dict[str, tuple[list[Match], Judgement]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        lessons: Lessons,
        sources: tuple[VectorSource, ...] = (),
        *,
        wait: bool = False,
    ) -> Snapshot:
        """Index these lessons. With `wait`, new texts are embedded first, which is slow."""
        known = {passage.id: passage for passage in passages(lessons)}
        counts.indexed = time.monotonic()
        # In English, so that the language of the moderator who publishes a lesson does not change what is found.
        with in_locale(ENGLISH):
            index = Index(
                known.values(),
                lessons.aliases,
                sources,
                wait=wait,
                never=lessons.never,
                languages=languages_of(lessons),
            )
        return cls(lessons, known, index, Completion(map(_titled, known.values())), sources)

    def after(self, lessons: Lessons) -> Snapshot:
        """A snapshot of other lessons with the same sources, so that the replies of both can be compared."""
        return Snapshot.of(lessons, self.sources, wait=self.is_complete)

    @property
    def language(self) -> str:
        """The tag of the language in which the lessons have the most words: "de"."""
        return next(tag for tag, each in LANGUAGES.items() if each is self.index.language)

    @property
    def is_complete(self) -> bool:
        """Whether every model that these lessons need has embedded them; False without a model."""
        return self.index.is_embedded and any(isinstance(source, Model) for source in self.sources)

    def explain(self, passage: Passage) -> Answer:
        """The answer of a passage.

        It opens a walkthrough if a step or a scenario links to it, or if a step surely means the same.
        """
        if isinstance(passage, StepPassage):
            return explain(self.lessons, passage)  # in the language of this moment
        if passage.id not in self._answers:
            said = explain(self.lessons, passage)
            self._answers[passage.id] = said, None if said.opens else self._step_like(passage)
        said, step = self._answers[passage.id]
        return replace(said, opens=opened_at(step)) if step else said

    def _step_like(self, passage: Passage) -> StepPassage | None:
        """The step of a scenario that surely means the same as a passage's question; None if there is none."""
        ranking = self.index.rank(passage.question, without=passage.id)
        best = judge(ranking).sure
        step = self.passages[best.id] if best else None
        return step if isinstance(step, StepPassage) else None

    def of_lessons(self, ranking: Sequence[Match], files: Collection[str]) -> set[str]:
        """The ids of the matches that are in the lessons of these files."""
        own = [each.lesson for each in self.lessons.documents if each.file in files]
        lesson_of = self.lessons.lesson_of
        found = ((match.id, lesson_of.get(match.id.partition(".")[0])) for match in ranking)
        return {id_ for id_, lesson in found if any(lesson is each for each in own)}

    def is_in_other_language(self, question: str) -> bool:
        """Whether a question is clearly in another language than all lessons."""
        small = clearly_small_words_of(typed_words(question))
        said = {each.lesson.language for each in self.lessons.documents}
        own = [self.index.language, *(LANGUAGES[each] for each in said if each)]
        return bool(small) and all(small != each.small_words for each in own)

    def links_of(self, id_: str) -> Sequence[str]:
        """The ids of the items that an entry or a step links to, in the author's order."""
        passage = self.passages.get(id_)
        return passage.step.related if isinstance(passage, StepPassage) else passage.related if passage else ()

    def linked(self, id_: str) -> set[str]:
        """The ids of the items that an entry or a step links to, and of the entries that link to it."""
        return {*self.links_of(id_), *(each.id for each in self.lessons.entries.values() if id_ in each.related)}

    def judge(
        self, question: str, mode: ConfidenceMode, *, wait: bool = False, public: bool = False
    ) -> tuple[list[Match], Judgement] | None:
        """The ranking for a question, and how sure the bot may be of it; None if the text asks nothing.

        With `wait`, the best understanding is used: a model embeds the question if it does not know it yet.
        """
        if known := self._judged.get(question):
            return known
        understanding = self.index.understandings[0] if wait else None
        ranking = self.index.rank(question, understanding=understanding)
        judgement = judge(ranking, mode, public=public)
        # Most members choose a question that autocomplete offers, and an entry's own words can mean nothing else.
        if ranking and ranking[0].evidence.is_exact:
            if len(self._judged) < MOST_JUDGED:
                self._judged[question] = ranking, judgement
            return ranking, judgement
        if self.index.asks_nothing(question) and not self._is_about_small_talk(question, judgement):
            return None
        if order := self.index.as_order(question):
            as_ordered = self.index.rank(order, understanding=understanding)
            ordered = judge(as_ordered, mode, public=public)
            is_another = judgement.sure and as_ordered and as_ordered[0].id != judgement.sure.id
            # "Give me a minute" is no order. Without its verb, "can I see the packages" fits all about packages.
            explains_all = bool(ordered.possible) and as_ordered[0].evidence.content_share == 1
            if is_another:
                # Read as an order it finds another entry, so it is not sure which of the two is meant.
                both = (as_ordered[0], *(match for match in ranking if match.id != as_ordered[0].id))
                judgement = replace(judgement, sure=None, possible=both[:MAX_SUGGESTIONS])
            elif ordered.sure or (
                judgement.possible and (explains_all or ordered.probability > judgement.probability)
            ):
                ranking, judgement = as_ordered, ordered
        if not reports_error(question):
            judgement = self._without_other_story(ranking, judgement)
            return ranking, self._titled_first(question, ranking, judgement)
        judgement = self._by_error_alone(question, ranking, judgement, mode)
        return ranking, self._stories_last(ranking, judgement)

    def _is_about_small_talk(self, text: str, judgement: Judgement) -> bool:
        """Whether an entry is surely meant that is asked with a word of small talk in a text: "I'm new here"."""
        told = words(text, MAX_WORDS)
        said = (ALSO_THINGS if len(told) > 1 else ALSO_THINGS | THINGS_ALONE).intersection(told)
        return judgement.sure is not None and self.index.is_asked_with(judgement.sure.id, said)

    def _titled_first(self, question: str, ranking: Sequence[Match], judgement: Judgement) -> Judgement:
        """The judgement on a single word: entries whose own question has it are offered first, before steps.

        How often an entry mentions the word says little of what is meant.
        """
        if judgement.sure or not judgement.possible or ranking[0].evidence.asked > 1:
            return judgement
        word = self.index.known(question)

        def order(match: Match) -> int:
            is_titled = self.index.is_titled_with(match.id, word)
            return isinstance(self.passages[match.id], StepPassage) if is_titled else 2

        best = sorted(ranking, key=order)
        return replace(judgement, possible=tuple(best[: len(judgement.possible)]))

    def _by_error_alone(
        self, question: str, ranking: Sequence[Match], judgement: Judgement, mode: ConfidenceMode
    ) -> Judgement:
        """The judgement on a story with an error: sure if the error alone surely finds one of the best matches."""
        error = "" if judgement.sure else error_in(question)
        if not error:
            return judgement
        near = [match.id for match in ranking[: 2 * MAX_SUGGESTIONS]]
        alone = judge(self.index.rank(error), mode)
        if alone.sure is None and (nameless := without_names(error)):
            # Any module can be missing: its name only matters if an entry is asked with it.
            alone = judge(self.index.rank(nameless), mode)
            names = {*words(error, MAX_ASKED)}.difference(words(nameless, MAX_ASKED))
            if alone.sure and not self._is_asked_with_exception(alone.sure.id, error, names, near):
                return judgement
        return alone if alone.sure and alone.sure.id in near else judgement

    def _is_asked_with_exception(
        self, id_: str, error: str, names: Collection[str], others: Collection[str]
    ) -> bool:
        """Whether this entry is asked with an error's exception, and no other with both that and its names."""
        exceptions = exceptions_in(quotes_in(error))
        return self.index.is_asked_with(id_, exceptions) and not any(
            self.index.is_asked_with(each, exceptions) and self.index.is_asked_with(each, names)
            for each in others
            if each != id_
        )

    def _stories_last(self, ranking: Sequence[Match], judgement: Judgement) -> Judgement:
        """The judgement on an error: a scenario's story about one is no answer, and is offered after entries."""
        if judgement.probability == 1 or not (
            judgement.possible or (judgement.sure and self._is_story(judgement.sure))
        ):
            return judgement
        # One more than is offered, so that a story gives way to an entry.
        best = sorted(ranking[: MAX_SUGGESTIONS + 1], key=self._is_story)
        return replace(judgement, sure=None, possible=tuple(best[:MAX_SUGGESTIONS]))

    def _without_other_story(self, ranking: Sequence[Match], judgement: Judgement) -> Judgement:
        """The judgement, not sure of a story that may be another: of a flat loaf for "my loaf came out burnt"."""
        best = judgement.sure
        if best is None or not self._is_story(best) or judgement.probability == 1:
            return judgement
        is_told = best.evidence.content_share >= TOLD
        return judgement if is_told else replace(judgement, sure=None, possible=tuple(ranking[:MAX_SUGGESTIONS]))

    def _is_story(self, match: Match) -> bool:
        passage = self.passages[match.id]
        return isinstance(passage, StepPassage) and passage.step.id == STORY

    def complete(self, typed: str) -> Iterator[str]:
        """The ids of passages for an unfinished text, best first, each once. It searches as ids are taken."""
        return each_once(self._complete(typed))

    def _complete(self, typed: str) -> Iterator[str]:
        ranked = [match.id for match in self.index.rank(typed, MAX_CHOICES, most=MAX_POSTINGS)]
        in_words = self.completion.in_words(typed)
        # The last word may be unfinished: questions that contain the text come before similar ones.
        if in_words.are_all:
            known = frozenset(in_words.ids)
            yield from filter(known.__contains__, ranked)
        else:
            piece = piece_of(typed)
            yield from (id_ for id_ in ranked if begins_a_word(piece, shown(self.passages[id_])))
        yield from in_words.ids
        yield from self.completion.inside_words(typed)
        # Small words alone ("was ist") mean nothing that is only similar to them.
        if not self.index.asks_nothing(typed):
            yield from ranked
        yield from self.completion.in_others(typed)


def _titled(passage: Passage) -> Titled:
    return Titled(passage.id, shown_in_all_languages(passage), passage.phrasings)


def each_once(ids: Iterable[str]) -> Iterator[str]:
    """The ids without repeats, in order."""
    met: set[str] = set()
    for id_ in ids:
        if id_ not in met:
            met.add(id_)
            yield id_
