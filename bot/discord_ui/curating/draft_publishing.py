"""Publishes a draft in Discord, and shows what became of it."""

from __future__ import annotations

from dataclasses import replace as with_

import discord

from bot.curating.curating import Revision
from bot.curating.draft import Draft
from bot.curating.errors import ChangedError, GoneError, InvalidError, UnseenError
from bot.discord_ui.curating import draft_actions, miss_list
from bot.discord_ui.curating.after_publishing import show_published
from bot.discord_ui.curating.draft_cards import published_card
from bot.discord_ui.curating.proposals import ShowProposal
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import replace, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import escaped
from bot.discord_ui.kit.press import NUMBER, Button, number_in
from bot.errors import EditError
from bot.language.words import _


class Publish(Button, template=rf"lb:publish:(?P<draft>{NUMBER})(?::(?P<state>[0-9a-f]{{8}}))?"):
    """Publishes the draft."""

    kind = "publish"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        if draft := await draft_actions.own_draft(interaction, number_in(self.ids["draft"])):
            await interaction.response.defer()
            await publish(interaction, draft, seen=self.ids["state"] or "")


COMPONENTS = (Publish,)


async def publish(interaction: Interaction, draft: Draft, *, seen: str = "") -> None:
    """Publish what was reviewed, or say why not and keep the draft."""
    bot, user = interaction.client, interaction.user
    try:
        revision = await bot.app.curating.publish(
            draft.id, author=user.id, author_name=user.display_name, seen=seen
        )
    except GoneError as error:
        if error.revision:
            await replace(interaction, [await published_card(bot.app.curating, error.revision)])
        else:
            await tell(interaction, _(draft_actions.GONE))
    except (InvalidError, ChangedError, UnseenError):
        await draft_actions.show_draft(interaction, draft, is_news=True)
    except EditError as error:
        await tell(interaction, _("Nothing was changed: {why}", why=escaped(str(error))))
    else:
        await show_published(interaction, revision, _published(interaction, revision))


async def _published(interaction: Interaction, revision: Revision) -> Card:
    app = interaction.client.app
    card = await published_card(app.curating, revision)
    if await app.asking.misses.are_answered_by(revision.id, revision.item_id):
        card = with_(card, controls=[*card.controls, [miss_list.First.make(_("Next question"))]])
    undone = await app.curating.proposals.undone_by(revision)
    return _with_proposal(card, undone[0].id) if undone else card


def _with_proposal(card: Card, proposal: int) -> Card:
    """The card of an undo, which says that a proposal was accepted by what it undoes."""
    note = _("This undid an accepted proposal. To decide on it again, show the proposal and choose *Open again*.")
    button = ShowProposal.make(_("Show the proposal"), proposal=str(proposal))
    return with_(card, text=[*card.text, note], controls=[*card.controls, [button]])
