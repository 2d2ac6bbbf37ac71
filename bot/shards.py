"""Into how many shards the bot is divided, and which of them a process runs. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil

_PART = re.compile(r"(?P<first>[0-9]{1,4})(?:-(?P<last>[0-9]{1,4}))?/(?P<count>[0-9]{1,4})")


class LeaseLostError(Exception):
    """The process could not confirm in time that it runs its shards: another one may run them now.

    `is_away` if that was the database, which failed.
    """

    def __init__(self, why: str, *, is_away: bool = False) -> None:
        super().__init__(why)
        self.is_away = is_away


@dataclass(frozen=True)
class Shards:
    """What `SHARDS` says. Without a `count`, Discord says how many there are. A process runs `first` to `last`."""

    count: int | None = 1
    first: int = 0
    last: int | None = None

    def of(self, count: int) -> range:
        """The shards that this process may run, of so many."""
        return range(self.first, count if self.last is None else self.last + 1)

    def __str__(self) -> str:
        if self.count is None or self.last is None:
            return "auto" if self.count is None else str(self.count)
        return f"{self.first}-{self.last}/{self.count}"


def read_shards(text: str) -> Shards:
    """Read `auto`, a number, or a part such as `2-3/8`. Raises `ValueError` with what it must be."""
    if text.lower() == "auto":
        return Shards(None)
    if re.fullmatch("[0-9]{1,4}", text) and int(text):
        return Shards(int(text))
    if not (part := _PART.fullmatch(text)):
        raise ValueError("auto, a number of shards such as 2, or a part of them such as 0-1/4")
    first, count = int(part["first"]), int(part["count"])
    last = int(part["last"] or first)
    if not count:
        raise ValueError("a part of at least one shard, such as 0-1/4")
    if last >= count or first >= count:
        raise ValueError(f"a part from 0 to {count - 1}, because {count} shards are numbered from 0")
    if first > last:
        raise ValueError(f"a part with the lower number first, {last}-{first}/{count}")
    return Shards(count, first, last)


def shard_of(server: int, count: int) -> int:
    """The shard that gets the events of a server; direct messages (0) come to the first one."""
    return (server >> 22) % count


def divide(
    shards: Collection[int], owners: Mapping[int, str], peers: Collection[str], me: str
) -> tuple[list[int], list[int]]:
    """The shards that process `me` takes now, and those that it gives up.

    `owners` has the process that runs each shard. `peers` are all processes that share these shards, `me` too.
    Each takes as many free ones as it may until it has its fair share, and gives up what is more than that.
    """
    share = ceil(len(shards) / len(peers))
    mine = [each for each in sorted(shards) if owners.get(each) == me]
    free = [each for each in sorted(shards) if each not in owners]
    return free[: max(0, share - len(mine))], mine[share:]
