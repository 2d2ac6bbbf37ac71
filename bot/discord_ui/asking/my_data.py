"""`/ask my data`: a member gets all that is saved of them as a file. `/ask forget` deletes the same."""

from __future__ import annotations

import io
from collections.abc import Iterator

import discord

from bot.discord_ui.asking import forgetting
from bot.discord_ui.asking.forgetting import MY_DATA
from bot.discord_ui.kit.choices import Choosable, may_be_called, meant
from bot.discord_ui.kit.command_mentions import clickable
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.interaction import Interaction
from bot.language.words import N_, _

CHOICE = N_("Send me a file with my data: feedback, notifications, walkthroughs, reminders, drafts, proposals")


def choice() -> Choosable:
    """What is offered to whoever types the words, or the word that deletes the data."""
    return Choosable(MY_DATA, _(CHOICE))


def words_for_data(typed: str) -> Iterator[Choosable]:
    """The choices about a member's data that go on as they type."""
    word = typed.strip().casefold()
    says_forget = len(word) >= len("forg") and forgetting.FORGET.startswith(word)
    if says_forget:
        yield forgetting.choice()
    if says_forget or (len(word) >= len("my da") and MY_DATA.startswith(word)):
        yield choice()


def is_my_data(typed: str) -> bool:
    """Whether these are the words, or the choice by its name."""
    if typed.strip().casefold() == MY_DATA:
        return True
    return may_be_called(typed, CHOICE) and bool(meant(typed, lambda _text: [choice()]))


async def send_my_data(interaction: Interaction) -> None:
    """Send the file, in private."""
    app = interaction.client.app
    await interaction.response.defer(ephemeral=True, thinking=True)
    content = await app.data_of(interaction.user.id)
    if not content:
        await tell(interaction, _("Nothing is saved that is linked to you. Questions are saved without names."))
        return
    note = _(
        "This is everything that is saved and linked to you. Questions are saved without names: only those that "
        "you asked and whose answer you are waiting for are in it. To delete your data, use `/ask forget`."
    )
    (note,) = clickable(note)
    await interaction.followup.send(note, file=discord.File(io.BytesIO(content), "my-data.json"), ephemeral=True)
