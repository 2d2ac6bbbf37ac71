"""A moderator without rest, in processes that are made to be killed; what they print is what was promised.

This process imports everything and then forks, once for each line `seed` that it reads: a start that takes
no second. The child prints its process id, then `begin` and `done` for each publish.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from pathlib import Path

from bot.curate.curator import Curator
from bot.curate.errors import GoneError
from bot.errors import EditError
from bot.lessons.library import Library
from bot.store.store import Store
from bot.tutor import Tutor

MODERATOR, SERVER = 1, 2


def say(*words: object) -> None:
    print(*words, sep="\t", flush=True)  # noqa: T201 -- the test reads it


async def some_draft(curator: Curator, library: Library, chance: random.Random) -> int:
    """A random change of a random part, or the undoing of one."""
    part = chance.choice(list(library.lessons.entries))
    kind = chance.choice(["edit"] * 4 + ["add", "undo"] + ["remove"] * (len(library.lessons.entries) > 4))
    number = chance.randrange(10**6)
    if kind == "undo" and (history := await curator.history(limit=5)):
        return (await curator.undo(chance.choice(history).id, MODERATOR, SERVER)).id
    if kind == "add":
        file = chance.choice(library.lessons.documents).file
        text = {"question": f"What is thing {number}?", "answer": "It is a thing.", "related": part}
        return (await curator.begin("add", MODERATOR, SERVER, file=file, fields=text)).id
    if kind == "remove":
        return (await curator.begin("remove", MODERATOR, SERVER, part=part)).id
    fields = {"answer": f"Answer {number}.\n" * chance.randint(1, 50)}
    return (await curator.begin("edit", MODERATOR, SERVER, part=part, fields=fields)).id


async def publish(url: str, folder: str, chance: random.Random) -> None:
    library = Library.open(Path(folder))
    store = await Store.open(url)
    curator = Curator(Tutor(library), library, store)
    await curator.recover()
    say("ready")
    while True:
        try:
            draft = await some_draft(curator, library, chance)
        except GoneError:  # that was undone already
            continue
        say("begin", draft)
        try:
            revision = await curator.publish(draft, author=MODERATOR, author_name="Mia")
        except EditError as error:  # nothing to change, or an undo under a newer edit
            say("refused", draft, type(error).__name__)
        else:
            say("done", draft, revision.id)


def main(url: str, folder: str) -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            say("child", os.getpid())
            asyncio.run(publish(url, folder, random.Random(line)))
        os.waitpid(child, 0)
        say("killed")


if __name__ == "__main__":
    main(*sys.argv[1:])
