"""The answers to messages that were sent lately, so that they can follow what becomes of the messages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import discord

from bot.dialogue.reply import Answer, Reply, Unknown
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import delete_all
from bot.discord_ui.kit.recent import Latest

# What an edited question gets now, None where it would get nothing; and its cards, once the question is logged.
Again = Callable[[str], Awaitable[Reply | None]]
Draw = Callable[[str, Reply], Awaitable[list[Card]]]
# The cards of an answer that lessons have by now to a logged question that they did not answer.
Found = Callable[[Answer], list[Card]]
# An edit, a new title or a deletion, once the answer that it changes was sent.
Event = Callable[[], Awaitable[None]]


@dataclass
class SentAnswer:
    """An answer to somebody's message. Without `again`, it does not follow an edit."""

    answer: Sequence[discord.Message | discord.PartialMessage]
    asked: str = ""
    reply: Reply | None = None
    again: Again | None = None
    draw: Draw | None = None
    found: Found | None = None
    is_replied_to: bool = False
    is_withdrawn: bool = False
    changing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def stop_following(self) -> None:
        """From now on, neither an edit of the question nor other lessons change it, or bring it back."""
        self.reply = self.again = self.found = None

    async def delete(self) -> None:
        """Take all of it out of the channel."""
        await delete_all(self.answer)

    async def withdraw(self) -> None:
        """The same, until an edit of the question asks something again."""
        if self.is_withdrawn:
            return
        self.reply, (message, *more) = None, self.answer
        await message.delete()  # fails if somebody took it away: it does not come back
        self.is_withdrawn = True
        await delete_all(more)


# How an answer that was found again goes on to follow its question: that message, the messages of the answer, what
# they show, and which one of `FOLLOWS` it is. None if it was given in another way.
Follow = Callable[[discord.Message, list[discord.Message], Reply, str], Awaitable[SentAnswer | None]]


@dataclass
class _OnItsWay:
    """A message that is being answered, so many times at once, and what became of it meanwhile."""

    answers: int = 0
    events: list[Event] = field(default_factory=list)


class SentAnswers:
    """The last answers. They are not stored: older ones in channels are found again where they are."""

    def __init__(self, size: int = 1000) -> None:
        # Each knows one way to ask, and is asked about answers from before the start.
        self.ways: list[Follow] = []
        # Two helpers can have the same question answered.
        self._to: Latest[int, list[SentAnswer]] = Latest(size)
        self._by_answer: Latest[int, SentAnswer] = Latest(size)
        # By the id of the message.
        self._on_their_way: dict[int, _OnItsWay] = {}

    @asynccontextmanager
    async def on_its_way(self, question: int) -> AsyncIterator[None]:
        """While the answer to this message is looked for and sent, what becomes of the message waits for it."""
        here = self._on_their_way.setdefault(question, _OnItsWay())
        here.answers += 1
        try:
            yield
        finally:
            here.answers -= 1
            if not here.answers:
                del self._on_their_way[question]
                for event in here.events:
                    await event()

    def postpones(self, question: int, event: Event) -> bool:
        """Whether the answer to this message is on its way: then `event` comes after it."""
        if here := self._on_their_way.get(question):
            here.events.append(event)
        return here is not None

    def put(self, question: int, sent: SentAnswer) -> None:
        """Remember the answer to the message with this id."""
        before = self.to(question)
        if not any(each is sent for each in before):
            self._to.put(question, [*before, sent])
        for each in sent.answer:
            self._by_answer.put(each.id, sent)

    def put_together(self, channel: discord.PartialMessageable, answer: list[int]) -> None:
        """Remember the messages of an answer to a command or a press, which go together."""
        sent = SentAnswer([channel.get_partial_message(each) for each in answer])
        for each in answer:
            self._by_answer.put(each, sent)

    def chosen(self, card: discord.Message, further: list[int]) -> None:
        """A suggestion was chosen: its answer is on this card and in further messages. It follows no edit."""
        whole = [card, *(discord.PartialMessage(channel=card.channel, id=each) for each in further)]
        sent = self.of(card.id) or SentAnswer(whole)
        sent.answer = whole
        sent.stop_following()
        for each in whole:
            self._by_answer.put(each.id, sent)

    def to(self, question: int) -> list[SentAnswer]:
        """The answers to this message: more than one if it was answered again."""
        return self._to.get(question) or []

    def take(self, question: int) -> list[SentAnswer]:
        """The same, which are then forgotten."""
        return self._to.pop(question) or []

    def unanswered(self) -> list[tuple[int, SentAnswer]]:
        """Those that say that no lesson answers, with the id of the message that they reply to."""
        every = ((id_, sent) for id_, some in self._to.items() for sent in some)
        return [(id_, sent) for id_, sent in every if sent.found and isinstance(sent.reply, Unknown)]

    def of(self, answer: int) -> SentAnswer | None:
        """The answer that this message is a part of."""
        return self._by_answer.get(answer)

    def replied(self, answer: int) -> None:
        """Somebody replied to this message, which may be an answer."""
        if sent := self.of(answer):
            sent.is_replied_to = True
