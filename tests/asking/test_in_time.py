"""An answer does not wait longer for the database than Discord waits for the answer."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import App
from bot.asking import asking as module
from bot.dialogue.reply import Answer
from bot.lessons.library import Library
from bot.store.store import Store
from bot.time_left import end_in
from tests.support.moments import MIA, NOW


async def test_an_answer_waits_for_its_log_only_as_long_as_there_is_time(
    lessons: Path, memory: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """While another program writes for long, members get their answers, and what they asked is logged later."""
    monkeypatch.setattr(module, "PATIENCE", 3600.0)
    asking = App.build(Library.open(lessons), memory, clock=lambda: NOW).asking
    # What they ask next is linked to this, which takes the database.
    await asking.answer("how do i bake bread", member=MIA, server=1)
    await memory.questions.settle()
    with closing(sqlite3.connect(tmp_path / "lessonbot.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        end_in(0.01)
        answered = await asyncio.wait_for(asking.answer("what is a venv", member=MIA, server=1), 20)
        assert isinstance(answered.reply, Answer)
        assert not answered.logged
        other.execute("COMMIT")
    for _ in range(2400):
        if "what is a venv" in await memory.questions.recent_texts():
            break
        await asyncio.sleep(0.01)
    assert "what is a venv" in await memory.questions.recent_texts()
