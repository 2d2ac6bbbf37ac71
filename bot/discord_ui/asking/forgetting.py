"""`/ask forget`: deletes everything that can be traced to a member, once they have seen what that is."""

from __future__ import annotations

from collections.abc import Iterator

import discord

from bot.app import Forgotten
from bot.discord_ui.asking.ask_words import MY_DATA
from bot.discord_ui.kit.admission import may_look_for_own_data
from bot.discord_ui.kit.cards import Card, Controls, note_card
from bot.discord_ui.kit.delivery import replace, respond, tell
from bot.discord_ui.kit.direct import Unreachable
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.locale import LanguagesOfMembers
from bot.discord_ui.kit.press import Button
from bot.language.words import _, _n


class ForgetAll(Button, template="lb:forget-all"):
    """Deletes the data of whoever presses it."""

    kind = "forget-all"
    style = discord.ButtonStyle.danger

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_look_for_own_data(interaction):
            return
        await interaction.response.defer()
        said = _said(await _delete(interaction), interaction.client.app.asking.days)
        await replace(interaction, [note_card(said)])


class KeepAll(Button, template="lb:forget-none"):
    """Deletes nothing."""

    kind = "forget-none"

    async def pressed(self, interaction: Interaction) -> None:
        await replace(interaction, [note_card(_("Nothing was deleted."))])


COMPONENTS = (ForgetAll, KeepAll)


async def forget(interaction: Interaction) -> None:
    """Say what would be deleted, and ask; with nothing to delete, say so at once."""
    app, member = interaction.client.app, interaction.user.id
    if not await may_look_for_own_data(interaction):
        return
    await interaction.response.defer(ephemeral=True, thinking=True)  # it computes a mark for each rated question
    gone = await app.would_forget(member)
    if not _counted(gone):
        await tell(interaction, _said(await _delete(interaction), app.asking.days))
        return
    title = _("Delete your data?")
    text = _("This deletes {what}. It can't be undone.", what=_counted(gone))
    first = _("To read it first, use {command}.", command=f"`/ask {MY_DATA.word}`")
    controls = Controls()
    controls.add(ForgetAll.make(_("Delete my data")), KeepAll.make(_("Keep my data")))
    card = Card([f"## {title}\n{text}", first, *_staying(gone, app.asking.days)], controls.rows)
    await respond(interaction, [card], private=True)


async def _delete(interaction: Interaction) -> Forgotten:
    bot, member = interaction.client, interaction.user.id
    bot.kept(Unreachable).discard(member)
    bot.kept(LanguagesOfMembers).pop(member)
    return await bot.app.forget(member)


def _said(gone: Forgotten, days: int) -> str:
    deleted = _counted(gone)
    said = _("Deleted: {what}.", what=deleted) if deleted else _("There was nothing to delete.")
    return " ".join([said, *_staying(gone, days)])


def _counted(gone: Forgotten) -> str:
    counted = (
        (gone.questions, _linked(gone.questions)),
        (
            gone.walks,
            _n("your progress in {count} walkthrough", "your progress in {count} walkthroughs", gone.walks),
        ),
        (gone.picks, _n("{count} pick", "{count} picks", gone.picks)),
        (gone.reminders, _n("{count} reminder", "{count} reminders", gone.reminders)),
        (gone.drafts, _n("{count} unpublished draft", "{count} unpublished drafts", gone.drafts)),
        (
            gone.proposals,
            _n("{count} proposal for the lessons", "{count} proposals for the lessons", gone.proposals),
        ),
        (
            gone.credits,
            _n(
                "the request to name you as the author of {count} answer",
                "the requests to name you as the author of {count} answers",
                gone.credits,
            ),
        ),
        (
            gone.cards,
            _n("your name on {count} card of the inbox", "your name on {count} cards of the inbox", gone.cards),
        ),
    )
    return ", ".join(text for count, text in counted if count)


def _staying(gone: Forgotten, days: int) -> Iterator[str]:
    yield _n(
        "Your questions are saved without your name for {count} day.",
        "Your questions are saved without your name for {count} days.",
        days,
    )
    if gone.published:
        yield _("Lesson edits that you published stay in the lesson history.")
    if gone.proposals:
        yield _("What moderators accepted of your proposals stays in the lessons, without your name.")


def _linked(questions: int) -> str:
    return _n(
        "what links you to {count} question (feedback, notification requests, or that you asked it)",
        "what links you to {count} questions (feedback, notification requests, or that you asked them)",
        questions,
    )
