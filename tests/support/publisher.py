"""A process that publishes without a pause until a test kills it, and prints what was published.

This process imports everything, and then forks for each line `seed` that it reads, as a new start would take
longer. The child prints its process id, then `begin` and `done` for each publish.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from functools import partial
from pathlib import Path

from bot.curating.curating import Curating
from bot.curating.errors import GoneError
from bot.curating.reconciling import finish_interrupted
from bot.dialogue import snapshot
from bot.errors import EditError
from bot.lessons import archive
from bot.lessons.lesson import Lesson
from bot.lessons.library import Library
from bot.lessons.yaml_text import to_yaml
from bot.store.store import Store
from bot.tutor import Tutor
from tests.support.findable import LateIndex

MODERATOR, SERVER = 1, 2
IMPORTS = 0.4  # the share of imports among publishes
MOST_FILES = 5


def say(*words: object) -> None:
    # In one write, so that a kill leaves no incomplete line.
    print("\t".join(map(str, words)) + "\n", end="", flush=True)  # noqa: T201 -- the test reads it


async def some_draft(curator: Curating, library: Library, chance: random.Random) -> int:
    """A random change of a random item, or an undo."""
    item_id = chance.choice(list(library.lessons.entries))
    kind = chance.choice(["edit"] * 4 + ["add", "undo"] + ["remove"] * (len(library.lessons.entries) > 4))
    number = chance.randrange(10**6)
    if kind == "undo" and (history := await curator.history(limit=5)):
        together = chance.random() < 0.7
        return (await curator.drafts.undo(chance.choice(history).id, MODERATOR, SERVER, together=together)).id
    if kind == "add":
        file = chance.choice(library.lessons.documents).file
        text = {"question": f"What is thing {number}?", "answer": "It is a thing.", "related": item_id}
        return (await curator.drafts.begin("add", MODERATOR, SERVER, file=file, fields=text)).id
    if kind == "remove":
        return (await curator.drafts.begin("remove", MODERATOR, SERVER, item_id=item_id)).id
    fields = {"answer": f"Answer {number}.\n" * chance.randint(1, 50)}
    return (await curator.drafts.begin("edit", MODERATOR, SERVER, item_id=item_id, fields=fields)).id


def some_import(library: Library, chance: random.Random) -> archive.ImportPlan:
    """Move an entry to another file, which may be new, and change all other entries."""
    lessons = {each.file: each.lesson for each in library.lessons.documents}
    number = chance.randrange(10**6)
    entry = chance.choice([each for lesson in lessons.values() for each in lesson.entries])
    source = next(file for file, lesson in lessons.items() if entry in lesson.entries)
    target = f"new-{number}.yaml" if len(lessons) < MOST_FILES else chance.choice(list(lessons))
    lessons.setdefault(target, Lesson(lesson=f"New {number}"))
    left = tuple(each for each in lessons[source].entries if each != entry)
    lessons[source] = lessons[source].model_copy(update={"entries": left})
    lessons[target] = lessons[target].model_copy(update={"entries": (*lessons[target].entries, entry)})
    course = {"course": f"Course {number}"}
    files = {file: to_yaml(lesson.model_copy(update=course)).encode() for file, lesson in lessons.items()}
    return archive.plan(library, files)


async def publish(url: str, folder: str, chance: random.Random) -> None:
    store = await Store.open(url)
    await finish_interrupted(store, Path(folder))
    library = Library.open(Path(folder))
    curator = Curating(Tutor(library), library, store)
    await curator.reconcile()
    say("ready")
    while True:
        if chance.random() < IMPORTS:
            plan = some_import(library, chance)
            say("begin", "import")
            write = partial(archive.write_import, library, plan)
            done = await curator.publish_import(plan.changes, write, author=MODERATOR, author_name="Mia")
            say("done", "import", *(each.id for each in done))
            continue
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
    # Nobody asks this process: the test asks a tutor of its own.
    snapshot.Index = LateIndex  # type: ignore[attr-defined]
    for line in sys.stdin:
        child = os.fork()
        if not child:
            say("child", os.getpid())
            asyncio.run(publish(url, folder, random.Random(line)))
        os.waitpid(child, 0)
        say("killed")


if __name__ == "__main__":
    main(*sys.argv[1:])
