"""Draws replies and steps as Components V2 cards, within Discord's limits."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any, Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.dialogue.reply import (
    IN_OTHER_LANGUAGE,
    OTHERS,
    SEVERAL_THINGS,
    TELL_ME,
    TWO_THINGS,
    WHAT_HAPPENED,
    Answer,
    Suggestions,
    reviewed_line,
)
from bot.dialogue.titles import plain_title
from bot.dialogue.verdict import verdict_line
from bot.dialogue.walkthrough import StepView
from bot.discord_ui.kit.command_mentions import clickable
from bot.discord_ui.kit.limits import ALT_TEXT, BUTTONS_IN_A_ROW, CARD_TEXT
from bot.discord_ui.kit.markdown import first_fitting, fitted, pages, plain_name, shorten
from bot.discord_ui.kit.plain_button import Json, PlainButton
from bot.language.words import _
from bot.lessons.lesson import Picture
from bot.lessons.pictures import PictureFile

BLUE = 0x5865F2
GREY = 0x80848E
RED = 0xDA373C
# The word stands beside the colour: nobody has to see the difference.
VERDICT_COLOURS = {"works": 0x23A55A, "tedious": 0xF0B232, "fails": 0xE67E22}

# Characters of a card for its heading, position and footer.
FRAME = 650
# Characters of a lesson's name and of its course's in a footer: the first of these that fits.
NAMES = (200, 80, 30)

# `Any` view: discord.py's dynamic items do not have the view type that a layout expects.
Item = ui.Item[Any]
Control = PlainButton | Item

_ROW = discord.ComponentType.action_row.value
_FRAME = discord.ComponentType.container.value
_SECTION = discord.ComponentType.section.value
_PICTURES = discord.ComponentType.media_gallery.value
_TEXT = discord.ComponentType.text_display.value


class CardView(ui.LayoutView):
    """The parts of a card, ready to be sent.

    discord.py does not keep it: presses are handled by the classes of the buttons. Else it would be kept as long
    as its message can be changed, which is 15 minutes for one that only one member sees. What discord.py's
    `__init__` makes, and the rest of its methods, are for views that wait for presses.
    """

    timeout = None

    def __init__(self, parts: list[Json]) -> None:
        self._parts = parts

    def __repr__(self) -> str:
        return f"<CardView {self._parts}>"

    def is_finished(self) -> bool:
        return True

    def is_dispatchable(self) -> bool:
        return False

    def add_item(self, item: Item) -> Self:
        self._parts.append(dict(item.to_component_dict()))
        return self

    def to_components(self) -> list[Json]:
        return self._parts

    def has_components_v2(self) -> bool:
        return True


@dataclass(frozen=True)
class Frame:
    """A text in a frame with its own color."""

    text: str
    colour: int = BLUE


@dataclass(frozen=True)
class Beside:
    """A text with a button beside it."""

    text: str
    control: Control


@dataclass(frozen=True)
class Card:
    """One message: the texts in its frame, other frames, a picture, and the controls below.

    `beside` are texts with a button each, below the others in the frame.
    """

    text: Sequence[str]
    controls: Sequence[Sequence[Control]] = ()
    footer: str = ""
    colour: int = BLUE
    picture: PictureFile | None = None
    alt: str = ""
    frames: Sequence[Frame] = ()
    chart: bytes | None = None  # a PNG made for this card, instead of a picture of a lesson
    beside: Sequence[Beside] = ()

    def view(self) -> ui.LayoutView:
        """The view of this card; all its items still work after a restart."""
        footer = f"-# {self.footer}" if self.footer else ""
        said = (*(each.text for each in self.frames), *self.text, *(each.text for each in self.beside), footer)
        # What is often long is fitted where it is drawn. This is for the rest: Discord would refuse the card.
        *texts, footer = fitted(clickable(*said), CARD_TEXT)
        # Discord refuses a message with two equal custom_ids: keep only the first.
        used: set[str] = set()
        parts = [_framed([_text(text)], each.colour) for each, text in zip(self.frames, texts, strict=False)]
        below = len(texts) - len(self.beside)
        inside = [_text(text) for text in texts[len(self.frames) : below]]
        for text, one in zip(texts[below:], self.beside, strict=True):
            if _is_new(one.control, used):
                button = one.control.to_component_dict()
                inside.append({"type": _SECTION, "components": [_text(text)], "accessory": button})
        if name := self._attached:
            shown = discord.MediaGalleryItem(f"attachment://{name}", description=self.alt or None)
            inside.append({"type": _PICTURES, "items": [shown.to_dict()]})
        if footer:
            inside.append(_text(footer))
        parts.append(_framed(inside, self.colour))
        rows = ([each.to_component_dict() for each in row if _is_new(each, used)] for row in self.controls)
        return CardView([*parts, *({"type": _ROW, "components": once} for once in rows if once)])

    def files(self) -> list[discord.File]:
        """The picture as an attachment, as a link to Discord's copy would expire."""
        content = self.chart or (self.picture.read() if self.picture else None)
        return [discord.File(io.BytesIO(content), filename=self._attached)] if content else []

    @property
    def _attached(self) -> str:
        """A file name that Discord does not change in `attachment://…`, whatever the author's name is."""
        if self.chart:
            return "chart.png"
        return "picture" + self.picture.path.suffix.lower() if self.picture else ""


@dataclass(frozen=True)
class Controls:
    """The buttons and menus below an answer, a list for each row."""

    rows: list[list[Control]] = field(default_factory=list)

    def add(self, *items: Control) -> None:
        for start in range(0, len(items), BUTTONS_IN_A_ROW):
            self.rows.append(list(items[start : start + BUTTONS_IN_A_ROW]))


def answer_cards(answer: Answer, picture: PictureFile | None, controls: Controls, note: str = "") -> list[Card]:
    """An answer on as many cards as it needs; picture, footer and controls are on the last."""
    said = pages(answer.text, CARD_TEXT - FRAME)
    colour = VERDICT_COLOURS.get(answer.verdict or "", BLUE)
    cards = []
    for n, text in enumerate(said, 1):
        # Without words of any language: if a member replies to a card, its question is read from this heading.
        number = f" ({n}/{len(said)})" if len(said) > 1 else ""
        heading = f"## {plain_title(answer.question)}{number}"
        if n < len(said):
            cards.append(Card([heading, text], colour=colour))
        else:
            room = CARD_TEXT - sum(map(len, (heading, text, "-# ")))
            (footer,) = first_fitting(([_footer(answer, note, name)] for name in NAMES), room)
            alt = _alt(answer.picture)
            cards.append(Card([heading, text], controls.rows, footer, colour, picture, alt))
    return cards


def _footer(answer: Answer, note: str, name: int) -> str:
    """Where an answer comes from; lesson and course with at most `name` characters each."""
    parts = [_("From {lesson}", lesson=f"*{plain_title(shorten(answer.lesson, name))}*")]
    if answer.verdict:
        parts.insert(0, verdict_line(answer.verdict))
    if answer.course:
        parts.append(plain_title(shorten(answer.course, name)))
    if answer.by:
        parts.append(_("Answer by {name}", name=plain_name(answer.by)))
    if answer.reviewed:
        now = discord.utils.utcnow()
        noon = datetime.combine(answer.reviewed, time(12), UTC)  # the same day nearly everywhere
        parts.append(reviewed_line(answer.reviewed, now.date(), format_dt(noon, "D")))
    return " · ".join(filter(None, [*parts, note]))


def suggestions_card(suggestions: Suggestions, beside: Sequence[Beside], controls: Controls) -> Card:
    """A card that lets the member choose among suggestions, each with a button beside it."""
    several = len(suggestions.questions) > 1
    title = _("Which of these did you mean?") if several else _("Did you mean this?")
    if suggestions.asked_at_once:
        title = _(SEVERAL_THINGS if suggestions.asked_more else TWO_THINGS)
    if suggestions.others:
        text = _("To see all walkthroughs, use `/walkthrough`.")
        return Card([f"## {_(OTHERS)}\n{text}"], controls.rows, beside=beside)
    again = _("Not what you meant? Ask again in other words.")
    if suggestions.explaining:
        title, again = _(OTHERS), _("Still unclear? Ask about the part that you don't understand.")
    footer = f"{_(IN_OTHER_LANGUAGE)} · {again}" if suggestions.in_other_language else again
    return Card([f"## {title}"], controls.rows, footer, beside=beside)


def unknown_card(
    controls: Controls,
    *,
    nothing_asked: bool = False,
    which_error: bool,
    in_other_language: bool,
    how_to_call: str = "",
) -> Card:
    """A card that says that there is no answer, and what to do now.

    `how_to_call` says how the bot hears what the card invites to.
    """
    if which_error:
        return Card([f"## {_(WHAT_HAPPENED)}\n{_(TELL_ME)} {how_to_call}".rstrip()], controls.rows)
    if nothing_asked:
        title = _("What would you like to know?")
        text = _("Ask me a question in your own words. Typos are fine.")
        return Card([f"## {title}\n{text} {how_to_call}".rstrip()], controls.rows)
    title = _("No lesson answers that yet")
    text = _(
        "I only answer from lessons that people wrote, and I found no clear answer to this. Try other words, or "
        "browse the lessons."
    )
    footer = _(IN_OTHER_LANGUAGE) if in_other_language else ""
    return Card([f"## {title}\n{text}"], controls.rows, footer, colour=GREY)


def step_card(
    view: StepView, notes: Sequence[str], frames: Sequence[Frame], picture: PictureFile | None, controls: Controls
) -> Card:
    """A step of a walkthrough, with its position among all steps. `frames` are above its texts."""
    step = view.step
    heading = f"-# {plain_title(view.scenario.title)}\n## {plain_title(step.heading)}"
    position = _("Step {n} of {total}", n=view.position, total=view.total)
    said = [block.markdown for block in step.blocks]
    if view.is_picked:
        said.insert(0, "*" + _("Your pick.") + "*")
    if view.quiz:
        said.append(view.quiz.text)
    if step.verdict:
        said.append(verdict_line(step.verdict))
    said += [note.markdown for note in step.notes]
    taken = sum(map(len, (heading, position, *said, *(frame.text for frame in frames))))
    notes = list(_fitting(notes, CARD_TEXT - taken - len("-# ")))
    if frames:
        frames = [Frame("\n\n".join([heading, *notes])), *frames]
    else:
        said = [heading, *notes, *said]
    colour = VERDICT_COLOURS.get(step.verdict or "", BLUE)
    return Card(said, controls.rows, position, colour, picture, _alt(step.picture), frames)


def _fitting(notes: Sequence[str], room: int) -> Iterator[str]:
    """The notes that fit into `room` characters: each whole, or its first line, or left out."""
    for note in notes:
        short = next((text for text in (note, note.partition("\n")[0]) if len(text) + 2 <= room), None)
        if short:
            room -= len(short) + 2
            yield short


def _text(text: str) -> Json:
    return {"type": _TEXT, "content": text}


def _framed(parts: list[Json], colour: int) -> Json:
    return {"type": _FRAME, "accent_color": colour, "spoiler": False, "components": parts}


def _is_new(control: Control, used: set[str]) -> bool:
    id_ = getattr(control, "custom_id", None)
    if id_ in used:
        return False
    if id_:
        used.add(id_)
    return True


def note_card(text: str) -> Card:
    """A card with one line that is not an answer: what went wrong, or what to do."""
    return Card([text], colour=GREY)


def _alt(picture: Picture | None) -> str:
    return picture.alt[:ALT_TEXT] if picture else ""
