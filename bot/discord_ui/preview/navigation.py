"""The preview's places, and which of them each tab shows: channels, a forum with its posts, and direct messages.

SimCord's page shows one channel; a tab of it can be led to another one. Needs the extra `preview`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from simcord import ChannelHandle, Env, MemberActor, UserHandle
from simcord.backend.access import can_access_channel
from simcord.preview._pages import _Page

from bot.discord_ui.client import LessonBot
from bot.discord_ui.kit.locale import language_for
from bot.language.words import _, in_locale

DIRECT = "direct"  # the place of a member's direct messages; each other place is named by the id of its channel

# What the page sends for a press, and what it gets. `Any`: as SimCord types it.
Body = Mapping[str, Any]
Json = dict[str, Any]  # `Any`: see above


class Navigation:
    """Knows the places that each member sees, and leads tabs to them."""

    def __init__(
        self, env: Env, bot: LessonBot, channels: tuple[ChannelHandle, ...], members: tuple[MemberActor, ...]
    ) -> None:
        """`channels` are in the order in which they are listed; a tab opens with the first one, and member."""
        self.env = env
        self.bot = bot
        self.channels = channels
        self.members = members

    @property
    def first(self) -> ChannelHandle:
        return self.channels[0]

    @property
    def forum(self) -> ChannelHandle:
        return next(each for each in self.channels if self._is_forum(each))

    @property
    def language(self) -> str:
        """The language of the server."""
        server = self.bot.guilds[0]
        return language_for(self.bot.app, server.id, server.preferred_locale)

    def seen(self, tab: _Page) -> Json:
        """What a tab shows beside the messages, in the server's language."""
        visible = self._visible(tab.viewer)
        with in_locale(self.language):
            return {
                "viewer": str(tab.viewer.id),
                "place": DIRECT if self._is_direct(tab.channel_id) else str(tab.channel_id),
                "places": [*(self._listed(each, tab.viewer) for each in visible), self._direct(tab.viewer)],
                "menus": [{"name": each, "label": _(each)} for each in self.menus(tab)],
                "now": self.env.now().isoformat(),
                "language": self.language,
                "words": {
                    "places": _("Places"),
                    "post": _("New post"),
                    "title": _("Title"),
                    "text": _("Your question"),
                    "send": _("Post"),
                    "cancel": _("Cancel"),
                    "days": _("Let two days pass"),
                    "apps": _("Apps"),
                    "failed": _("That did not work. Reload the page, and try again."),
                },
            }

    def menus(self, tab: _Page) -> list[str]:
        """The entries of the menu of a message. SimCord opens none in direct messages."""
        if isinstance(tab.viewer, UserHandle):
            return []
        kind = discord.AppCommandType.message.value
        found = self.env.backend.visible_commands(user_id=tab.viewer.id, channel_id=tab.channel_id, type=kind)
        return [each["name"] for each in found]

    def channel(self, tab: _Page) -> ChannelHandle:
        """The channel that a tab shows."""
        server = None if self._is_direct(tab.channel_id) else self.first.guild
        return ChannelHandle(self.env, server, self.env.backend.get_channel(tab.channel_id))

    def go(self, tab: _Page, body: Body) -> Body:
        """Lead a tab to another place, or another member to it: "12/34" is member 12 in place 34.

        Without a place, or in one that this member does not see, it is the same place if possible, else the
        first. Returns what SimCord understands.
        """
        viewer, __, place = str(body.get("viewer_id")).partition("/")
        member = next((each for each in self.members if str(each.id) == viewer), None)
        if member is None:
            return body  # SimCord refuses it
        if place == DIRECT or (not place and self._is_direct(tab.channel_id)):
            tab.channel_id = member.user.dm_channel.id
        else:
            places = {str(each.id): each.id for each in self._visible(member) if not self._is_forum(each)}
            tab.channel_id = places.get(place or str(tab.channel_id), self.first.id)
        return {**body, "viewer_id": viewer}

    def _listed(self, channel: ChannelHandle, viewer: MemberActor | UserHandle) -> Json:
        kind = "post" if channel.is_thread else "forum" if self._is_forum(channel) else "channel"
        last = self._last(channel.id, viewer)
        return {"id": str(channel.id), "kind": kind, "name": channel.name, "last": last}

    def _direct(self, viewer: MemberActor | UserHandle) -> Json:
        last = self._last(self.env.backend.dm_channels.get(viewer.id, 0), viewer)
        return {"id": DIRECT, "kind": "direct", "name": _("Direct messages"), "last": last}

    def _last(self, channel: int, viewer: MemberActor | UserHandle) -> str:
        """The id of the last message that this member sees there."""
        messages = self.env.backend.messages.get(channel, {}).values()
        return str(max((each.id for each in messages if each.visible_to(viewer.id)), default=0))

    def _visible(self, viewer: MemberActor | UserHandle) -> list[ChannelHandle]:
        """The channels that this member sees; under a forum its posts, the newest first."""
        every = [each for channel in self.channels for each in (channel, *reversed(channel.threads))]
        return [each for each in every if can_access_channel(self.env, each.id, viewer, history=True)]

    def _is_direct(self, channel: int) -> bool:
        return channel in self.env.backend.dm_channels.values()

    def _is_forum(self, channel: ChannelHandle) -> bool:
        return isinstance(self.bot.get_channel(channel.id), discord.ForumChannel)
