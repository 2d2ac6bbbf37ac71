"""`/ask` with one of these words does something with a member's own data instead of answering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.discord_ui.kit.choices import Choosable, may_be_called, meant
from bot.language.words import N_, _


@dataclass(frozen=True)
class AskWord:
    """A word, how much of it has to be typed before it is offered, and the label of its choice."""

    word: str
    offered_from: str
    label: str

    @property
    def choice(self) -> Choosable:
        return Choosable(self.word, _(self.label))

    def is_begun(self, typed: str) -> bool:
        """Whether the member is typing the word, or has typed it."""
        begun = typed.strip().casefold()
        return begun.startswith(self.offered_from) and self.word.startswith(begun)

    def is_meant(self, typed: str) -> bool:
        """Whether the member typed the word, or Discord sent the label of its choice."""
        if typed.strip().casefold() == self.word:
            return True
        return may_be_called(typed, self.label) and bool(meant(typed, lambda _text: [self.choice]))


FORGET = AskWord(
    "forget",
    "forg",
    N_("Permanently delete my data: feedback, notifications, walkthroughs, reminders, drafts, proposals"),
)
MY_DATA = AskWord(
    "my data",
    "my da",
    N_("Send me a file with my data: feedback, notifications, walkthroughs, reminders, drafts, proposals"),
)
PROPOSALS = AskWord("proposals", "propo", N_("See what happened to my proposals for the lessons"))


def offered_for(typed: str) -> Iterator[Choosable]:
    """The choices for what a member is typing. Whoever types "forget" is also offered to read their data first."""
    says_forget = FORGET.is_begun(typed)
    if says_forget:
        yield FORGET.choice
    if says_forget or MY_DATA.is_begun(typed):
        yield MY_DATA.choice
    if PROPOSALS.is_begun(typed):
        yield PROPOSALS.choice
