"""A server whose members speak German, or Spanish, with lessons in that language; and no English word is sent."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.discord_ui.client import LessonBot
from bot.discord_ui.preview.spoken import locale_in
from bot.lessons.library import Library
from bot.store.servers import Choices
from bot.store.store import Store
from tests.support.bots import bot_of
from tests.support.sent_texts import english_in, record
from tests.support.tongues import HOSTILE, TONGUES, Tongue
from tests.support.world import World

NAMES = ("mia max ada noah TestBot Python learners Moderators More moderators my data", HOSTILE)


@pytest.fixture(params=TONGUES, ids=str)
def tongue(request: pytest.FixtureRequest) -> Tongue:
    found: Tongue = request.param
    return found


@pytest.fixture
def lessons(tongue: Tongue, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tongue.lessons, tmp_path / "lessons"))


@pytest.fixture
def new_reader(lessons: Path, memory: Store, tmp_path: Path) -> Callable[[], LessonBot]:
    """As `new_bot`, but it makes one that may read messages, as with MESSAGE_CONTENT=on."""
    return lambda: bot_of(Library.open(lessons), memory, tmp_path / "data", reads_messages=True, greets=True)


@pytest.fixture
def simcord_bot(new_reader: Callable[[], LessonBot]) -> LessonBot:
    return new_reader()


@pytest.fixture
async def here(world: World, tongue: Tongue) -> World:
    """The world, in a server that chose this language, which Mia and Max speak, too."""
    world.spoken |= dict.fromkeys((world.mia.id, world.max.id), locale_in(tongue.tag))
    await world.bot.app.servers.set(world.server.id, Choices(language=tongue.tag))
    return world


@pytest.fixture(autouse=True)
def all_translated(
    tongue: Tongue, lessons: Path, strict_discord: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The test fails if the bot sends an English word of its own."""
    sent = record(monkeypatch)
    yield
    shown = [path.read_text(encoding="utf-8") for path in lessons.glob("*.yaml")]
    assert sent, "something was said"
    assert english_in(sent, tongue.tag, (*shown, *NAMES)) == {}
