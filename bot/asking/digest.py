"""The weekly digest: what was asked in the last seven days, and what moderators did for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.asking.clusters import Cluster
from bot.asking.misses import CHOOSING, Misses
from bot.dialogue.reply import Question
from bot.lessons.lesson import is_old
from bot.store.store import Store
from bot.store.usage import WEEK, Week
from bot.tutor import Tutor

TOP = 5
READ = 500  # revisions of a week
CHANGES = {"add", "edit", "merge", "scenario", "outside", "move"}


@dataclass(frozen=True)
class Digest:
    """`top` are the open misses that were asked most, of `open` in all. `to_review` were reviewed a year ago.

    `proposals` is how many are not decided. `improved` are entries and scenarios that were changed, and `helped`
    is how many questions they answered since.
    """

    week: Week
    top: tuple[Cluster, ...]
    open: int
    proposals: int
    to_review: tuple[Question, ...]
    improved: tuple[Question, ...]
    helped: int


async def digest(tutor: Tutor, store: Store, misses: Misses, now: datetime) -> Digest:
    """The digest of the seven days before `now`."""
    (week,) = await store.usage.weeks(now, 1, now - CHOOSING)
    found = (await misses.find()).clusters
    lessons = tutor.snapshot.lessons
    old = [each.id for each in lessons.entries.values() if each.reviewed and is_old(each.reviewed, now.date())]
    changed: dict[str, datetime] = {}
    for each in await store.revisions.published(limit=READ):
        is_change = each.at > now - WEEK and each.kind in CHANGES and each.item_id in lessons.items
        if is_change and not await store.revisions.is_undone(each.id):
            changed[each.item_id] = each.at  # the first change comes last
    return Digest(
        week,
        tuple(found[:TOP]),
        len(found),
        len(await store.proposals.open()),
        tutor.questions(old),
        _titled(tutor, changed),
        await store.usage.helped_since(changed),
    )


def _titled(tutor: Tutor, changed: dict[str, datetime]) -> tuple[Question, ...]:
    titles = {each.id: each for each in tutor.questions(changed)}
    scenarios = {each.id: Question(each.id, each.title) for each in tutor.scenarios}
    return tuple(found for id_ in changed if (found := titles.get(id_) or scenarios.get(id_)))
