"""`/lessons`: moderators improve the lessons, from a question nobody could find to a better answer."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import escape_markdown

from bot.curate.draft import Draft
from bot.curate.errors import GoneError
from bot.discord_ui.asking import browse
from bot.discord_ui.delivery import respond, tell
from bot.discord_ui.layout import shorten
from bot.discord_ui.limits import CHOICE_TEXT, CHOICES
from bot.discord_ui.moderating import checking, drafts, history, misses, server_settings, stats, transfer
from bot.discord_ui.moderating.moderators import is_moderator, may_choose, may_moderate
from bot.errors import EditError
from bot.language.numbers import mebibytes
from bot.language.words import N_, _
from bot.lessons.pictures import MAX_UPLOAD_BYTES
from bot.tutor import Tutor

GROUP = "lessons"
SCENARIOS = 3  # of the choices that appear as somebody types
UNKNOWN = N_("No entry or scenario is called that. Choose one of those that appear as you type.")


async def may_use(interaction: discord.Interaction[Any]) -> bool:
    """Whether this member may use the command that they typed; Discord hides it, but a server can show it."""
    command = interaction.command
    root = command.root_parent if isinstance(command, app_commands.Command) else None
    if root is None or root.name != GROUP:
        return True
    if interaction.type is discord.InteractionType.autocomplete:
        if is_moderator(interaction) and interaction.client.is_home(interaction.guild_id):
            return True
        await interaction.response.autocomplete([])
        return False
    is_settings = command is not None and command.name == "settings"
    return await (may_choose(interaction) if is_settings else may_moderate(interaction))


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class Curate(commands.GroupCog, name=GROUP, description=N_("For moderators: make the lessons better.")):
    """Hidden from members by default; and checked again at each press and submit."""

    def __init__(self, bot: Any, tutor: Tutor) -> None:
        self.bot = bot
        self.tutor = tutor

    @app_commands.command(description=N_("Look through the lessons and their questions."))
    async def browse(self, interaction: discord.Interaction) -> None:
        await respond(interaction, [browse.shelf(self.tutor)], private=True)

    @app_commands.command(description=N_("A new entry: a question and its answer."))
    @app_commands.describe(lesson=N_("The lesson it belongs to; without it, the first."))
    async def add(self, interaction: discord.Interaction, lesson: str = "") -> None:
        documents = self.bot.library.lessons.documents
        fitting = [each.file for each in documents if lesson in {each.file, each.lesson.lesson, ""}]
        file = fitting[0] if fitting else None
        if file is None:
            await tell(interaction, _("There is no lesson of that name."))
            return
        await self._begin(interaction, "add", file=file)

    @app_commands.command(description=N_("Change an entry, or a scenario's texts."))
    @app_commands.describe(what=N_("The entry or scenario."))
    async def edit(self, interaction: discord.Interaction, what: str) -> None:
        part = self._part(what)
        if part is None:
            await tell(interaction, _(UNKNOWN))
            return
        is_scenario = part in self.bot.library.lessons.scenarios
        await self._begin(interaction, "scenario" if is_scenario else "edit", part=part)

    @app_commands.command(description=N_("Take an entry out of the lessons. It can be undone."))
    @app_commands.describe(entry=N_("The entry."))
    async def remove(self, interaction: discord.Interaction, entry: str) -> None:
        part = self._part(entry)
        if part is None or part not in self.bot.library.lessons.entries:
            await tell(interaction, _(UNKNOWN))
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        if draft := await self._draft(interaction, "remove", part=part):
            await drafts.show(interaction, draft)

    @app_commands.command(description=N_("Give an entry a picture."))
    @app_commands.describe(
        entry=N_("The entry."),
        picture=N_("PNG, JPEG or WebP, at most 8 MiB."),
        alt=N_("What somebody who cannot see it should know."),
    )
    async def picture(
        self,
        interaction: discord.Interaction,
        entry: str,
        picture: discord.Attachment,
        alt: app_commands.Range[str, 1, 1000],
    ) -> None:
        part = self._part(entry)
        if part is None or part not in self.bot.library.lessons.entries:
            await tell(interaction, _(UNKNOWN))
        elif picture.size > MAX_UPLOAD_BYTES:
            size, most = mebibytes(picture.size), mebibytes(MAX_UPLOAD_BYTES)
            too_large = _("The picture has {size} MiB; at most {most} can be taken.", size=size, most=most)
            await tell(interaction, too_large)
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await self._give(interaction, part, await picture.read(), alt)

    @app_commands.command(description=N_("What was changed, by whom and why; with the way back."))
    @app_commands.describe(what=N_("Only this entry or scenario."))
    async def history(self, interaction: discord.Interaction, what: str = "") -> None:
        part = self._part(what) if what else ""
        # What was removed is in the history, too.
        await history.show_history(interaction, part if part is not None else what[:32])

    @app_commands.command(description=N_("Undo the latest change."))
    @app_commands.describe(what=N_("The latest change of this entry or scenario."))
    async def undo(self, interaction: discord.Interaction, what: str = "") -> None:
        part = self._part(what) if what else None
        await interaction.response.defer(ephemeral=True, thinking=True)
        latest = await self.bot.curator.history(part or what[:32] or None, 1)
        if latest:
            await history.undo(interaction, latest[0].id, together=not what)
        else:
            await tell(interaction, _("Nothing was changed yet."))

    @app_commands.command(description=N_("Questions that found no good answer, most asked first."))
    async def misses(self, interaction: discord.Interaction) -> None:
        await misses.show_misses(interaction)

    @app_commands.command(description=N_("What is worth a look in the lessons."))
    async def check(self, interaction: discord.Interaction) -> None:
        await checking.show_advice(interaction)

    @app_commands.command(description=N_("How the lessons are used, and where learners get stuck."))
    @app_commands.describe(scenario=N_("Where learners get stuck in this walkthrough."))
    async def stats(self, interaction: discord.Interaction, scenario: str = "") -> None:
        await stats.show(interaction, self.tutor, scenario)

    @app_commands.command(description=N_("All lessons as one zip."))
    async def export(self, interaction: discord.Interaction) -> None:
        await transfer.export(interaction)

    @app_commands.command(
        name="import", description=N_("Take a lesson file or a zip; shown first, then published.")
    )
    @app_commands.describe(file=N_("A .yaml file, or a zip as /lessons export makes it."))
    async def import_(self, interaction: discord.Interaction, file: discord.Attachment) -> None:
        await transfer.propose(interaction, file)

    @app_commands.command(description=N_("What this server wants: moderators, channels, feedback."))
    async def settings(self, interaction: discord.Interaction) -> None:
        await server_settings.show_settings(interaction)

    @add.autocomplete("lesson")
    async def _lessons(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        fitting = [
            app_commands.Choice(name=shorten(each.lesson.lesson, CHOICE_TEXT), value=each.file[:CHOICE_TEXT])
            for each in self.bot.library.lessons.documents
            if typed.casefold() in each.lesson.lesson.casefold()
        ]
        return fitting[:CHOICES]

    @edit.autocomplete("what")
    @history.autocomplete("what")
    @undo.autocomplete("what")
    async def _parts(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        half = typed.casefold()
        scenarios = [
            app_commands.Choice(name=shorten(_("Scenario: {title}", title=each.title), CHOICE_TEXT), value=each.id)
            for each in self.tutor.scenarios
            if half in each.title.casefold()
        ][:SCENARIOS]
        return [*self._complete(typed)[: CHOICES - len(scenarios)], *scenarios]

    @remove.autocomplete("entry")
    @picture.autocomplete("entry")
    async def _entries(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return self._complete(typed)

    def _complete(self, typed: str) -> list[app_commands.Choice[str]]:
        known = self.bot.library.lessons.entries
        return [
            app_commands.Choice(name=shorten(each.text, CHOICE_TEXT), value=each.id)
            for each in self.tutor.complete(typed)
            if each.id in known
        ]

    def _part(self, wanted: str) -> str | None:
        """The id of an entry or scenario, by its id or its question or title in full."""
        lessons = self.bot.library.lessons
        if wanted in lessons.entries or wanted in lessons.scenarios:
            return wanted
        named = {each.question.casefold(): each.id for each in lessons.entries.values()}
        named |= {each.title.casefold(): each.id for each in lessons.scenarios.values()}
        return named.get(wanted.strip().casefold())

    async def _begin(self, interaction: discord.Interaction, kind: str, *, part: str = "", file: str = "") -> None:
        """The modal of a new draft; or the draft of the same that was begun before."""
        if draft := await drafts.begun(interaction, kind, part or file):
            await interaction.response.defer(ephemeral=True, thinking=True)
            await drafts.show(interaction, draft)
            return
        if draft := await self._draft(interaction, kind, part=part, file=file):
            await drafts.open_form(interaction, draft)

    async def _give(self, interaction: discord.Interaction, part: str, picture: bytes, alt: str) -> None:
        """The picture into the draft of this entry that was begun before, or into a new one."""
        draft = await drafts.begun(interaction, "edit", part) or await self._draft(interaction, "edit", part=part)
        if draft is None:
            return
        try:
            await drafts.show(interaction, await self.bot.curator.drafts.picture(draft.id, picture, alt))
        except GoneError:
            await tell(interaction, _(drafts.GONE))
        except EditError as error:
            await tell(interaction, _("Nothing was changed: {why}", why=escape_markdown(str(error))))

    async def _draft(
        self, interaction: discord.Interaction, kind: str, *, part: str = "", file: str = ""
    ) -> Draft | None:
        """A new draft; None, and they are told, where an edit outside Discord took its part away just now."""
        user, server = interaction.user.id, interaction.guild_id
        try:
            draft: Draft = await self.bot.curator.drafts.begin(kind, user, server, part=part, file=file)
        except GoneError:
            await tell(interaction, _(UNKNOWN))
            return None
        return draft
