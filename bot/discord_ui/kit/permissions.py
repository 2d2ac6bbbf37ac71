"""Who may do what moderators do: the one place that every press and every submit checks."""

from __future__ import annotations

import discord

from bot.discord_ui.kit.delivery import refuse
from bot.discord_ui.kit.interaction import Interaction
from bot.language.words import N_, _

ELSEWHERE = N_(
    "Lessons can't be edited from this server. What works here is `/browse`, which shows all lessons, and "
    "`/lessons settings`. To use the other commands of moderators, ask the bot owner to add this server to "
    "`LESSONS_SERVERS`."
)
NOT_HERE = N_(
    "This doesn't work here: only my commands were added to this server, not me. Ask "
    "someone who manages the server to add me as a bot."
)
NOT_ALLOWED = N_("Only moderators can do this: members with the Manage Server permission or the moderator role.")


def is_moderator(interaction: Interaction) -> bool:
    """Whether this member is a moderator here, according to what Discord sends with this press."""
    member = interaction.user
    if _is_member_of(interaction) and isinstance(member, discord.Member):
        # Roles and permissions come with the press, so a role that was removed a moment ago no longer counts.
        role = interaction.client.app.servers.of(interaction.guild_id).moderator_role
        return interaction.permissions.manage_guild or (role is not None and member.get_role(role) is not None)
    return False


async def may_moderate(interaction: Interaction) -> bool:
    """Whether the member may change the lessons, which all servers share. If not, a reply says so."""
    if not await may_choose(interaction):
        return False
    if interaction.client.is_home(interaction.guild_id):
        return True
    await refuse(interaction, _(ELSEWHERE))
    return False


async def may_choose(interaction: Interaction) -> bool:
    """Whether the member may change the settings of this server. If not, a reply says so."""
    if is_moderator(interaction):
        return True
    is_unknown = interaction.guild_id is not None and not _is_member_of(interaction)
    await refuse(interaction, _(NOT_HERE) if is_unknown else _(NOT_ALLOWED))
    return False


def _is_member_of(interaction: Interaction) -> bool:
    """Whether the bot is a member of this server. Servers that installed only its commands do not count."""
    return interaction.guild_id is not None and interaction.client.get_guild(interaction.guild_id) is not None


def may_speak(interaction: Interaction) -> bool:
    """Whether this member could write here without the bot's help."""
    can = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return interaction.guild is None or (can.send_messages_in_threads if in_thread else can.send_messages)
