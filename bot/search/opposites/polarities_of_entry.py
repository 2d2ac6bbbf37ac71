"""Finds what an entry wants and does not want (`polarities`), in its question and its phrasings.

An entry has the polarities of all of them, and those of its own question also as its title. What it says how to do
is one of them, too: "how do I rebase" is `do rebase` with YES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.search.opposites import kinds
from bot.search.opposites.negation_cues import AVOID, MAY_NEGATE
from bot.search.opposites.opposite_words import undone_by
from bot.search.opposites.polarities import NO, YES, Polarities, add
from bot.search.opposites.polarity_reader import PolarityReader
from bot.search.opposites.setting_up import ends_something
from bot.search.opposites.taking_back import only_ends, takes_back
from bot.search.opposites.whether import asked_whether
from bot.search.words.actions import action_in, asks_something_else, order_in
from bot.search.words.small_words import is_content

_TAKEN_AWAY = ("create", "enable", "show", "include")


def actions_of(titles: Iterable[Sequence[str]], stem: Callable[[str], str]) -> set[str]:
    """The stems of what entries say how to do, given the words of their own questions."""
    return {stem(action) for title in titles if (action := _action_of(title))}


def polarities_of_entry(texts: Sequence[Sequence[str]], reader: PolarityReader) -> Polarities:
    """The polarities of an entry, given the words of its question and then of each phrasing."""
    stem = reader.opposites.stem
    each_of = [reader.polarities(text) for text in texts]
    found: dict[str, int] = {}
    for text, polarities in zip(texts, each_of, strict=True):
        _add_text(found, text, polarities, reader)
    if verb := asked_whether(texts[0]):
        # The answer to "should I commit it" also says what not to do, and how to undo it.
        found[f"{kinds.DO}{stem(verb)}"] = YES + NO
        found[kinds.BACK] = YES
    for name in found:
        if name.startswith(kinds.LEFT_OUT):
            rest = (text for text, polarities in zip(texts, each_of, strict=True) if name not in polarities)
            if any(stem(word) == name.removeprefix(kinds.LEFT_OUT) for text in rest for word in text):
                found[name] |= YES
    if only_ends(texts[0], reader.opposites):
        found[kinds.AGAIN] = NO
    own = {name: signs for name, signs in each_of[0].items() if signs in {YES, NO}}
    if kinds.SET_UP in own:
        found[kinds.SET_UP] = own[kinds.SET_UP]  # "make it smooth" sets up, though it also gets rid of edges
    return found | {f"{kinds.TITLE}{name}": signs for name, signs in own.items()}


def _add_text(found: dict[str, int], text: Sequence[str], polarities: Polarities, reader: PolarityReader) -> None:
    """Add the polarities of one question of an entry, and what it asks how to do."""
    stem = reader.opposites.stem
    undoing = {f"{kinds.DO}{stem(undone)}" for undone in map(undone_by, text) if undone}
    for name, signs in polarities.items():
        # Who says how to undo it may also say how to do it, but "unpin" does not say how to pin.
        is_both = name.startswith(kinds.DO) and name not in undoing
        add(found, name, YES | signs if is_both else signs)
    action = stem(_action_of(text))
    if action in reader.actions and f"{kinds.DO}{action}" not in polarities:
        add(found, f"{kinds.DO}{action}", YES)
    if takes_back(text, polarities, reader.opposites):
        found[kinds.BACK] = YES
    if ends_something(text, reader.opposites):
        add(found, kinds.SET_UP, NO)
    if not AVOID.isdisjoint(text) or any(polarities.get(name) == NO for name in _TAKEN_AWAY):
        # "Hide the grid" and "skip the grid" are no opposites of "without the grid".
        for word in text:
            if is_content(word):
                add(found, f"{kinds.LEFT_OUT}{stem(word)}", YES + NO)


def _action_of(tokens: Sequence[str]) -> str:
    """What a question of an entry asks how to do, unless that only negates something; else ''."""
    if not tokens or asks_something_else(tokens) or tokens[0] == "what":
        return ""
    action = action_in(tokens) or order_in(tokens)
    return "" if action in MAY_NEGATE else action
