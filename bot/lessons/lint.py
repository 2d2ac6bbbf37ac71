"""What an author should look at, though the bot can use it as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.errors import Problem
from bot.lessons.document import Document
from bot.lessons.document import Path as Place
from bot.lessons.lesson import Picture, Scenario

BUTTON = 80


def advice(documents: Sequence[Document]) -> list[Problem]:
    """Everything worth a look in these lessons, in order of file and line."""
    alone = [hint for document in documents for check in (_entries, _scenarios) for hint in check(document)]
    return sorted([*alone, *_asked_twice(documents)])


def _entries(document: Document) -> Iterator[Problem]:
    for i, entry in enumerate(document.lesson.entries):
        place: Place = ("entries", i)
        if len(entry.question) > BUTTON:
            what = f"has {len(entry.question)} characters; a button shows {BUTTON}"
            yield document.places.problem((*place, "question"), what)
        if not entry.phrasings:
            yield document.places.problem(place, "has no phrasings; how do members ask this?")
        yield from _without_alt(document, (*place, "image"), entry.image)


def _scenarios(document: Document) -> Iterator[Problem]:
    for i, scenario in enumerate(document.lesson.scenarios):
        place: Place = ("scenarios", i)
        yield from _without_alt(document, (*place, "picture"), scenario.picture)
        for j, solution in enumerate(scenario.solutions):
            for field in ("outcome", "why", "verdict"):
                if not getattr(solution, field):
                    yield document.places.problem((*place, "solutions", j), f"has no '{field}' yet")
        for where, what in _thin(scenario):
            yield document.places.problem((*place, *where), what)


def _thin(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    """Where a learner would have nothing to choose, nothing to think over, or nothing to learn from."""
    if len(scenario.solutions) == 1:
        yield ("solutions",), "has one solution; a choice needs two"
    verdicts = {solution.verdict for solution in scenario.solutions}
    if not verdicts & {"works", None}:  # a verdict that is missing may be the one that works
        yield ("solutions",), "none has 'verdict: works'; which way out is left?"
    if not scenario.check:
        yield (), "has no 'check'; what would show that a learner understood the cause?"
        return
    for k, option in enumerate(scenario.check.options):
        if not option.correct and not option.feedback:
            yield ("check", "options", k), "has no 'feedback'; what misleads whoever takes it?"


def _without_alt(document: Document, place: Place, picture: Picture | None) -> Iterator[Problem]:
    if picture and not picture.alt:
        yield document.places.problem(place, "has no 'alt': what would you tell somebody who cannot see it?")


def _asked_twice(documents: Sequence[Document]) -> Iterator[Problem]:
    first: dict[str, tuple[str, Problem]] = {}
    for document in documents:
        for i, entry in enumerate(document.lesson.entries):
            asked: list[tuple[Place, str]] = [(("entries", i, "question"), entry.question)]
            asked += [(("entries", i, "phrasings", j), text) for j, text in enumerate(entry.phrasings)]
            for place, text in asked:
                folded = " ".join(text.casefold().split()).rstrip("?!. ")
                here = document.places.problem(place, "")
                owner, other = first.setdefault(folded, (entry.id, here))
                if other != here:
                    whose = "this entry too" if owner == entry.id else f"the entry '{owner}'"
                    what = f"is asked twice: {other.file}:{other.line} has it for {whose}"
                    yield document.places.problem(place, what)
