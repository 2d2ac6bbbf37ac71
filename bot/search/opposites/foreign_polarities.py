"""Reads what a question in German or Spanish wants and does not want, in the polarities of English lessons.

Its verbs are looked up by their forms, and a separated particle counts: "schalte das Licht aus" is `enable` with
NO. A verb that is negated is marked as that, and what has been done ("gelöscht") asks for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence

from bot.search.opposites import kinds
from bot.search.opposites.degrees import degrees_in_one_word
from bot.search.opposites.directions import add_directions
from bot.search.opposites.negation import Negated, negated
from bot.search.opposites.negation_cues import WITHOUT
from bot.search.opposites.opposite_words import OppositeWords, is_done
from bot.search.opposites.polarities import NO, YES, Polarities, add, refuse
from bot.search.opposites.polarity_reader import LONGEST
from bot.search.opposites.prohibitions import is_refused
from bot.search.opposites.setting_up import ends_in_any_language
from bot.search.words.small_words import SMALL_WORDS
from bot.search.words.verb_forms import stems_of_verb


class ForeignPolarityReader:
    """Finds the polarities of questions in German and Spanish. Built once and never changed."""

    def __init__(self, opposites: OppositeWords, actions: Collection[str] = ()) -> None:
        """`actions` are the stems of what a library's entries say how to do."""
        self._opposites, self._actions = opposites, actions
        self._stem = opposites.stem

    def polarities(self, tokens: Sequence[str]) -> Polarities:
        """The polarities of a question, given its words; none if it is long."""
        found: dict[str, int] = {}
        if len(tokens) > LONGEST:
            return found
        tokens = degrees_in_one_word(self._opposites.verb_forms.infinitives(tokens))
        verbs = {
            n: polarities
            for n, word in enumerate(tokens)
            if not is_done(word) and (polarities := self._opposites.polarities_in_any_language(tokens, n))
        }
        actions = {n: name for n, word in enumerate(tokens) if (name := self._action(word))}
        negations = list(negated(tokens, verbs, actions=actions))
        undoes = any(("undo", YES) in each for each in verbs.values())
        if any(each.is_undone for each in negations):
            found["undo"] = YES
        unwanted = {n for each in negations if not each.is_elsewhere for n in each.places}
        not_to_do = {*verbs, *actions} if undoes else unwanted
        for n, polarities in verbs.items():
            for name, sign in polarities:
                is_negated = n in not_to_do and name != "undo"
                add(
                    found,
                    f"{kinds.NEGATED}{name}" if is_negated else name,
                    YES + NO - sign if is_negated else sign,
                )
        if ends_in_any_language(tokens, found):
            add(found, kinds.SET_UP, NO)
        for n in actions.keys() & not_to_do:
            add(found, actions[n], NO)
        for each in negations:
            self._add_things(found, tokens, verbs, each)
        add_directions(found, tokens, self._stem, in_any_language=True)
        return found

    def _add_things(
        self, found: dict[str, int], tokens: Sequence[str], verbs: Container[int], negation: Negated
    ) -> None:
        """Add what a question does not want besides verbs, if English has the same word."""
        things = [n for n in negation.places if n not in verbs]
        if len(things) == len(negation.places) and is_refused(tokens, negation.by):
            refuse(found)
        if negation.is_elsewhere or tokens[negation.by] in WITHOUT:
            before = tokens[max(0, negation.by - 1) : negation.by] if negation.is_elsewhere else []
            # "Den Server nicht verlassen, nur den Channel": the object stands before the verb.
            for word in {*before, *(tokens[n] for n in things)} - SMALL_WORDS:
                add(found, f"{kinds.OTHER if negation.is_elsewhere else kinds.LEFT_OUT}{self._stem(word)}", NO)

    def _action(self, word: str) -> str:
        """The name of the action that a word is, also as a German verb: "committen"; '' if it is none."""
        stems = (self._stem(each) for each in (word, *stems_of_verb(word)))
        return next((f"{kinds.DO}{stem}" for stem in stems if stem in self._actions), "")
