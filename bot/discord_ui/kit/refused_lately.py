"""Does not ask Discord again and again for what it does not permit: too many refusals, and it serves nobody.

After 10,000 refused requests in ten minutes, Discord blocks the machine's address, for all servers. Members who
call the bot where it may not write, or press its buttons where it may not look, could do that on purpose. Once a
moderator changes what the bot may do, it is tried again.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import discord
from discord.ext import commands
from discord.http import Route

from bot.discord_ui.kit.recent import Latest
from bot.discord_ui.kit.silence import TIMEOUT

NOT_PERMITTED = {50001, 50013}  # it may not see the channel, or not do this there
MOST, SECONDS = 5, 60.0  # so many refusals of one kind in so many seconds

Request = Callable[..., Awaitable[object]]


@dataclass
class _Refused:
    """What Discord refused, how often, and since when."""

    error: Callable[[], discord.Forbidden]  # makes the same one anew
    since: float
    times: int = 0


class RefusedLately:
    """Sends requests, but none of a kind that Discord has just refused several times in the same channel."""

    def __init__(self, request: Request) -> None:
        self._request = request
        # By method, path and channel.
        self._refused: Latest[tuple[str, str, object], _Refused] = Latest(1000)

    async def __call__(self, route: Route, **more: object) -> object:
        kind = route.method, route.path, route.channel_id
        known, now = self._refused.get(kind), time.monotonic()
        if known and now - known.since > SECONDS:
            self._refused.pop(kind)
        elif known and known.times >= MOST:
            raise known.error()
        try:
            return await self._request(route, timeout=TIMEOUT, **more)
        except discord.Forbidden as error:
            if route.channel_id and error.code in NOT_PERMITTED:
                told = {"code": error.code, "message": error.text}
                again = partial(discord.Forbidden, error.response, told)
                known = self._refused.get(kind) or _Refused(again, now)
                known.times += 1
                self._refused.put(kind, known)
            raise

    def forget(self, is_meant: Callable[[int], bool]) -> None:
        """Ask Discord again in the channels whose ids are meant."""
        for kind in [each for each, _ in self._refused.items()]:
            if is_meant(int(str(kind[2]))):
                self._refused.pop(kind)


class ChangedRights(commands.Cog):
    """Forgets what Discord refused in a server once roles, or the permissions of a channel, change there."""

    def __init__(self, bot: discord.Client, refused: RefusedLately) -> None:
        self._bot = bot
        self._refused = refused

    @commands.Cog.listener()
    async def on_guild_channel_update(self, old: discord.abc.GuildChannel, new: discord.abc.GuildChannel) -> None:
        """A channel changed: its permissions, or only its name or topic, which some bots change all the time."""
        if old.overwrites != new.overwrites:
            self._forget(new.guild)

    @commands.Cog.listener()
    async def on_guild_role_update(self, old: discord.Role, new: discord.Role) -> None:
        """A role changed: its permissions, or only its color, which some bots change all the time."""
        if old.permissions != new.permissions:
            self._forget(new.guild)

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """A role went, and with it what channels forbade it."""
        self._forget(role.guild)

    @commands.Cog.listener()
    async def on_member_update(self, _old: discord.Member, new: discord.Member) -> None:
        """The bot got a role or lost one, or its timeout ended. Discord says so of itself without an intent."""
        if new.id == new.guild.me.id:
            self._forget(new.guild)

    def _forget(self, server: discord.Guild) -> None:
        def is_there(channel: int) -> bool:
            found = self._bot.get_channel(channel)
            # Archived threads are not known; nor are channels that are gone, where nobody calls the bot any more.
            return not isinstance(found, discord.abc.GuildChannel | discord.Thread) or found.guild == server

        self._refused.forget(is_there)
