"""What members propose comes to the inbox, and its card says what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord import ChannelHandle

from bot.curating.proposals import RETENTION
from bot.discord_ui.kit.choices import lesson_key
from bot.store.tables import inbox as inbox_cards
from tests.support import forged
from tests.support.asking import BREAD, moderate, pass_on, slash
from tests.support.editing import undo
from tests.support.inbox import cards, choose, have_an_inbox, later, look, only
from tests.support.proposals import ANSWER, QUESTION, a_proposal, filled, propose
from tests.support.world import World, buttons, components, message, said, text, with_button

pytestmark = pytest.mark.reads_messages
WAITING, TAKE = "**Waiting** for a moderator.", "I'll take this"


async def draft_from(world: World, card: discord.Message) -> Any:
    """Max makes a draft from a card in the inbox, and sends its form."""
    box = await world.max.click(card, label="Make a draft")
    lesson = [lesson_key(world.bot.app.library.lessons.documents[0])]
    draft = await world.max.submit_modal(box, {**filled(box), "in-lesson": lesson})
    await world.env.settle()
    return draft


async def test_from_a_proposal_to_the_entry(world: World, new_bot: Any):
    """One card says all of it, over a restart: taken, drafted, waiting again, accepted, and that it was undone."""
    inbox = await have_an_inbox(world)
    await a_proposal(world)
    await world.env.settle()
    card = only(inbox)
    for expected in ("## Proposed entry", QUESTION, ANSWER, f"Proposed by <@{world.mia.id}>", WAITING):
        assert expected in text(card)
    assert {"Make a draft", "Decline", "Open message", TAKE} <= {*buttons(card)}
    for label in ("Make a draft", "Decline", TAKE):
        assert "Only moderators can do this" in said(await world.mia.click(card, label=label))
    await world.max.click(card, label=TAKE)
    assert f"**<@{world.max.id}> took this**" in text(only(inbox))

    discarded = await draft_from(world, only(inbox))
    assert f"**Draft in progress**, by <@{world.max.id}>." in text(only(inbox))
    await world.max.click(with_button(discarded, "Discard draft"), label="Discard draft")
    await world.env.settle()
    assert WAITING in text(only(inbox))
    await world.env.restart_bot(new_bot())
    await look(world)
    draft = with_button(await draft_from(world, only(inbox)), "Publish")
    await world.max.click(draft, label="Publish")
    await world.env.settle()
    assert "**Accepted**" in text(only(inbox))
    assert not {"Make a draft", "Decline", TAKE, "Release or take over"} & {*buttons(only(inbox))}
    late = await forged.press(world, world.max, "lb:inbox-take:1")
    assert "already been resolved, or it was deleted" in said(late)

    await undo(world, draft)
    await world.env.settle()
    assert "but that change was undone" in text(only(inbox))
    opened = await world.max.click(only(inbox), label="Open again")
    await world.env.settle()
    assert WAITING in said(opened)
    assert WAITING in text(only(inbox)), "in place"
    assert TAKE in buttons(only(inbox)) or "Release or take over" in buttons(only(inbox))


async def test_what_is_withdrawn_leaves_the_title_of_its_post(world: World):
    """In a forum, the title has a member's words, too; also where the post was archived meanwhile."""
    forum = world.server.create_forum_channel("inbox")
    await choose(world, forum)
    sent = await a_proposal(world)
    await world.env.settle()
    (post,) = world.env.backend.active_threads(world.server.id)
    assert post.name
    assert QUESTION in post.name
    assert post.thread_metadata
    post.thread_metadata.archived = True
    world.env.inject_error("PATCH", f"/channels/{post.id}/messages/*", status=400, code=50083)
    await world.mia.click(message(sent), label="Withdraw")
    await world.env.settle()
    assert post.name == "This proposal was withdrawn."
    assert text(only(ChannelHandle(world.env, world.server, post))) == post.name


async def test_declined_withdrawn_and_deleted(world: World):
    """Each is said on its card; what a member withdraws leaves no word of it there. A correction comes, too."""
    inbox = await have_an_inbox(world)
    sent = await a_proposal(world)
    await propose(world, await world.max.send(world.channel, "Use rye."), question="What is rye?")
    box = await forged.press(world, world.mia, "lb:wrong:why-virtual-environments")
    await world.mia.submit_modal(box, {**filled(box), "answer": "Because projects need different versions."})
    await world.env.settle()
    first, second, third = cards(inbox)
    assert "## Proposed correction" in text(third)
    assert "+Because projects need different versions." in text(third)

    await world.mia.click(message(sent), label="Withdraw")
    await world.env.settle()
    assert text(cards(inbox)[0]) == "This proposal was withdrawn."
    assert "was withdrawn" in said(await forged.press(world, world.max, "lb:proposal-draft:1"))
    assert buttons(cards(inbox)[0]) == []
    assert first.id == cards(inbox)[0].id

    box = await world.max.click(second, label="Decline")
    assert "**Declined**" in said(await world.max.submit_modal(box, {"reason": "See the docs."}))
    await world.env.settle()
    assert "**Declined**" in text(cards(inbox)[1])
    assert "See the docs." in text(cards(inbox)[1])
    long_ago = world.bot.app.clock() - RETENTION - timedelta(days=1)
    with world.env._bot_scope():
        async with world.bot.app.store._database.writing.begin() as connection:
            await connection.execute(inbox_cards.update().values(added_at=long_ago))
        await world.bot.app.store.proposals.purge(world.bot.app.clock() + timedelta(hours=1))
    await world.env.settle()
    assert "it was decided long ago and deleted" in text(cards(inbox)[1])
    assert len(cards(inbox)) == 3


async def test_the_digest_leads_to_what_is_not_decided(world: World):
    """Its number and its list are those of `/lessons proposals`."""
    inbox = await have_an_inbox(world, digest=True)
    await a_proposal(world)
    await later(world, 7 * 24 * 3600)
    digest = [each for each in cards(inbox) if "The last seven days" in text(each)][-1]
    assert "**1 open proposal**" in text(digest)
    assert "1 open proposal" in said(await world.max.click(digest, label="All open proposals"))


async def test_a_question_with_a_proposed_answer_leads_there_first(world: World):
    """On its card and in `/lessons misses`, that is the only button to press first."""
    inbox = await have_an_inbox(world)
    await pass_on(world, await slash(world, BREAD))
    await a_proposal(world, question=BREAD)
    await world.env.settle()
    for shown in (cards(inbox)[0], await moderate(world)):
        first = [each["label"] for each in components(shown) if each.get("style") == 1 and each["type"] == 2]
        assert first == ["Show the proposal"]


async def test_what_is_too_much_for_a_day_is_found_in_the_lists(world: World):
    """The card that counts it leads to the questions and to the proposals."""
    inbox = await have_an_inbox(world, inbox_a_day=1)
    await a_proposal(world)
    await propose(world, await world.max.send(world.channel, "Use rye."), question="What is rye?")
    await world.env.settle()
    __, summary = cards(inbox)
    assert "1 more card waits" in text(summary)
    assert "2 open proposals" in said(await world.max.click(summary, label="All open proposals"))


async def test_in_a_forum_and_in_another_language(world: World):
    """The post is named after what is proposed, in the language of the server."""
    forum = world.server.create_forum_channel("inbox")
    await choose(world, forum, language="de")
    await a_proposal(world)
    await world.env.settle()
    (post,) = world.env.backend.active_threads(world.server.id)
    assert post.name == f"Vorgeschlagener Eintrag: {QUESTION}"
