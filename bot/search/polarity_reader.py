"""Reads what a text wants and does not want: leave and enter, "without", "instead of", "not X but Y" …"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence

from bot.search.actions import action_in, order_in
from bot.search.directions import directions
from bot.search.foreign_verbs import stems_of_verb
from bot.search.negation import (
    AVOID,
    MAY_NEGATE,
    PLAIN_NOT,
    WITHOUT,
    Negated,
    is_refused,
    may_negate_or_undo,
    negated,
    removed,
)
from bot.search.opposite_words import THE, OppositeWords, first_thing, is_done
from bot.search.phrasal_verbs import phrasal_verbs_in_one_word
from bot.search.polarities import (
    DIRECTION,
    DO,
    LEFT_OUT,
    NEGATED,
    NO,
    TITLE,
    UNWANTED,
    YES,
    Polarities,
    Polarity,
    add,
)
from bot.search.small_words import QUESTION_WORDS, SMALL_WORDS

LONGEST = 20  # words of a text
CACHED = 50_000

_LEAVING_OUT = WITHOUT | AVOID
# "Should I commit it", and in German "soll ich es committen", where the verb is the last word.
_WHETHER = tuple(
    tuple(each.split())
    for each in (
        "should i",
        "must i",
        "may i",
        "do i have to",
        "do i need to",
        "debo",
        "tengo que",
        "hay que",
    )
)
_WHETHER_AT_END = frozenset("soll sollte muss darf".split())
_ANY = frozenset(
    "another other different some any somewhere somebody someone andere anderen anderes otra otro otros".split()
)
# What is not wanted is not to be made, shown, turned on …
_REFUSED = ("create", "enable", "show", "start", "subscribe", "follow", "include")
_TAKEN_AWAY = ("create", "enable", "show", "include")
_WHEN = frozenset("when wann cuando".split())
_AT_A_TIME = ("open", "start")
_IN_PLACE = frozenset("one it them any".split())  # "without one"
_NO_THINGS = frozenset("need use using".split())
_GERUNDS = frozenset("using having needing buying installing".split())  # "without using pip" is "without pip"


class PolarityReader:
    """Finds the polarities of texts."""

    def __init__(self) -> None:
        self.opposites = OppositeWords()
        self._stem = self.opposites.stem
        self._known: dict[str, bool] = {}
        # The stems of what entries say how to do.
        self._actions: set[str] = set()

    def of_entries(self, entries: Sequence[Sequence[Sequence[str]]]) -> list[Polarities]:
        """The polarities of a library's entries, given the words of the question and the phrasings of each.

        From then on, questions are read with what these entries say how to do.
        """
        self._actions = {self._stem(action) for title, *_ in entries if (action := _action_of(title))}
        return [self._of_entry(texts) for texts in entries]

    def polarities_in_any_language(self, tokens: Sequence[str]) -> Polarities:
        """The polarities of a question in German or Spanish, given its words."""
        found: dict[str, int] = {}
        if len(tokens) > LONGEST:
            return found
        verbs = {
            n: list(self.opposites.polarities_of_form(tokens, n))
            for n, word in enumerate(tokens)
            if self.opposites.is_form(word) and not is_done(word)
        }
        actions = {n: name for n, word in enumerate(tokens) if (name := self._action_in_any_language(word))}
        negations = list(negated(tokens, verbs, actions=actions))
        undoes = any(("undo", YES) in each for each in verbs.values())
        if any(each.is_undone for each in negations):
            found["undo"] = YES
        unwanted = {n for each in negations if not each.is_elsewhere for n in each.places}
        not_to_do = {*verbs, *actions} if undoes else unwanted
        for n, polarities in verbs.items():
            for name, sign in polarities:
                is_negated = n in not_to_do and name != "undo"
                add(found, f"{NEGATED}{name}" if is_negated else name, YES + NO - sign if is_negated else sign)
        for n in actions.keys() & not_to_do:
            add(found, actions[n], NO)
        for each in negations:
            self._add_foreign_things(found, tokens, verbs, each)
        for source, target in directions(tokens, in_any_language=True):
            self._add_direction(found, source, target)
        return found

    def _add_foreign_things(
        self, found: dict[str, int], tokens: Sequence[str], verbs: Container[int], negation: Negated
    ) -> None:
        """Add what a question in another language does not want besides verbs, if English has the same word."""
        things = [n for n in negation.places if n not in verbs]
        if len(things) == len(negation.places) and is_refused(tokens, negation.by):
            _refuse(found)
        if negation.is_elsewhere or tokens[negation.by] in WITHOUT:
            before = tokens[max(0, negation.by - 1) : negation.by] if negation.is_elsewhere else []
            # "Den Server nicht verlassen, nur den Channel": the object stands before the verb.
            for word in {*before, *(tokens[n] for n in things)} - SMALL_WORDS:
                add(found, f"{LEFT_OUT}{self._stem(word)}", NO)

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
        tokens = phrasal_verbs_in_one_word(tokens)
        known, may_have = self._known, self._may_have_polarity
        at = [n for n, word in enumerate(tokens) if (known[word] if word in known else may_have(word))]
        unwanted = self._add_polarities(found, tokens, at, as_written) if at else ()
        for source, target in directions(tokens):
            self._add_direction(found, source, target)
        if not _WHEN.isdisjoint(tokens[:1]):
            # Who says when something opens mostly also says when it closes.
            for name in _AT_A_TIME:
                found.pop(name, None)
        return found, unwanted

    def _of_entry(self, texts: Sequence[Sequence[str]]) -> Polarities:
        """The polarities of an entry, given the words of its question and then of each phrasing."""
        found: dict[str, int] = {}
        each_of = [self.polarities(text) for text in texts]
        for text, polarities in zip(texts, each_of, strict=True):
            self._add_text_of_entry(found, text, polarities)
        if verb := _asked_whether(texts[0]):
            found[f"{LEFT_OUT}{self._stem(verb)}"] = found[f"{DO}{self._stem(verb)}"] = YES + NO
        for name in found:
            if name.startswith(LEFT_OUT):
                stem = name.removeprefix(LEFT_OUT)
                rest = (text for text, polarities in zip(texts, each_of, strict=True) if name not in polarities)
                if any(self._stem(word) == stem for text in rest for word in text):
                    found[name] |= YES
        title = {f"{TITLE}{name}": signs for name, signs in each_of[0].items() if signs in {YES, NO}}
        return found | title

    def _add_text_of_entry(self, found: dict[str, int], text: Sequence[str], polarities: Polarities) -> None:
        """Add the polarities of one question of an entry, and what it asks how to do."""
        for name, signs in polarities.items():
            if not name.startswith(NEGATED):
                # Who says how to undo it may also say how to do it.
                add(found, name, YES | signs if name.startswith(DO) else signs)
        action = f"{DO}{self._stem(_action_of(text))}"
        if action.removeprefix(DO) in self._actions and action not in polarities:
            add(found, action, YES)
        for word in _things_after(text, "on"):
            add(found, f"{DO}on {self._stem(word)}", YES)
        if not AVOID.isdisjoint(text) or any(polarities.get(name) == NO for name in _TAKEN_AWAY):
            # "Hide the grid" and "skip the grid" are no opposites of "without the grid".
            for word in text:
                if word not in SMALL_WORDS and word not in QUESTION_WORDS:
                    add(found, f"{LEFT_OUT}{self._stem(word)}", YES + NO)

    def _may_have_polarity(self, word: str) -> bool:
        found = word in MAY_NEGATE or self.opposites.may_have_polarity(word)
        if len(self._known) < CACHED:
            self._known[word] = found
        return found

    def _action_in_any_language(self, word: str) -> str:
        """The name of the action that a word is, also as a German verb: "committen"; '' if it is none."""
        stems = (self._stem(each) for each in (word, *stems_of_verb(word)))
        return next((f"{DO}{stem}" for stem in stems if stem in self._actions), "")

    def _actions_in(self, tokens: Sequence[str]) -> dict[int, str]:
        """By place: the names of what entries say how to do."""
        stems = {n: self._stem(word) for n, word in enumerate(tokens) if word not in SMALL_WORDS}
        return {n: f"{DO}{stem}" for n, stem in stems.items() if stem in self._actions}

    def _add_polarities(
        self, found: dict[str, int], tokens: Sequence[str], at: Sequence[int], as_written: str
    ) -> Collection[str]:
        """Add the polarities of the words at these places; the verbs that only say what is not asked for."""
        polarities_at = {n: polarities for n in at if (polarities := self.opposites.polarities(tokens, n))}
        # "Remove what I installed" is about removing.
        verbs = {n: polarities for n, polarities in polarities_at.items() if not _is_done_at(tokens, n)}
        negations: list[Negated] = []
        if may_negate_or_undo(tokens):
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
                is_both = not PLAIN_NOT.isdisjoint(tokens[max(0, n - 2) : n])
                for name, sign in polarities:
                    add(found, name, YES + NO if is_both else sign)
        self._add_left_out(found, tokens, at, {each.by for each in negations})
        if "off" in tokens:
            for word in _things_after(tokens, "off"):
                add(found, f"{DO}on {self._stem(word)}", NO)
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
                for stem in {self._stem(thing) for thing in things} - self._actions:
                    add(found, f"{LEFT_OUT}{stem}", NO)
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
        for place in removed(tokens, unwanted) if actions else ():
            # "Restore the settings" undoes no setting.
            if place in actions and not tokens[place].endswith(("ing", "ings")):
                add(found, actions[place], NO)
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
            _refuse(found)
        for n in negation.places:
            if n in verbs or tokens[n] in SMALL_WORDS:
                continue
            stem = self._stem(tokens[n])
            if n in elsewhere:
                add(found, f"{LEFT_OUT}{stem}", NO)
            elif not has_verb:
                # "Avoid the grid" can be about both.
                add(found, f"{UNWANTED}{stem}", YES + NO if tokens[negation.by] in _LEAVING_OUT else NO)

    def _left_out(self, tokens: Sequence[str], begin: int) -> str:
        """The stem of the thing that is left out; '' if it is no thing: "without getting an error"."""
        if not _GERUNDS.isdisjoint(tokens[begin : begin + 1]):
            begin += 1
        word = first_thing(tokens, begin)
        # "The formatting" is a thing, and "print without warping" asks how to prevent that.
        is_thing = word not in _ANY and (not word.endswith("ing") or tokens[begin] in THE)
        return self._stem(word) if word and is_thing else ""

    def _add_direction(self, found: dict[str, int], source: str, target: str) -> None:
        first, second = self._stem(source), self._stem(target)
        if first < second:
            add(found, f"{DIRECTION}{first} {second}", YES)
        elif first > second:
            add(found, f"{DIRECTION}{second} {first}", NO)


def _refuse(found: dict[str, int]) -> None:
    """Add what "I do not want to get messages" says of verbs that it does not name."""
    for name in _REFUSED:
        found.setdefault(name, NO)


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


def _action_of(tokens: Sequence[str]) -> str:
    """What a question of an entry asks how to do, unless that is something that has been done; else ''."""
    action = action_in(tokens) or order_in(tokens)
    return "" if is_done(action) or action in MAY_NEGATE else action


def _asked_whether(tokens: Sequence[str]) -> str:
    """The verb of "should I commit it", whose answer is also about what not to do, and how to undo it; else ''."""
    if tokens and tokens[0] in _WHETHER_AT_END:
        return tokens[-1]
    size = next((len(each) for each in _WHETHER if tuple(tokens[: len(each)]) == each), 0)
    return tokens[size] if 0 < size < len(tokens) else ""


def _things_after(tokens: Sequence[str], preposition: str) -> Iterator[str]:
    """The things after a preposition and an article: "list" of "on the list"."""
    for before, article, word in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before == preposition and article in THE and word not in SMALL_WORDS:
            yield word
