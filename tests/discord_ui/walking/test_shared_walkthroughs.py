"""A shared walkthrough over days and edits of its lesson, as a channel sees it."""

from __future__ import annotations

from tests.support.walking import start
from tests.support.world import World


async def test_a_shared_walk_is_looked_after_until_it_is_deleted(world: World):
    """The daily round that deletes old ones begins with the first."""
    rounds = world.bot.notifications._rounds
    await world.env.settle()
    assert rounds.is_resting, "nothing is kept"
    await start(world, share=True)
    assert not rounds.is_resting
