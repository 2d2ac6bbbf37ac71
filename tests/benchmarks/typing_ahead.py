"""Compares autocomplete of `/ask` with a search through all entries: `python -m tests.benchmarks.typing_ahead`.

Quality on the six sets: the place of the entry among the 25 choices for a part of its question, of a phrasing or
of a member's question, with or without a typo. Then speed and memory by size, in milliseconds of processor time,
as the machine may have other work.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np

from bot.dialogue.passages import Passage, shown
from bot.dialogue.snapshot import MAX_CHOICES, MAX_POSTINGS, Snapshot
from bot.lessons.lesson import Entry
from bot.lessons.library import Lessons
from bot.search.completion import Completion, Titled
from bot.search.index import Index
from bot.search.meaning.table import TableSource
from tests.benchmarks.question_sets import QuestionSet, Row, question_sets
from tests.benchmarks.recombined import Recombined
from tests.benchmarks.table import table

KEYS = 1_000  # the inputs at each size
WALKED = 100  # the inputs for the search through all entries; more would take an hour
TIMES = 5
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 3  # the fewest typed letters
Complete = Callable[[Snapshot, str], list[str]]
# The typed text, and the ids of the right entries.
Typed = tuple[str, frozenset[str]]


def ours(now: Snapshot, typed: str) -> list[str]:
    return list(islice(now.complete(typed), MAX_CHOICES))


def walk(now: Snapshot, typed: str) -> list[str]:
    """Search through all questions and phrasings, the ranked ones first."""
    half = typed.casefold()
    ranked = [now.passages[match.id] for match in now.index.rank(typed, MAX_CHOICES)]
    held = [each for each in (*ranked, *now.passages.values()) if half in shown(each).casefold()]
    held.sort(key=lambda each: not _begins_a_word(half, shown(each).casefold()))
    led = [
        each for each in now.passages.values() if any(half in phrasing.casefold() for phrasing in each.phrasings)
    ]
    return list({each.id: None for each in (*held, *ranked, *led)})[:MAX_CHOICES]


def ranked(now: Snapshot, typed: str) -> list[str]:
    """The slowest part of ours."""
    return [match.id for match in now.index.rank(typed, MAX_CHOICES, most=MAX_POSTINGS)]


def _begins_a_word(half: str, text: str) -> bool:
    at = text.find(half)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(half, at + 1)
    return at >= 0


COMPLETES: dict[str, Complete] = {"ours": ours, "a walk": walk}


def snapshot_of(rows: Sequence[Row]) -> Snapshot:
    passages: dict[str, Passage] = {
        row.id: Entry.model_construct(id=row.id, question=row.question, phrasings=row.phrasings, answer=row.answer)
        for row in rows
    }
    return Snapshot(Lessons(()), passages, Index(rows, {}, (TableSource(),)), completion_of(rows))


def completion_of(rows: Sequence[Row]) -> Completion:
    return Completion(Titled(row.id, (row.question,), row.phrasings) for row in rows)


def parts(texts: Sequence[Typed], chance: random.Random) -> Iterator[Typed]:
    """The beginning of each text, of random length."""
    for text, right in texts:
        if len(text) >= SHORTEST:
            yield text[: chance.randint(SHORTEST, len(text))].strip(), right


def with_slip(text: str, chance: random.Random) -> str:
    """The text with a typo: one letter, not the first, is removed, swapped with the next, or replaced."""
    able = [n for n in range(1, len(text) - 1) if text[n].isalpha()]
    if len(able) < SHORTEST:
        return text
    n = chance.choice(able)
    slips = (text[n + 1 :], text[n + 1] + text[n] + text[n + 2 :], chance.choice(LETTERS) + text[n + 1 :])
    return text[:n] + chance.choice(slips)


def quality(sets: Sequence[QuestionSet]) -> None:
    found: dict[tuple[str, str], list[tuple[float, ...]]] = {}
    for each in sets:
        chance = random.Random(each.name)
        now = snapshot_of(each.entries)
        kinds = {
            "its question": [(row.question, frozenset({row.id})) for row in each.entries],
            "a phrasing": [(text, frozenset({row.id})) for row in each.entries for text in row.phrasings],
            "a member's question": [(asked.text, asked.expect) for asked in each.clean if asked.expect],
        }
        for kind, texts in kinds.items():
            typed = list(parts(chance.sample(texts, min(len(texts), KEYS)), chance))
            slipped = [(with_slip(text, chance), right) for text, right in typed]
            for how, some in ((kind, typed), (f"{kind}, a slip", slipped)):
                for name, complete in COMPLETES.items():
                    if some:
                        found.setdefault((how, name), []).append(_places(now, complete, some))
    rows = [(how, name, *(f"{rate:.3f}" for rate in np.mean(rates, 0))) for (how, name), rates in found.items()]
    print(table(("typed: a part of", "", "first", "of 5", f"of {MAX_CHOICES}"), rows))


def _places(now: Snapshot, complete: Complete, typed: Sequence[Typed]) -> tuple[float, ...]:
    offered = [(complete(now, text), right) for text, right in typed]
    return tuple(
        float(np.mean([bool(right & set(ids[:most])) for ids, right in offered])) for most in (1, 5, MAX_CHOICES)
    )


def speed(sets: Sequence[QuestionSet], sizes: Sequence[int]) -> None:
    rows = []
    for size in sizes:
        entries = list(Recombined(sets).entries(size))
        begin = time.thread_time()
        now = snapshot_of(entries)
        whole = time.thread_time() - begin
        begin = time.thread_time()
        completion = completion_of(entries)
        built = time.thread_time() - begin
        chance = random.Random(1)
        texts = [(row.question, frozenset({row.id})) for row in chance.sample(entries, KEYS)]
        typed = [text for text, _ in parts(texts, chance)]
        typed = [text if n % 2 else with_slip(text, chance) for n, text in enumerate(typed)]
        keys = {"ours": typed, "a walk": typed[:WALKED]}
        spent = {name: _milliseconds(now, complete, keys[name]) for name, complete in COMPLETES.items()}
        p50, p99 = (np.percentile(spent["ours"], at) for at in (50, 99))
        walk50, walk99 = (np.percentile(spent["a walk"], at) for at in (50, 99))
        rank99 = np.percentile(_milliseconds(now, ranked, typed), 99)
        rows.append(
            (
                f"{size:,}",
                *(f"{each:.2f}" for each in (p50, p99, rank99, walk50, walk99)),
                f"{walk50 / p50:.0f}, {walk99 / p99:.0f}",
                f"{completion.nbytes / size:.0f}",
                f"{built:.2f} of {whole:.2f}",
            )
        )
    head = ("entries", "p50 ms", "p99", "of it ranking, p99", "a walk: p50", "p99", "walk / ours, p50, p99")
    print(table((*head, "bytes an entry", "built in s"), rows))


def _milliseconds(now: Snapshot, complete: Complete, typed: Sequence[str]) -> list[float]:
    """For each input, the fastest of a few runs, as others can be slowed down by other work of the machine."""
    spent: list[list[float]] = []
    for _ in range(TIMES):
        spent.append([])
        for text in typed:
            begin = time.thread_time()
            complete(now, text)
            spent[-1].append(1000 * (time.thread_time() - begin))
    fastest: list[float] = np.min(spent, 0).tolist()
    return fastest


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--only", choices=("quality", "speed"))
    chosen = parser.parse_args()
    sets = list(question_sets())
    if chosen.only != "speed":
        quality(sets)
        print()
    if chosen.only != "quality":
        speed(sets, chosen.sizes)


if __name__ == "__main__":
    main()
