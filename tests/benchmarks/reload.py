"""Measures how long an answer waits while edited lessons are read and indexed.

python -m tests.benchmarks.reload [--entries 10000] [--files 20]
"""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bot.discord_ui.service import let_answers_pass
from bot.lessons.lesson import Entry
from bot.lessons.library import Library
from bot.lessons.yaml_text import item_to_yaml
from bot.tutor import Tutor

SAVES = 8
PAUSE = 0.002  # seconds between two questions


def write(folder: Path, entries: int, files: int) -> None:
    """Write a library of so many different entries."""
    words = [
        f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("ling", "mar", "net", "pod", "tun", "vex")
    ]
    chance = np.random.default_rng(1)
    for n in range(files):
        text = f"lesson: Lesson {n}\nentries:\n"
        for m in range(entries // files):
            said = " ".join(chance.choice(words, 30))
            entry = Entry(
                id=f"e-{n}-{m}",
                question=f"What is {said[:60]} {n} {m}?",
                phrasings=(said[60:110],),
                answer=f"{said}.",
            )
            text += item_to_yaml(entry, 2)
        (folder / f"lesson-{n}.yaml").write_text(text, encoding="utf-8")


async def measure(folder: Path) -> tuple[list[float], list[float], list[float]]:
    """Seconds for answers while nothing else happens, for answers while lessons are read, and for reading."""
    library = Library.open(folder)
    tutor = Tutor(library)
    let_answers_pass()
    quiet: list[float] = []
    busy: list[float] = []
    reads: list[float] = []

    async def ask(times: list[float]) -> None:
        begin = time.perf_counter()
        await asyncio.sleep(PAUSE)
        tutor.answer("what is a baling mar of the dening pod")
        times.append(time.perf_counter() - begin - PAUSE)

    for _ in range(300):
        await ask(quiet)
    file = folder / "lesson-0.yaml"
    for n in range(SAVES):
        whole = file.read_text(encoding="utf-8")
        file.write_text(whole.replace("lesson: Lesson 0", f"lesson: Lesson 0{n}", 1), encoding="utf-8")
        begin = time.perf_counter()
        reading = asyncio.create_task(asyncio.to_thread(library.reload))
        while not reading.done():
            await ask(busy)
        reads.append(time.perf_counter() - begin)
    return quiet, busy, reads


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=20)
    chosen = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write(folder, chosen.entries, chosen.files)
        quiet, busy, reads = asyncio.run(measure(folder))
    for name, times in (("alone", quiet), ("while lessons are read", busy)):
        p50, p99 = np.percentile(times, [50, 99]) * 1000
        print(
            f"{name}: {len(times)} answers, p50 {p50:.1f} ms, p99 {p99:.1f} ms, longest {max(times) * 1000:.1f} ms"
        )
    print(f"read and indexed in {min(reads):.2f} to {max(reads):.2f} s")


if __name__ == "__main__":
    main()
