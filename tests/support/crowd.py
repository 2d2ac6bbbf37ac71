"""A crowd that asks, votes, wishes, walks and publishes, and remembers what the bot promised it."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import func, select

from bot.store.store import Store
from bot.store.tables import marks, reminders, revisions, votes, wanted
from tests.support.sharded_discord import ShardedDiscord

KNOWN = ("what is a venv", "y use venv", "delete my venv", "why do i need a venv", "explain virtual environments")
UNKNOWN = "who won the chess world cup of {n}"
WALK, SCENARIO = "two-versions", "Two versions of Django"
EDITED = "How do I delete a virtual environment?"
FIRST_MEMBER = 2_000_000_000_000_000_000
FIRST_REMINDED = FIRST_MEMBER + (1 << 40)
PATIENT = 10.0  # seconds that somebody waits for an answer
TICK = 0.01


@dataclass
class Promises:
    """What members were told, with who was told it."""

    votes: Counter[int] = field(default_factory=Counter)  # by question
    wishes: set[tuple[int, int]] = field(default_factory=set)
    steps: set[tuple[int, str]] = field(default_factory=set)
    answers: set[str] = field(default_factory=set)  # that were published
    reminders: int = 0

    @property
    def are_of_each_kind(self) -> bool:
        return all((self.votes, self.wishes, self.steps, self.answers))

    def __str__(self) -> str:
        many = (sum(self.votes.values()), len(self.wishes), len(self.steps), len(self.answers), self.reminders)
        names = ("votes", "wishes", "steps", "publishes", "reminders")
        return ", ".join(f"{number} {name}" for number, name in zip(many, names, strict=True))


class Crowd:
    """Members of the servers of all shards; a new one for each event, as no member may ask that often."""

    def __init__(self, discord: ShardedDiscord) -> None:
        self.discord = discord
        self.promised = Promises()
        self._events = count(1)
        self._talking: set[asyncio.Task[None]] = set()
        self._is_publishing = False

    async def ask(self, rate: float, while_: Callable[[], bool]) -> None:
        """Offer so many events a second, whether or not they are answered, while this is so."""
        clock = asyncio.get_running_loop().time
        begun, offered = clock(), 0
        while while_():
            while offered < (clock() - begun) * rate:
                offered += 1
                await self.one()
            await asyncio.sleep(TICK)

    async def one(self) -> None:
        """The next event. Every 25th begins a conversation."""
        n = next(self._events)
        member, shard = str(FIRST_MEMBER + 16 * n), n % self.discord.servers_are_of
        match n % 100:
            case 0:
                self._talk(self._vote(shard, member))
            case 25:
                self._talk(self._wish(shard, member, n))
            case 50:
                self._talk(self._walk(shard, member))
            case 75 if not self._is_publishing:
                self._talk(self._publish(member, n))
            case 10 | 60:
                await self.discord.mention(shard, member=member)
            case _:
                await self.discord.ask(shard, KNOWN[n % len(KNOWN)], member)

    async def is_done(self) -> None:
        """Wait for the end of all conversations."""
        await asyncio.gather(*self._talking)

    def _talk(self, conversation: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(conversation)
        self._talking.add(task)
        task.add_done_callback(self._talking.discard)

    async def _vote(self, shard: int, member: str) -> None:
        answer = await self._said(await self.discord.ask(shard, KNOWN[0], member), "lb:helped:")
        for button, question in re.findall(r"(lb:helped:(\d+):[\w-]+)", answer):
            if await self._said(await self.discord.press(shard, button, member), "Thank you"):
                self.promised.votes[int(question)] += 1

    async def _wish(self, shard: int, member: str, n: int) -> None:
        answer = await self._said(await self.discord.ask(shard, UNKNOWN.format(n=n), member), "lb:pass:")
        for question in re.findall(r"lb:pass:(\d+)", answer):
            if await self._said(await self.discord.press(shard, f"lb:want:{question}", member), "I'll notify you"):
                self.promised.wishes.add((int(question), int(member)))

    async def _walk(self, shard: int, member: str) -> None:
        option = {"name": "scenario", "type": 3, "value": SCENARIO}
        command = {"id": "1", "name": "walkthrough", "type": 1, "options": [option]}
        panel = await self._said(await self.discord.interact(shard, member, 2, command), "lb:leap:")
        while found := re.search(rf"lb:leap:{WALK}:([\w-]+)", panel):
            self.promised.steps.add((int(member), found[1]))
            further = re.search(rf"lb:walk:{WALK}:{found[1]}:next", panel)
            panel = await self._press_on(shard, member, further.group()) if further else ""

    async def _press_on(self, shard: int, member: str, button: str) -> str:
        return await self._said(await self.discord.press(shard, button, member), "lb:leap:")

    async def _publish(self, member: str, n: int) -> None:
        """A moderator edits an entry. One at a time, as others would have to merge their edits."""
        self._is_publishing = True
        try:
            text = f"Delete its folder, for the {n}th time."
            button = await draft(self.discord, member, text, self._said)
            if button and await self._said(await self.discord.press(0, button, member), "## Published"):
                self.promised.answers.add(text)
        finally:
            self._is_publishing = False

    async def _said(self, id_: str, wanted: str) -> str:
        """The answer to an interaction if it contains this; '' if it does not in time."""
        clock = asyncio.get_running_loop().time
        until = clock() + PATIENT
        while clock() < until:
            answer = str(self.discord.said.get(id_, ""))
            if wanted in answer:
                return answer
            await asyncio.sleep(0.05)
        return ""


Said = Callable[[str, str], Awaitable[str]]


async def draft(discord: ShardedDiscord, moderator: str, answer: str, said: Said) -> str:
    """Edit the answer of an entry. Returns the button that publishes it; '' if there is none in time.

    `said` returns the answer to an interaction once it contains a text.
    """
    option = {"name": "what", "type": 3, "value": EDITED}
    command = {"type": 1, "name": "edit", "options": [option]}
    data = {"id": "1", "name": "lessons", "type": 1, "options": [command]}
    form = await said(await discord.interact(0, moderator, 2, data), "lb:draft:")
    if not (opened := re.search(r"lb:draft:[\w:]+", form)):
        return ""
    box = {"type": 18, "component": {"type": 4, "custom_id": "answer", "value": answer}}
    filled = {"custom_id": opened.group(), "components": [box]}
    card = await said(await discord.interact(0, moderator, 5, filled), "lb:publish:")
    button = re.search(r"lb:publish:[\w:]+", card)
    return button.group() if button else ""


async def remind(url: str, number: int, within: float) -> None:
    """Save that so many members are reminded, one after the other within so many seconds."""
    store, now = await Store.open(url), datetime.now(UTC)
    for n in range(number):
        due = now + timedelta(seconds=within * n / number)
        await store.reminders.remember(FIRST_REMINDED + 16 * n, WALK, {2: due})
    await store.close()


async def broken(promised: Promises, discord: ShardedDiscord, url: str) -> AsyncIterator[str]:
    """The promises that were not kept, and what was answered twice."""
    store = await Store.open(url)
    async with store._database.reading.connect() as connection:
        counted = select(votes.c.question, func.count()).group_by(votes.c.question)
        cast = dict(tuple(row) for row in await connection.execute(counted))
        wishes = await connection.execute(select(wanted.c.question, wanted.c.learner))
        wished = {(question, learner) for question, learner in wishes}
        arrived = select(marks.c.learner, marks.c.item).where(marks.c.kind == "arrived")
        walked = {(learner, step) for learner, step in await connection.execute(arrived)}
        published = select(revisions.c.after).where(revisions.c.state == "published")
        texts = "".join(filter(None, (await connection.execute(published)).scalars()))
        states = Counter((await connection.execute(select(reminders.c.state))).scalars())
    await store.close()
    for question, number in promised.votes.items():
        if cast.get(question, 0) < number:
            yield f"a vote on question {question}"
    for question, learner in promised.wishes - wished:
        yield f"the wish of {learner} for question {question}"
    for learner, step in promised.steps - walked:
        yield f"step {step} of {learner}"
    for text in sorted(promised.answers):
        if text not in texts:
            yield f"a publish: {text}"
    if states["sent"] < promised.reminders:
        yield f"reminders: {dict(states)}"
    for n, times in _times(discord, promised.reminders):
        if times != 1:
            yield f"reminder {n}, which came {times} times"
    for id_, times in discord.answered.items():
        if times > 1 and id_ in discord.asked_at:
            yield f"event {id_}, which was answered {times} times"


def _times(discord: ShardedDiscord, number: int) -> Iterable[tuple[int, int]]:
    """How often each reminder came."""
    for n in range(number):
        yield n, len(discord.direct.get(str(FIRST_REMINDED + 16 * n + 1), ()))
