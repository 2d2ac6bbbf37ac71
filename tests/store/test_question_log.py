"""Members' questions, on both databases: stored without who asked, and only for as long as configured."""

from __future__ import annotations

import pytest

from bot.store.question_log import LOOKED_AT, MAX_TEXT
from tests.support.moments import DAY, MIA, NOW, TOM
from tests.support.stored import ELSEWHERE, HERE, SOON, everything, misses


async def test_a_question_is_kept_without_who_asked(store):
    """Only its text, its reply and its time are stored."""
    id_ = await store.questions.log(HERE, "what is a venv", NOW, "answer", "what-is-a-venv")
    kept = await store.questions.find(id_)
    assert (kept.server, kept.text, kept.asked_at, kept.reply, kept.entry) == (
        HERE,
        "what is a venv",
        NOW,
        "answer",
        "what-is-a-venv",
    )
    assert (kept.outcome, kept.taken, kept.found, kept.passed, kept.resolved) == ("", "", "", False, "")
    assert await store.questions.find(id_ + 1) is None


async def test_whether_anything_was_asked_at_a_time(store):
    """In one server, and not in another one, earlier or later."""
    await store.questions.log(HERE, "what is a venv", NOW, "answer", "what-is-a-venv")
    for server, since, until, is_found in (
        (HERE, NOW - DAY, NOW + DAY, True),
        (HERE, NOW, NOW, True),
        (HERE, NOW - 2 * DAY, NOW - DAY, False),
        (HERE, NOW + DAY, NOW + 2 * DAY, False),
        (ELSEWHERE, NOW - DAY, NOW + DAY, False),
    ):
        assert await store.questions.any_asked(server, since, until) is is_found


async def test_a_question_gets_other_words_until_somebody_does_something_with_it(store):
    """What was passed on, rated or resolved stays as it was, as does what got another kind of reply."""
    log, reword = store.questions.log, store.questions.reword
    id_ = await log(HERE, "how do i bake ry bread", NOW, "unknown")
    assert not await reword(id_, "how do i bake rye bread", "suggestions")
    assert await reword(id_, "how do i bake rye bread", "unknown")
    for change in (
        lambda each: store.questions.pass_on(each, ""),
        lambda each: store.votes.cast(each, MIA, "", helped=False),
        lambda each: store.questions.resolve([each], "ignored", "1"),
    ):
        touched = await log(HERE, "how do i bake bread", NOW, "unknown")
        await change(touched)
        assert not await reword(touched, "bread?", "unknown")
        assert (await store.questions.find(touched)).text == "how do i bake bread"
    assert (await store.questions.find(id_)).text == "how do i bake rye bread"


async def test_a_long_question_is_cut(store):
    """A pasted stack trace does not fill the database."""
    id_ = await store.questions.log(HERE, "x" * 2000, NOW, "unknown")
    assert len((await store.questions.find(id_)).text) == MAX_TEXT


async def test_what_is_a_miss(store):
    """Unknown, not what was asked, or suggestions of which none was taken."""
    log = store.questions.log
    await log(HERE, "answered", NOW, "answer", "a")
    await log(HERE, "unknown", NOW, "unknown")
    await log(HERE, "untaken", NOW, "suggestions")
    taken = await log(HERE, "taken", NOW, "suggestions")
    await store.questions.take(taken, "b")
    wrong = await log(HERE, "wrong", NOW, "answer", "a")
    await store.votes.cast(wrong, MIA, "a", helped=False)
    await store.questions.take(wrong, "b")
    await store.votes.cast(wrong, MIA, "b", helped=True)
    right = await log(HERE, "right", NOW, "answer", "a")
    await store.votes.cast(right, MIA, "a", helped=True)
    none = await log(HERE, "none of these", NOW, "suggestions")
    await store.votes.cast(none, MIA, "", helped=False)
    await log(0, "in private", NOW, "unknown")
    await log(ELSEWHERE, "another server", NOW, "unknown")
    found_at_once = await log(HERE, "found, and passed on", NOW, "suggestions")
    await store.questions.take(found_at_once, "b")
    await store.questions.pass_on(found_at_once, "")
    missed = [
        "found, and passed on",
        "another server",
        "in private",
        "none of these",
        "wrong",
        "untaken",
        "unknown",
    ]
    assert await misses(store) == missed
    assert await store.questions.count_misses(SOON) == 7
    (week,) = await store.usage.weeks(SOON, 1, SOON)
    assert week.misses == 7, "the figures say the same"
    assert [each.text for each in await store.questions.misses(SOON, 1)] == ["found, and passed on"]
    assert (await store.questions.find(wrong)).taken == "b", "what it should have been"


async def test_only_whoever_may_still_choose_is_waited_for(store):
    """Moderators see all other misses at once."""
    log = store.questions.log
    await log(HERE, "choosing", SOON, "suggestions")
    await log(HERE, "unknown", SOON, "unknown")
    wrong = await log(HERE, "wrong", SOON, "answer", "a")
    await store.votes.cast(wrong, MIA, "a", helped=False)
    none = await log(HERE, "none of these", SOON, "suggestions")
    await store.votes.cast(none, MIA, "", helped=False)
    passed = await log(HERE, "passed on", SOON, "suggestions")
    await store.questions.pass_on(passed, "")
    assert await misses(store) == ["passed on", "none of these", "wrong", "unknown"]
    assert await store.questions.count_misses(SOON) == 4


async def test_of_too_many_misses_those_that_were_passed_on_are_read_first(store):
    """Their members wait for the moderators."""
    passed = await store.questions.log(HERE, "passed on", NOW, "unknown")
    await store.questions.pass_on(passed, "")
    for later in ("later", "latest"):
        await store.questions.log(HERE, later, NOW, "unknown")
    assert [each.text for each in await store.questions.misses(SOON, 2)] == ["passed on", "latest"]


async def test_as_many_as_are_looked_at_are_settled_at_one_press(store):
    """Even if all of them are in one cluster."""
    first = await store.questions.log(HERE, "q", NOW, "unknown")
    ids = range(first, first + LOOKED_AT)
    assert await store.subscriptions.of_questions(ids) == []
    assert not await store.draft_misses.under_way(ids, NOW)
    await store.draft_misses.add(ids, 12)
    await store.questions.resolve(ids, "ignored", str(first))
    assert await misses(store) == []


async def test_what_members_add_is_kept_together(store):
    """A second note does not replace the first one."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    for context in ("on Windows", "", "me too"):
        assert await store.questions.pass_on(id_, context)
    assert (await store.questions.find(id_)).context == "on Windows · me too"
    long = "x" * 300
    assert [await store.questions.pass_on(id_, each) for each in (long, long, "")] == [
        "passed",
        "without note",
        "passed",
    ]
    assert (await store.questions.find(id_)).context == f"on Windows · me too · {long}"
    assert not await store.questions.pass_on(id_ + 1, "")


async def test_ignoring_can_be_taken_back(store):
    """A moderator can undo it, and a member who passes the question on reopens it."""
    first, second, third = [await store.questions.log(HERE, f"q{n}", NOW, "unknown") for n in range(3)]
    await store.questions.resolve([first, second], "ignored", str(first))
    await store.questions.resolve([third], "ignored", str(third))
    assert await misses(store) == []
    assert len(await store.questions.reopen(str(first))) == 2
    assert await store.questions.reopen(str(first)) == []
    assert await misses(store) == ["q1", "q0"]
    await store.questions.pass_on(third, "")
    assert await misses(store) == ["q2", "q1", "q0"]


async def test_what_is_answered_cannot_be_ignored_by_a_press_that_came_late(store):
    """Its subscribers are still notified."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    await store.subscriptions.subscribe(id_, MIA)
    await store.questions.resolve([id_], "answered", "3/new-entry")
    await store.questions.resolve([id_], "ignored", str(id_))
    assert len(await store.subscriptions.due()) == 1


async def test_questions_go_after_their_days_with_all_that_hangs_on_them(store):
    """Votes and subscriptions are deleted with them."""
    old = await store.questions.log(HERE, "old", NOW - 91 * DAY, "unknown")
    young = await store.questions.log(HERE, "young", NOW - 89 * DAY, "unknown")
    for id_ in (old, young):
        await store.subscriptions.subscribe(id_, MIA)
        await store.votes.cast(id_, MIA, "a", helped=False)
    assert await store.questions.purge(NOW - 90 * DAY) == 1
    assert await store.questions.purge(NOW - 90 * DAY) == 0
    assert await store.questions.find(old) is None
    assert "old" not in await everything(store)
    assert [each.question for each in await store.subscriptions.of_questions([old, young])] == [young]
    assert await store.questions.log(HERE, "new", NOW, "unknown") > young, "no id is given twice"


async def test_a_member_is_forgotten_whole_and_alone(store):
    """Nothing can be traced to them any more; the texts stay, as nobody knows whose they are."""
    ids = [await store.questions.log(HERE, f"q{n}", NOW, "unknown") for n in range(4)]
    for learner in (MIA, TOM):
        await store.subscriptions.subscribe(ids[0], learner)
        await store.votes.cast(ids[0], learner, "a", helped=True)
        await store.votes.cast(ids[1], learner, "a", helped=True)
        await store.subscriptions.subscribe(ids[2], learner)
    assert (await store.forget(MIA)).questions == 3
    assert str(MIA) not in await everything(store)
    assert (await store.forget(MIA)).questions == 0
    assert len(await store.subscriptions.of_questions(ids)) == 2
    assert (await store.forget(TOM)).questions == 3
    assert len(await store.questions.recent_texts()) == 4


async def test_recent_texts_are_the_last_ones_as_often_as_they_were_asked(store):
    """The impact of an edit is measured with what members really ask."""
    for said in ("a", "b", "a", "c", "b"):
        await store.questions.log(HERE, said, NOW, "unknown")
    assert await store.questions.recent_texts() == ["b", "c", "a", "b", "a"]
    assert await store.questions.recent_texts(2) == ["b", "c"]


async def test_what_was_wrong_is_not_what_was_meant(store):
    """Moderators do not see an answer proposed that a member said was wrong."""
    first, second, third = [await store.questions.log(HERE, f"q{n}", NOW, "unknown") for n in range(3)]
    wrong = await store.questions.log(HERE, "q", NOW, "answer", "a")
    await store.questions.found([first, second, wrong], "a")
    await store.questions.found([third], "b")
    await store.questions.unfound([first, third], "a")
    found = [(await store.questions.find(each)).found for each in (first, second, third, wrong)]
    assert found == ["", "a", "b", ""]


@pytest.mark.parametrize("said", ["'; DROP TABLE questions; --", "\\", "🐍" * 500, "\u202e"])
async def test_any_text_can_be_kept(store, said):
    """Every text is stored exactly, whatever it contains."""
    id_ = await store.questions.log(HERE, said, NOW, "unknown")
    assert (await store.questions.find(id_)).text == said
