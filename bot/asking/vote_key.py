"""The secret that turns a member's id into a vote's mark: made from the bot's token, and never stored."""

from __future__ import annotations

import hashlib
import hmac
import logging
from contextlib import suppress
from pathlib import Path

_PURPOSE = b"lessonbot: marks of votes"

log = logging.getLogger(__name__)


def key_from(token: str) -> bytes:
    """The same key for the same token, from which the token cannot be found.

    After a reset of the token, a member who votes on an old question again counts twice, and their old vote can no
    longer be traced to them, not even to delete it.
    """
    return hmac.digest(token.encode(), _PURPOSE, hashlib.sha256)


def delete_old_key(folder: Path) -> None:
    """Delete the key file that earlier versions stored beside the database, and so in every backup of both."""
    with suppress(FileNotFoundError):
        (folder / "votes.key").unlink()
        log.info("deleted votes.key: the key for votes is now derived from DISCORD_TOKEN")
