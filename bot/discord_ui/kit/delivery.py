"""Sends cards: in private, in public, or in place of a message; and handles messages that Discord refuses."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace as with_

import discord
from discord import app_commands

from bot.discord_ui.kit.cards import GREY, Card, note_card
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import plain_block
from bot.discord_ui.kit.refusals import NOBODY_THERE, in_words, is_no_bug, log_failure
from bot.discord_ui.kit.requests import answered
from bot.discord_ui.kit.threads import CLOSED, tell_elsewhere
from bot.discord_ui.kit.typed import typed_texts
from bot.errors import StoreError, UnrecordedError
from bot.language.words import N_, _

log = logging.getLogger(__name__)

AnyMessage = discord.Message | discord.PartialMessage

SORRY = N_("Something went wrong. The bot owner can see the error. Please try again.")
CHANGED = N_("This command has changed. Please reload Discord (Ctrl+R), or open the app again, and try once more.")
PUBLISHED = N_(
    "This is published: the lessons are changed. But {why}, so `/lessons history` may not show it yet. It will "
    "be there once the database works again. You need not publish it again."
)

COPY_TEXT = 3000  # characters that a card shows of what was typed

# Discord still shows a command as it was in another version. Also while the bot stops: its commands go first.
_OUTDATED = (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)

# The member closed their direct messages, or no longer shares a server with the bot.
_CLOSED = {50007, 50278}


def is_private(interaction: Interaction) -> bool:
    """Whether only this member sees the pressed message. False for a command: nothing was pressed."""
    message = interaction.message
    return message is not None and (interaction.guild is None or message.flags.ephemeral)


def custom_ids(message: discord.Message | None) -> Iterator[str]:
    """The custom_ids of a message's buttons and menus: in rows, and beside texts."""
    parts = list(message.components) if message else []
    for part in parts:
        if isinstance(part, discord.SectionComponent):
            parts.append(part.accessory)
        elif isinstance(part, discord.ActionRow | discord.Container):
            parts += part.children
        elif id_ := getattr(part, "custom_id", None):
            yield id_


def holds(message: discord.Message | None, start: str) -> bool:
    """Whether a message has a button whose custom_id starts with `start`."""
    return any(each.startswith(start) for each in custom_ids(message))


async def respond(interaction: Interaction, cards: Sequence[Card], *, private: bool) -> list[int]:
    """Send cards as the answer to a command or a press; returns the ids of the messages."""
    sent: list[int | None] = []
    for card in cards:
        view, files = card.view(), card.files()
        if interaction.response.is_done():
            further = await interaction.followup.send(view=view, files=files, ephemeral=private, wait=True)
            sent.append(further.id)
        else:
            first = await interaction.response.send_message(view=view, files=files, ephemeral=private)
            sent.append(first.message_id)
        answered()
    return [each for each in sent if each]


async def replace(interaction: Interaction, cards: Sequence[Card]) -> list[int]:
    """Replace the pressed message with cards; further cards follow it. Returns the ids of those."""
    first, *more = cards
    # This also removes the picture of the previous step.
    if interaction.response.is_done():  # the press was answered with "working on it"
        await interaction.edit_original_response(view=first.view(), attachments=first.files())
    else:
        await interaction.response.edit_message(view=first.view(), attachments=first.files())
    answered()
    return await respond(interaction, more, private=is_private(interaction))


async def show_privately(interaction: Interaction, cards: Sequence[Card], *, beside: bool = False) -> None:
    """Replace the pressed message if only this member sees it; else, or `beside` it, send private ones."""
    if is_private(interaction) and not beside:
        await replace(interaction, cards)
    else:
        await respond(interaction, cards, private=True)


async def tell(interaction: Interaction, text: str) -> None:
    """Send one line in private."""
    await respond(interaction, [note_card(text)], private=True)


async def refuse(interaction: Interaction, why: str) -> None:
    """Say in private why something was not done. What was typed into a form comes back with it, to copy."""
    texts, typed = [why], "\n\n".join(typed_texts(interaction))
    block = plain_block(typed, COPY_TEXT)
    fits = typed.strip() in block  # not if it is longer, or has backticks or what can't be seen
    if typed and fits:
        texts.append(_("Your text, to copy:") + "\n" + block)
    elif typed:
        texts.append(_("Your text is in the file below."))
    await respond(interaction, [Card(texts, colour=GREY)], private=True)
    if typed and not fits:
        file = discord.File(io.BytesIO(typed.encode(errors="replace")), "text.txt")
        await interaction.followup.send(file=file, ephemeral=True)


async def reply_to(message: AnyMessage, cards: Sequence[Card]) -> list[discord.Message]:
    """Answer a message in its channel, below it, without a ping; returns what was sent."""
    reference = message.to_reference(fail_if_not_exists=False)
    shown = [as_allowed(card, message.channel) for card in cards]
    sent = [
        await message.channel.send(view=card.view(), files=card.files(), reference=reference, mention_author=False)
        for card in shown
    ]
    answered()
    return sent


async def edit(message: AnyMessage, card: Card) -> None:
    """Show a card in place of a message of the bot."""
    shown = as_allowed(card, message.channel)
    await message.edit(view=shown.view(), attachments=shown.files())


def as_allowed(card: Card, channel: discord.abc.MessageableChannel) -> Card:
    """The card without its picture, if the bot may not attach files in this channel: Discord would refuse both.

    This is for the bot's own messages: Discord sends answers to commands and presses by a webhook.
    """
    if card.picture is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return card
    can = channel.permissions_for(channel.guild.me)
    return card if can.attach_files else with_(card, picture=None)


async def delete_all(messages: Iterable[AnyMessage]) -> list[AnyMessage]:
    """Delete each of these messages, also where another of them is gone already or cannot be deleted.

    Returns those that can be tried again: they are not gone, and Discord did not refuse to delete them.
    """
    left = []
    for each in messages:
        try:
            await each.delete()
        except Exception as error:  # the others still go
            await end_well(error, None)
            if not isinstance(error, discord.NotFound | discord.Forbidden):
                left.append(each)
    return left


def is_closed(error: Exception) -> bool:
    """Whether a member accepts no direct messages from the bot. Other 403s, such as "too fast", do not count."""
    return getattr(error, "code", 0) in _CLOSED


def is_gone(error: Exception) -> bool:
    """Whether the member's account no longer exists."""
    return isinstance(error, discord.NotFound)


async def end_well(error: BaseException, interaction: Interaction | None) -> None:
    """Handle an error that nothing else handled: ignore it if the member is gone; else log it and tell them."""
    cause = getattr(error, "original", error)
    if isinstance(cause, discord.HTTPException) and cause.code in NOBODY_THERE:
        log.info("not delivered: %s (%s)", NOBODY_THERE[cause.code], cause.code)
        if interaction and cause.code in CLOSED:
            await tell_elsewhere(interaction)
        return
    sorry = _(SORRY)
    if isinstance(cause, _OUTDATED):
        sorry = _(CHANGED)
        log.warning("a command is not as Discord shows it: %s", in_words(cause))
    else:
        log_failure(log, "a reply failed", cause)
    if isinstance(cause, StoreError):
        why = _(str(cause))
        sorry = _("I couldn't save that: {why}. The bot owner needs to fix this. Please try again later.", why=why)
    if interaction is None:
        return
    try:
        if isinstance(cause, UnrecordedError):
            await tell(interaction, _(PUBLISHED, why=_(str(cause))))
        else:
            await refuse(interaction, sorry)
    except Exception as again:
        if not (isinstance(again, discord.HTTPException) or is_no_bug(again)):
            raise
        log.info("could not send the error message: %s", in_words(again))
