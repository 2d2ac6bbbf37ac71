"""Keeps tokens, passwords and the texts of members out of the log, and makes what it quotes safe to print.

discord.py logs the token at DEBUG. Names of members and servers, errors and lessons can be in the log, too: they
stay on one line, and control characters are escaped, so that they cannot control a terminal.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.discord_ui.kit.requests import request_id
from bot.errors import UserError
from bot.language.characters import one_line, printed, visible
from bot.settings import LogFormat

log = logging.getLogger("bot.run")  # an operator reads the name beside the error that ended the bot

SECRET = "[secret]"  # noqa: S105 -- replaces a secret

# A bot's token begins with its id in base64. Ids are digits, so the first letter is M, N or O.
_SECRETS = re.compile(
    r"(?<![\w-])[MNO][\w-]{22,27}\.[\w-]{6,7}\.[\w-]{27,}"
    # The tokens in the paths of interactions and webhooks.
    r"|(?<=/interactions/)\d+/[^/\s'\"?]+"
    r"|(?<=/webhooks/)\d+/[^/\s'\"?]+"
    # The user and the password in the URL of a database.
    r"|(?<=://)[^/\s:@]*:[^/\s]+(?=@)"
)
# 'token': '…' in a dict, "token":"…" in JSON, \"token\": \"…\" in JSON inside a string.
_FIELD = re.compile(
    r"(?P<name>(?<!\\)\\*+['\"](?:token|session_id|Authorization)\\*+['\"]\s*+:\s*+\\*+['\"])"
    r"[^'\"\\]+",
    re.IGNORECASE,
)


def redact(text: str, secrets: tuple[str, ...] = ()) -> str:
    """The text with these secrets, and with everything that looks like a token or a password, replaced."""
    for secret in secrets:
        text = text.replace(secret, SECRET)
    return _FIELD.sub(rf"\g<name>{SECRET}", _SECRETS.sub(SECRET, text))


class Redacting(logging.Formatter):
    """Formats a record on one line, with its traceback indented below, and redacts both."""

    def __init__(self, *secrets: str) -> None:
        super().__init__("{asctime} {levelname:<7} {name}{request}: {message}", style="{")
        self._secrets = tuple(filter(None, secrets))

    def format(self, record: logging.LogRecord) -> str:
        record.message = record.getMessage()
        record.request = f" [{id_}]" if (id_ := request_id()) else ""
        record.asctime = self.formatTime(record)
        # Redacted before it is escaped: an escape before a token would look like a part of the token.
        message = one_line(redact(self.formatMessage(record), self._secrets))
        more = self.traceback(record)
        # Indented, as a line of an error's text could look like a record.
        return printed("\n".join([message, *(f"    {line}" for line in more.split("\n") if line)]))

    def traceback(self, record: logging.LogRecord) -> str:
        """The traceback of this record, or ''."""
        below = (record.exc_info and self.formatException(record.exc_info), record.stack_info)
        return visible(redact("\n".join(filter(None, below)), self._secrets))


class RedactingJson(Redacting):
    """The same as one JSON object on one line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": one_line(redact(record.getMessage(), self._secrets)),
        }
        if request := request_id():
            event["request"] = request
        if more := self.traceback(record):
            event["traceback"] = more
        return json.dumps(event)


FORMATS = {"text": Redacting, "json": RedactingJson}

# The loggers that may log at DEBUG, as they do not log what members write.
_DISCREET = ("bot", "asyncio", "discord.client", "discord.shard")


def is_discreet(record: logging.LogRecord) -> bool:
    """Whether a record may be logged: at DEBUG, libraries log Discord's messages and rows of the database.

    These hold the questions of members beside their ids.
    """
    is_named = any(record.name == each or record.name.startswith(f"{each}.") for each in _DISCREET)
    return record.levelno >= logging.INFO or is_named


def log_to(level: str, *secrets: str, style: LogFormat = "text") -> None:
    """Log to standard error from this level on, without these secrets, whatever looks like one, and questions."""
    handler = logging.StreamHandler()
    handler.setFormatter(FORMATS[style](*secrets))
    handler.addFilter(is_discreet)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)  # Python would print two lines of its own
    # It tells each change of a file, also of those that the bot makes to see whether it is told.
    logging.getLogger("watchfiles").setLevel(logging.WARNING)


@contextmanager
def logging_the_end(style: LogFormat) -> Iterator[None]:
    """Log the error that ends the program, where lines of plain text would not fit into the log."""
    if style == "json":
        log_to("info", style=style)  # until the settings are read
    before = threading.excepthook, sys.unraisablehook
    threading.excepthook, sys.unraisablehook = _log_end_of_thread, _log_unraisable
    try:
        yield
    except UserError as error:
        if style == "text":
            raise
        for line in str(error).splitlines():
            log.error("%s", line)  # noqa: TRY400 -- a person can fix it, and needs no traceback
        raise SystemExit(1) from None
    except Exception:
        if style == "text":
            raise
        log.critical("this is a bug in lessonbot: please report it", exc_info=True)
        raise SystemExit(3) from None
    finally:
        threading.excepthook, sys.unraisablehook = before


# Python would print both as they are, with whatever secrets are in them.


def _log_end_of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None and ended.exc_type is not SystemExit:
        name = ended.thread.name if ended.thread else ""
        log.error("the thread %r ended with an error", name, exc_info=ended.exc_value)


def _log_unraisable(ignored: sys.UnraisableHookArgs) -> None:
    # Not its `repr`, which could be what fails.
    what = getattr(ignored.object, "__qualname__", type(ignored.object).__qualname__)
    log.error("%s: %s", ignored.err_msg or "an error was ignored in", what, exc_info=ignored.exc_value)
