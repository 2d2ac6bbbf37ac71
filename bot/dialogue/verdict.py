"""The words that readers see for the verdicts in lessons."""

from __future__ import annotations

from collections.abc import Mapping

from bot.language.words import N_, _
from bot.lessons.lesson import Verdict

WORDS: Mapping[Verdict, str] = {
    "works": N_("works"),
    "tedious": N_("works, but takes effort"),
    "fails": N_("fails"),
}


def verdict_word(verdict: Verdict) -> str:
    """The verdict as readers see it."""
    return _(WORDS[verdict])


def verdict_line(verdict: Verdict) -> str:
    """The verdict with its label."""
    return _("Verdict: {verdict}", verdict=f"**{verdict_word(verdict)}**")
