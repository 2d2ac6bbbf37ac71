""" "This solved it": the post is marked, whoever answered is thanked, and the moderators get the pair."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord import ChannelHandle
from simcord.backend import serializers

from bot.curating.proposals import MAX_OPEN
from bot.store.servers import Choices
from tests.support.asking import moderate
from tests.support.editing import press
from tests.support.forms import LESSON, filled, lessons_in
from tests.support.pictures import png
from tests.support.posts import open_post
from tests.support.proposals import SOLVED, open_proposal
from tests.support.world import World, message, noah_in, said, text

TITLE = "Where is my wheel cache kept?"


@pytest.fixture
async def forum(world: World) -> ChannelHandle:
    """A forum with a tag for solved posts, where the bot answers new posts."""
    forum = world.server.create_forum_channel("help")
    tags = [{"id": "1", "name": "Unsolved"}, {"id": "2", "name": "✅ Gelöst!"}]
    world.env.backend.edit_channel(
        forum.id,
        {"available_tags": [{**each, "moderated": True, "emoji_id": None, "emoji_name": None} for each in tags]},
    )
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(forum.id,)))
    await world.env.settle()
    return forum


def without_tags(world: World) -> None:
    """The bot may not manage threads, which tags need."""
    _without(world, discord.Permissions(manage_threads=True))


def _without(world: World, permissions: discord.Permissions) -> None:
    """Take these from everybody but those who have them by another role than the bot's."""
    backend = world.env.backend
    for role in [*backend.get_guild(world.server.id).roles.values()]:
        if role.name in {"TestBot", "@everyone"}:
            left = role.permissions & ~permissions.value
            backend.edit_role(world.server.id, role.id, {"permissions": left})


async def answered(world: World, forum: ChannelHandle) -> tuple[ChannelHandle, Any]:
    """Mia asks in a post, and Max answers."""
    post = await open_post(world, forum, world.mia, TITLE)
    return post, await world.max.send(post, f"<@{world.mia.id}> `pip cache dir` shows it, mia.")


async def solve(world: World, post: ChannelHandle, solution: Any, by: Any = None) -> str:
    return said(await (by or world.mia).context_menu(post, SOLVED, solution))


async def test_the_post_is_marked_and_the_pair_proposed(world: World, forum: ChannelHandle, new_bot: Any):
    """Without the permission for tags, with a ✅. Once, and nobody is notified; moderators see both texts."""
    without_tags(world)
    post, solution = await answered(world, forum)
    done = await solve(world, post, solution)
    for expected in ("marked with ✅", "was thanked, without a notification", "Proposed to the moderators"):
        assert expected in done
    thanks = post.history()[-1]
    assert f"Thank you, <@{world.max.id}>!" in text(thanks)
    (request,) = [each for each in world.env.http_requests if "Thank you" in str(each.json)]
    assert (request.json or {})["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert thanks.reference
    assert thanks.reference.message_id == solution.id
    assert "marked already" in await solve(world, post, solution)
    assert "marked already" in await solve(world, post, await world.max.send(post, "Or look there."), world.max)
    card = text(await open_proposal(world))
    for expected in ("Solved in a post", f"`{TITLE}`", "ˋpip cache dirˋ shows it", f"<@{world.mia.id}>"):
        assert expected in card
    assert f"<@{world.mia.id}> ˋpip" not in card, "the answer names nobody"
    miss = await moderate(world)
    assert "This was solved in a post: the answer waits as a proposal." in text(miss)
    assert "ˋpip cache dirˋ shows it" in said(await world.max.click(message(miss), label="Show the proposal"))
    assert sum("Thank you" in text(each) for each in post.history()) == 1
    await world.env.restart_bot(new_bot())
    again = await solve(world, post, solution)
    assert "marked already" in again, "Discord says that the message has the ✅"
    assert "thanked" not in again
    assert "Proposed" not in again
    assert sum("Thank you" in text(each) for each in post.history()) == 1


async def test_what_a_moderator_saved_as_an_entry_is_not_proposed_too(world: World, forum: ChannelHandle):
    """The author of the post marks it later. The post is solved, and no proposal waits."""
    post, solution = await answered(world, forum)
    box = await world.max.context_menu(post, "Save as entry", solution)
    lesson = [next(iter(lessons_in(box).values()))]
    drafted = await world.max.submit_modal(box, {**filled(box), LESSON: lesson})
    await press(world, drafted, "Publish")
    done = await solve(world, post, solution)
    assert "The post has the tag" in done
    assert "Not sent: the lessons already have this question with this answer." in done
    assert "No open proposals" in said(await world.max.slash(world.channel, "lessons proposals"))


async def test_a_mark_that_came_too_late_can_be_made_once_more(world: World, forum: ChannelHandle):
    """Discord accepts no answer to the first choice of the menu; the second one does all that belongs to it."""
    post, solution = await answered(world, forum)
    world.env.inject_error("POST", "/interactions/*", status=404, code=10062, times=1)
    await world.mia.context_menu(post, SOLVED, solution)
    with pytest.raises(ExceptionGroup):  # that it failed is no secret
        world.env.raise_errors()
    done = await solve(world, post, solution)
    for expected in ("has the tag", "was thanked", "Proposed to the moderators"):
        assert expected in done


async def test_a_post_that_is_opened_again_can_be_solved_by_another_message(world: World, forum: ChannelHandle):
    """Its author takes the tag off, as the first answer did not work: what does is proposed, and is marked."""
    post, solution = await answered(world, forum)
    await solve(world, post, solution)
    better = await noah_in(world).send(post, "`pip cache info` does.")
    assert "marked already" in await solve(world, post, better)
    world.env.backend.get_channel(post.id).applied_tags.clear()
    world.env.backend.get_channel(post.id).name = f"[SOLVED] {TITLE}"
    world.env.backend.announce_channel_update(post.id)
    done = await solve(world, post, better)
    for expected in ("has the tag", "was thanked", "Proposed to the moderators"):
        assert expected in done
    assert "marked already" in await solve(world, post, solution)
    proposed = await world.bot.app.curating.proposals.open()
    assert {each.question for each in proposed} == {TITLE}, "the mark is no part of the question"
    assert {each.message for each in proposed} == {solution.id, better.id}


async def test_if_what_solved_a_post_was_deleted_another_message_can_be_marked(
    world: World, forum: ChannelHandle, new_bot: Any
):
    """Where the mark is a ✅, and if Discord does not say whether that is still there, it is."""
    without_tags(world)
    post, solution = await answered(world, forum)
    await solve(world, post, solution)
    better = await noah_in(world).send(post, "`pip cache info` does.")
    await world.env.restart_bot(new_bot())
    assert "marked already" in await solve(world, post, better)
    await world.max.delete(solution)
    world.env.inject_error("GET", f"/channels/{post.id}/messages/{solution.id}", status=403, code=50013)
    assert "marked already" in await solve(world, post, better)
    done = await solve(world, post, better)
    assert "marked with ✅" in done
    assert "Proposed to the moderators" in done


async def test_the_tag_of_the_forum_is_used_where_the_bot_may(world: World, forum: ChannelHandle):
    """In whatever language it is called; a post that has it already is not marked twice."""
    post, solution = await answered(world, forum)
    done = await solve(world, post, solution, world.max)
    assert "The post has the tag **✅ Gelöst!** now." in done, "a moderator may, too"
    assert world.env.backend.get_channel(post.id).applied_tags == [2]
    assert "thanked" not in done, "nobody thanks themselves"


async def test_a_moderator_marks_as_many_posts_as_they_like(world: World, forum: ChannelHandle):
    """Moderators lose no pair. A member is limited, and chooses the message once more when there is room again."""
    marked = []
    for n, what in enumerate(("wheel", "sofa", "teapot", "rocket", "castle", "violin")):
        post = await open_post(world, forum, world.mia, f"Where is my {what} kept?")
        marked.append((post, await world.max.send(post, f"It is in drawer {n}.")))
        assert "Proposed to the moderators" in await solve(world, *marked[-1], world.max)
        await world.env.advance_time(3600)
    proposals = world.bot.app.curating.proposals
    for each in await proposals.open():
        await proposals.decline(each.id, "")

    for n in range(MAX_OPEN):
        await proposals.propose("entry", server=1, proposer=world.mia.id, question=f"Question {n}?", answer="So.")
    post, solution = await answered(world, forum)
    assert "Not sent: you already have 5 proposals" in await solve(world, post, solution)
    await proposals.withdraw((await proposals.of(world.mia.id))[0].id, world.mia.id)
    assert "Proposed to the moderators" in await solve(world, post, solution)
    assert "marked already" in await solve(world, post, solution)


async def test_the_solution_of_another_post_comes_although_the_same_was_declined(
    world: World, forum: ChannelHandle
):
    """Two posts may have the same words and another cause."""
    await solve(world, *await answered(world, forum))
    proposals = world.bot.app.curating.proposals
    (first,) = await proposals.open()
    await proposals.decline(first.id, "Not in general.")
    await world.env.advance_time(3600)
    assert "Proposed to the moderators" in await solve(world, *await answered(world, forum))


async def test_a_pair_that_had_no_room_is_proposed_later_where_the_message_has_a_tick(
    world: World, forum: ChannelHandle, monkeypatch: pytest.MonkeyPatch
):
    """Also if Discord says that the ✅ is the bot's: that does not say whether the pair was saved."""
    payload = serializers.message_payload
    me = world.bot.user.id
    monkeypatch.setattr(serializers, "message_payload", lambda *of, **how: payload(*of, **{"for_user": me, **how}))
    without_tags(world)
    proposals = world.bot.app.curating.proposals
    for n in range(MAX_OPEN):
        await proposals.propose("entry", server=1, proposer=world.mia.id, question=f"Question {n}?", answer="So.")
    post, solution = await answered(world, forum)
    done = await solve(world, post, solution)
    assert "marked with ✅" in done
    assert "Not sent: you already have 5 proposals" in done
    await proposals.withdraw((await proposals.of(world.mia.id))[0].id, world.mia.id)
    done = await solve(world, post, solution)
    assert "Proposed to the moderators" in done
    assert "was thanked" not in done, "that was done the first time"
    assert "marked already" in await solve(world, post, solution)


async def test_nobody_is_thanked_twice(world: World, forum: ChannelHandle, new_bot: Any):
    """Not after a restart either, where the answer is only a picture, so that nothing was proposed."""
    post = await open_post(world, forum, world.mia, TITLE)
    solution = await world.max.send(post, attachments=[("there.png", png())])
    done = await solve(world, post, solution)
    assert "was thanked" in done
    assert "Proposed to the moderators" not in done
    await world.env.restart_bot(new_bot())
    assert "was thanked" not in await solve(world, post, solution)
    assert sum("Thank you" in text(each) for each in post.history()) == 1


async def test_whoever_was_told_to_ask_slower_is_thanked(world: World, forum: ChannelHandle):
    """That reply to the message thanks nobody."""
    post = await open_post(world, forum, world.mia, TITLE)
    for _flood in range(7):
        solution = await world.max.send(post, f"`pip cache dir` shows it, doesn't it, {world.mention}?")
    assert "too fast" in text(post.history()[-1])
    assert "was thanked" in await solve(world, post, solution)


async def test_where_nothing_can_be_marked_it_says_so(world: World, forum: ChannelHandle):
    """The pair is proposed all the same."""
    without_tags(world)
    post, solution = await answered(world, forum)
    world.env.inject_error("PUT", "/channels/*/messages/*/reactions/*/@me", status=403, code=50013)
    done = await solve(world, post, solution)
    assert "not allowed to add a tag or a reaction here" in done
    assert "Proposed to the moderators" in done


@pytest.mark.parametrize("has_moderators", [True, False])
async def test_where_nothing_can_be_marked_only_the_first_message_is_thanked(
    world: World, forum: ChannelHandle, has_moderators: bool
):
    """Neither a tag nor a ✅ says that the post was solved. The same where nobody decides on proposals."""
    if not has_moderators:
        world.bot.homes = frozenset()
    _without(world, discord.Permissions(manage_threads=True, add_reactions=True))
    post, solution = await answered(world, forum)
    done = await solve(world, post, solution)
    assert "not allowed to add a tag or a reaction here" in done
    assert "was thanked" in done
    other = await world.max.send(post, "Or look there, in the folder of pip.")
    assert "marked already" in await solve(world, post, other)
    assert sum("Thank you" in text(each) for each in post.history()) == 1
    assert len(await world.bot.app.curating.proposals.open()) == has_moderators


async def test_a_message_of_somebody_who_blocked_the_bot_is_chosen_once(world: World, forum: ChannelHandle):
    """It can have no ✅. What was chosen first stays; once it is deleted, another message can be chosen."""
    without_tags(world)
    post, solution = await answered(world, forum)
    world.env.inject_error("PUT", "/channels/*/messages/*/reactions/*/@me", status=403, code=90001, times=9)
    assert "was thanked" in await solve(world, post, solution)
    other = await world.max.send(post, "Or look there, in the folder of pip.")
    for each in (solution, other):
        assert "marked already" in await solve(world, post, each)
    assert sum("Thank you" in text(each) for each in post.history()) == 1
    await world.max.delete(solution)
    assert "was thanked" in await solve(world, post, other)


async def test_what_could_not_be_marked_is_marked_when_it_is_chosen_again(
    world: World, forum: ChannelHandle, new_bot: Any
):
    """The pair was proposed already, and is not proposed twice; after a restart, too."""
    post, solution = await answered(world, forum)
    world.env.inject_error("PATCH", f"/channels/{post.id}", status=400)
    failed = await solve(world, post, solution)
    assert "could not be marked just now. Choose *This solved it* once more" in failed
    assert "Proposed to the moderators" in failed
    await world.env.restart_bot(new_bot())
    done = await solve(world, post, solution)
    assert "The post has the tag **✅ Gelöst!** now." in done
    assert "Proposed" not in done
    assert "thanked" not in done, "that was done the first time"
    assert world.env.backend.get_channel(post.id).applied_tags == [2]
    assert "marked already" in await solve(world, post, solution)
    assert "marked already" in await solve(world, post, await world.max.send(post, "Or look there."), world.max)


async def test_only_its_author_marks_a_post_and_only_an_answer(world: World, forum: ChannelHandle):
    """Not others, not the question itself, not outside of forums; and nothing is marked by that."""
    post, solution = await answered(world, forum)
    noah = noah_in(world)
    assert "Only the author of this post" in await solve(world, post, solution, noah)
    first = post.history()[0]
    assert "Choose the message that answered" in await solve(world, post, first)
    elsewhere = await world.max.send(world.channel, "Here.")
    assert "This works in forum posts" in await solve(world, world.channel, elsewhere)
    assert await world.bot.app.curating.proposals.open() == []


async def test_the_bot_s_own_answer_counts_as_that_helped(world: World, forum: ChannelHandle):
    """It is marked, and there is nothing to propose."""
    post = await open_post(world, forum, world.mia, "What is a virtual environment?")
    answer = post.history()[-1]
    done = await solve(world, post, answer)
    assert "Your feedback was saved: the answer helped." in done
    assert (await world.bot.app.asking.asked_of("what-is-a-virtual-environment")).helped == 1
    assert await world.bot.app.curating.proposals.open() == []
    assert "marked already" in await solve(world, post, answer)


async def test_in_another_language(abroad: World):
    """The thanks are in the server's language."""
    forum = abroad.server.create_forum_channel("hilfe")
    post, solution = await answered(abroad, forum)
    assert "⟦Solved⟧" in await solve(abroad, post, solution)
    assert text(post.history()[-1]).startswith("⟦")
