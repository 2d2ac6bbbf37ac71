"""Offers choices as somebody types (autocomplete), and finds what is meant by a choice.

Discord sends the value of a choice, or its name if the member changed the channel while typing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from discord import app_commands

from bot.dialogue.reply import Question
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import CHOICE_TEXT, CHOICES
from bot.discord_ui.kit.markdown import HINT, escaped, in_one_line, shorten, told_apart
from bot.language.catalogues import catalogue, languages
from bot.language.words import _, in_locale
from bot.lessons.document import Document
from bot.lessons.lesson import Scenario
from bot.tutor import Tutor

LISTED = 10  # things that share a name
LISTED_TEXT = 200
LONGEST_NAME = 200  # characters of a question or title in full; a list shortens them
# `told_apart` adds it to names that are otherwise equal.
_NUMBER = re.compile(r" \([0-9]{1,4}\)$")
_FIELD = re.compile(r"\{\w+\}")
BEGIN = 40  # characters of a name that are always shown, however much it is shortened


@dataclass(frozen=True)
class Choosable:
    """Something to choose: its id, its name, and what distinguishes it from others of that name."""

    id: str
    name: str
    hints: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        return (self.name, *self.hints)

    @property
    def lines(self) -> Iterator[str]:
        """The names under which it may be shown: alone, and with each further part."""
        return (in_one_line(self.parts[:count]) for count in range(1, len(self.parts) + 1))


# Called with a text, returns all things whose name begins with it or whose id it is; it may return more.
# It is called once for each language, as some names are translated.
Choosables = Callable[[str], Iterable[Choosable]]


def offer(things: Iterable[Choosable], *, by_name: bool = False) -> list[app_commands.Choice[str]]:
    """The first of these as choices with different names. Their values are ids, or with `by_name` the names."""
    some = list(things)[:CHOICES]
    names = told_apart([each.parts for each in some], CHOICE_TEXT)
    return [
        app_commands.Choice(name=name, value=name if by_name or len(each.id) > CHOICE_TEXT else each.id)
        for name, each in zip(names, some, strict=True)
    ]


def fitting(typed: str, things: Choosables) -> list[Choosable]:
    """The things whose name contains what was typed; if there are none, those that `meant` finds."""
    half = _plain(typed)
    return [each for each in things("") if half in _plain(each.name)] or meant(typed, things)


def begun_first(typed: str, shown: Iterable[Choosable], titles: Iterable[Choosable]) -> list[Choosable]:
    """The things to offer, in their order, but first those with a title that begins with what was typed.

    `titles` are those whose name is shown with a prefix.
    """
    named, begin = {each.id: each.name for each in titles}, _plain(typed)
    return sorted(shown, key=lambda each: not _plain(named.get(each.id, each.name)).startswith(begin))


def meant(typed: str, things: Choosables) -> list[Choosable]:
    """The things with this id, or with this name as it was offered, in any language.

    Several things can share a name: then ask the member which one they mean.
    """
    for each in things(typed):
        if each.id == typed:
            return [each]
    name = _plain(typed)
    bare = _NUMBER.sub("", name)
    if not bare or len(bare) > LONGEST_NAME:
        return []
    begin = _begin(bare)
    near: dict[tuple[str, str], Choosable] = {}
    for language in languages():
        with in_locale(language):
            near |= {(each.id, each.name): each for each in things(begin)}
    for wanted in dict.fromkeys((name, bare)):
        for is_meant in (_is_called, _is_short_for):
            found = {each.id: each for each in near.values() if is_meant(wanted, each)}
            if found:
                return list(found.values())
    return []


@lru_cache(maxsize=16)  # one text is looked at several times
def beginning_of(typed: str) -> str:
    """How the names of all things begin that `meant` can find for a text."""
    return _begin(_NUMBER.sub("", _plain(typed)))


def _begin(bare: str) -> str:
    return bare.partition(HINT)[0][:BEGIN]


def may_be_called(typed: str, name: str) -> bool:
    """Whether what was typed begins like this text of ours does in some language: quick, before `meant`."""
    return beginning_of(typed) in _beginnings(name, languages())


def may_be_made_of(typed: str, template: str) -> bool:
    """Whether what was typed has the fixed words of a text of ours in some language: quick, before `meant`."""
    said = _plain(typed)
    return any(all(part in said for part in parts) for parts in _fixed_words(template, languages()))


@cache
def _beginnings(name: str, tags: tuple[str, ...]) -> frozenset[str]:
    """All that `beginning_of` can return for a part of this text in one of these languages."""
    return frozenset(each[:n] for each in _in_all_languages(name, tags) for n in range(BEGIN + 1))


@cache
def _fixed_words(template: str, tags: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What stands around the fields of a text of ours, in each language."""
    return tuple(
        tuple(part for part in map(str.strip, _FIELD.split(each)) if part)
        for each in _in_all_languages(template, tags)
    )


@cache
def _in_all_languages(text: str, tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_plain(catalogue(each).gettext(text)) for each in tags)


def _is_called(wanted: str, thing: Choosable) -> bool:
    """Whether this is its name, in full or as a list shortens it."""
    return any(
        wanted == _plain(line) or (len(line) > CHOICE_TEXT and wanted == _plain(shorten(line, CHOICE_TEXT)))
        for line in thing.lines
    )


def _is_short_for(wanted: str, thing: Choosable) -> bool:
    """Whether this is its name with a part replaced by '…'. Lists keep at least half of a line."""
    if len(wanted) < CHOICE_TEXT // 2 or "…" not in wanted:
        return False
    cuts = [found.start() for found in re.finditer("…", wanted)]
    return any(
        line.startswith(wanted[:cut]) and line.endswith(wanted[cut + 1 :]) and len(line) >= len(wanted)
        for line in map(_plain, thing.lines)
        for cut in cuts
    )


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


async def tell_which(interaction: Interaction, found: Sequence[Choosable]) -> None:
    """Say that several things share the typed name, and list their ids."""
    lines = [f"- `{each.id}`: {escaped(shorten(in_one_line(each.parts), LISTED_TEXT))}" for each in found[:LISTED]]
    several = _(
        "More than one has that name. Instead of the name, type the text at the start of the line you want:"
    )
    await tell(interaction, "\n".join([several, *lines]))


def of_questions(questions: Iterable[Question], tutor: Tutor) -> Iterator[Choosable]:
    """Canonical questions, distinguished by their lessons."""
    return (Choosable(each.id, each.text, tutor.origin(each.id)) for each in questions)


def of_lessons(documents: Iterable[Document]) -> Iterator[Choosable]:
    """Lessons by their titles, distinguished by their courses and files."""
    return (Choosable(each.file, each.lesson.lesson, (each.lesson.course or "", each.file)) for each in documents)


def lesson_key(document: Document) -> str:
    """A short key of a lesson for custom_ids: its file's name may be too long, and titles may be equal."""
    return key_of(document.file)


def key_of(file: str) -> str:
    """The key of the lesson in this file."""
    return hashlib.sha256(file.encode()).hexdigest()[:12]


def of_scenarios(scenarios: Iterable[Scenario], tutor: Tutor) -> Iterator[Choosable]:
    """Scenarios by their titles, distinguished by their lessons."""
    return (Choosable(each.id, each.title, tutor.origin(each.id)) for each in scenarios)


def scenarios_called(typed: str, tutor: Tutor) -> list[Scenario]:
    """The scenarios that this may mean: by id, by a name that was offered, or by a part of only one title."""
    found = meant(typed, lambda _text: of_scenarios(tutor.scenarios, tutor))
    by_part = tutor.find_scenario(typed) if not found else None
    called = [tutor.scenario(each.id) for each in found] or [by_part]
    return [each for each in called if each]


def labels(things: Iterable[Choosable], limit: int) -> list[str]:
    """The labels of these things for buttons and menus, no two alike."""
    return told_apart([each.parts for each in things], limit)
