"""What is done in a tab of the preview: as SimCord does it, in the place that the tab shows.

Beside that, what Discord's own app does: it opens the menu of a message, and a new post. And days can pass. Needs
the extra `preview`.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from simcord import ChannelHandle, Env, Preview
from simcord.preview._pages import _Page

from bot.discord_ui.client import LessonBot
from bot.discord_ui.preview.navigation import Body, Json, Navigation
from bot.discord_ui.preview.turns import Turns
from bot.language.words import N_, _, in_locale

DAYS = timedelta(days=2)
MAX_TITLE = 100
MAX_TEXT = 2000


class TabActions:
    """Does what is pressed in the tabs of a page."""

    def __init__(self, page: Preview, navigation: Navigation, turns: Turns) -> None:
        self._page = page
        self._navigation = navigation
        self._turns = turns
        self._ours: dict[str, Callable[[_Page, Body], Awaitable[Json]]] = {
            "menu": self._open_menu,
            "post": self._post,
            "days": self._let_days_pass,
        }

    def lead(self) -> None:
        """Do what is pressed from now on."""
        self._act = self._page._action
        self._page._action = self._do  # type: ignore[method-assign]  # SimCord has no hook for it

    async def _do(self, context_id: str | None, body: Body) -> Json:
        tab = self._page._get_page(context_id)
        kind = str(body.get("kind")) if isinstance(body, Mapping) else ""
        was = tab.channel_id
        if kind == "viewer":
            body = self._navigation.go(tab, body)
        self._show(self._navigation.channel(tab))
        try:
            if kind in self._ours:
                done = await self._ours[kind](tab, body)
            else:
                done = await self._act(context_id, body)
                if kind == "viewer" and done["rejected"]:
                    tab.channel_id = was
        finally:
            self._show(self._navigation.first)  # where another tab opens
        if kind in self._ours or kind in self._page._MUTATING_KINDS:
            for other in [*self._page._pages.values()]:
                if other is not tab:  # SimCord shows what is new in this tab only
                    self._page._publish(other, reason="refresh")
        return done

    def _show(self, channel: ChannelHandle) -> None:
        """Let SimCord act in this channel. In direct messages, people are no members of a server."""
        members = self._navigation.members
        self._page.channel = channel
        self._page.viewers = members if channel.guild else tuple(each.user for each in members)

    async def _open_menu(self, tab: _Page, body: Body) -> Json:
        channel, name = self._page.channel, body.get("name")
        messages = {str(each.id): each for each in channel.history(viewer=tab.viewer)}
        message = messages.get(str(body.get("message")))
        if message is None or name not in self._navigation.menus(tab):
            return self._refuse(N_("This message was deleted, or you can't do that here."))
        result = await tab.viewer.context_menu(channel, name, message)
        if result.modal is not None:
            tab.modal, tab.modal_handle = result, f"m_{secrets.token_urlsafe(12)}"
        return {}

    async def _post(self, tab: _Page, body: Body) -> Json:
        title, text = (str(body.get(each, "")).strip() for each in ("title", "text"))
        if not 0 < len(title) <= MAX_TITLE or not 0 < len(text) <= MAX_TEXT:
            return self._refuse(N_("A post needs a title of at most 100 characters, and a text of at most 2,000."))
        navigation = self._navigation
        text = with_mentions(navigation.bot, text)
        return {"place": str(await open_post(navigation.env, navigation.forum, tab.viewer.id, title, text))}

    async def _let_days_pass(self, tab: _Page, body: Body) -> Json:
        await self._turns.let_pass(DAYS)
        return {}

    def _refuse(self, why: str) -> Json:
        with in_locale(self._navigation.language):
            return {"error": _(why)}


def with_mentions(bot: LessonBot, text: str) -> str:
    """What a member typed, with '@Lessonbot' as a mention."""
    assert bot.user, "the bot is logged in as long as the preview runs"
    return re.sub("@" + re.escape(bot.user.name), bot.user.mention, text, flags=re.IGNORECASE)


async def open_post(env: Env, forum: ChannelHandle, author: int, title: str, text: str) -> int:
    """Open a post as a member does, which SimCord only has for bots; returns its id."""
    backend = env.backend
    post = backend.create_thread(forum.id, title, author, broadcast=False)
    first = backend.prepare_message(post.id, author, text)
    first.id = post.id  # as in Discord
    backend.commit_message(first, broadcast=False)
    backend.announce_thread_create(post)
    backend.announce_message_create(first)
    await env.settle()
    return int(post.id)
