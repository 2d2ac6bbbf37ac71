"""Answers, suggestions and scenarios from the lessons: all that a front end needs of them."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from threading import Lock, Thread

from bot.dialogue.passages import Passage, StepPassage, languages_of, passages, shown, shown_in_all_languages
from bot.dialogue.reply import (
    Answer,
    Question,
    Reply,
    StepOf,
    Suggestions,
    Topics,
    Unknown,
    explain,
    questions,
    reply,
)
from bot.dialogue.steps import STORY, steps
from bot.language.catalogues import ENGLISH
from bot.language.words import in_locale
from bot.lessons.document import Document
from bot.lessons.lesson import Lesson, Picture, Scenario
from bot.lessons.library import Lessons, Library
from bot.lessons.pictures import PictureFile
from bot.lessons.validation import wrong_with_picture
from bot.search.about_the_bot import asks_for_topics, points_at_something, story_in
from bot.search.completion import Completion, Titled, begins_a_word, piece_of
from bot.search.confidence import MAX_SUGGESTIONS, ConfidenceMode, Judgement, judge
from bot.search.follow_up import follow_up, goes_on, opens, without_opening
from bot.search.index import Index, Match
from bot.search.meaning.batches import Batches
from bot.search.meaning.model import Model, StoppedError
from bot.search.meaning.nearness import VectorSource
from bot.search.meaning.table import TableSource
from bot.search.most_counted import MostCounted
from bot.search.pasted import LONGEST
from bot.search.preferring import prefer
from bot.search.smalltalk import small_talk
from bot.search.splitting import opens_as_question, pairs_in
from bot.search.wording import MAX_CHARACTERS, STOP_WORDS, plain, words

log = logging.getLogger(__name__)

MAX_CHOICES = 25
MAX_TYPED = 200  # characters that autocomplete reads; Discord allows 6,000
MAX_POSTINGS = 10_000  # that autocomplete reads for each view, as it blocks the event loop
# The least probability of each half of a message that is taken for two questions although the whole has an answer.
PROBABLE = 0.6
MANY_MATCHES = 200  # the most matches among which a story is searched
# A story is found if it holds at least this share of what the best match holds of the words.
STORY_HELD = 0.6
LIKELY = 5  # two questions in one message must find their entries among so many first matches of the whole
# The factors for scores of items that belong to a step, and to its lesson. Two entries that a question fits
# equally well seldom differ by more.
LEAD, SMALL_LEAD = 1.25, 1.1
# From so probable on, an entry is proposed as what a question means; and from so near in meaning on, one that was
# opened by somebody who asked it.
MEANT, NEAR = 0.5, 0.45


@dataclass(frozen=True)
class Snapshot:
    """The lessons together with the index that was built from them; `Snapshot.of` makes it."""

    lessons: Lessons
    passages: Mapping[str, Passage]
    index: Index
    completion: Completion
    sources: tuple[VectorSource, ...] = ()
    # The step that means the same as each entry shown so far: finding it takes as long as a question.
    _steps_like: dict[str, StepOf | None] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, lessons: Lessons, sources: tuple[VectorSource, ...] = (), *, wait: bool = False) -> Snapshot:
        """Index these lessons. With `wait`, new texts are embedded first, which is slow."""
        known = {passage.id: passage for passage in passages(lessons)}
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
    def is_complete(self) -> bool:
        """Whether every model has embedded these lessons; False without a model."""
        models = {source.understanding for source in self.sources if isinstance(source, Model)}
        return bool(models) and models <= self.index.ready

    def explain(self, passage: Passage) -> Answer:
        """The answer of a passage, with a link to the walkthrough that is about the same."""
        return self.with_walkthrough(explain(self.lessons, passage))

    def with_walkthrough(self, said: Answer) -> Answer:
        """The answer; if it has no link to a walkthrough, with one to a step that surely means the same."""
        if said.opens:
            return said
        if said.id not in self._steps_like:
            self._steps_like[said.id] = self._step_like(self.passages[said.id])
        return replace(said, opens=self._steps_like[said.id])

    def _step_like(self, passage: Passage) -> StepOf | None:
        """The step of a scenario that surely means the same as a passage's question; None if there is none."""
        ranking = self.index.rank(passage.question, without=passage.id)
        best = judge(ranking).sure
        step = self.passages[best.id] if best else None
        return explain(self.lessons, step).opens if isinstance(step, StepPassage) else None

    def of_lessons(self, ranking: Sequence[Match], files: Collection[str]) -> set[str]:
        """The ids of the matches that are in the lessons of these files."""
        own = [each.lesson for each in self.lessons.documents if each.file in files]
        lesson_of = self.lessons.lesson_of
        found = ((match.id, lesson_of.get(match.id.partition(".")[0])) for match in ranking)
        return {id_ for id_, lesson in found if any(lesson is each for each in own)}

    def linked(self, id_: str) -> set[str]:
        """The ids of the items that an entry or a step links to, and of the entries that link to it."""
        passage = self.passages.get(id_)
        to = passage.step.related if isinstance(passage, StepPassage) else passage.related if passage else ()
        return {*to, *(each.id for each in self.lessons.entries.values() if id_ in each.related)}

    def judge(
        self, question: str, mode: ConfidenceMode, *, wait: bool = False, public: bool = False
    ) -> tuple[list[Match], Judgement] | None:
        """The ranking for a question, and how sure the bot may be of it; None if the text asks nothing.

        With `wait`, the best understanding is used: a model embeds the question if it does not know it yet.
        """
        if self.index.asks_nothing(question):
            return None
        ranking = self.index.rank(question, understanding=self.index.understandings[0] if wait else None)
        return ranking, judge(ranking, mode, public=public)

    def complete(self, typed: str) -> Iterator[str]:
        """The ids of passages for an unfinished text, best first, each once. It searches as ids are taken."""
        return _each_once(self._complete(typed))

    def _complete(self, typed: str) -> Iterator[str]:
        ranked = [match.id for match in self.index.rank(typed, MAX_CHOICES, most=MAX_POSTINGS)]
        piece = piece_of(typed)
        # The last word may be unfinished: questions that contain the text come before similar ones.
        yield from (id_ for id_ in ranked if begins_a_word(piece, shown(self.passages[id_])))
        yield from self.completion.in_words(typed)
        yield from self.completion.inside_words(typed)
        yield from ranked
        yield from self.completion.in_others(typed)


class Tutor:
    """Answers questions from the lessons, for Discord and the terminal alike."""

    def __init__(
        self,
        library: Library,
        mode: ConfidenceMode = "balanced",
        sources: tuple[VectorSource, ...] = (TableSource(),),
    ) -> None:
        self._library = library
        self._mode = mode
        self._sources = sources
        self._batches = {each.understanding: Batches(each) for each in sources if isinstance(each, Model)}
        self._current = self._next = Snapshot.of(library.lessons, sources)
        self._most_answered = MostCounted(MAX_CHOICES)
        self._embedding = Lock()
        library.before_change.append(self._prepare)
        self._embed(self._next)

    def _prepare(self, lessons: Lessons) -> None:
        """Build the index for changed lessons before they are served, so that no answer waits for it."""
        self._next = Snapshot.of(lessons, self._sources)
        self._embed(self._next)

    def _embed(self, snapshot: Snapshot) -> None:
        """Let the model embed new texts of these lessons in a thread; until then, it ranks no questions."""
        if self._batches and not snapshot.is_complete:
            # Not a daemon: a model must not be cut off at work. When the program ends, it stops after a few texts.
            Thread(target=self._complete, args=(snapshot,), name="embedding lessons").start()

    def _complete(self, snapshot: Snapshot) -> None:
        with self._embedding:
            if snapshot is not self._next:
                return  # edited again meanwhile
            try:
                complete = Snapshot.of(snapshot.lessons, self._sources, wait=True)
            except StoppedError:
                return
            except Exception:
                log.exception("the model failed; the lessons are answered without it")
                return
            if snapshot is self._next:
                self._next = complete

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot from which the next question is answered."""
        following = self._next
        if following is not self._current and following.lessons is self._library.lessons:
            self._current = following
        return self._current

    async def understand(self, question: str) -> None:
        """Let the model embed a question before it is answered; this takes at most `batches.LATEST` seconds."""
        now, question = self.snapshot, question[:LONGEST]
        if not self._batches or not now.is_complete or now.index.asks_nothing(question):
            return
        languages, model = self._batches.get("languages"), self._batches.get("model")
        if languages and now.index.is_foreign(question):
            await languages.embed(plain(question))
        elif model:
            await model.embed(now.index.text_of(question))

    @property
    def mode(self) -> ConfidenceMode:
        return self._mode

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.snapshot.lessons.documents

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(document.lesson for document in self.documents)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        return tuple(self.snapshot.lessons.scenarios.values())

    def answer(  # noqa: PLR0913 -- what is known of who asks, and where
        self,
        question: str,
        about: str | None = None,
        near: Mapping[str, float] | None = None,
        *,
        lessons: Collection[str] = (),
        earlier: str = "",
        public: bool = False,
        wait: bool = False,
    ) -> Reply:
        """The reply to a question in a member's own words.

        A model is used only if it has embedded the question (`understand`), or with `wait`, which can take
        milliseconds.

        `about` is the id of the last answer, or `earlier` the last question if it got no answer: a question that
        says little alone ("on windows?", "why?") is then understood as a follow-up. `near` are factors for the
        scores of suggestions, by id, so that among suggestions that fit about as well these come first; it does
        not change a sure answer. Nor do `lessons`, the files of lessons whose entries are suggested first. In
        `public`, suggestions have to be more probable.
        """
        now = self.snapshot
        question = question[:LONGEST]
        judged = now.judge(question, self._mode, wait=wait, public=public)
        question = question[:MAX_CHARACTERS]
        before = now.passages.get(about or "")
        if not (judged and judged[1].sure) and (other := _other_than_a_question(now, question)):
            return other
        ranking, judgement = judged or ([], Judgement())
        if judged is None and not _asks_something(question, goes_on_from=bool(before or earlier)):
            return Unknown(nothing_asked=True, small_talk=small_talk(question))
        if both := self._both(now, question, ranking, judgement):
            return Suggestions(self.questions(both), asked_at_once=True)
        if not judgement.sure and goes_on(question):
            if before:
                judgement = self._follow_up(now, question, ranking, judgement, before) or judgement
            elif earlier and (
                together := now.judge(f"{earlier} {without_opening(question)}", self._mode, public=public)
            ):
                judgement = together[1] if together[1].probability > judgement.probability else judgement
        if near and judgement.possible:
            found = ranking if judgement.possible[0] in ranking else judgement.possible
            closer = sorted(found, key=lambda match: -match.score * near.get(match.id, 1))
            judgement = replace(judgement, possible=tuple(closer[: len(judgement.possible)]))
        if lessons:
            own = now.of_lessons(ranking, lessons)
            judgement = prefer(now.index, question, ranking, judgement, own, mode=self._mode)
        if judgement.sure:
            self._most_answered.count(judgement.sure.id)
        said = reply(now.lessons, now.passages, judgement)
        return now.with_walkthrough(said) if isinstance(said, Answer) else said

    def probability(self, question: str) -> float | None:
        """The probability that the best match answers a question, from 0 to 1; None if the text asks nothing."""
        judged = self.snapshot.judge(question[:MAX_CHARACTERS], self._mode, wait=True)
        return judged[1].probability if judged else None

    def asks_nothing(self, text: str) -> bool:
        """Whether there is nothing in a text that could be looked for."""
        return self.snapshot.index.asks_nothing(text[:MAX_CHARACTERS])

    @staticmethod
    def _follow_up(
        now: Snapshot, question: str, ranking: Sequence[Match], judgement: Judgement, about: Passage
    ) -> Judgement | None:
        """The judgement on a follow-up to the passage `about`; None if the question is not a follow-up."""
        alone = ranking[0] if judgement.possible else None
        return follow_up(now.index, question, about, now.linked(about.id), alone)

    def _both(
        self, now: Snapshot, question: str, ranking: Sequence[Match], judgement: Judgement
    ) -> tuple[str, ...] | None:
        """The ids of the passages for two questions in one message; None if it is one question."""
        if judgement.sure and judgement.probability == 1:  # it has exactly the words of an entry
            return None
        likely = [match.id for match in ranking[:LIKELY]]
        for pair in pairs_in(question):
            one = now.judge(pair.first, self._mode)
            if one is None or not (first := one[1].sure or next(iter(one[1].possible), None)):
                continue
            about = now.passages[first.id]
            judged = now.judge(pair.second, self._mode)
            own = second = judged[1] if judged else Judgement()
            if not own.sure and goes_on(pair.second):
                second = self._follow_up(now, pair.second, judged[0] if judged else [], own, about) or own
            then = second.sure or next(iter(second.possible), None)
            if then is None or then.id == first.id:
                continue
            if not pair.is_plain and not {first.id, then.id} <= {*likely}:
                continue
            if judgement.sure:
                # A clear question with an "and" in it must not be taken for two.
                least = PROBABLE if pair.is_plain else 1.0
                is_both = all(each.sure or each.probability >= least for each in (one[1], own))
            else:
                is_both = bool(one[1].sure or second.sure)
            if is_both:
                return first.id, then.id
        return None

    def explain(self, id_: str) -> Answer | None:
        """The answer of an entry or a scenario's step; None if the lessons no longer have it."""
        now = self.snapshot
        passage = now.passages.get(id_)
        return now.explain(passage) if passage else None

    def find(self, question: str) -> str | None:
        """The id of the passage with exactly this canonical question, as shown in any language; else None."""
        now = self.snapshot
        alike = [now.passages[id_] for id_ in now.completion.beginning(question)]
        return next((passage.id for passage in alike if question in shown_in_all_languages(passage)), None)

    def complete(self, typed: str) -> tuple[Question, ...]:
        """Canonical questions for an unfinished text: best first, at most `MAX_CHOICES`."""
        now = self.snapshot
        typed = typed.strip()[:MAX_TYPED]
        if typed:
            return self.questions(islice(now.complete(typed), MAX_CHOICES))
        most = (id_ for id_ in self._most_answered.ids if id_ in now.passages)
        return self.questions(islice(_each_once(chain(most, now.passages)), MAX_CHOICES))

    def likely(self, text: str, found: Collection[str] = ()) -> tuple[Question, ...]:
        """The entries that a question very probably means, the best first; none, if that is not likely.

        `found` are entries that somebody who asked it opened then, which may have been by chance: such a one
        counts if it is near in meaning, too.
        """
        now = self.snapshot
        judged = now.judge(text[:MAX_CHARACTERS], self._mode)
        if judged is None:
            return ()
        ranking, judgement = judged
        near = {match.id for match in ranking if match.meaning >= NEAR}
        best = [judgement.sure] if judgement.sure else judgement.possible
        likely = [match.id for match in best] if judgement.probability >= MEANT else []
        opened = [each for each in found if each in near or each in likely]
        return self.questions(each for each in (*opened, *likely) if "." not in each)

    def likely_lesson(self, text: str) -> str | None:
        """The file of the lesson that a text very probably belongs to; the only one, if there are no others."""
        now = self.snapshot
        if len(now.lessons.documents) == 1:
            return now.lessons.documents[0].file
        judged = now.judge(text[:MAX_CHARACTERS], self._mode)
        best = judged[0][0] if judged and judged[0] else None
        return now.lessons.file_of(best.id.partition(".")[0]) if best and best.meaning >= NEAR else None

    def find_scenario(self, wanted: str) -> Scenario | None:
        """The scenario with this id, this title, or this text in its title; None if there is none or several.

        Without a text: the library's only scenario, or None.
        """
        known = self.snapshot.lessons.scenarios
        words = wanted.strip().casefold()
        exact = [each for each in known.values() if words in {each.id, each.title.casefold()}]
        fitting = exact or [each for each in known.values() if words in each.title.casefold()]
        return fitting[0] if len(fitting) == 1 else None

    def scenario(self, id_: str) -> Scenario | None:
        """The scenario as it is now; None if the lessons no longer have it."""
        return self.snapshot.lessons.scenarios.get(id_)

    def near(self, scenario: str, step: str) -> dict[str, float]:
        """Factors for the scores of the items near a step, by id.

        `LEAD` is for the step itself and the entries that it links to, `SMALL_LEAD` for the other entries of its
        lesson and those that its scenario links to.
        """
        now = self.snapshot
        found = now.lessons.scenarios.get(scenario)
        if not found:
            return {}
        lesson = now.lessons.lesson_of[scenario]
        around = [*(entry.id for entry in lesson.entries), *found.related]
        own = [id_ for each in steps(found) if each.id == step for id_ in each.related]
        return dict.fromkeys(around, SMALL_LEAD) | dict.fromkeys([*own, f"{scenario}.{step}"], LEAD)

    def beginning(self, text: str) -> Iterator[Question]:
        """The canonical questions, as readers see them, that begin with this text, in lower case."""
        now = self.snapshot
        for id_ in now.completion.beginning(text):
            question = shown(now.passages[id_])
            if " ".join(question[: 2 * len(text)].split()).casefold().startswith(text):
                yield Question(id_, question)

    def questions(self, ids: Iterable[str]) -> tuple[Question, ...]:
        """The canonical questions of these entries, each once, without those that are gone."""
        known = self.snapshot.passages
        return questions([known[id_] for id_ in dict.fromkeys(ids) if id_ in known])

    def origin(self, id_: str) -> tuple[str, str]:
        """The title and the course of the lesson of an entry, a scenario or a step; each is '' if unknown."""
        lesson = self.snapshot.lessons.lesson_of.get(id_.partition(".")[0])
        return (lesson.lesson, lesson.course or "") if lesson else ("", "")

    def picture(self, picture: Picture | None) -> PictureFile | None:
        """The file of a picture; None if there is none that can be shown: it is missing, or not an image."""
        folder = self._library.folder
        if picture is None or wrong_with_picture(folder, picture.file):
            return None
        return PictureFile(folder, picture.file)


def _asks_something(text: str, *, goes_on_from: bool) -> bool:
    """Whether a text without content words is a question: "what is this", or as a follow-up "how?"."""
    if small_talk(text):
        return False
    asks = "?" in text or opens_as_question(text) or opens(text)
    return points_at_something(text) or (goes_on_from and asks)


def _other_than_a_question(now: Snapshot, text: str) -> Reply | None:
    """The reply to a question about the bot itself or for one of its stories; None if it is neither."""
    if asks_for_topics(text):
        return Topics()
    wanted = story_in(text)
    if wanted is None:
        return None
    told = [word for word in words(wanted, MAX_TYPED) if word not in STOP_WORDS]
    known = now.index.known(" ".join(told))
    scenarios = now.lessons.scenarios
    if not told and len(scenarios) <= MAX_SUGGESTIONS:
        found, is_sure = list(scenarios), len(scenarios) == 1
    elif 2 * len(known) > len(told):
        found, is_sure = _scenarios_about(now, known)
    else:
        return None
    stories = [now.passages[f"{id_}.{STORY}"] for id_ in found]
    if is_sure:
        return now.explain(stories[0])
    return Suggestions(questions(stories)) if stories else None


def _scenarios_about(now: Snapshot, known: Sequence[str]) -> tuple[list[str], bool]:
    """The ids of the scenarios that hold these words, and whether a single one holds them best of all passages."""
    # A scenario counts as much as the one of its steps that holds most of the words.
    held: dict[str, float] = {}
    for match in now.index.rank(" ".join(known), MANY_MATCHES):
        scenario, _, _step = match.id.partition(".")
        held[scenario] = max(match.words, held.get(scenario, 0))
    most = max(held.values(), default=0)
    scenarios = [id_ for id_ in held if id_ in now.lessons.scenarios]
    best = max((held[id_] for id_ in scenarios), default=0)
    found = [id_ for id_ in scenarios if held[id_] == best >= STORY_HELD * most > 0][:MAX_SUGGESTIONS]
    return found, len(found) == 1 and best == most


def _titled(passage: Passage) -> Titled:
    return Titled(passage.id, shown_in_all_languages(passage), passage.phrasings)


def _each_once(ids: Iterable[str]) -> Iterator[str]:
    met: set[str] = set()
    for id_ in ids:
        if id_ not in met:
            met.add(id_)
            yield id_
