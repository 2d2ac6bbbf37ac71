"""German and Spanish: what members ask where little works, and what was not written as a plain message."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord import ChannelHandle
from simcord.backend.models.channel import Overwrite
from simcord.backend.models.message import Poll, PollAnswer
from simcord.enums import OverwriteType

from bot.discord_ui.asking import listening, posts
from bot.discord_ui.asking.answer_this import DELETED, NOT_YOU
from bot.discord_ui.kit.threads import ELSEWHERE
from bot.store.servers import Choices
from tests.support import forged
from tests.support.asking import TEN_MINUTES, direct, logged
from tests.support.forms import LESSON, lessons_in
from tests.support.posts import answers_in, chosen_forum, open_post
from tests.support.proposals import filled
from tests.support.tongues import HOSTILE, Tongue
from tests.support.world import (
    World,
    buttons,
    close_direct_messages,
    components,
    message,
    noah_in,
    part_of,
    press_id,
    said,
    text,
    with_button,
)

DAY = 24 * 3600
NO_REMINDER = (
    "You can't answer this anymore: the quiz question was removed from the lessons, or your reminder was deleted. "
    "To do a walkthrough again, use `/walkthrough`."
)


async def test_what_cannot_be_sent_directly_is_shown_in_place(here: World, tongue: Tongue, new_bot: Any):
    """The answer and the reminder come with the next command, once, in private; also after a restart."""
    world, t = here, tongue
    asked = await world.mia.slash(world.channel, "ask", question=t.wanted)
    box = await world.mia.click(message(asked), label=t("Ask the moderators"))
    await world.mia.submit_modal(box, {"context": f"{t.note} {HOSTILE}"})
    close_direct_messages(world, times=3)
    await world.mia.click(message(asked), label=t("Notify me when it's answered"))
    assert t("I can't send you direct messages") in text(asked)
    await world.mia.click(message(asked), label=t("Try again"))
    assert buttons(asked) == [t("Try again"), t("Cancel notification")]
    misses = await world.max.slash(world.channel, "lessons misses")
    assert "@everyone" not in text(misses)
    box = await press_id(world.max, misses, "lb:miss-new:")
    lesson = {LESSON: [next(iter(lessons_in(box).values()))]}
    draft = await world.max.submit_modal(box, {**filled(box), **lesson, "answer": t.answer})
    await world.max.click(with_button(draft, t.publish), label=t.publish)
    await world.env.settle()
    assert direct(world) == []
    (shown,) = (await world.mia.slash(world.channel, "browse")).followups
    assert t("Your question now has an answer.") in text(shown)
    assert shown.ephemeral
    assert (await world.mia.slash(world.channel, "browse")).followups == []
    late = await world.mia.click(message(asked), label=t("Try again"))
    assert t.answer in said(late) + text(asked)

    close_direct_messages(world, times=2)
    told = await forged.press(world, world.mia, "lb:remind:flat-bread")
    assert t("I can't send you direct messages") in said(told)
    for _day in range(2):
        await world.env.advance_time(DAY)
    await world.env.advance_time(3600)
    (reminder,) = (await world.mia.slash(world.channel, "browse")).followups
    assert t("Do you remember?") in text(reminder)
    await world.env.restart_bot(new_bot())
    await world.mia.click(reminder, label=t("Show the answer"))
    assert t("Show the answer") not in buttons(reminder)
    others = await forged.press(world, noah_in(world), "lb:recall-shown:1")
    assert t(NO_REMINDER).partition("`")[0] in said(others)


async def test_posts_that_are_not_open_yet_or_closed(
    here: World, tongue: Tongue, monkeypatch: pytest.MonkeyPatch, new_bot: Any
):
    """Tried again just after the post was made; opened again where it is archived; told elsewhere where locked."""
    world, t = here, tongue
    forum = await chosen_forum(world)
    monkeypatch.setattr(posts, "WAITS", (0.0, 0.0))
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=posts.NOT_OPEN_YET, times=2)
    post = await open_post(world, forum, world.mia, t.known, HOSTILE)
    (answer,) = answers_in(post)
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=posts.NOT_OPEN_YET, times=3)
    assert answers_in(await open_post(world, forum, noah_in(world), t.known)) == [], "it never opened"
    metadata = world.env.backend.get_channel(post.id).thread_metadata
    assert metadata
    metadata.archived = True
    world.env.backend.announce_channel_update(post.id)
    await world.env.restart_bot(new_bot())
    assert said(await world.mia.click(answer, label=t("That helped")))
    assert not metadata.archived
    assert said(await world.mia.click(answer, label=t("That helped"))), "twice"
    metadata.locked = metadata.archived = True
    world.env.backend.announce_channel_update(post.id)
    for _press in range(2):
        world.env.inject_error("POST", "/interactions/*", status=400, code=160005)
        await world.mia.click(answer, label=t("Not what I asked"))
    told = world.env.backend.messages[world.env.backend.get_dm_channel(world.mia.id).id]
    assert [each.content.startswith(t(ELSEWHERE).partition("`")[0]) for each in told.values()] == [True], "once"
    assert answers_in(await open_post(world, forum, world.mia, HOSTILE, t.note)) == []


async def test_answer_this_reads_what_is_no_plain_text(here: World, tongue: Tongue):
    """Forwards, embeds, polls and text files. It keeps none of it, and says what cannot be answered or posted."""
    world, t = here, tongue
    noah, backend = noah_in(world), world.env.backend
    elsewhere = world.server.create_text_channel("elsewhere")
    asked = [await world.mia.forward(await world.mia.send(elsewhere, t.known), world.channel)]
    backend.create_message(world.channel.id, world.mia.id, "", embeds=[{"title": t.known, "description": "?"}])
    asked.append(world.last)
    poll = Poll(t.known, [PollAnswer(1, "1"), PollAnswer(2, "2")], backend.iso_after(3600))
    backend.create_message(world.channel.id, world.mia.id, poll=poll)
    asked.append(world.last)
    long = f"{t.note} " * 400 + t.known
    asked.append(await world.mia.send(world.channel, attachments=[("message.txt", long.encode())]))
    answer = world.bot.app.tutor.explain("what-is-yeast").text
    unknown = await world.mia.send(world.channel, t.wanted)
    for each in (unknown, *asked):
        seen = await noah.context_menu(world.channel, "Answer this", each)
        assert (answer in text(seen)) == (each is not unknown)
    picture = await world.mia.send(world.channel, attachments=[("a.png", b"no text"), ("b.txt", b"")])
    nothing = await noah.context_menu(world.channel, "Answer this", picture)
    assert t("I found no question in that message") in text(nothing)
    box = await noah.click(message(nothing), label=t("Search the lessons"))
    none = await noah.submit_modal(box, {"words": HOSTILE})
    assert t.start("No entry matches {words}.") in said(none)
    assert t("Search the lessons") in buttons(nothing), "the search is still there"
    hostile = await world.mia.send(world.channel, HOSTILE)
    assert said(await noah.context_menu(world.channel, "Answer this", hostile))
    await world.env.advance_time(TEN_MINUTES)
    assert t("No open questions") in text(await world.max.slash(world.channel, "lessons misses"))
    assert await logged(world) == [], "nobody asked the bot"
    posted = await noah.context_menu(world.channel, "Answer this", asked[0])
    await noah.click(message(posted), label=t("Reply to this message"))
    assert await logged(world) == [t.known], "as its answer is in the channel"
    no_writing = discord.Permissions(send_messages=True).value
    backend.set_overwrite(world.channel.id, Overwrite(noah.id, OverwriteType.MEMBER, deny=no_writing))
    assert t(NOT_YOU) in said(await noah.click(message(seen), label=t("Reply to this message")))
    muted = await noah.context_menu(world.channel, "Answer this", asked[1])
    assert t("Reply to this message") not in buttons(muted)
    backend.set_overwrite(world.channel.id, Overwrite(noah.id, OverwriteType.MEMBER, allow=no_writing))
    await world.mia.delete(asked[-1])
    assert t(DELETED) in said(await noah.click(message(seen), label=t("Reply to this message")))
    forged_ = await forged.press(world, noah, "lb:reply:gone-entry:1z141z4")
    assert said(forged_)


async def test_a_server_without_a_language_of_its_own(here: World, tongue: Tongue):
    """In private, and in direct messages, each member reads their own; in the settings, moderators choose one."""
    world, t = here, tongue
    await world.bot.app.servers.set(world.server.id, Choices())
    seen = await world.mia.slash(world.channel, "ask", question=t.wanted)
    assert t("No lesson answers that yet") in text(seen)
    await world.mia.send_dm(t.wanted)
    sent = direct(world)[-1]
    assert t("No lesson answers that yet") in text(sent)
    settings = await world.max.slash(world.channel, "lessons settings")
    assert t("Language of my messages") in [part.get("placeholder") for part in components(settings)]
    await world.max.select(message(settings), [t.tag], custom_id="lb:set-language")
    assert t("Bot settings for this server") in text(settings)
    assert t("No lesson answers that yet") in text(await world.ask(t.wanted))


async def test_an_answer_follows_its_question_for_ten_minutes(here: World, tongue: Tongue, new_reader: Any):
    """Edited to and fro, in its place, over a restart, and not too late; put away by who asked, it stays away."""
    world, t, noah = here, tongue, noah_in(here)
    answer = world.bot.app.tutor.explain("what-is-yeast").text

    async def edit(asked: Any, question: str) -> str:
        await world.env.advance_time(5)  # so that the member is not too fast
        await world.mia.edit(asked, f"{world.mention} {question}")
        return text(world.last)

    asked = await world.mia.send(world.channel, f"{world.mention} {t.wanted}")
    first = world.last.id
    assert t("No lesson answers that yet") in text(world.last)
    assert t("Which of these did you mean?") in await edit(asked, t.fits_two)
    assert answer in await edit(asked, t.known)
    assert t("That helped") in buttons(world.last)
    edited_at = world.last.edited_at
    await edit(asked, t.known.lower())
    assert world.last.edited_at == edited_at, "the same answer, so nothing is edited"
    await world.env.restart_bot(new_reader())
    assert t("No lesson answers that yet") in await edit(asked, HOSTILE)
    assert answer in await edit(asked, t.known)
    assert world.last.id == first
    kept, gone = [await each.send(world.channel, f"{world.mention} {t.known}") for each in (world.max, noah)]
    thanks = await world.mia.send(world.channel, t.thanks, reply_to=answers_in(world.channel)[1])
    await world.env.advance_time(5)
    await world.env.restart_bot(new_reader())
    await noah.edit(gone, t.note)
    await world.max.delete(kept)
    assert [world.mention in each.content for each in world.channel.history()].count(True) == 1
    own, replied_to = answers_in(world.channel)
    assert own.id == first, "that of Noah's goes with the mention"
    await world.max.click(replied_to, label=t("Dismiss"))
    await world.mia.delete(thanks)
    await noah.delete(gone)
    await world.env.advance_time(TEN_MINUTES)
    assert answer in await edit(asked, t.wanted), "too late"

    only = t("Only the person who asked or a moderator can dismiss this answer.")
    assert only in said(await noah.click(world.last, label=t("Dismiss")))
    assert only in said(await forged.press(world, noah, part_of(world.last, "lb:dismiss:")["custom_id"]))
    await world.mia.click(world.last, label=t("Dismiss"))
    assert [each for each in answers_in(world.channel) if not each.flags.ephemeral] == []

    asked = await world.mia.send(world.channel, f"{world.mention} {t.known}")
    away = world.last
    await world.mia.click(away, label=t("Dismiss"))
    await edit(asked, t.wanted)
    assert world.last.id == asked.id, "it does not come back"
    for private in (False, True):
        shown = await world.mia.slash(world.channel, "ask", question=t.known, private=private)
        if private:
            await world.mia.click(message(shown), label=t("Share in this channel"))
        assert only in said(await noah.click(world.last, label=t("Dismiss")))
        put_away = world.last.id
        await world.max.click(world.last, label=t("Dismiss"))
        assert world.last.id != put_away, "a moderator may, too"


async def test_channels_where_nobody_has_to_call_the_bot(here: World, tongue: Tongue, new_reader: Any):
    """Of any kind, in a chosen category: only if it is sure, once, to no reply, and until nobody asks any more."""
    world, t, noah = here, tongue, noah_in(here)
    about = world.server.create_category("Fragen")
    settings = await world.max.slash(world.channel, "lessons settings")
    await world.max.select(message(settings), [about], custom_id="lb:set-listens")
    help_ = world.server.create_text_channel("help", category=about)
    thread = ChannelHandle(
        world.env, world.server, world.env.backend.create_thread(help_.id, "thread", world.mia.id)
    )
    others = (
        world.server.create_voice_channel("talk", category=about),
        world.server.create_stage_channel("stage", category=about),
        world.server.create_news_channel("news", category=about),
    )
    for member, channel in zip(
        (world.mia, world.max, noah, world.mia, world.max), (help_, thread, *others), strict=True
    ):
        asked = await member.send(channel, t.known)
        world.env.backend.announce_message_create(world.env.backend.get_message(channel.id, asked.id))
        await world.env.settle()
        (answer,) = answers_in(channel)
        assert world.bot.app.tutor.explain("what-is-yeast").text in text(answer)
        assert t(listening.NOTE) in text(answer)
    for content in (t.fits_two, t.wanted, t.insult, t.thanks, f"{HOSTILE}?"):
        await noah.send(help_, content)
    await noah.send(help_, t.known, reply_to=help_.history()[-1])
    (answer,) = answers_in(help_)
    only = t("Only the person who asked or a moderator can dismiss this answer.")
    assert only in said(await noah.click(answer, label=t("Dismiss")))
    await world.mia.click(answer, label=t("Dismiss"))
    assert answers_in(help_) == []
    await world.env.advance_time(60)  # so that nobody asks too much
    asked = await noah.send(help_, t.known)
    await world.env.advance_time(5)
    await world.env.restart_bot(new_reader())
    await noah.edit(asked, t.note)
    assert answers_in(help_) == [], "it no longer asks"
    world.env.backend.delete_channel(about.id)
    await world.env.settle()
    outside = world.server.create_text_channel("outside")
    await noah.send(outside, t.known)
    assert answers_in(outside) == []
    settings = await world.max.slash(world.channel, "lessons settings")
    assert t.count("{count} deleted channel", "{count} deleted channels", 1) in text(settings)
    assert await logged(world) == [t.known] * 6, "the messages that it answered, and no others"
