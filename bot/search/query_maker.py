"""Makes a query of the words of a question: how the index compares it with entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.search.opposites.contraries import Contraries
from bot.search.opposites.denials import affirms, denied_in_question, says_unable
from bot.search.opposites.polarities import Polarities
from bot.search.query import Query
from bot.search.question_reader import QuestionReader, ReadQuestion
from bot.search.vocabulary import KnownWords, Vocabulary
from bot.search.words.actions import action_in, asks_how_or_orders, order_in
from bot.search.words.aspects import asked_with_one_of, asks_what_a_thing_is, priced_with_one_of
from bot.search.words.comparisons import compares_nothing_named, sides_in
from bot.search.words.pasted import Quotes, exceptions_in
from bot.search.words.separable_verbs import joined_particles
from bot.search.words.small_words import DETERMINERS, Words, is_noun_phrase
from bot.search.words.wanted_again import wanted_again
from bot.search.words.wording import is_number

# An order of so many content words beside its action may mean another action: "restart a jupyter kernel".
FEW_BESIDE_ACTION = 2


class QueryMaker:
    """Makes the queries of an index. Built once and never changed."""

    def __init__(  # noqa: PLR0913 -- what a query is made with
        self,
        reader: QuestionReader,
        vocabulary: Vocabulary,
        *,
        small: Words,
        further: frozenset[int],
        contraries: Contraries,
        with_meaning: bool,
    ) -> None:
        """`small` are the small words of the lessons' languages.

        `further` are the stems of the words of names, without their first ones. `with_meaning`: sources of meaning
        read the text.
        """
        self._reader, self._vocabulary = reader, vocabulary
        self._small, self._further, self._with_meaning = small, further, with_meaning
        self._contraries = contraries

    def make(
        self,
        read: ReadQuestion,
        known: KnownWords,
        quotes: Quotes,
        polarities: Polarities,
        *,
        is_keyword_asked: bool,
    ) -> Query:
        """The query of a question.

        `known` are the words that are meant as the vocabulary knows them, and `quotes` what stands in quotes.
        """
        stem_of = self._vocabulary.stem
        sure = self._sure_words(read, known)
        small = self._small | joined_particles(read.tokens)
        content = {stem: feature for word, stem, feature in sure if word not in small}
        content = content or {stem: feature for _, stem, feature in sure}
        unknown = [word for word, _, feature in sure if feature is None]
        action, is_action_unknown = self._action(read, content)
        wanted = wanted_again(read.text)
        denied = denied_in_question(read.expanded)
        priced, sides = priced_with_one_of(read.tokens), sides_in(read.expanded)
        return Query(
            text=self._reader.text_for_meaning(read) if self._with_meaning else "",
            content=content,
            things=frozenset(content).difference(self._further),
            asked=len(read.expanded),
            polarities=polarities,
            unwanted={stem_of(each) for word in read.unwanted for each in read.mended.get(word, (word,))},
            exceptions=[stem_of(name) for name in exceptions_in(quotes)],
            programs=[stem_of(word) for name in read.programs for word in read.mended.get(name, (name,))],
            numbers=[stem for word, stem, _ in sure if word[0].isdigit() and is_number(word)],
            action=action,
            asks_how=asks_how_or_orders(read.tokens),
            is_one_word=_is_one_word(read),
            is_keyword=is_keyword_asked,
            is_definition=asks_what_a_thing_is(read.tokens),
            only_unknown=unknown[0] if len(unknown) == 1 else "",
            unknown_things=self._unknown_things(read, unknown),
            asked_with_one_of=[stem_of(word) for word in asked_with_one_of(read.tokens)],
            contraries=self._contraries.of([(word, stem) for word, stem, _ in sure]),
            affirms=affirms(read.tokens),
            denied=[stem_of(word) for word in denied],
            is_unable=bool(denied) and says_unable(read.expanded),
            wanted_again=None if wanted is None else [stem_of(word) for word in wanted],
            prices=self._known_features(priced) if priced else None,
            sides=[
                {stem_of(word) for word in each if word not in small or small.issuperset(each)}
                for each in sides
                if each
            ],
            compares_nothing_named=compares_nothing_named(read.tokens),
            is_half_known=self._reader.has_half_known_word(read),
            is_action_unknown=is_action_unknown,
            has_unknown_keyword=self._reader.has_unknown_keyword(read, is_keyword_asked=is_keyword_asked),
            words=sure,
        )

    def _sure_words(self, read: ReadQuestion, known: KnownWords) -> list[tuple[str, int, int | None]]:
        """The words that are meant, each with its stem and its feature, without those that were only guessed.

        It is of these that the best entry has to hold enough.
        """
        words = self._reader.surely(read)
        if words == read.expanded:
            return list(zip(words, known.stems, known.features, strict=True))
        return [(word, *self._vocabulary.stem_and_feature(word)) for word in words]

    def _action(self, read: ReadQuestion, content: Mapping[int, int | None]) -> tuple[int | None, bool]:
        """The stem of the action that a question asks for, and whether no entry has this action or order."""
        asked = action_in(read.expanded)
        done = asked or order_in(read.expanded)
        if not done:
            return None, False
        stem = self._vocabulary.stem(done)
        # What is no English word is a misspelled one.
        is_unknown = self._reader.is_unknown_english(done) and content.get(stem) is None
        # An order of more words names its object so well that another action is meant to be the same.
        is_action = asked or len(content) <= FEW_BESIDE_ACTION + 1
        return stem if is_action else None, is_unknown

    def _unknown_things(self, read: ReadQuestion, unknown: Sequence[str]) -> frozenset[int]:
        """The stems of those of the `unknown` words that are English, if a message only names something."""
        if not unknown or not is_noun_phrase(read.tokens):
            return frozenset()
        return frozenset(map(self._vocabulary.stem, filter(self._reader.is_unknown_english, unknown)))

    def _known_features(self, tokens: Iterable[str]) -> list[int]:
        """The features of those of these words that entries hold."""
        return [each for each in self._vocabulary.of(tokens).features if each is not None]


def _is_one_word(read: ReadQuestion) -> bool:
    """Whether a question is one word, but for "the", "my" or the like, or is written as one."""
    uncounted = sum(word in DETERMINERS for word in read.tokens)
    return uncounted == len(read.tokens) - 1 or " " not in read.text.strip()
