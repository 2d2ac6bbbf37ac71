"""The inbox: what waits for moderators is brought to them, each item once, and its card is kept up to date.

What there is comes from sources, one for each kind of item. A card is stored before it is sent, so that after a
kill nothing is lost, and nothing is sent twice.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.outbox import Queue
from bot.store.inbox import InboxCard
from bot.store.servers import Choices
from bot.store.store import Store

__all__ = ["DIGEST", "SUMMARY", "Fate", "Inbox", "InboxCard", "ItemSource", "Waiting", "is_quiet"]


SUMMARY, DIGEST, TROUBLE = "summary", "digest", "trouble"  # cards that are no item of a source
HOLDS = timedelta(days=1)  # after that, a claim ends
# How much longer than questions a card is kept, so that the bot can remove what members wrote from its message.
CLEARING = timedelta(days=1)
DIGEST_HOUR = 8  # of Monday, in UTC


@dataclass(frozen=True)
class Waiting:
    """An item that moderators should see; `also` are other names under which it may have a card already."""

    item: str
    also: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fate:
    """What became of an item. `mark` changes whenever its card has to be drawn anew."""

    is_open: bool
    mark: str


class ItemSource(Protocol):
    """Where the items of one kind come from."""

    @property
    def kind(self) -> str:
        """The name of this kind, at most 16 characters."""

    async def waiting(self) -> Sequence[Waiting]:
        """What moderators should see now, the oldest first."""

    async def fates(self, items: Collection[str]) -> Mapping[str, Fate]:
        """What became of these items; those that were deleted are left out."""


@dataclass(frozen=True)
class News:
    """A posted card that may have to be drawn anew; `fate` is None if its item was deleted."""

    card: InboxCard
    fate: Fate | None


class Inbox(Queue[InboxCard]):
    """The inboxes of all servers. It is the queue of an outbox, too."""

    def __init__(self, store: Store, clock: Clock, days: int) -> None:
        self._store = store
        self._cards = store.inbox
        self._clock = clock
        self._days = days
        self._sources: dict[str, ItemSource] = {}
        # Called when an item may have changed: the task that posts and updates cards rests until then.
        self.wake: Callable[[], None] = lambda: None
        # Servers whose inbox just refused a card: the others wait for the next round.
        self._refused: set[int] = set()
        self._seen: dict[int, tuple[Fate | None, int | None, int | None]] = {}

    def add(self, source: ItemSource) -> None:
        """Items of this kind come to the inbox, too."""
        self._sources[source.kind] = source

    # What is posted

    async def collect(self, servers: Collection[int]) -> None:
        """Add a card for each new item to the inboxes of these servers; drop those that need not be sent."""
        now = self._clock()
        for kind, source in self._sources.items():
            found = await source.waiting()
            wanted = {name for each in found for name in (each.item, *each.also)}
            for server in servers:
                cards = [each for each in await self._cards.of(server) if each.kind == kind]
                known = {each.item for each in cards}
                new = [each.item for each in found if known.isdisjoint((each.item, *each.also))]
                await self._cards.add(server, kind, new, now)
                left = [each.id for each in cards if each.state == "waiting" and each.item not in wanted]
                await self._cards.delete(left)
        for server in servers:
            if self._store.servers.of(server).digest and _has_begun(now):
                await self._cards.add(server, DIGEST, [week_of(now)], now)

    async def chosen(self, server: int) -> None:
        """An inbox was chosen or given up. The first digest comes with the next week."""
        now = self._clock()
        await self._cards.add(server, DIGEST, [week_of(now)], now, state="closed")
        self.wake()

    async def claim(self, server: int) -> AsyncIterator[InboxCard]:
        """Claim the cards that this server's inbox gets now, one by one."""
        self._refused.discard(server)
        for each in await self._due(server):
            channel = self._store.servers.of(server).inbox
            if channel is None or server in self._refused:
                return
            if await self._cards.claim(each.id, channel):
                yield replace(each, state="sending", channel=channel)

    async def _due(self, server: int) -> list[InboxCard]:
        choices, now = self._store.servers.of(server), self._clock()
        if choices.inbox is None or is_quiet(choices, now):
            return []
        cards, today = await self._cards.of(server), _day(now)
        items = [each for each in cards if each.kind in self._sources]
        waiting = [each for each in items if each.state == "waiting"]
        room = max(0, choices.inbox_a_day - sum(map(_is_from(today), items)))
        if len(waiting) > room:
            await self._cards.add(server, SUMMARY, [today], now)
        others = [
            each
            for each in await self._cards.of(server)
            if each.state == "waiting" and (each.kind, each.item) in {(SUMMARY, today), (DIGEST, week_of(now))}
        ]
        return [*waiting[:room], *sorted(others, key=lambda each: each.kind)]

    async def has_cards(self) -> bool:
        """Whether there is any card, in whatever server."""
        return bool(await self._cards.all())

    async def left(self, summary: InboxCard) -> int:
        """How many items wait on the day of a summary until they can be posted; 0 once that day is over."""
        if summary.item != _day(self._clock()):
            return 0
        cards = await self._cards.of(summary.server)
        return sum(each.kind in self._sources and each.state == "waiting" for each in cards)

    async def place(self, card: InboxCard, message: int, post: int | None, shown: str) -> None:
        """Save where the message of a card is, in which post of a forum, and what it shows."""
        await self._cards.place(card.id, message, post, shown)

    async def unfinished(self) -> Sequence[InboxCard]:
        """The cards that were claimed, and neither confirmed nor given back."""
        return await self._cards.unfinished()

    async def confirm(self, item: InboxCard) -> None:
        """It was posted."""
        await self._cards.confirm(item.id, self._clock())

    async def drop(self, item: InboxCard) -> None:
        """It can never be posted."""
        await self._cards.delete([item.id])

    async def release(self, item: InboxCard) -> None:
        """Try again in the next round."""
        await self._cards.release(item.id)

    async def postpone(self, item: InboxCard) -> None:
        """The inbox takes no cards: this one and the others wait."""
        self._refused.add(item.server)
        await self._cards.release(item.id)

    # What is kept up to date

    async def news(self) -> list[News]:
        """The posted cards that may show something else now; each until it `was_shown`."""
        posted = [each for each in await self._cards.all() if each.state == "posted"]
        found: list[News] = []
        for kind, source in self._sources.items():
            cards = [each for each in posted if each.kind == kind]
            fates = await source.fates({each.item for each in cards})
            found += [News(each, fates.get(each.item)) for each in cards]
        now = self._clock()
        for each in posted:
            if each.kind == SUMMARY:
                found.append(News(each, Fate(is_open=True, mark=str(await self.left(each)))))
            elif each.kind == DIGEST and await self._is_expired(each, now):
                found.append(News(each, None))  # it quotes questions, which are deleted after that time
        self._seen = {each.card.id: self._seen[each.card.id] for each in found if each.card.id in self._seen}
        return [each for each in found if self._seen.get(each.card.id) != self._sight(each)]

    async def _is_expired(self, digest: InboxCard, now: datetime) -> bool:
        return now - digest.added_at > timedelta(days=self._days) and await self._store.clock.check(now)

    async def was_shown(self, news: News, shown: str) -> None:
        """The message shows the news now. The card of a deleted item is deleted with it.

        That of a digest is closed, as there is no other one in its week.
        """
        if news.fate is None:
            if news.card.kind == DIGEST:
                await self._cards.close(news.card.id)
            else:
                await self._cards.delete([news.card.id])
            return
        if shown != news.card.shown:
            await self._cards.show(news.card.id, shown)
        self._seen[news.card.id] = self._sight(news)

    async def is_lost(self, card: InboxCard) -> None:
        """Its message was deleted: it is not posted again."""
        await self._cards.close(card.id)

    async def channels(self) -> set[tuple[int, int]]:
        """The servers and channels in which there are cards."""
        cards = await self._cards.all()
        return {(each.server, each.channel) for each in cards if each.state == "posted" and each.channel}

    async def has_no_channel(self, server: int, channel: int) -> None:
        """A channel was deleted: what is open of its cards waits for another one."""
        for each in await self._cards.of(server):
            if each.channel == channel and each.state == "posted":
                await (self._cards.repeat if await self.is_open(each) else self._cards.close)(each.id)

    async def left_behind(self, servers: Collection[int]) -> list[InboxCard]:
        """The posted cards outside of the inboxes of these servers: another channel was chosen, or none."""
        inboxes = {(each, self._store.servers.of(each).inbox) for each in servers}
        posted = [each for each in await self._cards.all() if each.state == "posted"]
        return [each for each in posted if (each.server, each.channel) not in inboxes]

    async def was_cleared(self, card: InboxCard) -> None:
        """What a card that was left behind shows is gone. What is open gets a new card in the inbox."""
        if card.kind == DIGEST:
            await self._cards.close(card.id)  # there is no other one in its week
        else:
            await self._cards.delete([card.id])

    def _sight(self, news: News) -> tuple[Fate | None, int | None, int | None]:
        # Who took it holds it for a day; who resolved it may be forgotten.
        return news.fate, self.holder(news.card), news.card.moderator

    # What moderators do

    async def find(self, card: int) -> InboxCard | None:
        """The card with this id."""
        return await self._cards.find(card)

    async def is_open(self, card: InboxCard) -> bool:
        """Whether there is something to do about it."""
        fate = await self._fate(card)
        return fate is not None and fate.is_open

    async def _fate(self, card: InboxCard) -> Fate | None:
        source = self._sources.get(card.kind)
        return (await source.fates([card.item])).get(card.item) if source else None

    def holder(self, card: InboxCard) -> int | None:
        """The moderator who took it; None if nobody did, or if that is a day ago."""
        is_held = card.deed == "taken" and card.deed_at and card.deed_at > self._clock() - HOLDS
        return card.moderator if is_held else None

    async def take(self, card: InboxCard, moderator: int) -> bool:
        """Take an item, from whoever holds it by this card; False if it is somebody else's meanwhile."""
        taken = await self._cards.take(card.kind, card.item, moderator, card.moderator, self._clock())
        self.wake()
        return taken

    async def let_go(self, card: InboxCard) -> None:
        """The moderator who took it no longer holds it."""
        await self._cards.undo(card.kind, [card.item], "taken")
        self.wake()

    async def ignored(self, kind: str, items: Collection[str], moderator: int) -> None:
        """A moderator ignored these items."""
        await self._cards.note(kind, items, "ignored", moderator, self._clock())
        self.wake()

    async def answered(self, kind: str, items: Collection[str], moderator: int) -> None:
        """A moderator said that the lessons answer these items."""
        await self._cards.note(kind, items, "answered", moderator, self._clock())
        self.wake()

    async def unignored(self, kind: str, items: Collection[str]) -> None:
        """These items are open again."""
        await self._cards.undo(kind, items, "ignored")
        self.wake()

    async def delete_expired(self, before: datetime) -> None:
        """Delete what is known of cards that are no longer updated, and were added before that time.

        An open item whose message was deleted is kept: else it would come once more. So are the digest of this
        week, and the report of an inbox that still takes no cards.
        """
        cards = [each for each in await self._cards.all() if each.added_at < before]
        await self._cards.delete([each.id for each in cards if await self._is_over(each, before - CLEARING)])

    async def _is_over(self, card: InboxCard, cleared: datetime) -> bool:
        """Whether nothing needs this old card any longer.

        A posted card of a deleted item stays until its message is cleared. That may never work, as the bot may no
        longer see its channel: then the card is over `CLEARING` later than others.
        """
        may_be_cleared = card.state == "posted" and card.added_at >= cleared
        if card.kind == SUMMARY:
            return True
        if card.kind == DIGEST:
            return card.item != week_of(self._clock()) and not may_be_cleared
        if card.kind == TROUBLE:
            return card.item != str(self._store.servers.of(card.server).inbox)
        fate = await self._fate(card)
        return not may_be_cleared if fate is None else card.state == "closed" and not fate.is_open

    # Reports of an inbox that takes no cards

    async def is_reported(self, server: int, channel: int) -> bool:
        """Whether moderators know that this inbox takes no cards."""
        cards = await self._cards.of(server)
        return any((each.kind, each.item) == (TROUBLE, str(channel)) for each in cards)

    async def was_reported(self, server: int, channel: int) -> None:
        """Moderators were told that this inbox takes no cards."""
        await self._cards.add(server, TROUBLE, [str(channel)], self._clock(), state="closed")

    async def has_no_trouble(self, server: int) -> None:
        """The inbox takes cards: the next trouble is a new one."""
        await self._cards.delete([each.id for each in await self._cards.of(server) if each.kind == TROUBLE])


def is_quiet(choices: Choices, now: datetime) -> bool:
    """Whether nothing new is posted in a server at this time."""
    first, after = choices.quiet_from, choices.quiet_to
    if first <= after:
        return first <= now.hour < after
    return now.hour >= first or now.hour < after


def week_of(now: datetime) -> str:
    """The name of a week: "2026-W48"."""
    year, week, __ = now.isocalendar()
    return f"{year}-W{week:02}"


def _has_begun(now: datetime) -> bool:
    """Whether it is late enough in the week for its digest."""
    return now.isoweekday() > 1 or now.hour >= DIGEST_HOUR


def _day(now: datetime) -> str:
    return now.date().isoformat()


def _is_from(today: str) -> Callable[[InboxCard], bool]:
    """Whether a card was posted today, or is just being sent."""

    def is_from(card: InboxCard) -> bool:
        is_posted = card.state in ("posted", "closed") and card.posted_at is not None
        return card.state == "sending" or (is_posted and _day(card.posted_at or card.added_at) == today)

    return is_from
