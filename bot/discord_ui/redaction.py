"""Keeps out of every log what is nobody's business: tokens and passwords, and what members write."""

from __future__ import annotations

import logging
import re

SECRET = "[secret]"  # noqa: S105 -- what stands where a secret was

# A bot's token begins with its id in base64, which is digits, and those begin with M, N or O.
_SECRETS = re.compile(
    r"(?<![\w-])[MNO][\w-]{22,27}\.[\w-]{6,7}\.[\w-]{27,}"
    # The tokens in the paths of interactions and webhooks.
    r"|(?<=/interactions/)\d+/[^/\s'\"?]+"
    r"|(?<=/webhooks/)\d+/[^/\s'\"?]+"
    # Who logs into a database, and with which password.
    r"|(?<=://)[^/\s:@]*:[^/\s]+(?=@)"
)
# 'token': '…' in a dict, "token":"…" in JSON, \"token\": \"…\" in JSON inside a string.
_FIELD = re.compile(
    r"(?P<name>\\*['\"](?:token|session_id|Authorization)\\*['\"]\s*:\s*\\*['\"])[^'\"\\]+", re.IGNORECASE
)


def redact(text: str, secrets: tuple[str, ...] = ()) -> str:
    """The text without what only Discord and the bot may know."""
    for secret in secrets:
        text = text.replace(secret, SECRET)
    return _FIELD.sub(rf"\g<name>{SECRET}", _SECRETS.sub(SECRET, text))


class Redacting(logging.Formatter):
    """Formats as asked, then blanks what is secret, tracebacks included."""

    def __init__(self, *secrets: str) -> None:
        super().__init__("{asctime} {levelname:<7} {name}: {message}", style="{")
        self._secrets = tuple(filter(None, secrets))

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record), self._secrets)


# What else may be logged at DEBUG: which kind of event came, and what the event loop does.
_DISCREET = ("bot", "asyncio", "discord.client", "discord.shard")


def is_discreet(record: logging.LogRecord) -> bool:
    """Whether a line may be logged: at DEBUG, libraries log whole messages of Discord, and rows of the database.

    Those hold what members ask, beside their ids.
    """
    is_named = any(record.name == each or record.name.startswith(f"{each}.") for each in _DISCREET)
    return record.levelno >= logging.INFO or is_named


def log_to(level: str, *secrets: str) -> None:
    """Log to standard error from this level on, without these secrets, whatever looks like one, and questions."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting(*secrets))
    handler.addFilter(is_discreet)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
