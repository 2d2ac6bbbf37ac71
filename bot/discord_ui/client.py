"""The bot as Discord sees it: connects its commands, buttons and messages with the services of the app."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from discord.webhook.async_ import async_context

from bot.app import App
from bot.asking.asking import Logged
from bot.curating.curating import Revision
from bot.discord_ui.asking import following, naming, notifications, proposal_news
from bot.discord_ui.asking.messages import opens_post
from bot.discord_ui.curating import commands as curating_commands
from bot.discord_ui.curating.first_steps import FirstSteps
from bot.discord_ui.curating.notices import Notices
from bot.discord_ui.kit.admission import Admission
from bot.discord_ui.kit.delivery import end_well
from bot.discord_ui.kit.forms import submit
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.late_answers import TimelyConnector
from bot.discord_ui.kit.locale import set_locale_for
from bot.discord_ui.kit.plain_button import Json
from bot.discord_ui.kit.recent import Latest, Recent
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, log_failure
from bot.discord_ui.kit.repeated_answers import AnswersOnce
from bot.discord_ui.kit.requests import begin_request
from bot.discord_ui.kit.threads import reopen
from bot.discord_ui.late_records import LateRecords
from bot.discord_ui.parts import FORMS, add_parts
from bot.discord_ui.registration import register
from bot.language.words import _n

Parser = Callable[[Json], None]

log = logging.getLogger(__name__)

INTERACTIONS_REMEMBERED = 5000
SERVERS_NAMED = 10  # at most so many servers are listed in a line of the log


class Tree(app_commands.CommandTree["LessonBot"]):
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
            if not await interaction.client.admission.admits(interaction):
                return False
        except REQUEST_ERRORS as error:  # the reply to somebody who went too fast could not be sent
            await end_well(error, None)
            return False
        if interaction.type is discord.InteractionType.application_command:
            await reopen(interaction)
        return await curating_commands.may_use(interaction)


class LessonBot(commands.Bot):
    """The bot as a Discord client: it connects the app's services to commands, buttons and messages.

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
        # No privileged intents by default: questions come by command, by mention or in a direct message.
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        intents.message_content = reads_messages
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=intents,
            tree_cls=Tree,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            activity=discord.Game("/ask"),
            # Only servers can install the bot. Members cannot use it in other servers, but in direct messages.
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
        )
        self.app = app
        self.data = data
        self._named = frozenset(homes)
        # The servers whose moderators change the lessons. All servers have the same lessons.
        self.homes: frozenset[int] = frozenset()
        self._saving_homes = asyncio.Lock()
        self._began = discord.utils.utcnow()
        self.notices = Notices(self, app.servers, self.is_home)
        self.first_steps = FirstSteps(self) if greets else None
        self.shared = Recent()
        self.sent = following.SentAnswers()
        # Called with each message that may concern the bot, in this order.
        self.hear: list[Callable[[discord.Message], Awaitable[None]]] = []
        # What "Answer this" read in a message, by its id: logged only if the answer is posted.
        self.read_in_messages: Latest[int, str] = Latest()
        # What it logged of a message, by its id: once, whichever answer is posted, and at whichever try.
        self.logged_messages: Latest[int, Logged] = Latest()
        # The language of members who pressed or typed a command lately; '' for one that the bot does not speak.
        self.languages_of_members: Latest[int, str] = Latest(1000)
        # Members whose direct messages were closed at the last try: what waits for them is shown where they are.
        self.unreachable: set[int] = set()
        self.admission = Admission()
        self.notifications = notifications.NotificationSender(self)
        self.proposal_news = proposal_news.ProposalNews(self)
        self.late_records = LateRecords(self)
        # Shared panels that are being edited, by message id, and whether each has to be edited once more.
        self.refreshing: dict[int, bool] = {}
        # The last private reply to a member about a shared panel, by the ids of the panel and of the member.
        self.told: Latest[tuple[int, int], Interaction] = Latest()
        # How many hints of a shared panel's quiz a member was told alone, by the same ids.
        self.hinted: Latest[tuple[int, int], int] = Latest(1000)

    @property
    def sees_all_servers(self) -> bool:
        """Whether `guilds` are all servers of the bot; not if other processes have other shards."""
        return True

    def answers_since(self, server: int) -> datetime:
        """When this process began to answer in a server. Another one may have answered there before."""
        return self._began

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
        # Here, as a connector can only be made in a running loop.
        self.http.connector = TimelyConnector(self.admission.is_too_late)
        # For all tasks of this connection. (discord.py has no types for how an adapter is made.)
        async_context.set(AnswersOnce())  # type: ignore[no-untyped-call]
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
        await add_parts(self)
        await register(self)

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
            case "app_command_completion", (interaction, _) if interaction.user.id not in self.unreachable:
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

    def is_home(self, server: int | None) -> bool:
        """Whether the lessons are changed from this server.

        False for a server that installed only the commands: the bot is not a member there.
        """
        return server is not None and server in self.homes and self.get_guild(server) is not None

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
            log_failure(log, "an edit made outside Discord was not recorded yet", error)
            self.late_records.try_soon()

    async def after_publishing(self, revision: Revision) -> str:
        """Notify the members who asked for the edited item; returns a note on that and on the commit, or ''."""
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
            await self.follow_publishing()
        except Exception:
            self.late_records.try_soon()
            raise
        return " · ".join(filter(None, notes))

    async def follow_publishing(self) -> None:
        """Show and tell what is published to all who wait for it, apart from notifications."""
        await following.answer_by_now(self)
        await self.proposal_news.tell()
        await naming.ask_authors(self)

    async def on_message(self, message: discord.Message, /) -> None:
        """Pass a message on, in one task: each listener of discord.py would have a task of its own."""
        for hear in self.hear:
            await hear(message)

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
