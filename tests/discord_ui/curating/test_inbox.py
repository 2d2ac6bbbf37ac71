"""Moderators are reached: what waits for them comes to the inbox, once, and its card says what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from simcord import ChannelHandle
from sqlalchemy import event

from bot.asking import clusters
from bot.asking.clusters import AGREE
from bot.dialogue.reply import Question
from bot.store.servers import Choices
from bot.tutor import Tutor
from tests.support import forged
from tests.support.asking import BREAD, WANT, direct, kept, pass_on, slash
from tests.support.editing import undo
from tests.support.inbox import ask_moderators, cards, choose, have_an_inbox, later, look, only, write_entry
from tests.support.pseudo import outside
from tests.support.world import (
    World,
    buttons,
    close_direct_messages,
    components,
    message,
    noah_in,
    said,
    second_moderator,
    text,
    told,
)

TAKE, LET_GO, ASK_BACK = "I'll take this", "Release or take over", "Ask the member"
DAY = 24 * 3600


async def test_from_a_question_to_the_answer(world: World):
    """A member passes it on; a moderator takes it, answers it and undoes that: one card says all of it."""
    inbox = await have_an_inbox(world)
    asked = await slash(world, BREAD)
    assert not cards(inbox), "what nobody passed on waits until three members ask it"
    await pass_on(world, asked, "with rye")
    assert buttons(only(inbox))[-1] == TAKE, "there is nobody who could be asked back"
    await world.mia.click(message(asked), label=WANT)
    card = only(inbox)
    assert f"## `{BREAD}`" in text(card)
    assert "with rye" in text(card)
    assert "**1** member asked to be notified." in text(card)
    assert buttons(card)[-2:] == [TAKE, ASK_BACK]
    assert str(world.mia.id) not in text(card)

    for label in (TAKE, ASK_BACK, "Ignore", "Add as new entry"):
        assert "Only moderators can do this" in text(await world.mia.click(card, label=label))
    await world.max.click(card, label=TAKE)
    assert f"**<@{world.max.id}> took this**" in text(only(inbox))

    proposed = await write_entry(world, only(inbox))
    assert f"Answered by <@{world.max.id}>: **{BREAD}" in text(only(inbox))
    assert buttons(only(inbox)) == ["Show the answer"]
    assert len(direct(world)) == 1, "the member is told"
    late = await forged.press(world, world.max, "lb:inbox-take:1")
    assert "already been resolved" in text(late)

    await undo(world, proposed)
    await world.env.settle()
    assert LET_GO in buttons(only(inbox)), "open again, and still theirs"
    assert f"## `{BREAD}`" in text(only(inbox))


async def test_a_claim_is_let_go_taken_over_knowingly_and_ends_after_a_day(world: World):
    """Pressed twice, late, and by two moderators."""
    inbox = await have_an_inbox(world)
    ada = second_moderator(world)
    await ask_moderators(world, BREAD)
    await world.max.click(only(inbox), label=TAKE)
    await world.max.click(only(inbox), label=LET_GO)
    assert "took this" not in text(only(inbox))
    await world.max.click(only(inbox), label=TAKE)

    asked = await ada.click(only(inbox), label=LET_GO)
    assert f"<@{world.max.id}> took this" in text(asked)
    assert asked.ephemeral
    assert f"<@{world.max.id}> took this" in text(only(inbox)), "not by one press"
    late = await ada.click(only(inbox), label=LET_GO)
    await ada.click(message(asked), label="Take over")
    assert "You took this over" in text(asked)
    await world.env.settle()
    assert f"<@{ada.id}> took this" in text(only(inbox))
    await ada.click(only(inbox), label=LET_GO)
    await world.max.click(only(inbox), label=TAKE)
    await world.env.advance_time(60)
    await ada.click(message(late), label="Take over")
    await world.env.settle()
    assert f"<@{ada.id}> took this" in text(only(inbox)), "from the one who was named"
    await ada.click(only(inbox), label=LET_GO)
    await ada.click(only(inbox), label=TAKE)
    third = await forged.press(world, world.max, f"lb:inbox-over:1:{world.mia.id}")
    assert f"<@{ada.id}> took this" in text(third)
    await world.env.settle()
    assert f"<@{ada.id}> took this" in text(only(inbox)), "not from whoever else"

    await later(world, DAY)
    assert "took this" not in text(only(inbox))
    assert TAKE in buttons(only(inbox))


async def test_a_card_does_not_name_a_moderator_who_is_forgotten(world: World):
    """Max ignores a question, and deletes what is saved of him: his name goes from the card in the next round."""
    inbox = await have_an_inbox(world)
    await ask_moderators(world, BREAD)
    await world.max.click(only(inbox), label="Ignore")
    await look(world)
    assert f"Ignored by <@{world.max.id}>" in text(only(inbox))
    asked = await world.max.slash(world.channel, "ask", question="forget")
    assert "your name on 1 card of the inbox" in text(asked)
    await world.max.click(message(asked), label="Delete my data")
    await look(world)
    assert str(world.max.id) not in text(only(inbox))
    assert "Ignored" in text(only(inbox))


async def test_what_is_dealt_with_elsewhere_is_on_the_card(world: World, lessons: Path):
    """Ignored in `/lessons misses`, and open again; found since a file was edited, until that was undone."""
    inbox = await have_an_inbox(world)
    await ask_moderators(world, BREAD)
    shown = await world.max.slash(world.channel, "lessons misses")
    await world.max.click(message(shown), label="Ignore")
    await world.env.settle()
    assert f"Ignored by <@{world.max.id}>" in text(only(inbox))
    assert buttons(only(inbox)) == ["Open again"]
    assert "Only moderators" in text(await world.mia.click(only(inbox), label="Open again"))
    await world.max.click(only(inbox), label="Open again")
    await world.env.settle()
    assert TAKE in buttons(only(inbox))

    file = lessons / "virtual-environments.yaml"
    before = file.read_text(encoding="utf-8")
    bread = f"entries:\n  - id: bread\n    question: {BREAD}\n    answer: With an oven.\n"
    await saved(world, file, before.replace("entries:\n", bread, 1))
    assert f"The lessons answer this by now: **{BREAD}**" in text(only(inbox))
    await saved(world, file, before)
    assert "by now" not in text(only(inbox))
    assert TAKE in buttons(only(inbox))
    ignored = await world.max.click(only(inbox), label="Ignore")
    await world.env.settle()
    assert (ignored.ephemeral, ignored.followups) == (False, []), "the card says it in place"
    assert f"Ignored by <@{world.max.id}>" in text(only(inbox))


async def saved(world: World, file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")  # noqa: ASYNC240 -- a test may wait
    world.bot.app.library.reload()
    with world.env._bot_scope():
        await world.bot.lessons_read()
    await world.env.settle()


async def test_what_three_members_ask_comes_and_nobody_is_known(world: World, new_bot: Any):
    """Not what one of them asks three times, whatever they do in between; a restart counts on."""
    inbox = await have_an_inbox(world)
    tom = world.server.add_member(world.env.create_user("tom"))
    for member in (world.mia, world.mia, world.mia, world.max):
        await member.slash(world.channel, "ask", question=BREAD)
    await look(world)
    assert not cards(inbox)
    await world.env.restart_bot(new_bot())
    await world.mia.slash(world.channel, "ask", question=BREAD)
    await look(world)
    assert not cards(inbox)
    await tom.slash(world.channel, "ask", question="how do I bake a bread?")
    await look(world)
    assert "Asked 6 times" in text(only(inbox))
    everything = await kept(world)
    assert AGREE == 3
    assert not any(str(each.id) in everything for each in (world.mia, world.max, tom))


async def test_who_asks_here_counts_in_the_inbox_of_another_process(world: World):
    """With several processes, the one that members ask may not be the one that keeps the inbox."""
    elsewhere = 1142345678901239999
    await world.bot.app.servers.set(elsewhere, Choices(inbox=elsewhere + 1))
    for member in (world.mia, world.max):
        await member.slash(world.channel, "ask", question=BREAD)
    await look(world)
    assert len({each.mark for each in await world.bot.app.store.askers.all()}) == 2


async def test_a_kill_between_the_card_and_its_record_posts_no_second_one(world: World, new_bot: Any):
    """And a card that did not arrive is posted then; in a forum, too."""
    store = world.bot.app.store
    forum = world.server.create_forum_channel("inbox-forum")
    channel = await have_an_inbox(world)
    for place, question in ((channel, BREAD), (forum, "who planted the tulips")):
        await choose(world, place)
        await ask_moderators(world, question)
        sent = [each for each in await store.inbox.all() if each.channel == place.id][-1]
        async with store._database.writing.begin() as connection:
            await connection.exec_driver_sql(
                f"UPDATE inbox SET state = 'sending', message = NULL, shown = '' WHERE id = {sent.id}"
            )
        await world.env.restart_bot(new_bot())
        await look(world)
        assert await store.inbox.find(sent.id) is not None
        again = await store.inbox.find(sent.id)
        assert (again.state, again.message) == ("posted", sent.message)
    assert len(cards(channel)) == 1
    assert len(world.env.backend.active_threads(world.server.id)) == 2, "what was open in the channel came along"

    await ask_moderators(world, "who eats toast")
    latest = (await store.inbox.all())[-1]
    async with store._database.writing.begin() as connection:
        await connection.exec_driver_sql(
            f"UPDATE inbox SET state = 'sending', message = NULL, channel = {channel.id} WHERE id = {latest.id}"
        )
    await choose(world, channel)
    await world.env.restart_bot(new_bot())
    await look(world)
    assert [text(each).splitlines()[0] for each in cards(channel)].count("## `who eats toast`") == 1


async def test_a_forum_has_a_post_for_each_question(world: World):
    """Its title is the question; the card in it is updated in place, also in an archived post."""
    forum = world.server.create_forum_channel("inbox")
    await choose(world, forum)
    await ask_moderators(world, BREAD)
    (post,) = world.env.backend.active_threads(world.server.id)
    assert post.name == BREAD
    inbox = ChannelHandle(world.env, world.server, post)
    await world.max.click(only(inbox), label=TAKE)
    assert "took this" in text(only(inbox))
    close(world, post)
    shown = await world.max.slash(world.channel, "lessons misses")
    await world.max.click(message(shown), label="Ignore")
    await world.env.settle()
    assert "Ignored by" in text(only(inbox))
    assert is_closed(post), "as moderators left it"
    close(world, post)
    await world.max.click(message(shown), label="Open again")
    await world.env.settle()
    assert not is_closed(post), "there is something to do"
    close(world, post)
    world.bot.app.asking.days = 1
    await later(world, 2 * DAY)
    await world.bot.app.delete_expired()
    await look(world)
    assert post.name.startswith("Deleted: questions are kept")
    assert is_closed(post)


def close(world: World, post: Any) -> None:
    """Moderators close a post: its message cannot be changed until it is opened."""
    post.thread_metadata.archived = True
    world.env.backend.announce_channel_update(post.id)
    world.env.inject_error("PATCH", f"/channels/{post.id}/messages/*", status=400, code=50083)


def is_closed(post: Any) -> bool:
    return bool(post.thread_metadata.archived)


async def test_a_post_that_moderators_locked_is_left_alone(world: World):
    """Only they can open it again, so its card is not tried for ever."""
    forum = world.server.create_forum_channel("inbox")
    await choose(world, forum)
    await ask_moderators(world, BREAD)
    (post,) = world.env.backend.active_threads(world.server.id)
    assert post.thread_metadata
    post.thread_metadata.archived = post.thread_metadata.locked = True
    world.env.inject_error("PATCH", f"/channels/{post.id}/messages/*", status=400, code=50083, times=None)
    world.env.inject_error("PATCH", f"/channels/{post.id}", status=403, code=50013, times=None)
    await world.max.click(message(await world.max.slash(world.channel, "lessons misses")), label="Ignore")
    await world.env.settle()
    before = len(world.env.http_requests)
    await look(world)
    await look(world)
    assert len(world.env.http_requests) == before


async def test_an_inbox_that_takes_no_cards_is_reported_once_and_loses_nothing(world: World):
    """Where the bot may not write, and where the channel was deleted; what is open comes to the next one."""
    inbox = await have_an_inbox(world)
    world.env.inject_error("POST", f"/channels/{inbox.id}/messages", status=403, code=50013, times=2)
    await ask_moderators(world, BREAD)
    await look(world)
    (report,) = told(world.server.owner.dm_channel)
    assert f"<#{inbox.id}> was deleted, or I'm not allowed" in report
    assert "</lessons misses:" in report
    assert "</lessons proposals:" in report
    assert not cards(inbox)
    await look(world)
    assert f"## `{BREAD}`" in text(only(inbox))

    world.env.backend.delete_channel(inbox.id)
    await world.env.settle()
    await ask_moderators(world, "who eats toast")
    await look(world)
    assert len(told(world.server.owner.dm_channel)) == 2, "a new trouble, once"
    other = await have_an_inbox(world)
    assert {text(each).splitlines()[0] for each in cards(other)} == {f"## `{BREAD}`", "## `who eats toast`"}


async def test_a_card_whose_text_discord_refuses_says_where_to_find_it(
    world: World, caplog: pytest.LogCaptureFixture
):
    """The question is not lost, the others come, and the same text is not tried every five minutes."""
    inbox = await have_an_inbox(world, quiet_from=0, quiet_to=23)
    await ask_moderators(world, BREAD, "where do tulips grow in winter")
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035)
    await choose(world, inbox)
    refused, other = cards(inbox)
    assert "tulips" in text(other)
    assert "Discord refuses the text of this card" in text(refused)
    assert not told(world.server.owner.dm_channel)
    assert f"`{BREAD}`" in text(await world.max.click(refused, label="All open questions"))
    await look(world)
    await look(world)
    assert [each.id for each in cards(inbox)] == [refused.id, other.id]
    assert "refuses the text" in text(cards(inbox)[0])
    assert sum("Discord refuses" in each for each in caplog.messages) == 1

    world.env.inject_error("PATCH", f"/channels/{inbox.id}/messages/*", status=400, code=200000)
    await world.max.click(other, label="Ignore")
    await look(world)
    await look(world)
    done = "Discord refuses the text of this card\nThis has already been resolved"
    assert sum(done in text(each) for each in cards(inbox)) == 1
    assert sum("Discord refuses" in each for each in caplog.messages) == 2


async def test_whoever_no_longer_waits_is_not_asked_and_not_kept(world: World):
    """The moderators' question did not arrive at once, and the member canceled the notification meanwhile."""
    inbox = await have_an_inbox(world)
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    close_direct_messages(world)
    box = await world.max.click(only(inbox), label=ASK_BACK)
    await world.max.submit_modal(box, {"text": "Which flour?"})
    await world.env.settle()
    await world.mia.click(message(asked), label="Cancel notification")
    await later(world, 2 * DAY)
    assert direct(world) == []
    assert str(world.mia.id) not in await kept(world)


async def test_much_about_a_question_fits_its_card(world: World):
    """Long wordings and notes make room for what members reply, which is complete."""
    inbox, asking = await have_an_inbox(world), world.bot.app.asking
    store, ids = world.bot.app.store, list[int]()

    def long(text: str) -> str:
        return f"{text} {'rye flour, cold water and a very hot electric oven ' * 4}"[:200]

    for n in range(6):
        with world.env._bot_scope():
            asked = long(f"how do I bake bread, in kitchen {n}, with")
            ids.append(await store.questions.log(world.server.id, asked, world.env.now(), "unknown"))
            await store.questions.pass_on(ids[-1], long(f"Note {n}: I have"))
            await store.subscriptions.subscribe(ids[-1], world.mia.id)
    await look(world)
    for n in range(5):
        with world.env._bot_scope():
            (cluster,) = (await asking.misses.find()).clusters
            await asking.inquiring.ask(cluster, long(f"Which of these, {n}:"))
        await world.env.settle()
        with world.env._bot_scope():
            for each in await store.inquiries.of_questions(ids):
                if each.learner:
                    await asking.inquiring.reply(each.id, each.learner, long(f"Reply {n}:"))
        await look(world)
    shown = text(only(inbox))
    for n in range(5):
        assert long(f"Reply {n}:").strip(" ,") in shown
    assert "Note 5" in shown
    assert "- and 3 more" in shown
    assert "…\n" not in shown, "nothing is cut"
    listed = text(await world.max.slash(world.channel, "lessons misses"))
    assert "Note 1" in listed, "without the replies, there is room"


async def test_a_card_that_a_moderator_deleted_does_not_come_back(world: World):
    """Not even when something becomes of its question."""
    inbox = await have_an_inbox(world)
    await ask_moderators(world, BREAD)
    await only(inbox).delete()
    await world.env.settle()
    shown = await world.max.slash(world.channel, "lessons misses")
    await world.max.click(message(shown), label="Ignore")
    await world.env.settle()
    await world.max.click(message(shown), label="Open again")
    await look(world)
    assert not cards(inbox)


async def test_a_question_stays_open_on_its_card_however_many_are_asked_later(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """Those that were passed on are listed first, and a card of one that is not listed keeps its buttons."""
    monkeypatch.setattr(clusters, "TEXTS", 1)
    inbox = await have_an_inbox(world)
    await ask_moderators(world, BREAD)
    await slash(world, "zebra stripes")
    await look(world)
    assert f"## `{BREAD}`" in text(await world.max.slash(world.channel, "lessons misses"))

    await ask_moderators(world, "who eats toast")
    bread, _ = cards(inbox)
    assert TAKE in buttons(bread)
    assert "Asked once" in text(bread)
    menu = next(part for part in components(bread) if part.get("custom_id", "").startswith("lb:miss-entry:"))
    shown = await world.max.select(bread, [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    assert f"## `{BREAD}`" in text(shown)
    await world.max.click(bread, label="Ignore")
    await look(world)
    assert "Ignored by" in text(cards(inbox)[0])
    assert f"## `{BREAD}`" not in text(await world.max.slash(world.channel, "lessons misses"))


async def test_cards_of_which_nothing_changed_cost_a_round_nothing(world: World, monkeypatch: pytest.MonkeyPatch):
    """However many are open, they are read together; and the lessons are searched once for each question."""
    searched: list[str] = []
    complete = Tutor.complete

    def noted(self: Tutor, typed: str) -> tuple[Question, ...]:
        searched.append(typed)
        return complete(self, typed)

    monkeypatch.setattr(Tutor, "complete", noted)

    async def reads() -> int:
        await look(world)
        searched.clear()
        statements: list[str] = []

        def note(*about: Any) -> None:
            statements.append(about[2])

        engine = world.bot.app.store._database.reading.engine.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        await look(world)
        event.remove(engine, "before_cursor_execute", note)
        assert searched == []
        return len(statements)

    await have_an_inbox(world)
    await ask_moderators(world, BREAD)
    few = await reads()
    await ask_moderators(world, "who planted the tulips", "zebra stripes", "moon cheese")
    assert await reads() == few > 0
    world.bot.app.library.reload()
    await slash(world, BREAD)
    await look(world)
    assert set(searched) == {BREAD}, "only what was asked again"


async def test_what_was_ignored_comes_again_only_if_it_is_passed_on(world: World):
    """Not when three more members ask it: it is in the list, where it can be answered all the same."""
    inbox, members = await have_an_inbox(world), (world.mia, world.max, noah_in(world))

    async def all_ask() -> None:
        for member in members:
            await member.slash(world.channel, "ask", question=BREAD)
        await look(world)

    await all_ask()
    await world.max.click(only(inbox), label="Ignore")
    await later(world, DAY)
    await all_ask()
    assert "Ignored by" in text(only(inbox))
    assert f"## `{BREAD}`" in text(await world.max.slash(world.channel, "lessons misses"))
    await ask_moderators(world, BREAD)
    assert f"## `{BREAD}`" in text(cards(inbox)[1])


async def test_one_member_does_not_take_all_places_of_a_day(world: World):
    """After five questions, a member waits for some hours, and keeps their note; others get their cards."""
    inbox = await have_an_inbox(world)
    await ask_moderators(world, BREAD, "who eats toast", "moon cheese", "zebra stripes", "who planted the tulips")
    await world.env.advance_time(20)
    refused = await pass_on(world, await slash(world, "which cups are blue"), "for my aunt")
    assert "Please wait 5 hours" in text(refused)
    assert "for my aunt" in text(refused), "to copy"
    noah = noah_in(world)
    asked = await noah.slash(world.channel, "ask", question="how do i tune a violin")
    await noah.submit_modal(await noah.click(message(asked), label="Ask the moderators"), {"context": ""})
    await world.env.settle()
    assert [text(each).splitlines()[0] for each in cards(inbox)][5:] == ["## `how do i tune a violin`"]
    await world.env.advance_time(5 * 3600)
    assert "Sent to the moderators" in text(await pass_on(world, await slash(world, "which cups are blue")))


async def test_after_so_many_a_day_one_card_says_how_many_wait(world: World):
    """It counts on in place, opens the list, and the next day brings the others."""
    inbox = await have_an_inbox(world, inbox_a_day=1)
    await ask_moderators(world, BREAD, "who planted the tulips", "zebra stripes", "moon cheese")
    first, summary = cards(inbox)
    assert BREAD in text(first)
    assert "3 more cards wait" in text(summary)
    assert "At most 1 card a day" in text(summary)
    assert "Only moderators" in text(await world.mia.click(summary, label="All open questions"))
    listed = await world.max.click(summary, label="All open questions")
    assert listed.ephemeral
    assert "4 open questions" in text(listed)
    several = next(part for part in components(listed) if part.get("custom_id", "").startswith("lb:miss-several:"))
    values = [each["value"] for each in several["options"] if each["label"] in ("zebra stripes", "moon cheese")]
    chosen = await world.max.select(message(listed), values, custom_id=several["custom_id"])
    await world.max.click(
        message(listed) if chosen.response is None else message(chosen), label="Ignore 2 questions"
    )
    await world.env.settle()
    assert "1 more card waits" in text(cards(inbox)[1])
    await later(world, DAY)
    assert "tulips" in text(cards(inbox)[2])
    assert "More cards waited on this day" in text(cards(inbox)[1])
    assert "wait" not in text(cards(inbox)[2]), "nothing is left"


async def test_a_closed_post_that_said_how_many_wait_stays_closed_on_the_next_day(world: World):
    """Its card says that the day is over, and nobody has anything to do in it."""
    forum = world.server.create_forum_channel("inbox")
    await choose(world, forum, inbox_a_day=1)
    await ask_moderators(world, BREAD, "who planted the tulips")
    post = next(each for each in world.env.backend.active_threads(world.server.id) if "waits" in (each.name or ""))
    close(world, post)
    await later(world, DAY)
    assert "More cards waited on this day" in text(only(ChannelHandle(world.env, world.server, post)))
    assert is_closed(post)


async def test_the_weekly_digest(world: World, lessons: Path, new_bot: Any):
    """What was asked, helped, is open and was improved; once a week over restarts; off with one press."""
    file = lessons / "virtual-environments.yaml"
    old = file.read_text(encoding="utf-8").replace("reviewed: 2026-11-22", "reviewed: 2024-01-01", 1)
    file.write_text(old, encoding="utf-8")
    world.bot.app.library.reload()
    inbox = await have_an_inbox(world, digest=True)
    await ask_moderators(world, BREAD)
    await write_entry(world, cards(inbox)[-1])
    helped = await slash(world, BREAD)
    await world.mia.click(message(helped), label="That helped")
    await slash(world, "who planted the <@1> **tulips**")
    await later(world, 5 * DAY)
    digests = [each for each in cards(inbox) if "The last seven days" in text(each)]
    shown = text(digests[-1])
    assert "Questions asked: **3** · answered directly: **1**" in shown
    assert "Answers that helped: **1** of 1 rated" in shown
    assert "Suggestions chosen" not in shown, "there were none"
    assert "- `who planted the **tulips**`: asked once" in shown
    assert f"**Improved**\n- {BREAD}" in shown
    assert "These entries have answered 1 question since." in shown
    assert "**Last reviewed more than a year ago**" in shown
    assert buttons(digests[-1]) == ["All open questions", "Turn off the digest"]
    assert "tulips" in said(await world.max.click(digests[-1], label="All open questions"))
    await world.env.restart_bot(new_bot())
    await look(world)
    assert [each for each in cards(inbox) if "The last seven days" in text(each)] == digests

    assert "Only moderators" in text(await world.mia.click(digests[-1], label="Turn off the digest"))
    assert "digest is off" in text(await world.max.click(digests[-1], label="Turn off the digest"))
    await later(world, 5 * DAY)
    assert len([each for each in cards(inbox) if "The last seven days" in text(each)]) == len(digests)
    assert "weekly digest off" in text(await world.max.slash(world.channel, "lessons settings"))


async def test_the_digest_says_that_questions_of_its_week_are_deleted_by_now(world: World):
    """Where they are kept for less than seven days, its figures are those of fewer days."""
    world.bot.app.asking.days = 3
    inbox = await have_an_inbox(world, digest=True)
    await later(world, 7 * DAY)
    assert "Questions are kept for 3 days: older ones are not counted here." in text(cards(inbox)[-1])


async def test_a_member_is_asked_back_and_stays_unknown(world: World):
    """The question comes as a direct message, and the reply stands on the card; twice, by others, and too late."""
    inbox = await have_an_inbox(world)
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    world.env.inject_error("POST", f"/channels/{world.mia.user.dm_channel.id}/messages", status=403, code=50007)
    box = await world.max.click(only(inbox), label=ASK_BACK)
    again = await world.max.click(only(inbox), label=ASK_BACK)
    assert "I'm asking 1 member." in text(
        await world.max.submit_modal(box, {"text": "Which **flour**? @everyone"})
    )
    await world.env.settle()
    assert "`Which **flour**? everyone` It is not delivered yet." in text(only(inbox))
    await later(world, DAY)
    (question,) = direct(world)
    assert "The moderators have a question" in text(question)
    assert BREAD in text(question)
    assert "Which **flour**? everyone" in text(question)
    assert str(world.max.id) not in text(question)
    twice = await world.max.submit_modal(again, {"text": "Which **flour**? @everyone"})
    assert said(twice) == "This was asked already. The reply will be on the card in the inbox."
    await world.env.settle()
    assert len(direct(world)) == 1, "the same twice is once"
    assert "No reply yet" in text(only(inbox))

    hostile = await forged.press_directly(world, world.max, "lb:inquiry:1")
    assert "nothing to reply to" in text(hostile)
    form = await world.mia.user.click(question, label="Reply")
    twice = await world.mia.user.click(question, label="Reply")
    thanks = await world.mia.user.submit_modal(form, {"reply": "Rye, of <@1>"})
    assert "The moderators see your reply" in text(thanks)
    assert "nothing to reply to" in text(await world.mia.user.submit_modal(twice, {"reply": "Wheat"}))
    await world.env.settle()
    assert "Reply: `Rye, of`" in text(only(inbox))
    assert str(world.mia.id) not in text(only(inbox))

    stale = await world.max.click(only(inbox), label=ASK_BACK)
    await world.mia.click(message(asked), label="Cancel notification")
    assert "nobody I can ask" in text(await world.max.submit_modal(stale, {"text": "And the water?"}))
    await world.env.settle()
    assert ASK_BACK not in buttons(only(inbox))
    assert str(world.mia.id) not in await kept(world)


async def test_the_inbox_is_chosen_in_the_settings(world: World):
    """A channel in the menu, and everything else in one form; its times are in UTC, and in the reader's own."""
    inbox = world.server.create_text_channel("inbox")
    settings = await world.max.slash(world.channel, "lessons settings")
    assert "**Inbox**: no channel, so its options have no effect yet" in text(settings)
    await world.max.select(message(settings), [inbox], custom_id="lb:set-inbox")
    assert f"**Inbox**: <#{inbox.id}> · at most 10 cards a day · weekly digest on" in text(settings)
    form = await world.max.click(message(settings), label="Inbox options")
    assert "The same hour as above means no quiet hours." in str(form.modal)
    typed = {"most": ["5"], "from": ["22:00"], "to": ["07:00"], "digest": ["off"]}
    changed = await world.max.submit_modal(form, typed)
    assert "at most 5 cards a day · quiet from 22:00 to 07:00 UTC (for you <t:" in text(settings)
    assert "weekly digest off" in text(settings), "the card shows it in place"
    assert changed.followups == []
    chosen = world.bot.app.servers.of(world.server.id)
    assert (chosen.inbox, chosen.inbox_a_day, chosen.quiet_from, chosen.quiet_to) == (inbox.id, 5, 22, 7)
    form = await world.max.click(message(settings), label="Inbox options")
    await world.max.submit_modal(form, {"most": ["5"], "from": ["never"], "to": ["07:00"], "digest": ["on"]})
    chosen = world.bot.app.servers.of(world.server.id)
    assert (chosen.quiet_from, chosen.quiet_to, chosen.digest) == (0, 0, True)
    assert "weekly digest on" in said(await forged.submit(world, world.max, "lb:inbox-form:all", {"most": "5"}))
    await world.max.select(message(settings), [], custom_id="lb:set-inbox")
    await ask_moderators(world, BREAD)
    assert not cards(inbox)


async def test_the_inbox_speaks_the_language_of_its_server(abroad: World, pseudo: str):
    """Every text of ours is translated: on cards, in the digest, and in what a member is asked."""
    inbox = abroad.server.create_text_channel("inbox")
    await choose(abroad, inbox, language=pseudo, digest=True, inbox_a_day=1)
    for question in (BREAD, "who planted the tulips"):
        shown = await slash(abroad, question)
        box = await abroad.mia.click(message(shown), label="⟦Ask the moderators⟧")
        await abroad.mia.submit_modal(box, {"context": ""})
    await abroad.mia.click(message(shown), label="⟦Notify me when it's answered⟧")
    await abroad.env.settle()
    await later(abroad, 7 * DAY)
    seen = cards(inbox)
    assert len(seen) >= 3
    for card in seen:
        left = outside(text(card))
        assert not any(word.isalpha() and len(word) > 3 for word in left.split() if word not in QUOTED), left
        assert all(label.startswith("⟦") for label in buttons(card))


QUOTED = {*BREAD.split(), *"who planted the tulips".split()}
