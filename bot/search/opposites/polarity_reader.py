"""Reads what a text wants and does not want (`polarities`): "leave" and "enter", "without", "not X but Y" …

Phrases are read as one word first ("too dark" as "brighter"), then the words that have an opposite, with what the
text negates. "Install it, do not upgrade it" is `install` with YES and `upgrade` with NO.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.search.opposites import kinds
from bot.search.opposites.degrees import ADJECTIVES, amounts_in, degrees_in_one_word
from bot.search.opposites.directions import add_directions
from bot.search.opposites.left_out import left_out_in
from bot.search.opposites.negated_polarities import PolaritiesAt, add_negated
from bot.search.opposites.negation import Negated, negated
from bot.search.opposites.negation_cues import FROM, MAY_NEGATE, PLAIN_NOT, WHY, may_negate_or_undo
from bot.search.opposites.opposite_words import OppositeWords, is_done
from bot.search.opposites.phrasal_verbs import phrasal_verbs_in_one_word
from bot.search.opposites.polarities import NO, YES, Polarities, add
from bot.search.opposites.removal import removed
from bot.search.opposites.setting_up import SETTING_UP_OR_ENDING, asks_for_more, done_before, may_refuse, sets_up
from bot.search.opposites.taking_back import asks_for_again, asks_to_take_back
from bot.search.opposites.whether import asked_whether
from bot.search.words.actions import action_in
from bot.search.words.phrases import word_at
from bot.search.words.small_words import HOW, SMALL_WORDS

LONGEST = 20  # words of a text
CACHED = 50_000

_WHEN = frozenset("when wann cuando".split())
_AT_A_TIME = ("open", "start")
_CHOICES = frozenset("instead rather".split())
_MADE = "create"
_POLAR, _DONE = 1, 2  # what a word may be: one with a polarity, one that tells what has been done


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
            found[kinds.BACK] = YES
        if asks_for_again(tokens):
            found[kinds.AGAIN] = YES
        for name, sign in amounts_in(tokens, self._stem):
            add(found, name, sign)
        tokens = degrees_in_one_word(phrasal_verbs_in_one_word(self.opposites.verb_forms.infinitives(tokens)))
        known, read_word = self._known, self._read_word
        may_be = [known[word] if word in known else read_word(word) for word in tokens]
        at = [n for n, each in enumerate(may_be) if each & _POLAR]
        unwanted = self._add_polarities(found, tokens, at, as_written) if at else ()
        add_directions(found, tokens, self._stem)
        if found.get(_MADE) == YES and ("less" in tokens or not self._degrees.isdisjoint(found)):
            del found[_MADE]  # "make it bigger" makes nothing new
        # Most questions set up and end nothing, and need no look at their verb.
        if at or may_refuse(tokens):
            self._add_setting_up(found, tokens)
        if asks_for_more(tokens):
            found.setdefault(kinds.SET_UP, YES)
        if self.actions and max(may_be, default=0) >= _DONE:
            self._add_happened(found, done_before(tokens))
        if not _WHEN.isdisjoint(tokens[:1]):
            # Who says when something opens mostly also says when it closes.
            for name in _AT_A_TIME:
                found.pop(name, None)
        return found, unwanted

    def _read_word(self, word: str) -> int:
        """Whether a word may have a polarity, tells what has been done, or both; 0 for most words."""
        may_set_up = self._stem(word) in SETTING_UP_OR_ENDING
        is_polar = word in MAY_NEGATE or may_set_up or self.opposites.may_have_polarity(word)
        may_be = (_DONE if is_done(word) else 0) | (_POLAR if is_polar else 0)
        if len(self._known) < CACHED:
            self._known[word] = may_be
        return may_be

    def _add_setting_up(self, found: dict[str, int], tokens: Sequence[str]) -> None:
        """Add whether a text asks to set something up or to end it."""
        setting_up = sets_up(tokens, self.opposites)
        if setting_up is False:
            add(found, kinds.SET_UP, NO)
        elif setting_up and not may_negate_or_undo(tokens):
            add(found, kinds.SET_UP, YES)

    def _add_happened(self, found: dict[str, int], done: Iterable[str]) -> None:
        """Add the actions that a text does not ask for, as they have been `done`."""
        for word in done:
            if self._stem(word) in self.actions:
                found.setdefault(f"{kinds.DO}{self._stem(word)}", NO)

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
            # "I muted it, how do I undo that" is about what has been done.
            undone = {n for each in negations if each.is_undone for n in each.places}
            verbs |= {n: polarities for n, polarities in polarities_at.items() if n in undone}
            unwanted = add_negated(found, tokens, verbs, negations, self._stem)
        else:
            _add_wanted(found, tokens, verbs)
        negating = {each.by for each in negations}
        for name in left_out_in(tokens, at, negating, self._stem):
            add(found, name, NO)
        return unwanted

    def _actions_in(self, tokens: Sequence[str]) -> dict[int, str]:
        """By place: the names of what entries say how to do."""
        stems = {n: self._stem(word) for n, word in enumerate(tokens) if word not in SMALL_WORDS}
        return {n: f"{kinds.DO}{stem}" for n, stem in stems.items() if stem in self.actions}

    def _add_removed(
        self,
        found: dict[str, int],
        tokens: Sequence[str],
        verbs: PolaritiesAt,
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


def _add_wanted(found: dict[str, int], tokens: Sequence[str], verbs: PolaritiesAt) -> None:
    """Add the polarities of the verbs of a text that negates nothing."""
    for n, polarities in verbs.items():
        # "Why is it not closing" and "it does not close" are problems with closing it.
        before = tokens[:n] if WHY in tokens else tokens[max(0, n - 2) : n]
        is_problem = not PLAIN_NOT.isdisjoint(before)
        for name, sign in polarities:
            add(found, name, YES + NO if is_problem else sign)


def _question_in(tokens: Sequence[str]) -> Sequence[str]:
    """The words of a story from its last "how" on, at most `LONGEST`; none if there is no "how"."""
    how = next((n for n in range(len(tokens) - 1, -1, -1) if tokens[n] in HOW), len(tokens))
    return tokens[how : how + LONGEST]


def _is_done_at(tokens: Sequence[str], n: int) -> bool:
    """Whether the verb at this place tells what has been done: "installed", "after installing it"."""
    return is_done(tokens[n]) or (word_at(tokens, n - 1) == "after" and tokens[n].endswith("ing"))
