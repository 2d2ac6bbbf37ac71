"""Builds the index of a library, and asks it: which entries fit a question best.

A question's words are read and corrected (`question_reader`), and what it does not ask for is left out. The
entries that have most in common with the rest (`lexical_search`) are the candidates. They are ranked by
`candidate_ranking`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from bot.search.best_entries import FoundEntry
from bot.search.calibration import Experience, experience_of, leave_out, offset_of, sample_of
from bot.search.candidate_ranking import CandidateRanking
from bot.search.confidence import CONSTANTS
from bot.search.doubts.doubts import Doubts
from bot.search.doubts.opposition import Opposition
from bot.search.doubts.other_things import OtherThings
from bot.search.entry_words import EntryWords
from bot.search.features import NgramsOfWords, hash_of
from bot.search.foreign_ranking import ForeignRanking
from bot.search.languages import ENGLISH, Language, word_forms
from bot.search.lexical_search import LexicalSearch, weights_of
from bot.search.library_postings import postings_of
from bot.search.library_texts import LibraryTexts
from bot.search.match import CalibrationOffset, Evidence, Findable, Match, Understanding
from bot.search.meaning.comparison import Comparison, EmbeddedText
from bot.search.meaning.nearness import VectorSource
from bot.search.opposites.contraries import Contraries
from bot.search.opposites.contrast import ruled_out
from bot.search.opposites.entry_polarities import EntryPolarities
from bot.search.opposites.foreign_polarities import ForeignPolarityReader
from bot.search.opposites.negation_cues import may_negate
from bot.search.opposites.opposite_words import opposite_words
from bot.search.opposites.polarities import Polarities
from bot.search.postings import MAX_POSTINGS, idf
from bot.search.query_maker import QueryMaker
from bot.search.question_reader import MAX_ASKED, QuestionReader, ReadQuestion
from bot.search.scores import LEAST
from bot.search.spelling import Spelling
from bot.search.unrelated import UNRELATED
from bot.search.vocabulary import Vocabulary
from bot.search.words.actions import asks_something_else
from bot.search.words.aspects import names_a_price
from bot.search.words.keywords import FRAME, is_keyword
from bot.search.words.pasted import Quotes, quoted_words, quotes_in
from bot.search.words.wording import Aliases, words

__all__ = ["Findable", "Index", "Match"]

# How many of the best lexical matches are compared by meaning, and how many more than are wanted, as meaning
# changes their order.
CANDIDATES: Mapping[Understanding, int] = {
    "words": 3,
    "table": 16,
    "model": 60,
    "multilingual": 60,
    "languages": 30,
}
# So many entries are found by meaning alone.
NEAREST = 10
SPARE = 5


class Index:
    """The search index of a library's entries. Built once and never changed, so that threads need no lock."""

    def __init__(  # noqa: PLR0913 -- how it is built
        self,
        entries: Iterable[Findable],
        aliases: Mapping[str, Sequence[str]] | None = None,
        sources: Sequence[VectorSource] = (),
        *,
        wait: bool = False,
        offsets: Mapping[Understanding, CalibrationOffset] | None = None,
        never: Mapping[str, Sequence[str]] | None = None,
        languages: Mapping[str, str] | None = None,
    ) -> None:
        """Index these entries.

        A source that does not know these entries is left out, unless it is to `wait` for it. The calibration
        `offsets` are learned from the entries unless they are given. `never` are questions that must not find an
        entry, by its id. `languages` are those of the entries whose lesson says its language, or '' for one whose
        words do not show it.
        """
        # Sorted by id, so that ties do not depend on the order of files.
        found = sorted(entries, key=lambda entry: entry.id)
        self._ids = [entry.id for entry in found]
        opposites = opposite_words()
        self._aliases = Aliases(aliases or {})
        texts = LibraryTexts(found, self._aliases, opposites, with_meaning=bool(sources))
        self._polarity_reader = texts.polarity_reader
        asked, numbers = texts.asked, texts.numbers
        everything = asked + texts.answers
        self.asked_share = len(asked) / max(len(everything), 1)
        self.weights = weights_of(self.asked_share)
        counts = np.bincount(everything.words, minlength=len(numbers))
        counts[texts.of_aliases] += 1
        said = [(languages or {}).get(entry.id) for entry in found]
        self._forms = word_forms(numbers, everything.words, everything.owners, said)
        self._spelling = Spelling(numbers, counts, has_english=ENGLISH in self._forms.languages)
        self._exact = texts.exact
        self._reader = QuestionReader(
            numbers=numbers,
            spelling=self._spelling,
            forms=self._forms,
            aliases=self._aliases,
            keywords=texts.keywords,
            exact=self._exact,
            opposites=opposites,
        )
        hashed = map(hash_of, self._forms.stems(list(numbers)))
        stem_of = np.fromiter(hashed, np.uint32, len(numbers))
        ngrams_of_words = NgramsOfWords.of(numbers)
        self._postings = postings_of(
            texts, everything, stem_of=stem_of, ngrams=ngrams_of_words, forms=self._forms, entries=len(found)
        )
        self._vocabulary = Vocabulary(numbers, stem_of, ngrams_of_words, self._forms, self._postings)
        # The rarity of a feature, by the number of entries that hold it.
        rarity = idf(np.arange(len(found) + 1), len(found))
        self._lexical = LexicalSearch(self._postings, rarity)
        further = self._aliases.further_words()
        small = self._forms.small_words | further
        is_content = np.array([word not in small for word in numbers], np.bool_)
        self._entry_words = EntryWords(
            texts,
            stem_of,
            is_content,
            has_no_phrasings=np.array([not entry.phrasings for entry in found], np.bool_),
            postings=self._postings,
            rarity=rarity,
        )
        self._entry_polarities = EntryPolarities(texts.polarities)
        opposition = Opposition(self._entry_words, self._entry_polarities)
        are_english = self.language is ENGLISH
        self._comparison = Comparison(sources, texts.for_meaning, are_english=are_english, wait=wait)
        contraries = Contraries(self._forms.stems)
        self._queries = QueryMaker(
            self._reader,
            self._vocabulary,
            small=self._forms.small_words,
            further=frozenset(hash_of(stem) for stem in self._forms.stems(sorted(further))),
            contraries=contraries,
            with_meaning=bool(self._comparison),
        )
        other_things = OtherThings(
            self._entry_words,
            self._reader,
            self._vocabulary,
            self._spelling,
            are_english=are_english,
        )
        doubts = Doubts(
            self._entry_words,
            self._entry_polarities,
            opposition,
            other_things,
            programs=self._stems_by_entry(texts.programs),
            denied=self._denied(texts),
            done_to_me=self._stems_by_entry(texts.done_to_me),
            priced={n for n, entry in enumerate(found) if names_a_price(entry.answer)},
        )
        self.offsets = dict(offsets or {})
        self._candidates = CandidateRanking(
            self._ids,
            words=self._entry_words,
            opposition=opposition,
            other_things=other_things,
            doubts=doubts,
            offsets=self.offsets,
        )
        self._foreign = ForeignRanking(
            self._ids,
            self._comparison,
            words=self._entry_words,
            polarity_reader=ForeignPolarityReader(opposites, self._polarity_reader.actions),
            entry_polarities=self._entry_polarities,
            opposition=opposition,
            # Questions on English lessons were answered right without.
            contraries=None if are_english else contraries,
            not_how={n for n, entry in enumerate(found) if asks_something_else(words(entry.question, 1))},
        )
        self._never: dict[int, set[str]] = {}
        for id_, refused in (never or {}).items():
            for text in refused:
                self._never.setdefault(self._reader.loose_key(text), set()).add(id_)
        # Questions in another language than the lessons are not calibrated.
        calibrated = [each for each in sources if each.understanding != "languages" or not are_english]
        self._among = partial(Index, aliases=aliases, sources=calibrated, offsets={}, languages=languages)
        if offsets is None:
            # Only when all is known: the questions that are asked to learn them are ranked without.
            self.offsets |= [(each, offset_of(seen, CONSTANTS[each])) for each, seen in self.experience(found)]
            if "table" in self.offsets:  # for the rare question that it cannot embed
                self.offsets["words"] = self.offsets["table"]

    def experience(self, entries: Sequence[Findable]) -> Iterator[tuple[Understanding, Experience]]:
        """The experience with the library's own phrasings in each understanding, for calibration.

        `entries` are those of the index. Words alone are left out beside the table, where they rank hardly any
        question: none of 12,103.
        """
        sample = sample_of(entries)
        left_out = list(leave_out(sample, self._among))
        for each in self.understandings:
            if each == "words" and "table" in self.understandings:
                continue

            def rank(index: Index, question: str, without: str = "", *, by: Understanding = each) -> list[Match]:
                ranking = index.rank(question, understanding=by, without=without, in_any_language=False)
                # The index of a sample may lack this understanding, if its words are unknown to the encoder.
                return [match for match in ranking if ranking[0].evidence.understanding == by]

            own = ((partial(rank, index), phrasings) for index, phrasings in left_out)
            rank_all = partial(rank, self)
            yield each, experience_of(sample, own, rank_all, rank_all, UNRELATED[self.language.stemmer])

    @property
    def language(self) -> Language:
        """That in which the lessons have the most words."""
        return self._forms.languages[0]

    @property
    def understandings(self) -> list[Understanding]:
        """The ways to rank a question, the best first; "words" is always possible."""
        return self._comparison.understandings

    @property
    def is_embedded(self) -> bool:
        """Whether every model that these entries need has embedded them."""
        return self._comparison.is_embedded

    @property
    def nbytes(self) -> int:
        """The size of the index's arrays in bytes, without the words themselves."""
        of_words = self._postings, self._spelling, self._vocabulary, self._exact, self._entry_words
        return sum(each.nbytes for each in (*of_words, self._entry_polarities, self._comparison))

    def text_of(self, question: str) -> str:
        """A question as the sources of meaning read it, with its spelling corrected."""
        return self._reader.text_for_meaning(self._wanted(self._reader.read(question))[0])

    def rank(  # noqa: PLR0913 -- what a question is compared with, and how far
        self,
        question: str,
        limit: int = 10,
        understanding: Understanding | None = None,
        *,
        without: str = "",
        besides: Collection[str] = (),
        most: int = MAX_POSTINGS,
        in_any_language: bool = True,
    ) -> list[Match]:
        """The entries that fit best, best first, at most `limit`, without those of score 0.

        The best understanding that knows the question ranks it, unless another one is given, which embeds the
        question if need be. The entry with the id `without` is ignored, and so are those `besides` it. At `most`
        so many postings are read for each view, those of the rarest features. With `in_any_language`, a question
        in another language than the lessons is ranked by meaning alone.
        """
        read = self._reader.read(question)
        if not read.expanded or not self._ids or limit < 1:
            return []
        excluded = {without, *besides}
        if self._never:
            # Words that are refused can be like an entry's own but for an article: its very words still find it.
            own = {self._ids[n] for n in read.owners}
            excluded |= self._never.get(self._reader.loose_key(question), set()) - own
        if not without and len(read.owners) == 1 and self._ids[read.owners[0]] not in excluded:
            return [self._exactly(read.owners[0], len(self._aliases.replace(read.tokens)))]
        if self._reader.asks_for_unknown_keyword(read):
            return []
        in_any_language = in_any_language and self._comparison.knows_other_languages and not without
        if in_any_language and self.is_foreign(question):
            nearest = self._foreign.rank(
                question, read.tokens, limit, max(limit, CANDIDATES["languages"]), wait=understanding is not None
            )
            if nearest is not None:
                return nearest
        read, polarities = self._wanted(read)
        tokens = read.tokens
        is_keyword_asked = is_keyword(tokens[-1]) and FRAME.issuperset(
            word for word in read.expanded if not is_keyword(word)
        )
        if is_keyword_asked:
            # The small words around a keyword would only find entries that share them.
            tokens = [word for word in tokens if is_keyword(word)]
            read = read._replace(tokens=tokens, expanded=tokens)
        quotes = quotes_in(read.text)
        known = self._vocabulary.of(read.expanded)
        wanted = self._most_candidates(limit, understanding) + len(excluded)
        best = self._lexical.best(known, self._quoted(quotes), self.weights, most, wanted)
        # A score that two digits show as 0 means that nothing is in common with the question. They are sorted.
        if excluded != {""} or (best and best[-1][1] < LEAST):
            best = [each for each in best if each[1] >= LEAST and self._ids[each[0]] not in excluded]
        asked = self._queries.make(read, known, quotes, polarities, is_keyword_asked=is_keyword_asked)
        embedded = self._comparison.embed(asked.text, understanding)
        if embedded and not is_keyword_asked:
            best = [*best, *self._found_by_meaning(best, embedded, excluded)]
        return self._candidates.rank(best, asked, embedded, limit) if best else []

    def _found_by_meaning(
        self,
        best: Sequence[FoundEntry],
        embedded: EmbeddedText,
        excluded: Collection[str],
    ) -> Iterator[FoundEntry]:
        """The entries that are nearest in meaning of those that are not among the `best` by words."""
        found = {n for n, _, _ in best}
        for n in embedded.nearest(NEAREST):
            if n not in found and self._ids[n] not in excluded:
                yield n, 0.0, (0.0, 0.0, 0.0)

    def _wanted(self, read: ReadQuestion) -> tuple[ReadQuestion, Polarities]:
        """A question without the words that only say what it is not about, and its polarities."""
        polarities, unwanted = self._polarity_reader.polarities_and_unwanted(
            self._reader.inflected(read), read.text
        )
        if may_negate(read.tokens):
            unwanted = {*unwanted, *ruled_out(read.text)}
        return self._reader.without(read, unwanted) if unwanted else read, polarities

    def _most_candidates(self, limit: int, understanding: Understanding | None) -> int:
        """How many of the best lexical matches are candidates, to rank `limit` of them."""
        by = understanding or self.understandings[0]
        return max(limit + SPARE if self._comparison else limit, CANDIDATES[by])

    def _quoted(self, quotes: Quotes) -> Collection[int]:
        """The stems of the quoted words in a question."""
        return {self._vocabulary.stem(word) for word in words(quoted_words(quotes), MAX_ASKED)} if quotes else ()

    def _exactly(self, entry: int, asked: int) -> Match:
        """The one entry with exactly this question or phrasing, which has so many words."""
        evidence = Evidence(
            self.understandings[0],
            lexical=1.0,
            lexical_lead=1.0,
            meaning=1.0,
            meaning_lead=1.0,
            content_share=1.0,
            content_held=asked,
            asked=asked,
            is_exact=True,
        )
        return Match(self._ids[entry], 100.0, 1.0, 1.0, 1.0, 1.0, evidence)

    def is_asked_with(self, entry: str, tokens: Iterable[str]) -> bool:
        """Whether an entry's question or phrasings hold one of these words."""
        return self._entry_words.is_asked_with(self._number_of(entry), map(self._vocabulary.stem, tokens))

    def rare(self, tokens: Sequence[str]) -> list[str]:
        """Those of these words that few entries hold, of those that are no small words."""
        features = self._vocabulary.of(tokens).features
        return [
            word
            for word, feature in zip(tokens, features, strict=True)
            if word not in self._forms.small_words and self._entry_words.is_rare(feature)
        ]

    def is_titled_with(self, entry: str, tokens: Iterable[str]) -> bool:
        """Whether an entry's own question holds one of these words."""
        return self._entry_words.is_titled_with(self._number_of(entry), map(self._vocabulary.stem, tokens))

    def polarities(self, tokens: Sequence[str]) -> Polarities:
        """The polarities of a text with these words."""
        return self._polarity_reader.polarities(tokens)

    def contradicts(self, entry: str, polarities: Polarities, prefix: str = "") -> bool:
        """See `EntryPolarities.contradicts`."""
        return self._entry_polarities.contradicts(self._number_of(entry), polarities, prefix)

    def agrees(self, entry: str, polarities: Polarities) -> bool:
        """See `EntryPolarities.agrees`."""
        return self._entry_polarities.agrees(self._number_of(entry), polarities)

    def _denied(self, texts: LibraryTexts) -> dict[int, set[int]]:
        """The stems of what an entry's own question says is not so, if none of its questions says that it is."""
        denied, affirmed = self._stems_by_entry(texts.denied), self._stems_by_entry(texts.affirmed)
        return {n: each for n, each in denied.items() if each.isdisjoint(affirmed[n])}

    def _stems_by_entry(self, words_of: Mapping[int, Iterable[str]]) -> dict[int, set[int]]:
        return {n: {hash_of(each) for each in self._forms.stems([*said])} for n, said in words_of.items()}

    def _number_of(self, entry: str) -> int:
        return bisect_left(self._ids, entry)  # they are sorted

    def known(self, question: str, but_for: str = "") -> list[str]:
        """The words of a question that entries hold, without the words of the text `but_for`.

        Misspelled words are corrected if the correction is sure.
        """
        return self._reader.known(question, but_for)

    def refuses(self, id_: str, question: str) -> bool:
        """Whether the entry with this id must not be found by a question."""
        return bool(self._never) and id_ in self._never.get(self._reader.loose_key(question), ())

    def is_foreign(self, question: str) -> bool:
        """Whether a question is in another language than the lessons.

        Few of its words are in the library, and they are not English; or, for lessons in another language than
        English, its small words show that it is in another one.
        """
        return self._reader.is_foreign(question)

    def is_asked(self, question: str) -> bool:
        """Whether these words are exactly the question or a phrasing of an entry."""
        return self._reader.is_asked(question)

    def as_order(self, question: str) -> str:
        """A request in verbs of the lessons, "create a venv" for "give me a venv"; '' if a question is none."""
        return self._reader.as_order(question)

    def asks_nothing(self, text: str) -> bool:
        """Whether a text is only a greeting or the like, and not exactly a question or phrasing of an entry."""
        return self._reader.asks_nothing(text)
