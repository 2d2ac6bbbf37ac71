"""Reminders that learners asked for, on both databases."""

from __future__ import annotations

import asyncio

from bot.store.store import Store
from tests.support.moments import DAY, MIA, NOW, TOM

PLAN = {1: NOW + DAY, 7: NOW + 7 * DAY}


async def all_due(store):
    return await store.reminders.due(NOW + 1000 * DAY)


async def test_a_reminder_comes_when_it_was_asked_for(store):
    """It is not due before, and the earliest comes first."""
    assert await store.reminders.next_due() is None
    await store.reminders.remember(MIA, "two-versions", PLAN)
    await store.reminders.remember(TOM, "two-versions", {1: NOW})
    assert await store.reminders.next_due() == NOW
    due = await store.reminders.due(NOW + DAY)
    assert [(each.learner, each.days, each.due, each.state, each.tried) for each in due] == [
        (TOM, 1, NOW, "waiting", "[]"),
        (MIA, 1, NOW + DAY, "waiting", "[]"),
    ]
    assert await store.reminders.find(due[0].id) == due[0]
    assert await store.reminders.pending(MIA, "two-versions") == 2


async def test_asking_again_starts_the_days_anew(store):
    """Unsent reminders are replaced; sent ones start again, without answers."""
    await store.reminders.remember(MIA, "two-versions", {**PLAN, 30: NOW + 30 * DAY})
    first, second, _ = await all_due(store)
    await store.reminders.claim(first.id)
    await store.reminders.set_tried(first.id, '["dm"]')
    await store.reminders.sent(first.id)

    await store.reminders.remember(MIA, "two-versions", {days: due + DAY for days, due in PLAN.items()})
    again = await all_due(store)
    assert [(each.days, each.due, each.tried) for each in again] == [
        (1, NOW + 2 * DAY, "[]"),
        (7, NOW + 8 * DAY, "[]"),
    ]
    assert again[0].id == first.id
    assert await store.reminders.find(second.id) is None
    assert await store.reminders.pending(MIA, "two-versions") == 2


async def test_what_is_just_being_sent_does_not_end_the_new_one(store):
    """A learner asks again at the moment in which the old reminder is sent."""
    await store.reminders.remember(MIA, "two-versions", {1: NOW})
    (old,) = await all_due(store)
    assert await store.reminders.claim(old.id)
    await store.reminders.remember(MIA, "two-versions", {1: NOW + DAY})
    await store.reminders.sent(old.id)
    (new,) = await all_due(store)
    assert (new.due, new.state) == (NOW + DAY, "waiting")


async def test_only_one_process_sends_a_reminder(store, url):
    """However many processes find it at the same time."""
    await store.reminders.remember(MIA, "two-versions", {1: NOW})
    (reminder,) = await all_due(store)
    other = await Store.open(url)
    claims = await asyncio.gather(*(each.reminders.claim(reminder.id) for each in [store, other] * 5))
    await other.close()
    assert sorted(claims) == [False] * 9 + [True]
    assert await all_due(store) == []


async def test_one_that_could_not_be_sent_is_tried_again(store):
    """The learner's answers to it are kept."""
    await store.reminders.remember(MIA, "two-versions", {1: NOW})
    (reminder,) = await all_due(store)
    await store.reminders.claim(reminder.id)
    await store.reminders.set_tried(reminder.id, '["dm"]')
    await store.reminders.release(reminder.id)
    (again,) = await all_due(store)
    assert (again.id, again.state, again.tried) == (reminder.id, "waiting", '["dm"]')


async def test_one_that_a_crash_cut_off_is_found(store):
    """After a restart, it is known which reminders may or may not have been sent."""
    await store.reminders.remember(MIA, "two-versions", PLAN)
    first, _ = await all_due(store)
    await store.reminders.claim(first.id)
    (unfinished,) = await store.reminders.unfinished()
    assert (unfinished.id, unfinished.state) == (first.id, "sending")
    assert await store.reminders.next_due() == PLAN[7]
    assert await store.reminders.pending(MIA, "two-versions") == 2


async def test_one_that_was_sent_is_done(store):
    """No call can make it due again."""
    await store.reminders.remember(MIA, "two-versions", {1: NOW})
    (reminder,) = await all_due(store)
    await store.reminders.claim(reminder.id)
    await store.reminders.sent(reminder.id)
    await store.reminders.release(reminder.id)
    assert not await store.reminders.claim(reminder.id)
    assert (await store.reminders.find(reminder.id)).state == "sent"
    assert await all_due(store) == await store.reminders.unfinished() == []
    assert await store.reminders.pending(MIA, "two-versions") == 0
    assert await store.reminders.next_due() is None


async def test_a_learner_stops_their_reminders(store):
    """Of one scenario or of all; those of other learners stay."""
    for scenario in ("a", "b", "c"):
        await store.reminders.remember(MIA, scenario, PLAN)
    await store.reminders.remember(TOM, "a", PLAN)
    claimed = (await all_due(store))[0]
    await store.reminders.claim(claimed.id)
    assert await store.reminders.stop(MIA, "a") == 2
    assert await store.reminders.pending(MIA, "b") == 2
    assert await store.reminders.stop(MIA, None) == 4
    assert await store.reminders.stop(MIA, None) == 0
    assert await store.reminders.pending(TOM, "a") == 2


async def test_many_come_in_turns(store):
    """A hundred at a time, and the rest after that."""
    await store.reminders.remember(MIA, "two-versions", {n: NOW + n * DAY for n in range(120)})
    due = await all_due(store)
    assert [each.days for each in due] == list(range(100))


async def test_an_id_is_never_given_twice(store):
    """A button in an old message can never reach another learner's reminder."""
    await store.reminders.remember(MIA, "two-versions", {1: NOW})
    (old,) = await all_due(store)
    await store.reminders.stop(MIA, None)
    await store.reminders.remember(TOM, "two-versions", {1: NOW})
    (new,) = await all_due(store)
    assert new.id != old.id
    assert await store.reminders.find(old.id) is None
    assert not await store.reminders.claim(old.id)


async def test_a_reminder_keeps_the_language_in_which_it_was_asked_for_last(store):
    """It is sent days later, in a direct message, where no server has a language."""
    await store.reminders.remember(MIA, "two-versions", {1: NOW}, "de")
    (reminder,) = await all_due(store)
    assert reminder.language == "de"
    await store.reminders.claim(reminder.id)
    await store.reminders.sent(reminder.id)
    await store.reminders.remember(MIA, "two-versions", {1: NOW}, "es")
    (again,) = await all_due(store)
    assert (again.id, again.language) == (reminder.id, "es")
