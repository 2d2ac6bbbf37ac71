"""Hints to one member in a channel. Everybody sees them, so each is gone after ten minutes, over a restart."""

from __future__ import annotations

import asyncio
import logging

import discord
from pydantic import TypeAdapter, ValidationError

from bot import private
from bot.discord_ui.asking.dismissing import dismissible
from bot.discord_ui.asking.sent_answers import SentAnswer, SentAnswers
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import AnyMessage, delete_all, reply_to
from bot.discord_ui.kit.paces import Paces

log = logging.getLogger(__name__)

SHOWN_FOR = 600.0  # seconds
Place = tuple[int, int]  # the ids of a channel and of a message there
_PLACES = TypeAdapter(list[Place])


class ShortHints:
    """Tells a member what to do, at most once an hour. A file says where each hint is that is to be deleted."""

    def __init__(self, bot: BaseBot) -> None:
        self._bot = bot
        self._pace = bot.kept(Paces).hints
        self._file = bot.data / "hints.json"
        self._shown: list[Place] = []
        self._deleting: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Delete the hints from before the start when their time is over."""
        self._shown = self._read()
        for channel, id_ in self._shown:
            self._delete_later(self._bot.get_partial_messageable(channel).get_partial_message(id_))

    async def end(self) -> None:
        """The next start deletes those that are still shown."""
        for each in self._deleting:
            each.cancel()
        await asyncio.gather(*self._deleting, return_exceptions=True)

    async def give(self, message: discord.Message, card: Card) -> None:
        """Reply to a message. The hint also goes with that message, or when the member dismisses it."""
        member = message.author.id
        if self._pace.wait(member) is not None:
            return
        sent = await reply_to(message, [dismissible(card, member)])
        self._bot.kept(SentAnswers).put(message.id, SentAnswer(sent))
        self._keep([*self._shown, *map(_place, sent)])
        for each in sent:
            self._delete_later(each)

    def _delete_later(self, hint: AnyMessage) -> None:
        # discord.py's `delete(delay=…)` would go on after the bot is closed.
        task = asyncio.create_task(self._delete(hint))
        self._deleting.add(task)
        task.add_done_callback(self._deleting.discard)

    async def _delete(self, hint: AnyMessage) -> None:
        await asyncio.sleep(max(0.0, _left(hint.id)))
        if not await delete_all([hint]):  # else the next start tries again
            self._keep([each for each in self._shown if each != _place(hint)])

    def _keep(self, shown: list[Place]) -> None:
        self._shown = shown
        try:
            self._file.parent.mkdir(private.FOLDER, parents=True, exist_ok=True)
            private.write_private(self._file, _PLACES.dump_json(shown))
        except OSError as error:
            log.warning(
                "could not save where a short hint was posted; after a restart, it will not be removed: %s", error
            )

    def _read(self) -> list[Place]:
        try:
            return _PLACES.validate_json(self._file.read_bytes())
        except FileNotFoundError:
            pass
        except (OSError, ValidationError) as error:
            log.warning("hints from before the start stay in their channels: %s", error)
        return []


def _place(hint: AnyMessage) -> Place:
    return hint.channel.id, hint.id


def _left(hint: int) -> float:
    """How many seconds a hint with this id is still shown."""
    age = discord.utils.utcnow() - discord.utils.snowflake_time(hint)
    return SHOWN_FOR - age.total_seconds()
