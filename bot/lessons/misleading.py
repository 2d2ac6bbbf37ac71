"""Finds what could mislead readers of a text: links that hide their target, commands, invisible characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.language.characters import code, unseen
from bot.language.words import _
from bot.lessons.markdown.hyperlinks import without_code
from bot.lessons.nodes import cut_short

_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(\s{0,9}<?(https?://[^\s)>]{1,2000})", re.IGNORECASE)
# `setup.py` is a file, though .py is a country: without http:// or www., a few endings that no file has.
_ADDRESS = re.compile(
    r"https?://([^\s/?#:]{1,253})"
    r"|\b(www\.[\w.-]{1,253})"
    r"|^\s*((?:[\w-]{1,63}\.){1,5}(?:com|org|net|io|dev|gg|app|edu|gov|info|de|es|fr|uk))(?=[/:?#\s]|$)",
    re.IGNORECASE,
)
_COMMAND = re.compile(r"<(/[^\n<>:]{1,100}:\d{1,20})>", re.ASCII)


def misleading(text: str) -> dict[str, str]:
    """What a reviewer should know about this text: sentences, each with its fix."""
    return dict(_misleading(text))


def _misleading(text: str) -> Iterator[tuple[str, str]]:
    if characters := dict.fromkeys(map(code, unseen(text))):
        what = _("contains invisible characters: {codes}", codes=", ".join(characters))
        yield what, "type the text again instead of copying it"
    if "](" not in text and "</" not in text:
        return
    text = without_code(text)
    for shown, target in _LINK.findall(text):
        leads_to = _host(_asked(target))
        for seen in _ADDRESS.findall(shown):
            if _host("".join(seen)) != leads_to:
                where = cut_short(target, 100)
                what = _(
                    "shows the address {shown}, but the link leads to {target}", shown=shown.strip(), target=where
                )
                yield what, "use a link text that is not an address"
                break
    for command in dict.fromkeys(_COMMAND.findall(text)):
        what = _("contains a link to the command {command}; check that it is the right one", command=command)
        yield what, "write the command as `code`"


def _asked(target: str) -> str:
    """The server that a browser would connect to."""
    try:
        return urlsplit(target.replace("\\", "/")).hostname or ""
    except ValueError:  # for example, a bracket that is not closed
        return ""


def _host(name: str) -> str:
    return name.casefold().strip(".").removeprefix("www.")
