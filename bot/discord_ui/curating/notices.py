"""Reports errors in lesson files to moderators, each once; members keep getting the last good answers."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace as with_
from pathlib import Path

import discord

from bot.app import App
from bot.discord_ui.curating.advice import problem_line
from bot.discord_ui.kit.cards import GREY, Card
from bot.discord_ui.kit.locale import language_for
from bot.discord_ui.kit.markdown import escaped
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words
from bot.errors import Problem, StoreFailingError
from bot.language.words import _, _n, in_locale

log = logging.getLogger(__name__)

SHOWN = 8
# Lines, places in lists and lengths: "entries[1].answer", "is already used at a.yaml:3"; not of ids.
_NUMBER = re.compile(r"(?<![-\w])[0-9][0-9.,]*\b")


class Notices:
    """Knows which errors were reported already, and where to report new ones.

    Only home servers get reports: nobody else can fix the files, or should read them. A report goes to the channel
    that the server chose, else to Discord's own channel for moderators, else to the owner as a direct message.
    """

    def __init__(self, client: discord.Client, app: App, is_home: Callable[[int], bool]) -> None:
        self._client = client
        self._app, self._servers = app, app.servers
        self._is_home = is_home
        self._turn = asyncio.Lock()
        # What a server was told, where that could not be saved: until a restart, it is not told again.
        self._unsaved: dict[int, tuple[str, ...]] = {}

    async def tell(self, problems: Sequence[Problem]) -> None:
        """Report the new problems in each home server's language, or that all are fixed.

        Where a report reached nobody, it is sent again with the next one.
        """
        now, reached = tuple(sorted(map(_digest, problems))), set[int]()
        async with self._turn:
            for server in [each for each in self._client.guilds if self._is_home(each.id)]:
                told = self._unsaved.get(server.id, self._servers.of(server.id).told)
                new, is_whole = _new(problems, told), bool(told) and not problems
                if (new or is_whole) and not await self._reached(server, new, reached):
                    continue
                if now != told:
                    await self._remember(server.id, now)

    async def _reached(self, server: discord.Guild, new: Sequence[Problem], reached: set[int]) -> bool:
        """Send the report to a server; True if somebody there got it, if only for another one of their servers."""
        with in_locale(language_for(self._app, server.id, server.preferred_locale)):
            return await self.send(server, lambda hint: _mistakes(new, hint) if new else _whole(hint), reached)

    async def _remember(self, server: int, told: tuple[str, ...]) -> None:
        """Save it in the database: another process that takes over reports nothing twice."""
        try:
            await self._servers.change(server, lambda chosen: with_(chosen, told=told))
        except StoreFailingError as error:
            self._unsaved[server] = told
            log.warning("could not save which errors were reported: %s", error)
        else:
            self._unsaved.pop(server, None)

    async def send(self, server: discord.Guild, draw: Callable[[str], Card], reached: set[int]) -> bool:
        """Send a card to the first place that accepts it: channels may be deleted, and direct messages closed.

        `draw` is called with a hint how to choose another place, or ''. What it reached is added to `reached`: the
        owner of several servers gets it once. False if no place accepts it.
        """
        chosen = self._servers.of(server.id).notices_in
        for place in self._places(server, chosen):
            if place.id in reached:
                return True
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
                return True
        return False

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


def delete_old_reports(folder: Path) -> None:
    """Delete the file in which earlier versions stored what they reported: it names lessons."""
    for each in ("told.json", "told.json.new"):
        (folder / each).unlink(missing_ok=True)


def _new(problems: Iterable[Problem], told: Iterable[str]) -> list[Problem]:
    """The errors that were not reported."""
    left = Counter(told)
    new = []
    for each in sorted(problems):
        if left[_digest(each)]:
            left[_digest(each)] -= 1
        else:
            new.append(each)
    return new


def _digest(problem: Problem) -> str:
    """What tells an error from others. Numbers do not count: an entry above, or a longer text, changes those."""
    named = repr((problem.file, _NUMBER.sub("", problem.where), _NUMBER.sub("", problem.what)))
    return hashlib.sha256(named.encode(errors="surrogatepass")).hexdigest()[:16]


def _hint(server: discord.Guild) -> str:
    name = escaped(server.name)
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
