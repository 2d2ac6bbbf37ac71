"""Which texts an import takes, of those that were changed here and in the imported file: as text, and in menus."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

import discord

from bot.discord_ui.curating.draft_cards import bullets, from_their_difference
from bot.discord_ui.kit.limits import SELECT_OPTIONS
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.press import option
from bot.language.words import _

if TYPE_CHECKING:
    from bot.curating.source_changes import BothChanged

# So many can be chosen one by one: they fit into the menus of one card, and into a custom_id.
MOST_CHOSEN = 100
CONFLICT_TEXT = 600  # characters on the card
_SIDE_IN_LIST, _SIDE_IN_OPTION = 80, 38


def taken(take: str) -> Container[int]:
    """The conflicts in which the file's text is taken: `here` is none, `source` all, else they are bits."""
    if take == "here":
        return ()
    if take == "source":
        return range(sys.maxsize)
    bits = int(take, 16)
    return {n for n in range(MOST_CHOSEN) if bits >> n & 1}


def with_chosen(take: str, page: int, chosen: Sequence[int]) -> str:
    """`take` after these conflicts, and no others, were chosen in the menu of a page."""
    before = taken(take)
    menu = range(page * SELECT_OPTIONS, (page + 1) * SELECT_OPTIONS)
    now = [n for n in range(MOST_CHOSEN) if (n in chosen if n in menu else n in before)]
    return f"{sum(1 << n for n in now):x}" if now else "here"


def conflict_lines(both: Sequence[BothChanged]) -> str:
    """The conflicts in a few lines, each with the beginning of its difference."""
    lines = []
    for each in both:
        here, source = (shorten(side, _SIDE_IN_LIST) for side in from_their_difference(each.here, each.source))
        lines.append(
            _(
                "{what}: ours: \u201c{here}\u201d, the file's: \u201c{source}\u201d",
                what=_what(each),
                here=here,
                source=source,
            )
        )
    title = _("Changed here and in the file")
    return f"**{title}**\n{bullets(lines, CONFLICT_TEXT)}"


def whole_conflicts(both: Sequence[BothChanged]) -> str:
    """All conflicts with both texts, for a file."""
    ours, theirs = _("Our text"), _("The file's text")
    return "\n\n".join(
        f"{n}. {_what(each)}\n\n{ours}:\n{each.here}\n\n{theirs}:\n{each.source}" for n, each in enumerate(both, 1)
    )


def menu_pages(both: Sequence[BothChanged], take: str) -> Iterator[tuple[str, list[discord.SelectOption]]]:
    """For each menu, what it asks, and its options."""
    chosen = taken(take)
    for begin in range(0, min(len(both), MOST_CHOSEN), SELECT_OPTIONS):
        part = both[begin : begin + SELECT_OPTIONS]
        options = [_option(n, each, is_chosen=n in chosen) for n, each in enumerate(part, begin)]
        if len(both) <= SELECT_OPTIONS:
            asks = _("Where to take the file's text")
        else:
            asks = _("Where to take the file's text: {first} to {last}", first=begin + 1, last=begin + len(part))
        yield asks, options


def _option(n: int, each: BothChanged, *, is_chosen: bool) -> discord.SelectOption:
    here, source = (shorten(side, _SIDE_IN_OPTION) for side in from_their_difference(each.here, each.source))
    what = _("Ours: {here} \u00b7 File: {source}", here=here, source=source)
    return option(f"{n + 1}. {_what(each)}", str(n), description=what, chosen=is_chosen)


def _what(each: BothChanged) -> str:
    return f"{each.title}: {each.name}"
