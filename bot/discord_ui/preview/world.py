"""The preview's server: its places, its people, and what the bot says first. Needs the extra `preview`."""

from __future__ import annotations

from typing import Any

import discord
from simcord import ChannelHandle, Env, MemberActor

from bot.app import Choices
from bot.discord_ui.asking.welcome import welcome
from bot.discord_ui.client import LessonBot
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.locale import language_by_default
from bot.discord_ui.preview.actions import with_mentions
from bot.discord_ui.preview.navigation import Navigation
from bot.discord_ui.preview.turns import catch_up
from bot.language.words import N_, _, in_locale
from bot.lessons.library import Lessons

COPY_NOTE = N_(
    "This is a preview. Your changes go to a temporary copy of the lessons and are deleted when the preview ends."
)


async def build(env: Env, bot: LessonBot) -> Navigation:
    """Three members, a moderator, a channel for questions, a forum and an inbox."""
    await catch_up(env)  # SimCord's clock begins on a fixed day
    assert bot.user, "the bot is logged in as long as the preview runs"
    with in_locale(language_by_default(bot.app, discord.Locale.american_english)):
        server = env.create_guild(_("Learners"), owner=env.create_user("olga"))
        moderators = server.create_role(_("Moderators"), permissions=discord.Permissions(manage_guild=True))
        me = await bot.user.edit(username="Lessonbot")
        names = {
            "mia": _("{name} (member)", name="Mia"),
            "ben": _("{name} (member)", name="Ben"),
            "lena": _("{name} (speaks German)", name="Lena"),
            "max": _("{name} (moderator)", name="Max"),
        }
        people = {
            user: server.add_member(
                env.create_user(user, global_name=name), roles=[moderators] if user == "max" else []
            )
            for user, name in names.items()
        }
        channel = server.create_text_channel(_("ask-here"), topic=_("Ask Lessonbot anything about the lessons"))
        forum_name, inbox_name = _("questions"), _("inbox")
        forum = server.create_forum_channel(forum_name)
        seen, unseen = (discord.PermissionOverwrite(view_channel=each) for each in (True, False))
        inbox = server.create_text_channel(
            inbox_name,
            topic=_("What waits for moderators"),
            overwrites={server.default_role: unseen, moderators: seen, me: seen},
        )
        await say(bot, channel.id, welcome(me, bot.app.library.lessons, _(COPY_NOTE)))
        await say(bot, channel.id, for_moderators(bot.app.library.lessons, forum_name, inbox_name))
    # Lessons are saved by whoever looks at the page: what is wrong with them is said where it opens.
    choices = Choices(notices_in=channel.id, listens_in=(forum.id,), inbox=inbox.id)
    await bot.app.servers.set(server.id, choices)
    with env._bot_scope():  # so that its timer follows SimCord's clock
        await bot.app.asking.inbox.chosen(server.id)
    await bot.notices.tell(bot.app.library.problems)
    members = tuple(typing_mentions(env, each, bot) for each in people.values())
    return Navigation(env, bot, (channel, forum, inbox), members)


def typing_mentions(env: Env, member: MemberActor, bot: LessonBot) -> MemberActor:
    """A member whose typed '@Lessonbot' becomes a mention, as in Discord's own apps."""

    class Typing(MemberActor):
        # `Any`: passed on to SimCord as it is.
        async def send(self, channel: ChannelHandle, content: str = "", **rest: Any) -> discord.Message:
            return await super().send(channel, with_mentions(bot, content), **rest)

    return Typing(env, member.guild, member.user)


def for_moderators(lessons: Lessons, forum: str, inbox: str) -> Card:
    """Three things to try as a moderator with these lessons, in places of these names."""
    title = _("Three things to try as a moderator")
    lines = [
        _(
            "**Turn a person's answer into an entry.** As Mia, open a post in `{forum}` that no lesson answers, "
            "and answer it as Max. Point at that answer, choose *Save as entry* under *Apps*, and publish it. "
            "When Ben asks me the same, I answer at once.",
            forum=forum,
        ),
        _(
            "**Answer from the inbox.** As Mia, ask me here what no lesson answers, and press "
            "*Ask the moderators*. Max finds it in `{inbox}`.",
            inbox=inbox,
        ),
        _(
            "**Let two days pass.** As Mia, finish a walkthrough and press *Quiz me in a few days*. Then "
            "press *Let two days pass*: the quiz is in her direct messages. On Mondays, `{inbox}` gets a digest.",
            inbox=inbox,
        )
        if lessons.scenarios
        else _(
            "**Let two days pass.** Press *Let two days pass* until a Monday is over: `{inbox}` gets a digest.",
            inbox=inbox,
        ),
    ]
    text = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
    return Card([f"## {title}\n{text}"], footer=_("Choose who you are under *Viewing as*, at the top."))


async def say(bot: LessonBot, channel_id: int, card: Card) -> None:
    """Post a card in a channel of the preview."""
    channel = bot.get_channel(channel_id)
    assert isinstance(channel, discord.TextChannel), "the channel is there as long as the preview runs"
    await channel.send(view=card.view())
