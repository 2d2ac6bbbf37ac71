"""How the lessons are used, on both databases."""

from __future__ import annotations

from tests.support.moments import DAY, MIA, NOW
from tests.support.stored import HERE


async def test_figures_by_week(store):
    """Over all members; weeks without a question are included."""
    log = store.questions.log
    for n in range(3):
        await log(HERE, "q", NOW - 8 * DAY, "answer", "popular")
        id_ = await log(HERE, "q", NOW - DAY, "suggestions")
        if n:
            await store.questions.take(id_, "taken")
    await log(HERE, "q", NOW - DAY, "unknown")
    weeks = await store.usage.weeks(NOW, 3)
    assert [week.begins for week in weeks] == [NOW - 21 * DAY, NOW - 14 * DAY, NOW - 7 * DAY]
    figures = [(week.asked, week.answered, week.suggested, week.taken, week.misses) for week in weeks]
    assert figures == [(0, 0, 0, 0, 0), (3, 3, 0, 0, 0), (4, 0, 3, 2, 2)]
    assert await store.usage.most_asked(NOW - 21 * DAY) == [("popular", 3), ("taken", 2)]
    assert await store.usage.most_asked(NOW - 2 * DAY, 1) == [("taken", 2)]


async def test_a_question_between_two_weeks_is_counted_once(store):
    """Not in both of them, and not in none."""
    for week in (0, 7, 14):
        await store.questions.log(HERE, "q", NOW - week * DAY, "unknown")
    assert [week.asked for week in await store.usage.weeks(NOW, 2)] == [1, 1]


async def test_what_an_improved_entry_or_scenario_answered_since(store):
    """A scenario answers with its steps; what only begins with the same id is another one."""
    changed = {"venv": NOW - 2 * DAY, "two-versions": NOW - 2 * DAY}
    for passage in ("venv", "two-versions", "two-versions.story", "venv-again", "two-versions-more.story"):
        for at in (NOW - 3 * DAY, NOW - DAY):
            await store.questions.log(HERE, "q", at, "answer", passage)
    assert await store.usage.helped_since(changed) == 3
    wrong = await store.questions.log(HERE, "q", NOW, "answer", "two-versions.story")
    await store.votes.cast(wrong, MIA, "two-versions.story", helped=False)
    assert await store.usage.helped_since(changed) == 3
