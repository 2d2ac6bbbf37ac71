"""Makes a query of the words of a question: how the index compares it with entries."""

from __future__ import annotations

from collections.abc import Iterable

from bot.search.actions import action_in, order_in
from bot.search.aspects import priced_with_one_of
from bot.search.comparisons import sides_in
from bot.search.definitions import asks_what_a_thing_is
from bot.search.keywords import is_keyword
from bot.search.noun_phrases import is_noun_phrase, part_in
from bot.search.pasted import Quotes, exceptions_in, names_of
from bot.search.polarities import Polarities
from bot.search.query import Query
from bot.search.question_reader import QuestionReader, ReadQuestion
from bot.search.required_words import asked_with_one_of
from bot.search.small_words import ARTICLES, Words
from bot.search.vocabulary import KnownWords, Vocabulary
from bot.search.wording import is_number

# An order of so many content words beside its action may mean another action: "restart a jupyter kernel".
ABOUT_IT = 2
UNCOUNTED = ARTICLES | {"my"}  # a question of one word and these is one word


class QueryMaker:
    """Makes the queries of an index. Built once and never changed."""

    def __init__(
        self,
        reader: QuestionReader,
        vocabulary: Vocabulary,
        *,
        small: Words,
        further: frozenset[int],
        with_meaning: bool,
    ) -> None:
        """`small` are the small words of the lessons' languages.

        `further` are the stems of the words of names, without their first ones. `with_meaning`: sources of meaning
        read the text.
        """
        self._reader, self._vocabulary = reader, vocabulary
        self._small, self._further, self._with_meaning = small, further, with_meaning

    def make(
        self,
        read: ReadQuestion,
        known: KnownWords,
        quotes: Quotes,
        polarities: Polarities,
        *,
        is_keyword_asked: bool,
    ) -> Query:
        """The question whose words are `known`."""
        # Without words that were only guessed: how much of what the question says the best entry holds.
        surely = self._reader.surely(read)
        if surely is read.expanded:
            of_stems = list(zip(surely, known.stems, known.features, strict=True))
        else:
            of_stems = [(word, *self._vocabulary.stem_and_feature(word)) for word in surely]
        small = self._small
        content = {stem: feature for word, stem, feature in of_stems if word not in small}
        content = content or {stem: feature for _, stem, feature in of_stems}
        unknown = [word for word, _, feature in of_stems if feature is None]
        named = unknown if unknown and is_noun_phrase(read.tokens) else []
        priced = priced_with_one_of(read.tokens)
        text = self._reader.text_for_meaning(read) if self._with_meaning else ""
        stem = self._vocabulary.stem
        names = [stem(name) for name in names_of(quotes)] if quotes else []
        if is_keyword(read.tokens[-1]):
            names += [stem(word) for word in read.tokens if is_keyword(word)]
        exceptions = [*map(stem, exceptions_in(quotes))] if quotes else ()
        programs = [stem(word) for name in read.programs for word in read.mended.get(name, (name,))]
        numbers = [stem(word) for word in surely if word[0].isdigit() and is_number(word)]
        uncounted = sum(map(UNCOUNTED.__contains__, read.tokens))
        is_one_word = uncounted == len(read.tokens) - 1 or " " not in read.text.strip()
        doing = action_in(read.expanded)
        done = doing or order_in(read.expanded)
        # An order of more words names its object so well that another action is meant to be the same.
        action = stem(done) if doing or (done and len(content) <= ABOUT_IT + 1) else None
        # What is no English word is a misspelled one.
        is_action_unknown = (
            bool(done) and self._reader.is_unknown_english(done) and content.get(stem(done)) is None
        )
        return Query(
            text,
            content,
            frozenset(content).difference(self._further),
            asked=len(read.expanded),
            polarities=polarities,
            names=names,
            exceptions=exceptions,
            programs=programs,
            numbers=numbers,
            action=action,
            is_one_word=is_one_word,
            is_keyword=is_keyword_asked,
            is_definition=asks_what_a_thing_is(read.tokens),
            only_unknown=unknown[0] if len(unknown) == 1 else "",
            unknown_things=frozenset(map(stem, filter(self._reader.is_unknown_english, named))),
            asked_with_one_of=[*map(stem, asked_with_one_of(read.tokens))],
            prices=self._known_features(priced) if priced else None,
            sides=[{stem(word) for word in side if word not in small} for side in sides_in(read.expanded) if side],
            # As it was typed: "slides" are English, and no slip for "sides".
            is_part_unknown=self._reader.is_unknown_english(part_in(read.tokens)),
            is_action_unknown=is_action_unknown,
            has_unknown_keyword=self._reader.has_unknown_keyword(read, is_keyword_asked=is_keyword_asked),
            words=of_stems,
        )

    def _known_features(self, tokens: Iterable[str]) -> list[int]:
        """The features of those of these words that entries hold."""
        return [each for each in self._vocabulary.of(tokens).features if each is not None]
