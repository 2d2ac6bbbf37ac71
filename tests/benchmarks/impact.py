"""Measures the impact check with a thousand entries: `python -m tests.benchmarks.impact`.

The library is made by `recombined`, with about four thousand questions and phrasings; a thousand members'
questions are replayed, too. It also measures how long a moderator waits for the whole review, with all entries in
one file, and how long the event loop is blocked meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.curating.curating import Curating
from bot.curating.impact import Impact, ReplyCache, impact
from bot.dialogue.snapshot import Snapshot
from bot.discord_ui.service import let_answers_pass
from bot.lessons.document import read_document
from bot.lessons.lesson import Entry, Lesson
from bot.lessons.library import Lessons, Library
from bot.lessons.yaml_text import to_yaml
from bot.store.store import Store
from bot.tutor import Tutor
from tests.benchmarks.question_sets import question_sets
from tests.benchmarks.recombined import Recombined
from tests.benchmarks.table import table

PHRASINGS = 4  # for each entry, at most: about four thousand questions with a thousand entries
REAL = 1_000
RUNS = 7


def texts(size: int, files: int) -> tuple[list[str], list[str]]:
    """The texts of lesson files with so many entries in all, and members' questions about them."""
    made = Recombined(list(question_sets()))
    rows = list(made.entries(size))
    # Questions of other members about the same entries become phrasings.
    more: dict[str, list[str]] = {}
    for asked in made.questions(rows, size * PHRASINGS + REAL):
        more.setdefault(next(iter(asked.expect)), []).append(asked.text)
    real = [each for several in more.values() for each in several[PHRASINGS:]][:REAL]
    entries = [
        Entry(
            id=row.id,
            question=row.question[:200],
            phrasings=tuple(dict.fromkeys(each[:200] for each in (*row.phrasings, *more.get(row.id, ()))))[
                :PHRASINGS
            ],
            answer=row.answer[:8000].strip() or row.question,
        )
        for row in rows
    ]
    parts = [entries[n::files] for n in range(files)]
    return [to_yaml(Lesson(lesson=f"Item {n}", entries=tuple(part))) for n, part in enumerate(parts)], real


def edited(lessons: Lessons) -> Lessons:
    """The lessons with an entry that has two more phrasings and another answer."""
    first, *others = lessons.documents
    entry, *rest = first.lesson.entries
    other = rest[-1]
    changed = entry.model_copy(
        update={"phrasings": (*entry.phrasings, f"{other.question} again", "how on earth"), "answer": other.answer}
    )
    lesson = first.lesson.model_copy(update={"entries": (changed, *rest)})
    return Lessons((replace(first, lesson=lesson), *others))


async def lateness(stop: asyncio.Event) -> float:
    """The longest time in seconds that the event loop was blocked, until `stop` is set."""
    worst = 0.0
    while not stop.is_set():
        begin = time.perf_counter()
        await asyncio.sleep(0.001)
        worst = max(worst, time.perf_counter() - begin - 0.001)
    return worst


async def whole(files: list[str], real: list[str]) -> tuple[float, float, float, float]:
    """Seconds for a save, for a review, for a second review, and the longest time that the loop was blocked."""
    with tempfile.TemporaryDirectory() as folder:
        for n, text in enumerate(files):
            (Path(folder) / f"part-{n}.yaml").write_text(text, encoding="utf-8")
        library = Library.open(Path(folder))
        store = await Store.open(f"sqlite:///{folder}/memory.sqlite3")
        curator = Curating(Tutor(library), library, store, lambda: datetime.now(UTC))
        await curator.reconcile()
        let_answers_pass()  # as `lessonbot run` does
        draft = await curator.drafts.begin("edit", 1, 1, item_id=next(iter(library.lessons.entries)))
        stop = asyncio.Event()
        late = asyncio.create_task(lateness(stop))
        begin = time.perf_counter()
        draft = await curator.drafts.save(draft.id, {"answer": "Something else."})
        saved = time.perf_counter()
        await curator.review(draft.id, real)
        seen = time.perf_counter()
        await curator.review(draft.id, real)
        end = time.perf_counter()
        stop.set()
        worst = await late
        await store.close()
    return saved - begin, seen - saved, end - seen, worst


def replay(known: Snapshot, after: Lessons, real: list[str]) -> tuple[list[float], Impact]:
    """How many seconds each of several checks takes, and what they find."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        found = impact(ReplyCache(known), after, real)
        times.append(time.perf_counter() - begin)
    return times, found


def main() -> None:
    parser = argparse.ArgumentParser(description="How long the impact check takes.")
    parser.add_argument("--entries", type=int, default=1_000)
    parser.add_argument("--files", type=int, default=20)
    asked = parser.parse_args()
    files, real = texts(asked.entries, asked.files)
    lessons = Lessons(tuple(read_document(f"part-{n}.yaml", text.encode()) for n, text in enumerate(files)))
    known, after = Snapshot.of(lessons), edited(lessons)
    let_answers_pass()
    begin = time.perf_counter()
    Snapshot.of(after)
    build = time.perf_counter() - begin
    times, found = replay(known, after, real)
    median = statistics.median(times)
    save, preview, again, late = asyncio.run(whole(files, real))
    print(
        table(
            (
                "entries",
                "files",
                "questions",
                "changes",
                "impact s",
                "best",
                "worst",
                "of it index",
                "µs a reply",
                "save s",
                "preview s",
                "again s",
                "loop late ms",
            ),
            [
                (
                    f"{asked.entries:,}",
                    str(asked.files),
                    f"{found.replayed:,}",
                    str(len(found.shifts)),
                    f"{median:.2f}",
                    f"{min(times):.2f}",
                    f"{max(times):.2f}",
                    f"{build:.2f}",
                    f"{(median - build) / 2 / found.replayed * 1e6:.0f}",
                    f"{save:.2f}",
                    f"{preview:.2f}",
                    f"{again:.2f}",
                    f"{late * 1000:.0f}",
                )
            ],
        )
    )
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
