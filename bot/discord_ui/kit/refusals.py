"""Explains in one line, for the log, why something failed: a request to Discord or a proxy, or the database."""

from __future__ import annotations

import logging

import aiohttp
import discord

from bot.errors import UserError

LONGEST = 300
# The member left or blocked the bot, the message was deleted or is full of reactions, it is too late, or the bot
# may not write there: nothing to fix.
NOBODY_THERE = {
    10003: "unknown channel",
    10008: "unknown message",
    10062: "answered too late",
    30010: "too many reactions",
    40058: "a post that is not open yet",
    40060: "answered already",
    50001: "no access",
    50007: "closed DMs",
    50013: "no permission",
    50027: "token expired",
    50083: "archived thread",
    90001: "blocked by the member",
    160005: "locked thread",
}
# What a request to Discord may raise. That Discord closed the connection is no OSError.
REQUEST_ERRORS = (discord.HTTPException, aiohttp.ClientError, OSError)
_OVER = "Session is closed"  # what aiohttp raises in a bot that stops, or connects anew
BANNED = (
    "Cloudflare, which stands before Discord, blocks this machine's address after too many requests (1015); that "
    "ends by itself, mostly within an hour: if it comes again, look for other bots at this address"
)
PAGE = (
    "{status} {reason}, with a page instead of an answer: Cloudflare, a proxy or a firewall between here and "
    "Discord refuses the request"
)


def log_failure(log: logging.Logger, what: str, error: BaseException) -> None:
    """Log that something failed: in one line, or with a traceback if that may be a bug."""
    if is_no_bug(error):
        log.error("%s: %s", what, in_words(error))
    else:
        log.error("%s", what, exc_info=error)


def is_no_bug(error: BaseException) -> bool:
    """Whether the code is not at fault: no network, a Discord that is unwell, or what an operator can fix."""
    error = getattr(error, "original", error)
    if isinstance(error, discord.HTTPException):
        return is_page(error) or error.status >= 500 or error.status == 429 or error.code in NOBODY_THERE
    is_over = isinstance(error, RuntimeError) and str(error) == _OVER
    return is_over or isinstance(error, OSError | aiohttp.ClientError | discord.RateLimited | UserError)


def is_page(error: discord.HTTPException) -> bool:
    """Whether the response is not Discord's own, but a page from a proxy in front of it."""
    return error.text.lstrip().startswith("<") or _is_ban(error)


def in_words(error: BaseException) -> str:
    """Why it failed."""
    if isinstance(error, discord.HTTPException) and is_page(error):
        if _is_ban(error):
            return BANNED
        return PAGE.format(status=error.status, reason=error.response.reason)
    if str(error) == _OVER:
        return "this connection to Discord has ended"
    return " ".join(str(error).split())[:LONGEST] or type(error).__name__


def _is_ban(error: discord.HTTPException) -> bool:
    # Cloudflare's ban: a page for browsers, or for programs only the line "error code: 1015".
    return error.status in {403, 429} and "1015" in error.text and error.code == 0
