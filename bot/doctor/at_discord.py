"""What Discord says about the bot: its token, its intents, its servers and its commands. Changes nothing there."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
import discord
from discord.http import Route

from bot.app import App, Store
from bot.discord_ui.client import LessonBot
from bot.discord_ui.kit.channel_permissions import NEEDS, PERMISSIONS
from bot.discord_ui.kit.refusals import in_words
from bot.discord_ui.registration import differences
from bot.discord_ui.token_shape import wrong_with_token
from bot.doctor.diagnosis import Diagnosis
from bot.language.numbers import count
from bot.lessons.library import Lessons, Library
from bot.settings import Settings, how_to_get_a_token

SECONDS = 20.0  # for all questions to Discord
AT_MOST = 200  # servers; Discord lists no more at a time
CLOCK = timedelta(minutes=1)  # a clock that is wrong by more deletes and reminds at wrong times

_COPY = "copy it again from the application's page, under Bot: Reset Token"


async def at_discord(settings: Settings) -> AsyncIterator[Diagnosis]:
    """What is found, one after the other. Without a network or a token, one line says so."""
    token = settings.discord_token.get_secret_value()
    wrong = wrong_with_token(token) if token else "not set"
    if not token:
        yield Diagnosis("token", "DISCORD_TOKEN is not set", how_to_get_a_token())
    elif wrong:
        yield Diagnosis("token", f"DISCORD_TOKEN cannot be a bot's token: {wrong}", _COPY)
    try:
        async with asyncio.timeout(SECONDS):
            yield await _clock()
            if not wrong:
                for each in await _ask(settings, token):
                    yield each
    except (OSError, TimeoutError, aiohttp.ClientError, discord.DiscordServerError) as error:
        said = f"cannot be reached ({in_words(error)}), so nothing was checked there"
        fix = "check this machine's network, DNS and firewall, or look at https://discordstatus.com"
        yield Diagnosis("Discord", said, fix)


async def _clock() -> Diagnosis:
    async with aiohttp.ClientSession() as session, session.get(f"{Route.BASE}/gateway") as response:
        told = response.headers.get("Date")
    if not told:
        return Diagnosis("clock", "not checked: Discord did not say what time it is")
    off = datetime.now(UTC) - parsedate_to_datetime(told)
    if abs(off) > CLOCK:
        minutes = count(round(abs(off) / timedelta(minutes=1)), "minute")
        said = f"{minutes} {'ahead' if off > timedelta() else 'behind'}"
        return Diagnosis("clock", said, "let the system set it (NTP)")
    return Diagnosis("clock", "correct")


async def _ask(settings: Settings, token: str) -> list[Diagnosis]:
    store = await Store.open("sqlite:///:memory:")
    with tempfile.TemporaryDirectory(prefix="lessonbot-") as scratch:
        # The commands are the same whatever the lessons say.
        app = App.build(Library(settings.lessons_dir, Lessons(())), store, sources=())
        try:
            async with _Looking(app, settings, Path(scratch)) as looking:
                await looking.login(token)
                return looking.findings
        except discord.LoginFailure:
            return [Diagnosis("token", "Discord refused DISCORD_TOKEN", _COPY)]
        except discord.HTTPException as error:
            if isinstance(error, discord.DiscordServerError):
                raise
            return [Diagnosis("Discord", f"refused to answer: {in_words(error)}", "see https://discordstatus.com")]
        finally:
            await store.close()


class _Looking(LessonBot):
    """The bot, which logs in and looks, and never connects."""

    def __init__(self, app: App, settings: Settings, data: Path) -> None:
        super().__init__(app, data, reads_messages=settings.message_content == "on", homes=settings.homes)
        self.findings: list[Diagnosis] = []

    async def setup_hook(self) -> None:
        self.findings.append(Diagnosis("token", f"Discord knows this bot as {self.user}"))
        self.findings.append(self._intents())
        self.findings += await self._permissions()
        await self.add_parts()
        self.findings.append(await self._commands())

    def _intents(self) -> Diagnosis:
        if not self.intents.message_content:
            return Diagnosis("intents", "no privileged intent is needed (MESSAGE_CONTENT=off)")
        assert self.application, "Discord described it at the login"
        flags = self.application.flags
        if flags.gateway_message_content or flags.gateway_message_content_limited:
            return Diagnosis("intents", "Message Content Intent is on")
        fix = "turn it on at the application's page, under Bot, or set MESSAGE_CONTENT=off"
        return Diagnosis("intents", "MESSAGE_CONTENT=on needs the Message Content Intent, which is off", fix)

    async def _permissions(self) -> list[Diagnosis]:
        servers = await self.http.get_guilds(limit=AT_MOST)
        lacking: list[Diagnosis] = []
        for server in servers:
            has = discord.Permissions(int(server["permissions"]))
            missing = [each for each in NEEDS if not getattr(has, each.name)]
            if missing and not has.administrator:
                names = ", ".join(
                    f"{each.label} ({each.purpose}{', optional' if each.is_optional else ''})" for each in missing
                )
                fix = f"invite the bot again with {self._invitation()}, or change its role"
                lacking.append(Diagnosis("servers", f"in {server['name']}, it lacks: {names}", fix, matters=False))
        if not servers:
            fix = f"invite it with {self._invitation()}"
            return [Diagnosis("servers", "the bot is in no server", fix, matters=False)]
        looked_at = f"in {len(servers)}" if len(servers) < AT_MOST else f"looked at {AT_MOST} of them"
        return lacking or [Diagnosis("servers", f"{looked_at}, with all permissions that it needs")]

    def _invitation(self) -> str:
        assert self.application, "Discord described it at the login"
        scopes = ("bot", "applications.commands")
        return discord.utils.oauth_url(self.application.id, permissions=PERMISSIONS, scopes=scopes)

    async def _commands(self) -> Diagnosis:
        differing = await differences(self)
        if not differing:
            return Diagnosis("commands", "the same as those registered with Discord")
        said = f"these differ from those registered with Discord: {', '.join(differing)}"
        return Diagnosis("commands", said, "start the bot, which registers them", matters=False)
