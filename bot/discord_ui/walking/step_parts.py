"""What a learner's own panel, a shared one and a reminder draw of a step in the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.dialogue.quiz import Mark, QuizOption, QuizState
from bot.dialogue.steps import PREDICT, SolutionRow
from bot.dialogue.titles import plain_title
from bot.dialogue.verdict import verdict_line
from bot.dialogue.walkthrough import Move, StepView, stuck
from bot.discord_ui.kit.cards import BLUE, VERDICT_COLOURS, Control, Controls, Frame
from bot.discord_ui.kit.limits import BUTTONS_IN_A_ROW
from bot.discord_ui.kit.markdown import FENCE
from bot.discord_ui.kit.press import Button, Menu, option
from bot.discord_ui.kit.unformatted import begun
from bot.language.words import N_, _

OPTION = "[0-9a-f]{8}"
# How many characters the comparison has for all solutions, so that it fits one message.
COMPARED_TEXT = 3000
MIN_COMPARED = 40
MAX_FRAMES = 6


def solutions(view: StepView, button: type[Button], menu: type[Menu], scenario: str | None = None) -> Controls:
    """A button for each solution; a menu where they are more than a column of buttons shows well."""
    controls, rows = Controls(), view.step.rows
    if len(rows) > BUTTONS_IN_A_ROW:
        options = [option(_picked(row), row.solution) for row in rows]
        controls.add(menu.make(_("Pick a solution"), options, scenario=scenario))
        return controls
    for row in rows:  # one a row: on a phone, only then is the whole title visible
        controls.add(button.make(_picked(row), primary=row.is_picked, scenario=scenario, solution=row.solution))
    return controls


def quiz_options(
    quiz: QuizState, button: type[Button], id_of: Callable[[QuizOption], str], **ids: str
) -> list[Control]:
    """A button for each option of the quiz, labeled with its letter; `id_of` gives the id for its custom_id."""
    return [
        button.make(
            each.letter,
            disabled=quiz.is_done or each.mark is not Mark.OPEN,
            primary=False,
            **ids,
            option=id_of(each),
        )
        for each in quiz.choices
    ]


def help_label(quiz: QuizState) -> str:
    """The label of the button for a learner who is stuck."""
    return _("Show a hint") if stuck(quiz) is Move.HINT else _("Show the answer")


def step_menu(view: StepView, menu: type[Menu], label: str, scenario: str | None = None) -> Control:
    """All steps in their order; the one that is shown is selected."""
    here = view.step.id
    steps = [
        option(f"{n}. {each.heading}", each.id, chosen=each.id == here) for n, each in enumerate(view.steps, 1)
    ]
    return menu.make(label, steps, scenario=scenario, step=here)


def frames(view: StepView, votes: Mapping[str, str] | None = None) -> list[Frame]:
    """The solutions to compare, each in a frame of its verdict's color, stacked to fit a phone.

    `votes` is a text below each solution, by its id.
    """
    rows = view.step.rows if view.step.id != PREDICT else ()
    room = COMPARED_TEXT // max(1, len(rows))
    texts = []
    for number, row in enumerate(rows, 1):
        text = f"{_compared(number, row, room)}\n{(votes or {}).get(row.solution, '')}".rstrip()
        texts.append(Frame(text, VERDICT_COLOURS.get(row.verdict or "", BLUE)))
    if len(texts) > MAX_FRAMES:
        return [Frame("\n\n".join(each.text for each in texts))]
    return texts


def _compared(number: int, row: SolutionRow, room: int) -> str:
    lines = [f"**{number}. {plain_title(row.title)}**" + (" · " + _("your pick") if row.is_picked else "")]
    if row.verdict:
        lines.append(verdict_line(row.verdict))
    said = {N_("Cost: {what}"): row.cost, N_("Right choice when: {what}"): row.right_when}
    frame = max(len(_(sentence, what="")) for sentence in said) + len("\n")
    each = (room - sum(map(len, lines))) // len(said) - frame
    # With many solutions, each text would be cut to a few words: leave the texts out.
    lines += [
        _(sentence, what=_whole_or_begun(text, each))
        for sentence, text in said.items()
        if text and each >= MIN_COMPARED
    ]
    return "\n".join(lines)


def _whole_or_begun(text: str, room: int) -> str:
    """The whole text as it is if it fits, else one line of how it begins, without its formatting and code."""
    if len(text) <= room and text.count(FENCE) % 2 == 0:
        return f"\n{text}" if "\n" in text else text
    return begun(text, room)


def _picked(row: SolutionRow) -> str:
    return _("Your pick: {solution}", solution=row.title) if row.is_picked else row.title
