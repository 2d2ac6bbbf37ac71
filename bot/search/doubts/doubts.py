"""Finds what makes an entry doubtful as the answer to a question, however well its words fit.

Such an entry is offered, and not given as the answer.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from bot.search.doubts.content_held import ContentHeld
from bot.search.doubts.opposition import Opposition
from bot.search.doubts.other_actions import (
    does_it_to_something_else,
    is_about_another_action,
    is_about_what_is_done,
)
from bot.search.doubts.other_things import OtherThings
from bot.search.doubts.shared_subjects import is_about_more, only_names_its_subject
from bot.search.entry_words import EntryWords
from bot.search.features import hash_of
from bot.search.opposites.entry_polarities import EntryPolarities
from bot.search.query import Query
from bot.search.query_maker import FEW_BESIDE_ACTION
from bot.search.words.done_to_me import done_to_me
from bot.search.words.small_words import QUESTION_VERBS, QUESTION_WORDS

# How many of the best entries are searched for the action of a question, and for its exact words.
FIRST_FEW = 5
# If no entry has the action that is asked for, more than `FEW_BESIDE_ACTION` words must agree, or the meaning:
# "restart a jupyter kernel" is not answered by whatever is about Jupyter kernels.
SYNONYMOUS = 0.82
# From this nearness on, other words mean the same: "reserve a mock exam", "book a mock exam".
SAME = 0.85
# The stems of words in an entry's own question that say what it is not about: "join if I am not a student".
_NEGATING = frozenset(map(hash_of, ("not", "without", "instead")))
_HOW = frozenset(map(hash_of, "how where wie wo como donde".split()))
_NOT = frozenset(map(hash_of, "not nicht kein keine keinen no sin without ohne cannot".split()))


class Doubts:
    """Compares entries with a question, to find what speaks against them. Built once and never changed."""

    def __init__(  # noqa: PLR0913 -- what it compares with
        self,
        words: EntryWords,
        polarities: EntryPolarities,
        opposition: Opposition,
        other_things: OtherThings,
        *,
        programs: Mapping[int, Container[int]],
        denied: Mapping[int, Container[int]],
        done_to_me: Mapping[int, Container[int]],
        priced: Container[int],
    ) -> None:
        """`programs` are the stems of the programs that an entry's errors name, `denied` those of what its own
        question says is not so, `done_to_me` those of the words with which its questions tell what others did to a
        member, and `priced` the entries that name a price.
        """
        self._words, self._polarities, self._programs, self._priced = words, polarities, programs, priced
        self._opposition, self._other_things, self._done_to_me = opposition, other_things, done_to_me
        self._denied = denied

    def is_ambiguous(self, entries: Sequence[int], question: Query, held: ContentHeld, meaning: float) -> bool:
        """Whether the first of these entries, the best first, may not be the one that is meant.

        `held` is what it holds of the question, and `meaning` how near it is in meaning.
        """
        words, first = self._words, entries[0]
        return (
            (question.is_action_unknown and held.words <= FEW_BESIDE_ACTION and meaning < SYNONYMOUS)
            or (bool(question.exceptions) and self._is_about_another_exception(first, question))
            or self.is_about_another_program(first, question)
            or only_names_its_subject(words, first, question)
            or is_about_more(words, entries[:FIRST_FEW], question)
            or is_about_another_action(words, self._polarities, entries[:FIRST_FEW], question)
            or does_it_to_something_else(words, first, question)
            or is_about_what_is_done(words, first, question)
            or self._compares_other_things(first, question)
            or (words.is_titled_with(first, question.unwanted) and not words.is_titled_with(first, _NEGATING))
            or self._is_asked_with_contrary(first, question)
            or self._denies_what_is_asked(first, question)
            or (meaning < SAME and self._other_things.has_other_words(first, question))
            or self._opposition.is_asked_with_what_is_left_out(first, question.polarities)
            or question.is_half_known
            or (question.is_one_word and words.is_shared(entries, question))
            or self._other_things.is_done_to_another(first, question)
            or self._says_how_to_do_what_others_did(first, question)
            or self._says_how_to_do_what_was_told(first, question)
        )

    def lacks_what_is_asked(self, entry: int, question: Query) -> bool:
        """Whether a question asks about the subject of an entry what the entry does not say."""
        return self._compares_nothing(entry, question) or self._tells_no_price(entry, question)

    def is_about_same_program(self, entry: int, question: Query) -> bool:
        """Whether a question and an entry are about an error that names the same program as missing."""
        programs = self._programs.get(entry, ())
        return any(each in programs for each in question.programs)

    def is_about_another_program(self, entry: int, question: Query) -> bool:
        """Whether a question and an entry are each about an error that names a missing program, but not the same.

        "cmake: command not found" is not answered by what to do about "pip: command not found".
        """
        is_about_one = bool(question.programs) and entry in self._programs
        return is_about_one and not self.is_about_same_program(entry, question)

    def _is_asked_with_contrary(self, entry: int, question: Query) -> bool:
        """Whether an entry is asked like a question, but for the contrary of one of its words.

        "When does it end" is not answered by when it starts. But "what if I fail" is by what to do if one does not
        pass.
        """
        if not question.contraries or self._words.is_titled_with(entry, _NOT):
            return False
        asked = self._words.asked
        lacking = [stem for stem in question.content if not asked.holds(entry, stem)]
        if len(lacking) != 1 or lacking[0] not in question.contraries:
            return False
        same, contrary = question.contraries[lacking[0]]
        return self._words.is_asked_with(entry, contrary) and not self._words.is_asked_with(entry, same)

    def _denies_what_is_asked(self, entry: int, question: Query) -> bool:
        """Whether an entry's own question is like a question, but for a "not" in one of the two.

        "What do I need" is not answered by what nobody needs, nor "what if I do not come" by what to do on coming.
        But who cannot do something is told how, or where.
        """
        if not (question.affirms or question.denied) or not self._is_asked_with_all(entry, question):
            return False
        if question.affirms:
            denied = self._denied.get(entry, ())
            return any(stem in denied for stem in question.content)
        if question.is_unable and self._words.is_titled_with(entry, _HOW):
            return False
        return self._words.is_titled_with(entry, question.denied) and not self._words.is_asked_with(entry, _NOT)

    def _is_asked_with_all(self, entry: int, question: Query) -> bool:
        """Whether an entry's questions have all content words of a question that any entry has.

        Its question words need not agree: "where can I see it" does not ask why one cannot. Nor need a "not".
        """
        asking = {stem for word, stem, _ in question.words if word in QUESTION_WORDS or stem in _NOT}
        return all(
            feature is None or stem in asking or self._words.asked.holds(entry, stem)
            for stem, feature in question.content.items()
        )

    def _is_about_another_exception(self, entry: int, question: Query) -> bool:
        """Whether an entry does not mention the exception that a question is about."""
        return not any(self._words.holds(entry, question.content.get(stem)) for stem in question.exceptions)

    def _compares_nothing(self, entry: int, question: Query) -> bool:
        """Whether a question compares things or asks for the best one, and the entry does not."""
        signs = question.asked_with_one_of
        return bool(signs) and not self._words.is_asked_with(entry, signs)

    def _tells_no_price(self, entry: int, question: Query) -> bool:
        """Whether a question asks what something costs, and no text of an entry, be it the answer, tells it."""
        return (
            question.prices is not None
            and entry not in self._priced
            and not any(self._words.holds(entry, each) for each in question.prices)
        )

    def _compares_other_things(self, entry: int, question: Query) -> bool:
        """Whether no text of an entry has both of the things that a question compares, or it names none.

        "Cron vs task scheduler" is not answered by how to run a script from cron or systemd, nor "the difference
        between Box and Rc" by that between two other types. "The difference between the two" can be any.
        """
        if len(question.sides) > 1:
            return not self._words.texts.has_of_each(entry, question.sides)
        return question.compares_nothing_named

    def _says_how_to_do_what_was_told(self, entry: int, question: Query) -> bool:
        """Whether a question wants a change of what it tells, and an entry may say how to do that.

        "I muted it, how do I hear it again" is not answered by how to mute.
        """
        wanted = question.wanted_again
        return wanted is not None and not self._words.is_asked_with(entry, wanted)

    def _says_how_to_do_what_others_did(self, entry: int, question: Query) -> bool:
        """Whether somebody only tells what others did to them, and an entry says how to do that.

        "I got reported" is not answered by how to report somebody. But "someone hacked my account" is answered by
        what to do if it was hacked.
        """
        told = [word for word, _, _ in question.words]
        if told[0] in QUESTION_VERBS or not QUESTION_WORDS.isdisjoint(told):
            return False
        done = done_to_me(told)
        stems = {stem for word, stem, _ in question.words if word in done and stem in question.content}
        return any(
            self._words.to_do.holds(entry, stem) and stem not in self._done_to_me.get(entry, ()) for stem in stems
        )
