"""How the lessons are used, on both databases."""

from __future__ import annotations

from tests.support.moments import DAY, NOW
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
