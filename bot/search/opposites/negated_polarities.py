"""Reads what a text wants where it negates something: "leave it, do not delete it", "don't print the grid".

A negated verb counts with its other sign. If the same verb is also wanted ("leave the channel, not the server"),
only the thing is not wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from bot.search.opposites import kinds
from bot.search.opposites.negation import Negated
from bot.search.opposites.negation_cues import AVOID, WITHOUT
from bot.search.opposites.polarities import NO, YES, Polarity, add, refuse
from bot.search.opposites.prohibitions import is_refused
from bot.search.words.small_words import SMALL_WORDS

PolaritiesAt = dict[int, list[Polarity]]  # by place: the polarities of a verb

_LEAVING_OUT = WITHOUT | AVOID


def add_negated(
    found: dict[str, int],
    tokens: Sequence[str],
    verbs: PolaritiesAt,
    negations: Sequence[Negated],
    stem: Callable[[str], str],
) -> Collection[str]:
    """Add the polarities of a text with these verbs and negations; its verbs that are not asked for."""
    everything = {n for each in negations for n in each.places}
    elsewhere = _elsewhere(tokens, verbs, negations, everything)
    avoided = {n for each in negations if tokens[each.by] in AVOID for n in each.places}
    for n, polarities in verbs.items():
        is_unwanted = n in everything and n not in elsewhere
        for name, sign in polarities:
            if n in avoided and name.startswith(kinds.DO):
                continue  # an entry on an error holds what is to be avoided
            add(found, name, YES + NO - sign if is_unwanted else sign)
    for each in negations:
        if is_refused(tokens, each.by) and not _has_verb(verbs, each):
            refuse(found)
        for kind, word, signs in _things(tokens, verbs, elsewhere, each):
            add(found, f"{kind}{stem(word)}", signs)
    wanted = {tokens[n] for n in verbs.keys() - everything - {each.by for each in negations}}
    if not wanted:
        return ()
    refusing = (each for each in negations if tokens[each.by] not in _LEAVING_OUT and not each.is_undone)
    return {tokens[n] for each in refusing for n in each.places if n in verbs} - wanted


def _things(
    tokens: Sequence[str], verbs: PolaritiesAt, elsewhere: Collection[int], negation: Negated
) -> Iterator[tuple[str, str, int]]:
    """What is not wanted besides the verbs with an opposite: the kind of polarity, the word, and its signs."""
    # "Avoid the grid" can be about both.
    signs = YES + NO if tokens[negation.by] in _LEAVING_OUT else NO
    has_verb = _has_verb(verbs, negation)
    for n in negation.places:
        if n in verbs or tokens[n] in SMALL_WORDS:
            continue
        if n in elsewhere:
            yield kinds.OTHER, tokens[n], NO
        elif not has_verb:
            yield kinds.UNWANTED, tokens[n], signs


def _has_verb(verbs: PolaritiesAt, negation: Negated) -> bool:
    """Whether a verb is negated: "do not delete the file", unlike "do not print the grid"."""
    return any(not name.startswith(kinds.DO) for n in negation.places for name, _ in verbs.get(n, ()))


def _elsewhere(
    tokens: Sequence[str],
    verbs: Mapping[int, list[Polarity]],
    negations: Sequence[Negated],
    everything: Collection[int],
) -> set[int]:
    """The places of what is not wanted, though the same is wanted of something else.

    "Leave the channel without leaving the server" is about leaving, but not about the server. `everything` are all
    places that are negated.
    """
    wanted = {polarity for n, polarities in verbs.items() if n not in everything for polarity in polarities}
    asked = {word for n, word in enumerate(tokens) if n not in everything}
    return {
        n
        for each in negations
        if each.is_elsewhere or any(polarity in wanted for n in each.places for polarity in verbs.get(n, ()))
        for n in each.places
        if n in verbs or tokens[n] not in asked
    }
