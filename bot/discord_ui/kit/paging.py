"""A long list in pages, with buttons to the page before and to the one after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from bot.discord_ui.kit.plain_button import PlainButton
from bot.discord_ui.kit.press import Button
from bot.language.words import _

Listed = TypeVar("Listed")


class ListPage(Generic[Listed]):
    """One page of `every`, with at most `size` of them: the wanted one, or the last if there are fewer now."""

    def __init__(self, every: Sequence[Listed], wanted: int, size: int) -> None:
        self.last = max(0, len(every) - 1) // size
        self.number = min(wanted, self.last)  # from 0, as in custom_ids
        self.begins = self.number * size
        self.shown = every[self.begins : self.begins + size]

    def buttons(self, turn: type[Button], **ids: str) -> list[PlainButton]:
        """*Previous* and *Next*, after these ids with the page as their last; none if there is only one page."""
        if not self.last:
            return []
        before, after = str(max(0, self.number - 1)), str(self.number + 1)
        is_first, is_last = self.number == 0, self.number == self.last
        return [
            turn.make(_("Previous"), disabled=is_first, primary=False, **ids, page=before),
            turn.make(_("Next"), disabled=is_last, primary=False, **ids, page=after),
        ]

    @property
    def place(self) -> str:
        """Which page of how many it is; '' if there is only one."""
        return _("Page {n} of {total}", n=self.number + 1, total=self.last + 1) if self.last else ""
