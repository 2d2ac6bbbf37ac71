"""Ranks the entries by how well they fit a question.

Its words are read and corrected (`question_reader`). The entries that have most in common with them
(`lexical_search`) are compared by meaning (`bot.search.meaning`). Last comes what speaks against them (`doubts`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Literal

import numpy as np

from bot.search.actions import action_in, order_in
from bot.search.aspects import names_a_price, priced_with_one_of, rated_with_one_of
from bot.search.best_entries import FoundEntry
from bot.search.calibration import Experience, experience_of, leave_out, offset_of, sample_of
from bot.search.comparisons import asked_with_one_of, sides_in
from bot.search.confidence import ALIKE, CONSTANTS
from bot.search.definitions import asks_what_a_thing_is
from bot.search.doubts import Doubts
from bot.search.entry_polarities import OPPOSITE, EntryPolarities
from bot.search.features import AskedStems, AskedTexts, NgramsOfWords, TokenizedTexts, hash_of, pairs
from bot.search.foreign_verbs import action_words, asks_how, asks_something_else
from bot.search.kept_calibration import KeptCalibration, Offsets
from bot.search.keywords import FRAME, is_keyword
from bot.search.languages import ENGLISH, Language, word_forms
from bot.search.lexical_search import LexicalSearch, weights_of
from bot.search.library_texts import LibraryTexts
from bot.search.match import CalibrationOffset, Evidence, Findable, Match, Understanding
from bot.search.meaning.comparison import Comparison
from bot.search.meaning.nearness import VectorSource
from bot.search.meaning.table import are_synonyms, english_rarity
from bot.search.negation import may_negate
from bot.search.noun_phrases import is_noun_phrase, part_in
from bot.search.pasted import Quotes, exceptions_in, names_of, quoted_words, quotes_in
from bot.search.polarities import TITLE, YES, Polarities
from bot.search.polarity_reader import PolarityReader
from bot.search.postings import MAX_POSTINGS, Hashes, Postings, cosine, coverage, idf
from bot.search.query import Query
from bot.search.question_reader import MAX_ASKED, QuestionReader, ReadQuestion
from bot.search.small_words import ARTICLES, BEFORE_VERBS
from bot.search.spelling import Spelling
from bot.search.undoing import Undoing
from bot.search.unrelated import UNRELATED
from bot.search.vocabulary import KnownWords, Vocabulary
from bot.search.wording import Aliases, is_number, plain, words

__all__ = ["Findable", "Index", "Match"]

# How many of the best lexical matches are compared by meaning, and how many more than are wanted, as meaning
# changes their order.
CANDIDATES: Mapping[Understanding, int] = {"words": 3, "table": 16, "model": 30, "languages": 30}
SPARE = 5
# The factor for the best score of the others, which no entry that says the opposite may exceed.
BEHIND = 0.95
# If no entry has the action that is asked for, more content words than these two must agree, or the meaning:
# "restart a jupyter kernel" is not answered by whatever is about Jupyter kernels.
ABOUT_IT, SYNONYMOUS = 2, 0.82
# A thing that no entry has: another one than an entry's, or an example of that.
Another = Literal["thing", "example"]
UNCOUNTED = ARTICLES | {"my"}  # a question of one word and these is one word
NO_OFFSET = CalibrationOffset()
# What the best entry loses of its score, from 0 to 1, if it explains nothing of a question, and the second all.
UNEXPLAINED = 0.065
LEAST = 0.00005  # of a score from 0 to 1


class Index:
    """The search index of a library's entries. Built once and never changed, so that threads need no lock."""

    def __init__(  # noqa: PLR0913 -- how it is built
        self,
        entries: Iterable[Findable],
        aliases: Mapping[str, Sequence[str]] | None = None,
        sources: Sequence[VectorSource] = (),
        *,
        wait: bool = False,
        offset: CalibrationOffset | None = None,
        kept: KeptCalibration | None = None,
        never: Mapping[str, Sequence[str]] | None = None,
        languages: Mapping[str, str] | None = None,
    ) -> None:
        """Index these entries.

        A source that does not know these entries is left out, unless it is to `wait` for it. The calibration
        offsets are learned from the entries unless one is given or they are `kept`. `never` are questions that
        must not find an entry, by its id, and `languages` those of the entries whose lesson says its language.
        """
        # Sorted by id, so that ties do not depend on the order of files.
        found = sorted(entries, key=lambda entry: entry.id)
        self._ids = [entry.id for entry in found]
        self._polarity_reader = PolarityReader()
        self._aliases = Aliases(aliases or {})
        texts = LibraryTexts(found, self._aliases, self._polarity_reader, with_meaning=bool(sources))
        titles, asked, numbers = texts.titles, texts.asked, texts.numbers
        everything = asked + texts.answers
        self.asked_share = len(asked) / max(len(everything), 1)
        self.weights = weights_of(self.asked_share)
        counts = np.bincount(everything.words, minlength=len(numbers))
        counts[texts.of_aliases] += 1
        self._spelling = Spelling(numbers, counts)
        said = [(languages or {}).get(entry.id) for entry in found]
        self._forms = word_forms(numbers, everything.words, everything.owners, said)
        self._exact = texts.exact
        self._reader = QuestionReader(
            numbers=numbers,
            spelling=self._spelling,
            forms=self._forms,
            aliases=self._aliases,
            keywords=texts.keywords,
            exact=self._exact,
            undoing=Undoing(numbers, self._polarity_reader.opposites),
        )
        hashed = map(hash_of, self._forms.stems(list(numbers)))
        stem_of = np.fromiter(hashed, np.uint32, len(numbers))
        stems = stem_of[everything.words]
        entries_count = len(found)
        owners, halves = self._halves_in(everything, numbers)
        both = np.concatenate([everything.owners, owners]), np.concatenate([stems, halves])
        of_words = coverage(*both, entries_count)
        hashes, first = pairs(stems, everything.texts)
        of_pairs = coverage(everything.owners[first], hashes, entries_count)
        ngrams_of_words = NgramsOfWords.of(numbers)
        ngrams, counts = asked.ngrams(ngrams_of_words)
        of_letters = cosine(np.repeat(asked.owners, counts), ngrams, entries_count)
        self._postings = Postings([of_words, of_pairs, of_letters])
        self._vocabulary = Vocabulary(numbers, stem_of, ngrams_of_words, self._forms, self._postings)
        # The rarity of a feature, by the number of entries that hold it.
        rarity = idf(np.arange(entries_count + 1), entries_count)
        self._lexical = LexicalSearch(self._postings, rarity)
        further = self._aliases.further_words()
        self._further = frozenset(hash_of(stem) for stem in self._forms.stems(sorted(further)))
        small = self._forms.small_words | further
        counts_as_content = np.array([word not in small for word in numbers], np.bool_)[asked.words]
        self._entry_polarities = EntryPolarities(texts.polarities)
        self._doubts = Doubts(
            titles=AskedStems(titles.owners, stem_of[titles.words], entries_count),
            asked=AskedStems(asked.owners, stem_of[asked.words], entries_count),
            texts=AskedTexts(
                asked.texts[counts_as_content],
                stem_of[asked.words[counts_as_content]],
                asked.text_owners,
                entries_count,
            ),
            polarities=self._entry_polarities,
            programs={
                n: {hash_of(each) for each in self._forms.stems([*names])} for n, names in texts.programs.items()
            },
            not_how={n for n, entry in enumerate(found) if asks_something_else(words(entry.question, 1))},
            priced={n for n, entry in enumerate(found) if names_a_price(entry.answer)},
            has_no_phrasings=np.array([not entry.phrasings for entry in found], np.bool_),
            postings=self._postings,
            rarity=rarity,
        )
        self._comparison = Comparison(sources, texts.for_meaning, wait=wait)
        self._never: dict[int, set[str]] = {}
        for id_, refused in (never or {}).items():
            for text in refused:
                self._never.setdefault(self._reader.loose_key(text), set()).add(id_)
        self._offsets: Offsets = {}
        calibrated = [each for each in sources if each.understanding != "languages"]
        self._among = partial(
            Index, aliases=aliases, sources=calibrated, offset=CalibrationOffset(), languages=languages
        )
        if offset is None:
            calibrate = partial(self._calibrated, found)
            all_texts = [(each.id, each.question, tuple(each.phrasings), each.answer) for each in found]
            library = all_texts, aliases, never, languages, [each.understanding for each in sources]
            self._offsets = kept.offsets(self.understandings, library, calibrate) if kept else calibrate()

    def _calibrated(self, entries: Sequence[Findable]) -> Offsets:
        return {each: offset_of(seen, CONSTANTS[each]) for each, seen in self.experience(entries)}

    def _halves_in(self, texts: TokenizedTexts, numbers: Mapping[str, int]) -> tuple[Hashes, Hashes]:
        """The entry and the stem of each half of a joined word in these texts, as two arrays."""
        of = self._forms.halves.of if self._forms.halves else None
        found = {n: of(word) for word, n in numbers.items()} if of else {}
        joined = {n: [hash_of(self._forms.stem(half)) for half in halves] for n, halves in found.items() if halves}
        words = texts.words
        at = np.isin(words, np.array(list(joined), np.uint32)).nonzero()[0]
        stems = [stem for n in words[at].tolist() for stem in joined[n]]
        return texts.owners[at].repeat(2), np.array(stems, np.uint32)

    def experience(self, entries: Sequence[Findable]) -> Iterator[tuple[Understanding, Experience]]:
        """The experience with the library's own phrasings in each understanding, for calibration.

        `entries` are those of the index.
        """
        sample = sample_of(entries)
        left_out = list(leave_out(sample, self._among))
        for each in self.understandings:

            def rank(index: Index, question: str, without: str = "", *, by: Understanding = each) -> list[Match]:
                ranking = index.rank(question, understanding=by, without=without, in_any_language=False)
                # The index of a sample may lack this understanding, if its words are unknown to the encoder.
                return [match for match in ranking if ranking[0].evidence.understanding == by]

            own = ((partial(rank, index), phrasings) for index, phrasings in left_out)
            rank_all = partial(rank, self)
            yield each, experience_of(sample, own, rank_all, rank_all, UNRELATED[self.language.stemmer])

    @property
    def language(self) -> Language:
        """That of most lessons."""
        return self._forms.languages[0]

    @property
    def understandings(self) -> list[Understanding]:
        """The ways to rank a question, the best first; "words" is always possible."""
        return self._comparison.understandings

    @property
    def ready(self) -> set[Understanding]:
        """The understandings of the sources that have embedded these entries."""
        return self._comparison.ready

    @property
    def nbytes(self) -> int:
        """The size of the index's arrays in bytes, without the words themselves."""
        parts = self._postings, self._spelling, self._vocabulary, self._exact, self._doubts, self._comparison
        return sum(each.nbytes for each in parts)

    def text_of(self, question: str) -> str:
        """A question as the sources of meaning read it, with its spelling corrected."""
        read = self._reader.read(question)
        _polarities, unwanted = self._polarity_reader.polarities_and_unwanted(
            self._reader.inflected(read), read.text
        )
        return self._reader.text_for_meaning(self._reader.without(read, unwanted) if unwanted else read)

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
            nearest = self._in_any_language(question, read.tokens, limit, wait=understanding is not None)
            if nearest is not None:
                return nearest
        polarities, unwanted = self._polarity_reader.polarities_and_unwanted(
            self._reader.inflected(read), read.text
        )
        if unwanted:
            read = self._reader.without(read, unwanted)
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
        wanted = self._candidates(limit, understanding) + len(excluded)
        best = self._lexical.best(known, self._quoted(quotes), self.weights, most, wanted)
        # A score that two digits show as 0 means that nothing is in common with the question. They are sorted.
        if excluded != {""} or (best and best[-1][1] < LEAST):
            best = [each for each in best if each[1] >= LEAST and self._ids[each[0]] not in excluded]
        if not best:
            return []
        asked = self._query(read, known, quotes, polarities, is_keyword_asked=is_keyword_asked)
        return self._by_meaning(best, asked, understanding, limit)

    def _candidates(self, limit: int, understanding: Understanding | None) -> int:
        """How many of the best lexical matches are looked at, to rank `limit` of them."""
        by = understanding or self.understandings[0]
        return max(limit + SPARE if self._comparison else limit, CANDIDATES[by])

    def _query(
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
        small = self._forms.small_words
        content = {stem: feature for word, stem, feature in of_stems if word not in small}
        content = content or {stem: feature for _, stem, feature in of_stems}
        unknown = [word for word, _, feature in of_stems if feature is None]
        named = unknown if unknown and is_noun_phrase(read.tokens) else []
        priced = priced_with_one_of(read.tokens)
        text = self._reader.text_for_meaning(read) if self._comparison else ""
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
            asked_with_one_of=[*map(stem, asked_with_one_of(read.tokens) or rated_with_one_of(read.tokens))],
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

    def _by_meaning(
        self,
        best: Sequence[FoundEntry],
        question: Query,
        understanding: Understanding | None,
        limit: int,
    ) -> list[Match]:
        """The best lexical matches, sorted by the sum of their lexical score and their nearness in meaning."""
        entries = [n for n, _, _ in best]
        lexical = [score for _, score, _ in best]
        used, weight, meaning = self._comparison.near(question.text, entries, understanding)
        opposite = self._doubts.opposites(entries, question)
        if any(opposite):
            lexical = [OPPOSITE * one if other else one for one, other in zip(lexical, opposite, strict=True)]
            meaning = [OPPOSITE * one if other else one for one, other in zip(meaning, opposite, strict=True)]
        whole = 1 + weight
        scores = [(one + weight * other) / whole for one, other in zip(lexical, meaning, strict=True)]
        scores = _behind(scores, opposite)
        # Those that are equal are in order of id, as they came.
        order = sorted(range(len(best)), key=scores.__getitem__, reverse=True)
        self._put_first_what_explains_more(entries, order, scores, opposite, question)
        first = order[0]
        held = self._doubts.content_held(entries[first], question)
        another = self._names_another(entries[first], question)
        lacks_it = self._doubts.lacks_what_is_asked(entries[first], question)
        is_ambiguous = (
            lacks_it
            or (held.share < 1 and not held.is_rare and meaning[first] < ALIKE)
            or (question.is_action_unknown and held.words <= ABOUT_IT and meaning[first] < SYNONYMOUS)
            or self._doubts.is_ambiguous([entries[n] for n in order], question)
            or another == "thing"
            or (question.only_unknown != "" and self._is_another_kind(entries[first], question))
        )
        is_alone = question.is_keyword and not question.has_unknown_keyword
        is_named = is_alone and held.share == 1 and not self._doubts.is_shared(entries, question)
        evidence = Evidence(
            used,
            self._offsets.get(used, NO_OFFSET),
            lexical[first],
            _lead(lexical, first),
            meaning[first],
            _lead(meaning, first),
            held.share,
            held.words,
            question.asked,
            is_opposite=opposite[first],
            is_ambiguous=is_ambiguous,
            is_named=is_named,
            names_several=question.is_keyword and not is_named and held.words > 0,
            shares_subject_only=lacks_it or held.shares_subject_only,
            names_example=another == "example",
        )
        matches = [
            Match(self._ids[entries[n]], _percent(scores[n]), *best[n][2], meaning[n]) for n in order[:limit]
        ]
        matches[0] = Match(*matches[0][:-1], evidence)
        return matches

    def _put_first_what_explains_more(
        self,
        entries: Sequence[int],
        order: list[int],
        scores: list[float],
        opposite: Sequence[bool],
        question: Query,
    ) -> None:
        """Of the best two, let the one that explains less of a question lose some of its score.

        `order` are the indexes of the entries, the best first; it is changed in place, and so are the `scores`.
        """
        if len(order) < 2:
            return
        one, two = order[:2]
        if scores[one] - scores[two] >= UNEXPLAINED or opposite[one] < opposite[two]:
            return
        if may_negate(word for word, _, _ in question.words):
            return  # "list them, not upgrade them" is explained no better by how to upgrade
        word_of = {stem: word for word, stem, _ in question.words}
        rarity = [english_rarity(word_of[stem]) for stem in question.content]
        of_one, of_two = self._doubts.unexplained([entries[one], entries[two]], question, rarity)
        if of_one > of_two:
            # Never below the third, of which it is not known what it explains.
            least = scores[order[2]] if len(order) > 2 else 0.0
            scores[one] = max(scores[one] - UNEXPLAINED * (of_one - of_two), least)
            if scores[one] < scores[two]:
                order[:2] = two, one

    def _names_another(self, entry: int, question: Query) -> Another | None:
        """What a question names that an entry's question does not, if their content words are the same otherwise.

        "Should I commit it to mercurial" is not answered by "should I commit it to git", nor "uninstall an npm
        package" by "uninstall a package". But "uninstall numpy" may be.
        """
        stem = self._doubts.only_lacking(entry, question) if self.language is ENGLISH else None
        if stem not in question.things:
            return None
        instead = self._doubts.asked_but_for(entry, question, stem)
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

    def _is_another_kind(self, entry: int, question: Query) -> bool:
        """Whether a question is in the content words of an entry's own question, but for the kind of a thing.

        "How do I get the mentor role" is not answered by "how do I get the student role".
        """
        word = question.only_unknown
        asked = [each for each, _, _ in question.words]
        if not self._reader.is_unknown_english(word) or asked.index(word) in {0, len(asked) - 1}:
            return False
        at = asked.index(word)
        stem, thing = question.words[at][1], question.words[at + 1][1]
        if asked[at - 1] in BEFORE_VERBS or not question.things.issuperset((stem, thing)):
            return False
        instead = self._doubts.asked_but_for(entry, question, stem)
        return len(instead) == 1 and all(
            each is not None
            and self._doubts.is_titled_as(entry, [each, thing])
            and not any(are_synonyms(word, other) for other in self._words_with(each))
            for each in instead
        )

    def _words_with(self, stem: int) -> list[str]:
        """The library's words with this stem."""
        return [self._spelling.word(n) for n in self._vocabulary.with_stem(stem)]

    def _is_name(self, stem: int) -> bool:
        """Whether the library's words with this stem are no English."""
        found = self._words_with(stem)
        return bool(found) and not any(map(self._reader.is_english, found))

    def _in_any_language(
        self, question: str, tokens: Sequence[str], limit: int, *, wait: bool
    ) -> list[Match] | None:
        """The entries that are nearest in meaning, best first; None if the question cannot be compared."""
        most = max(limit, CANDIDATES["languages"])
        nearest = self._comparison.nearest_in_any_language(plain(question), most, wait=wait)
        if nearest is None:
            return None
        polarities = self._polarity_reader.polarities_in_any_language(tokens)
        if polarities:
            opposite = self._doubts.say_the_opposite([n for n, _ in nearest], polarities)
            scores = [
                score * (OPPOSITE if other else self._entry_polarities.factor(n, polarities))
                for (n, score), other in zip(nearest, opposite, strict=True)
            ]
            scores = _behind(scores, opposite)
            nearest = [(n, score) for (n, _), score in zip(nearest, scores, strict=True)]
            nearest.sort(key=itemgetter(1), reverse=True)
        scores = [score for _, score in nearest]
        matches = [Match(self._ids[n], _percent(score), meaning=score) for n, score in nearest if score >= LEAST]
        if not matches:
            return []
        first = nearest[0][0]
        asked = self._polarity_reader.polarities_in_any_language(action_words(tokens))
        evidence = Evidence(
            "languages",
            meaning=scores[0],
            meaning_lead=_lead(scores, 0),
            asked=len(tokens),
            is_opposite=self._doubts.say_the_opposite([first], polarities)[0],
            is_ambiguous=(polarities.get("undo") == YES and not self._entry_polarities.agrees(first, polarities))
            or (
                bool(asked)
                and (
                    not self._entry_polarities.agrees(first, asked, TITLE)
                    or (asks_how(tokens) and not self._doubts.says_how(first))
                )
            ),
        )
        return [matches[0]._replace(evidence=evidence), *matches[1:]][:limit]

    def _quoted(self, quotes: Quotes) -> Collection[int]:
        """The stems of the quoted words in a question."""
        return {self._vocabulary.stem(word) for word in words(quoted_words(quotes), MAX_ASKED)} if quotes else ()

    def _exactly(self, entry: int, asked: int) -> Match:
        """The one entry with exactly this question or phrasing, which has so many words."""
        evidence = Evidence(self.understandings[0], NO_OFFSET, 1.0, 1.0, 1.0, 1.0, 1.0, asked, asked, True)
        return Match(self._ids[entry], 100.0, 1.0, 1.0, 1.0, 1.0, evidence)

    def is_asked_with(self, entry: str, tokens: Iterable[str]) -> bool:
        """Whether an entry's question or phrasings hold one of these words."""
        return self._doubts.is_asked_with(self._number_of(entry), map(self._vocabulary.stem, tokens))

    def rare(self, tokens: Sequence[str]) -> list[str]:
        """Those of these words that few entries hold, of those that are no small words."""
        features = self._vocabulary.of(tokens).features
        return [
            word
            for word, feature in zip(tokens, features, strict=True)
            if word not in self._forms.small_words and self._doubts.is_rare(feature)
        ]

    def is_titled_with(self, entry: str, tokens: Iterable[str]) -> bool:
        """Whether an entry's own question holds one of these words."""
        return self._doubts.is_titled_with(self._number_of(entry), map(self._vocabulary.stem, tokens))

    def polarities(self, tokens: Sequence[str]) -> Polarities:
        """The polarities of a text with these words."""
        return self._polarity_reader.polarities(tokens)

    def contradicts(self, entry: str, polarities: Polarities, prefix: str = "") -> bool:
        """See `EntryPolarities.contradicts`."""
        return self._entry_polarities.contradicts(self._number_of(entry), polarities, prefix)

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
        """Whether a question is in another language: few of its words are in the library, and few are English."""
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


def _percent(score: float) -> float:
    """A score from 0 to 100, with two digits behind the point."""
    return round(10_000 * score) / 100  # quicker than to round to two digits


def _behind(scores: list[float], opposite: Sequence[bool]) -> list[float]:
    """These scores, with those of entries that say the opposite below the best of the others."""
    if not any(opposite) or all(opposite):
        return scores
    most = max(score for score, other in zip(scores, opposite, strict=True) if not other)
    return [min(score, BEHIND * most) if other else score for score, other in zip(scores, opposite, strict=True)]


def _lead(scores: Sequence[float], first: int) -> float:
    """The difference between one score and the best of the others."""
    others = [*scores]
    return others.pop(first) - max(others, default=0.0)
