"""The outbox sends each message once, for notifications and reminders alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.app import App
from bot.counting import counts
from bot.lessons.library import Library
from bot.outbox import Delivery, Outbox
from bot.store.store import Store
from tests.support.moments import MIA, NOW, TOM

SCENARIO = "two-django-versions"
WHY = "why-virtual-environments"


@dataclass
class Carrier:
    """Sends nothing, and returns the result that the test sets."""

    delivery: Delivery
    found: Delivery = Delivery.MISSING
    sent: list[Any] = field(default_factory=list)

    async def send(self, item: Any) -> Delivery:
        self.sent.append(item)
        return self.delivery

    async def look_for(self, _item: Any) -> Delivery:
        return self.found


@pytest.fixture
def app(lessons, memory: Store) -> App:
    return App.build(Library.open(lessons), memory, clock=lambda: NOW + timedelta(days=2))


@pytest.fixture(params=["answers", "reminders"])
async def queue(request: pytest.FixtureRequest, app: App, memory: Store) -> AsyncIterator[Any]:
    """One message to Mia that is due."""
    if request.param == "answers":
        await ask(memory, MIA)
        yield app.asking.notifications
    else:
        await memory.reminders.remember(MIA, SCENARIO, {2: NOW})
        yield app.walking.reminders


async def ask(memory: Store, *learners: int) -> None:
    """A question that these members subscribed to, and that was answered."""
    id_ = await memory.questions.log(1, "bread", NOW, "unknown")
    for each in learners:
        await memory.subscriptions.subscribe(id_, each)
    await memory.questions.resolve([id_], "answered", f"1/{WHY}")


async def due(queue: Any) -> Sequence[Any]:
    """The messages of a round that is interrupted."""
    return [each async for each in queue.claim()]


@pytest.mark.parametrize(
    ("delivery", "again"),
    [
        (Delivery.ARRIVED, 0),
        (Delivery.GONE, 0),
        (Delivery.MISSING, 1),
        (Delivery.UNKNOWN, 0),
    ],
)
async def test_it_is_sent_again_only_if_it_did_not_arrive(queue, delivery, again):
    """A message that may have arrived is not sent again."""
    counted = counts.deliveries[delivery.name.lower()]
    arrived = await Outbox(queue, Carrier(delivery)).send(queue.claim())
    assert arrived == (delivery is Delivery.ARRIVED)
    assert counts.deliveries[delivery.name.lower()] == counted + 1, "for METRICS"
    assert len(await queue.unfinished()) == (delivery is Delivery.UNKNOWN)
    assert len(await due(queue)) == again


async def test_closed_direct_messages_keep_it_due(queue):
    """If direct messages are closed, the message is shown with the member's next command."""
    await Outbox(queue, Carrier(Delivery.CLOSED)).send(queue.claim())
    assert await queue.unfinished() == []
    assert [each.learner async for each in queue.claim(MIA)] == [MIA]


@pytest.mark.parametrize(("found", "again"), [(Delivery.ARRIVED, 0), (Delivery.MISSING, 1), (Delivery.UNKNOWN, 0)])
async def test_a_process_that_died_while_sending_is_made_good(queue, found, again):
    """After a kill while sending, the next process looks for the message, and sends it only if it is missing."""
    await due(queue)
    outbox = Outbox(queue, Carrier(Delivery.ARRIVED, found))
    await outbox.recover()
    assert await outbox.send(queue.claim()) == again


async def test_one_answer_to_several_questions_is_sent_once(app, memory):
    """A member gets one message for several questions, even if the process died after sending."""
    for _ in range(3):
        await ask(memory, MIA, TOM)
    queue = app.asking.notifications
    carrier = Carrier(Delivery.ARRIVED, found=Delivery.ARRIVED)
    outbox = Outbox(queue, carrier)
    await anext(queue.claim(MIA))
    await outbox.recover()
    assert await outbox.send(queue.claim()) == 1
    assert [each.learner for each in carrier.sent] == [TOM]
    assert await memory.subscriptions.due() == []


async def test_no_second_message_has_the_same_answer_while_the_first_may_have_arrived(app, memory):
    """A member who asked twice gets no answer twice, also if it is unknown for several rounds what arrived."""
    for _ in range(2):
        await ask(memory, MIA)
    carrier = Carrier(Delivery.UNKNOWN, found=Delivery.UNKNOWN)
    outbox = Outbox(app.asking.notifications, carrier)
    for _round in range(2):
        await outbox.recover()
        await outbox.send(app.asking.notifications.claim())
        assert len(carrier.sent) == 1
    carrier.delivery, carrier.found = Delivery.ARRIVED, Delivery.MISSING
    await outbox.recover()
    assert await outbox.send(app.asking.notifications.claim()) == 1
    assert await memory.subscriptions.due() == []


async def test_what_is_just_being_sent_is_not_taken_for_lost(queue):
    """A round that begins while a message is on its way waits for it, and does not send it again."""
    on_its_way, may_arrive = asyncio.Event(), asyncio.Event()

    class Slow(Carrier):
        async def send(self, item: Any) -> Delivery:
            on_its_way.set()
            await may_arrive.wait()
            return await super().send(item)

    carrier = Slow(Delivery.ARRIVED)
    outbox = Outbox(queue, carrier)
    sending = asyncio.create_task(outbox.send(queue.claim()))
    await on_its_way.wait()
    recovering = asyncio.create_task(outbox.recover())
    assert len(await queue.unfinished()) == 1
    may_arrive.set()
    await asyncio.gather(sending, recovering)
    assert await outbox.send(queue.claim()) == 0
    assert len(carrier.sent) == 1
