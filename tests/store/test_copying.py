"""A whole database in one file, from and to both kinds of databases."""

from __future__ import annotations

from bot.store.copying import check_copy, copy_to, replaced_by
from bot.store.store import Store
from tests.support.moments import NOW, TOM
from tests.support.stored import HERE, everything


async def test_a_copy_holds_every_row_and_gives_no_id_again(url, tmp_path):
    """From this database to a file and back, while it is open; ids of deleted questions stay used."""
    store = await Store.open(url)
    store.votes.use_key(b"key")
    ids = [await store.questions.log(HERE, f"question {n}", NOW, "answer", "a") for n in range(3)]
    await store.votes.cast(ids[0], TOM, "a", helped=True)
    await store.subscriptions.subscribe(ids[1], TOM)
    async with store._database.writing.begin() as connection:
        await connection.exec_driver_sql(f"DELETE FROM questions WHERE id = {ids[2]}")
    before = await everything(store)
    file = tmp_path / "copy.sqlite3"
    await copy_to(url, file)
    await check_copy(file)
    await store.questions.find(await store.questions.log(HERE, "asked later", NOW, "unknown"))
    async with replaced_by(file, url):
        pass
    assert await everything(store) == before
    assert await store.questions.log(HERE, "after it", NOW, "unknown") > ids[2] + 1
    await store.close()

    other = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    async with replaced_by(file, other):
        pass
    new = await Store.open(other)
    assert (await everything(new)).count("question") == before.count("question")
    assert await new.questions.log(HERE, "the next", NOW, "unknown") > ids[2]
    await new.close()
