"""The bot as its commands, buttons and senders know it. `client.LessonBot` connects them with each other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.curating.curating import Revision

Kept = TypeVar("Kept")


class BaseBot(commands.Bot):
    """A Discord client that leads to the app's services, and keeps what its parts remember while it is connected.

    `data` is the folder for the bot's own files. With `reads_messages` it can read the messages of channels.
    """

    def __init__(
        self,
        app: App,
        data: Path,
        tree: type[app_commands.CommandTree[BaseBot]],
        *,
        reads_messages: bool = False,
    ) -> None:
        # No privileged intents by default: questions come by command, by mention or in a direct message.
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        intents.message_content = reads_messages
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=intents,
            tree_cls=tree,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            activity=discord.Game("/ask"),
            # Only servers can install the bot. Members cannot use it in other servers, but in direct messages.
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
        )
        self.app = app
        self.data = data
        # Called with each message that may concern the bot, in this order, until one returns True.
        self.hear: list[Callable[[discord.Message], Awaitable[bool | None]]] = []
        # The servers whose moderators change the lessons. All servers have the same lessons.
        self.homes: frozenset[int] = frozenset()
        self._began = discord.utils.utcnow()
        self._kept: dict[type, object] = {}

    def kept(self, kind: type[Kept]) -> Kept:
        """The one object of this class that belongs to this connection. It is made when it is first asked for."""
        if kind not in self._kept:
            self._kept[kind] = kind()
        return cast(Kept, self._kept[kind])

    @property
    def sees_all_servers(self) -> bool:
        """Whether `guilds` are all servers of the bot; not if other processes have other shards."""
        return True

    def answers_since(self, server: int) -> datetime:
        """When this process began to answer in a server. Another one may have answered there before."""
        return self._began

    def is_home(self, server: int | None) -> bool:
        """Whether the lessons are changed from this server.

        False for a server that installed only the commands: the bot is not a member there.
        """
        return server is not None and server in self.homes and self.get_guild(server) is not None

    async def after_publishing(self, revision: Revision) -> str:
        """Notify the members who asked for the edited item; returns a note on that and on the commit, or ''."""
        raise NotImplementedError

    def after_resolving(self) -> None:
        """Notify the members who asked what moderators found in the lessons now."""
        raise NotImplementedError

    async def after_deciding(self) -> None:
        """Tell members what was decided on their proposals."""
        raise NotImplementedError
