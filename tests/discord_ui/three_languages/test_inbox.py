"""German and Spanish: the figures of a week, an inbox that is a forum, and members who are asked back."""

from __future__ import annotations

from typing import Any

from simcord import ChannelHandle, MemberActor

from bot.discord_ui.asking.inquiries import DONE
from bot.discord_ui.curating.ask_back import NOBODY
from bot.discord_ui.kit.permissions import NOT_ALLOWED
from tests.support import forged
from tests.support.asking import direct
from tests.support.forms import LESSON, lessons_in
from tests.support.inbox import cards, later, look, only
from tests.support.proposals import SUGGEST, filled
from tests.support.tongues import HOSTILE, Tongue
from tests.support.world import (
    World,
    buttons,
    close_direct_messages,
    message,
    noah_in,
    part_of,
    press_id,
    said,
    second_moderator,
    text,
    with_button,
)

DAY = 24 * 3600
RESOLVED = "This question has already been resolved, or it was too old and was deleted."
REPLIED = "Thank you! The moderators see your reply, but not your name."


async def choose_inbox(world: World, inbox: ChannelHandle) -> None:
    settings = await world.max.slash(world.channel, "lessons settings")
    await world.max.select(message(settings), [inbox], custom_id="lb:set-inbox")
    assert f"<#{inbox.id}>" in text(settings)


async def pass_on(world: World, t: Tongue, question: str, *, wants: bool = False, by: Any = None) -> Any:
    """A member sends a question to the moderators. Returns what the member sees."""
    member: MemberActor = by or world.mia
    asked = await member.slash(world.channel, "ask", question=question)
    box = await member.click(message(asked), label=t("Ask the moderators"))
    await member.submit_modal(box, {"context": HOSTILE})
    if wants:
        await member.click(message(asked), label=t("Notify me when it's answered"))
    await world.env.settle()
    return asked


def digests_in(inbox: ChannelHandle, t: Tongue) -> list[str]:
    return [each for each in map(text, cards(inbox)) if t("The last seven days") in each]


async def test_the_figures_of_a_week(here: World, tongue: Tongue, new_bot: Any):
    """Votes count once, what was undone is not improved, and the digest comes once, also over restarts."""
    world, t, noah = here, tongue, noah_in(here)
    inbox = world.server.create_text_channel("inbox")
    await choose_inbox(world, inbox)
    answer = await world.ask(t.known)
    for _twice in range(2):
        await world.mia.click(answer, label=t("That helped"))
    offered = await world.mia.slash(world.channel, "ask", question=t.fits_two)
    await world.mia.click(message(offered), label=t("Show {n}", n=1))
    for question in (t.beside, t.beside.lower(), HOSTILE):
        await noah.slash(world.channel, "ask", question=question)

    await pass_on(world, t, t.wanted)
    box = await press_id(world.max, only(inbox), "lb:miss-new:")
    lesson = {LESSON: [next(iter(lessons_in(box).values()))]}
    draft = await world.max.submit_modal(box, {**filled(box), **lesson, "answer": t.answer})
    await world.max.click(with_button(draft, t.publish), label=t.publish)
    await noah.slash(world.channel, "ask", question=t.wanted)
    wrong = await noah.slash(world.channel, "ask", question=t.reworded)
    await noah.click(message(wrong), label=t("Not what I asked"))

    box = await world.max.slash(world.channel, "lessons edit", what="how-warm")
    draft = await world.max.submit_modal(box, {**filled(box), "answer": t.answer_beside})
    await world.max.click(with_button(draft, t.publish), label=t.publish)
    undo = await world.max.slash(world.channel, "lessons undo")
    await world.max.click(with_button(undo, t.publish), label=t.publish)

    await later(world, 5 * DAY)
    (digest,) = digests_in(inbox, t)
    for expected in (
        t("Questions asked: **{asked}** · answered directly: **{answered}**", asked=8, answered=3),
        t("Suggestions chosen: **{taken}** of {suggested}", taken=1, suggested=1),
        t("Answers that helped: **{helped}** of {voted} rated", helped=1, voted=2),
        f"`{t.beside.lower()}`: " + t.count("asked once", "asked {count} times", 2),
        f"**{t('Improved')}**\n- {t.wanted}\n",
        t.count(
            "These entries have answered {count} question since.",
            "These entries have answered {count} questions since.",
            1,
        ),
        f"**{t('Last reviewed more than a year ago')}**\n- {t.known}",
    ):
        assert expected in digest
    assert "@everyone" not in digest
    card = next(each for each in cards(inbox) if text(each) == digest)
    for _twice in range(2):
        await world.env.restart_bot(new_bot())
        await look(world)
        assert digests_in(inbox, t) == [digest]
    assert t(NOT_ALLOWED) in said(await world.mia.click(card, label=t("Turn off the digest")))
    await later(world, 7 * DAY)
    assert len(digests_in(inbox, t)) == 2, "the next one, a week later"


async def test_whoever_is_asked_back_has_left_discord(here: World, tongue: Tongue, new_bot: Any):
    """The card says that it could not be delivered; no more is sent, and the answer is published all the same."""
    world, t = here, tongue
    inbox = world.server.create_text_channel("inbox")
    await choose_inbox(world, inbox)
    await pass_on(world, t, t.wanted, wants=True)
    form, twice = [await world.max.click(only(inbox), label=t("Ask the member")) for _time in range(2)]
    before = len(direct(world))
    for box in (form, twice):
        world.env.inject_error("POST", "/channels/*/messages", status=404, code=10003)
        await world.max.submit_modal(box, {"text": f"{t.beside} {HOSTILE}"})
        await world.env.settle()
        assert t("{question} It could not be delivered.", question="").strip() in text(only(inbox))
    await world.env.restart_bot(new_bot())
    await later(world, DAY)
    assert t("{question} It could not be delivered.", question="").strip() in text(only(inbox))
    box = await press_id(world.max, only(inbox), "lb:miss-new:")
    lesson = {LESSON: [next(iter(lessons_in(box).values()))]}
    draft = await world.max.submit_modal(box, {**filled(box), **lesson, "answer": t.answer})
    world.env.inject_error("POST", "/channels/*/messages", status=404, code=10003)
    await world.max.click(with_button(draft, t.publish), label=t.publish)
    await world.env.settle()
    await later(world, DAY)
    assert len(direct(world)) == before
    assert t.answer in text(await world.ask(t.wanted))


async def test_whoever_is_asked_back_with_closed_direct_messages(here: World, tongue: Tongue, new_bot: Any):
    """Asked in place, once; the reply comes late, twice, from others, and after all of it was deleted."""
    world, t = here, tongue
    inbox = world.server.create_text_channel("inbox")
    await choose_inbox(world, inbox)
    await pass_on(world, t, t.wanted, wants=True)
    close_direct_messages(world, times=2)
    stale, box, again = [await world.max.click(only(inbox), label=t("Ask the member")) for _time in range(3)]
    asking = await world.max.submit_modal(box, {"text": f"{t.beside} {HOSTILE}"})
    assert t.count("I'm asking {count} member.", "I'm asking {count} members.", 1) in said(asking)
    await world.env.settle()
    assert t("{question} It is not delivered yet.", question="").strip() in text(only(inbox))
    await world.env.restart_bot(new_bot())
    (question,) = (await world.mia.slash(world.channel, "browse")).followups
    assert question.ephemeral
    assert t("The moderators have a question") in text(question)
    assert t.beside in text(question)
    assert (await world.mia.slash(world.channel, "browse")).followups == []
    await world.env.settle()
    assert t("{question} No reply yet.", question="").strip() in text(only(inbox))
    await world.max.submit_modal(again, {"text": f"{t.beside} {HOSTILE}"})
    await world.env.settle()

    others = await forged.press(world, noah_in(world), "lb:inquiry:1")
    assert t(DONE) in said(others)
    hostile = await forged.submit(world, world.max, "lb:inquiry-reply:1", {"reply": HOSTILE})
    assert t(DONE) in said(hostile)
    form, twice = [await world.mia.click(question, label=t("Reply")) for _time in range(2)]
    await later(world, 2 * 3600)
    thanks = await world.mia.submit_modal(form, {"reply": f"{t.answer_beside} {HOSTILE}"})
    assert t(REPLIED) in said(thanks) + text(question)
    assert t(DONE) in said(await world.mia.submit_modal(twice, {"reply": t.note}))
    await world.env.settle()
    card = text(only(inbox))
    assert t.answer_beside in card
    assert t.note not in card
    assert "@everyone" not in card
    assert str(world.mia.id) not in card

    await world.max.submit_modal(stale, {"text": t.note})
    await world.env.settle()
    late = direct(world)[-1]
    assert t.note in text(late)
    form = await world.mia.user.click(late, label=t("Reply"))
    gone = await world.max.click(only(inbox), label=t("Ask the member"))
    forget = await world.mia.slash(world.channel, "ask", question="forget")
    await world.mia.click(message(forget), label=t("Delete my data"))
    assert t(DONE) in said(await world.mia.user.submit_modal(form, {"reply": t.answer_beside}))
    assert t(DONE) in said(await world.mia.user.click(late, label=t("Reply")))
    assert t(NOBODY) in said(await world.max.submit_modal(gone, {"text": t.beside}))


async def test_an_inbox_that_is_a_forum(here: World, tongue: Tongue, new_bot: Any):
    """A post for each card, kept up to date in place, also where it is archived; a deleted one stays away."""
    world, t = here, tongue
    forum = world.server.create_forum_channel("inbox")
    await choose_inbox(world, forum)
    for question in (t.wanted, HOSTILE):
        await pass_on(world, t, question)
    post, other = world.env.backend.active_threads(world.server.id)
    assert post.name == t.wanted
    assert "script" in str(other.name)
    assert "@everyone" not in str(other.name)
    inbox = ChannelHandle(world.env, world.server, post)
    first = only(inbox).id
    for label in ("I'll take this", "Ignore", "Add as new entry"):
        assert t(NOT_ALLOWED) in said(await world.mia.click(only(inbox), label=t(label)))
    await world.max.click(only(inbox), label=t("I'll take this"))
    assert t.start("**{moderator} took this** {when}.").strip("*") in text(only(inbox))
    assert world.max.user.mention in text(only(inbox))
    over = await second_moderator(world).click(only(inbox), label=t("Release or take over"))
    assert t("Take over") in buttons(over)

    await world.env.restart_bot(new_bot())
    ignoring = part_of(only(inbox), "lb:miss-ignore:")["custom_id"]
    metadata = post.thread_metadata
    assert metadata
    metadata.archived = True
    world.env.backend.announce_channel_update(post.id)
    world.env.inject_error("PATCH", f"/channels/{post.id}/messages/*", status=400, code=50083)
    assert said(await forged.press(world, world.max, ignoring))
    await world.env.settle()
    assert metadata.archived, "as moderators left it"
    assert t("Ignored by {moderator}", moderator=world.max.user.mention) in text(only(inbox))
    assert t(RESOLVED) in said(await forged.press(world, world.max, ignoring))
    opening = part_of(only(inbox), "lb:miss-undo:")["custom_id"]
    await world.max.click(only(inbox), label=t("Open again"))
    assert t("This question is no longer ignored.") in said(await forged.press(world, world.max, opening))
    await world.env.settle()
    assert t("Add as new entry") in buttons(only(inbox))
    assert only(inbox).id == first, "one message"
    assert len(world.env.backend.active_threads(world.server.id)) == 2, "one post each"

    world.env.backend.delete_channel(other.id)
    await world.env.settle()
    answered = await world.max.send(world.channel, t.answer_beside)
    box = await world.mia.context_menu(world.channel, SUGGEST, answered)
    await world.mia.submit_modal(box, {**filled(box), "question": t.beside, "note": HOSTILE})
    await look(world)
    kept, proposed = world.env.backend.active_threads(world.server.id)
    assert kept.id == post.id
    proposal = ChannelHandle(world.env, world.server, proposed)
    assert t.answer_beside in text(only(proposal))
    await forged.press(world, world.mia, "lb:withdraw:1")
    await world.env.settle()
    assert t("This proposal was withdrawn.") in text(only(proposal))


async def test_what_comes_to_the_inbox_by_itself(here: World, tongue: Tongue, new_bot: Any):
    """What three members asked, not one of them thrice, over a restart, too; a 👎 with its reason; each once."""
    world, t, noah = here, tongue, noah_in(here)
    inbox = world.server.create_text_channel("inbox")
    await choose_inbox(world, inbox)
    for member in (world.mia, world.mia, world.mia, world.max):
        await member.slash(world.channel, "ask", question=t.wanted)
    await look(world)
    await world.env.restart_bot(new_bot())
    for member in (noah, world.max, second_moderator(world)):
        await member.slash(world.channel, "ask", question=t.insult)
    await look(world)
    assert cards(inbox) == []
    await noah.slash(world.channel, "ask", question=t.reworded)
    await look(world)
    first = only(inbox)
    assert t.wanted in text(first)

    wrong = await noah.slash(world.channel, "ask", question=t.known)
    offered = await noah.click(message(wrong), label=t("Not what I asked"))
    box = await noah.click(with_button(offered, t("Ask the moderators")), label=t("Ask the moderators"))
    await noah.submit_modal(box, {"context": f"{t.note} {HOSTILE}"})
    await world.env.settle()
    for _twice in range(2):
        await world.env.restart_bot(new_bot())
        await look(world)
        asked, rated = cards(inbox)
        assert asked.id == first.id
    assert t.note in text(rated)
    assert t.known in text(rated)
    assert "@everyone" not in text(rated).replace("`", "")
    assert str(noah.id) not in text(asked) + text(rated)
    box = await press_id(world.max, asked, "lb:miss-new:")
    lesson = {LESSON: [next(iter(lessons_in(box).values()))]}
    draft = await world.max.submit_modal(box, {**filled(box), **lesson, "answer": t.answer})
    await world.max.click(with_button(draft, t.publish), label=t.publish)
    await world.env.settle()
    assert buttons(cards(inbox)[0]) == [t("Show the answer")]
    undo = await world.max.slash(world.channel, "lessons undo")
    await world.max.click(with_button(undo, t.publish), label=t.publish)
    await world.env.settle()
    assert t("I'll take this") in buttons(cards(inbox)[0]), "it waits again"
    assert len(cards(inbox)) == 2
