"""Reads what a text wants and does not want: leave and enter, "without", "instead of", "not X but Y" …"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.search.opposites.degrees import ADJECTIVES, amounts_in, degrees_in_one_word
from bot.search.opposites.directions import CHANGES_TO, add_directions, one_end
from bot.search.opposites.negation import Negated, negated
from bot.search.opposites.negation_cues import (
    AVOID,
    FROM,
    HOW,
    MAY_NEGATE,
    PLAIN_NOT,
    WHY,
    WITHOUT,
    may_negate_or_undo,
)
from bot.search.opposites.opposite_words import THE, OppositeWords, first_thing, is_done
from bot.search.opposites.phrasal_verbs import phrasal_verbs_in_one_word
from bot.search.opposites.polarities import (
    AGAIN,
    BACK,
    DO,
    END,
    LEFT_OUT,
    NEGATED,
    NO,
    OTHER,
    SET_UP,
    UNWANTED,
    YES,
    Polarities,
    Polarity,
    add,
    refuse,
)
from bot.search.opposites.prohibitions import is_refused
from bot.search.opposites.removal import removed
from bot.search.opposites.setting_up import (
    SETTING_UP_OR_ENDING,
    done_before,
    may_refuse,
    sets_up,
)
from bot.search.opposites.taking_back import asks_for_again, asks_to_take_back
from bot.search.opposites.whether import asked_whether
from bot.search.words.actions import action_in
from bot.search.words.small_words import QUESTION_WORDS, SMALL_WORDS

LONGEST = 20  # words of a text
CACHED = 50_000

_LEAVING_OUT = WITHOUT | AVOID
_WHEN = frozenset("when wann cuando".split())
_AT_A_TIME = ("open", "start")
_IN_PLACE = frozenset("one it them any".split())  # "without one"
_NO_THINGS = frozenset("need use using".split())
_CHOICES = frozenset("instead rather".split())
_EXCEPT = frozenset("and but".split())
_MADE = "create"
_POLAR, _DONE = 1, 2  # kinds of words
_GERUNDS = frozenset("using having needing buying installing".split())  # "without using pip" is "without pip"


class PolarityReader:
    """Finds the polarities of texts. Built once and never changed."""

    def __init__(self, opposites: OppositeWords, actions: Collection[str] = ()) -> None:
        """`actions` are the stems of what a library's entries say how to do."""
        self.opposites, self.actions = opposites, actions
        self._stem = opposites.stem
        self._known: dict[str, int] = {}
        # The names of the pairs of opposite words for what becomes more or less.
        self._degrees = {name for more, _ in ADJECTIVES.values() for name, _ in opposites.polarities([more], 0)}

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
            tokens = _question_in(tokens)
        if asks_to_take_back(tokens):
            found[BACK] = YES
        if asks_for_again(tokens):
            found[AGAIN] = YES
        for name, sign in amounts_in(tokens, self._stem):
            add(found, name, sign)
        tokens = degrees_in_one_word(phrasal_verbs_in_one_word(tokens))
        known, kind_of = self._known, self._kind_of
        kinds = [known[word] if word in known else kind_of(word) for word in tokens]
        at = [n for n, kind in enumerate(kinds) if kind & _POLAR]
        unwanted = self._add_polarities(found, tokens, at, as_written) if at else ()
        add_directions(found, tokens, self._stem)
        for thing in () if CHANGES_TO.isdisjoint(tokens) else one_end(tokens):
            add(found, f"{END}{self._stem(thing)}", YES)
        if found.get(_MADE) == YES and ("less" in tokens or not self._degrees.isdisjoint(found)):
            del found[_MADE]  # "make it bigger" makes nothing new
        # Most questions set up and end nothing, and need no look at their verb.
        setting_up = sets_up(tokens, self.opposites) if at or may_refuse(tokens) else None
        if setting_up is False:
            add(found, SET_UP, NO)
        elif setting_up and not may_negate_or_undo(tokens):
            add(found, SET_UP, YES)
        for word in done_before(tokens) if self.actions and max(kinds, default=0) >= _DONE else ():
            if self._stem(word) in self.actions:
                found.setdefault(f"{DO}{self._stem(word)}", NO)
        if not _WHEN.isdisjoint(tokens[:1]):
            # Who says when something opens mostly also says when it closes.
            for name in _AT_A_TIME:
                found.pop(name, None)
        return found, unwanted

    def _kind_of(self, word: str) -> int:
        """Whether a word may have a polarity, tells what has been done, or both; 0 for most words."""
        may_set_up = self._stem(word) in SETTING_UP_OR_ENDING
        is_polar = word in MAY_NEGATE or may_set_up or self.opposites.may_have_polarity(word)
        kind = (_DONE if is_done(word) else 0) | (_POLAR if is_polar else 0)
        if len(self._known) < CACHED:
            self._known[word] = kind
        return kind

    def _actions_in(self, tokens: Sequence[str]) -> dict[int, str]:
        """By place: the names of what entries say how to do."""
        stems = {n: self._stem(word) for n, word in enumerate(tokens) if word not in SMALL_WORDS}
        return {n: f"{DO}{stem}" for n, stem in stems.items() if stem in self.actions}

    def _add_polarities(
        self, found: dict[str, int], tokens: Sequence[str], at: Sequence[int], as_written: str
    ) -> Collection[str]:
        """Add the polarities of the words at these places; the verbs that only say what is not asked for."""
        polarities_at = {n: polarities for n in at if (polarities := self.opposites.polarities(tokens, n))}
        # "Remove what I installed" is about removing.
        verbs = {n: polarities for n, polarities in polarities_at.items() if not _is_done_at(tokens, n)}
        negations: list[Negated] = []
        # "Is it ok to not commit it" is about committing it.
        is_whether = asked_whether(tokens) != "" and _CHOICES.isdisjoint(tokens)
        if may_negate_or_undo(tokens) and not is_whether:
            actions = self._actions_in(tokens)
            doing = [n for n in actions if n not in polarities_at and not is_done(tokens[n])]
            own = action_in(tokens)
            asked = [n for n, word in enumerate(tokens) if word == own]
            negations += negated(tokens, verbs, as_written, {*doing, *asked})
            polarities_at = {n: [(name, YES)] for n, name in actions.items()} | polarities_at
            verbs |= {n: polarities_at[n] for n in doing}
            self._add_removed(found, tokens, verbs, actions, {m for each in negations for m in each.places})
        unwanted: Collection[str] = ()
        if negations:
            unwanted = self._add_negated(found, tokens, polarities_at, verbs, negations)
        else:
            for n, polarities in verbs.items():
                # "Why is it not closing" and "it does not close" are problems with closing it.
                before = tokens[:n] if WHY in tokens else tokens[max(0, n - 2) : n]
                is_both = not PLAIN_NOT.isdisjoint(before)
                for name, sign in polarities:
                    add(found, name, YES + NO if is_both else sign)
        self._add_left_out(found, tokens, at, {each.by for each in negations})
        return unwanted

    def _add_left_out(
        self, found: dict[str, int], tokens: Sequence[str], at: Sequence[int], by: Collection[int]
    ) -> None:
        """Add what a text leaves out: "without pip", "without it", "no grid". `by` are the places of negations."""
        for n in at:
            # An entry about lists can answer "instead of a list", but not "without a list".
            if tokens[n] in WITHOUT and (left_out := self._left_out(tokens, n + 1)):
                add(found, f"{LEFT_OUT}{left_out}", NO)
            elif tokens[n] in WITHOUT and _is_in_place(tokens, n + 1):
                things = {*tokens[:n]} - SMALL_WORDS - QUESTION_WORDS - _NO_THINGS
                for stem in {self._stem(thing) for thing in things}.difference(self.actions):
                    add(found, f"{LEFT_OUT}{stem}", NO)
            # "With the map and not the compass".
            elif (
                tokens[n] in PLAIN_NOT
                and n
                and tokens[n - 1] in _EXCEPT
                and not THE.isdisjoint(tokens[n + 1 : n + 2])
            ):
                if left_out := self._left_out(tokens, n + 1):
                    add(found, f"{LEFT_OUT}{left_out}", NO)
            # "No grid" can be a wish or a problem.
            elif tokens[n] == "no" and n not in by and (left_out := self._left_out(tokens, n + 1)):
                add(found, f"{UNWANTED}{left_out}", NO)

    def _add_removed(
        self,
        found: dict[str, int],
        tokens: Sequence[str],
        verbs: dict[int, list[Polarity]],
        actions: Mapping[int, str],
        unwanted: Collection[int],
    ) -> None:
        """Add what is to be removed, if an entry says how to do it: "remove the lock", "the role that I claimed".

        It is a thing, so that it is none of the `verbs`: "remove the start button" is not about starting.
        """
        for place in removed(tokens, unwanted):
            # "Restore the settings" undoes no setting.
            is_thing = tokens[place].endswith(("ing", "ings")) and tokens[place - 1] not in FROM
            if place in actions and not is_thing:
                add(found, actions[place], NO)
            if not is_thing:
                verbs.pop(place, None)

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
        avoided = {n for each in negations if tokens[each.by] in AVOID for n in each.places}
        for n, polarities in verbs.items():
            for name, sign in polarities:
                if n in avoided and name.startswith(DO):
                    continue  # an entry on an error holds what is to be avoided
                add(found, name, YES + NO - sign if n in unwanted else sign)
                if n in unwanted and not name.startswith(DO):
                    add(found, f"{NEGATED}{name}", YES + NO - sign)
        for each in negations:
            self._add_things(found, tokens, verbs, elsewhere, each)
        wanted = {tokens[n] for n in verbs.keys() - everything - by}
        if not wanted:
            return ()
        refusing = (each for each in negations if tokens[each.by] not in _LEAVING_OUT and not each.is_undone)
        return {tokens[n] for each in refusing for n in each.places if n in verbs} - wanted

    def _add_things(
        self,
        found: dict[str, int],
        tokens: Sequence[str],
        verbs: Mapping[int, list[Polarity]],
        elsewhere: Collection[int],
        negation: Negated,
    ) -> None:
        """Add what is not wanted besides the verbs with an opposite."""
        # "Do not delete the file" is about the file, but "do not print the grid" leaves it out.
        has_verb = any(not name.startswith(DO) for n in negation.places for name, _ in verbs.get(n, ()))
        if not has_verb and is_refused(tokens, negation.by):
            refuse(found)
        for n in negation.places:
            if n in verbs or tokens[n] in SMALL_WORDS:
                continue
            stem = self._stem(tokens[n])
            if n in elsewhere:
                add(found, f"{OTHER}{stem}", NO)
            elif not has_verb:
                # "Avoid the grid" can be about both.
                add(found, f"{UNWANTED}{stem}", YES + NO if tokens[negation.by] in _LEAVING_OUT else NO)

    def _left_out(self, tokens: Sequence[str], begin: int) -> str:
        """The stem of the thing that is left out; '' if it is no thing: "without getting an error"."""
        if not _GERUNDS.isdisjoint(tokens[begin : begin + 1]):
            begin += 1
        word = first_thing(tokens, begin)
        # "Print without warping" asks how to prevent that.
        return self._stem(word) if word and not word.endswith("ing") else ""


def _question_in(tokens: Sequence[str]) -> Sequence[str]:
    """The words of a story from its last "how" on, at most `LONGEST`; none if there is no "how"."""
    how = next((n for n in range(len(tokens) - 1, -1, -1) if tokens[n] in HOW), len(tokens))
    return tokens[how : how + LONGEST]


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


def _is_in_place(tokens: Sequence[str], n: int) -> bool:
    """Whether the word at this place stands for a thing before: "with a map or without one", "without it"."""
    after = tokens[n + 1] if n + 1 < len(tokens) else ""
    # "Without them knowing" leaves nobody out.
    return not _IN_PLACE.isdisjoint(tokens[n : n + 1]) and not after.endswith("ing")


def _is_done_at(tokens: Sequence[str], n: int) -> bool:
    """Whether the verb at this place tells what has been done: "installed", "after installing it"."""
    return is_done(tokens[n]) or (tokens[max(0, n - 1) : n] == ["after"] and tokens[n].endswith("ing"))
