"""A card for the inbox."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from bot.discord_ui.kit.cards import Card


@dataclass(frozen=True)
class Drawn:
    """A card for the inbox, and the title of its post if the inbox is a forum."""

    title: str
    card: Card
    is_done: bool = False

    @property
    def digest(self) -> str:
        """Changes whenever the card looks different."""
        view: Any = self.card.view()  # discord.py leaves the parts untyped
        parts = json.dumps(view.to_components(), sort_keys=True)
        return hashlib.sha256(parts.encode(errors="surrogatepass")).hexdigest()[:32]
