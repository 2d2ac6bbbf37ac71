"""`/lessons`: the commands of moderators."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.curating.draft import Draft, DraftKind
from bot.curating.errors import GoneError
from bot.discord_ui.curating import (
    advice,
    draft_actions,
    exporting,
    history,
    importing,
    miss_list,
    proposals,
    server_settings,
    stats,
)
from bot.discord_ui.curating.draft_pictures import too_large
from bot.discord_ui.curating.named_things import NamedThings
from bot.discord_ui.kit.choices import (
    Choosables,
    fitting,
    meant,
    of_scenarios,
    offer,
    scenarios_called,
    tell_which,
)
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import escaped
from bot.discord_ui.kit.permissions import is_moderator, may_choose, may_moderate
from bot.errors import EditError
from bot.language.words import N_, _
from bot.lessons.pictures import MAX_UPLOAD_BYTES

GROUP = "lessons"
UNKNOWN = N_(
    "No entry or scenario has that name. Choose one from the list that appears as you type. "
    "`/lessons undo` brings back a removed one."
)
NO_LESSON = N_(
    "There is no lesson with that name. Choose one from the list that appears as you type, or make a new one with "
    "`/lessons new`."
)
NOT_THERE = N_(
    "No entry or scenario has that name now. To see what was removed, use `/lessons history` without a name."
)


async def may_use(interaction: Interaction) -> bool:
    """Whether this member may use the command. Discord hides it from members, but a server can show it."""
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
class Curate(commands.GroupCog, name=GROUP, description=N_("For moderators: improve the lessons.")):
    """Hidden from members by default. Permissions are checked again at each press and submit."""

    def __init__(self, app: App, show_shelf: Callable[[Interaction], Awaitable[None]]) -> None:
        self.app = app
        self.tutor = app.tutor
        self.things = NamedThings(app)
        # What `/browse` does.
        self.show_shelf = show_shelf

    @app_commands.command(description=N_("Browse the lessons and their questions."))
    async def browse(self, interaction: Interaction) -> None:
        await self.show_shelf(interaction)

    @app_commands.command(description=N_("Add an entry: a question and its answer."))
    @app_commands.describe(
        lesson=N_("The lesson to add the entry to. If you leave this out, you choose it in the form.")
    )
    async def add(self, interaction: Interaction, lesson: str = "") -> None:
        if not lesson:
            await self._begin(interaction, "add")
            return
        file = await self._one(interaction, lesson, self.things.lessons, NO_LESSON)
        if file is not None:
            await self._begin(interaction, "add", file=file)

    @app_commands.command(description=N_("Make a new lesson, then add entries to it."))
    async def new(self, interaction: Interaction) -> None:
        await self._begin(interaction, "new")

    @app_commands.command(description=N_("Edit an entry, a scenario or a lesson; move an entry, or merge two."))
    @app_commands.describe(
        what=N_("The entry, scenario or lesson."),
        move_to=N_("The lesson to move the entry to."),
        merge_into=N_("The entry that stays: it gets the question, phrasings and answer of the other one."),
    )
    async def edit(self, interaction: Interaction, what: str, move_to: str = "", merge_into: str = "") -> None:
        # The title of a lesson alone means it only where nothing else is called that.
        things = self.things.all if meant(what, self.things.all) else self.things.lessons
        item_id = await self._one(interaction, what, things, UNKNOWN)
        if item_id is None:
            return
        if move_to or merge_into:
            await self._move_or_merge(interaction, item_id, move_to, merge_into)
            return
        if item_id in self.app.library.lessons.by_file:
            await self._begin(interaction, "lesson", file=item_id)
            return
        is_scenario = item_id in self.app.library.lessons.scenarios
        await self._begin(interaction, "scenario" if is_scenario else "edit", item_id=item_id)

    @app_commands.command(description=N_("Remove an entry from the lessons. You can undo this."))
    @app_commands.describe(entry=N_("Type a few letters of the question, then choose the entry from the list."))
    async def remove(self, interaction: Interaction, entry: str) -> None:
        item_id = await self._one(interaction, entry, self.things.entries, UNKNOWN)
        if item_id is None:
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        if draft := await self._draft(interaction, "remove", item_id=item_id):
            await draft_actions.show_draft(interaction, draft)

    @app_commands.command(description=N_("Add or replace the picture of an entry."))
    @app_commands.describe(
        entry=N_("Type a few letters of the question, then choose the entry from the list."),
        picture=N_("A PNG, JPEG, GIF or WebP file, up to 8 MB. No animations."),
        alt=N_("Alt text: describe the picture for people who can't see it."),
    )
    async def picture(
        self,
        interaction: Interaction,
        entry: str,
        picture: discord.Attachment,
        alt: app_commands.Range[str, 1, 1000],
    ) -> None:
        item_id = await self._one(interaction, entry, self.things.entries, UNKNOWN)
        if item_id is None:
            return
        if picture.size > MAX_UPLOAD_BYTES:
            await tell(interaction, too_large(picture))
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await self._give(interaction, item_id, await picture.read(), alt)

    @app_commands.command(description=N_("See what was changed, by whom and why, and undo changes."))
    @app_commands.describe(what=N_("Show only this entry or scenario."))
    async def history(self, interaction: Interaction, what: str = "") -> None:
        item_id = await self._in_history(interaction, what)
        if item_id is not None:
            await history.show_history(interaction, item_id)

    @app_commands.command(description=N_("Undo the latest change. You see what that does before you publish it."))
    @app_commands.describe(what=N_("Undo only the latest change to this entry or scenario."))
    async def undo(self, interaction: Interaction, what: str = "") -> None:
        item_id = await self._in_history(interaction, what)
        if item_id is None:
            return
        latest = await self.app.curating.latest(item_id or None)
        if latest:
            await history.propose_undo(interaction, latest.id, together=not what)
        else:
            await tell(interaction, _("There are no changes to undo."))

    @app_commands.command(description=N_("See the questions that got no good answer, most asked first."))
    async def misses(self, interaction: Interaction) -> None:
        await miss_list.show_list(interaction)

    @app_commands.command(description=N_("See what members propose for the lessons, and decide."))
    async def proposals(self, interaction: Interaction) -> None:
        await proposals.show_proposals(interaction)

    @app_commands.command(description=N_("Find errors in the lessons and ways to improve them."))
    async def check(self, interaction: Interaction) -> None:
        await advice.show_advice(interaction)

    @app_commands.command(description=N_("See how members use the lessons and where they get stuck."))
    @app_commands.describe(scenario=N_("Show where members get stuck in this walkthrough."))
    async def stats(self, interaction: Interaction, scenario: str = "") -> None:
        found = scenarios_called(scenario, self.tutor) if scenario.strip() else []
        if len(found) > 1:
            await tell_which(interaction, list(of_scenarios(found, self.tutor)))
        else:
            await stats.show_stats(interaction, self.tutor, found[0].id if found else scenario.strip())

    @app_commands.command(description=N_("Download all lessons as a zip file."))
    async def export(self, interaction: Interaction) -> None:
        await exporting.export(interaction)

    @app_commands.command(
        name="import",
        description=N_("Import lessons, FAQs, sheets or a zip file. You review the changes before you publish."),
    )
    @app_commands.describe(
        file=N_("A .yaml, .md, .txt, .csv, .json or .rst file, or a zip file of these."),
        file2=N_("Another file."),
        file3=N_("Another file."),
        file4=N_("Another file."),
        file5=N_("Another file."),
        columns=N_("For a sheet without a header: what its columns are, such as question,answer."),
        base_url=N_("The web address of the page. Its relative links will lead there."),
    )
    async def import_(  # noqa: PLR0913, PLR0917 -- Discord takes one file an option, by its place
        self,
        interaction: Interaction,
        file: discord.Attachment,
        file2: discord.Attachment | None = None,
        file3: discord.Attachment | None = None,
        file4: discord.Attachment | None = None,
        file5: discord.Attachment | None = None,
        columns: str = "",
        base_url: app_commands.Range[str, 0, 500] = "",
    ) -> None:
        files = [each for each in (file, file2, file3, file4, file5) if each]
        await importing.propose(interaction, files, columns, base_url)

    @app_commands.command(description=N_("Set the moderators, channels, language and feedback for this server."))
    async def settings(self, interaction: Interaction) -> None:
        await server_settings.show_settings(interaction)

    @add.autocomplete("lesson")
    async def _lessons(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return offer(fitting(typed, self.things.lessons))

    @stats.autocomplete("scenario")
    async def _scenarios(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return offer(fitting(typed, lambda _text: of_scenarios(self.tutor.scenarios, self.tutor)))

    @edit.autocomplete("what")
    async def _all(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return offer(self.things.offered_all(typed))

    @edit.autocomplete("move_to")
    async def _targets(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return offer(fitting(typed, self.things.lessons))

    @edit.autocomplete("merge_into")
    async def _kept(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return offer(self.things.offered_entries(typed))

    @history.autocomplete("what")
    @undo.autocomplete("what")
    async def _items(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return offer(await self.things.offered_items(typed))

    @remove.autocomplete("entry")
    @picture.autocomplete("entry")
    async def _entries(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return offer(self.things.offered_entries(typed))

    async def _in_history(self, interaction: Interaction, typed: str) -> str | None:
        """The id of the choice, also of what was removed; '' if nothing was typed.

        None, and a reply says why, if it is unknown or ambiguous.
        """
        # The titles of what was removed are in old versions of the files: reading them takes a moment.
        await interaction.response.defer(ephemeral=True, thinking=True)
        if not typed:
            return ""
        found = meant(typed, self.things.items) or await self.things.removed(typed)
        if len(found) > 1:
            await tell_which(interaction, found)
            return None
        if found:
            return found[0].id
        if await self.app.curating.history(id_ := typed[:32], 1):
            return id_
        await tell(interaction, _(NOT_THERE))
        return None

    @staticmethod
    async def _one(interaction: Interaction, typed: str, things: Choosables, unknown: str) -> str | None:
        """The id of the choice; None, and a reply says why, if it is unknown or ambiguous."""
        found = meant(typed, things)
        if len(found) > 1:
            await tell_which(interaction, found)
            return None
        if found:
            return found[0].id
        await tell(interaction, _(unknown))
        return None

    async def _move_or_merge(self, interaction: Interaction, item_id: str, move_to: str, merge_into: str) -> None:
        """Show the review of a move or a merge at once: there is nothing to type."""
        lessons = self.app.library.lessons
        if item_id not in lessons.entries:
            await tell(interaction, _("Only entries can be moved or merged."))
        elif move_to and merge_into:
            await tell(interaction, _("Choose a lesson to move to or an entry to merge into, not both."))
        elif move_to:
            file = await self._one(interaction, move_to, self.things.lessons, NO_LESSON)
            if file == lessons.file_of(item_id):
                await tell(interaction, _("The entry is in that lesson already."))
            elif file is not None:
                await self._review(interaction, "move", item_id=item_id, other=file)
        else:
            kept = await self._one(interaction, merge_into, self.things.entries, UNKNOWN)
            if kept == item_id:
                await tell(interaction, _("An entry can't be merged into itself."))
            elif kept is not None:
                await self._review(interaction, "merge", item_id=kept, other=item_id)

    async def _review(self, interaction: Interaction, kind: DraftKind, *, item_id: str, other: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        if draft := await self._draft(interaction, kind, item_id=item_id, other=other):
            await draft_actions.show_draft(interaction, draft)

    async def _begin(
        self, interaction: Interaction, kind: DraftKind, *, item_id: str = "", file: str = ""
    ) -> None:
        """Open the form of a new draft; or show the review of the moderator's earlier draft of this item."""
        draft = await self._draft(interaction, kind, item_id=item_id, file=file, resume=True)
        if draft and draft.untouched:
            await draft_actions.open_form(interaction, draft, is_chosen=kind != "add" or bool(file))
        elif draft:
            await draft_actions.show_left(interaction, draft)

    async def _give(self, interaction: Interaction, item_id: str, picture: bytes, alt: str) -> None:
        """Add the picture to the moderator's earlier draft of this entry, or to a new one."""
        draft = await self._draft(interaction, "edit", item_id=item_id, resume=True)
        if draft is None:
            return
        try:
            await draft_actions.show_draft(
                interaction, await self.app.curating.drafts.picture(draft.id, picture, alt)
            )
        except GoneError:
            await tell(interaction, _(draft_actions.GONE))
        except EditError as error:
            await tell(interaction, _("Nothing was changed: {why}", why=escaped(str(error))))

    async def _draft(  # noqa: PLR0913 -- as `Drafting.begin`
        self,
        interaction: Interaction,
        kind: DraftKind,
        *,
        item_id: str = "",
        file: str = "",
        other: str = "",
        resume: bool = False,
    ) -> Draft | None:
        """Begin a draft; None, and a reply says so, if its entry has just been removed outside Discord."""
        user, server = interaction.user.id, interaction.guild_id or 0
        try:
            return await self.app.curating.drafts.begin(
                kind, user, server, item_id=item_id, file=file, other=other, resume=resume
            )
        except GoneError:
            await tell(interaction, _(UNKNOWN))
            return None
