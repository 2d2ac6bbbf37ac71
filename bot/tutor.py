"""Answers, suggestions and scenarios from the lessons: all that a front end needs of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from threading import Lock, Thread

from bot.dialogue.passages import shown, shown_in_all_languages
from bot.dialogue.remarks import reply_to_remark
from bot.dialogue.reply import (
    Answer,
    Question,
    Reply,
    Suggestions,
    Unknown,
    questions,
    reply,
)
from bot.dialogue.snapshot import MAX_CHOICES, Snapshot, each_once
from bot.dialogue.steps import steps
from bot.dialogue.two_questions import answers_neither, as_follow_up, two_questions
from bot.dialogue.wishes import other_than_a_question
from bot.lessons.document import Document
from bot.lessons.lesson import Lesson, Picture, Scenario
from bot.lessons.library import Lessons, Library
from bot.lessons.pictures import PictureFile
from bot.lessons.validation import wrong_with_picture
from bot.search.completion import MostCounted
from bot.search.confidence import MAX_SUGGESTIONS, ConfidenceMode, Judgement
from bot.search.follow_up import goes_on, opens, says_little, without_opening
from bot.search.meaning.batches import Batches
from bot.search.meaning.model import Model, StoppedError
from bot.search.meaning.nearness import VectorSource
from bot.search.meaning.table import TableSource
from bot.search.preferring import prefer
from bot.search.words.about_the_bot import points_at_something
from bot.search.words.bare_errors import says_only_that_it_fails
from bot.search.words.pasted import LONGEST
from bot.search.words.remarks import speaks_of_answer, surely_speaks_of_answer
from bot.search.words.smalltalk import small_talk
from bot.search.words.splitting import asks_more_than_two, opens_as_question
from bot.search.words.wording import MAX_CHARACTERS, plain

log = logging.getLogger(__name__)

LATEST = 0.3  # seconds that an answer waits for a model at most
MAX_TYPED = 200  # characters that autocomplete reads; Discord allows 6,000
# The factors for the scores of items that belong to a step, and to its lesson. Entries that fit a question equally
# well seldom differ by more than that.
LEAD, SMALL_LEAD = 1.25, 1.1
# The least probability of an entry that is proposed as what a question means, and the least nearness in meaning of
# one that somebody opened after asking.
MEANT, NEAR = 0.5, 0.45


class Tutor:
    """Answers questions from the lessons, for Discord and the terminal alike."""

    def __init__(
        self,
        library: Library,
        mode: ConfidenceMode = "balanced",
        sources: tuple[VectorSource, ...] = (TableSource(),),
        *,
        wait: bool = False,
    ) -> None:
        """With `wait`, the models embed the lessons now; else in a thread, while the table answers."""
        self._library = library
        self._mode = mode
        self._sources = sources
        self._batches = {each.understanding: Batches(each) for each in sources if isinstance(each, Model)}
        self._current = self._next = Snapshot.of(library.lessons, sources)
        self._most_answered = MostCounted(MAX_CHOICES)
        self._embedding = Lock()
        library.before_change.append(self._prepare)
        self._embed(self._next, wait=wait)

    def _prepare(self, lessons: Lessons) -> None:
        """Build the index for changed lessons before they are served, so that no answer waits for it."""
        self._next = Snapshot.of(lessons, self._sources)
        self._embed(self._next)

    def _embed(self, snapshot: Snapshot, *, wait: bool = False) -> None:
        """Let the models embed new texts of these lessons, in a thread unless it is to `wait`.

        Until then, they rank no questions.
        """
        if not self._batches or snapshot.is_complete:
            return
        if wait:
            self._complete(snapshot)
        else:
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

    async def understand(self, *questions: str) -> None:
        """Let the models embed questions before they are answered, the first one first.

        This takes at most `LATEST` seconds for all of them: the rest is answered without a model.
        """
        now = self.snapshot
        if self._batches and now.is_complete:
            with suppress(TimeoutError):
                async with asyncio.timeout(LATEST):
                    for each in questions:
                        await self._embed_question(now, each[:LONGEST])

    async def _embed_question(self, now: Snapshot, question: str) -> None:
        index = now.index
        languages, model = self._batches.get("languages"), self._batches.get("model")
        if index.asks_nothing(question):
            return
        if languages and index.is_foreign(question):
            await languages.embed(plain(question))
            return
        knows_both = languages if "multilingual" in index.understandings else model
        if knows_both:
            await knows_both.embed(index.text_of(question))

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

        `about` is the id of the last answer, or `earlier` the last question if it got no answer: a question that
        says little alone ("on windows?", "why?") is then understood as a follow-up. Of suggestions that fit about
        equally well, those come first that have a factor in `near`, by id, or are in the files `lessons`; neither
        changes a sure answer. In `public`, suggestions have to be more probable.

        A model is used only if it has embedded the question (`understand`), or with `wait`, which can take
        milliseconds.
        """
        now = self.snapshot
        question = question[:LONGEST]
        judged = now.judge(question, self._mode, wait=wait, public=public)
        if judged and judged[1].sure and judged[1].probability == 1:  # in an entry's own words
            return self._answered(now, judged[1])
        question = question[:MAX_CHARACTERS]
        before = now.passages.get(about or "")
        is_remark = surely_speaks_of_answer(question) and (before or not opens_as_question(question))
        ranking, judgement = judged if judged and not is_remark else ([], Judgement())
        other = None if judgement.sure else other_than_a_question(now, question, judgement.possible)
        if other := other or reply_to_remark(now, question, before, judgement):
            return other
        only_fails = says_only_that_it_fails(question)
        if (
            judged is None
            and not only_fails
            and not _asks_something(question, goes_on_from=bool(before or earlier))
        ):
            return Unknown(nothing_asked=True, small_talk=small_talk(question))
        if both := two_questions(now, question, ranking, judgement, self._mode):
            return Suggestions(self.questions(both), asked_at_once=True, asked_more=asks_more_than_two(question))
        if judgement.sure and answers_neither(now, question, self._mode):
            judgement = replace(judgement, sure=None, possible=tuple(ranking[:MAX_SUGGESTIONS]))
        # "And with conda?" is a follow-up, although an entry has its only word.
        is_unclear = before is not None and says_little(now.index, question, ranking, before.question)
        if (is_unclear or not judgement.sure) and goes_on(question):
            if before:
                judgement = as_follow_up(now, question, ranking, judgement, before) or judgement
            elif earlier and (
                together := now.judge(f"{earlier} {without_opening(question)}", self._mode, public=public)
            ):
                judgement = together[1] if together[1].probability > judgement.probability else judgement
        if only_fails and not (judgement.sure or (judgement.possible and earlier)):
            return Unknown(which_error=True)
        if near and judgement.possible:
            found = ranking if judgement.possible[0] in ranking else judgement.possible
            closer = sorted(found, key=lambda match: -match.score * near.get(match.id, 1))
            judgement = replace(judgement, possible=tuple(closer[: len(judgement.possible)]))
        if lessons:
            own = now.of_lessons(ranking, lessons)
            judgement = prefer(now.index, question, ranking, judgement, own, mode=self._mode)
        said = self._answered(now, judgement)
        return _without_answer(now, question) if said == Unknown() else said

    def _answered(self, now: Snapshot, judgement: Judgement) -> Reply:
        if judgement.sure:
            self._most_answered.count(judgement.sure.id)
        return reply(now.passages, judgement, now.explain)

    def probability(self, question: str) -> float | None:
        """The probability that the best match answers a question, from 0 to 1; None if the text asks nothing."""
        judged = self.snapshot.judge(question[:MAX_CHARACTERS], self._mode, wait=True)
        return judged[1].probability if judged else None

    def asks_nothing(self, text: str) -> bool:
        """Whether there is nothing in a text that could be looked for."""
        return self.snapshot.index.asks_nothing(text[:MAX_CHARACTERS])

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
        return self.questions(islice(each_once(chain(most, now.passages)), MAX_CHOICES))

    def likely(self, text: str, found: Collection[str] = ()) -> tuple[Question, ...]:
        """The entries that a question very probably means, the best first; none if none is probable.

        `found` are entries that somebody opened after asking it. That may have been by chance, so they count only
        if they are probable, or near in meaning.
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

    def may_begin(self, text: str) -> Iterator[str]:
        """The ids of passages whose question begins with this text in some language, and perhaps of others."""
        return self.snapshot.completion.beginning(text)

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


def _without_answer(now: Snapshot, question: str) -> Unknown:
    """The reply to a message that nothing was found for."""
    if not question.strip(" ?!.…¿¡") or (speaks_of_answer(question) and not opens_as_question(question)):
        # "???" or "not what I asked", where there was no answer, is no question. "What is a long" is one.
        return Unknown(nothing_asked=True)
    return Unknown(in_other_language=now.is_in_other_language(question))
