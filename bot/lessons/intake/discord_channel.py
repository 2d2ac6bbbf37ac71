"""Reads a channel that DiscordChatExporter saved as JSON: members' questions with the replies of moderators."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.language.words import N_, _
from bot.lessons.ids import title_from
from bot.lessons.intake.channel import ChannelReader
from bot.lessons.intake.discord_messages import channel_messages
from bot.lessons.intake.json_values import text_in, value_in
from bot.lessons.intake.material import NO_TITLE, Section, Source, text_block

_SIGNS = ('"guild"', '"channel"', '"messages"', '"exportedAt"')
_NO_PAIR = N_("a message that asks nothing, or that no moderator replied to")


def read_channel(text: str) -> Source | None:
    """The source in a channel or thread; None if this is something else.

    The replies of moderators count, known by the names of their roles; where nobody has such a role, those of all.
    Names, avatars and mentions of members stay out.
    """
    if not all(each in text for each in _SIGNS):
        return None
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError):  # the reader of other data says what is wrong
        return None
    channel = value_in(data, "channel")
    if not isinstance(channel, dict) or not isinstance(value_in(data, "messages"), list):
        return None
    messages = list(channel_messages(data))
    source = Source(NO_TITLE, NO_TITLE, [Section()], has_lines=False)
    reader = ChannelReader(messages, source, _(_NO_PAIR), all_may_answer=True)
    name = text_in(channel, "name")
    if "Thread" in text_in(channel, "type"):
        reader.read_thread(name)
        source.is_single = True
        name = text_in(channel, "category")  # the channel that the thread is in
    else:
        reader.read()
    if name.strip():
        source.title = replace(text_block(title_from(name), 1), kind="title")
    source.seen = _("messages of a channel, but no question there that a moderator replied to")
    return source
