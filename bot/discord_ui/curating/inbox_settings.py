"""The settings of the inbox, as they are shown: its channel, how much comes there, quiet hours, and the digest."""

from __future__ import annotations

from datetime import UTC, datetime, time

import discord
from discord.utils import format_dt

from bot.app import Choices
from bot.discord_ui.curating.chosen_places import ChosenPlaces
from bot.discord_ui.kit.interaction import Interaction
from bot.language.words import _, _n


def inbox_line(chosen: Choices, places: ChosenPlaces) -> str:
    """The settings of the inbox, in one line."""
    if chosen.inbox is None:
        return _(
            "**Inbox**: no channel, so its options have no effect yet. Moderators find questions without an "
            "answer in `/lessons misses`"
        )
    if places.there(chosen.inbox) is None:
        return _(
            "**Inbox**: a deleted channel. Choose another one; until then, moderators find questions without an "
            "answer in `/lessons misses`"
        )
    parts = [
        places.channel(chosen.inbox),
        _n("at most {count} card a day", "at most {count} cards a day", chosen.inbox_a_day),
    ]
    if chosen.quiet_from != chosen.quiet_to:
        today = discord.utils.utcnow().date()
        first, after = (datetime.combine(today, time(hour), UTC) for hour in (chosen.quiet_from, chosen.quiet_to))
        parts.append(
            _(
                "quiet from {first}:00 to {after}:00 UTC (for you {mine} to {yours})",
                first=f"{chosen.quiet_from:02}",
                after=f"{chosen.quiet_to:02}",
                mine=format_dt(first, "t"),
                yours=format_dt(after, "t"),
            )
        )
    parts.append(_("weekly digest on") if chosen.digest else _("weekly digest off"))
    return _("**Inbox**: {options}", options=" · ".join(parts))


async def was_changed(interaction: Interaction, before: Choices) -> None:
    """The settings were changed: look at the inbox with them."""
    app, server = interaction.client.app, interaction.guild_id or 0
    if before.inbox is None and app.servers.of(server).inbox is not None:
        await app.asking.inbox.chosen(server)
    app.asking.inbox.wake()
