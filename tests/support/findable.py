"""Entries that an index can hold, without a lesson around them; and indexes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.search import match
from bot.search.index import Index
from bot.search.meaning.table import TableSource


@dataclass(frozen=True)
class Findable:
    id: str
    question: str
    phrasings: tuple[str, ...] = ()
    answer: str = ""


class LateIndex(Index):
    """An index that is built when it is first used: each process of tests imports all their files."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._built_from: tuple[tuple[Any, ...], dict[str, Any]] | None = (arguments, options)

    def __getattr__(self, name: str) -> Any:
        asked_by_pytest = name.startswith(("__", "_mock"))  # of everything in a file of tests
        if self._built_from is None or asked_by_pytest:
            raise AttributeError(name)
        (arguments, options), self._built_from = self._built_from, None
        super().__init__(*arguments, **options)
        return getattr(self, name)


def indexes(
    entries: Sequence[match.Findable], aliases: Mapping[str, Sequence[str]] | None = None
) -> dict[str, LateIndex]:
    """Two indexes of these entries: by words alone, and with the table of word pieces."""
    return {"words": LateIndex(entries, aliases), "table": LateIndex(entries, aliases, (TableSource(),))}


# A small library, some of whose questions are much alike.
ENTRIES = (
    Findable("what", "What is a virtual environment?", ("venv meaning",), "An isolated Python environment."),
    Findable(
        "why", "Why do we need virtual environments?", ("y use venv",), "Two projects, two versions of Django."
    ),
    Findable("create", "How do I create a virtual environment?", ("make a new venv",), "python3 -m venv .venv"),
    Findable(
        "delete", "How do I delete a virtual environment?", ("remove the venv folder",), "Delete its folder."
    ),
    Findable("windows", "How do I activate it on Windows?", ("scripts activate in cmd",), "Activate.ps1"),
    Findable("linux", "How do I activate it on Linux?", ("source bin activate",), "source .venv/bin/activate"),
)
ALIASES = {"virtual environment": ["venv", "virtual environments", "v env"]}
