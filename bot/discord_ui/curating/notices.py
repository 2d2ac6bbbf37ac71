"""Reports errors in lesson files to moderators, each once; members keep getting the last good answers."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import discord
from discord.utils import escape_markdown
from pydantic import TypeAdapter, ValidationError

from bot import private
from bot.app import Servers
from bot.discord_ui.curating.advice import problem_line
from bot.discord_ui.kit.cards import GREY, Card
from bot.discord_ui.kit.locale import language_for
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words
from bot.errors import Problem
from bot.language.words import _, _n, in_locale

log = logging.getLogger(__name__)

SHOWN = 8
# Some errors name another line: "is already used at a.yaml:3".
_LINE = re.compile("(?<=:)[0-9]+|(?<=line )[0-9]+")
_PROBLEMS = TypeAdapter(frozenset[Problem])


class Notices:
    """Knows which errors were reported already, and where to report new ones.

    Only home servers get reports: nobody else can fix the files, or should read them. A report goes to the channel
    that the server chose, else to Discord's own channel for moderators, else to the owner as a direct message.
    """

    def __init__(
        self, client: discord.Client, servers: Servers, is_home: Callable[[int], bool], remembered: Path
    ) -> None:
        self._client = client
        self._servers = servers
        self._is_home = is_home
        # Stored in this file, so that a restart reports nothing twice.
        self._remembered = remembered
        self._told = _read(remembered)
        self._turn = asyncio.Lock()

    async def tell(self, problems: Sequence[Problem]) -> None:
        """Report the new problems in each server's language, or that all are fixed.

        A report that reached nobody is sent again with the next one.
        """
        async with self._turn:
            now = frozenset(problems)
            new, is_whole = _new(now, self._told), bool(self._told) and not now
            if (new or is_whole) and not await self._reached(new):
                return
            if now != self._told:
                self._told = now
                _write(self._remembered, now)

    async def _reached(self, new: Sequence[Problem]) -> bool:
        """Send the report to every home server; True if anybody got it."""
        reached: set[int] = set()
        for server in list(self._client.guilds):
            with in_locale(language_for(self._servers, server.id, server.preferred_locale)):
                await self.send(server, lambda hint: _mistakes(new, hint) if new else _whole(hint), reached)
        return bool(reached)

    async def send(self, server: discord.Guild, draw: Callable[[str], Card], reached: set[int]) -> None:
        """Send a card to the first place that accepts it: channels may be deleted, and direct messages closed.

        `draw` is called with a hint how to choose another place, or ''. What it reached is added to `reached`: the
        owner of several servers gets it once.
        """
        chosen = self._servers.of(server.id).notices_in
        for place in self._places(server, chosen):
            if place.id in reached:
                return
            card = draw("" if place.id == chosen else _hint(server))
            try:
                channel = await self._client.create_dm(place) if isinstance(place, discord.Object) else place
                await channel.send(view=card.view())
            except REQUEST_ERRORS as error:
                log.warning(
                    "could not notify the moderators of server %s in %r: %s", server.id, place, in_words(error)
                )
            else:
                reached.add(place.id)
                return

    def _places(
        self, server: discord.Guild, chosen: int | None
    ) -> Iterator[discord.PartialMessageable | discord.Object]:
        if not self._is_home(server.id):
            return
        if chosen:
            yield self._client.get_partial_messageable(chosen)
        if own := server.public_updates_channel:
            yield self._client.get_partial_messageable(own.id)
        if server.owner_id:
            yield discord.Object(server.owner_id)


def _new(now: Iterable[Problem], told: Iterable[Problem]) -> list[Problem]:
    """The errors that were not reported. Their lines do not count: whoever writes above an error moves it."""

    def key(problem: Problem) -> tuple[str, str, str]:
        return problem.file, problem.where, _LINE.sub("", problem.what)

    left = Counter(map(key, told))
    new = []
    for each in sorted(now):
        if left[key(each)]:
            left[key(each)] -= 1
        else:
            new.append(each)
    return new


def _read(remembered: Path) -> frozenset[Problem]:
    """The errors that were reported; none if the file cannot be read: better to report twice than never."""
    try:
        return _PROBLEMS.validate_json(remembered.read_bytes())
    except FileNotFoundError:
        pass
    except (OSError, ValidationError) as error:
        log.warning("could not read which errors were already reported: %s", error)
    return frozenset()


def _write(remembered: Path, told: frozenset[Problem]) -> None:
    try:
        remembered.parent.mkdir(private.FOLDER, parents=True, exist_ok=True)
        private.write_private(remembered, _PROBLEMS.dump_json(told))
    except OSError as error:
        log.warning("could not save which errors were reported: %s", error)


def _hint(server: discord.Guild) -> str:
    name = escape_markdown(server.name)
    return _("To get these reports in another channel, use `/lessons settings` in {server}.", server=name)


def _mistakes(problems: Sequence[Problem], hint: str) -> Card:
    title = _("Errors in the lesson files")
    text = _(
        "Members still get answers from the last working version. If there is none, the "
        "parts with errors are left out. To fix this, correct the file in the lessons "
        "folder, or ask the bot owner to do it."
    )
    lines = [f"- {problem_line(each)}" for each in problems[:SHOWN]]
    if more := len(problems[SHOWN:]):
        lines.append("- " + _n("and {count} more error", "and {count} more errors", more))
    return Card([f"## {title}\n{text}", "\n".join(lines)], footer=hint, colour=GREY)


def _whole(hint: str) -> Card:
    return Card([_("All errors in the lesson files are fixed. The current versions are now in use.")], footer=hint)
