"""Finds out whether a question names another thing than the question of an entry that it is like otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Literal

from bot.search.doubts.replaced_words import asks_for_another_kind, replaced
from bot.search.entry_words import EntryWords
from bot.search.meaning.table import word_cosine
from bot.search.opposites.denials import denies
from bot.search.opposites.opposite_words import opposite_words
from bot.search.query import Query
from bot.search.question_reader import QuestionReader
from bot.search.spelling import SHORTEST, Spelling
from bot.search.vocabulary import Vocabulary
from bot.search.words.aspects import COSTING
from bot.search.words.small_words import DETERMINERS, QUESTION_VERBS, QUESTION_WORDS, is_content

# Another thing than that of an entry, or an example of that.
Another = Literal["thing", "example"]
# From this cosine on, two things may be the same where the same is done to them: "contact a mod" and "a moderator"
# (0.43), "report a hacker" and "a cheater" (0.53). "Camera" and "flash" have 0.29.
MAY_BE_THE_SAME = 0.38
# Whoever they are, they are no other thing: "how do I kick people".
_PERSONS = frozenset("people him her jemanden leute alguien gente".split())
_ASKING = QUESTION_WORDS | QUESTION_VERBS
# "Where can I see the slides" asks the same as where to download them.
_WHERE = frozenset("where wo donde".split())
_FINDING = frozenset(
    """find see view access finde finden sehe sehen bekomme bekommen kriege kriegen
    encuentro encontrar veo ver consigo conseguir""".split()
)
_NONE: tuple[tuple[int, ...], ...] = ((), ())  # for a word without contraries
_PARTICLES = frozenset("up down off out in on away back over".split())  # of verbs: "back up"


class OtherThings:
    """Compares the things in a question with those in entries. Built once and never changed."""

    def __init__(
        self,
        entry_words: EntryWords,
        reader: QuestionReader,
        vocabulary: Vocabulary,
        spelling: Spelling,
        *,
        are_english: bool,
    ) -> None:
        """`are_english`: most lessons are in English. In others, a name is not told from any other word."""
        self._entry_words, self._reader = entry_words, reader
        self._vocabulary, self._spelling = vocabulary, spelling
        self._are_english = are_english

    def instead_of(self, entry: int, question: Query) -> Another | None:
        """What a question names that an entry's question does not, if their content words are the same otherwise.

        "Should I commit it to mercurial" is not answered by "should I commit it to git", nor "uninstall an npm
        package" by "uninstall a package". But "uninstall numpy" may be.
        """
        stem = self._only_lacking(entry, question) if self._are_english else None
        if stem not in question.things:
            return None
        instead = self._asked_but_for(entry, question, stem)
        if not instead:
            return None
        if question.content[stem] is not None:
            is_name, is_unknown = self._is_name(stem), False
        else:
            is_name = is_unknown = self._reader.is_unknown_name(question.only_unknown)
        if not is_name:
            return None
        is_other = None in instead or any(map(self._is_name, filter(None, instead)))
        return "example" if not is_other else "thing" if is_unknown else None

    def has_other_words(self, entry: int, question: Query) -> bool:
        """Whether a question is an entry's own, word for word, but for what stands in one place.

        "How do I water roses" is not answered by how to prune them, nor "who teaches it" by where it is taught.
        Content words are others if no question of the entry has them, unless they may mean the same as those in
        their place.
        """
        asked = [each for each in question.words if each[0] not in DETERMINERS and each[0][0] != "`"]
        own = self._entry_words.own_question(entry)
        places = replaced([stem for _, stem, _ in asked], own)
        if places is None:
            return False
        there, here = asked[places[0]], [self._words_with(stem) for stem in own[places[1]]]
        if not places[0].start:
            return asks_for_another_kind([word for word, _, _ in there], [*chain.from_iterable(here)])
        if _ASKING.isdisjoint(word for word, _, _ in asked[:2]):  # "¿por qué …"
            return False
        if not all(map(_names_something, (*([word] for word, _, _ in there), *here))):
            return False
        if denies(word for word, _, _ in there) and any(map(denies, here)):  # "never" and "not"
            return False
        others, other_stems = [*filter(is_content, chain.from_iterable(here))], {*own[places[1]]}
        is_where = asked[0][0] in _WHERE
        return bool(others) and any(
            is_content(word)
            and word not in _PERSONS
            and not (is_where and word in _FINDING)
            and not self._entry_words.asked.holds(entry, stem)
            and other_stems.isdisjoint(question.contraries.get(stem, _NONE)[0])
            and not (feature is None and self._is_slip(word, others))
            and not self._may_be_the_same(word, others)
            and not _are_synonyms(word, others)
            for word, stem, feature in there
        )

    def is_done_to_another(self, entry: int, question: Query) -> bool:
        """Whether a question is in the content words of an entry's, also the action, but for an English thing.

        "How do I turn off the beep" is not answered by "how do I turn off the flash".
        """
        action = question.action
        if action is None or not self._are_english or not self._entry_words.asked.holds(entry, action):
            return False
        stem = self._only_lacking(entry, question)
        if stem not in question.things or self._entry_words.holds(entry, question.content[stem]):
            return False
        word = next(each for each, own, _ in question.words if own == stem)
        if word in _PERSONS or not self._reader.is_english(word):
            return False
        instead = self._asked_but_for(entry, question, stem)
        return bool(instead) and all(
            each is not None and not self._may_be_the_same(word, self._words_with(each)) for each in instead
        )

    def _only_lacking(self, entry: int, question: Query) -> int | None:
        """The stem of a question that the questions of an entry lack; None if they lack none, or more than one."""
        # Most questions have several: then the rest need not be looked for.
        asked = self._entry_words.asked
        lacking = list(islice((stem for stem in question.content if not asked.holds(entry, stem)), 2))
        return lacking[0] if len(lacking) == 1 else None

    def _asked_but_for(self, entry: int, question: Query, stem: int) -> set[int | None]:
        """What the questions of an entry have in the place of a stem, if they agree with a question in all others.

        None if one of them has nothing there.
        """
        things = [each for each in question.content if each in question.things]
        return set(self._entry_words.texts.but_for(entry, things, stem))

    def _is_slip(self, word: str, others: Iterable[str]) -> bool:
        """Whether a word that no entry has may be one of these, misspelled or in another form."""
        if self._are_english:
            return not self._reader.is_english(word)
        meant = self._spelling.mend(word)
        return any(other in meant or _begin_alike(word, other) for other in others)

    def _may_be_the_same(self, word: str, others: Iterable[str]) -> bool:
        """Whether a word may mean the same as one of these. Only of English words it is known that they may."""
        return self._are_english and any(word_cosine(word, other) >= MAY_BE_THE_SAME for other in others)

    def _words_with(self, stem: int) -> list[str]:
        """The library's words with this stem."""
        return [self._spelling.word(n) for n in self._vocabulary.with_stem(stem)]

    def _is_name(self, stem: int) -> bool:
        """Whether the library's words with this stem are no English."""
        found = self._words_with(stem)
        return bool(found) and not any(map(self._reader.is_english, found))


def _names_something(words: Sequence[str]) -> bool:
    """Whether one of these forms of a word says something, by itself or beside a verb."""
    return any(is_content(word) or word in _PARTICLES for word in words)


def _begin_alike(word: str, other: str) -> bool:
    """Whether two words differ only behind their beginning, as forms of a verb do: "cuesta", "cuestan"."""
    size = max(min(len(word), len(other)) - 1, SHORTEST)
    return word[:size] == other[:size]


def _are_synonyms(word: str, others: Iterable[str]) -> bool:
    """Whether a word is on the same side as one of these in a pair of opposites, or both ask for a price."""
    opposites = opposite_words()
    sides = {*opposites.polarities_in_any_language([word], 0)}
    return any(
        not sides.isdisjoint(opposites.polarities_in_any_language([other], 0)) or {word, other} <= COSTING
        for other in others
    )
