"""Compares the speed of our index and others with 100 to 1,000,000 entries: `python -m tests.benchmarks.speed`.

Each measurement has its own process, so that the memory of others is not counted. `--largest N` is the largest
number of entries, `--patience S` ends a measurement after so many seconds, `--plot FILE.png` draws a chart.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from tests.benchmarks.peers import JUDGED, Ours, peers
from tests.benchmarks.question_sets import question_sets
from tests.benchmarks.recombined import Recombined
from tests.benchmarks.table import table

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
# The largest sizes for scorers that look at every entry: with a million, a question would take seconds.
LARGEST = {"token_set_ratio": 100_000}
LEFT_OUT = (*JUDGED, "ours, model", "WRatio", "MiniLM")  # in the table of quality only
OURS = "ours, table"
QUESTIONS = 500
SECONDS = 20  # the longest time for asking, so that slow ones are asked fewer questions
ENOUGH = 50  # the fewest questions for a figure of accuracy


@dataclass(frozen=True)
class Speed:
    """The measurement of one way to search at one size."""

    name: str
    entries: int
    build_seconds: float
    resident: float  # bytes of memory for each entry
    numbers: float  # bytes in arrays for each entry; ours only
    p50: float  # microseconds
    p99: float
    asked: int
    accuracy: float  # the share of questions that find the entry they were made from


def measure(name: str, size: int) -> Speed:
    """Measure in this process."""
    library = Recombined(list(question_sets()))
    entries = list(library.entries(size))
    questions = library.questions(entries, QUESTIONS)
    # Imports and tables that are loaded once must not be counted as memory of entries.
    warm = peers()[name]()
    warm.build(entries[:50])
    warm.rank(questions[0].text)
    del warm
    peer = peers()[name]()
    before = _resident()
    begin = time.perf_counter()
    peer.build(entries)
    build = time.perf_counter() - begin
    resident = _resident() - before
    for asked in questions[:20]:
        peer.rank(asked.text)
    times, right = [], []
    end = time.perf_counter() + SECONDS
    for asked in questions:
        begin = time.perf_counter()
        ranking = peer.rank(asked.text)
        times.append((time.perf_counter() - begin) * 1e6)
        right.append(bool(ranking) and ranking[0][0] in asked.expect)
        if time.perf_counter() > end:
            break
    numbers = peer.index.nbytes / size if isinstance(peer, Ours) else 0.0
    p50, p99 = np.percentile(times, [50, 99]).tolist()
    return Speed(name, size, build, max(resident, 0) / size, numbers, p50, p99, len(right), float(np.mean(right)))


def in_a_process(name: str, size: int, patience: float) -> Speed | None:
    """Measure in a new process; None if it took too long."""
    command = [sys.executable, "-m", "tests.benchmarks.speed", "--one", name, "--largest", str(size)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=patience, check=True)
    except subprocess.TimeoutExpired:
        return None
    return Speed(**json.loads(done.stdout.splitlines()[-1]))


def _resident() -> int:
    """Bytes of memory in use, after freed memory was returned to the system. Linux only."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def _row(one: Speed, ours: Speed | None, scan: Speed | None) -> tuple[str, ...]:
    is_ours = one is ours
    return (
        f"{one.entries:,}",
        one.name,
        f"{one.build_seconds:.2f}",
        f"{one.resident:,.0f}",
        f"{one.numbers:,.0f}" if is_ours else "",
        f"{one.p50:,.0f}",
        f"{one.p99:,.0f}",
        f"{one.accuracy:.2f}" if one.asked >= ENOUGH else "",
        f"{scan.p50 / one.p50:.1f}" if scan and is_ours else "",
    )


HEAD = (
    "entries",
    "",
    "build s",
    "resident bytes an entry",
    "of it in arrays",
    "p50 µs",
    "p99 µs",
    "right",
    "token_set_ratio / ours",
)


def plot(found: list[Speed], file: Path) -> None:
    """Draw p50 over the size, on logarithmic axes."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 5), layout="constrained")
    for name in dict.fromkeys(one.name for one in found):
        its = [one for one in found if one.name == name]
        axes.loglog(
            [one.entries for one in its],
            [one.p50 / 1000 for one in its],
            marker="o",
            linewidth=3 if name == OURS else 1.5,
            label=name,
        )
    axes.set(xlabel="entries", ylabel="median ms a question", title="How long a question takes")
    axes.grid(which="major", alpha=0.3)
    axes.legend()
    figure.savefig(file, dpi=120)


def main() -> None:
    parser = argparse.ArgumentParser(description="Latency, build time and memory over size.")
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument("--patience", type=float, default=900)
    parser.add_argument("--plot", type=Path, metavar="FILE.png")
    parser.add_argument("--only", nargs="*", help="names of the table; else all")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(asdict(measure(asked.one, asked.largest))))
        return
    names = [name for name in asked.only or peers() if name not in LEFT_OUT]
    found: list[Speed] = []
    for size in (size for size in SIZES if size <= asked.largest):
        here: dict[str, Speed] = {}
        for name in names:
            if size > LARGEST.get(name, size):
                continue
            if one := in_a_process(name, size, asked.patience):
                here[name] = one
            print(f"  {size:,} {name}: {one or 'given up'}", file=sys.stderr)
        found += here.values()
    by_size = {(one.entries, one.name): one for one in found}
    print(
        table(
            HEAD,
            [
                _row(one, by_size.get((one.entries, OURS)), by_size.get((one.entries, "token_set_ratio")))
                for one in found
            ],
        )
    )
    if asked.plot:
        plot(found, asked.plot)


if __name__ == "__main__":
    main()
