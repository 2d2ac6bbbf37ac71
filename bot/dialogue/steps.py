"""The steps of a scenario, in the order in which learners see them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.words import N_, _
from bot.lessons.lesson import Picture, Scenario, Solution, Verdict

# Step ids. They are stored with the progress of learners and must not change.
STORY, PREDICT, COMPARE, BEHIND, QUIZ, FINISH = (
    "story",
    "predict",
    "compare",
    "behind-the-scenes",
    "check",
    "finish",
)

PLAN, HAPPENS, WHY, COST, RIGHT_WHEN, KNOWN = (
    N_("The plan"),
    N_("What happens"),
    N_("Why"),
    N_("What it costs"),
    N_("When this is the right choice"),
    N_("What you know now"),
)
# Names for the texts of a step, by their headings. Saved progress holds them: if one changes, every learner who
# returns is told that the text changed.
PIECES = {
    "": N_("the text"),
    PLAN: N_("the plan"),
    HAPPENS: N_("what happens"),
    WHY: N_("why"),
    COST: N_("what it costs"),
    RIGHT_WHEN: "this is right when",
    KNOWN: N_("what you know now"),
}
TITLE, VERDICT, PICTURE, SOLUTIONS, QUESTION, OPTIONS = (
    N_("the title"),
    N_("the verdict"),
    N_("the picture"),
    N_("the solutions"),
    N_("the question"),
    N_("the options"),
)
# The one that reads differently now.
SHOWN = {PIECES[RIGHT_WHEN]: N_("when this is the right choice")}
# Saved progress holds hashes of these, too: the titles of steps that have none by the author.
_PAGES = {STORY: "The story", COMPARE: "Side by side", BEHIND: "Behind the scenes", FINISH: "The end"}


@dataclass(frozen=True)
class TextBlock:
    """A text of a step, with one of our headings if it needs one. The heading is translated when it is shown."""

    text: str
    heading: str = ""

    @property
    def markdown(self) -> str:
        return f"**{_(self.heading)}**\n{self.text}" if self.heading else self.text


@dataclass(frozen=True)
class SolutionRow:
    """A solution in the list to pick from, or in the comparison."""

    solution: str
    title: str
    verdict: Verdict | None
    cost: str | None
    right_when: str | None
    is_picked: bool = False


@dataclass(frozen=True)
class Step:
    """One page of a walkthrough.

    `page` is our own name for it in English ("Solution {number}"), `written` the author's title. Readers see
    `name`, `title` and `heading`, in the current locale. `notes` stand below the verdict; `related` are entry ids.
    """

    id: str
    page: str
    written: str = ""
    number: int = 0
    blocks: tuple[TextBlock, ...] = ()
    verdict: Verdict | None = None
    notes: tuple[TextBlock, ...] = ()
    picture: Picture | None = None
    rows: tuple[SolutionRow, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return _(self.page, number=self.number)

    @property
    def title(self) -> str:
        return self.written or self.name

    @property
    def heading(self) -> str:
        if self.title == self.name:
            return self.name
        return _("{step}: {title}", step=self.name, title=self.title)


def steps(scenario: Scenario) -> tuple[Step, ...]:
    """Every step of a scenario, in order."""
    walked = [
        Step(STORY, N_("The story"), blocks=(TextBlock(scenario.story),)),
        _predict(scenario),
        *(_solution(n, solution) for n, solution in enumerate(scenario.solutions, 1)),
    ]
    if len(scenario.solutions) > 1 or scenario.picture:
        walked.append(_compare(scenario))
    if scenario.behind_the_scenes:
        walked.append(Step(BEHIND, N_("Behind the scenes"), blocks=(TextBlock(scenario.behind_the_scenes),)))
    if scenario.check:
        walked.append(Step(QUIZ, N_("Quiz")))
    walked.append(_finish(scenario))
    return tuple(walked)


def fingerprints(scenario: Scenario, walked: Sequence[Step]) -> dict[str, dict[str, str]]:
    """For each of the scenario's steps, the hashes of its texts, by the names above.

    They are stored and compared weeks later, so they are the same in every language.
    """
    found = {step.id: dict(_hashes(step)) for step in walked}
    if scenario.check:
        found[QUIZ] = {
            QUESTION: _hash(scenario.check.question),
            # Without the hints: they change nothing of what a learner answered. The format is fixed, as above.
            OPTIONS: _hash(
                *(
                    f"Option(text={each.text!r}, correct={each.correct!r}, feedback={each.feedback!r})"
                    for each in scenario.check.options
                )
            ),
        }
    return found


def _hashes(step: Step) -> Mapping[str, str]:
    if step.id == PREDICT:  # the author wrote nothing else there
        return {SOLUTIONS: _hash(*(row.title for row in step.rows))}
    hashes = {
        TITLE: _hash(step.written or _PAGES.get(step.id, "")),
        **{PIECES[block.heading]: _hash(block.text) for block in (*step.blocks, *step.notes)},
    }
    if step.verdict:
        hashes[VERDICT] = _hash(step.verdict)
    if step.picture:
        # The caption is one of the step's texts, so it has its own hash.
        hashes[PICTURE] = _hash(step.picture.file, step.picture.alt)
    if step.rows:
        # Learners never read the id, so it does not count. The format is fixed: saved progress holds its hashes.
        hashes[SOLUTIONS] = _hash(
            *(
                f"Row(solution='', title={row.title!r}, verdict={row.verdict!r}, cost={row.cost!r}, "
                f"right_when={row.right_when!r}, is_picked=False)"
                for row in step.rows
            )
        )
    return hashes


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]


def _predict(scenario: Scenario) -> Step:
    invitation = _("Pick what you would try first. There is no score. You'll see how each solution turns out.")
    return Step(PREDICT, N_("What would you do?"), blocks=(TextBlock(invitation),), rows=_rows(scenario))


def _solution(number: int, solution: Solution) -> Step:
    texts = (
        (PLAN, solution.plan),
        (HAPPENS, solution.outcome),
        (WHY, solution.why),
    )
    notes = ((COST, solution.cost), (RIGHT_WHEN, solution.right_when))
    return Step(
        solution.id,
        N_("Solution {number}"),
        solution.title,
        number,
        tuple(TextBlock(text, heading) for heading, text in texts if text),
        verdict=solution.verdict,
        notes=tuple(TextBlock(text, heading) for heading, text in notes if text),
        related=solution.related,
    )


def _rows(scenario: Scenario) -> tuple[SolutionRow, ...]:
    return tuple(SolutionRow(s.id, s.title, s.verdict, s.cost, s.right_when) for s in scenario.solutions)


def _compare(scenario: Scenario) -> Step:
    caption = scenario.picture.caption if scenario.picture else ""
    return Step(
        COMPARE,
        N_("Side by side"),
        blocks=(TextBlock(caption),) if caption else (),
        picture=scenario.picture,
        rows=_rows(scenario),
    )


def _finish(scenario: Scenario) -> Step:
    linked = (*scenario.related, *(id_ for solution in scenario.solutions for id_ in solution.related))
    known = (TextBlock(scenario.takeaway, KNOWN),) if scenario.takeaway else ()
    return Step(FINISH, N_("The end"), blocks=known, related=tuple(dict.fromkeys(linked)))
