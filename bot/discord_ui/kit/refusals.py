"""Explains in one line, for the log, why a request to Discord, or to a proxy in front of it, failed."""

from __future__ import annotations

import discord

LONGEST = 300
BANNED = (
    "Cloudflare, which stands before Discord, blocks this machine's address after too many requests (1015); that "
    "ends by itself, mostly within an hour: if it comes again, look for other bots at this address"
)
PAGE = (
    "{status} {reason}, with a page instead of an answer: Cloudflare, a proxy or a firewall between here and "
    "Discord refuses the request"
)


def is_page(error: discord.HTTPException) -> bool:
    """Whether the response is not Discord's own, but a page from a proxy in front of it."""
    return error.text.lstrip().startswith("<") or _is_ban(error)


def in_words(error: BaseException) -> str:
    """Why it failed."""
    if isinstance(error, discord.HTTPException) and is_page(error):
        if _is_ban(error):
            return BANNED
        return PAGE.format(status=error.status, reason=error.response.reason)
    return " ".join(str(error).split())[:LONGEST] or type(error).__name__


def _is_ban(error: discord.HTTPException) -> bool:
    # Cloudflare's ban: a page for browsers, or for programs only the line "error code: 1015".
    return error.status in {403, 429} and "1015" in error.text and error.code == 0
