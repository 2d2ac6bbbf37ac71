"""Members propose something for the lessons; nothing is published, and they learn what became of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.curating.proposals import MAX_OPEN
from bot.discord_ui.kit.limits import CARD_TEXT
from bot.outbox import Delivery
from tests.support import forged
from tests.support.proposals import ANSWER, QUESTION, SUGGEST, a_proposal, filled, letters, open_proposal, propose
from tests.support.world import World, buttons, message, messages, noah_in, options, said, second_moderator, text

pytestmark = pytest.mark.reads_messages
WHY = "why-virtual-environments"


async def lessons_now(world: World) -> list[str]:
    world.bot.app.library.reload()
    return [each.text for each in world.bot.app.library.lessons.documents]


async def test_a_suggestion_waits_for_the_moderators(world: World):
    """The form is filled in without names and mentions and says who sees it. The member sees and withdraws it."""
    before = await lessons_now(world)
    asked = await world.mia.send(world.channel, QUESTION)
    answer = f"Hey {world.mia.user.mention}, {ANSWER} <@{world.max.id}>"
    answered = await world.max.send(world.channel, answer, reply_to=asked)
    box = await world.mia.context_menu(world.channel, SUGGEST, answered)
    typed = filled(box)
    assert (typed["question"], typed["answer"], typed["tell"]) == (QUESTION, ANSWER, ["yes"])
    assert "Moderators see your name with it." in str(box.modal)
    sent = await world.mia.submit_modal(box, {**typed, "note": "Asked @everyone weekly."})
    assert sent.ephemeral
    for expected in ("your proposal and your name", "Nothing is published", "one direct message"):
        assert expected in said(sent)
    assert await lessons_now(world) == before
    again = await propose(world, answered, question="Other words?")
    assert "proposed already" in said(again)
    assert ANSWER.replace("`", "") in said(again), "what was typed is not lost"

    mine = await world.mia.slash(world.channel, "ask", question="Proposals")
    assert f"`{QUESTION}`: The moderators have not decided yet." in text(mine)
    offered = await world.mia.autocomplete(world.channel, "ask", "question", "propos")
    assert offered[0]["value"] == "proposals"
    assert "You have no proposals" in text(await world.max.slash(world.channel, "ask", question="proposals"))
    withdrawn = await world.mia.select(message(mine), ["1"], custom_id="lb:withdraw-one")
    assert "Withdrawn" in said(withdrawn)
    assert await world.bot.app.curating.proposals.open() == []
    late = await world.mia.click(messages(sent)[0], label="Withdraw")
    assert "can't withdraw" in said(late)


async def test_a_declined_proposal_is_told_once(world: World):
    """With the reason; not to those who did not want to know, and not again after the bot restarts."""
    await a_proposal(world)
    await propose(world, await world.max.send(world.channel, "Use rye."), question="What is rye?", tell=["no"])
    shown = await open_proposal(world)
    for expected in (f"`{QUESTION}`", "Copy the requirements first", f"Proposed by <@{world.mia.id}>", "Waiting"):
        assert expected in text(shown)
    assert "Open message" in buttons(shown)
    for number in (1, 2):
        box = await forged.press(world, world.max, f"lb:proposal-decline:{number}")
        declined = await world.max.submit_modal(box, {"reason": "See *our* [docs](https://x.y)."})
        assert "**Declined**" in said(declined)
        late = await forged.submit(world, world.max, f"lb:proposal-declined:{number}", {"reason": "Twice."})
        assert "was decided already" in said(late)
    (letter,) = letters(world.mia)
    assert "Your proposal was not accepted" in letter
    assert "`See *our* [docs](https://x.y).`" in letter
    mine = await world.mia.slash(world.channel, "ask", question="proposals")
    assert "Not accepted." in text(mine)
    assert not options(mine), "a decided one is not withdrawn"


async def test_what_was_declined_is_not_sent_again_in_the_same_words(world: World):
    """The member is led to the reason; other words, and other members, come to the moderators."""
    answer = await world.max.send(world.channel, ANSWER)
    await propose(world, answer, question=QUESTION)
    await forged.submit(world, world.max, "lb:proposal-declined:1", {"reason": "Use rye."})
    again = await propose(world, answer, question=QUESTION)
    assert "the moderators declined the same before" in said(again)
    assert "</ask:" in said(again)
    assert "Sent to the moderators" in said(await propose(world, answer, question="How do I use rye?"))


async def test_a_correction_that_was_declined_is_sent_again_once_the_answer_was_changed(world: World):
    """What was right when moderators declined it may be wrong now."""

    async def correct() -> str:
        box = await forged.press(world, world.mia, f"lb:wrong:{WHY}")
        return said(await world.mia.submit_modal(box, {**filled(box), "note": "This is outdated."}))

    assert "Sent to the moderators" in await correct()
    await forged.submit(world, world.max, "lb:proposal-declined:1", {"reason": "It is right."})
    assert "the moderators declined the same before" in await correct()
    curating = world.bot.app.curating
    changed = {"answer": "As it was in 2019."}
    draft = await curating.drafts.begin("edit", world.max.id, world.server.id, item_id=WHY, fields=changed)
    await curating.publish(draft.id, author=world.max.id, author_name="max")
    assert "Sent to the moderators" in await correct()


async def test_the_reason_of_a_decision_is_read_to_its_end(world: World):
    """In the list of a member's proposals; where many have long reasons, each is shorter."""
    reason = " ".join(f"word{n}" for n in range(60))

    async def decline(number: int) -> None:
        with world.env._bot_scope():
            await world.bot.app.curating.proposals.propose(
                "entry", server=world.server.id, proposer=world.mia.id, question=f"q{number}", answer="a"
            )
        await forged.submit(world, world.max, f"lb:proposal-declined:{number}", {"reason": reason})

    await decline(1)
    assert f"`{reason}`" in text(await world.mia.slash(world.channel, "ask", question="proposals"))
    for number in range(2, 11):
        await decline(number)
    mine = text(await world.mia.slash(world.channel, "ask", question="proposals"))
    assert mine.count("word5 ") == 10
    assert len(mine) < CARD_TEXT


async def test_whoever_takes_no_messages_is_shown_it_below_a_command(world: World):
    """Once; the direct message is not promised before it is known to arrive."""
    await a_proposal(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    assert world.bot.proposal_news._rounds.is_resting, "nothing waits"
    await forged.submit(world, world.max, "lb:proposal-declined:1", {"reason": ""})
    assert not world.bot.proposal_news._rounds.is_resting
    shown = await world.mia.slash(world.channel, "ask", question="what is a venv")
    assert "Your proposal was not accepted" in said(shown)
    assert "Your proposal" not in said(await world.mia.slash(world.channel, "ask", question="what is a venv"))


async def test_a_message_that_was_sent_before_a_kill_is_not_sent_again(world: World, new_bot):
    """And one that was not sent is: the bot looks for it at the next start."""
    await a_proposal(world)
    proposals = world.bot.app.store.proposals
    await proposals.decline(1, "", world.bot.app.clock())
    assert await proposals.claim(1)
    await world.env.restart_bot(new_bot())
    await world.env.settle()
    assert len(letters(world.mia)) == 1
    async with world.bot.app.store._database.writing.begin() as connection:
        await connection.exec_driver_sql("UPDATE proposals SET tell = 'sending'")
    await world.env.restart_bot(new_bot())
    await world.env.settle()
    assert len(letters(world.mia)) == 1


async def test_a_decision_counts_as_told_by_no_other_message(world: World):
    """The number of one proposal may begin like that of another."""
    await a_proposal(world)
    (first,) = await world.bot.app.curating.proposals.open()
    twelfth, news = replace(first, id=12, state="declined"), world.bot.proposal_news
    with world.env._bot_scope():
        assert await news.send(twelfth) is Delivery.ARRIVED
        assert await news.look_for(twelfth) is Delivery.ARRIVED
        assert await news.look_for(first) is Delivery.MISSING


async def test_a_few_are_open_at_once(world: World):
    """Then the member reads what to do, before they type anything; an open form gives its text back."""
    messages = [await world.max.send(world.channel, f"Answer number {n}") for n in range(MAX_OPEN + 1)]
    last = await world.mia.context_menu(world.channel, SUGGEST, messages[-1])
    for n, each in enumerate(messages[:-1]):
        assert "Sent to the moderators" in said(await propose(world, each, question=f"Question number {n}?"))
    refused = await world.mia.context_menu(world.channel, SUGGEST, messages[-1])
    assert f"you already have {MAX_OPEN} proposals" in said(refused)
    late = await world.mia.submit_modal(last, {**filled(last), "question": "One more?"})
    assert f"you already have {MAX_OPEN} proposals" in said(late)
    assert f"Answer number {MAX_OPEN}" in said(late)
    assert len(await world.bot.app.curating.proposals.open()) == MAX_OPEN


async def test_nonsense_of_a_message_keeps_no_proposal_of_it_away(world: World):
    """Only the same again is refused: in the same words, or by the same member from the same message."""
    noah, useful = noah_in(world), await world.max.send(world.channel, ANSWER)
    await propose(world, useful, question="asdf?", answer="qwertz")
    assert "Sent to the moderators" in said(await propose(world, useful, by=noah, question=QUESTION))
    ada = second_moderator(world)
    for again in (
        await propose(world, useful, by=ada, question=QUESTION),
        await propose(world, useful, by=noah, question="Something else?"),
    ):
        assert "the same was proposed already" in said(again)


async def test_hostile_forms_do_no_harm(world: World):
    """Texts beyond every limit, numbers beyond every id, mentions, and ends of code blocks."""
    hostile = "```\n@everyone <@&1> \x00\ud800" + "[x](https://evil.example) " * 400
    typed = {"question": "## @here " + "q" * 4000, "answer": hostile, "note": "\x00`" * 900, "tell": "maybe"}
    sent = await forged.submit(world, world.mia, f"lb:propose:{10**20 - 1}", typed)
    assert "Sent to the moderators" in said(sent)
    shown = await open_proposal(world)
    assert text(shown).count("```") == 2, "it does not end the block that it stands in"
    assert "Open message" not in buttons(shown)
    empty = await forged.submit(world, world.mia, "lb:propose:1", {"question": " ", "answer": "\x00"})
    assert "needs a question and an answer" in said(empty)
    gone = await forged.submit(world, world.mia, "lb:fix:no-such-entry:00000000", {"answer": "Mine."})
    assert "was removed from the lessons" in said(gone)
    assert "Mine." in said(gone)
    assert "was removed" in said(await forged.press(world, world.mia, "lb:wrong:no-such-entry"))


async def test_something_wrong_opens_the_text_of_the_answer(world: World):
    """For whoever presses, in public and in private; the moderators see what would change."""
    shown = await world.ask("why do we need virtual environments?")
    box = await world.max.click(shown, label="Something wrong here?")
    now = world.bot.app.library.lessons.entries[WHY].answer.strip()
    typed = filled(box)
    assert typed["answer"] == now
    nothing = await world.max.submit_modal(box, typed)
    assert "the same as before, and there is no note" in said(nothing)
    private = await world.mia.slash(world.channel, "ask", question="why do we need virtual environments?")
    box = await world.mia.click(message(private), label="Something wrong here?")
    sent = await world.mia.submit_modal(
        box, {**typed, "answer": now + "\nAnd **more**.", "note": "It was missing."}
    )
    assert "Sent to the moderators" in said(sent)
    card = text(await open_proposal(world))
    for expected in ("Proposed correction", "+And **more**.", "`It was missing.`", "```diff"):
        assert expected in card
    assert "@@" not in card, "no line numbers of a text without them"


async def test_what_fits_no_form_is_described(world: World, lessons: Path):
    """A text beyond Discord's limit, and a step of a walkthrough, which has several texts."""
    file = lessons / "virtual-environments.yaml"
    entry = world.bot.app.library.lessons.entries[WHY]
    first = next(line for line in entry.answer.splitlines() if line)
    file.write_text(file.read_text("utf-8").replace(first, f"{first} {'word ' * 900}", 1), "utf-8")
    world.bot.app.library.reload()
    box = await forged.press(world, world.mia, f"lb:wrong:{WHY}")
    assert "too long to edit here" in str(box.modal)
    assert "answer" not in filled(box)
    sent = await world.mia.submit_modal(box, {**filled(box), "note": "The third line is wrong."})
    assert "Sent to the moderators" in said(sent)
    step = "two-django-versions.install-directly"
    box = await forged.press(world, world.mia, f"lb:wrong:{step}")
    await world.mia.submit_modal(box, {**filled(box), "note": "This works today."})
    shown = await open_proposal(world, 1)
    assert "`This works today.`" in text(shown)
    drafted = await world.max.click(message(shown), label="Make a draft")
    assert drafted.modal, "the form of the walkthrough"


async def test_nobody_is_asked_for_what_nobody_can_decide(world: World):
    """Without moderators of the lessons, the member reads that before they type."""
    world.bot.homes = frozenset()
    answered = await world.max.send(world.channel, ANSWER)
    assert "no moderators are set up" in said(await world.mia.context_menu(world.channel, SUGGEST, answered))
    assert "no moderators are set up" in said(await forged.press(world, world.mia, f"lb:wrong:{WHY}"))
    own = await world.ask("what is a venv")
    world.bot.homes = frozenset({world.server.id})
    assert "a person wrote" in said(await world.mia.context_menu(world.channel, SUGGEST, own))


async def test_in_another_language(abroad: World):
    """Every text of the form and of the card is translated."""
    answered = await abroad.max.send(abroad.channel, ANSWER)
    box = await abroad.mia.context_menu(abroad.channel, SUGGEST, answered)
    assert "⟦Moderators see your name with it.⟧" in str(box.modal)
    sent = await abroad.mia.submit_modal(box, {**filled(box), "question": QUESTION})
    assert "⟦Sent to the moderators⟧" in said(sent)
    assert all(label.startswith("⟦") for label in buttons(message(sent)))
    await forged.submit(abroad, abroad.max, "lb:proposal-declined:1", {"reason": ""})
    assert "⟦Your proposal was not accepted⟧" in letters(abroad.mia)[-1]
