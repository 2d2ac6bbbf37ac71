"""Keeps tokens out of every log: discord.py writes them at DEBUG."""

from __future__ import annotations

import logging
import re

# A bot token, and the tokens in the paths of interactions and webhooks.
_SECRETS = re.compile(
    r"(?<![\w-])[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"
    r"|(?<=/interactions/)(\d+)/[^/\s'\"]+"
    r"|(?<=/webhooks/)(\d+)/[^/\s'\"]+"
    r"|(?<=['\"]token['\"]: ['\"])[^'\"]+"
)


class Redacting(logging.Formatter):
    """Formats as asked, then blanks what is secret, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRETS.sub("[secret]", super().format(record))


def log_to(level: str) -> None:
    """Log to standard error from this level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting("{asctime} {levelname:<7} {name}: {message}", style="{"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
