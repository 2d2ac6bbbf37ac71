"""A question as the index compares it with entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.search.opposites import Turns


class Query(NamedTuple):
    """A question as the sources of meaning read it, with facts about its words.

    `content` are the stems of its content words, each with its feature if an entry holds it, `asked` the number of
    all its words, `turns` its turns (`bot.search.opposites`), `names` the stems of the names in it, and `action`
    what it asks how to do (`bot.search.actions`).
    """

    text: str
    content: Mapping[int, int | None]
    asked: int
    turns: Turns
    names: Sequence[int]
    action: int | None
    is_one_word: bool
    is_keyword: bool
