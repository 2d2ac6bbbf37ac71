"""Measures the time and memory of `/lessons misses`: python -m tests.benchmarks.misses [QUESTIONS]"""

from __future__ import annotations

import asyncio
import sys
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from bot.asking.misses import ClusterCache
from bot.store.question_log import MAX_TEXT
from bot.store.store import Store
from bot.store.tables import questions
from tests.benchmarks.table import table

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LOOKS = 5


def texts(number: int, longest: int) -> list[str]:
    """Made-up questions of 1 to `longest` words, in which some words are frequent and others rare."""
    random = Random(longest)
    words = ["".join(random.choices("etaoinshrdlucmfwyp", k=random.randint(3, 11))) for _ in range(6000)]
    often = [1 / (n + 3) for n in range(len(words))]
    return [" ".join(random.choices(words, often, k=random.randint(1, longest)))[:MAX_TEXT] for _ in range(number)]


async def measure(number: int, longest: int, folder: Path) -> list[str]:
    """Processor milliseconds for one call, six at once, and one without a change; and the peak memory."""
    store = await Store.open(f"sqlite:///{folder / str(longest)}.sqlite3")
    row = {"server": 1, "context": "", "reply": "unknown", "passed": False}
    row |= dict.fromkeys(("entry", "outcome", "taken", "found", "resolved", "resolved_by"), "")
    asked = texts(number, longest)
    rows = [{**row, "text": text, "asked_at": NOW - timedelta(seconds=n)} for n, text in enumerate(asked)]
    async with store._database.writing.begin() as connection:
        for begin in range(0, number, 1000):
            await connection.execute(questions.insert(), rows[begin : begin + 1000])
    del rows
    took: list[float] = []
    six: list[float] = []
    for _ in range(LOOKS):
        for times, looks in ((took, 1), (six, 6)):
            await store.questions.log(1, "one more", NOW, "unknown")
            start = process_time()
            await asyncio.gather(
                *(missed.now(NOW, {}) for missed in [ClusterCache(store.questions, store.meanings)] * looks)
            )
            times.append(1000 * (process_time() - start))
    missed = ClusterCache(store.questions, store.meanings)
    found = await missed.now(NOW, {})
    start = process_time()
    await missed.now(NOW, {})
    again = 1000 * (process_time() - start)
    tracemalloc.start()
    await ClusterCache(store.questions, store.meanings).now(NOW, {})
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    start = process_time()
    await store.usage.weeks(NOW)
    stats = 1000 * (process_time() - start)
    await store.close()
    figures = (*(f"{each:.0f}" for each in (min(took), min(six))), f"{again:.2f}", f"{stats:.0f}")
    return [f"{number:,}", str(longest), str(len(found.clusters)), *figures, f"{peak:.0f}"]


async def main(number: int) -> None:
    heads = ("kept", "words", "clusters", "one look ms", "six ms", "again ms", "stats ms", "MiB at most")
    with TemporaryDirectory() as folder:
        print(table(heads, [await measure(number, longest, Path(folder)) for longest in (8, 90)]))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
