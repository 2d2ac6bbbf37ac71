"""When cards come to an inbox: each once, not in quiet hours, a few a day, and a digest a week."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.asking.inbox import DIGEST, SUMMARY, Fate, Inbox, InboxCard, Waiting, is_quiet, week_of
from bot.store.servers import Choices
from bot.store.store import Store
from tests.support.moments import DAY, MIA, TOM

SERVER, OTHER, CHANNEL = 1, 2, 42
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Parcels:
    """A source of another kind, as proposals are one."""

    kind = "parcel"

    def __init__(self) -> None:
        self.here: dict[str, bool] = {}

    async def waiting(self) -> Sequence[Waiting]:
        return [
            Waiting(each, frozenset({each.removesuffix(" again")}))
            for each, is_open in self.here.items()
            if is_open
        ]

    async def fates(self, items: Collection[str]) -> Mapping[str, Fate]:
        return {each: Fate(self.here[each], str(self.here[each])) for each in items if each in self.here}


class Days:
    """A clock that a test sets, an inbox, and its parcels."""

    def __init__(self, store: Store) -> None:
        self.now, self.store, self.parcels = MONDAY, store, Parcels()
        store.clock.monotonic = self.passed
        self.inbox = self.restarted()

    def passed(self) -> float:
        """Seconds by a clock that agrees: nobody set the first one."""
        return self.now.timestamp()

    def restarted(self, kept: int = 90) -> Inbox:
        inbox = Inbox(self.store, lambda: self.now, kept)
        inbox.add(self.parcels)
        return inbox

    async def choose(self, **chosen: object) -> None:
        choices = Choices(**{"inbox": CHANNEL, "digest": False, "inbox_a_day": 2, **chosen})  # type: ignore[arg-type]
        await self.store.servers.set(SERVER, choices)

    async def posts(self) -> list[str]:
        """What a round posts."""
        await self.inbox.collect([SERVER])
        posted = []
        async for each in self.inbox.claim(SERVER):
            await self.inbox.place(each, each.id, None, "as it is")
            await self.inbox.confirm(each)
            posted.append(each.item if each.kind == "parcel" else each.kind)
        return posted

    async def news(self) -> dict[str, Fate | None]:
        return {each.card.item: each.fate for each in await self.inbox.news()}


@pytest.fixture
async def days(memory: Store) -> Days:
    made = Days(memory)
    await memory.clock.check(made.now)
    await made.choose()
    return made


async def test_each_item_comes_once_and_a_few_a_day(days: Days):
    """The rest is counted on one card, and comes on the next days, the oldest first; over restarts, too."""
    days.parcels.here = dict.fromkeys("abcde", True)
    assert await days.posts() == ["a", "b", SUMMARY]
    summary = await card(days, days.now.date().isoformat())
    assert await days.inbox.left(summary) == 3
    days.inbox = days.restarted()
    assert await days.posts() == []
    days.parcels.here["c"] = False
    assert await days.posts() == []
    assert await days.inbox.left(summary) == 2, "what was dealt with meanwhile need not come"
    days.now += DAY
    assert await days.inbox.left(summary) == 0, "they come today"
    assert await days.posts() == ["d", "e"]
    days.parcels.here["a again"] = days.parcels.here.pop("a")
    assert await days.posts() == [], "it has a card under another name"
    days.now += DAY
    days.parcels.here["c"] = True
    assert await days.posts() == ["c"], "open again"


@pytest.mark.parametrize(
    ("hours", "quiet"),
    [((22, 7), {22, 23, 0, 1, 2, 3, 6}), ((1, 3), {1, 2}), ((0, 0), set()), ((9, 9), set()), ((23, 0), {23})],
)
def test_quiet_hours_end_on_the_hour_also_after_midnight(hours: tuple[int, int], quiet: set[int]):
    """From the first hour on, up to the second one; the same hour twice is no quiet hours."""
    chosen = Choices(quiet_from=hours[0], quiet_to=hours[1])
    some = [0, 1, 2, 3, 6, 7, 9, 21, 22, 23]
    found = {hour for hour in some if is_quiet(chosen, MONDAY.replace(hour=hour, minute=59))}
    assert found == quiet & set(some)


async def test_nothing_new_comes_in_quiet_hours_and_nothing_is_lost(days: Days):
    """It comes after them."""
    await days.choose(quiet_from=11, quiet_to=14)
    days.parcels.here = {"a": True}
    assert await days.posts() == []
    days.now += timedelta(hours=2)
    assert await days.posts() == ["a"]


async def test_the_digest_comes_once_a_week_and_not_before_the_next_one(days: Days):
    """Over restarts, too; not in the week in which the inbox was chosen, nor where it is off."""
    await days.choose(digest=True)
    await days.inbox.chosen(SERVER)
    assert await days.posts() == []
    days.now = datetime(2026, 11, 30, 7, 59, tzinfo=UTC)
    assert await days.posts() == [], "too early on Monday"
    days.now += timedelta(minutes=1)
    assert await days.posts() == [DIGEST]
    days.inbox = days.restarted()
    assert await days.posts() == []
    days.now += 6 * DAY
    assert await days.posts() == []
    days.now += 2 * DAY  # the bot was off on Monday
    assert await days.posts() == [DIGEST]
    await days.choose(digest=False)
    days.now += 7 * DAY
    assert await days.posts() == []
    assert week_of(datetime(2027, 1, 1, tzinfo=UTC)) == "2026-W53", "a week belongs to one year"


async def test_a_digest_that_was_not_sent_in_its_week_is_left_out(days: Days):
    """Its figures would be those of another week."""
    await days.choose(digest=True, inbox=None)
    assert await days.posts() == []
    days.now += 7 * DAY
    await days.choose(digest=True)
    assert await days.posts() == [DIGEST]


async def test_the_digest_comes_once_a_week_also_where_questions_are_kept_for_a_day(days: Days):
    """Its card no longer quotes the questions after that day, and no second one comes in its week."""
    days.inbox = days.restarted(kept=1)
    await days.choose(digest=True)
    await days.inbox.chosen(SERVER)
    posted = []
    for _ in range(3 * 7):
        days.now += DAY
        posted += await days.posts()
        for news in await days.inbox.news():
            assert news.fate is None
            await days.inbox.was_shown(news, "deleted")
        await days.inbox.delete_expired(days.now - DAY)
    assert posted == [DIGEST] * 3
    assert len(await days.store.inbox.of(SERVER)) == 1, "that of this week; the others are forgotten"


async def test_a_digest_is_not_called_deleted_because_the_clock_is_wrong(days: Days):
    """It stays, and is not posted again once the clock is right."""
    await days.choose(digest=True)
    assert await days.posts() == [DIGEST]
    passed = days.now.timestamp()
    days.store.clock.monotonic = lambda: passed
    days.now += 200 * DAY
    assert await days.news() == {}
    days.now -= 200 * DAY
    assert await days.posts() == []


async def test_a_card_is_told_of_until_it_shows_what_became_of_its_item(days: Days):
    """Once for each change: resolved, open again, deleted; and a claim that a day ended."""
    days.parcels.here = {"a": True, "b": True}
    await days.posts()
    for each in await days.inbox.news():
        await days.inbox.was_shown(each, "as it is")
    assert await days.news() == {}
    days.parcels.here["a"] = False
    assert await days.news() == {"a": Fate(is_open=False, mark="False")}
    assert list(await days.news()) == ["a"], "until it was shown"
    (news,) = await days.inbox.news()
    await days.inbox.was_shown(news, "resolved")
    assert await days.news() == {}
    assert await days.inbox.take(await card(days, "b"), TOM)
    for each in await days.inbox.news():
        await days.inbox.was_shown(each, "taken")
    assert await days.news() == {}
    days.now += DAY
    assert list(await days.news()) == ["b"], "nobody holds it any longer"
    del days.parcels.here["a"]
    (gone, _) = await days.inbox.news()
    assert gone.fate is None
    await days.inbox.was_shown(gone, "deleted")
    assert list(await days.news()) == ["b"]


async def test_of_two_moderators_one_takes_an_item(days: Days):
    """The other one has to know whom they take it over from."""
    days.parcels.here = {"a": True}
    await days.posts()
    seen = await card(days, "a")
    assert await days.inbox.take(seen, TOM)
    assert not await days.inbox.take(seen, MIA), "they saw it when nobody held it"
    now = await card(days, "a")
    assert days.inbox.holder(now) == TOM
    assert await days.inbox.take(now, MIA)
    assert days.inbox.holder(await card(days, "a")) == MIA
    await days.inbox.let_go(await card(days, "a"))
    assert days.inbox.holder(await card(days, "a")) is None


async def test_where_a_channel_is_gone_what_is_open_waits_for_another(days: Days):
    """What was resolved does not; a refused card and those behind it wait for the next round."""
    await days.choose(inbox_a_day=5)
    days.parcels.here = {"a": True, "b": True}
    await days.posts()
    days.parcels.here["a"] = False
    assert await days.inbox.channels() == {(SERVER, CHANNEL)}
    await days.inbox.has_no_channel(SERVER, CHANNEL)
    days.parcels.here["c"] = True
    await days.inbox.collect([SERVER])
    refused = []
    async for each in days.inbox.claim(SERVER):
        refused.append(each.item)
        await days.inbox.postpone(each)
    assert refused == ["b"]
    assert await days.posts() == ["b", "c"]


async def test_trouble_is_told_once_until_it_is_over(days: Days):
    """Over restarts, too."""
    assert not await days.inbox.is_reported(SERVER, CHANNEL)
    await days.inbox.was_reported(SERVER, CHANNEL)
    days.inbox = days.restarted()
    assert await days.inbox.is_reported(SERVER, CHANNEL)
    assert not await days.inbox.is_reported(SERVER, CHANNEL + 1)
    assert not await days.inbox.is_reported(OTHER, CHANNEL)
    days.now += 7 * DAY
    await days.inbox.delete_expired(days.now - DAY)
    assert await days.inbox.is_reported(SERVER, CHANNEL), "where questions are kept for a day, too"
    await days.inbox.has_no_trouble(SERVER)
    assert not await days.inbox.is_reported(SERVER, CHANNEL)
    await days.inbox.was_reported(SERVER, CHANNEL)
    await days.choose(inbox=CHANNEL + 1)
    await days.inbox.delete_expired(days.now + DAY)
    assert not await days.inbox.is_reported(SERVER, CHANNEL), "it is no inbox any longer"


async def test_nothing_is_kept_longer_than_questions_are(days: Days):
    """Neither of a card whose message was deleted, nor of how many waited on a day."""
    days.parcels.here = dict.fromkeys("abc", True)
    await days.posts()
    await days.inbox.is_lost(await card(days, "a"))
    await days.inbox.delete_expired(days.now)
    assert len(await days.store.inbox.all()) == 4
    await days.inbox.delete_expired(days.now + DAY)
    assert "a" in {each.item for each in await days.store.inbox.all()}, "it is open: else it would come once more"
    days.parcels.here["a"] = False
    await days.inbox.delete_expired(days.now + DAY)
    assert [each.item for each in await days.store.inbox.all()] == ["b", "c"]


async def test_who_took_an_item_is_not_kept_where_its_card_cannot_be_reached(days: Days):
    """The bot has left the server, or no longer sees the channel. Within a day, it may still clear the card."""
    days.parcels.here = {"a": True}
    await days.posts()
    await days.inbox.take(await card(days, "a"), TOM)
    days.parcels.here.clear()
    await days.inbox.delete_expired(days.now + DAY)
    assert days.inbox.holder(await card(days, "a")) == TOM
    await days.inbox.delete_expired(days.now + 2 * DAY)
    assert await days.store.inbox.all() == []


async def test_digests_that_an_inbox_never_took_are_not_kept(days: Days):
    """It refused them for weeks: only the one of this week may still come."""
    await days.choose(digest=True)
    for _ in range(3):
        await days.inbox.collect([SERVER])
        async for each in days.inbox.claim(SERVER):
            await days.inbox.postpone(each)
        days.now += 7 * DAY
    await days.inbox.collect([SERVER])
    await days.inbox.delete_expired(days.now + DAY)
    assert [each.item for each in await days.store.inbox.all()] == [week_of(days.now)]


async def card(days: Days, item: str) -> InboxCard:
    (found,) = (each for each in await days.store.inbox.of(SERVER) if each.item == item)
    return found
