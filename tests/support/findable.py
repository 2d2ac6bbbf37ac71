"""The least that an index can hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Findable:
    id: str
    question: str
    phrasings: tuple[str, ...] = ()
    answer: str = ""
