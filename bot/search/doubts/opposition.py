"""Finds the entries that say the opposite of a question. They are ranked lower, and are no answer.

An entry does if it has a polarity of the question only with the other sign, and agrees in no kind of polarity that
counts more: "enter a venv" for "leave a venv". What only one of the two leaves out ("without pip") counts, too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.search.entry_words import EntryWords
from bot.search.features import hash_of
from bot.search.opposites import kinds
from bot.search.opposites.entry_polarities import EntryPolarities
from bot.search.opposites.negation_cues import WISHES
from bot.search.opposites.opposite_words import is_done
from bot.search.opposites.polarities import NO, YES, Polarities
from bot.search.query import Query
from bot.search.words.small_words import QUESTION_VERBS, QUESTION_WORDS

# A thing that a larger share of the best entries are about does not distinguish them.
MOST = 0.5
_LEAVING_OUT = (kinds.LEFT_OUT, kinds.UNWANTED, kinds.OTHER)
_COMPARED_ELSEWHERE = (*_LEAVING_OUT, kinds.NEGATED, kinds.BACK, kinds.AGAIN)
# Kinds of polarities, by the prefixes of their names. Pairs of opposite words, which have none, come before all of
# them. An entry that agrees in one kind is no opposite for any that follows.
_WEAKER = (kinds.DIRECTION, kinds.END, kinds.DO, kinds.SET_UP, kinds.TIME)

# What stands behind one of these is asked for. "Is", "does" and "will" stand in statements, too.
_ASKING = (
    QUESTION_WORDS | WISHES | frozenset("can could puedo puede kann konnte please bitte with mit con".split())
)

Signs = NDArray[np.uint8]  # of each entry


class Opposition:
    """Compares what entries and questions want and do not want. Built once and never changed."""

    def __init__(self, words: EntryWords, polarities: EntryPolarities) -> None:
        self._asked, self._polarities = words.asked, polarities

    def opposites(self, entries: Sequence[int], question: Query) -> list[bool]:
        """For each of these entries, whether it says the opposite of a question."""
        left_out = self._polarities.left_out.keys() & question.content.keys()
        undone = {question.action} & self._polarities.undone.keys() if question.action is not None else set()
        if not question.polarities and not left_out and not undone:
            return [False] * len(entries)
        # "My sheet is locked" can be about unlocking it, and "filament not loading" about how to unload it.
        to_do = {stem for word, stem, _ in question.words if not is_done(word)} if left_out or undone else set()
        if left_out:
            left_out &= _asked_for(question)
        names = [self._polarities.left_out[stem] for stem in left_out & to_do]
        names += [self._polarities.undone[stem] for stem in undone & to_do]
        return self.say_the_opposite(entries, question.polarities, names)

    def say_the_opposite(
        self, entries: Sequence[int], polarities: Polarities, without: Collection[str] = ()
    ) -> list[bool]:
        """For each of these entries, whether it says the opposite of a text with these polarities.

        `without` are the names of what is in it and some entries leave out or undo.
        """
        each = np.array(entries)
        by_kind = self._compared(each, polarities)
        opposed = self._titled_otherwise(each, polarities)
        agrees = self._leaves_out_the_same(each, polarities)
        for kind in (kind for kind in ("", *_WEAKER) if kind in by_kind):
            having, agreeing = by_kind[kind]
            # "Delete it and start over": an entry that agrees in one is no opposite, whatever the others say.
            is_kind = (having > 0) & (agreeing == 0)
            opposed |= is_kind if kind in {"", kinds.DIRECTION} else is_kind & ~agrees
            agrees |= agreeing > 0
        if kinds.AGAIN in polarities:
            opposed |= self._polarities.of(each, kinds.AGAIN) == NO
        if kinds.BACK in polarities:
            opposed |= self._polarities.of(each, kinds.BACK) == 0
        if without or any(name.startswith(_LEAVING_OUT) for name in polarities):
            opposed |= self._leaves_out_otherwise(entries, polarities, without)
        found: list[bool] = opposed.tolist()
        return found

    def _compared(self, entries: NDArray[np.int64], polarities: Polarities) -> dict[str, tuple[Signs, Signs]]:
        """By kind of polarity: the signs that each of these entries has, and those that agree with a text."""
        none = np.zeros(len(entries), np.uint8)
        found: dict[str, tuple[Signs, Signs]] = {}
        for name, sign in polarities.items():
            if sign not in {YES, NO} or name not in self._polarities or name.startswith(_COMPARED_ELSEWHERE):
                continue
            kind = next(filter(name.startswith, _WEAKER), "")
            signs = self._polarities.of(entries, name)
            # What only a phrasing says is no reason to call an entry the opposite. The action of an entry, and
            # whether it sets up, are read from its own question first.
            is_own = kind in {kinds.DO, kinds.SET_UP}
            own = signs if is_own else self._polarities.of(entries, f"{kinds.TITLE}{name}")
            having, agreeing = found.get(kind, (none, none))
            found[kind] = having | own, agreeing | (signs & np.uint8(sign))
        return found

    def is_asked_with_what_is_left_out(self, entry: int, polarities: Polarities) -> bool:
        """Whether an entry is asked with something that a question leaves out: "run without breakfast"."""
        return any(
            name.startswith(kinds.LEFT_OUT)
            and bool(self._asked_for([entry], name)[0])
            and not self._polarities.of(np.array([entry]), name)[0]
            for name in polarities
        )

    def _leaves_out_the_same(self, entries: NDArray[np.int64], polarities: Polarities) -> NDArray[np.bool_]:
        """Whether an entry leaves out what a question leaves out or does not want."""
        found = np.zeros(len(entries), np.bool_)
        for name, sign in polarities.items():
            if sign == NO and name.startswith(_LEAVING_OUT):
                found |= self._polarities.of(entries, _as_left_out(name)) == NO
        return found

    def _leaves_out_otherwise(
        self, entries: Sequence[int], polarities: Polarities, without: Collection[str]
    ) -> NDArray[np.bool_]:
        """Whether an entry is about what a question leaves out or undoes, or the other way round."""
        each = np.array(entries)
        opposed = np.zeros(len(entries), np.bool_)
        for name, sign in polarities.items():
            if sign != NO or not name.startswith(_LEAVING_OUT):
                continue
            left_out = _as_left_out(name)
            has = self._asked_for(entries, left_out)
            has &= (self._polarities.of(each, left_out) == 0) & (self._polarities.of(each, name) == 0)
            is_left_out = hash_of(left_out.removeprefix(kinds.LEFT_OUT)) in self._polarities.left_out
            if name.startswith(kinds.UNWANTED) and not is_left_out:
                continue
            if name.startswith(kinds.LEFT_OUT) and not is_left_out:
                # "Print without strings" may be answered by how to avoid strings, but not by how to add them.
                has &= self._polarities.of(each, f"{kinds.TITLE}{kinds.SET_UP}") == YES
            # If most of the entries are about the thing that is left out, it does not distinguish them.
            opposed |= has & (len(has) == 1 or has.mean() <= MOST)
        for name in without:
            others = (name.replace(kinds.LEFT_OUT, prefix, 1) for prefix in _LEAVING_OUT)
            if polarities.keys().isdisjoint(others):
                opposed |= self._polarities.of(each, name) == NO
        return opposed

    def _titled_otherwise(self, entries: NDArray[np.int64], polarities: Polarities) -> NDArray[np.bool_]:
        """Whether an entry's own question says what a question negates, and nothing that it asks for.

        Only questions in other languages are read so (`foreign_polarities`). "Installieren, nicht upgraden" is not
        about upgrading, although that entry has "install --upgrade" as a phrasing.
        """
        opposed, agreeing = np.zeros(len(entries), np.bool_), np.zeros(len(entries), np.bool_)
        if not any(name.startswith(kinds.NEGATED) for name in polarities):
            return opposed
        for name, sign in polarities.items():
            signs = self._polarities.of(entries, f"{kinds.TITLE}{name.removeprefix(kinds.NEGATED)}")
            if name.startswith(kinds.NEGATED):
                opposed |= signs == YES + NO - sign
            elif sign in {YES, NO} and name != kinds.SET_UP:
                agreeing |= signs == sign
        return opposed & ~agreeing

    def _asked_for(self, entries: Sequence[int], name: str) -> NDArray[np.bool_]:
        """For each of these entries, whether its questions name the thing that a question leaves out."""
        stem = hash_of(name.removeprefix(kinds.LEFT_OUT))
        return np.array([self._asked.holds(n, stem) for n in entries])


def _asked_for(question: Query) -> set[int]:
    """The stems of what a question asks for, and not of what it complains about.

    "The flash makes harsh shadows, what do I do" asks for none.
    """
    told = [word for word, _, _ in question.words]
    is_order = question.action is not None or kinds.SET_UP in question.polarities
    if is_order or told[0] in QUESTION_VERBS:
        return set(question.content)
    begin = next((n for n, word in enumerate(told) if word in _ASKING), len(told))
    return {stem for _, stem, _ in question.words[begin:]}


def _as_left_out(name: str) -> str:
    """The name of a thing that is left out, instead of one that is not wanted."""
    return name.replace(kinds.UNWANTED, kinds.LEFT_OUT, 1).replace(kinds.OTHER, kinds.LEFT_OUT, 1)
