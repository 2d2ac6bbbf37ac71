"""Registers the commands with Discord if they differ from the registered ones."""

from __future__ import annotations

import logging

import discord
from discord.http import Route

from bot.discord_ui.kit import command_mentions
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.locale import Descriptions
from bot.discord_ui.kit.plain_button import Json

log = logging.getLogger(__name__)

TOO_MANY_TODAY = 30034
# The fields of a command, and of its options, that are compared. Discord adds others, such as ids and versions.
_TEXTS = ("name_localizations", "description_localizations")
_PARTS = (
    *("type", "name", "description", "options", "default_member_permissions", "contexts", "integration_types"),
    *("nsfw", "required", "autocomplete", "choices", "value", "channel_types"),
    *("min_value", "max_value", "min_length", "max_length"),
)


async def register(bot: BaseBot) -> None:
    """Ask Discord which commands it has, and send ours if they differ: it takes 200 new ones a day.

    Discord gives each command an ID, by which texts can mention it.
    """
    registered = await _registered(bot)
    if await _differences(bot, registered):
        try:
            synced = await bot.tree.sync()
        except discord.HTTPException as error:
            if error.code != TOO_MANY_TODAY:
                raise
            log.error("Discord accepts no more new commands today; restart the bot tomorrow")  # noqa: TRY400 -- a traceback says no more
        else:
            registered = [{**each.to_dict(), "id": each.id} for each in synced]
            log.info("registered %d commands with Discord", len(bot.tree.get_commands()))
    command_mentions.learn(command_mentions.commands_in(registered))


async def differences(bot: BaseBot) -> list[str]:
    """The names of commands that are not the same at Discord as here: new, changed or removed ones."""
    return await _differences(bot, await _registered(bot))


async def _differences(bot: BaseBot, registered: list[Json]) -> list[str]:
    translator = Descriptions()
    await bot.tree.set_translator(translator)
    commands = bot.tree.get_commands()
    if not registered:  # at the first start: what all of them say is only translated once, to be sent
        return sorted({each.name for each in commands})
    ours = _by_name([await each.get_translated_payload(bot.tree, translator) for each in commands])
    theirs = _by_name(registered)
    return sorted({each[1] for each in ours.keys() | theirs.keys() if ours.get(each) != theirs.get(each)})


async def _registered(bot: BaseBot) -> list[Json]:
    assert bot.application_id, "Discord said it at the login"
    route = Route("GET", "/applications/{application_id}/commands", application_id=bot.application_id)
    # Without this, Discord leaves out what they are called in other languages.
    found: list[Json] = await bot.http.request(route, params={"with_localizations": "true"})
    return found


def _by_name(commands: list[Json]) -> dict[tuple[int, str], Json]:
    return {(each.get("type", 1), each["name"]): _compared(each) for each in commands}


def _compared(command: Json) -> Json:
    """The compared fields of a command or an option, without empty ones, which Discord leaves out."""
    parts = {key: command.get(key) for key in (*_PARTS, *_TEXTS)}
    parts["options"] = [_compared(each) for each in command.get("options") or ()]
    for key in ("contexts", "integration_types"):
        parts[key] = sorted(command.get(key) or ())
    permissions = command.get("default_member_permissions")
    parts["default_member_permissions"] = None if permissions is None else str(permissions)
    return {key: value for key, value in parts.items() if value not in (None, "", False, [], {})}
