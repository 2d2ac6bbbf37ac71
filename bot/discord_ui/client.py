"""The bot as Discord sees it: connects its commands, buttons and messages with the services of the app."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.webhook.async_ import async_context

from bot.app import App
from bot.curating.curating import Revision
from bot.discord_ui.asking import following, naming, notifications, proposal_news
from bot.discord_ui.asking.messages import opens_post
from bot.discord_ui.curating import commands as curating_commands
from bot.discord_ui.curating.first_steps import FirstSteps
from bot.discord_ui.curating.notices import Notices
from bot.discord_ui.kit.admission import admits
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.delivery import end_well
from bot.discord_ui.kit.direct import Unreachable
from bot.discord_ui.kit.forms import submit
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.locale import set_locale_for
from bot.discord_ui.kit.plain_button import Json
from bot.discord_ui.kit.recent import Recent
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, log_failure
from bot.discord_ui.kit.refused_lately import ChangedRights, RefusedLately
from bot.discord_ui.kit.repeated_answers import AnswersOnce
from bot.discord_ui.kit.requests import begin_request
from bot.discord_ui.kit.silence import connector
from bot.discord_ui.kit.threads import reopen
from bot.discord_ui.late_records import LateRecords
from bot.discord_ui.parts import FORMS, add_parts
from bot.discord_ui.registration import register
from bot.language.words import _n

Parser = Callable[[Json], None]

log = logging.getLogger(__name__)

INTERACTIONS_REMEMBERED = 5000
SERVERS_NAMED = 10  # at most so many servers are listed in a line of the log


class Tree(app_commands.CommandTree[BaseBot]):
    """The command tree. It reports errors in commands in the same way as errors in buttons."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        await end_well(error, interaction)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Whether a command or an autocomplete may run: in time, not too fast, and for moderators if it is theirs.

        Whoever is refused gets a reply that says why.
        """
        is_typing = interaction.type is discord.InteractionType.autocomplete
        begin_request("autocomplete" if is_typing else "command")
        set_locale_for(interaction)
        try:
            if not await admits(interaction):
                return False
        except REQUEST_ERRORS as error:  # the reply to somebody who went too fast could not be sent
            await end_well(error, None)
            return False
        if interaction.type is discord.InteractionType.application_command:
            await reopen(interaction)
        return await curating_commands.may_use(interaction)


class LessonBot(BaseBot):
    """The bot as it runs: it connects all of its parts with Discord, and with each other.

    `data` is the folder for the bot's own files. With `reads_messages` it answers questions in the channels that
    servers chose. `homes` are the servers whose moderators change the lessons, if the operator named any. With
    `greets`, a server that invites the bot gets a card with how to set it up. The `app` outlives a connection:
    each new connection gets a new client around the same app.
    """

    def __init__(
        self,
        app: App,
        data: Path,
        *,
        reads_messages: bool = False,
        homes: Collection[int] = (),
        greets: bool = True,
    ) -> None:
        super().__init__(app, data, Tree, reads_messages=reads_messages)
        self._named = frozenset(homes)
        self._saving_homes = asyncio.Lock()
        self.notices = Notices(self, app, self.is_home)
        self.first_steps = FirstSteps(self) if greets else None
        self.notifications = notifications.NotificationSender(self)
        self.proposal_news = proposal_news.ProposalNews(self)
        self.late_records = LateRecords(self, self._catch_up)

    @property
    def shards_here(self) -> int:
        """How many connections the bot has in this process."""
        return 1

    @property
    def counts_anew(self) -> bool:
        """Whether Discord says at each connection how many shards there are."""
        return False

    @property
    def has_connected(self) -> bool:
        """Whether the gateway was reached."""
        return self.ws is not None

    def is_well(self) -> bool:
        """Whether the bot is connected now."""
        # A bot stays "ready" while discord.py tries to reconnect, so its socket is looked at, too.
        return self.is_ready() and not self.is_closed() and self.ws is not None and self.ws.open

    async def login(self, token: str) -> None:
        # For all tasks of this connection. (discord.py has no types for how an adapter is made.)
        async_context.set(AnswersOnce())  # type: ignore[no-untyped-call]
        self.http.connector = connector()
        self._refused = RefusedLately(self.http.request)
        self.http.request = self._refused  # type: ignore[method-assign]
        await super().login(token)

    async def setup_hook(self) -> None:
        self._began = discord.utils.utcnow()
        await self.app.servers.load()
        self.settings_changed()
        if not self.homes and self.application and self.application.bot_public:
            log.warning(
                "anyone can add this bot to a server, and if it is the bot's only one, lessons can be edited from "
                "there: turn Public Bot off on the application's page, under Bot, or set LESSONS_SERVERS"
            )
        await self.app.curating.reconcile()
        await self.add_parts()
        await register(self)

    async def add_parts(self) -> None:
        """Add all commands, buttons and listeners."""
        await add_parts(self, self.notices, (self.notifications, self.proposal_news, self.late_records))
        await self.add_cog(ChangedRights(self, self._refused))

    def settings_changed(self) -> None:
        """Use the homes that are saved, unless the operator named some."""
        self.homes = self._named or self.app.servers.homes

    # `Any`: discord.py's own signature.
    def _get_state(self, **options: Any) -> Any:
        state = super()._get_state(**options)
        state.parsers["INTERACTION_CREATE"] = _once(state.parsers["INTERACTION_CREATE"])
        return state

    # `Any`: what an event brings.
    def dispatch(self, event: str, /, *args: Any, **named: Any) -> None:
        """Pass an event on, unless nothing here would do anything with it: each listener would be a task."""
        if self.is_closed():
            return  # a bot that Discord refuses just after READY still has events to come, and no loop for them
        match event, args:
            case "message", (message,) if not self._may_concern(message):
                return
            case "interaction", (interaction,) if interaction.type is not discord.InteractionType.modal_submit:
                return  # discord.py itself calls commands and buttons
            case "app_command_completion", (interaction, _) if interaction.user.id not in self.kept(Unreachable):
                return
        super().dispatch(event, *args, **named)

    def _may_concern(self, message: discord.Message) -> bool:
        """Whether a message can be for the bot, or matter to one of its answers. Most are not, and do not."""
        server = message.guild
        return message.author != self.user and (
            server is None
            or message.reference is not None
            or self.user in message.mentions
            or isinstance(message.channel, discord.Thread)
            or opens_post(message)
            or bool(self.app.servers.of(server.id).listens_in)
        )

    # `Any`: what an event brings.
    async def on_error(self, event_method: str, /, *args: Any, **named: Any) -> None:
        """Log the error of a listener. It is being handled while discord.py calls this."""
        if error := sys.exception():
            log_failure(log, f"{event_method} failed", error)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Handle submitted modals; `dispatch` passes on no other interactions."""
        await submit(interaction, FORMS)

    async def lessons_read(self) -> None:
        """After a reload: record edits made outside Discord in the history, and notify moderators of problems."""
        try:
            try:
                await self.app.curating.reconcile()
                await following.answer_by_now(self)
            finally:
                self.app.asking.inbox.wake()  # a question may find its answer now
                await self.notices.tell(self.app.library.problems)
        except Exception as error:  # without the database or the network, lessons must still be reloaded
            log_failure(log, "edits made outside Discord, if there are any, were not recorded yet", error)
            self.late_records.try_soon()

    async def after_publishing(self, revision: Revision) -> str:
        self.app.asking.inbox.wake()  # its cards say what became of their questions
        notes = [self.app.curating.commit_of(revision)]
        try:
            if told := await self.notifications.notify_of(revision.item_id):
                notes.append(
                    _n(
                        "{count} member was notified about the answer",
                        "{count} members were notified about the answer",
                        told,
                    )
                )
            await self._follow_publishing()
        except Exception:
            self.late_records.try_soon()
            raise
        return " · ".join(filter(None, notes))

    def after_resolving(self) -> None:
        self.notifications.wake()

    async def after_deciding(self) -> None:
        await self.proposal_news.tell()

    async def _catch_up(self) -> None:
        """Record what the database did not, and do what follows it."""
        await self.app.curating.reconcile()
        self.app.asking.inbox.wake()
        self.notifications.wake()
        await self._follow_publishing()

    async def _follow_publishing(self) -> None:
        """Show and tell what is published to all who wait for it, apart from notifications."""
        await following.answer_by_now(self)
        await self.proposal_news.tell()
        await naming.ask_authors(self)

    async def on_message(self, message: discord.Message, /) -> None:
        """Pass a message on, in one task: each listener of discord.py would have a task of its own."""
        for hear in self.hear:
            if await hear(message):
                return

    async def on_ready(self) -> None:
        log.info("connected as %s to %d servers", self.user, len(self.guilds))
        await self._find_home()
        self._warn_if_homeless()
        await self.notices.tell(self.app.library.problems)  # lessons that broke while the bot was offline
        await naming.ask_authors(self)  # of what was published just before a kill

    async def on_guild_join(self, server: discord.Guild) -> None:
        """The bot was added to a server."""
        await self._find_home()
        self._warn_if_homeless()
        if self.first_steps:
            await self.first_steps.greet(server)

    async def on_guild_available(self, server: discord.Guild) -> None:
        """A server is back after an outage. Discord may announce a new server in this way, too."""
        await self._find_home()

    async def on_guild_remove(self, server: discord.Guild) -> None:
        """The bot was removed from a server. No other server becomes the home in its place."""
        self._warn_if_homeless()
        if self.first_steps:
            await self.first_steps.forget(server)

    async def _find_home(self) -> None:
        """Make the bot's only server the home if there never was one, and store the homes if they changed."""
        # Until the bot is ready, Discord is still announcing its servers.
        if not self.homes and self.is_ready() and self.sees_all_servers and len(self.guilds) == 1:
            self.homes = frozenset({self.guilds[0].id})
            log.info("lessons can now be edited from server %d", self.guilds[0].id)
        if self.homes != self.app.servers.homes:
            async with self._saving_homes:  # each server that Discord announces at the start leads here
                if self.homes != self.app.servers.homes:
                    await self.app.servers.set_homes(self.homes)

    def _warn_if_homeless(self) -> None:
        if self.guilds and self.sees_all_servers and not any(self.is_home(each.id) for each in self.guilds):
            log.warning(
                "nobody can edit the lessons in Discord until LESSONS_SERVERS names the server for that; "
                "the bot is in %s",
                ", ".join(str(each.id) for each in self.guilds[:SERVERS_NAMED]),
            )


def _once(parse: Parser) -> Parser:
    """Drop interactions that Discord sends again when a connection is resumed: a press would be done twice."""
    seen = Recent(INTERACTIONS_REMEMBERED)

    def parse_if_new(data: Json) -> None:
        if seen.is_new(int(data["id"])):
            parse(data)

    return parse_if_new
