"""Direct messages that members ask for: tried at once, so that nothing is promised that cannot arrive."""

from __future__ import annotations

import logging

import discord

from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import is_closed
from bot.discord_ui.kit.interaction import Interaction
from bot.language.words import _

log = logging.getLogger(__name__)


async def confirm(interaction: Interaction, card: Card) -> bool:
    """Send this to whoever pressed, as a direct message; False if they take none from the bot.

    Who pressed in a direct message sees that they do. A network that fails now may do better later.
    """
    if interaction.guild is None:
        return True
    bot, member = interaction.client, interaction.user.id
    try:
        channel = await bot.create_dm(discord.Object(member))
        await channel.send(view=card.view())
    except (discord.HTTPException, OSError) as error:
        if is_closed(error):
            bot.unreachable.add(member)
            return False
        log.warning("could not check whether a member accepts direct messages: %s", error)
    else:
        bot.unreachable.discard(member)
    return True


def how_to_open() -> str:
    """What a member can do whose direct messages are closed."""
    title = _("I can't send you direct messages")
    text = _(
        "You don't accept direct messages from me. Open this server's menu, choose *Privacy "
        "Settings* and allow direct messages. Then press *Try again*."
    )
    return f"## {title}\n{text}"


def shown_instead() -> str:
    """What becomes of a promise that cannot be kept for now."""
    return _(
        "I saved your request. When it is due, I'll try to reach you once a day. You'll also see "
        "it, only visible to you, the next time you use a command."
    )
