"""German and Spanish: the wrong person, the wrong place, too late, and once more; in posts, forms and walks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import MemberActor

from bot.curating.proposals import MAX_OPEN
from bot.discord_ui.asking import naming
from bot.discord_ui.asking.answers import GONE
from bot.discord_ui.curating.draft_fields import UPLOAD_BOX
from bot.discord_ui.kit.permissions import NOT_ALLOWED
from bot.discord_ui.walking import panel as panels
from bot.store.servers import Choices
from tests.support import forged
from tests.support.asking import direct
from tests.support.forms import LESSON, lessons_in
from tests.support.inbox import later, only
from tests.support.posts import answers_first, answers_in, chosen_forum, open_post
from tests.support.proposals import SOLVED, SUGGEST, filled, open_proposal, propose
from tests.support.tongues import HOSTILE, Tongue
from tests.support.world import (
    World,
    buttons,
    components,
    message,
    messages,
    noah_in,
    part_of,
    said,
    text,
    with_button,
)

DAY = 24 * 3600
SAVE = "Save as entry"


def change(world: World, lessons: Path, *changes: tuple[str, str]) -> None:
    """Edit the lessons by hand."""
    for file in lessons.glob("*.yaml"):
        now = file.read_text(encoding="utf-8")
        for old, new in changes:
            now = now.replace(old, new)
        file.write_text(now, encoding="utf-8")
    world.bot.app.library.reload()


def as_it_was(world: World, channel: Any, shown_: Any) -> Any:
    """A function that puts the buttons back that a message had, for a press on what is old."""
    stored = world.env.backend.get_message(channel.id, message(shown_).id)
    components_ = stored.components

    def again() -> None:
        stored.components = components_

    return again


def lesson(box: Any) -> dict[str, list[str]]:
    return {LESSON: [next(iter(lessons_in(box).values()))]}


async def test_a_post_with_a_story_and_a_suggestion_that_is_old(here: World, tongue: Tongue, lessons: Path):
    """The title is the question, however long the story; an old suggestion is pressed twice, and once too late."""
    world, t = here, tongue
    forum, noah = await chosen_forum(world), noah_in(world)
    change(world, lessons, ("reviewed: 2024-03-05", "reviewed: 2026-11-22"))
    story = f"{t.note} {t.answer_beside} " * 30 + HOSTILE
    for body in (story, t.known):
        (answer,) = answers_in(await open_post(world, forum, world.mia, t.known, body))
        assert world.bot.app.tutor.explain("what-is-yeast").text in text(answer)
    assert t.start("Last reviewed on {date}") in text(answer)
    post = forum.threads[-1]
    backend = world.env.backend
    backend.announce_message_create(backend.get_message(post.id, post.id))
    await world.env.settle()
    assert len(answers_in(post)) == 1, "Discord sent it twice"
    near = await open_post(world, forum, world.mia, t.fits_two)
    (offered,) = answers_in(near)
    entries = world.bot.app.library.lessons.entries
    for each in (entries["how-long"], entries["how-warm"]):
        assert each.question in text(offered)
        assert each.answer.strip() in text(offered), "the beginning of the answer, beside its button"
    again = as_it_was(world, near, offered)
    suggested = (part.get("custom_id", "") for part in components(offered))
    first, second, *_more = [each for each in suggested if each.startswith("lb:suggest:")]
    await world.mia.click(offered, custom_id=first)
    for _twice in range(2):
        again()
        await world.mia.click(offered, custom_id=first)
        assert t("That helped") in buttons(answers_in(near)[0])
    again()
    change(world, lessons, ("how-warm", "how-hot"), ("how-long", "how-many-hours"))
    for pressed in (first, second):
        for member in (world.mia, noah):
            assert t(GONE) in said(await member.click(offered, custom_id=pressed))
    for made_up in ("no-such-entry", "how-warm"):
        forged_ = first.replace("how-warm", made_up).replace("how-long", made_up)
        assert t(GONE) in said(await forged.press(world, noah, forged_))


async def test_a_person_is_faster_and_their_answer_is_kept(
    here: World, tongue: Tongue, monkeypatch: pytest.MonkeyPatch
):
    """The bot interrupts nobody. What they say elsewhere answers the question that waited; then the bot has it."""
    world, t = here, tongue
    forum = await chosen_forum(world, of_media=True)
    with monkeypatch.context() as first:
        answers_first(world, forum, world.max, t.answer, first)
        assert answers_in(await open_post(world, forum, world.mia, t.known)) == []
    missed = await world.mia.slash(world.channel, "ask", question=t.wanted)
    box = await world.mia.click(message(missed), label=t("Ask the moderators"))
    await world.mia.submit_modal(box, {"context": ""})
    how = t.answer.split("**")[1]
    said_there = await world.max.send(world.channel, f"{t.wanted} {how}!")
    box = await world.max.context_menu(world.channel, SAVE, said_there)
    assert filled(box)["question"] == t.wanted, "the nearest question without an answer"
    draft = await world.max.submit_modal(box, {**filled(box), **lesson(box)})
    await world.max.click(with_button(draft, t.publish), label=t.publish)
    (answer,) = answers_in(await open_post(world, forum, world.mia, t.reworded))
    assert how in text(answer)


async def test_a_helper_points_at_what_asks_nothing(here: World, tongue: Tongue):
    """At a picture, at something hostile, at what was deleted just then; and goes on from an answer in a form."""
    world, t, noah = here, tongue, noah_in(here)
    hostile = await world.mia.send(world.channel, HOSTILE)
    await noah.send(world.channel, world.mention, reply_to=hostile)
    assert t("No lesson answers that yet") in text(world.last)
    assert "@everyone" not in text(world.last)
    assert "script" not in text(world.last)
    picture = await world.mia.send(world.channel, attachments=[("a.png", b"no text")])
    await noah.send(world.channel, world.mention, reply_to=picture)
    assert t("What would you like to know?") in text(world.last)
    asked = await world.mia.send(world.channel, t.known)
    for _twice in range(2):
        await noah.send(world.channel, world.mention, reply_to=asked)
        assert world.last.reference
        assert world.last.reference.message_id == asked.id
    await world.mia.delete(asked)
    assert [each.id for each in answers_in(world.channel) if t("Something wrong here?") in buttons(each)] == []

    for question in (HOSTILE, t.known):
        box = await forged.press(world, world.mia, "lb:go-on:99:gone-entry")
        gone_on = await world.mia.submit_modal(box, {"question": question})
        assert gone_on.ephemeral
        assert "script" not in said(gone_on)
    assert t("That helped") in buttons(gone_on)


async def save_of(
    world: World, t: Tongue, noah: MemberActor, question: str, answer: str, *, closed: bool = False
) -> None:
    """A moderator makes an entry of what Noah answers, whose direct messages may be closed."""
    answered = await noah.send(world.channel, answer)
    box = await world.max.context_menu(world.channel, SAVE, answered)
    draft = await world.max.submit_modal(box, {**filled(box), **lesson(box), "question": question})
    if closed:
        world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await world.max.click(with_button(draft, t.publish), label=t.publish)
    await world.env.settle()


async def test_whoever_wrote_the_answer_is_asked_in_place(here: World, tongue: Tongue, new_bot: Any):
    """Where direct messages are closed: only they choose, once; a name that is none; and they say no."""
    world, t, noah = here, tongue, noah_in(here)
    await noah.slash(world.channel, "browse")

    async def save(question: str, answer: str) -> discord.Message:
        await save_of(world, t, noah, question, answer, closed=True)
        note = world.last
        assert t("This answer is in the lessons now") in text(note)
        assert str(noah.id) not in text(note)
        return note

    note = await save(t.wanted, t.answer)
    await world.env.restart_bot(new_bot())
    assert t(naming.NOT_YOURS) in said(await world.mia.click(note, label=t("Show my name")))
    world.env.backend.get_user(noah.id).global_name = "see https://evil.example"
    assert t(naming.NOT_SHOWN) in said(await noah.click(note, label=t("Show my name")))
    world.env.backend.get_user(noah.id).global_name = "Noah"
    again = as_it_was(world, world.channel, note)
    await noah.click(note, label=t("Show my name"))
    again()
    assert t(naming.GONE) in said(await noah.click(note, label=t("Show my name")))
    assert t("Answer by {name}", name="Noah") in text(await world.ask(t.wanted))
    note = await save(t.beside, t.answer_beside)
    again = as_it_was(world, world.channel, note)
    choices = [part_of(note, start)["custom_id"] for start in ("lb:name-nobody:", "lb:name-me:")]
    await noah.click(note, custom_id=choices[0])
    again()
    for choice in choices:
        assert t(naming.GONE) in said(await noah.click(note, custom_id=choice))
    assert "Noah" not in text(await world.ask(t.beside))


async def test_whoever_wrote_the_answer_is_asked_directly(here: World, tongue: Tongue, new_bot: Any):
    """Others cannot press it in their direct messages, nobody twice, nor once the entry is gone; no mentions."""
    world, t, noah = here, tongue, noah_in(here)
    await noah.slash(world.channel, "browse")

    async def save(question: str, answer: str) -> discord.Message:
        await save_of(world, t, noah, question, answer)
        letter = direct(world, noah)[-1]
        assert t("This answer is in the lessons now") in text(letter)
        return letter

    letter = await save(t.wanted, f"{t.answer} {HOSTILE}")
    await world.env.restart_bot(new_bot())
    for made_up in ("lb:name-me:1", "lb:name-nobody:1"):
        assert t(naming.NOT_YOURS) in said(await forged.press_directly(world, world.mia, made_up))
        assert t(naming.GONE) in said(await forged.press_directly(world, world.mia, made_up.replace("1", "99")))
    world.env.backend.get_user(noah.id).global_name = HOSTILE[:32]
    assert t(naming.NOT_SHOWN) in said(await noah.user.click(letter, label=t("Show my name")))
    world.env.backend.get_user(noah.id).global_name = "Noah"
    again = as_it_was(world, noah.user.dm_channel, letter)
    choices = [part_of(letter, start)["custom_id"] for start in ("lb:name-me:", "lb:name-nobody:")]
    await noah.user.click(letter, custom_id=choices[0])
    for choice in choices:
        again()
        assert t(naming.GONE) in said(await noah.user.click(letter, custom_id=choice))
    assert t("Answer by {name}", name="Noah") in text(await world.ask(t.wanted))

    late = await save(t.beside, t.answer_beside)
    removed = await world.max.slash(world.channel, "lessons remove", entry=t.beside)
    await world.max.click(with_button(removed, t.publish), label=t.publish)
    assert t(naming.GONE) in said(await noah.user.click(late, label=t("Show my name")))
    assert len(direct(world, noah)) == 2, "asked once about each"


async def test_more_than_moderators_take(here: World, tongue: Tongue):
    """A member with too many proposals gets their text back; a correction meets a newer text; a similar entry."""
    world, t = here, tongue
    wrong = await forged.press(world, world.mia, "lb:wrong:how-warm")
    newer = await world.max.slash(world.channel, "lessons edit", what="how-warm")
    draft = await world.max.submit_modal(newer, {**filled(newer), "answer": t.answer_beside})
    await world.max.click(with_button(draft, t.publish), label=t.publish)
    assert t("Sent to the moderators") in said(
        await world.mia.submit_modal(wrong, {**filled(wrong), "answer": f"{t.answer} {HOSTILE}"})
    )
    opened = await open_proposal(world)
    assert t("The entry was changed since this was proposed. The draft shows both texts.") in text(opened)
    drafted = await world.max.click(message(opened), label=t("Make a draft"))
    assert t("You made newer changes") in said(drafted)
    assert t("Keep both, use this draft's text where they differ") in buttons(messages(drafted)[-1])
    await world.max.click(with_button(drafted, t("Discard draft")), label=t("Discard draft"))

    answered = [await world.max.send(world.channel, f"{t.answer} {n}") for n in range(MAX_OPEN)]
    last = await world.mia.context_menu(world.channel, SUGGEST, answered[-1])
    for n, each in enumerate(answered[:-1]):
        question = t.known if n == 0 else f"{t.wanted} {n}"
        sent = await propose(world, each, question=question)
        assert t("Sent to the moderators") in said(sent)
    one, many = (
        "Not sent: you already have {count} proposal that the moderators have not decided. Wait for them, or "
        "withdraw one with `/ask proposals`.",
        "Not sent: you already have {count} proposals that the moderators have not decided. Wait for them, or "
        "withdraw one with `/ask proposals`.",
    )
    full = t.count(one, many, MAX_OPEN).partition("`")[0]
    assert full in said(await world.mia.context_menu(world.channel, SUGGEST, answered[-1]))
    late = said(await world.mia.submit_modal(last, {**filled(last), "question": t.beside}))
    assert full in late
    assert t("Your text, to copy:") in late
    close = await open_proposal(world, 1)
    added = await world.max.click(message(close), label=t("Add to that answer"))
    picture = t("Edit: {fields}", fields=t("Picture"))
    box = await world.max.click(with_button(added, picture), label=picture)
    refused = await world.max.submit_modal(box, {**filled(box), UPLOAD_BOX: ("a.png", b"no picture")})
    assert t.start("The picture was not added: {why}") in said(refused)
    assert t.publish in buttons(with_button(refused, t.publish))
    await world.max.click(with_button(refused, t.publish), label=t.publish)
    assert t.answer in world.bot.app.library.lessons.entries["what-is-yeast"].answer
    twice = await forged.press(world, world.max, "lb:proposal-add:2:answer:what-is-yeast")
    assert t("This proposal was decided already. This is what happened to it:") in said(twice)


async def test_what_solved_a_post(here: World, tongue: Tongue, new_bot: Any):
    """After a restart; by nobody else, not the question, not elsewhere; not twice; the bot's own; a claim ends."""
    world, t, noah = here, tongue, noah_in(here)
    forum = await chosen_forum(world)
    inbox = world.server.create_text_channel("inbox")
    settings = await world.max.slash(world.channel, "lessons settings")
    await world.max.select(message(settings), [inbox], custom_id="lb:set-inbox")
    post = await open_post(world, forum, world.mia, t.wanted, HOSTILE)
    answered = await world.max.send(post, f"{t.answer} {HOSTILE}")

    async def solve(who: Any, where: Any, what: Any) -> str:
        return said(await who.context_menu(where, SOLVED, what))

    refused = t("Only the author of this post or a moderator can mark what solved it.")
    assert refused in await solve(noah, post, answered)
    first = post.history()[0]
    assert t("Choose the message that answered the question of this post.") in await solve(world.mia, post, first)
    elsewhere = await world.max.send(world.channel, t.answer)
    wrong = t("This works in forum posts: on the message that solved the question of the post.")
    assert wrong in await solve(world.mia, world.channel, elsewhere)
    await world.env.restart_bot(new_bot())
    world.env.inject_error("PUT", "/channels/*/messages/*/reactions/*/@me", status=403, code=50013)
    done = await solve(world.mia, post, answered)
    assert t("I can't mark the post: I'm not allowed to add a tag or a reaction here.") in done
    assert t("Proposed to the moderators as an entry of the lessons. They see that you marked it.") in done
    thanks = "{tick} This solved it, says {member}. Thank you, {author}!"
    names = {"member": world.mia.user.mention, "author": world.max.user.mention}
    assert t(thanks, tick="✅", **names) in text(post.history()[-1])
    await world.env.restart_bot(new_bot())
    assert t("The message is marked with {tick}.", tick="✅") in await solve(world.mia, post, answered)
    assert t("What solved this post is marked already.") in await solve(world.mia, post, answered)
    tag = {"id": "7", "name": t.solved, "moderated": True, "emoji_id": None, "emoji_name": None}
    world.env.backend.edit_channel(forum.id, {"available_tags": [tag]})
    known = await open_post(world, forum, world.mia, t.known)
    (own,) = answers_in(known)
    done = await solve(world.mia, known, own)
    assert t("Your feedback was saved: the answer helped.") in done
    assert t("The post has the tag {tag} now.", tag=f"**{t.solved}**") in done

    await world.env.settle()
    assert t("Solved in a post") in text(only(inbox))
    assert "@everyone" not in text(only(inbox))
    await world.max.click(only(inbox), label=t("I'll take this"))
    assert t("Release or take over") in buttons(only(inbox))
    await later(world, DAY)
    assert t("I'll take this") in buttons(only(inbox)), "the claim ended"
    box = await forged.press(world, world.max, "lb:proposal-decline:1")
    await world.max.submit_modal(box, {"reason": HOSTILE})
    await world.env.settle()
    assert t("I'll take this") not in buttons(only(inbox))
    assert direct(world) == [], "nobody asked to be told"


async def test_a_walkthrough_that_is_changed_and_removed(here: World, tongue: Tongue, lessons: Path, new_bot: Any):
    """An open panel says what changed; a pick that is gone, a quiz that is another; and all of it gone."""
    world, t = here, tongue
    scenario = world.bot.app.tutor.scenario("flat-bread")
    panel = await world.mia.slash(world.channel, "walkthrough", scenario="flat-bread")
    await world.mia.slash(world.channel, "walkthrough", scenario="flat-bread", share=True)
    shared = world.last
    await world.mia.click(message(panel), label=t("Next"))
    picking = part_of(panel, "lb:try:flat-bread:wait")["custom_id"]
    change(world, lessons, (scenario.story.strip(), f"{t.note} {t.note}"), ("id: wait", "id: patience"))
    await world.env.restart_bot(new_bot())
    await world.mia.click(message(panel), label=t("Skip"))
    assert t("Updated since your last visit") in text(panel)
    assert said(await forged.press(world, world.mia, picking)), "of a solution that is gone"
    moving = part_of(panel, "lb:walk:")["custom_id"]
    await world.mia.select(message(panel), ["check"], custom_id=part_of(panel, "lb:leap:")["custom_id"])
    quiz = [part["custom_id"] for part in components(panel) if "lb:choose:" in part.get("custom_id", "")]
    change(world, lessons, (scenario.check.question, t.wanted))
    assert t("This is correct.") not in text(await forged.press(world, world.mia, quiz[0]))
    change(world, lessons, ("id: flat-bread", "id: other-bread"))
    gone = t(panels.GONE).partition("`")[0]
    for custom_id in (moving, picking, quiz[0], "lb:hint:flat-bread", "lb:stop:flat-bread"):
        pressed = await forged.press(world, world.mia, custom_id)
        assert said(pressed)
        assert "stop" in custom_id or gone in said(pressed), custom_id
    assert gone in said(await world.mia.click(shared, label=t("Next")))


async def test_a_second_server(here: World, tongue: Tongue):
    """Its settings say whose lessons these are; its moderators change none, whatever they press."""
    world, t = here, tongue
    second = world.env.create_guild("Kurs")
    staff = second.create_role("Staff", permissions=discord.Permissions(manage_guild=True))
    there = second.create_text_channel("there")
    max_ = second.add_member(world.max.user, roles=[staff])
    await world.bot.app.servers.set(second.id, Choices(language=t.tag))
    settings = await max_.slash(there, "lessons settings")
    assert "**Python learners**" in text(settings)
    mia = second.add_member(world.mia.user)
    for custom_id in ("lb:miss-new:1", "lb:publish:1", "lb:undo:1"):
        assert said(await forged.press(world, max_, custom_id, there))
        assert t(NOT_ALLOWED) in said(await forged.press(world, mia, custom_id, there))
    assert t("That helped") in buttons(await mia.slash(there, "ask", question=t.known))
