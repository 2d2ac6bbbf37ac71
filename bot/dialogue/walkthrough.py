"""A scenario walked step by step: an event changes the progress, and the progress decides the view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.dialogue.quiz import QuizState, next_hint, quiz_state, solves
from bot.dialogue.steps import FINISH, KNOWN, PREDICT, QUIZ, SHOWN, STORY, Step, TextBlock, fingerprints, steps
from bot.dialogue.titles import plain_title
from bot.dialogue.verdict import verdict_word
from bot.language.words import N_, _
from bot.lessons.lesson import Scenario, Solution

PREDICTED, CHECKED = N_("Your pick"), N_("Quiz result")


class Move(StrEnum):
    """What a learner can do without choosing anything."""

    BACK = "back"
    NEXT = "next"
    HINT = "hint"  # show the next hint of the quiz
    STUCK = "stuck"  # show the answer of the quiz
    AGAIN = "again"  # forget pick and tries, and begin at the story
    STAY = "stay"


def stuck(quiz: QuizState) -> Move:
    """What helps a learner who is stuck: the next hint, and the answer where there are no more hints."""
    return Move.HINT if quiz.more_hints else Move.STUCK


@dataclass(frozen=True)
class Jump:
    """Go to a step, by its id."""

    step: str


@dataclass(frozen=True)
class Predict:
    """The solution a learner would try, by its id."""

    solution: str


@dataclass(frozen=True)
class ChooseOption:
    """An option of the quiz, by its id."""

    option: str


Event = Move | Jump | Predict | ChooseOption


@dataclass(frozen=True)
class Progress:
    """How far a learner has come. It holds ids, which stay valid when the lesson is edited.

    `seen` holds the fingerprints of the steps they read, `walked` the order of the steps at that time,
    `predicted_as` the title that the predicted solution had, and `hinted` the quiz options whose hints they saw.
    All of it is stored: its names must not change.
    """

    step: str = STORY
    predicted: str = ""
    tried: tuple[str, ...] = ()
    shown: bool = False
    walked: tuple[str, ...] = ()
    seen: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    predicted_as: str = ""
    hinted: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepChange:
    """A step that changed since the learner read it, in words; without `changed`, the step was removed."""

    step: str
    name: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepView:
    """What a learner sees: a step and its position among all steps.

    `is_walked`: the learner has seen every step, so starting over loses nothing.
    """

    scenario: Scenario
    step: Step
    steps: tuple[Step, ...]
    picked: Solution | None
    quiz: QuizState | None
    is_walked: bool

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
        """Whether this step is the solution that the learner picked."""
        return self.picked is not None and self.picked.id == self.step.id

    @property
    def before_pick(self) -> int:
        """How many solutions come from this step on before the one that the learner picked; else 0."""
        order = [each.id for each in self.scenario.solutions]
        if self.picked is None or self.step.id not in order:
            return 0
        return max(0, order.index(self.picked.id) - order.index(self.step.id))


class Walkthrough:
    """A scenario being walked. Made for each press: the steps and their fingerprints are computed once."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.steps = steps(scenario)
        self.fingerprints = fingerprints(scenario, self.steps)

    def advance(self, progress: Progress, event: Event) -> Progress:
        """The progress after this event. Every event is allowed everywhere; one that leads nowhere stays."""
        # The learner answered a quiz, or picked from solutions, that an edit replaced: show the new ones first.
        is_about_quiz = isinstance(event, ChooseOption) or event in {Move.HINT, Move.STUCK}
        if is_about_quiz and self._is_changed(QUIZ, progress):
            event = Jump(QUIZ)
        if isinstance(event, Predict) and self._is_changed(PREDICT, progress):
            event = Jump(PREDICT)
        after = self._go(self.rebase(progress), event)
        new = self.fingerprints
        seen = {step: new[step] for step in new if step in after.seen or step == after.step}
        return replace(after, walked=tuple(new), seen=seen)

    def rebase(self, progress: Progress) -> Progress:
        """The same progress in the scenario as it is now: at the nearest step that still exists."""
        if self._is_changed(QUIZ, progress):
            # An option that was correct in the old quiz may be wrong in the new one.
            progress = replace(progress, tried=(), shown=False, hinted=())
        titles = {solution.id: solution.title for solution in self.scenario.solutions}
        if titles.get(progress.predicted, progress.predicted_as) != progress.predicted_as:
            # The solution has another title now: the learner may not have picked what it says.
            progress = replace(progress, predicted="", predicted_as="")
        return replace(progress, step=self._nearest(progress))

    def is_outdated(self, panel_step: str, progress: Progress) -> bool:
        """Whether a panel that shows this step is behind the progress."""
        return panel_step not in {progress.step, self.rebase(progress).step}

    def changes(self, progress: Progress) -> tuple[StepChange, ...]:
        """What changed since the learner read it, in the order of the steps; then the steps that were removed."""
        seen = progress.seen
        changed = [
            StepChange(step.id, step.heading, tuple(_(SHOWN.get(name, name)) for name in names))
            for step in self.steps
            if step.id in seen and (names := _differing(seen[step.id], self.fingerprints[step.id]))
        ]
        removed = [StepChange(id_, _("a step that was removed")) for id_ in seen if id_ not in self.fingerprints]
        return (*changed, *removed)

    def view(self, progress: Progress, learner: str = "") -> StepView:
        """What a learner sees; their id, `learner`, decides the order of the quiz options."""
        now, scenario = self.rebase(progress), self.scenario
        step = next(each for each in self.steps if each.id == now.step)
        picked = next((each for each in scenario.solutions if each.id == now.predicted), None)
        rows = tuple(replace(row, is_picked=row.solution == now.predicted) for row in step.rows)
        asked = None
        if scenario.check and step.id == QUIZ:
            asked = quiz_state(scenario.check, now.tried, shown=now.shown, learner=learner, hinted=now.hinted)
        if step.id == FINISH:
            step = replace(step, blocks=_recap(scenario, now, picked, step.blocks))
        is_walked = all(each.id in progress.seen for each in self.steps)
        return StepView(scenario, replace(step, rows=rows), self.steps, picked, asked, is_walked)

    def _go(self, progress: Progress, event: Event) -> Progress:
        scenario, order = self.scenario, list(self.fingerprints)
        here = order.index(progress.step)
        match event:
            case Move.NEXT:
                return replace(progress, step=order[min(here + 1, len(order) - 1)])
            case Move.BACK:
                return replace(progress, step=order[max(here - 1, 0)])
            case Move.AGAIN:
                return Progress()
            case Move.HINT if scenario.check:
                following = next_hint(scenario.check, progress.tried, progress.hinted)
                hinted = progress.hinted if following is None else (*progress.hinted, following)
                return replace(progress, step=QUIZ, hinted=hinted)
            case Move.STUCK if scenario.check:
                shown = progress.shown or not solves(scenario.check, progress.tried)
                return replace(progress, step=QUIZ, shown=shown)
            case Jump(step) if step in order:
                return replace(progress, step=step)
            case Predict(picked) if title := next((s.title for s in scenario.solutions if s.id == picked), ""):
                step = order[order.index(PREDICT) + 1]
                return replace(progress, predicted=picked, predicted_as=title, step=step)
            case ChooseOption(option) if scenario.check and option in {each.id for each in scenario.check.options}:
                # The feedback is about the option that was tried last.
                tried = (*(each for each in progress.tried if each != option), option)
                return replace(progress, step=QUIZ, tried=tried)
        return progress

    def _is_changed(self, step: str, progress: Progress) -> bool:
        """Whether the learner read another version of this step."""
        return step in progress.seen and progress.seen[step] != self.fingerprints.get(step)

    def _nearest(self, progress: Progress) -> str:
        """The step itself, else the last one before it that still exists, else the story."""
        walked = progress.walked
        before = walked[: walked.index(progress.step)] if progress.step in walked else ()
        return next((step for step in (progress.step, *reversed(before)) if step in self.fingerprints), STORY)


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
    title = plain_title(solution.title)
    if not solution.verdict:
        return title
    return _("{solution}: {verdict}", solution=title, verdict=f"**{verdict_word(solution.verdict)}**")


def _quiz_result(scenario: Scenario, progress: Progress) -> str:
    assert scenario.check
    if progress.shown:
        return _("You asked to see the answer.")
    if not solves(scenario.check, progress.tried):
        return _("You haven't answered the quiz yet. Go back and try it.")
    wrong = len(progress.tried) - sum(option.correct for option in scenario.check.options)
    return _("You got it right on the first try.") if wrong == 0 else _("You found the right answer.")
