"""If the bot is killed while it publishes, file, history and index agree afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from bot.curating.curating import Curating
from bot.curating.reconciling import finish_interrupted
from bot.dialogue.reply import Answer
from bot.lessons.library import Library
from bot.store.store import Store
from bot.tutor import Tutor
from tests.curating.conftest import write

ROOT = Path(__file__).parents[2]
PUBLISHES = 40  # for each seed
LONGEST = 0.025  # seconds from the begin of a publish to the kill; one takes some 15 milliseconds


@dataclass
class Tally:
    """What the kills of one seed met."""

    kills: int = 0
    published: int = 0
    under_way: int = 0
    left_pending: int = 0
    of_those_written: int = 0
    torn: int = 0  # some of its files written, some not
    done: set[int] = field(default_factory=set, repr=False)


def told(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout
    return process.stdout.readline().split()


def run_and_kill(process: subprocess.Popen[str], seed: str, chance: random.Random, tally: Tally) -> None:
    """Let a child publish some, and kill it at a random instant of the next one."""
    assert process.stdin
    process.stdin.write(f"{seed}\n")
    process.stdin.flush()
    what, pid = told(process)
    assert what == "child"
    assert told(process) == ["ready"]
    wanted, open_draft = chance.randrange(1, 9), ""
    kinds = chance.choice([("begin", "import"), ("begin",)])
    while wanted:
        what, draft, *ids = line = told(process)
        # Every other kill hits an import: that is where several files are written.
        wanted -= (wanted > 1 and what == "begin") or tuple(line[: len(kinds)]) == kinds
        if what == "done":
            tally.done.update(map(int, ids))
    time.sleep(chance.uniform(0, LONGEST))
    os.kill(int(pid), signal.SIGKILL)
    open_draft = draft
    while (line := told(process)) != ["killed"]:
        if line[0] == "done":
            tally.done.update(map(int, line[2:]))
        open_draft = line[1] if line[0] == "begin" else ""
    tally.kills += 1
    tally.under_way += bool(open_draft)


def texts_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}


async def examine(url: str, folder: Path, tally: Tally) -> None:
    """What the next start finds, and what it makes of it."""
    store = await Store.open(url)
    try:
        texts = texts_in(folder)
        known = await store.revisions.newest()
        pending = await store.revisions.pending()
        for file in {*texts, *known}:
            allowed = {known.get(file), *(each.after for each in pending if each.file == file)}
            assert texts.get(file) in allowed, "a file is the old one or the new one, whole"
        written = {texts.get(each.file) == each.after for each in pending}
        tally.left_pending += bool(pending)
        tally.of_those_written += True in written
        tally.torn += len(written) > 1

        await finish_interrupted(store, folder)
        texts = texts_in(folder)
        for each in pending:
            assert texts.get(each.file) == (each.after if True in written else each.before), (
                "all of it, or nothing"
            )
        tutor = Tutor(library := Library.open(folder))
        curator = Curating(tutor, library, store)
        assert await curator.reconcile() == [], "nothing that the bot wrote counts as edited outside"
        assert await store.revisions.pending() == []
        newest = await store.revisions.newest()
        assert {file: text for file, text in newest.items() if text is not None} == texts
        history = (await curator.history(limit=10_000))[::-1]
        assert tally.done <= {each.id for each in history}, "what was said to be published is in the history"
        for file, text in texts.items():
            its = [each for each in history if each.file == file]
            assert all(new.before == old.after for old, new in pairwise(its))
            assert not its or its[-1].after == text
        for entry in library.lessons.entries.values():
            reply = tutor.answer(entry.question)
            assert isinstance(reply, Answer)
            assert (reply.id, reply.text) == (entry.id, entry.answer)
        assert not {each.draft for each in history} & {each.id for each in await curator.drafts.of(1)}
        tally.published = len({each.at for each in history})
    finally:
        await store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_after_a_kill_file_history_and_index_agree(seed: int, tmp_path: Path):
    """Forty publishes for each seed, killed at random moments: no file is damaged and nothing is lost."""
    folder, url = write(tmp_path / "lessons"), f"sqlite:///{tmp_path / 'killed.sqlite3'}"
    chance, tally = random.Random(seed), Tally()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.publisher", url, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        while tally.published < PUBLISHES:
            run_and_kill(process, f"{seed}:{tally.kills}", chance, tally)
            await examine(url, folder, tally)
    finally:
        assert process.stdin
        assert process.stdout
        process.stdin.close()
        process.stdout.close()
        process.wait(10)
    print(tally)  # noqa: T201 -- `pytest -rP` shows it
    assert tally.under_way > tally.kills / 4, "kills hit publishes, not the pauses between"
