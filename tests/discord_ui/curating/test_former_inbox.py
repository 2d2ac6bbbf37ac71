"""A channel that is no longer the inbox keeps no words of members."""

from __future__ import annotations

from tests.support.asking import BREAD, pass_on, slash
from tests.support.inbox import ask_moderators, cards, choose, have_an_inbox, later, look, only
from tests.support.strangers import Stranger
from tests.support.world import World, buttons, text

DAY = 24 * 3600


NO_LONGER = "This channel is no longer the inbox."


async def test_a_channel_that_is_no_longer_the_inbox_gets_no_words_of_members(world: World):
    """Everybody may read it. What is open goes on in the new one; the post of a forum loses its title."""
    public = await have_an_inbox(world)
    await ask_moderators(world, BREAD, "who eats toast")
    await world.max.click(cards(public)[1], label="Ignore")
    forum = world.server.create_forum_channel("moderators")
    await choose(world, forum)
    assert [text(each) for each in cards(public)] == [NO_LONGER] * 2
    assert not any(map(buttons, cards(public)))
    (post,) = world.env.backend.active_threads(world.server.id)
    assert post.name == BREAD

    private = world.server.create_text_channel("moderators-only")
    await choose(world, private)
    assert [post.name for post in world.env.backend.active_threads(world.server.id)] == [NO_LONGER]
    await pass_on(world, await slash(world, BREAD), "my boss must not know")
    await world.env.settle()
    assert "my boss must not know" in text(only(private))
    assert [text(each) for each in cards(public)] == [NO_LONGER] * 2

    await choose(world, private, inbox=None)
    await pass_on(world, await slash(world, BREAD), "nobody reads this")
    await look(world)
    assert text(only(private)) == NO_LONGER


async def test_a_digest_in_a_former_inbox_is_cleared_and_comes_once_a_week(world: World):
    """It quotes questions, too; the new inbox gets that of the next week."""
    public = await have_an_inbox(world, digest=True)
    await slash(world, BREAD)
    await later(world, 7 * DAY)
    assert BREAD in text(cards(public)[-1])
    private = world.server.create_text_channel("moderators-only")
    await choose(world, private, digest=True)
    assert {text(each) for each in cards(public)} == {NO_LONGER}
    assert not cards(private)
    await later(world, 7 * DAY)
    assert "The last seven days" in text(only(private))


async def test_a_former_home_gets_no_words_of_members(world: World):
    """Another community's members ask there, once the operator has chosen its server."""
    inbox = await have_an_inbox(world)
    await ask_moderators(world, BREAD)
    world.bot.homes = frozenset({Stranger(world).server.id})
    await ask_moderators(world, BREAD)
    assert text(only(inbox)) == NO_LONGER
