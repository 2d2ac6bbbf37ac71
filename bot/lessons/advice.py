"""Advice on lesson files: what could be better, though the bot can use them as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pydantic import BaseModel
from Stemmer import Stemmer

from bot.errors import Problem
from bot.language.words import N_, _, _n
from bot.lessons.document import Document, Place
from bot.lessons.lesson import Entry, Picture, Scenario, is_old, keys_of, normalized, remove_characters
from bot.lessons.markdown.not_shown import not_shown
from bot.lessons.misleading import misleading
from bot.lessons.misread import misread
from bot.lessons.nodes import cut_short
from bot.lessons.validation import linking

BUTTON = 80
# Members see these with Markdown. Titles and the questions of entries are plain text.
_FORMATTED = frozenset(
    """
    answer story plan outcome why cost right_when behind_the_scenes takeaway text feedback hint caption
    """.split()
)
# What to write in place of what Discord does not format.
_ANOTHER_WAY = N_("write it in another way")
_INSTEAD = {
    "table": N_("write it as a list, or in a code block"),
    "picture": N_("name its file in '{field}:'"),
    "link": N_("write its full address, with https://"),
    "address": N_("write the address alone, without brackets"),
    "footnote": N_("write the note where it belongs"),
    "box": N_("write it as a quote, with '> ' in front of each line"),
    "task": N_("leave out the brackets"),
    "quote": N_("put a space behind the '>'"),
    "heading": N_("begin it with '### '"),
    "fence": N_("write '```' in its place"),
    "reference": N_("write the link as [text](address)"),
}
_FIXES = {"verdict": "add 'verdict: works', 'tedious' or 'fails'"}
# What stands for the title of a solution that has none.
_NUMBER = re.compile(
    r"(?:solution|option|l\u00f6sung|soluci\u00f3n|opci\u00f3n) ?#?(?:\d{1,3}|[a-z])", re.IGNORECASE
)
_MARKED = re.compile(
    r"`([^`]{1,200})`|\"([^\"]{1,200})\"|“([^”]{1,200})”|'([^']{1,200})'|(?<!\S)([^\w\s?!.,]+)(?=[?!.,]*(?:\s|$))"
)
# Words that change how a question is worded, but not what it means.
_STOP_WORDS = frozenset("a an the is are was were be do does did i we you my our your to".split())
_stemmer = Stemmer("english")


def lesson_advice(documents: Sequence[Document], today: date | None = None) -> list[Problem]:
    """All advice on these lesson files but for `without_phrasings`, in order of file and line.

    With `today`, also the entries whose last review was more than a year before that day.
    """
    alone = [
        hint
        for document in documents
        for check in (_entries, _scenarios, _linked_twice, _misleading, _misread, _empty, _not_shown)
        for hint in check(document)
    ]
    old = _not_reviewed(documents, today) if today else []
    between = [*_asked_twice(documents), *_asked_alike(documents), *_titled_alike(documents)]
    return sorted([*alone, *old, *between])


def without_phrasings(documents: Iterable[Document]) -> list[Problem]:
    """The entries that are asked for in one way only. New lessons have many of them."""
    what = _("has no phrasings; add other ways members ask this")
    fix = "add 'phrasings:' and below it a line '- …' for each"
    return sorted(
        document.places.problem(("entries", i), what, fix)
        for document in documents
        for i, entry in enumerate(document.lesson.entries)
        if not entry.phrasings
    )


def _not_reviewed(documents: Sequence[Document], today: date) -> Iterator[Problem]:
    for document in documents:
        for i, entry in enumerate(document.lesson.entries):
            if entry.reviewed and is_old(entry.reviewed, today):
                what = _(
                    "was last reviewed on {day}, more than a year ago; check that it is still correct",
                    day=entry.reviewed,
                )
                fix = f"correct what is no longer true, then write 'reviewed: {today}'"
                yield document.places.problem(("entries", i, "reviewed"), what, fix)


def _misread(document: Document) -> Iterator[Problem]:
    """Texts that YAML reads differently from how they were typed."""
    for place, index, what in misread(document):
        at = document.places.problem(place, what)
        yield replace(at, line=document.places.lines.at(index))


def _not_shown(document: Document) -> Iterator[Problem]:
    """Markup that Discord shows as plain text; only the first of each kind in each text."""
    for place, text in _texts(document.lesson, ()):
        is_formatted = place[-1] in _FORMATTED or place[-2:] == ("check", "question")
        first: dict[str, str] = {}
        for remark in not_shown(text) if is_formatted else ():
            first.setdefault(remark.why, remark.text)
        for why, markup in first.items():
            field = "image" if place[0] == "entries" else "picture"
            instead = _(_INSTEAD.get(why, _ANOTHER_WAY), field=field)
            what = _("Discord does not format '{text}'; {instead}", text=cut_short(markup), instead=instead)
            yield document.places.problem(place, what)


def _empty(document: Document) -> Iterator[Problem]:
    if not document.lesson.entries and not document.lesson.scenarios:
        yield document.places.problem(
            (), _("has no entries yet; add entries so that the bot can answer questions from it")
        )


def _linked_twice(document: Document) -> Iterator[Problem]:
    for place, part in linking(document.lesson):
        for n, other in enumerate(part.related):
            if other in part.related[:n]:
                what = _("'{id}' is listed twice", id=other)
                yield document.places.problem((*place, "related", n), what, "remove it")


def _titled_alike(documents: Sequence[Document]) -> Iterator[Problem]:
    """Equal titles, which members cannot tell apart in a list."""
    first: dict[tuple[str, ...], Problem] = {}
    for document in documents:
        for place, *title in _titles(document):
            here = document.places.problem(place, "")
            other = first.setdefault(tuple(map(normalized, title)), here)
            if other != here:
                there = f"{other.file}:{other.line}"
                what = _("has the same title as {place}; members cannot tell them apart", place=there)
                yield document.places.problem(place, what, f"give it or {there} another title")


def _titles(document: Document) -> Iterator[tuple[Place, str, str, str]]:
    """Each title: its place, its kind, the list in which members see it, and its text."""
    lesson = document.lesson
    yield ("lesson",), "lesson", lesson.course or "", lesson.lesson
    for i, scenario in enumerate(lesson.scenarios):
        yield ("scenarios", i, "title"), "scenario", "", scenario.title
        for j, solution in enumerate(scenario.solutions):
            yield ("scenarios", i, "solutions", j, "title"), "solution", scenario.id, solution.title


def _entries(document: Document) -> Iterator[Problem]:
    for i, entry in enumerate(document.lesson.entries):
        place: Place = ("entries", i)
        if len(entry.question) > BUTTON:
            what = _n(
                "has {count} character; a button shows only {most}",
                "has {count} characters; a button shows only {most}",
                len(entry.question),
                most=BUTTON,
            )
            fix = remove_characters(len(entry.question) - BUTTON)
            yield document.places.problem((*place, "question"), what, fix)
        yield from _without_alt(document, (*place, "image"), entry.image)


def _scenarios(document: Document) -> Iterator[Problem]:
    for i, scenario in enumerate(document.lesson.scenarios):
        place: Place = ("scenarios", i)
        yield from _without_alt(document, (*place, "picture"), scenario.picture)
        for j, solution in enumerate(scenario.solutions):
            if _NUMBER.fullmatch(solution.title):
                what = _("is only a number, but members choose by it; write in a few words what is done")
                yield document.places.problem((*place, "solutions", j, "title"), what)
            for field in ("outcome", "why", "verdict"):
                if not getattr(solution, field):
                    what = _("has no '{field}' yet", field=field)
                    yield document.places.problem((*place, "solutions", j), what, _FIXES.get(field, _add(field)))
        for where, what, fix in _thin(scenario):
            yield document.places.problem((*place, *where), what, fix)


def _misleading(document: Document) -> Iterator[Problem]:
    for place, text in _texts(document.lesson, ()):
        for what, fix in misleading(text).items():
            yield document.places.problem(place, what, fix)


def _texts(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Each text in a part of a lesson, with its place."""
    parts: Iterable[tuple[int | str, object]] = ()
    match value:
        case str():
            yield place, value
        case BaseModel():
            parts = ((key, getattr(value, name)) for key, name in keys_of(type(value)).items())
        case tuple():
            parts = enumerate(value)
        case Mapping():
            parts = value.items()
    for name, part in parts:
        yield from _texts(part, (*place, name))


def _thin(scenario: Scenario) -> Iterator[tuple[Place, str, str]]:
    """Where a scenario gives learners too little to choose or to learn from: place, problem, and fix."""
    if len(scenario.solutions) == 1:
        yield ("solutions",), _("has only one solution; add another one to choose from"), ""
    verdicts = {solution.verdict for solution in scenario.solutions}
    if not verdicts & {"works", None}:  # a verdict that is missing may be the one that works
        yield ("solutions",), _("none has 'verdict: works'; add a solution that works"), ""
    if not scenario.check:
        yield (), _("has no 'check'; add a quiz question about the cause"), _add("check")
        return
    for k, option in enumerate(scenario.check.options):
        if not option.correct and not option.feedback:
            yield (
                ("check", "options", k),
                _("has no 'feedback'; explain why this option is wrong"),
                _add("feedback"),
            )


def _without_alt(document: Document, place: Place, picture: Picture | None) -> Iterator[Problem]:
    if picture and not picture.alt:
        what = _("has no 'alt'; describe the picture for people who cannot see it")
        yield document.places.problem(place, what, "add 'alt: …' beside the file")


def _asked(document: Document) -> Iterator[tuple[Place, Entry, str]]:
    """Each question and phrasing: its place, its entry, and its text."""
    for i, entry in enumerate(document.lesson.entries):
        yield ("entries", i, "question"), entry, entry.question
        for j, text in enumerate(entry.phrasings):
            yield ("entries", i, "phrasings", j), entry, text


def _asked_twice(documents: Sequence[Document]) -> Iterator[Problem]:
    first: dict[str, tuple[Entry, Problem]] = {}
    for document in documents:
        for place, entry, text in _asked(document):
            here = document.places.problem(place, "")
            owner, other = first.setdefault(normalized(text), (entry, here))
            if other != here:
                there = f"{other.file}:{other.line}"
                if owner.id == entry.id:
                    what = _("is the same as {place}, which belongs to this entry too", place=there)
                    fix = f"remove it here or at {there}"
                else:
                    what = _(
                        "is the same as {place}, which belongs to “{title}”; remove one of them",
                        place=there,
                        title=owner.question,
                    )
                    fix = _remove_one(there)
                yield document.places.problem(place, what, fix)


def _asked_alike(documents: Sequence[Document]) -> Iterator[Problem]:
    """Questions of two entries that differ only in word endings and stop words."""
    first: dict[tuple[str, ...], tuple[Entry, str, Problem]] = {}
    for document in documents:
        for place, entry, text in _asked(document):
            stems = tuple(_stemmer.stemWord(each) for each in re.findall(r"[^\W_]+", text.casefold()))
            content = tuple(each for each in stems if each not in _STOP_WORDS)
            here = document.places.problem(place, "")
            # Two entries may differ only in marked words, such as `is` and `==`.
            content_words = (*(content or stems), *_marked(text))
            owner, same, other = first.setdefault(content_words, (entry, normalized(text), here))
            if owner.id != entry.id and same != normalized(text):
                there = f"{other.file}:{other.line}"
                what = _(
                    "is almost the same as {place}, which belongs to “{title}”; reword or remove one of them",
                    place=there,
                    title=owner.question,
                )
                yield document.places.problem(place, what, _remove_one(there))


def _marked(text: str) -> tuple[str, ...]:
    """The symbols in a text, and its stop words in backticks or quotes."""
    found = [inside.casefold().strip() for groups in _MARKED.findall(text) for inside in groups if inside]
    return tuple(each for each in found if each in _STOP_WORDS or len(each) == 1 or not re.search(r"\w", each))


def _add(field: str) -> str:
    return f"add '{field}: …'"


def _remove_one(there: str) -> str:
    return f"remove it here or at {there}, or merge the two entries"
