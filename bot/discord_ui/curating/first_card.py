"""The card for a server that has just invited the bot: what it does, and what to set up."""

from __future__ import annotations

from collections.abc import Sequence

from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Card, Controls
from bot.language.words import _

# A message with this button is such a card.
MARK = "lb:try"


def first_card(name: str, steps: Sequence[tuple[str, str]], controls: Controls, whose: str) -> Card:
    """The card for people with the Manage Server permission. `steps` are what can be set up, with what is chosen.

    `whose` says who writes the lessons, if that is not this server.
    """
    title = _("Hi, I'm {name}", name=name)
    text = _(
        "I answer questions using lessons that people wrote. If no lesson has the answer, I tell you. A moderator "
        "can then write it, and the next person who asks gets it. Ask me with {command}, or mention me.",
        command="`/ask`",
    )
    asks = _("**To set me up**, choose these below. You need the Manage Server permission for it.")
    lines = [f"{n}. **{what}**: {is_so}" for n, (what, is_so) in enumerate(steps, 1)]
    said = [f"## {title}\n{text}", "\n".join([asks, *lines])]
    if whose:
        said.insert(1, whose)
    controls.add(links.try_question(_("Try a question")))
    return Card(said, controls.rows)


def card_for_owner(name: str, server: str, whose: str) -> Card:
    """The card as a direct message, where nothing of a server can be chosen."""
    card = first_card(name, [], Controls(), whose)
    how = _(
        "I can't write in any channel of **{server}**. To set me up, allow me to in a channel, and use {command} "
        "there.",
        server=server,
        command="`/lessons settings`",
    )
    return Card([*card.text[:-1], how], card.controls)
