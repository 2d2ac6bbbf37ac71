"""Whether a text can be a bot's token at all: what people copy by mistake is named before it is sent anywhere."""

from __future__ import annotations

import base64
import binascii
import re

_MISTAKES = (
    (re.compile(r"[0-9]{15,20}"), "it is the application's ID"),
    (re.compile(r"[0-9a-f]{64}"), "it is the application's public key"),
    (re.compile(r"[\w-]{32}", re.ASCII), "it is the application's client secret"),
)


def wrong_with_token(token: str) -> str:
    """Why this cannot be a bot's token, without quoting it; '' if it can."""
    for pattern, mistake in _MISTAKES:
        if pattern.fullmatch(token):
            return mistake
    parts = token.split(".")
    if len(parts) != 3 or not all(parts):
        return "a token has three parts, with a dot between them"
    try:
        id_ = base64.urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4))
    except (binascii.Error, ValueError):
        id_ = b""
    return "" if id_.isdigit() else "its first part is not the ID of an application"
