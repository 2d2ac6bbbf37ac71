"""The lessons that a channel is about: a server can choose them for a channel, a forum or a whole category."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.app import ChosenLesson
from bot.discord_ui.kit.base_bot import BaseBot
from bot.lessons.document import Document

# `object`: an interaction's channel can be of any type, or a part of one.
Place = object


def places(channel: Place) -> tuple[int, ...]:
    """The ids of a channel and of what it is in, the nearest first: a thread, its channel, the category."""
    parent = channel.parent if isinstance(channel, discord.Thread) else None
    ids = (
        getattr(channel, "id", None),
        getattr(channel, "parent_id", None),
        getattr(parent or channel, "category_id", None),
    )
    return tuple(each for each in ids if each)


def lessons_here(bot: BaseBot, server: int | None, channel: Place) -> tuple[str, ...]:
    """The files of the lessons that this channel is about; none if the server chose none.

    What was chosen for a channel counts more than what was chosen for its category.
    """
    chosen = bot.app.servers.lessons_of(server)
    nearest = next((chosen[id_] for id_ in places(channel) if id_ in chosen), ())
    found = (document_of(each, bot.app.tutor.documents) for each in nearest)
    return tuple(each.file for each in found if each)


def document_of(chosen: ChosenLesson, documents: Sequence[Document]) -> Document | None:
    """The lesson that was chosen; if its file is gone, the only one with its title, as files can be moved."""
    if found := next((each for each in documents if each.file == chosen.file), None):
        return found
    called = [each for each in documents if each.lesson.lesson == chosen.title]
    return called[0] if len(called) == 1 else None
