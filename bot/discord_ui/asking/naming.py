"""Asks whoever wrote a message that became an entry, once, whether they want to be named. Else nobody is."""

from __future__ import annotations

import logging

import discord

from bot.curating.credits import Credit, names_with
from bot.discord_ui.kit import direct, links
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import GREY, Card, Controls
from bot.discord_ui.kit.delivery import replace, reply_to, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.locale import language_of_member, language_of_server
from bot.discord_ui.kit.markdown import quoted
from bot.discord_ui.kit.press import NUMBER, Button, number_in
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words
from bot.errors import EditError
from bot.language.words import N_, _, in_locale
from bot.outbox import Delivery

SHOWN = 200  # characters of a question
GONE = N_("You have already chosen, or the entry is no longer in the lessons.")
NOT_YOURS = N_("Only the person who wrote the answer can choose this.")
NOT_SHOWN = N_(
    "Your name can't be shown in the lessons. Change your display name and try again, or ask a moderator."
)
NOT_SAVED = N_("Your name can't be saved in the lessons just now. Try again later, or ask a moderator.")

log = logging.getLogger(__name__)


class NameMe(Button, template=rf"lb:name-me:(?P<credit>{NUMBER})"):
    """Names the author in the entry, by an edit of the bot that moderators see in the history."""

    kind = "name-me"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        credit = await _own(interaction, self.ids["credit"])
        if credit is None:
            return
        curating, entry = interaction.client.app.curating, interaction.client.app.curating.credits.entry(credit)
        if entry is None:
            await curating.credits.close(credit.id)
            await tell(interaction, _(GONE))
            return
        by = names_with(entry.by, interaction.user.display_name)
        if not by:
            await tell(interaction, _(NOT_SHOWN))
            return
        await interaction.response.defer()  # writing a file may have to wait
        if by != entry.by and not await _name(interaction, credit, by):
            await tell(interaction, _(NOT_SAVED))
            return
        await curating.credits.close(credit.id)  # last: until they are named, they may press again
        controls = Controls()
        controls.add(links.show_entry(_("Show the answer"), entry.id))
        text = _("Your name is below the answer now. To have it removed, ask a moderator.")
        await replace(interaction, [Card([text], controls.rows)])


class NotNamed(Button, template=rf"lb:name-nobody:(?P<credit>{NUMBER})"):
    """Nobody is named, as before."""

    kind = "name-nobody"

    async def pressed(self, interaction: Interaction) -> None:
        if credit := await _own(interaction, self.ids["credit"]):
            await interaction.client.app.curating.credits.close(credit.id)
            await replace(interaction, [Card([_("Nobody is named in the entry.")], colour=GREY)])


COMPONENTS = (NameMe, NotNamed)


async def ask_authors(bot: BaseBot) -> None:
    """Ask the authors of what was published: in a direct message, or else below theirs, without a mention."""
    async for credit, question in bot.app.curating.credits.claim():
        with in_locale(await language_of_member(bot, credit.author, credit.server)):
            asked = _question(credit, question)
        if await direct.send(bot, credit.author, [asked], f"name-{credit.id}") is Delivery.CLOSED:
            await _ask_here(bot, credit, question)


async def _ask_here(bot: BaseBot, credit: Credit, question: str) -> None:
    channel = bot.get_partial_messageable(credit.channel, guild_id=credit.server or None)
    with in_locale(await language_of_server(bot, credit.server)):  # everybody there sees it
        asked = _question(credit, question)
    try:
        await reply_to(channel.get_partial_message(credit.message), [asked])
    except REQUEST_ERRORS as error:
        log.info("the author of an answer could not be asked: %s", in_words(error))


async def _name(interaction: Interaction, credit: Credit, by: str) -> bool:
    """Whether these are named in the entry now."""
    curating, me = interaction.client.app.curating, interaction.client.user
    if me is None:
        return False
    try:
        await curating.name(credit.entry, by, author=me.id, author_name=me.display_name)
    except EditError as error:
        entry = curating.credits.entry(credit)
        if entry and entry.by == by:  # two presses at once: the other one came first
            return True
        log.info("an author could not be named: %s", error)
        return False
    return True


def _question(credit: Credit, question: str) -> Card:
    title = _("This answer is in the lessons now")
    text = _(
        "{question}: a moderator made this entry from a message. Nobody is named in it. If you wrote that "
        "message, you can have your display name shown below the answer.",
        question=quoted(question, SHOWN),
    )
    controls, id_ = Controls(), str(credit.id)
    controls.add(NameMe.make(_("Show my name"), credit=id_), NotNamed.make(_("No"), credit=id_))
    return Card([f"## {title}\n{text}"], controls.rows, _("You are asked only once about this answer."))


async def _own(interaction: Interaction, id_: str) -> Credit | None:
    """The credit of the member who pressed; else None, and a reply says why."""
    credit: Credit | None = await interaction.client.app.curating.credits.find(number_in(id_))
    if credit is None:
        await tell(interaction, _(GONE))
    elif credit.author != interaction.user.id:
        await tell(interaction, _(NOT_YOURS))
    else:
        return credit
    return None
