"""The settings of servers, and which servers are home, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.discord_ui.kit.press import LARGEST_NUMBER
from bot.settings import LARGEST_ID
from bot.store.servers import Choices, ChosenLesson
from bot.store.store import Store


async def homes_after_a_restart(url: str) -> set[int]:
    again = await Store.open(url)
    await again.servers.load()
    await again.close()
    return set(again.servers.homes)


async def test_home_is_remembered_in_place_of_what_was_home_before(store, url):
    """Whatever the settings of the servers, and however large Discord's ids are."""
    assert await homes_after_a_restart(url) == set()
    await store.servers.set(1, Choices(asks_for_feedback=False))
    assert await homes_after_a_restart(url) == set(), "who chose something is not home for that"
    for homes in ({1}, {2, LARGEST_ID}, set()):
        await store.servers.set_homes(homes)
        assert store.servers.homes == homes
        assert await homes_after_a_restart(url) == homes
    assert not store.servers.of(1).asks_for_feedback


async def test_the_largest_number_that_a_button_may_hold_finds_nothing(store):
    """Neither database refuses it."""
    for find in (store.questions.find, store.drafts.find, store.reminders.find, store.revisions.find):
        for number in (0, LARGEST_NUMBER):
            assert await find(number) is None


async def test_two_settings_that_change_at_the_same_moment_are_both_kept(store, url):
    """Two moderators choose in one process, and a third one in another."""
    elsewhere = await Store.open(url)
    changes = (
        (store, lambda chosen: replace(chosen, language="de")),
        (store, lambda chosen: replace(chosen, asks_for_feedback=False)),
        (elsewhere, lambda chosen: replace(chosen, inbox=7)),
    )
    await asyncio.gather(*(each.servers.change(1, change) for each, change in changes))
    await store.servers.load()
    assert store.servers.of(1) == Choices(language="de", asks_for_feedback=False, inbox=7)
    await elsewhere.close()


async def test_the_lessons_of_a_channel_are_kept_in_place_of_earlier_ones(store, url):
    """Several lessons a channel, several channels a lesson, over a restart."""
    ask, install = ChosenLesson("ask.yaml", "Asking"), ChosenLesson("b/install.yaml", "Installing")
    await store.servers.set_lessons(1, LARGEST_ID, [install, ask])
    await store.servers.set_lessons(1, 7, [ask, ask])
    await store.servers.set_lessons(2, 7, [install])
    await store.servers.set_lessons(1, 8, [ask])
    await store.servers.set_lessons(1, 8, [])
    again = await Store.open(url)
    await again.servers.load()
    await again.close()
    for servers in (store.servers, again.servers):
        assert dict(servers.lessons_of(1)) == {LARGEST_ID: (ask, install), 7: (ask,)}
        assert dict(servers.lessons_of(2)) == {7: (install,)}
        assert not servers.lessons_of(None)


async def test_the_same_choices_may_be_saved_at_the_same_moment(store, url):
    """Two processes that start, or two moderators, do not get in each other's way."""
    other = await Store.open(url)
    chosen = [ChosenLesson("a.yaml", "A")]
    await asyncio.gather(*(each.servers.set_homes([1, 2]) for each in (store, other) * 5))
    await asyncio.gather(*(each.servers.set_lessons(1, 2, chosen) for each in (store, other) * 5))
    await other.servers.load()
    assert other.servers.homes == {1, 2}
    assert other.servers.lessons_of(1) == {2: tuple(chosen)}
    await other.close()
