"""Says why what a member typed was not sent, and gives it back to them."""

from __future__ import annotations

from bot.discord_ui.kit.cards import GREY, Card
from bot.discord_ui.kit.delivery import respond
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import plain_block
from bot.language.words import _

COPY_TEXT = 3000  # characters that are shown of a text that was not sent


async def not_sent(interaction: Interaction, why: str, said: str) -> None:
    """Show in private why it was not sent, and what was `said`, to copy."""
    texts = [why]
    if said.strip():
        texts.append(_("Your text, to copy:") + "\n" + plain_block(said, COPY_TEXT))
    await respond(interaction, [Card(texts, colour=GREY)], private=True)
