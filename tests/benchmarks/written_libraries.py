"""Small libraries and what members might type there: the folders in `libraries`.

Each folder in a part is a library, and the file of its name beside it has messages. All of it was written before
anybody saw a reply. The replies in the parts that are read have been read since: they teach the confidence, and
may have become rules. Those in the unread parts are only counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import yaml

from bot.dialogue.passages import passages
from bot.lessons.library import Library
from bot.search.evaluation import Asked
from tests.benchmarks.question_sets import QuestionSet, Row

LIBRARIES = Path(__file__).parent / "libraries"

Part = Literal["read", "unread", "german_spanish_read", "german_spanish_unread"]
# ordinary: an entry answers it. opposites: an entry does the reverse of what is wanted. subject: it is about the
# library's subject, and no entry answers it. off_topic: about something else. small_talk: nothing is asked.
# near and reworded: short and like an entry's own question, which does not answer it, or does.
Kind = Literal["ordinary", "opposites", "subject", "off_topic", "small_talk", "near", "reworded"]
# The languages of the parts, by the understandings that are measured on them.
ENGLISH: tuple[Part, ...] = ("read", "unread")
GERMAN_AND_SPANISH: tuple[Part, ...] = ("german_spanish_read", "german_spanish_unread")
# Opposites teach nothing: people wrote far more of them than members ask.
TEACHING: tuple[Kind, ...] = ("ordinary", "subject", "off_topic")


@dataclass(frozen=True)
class Message:
    """What a member types, the ids of the entries that answer it, and of those that do the opposite."""

    library: str
    kind: Kind
    text: str
    expect: frozenset[str]
    opposite: frozenset[str]


def folders(part: Part) -> list[Path]:
    """The libraries of a part."""
    return sorted(each for each in (LIBRARIES / part).iterdir() if each.is_dir())


def messages_of(folder: Path) -> Iterator[Message]:
    """The messages of one library."""
    for kind, messages in yaml.safe_load(folder.with_suffix(".yaml").read_text(encoding="utf-8")).items():
        for each in messages:
            expect, opposite = (frozenset(each.get(key, ())) for key in ("expect", "opposite"))
            yield Message(folder.name, cast(Kind, kind), each["ask"], expect, opposite)


def written_sets(part: Part) -> Iterator[QuestionSet]:
    """The libraries of a part as question sets, without the messages that teach nothing."""
    for folder in folders(part):
        entries = [
            Row(each.id, each.question, tuple(each.phrasings), each.answer)
            for each in passages(Library.open(folder).lessons)
        ]
        asked = [Asked(each.text, each.expect) for each in messages_of(folder) if each.kind in TEACHING]
        yield QuestionSet(folder.name, entries, asked, [])
