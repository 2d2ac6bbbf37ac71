"""A scenario walked step by step: (scenario, progress, event) -> progress, and what is seen there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.lessons.lesson import Option, Picture, Scenario, Solution, Verdict

STORY, COMPARE, BEHIND, CHECK = "story", "compare", "behind-the-scenes", "check"


class Move(StrEnum):
    """What a learner can do without choosing anything."""

    BACK = "back"
    NEXT = "next"


@dataclass(frozen=True)
class Jump:
    """To a step by its id."""

    step: str


@dataclass(frozen=True)
class Choose:
    """An option of the check, by its id."""

    option: str


Event = Move | Jump | Choose


@dataclass(frozen=True)
class Progress:
    """Where a learner stands, in ids that outlive an edit of the lesson."""

    step: str = STORY
    chosen: str | None = None


@dataclass(frozen=True)
class Block:
    """A piece of a step, with a heading of its own where it needs one."""

    text: str
    heading: str = ""


@dataclass(frozen=True)
class Step:
    """One page of a walkthrough."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    verdict: Verdict | None = None
    picture: Picture | None = None
    options: tuple[Option, ...] = ()
    chosen: Option | None = None


@dataclass(frozen=True)
class View:
    """What a learner sees: the step, where it stands among all steps, and the ways on."""

    scenario: Scenario
    step: Step
    steps: tuple[Step, ...]

    @property
    def position(self) -> int:
        """From 1."""
        return 1 + [step.id for step in self.steps].index(self.step.id)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def is_first(self) -> bool:
        return self.position == 1

    @property
    def is_last(self) -> bool:
        return self.position == self.total


def steps(scenario: Scenario) -> tuple[Step, ...]:
    """Every step of a scenario, in the order in which it is walked."""
    walked = [Step(STORY, "The story", (Block(scenario.story),)), *map(_solution, scenario.solutions)]
    if scenario.picture or any(solution.verdict for solution in scenario.solutions):
        walked.append(_compare(scenario))
    if scenario.behind_the_scenes:
        walked.append(Step(BEHIND, "Behind the scenes", (Block(scenario.behind_the_scenes),)))
    if scenario.check:
        walked.append(Step(CHECK, "Check yourself", _check(scenario), options=scenario.check.options))
    return tuple(walked)


def walk(scenario: Scenario, progress: Progress, event: Event) -> Progress:
    """Where this event leads. Any event is legal anywhere: one that leads nowhere stays."""
    walked = [step.id for step in steps(scenario)]
    here = walked.index(progress.step) if progress.step in walked else 0
    match event:
        case Move.NEXT:
            return Progress(walked[min(here + 1, len(walked) - 1)])
        case Move.BACK:
            return Progress(walked[max(here - 1, 0)])
        case Jump(step) if step in walked:
            return Progress(step)
        case Choose(option) if scenario.check and option in {each.id for each in scenario.check.options}:
            return Progress(CHECK, option)
    return Progress(walked[here])


def look(scenario: Scenario, progress: Progress) -> View:
    """What a learner sees there; the story, where that step is gone from the lesson."""
    walked = steps(scenario)
    step = next((each for each in walked if each.id == progress.step), walked[0])
    chosen = next((option for option in step.options if option.id == progress.chosen), None)
    if chosen:
        word = "Right." if chosen.correct else "Not quite."
        said = Block(f"**{chosen.text}**\n{word} {chosen.feedback}".rstrip())
        step = Step(step.id, step.title, (*step.blocks, said), options=step.options, chosen=chosen)
    return View(scenario, step, walked)


def _solution(solution: Solution) -> Step:
    parts = (
        ("The plan", solution.plan),
        ("What happens", solution.outcome),
        ("Why", solution.why),
        ("This is right when", solution.right_when),
    )
    blocks = tuple(Block(text, heading) for heading, text in parts if text)
    return Step(solution.id, solution.title, blocks, verdict=solution.verdict)


def _compare(scenario: Scenario) -> Step:
    lines = [
        f"{n}. {solution.title}" + (f": **{solution.verdict}**" if solution.verdict else "")
        for n, solution in enumerate(scenario.solutions, 1)
    ]
    blocks = [Block("\n".join(lines))]
    if scenario.picture and scenario.picture.caption:
        blocks.append(Block(scenario.picture.caption))
    return Step(COMPARE, "Side by side", tuple(blocks), picture=scenario.picture)


def _check(scenario: Scenario) -> tuple[Block, ...]:
    assert scenario.check
    right = sum(option.correct for option in scenario.check.options)
    hint = (Block(f"{right} of these are right."),) if right > 1 else ()
    return (Block(scenario.check.question), *hint)
