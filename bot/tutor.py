"""What the lessons have to say: answers, suggestions, scenarios; everything a front-end may ask."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from threading import Lock, Thread

from bot.dialogue.passages import Passage, passages, shown, shown_in_all_languages
from bot.dialogue.reply import Answer, Question, Reply, Unknown, explain, questions, reply
from bot.dialogue.steps import steps
from bot.language.catalogues import ENGLISH
from bot.language.words import in_locale
from bot.lessons.document import Document
from bot.lessons.lesson import Lesson, Picture, Scenario
from bot.lessons.library import Lessons, Library
from bot.lessons.pictures import PictureFile
from bot.lessons.validation import wrong_with_picture
from bot.search.completion import Completion, Titled, begins_a_word, piece_of
from bot.search.confidence import ConfidenceMode, Judgement, judge
from bot.search.index import Index, Match
from bot.search.meaning.batches import Batches
from bot.search.meaning.model import Model, StoppedError
from bot.search.meaning.nearness import VectorSource
from bot.search.meaning.table import TableSource
from bot.search.most_counted import MostCounted
from bot.search.pasted import LONGEST
from bot.search.smalltalk import small_talk
from bot.search.wording import plain

log = logging.getLogger(__name__)

MAX_CHOICES = 25
MAX_TYPED = 200  # characters that are looked at while somebody types; Discord lets through 6,000
MAX_POSTINGS = 10_000  # read for each view while somebody types: nobody else is served meanwhile
FOLLOW_UP_WORDS = 5
# How much more what belongs to a step counts, and what belongs to its lesson: two entries that a question fits
# equally well are seldom further apart.
LEAD, SMALL_LEAD = 1.25, 1.1


@dataclass(frozen=True)
class Snapshot:
    """The lessons and their index, always of the same moment; `Snapshot.of` makes them."""

    lessons: Lessons
    passages: Mapping[str, Passage]
    index: Index
    completion: Completion
    sources: tuple[VectorSource, ...] = ()

    @classmethod
    def of(cls, lessons: Lessons, sources: tuple[VectorSource, ...] = (), *, wait: bool = False) -> Snapshot:
        """Index these lessons; `wait` until every source of meaning is ready for them."""
        known = {passage.id: passage for passage in passages(lessons)}
        # Whoever publishes a lesson, and in which language, does not change what is found.
        with in_locale(ENGLISH):
            index = Index(known.values(), lessons.aliases, sources, wait=wait)
        return cls(lessons, known, index, Completion(map(_titled, known.values())), sources)

    def after(self, lessons: Lessons) -> Snapshot:
        """Other lessons, indexed in the same way, so that their replies can be compared with those of now."""
        return Snapshot.of(lessons, self.sources, wait=self.is_complete)

    @property
    def is_complete(self) -> bool:
        """Whether every source is ready; a model still embeds what was changed just now."""
        models = {source.understanding for source in self.sources if isinstance(source, Model)}
        return bool(models) and models <= self.index.ready

    def judge(
        self, question: str, mode: ConfidenceMode, *, wait: bool = False
    ) -> tuple[list[Match], Judgement] | None:
        """What fits a question, and how sure that is; None where nothing was asked.

        `wait` for the best understanding, even if that is a model which has not met the question yet.
        """
        if self.index.asks_nothing(question):
            return None
        ranking = self.index.rank(question, understanding=self.index.understandings[0] if wait else None)
        return ranking, judge(ranking, mode)

    def complete(self, typed: str) -> Iterator[str]:
        """Ids for what was typed so far, best first, each once; found no sooner than they are taken."""
        return _each_once(self._complete(typed))

    def _complete(self, typed: str) -> Iterator[str]:
        ranked = [match.id for match in self.index.rank(typed, MAX_CHOICES, most=MAX_POSTINGS)]
        piece = piece_of(typed)
        # Whoever is still typing has half a word: what holds it comes before what is only like it.
        yield from (id_ for id_ in ranked if begins_a_word(piece, shown(self.passages[id_])))
        yield from self.completion.in_words(typed)
        yield from self.completion.inside_words(typed)
        yield from ranked
        yield from self.completion.in_others(typed)


class Tutor:
    """Knows the lessons; a Discord bot and a terminal both talk to this one."""

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
        """Build the index for other lessons before they come: nobody's answer waits for it."""
        self._next = Snapshot.of(lessons, self._sources)
        self._embed(self._next)

    def _embed(self, snapshot: Snapshot) -> None:
        """Have the model embed what is new in these lessons; until it has, they are answered without it."""
        if self._batches and not snapshot.is_complete:
            # No daemon: the runtime of a model must not be cut off in its work. It stops after a few texts.
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
        """What the next question will be answered from."""
        following = self._next
        if following is not self._current and following.lessons is self._library.lessons:
            self._current = following
        return self._current

    async def understand(self, question: str) -> None:
        """Have the model look at a question before it is answered; `batches.LATEST` seconds at most."""
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

    def answer(
        self,
        question: str,
        about: str | None = None,
        near: Mapping[str, float] | None = None,
        *,
        wait: bool = False,
    ) -> Reply:
        """The reply to a question in a member's own words.

        By a model only if it has met the question (`understand`), or with `wait`, which may take milliseconds.

        `about` is the id of what was being talked about: a few words that say little alone ("on
        windows?") are then understood as going on from there. `near` are ids that come first among
        suggestions where they fit about as well as others, with their leads; a sure answer stays what it is.
        """
        now = self.snapshot
        question = question[:LONGEST]
        judged = now.judge(question, self._mode, wait=wait)
        if judged is None:
            return Unknown(nothing_asked=True, small_talk=small_talk(question))
        ranking, judgement = judged
        before = now.passages.get(about or "")
        if before and judgement.possible and len(question.split()) <= FOLLOW_UP_WORDS:
            judgement = self._follow_up(now, question, ranking, before) or judgement
        if near and judgement.possible:
            closer = sorted(ranking, key=lambda match: -match.score * near.get(match.id, 1))
            judgement = replace(judgement, possible=tuple(closer[: len(judgement.possible)]))
        if judgement.sure:
            self._most_answered.count(judgement.sure.id)
        return reply(now.lessons, now.passages, judgement)

    @staticmethod
    def _follow_up(now: Snapshot, question: str, ranking: Sequence[Match], about: Passage) -> Judgement | None:
        """Sure, if what fits the question best also fits best together with the one before."""
        together = now.index.rank(f"{question} {about.question}")
        best = next((match.id for match in together if match.id != about.id), None)
        return Judgement(sure=ranking[0]) if ranking[0].id == best else None

    def explain(self, id_: str) -> Answer | None:
        """The answer of an entry or a scenario's step; None if the lessons no longer have it."""
        now = self.snapshot
        passage = now.passages.get(id_)
        return explain(now.lessons, passage) if passage else None

    def find(self, question: str) -> str | None:
        """The id of what has exactly this canonical question, in whichever language it was shown."""
        now = self.snapshot
        alike = [now.passages[id_] for id_ in now.completion.beginning(question)]
        return next((passage.id for passage in alike if question in shown_in_all_languages(passage)), None)

    def complete(self, typed: str) -> tuple[Question, ...]:
        """Canonical questions for what was typed so far: best first, at most `MAX_CHOICES`."""
        now = self.snapshot
        typed = typed.strip()[:MAX_TYPED]
        if typed:
            return self.questions(islice(now.complete(typed), MAX_CHOICES))
        most = (id_ for id_ in self._most_answered.ids if id_ in now.passages)
        return self.questions(islice(_each_once(chain(most, now.passages)), MAX_CHOICES))

    def find_scenario(self, wanted: str) -> Scenario | None:
        """A scenario by its id, its title or a part of it that no other has.

        For no words at all, the only one there is.
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
        """The ids of what belongs to a step, with their leads: its own texts and what it links to; its lesson."""
        now = self.snapshot
        found = now.lessons.scenarios.get(scenario)
        if not found:
            return {}
        lesson = now.lessons.lesson_of[scenario]
        around = [*(entry.id for entry in lesson.entries), *found.related]
        own = [id_ for each in steps(found) if each.id == step for id_ in each.related]
        return dict.fromkeys(around, SMALL_LEAD) | dict.fromkeys([*own, f"{scenario}.{step}"], LEAD)

    def beginning(self, text: str) -> Iterator[Question]:
        """The canonical questions that begin with this text, which is in lower case, as readers see them."""
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
        """The title and the course of the lesson in which an entry, a scenario or a step of one stands."""
        lesson = self.snapshot.lessons.lesson_of.get(id_.partition(".")[0])
        return (lesson.lesson, lesson.course or "") if lesson else ("", "")

    def picture(self, picture: Picture | None) -> PictureFile | None:
        """The file of a picture; None where it cannot be shown: it went missing, or was never one."""
        folder = self._library.folder
        if picture is None or wrong_with_picture(folder, picture.file):
            return None
        return PictureFile(folder, picture.file)


def _titled(passage: Passage) -> Titled:
    return Titled(passage.id, shown_in_all_languages(passage), passage.phrasings)


def _each_once(ids: Iterable[str]) -> Iterator[str]:
    met: set[str] = set()
    for id_ in ids:
        if id_ not in met:
            met.add(id_)
            yield id_
