"""Buttons and menus that still work after a restart, as everything they need is in their custom_id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Self, TypeVar

import discord
from discord import ui

from bot.counting import counts
from bot.discord_ui.kit.admission import admits
from bot.discord_ui.kit.delivery import end_well
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import OPTION_TEXT
from bot.discord_ui.kit.locale import set_locale_for
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.plain_button import BLUE, EMPTY, GREY, PlainButton
from bot.discord_ui.kit.requests import begin_request
from bot.discord_ui.kit.threads import reopen
from bot.language.words import _

ID = "[a-z0-9-]{1,32}"
PASSAGE = rf"{ID}(?:\.{ID})?"
NUMBER = "[0-9]{1,20}"  # the id of a row
LARGEST_NUMBER = 2**31 - 1  # the largest id of both databases

Base = TypeVar("Base", bound=ui.Item[ui.LayoutView])


class Component(ui.DynamicItem[Base], template="$^"):
    """The base of every button and menu: it has its ids in `self.ids`, and handles errors.

    `$^` matches nothing: each class has its own template, whose groups are the ids.
    """

    pattern: ClassVar[re.Pattern[str]]

    def __init_subclass__(cls, *, template: str) -> None:
        super().__init_subclass__(template=template)
        cls.pattern = re.compile(template)

    def __init__(self, item: Base, /, **ids: str) -> None:
        super().__init__(item)
        self.ids = ids

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # `Any`: of any client
        item: Any,  # discord.py does not say which component
        match: re.Match[str],
        /,
    ) -> Self:
        """Called by discord.py for each press, also on messages from before a restart, with any client."""
        return cls(item, **match.groupdict())

    # `Any`: discord.py does not type its client.
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        ours: Interaction = interaction
        begin_request("press")
        counts.presses[type(self).__name__] += 1
        set_locale_for(ours)
        try:
            if await admits(ours):
                await reopen(ours)
                await self.pressed(ours)
        except Exception as error:  # discord.py would only log it, and the member would see "failed"
            await end_well(error, ours)

    async def pressed(self, interaction: Interaction) -> None:
        raise NotImplementedError("each button and menu says what it does")


class Button(Component[ui.Button[ui.LayoutView]], template="$^"):
    """A button; its custom_id is `lb:kind:id:id…`, as in its template."""

    kind: ClassVar[str] = ""
    style: ClassVar[discord.ButtonStyle] = GREY

    @classmethod
    def make(cls, label: str, *, disabled: bool = False, primary: bool = False, **ids: str | None) -> PlainButton:
        """A button for a card. Ids that are None are left out."""
        custom_id = _custom_id(cls.kind, {name: id_ for name, id_ in ids.items() if id_ is not None})
        if not cls.pattern.fullmatch(custom_id):
            raise ValueError(
                f"no press of {custom_id!r} would be handled: it does not fit {cls.pattern.pattern!r}"
            )
        return PlainButton(label, custom_id, BLUE if primary else cls.style, disabled)


class Menu(Component[ui.Select[ui.LayoutView]], template="$^"):
    """A menu of which one option is chosen, or several; its custom_id as a button's."""

    kind: ClassVar[str] = ""

    @classmethod
    def make(
        cls,
        placeholder: str,
        options: list[discord.SelectOption],
        *,
        least: int = 1,
        most: int = 1,
        **ids: str | None,
    ) -> Self:
        """Ids that are None are left out. From `least` to `most` options can be chosen."""
        known = {name: id_ for name, id_ in ids.items() if id_ is not None}
        # Discord refuses a menu with two equal values: keep only the first.
        once = {each.value: each for each in reversed(options)}
        # `Any` view: discord.py sets it once the menu is on one.
        menu: ui.Select[Any] = ui.Select(
            placeholder=placeholder,
            options=[each for each in options if once[each.value] is each],
            custom_id=_custom_id(cls.kind, known),
            min_values=least,
            max_values=most,
        )
        return cls(menu, **known)

    @property
    def chosen(self) -> str:
        return self.item.values[0]


class ChannelMenu(Component[ui.ChannelSelect[ui.LayoutView]], template="$^"):
    """A menu of channels, of which from `least` to `most` can be chosen; its template is its custom_id."""

    placeholder: ClassVar[str] = ""
    types: ClassVar[Sequence[discord.ChannelType]] = ()
    least: ClassVar[int] = 0
    most: ClassVar[int] = 1

    @classmethod
    def make(cls, *channels: int | None) -> Self:
        """The menu, in which these channels are chosen."""
        channel = discord.SelectDefaultValueType.channel
        # `Any` view: discord.py sets it once the menu is on one.
        menu: ui.ChannelSelect[Any] = ui.ChannelSelect(
            placeholder=_(cls.placeholder),
            channel_types=list(cls.types),
            custom_id=cls.pattern.pattern,
            min_values=cls.least,
            max_values=cls.most,
            default_values=[discord.SelectDefaultValue(id=each, type=channel) for each in channels if each],
        )
        return cls(menu)

    @property
    def channels(self) -> list[int]:
        return [each.id for each in self.item.values]

    @property
    def channel(self) -> int | None:
        """The channel that is chosen, where there can only be one."""
        return next(iter(self.channels), None)


def number_in(text: str) -> int:
    """The id of a row, from a custom_id or an option; 0, which no row has, if it is not a valid id."""
    number = int(text) if re.fullmatch(NUMBER, text) else 0
    return number if number <= LARGEST_NUMBER else 0


def option(label: str, value: str, *, description: str = "", chosen: bool = False) -> discord.SelectOption:
    """An option of a menu, with its texts shortened to Discord's limits."""
    return discord.SelectOption(
        label=shorten(label, OPTION_TEXT) or EMPTY,
        value=value,
        description=shorten(description, OPTION_TEXT) or None,
        default=chosen,
    )


def _custom_id(kind: str, ids: dict[str, str]) -> str:
    return ":".join(("lb", kind, *ids.values()))
