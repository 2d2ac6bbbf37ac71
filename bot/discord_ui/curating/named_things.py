"""What moderators name in `/lessons`: entries, scenarios and lessons, as they are offered and understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as with_
from itertools import chain, islice

from bot.app import App
from bot.discord_ui.kit.choices import (
    Choosable,
    begun_first,
    fitting,
    meant,
    of_lessons,
    of_questions,
    of_scenarios,
)
from bot.discord_ui.kit.limits import CHOICES
from bot.language.words import _

SCENARIOS = 3  # at most so many scenarios among the choices of an autocomplete
REMOVED = 5  # the same for what was removed


class NamedThings:
    """Those of the lessons now. All but what is `offered…` are `Choosables`: what `meant` looks through."""

    def __init__(self, app: App) -> None:
        self._library = app.library
        self._tutor = app.tutor
        self._curating = app.curating

    def lessons(self, _text: str) -> Iterator[Choosable]:
        return of_lessons(self._library.lessons.documents)

    def lessons_named(self, text: str) -> Iterator[Choosable]:
        """As they are offered beside entries."""
        return (with_(each, name=_("Lesson: {title}", title=each.name)) for each in self.lessons(text))

    def entries(self, text: str) -> Iterator[Choosable]:
        entries = self._library.lessons.entries
        known = chain(self._tutor.questions([text]), self._tutor.beginning(text))
        return map(_with_id, of_questions((each for each in known if each.id in entries), self._tutor))

    def titles(self, _text: str) -> Iterator[Choosable]:
        """Scenarios by their titles alone."""
        return map(_with_id, of_scenarios(self._library.lessons.scenarios.values(), self._tutor))

    def scenarios(self, text: str) -> Iterator[Choosable]:
        """As they are offered beside entries; their titles alone mean them, too."""
        return (with_(each, name=_("Scenario: {title}", title=each.name)) for each in self.titles(text))

    def items(self, text: str) -> Iterator[Choosable]:
        return chain(self.entries(text), self.titles(text), self.scenarios(text))

    async def removed(self, typed: str) -> list[Choosable]:
        """The removed entries and scenarios with this name; if there are none, all whose names contain the text.

        Then those that were not removed are among them, too: who typed a part of a name may mean one of these.
        """
        gone = [Choosable(*each) for each in (await self._curating.removed()).items()]
        found = meant(typed, lambda _text: chain(gone, map(_as_removed, gone)))
        if found or not (like := fitting(typed, lambda _text: gone)):
            return found
        return [*like, *fitting(typed, lambda text: chain(self.entries(text), self.titles(text)))]

    def all(self, text: str) -> Iterator[Choosable]:
        return chain(self.items(text), self.lessons_named(text))

    def offered_entries(self, typed: str) -> list[Choosable]:
        known = self._library.lessons.entries
        text = " ".join(typed.split()).casefold()
        begun = islice(self._tutor.beginning(text), CHOICES) if text else ()
        found = of_questions(dict.fromkeys([*begun, *self._tutor.complete(typed)]), self._tutor)
        return [_with_id(each) for each in found if each.id in known][:CHOICES]

    async def offered_items(self, typed: str) -> list[Choosable]:
        """With those that were removed, last where all begin alike."""
        gone = [Choosable(*each) for each in (await self._curating.removed()).items()]
        # Their titles first, as for scenarios. What was chosen stands with its "(removed)" in the field.
        by_title = [*map(_as_removed, fitting(typed, lambda _text: gone))]
        removed = (by_title or fitting(typed, lambda _text: map(_as_removed, gone)))[:REMOVED]
        shown = [*self._entries_and_scenarios(typed)[: CHOICES - len(removed)], *removed]
        return begun_first(typed, shown, self.titles(""))

    def offered_all(self, typed: str) -> list[Choosable]:
        found = fitting(typed, self.lessons) or fitting(typed, self.lessons_named)
        lessons = begun_first(typed, found, ())[:SCENARIOS]
        ids = {each.id for each in lessons}
        named = [each for each in self.lessons_named("") if each.id in ids]
        shown = [*self._entries_and_scenarios(typed)[: CHOICES - len(named)], *named]
        return begun_first(typed, shown, [*self.titles(""), *lessons])

    def _entries_and_scenarios(self, typed: str) -> list[Choosable]:
        # Titles first: a few letters could also be a part of the prefix "Scenario:".
        fit = fitting(typed, self.titles) or fitting(typed, self.scenarios)
        ids = {each.id for each in begun_first(typed, fit, ())[:SCENARIOS]}
        scenarios = [each for each in self.scenarios("") if each.id in ids]
        return [*self.offered_entries(typed)[: CHOICES - len(scenarios)], *scenarios]


def _as_removed(thing: Choosable) -> Choosable:
    return with_(thing, name=_("{title} (removed)", title=thing.name))


def _with_id(thing: Choosable) -> Choosable:
    """The choice with its id, which moderators know: two entries of a lesson can have the same question."""
    return with_(thing, hints=(*thing.hints, thing.id))
