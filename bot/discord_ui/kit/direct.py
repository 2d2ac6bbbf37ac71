"""Direct messages that members asked for: sends them, looks for sent ones, and tests whether they arrive."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import aiohttp
import discord

from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import custom_ids, is_closed, is_gone, respond
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words
from bot.language.words import _
from bot.outbox import Delivery

log = logging.getLogger(__name__)


class Unreachable(set[int]):
    """Members whose direct messages were closed at the last try: what waits for them is shown where they are."""


SEARCHED = 50  # latest messages of a direct channel that are searched for one of the bot's


async def send(bot: BaseBot, member: int, cards: Sequence[Card], nonce: str) -> Delivery:
    """Send cards as direct messages, and return whether they arrived.

    Within some minutes, Discord accepts a message with the same nonce only once.
    """
    try:
        channel = await bot.create_dm(discord.Object(member))
        for n, card in enumerate(cards):
            await channel.send(view=card.view(), files=card.files(), nonce=f"{nonce}-{n}")
    except REQUEST_ERRORS as error:
        return _failed(bot, member, error)
    bot.kept(Unreachable).discard(member)
    return Delivery.ARRIVED


async def look_for(bot: BaseBot, member: int, is_it: Callable[[discord.Message], bool]) -> Delivery:
    """Whether a message is among those that the bot sent this member."""
    try:
        return Delivery.ARRIVED if await _find(bot, member, is_it) else Delivery.MISSING
    except REQUEST_ERRORS as error:
        return _failed(bot, member, error)


async def take_back(bot: BaseBot, member: int, mark: str) -> None:
    """Delete the message to this member that has a button with this custom_id: it must not offer what is over.

    If that is not possible, the button itself says so.
    """
    try:
        if message := await _find(bot, member, lambda each: mark in custom_ids(each)):
            await message.delete()
    except REQUEST_ERRORS as error:
        log.info("an older direct message could not be deleted: %s", in_words(error))


async def _find(bot: BaseBot, member: int, is_it: Callable[[discord.Message], bool]) -> discord.Message | None:
    channel = await bot.create_dm(discord.Object(member))
    async for message in channel.history(limit=SEARCHED):
        if message.author == bot.user and is_it(message):
            return message
    return None


def _failed(bot: BaseBot, member: int, error: discord.HTTPException | aiohttp.ClientError | OSError) -> Delivery:
    if is_gone(error):
        return Delivery.GONE
    if is_closed(error):
        log.info("a message waits until the member accepts direct messages")
        bot.kept(Unreachable).add(member)
        return Delivery.CLOSED
    # Discord's "too fast" is a 403, too.
    log.warning("a direct message may not have arrived: %s", in_words(error))
    return Delivery.UNKNOWN


async def show_here(interaction: Interaction, cards: Sequence[Card]) -> Delivery:
    """Show privately, below a command that a member just used, what could not be sent to them."""
    try:
        await respond(interaction, cards, private=True)
    except REQUEST_ERRORS as error:
        log.warning("a message could not be shown after a command: %s", in_words(error))
        return Delivery.MISSING
    return Delivery.ARRIVED


async def confirm(interaction: Interaction, card: Card) -> bool:
    """Send a card as a direct message to the member who pressed; False if they accept none from the bot.

    True without sending if they pressed in a direct message. Also True if the network fails: it may work later.
    """
    if interaction.guild is None:
        return True
    bot, member = interaction.client, interaction.user.id
    return await send(bot, member, [card], nonce=str(interaction.id)) is not Delivery.CLOSED


def how_to_open() -> str:
    """What members can do if their direct messages are closed."""
    title = _("I can't send you direct messages")
    text = _(
        "Your settings don't allow direct messages from me. Open this server's menu, choose "
        "*Privacy Settings* and allow direct messages. Then press *Try again*."
    )
    return f"## {title}\n{text}"


def shown_instead() -> str:
    """What happens to a message as long as direct messages are closed."""
    return _(
        "I saved your request anyway. When there is a message for you, I'll try to send it "
        "once a day. I'll also show it to you the next time you use one of my commands. "
        "Nobody else will see it."
    )
