"""A scenario walked step by step: (scenario, progress, event) -> progress, and what is seen there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.dialogue.quiz import QuizState, quiz_state, solves
from bot.dialogue.steps import FINISH, KNOWN, PREDICT, QUIZ, SHOWN, STORY, Step, TextBlock, fingerprints, steps
from bot.dialogue.verdict import verdict_word
from bot.language.words import N_, _
from bot.lessons.lesson import Scenario, Solution

PREDICTED, CHECKED = N_("Your pick"), N_("Quiz result")


class Move(StrEnum):
    """What a learner can do without choosing anything."""

    BACK = "back"
    NEXT = "next"
    STUCK = "stuck"  # shows the answer of the check
    AGAIN = "again"  # forgets pick and tries, and begins at the story
    STAY = "stay"


@dataclass(frozen=True)
class Jump:
    """To a step by its id."""

    step: str


@dataclass(frozen=True)
class Predict:
    """The solution a learner would try, by its id."""

    solution: str


@dataclass(frozen=True)
class ChooseOption:
    """An option of the check, by its id."""

    option: str


Event = Move | Jump | Predict | ChooseOption


@dataclass(frozen=True)
class Progress:
    """Where a learner stands, in ids that outlive an edit of the lesson.

    `seen` holds the fingerprints of what they have read, `walked` the order of the steps at that time,
    `predicted_as` the title that the predicted solution had.
    """

    step: str = STORY
    predicted: str = ""
    tried: tuple[str, ...] = ()
    shown: bool = False
    walked: tuple[str, ...] = ()
    seen: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    predicted_as: str = ""


@dataclass(frozen=True)
class StepChange:
    """A step that is not what it was when a learner read it, in words; no `pieces` mean that it is gone."""

    step: str
    name: str
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepView:
    """What a learner sees: the step, where it stands among all steps, and the ways on.

    `is_walked` says that they have seen every step: there is nothing left to lose by walking again.
    """

    scenario: Scenario
    step: Step
    steps: tuple[Step, ...]
    picked: Solution | None = None
    quiz: QuizState | None = None
    is_walked: bool = False

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

    @property
    def is_picked(self) -> bool:
        """Whether this step is the solution that the learner would have tried."""
        return self.picked is not None and self.picked.id == self.step.id


def walk(scenario: Scenario, progress: Progress, event: Event) -> Progress:
    """Where this event leads. Any event is legal anywhere: one that leads nowhere stays."""
    now = standing(scenario, progress)
    new = fingerprints(scenario)
    # Meant for a question, or for solutions, that nobody sees any more: show the new ones first.
    if (isinstance(event, ChooseOption) or event is Move.STUCK) and _is_another(QUIZ, progress, new):
        event = Jump(QUIZ)
    if isinstance(event, Predict) and _is_another(PREDICT, progress, new):
        event = Jump(PREDICT)
    went = _go(scenario, now, event)
    seen = {step: new[step] for step in new if step in went.seen or step == went.step}
    return replace(went, walked=tuple(new), seen=seen)


def standing(scenario: Scenario, progress: Progress) -> Progress:
    """The same progress in the scenario as it is now: at the nearest step that still stands."""
    new = fingerprints(scenario)
    if _is_another(QUIZ, progress, new):
        # Another question: what was right there may be wrong here.
        progress = replace(progress, tried=(), shown=False)
    titles = {solution.id: solution.title for solution in scenario.solutions}
    if titles.get(progress.predicted, progress.predicted_as) != progress.predicted_as:
        # It is called otherwise now: they may never have picked this.
        progress = replace(progress, predicted="", predicted_as="")
    return replace(progress, step=_nearest(progress, new))


def changes(scenario: Scenario, progress: Progress) -> tuple[StepChange, ...]:
    """What the learner has read and is no longer so, in the order of the steps; then what is gone."""
    new = fingerprints(scenario)
    names = {step.id: step.heading for step in steps(scenario)}
    changed = [
        StepChange(id_, names[id_], tuple(_(SHOWN.get(piece, piece)) for piece in pieces))
        for id_ in names
        if id_ in progress.seen and (pieces := _differing(progress.seen[id_], new[id_]))
    ]
    gone = [id_ for id_ in progress.seen if id_ not in names]
    return (*changed, *(StepChange(id_, _("a step that was removed")) for id_ in gone))


def look(scenario: Scenario, progress: Progress, learner: str = "") -> StepView:
    """What a learner sees there; `learner` is any id of theirs, and gives options an order of their own."""
    now = standing(scenario, progress)
    walked = steps(scenario)
    step = next(each for each in walked if each.id == now.step)
    picked = next((each for each in scenario.solutions if each.id == now.predicted), None)
    rows = tuple(replace(row, is_picked=row.solution == now.predicted) for row in step.rows)
    asked = None
    if scenario.check and step.id == QUIZ:
        asked = quiz_state(scenario.check, now.tried, shown=now.shown, learner=learner)
    if step.id == FINISH:
        step = replace(step, blocks=_recap(scenario, now, picked, step.blocks))
    is_walked = all(each.id in progress.seen for each in walked)
    return StepView(scenario, replace(step, rows=rows), walked, picked, asked, is_walked)


def _go(scenario: Scenario, progress: Progress, event: Event) -> Progress:
    walked = [step.id for step in steps(scenario)]
    here = walked.index(progress.step)
    match event:
        case Move.NEXT:
            return replace(progress, step=walked[min(here + 1, len(walked) - 1)])
        case Move.BACK:
            return replace(progress, step=walked[max(here - 1, 0)])
        case Move.AGAIN:
            return replace(progress, step=STORY, predicted="", predicted_as="", tried=(), shown=False, seen={})
        case Move.STUCK if scenario.check:
            shown = progress.shown or not solves(scenario.check, progress.tried)
            return replace(progress, step=QUIZ, shown=shown)
        case Jump(step) if step in walked:
            return replace(progress, step=step)
        case Predict(solution) if title := next((s.title for s in scenario.solutions if s.id == solution), ""):
            step = walked[walked.index(PREDICT) + 1]
            return replace(progress, predicted=solution, predicted_as=title, step=step)
        case ChooseOption(option) if scenario.check and option in {each.id for each in scenario.check.options}:
            # The option tried last is the one that is talked about.
            tried = (*(each for each in progress.tried if each != option), option)
            return replace(progress, step=QUIZ, tried=tried)
    return progress


def _is_another(step: str, progress: Progress, new: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether this step is another one than the learner has read."""
    return step in progress.seen and progress.seen[step] != new.get(step)


def _nearest(progress: Progress, standing_now: Mapping[str, object]) -> str:
    """The step itself, else the last one before it that still stands, else the story."""
    walked = progress.walked
    before = walked[: walked.index(progress.step)] if progress.step in walked else ()
    return next((step for step in (progress.step, *reversed(before)) if step in standing_now), STORY)


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(piece for piece in {**new, **old} if old.get(piece) != new.get(piece))


def _recap(
    scenario: Scenario, progress: Progress, picked: Solution | None, known: tuple[TextBlock, ...]
) -> tuple[TextBlock, ...]:
    blocks = list(known)
    if picked:
        right = [_("This is the right choice when: {when}", when=picked.right_when)] if picked.right_when else []
        blocks.insert(0, TextBlock("\n".join([_came_out(picked), *right]), PREDICTED))
    if not known:
        lines = [f"- {_came_out(each)}" for each in scenario.solutions if each.verdict]
        blocks += [TextBlock("\n".join(lines), KNOWN)] if lines else []
    if scenario.check:
        blocks.append(TextBlock(_quiz_result(scenario, progress), CHECKED))
    return tuple(blocks)


def _came_out(solution: Solution) -> str:
    if not solution.verdict:
        return solution.title
    return _("{solution}: {verdict}", solution=solution.title, verdict=f"**{verdict_word(solution.verdict)}**")


def _quiz_result(scenario: Scenario, progress: Progress) -> str:
    assert scenario.check
    if progress.shown:
        return _("You asked to see the answer.")
    if not solves(scenario.check, progress.tried):
        return _("You haven't answered the quiz yet. Go back and try it.")
    wrong = len(progress.tried) - sum(option.correct for option in scenario.check.options)
    return _("You got it right on the first try.") if wrong == 0 else _("You found the right answer.")
