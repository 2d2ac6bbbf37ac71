"""The bot as Discord sees it: which commands and buttons it has, and when it tells Discord of them."""

from __future__ import annotations

import logging
from collections.abc import Collection
from pathlib import Path

import discord
from discord import app_commands
from discord.ext import commands

from bot.curate.committing import Committing
from bot.curate.curator import Curator
from bot.curate.ledger import Ledger
from bot.curate.lint import lint
from bot.discord_ui import about
from bot.discord_ui.admission import Admission
from bot.discord_ui.asking import answers, ask, browse, feedback, listening, replies, telling
from bot.discord_ui.delivery import end_well
from bot.discord_ui.forms import submit
from bot.discord_ui.moderating import (
    checking,
    curate,
    drafts,
    history,
    miss_answers,
    misses,
    server_settings,
    stats,
    transfer,
)
from bot.discord_ui.moderating.notices import Notices
from bot.discord_ui.recent import Recent
from bot.discord_ui.registration import register
from bot.discord_ui.speech import speak_to
from bot.discord_ui.walking import guide, panel, reminders, together
from bot.errors import Problem
from bot.guide.reminding import Reminding
from bot.guide.together import Together
from bot.guide.walks import Walks
from bot.language.words import _n
from bot.lessons.library import Library
from bot.lessons.pictures import damaged_pictures
from bot.questions.asking import Asking
from bot.store.revisions import Revision
from bot.store.store import Store
from bot.tutor import Tutor

log = logging.getLogger(__name__)

ROOMS = (
    about,
    answers,
    browse,
    checking,
    drafts,
    feedback,
    guide,
    history,
    listening,
    miss_answers,
    misses,
    panel,
    reminders,
    replies,
    server_settings,
    stats,
    together,
    transfer,
)

# What the bot does in a channel: see it, write, in threads too, and show a picture.
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,
    read_message_history=True,  # to reply to a message
)


SERVERS_NAMED = 10  # in a line of the log


class Tree(app_commands.CommandTree["LessonBot"]):
    """The command tree; an error in a command ends like one in a button."""

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        await end_well(error, interaction)

    async def interaction_check(self, interaction: discord.Interaction[LessonBot], /) -> bool:
        """Nothing too late or too fast; commands for moderators are for moderators, and what appears as they type.

        A refusal is no error.
        """
        speak_to(interaction)
        try:
            if not await interaction.client.admission.admits(interaction):
                return False
        except discord.HTTPException as error:  # whoever went too fast is gone
            await end_well(error, None)
            return False
        return await curate.may_use(interaction)


class LessonBot(commands.Bot):
    """A Discord client around a Tutor, the lessons and what is remembered.

    `data` is the folder where it may keep files. With `commits`, git commits what moderators publish;
    with `reads_messages`, questions are answered in the channels that servers chose for it. `homes` are the
    servers whose moderators change the lessons, if the operator named any. A `ledger` outlives the connection:
    what one bot is just writing, the next one waits for.
    """

    def __init__(  # noqa: PLR0913 -- what it stands on, and what an operator can set
        self,
        tutor: Tutor,
        library: Library,
        store: Store,
        data: Path,
        *,
        question_days: int = 90,
        commits: bool = False,
        reads_messages: bool = False,
        homes: Collection[int] = (),
        ledger: Ledger | None = None,
    ) -> None:
        # Nothing privileged by default: questions come by command, by mention or in a direct message.
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
            # Servers add the bot, and members do not carry it into others; they may write to it directly.
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
        )
        self.tutor = tutor
        self.library = library
        self.store = store
        self.data = data
        self._named = frozenset(homes)
        # The servers whose moderators change the lessons, which are those of all servers.
        self.homes: frozenset[int] = frozenset()
        clock = discord.utils.utcnow
        self.walks = Walks(tutor, store, clock)
        self.together = Together(tutor, store, clock)
        self.reminding = Reminding(tutor, store, clock, question_days)
        self.asking = Asking(
            tutor, store, clock, question_days, lambda server: store.servers.of(server).asks_for_feedback
        )
        self.curator = Curator(tutor, library, store, clock, ledger)
        self.committing = Committing(library)
        if commits:
            self.curator.ledger.around = self.committing.around
        self.notices = Notices(self, store.servers, self.is_home, data / "told.json")
        self.shared = Recent()
        # Members whose direct messages were closed at the last try: what waits for them is shown where they are.
        self.unreachable: set[int] = set()
        self.admission = Admission()
        # Shared panels that are being edited, and whether they have to be once more.
        self.refreshing: dict[int, bool] = {}

    async def setup_hook(self) -> None:
        await self.store.servers.load()
        self.homes = self._named or self.store.servers.homes
        if not self.homes and self.application and self.application.bot_public:
            log.warning(
                "anybody can add this bot to a server, and the first one becomes its home: turn Public Bot off at "
                "the application's page, under Bot, or set LESSONS_SERVERS"
            )
        await self.curator.recover()
        for room in ROOMS:
            self.add_dynamic_items(*room.PRESSABLES)
        cogs = (
            ask.Ask(self, self.tutor),
            guide.Guide(self, self.tutor),
            browse.Browse(self.tutor),
            reminders.Reminders(self, self.reminding),
            telling.Answers(self),
            curate.Curate(self, self.tutor),
        )
        for cog in cogs:
            await self.add_cog(cog)
        await register(self)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Modals; all else finds its own way."""
        if interaction.type is discord.InteractionType.modal_submit:
            await submit(interaction, (*about.FORMS, *drafts.FORMS, *feedback.FORMS, *misses.FORMS))

    def is_home(self, server: int | None) -> bool:
        """Whether the lessons are changed from this server.

        A server that installed the commands alone is unknown to the bot, and is none.
        """
        return server is not None and server in self.homes and self.get_guild(server) is not None

    async def lessons_read(self) -> None:
        """The lessons were read again: what was edited outside Discord is history, what is wrong is news."""
        try:
            try:
                await self.curator.note_outside()
            finally:
                await self.notices.tell(self.library.problems)
        except Exception:  # a database or a network that is away must not stop the lessons from being followed
            log.exception("an edit outside Discord was not noted; it will be at the next one")

    def lint(self) -> list[Problem]:
        """What is worth a look in the lessons; takes a moment."""
        pictures = damaged_pictures(self.library.lessons.documents, self.library.folder)
        return sorted([*lint(self.tutor.known, discord.utils.utcnow().date()), *pictures])

    async def after_publishing(self, revision: Revision) -> str:
        """What follows on an edit: those who asked for it are told. What to say of that, and of its commit."""
        notes = [self.committing.said_of(revision)]
        if told := await telling.tell_of(self, revision.part):
            notes.append(_n("told {count} member who had asked", "told {count} members who had asked", told))
        return " · ".join(filter(None, notes))

    async def on_message(self, message: discord.Message, /) -> None:
        """There are no prefix commands; `Ask` listens to messages."""

    async def on_ready(self) -> None:
        log.info("connected as %s to %d servers", self.user, len(self.guilds))
        await self._find_home()
        self._warn_if_homeless()
        await self.notices.tell(self.library.problems)  # what broke while nobody was connected

    async def on_guild_join(self, server: discord.Guild) -> None:
        """A server where the bot was not before."""
        await self._find_home()
        self._warn_if_homeless()

    async def on_guild_available(self, server: discord.Guild) -> None:
        """A server after an outage; Discord may announce one like this where the bot was not before, too."""
        await self._find_home()

    async def on_guild_remove(self, server: discord.Guild) -> None:
        """The bot is no longer there. Whoever is left inherits nothing."""
        self._warn_if_homeless()

    async def _find_home(self) -> None:
        """The only server there is becomes home, if none ever was; whichever is, is remembered."""
        # Until the bot is ready, Discord is still announcing its servers.
        if not self.homes and self.is_ready() and len(self.guilds) == 1:
            self.homes = frozenset({self.guilds[0].id})
            log.info("the lessons are changed from server %d from now on", self.guilds[0].id)
        if self.homes != self.store.servers.homes:
            await self.store.servers.set_homes(self.homes)

    def _warn_if_homeless(self) -> None:
        if self.guilds and not any(self.is_home(each.id) for each in self.guilds):
            log.warning(
                "nobody can change the lessons in Discord until LESSONS_SERVERS says from which server; "
                "the bot is in %s",
                ", ".join(str(each.id) for each in self.guilds[:SERVERS_NAMED]),
            )
