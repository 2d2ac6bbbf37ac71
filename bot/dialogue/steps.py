"""A scenario as the steps that are walked, in order, as an author wrote them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.lessons.lesson import Picture, Scenario, Solution, Verdict

STORY, PREDICT, COMPARE, BEHIND, CHECK, FINISH = (
    "story",
    "predict",
    "compare",
    "behind-the-scenes",
    "check",
    "finish",
)

INVITATION = "Pick what you would try first. Nobody keeps score: you will see how each one plays out."


@dataclass(frozen=True)
class Block:
    """A piece of a step, with a heading of its own where it needs one."""

    text: str
    heading: str = ""

    @property
    def markdown(self) -> str:
        return f"**{self.heading}**\n{self.text}" if self.heading else self.text


@dataclass(frozen=True)
class Row:
    """A solution beside the others."""

    solution: str
    title: str
    verdict: Verdict | None
    cost: str | None
    right_when: str | None
    is_picked: bool = False


@dataclass(frozen=True)
class Step:
    """One page of a walkthrough.

    `name` says which page it is ("Solution 2"), `title` what it is about, `related` which entries belong
    to it. `notes` are what there is to say once the verdict is known.
    """

    id: str
    name: str
    title: str
    blocks: tuple[Block, ...] = ()
    verdict: Verdict | None = None
    notes: tuple[Block, ...] = ()
    picture: Picture | None = None
    rows: tuple[Row, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        return self.title if self.title == self.name else f"{self.name}: {self.title}"


def steps(scenario: Scenario) -> tuple[Step, ...]:
    """Every step of a scenario, in the order in which it is walked."""
    walked = [
        Step(STORY, "The story", "The story", (Block(scenario.story),)),
        Step(PREDICT, "What would you do?", "What would you do?", (Block(INVITATION),), rows=_rows(scenario)),
        *(_solution(n, solution) for n, solution in enumerate(scenario.solutions, 1)),
    ]
    if len(scenario.solutions) > 1 or scenario.picture:
        walked.append(_compare(scenario))
    if scenario.behind_the_scenes:
        walked.append(Step(BEHIND, "Behind the scenes", "Behind the scenes", (Block(scenario.behind_the_scenes),)))
    if scenario.check:
        walked.append(Step(CHECK, "Check yourself", "Check yourself"))
    walked.append(_finish(scenario))
    return tuple(walked)


def fingerprints(scenario: Scenario) -> dict[str, dict[str, str]]:
    """For each step its pieces, by what a learner would call them, as fingerprints of their texts."""
    found = {step.id: dict(_pieces(step)) for step in steps(scenario)}
    if scenario.check:
        found[CHECK] = {
            "the question": _hash(scenario.check.question),
            "the options": _hash(*map(repr, scenario.check.options)),
        }
    return found


def _pieces(step: Step) -> Mapping[str, str]:
    if step.id == PREDICT:  # all else there is ours, not the author's
        return {"the solutions": _hash(*(row.title for row in step.rows))}
    pieces = {
        "the title": _hash(step.title),
        **{block.heading.lower() or "the text": _hash(block.text) for block in (*step.blocks, *step.notes)},
    }
    if step.verdict:
        pieces["the verdict"] = _hash(step.verdict)
    if step.picture:
        # Its caption is a text of the step.
        pieces["the picture"] = _hash(step.picture.file, step.picture.alt)
    if step.rows:
        # An id is not read by anybody.
        pieces["the solutions"] = _hash(*(repr(replace(row, solution="")) for row in step.rows))
    return pieces


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]


def _solution(number: int, solution: Solution) -> Step:
    pieces = (
        ("The plan", solution.plan),
        ("What happens", solution.outcome),
        ("Why", solution.why),
    )
    notes = (("What it costs", solution.cost), ("This is right when", solution.right_when))
    return Step(
        solution.id,
        f"Solution {number}",
        solution.title,
        tuple(Block(text, heading) for heading, text in pieces if text),
        verdict=solution.verdict,
        notes=tuple(Block(text, heading) for heading, text in notes if text),
        related=solution.related,
    )


def _rows(scenario: Scenario) -> tuple[Row, ...]:
    return tuple(Row(s.id, s.title, s.verdict, s.cost, s.right_when) for s in scenario.solutions)


def _compare(scenario: Scenario) -> Step:
    caption = scenario.picture.caption if scenario.picture else ""
    return Step(
        COMPARE,
        "Side by side",
        "Side by side",
        (Block(caption),) if caption else (),
        picture=scenario.picture,
        rows=_rows(scenario),
    )


def _finish(scenario: Scenario) -> Step:
    linked = (*scenario.related, *(id_ for solution in scenario.solutions for id_ in solution.related))
    known = (Block(scenario.takeaway, "What you know now"),) if scenario.takeaway else ()
    return Step(FINISH, "The end", "The end", known, related=tuple(dict.fromkeys(linked)))
