"""Counts what the bot replies to the messages of written_libraries.py: `python -m tests.benchmarks.replies`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from bot.dialogue.reply import Answer, Reply, Suggestions, Unknown
from bot.lessons.library import Library
from bot.search.match import Understanding
from bot.search.meaning import multilingual
from bot.tutor import Tutor
from tests.benchmarks.table import table
from tests.benchmarks.understandings import sources_of, understandings
from tests.benchmarks.written_libraries import (
    ENGLISH,
    GERMAN_AND_SPANISH,
    Kind,
    Message,
    Part,
    folders,
    messages_of,
)

Outcome = Literal[
    "right", "right first", "right offered", "opposite", "opposite first", "wrong", "others offered", "nothing"
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


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


def parts_of(understanding: Understanding) -> tuple[Part, ...]:
    """The parts whose language an understanding is for. The table knows English alone."""
    match understanding:
        case "table":
            return ENGLISH
        case "multilingual":
            return GERMAN_AND_SPANISH
    return get_args(Part)


def replies(part: Part, understanding: Understanding, *, public: bool) -> Iterator[tuple[Message, Reply]]:
    """Each message of these libraries, with the reply to it."""
    for folder in folders(part):
        tutor = Tutor(Library.open(folder), sources=sources_of(understanding), wait=True)
        for each in messages_of(folder):
            yield each, tutor.answer(each.text, public=public, wait=True)


def measured() -> tuple[Understanding, ...]:
    """The understandings that can be measured here."""
    return (*understandings(), "multilingual") if multilingual.is_installed() else understandings()


def main() -> None:
    parser = argparse.ArgumentParser(description="What the bot replies on libraries that taught it nothing.")
    parser.add_argument("--by", action="append", choices=measured(), help="only this understanding")
    parser.add_argument("--public", action="store_true", help="as in a channel that others read")
    parser.add_argument("--list", type=Path, metavar="FILE", help="write each reply that may be read, a line each")
    asked = parser.parse_args()
    lines: list[str] = []
    for understanding in asked.by or measured():
        for part in parts_of(understanding):
            found = Counter[tuple[Kind, Outcome]]()
            for message, reply in replies(part, understanding, public=asked.public):
                found[message.kind, outcome(message, reply)] += 1
                if not part.endswith("unread"):
                    lines.append(f"{understanding}\t{line(message, reply)}")
            print(f"\n{understanding}, {part}\n")
            kinds = list(dict.fromkeys(kind for kind, _ in found))
            rows = [(kind, *(str(found[kind, each] or "") for each in OUTCOMES)) for kind in kinds]
            print(table(("", *OUTCOMES), rows), flush=True)
    if asked.list:
        asked.list.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
