"""A scenario that was changed in its source: the solutions it gets and loses, its quiz, and texts to merge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.curating.items import Texts, texts_of
from bot.language.words import _
from bot.lessons.lesson import Item, Scenario, Solution

# How alike two plans are if one is the other, edited.
_ALIKE = 60


@dataclass(frozen=True)
class Shaped:
    """An item as it is here, with the solutions and the quiz that it gets from its source; and texts to merge.

    `begun` are the texts of the last import, `mine` those of the source, without those that have no place here.
    `left` says what of the change can be made only in the lesson file.
    """

    here: Item
    begun: Texts
    mine: Texts
    left: tuple[str, ...] = ()


def shaped(base: Item | None, mine: Item, here: Item) -> Shaped:
    """What the source changed of `base`, for what is `here`."""
    if not isinstance(mine, Scenario) or not isinstance(here, Scenario):
        return Shaped(here, texts_of(base), texts_of(mine))
    base = base if isinstance(base, Scenario) else None
    mine = _renamed(mine, (base or here).solutions)
    left: list[str] = []
    solutions = _solutions(base, mine, here, left)
    check = here.check
    if mine.check and not here.check and not (base and base.check):
        check = mine.check
    elif not mine.check and base and base.check and here.check == base.check:
        check = None
    elif mine.check and here.check and len(mine.check.options) != len(here.check.options):
        if base is None or mine.check != base.check:
            left.append(
                _(
                    "quiz options can be added, removed or reordered only in the lesson file: download "
                    "it with `/lessons export`, edit it, and upload it with `/lessons import`"
                )
            )
        check = here.check
        mine = mine.model_copy(update={"check": base.check if base else None})
    now = here.model_copy(update={"solutions": tuple(solutions), "check": check})
    return Shaped(now, *_texts(base, mine, now), tuple(left))


def _renamed(mine: Scenario, old: Sequence[Solution]) -> Scenario:
    """With the ids that its solutions had: one with a new title is still the same one."""
    ids = {each.id for each in mine.solutions}
    waiting = [each for each in old if each.id not in ids]
    known = {each.id for each in old}
    solutions = []
    for each in mine.solutions:
        same = max(waiting, key=lambda one: fuzz.ratio(one.plan, each.plan), default=None)
        if each.id not in known and same and fuzz.ratio(same.plan, each.plan) >= _ALIKE:
            waiting.remove(same)
            solutions.append(each.model_copy(update={"id": same.id}))
        else:
            solutions.append(each)
    return mine.model_copy(update={"solutions": tuple(solutions)})


def _solutions(base: Scenario | None, mine: Scenario, here: Scenario, left: list[str]) -> list[Solution]:
    was = {each.id: each for each in base.solutions} if base else {}
    wanted = [each.id for each in mine.solutions]
    solutions: list[Solution] = []
    for each in here.solutions:
        if each.id in wanted or each.id not in was:
            solutions.append(each)
        elif each != was[each.id]:
            left.append(_("“{title}” is gone from the source, but was edited here; it stays", title=each.title))
            solutions.append(each)
    there = {each.id for each in here.solutions}
    new = [each for each in mine.solutions if each.id not in there and each.id not in was]
    if not solutions and not new:
        left.append(_("its last solution is gone from the source; it stays"))
        return list(here.solutions)
    for each in new:
        above = wanted[: wanted.index(each.id)]
        at = max((n for n, one in enumerate(solutions, 1) if one.id in above), default=0)
        solutions.insert(at, each)
    now = [each.id for each in solutions]
    if not _are_in_order(list(was), wanted) and not _are_in_order(now, wanted):
        left.append(
            _(
                "solutions can be added, removed or reordered only in the lesson file: download it "
                "with `/lessons export`, edit it, and upload it with `/lessons import`"
            )
        )
    return solutions


def _are_in_order(ids: Sequence[str], others: Sequence[str]) -> bool:
    """Whether those that both have are in the same order."""
    return [each for each in ids if each in others] == [each for each in others if each in ids]


def _texts(base: Scenario | None, mine: Scenario, now: Scenario) -> tuple[Texts, Texts]:
    begun, wanted, have = texts_of(base), texts_of(mine), texts_of(now)
    for texts in (begun, wanted):
        for field in [each for each in texts if _is_inner(each) and each not in have]:
            del texts[field]
    for field, text in have.items():
        if _is_inner(field) and field not in wanted:  # it stays as it is here
            begun[field] = wanted[field] = begun.get(field, text)
    return begun, wanted


def _is_inner(field: str) -> bool:
    return field.startswith(("solutions.", "check."))
