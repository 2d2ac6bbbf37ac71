"""A question as the index compares it with entries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from bot.search.opposites.polarities import Polarities

# By stem: those that mean the same, and their contraries.
Contrary = Mapping[int, tuple[Collection[int], Collection[int]]]


class Query(NamedTuple):
    """A question with facts about its words, which are given by the hashes of their stems."""

    text: str  # as the sources of meaning read it; '' without them
    content: Mapping[int, int | None]  # the content words, each with its feature if an entry holds it
    things: frozenset[int]  # the content words; of a name of several words, only the first
    asked: int  # the number of all words
    polarities: Polarities  # what it wants and does not want: `bot.search.opposites.polarities`
    unwanted: Collection[int]  # the words that only say what it is not about
    exceptions: Collection[int]  # the names of exceptions
    programs: Collection[int]  # the programs that an error names as missing
    numbers: Collection[int]
    action: int | None  # what it asks how to do, or orders: `bot.search.words.actions`
    asks_how: bool  # whether it asks how to do something, or orders it
    is_one_word: bool
    is_keyword: bool
    is_definition: bool  # "what is uv"
    only_unknown: str  # the content word that no entry has, if there is just one; else ''
    unknown_things: frozenset[int]  # of a mere noun phrase: the English words that no entry has
    asked_with_one_of: Collection[int]  # an entry has to be asked with one of these, if there are any
    contraries: Contrary  # of those of its words that have any
    affirms: bool  # it asks for more than yes or no, and denies nothing: `bot.search.opposites.denials`
    denied: Collection[int]  # of a question that asks for more than yes or no: what it says is not so
    is_unable: bool  # it says that as of what its author cannot do
    wanted_again: Collection[int] | None  # if it wants what it told changed: an entry has to be asked with one
    prices: Collection[int] | None  # if it asks what something costs: an entry has to hold one of these features
    sides: Sequence[Collection[int]]  # the two things that it compares
    compares_nothing_named: bool  # "what is the difference between the two"
    is_half_known: bool  # of a joined word no entry has more than one half
    is_action_unknown: bool  # its action or order is an English word that no entry has
    has_unknown_keyword: bool  # it is about an operator or a small word that no entry is about
    words: Sequence[tuple[str, int, int | None]]  # its words, each with its stem and its feature
