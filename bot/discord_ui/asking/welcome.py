"""The first card in a channel that is new to the bot."""

from __future__ import annotations

import discord

from bot.discord_ui.kit.cards import Card
from bot.language.words import _
from bot.lessons.library import Lessons


def welcome(me: discord.ClientUser, lessons: Lessons, note: str) -> Card:
    """The card for a channel that is new to the bot: three things to try with these lessons."""
    title = _("Hi! Here are three things to try")
    entries = lessons.entries.values()
    asked = [phrasing for each in entries for phrasing in each.phrasings] or [each.question for each in entries]
    example = f"{me.mention} `{asked[0].replace('`', '')}`" if asked else me.mention
    lines = [
        _("Ask me a question in your own words: {example}", example=example),
        _("Type `/ask` and a few letters, then choose a question."),
        _("Type `/walkthrough` to try solutions to a problem and see which one works.")
        if lessons.scenarios
        else _("Type `/browse` to see all lessons."),
    ]
    text = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
    return Card([f"## {title}\n{text}"], footer=note)
