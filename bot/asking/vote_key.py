"""The secret that turns a member's id into a vote's mark. It lies beside the database, not in it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

BYTES = 32
NAME = "votes.key"


def key_in(folder: Path) -> bytes:
    """The key that is kept in this folder, made where there is none; whoever lost it only loses count."""
    file = folder / NAME
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
            made.write(secrets.token_bytes(BYTES))
    except FileExistsError:
        key = file.read_bytes()
        if len(key) >= BYTES:
            return key
        # A process died while it wrote.
        file.write_bytes(secrets.token_bytes(BYTES))
    return file.read_bytes()
