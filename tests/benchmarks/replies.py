"""What the bot replies to members on libraries that taught it nothing: `python -m tests.benchmarks.replies`.

Each folder of `libraries/read` and `libraries/unread` is a small library. The file of its name beside it has what
members might type. All of it was written before anybody saw a reply. The replies in `read` have been read since,
and may have become rules. Those in `unread` are only counted.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

import yaml

from bot.dialogue.reply import Answer, Reply, Suggestions, Unknown
from bot.lessons.library import Library
from bot.search.match import Understanding
from bot.tutor import Tutor
from tests.benchmarks.table import table
from tests.benchmarks.understandings import sources_of, understandings

LIBRARIES = Path(__file__).parent / "libraries"

# ordinary: an entry answers it. opposites: an entry does the reverse of what is wanted. subject: it is about the
# library's subject, and no entry answers it. off_topic: about something else. small_talk: nothing is asked.
Kind = Literal["ordinary", "opposites", "subject", "off_topic", "small_talk"]
Outcome = Literal[
    "right", "right first", "right offered", "opposite", "opposite first", "wrong", "others offered", "nothing"
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True)
class Message:
    """What a member types, the ids of the entries that answer it, and of those that do the opposite."""

    library: str
    kind: Kind
    text: str
    expect: frozenset[str]
    opposite: frozenset[str]


def messages_of(folder: Path) -> Iterator[Message]:
    """The messages of one library."""
    for kind, messages in yaml.safe_load(folder.with_suffix(".yaml").read_text(encoding="utf-8")).items():
        for each in messages:
            expect, opposite = (frozenset(each.get(key, ())) for key in ("expect", "opposite"))
            yield Message(folder.name, cast(Kind, kind), each["ask"], expect, opposite)


def outcome(message: Message, reply: Reply) -> Outcome:
    """What the member gets: the right entry, its opposite, or something else."""
    match reply:
        case Answer():
            return _answered(message, {reply.id})
        case Suggestions(asked_at_once=True):
            return _answered(message, {each.id for each in reply.questions})
        case Suggestions():
            first, *others = (each.id for each in reply.questions)
            if first in message.expect:
                return "right first"
            if first in message.opposite:
                return "opposite first"
            return "right offered" if message.expect & {*others} else "others offered"
    return "nothing"


def _answered(message: Message, ids: set[str]) -> Outcome:
    if ids & message.opposite:
        return "opposite"
    return "right" if ids <= message.expect else "wrong"


def line(message: Message, reply: Reply) -> str:
    """The message and its reply, to compare two versions with `diff`."""
    match reply:
        case Answer():
            said = reply.id
        case Suggestions():
            said = " | ".join(each.id for each in reply.questions)
        case Unknown():
            said = "nothing asked" if reply.nothing_asked else ""
        case _:
            said = ""
    found = f"{type(reply).__name__} {said}".strip()
    return f"{message.library}\t{message.kind}\t{outcome(message, reply)}\t{message.text}\t{found}\n"


def replies(
    folders: Sequence[Path], understanding: Understanding, *, public: bool
) -> Iterator[tuple[Message, Reply]]:
    """Each message of these libraries, with the reply to it."""
    for folder in folders:
        tutor = Tutor(Library.open(folder), sources=sources_of(understanding), wait=True)
        for each in messages_of(folder):
            yield each, tutor.answer(each.text, public=public, wait=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="What the bot replies on libraries that taught it nothing.")
    parser.add_argument("--by", action="append", choices=understandings(), help="only this understanding")
    parser.add_argument("--public", action="store_true", help="as in a channel that others read")
    parser.add_argument("--list", type=Path, metavar="FILE", help="write each reply of `read`, a line each")
    asked = parser.parse_args()
    lines: list[str] = []
    for understanding in asked.by or understandings():
        for part in ("read", "unread"):
            folders = sorted(each for each in (LIBRARIES / part).iterdir() if each.is_dir())
            found = Counter[tuple[Kind, Outcome]]()
            for message, reply in replies(folders, understanding, public=asked.public):
                found[message.kind, outcome(message, reply)] += 1
                if part == "read":
                    lines.append(f"{understanding}\t{line(message, reply)}")
            print(f"\n{understanding}, {part}: {len(folders)} libraries\n")
            kinds = list(dict.fromkeys(kind for kind, _ in found))
            rows = [(kind, *(str(found[kind, each] or "") for each in OUTCOMES)) for kind in kinds]
            print(table(("", *OUTCOMES), rows), flush=True)
    if asked.list:
        asked.list.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
