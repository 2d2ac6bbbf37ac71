"""Draws a step of a walkthrough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from bot.dialogue.quiz import Mark, QuizState
from bot.dialogue.reply import Question
from bot.dialogue.steps import PREDICT, SolutionRow, TextBlock
from bot.dialogue.verdict import verdict_word
from bot.dialogue.walkthrough import StepChange, StepView
from bot.language.words import _
from bot.terminal_ui.replies import listed, picture_lines, verdict_line
from bot.terminal_ui.screen import NOT_RIGHT, RIGHT, STYLES, YOUR_PICK, Item, Piece, Screen
from bot.tutor import Tutor

MARKS = {Mark.OPEN: (), Mark.RIGHT: (RIGHT,), Mark.WRONG: (NOT_RIGHT,)}


def place(view: StepView) -> str:
    """The position of a view, in a few words."""
    return f"{view.position} of {view.total} · {view.step.name}"


def show_page(screen: Screen, tutor: Tutor, view: StepView, related: Sequence[Question]) -> None:
    """Draw the step of this view."""
    style = STYLES.get(view.step.verdict or "", "blue")
    screen.card(place(view), _pieces(tutor, view, related), style, view.scenario.title)


def steps_of(view: StepView) -> str:
    """All steps with their numbers; the current one is marked."""
    lines = [f"  {n}. {step.heading}" for n, step in enumerate(view.steps, 1)]
    lines[view.position - 1] += " (you are here)"
    return "\n".join(lines)


def news(changes: Sequence[StepChange]) -> str:
    """What changed since the learner read it."""
    lines = [
        f"  - {change.name}: {', '.join(change.changed)}" if change.changed else f"  - {change.name}"
        for change in changes
    ]
    return "\n".join([_("Updated since your last visit") + ":", *lines])


def _pieces(tutor: Tutor, view: StepView, related: Sequence[Question]) -> Iterator[Piece]:
    step = view.step
    title = [Text(step.title, style="bold")] if step.title != step.name else []
    pick = [Text(YOUR_PICK, style=STYLES[YOUR_PICK])] if view.is_picked else []
    if title or pick:
        yield Text("\n").join([*title, *pick])
    if view.quiz:
        yield from _quiz(view.quiz)
    if step.rows and step.id != PREDICT:
        yield tuple(_compared(row) for row in step.rows)
    yield from step.blocks
    if step.id == PREDICT:
        # Verdicts would reveal which solution works.
        yield tuple(Item(row.title, (YOUR_PICK,) if row.is_picked else ()) for row in step.rows)
    if step.verdict:
        yield verdict_line(step.verdict)
    yield from step.notes
    below = picture_lines(tutor, step.picture)
    if related:
        below += ["Related:", *listed(related)]
    if below:
        yield Text("\n".join(below), style="dim")


def _quiz(quiz: QuizState) -> Iterator[Piece]:
    yield TextBlock(quiz.question)
    if quiz.how_many:
        yield Text(quiz.how_many)
    yield tuple(Item(choice.option.text, MARKS[choice.mark]) for choice in quiz.choices)
    yield from (TextBlock(each) for each in quiz.hint_lines)
    if quiz.said:
        yield TextBlock(quiz.said)


def _compared(row: SolutionRow) -> Item:
    words = ([verdict_word(row.verdict)] if row.verdict else []) + ([YOUR_PICK] if row.is_picked else [])
    costs = [_("Cost: {what}", what=row.cost)] if row.cost else []
    right = [_("Right choice when: {what}", what=row.right_when)] if row.right_when else []
    return Item(row.title, tuple(words), "\n".join([*costs, *right]))
