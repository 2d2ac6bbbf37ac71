"""An answer in front of everybody: one message, however long it is, that whoever asked can put away."""

from __future__ import annotations

from dataclasses import replace as with_

from bot.asking.asking import Logged
from bot.dialogue.reply import Answer
from bot.discord_ui.asking.answers import draw_answer
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Card, Control
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.permissions import is_moderator
from bot.discord_ui.kit.press import NUMBER, Button
from bot.language.words import _
from bot.tutor import Tutor


class Dismiss(Button, template=rf"lb:dismiss:(?P<asker>{NUMBER})"):
    """Takes the answer out of the channel, for whoever asked or moderates."""

    kind = "dismiss"

    async def pressed(self, interaction: Interaction) -> None:
        may = interaction.permissions.manage_messages or is_moderator(interaction)
        if str(interaction.user.id) != self.ids["asker"] and not may:
            await tell(interaction, _("Only the person who asked or a moderator can dismiss this answer."))
            return
        await interaction.response.defer()
        await interaction.delete_original_response()


COMPONENTS = (Dismiss,)


def dismiss(asker: int) -> Dismiss:
    """The button for whoever asked."""
    return Dismiss.make(_("Dismiss"), asker=str(asker))


def draw_public(reply: Answer, tutor: Tutor, *, asker: int, logged: Logged | None, note: str) -> Card:
    """The answer on one card; of a long one its beginning, and a button that shows all of it in private."""
    *before, last = draw_answer(reply, tutor, private=False, note=note, logged=logged)
    below: list[Control] = [dismiss(asker)]
    if before:
        below.insert(0, links.show_entry(_("Read the full answer"), reply.id))
        last = with_(last, text=[f"## {reply.question}\n{shorten(reply.text, 300)}"], picture=None)
    return with_(last, controls=[*last.controls, below])
