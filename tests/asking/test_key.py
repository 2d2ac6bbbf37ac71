"""The key of the votes: the same after each start, and stored in no file."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from bot.app import App
from bot.asking.vote_key import delete_old_key, key_from
from bot.settings import Settings
from bot.store.tables import votes
from tests.support.moments import MIA, TOM

TOKEN = "MTIz.abc.def"


async def test_a_restart_counts_the_same_member_once(lessons: Path, tmp_path: Path):
    """With the same token, a member has one vote. With a new token, their old vote can no longer be traced."""
    question = 1
    counted: list[int | None] = []
    for token in (TOKEN, TOKEN, TOKEN + "g"):
        settings = Settings(
            discord_token=token, lessons_dir=lessons, data_dir=tmp_path / "data", understanding="words"
        )
        settings.data_dir.mkdir(exist_ok=True)
        async with App.open(settings) as app:
            if not counted:
                await app.asking.answer("how do i bake bread", member=TOM, server=1)
            assert await app.asking.vote(question, MIA, "", helped=False)
            async with app.store._database.reading.connect() as connection:
                counted.append(await connection.scalar(select(func.count()).select_from(votes)))
    assert counted == [1, 1, 2]


def test_the_key_is_long_enough_to_hide_who_voted():
    """Member ids are few enough to try all of them; keys are not."""
    assert key_from(TOKEN) != key_from(TOKEN + "g")
    assert len(key_from(TOKEN)) == 32


def test_the_key_does_not_hold_the_token():
    """The token cannot be read from the key."""
    assert TOKEN.encode() not in key_from(TOKEN)


def test_the_key_of_an_earlier_version_is_deleted(tmp_path, caplog):
    """It was stored beside the database, and so in its backups. The log says once that it was deleted."""
    caplog.set_level("INFO")
    (tmp_path / "votes.key").write_bytes(b"key")
    delete_old_key(tmp_path)
    assert not list(tmp_path.iterdir())
    delete_old_key(tmp_path)
    assert caplog.text.count("deleted votes.key") == 1
