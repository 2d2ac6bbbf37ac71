"""What a moderator typed into a form comes back where it cannot be used, so that nothing has to be typed twice."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import StoreError
from tests.support.asking import ASK, BREAD, WANT, pass_on, slash
from tests.support.editing import draft, open_edit, press, texts
from tests.support.inbox import have_an_inbox, look, only
from tests.support.proposals import a_proposal, open_proposal
from tests.support.world import World, message, said, shown, text, with_button

LONG = "Use `python -m venv .venv`, as I wrote for an hour."


async def file_of(refused: Any) -> str:
    """The text in the file that came with a refusal."""
    (file,) = (each for found in shown(refused) for each in found.attachments)
    return (await file.read()).decode()


async def test_what_was_typed_into_a_draft_that_is_gone_comes_back(world: World):
    """The same moderator discarded it meanwhile, on another card. A text with code comes as a file."""
    proposed = await draft(world)
    box = await world.max.click(with_button(proposed, "Publish"), label="Edit: Question and answer")
    other = await world.max.click(with_button(proposed, "Publish"), label="Edit: Question and answer")
    again = await world.max.click(with_button(proposed, "Publish"), label="Edit: Question and answer")
    await press(world, proposed, "Discard draft")
    refused = await world.max.submit_modal(box, texts(answer=LONG))
    assert "This draft no longer exists." in said(refused)
    assert "Your text is in the file below." in said(refused)
    assert (await file_of(refused)).splitlines()[-1] == LONG
    refused = await world.max.submit_modal(other, texts(answer="Ask \u2067عن\u2069 it."))
    assert "\u2067عن\u2069" in await file_of(refused), "a card would show what can't be seen in it"
    refused = await world.max.submit_modal(again, texts(answer="A plain answer."))
    assert "Your text, to copy:" in said(refused)
    assert "what is a venv\n\nA plain answer.\n```" in said(refused)
    assert not any(each.attachments for each in shown(refused))


async def test_who_lost_the_role_while_typing_gets_their_text_back(world: World):
    """They can give it to another moderator."""
    box = await open_edit(world)
    world.env.backend.guilds[world.server.id].members[world.max.id].role_ids.clear()
    refused = await world.max.submit_modal(box, texts(answer="A plain answer."))
    assert "Only moderators can do this" in said(refused)
    assert "A plain answer." in said(refused)


async def test_what_a_failing_database_did_not_save_comes_back(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """The moderator tries again later, with what they typed."""
    box = await open_edit(world)

    async def failing(*_: object, **__: object) -> None:
        raise StoreError("the database disk is full")

    monkeypatch.setattr(world.bot.app.curating, "submit", failing)
    refused = await world.max.submit_modal(box, texts(answer="A plain answer."))
    assert "I couldn't save that: the database disk is full" in said(refused)
    assert "A plain answer." in said(refused)
    caplog.clear()  # the failure is logged


async def test_a_question_to_a_member_comes_back_if_nobody_waits_any_more(world: World):
    """Another moderator resolved it while this one typed."""
    inbox = await have_an_inbox(world)
    sent = await pass_on(world, await slash(world, BREAD))
    await world.mia.click(with_button(sent, WANT), label=WANT)
    await look(world)
    box = await world.max.click(only(inbox), label="Ask the member")
    await world.max.click(only(inbox), label="Ignore")
    refused = await world.max.submit_modal(box, {"text": "With which flour?"})
    assert "already been resolved" in said(refused)
    assert "With which flour?" in said(refused)


async def test_what_a_member_added_for_the_moderators_comes_back(world: World):
    """Their question was deleted while they typed."""
    asked = await slash(world, BREAD)
    box = await world.mia.click(message(asked), label=ASK)
    await world.env.advance_time(100 * 86400)
    refused = await world.mia.submit_modal(box, {"context": "In a pan."})
    assert "I no longer have this question." in said(refused)
    assert "In a pan." in text(refused)


@pytest.mark.reads_messages
async def test_a_reason_to_decline_comes_back_if_the_proposal_was_decided_meanwhile(world: World):
    """The card shows what became of it."""
    await a_proposal(world)
    mine, theirs = message(await open_proposal(world)), message(await open_proposal(world))
    late = await world.max.click(mine, label="Decline")
    await world.max.submit_modal(await world.max.click(theirs, label="Decline"), {"reason": "We have that."})
    refused = await world.max.submit_modal(late, {"reason": "Too special."})
    assert "We have that." in text(mine)
    assert "was decided already" in said(refused)
    assert "Too special." in said(refused)
