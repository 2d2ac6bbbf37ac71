"""Makes the bot's commands in its texts clickable: `/ask` becomes `</ask:ID>`, with the ID from Discord.

Only messages show such mentions. Terminals, code blocks, buttons, menus and forms keep the plain name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.discord_ui.kit.limits import CARD_TEXT
from bot.discord_ui.kit.plain_button import Json

# Code blocks and code in two backticks are skipped: Discord shows no mention there.
_CODE = re.compile(r"```.*?(?:```|\Z)|``.*?``|(?<!\\)`/(?P<said>[a-z]+(?: [\w:-]+){0,3})`", re.DOTALL)
_MENTION = re.compile(r"</(?P<name>[a-z]+(?: [a-z]+)?):[0-9]+>")

# A program has one bot, so its commands are known to all of its texts.
_known: dict[str, int] = {}


def learn(ids: Mapping[str, int]) -> None:
    """Use these commands from now on: the ID of each by its full name, such as "lessons misses"."""
    _known.clear()
    _known.update(ids)


def clickable(*texts: str) -> list[str]:
    """The texts of one message with clickable commands; unchanged if they would be too long for it."""
    mentioned = [_CODE.sub(_mention, each) if "`/" in each else each for each in texts]
    return mentioned if sum(map(len, mentioned)) <= CARD_TEXT else [*texts]


def as_written(text: str) -> str:
    """The text of a message of the bot as it was before `clickable`."""
    return _MENTION.sub(r"`/\g<name>`", text)


def _mention(found: re.Match[str]) -> str:
    words = (found["said"] or "").split(" ")
    # `/ask forget` is `/ask` with a word to type.
    for count in range(len(words), 0, -1):
        if id_ := _known.get(" ".join(words[:count])):
            return " ".join([f"</{' '.join(words[:count])}:{id_}>", *words[count:]])
    return found.group()


def commands_in(payloads: Sequence[Json]) -> dict[str, int]:
    """The IDs of slash commands by their full names, from what Discord says of its commands."""
    ids: dict[str, int] = {}
    for each in payloads:
        if each.get("type", 1) != 1:
            continue
        inside = [part["name"] for part in each.get("options") or () if part.get("type") == 1]
        id_ = int(str(each["id"]))
        ids |= {f"{each['name']} {name}": id_ for name in inside} or {str(each["name"]): id_}
    return ids
