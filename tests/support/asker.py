"""Asks, votes and subscribes until it is killed, and prints what was done: python -m tests.support.asker URL"""

from __future__ import annotations

import asyncio
import sys

from bot.store.store import Store
from tests.support.moments import NOW, TOM


def say(what: str, id_: int) -> None:
    sys.stdout.write(f"{what} {id_}\n")
    sys.stdout.flush()


async def main(url: str) -> None:
    store = await Store.open(url)
    while True:
        ids = []
        for n in range(7):
            ids.append(await store.questions.log(1, f"question {n}", NOW, "unknown"))
            say("asked", ids[-1])
        await store.votes.cast(ids[0], TOM, "a", helped=True)
        say("voted", ids[0])
        await store.subscriptions.subscribe(ids[1], TOM)
        say("wanted", ids[1])
        await store.questions.pass_on(ids[2], "on Windows")
        say("passed", ids[2])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
