"""Posts the cards of the inboxes, and keeps them up to date in place."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import discord
from discord.ext import commands

from bot.asking.inbox import InboxCard, News
from bot.discord_ui.curating.drawn import Drawn
from bot.discord_ui.curating.inbox_cards import draw_deleted, draw_inbox_card, draw_refused
from bot.discord_ui.curating.notices import Notices
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import GREY, Card
from bot.discord_ui.kit.channel_permissions import lacking_in_inbox
from bot.discord_ui.kit.delivery import custom_ids
from bot.discord_ui.kit.locale import language_for
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words
from bot.discord_ui.kit.rounds import Rounds
from bot.language.words import _, in_locale
from bot.outbox import Delivery, Outbox

log = logging.getLogger(__name__)

# Seconds between two looks at what nobody tells: a suggestion that nobody chose, quiet hours that are over.
SECONDS = 300.0
SEARCHED = 50  # latest messages or posts of an inbox that are searched for a card
CLOCKS = timedelta(minutes=5)  # how much Discord's clock and the bot's may differ
TITLE = 100
ARCHIVED = 50083
# An invalid text or component, and what AutoMod refuses.
REFUSES_TEXT = {50035, 200000, 200001}
# The custom_ids of which each card has one; its id is at the end.
MARKS = ("lb:inbox-take:", "lb:inbox-list:", "lb:digest-off:")

Place = discord.TextChannel | discord.ForumChannel
T = TypeVar("T")


class InboxSender(commands.Cog):
    """Looks at the inboxes every five minutes, and whenever it is woken; it rests while no server has one."""

    def __init__(self, bot: BaseBot, notices: Notices) -> None:
        self.bot = bot
        self._notices = notices
        self._inbox = bot.app.asking.inbox
        self._outbox = Outbox(self._inbox, self)
        self._rounds = Rounds(bot, self._round, "the inboxes")
        # Whether there may be cards, also of an inbox that was given up.
        self._has_cards = False

    async def cog_load(self) -> None:
        self._has_cards = await self._inbox.has_cards()
        self._inbox.wake = self._wake
        self._wake()

    async def cog_unload(self) -> None:
        self._inbox.wake = lambda: None
        await self._rounds.stop()

    def _wake(self) -> None:
        # Most bots have no inbox: nothing is read from the database for them.
        if self._has_cards or self.bot.app.servers.with_inbox:
            self._has_cards = True
            self._rounds.wake()

    async def _round(self) -> float | None:
        """Post what is new and update what changed; rests if there is no inbox, and no card."""
        servers = [each for each in self.bot.app.servers.with_inbox if self.bot.is_home(each)]
        # Another process may keep the inbox, and members ask here.
        elsewhere = len(servers) < len(self.bot.app.servers.with_inbox)
        for server, channel in await self._inbox.channels():
            here = self.bot.get_guild(server)
            if here and not here.unavailable and here.get_channel(channel) is None:
                await self._inbox.has_no_channel(server, channel)
        for card in await self._inbox.left_behind(servers):
            await self._clear(card)
        await self._outbox.recover()
        if servers:
            await self._inbox.collect(servers)
        elif elsewhere:
            await self.bot.app.asking.inbox_misses.mark_askers()
        for each in servers:
            await self._outbox.send(self._inbox.claim(each))
        is_used = bool(servers) or elsewhere
        for news in await self._inbox.news():
            is_used = True
            await self._update(news)
        return SECONDS if is_used else None

    # As the outbox's carrier

    async def send(self, item: InboxCard) -> Delivery:
        """Post a card in the inbox of its server."""
        server = self.bot.get_guild(item.server)
        if server is None or server.unavailable:
            return Delivery.MISSING
        place = server.get_channel(item.channel or 0)
        if not isinstance(place, Place) or lacking_in_inbox(place, server.me):
            await self._report(server, item)
            return Delivery.CLOSED
        drawn = await draw_inbox_card(self.bot, item)
        if drawn is None or drawn.is_done:
            return Delivery.GONE
        try:
            message = await self._shown(item, drawn, lambda each: _post(place, each, item))
        except REQUEST_ERRORS as error:
            log.warning("a card may not have arrived in the inbox of server %s: %s", server.id, in_words(error))
            if not isinstance(error, discord.HTTPException) or error.status >= 500 or error.status == 429:
                return Delivery.UNKNOWN
            await self._report(server, item)
            return Delivery.CLOSED
        await self._inbox.place(item, *message, drawn.digest)
        await self._inbox.has_no_trouble(server.id)
        return Delivery.ARRIVED

    async def look_for(self, item: InboxCard) -> Delivery:
        """Whether a card arrived: by its id in a custom_id of the bot's latest messages there."""
        server = self.bot.get_guild(item.server)
        if server is None or server.unavailable:
            return Delivery.UNKNOWN
        place = server.get_channel(item.channel or 0)
        if not isinstance(place, Place):
            return Delivery.MISSING  # its channel was deleted, and the card with it
        try:
            message = await self._find(place, item)
        except REQUEST_ERRORS as error:
            log.warning("could not look for a card in the inbox of server %s: %s", server.id, in_words(error))
            return Delivery.UNKNOWN
        if message is None:
            return Delivery.MISSING
        await self._inbox.place(item, *message, "")
        return Delivery.ARRIVED

    async def _find(self, place: Place, item: InboxCard) -> tuple[int, int | None] | None:
        """The message of a card, and its post in a forum."""

        def is_it(message: discord.Message) -> bool:
            return any(each in {f"{mark}{item.id}" for mark in MARKS} for each in custom_ids(message))

        if isinstance(place, discord.TextChannel):
            async for message in place.history(limit=SEARCHED):
                if message.author == self.bot.user and is_it(message):
                    return message.id, None
            return None
        active = [each for each in await place.guild.active_threads() if each.parent_id == place.id]
        archived = [each async for each in place.archived_threads(limit=SEARCHED)]
        for post in (*active, *archived):
            is_new = discord.utils.snowflake_time(post.id) >= item.added_at - CLOCKS
            if is_new and self.bot.user and post.owner_id == self.bot.user.id:
                async for message in post.history(limit=1, oldest_first=True):
                    if is_it(message):
                        return message.id, post.id
        return None

    # What changed

    async def _update(self, news: News) -> None:
        """Show on a posted card what became of its item."""
        card = news.card
        server = self.bot.get_guild(card.server)
        if server is None or server.unavailable:
            return
        place = server.get_channel(card.channel or 0)
        if not isinstance(place, Place) or not place.permissions_for(server.me).view_channel:
            return
        drawn = draw_deleted(self.bot, card) if news.fate is None else await draw_inbox_card(self.bot, card)
        if drawn is None:
            return  # deleted just now: the next round says so
        if drawn.digest != card.shown:
            try:
                is_deleted = news.fate is None
                await self._shown(card, drawn, lambda each: self._edit(place, card, each, renamed=is_deleted))
            except discord.NotFound:
                await self._inbox.is_lost(card)
                return
            except REQUEST_ERRORS as error:
                log.warning("a card in the inbox of server %s is not up to date: %s", server.id, in_words(error))
                if isinstance(error, discord.Forbidden) and card.post and not lacking_in_inbox(place, server.me):
                    await self._inbox.is_lost(card)  # moderators have closed its post and locked it
                return
        await self._inbox.was_shown(news, drawn.digest)

    async def _shown(self, card: InboxCard, drawn: Drawn, show: Callable[[Drawn], Awaitable[T]]) -> T:
        """Show a card, or where Discord refuses its text, one that says where moderators find what it is about.

        The refused one is not tried again before it changes.
        """
        try:
            return await show(drawn)
        except discord.HTTPException as error:
            if error.code not in REFUSES_TEXT:
                raise
            log.warning(
                "Discord refuses the text of a card in the inbox of server %s; it only says where to find it: %s",
                card.server,
                in_words(error),
            )
            return await show(draw_refused(self.bot, card, is_done=drawn.is_done))

    async def _clear(self, card: InboxCard) -> None:
        """Take what members wrote out of a channel that is no inbox any more: others may read it."""
        server = self.bot.get_guild(card.server)
        if server is None or server.unavailable:
            return
        place = server.get_channel(card.channel or 0)
        if isinstance(place, Place):
            try:
                await self._edit(place, card, draw_deleted(self.bot, card, is_left=True), renamed=True)
            except (discord.NotFound, discord.Forbidden) as error:
                log.info("a card in a former inbox of server %s stays as it is: %s", server.id, in_words(error))
            except REQUEST_ERRORS as error:
                log.warning("a card in a former inbox of server %s is not cleared: %s", server.id, in_words(error))
                return
        await self._inbox.was_cleared(card)

    async def _edit(self, place: Place, card: InboxCard, drawn: Drawn, *, renamed: bool) -> None:
        where = self.bot.get_partial_messageable(card.post or place.id, guild_id=place.guild.id)
        message = where.get_partial_message(card.message or 0)
        try:
            await message.edit(view=drawn.card.view())
        except discord.HTTPException as error:
            if error.code != ARCHIVED or not card.post:
                raise
            post = await place.guild.fetch_channel(card.post)
            if not isinstance(post, discord.Thread):
                raise
            await post.edit(archived=False)
            try:
                await message.edit(view=drawn.card.view())
            finally:
                if drawn.is_done:  # else moderators have something to do in it
                    await post.edit(archived=True)
        if renamed and card.post:
            await _rename(place.guild, card.post, drawn.title)

    async def _report(self, server: discord.Guild, item: InboxCard) -> None:
        """Tell moderators once that the inbox takes no cards."""
        channel, reached = item.channel or 0, set[int]()
        if await self._inbox.is_reported(server.id, channel):
            return
        with in_locale(language_for(self.bot.app, server.id, server.preferred_locale)):
            await self._notices.send(server, lambda _hint: _trouble_card(channel), reached)
        if reached:
            await self._inbox.was_reported(server.id, channel)


async def _rename(server: discord.Guild, post: int, title: str) -> None:
    """Give a post another title: what it has is what a member wrote."""
    thread = server.get_thread(post) or await server.fetch_channel(post)
    try:
        if isinstance(thread, discord.Thread):
            was_archived = thread.archived
            await thread.edit(name=shorten(title, TITLE), archived=False)
            if was_archived:
                await thread.edit(archived=True)
    except discord.Forbidden as error:
        log.warning("a post in the inbox of server %s keeps its title: %s", server.id, in_words(error))


def _trouble_card(channel: int) -> Card:
    title = _("I can't post in the inbox")
    text = _(
        "{channel} was deleted, or I'm not allowed to see it, to write in it or to read its history. Nothing is "
        "lost: what waits is in `/lessons misses` and `/lessons proposals`, and comes to the inbox once this is "
        "fixed, or once you choose another channel in `/lessons settings`.",
        channel=f"<#{channel}>",
    )
    return Card([f"## {title}\n{text}"], colour=GREY)


async def _post(place: Place, drawn: Drawn, item: InboxCard) -> tuple[int, int | None]:
    """Post a card; returns its message, and its post in a forum."""
    view = drawn.card.view()
    if isinstance(place, discord.TextChannel):
        # Within some minutes, Discord accepts a message with the same nonce only once.
        return (await place.send(view=view, nonce=f"inbox-{item.id}")).id, None
    tags = place.available_tags[:1] if place.flags.require_tag else []
    title = shorten(drawn.title, TITLE) or "…"
    made = await place.create_thread(name=title, view=view, applied_tags=tags)
    return made.message.id, made.thread.id
