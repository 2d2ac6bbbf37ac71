"""What a moderator sees before publishing: the cards, the difference, the impact, and what stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.curating.clash import Clash, clash_of
from bot.curating.diff import Difference, difference, lesson_in, questions_in, title_of
from bot.curating.draft import Draft, FieldProblem
from bot.curating.impact import Impact
from bot.curating.items import Part, part_in, parts_of, read_part, texts_of
from bot.curating.undoing import undo_files, undo_others
from bot.curating.working_copy import Desk, Plan
from bot.dialogue.parts import ScenarioPart
from bot.dialogue.quiz import quiz
from bot.dialogue.reply import Answer, explain
from bot.dialogue.steps import CHECK, PREDICT, fingerprints, steps
from bot.errors import EditError
from bot.language.words import _
from bot.lessons.lesson import Entry, Scenario
from bot.lessons.library import Lessons
from bot.store.revisions import Revision

MAX_CARDS = 5


@dataclass(frozen=True)
class Preview:
    """A draft as it would be published.

    `cards` are what members will see, or will see no more of an entry that is removed. There is no
    `impact` while `problems` or a `clash` stand against it. `rebased`: other parts of the file changed since
    the draft was begun; that is no obstacle. `state` stands for the draft and the lessons that were looked at.
    """

    draft: Draft
    cards: tuple[Answer, ...]
    difference: Difference
    impact: Impact | None = None
    problems: tuple[FieldProblem, ...] = ()
    clash: Clash | None = None
    rebased: bool = False
    state: str = ""


@dataclass(frozen=True)
class Sight:
    """A draft held against the lessons of one moment."""

    plan: Plan
    problems: tuple[FieldProblem, ...]
    clash: Clash | None


def look(draft: Draft, lessons: Lessons, folder: Path, *, undone: Revision | None = None) -> Sight:
    """What publishing the draft would write. `undone` is the revision that it undoes."""
    now, desk = part_in(lessons, draft.part), Desk(lessons)
    clash = None
    if draft.part:
        clash = clash_of(draft.part, draft.begun, draft.fields, now, questions_in(lessons))
    problems = list(draft.problems)
    if not clash and not problems:
        try:
            problems += _edit(desk, draft, now, undone)
        except EditError as error:
            problems.append(FieldProblem("", str(error)))
    plan = Plan({}, lessons) if clash or problems else desk.plan(folder, draft.file)
    return Sight(plan, (*problems, *plan.problems), clash)


def look_at_files(
    draft: Draft, lessons: Lessons, folder: Path, undone: Sequence[Revision], *, anyway: bool
) -> Sight:
    """As `look`, for the undoing of whole files; `anyway` is the choice to lose what is newer in them."""
    desk = Desk(lessons)
    try:
        newer = undo_files(desk, undone, anyway=anyway)
    except EditError as error:
        return Sight(Plan({}, lessons), (FieldProblem("", str(error)),), None)
    if newer:
        return Sight(Plan({}, lessons), (), Clash(None, None, tuple(newer), {}, {}))
    plan = desk.plan(folder, draft.file)
    problems = plan.problems
    if plan.files and problems and plan.after.documents:
        why = _("this change cannot be undone yet: other lessons depend on it, or it depends on them")
        problems = (FieldProblem("", why), *problems)
    return Sight(plan, problems, None)


def see(draft: Draft, lessons: Lessons, sight: Sight, impact: Impact | None, *, rebased: bool) -> Preview:
    """Everything that is shown of it."""
    texts = {file: (old.text if old else None, new) for file, (old, new) in sight.plan.files.items()}
    cards = () if sight.problems or sight.clash else tuple(_cards(draft, lessons, sight.plan.after))
    found = difference(texts, lessons, sight.plan.after)
    return Preview(draft, cards, found, impact, sight.problems, sight.clash, rebased)


def _edit(desk: Desk, draft: Draft, now: Part | None, undone: Revision | None) -> list[FieldProblem]:
    was = _part_before(undone, draft.part)
    is_as_it_was = undone is not None and texts_of(was) == draft.fields
    if undone and is_as_it_was and desk.restore(undone):
        return []
    problems: list[FieldProblem] = []
    if draft.removes:
        if now is None:
            return [FieldProblem("", _("this has already been removed"))]
        desk.remove(draft.part)
    elif draft.part:
        # What was put aside as it was keeps even what no form shows.
        keeps = undone and is_as_it_was and now == _part_after(undone, draft.part)
        part, problems = (was, []) if keeps else read_part(draft.part, now, draft.fields)
        if part:
            desk.put(draft.file, part)
    return problems + (undo_others(desk, undone) if undone else [])


def _part_before(revision: Revision | None, id_: str) -> Part | None:
    return part_at(revision.file, revision.before, id_) if revision else None


def _part_after(revision: Revision, id_: str) -> Part | None:
    return part_at(revision.file, revision.after, id_)


def part_at(file: str, text: str | None, id_: str) -> Part | None:
    """An entry or a scenario as it was in a kept text."""
    return parts_of(lesson_in(file, text)).get(id_)


def title_at(revision: Revision, lessons: Lessons, part: str = "") -> str:
    """What a revision changed, as people call it: this part of it, its own part, or a file.

    An entry or a scenario that was removed is called as it was before.
    """
    if not (id_ := part or revision.part):
        return revision.file
    found = part_in(lessons, id_) or _part_after(revision, id_) or _part_before(revision, id_)
    return title_of(found) if found else revision.file


def _cards(draft: Draft, before: Lessons, after: Lessons) -> list[Answer]:
    ids = [draft.part] if draft.part else _changed(before, after)
    cards: list[Answer] = []
    for id_ in ids[:MAX_CARDS]:
        old, new = part_in(before, id_), part_in(after, id_)
        if isinstance(new, Entry):
            cards.append(explain(after, new))
        elif isinstance(new, Scenario):
            cards += _steps(old if isinstance(old, Scenario) else None, new, after)
        elif isinstance(old, Entry):
            cards.append(explain(before, old))
    return cards[:MAX_CARDS]


def _changed(before: Lessons, after: Lessons) -> list[str]:
    return [
        id_
        for id_ in {**before.entries, **before.scenarios, **after.entries, **after.scenarios}
        if part_in(before, id_) != part_in(after, id_)
    ]


def _steps(old: Scenario | None, new: Scenario, after: Lessons) -> list[Answer]:
    had, has = fingerprints(old) if old else {}, fingerprints(new)
    cards = []
    for step in steps(new):
        if step.id != PREDICT and had.get(step.id) != has[step.id]:
            card = explain(after, ScenarioPart(new, step))
            if step.id == CHECK and new.check:
                asked = quiz(new.check, (), shown=True, learner="")
                card = replace(card, text=asked.text)
            if card.text or card.picture:
                cards.append(card)
    return cards
