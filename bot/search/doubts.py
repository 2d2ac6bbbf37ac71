"""Finds what makes an entry doubtful as the answer to a question, however well its words fit.

Such an entry is offered, and not given as the answer. One that says the opposite is ranked lower, too
(`opposition`).
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.entry_polarities import EntryPolarities
from bot.search.features import AskedStems, AskedTexts, pairs_of
from bot.search.polarities import NO, YES
from bot.search.postings import OF_PAIRS, Floats, Postings
from bot.search.query import Query

# So many of the best entries have other names than the first, and so many are about the action of a question.
NAMED, NEAR = 3, 5
# A word that a larger share of the entries hold is a subject of the library, and does not distinguish entries.
COMMON = 0.25
# The most content words of a question that tells no story; and from so many on that it lacks of each of an entry's
# questions, the entry is about more.
SHORT, MORE = 5, 2
# So many words can be the name of one thing.
PAIR = 2


class ContentHeld(NamedTuple):
    """What an entry holds of a question's content words: their share by weight, their number, whether one is rare.

    The entry `shares_subject_only` if there are common and rare words, but it is not asked for with a rare one.
    """

    share: float
    words: int
    is_rare: bool
    shares_subject_only: bool


class Doubts:
    """Compares entries with a question, to find what speaks against them. Built once and never changed."""

    def __init__(  # noqa: PLR0913 -- what is known of the entries
        self,
        *,
        titles: AskedStems,
        asked: AskedStems,
        texts: AskedTexts,
        polarities: EntryPolarities,
        programs: Mapping[int, Container[int]],
        not_how: Container[int],
        priced: Container[int],
        has_no_phrasings: NDArray[np.bool_],
        postings: Postings,
        rarity: Floats,
    ) -> None:
        """`titles` are the stems of each entry's own question, `asked` also those of its phrasings, and `texts`
        the content stems of each. `programs` are the stems of the programs that an entry's errors name, `not_how`
        the entries whose own question asks where, when or why, and `priced` those that name a sum of money.

        `rarity` is the rarity of a feature, by the number of entries that hold it.
        """
        self._titles, self._asked, self._texts, self._polarities = titles, asked, texts, polarities
        self._programs, self._not_how, self._priced = programs, not_how, priced
        self._has_no_phrasings = has_no_phrasings
        self._postings, self._rarity = postings, rarity.data
        self._few = max(COMMON * (len(rarity) - 1), 2)

    @property
    def nbytes(self) -> int:
        parts = self._titles, self._asked, self._texts, self._polarities, self._has_no_phrasings
        return sum(each.nbytes for each in parts)

    def unexplained(self, entries: Iterable[int], question: Query, rarity: Sequence[float]) -> list[float]:
        """How much of a question's content words each of these entries does not hold, from 0 to 1.

        A word weighs as much as it is rare in English: `rarity` says that for each of them.
        """
        holds, span = self._postings.holds, self._postings.span
        asked = [
            (weight, None if feature is None else span(feature))
            for weight, feature in zip(rarity, question.content.values(), strict=True)
        ]
        whole = sum(rarity) or 1.0
        return [
            sum([weight for weight, where in asked if where is None or not holds(n, *where)]) / whole
            for n in entries
        ]

    def content_held(self, entry: int, question: Query) -> ContentHeld:
        few = self._few
        whole = share = 0.0
        count = 0
        is_rare = has_common = has_rare = is_asked = False
        for stem, feature in question.content.items():
            begin, times = (0, 0) if feature is None else self._postings.span(feature)
            rarity = self._rarity[times]
            whole += rarity
            if times <= few:
                has_rare = True
                is_asked = is_asked or (times > 0 and self._asked.holds(entry, stem))
            else:
                has_common = True
            if times and self._postings.holds(entry, begin, times):
                share += rarity
                count += 1
                # A number in an entry is mostly an example.
                is_rare = is_rare or (times <= few and stem not in question.numbers)
        # What an entry without phrasings can be asked, its answer says.
        by_answer = is_rare and bool(self._has_no_phrasings[entry])
        by_subject = has_common and has_rare and not is_asked and not by_answer
        return ContentHeld(share / max(whole, 1e-9), count, is_rare, by_subject)

    def is_ambiguous(self, entries: Sequence[int], question: Query) -> bool:
        """Whether the first of these entries, the best first, may not be the one that is meant."""
        return (
            question.has_unknown_keyword
            or self._is_contested(entries[:NAMED], question.names)
            or (bool(question.exceptions) and self._is_about_another_exception(entries[0], question))
            or self._is_about_another_program(entries[0], question)
            or self._is_about_more(entries[:NAMED], question)
            or self._is_about_another_action(entries[:NEAR], question)
            or self._does_it_to_something_else(entries[0], question)
            or self._compares_other_things(entries[0], question)
            or (question.is_part_unknown and not self._has_no_phrasings[entries[0]])
            or (question.is_one_word and self.is_shared(entries, question))
        )

    def says_how(self, entry: int) -> bool:
        """Whether an entry may say how to do something: its own question does not ask where, when or why."""
        return entry not in self._not_how

    def lacks_what_is_asked(self, entry: int, question: Query) -> bool:
        """Whether a question asks about the subject of an entry what the entry does not say."""
        return (
            self._only_names_its_subject(entry, question)
            or self._compares_nothing(entry, question)
            or self._tells_no_price(entry, question)
        )

    def only_lacking(self, entry: int, question: Query) -> int | None:
        """The stem of a question that the questions of an entry lack; None if they lack none, or more than one."""
        # Most questions have several: then the rest need not be looked for.
        lacking = list(islice((stem for stem in question.content if not self._asked.holds(entry, stem)), 2))
        return lacking[0] if len(lacking) == 1 else None

    def asked_but_for(self, entry: int, question: Query, stem: int) -> set[int | None]:
        """What the questions of an entry have in the place of a stem, if they agree with a question in all others.

        None if one of them has nothing there.
        """
        return set(
            self._texts.but_for(entry, [each for each in question.content if each in question.things], stem)
        )

    def is_shared(self, entries: Iterable[int], question: Query) -> bool:
        """Whether the questions of several entries have all content words of a question."""
        sharing = (n for n in entries if all(self._asked.holds(n, stem) for stem in question.content))
        return len(list(islice(sharing, 2))) == 2

    def is_rare(self, feature: int | None) -> bool:
        """Whether few entries hold this feature, so that it distinguishes them."""
        return feature is not None and self._postings.span(feature)[1] <= self._few

    def is_asked_with(self, entry: int, stems: Iterable[int]) -> bool:
        """Whether an entry's question or phrasings have one of these stems."""
        return any(self._asked.holds(entry, stem) for stem in stems)

    def is_titled_with(self, entry: int, stems: Iterable[int]) -> bool:
        """Whether an entry's own question has one of these stems."""
        return any(self._titles.holds(entry, stem) for stem in stems)

    def is_titled_as(self, entry: int, stems: Sequence[int]) -> bool:
        """Whether an entry's own question has all these stems, and one of its questions has them side by side."""
        return all(self._titles.holds(entry, each) for each in stems) and self._texts.has_run(entry, stems)

    def _is_about_more(self, entries: Sequence[int], question: Query) -> bool:
        """Whether a short question names the subject of an entry, which is only asked for with more than that.

        "Is docker free" and "what is docker" are not answered by "do I need a virtual environment in docker"; nor
        is "what are lists" by "what are lists good for" if another entry is asked "what is a list".
        """
        entry, *others = entries
        content = question.things
        if len(content) > SHORT:
            return False
        if self._has_no_phrasings[entry]:
            # "What is a virtual machine" is not answered by the story "It works on my machine".
            return question.is_definition and not all(self._titles.holds(entry, each) for each in content)
        if question.is_definition and not self._texts.has(entry, content):
            is_another_asked = any(self._texts.has(each, content) for each in others)
            return is_another_asked or bool(self._texts.common(entry, content, lacking=MORE))
        named = self._texts.common(entry, content, lacking=MORE).difference(question.numbers)
        if len(named) == 1:
            return self._titles.holds(entry, *named)
        if len(named) < PAIR:
            return False
        things = self._distinguishing(question)
        asks_more = len(things) > PAIR or self._lacks_one_of(entry, question)
        return asks_more and self._is_one_name(entry, things, named, question)

    def _lacks_one_of(self, entry: int, question: Query) -> bool:
        """Whether an entry does not hold one of the things in a question."""
        features = (feature for stem, feature in question.content.items() if stem in question.things)
        return any(
            each is None or not self._postings.holds(entry, *self._postings.span(each)) for each in features
        )

    def _is_one_name(self, entry: int, things: Sequence[int], named: Collection[int], question: Query) -> bool:
        """Whether these stems of a question name one thing, in two words of an entry's own question.

        "VS Code extensions for Python" has only "VS Code" in common with it, as "Python" names the whole library.
        """
        name = [each for each in things if each in named]
        return (
            len(name) == PAIR
            and all(self._titles.holds(entry, each) for each in name)
            and self._is_name(entry, name, question)
        )

    def _is_name(self, entry: int, name: Sequence[int], question: Query) -> bool:
        """Whether these stems stand side by side in a question, and also in a question of an entry."""
        size = len(name)
        asked = [stem for _, stem, _ in question.words]
        is_together = any(asked[n : n + size] == name for n in range(len(asked) - size + 1))
        return is_together and self._texts.has_run(entry, name)

    def _only_names_its_subject(self, entry: int, question: Query) -> bool:
        """Whether a question is the name of a thing that an entry is asked with, and then words that no entry has.

        "Final project grade" is not answered by "what is the final project".
        """
        if not question.unknown_things or self._has_no_phrasings[entry]:
            return False
        things = self._distinguishing(question)
        name = list(takewhile(lambda each: self._asked.holds(entry, each), things))
        rest = things[len(name) :]
        return (
            bool(name and rest)
            and question.unknown_things.issuperset(rest)
            and self._is_name(entry, name, question)
        )

    def _compares_nothing(self, entry: int, question: Query) -> bool:
        """Whether a question compares things or asks for the best one, and the entry does not."""
        signs = question.asked_with_one_of
        return bool(signs) and not self._has_no_phrasings[entry] and not self.is_asked_with(entry, signs)

    def _tells_no_price(self, entry: int, question: Query) -> bool:
        """Whether a question asks what something costs, and no text of an entry, be it the answer, tells it."""
        return (
            question.prices is not None
            and entry not in self._priced
            and not any(self._postings.holds(entry, *self._postings.span(each)) for each in question.prices)
        )

    def _compares_other_things(self, entry: int, question: Query) -> bool:
        """Whether no text of an entry has both of the things that a question compares with "vs".

        "Cron vs task scheduler" is not answered by how to run a script from cron or systemd.
        """
        return (
            len(question.sides) > 1
            and not self._has_no_phrasings[entry]
            and not self._texts.has_of_each(entry, question.sides)
        )

    def _distinguishing(self, question: Query) -> list[int]:
        """The stems that a question names in their order, but for those that many entries hold."""
        return [
            each
            for each, feature in question.content.items()
            if each in question.things and (feature is None or self.is_rare(feature))
        ]

    def _is_contested(self, entries: Sequence[int], names: Collection[int]) -> bool:
        """Whether the questions of another entry have one of these names that the first entry's do not have.

        Two error messages often have the same words, and differ only in what they quote.
        """
        return bool(names) and any(
            any(self._asked.holds(n, name) for n in entries[1:])
            for name in names
            if not self._asked.holds(entries[0], name)
        )

    def _is_about_another_exception(self, entry: int, question: Query) -> bool:
        """Whether an entry does not mention the exception that a question is about."""
        features = [question.content.get(stem) for stem in question.exceptions]
        held = (each is not None and self._postings.holds(entry, *self._postings.span(each)) for each in features)
        return not any(held)

    def _is_about_another_program(self, entry: int, question: Query) -> bool:
        """Whether a question is about the error that a program is missing, and the entry about that of others.

        "cmake: command not found" is not answered by what to do about "pip: command not found".
        """
        programs = self._programs.get(entry, ())
        return bool(question.programs and programs) and not any(each in programs for each in question.programs)

    def _does_it_to_something_else(self, entry: int, question: Query) -> bool:
        """Whether an entry is asked for with the action of a question, but never done to what the question names.

        "How do I exit Python" is not answered by how to exit something else, if the whole library is about Python.
        """
        action = question.action
        if action is None or self._has_no_phrasings[entry] or not self._asked.holds(entry, action):
            return False
        things = question.things - {action}
        are_subjects = things and not any(
            (feature := question.content[each]) is None or self.is_rare(feature) for each in things
        )
        return bool(are_subjects) and not self._texts.has_both(entry, action, things)

    def _is_about_another_action(self, entries: Sequence[int], question: Query) -> bool:
        """Whether others of these entries are about the action that a question asks for, but the first is not.

        "How do I install docker" is not answered by an entry on something else to do with docker, even if that is
        asked for with "install", too, but for the installation of something else.
        """
        action, first = question.action, entries[0]
        if (
            action is None
            or self._has_no_phrasings[first]
            or not any(self._asked.holds(n, action) for n in entries[1:])
        ):
            return False
        if not self._asked.holds(first, action):
            asked = ((name, sign) for name, sign in question.polarities.items() if sign in {YES, NO})
            return not any(self._polarities.of(np.array([first]), name)[0] & sign for name, sign in asked)
        if self._titles.holds(first, action):
            return False
        others = question.content.keys() - {action}
        together = [pair for stem in others for pair in pairs_of([action, stem])]
        found = self._postings.features(OF_PAIRS, np.array(together, np.uint32))
        has_pair = any(self._postings.holds(first, *self._postings.span(each)) for each in found)
        return not has_pair or not self._texts.are_neighbors(first, action, others)
