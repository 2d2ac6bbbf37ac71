"""`/walkthrough forget`: deletes what is kept of a member's walkthroughs, once they have seen what that is."""

from __future__ import annotations

import discord

from bot.app import Forgotten
from bot.discord_ui.kit.admission import may_look_for_own_data
from bot.discord_ui.kit.cards import Card, Controls, note_card
from bot.discord_ui.kit.delivery import replace, respond, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.press import Button
from bot.language.words import _, _n

FORGET = "forget"


class ForgetWalks(Button, template="lb:forget-walks"):
    """Deletes what is kept of the walkthroughs of whoever presses it."""

    kind = "forget-walks"
    style = discord.ButtonStyle.danger

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        gone = await interaction.client.app.walking.own.forget(interaction.user.id)
        await replace(interaction, [note_card(_said(gone))])


class KeepWalks(Button, template="lb:keep-walks"):
    """Deletes nothing."""

    kind = "keep-walks"

    async def pressed(self, interaction: Interaction) -> None:
        await replace(interaction, [note_card(_("Nothing was deleted."))])


COMPONENTS = (ForgetWalks, KeepWalks)


async def forget(interaction: Interaction) -> None:
    """Say what would be deleted, and ask; with nothing to delete, say so at once."""
    app, member = interaction.client.app, interaction.user.id
    if not await may_look_for_own_data(interaction):
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    what = _counted(await app.would_forget(member))
    if not what:
        # It may still have started a shared walkthrough.
        await tell(interaction, _said(await app.walking.own.forget(member)))
        return
    title = _("Delete your walkthroughs?")
    text = _("This deletes {what}. It can't be undone.", what=what)
    controls = Controls()
    controls.add(ForgetWalks.make(_("Delete my walkthroughs")), KeepWalks.make(_("Keep my walkthroughs")))
    await respond(interaction, [Card([f"## {title}\n{text}"], controls.rows)], private=True)


def _said(gone: Forgotten) -> str:
    deleted = _counted(gone)
    if not deleted:
        return _("There was nothing to delete. I have no data about your walkthroughs.")
    return _("Deleted: {what}. I no longer have any data about your walkthroughs.", what=deleted)


def _counted(gone: Forgotten) -> str:
    counted = (
        (
            gone.walks,
            _n("your progress in {count} walkthrough", "your progress in {count} walkthroughs", gone.walks),
        ),
        (gone.picks, _n("{count} pick", "{count} picks", gone.picks)),
        (gone.reminders, _n("{count} reminder", "{count} reminders", gone.reminders)),
    )
    return ", ".join(text for count, text in counted if count)
