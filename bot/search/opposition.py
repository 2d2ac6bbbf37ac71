"""Finds the entries that say the opposite of a question. They are ranked lower, and are no answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.search.entry_polarities import EntryPolarities
from bot.search.features import AskedStems, hash_of
from bot.search.opposite_words import is_done
from bot.search.polarities import DIRECTION, DO, LEFT_OUT, NEGATED, NO, TITLE, UNWANTED, YES, Polarities
from bot.search.query import Query

# A thing that a larger share of the best entries are about does not distinguish them.
MOST = 0.5
_LEAVING_OUT = (LEFT_OUT, UNWANTED)


class Opposition:
    """Compares what entries and questions want and do not want. Built once and never changed."""

    def __init__(self, asked: AskedStems, polarities: EntryPolarities) -> None:
        """`asked` are the stems of each entry's question and phrasings."""
        self._asked, self._polarities = asked, polarities

    def opposites(self, entries: Sequence[int], question: Query) -> list[bool]:
        """For each of these entries, whether it says the opposite of a question."""
        left_out = self._polarities.left_out.keys() & question.content.keys()
        if not question.polarities and not left_out:
            return [False] * len(entries)
        # "My sheet is locked" can be about unlocking it.
        doing = {stem for word, stem, _ in question.words if not is_done(word)} if left_out else set()
        return self.say_the_opposite(entries, question.polarities, left_out & doing)

    def say_the_opposite(
        self, entries: Sequence[int], polarities: Polarities, left_out: Collection[int] = ()
    ) -> list[bool]:
        """For each of these entries, whether it says the opposite of a text with these polarities.

        `left_out` are the stems in it that some entries leave out.
        """
        each = np.array(entries)
        none = np.zeros(len(entries), np.uint8)
        by_kind: dict[str, tuple[NDArray[np.uint8], NDArray[np.uint8]]] = {}
        for name, sign in polarities.items():
            if sign in {YES, NO} and name in self._polarities and not name.startswith((*_LEAVING_OUT, NEGATED)):
                kind = next((prefix for prefix in (DO, DIRECTION) if name.startswith(prefix)), "")
                having, agreeing = by_kind.get(kind, (none, none))
                signs = self._polarities.of(each, name)
                by_kind[kind] = having | signs, agreeing | (signs & np.uint8(sign))
        opposed = self._titled_otherwise(each, polarities)
        agrees = self._leaves_out_the_same(each, polarities)
        for kind in ("", DIRECTION, DO):
            if kind in by_kind:
                having, agreeing = by_kind[kind]
                # "Delete it and start over": an entry that agrees in one is no opposite, whatever the others say.
                is_kind = (having > 0) & (agreeing == 0)
                opposed |= is_kind & ~agrees if kind == DO else is_kind
                agrees |= agreeing > 0
        if left_out or any(name.startswith(_LEAVING_OUT) for name in polarities):
            opposed |= self._leaves_out_otherwise(entries, polarities, left_out)
        found: list[bool] = opposed.tolist()
        return found

    def _leaves_out_the_same(self, entries: NDArray[np.int64], polarities: Polarities) -> NDArray[np.bool_]:
        """Whether an entry leaves out what a question leaves out or does not want."""
        found = np.zeros(len(entries), np.bool_)
        for name, sign in polarities.items():
            if sign == NO and name.startswith(_LEAVING_OUT):
                found |= self._polarities.of(entries, name.replace(UNWANTED, LEFT_OUT, 1)) == NO
        return found

    def _leaves_out_otherwise(
        self, entries: Sequence[int], polarities: Polarities, stems: Collection[int]
    ) -> NDArray[np.bool_]:
        """Whether an entry is about what a question leaves out or undoes, or the other way round."""
        each = np.array(entries)
        opposed = np.zeros(len(entries), np.bool_)
        for name, sign in polarities.items():
            if sign != NO or not name.startswith(_LEAVING_OUT):
                continue
            left_out = name.replace(UNWANTED, LEFT_OUT, 1)
            if name == left_out or hash_of(name.removeprefix(UNWANTED)) in self._polarities.left_out:
                has = self._asked_for(entries, left_out)
                has &= (self._polarities.of(each, left_out) == 0) & (self._polarities.of(each, name) == 0)
                # If most of the entries are about the thing that is left out, it does not distinguish them.
                opposed |= has & (len(has) == 1 or has.mean() <= MOST)
        for stem in stems:
            name = self._polarities.left_out[stem]
            others = (name.replace(LEFT_OUT, prefix, 1) for prefix in _LEAVING_OUT)
            if polarities.keys().isdisjoint(others):
                opposed |= self._polarities.of(each, name) == NO
        return opposed

    def _titled_otherwise(self, entries: NDArray[np.int64], polarities: Polarities) -> NDArray[np.bool_]:
        """Whether an entry's own question says what a question negates, and nothing that it asks for.

        "Install, not upgrade" is not about upgrading, although that entry has "install --upgrade" as a phrasing.
        """
        opposed, agreeing = np.zeros(len(entries), np.bool_), np.zeros(len(entries), np.bool_)
        if not any(name.startswith(NEGATED) for name in polarities):
            return opposed
        for name, sign in polarities.items():
            signs = self._polarities.of(entries, f"{TITLE}{name.removeprefix(NEGATED)}")
            if name.startswith(NEGATED):
                opposed |= signs == YES + NO - sign
            elif sign in {YES, NO}:
                agreeing |= signs == sign
        return opposed & ~agreeing

    def _asked_for(self, entries: Sequence[int], name: str) -> NDArray[np.bool_]:
        """For each of these entries, whether its questions name the thing that a question leaves out."""
        stem = hash_of(name.removeprefix(LEFT_OUT))
        return np.array([self._asked.holds(n, stem) for n in entries])
