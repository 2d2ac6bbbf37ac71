"""What moderators do with the proposals of members: draft, decline, open again. Close entries are seen first."""

from __future__ import annotations

from typing import Any

import aiohttp
import discord
import pytest

from bot.discord_ui.kit.choices import lesson_key
from tests.support import forged
from tests.support.asking import BREAD, WANT, direct, moderate, pass_on, slash
from tests.support.editing import press, undo
from tests.support.inbox import cards, have_an_inbox, look
from tests.support.proposals import QUESTION, SUGGEST, a_proposal, filled, letters, open_proposal, propose
from tests.support.world import (
    World,
    buttons,
    message,
    messages,
    noah_in,
    options,
    said,
    second_moderator,
    text,
    with_button,
)

pytestmark = pytest.mark.reads_messages
WHY = "why-virtual-environments"


async def state(world: World, id_: int = 1) -> str:
    found = await world.bot.app.curating.proposals.find(id_)
    return found.state if found else "gone"


async def correct(world: World, answer: str) -> None:
    """Mia corrects an entry."""
    box = await forged.press(world, world.mia, f"lb:wrong:{WHY}")
    await world.mia.submit_modal(box, {**filled(box), "answer": answer})


async def test_a_proposal_becomes_an_entry(world: World):
    """By the usual draft. Discarded, the proposal waits again; published, it is accepted, and Mia is told."""
    await a_proposal(world)
    changes = world.bot.app.curating.proposals.changes
    lesson = [lesson_key(world.bot.app.library.lessons.documents[0])]
    for ends, told in (("Discard draft", 0), ("Publish", 1)):
        shown = await open_proposal(world)
        assert "**Waiting**" in text(shown)
        box = await world.max.click(message(shown), label="Make a draft")
        typed = filled(box)
        assert typed["question"] == QUESTION
        assert await state(world) == "drafted"
        draft = await world.max.submit_modal(box, {**typed, "in-lesson": lesson, "answer": typed["answer"] + "!"})
        assert "draft in progress" in text(await world.max.slash(world.channel, "lessons proposals"))
        again = await forged.press(world, world.max, "lb:proposal-draft:1")
        assert "Discard draft" in buttons(messages(again)[-1]), "their own is shown again"
        await world.max.click(with_button(draft, ends), label=ends)
        await world.env.settle()
        assert await state(world) == ("accepted" if told else "waiting")
        assert len(letters(world.mia)) == told
    assert "Your proposal was accepted" in letters(world.mia)[0]
    assert "Copy the requirements first" in text(await world.ask(QUESTION))
    assert world.bot.app.curating.proposals.changes > changes
    late = await forged.press(world, world.max, "lb:proposal-draft:1")
    assert "was decided already" in said(late)
    assert "No open proposals" in text(await world.max.slash(world.channel, "lessons proposals"))


@pytest.mark.parametrize("arrives", [False, True])
async def test_a_connection_that_breaks_while_a_member_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch, arrives: bool
):
    """The moderator's press ends well, and the member gets the message once, whether or not it had arrived."""
    send, errors = discord.DMChannel.send, [aiohttp.ServerDisconnectedError()]

    async def send_and_break(channel: discord.DMChannel, **shown: Any) -> Any:
        if not errors:
            return await send(channel, **shown)
        if arrives:
            await send(channel, **shown)
        raise errors.pop()

    await a_proposal(world)
    box = await world.max.click(message(await open_proposal(world)), label="Decline")
    monkeypatch.setattr(discord.DMChannel, "send", send_and_break)  # SimCord has no connections
    declined = await world.max.submit_modal(box, {"reason": "Too long."})
    assert "**Declined**" in said(declined)
    assert "Something went wrong" not in said(declined)
    await world.env.advance_time(700)
    (letter,) = letters(world.mia)
    assert "Too long." in letter


async def test_a_bot_that_connects_anew_tells_later_what_it_could_not(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """Whatever fails while a member is told: a few minutes later, the bot finds out, and tells them."""
    await a_proposal(world)
    box = await world.max.click(message(await open_proposal(world)), label="Decline")

    async def fail(_channel: discord.DMChannel, **_shown: Any) -> None:
        raise RuntimeError("Session is closed")

    with monkeypatch.context() as closed:
        closed.setattr(discord.DMChannel, "send", fail)  # SimCord has no connections
        await world.max.submit_modal(box, {"reason": "Too long."})
    assert "this connection to Discord has ended" in caplog.text
    caplog.clear()
    await world.env.advance_time(700)
    assert "Too long." in letters(world.mia)[0]


async def test_two_moderators_do_not_draft_the_same(world: World):
    """Unless the first one opened the form an hour ago and typed nothing."""
    await a_proposal(world)
    for _twice in range(2):
        assert (await forged.press(world, world.max, "lb:proposal-draft:1")).modal
    other = second_moderator(world)
    pressed = await forged.press(world, other, "lb:proposal-draft:1")
    assert f"<@{world.max.id}> is working on a draft" in said(pressed)
    assert "Draft in progress" in said(await forged.press(world, other, "lb:proposal:1"))
    await world.env.advance_time(3600)
    assert "Waiting" in said(await forged.press(world, other, "lb:proposal:1")), "nobody works on it"
    assert (await forged.press(world, other, "lb:proposal-draft:1")).modal
    (left,) = await world.bot.app.curating.drafts.of(world.max.id)
    await world.bot.app.curating.drafts.discard(left.id)
    assert await state(world) == "drafted", "by the other one"
    await world.bot.app.curating.drafts.forget(other.id)
    assert await state(world) == "waiting"


async def test_nobody_declines_what_another_moderator_works_on(world: World):
    """The member would read "not accepted", and then find it in the lessons. Who left it is no obstacle."""
    await a_proposal(world)
    other = second_moderator(world)
    early = await forged.press(world, other, "lb:proposal-decline:1")
    await forged.press(world, world.max, "lb:proposal-draft:1")
    late = await other.submit_modal(early, {"reason": "Not for us."})
    for expected in (f"<@{world.max.id}> is working on a draft", "Not for us."):
        assert expected in said(late)
    assert "is working on a draft" in said(await forged.press(world, other, "lb:proposal-decline:1"))
    assert (await forged.press(world, world.max, "lb:proposal-decline:1")).modal
    assert (await state(world), letters(world.mia)) == ("drafted", [])
    await world.env.advance_time(3600)
    await other.submit_modal(await forged.press(world, other, "lb:proposal-decline:1"), {"reason": ""})
    assert await state(world) == "declined"


async def test_a_draft_that_was_left_for_a_day_stops_nobody(world: World):
    """A moderator on holiday keeps the draft, and another one begins theirs; the first to publish accepts it."""
    await correct(world, "Proposed by Mia.")
    await forged.press(world, world.max, "lb:proposal-draft:1")
    other = second_moderator(world)
    assert "is working on a draft" in said(await forged.press(world, other, "lb:proposal-draft:1"))
    await world.env.advance_time(24 * 3600)
    assert "**Waiting**" in said(await forged.press(world, other, "lb:proposal:1"))
    own = await forged.press(world, world.max, "lb:proposal:1")
    assert "Show my draft" in buttons(message(own))
    assert "Discard draft" in buttons(messages(await forged.press(world, world.max, "lb:proposal-draft:1"))[-1])
    begun = await forged.press(world, other, "lb:proposal-draft:1")
    assert f"<@{world.max.id}>" in said(begun), "who has a draft of the same entry"
    assert f"**Draft in progress**, by <@{other.id}>" in said(await forged.press(world, other, "lb:proposal:1"))
    await other.click(with_button(begun, "Publish"), label="Publish")
    assert await state(world) == "accepted"
    assert len(await world.bot.app.curating.drafts.of(world.max.id)) == 1


async def test_a_form_that_was_left_is_nowhere_a_draft_in_progress(world: World):
    """After an hour, all cards and lists say the same; whoever proposed it can withdraw it again."""
    inbox = await have_an_inbox(world)
    await pass_on(world, await slash(world, BREAD))
    await slash(world, "zebra stripes")
    await a_proposal(world, question=BREAD)
    await world.env.settle()
    box = await forged.press(world, world.max, "lb:proposal-draft:1")

    async def shown() -> list[str]:
        await look(world)
        lists = [await world.max.slash(world.channel, f"lessons {each}") for each in ("proposals", "misses")]
        card = await forged.press(world, world.max, "lb:proposal:1")
        miss = await forged.press(world, world.max, "lb:miss:1")
        return [*map(text, cards(inbox)), *map(said, (*lists, card, miss))]

    in_progress = ["raft in progress" in each for each in await shown()]
    assert in_progress == [True] * 6
    mine = await world.mia.slash(world.channel, "ask", question="proposals")
    assert "is working on it" in text(mine)
    assert "can't withdraw" in said(await forged.press(world, world.mia, "lb:withdraw:1"))
    await world.env.advance_time(3600)
    assert not any("raft in progress" in each for each in await shown())
    mine = await world.mia.slash(world.channel, "ask", question="proposals")
    assert "have not decided" in text(mine)
    assert options(mine)

    lesson = [lesson_key(world.bot.app.library.lessons.documents[0])]
    sent = await world.max.submit_modal(box, {**filled(box), "answer": "Late, but sent.", "in-lesson": lesson})
    assert ["raft in progress" in each for each in await shown()] == [True] * 6
    await press(world, sent, "Discard draft")
    assert not any("raft in progress" in each for each in await shown())
    assert (await forged.press(world, world.max, "lb:proposal-draft:1")).modal
    await world.env.advance_time(3600)
    assert "Withdrawn" in said(await forged.press(world, world.mia, "lb:withdraw:1"))
    assert await state(world) == "gone"


async def test_who_began_a_draft_in_another_server_is_sent_there(world: World):
    """A moderator of two home servers can edit a draft only where it was begun; nobody else works on it."""
    await a_proposal(world)
    second = world.env.create_guild("More learners")
    world.bot.homes = frozenset({world.server.id, second.id})
    staff = second.create_role("Staff", permissions=discord.Permissions(manage_guild=True))
    there, max_there = second.create_text_channel("here"), second.add_member(world.max.user, roles=[staff])
    box = await forged.press(world, world.max, "lb:proposal-draft:1")
    await world.max.submit_modal(box, {**filled(box), "answer": "Copy them first."})
    pressed = await forged.press(world, max_there, "lb:proposal-draft:1", there)
    assert text(pressed) == "You began a draft of it in another server. Go on with it there."
    assert "Discard draft" in buttons(messages(await forged.press(world, world.max, "lb:proposal-draft:1"))[-1])


async def test_undoing_an_accepted_proposal_opens_nothing_by_itself(world: World):
    """The card of the undo says so, and leads to the proposal, which can be opened again."""
    await correct(world, "Because projects need different versions.")
    drafted = await forged.press(world, world.max, "lb:proposal-draft:1")
    published = with_button(drafted, "Publish")
    await world.max.click(published, label="Publish")
    await world.env.settle()
    undone = await undo(world, published)
    assert "This undid an accepted proposal." in said(undone)
    assert await state(world) == "accepted"
    shown = await press(world, undone, "Show the proposal")
    assert "but that change was undone" in said(shown)
    opened = await world.max.click(message(shown), label="Open again")
    assert "**Waiting**" in said(opened)
    assert len(letters(world.mia)) == 1
    await undo(world, undone, "Redo")
    assert await state(world) == "waiting"


async def test_a_redone_change_is_what_an_accepted_proposal_became(world: World):
    """Its card says no longer that the change was undone, the digest names it, and another undo says so again."""
    await correct(world, "Because projects need different versions.")
    published = with_button(await forged.press(world, world.max, "lb:proposal-draft:1"), "Publish")
    await world.max.click(published, label="Publish")
    undone = await undo(world, published)
    assert "was undone" in said(await forged.press(world, world.max, "lb:proposal:1"))
    redone = await undo(world, undone, "Redo")
    assert "This undid" not in said(redone)
    assert "was undone" not in said(await forged.press(world, world.max, "lb:proposal:1"))
    assert [each.id for each in (await world.bot.app.asking.digest()).improved] == [WHY]
    again = await undo(world, redone)
    assert "This undid an accepted proposal." in said(again)
    assert "was undone" in said(await forged.press(world, world.max, "lb:proposal:1"))


async def test_a_correction_of_a_text_that_changed_meanwhile_shows_both(world: World):
    """Nobody's newer text is lost: the moderator chooses."""
    curating = world.bot.app.curating
    await correct(world, "Proposed by Mia.")
    box = await forged.press(world, world.mia, f"lb:wrong:{WHY}")
    newer = await curating.drafts.begin("edit", world.max.id, world.server.id, item_id=WHY)
    await curating.drafts.save(newer.id, {"answer": "Written by Max."})
    await curating.publish(newer.id, author=world.max.id, author_name="max")
    await world.mia.submit_modal(box, {**filled(box), "answer": "Proposed with the old text."})
    assert "was changed since" in text(await open_proposal(world))
    drafted = await forged.press(world, world.max, "lb:proposal-draft:1")
    for expected in ("You made newer changes", "in this draft:\n> Proposed by Mia.", "now:\n> Written by Max."):
        assert expected in said(drafted)
    label = "Keep both, use this draft's text where they differ"
    merged = await world.max.click(with_button(drafted, label), label=label)
    await world.max.click(with_button(merged, "Publish"), label="Publish")
    assert world.bot.app.library.lessons.entries[WHY].answer.strip() == "Proposed by Mia."
    late = await forged.press(world, world.max, "lb:proposal-draft:2")
    assert "made newer changes" in said(late), "its form was opened with the text of before"


async def test_a_correction_of_another_field_s_neighbour_is_no_conflict(world: World):
    """A phrasing that was added meanwhile stays, without a question to the moderator."""
    curating = world.bot.app.curating
    await correct(world, "Proposed by Mia.")
    newer = await curating.drafts.begin("edit", world.max.id, world.server.id, item_id=WHY)
    await curating.drafts.save(newer.id, {"phrasings": "venv but why"})
    await curating.publish(newer.id, author=world.max.id, author_name="max")
    drafted = await forged.press(world, world.max, "lb:proposal-draft:1")
    await world.max.click(with_button(drafted, "Publish"), label="Publish")
    entry = world.bot.app.library.lessons.entries[WHY]
    assert entry.answer.strip() == "Proposed by Mia."
    assert entry.phrasings == ("venv but why",)


async def test_an_entry_that_is_gone_is_declined(world: World):
    """The moderator reads that nothing can be drafted."""
    curating = world.bot.app.curating
    await correct(world, "Proposed by Mia.")
    gone = await curating.drafts.begin("remove", world.max.id, world.server.id, item_id=WHY)
    await curating.publish(gone.id, author=world.max.id, author_name="max")
    shown = await open_proposal(world)
    assert "Show the entry" not in buttons(shown)
    assert "was removed from the lessons" in said(await world.max.click(message(shown), label="Make a draft"))
    assert await state(world) == "waiting"


@pytest.mark.parametrize("how", ["Make it a phrasing", "Add to that answer"])
async def test_a_close_entry_is_seen_before_it_is_doubled(world: World, how: str):
    """The member who proposes it sees it, and so does the moderator, who adds to it in one press."""
    answered = await world.max.send(world.channel, "Or use `rm -r .venv`.")
    sent = await propose(world, answered, question="how can i delete a venv")
    assert "A similar entry: **How do I delete a virtual environment?**\n" in said(sent)
    assert {"Show that answer", "Withdraw"} <= {*buttons(message(sent))}
    shown = await open_proposal(world)
    assert "A similar entry: **How do I delete a virtual environment?**\n" in text(shown)
    drafted = await world.max.click(message(shown), label=how)
    await world.max.click(with_button(drafted, "Publish"), label="Publish")
    entry = world.bot.app.library.lessons.entries["delete-a-venv"]
    assert "how can i delete a venv" in entry.phrasings
    assert entry.answer.strip().endswith("Or use `rm -r .venv`.") == (how == "Add to that answer")
    assert await state(world) == "accepted"


@pytest.mark.parametrize("how", ["Make it a phrasing", "Add to that answer"])
async def test_what_a_close_entry_says_by_now_is_declined(world: World, how: str):
    """The moderator reads why, and the proposal waits."""
    answered = await world.max.send(world.channel, "Or use `rm -r .venv`.")
    await propose(world, answered, question="how can i delete a venv")
    shown = await open_proposal(world)
    curating = world.bot.app.curating
    now = world.bot.app.library.lessons.entries["delete-a-venv"]
    same = {"phrasings": "How can I delete a venv", "answer": f"{now.answer}\n\nOr use `rm -r .venv`."}
    draft = await curating.drafts.begin("edit", world.max.id, world.server.id, item_id=now.id, fields=same)
    await curating.publish(draft.id, author=world.max.id, author_name="max")
    refused = said(await world.max.click(message(shown), label=how))
    assert "already has this question" in refused
    assert "decline the proposal" in refused
    assert await state(world) == "waiting"
    assert not await curating.drafts.of(world.max.id)


@pytest.mark.parametrize("how", ["Make it a phrasing", "Add to that answer"])
async def test_who_waits_for_what_is_added_to_a_close_entry_is_told(world: World, how: str):
    """The question is answered then, as it is by a draft from the card of the question."""
    suggested = await slash(world, "can venv be renamed later on")
    asked = await world.mia.click(message(suggested), label="None of these")
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    answered = await world.max.send(world.channel, "Delete it, and create one with the new name.")
    await propose(world, answered, by=noah_in(world), question="can venv be renamed later on")
    shown = await open_proposal(world)
    drafted = await world.max.click(message(shown), label=how)
    await world.max.click(with_button(drafted, "Publish"), label="Publish")
    await world.env.settle()
    assert len(direct(world)) == 1
    assert "No open questions" in text(await moderate(world))


async def test_a_new_entry_adds_to_a_close_one_instead(world: World):
    """On the card of its draft. The proposal that it came from follows; a second press says that it is gone."""
    answered = await world.max.send(world.channel, "Or use `rm -r .venv`.")
    await propose(world, answered, question="how can i delete a venv")
    shown = await open_proposal(world)
    box = await world.max.click(message(shown), label="Make a draft")
    draft = await world.max.submit_modal(box, filled(box))
    card = with_button(draft, "Discard draft")
    assert "Add the question to it as a phrasing" in text(card)
    instead = await world.max.click(card, label="Add to that answer")
    assert await state(world) == "drafted"
    await world.max.click(messages(instead)[-1], label="Publish")
    assert "rm -r .venv" in world.bot.app.library.lessons.entries["delete-a-venv"].answer
    assert await state(world) == "accepted"
    late = await forged.press(world, world.max, "lb:draft-append:1:delete-a-venv")
    assert "no longer exists" in said(late)


async def test_a_member_who_is_forgotten_takes_what_waits_with_them(world: World):
    """What was accepted stays in the lessons, and the proposal no longer says who made it."""
    await correct(world, "Proposed by Mia.")
    drafted = await forged.press(world, world.max, "lb:proposal-draft:1")
    await world.max.click(with_button(drafted, "Publish"), label="Publish")
    await a_proposal(world)
    assert '"proposals"' in (await world.bot.app.data_of(world.mia.id)).decode()
    gone = await world.mia.slash(world.channel, "ask", question="forget")
    assert "2 proposals for the lessons" in text(gone)
    await world.mia.click(message(gone), label="Delete my data")
    assert [await state(world, id_) for id_ in (1, 2)] == ["accepted", "gone"]
    assert "a member whose data was deleted" in said(await forged.press(world, world.max, "lb:proposal:1"))
    assert not await world.bot.app.data_of(world.mia.id)
    assert "was withdrawn" in said(await forged.press(world, world.max, "lb:proposal:2"))


async def test_pages_and_moderators_only(world: World):
    """Eleven proposals make two pages; members open none of them, whatever they press."""
    for n in range(11):
        await world.bot.app.curating.proposals.propose(
            "entry", server=world.server.id, proposer=n + 1, question=f"Question {n}?", answer="So."
        )
    first = await world.max.slash(world.channel, "lessons proposals")
    assert "11 open proposals" in text(first)
    assert "Question 10?" not in text(first)
    second = await world.max.click(message(first), label="Next")
    assert "11. Proposed entry: `Question 10?`" in said(second)
    for custom_id in ("lb:proposals:0", "lb:proposal:1", "lb:proposal-draft:1", "lb:proposal-decline:1"):
        assert "Only moderators" in said(await forged.press(world, world.mia, custom_id))
    await forged.submit(world, world.mia, "lb:proposal-declined:1", {"reason": "No."})
    assert len(await world.bot.app.curating.proposals.open(world.server.id)) == 11
    assert await world.bot.app.curating.proposals.open(1) == []


async def test_in_another_language(abroad: World):
    """The card of a proposal is translated, and so is its list."""
    answered = await abroad.max.send(abroad.channel, "Or use `rm -r .venv`.")
    box = await abroad.mia.context_menu(abroad.channel, SUGGEST, answered)
    await abroad.mia.submit_modal(box, {**filled(box), "question": "how can i delete a venv", "note": "Please."})
    shown = await open_proposal(abroad)
    assert all(label.startswith("⟦") for label in buttons(shown))
    assert "⟦Proposed entry⟧" in text(shown)
    assert "⟦**Waiting** for a moderator.⟧" in text(shown)
