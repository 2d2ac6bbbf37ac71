"""The bot as Discord sees it: which commands and buttons it has, and when it tells Discord of them."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_ui import about, answers, ask, browse, guide, panel, reminders, stats, together
from bot.discord_ui.delivery import end_well
from bot.discord_ui.forms import submit
from bot.discord_ui.recent import Recent
from bot.guide.reminding import Reminding
from bot.guide.together import Together
from bot.guide.walks import Walks
from bot.store.store import Store
from bot.tutor import Tutor

log = logging.getLogger(__name__)

# What the bot does in a channel: see it, write, in threads too, and show a picture.
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,
    read_message_history=True,  # to reply to a message
)


class Tree(app_commands.CommandTree["LessonBot"]):
    """The command tree; an error in a command ends like one in a button."""

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        await end_well(error, interaction)


class LessonBot(commands.Bot):
    """A Discord client around a Tutor and what is remembered. `data` is the folder where it may keep files."""

    def __init__(self, tutor: Tutor, store: Store, data: Path) -> None:
        # Nothing privileged: questions come by command, by mention or in a direct message.
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=intents,
            tree_cls=Tree,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            activity=discord.Game("/ask"),
        )
        self.tutor = tutor
        self.store = store
        self.data = data
        clock = discord.utils.utcnow
        self.walks = Walks(tutor, store, clock)
        self.together = Together(tutor, store, clock)
        self.reminding = Reminding(tutor, store, clock)
        self.shared = Recent()
        # Shared panels that are being edited, and whether they have to be once more.
        self.refreshing: dict[int, bool] = {}

    async def setup_hook(self) -> None:
        for room in (about, answers, ask, browse, guide, panel, reminders, stats, together):
            self.add_dynamic_items(*room.PRESSABLES)
        cogs = (
            ask.Ask(self, self.tutor),
            guide.Guide(self, self.tutor),
            browse.Browse(self, self.tutor),
            reminders.Reminders(self, self.reminding),
        )
        for cog in cogs:
            await self.add_cog(cog)
        await self._sync()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Modals; all else finds its own way."""
        if interaction.type is discord.InteractionType.modal_submit:
            await submit(interaction, about.FORMS)

    async def on_message(self, message: discord.Message, /) -> None:
        """There are no prefix commands; `Ask` listens to messages."""

    async def on_ready(self) -> None:
        log.info("connected as %s to %d servers", self.user, len(self.guilds))

    async def _sync(self) -> None:
        """Tell Discord the commands, if they changed: it takes 200 a day."""
        commands_now = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        told = json.dumps([self.application_id, commands_now], sort_keys=True)
        digest = hashlib.sha256(told.encode()).hexdigest()
        remembered = self.data / "commands.sha256"
        if remembered.is_file() and remembered.read_text(encoding="ascii") == digest:
            return
        await self.tree.sync()
        self.data.mkdir(parents=True, exist_ok=True)
        remembered.write_text(digest, encoding="ascii")
        log.info("told Discord about %d commands", len(commands_now))
