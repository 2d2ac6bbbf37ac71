"""A question as the index compares it with entries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from bot.search.opposites.polarities import Polarities


class Query(NamedTuple):
    """A question as the sources of meaning read it, with facts about its words.

    `content` are the stems of its content words, each with its feature if an entry holds it, `things` the same
    stems with one for a name of several words, `asked` the number of all its words, `polarities` what it wants
    and does not want (`bot.search.opposites.polarities`), `unwanted` the stems of the words that only say what it
    is not about, `names` the stems of the names and keywords in it,
    `exceptions` those of the names of exceptions, `programs` those of programs that an error names as missing,
    `numbers` those of its numbers, and `action` what it asks for (`bot.search.words.actions`), which it `asks_how`
    to do or orders. The `action` or order `is_action_unknown` if it is an English word that no entry has.
    `only_unknown` is the content word that no entry has if there is just one, else ''. `unknown_things` are
    the stems of the English words that no entry has, if it is nothing but a noun phrase. An entry that answers
    it has to be `asked_with_one_of` these stems, if there are any. If it asks what something costs, the entry
    has to hold one of the features in `prices`; else these are None. The `sides` are the stems of the two
    things that it compares with "vs". It `is_part_unknown` if it names a part of something, as in "slides of
    the lectures", by an English word that no entry has. `words` are its words, each with its stem and its
    feature.
    """

    text: str
    content: Mapping[int, int | None]
    things: frozenset[int]
    asked: int
    polarities: Polarities
    unwanted: Collection[int]
    names: Sequence[int]
    exceptions: Collection[int]
    programs: Collection[int]
    numbers: Collection[int]
    action: int | None
    asks_how: bool
    is_one_word: bool
    is_keyword: bool
    is_definition: bool
    only_unknown: str
    unknown_things: frozenset[int]
    asked_with_one_of: Collection[int]
    prices: Collection[int] | None
    sides: Sequence[Collection[int]]
    is_part_unknown: bool
    is_action_unknown: bool
    has_unknown_keyword: bool
    words: Sequence[tuple[str, int, int | None]]
