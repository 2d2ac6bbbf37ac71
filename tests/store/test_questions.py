"""What members asked, on both databases: kept without who asked it, for as long as that is wanted."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import MetaData, text

from bot.store.questions import MAX_TEXT, Waiting
from bot.store.store import Store
from tests.store.moments import DAY, MIA, NOW, TOM

HERE, ELSEWHERE = 2**62, 7
SOON = NOW + timedelta(minutes=11)


async def everything(store: Store) -> str:
    """All that the database holds, as text."""
    metadata = MetaData()
    async with store._database.reading.connect() as connection:
        await connection.run_sync(metadata.reflect)
        rows = [list(await connection.execute(table.select())) for table in metadata.sorted_tables]
    return repr(rows)


async def misses(store: Store, server: int = HERE) -> list[str]:
    return [each.text for each in await store.questions.misses(server, SOON)]


async def test_a_question_is_kept_without_who_asked(store):
    """Its text, its reply, its time and nothing else."""
    id_ = await store.questions.log(HERE, "what is a venv", NOW, "answer", "what-is-a-venv")
    kept = await store.questions.find(id_)
    assert (kept.server, kept.text, kept.asked_at, kept.reply, kept.entry) == (
        HERE,
        "what is a venv",
        NOW,
        "answer",
        "what-is-a-venv",
    )
    assert (kept.outcome, kept.taken, kept.found, kept.passed, kept.settled) == ("", "", "", False, "")
    assert await store.questions.find(id_ + 1) is None


async def test_a_long_question_is_cut(store):
    """A pasted stack trace does not fill the database."""
    id_ = await store.questions.log(HERE, "x" * 2000, NOW, "unknown")
    assert len((await store.questions.find(id_)).text) == MAX_TEXT


async def test_votes_count_once_a_member_and_the_latest_counts(store):
    """Nobody stuffs the box, and everybody may change their mind."""
    id_ = await store.questions.log(HERE, "q", NOW, "answer", "a")
    for helped in (True, True, False, True):
        assert await store.questions.vote(id_, MIA, "a", helped=helped)
    assert (await store.questions.find(id_)).outcome == "helped"
    await store.questions.vote(id_, TOM, "a", helped=False)
    assert (await store.questions.find(id_)).outcome == "not", "in doubt, a moderator has a look"
    await store.questions.vote(id_, TOM + 1, "a", helped=True)
    assert (await store.questions.find(id_)).outcome == "helped"
    (week,) = await store.questions.weeks(SOON, 1)
    assert (week.helped, week.not_helped) == (2, 1)


async def test_a_vote_on_a_question_that_is_gone_is_not_kept(store):
    """A button of long ago."""
    assert not await store.questions.vote(99, MIA, "a", helped=True)


async def test_votes_at_once_are_all_counted(store):
    """A whole class presses in the same second."""
    id_ = await store.questions.log(HERE, "q", NOW, "answer", "a")
    await asyncio.gather(*(store.questions.vote(id_, MIA - n, "a", helped=n % 3 == 0) for n in range(30)))
    assert (await store.questions.find(id_)).outcome == "not"
    (week,) = await store.questions.weeks(SOON, 1)
    assert (week.helped, week.not_helped) == (10, 20)


async def test_no_vote_says_whose_it_is(store, url):
    """The mark needs a key that is not in the database, and differs from question to question."""
    first = await store.questions.log(HERE, "q", NOW, "answer", "a")
    second = await store.questions.log(HERE, "q", NOW, "answer", "a")
    for id_ in (first, second):
        await store.questions.vote(id_, MIA, "a", helped=True)
    held = await everything(store)
    assert str(MIA) not in held
    other = await Store.open(url)
    other.questions.use_key(b"another")
    assert await other.questions.forget(MIA) == 0, "without the key nobody finds them"
    await other.close()
    async with store._database.reading.connect() as connection:
        marks = (await connection.execute(text("SELECT voter FROM votes"))).scalars().all()
    assert len(set(marks)) == 2


async def test_what_is_a_miss(store):
    """Unknown, not what was asked, or suggestions of which none was taken."""
    log = store.questions.log
    await log(HERE, "answered", NOW, "answer", "a")
    await log(HERE, "unknown", NOW, "unknown")
    await log(HERE, "untaken", NOW, "suggestions")
    taken = await log(HERE, "taken", NOW, "suggestions")
    await store.questions.take(taken, "b")
    wrong = await log(HERE, "wrong", NOW, "answer", "a")
    await store.questions.vote(wrong, MIA, "a", helped=False)
    await store.questions.take(wrong, "b")
    await store.questions.vote(wrong, MIA, "b", helped=True)
    right = await log(HERE, "right", NOW, "answer", "a")
    await store.questions.vote(right, MIA, "a", helped=True)
    none = await log(HERE, "none of these", NOW, "suggestions")
    await store.questions.vote(none, MIA, "", helped=False)
    await log(0, "in private", NOW, "unknown")
    await log(ELSEWHERE, "another server", NOW, "unknown")
    await log(HERE, "just now", SOON, "unknown")
    passed = await log(HERE, "passed on", SOON, "unknown")
    await store.questions.pass_on(passed, "")

    assert await misses(store) == ["passed on", "in private", "none of these", "wrong", "untaken", "unknown"]
    assert (await store.questions.find(wrong)).taken == "b", "what it should have been"


async def test_what_members_add_is_kept_together(store):
    """A passer-by cannot take out what the first one said."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    for context in ("on Windows", "", "me too"):
        assert await store.questions.pass_on(id_, context)
    assert (await store.questions.find(id_)).context == "on Windows · me too"
    for _ in range(5):
        await store.questions.pass_on(id_, "x" * 300)
    assert len((await store.questions.find(id_)).context) == MAX_TEXT
    assert not await store.questions.pass_on(id_ + 1, "")


async def test_ignoring_can_be_taken_back(store):
    """A slip of a finger loses nothing; neither does another member who asks for it."""
    first, second, third = [await store.questions.log(HERE, f"q{n}", NOW, "unknown") for n in range(3)]
    await store.questions.settle([first, second], "ignored", str(first))
    await store.questions.settle([third], "ignored", str(third))
    assert await misses(store) == []
    assert await store.questions.reopen(str(first)) == 2
    assert await store.questions.reopen(str(first)) == 0
    assert await misses(store) == ["q1", "q0"]
    await store.questions.pass_on(third, "")
    assert await misses(store) == ["q2", "q1", "q0"]


async def test_a_published_draft_settles_what_it_was_begun_for(store):
    """And nothing else; who then says that it does not help opens it again."""
    first, second, other = [await store.questions.log(HERE, f"q{n}", NOW, "unknown") for n in range(3)]
    await store.questions.draft([first, second], 12)
    await store.questions.draft([other], 1)
    assert await misses(store) == ["q2", "q1", "q0"], "a draft is no answer yet"
    assert await store.questions.answer(12, "5/new-entry") == [first, second]
    assert await store.questions.answer(12, "5/new-entry") == []
    assert await misses(store) == ["q2"]
    await store.questions.vote(first, MIA, "new-entry", helped=False)
    assert await misses(store) == ["q2", "q0"]


async def test_who_wants_to_be_told_is_known_until_then(store):
    """Opted in, told once, forgotten."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    assert await store.questions.want(id_, MIA)
    assert await store.questions.want(id_, MIA), "twice is once"
    assert await store.questions.want(id_, TOM)
    assert await store.questions.unwant(id_, TOM)
    assert not await store.questions.unwant(id_, TOM)
    assert str(TOM) not in await everything(store)
    assert await store.questions.waiting([id_]) == [Waiting(id_, MIA, "")]
    assert await store.questions.untold() == []
    await store.questions.settle([id_], "answered", "3/new-entry")
    assert await store.questions.untold() == [Waiting(id_, MIA, "new-entry")]
    assert not await store.questions.want(id_, TOM), "there is an answer"
    await store.questions.told([id_], MIA)
    assert str(MIA) not in await everything(store)
    assert not await store.questions.want(id_ + 1, MIA), "no such question"


async def test_only_one_process_tells(store, url):
    """However many try."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    await store.questions.want(id_, MIA)
    other = await Store.open(url)
    claims = await asyncio.gather(*(each.questions.claim(id_, MIA) for each in [store, other] * 5))
    await other.close()
    assert sorted(claims) == [False] * 9 + [True]
    assert await store.questions.waiting([id_]) == []
    assert await store.questions.unfinished() == [Waiting(id_, MIA, "")]
    await store.questions.release(id_, MIA)
    assert await store.questions.waiting([id_]) == [Waiting(id_, MIA, "")]


async def test_questions_go_after_their_days_with_all_that_hangs_on_them(store):
    """Nothing is kept longer than was said."""
    old = await store.questions.log(HERE, "old", NOW - 91 * DAY, "unknown")
    young = await store.questions.log(HERE, "young", NOW - 89 * DAY, "unknown")
    for id_ in (old, young):
        await store.questions.want(id_, MIA)
        await store.questions.vote(id_, MIA, "a", helped=False)
    assert await store.questions.purge(NOW - 90 * DAY) == 1
    assert await store.questions.purge(NOW - 90 * DAY) == 0
    assert await store.questions.find(old) is None
    assert "old" not in await everything(store)
    assert [each.question for each in await store.questions.waiting([old, young])] == [young]
    assert await store.questions.log(HERE, "new", NOW, "unknown") > young, "no id is given twice"


async def test_a_member_is_forgotten_whole_and_alone(store):
    """Nothing leads to them any more; the texts, which nobody can tell apart, stay."""
    ids = [await store.questions.log(HERE, f"q{n}", NOW, "unknown") for n in range(4)]
    for learner in (MIA, TOM):
        await store.questions.want(ids[0], learner)
        await store.questions.vote(ids[0], learner, "a", helped=True)
        await store.questions.vote(ids[1], learner, "a", helped=True)
        await store.questions.want(ids[2], learner)
    assert await store.questions.forget(MIA) == 3
    assert str(MIA) not in await everything(store)
    assert await store.questions.forget(MIA) == 0
    assert len(await store.questions.waiting(ids)) == 2
    assert await store.questions.forget(TOM) == 3
    assert len(await store.questions.recent_texts()) == 4


async def test_recent_texts_are_the_last_ones_each_once(store):
    """What an edit is tried against is what members really ask."""
    for said in ("a", "b", "a", "c", "b"):
        await store.questions.log(HERE, said, NOW, "unknown")
    assert await store.questions.recent_texts() == ["b", "c", "a"]
    assert await store.questions.recent_texts(2) == ["b", "c"]


async def test_figures_by_week(store):
    """Of all members together; a week without a question is there, too."""
    log = store.questions.log
    for n in range(3):
        await log(HERE, "q", NOW - 8 * DAY, "answer", "popular")
        id_ = await log(HERE, "q", NOW - DAY, "suggestions")
        if n:
            await store.questions.take(id_, "taken")
    await log(HERE, "q", NOW - DAY, "unknown")
    weeks = await store.questions.weeks(NOW, 3)
    assert [week.begins for week in weeks] == [NOW - 21 * DAY, NOW - 14 * DAY, NOW - 7 * DAY]
    figures = [(week.asked, week.answered, week.suggested, week.taken, week.misses) for week in weeks]
    assert figures == [(0, 0, 0, 0, 0), (3, 3, 0, 0, 0), (4, 0, 3, 2, 2)]
    assert await store.questions.most_asked(NOW - 21 * DAY) == [("popular", 3), ("taken", 2)]
    assert await store.questions.most_asked(NOW - 2 * DAY, 1) == [("taken", 2)]


@pytest.mark.parametrize("said", ["'; DROP TABLE questions; --", "\\", "🐍" * 500, "\u202e"])
async def test_any_text_can_be_kept(store, said):
    """A question is data."""
    id_ = await store.questions.log(HERE, said, NOW, "unknown")
    assert (await store.questions.find(id_)).text == said
