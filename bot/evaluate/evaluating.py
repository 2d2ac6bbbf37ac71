"""Asks the lessons, or a file of entries, questions with known answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.dialogue.passages import languages_of, passages
from bot.errors import UserError
from bot.evaluate.question_set import questions_of
from bot.evaluate.rows import entries_from, questions_from
from bot.lessons.lesson import Entry
from bot.lessons.library import QUESTIONS, Library
from bot.search.evaluation import EvaluatedQuestion, Metrics, ask_all, leave_one_out, metrics
from bot.search.index import Findable, Index
from bot.search.match import Understanding
from bot.search.meaning.nearness import VectorSource

# (questions, their number) -> the same questions; it can show the progress.
Watch = Callable[[Iterable[EvaluatedQuestion], int], Iterator[EvaluatedQuestion]]
Sources = Sequence[VectorSource]


@dataclass(frozen=True)
class Evaluation:
    """The results of all questions, and their metrics. `titles` are the canonical questions by id.

    `understanding` says how the questions were ranked.
    """

    evaluated: tuple[EvaluatedQuestion, ...]
    metrics: Metrics
    titles: Mapping[str, str]
    understanding: Understanding


def evaluate_files(entries: Path, questions: Path, watch: Watch, sources: Sources = ()) -> Evaluation:
    """Ask the questions of one file, with the entries of another. Raises `UserError` for a bad file."""
    rows, asked = entries_from(entries), questions_from(questions)
    index, seconds = _build(rows, {}, sources)
    return _evaluation(rows, tuple(watch(ask_all(index, asked), len(asked))), index, seconds)


def evaluate_library(library: Library, watch: Watch, sources: Sources = ()) -> Evaluation:
    """Ask every phrasing in the lessons, each as if they did not have it, and the questions in questions.yaml.

    Raises `UserError` if there are neither phrasings nor questions, or if a question is invalid.
    """
    lessons = library.lessons
    known, aliases, languages = list(passages(lessons)), lessons.aliases, languages_of(lessons)
    asked = questions_of(library.folder, library.lessons)
    count = sum(len(passage.phrasings) for passage in known) + len(asked)
    if not count:
        raise UserError(
            f"there is nothing to ask: add phrasings to the lessons, or questions to {library.folder / QUESTIONS}"
        )
    index, seconds = _build(known, aliases, sources, lessons.never, languages)
    rounds = leave_one_out(known, aliases, _without, sources, languages)
    own = (ask_all(without, each) for without, each in rounds)
    evaluated = tuple(watch(chain(chain.from_iterable(own), ask_all(index, asked)), count))
    return _evaluation(known, evaluated, index, seconds)


def _build(
    entries: Sequence[Findable],
    aliases: Mapping[str, Sequence[str]],
    sources: Sources,
    never: Mapping[str, Sequence[str]] | None = None,
    languages: Mapping[str, str] | None = None,
) -> tuple[Index, float]:
    begin = time.perf_counter()
    index = Index(entries, aliases, sources, wait=True, never=never, languages=languages)
    return index, time.perf_counter() - begin


def _without(passage: Findable, n: int) -> Findable:
    """An entry without its nth phrasing; a step of a scenario unchanged, as it has no phrasings."""
    if not isinstance(passage, Entry):
        return passage
    return passage.model_copy(update={"phrasings": passage.phrasings[:n] + passage.phrasings[n + 1 :]})


def _evaluation(
    entries: Sequence[Findable], evaluated: tuple[EvaluatedQuestion, ...], index: Index, seconds: float
) -> Evaluation:
    titles = {entry.id: entry.question for entry in entries}
    found = metrics(evaluated, seconds, index.nbytes)
    return Evaluation(evaluated, found, titles, index.understandings[0])
