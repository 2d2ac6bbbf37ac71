"""Finds questions and entries that are opposites, by leave and enter, "without", "instead of", "not X but Y" …

The polarities of a text are the things that it is about, each with a sign, YES or NO. "Leave" is `enter` with NO,
and "without pip" is `pip` with NO. A question and an entry are opposites if the entry has only the other sign.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.search.directions import TO, directions
from bot.search.features import hash_of
from bot.search.negation import (
    AVOID,
    FROM,
    MAY_NEGATE,
    PLAIN_NOT,
    WITHOUT,
    Negated,
    is_refused,
    negated,
)
from bot.search.opposite_words import LEFT_OUT, NO, THE, YES, OppositeWords, Polarity, first_thing, is_done
from bot.search.small_words import SMALL_WORDS

# A prefix for the stems of words that have no opposite, but are not wanted ("do not print the grid"), which only
# counts if an entry leaves them out.
UNWANTED = "~ "
NEGATED = "! "  # prefix for a polarity that a question says by negating its opposite: "not upgrade"
TITLE = "# "  # prefix for a polarity of an entry's own question, without its phrasings
DIRECTION = "> "  # prefix for the stems of two things of which one is turned into the other
# The factor for the score of entries that say the opposite; and, for a question in another language, of those that
# agree in their own question, and of those that agree in a phrasing.
OPPOSITE = 0.85
AGREES_IN_TITLE, AGREES = 1.1, 1.05
LONGEST = 20  # words of a text
CACHED = 50_000

_LEAVING_OUT = WITHOUT | AVOID
_WHETHER = (("should", "i"), ("must", "i"), ("may", "i"), ("do", "i", "have", "to"), ("do", "i", "need", "to"))
_ANY = frozenset(
    "another other different some any somewhere somebody someone andere anderen anderes otra otro otros".split()
)

Polarities = Mapping[str, int]  # the things that a text is about, with YES, NO, or both


class PolarityReader:
    """Finds the polarities of texts."""

    def __init__(self) -> None:
        self.opposites = OppositeWords()
        self._stem = self.opposites.stem
        self._known: dict[str, bool] = {}

    def polarities_in_any_language(self, tokens: Sequence[str]) -> Polarities:
        """The polarities of a question in German or Spanish, given its words."""
        found: dict[str, int] = {}
        if len(tokens) > LONGEST:
            return found
        verbs = {n for n, word in enumerate(tokens) if self.opposites.is_form(word)}
        unwanted = {n for each in negated(tokens, verbs) if not each.is_elsewhere for n in each.places}
        for n in verbs:
            for name, sign in () if is_done(tokens[n]) else self.opposites.polarities_of_form(tokens, n):
                if n in unwanted:
                    _add(found, f"{NEGATED}{name}", YES + NO - sign)
                else:
                    _add(found, name, sign)
        for source, target in directions(tokens, in_any_language=True):
            self._add_direction(found, source, target)
        return found

    def polarities(self, tokens: Sequence[str]) -> Polarities:
        """The polarities of a text, given its words."""
        return self.polarities_and_unwanted(tokens)[0]

    def polarities_and_unwanted(
        self, tokens: Sequence[str], as_written: str = ""
    ) -> tuple[Polarities, Collection[str]]:
        """The polarities of a text, given its words, and its verbs that only say what it does not ask for.

        In "leave it, not delete it", that is "delete". What is asked for has to be a verb with an opposite, too.
        If the text is given `as_written`, capitals and signs count.
        """
        found: dict[str, int] = {}
        # In a long story, such words tell what happened, and not what the question is.
        if len(tokens) > LONGEST:
            return found, ()
        known, may_have = self._known, self._may_have_polarity
        at = [n for n, word in enumerate(tokens) if (known[word] if word in known else may_have(word))]
        unwanted = self._add_polarities(found, tokens, at, as_written) if at else ()
        for source, target in directions(tokens):
            self._add_direction(found, source, target)
        return found, unwanted

    def together(self, texts: Sequence[Sequence[str]]) -> Polarities:
        """The polarities of an entry, given the words of its question and then of each phrasing."""
        found: dict[str, int] = {}
        each_of = [self.polarities(text) for text in texts]
        for polarities in each_of:
            for name, signs in polarities.items():
                if not name.startswith((NEGATED, UNWANTED)):
                    found[name] = found.get(name, 0) | signs
        if verb := _asked_whether(texts[0]):
            found[f"{LEFT_OUT}{self._stem(verb)}"] = YES + NO
        title = {f"{TITLE}{name}": signs for name, signs in each_of[0].items() if signs in {YES, NO}}
        for name in found:
            if name.startswith(LEFT_OUT):
                stem = name.removeprefix(LEFT_OUT)
                rest = (text for text, polarities in zip(texts, each_of, strict=True) if name not in polarities)
                if any(self._stem(word) == stem for text in rest for word in text):
                    found[name] |= YES
        return found | title

    def _may_have_polarity(self, word: str) -> bool:
        found = word in MAY_NEGATE or self.opposites.may_have_polarity(word)
        if len(self._known) < CACHED:
            self._known[word] = found
        return found

    def _add_polarities(
        self, found: dict[str, int], tokens: Sequence[str], at: Sequence[int], as_written: str
    ) -> Collection[str]:
        """Add the polarities of the words at these places; the verbs that only say what is not asked for."""
        polarities_at = {n: polarities for n in at if (polarities := self.opposites.polarities(tokens, n))}
        # "Remove what I installed" is about removing.
        verbs = {n: polarities for n, polarities in polarities_at.items() if not is_done(tokens[n])}
        negations = list(negated(tokens, verbs, as_written))
        unwanted: Collection[str] = ()
        if negations:
            unwanted = self._add_negated(found, tokens, polarities_at, verbs, negations)
        else:
            for n, polarities in verbs.items():
                is_both = not PLAIN_NOT.isdisjoint(tokens[max(0, n - 2) : n])
                for name, sign in polarities:
                    _add(found, name, YES + NO if is_both else sign)
        by = {each.by for each in negations}
        for n in at:
            # An entry about lists can answer "instead of a list", but not "without a list".
            if tokens[n] in WITHOUT and (left_out := self._left_out(tokens, n + 1)):
                _add(found, f"{LEFT_OUT}{left_out}", NO)
            # "No grid" can be a wish or a problem: what says "without a grid" is not its opposite.
            elif tokens[n] == "no" and n not in by and (left_out := self._left_out(tokens, n + 1)):
                _add(found, f"{UNWANTED}{left_out}", YES + NO)
        for word, sign in _ways(tokens):
            _add(found, f"from {self._stem(word)}", sign)
        return unwanted

    def _add_negated(
        self,
        found: dict[str, int],
        tokens: Sequence[str],
        polarities_at: Mapping[int, list[Polarity]],
        verbs: dict[int, list[Polarity]],
        negations: Sequence[Negated],
    ) -> Collection[str]:
        """As `_add_polarities`, for a text that negates something."""
        undone = (n for each in negations if each.is_undone for n in each.places if n in polarities_at)
        verbs.update({n: polarities_at[n] for n in undone})
        everything = {n for each in negations for n in each.places}
        elsewhere = _elsewhere(tokens, verbs, negations, everything)
        unwanted = everything - elsewhere
        by = {each.by for each in negations}
        for n, polarities in verbs.items():
            # "It does not start", "I can not start it": these can be about both signs.
            is_both = n not in everything and any(
                tokens[m] in PLAIN_NOT and m not in by for m in range(max(0, n - 2), n)
            )
            for name, sign in polarities:
                _add(found, name, YES + NO if is_both else YES + NO - sign if n in unwanted else sign)
                if n in unwanted:
                    _add(found, f"{NEGATED}{name}", YES + NO - sign)
        for each in negations:
            self._add_things(found, tokens, verbs, elsewhere, each)
        wanted = {tokens[n] for n in verbs.keys() - everything - by}
        if elsewhere or not wanted:
            return ()
        refusing = (each for each in negations if tokens[each.by] not in _LEAVING_OUT)
        return {tokens[n] for each in refusing for n in each.places if n in verbs} - wanted

    def _add_things(
        self,
        found: dict[str, int],
        tokens: Sequence[str],
        verbs: Collection[int],
        elsewhere: Collection[int],
        negation: Negated,
    ) -> None:
        """Add what is not wanted besides the verbs with an opposite."""
        # "Do not delete the file" is about the file, but "do not print the grid" leaves it out.
        has_verb = any(n in verbs for n in negation.places)
        if not has_verb and is_refused(tokens, negation.by):
            _add(found, "enable", NO)  # "I do not want to get messages"
        for n in negation.places:
            if n in verbs or tokens[n] in SMALL_WORDS:
                continue
            stem = self._stem(tokens[n])
            if n in elsewhere:
                _add(found, f"{LEFT_OUT}{stem}", NO)
            elif not has_verb and tokens[negation.by] not in _LEAVING_OUT:
                _add(found, f"{UNWANTED}{stem}", NO)

    def _left_out(self, tokens: Sequence[str], begin: int) -> str:
        """The stem of the thing that is left out; '' if it is no thing: "without getting an error"."""
        word = first_thing(tokens, begin)
        return "" if not word or word in _ANY or word.endswith("ing") else self._stem(word)

    def _add_direction(self, found: dict[str, int], source: str, target: str) -> None:
        first, second = self._stem(source), self._stem(target)
        if first < second:
            _add(found, f"{DIRECTION}{first} {second}", YES)
        elif first > second:
            _add(found, f"{DIRECTION}{second} {first}", NO)


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


def _asked_whether(tokens: Sequence[str]) -> str:
    """The verb of "should I commit it", whose answer is also about what not to do, and how to undo it; else ''."""
    size = next((len(each) for each in _WHETHER if tuple(tokens[: len(each)]) == each), 0)
    return tokens[size] if 0 < size < len(tokens) else ""


def _add(found: dict[str, int], name: str, sign: int) -> None:
    found[name] = found.get(name, 0) | sign


def _ways(tokens: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The things after "from" (YES) and after "to" (NO), if a text has a "from"."""
    if FROM.isdisjoint(tokens):
        return
    for before, word, after in zip(tokens, tokens[1:], [*tokens[2:], ""], strict=False):
        sign = YES if before in FROM else NO if before in TO else 0
        there = after if word in THE else word
        if sign and there and there not in SMALL_WORDS and there not in _ANY:
            yield there, sign


class EntryPolarities:
    """The polarities of a library's entries. Built once and never changed."""

    def __init__(self, entries: Sequence[Polarities]) -> None:
        by_name: dict[str, list[tuple[int, int]]] = {}
        for n, polarities in enumerate(entries):
            for name, signs in polarities.items():
                by_name.setdefault(name, []).append((n, signs))
        # By polarity: the entries that have it, in ascending order, and their signs.
        self._of = {
            name: (np.array([n for n, _ in found], np.int64), np.array([signs for _, signs in found], np.uint8))
            for name, found in by_name.items()
        }
        # By the hashes of their stems: the things that entries leave out, and do not also have.
        self.left_out = {
            hash_of(name.removeprefix(LEFT_OUT)): name
            for polarities in entries
            for name, signs in polarities.items()
            if signs == NO and name.startswith(LEFT_OUT)
        }

    @property
    def nbytes(self) -> int:
        return sum(entries.nbytes + signs.nbytes for entries, signs in self._of.values())

    def __contains__(self, name: str) -> bool:
        """Whether an entry has this polarity."""
        return name in self._of

    def agrees(self, entry: int, polarities: Polarities, prefix: str = "") -> bool:
        """Whether an entry has one of these polarities with the same sign; `prefix` is '' or `TITLE`."""
        each = np.array([entry])
        return any(int(self.of(each, prefix + name)[0]) & sign for name, sign in polarities.items())

    def factor(self, entry: int, polarities: Polarities) -> float:
        """The factor for the score of an entry, for a question in another language with these polarities."""
        if self.is_opposite(entry, polarities):
            return OPPOSITE
        if self.agrees(entry, polarities, TITLE):
            return AGREES_IN_TITLE
        return AGREES if self.agrees(entry, polarities) else 1.0

    def is_opposite(self, entry: int, polarities: Polarities) -> bool:
        """Whether an entry says the opposite of a question in another language that has these polarities."""
        unwanted = {
            name.removeprefix(NEGATED): sign for name, sign in polarities.items() if name.startswith(NEGATED)
        }
        ways = {name: sign for name, sign in polarities.items() if name.startswith(DIRECTION)}
        agrees_in_title = self.agrees(entry, polarities, TITLE)
        return (
            self.contradicts(entry, ways)
            or (not agrees_in_title and self.contradicts(entry, unwanted, TITLE))
            or (not agrees_in_title and self.contradicts(entry, polarities))
        )

    def contradicts(self, entry: int, polarities: Polarities, prefix: str = "") -> bool:
        """Whether an entry has one of these, and only with the other sign; `prefix` is '' or `TITLE`."""
        own = [(int(self.of(np.array([entry]), prefix + name)[0]), sign) for name, sign in polarities.items()]
        return any(signs for signs, _ in own) and not any(signs & sign for signs, sign in own)

    def of(self, entries: NDArray[np.int64], name: str) -> NDArray[np.uint8]:
        """For each of these entries, its signs for this polarity; 0 if it does not have the polarity."""
        if name not in self._of:
            return np.zeros(len(entries), np.uint8)
        having, signs = self._of[name]
        at = having.searchsorted(entries)
        found: NDArray[np.uint8] = signs.take(at, mode="clip") * (having.take(at, mode="clip") == entries)
        return found
