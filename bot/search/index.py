"""Ranks the entries by how well they fit a question.

Three views of a question are compared with each entry, and their scores are added up:
- words: the share of the question's weight that the entry covers (BM25, over question, phrasings, answer),
- pairs: the same for pairs of words near each other, in either order,
- letters: the cosine of 4-letter n-grams, over question and phrasings, for misspellings that were not corrected.

Misspelled words are corrected first. The best entries are then compared by meaning (`bot.search.meaning`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.actions import action_in
from bot.search.alternatives import VERSUS, as_comparison
from bot.search.best_entries import FoundEntry, best_entries
from bot.search.calibration import Experience, experience_of, leave_out, offset_of, sample_of
from bot.search.confidence import ALIKE, CONSTANTS
from bot.search.features import (
    AskedStems,
    ExactKeys,
    NgramsOfWords,
    TokenizedTexts,
    exact_key,
    hash_of,
    pairs,
    pairs_of,
)
from bot.search.keywords import Keywords, is_keyword, marked
from bot.search.languages import Language, word_forms
from bot.search.match import CalibrationOffset, Evidence, Findable, Match, Understanding
from bot.search.meaning.encoder import Vectors
from bot.search.meaning.nearness import EntryTexts, Nearness, VectorSource, chunks_of
from bot.search.meaning.table import load_table
from bot.search.opposites import AVOIDED, LEFT_OUT, NEGATED, NO, TITLE, YES, EntryTurns, Turning, Turns
from bot.search.pasted import Quotes, names_of, quoted_words, quotes_in, without_frames
from bot.search.politeness import without_politeness
from bot.search.postings import (
    MAX_POSTINGS,
    OF_PAIRS,
    Floats,
    Hashes,
    PostingLists,
    Postings,
    cosine,
    coverage,
    idf,
)
from bot.search.small_words import ARTICLES, ENGLISH_WORDS, STOP_WORDS, small_words_of
from bot.search.smalltalk import small_talk
from bot.search.spelling import Spelling
from bot.search.splitting import opens_as_question
from bot.search.unrelated import UNRELATED
from bot.search.vocabulary import KnownWords, Vocabulary
from bot.search.wording import Aliases, plain, says_nothing, text_chunks, words, words_in_chunks

__all__ = ["Findable", "Index", "Match"]

# The best weights that tests/benchmarks/weights.py tried; the README there says what each view is worth. Letters
# compare only questions and phrasings: the more of a library's words are in answers, the less they weigh.
WORDS, PAIRS = 0.45, 0.40
LETTERS_LEAST, LETTERS_MOST = 0.05, 0.35
# The weight of meaning beside the lexical views, and how many of the best lexical matches are compared by meaning.
WEIGHTS: dict[Understanding, float] = {"table": 0.25, "model": 0.5}
SPARE = 5  # more than are wanted, as meaning changes their order
CANDIDATES: dict[Understanding, int] = {"words": 3, "table": 16, "model": 30, "languages": 30}
MAX_ASKED = 60  # words of a question or phrasing that are read
MAX_ANSWER = 600
LOOSE = ARTICLES | {"please", "bitte"}  # words without which a question is the same
# A question is in another language if it has at least so many words, and at most these shares of them are in the
# library, in the library or the English table of word pieces, and among the small words of English. That is true
# of 97 in 100 questions in German and Spanish, and of 2 in 100 in English.
FEWEST, MOST_SHARED = 3, (0.5, 0.8, 0.14)
# The factor for the weight of quoted words; for the score of entries that say the opposite; and for the best score
# of the others, which no opposite may exceed.
QUOTED, OPPOSITE, BEHIND = 2.0, 0.85, 0.95
# Among so many of the best entries, another one is looked for that is about the action of a question.
NEAR = 5
# A word that a larger share of the entries hold is a subject of the library, and does not distinguish entries.
COMMON = 0.25
MOST = 0.5
NO_OFFSET = CalibrationOffset()
LEAST = 0.00005  # of a score from 0 to 1


class _Query(NamedTuple):
    """A question as the sources of meaning read it, with facts about its words.

    `content` are the stems of its content words, each with its feature if an entry holds it, `asked` the number of
    all its words, `turns` its turns (`bot.search.opposites`), `names` the stems of the names in it, and `action`
    what it asks how to do (`bot.search.actions`).
    """

    text: str
    content: Mapping[int, int | None]
    asked: int
    turns: Turns
    names: Sequence[int]
    action: int | None
    is_one_word: bool
    is_keyword: bool


class Index:
    """The search index of a library's entries. Built once and never changed, so that threads need no lock."""

    def __init__(  # noqa: PLR0913, PLR0915 -- how it is built
        self,
        entries: Iterable[Findable],
        aliases: Mapping[str, Sequence[str]] | None = None,
        sources: Sequence[VectorSource] = (),
        *,
        wait: bool = False,
        offset: CalibrationOffset | None = None,
        never: Mapping[str, Sequence[str]] | None = None,
        languages: Mapping[str, str] | None = None,
    ) -> None:
        """Index these entries.

        One that does not know these entries is left out, unless it is to `wait` for it. The calibration offsets
        are learned from the entries unless one is given. `never` are questions that must not find an entry, by
        its id, and `languages` those of the entries whose lesson says its language.
        """
        # Sorted by id, so that ties do not depend on the order of files.
        found = sorted(entries, key=lambda entry: entry.id)
        self._ids = [entry.id for entry in found]
        self._aliases = Aliases(aliases or {})
        # Each new word gets the next number.
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        titles, asked, answers = (TokenizedTexts(self._numbers) for _ in range(3))
        exact: list[tuple[int, int]] = []
        texts: list[EntryTexts] = []
        self._turning = Turning()
        turns: list[Turns] = []
        # The symbols and small words that an entry is about.
        self._keywords = Keywords(
            chain.from_iterable(marked(text) for entry in found for text in (entry.question, *entry.phrasings))
        )
        for n, entry in enumerate(found):
            questions = [self._asked_words(text) for text in (entry.question, *entry.phrasings)]
            answer = self._aliases.replace(words(entry.answer, MAX_ANSWER))
            turns.append(self._turning.together(questions))
            titles.add(n, questions[0])
            for question in questions:
                asked.add(n, question)
            exact += ((exact_key(question), n) for question in questions if question)
            answers.add(n, answer)
            if sources:
                texts.append((list(map(_text_of, questions)), chunks_of(answer)))
        aliased = [self._numbers[word] for word in self._aliases.words()]
        self._numbers.default_factory = None
        everything = asked + answers
        self.asked_share = len(asked) / max(len(everything), 1)
        self.weights = weights_of(self.asked_share)
        counts = np.bincount(everything.words, minlength=len(self._numbers))
        counts[aliased] += 1
        self._spelling = Spelling(self._numbers, counts)
        said = [(languages or {}).get(entry.id) for entry in found]
        self._forms = word_forms(self._numbers, everything.words, everything.owners, said)
        hashed = map(hash_of, self._forms.stems(list(self._numbers)))
        stem_of = np.fromiter(hashed, np.uint32, len(self._numbers))
        stems = stem_of[everything.words]
        entries_count = len(found)
        self._halves = self._forms.halves
        owners, halves = self._halves_in(everything)
        both = np.concatenate([everything.owners, owners]), np.concatenate([stems, halves])
        of_words = coverage(*both, entries_count)
        self._titles = AskedStems(titles.owners, stem_of[titles.words], entries_count)
        self._asked = AskedStems(asked.owners, stem_of[asked.words], entries_count)
        self._turns = EntryTurns(turns)
        self._has_no_phrasings = np.array([not entry.phrasings for entry in found], np.bool_)
        hashes, first = pairs(stems, everything.texts)
        of_pairs = coverage(everything.owners[first], hashes, entries_count)
        self._exact = ExactKeys(exact)
        self._never: dict[int, set[str]] = {}
        for id_, refused in (never or {}).items():
            for text in refused:
                self._never.setdefault(self._loose_key(text), set()).add(id_)
        ngrams_of_words = NgramsOfWords.of(self._numbers)
        ngrams, counts = asked.ngrams(ngrams_of_words)
        of_letters = cosine(np.repeat(asked.owners, counts), ngrams, entries_count)
        self._postings = Postings([of_words, of_pairs, of_letters])
        self._vocabulary = Vocabulary(self._numbers, stem_of, ngrams_of_words, self._forms, self._postings)
        # The rarity of a feature, by the number of entries that hold it.
        self._rarity = idf(np.arange(entries_count + 1), entries_count)
        ready = [each for each in (source.nearness(texts, wait) for source in sources) if each]
        self._nearnesses = [each for each in ready if each.understanding != "languages"]
        self._languages = next((each for each in ready if each.understanding == "languages"), None)
        self._offsets: dict[Understanding, CalibrationOffset] = {}
        calibrated = [each for each in sources if each.understanding != "languages"]
        self._among = partial(
            Index, aliases=aliases, sources=calibrated, offset=CalibrationOffset(), languages=languages
        )
        if offset is None:
            for understanding, experience in self.experience(found):
                self._offsets[understanding] = offset_of(experience, CONSTANTS[understanding])

    def _halves_in(self, texts: TokenizedTexts) -> tuple[Hashes, Hashes]:
        """The entry and the stem of each half of a joined word in these texts, as two arrays."""
        found = {n: self._halves.of(word) for word, n in self._numbers.items()} if self._halves else {}
        joined = {n: [self._stem_of(half) for half in halves] for n, halves in found.items() if halves}
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
        return [*(each.understanding for each in self._nearnesses), "words"]

    @property
    def ready(self) -> set[Understanding]:
        """The understandings of the sources that have embedded these entries."""
        both = (*self._nearnesses, self._languages)
        return {each.understanding for each in both if each}

    @property
    def nbytes(self) -> int:
        """The size of the index's arrays in bytes, without the words themselves."""
        return (
            self._postings.nbytes
            + self._spelling.nbytes
            + self._vocabulary.nbytes
            + self._exact.nbytes
            + self._asked.nbytes
            + self._titles.nbytes
            + self._turns.nbytes
            + self._has_no_phrasings.nbytes
            + sum(each.nbytes for each in (*self._nearnesses, self._languages) if each)
        )

    def text_of(self, question: str) -> str:
        """A question as the sources of meaning read it, with its spelling corrected."""
        tokens = self._tokens(without_frames(question))
        mended = self._mended(tokens)
        return self._text_of(tokens, mended, self._expand(tokens, mended))

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
        read = without_frames(question)
        tokens, owners = self._read(read)
        mended = self._mended(tokens)
        expanded = self._expand(tokens, mended)
        if not expanded or not self._ids or limit < 1:
            return []
        refused: Collection[str] = self._never.get(self._loose_key(question), ()) if self._never else ()
        # Words that are refused can be like an entry's own but for an article: its very words still find it.
        own = {self._ids[n] for n in owners}
        excluded = {without, *besides, *(each for each in refused if each not in own)}
        if not without and len(owners) == 1 and self._ids[owners[0]] not in excluded:
            return [self._exactly(owners[0], len(self._aliases.replace(tokens)))]
        if in_any_language and self._languages and not without and self.is_foreign(question):
            vector = self._languages.find(plain(question), understanding is not None)
            if vector is not None:
                return self._in_any_language(self._languages, vector, len(tokens), limit)
        is_keyword_asked = is_keyword(tokens[-1]) and small_words_of(tokens).issuperset(
            word for word in expanded if not is_keyword(word)
        )
        if is_keyword_asked:
            # The small words around a keyword would only find entries that share them.
            tokens = expanded = [word for word in tokens if is_keyword(word)]
        quotes = quotes_in(read)
        known = self._vocabulary.of(expanded)
        best = best_entries(
            self._postings_of(known, self._quoted(quotes), most),
            self.weights,
            self._postings.dtype,
            len(self._ids),
            self._candidates(limit, understanding) + len(excluded),
        )
        # A score that two digits show as 0 means that nothing is in common with the question. They are sorted.
        if excluded != {""} or (best and best[-1][1] < LEAST):
            best = [each for each in best if each[1] >= LEAST and self._ids[each[0]] not in excluded]
        if not best:
            return []
        # Without words that were only guessed: how much of what the question says the best entry holds.
        unsure = {
            word: sure
            for word, meant in mended.items()
            if meant[0] is not word and (sure := self._spelling.surely(word, meant)) is not meant
        }
        surely = self._expand(tokens, {**mended, **unsure}) if unsure else expanded
        small = self._forms.small_words
        told = known if surely is expanded else self._vocabulary.of(surely)
        of_stems = list(zip(surely, told.stems, told.features, strict=True))
        content = {stem: feature for word, stem, feature in of_stems if word not in small}
        content = content or {stem: feature for _, stem, feature in of_stems}
        text = self._text_of(tokens, mended, expanded) if self._nearnesses else ""
        is_emphatic = "NOT" in read and not read.isupper()
        turns = self._turning.turns(expanded, is_emphatic=is_emphatic)
        words_asked = sum(word not in ARTICLES and word != "my" for word in tokens)
        names = [self._vocabulary.stem(name) for name in names_of(read, quotes)]
        action = self._vocabulary.stem(doing) if (doing := action_in(expanded)) else None
        asked = _Query(text, content, len(expanded), turns, names, action, words_asked == 1, is_keyword_asked)
        return self._by_meaning(best, asked, understanding, limit)

    def _candidates(self, limit: int, understanding: Understanding | None) -> int:
        """How many of the best lexical matches are looked at, to rank `limit` of them."""
        by = understanding or self.understandings[0]
        return max(limit + SPARE if self._nearnesses else limit, CANDIDATES[by])

    def _by_meaning(
        self,
        best: Sequence[FoundEntry],
        question: _Query,
        understanding: Understanding | None,
        limit: int,
    ) -> list[Match]:
        """The best lexical matches, sorted by the sum of their lexical score and their nearness in meaning."""
        lexical = [score for _, score, _ in best]
        entries = [n for n, *_ in best]
        used, weight, meaning = self._meaning(question.text, entries, understanding)
        opposite = self._opposite(entries, question)
        if any(opposite):
            lexical = [OPPOSITE * each if turned else each for each, turned in zip(lexical, opposite, strict=True)]
            meaning = [OPPOSITE * each if turned else each for each, turned in zip(meaning, opposite, strict=True)]
        scores = [(one + weight * other) / (1 + weight) for one, other in zip(lexical, meaning, strict=True)]
        if any(opposite) and not all(opposite):
            most = max(score for score, turned in zip(scores, opposite, strict=True) if not turned)
            scores = [
                min(score, BEHIND * most) if turned else score
                for score, turned in zip(scores, opposite, strict=True)
            ]
        # Those that are equal are in order of id, as they came.
        order = sorted(range(len(best)), key=scores.__getitem__, reverse=True)
        first = order[0]
        first_entry = entries[first]
        share, held, is_rare, by_subject = self._content_held(first_entry, question)
        is_ambiguous = (
            (share < 1 and not is_rare and meaning[first] < ALIKE)
            or self._has_what_is_left_out(first_entry, question.turns)
            or self._is_contested([entries[n] for n in order[:3]], question.names)
            or self._is_about_another_action([entries[n] for n in order[:NEAR]], question)
            or (question.is_one_word and self._is_shared(entries, question.content))
        )
        evidence = Evidence(
            used,
            self._offsets.get(used, NO_OFFSET),
            lexical[first],
            _lead(lexical, first),
            meaning[first],
            _lead(meaning, first),
            share,
            held,
            question.asked,
            is_opposite=opposite[first],
            is_ambiguous=is_ambiguous,
            is_named=question.is_keyword and not self._is_shared(entries, question.content) and share == 1,
            shares_subject_only=by_subject,
        )
        shown = order[:limit]
        ids, rounded = [self._ids[entries[n]] for n in shown], [round(100 * scores[n], 2) for n in shown]
        by_view = zip(*(best[n][2] for n in shown), strict=True)
        matches = list(map(Match, ids, rounded, *by_view, [meaning[n] for n in shown]))
        matches[0] = matches[0]._replace(evidence=evidence)
        return matches

    def is_foreign(self, question: str) -> bool:
        """Whether a question is in another language: few of its words are in the library, and few are English."""
        tokens = words(question, MAX_ASKED)
        own = [word in self._numbers for word in tokens]
        known = [is_own or load_table().knows(word) for word, is_own in zip(tokens, own, strict=True)]
        english = [word in ENGLISH_WORDS for word in tokens]
        shares = (sum(each) / max(len(tokens), 1) for each in (own, known, english))
        return len(tokens) >= FEWEST and all(
            share <= most for share, most in zip(shares, MOST_SHARED, strict=True)
        )

    def _in_any_language(self, languages: Nearness, vector: Vectors, asked: int, limit: int) -> list[Match]:
        """The entries that are nearest in meaning, whatever their words; best first."""
        entries = languages.nearest(vector, max(limit, CANDIDATES["languages"]))
        near = languages.to(vector, entries)
        order = np.argsort(-near, kind="stable")
        scores = near[order].tolist()
        matches = [
            Match(self._ids[int(entries[n])], round(100 * score, 2), meaning=score)
            for n, score in zip(order, scores, strict=True)
            if score >= LEAST
        ]
        if not matches:
            return []
        evidence = Evidence("languages", meaning=scores[0], meaning_lead=_lead(scores, 0), asked=asked)
        return [matches[0]._replace(evidence=evidence), *matches[1:]][:limit]

    def _meaning(
        self, text: str, entries: list[int], understanding: Understanding | None
    ) -> tuple[Understanding, float, list[float]]:
        """The understanding by which these entries are compared with a text, its weight, and their nearness."""
        for each in self._nearnesses:
            # If an understanding is given, the text is embedded if need be.
            if understanding in {None, each.understanding}:
                vector = each.find(text, understanding is not None)
                if vector is not None:
                    near = each.to(vector, np.array(entries))
                    return each.understanding, WEIGHTS[each.understanding], near.tolist()
        return "words", 0.0, [0.0] * len(entries)

    def _text_of(
        self, tokens: Sequence[str], mended: Mapping[str, tuple[str, ...]], expanded: Sequence[str]
    ) -> str:
        # An English word that no entry has is not a misspelling of one that they have.
        knows = load_table().knows
        kept = {
            word: (word,)
            for word, meant in mended.items()
            if meant[0] is not word and len(word) > 2 and knows(word)
        }
        return _text_of(self._expand(tokens, {**mended, **kept}) if kept else expanded)

    def _asked_words(self, text: str) -> list[str]:
        return self._aliases.replace([*words(text, MAX_ASKED), *self._keywords.of(text)])

    def _opposite(self, entries: Sequence[int], question: _Query) -> list[bool]:
        """For each of these entries, whether it says the opposite of a question."""
        if not question.turns and self._turns.left_out.keys().isdisjoint(question.content):
            return [False] * len(entries)
        each = np.array(entries)
        having, agreeing = np.zeros(len(entries), np.uint8), np.zeros(len(entries), np.uint8)
        for name, sign in question.turns.items():
            if sign in {YES, NO} and name in self._turns and not name.startswith((LEFT_OUT, NEGATED)):
                signs = self._turns.of(each, name)
                having |= signs
                agreeing |= signs & sign
        # "Delete it and start over": an entry that agrees in one turn is no opposite, whatever the others say.
        turned = (having > 0) & (agreeing == 0)
        turned |= self._titled_otherwise(each, question.turns)
        for name, sign in question.turns.items():
            if sign == NO and name.startswith(LEFT_OUT):
                has = np.array(self._asked_for(entries, name)) & (self._turns.of(each, name) == 0)
                # If most of the entries are about the thing that is left out, it does not distinguish them.
                turned |= has & (has.mean() <= MOST)
        for stem in self._turns.left_out.keys() & question.content.keys():
            if (name := self._turns.left_out[stem]) not in question.turns:
                turned |= self._turns.of(each, name) == NO
        found: list[bool] = turned.tolist()
        return found

    def _titled_otherwise(self, entries: NDArray[np.int64], turns: Turns) -> NDArray[np.bool_]:
        """Whether an entry's own question says what a question negates, and nothing that it asks for.

        "Install, not upgrade" is not about upgrading, although that entry has "install --upgrade" as a phrasing.
        """
        turned, agreeing = np.zeros(len(entries), np.bool_), np.zeros(len(entries), np.bool_)
        if not any(name.startswith(NEGATED) for name in turns):
            return turned
        for name, sign in turns.items():
            signs = self._turns.of(entries, f"{TITLE}{name.removeprefix(NEGATED)}")
            if name.startswith(NEGATED):
                turned |= signs == YES + NO - sign
            elif sign in {YES, NO}:
                agreeing |= signs == sign
        return turned & ~agreeing

    def _has_what_is_left_out(self, entry: int, turns: Turns) -> bool:
        left_out = (name for name in turns if name.startswith((LEFT_OUT, AVOIDED)))
        has = (name for name in left_out if self._asked_for([entry], name)[0])
        return any(not self._turns.of(np.array([entry]), name)[0] for name in has)

    def _asked_for(self, entries: Sequence[int], name: str) -> list[bool]:
        """For each of these entries, whether its questions name the thing that a question leaves out."""
        stem = hash_of(name.removeprefix(LEFT_OUT).removeprefix(AVOIDED))
        return [self._asked.holds(n, stem) for n in entries]

    def _loose_key(self, text: str) -> int:
        """The key of a question without greetings, articles and endings. Prepositions count: "in" is not "out"."""
        told = [word for word in self._aliases.replace(self._tokens(text)) if word not in LOOSE]
        return exact_key(self._forms.stems(told))

    def is_asked_with(self, entry: str, tokens: Iterable[str]) -> bool:
        """Whether an entry's question or phrasings hold one of these words."""
        n = self._ids.index(entry)
        return any(self._asked.holds(n, self._vocabulary.stem(word)) for word in tokens)

    def known(self, question: str, but_for: str = "") -> list[str]:
        """The words of a question that entries hold, without the words of the text `but_for`.

        Misspelled words are corrected if the correction is sure.
        """
        found = (self._spelling.surely(word, self._spelling.mend(word)) for word in self._tokens(question))
        told = self._aliases.replace([each for meant in found for each in meant if each in self._numbers])
        others = set(self._forms.stems(self._asked_words(but_for)))
        return [word for word in told if self._forms.stem(word) not in others]

    def refuses(self, id_: str, question: str) -> bool:
        """Whether the entry with this id must not be found by a question."""
        return bool(self._never) and id_ in self._never.get(self._loose_key(question), ())

    def is_asked(self, question: str) -> bool:
        """Whether these words are exactly the question or a phrasing of an entry."""
        return bool(self._exact.owners_of(exact_key(self._asked_words(without_frames(question)))))

    def asks_nothing(self, text: str) -> bool:
        """Whether a text is only a greeting or the like, and not exactly a question or phrasing of an entry."""
        if not self._says_nothing(text) and small_talk(text) is None:
            return False
        if opens_as_question(text) and any(not any(map(str.isalnum, word)) for word in marked(text)):
            return False  # "what does ~= do" in a library without this sign
        return not self._keywords.of(text) and not self.is_asked(text)

    def _says_nothing(self, text: str) -> bool:
        """Whether a text has no content words in a language of the lessons, in English, or in the member's own.

        Small words of another language may be content words here: "bin" is a folder in lessons in English.
        """
        own = (self._forms.small_words, STOP_WORDS)
        return says_nothing(text, own) or (
            says_nothing(text) and not all(word in self._numbers for word in words(text, MAX_ASKED))
        )

    def _mended(self, tokens: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """What each of these words probably means."""
        if self._halves:
            return {word: self._mend(word) for word in tokens}
        known, mend = self._numbers, self._spelling.mend
        return {word: (word,) if word in known else mend(word) for word in tokens}

    def _mend(self, word: str) -> tuple[str, ...]:
        """The word, its spelling corrected; for a joined word its halves, and itself if the library has it."""
        halves = self._halves.of(word) if self._halves else ()
        if halves:
            return (word, *halves) if word in self._numbers else halves
        return self._spelling.mend(word)

    def _tokens(self, question: str) -> list[str]:
        return self._read(question)[0]

    def _read(self, question: str) -> tuple[list[str], list[int]]:
        """The words of a question, and the entries that are asked for in exactly these words."""
        chunks = text_chunks(question)
        plain_words, small = words_in_chunks(chunks, MAX_ASKED), self._keywords.of(question, chunks)
        tokens = [*plain_words, *small]
        owners = self._owners_of(tokens)
        # Most questions are not polite: they need no second look.
        if not owners and len(told := without_politeness(plain_words)) < len(plain_words):
            tokens = [*told, *small]
            owners = self._owners_of(tokens)
        if not owners and not small and VERSUS in self._numbers:
            tokens = as_comparison(tokens)
        return tokens, owners

    def _owners_of(self, tokens: list[str]) -> list[int]:
        return self._exact.owners_of(exact_key(self._aliases.replace(tokens)))

    def _expand(self, tokens: Sequence[str], mended: Mapping[str, tuple[str, ...]]) -> list[str]:
        return self._aliases.replace([each for word in tokens for each in mended[word]])

    def _stem_of(self, word: str) -> int:
        return hash_of(self._forms.stem(word))

    def _content_held(self, entry: int, question: _Query) -> tuple[float, int, bool, bool]:
        """What an entry holds of the content words: the share of their weight, how many, whether one is rare.

        Last, whether there are common and rare ones, but the entry is not asked for with any of the rare ones.
        """
        few = max(COMMON * len(self._ids), 2)
        whole = share = 0.0
        count = 0
        is_rare = has_common = has_rare = is_asked = False
        for stem, feature in question.content.items():
            begin, times = (0, 0) if feature is None else self._postings.span(feature)
            rarity = self._rarity.item(times)
            whole += rarity
            if times <= few:
                has_rare = True
                is_asked = is_asked or (times > 0 and self._asked.holds(entry, stem))
            else:
                has_common = True
            if times and self._postings.holds(entry, begin, times):
                share += rarity
                count += 1
                is_rare = is_rare or times <= few
        # What an entry without phrasings can be asked, its answer says.
        by_answer = is_rare and bool(self._has_no_phrasings[entry])
        by_subject = has_common and has_rare and not is_asked and not by_answer
        return share / max(whole, 1e-9), count, is_rare, by_subject

    def _is_shared(self, entries: Iterable[int], content: Collection[int]) -> bool:
        """Whether the questions of several entries have all of these words."""
        sharing = (n for n in entries if all(self._asked.holds(n, stem) for stem in content))
        return len(list(islice(sharing, 2))) == 2

    def _is_contested(self, entries: Sequence[int], names: Iterable[int]) -> bool:
        """Whether the questions of another entry have one of these names that the first entry's do not have.

        Two error messages often have the same words, and differ only in what they quote.
        """
        return any(
            any(self._asked.holds(n, name) for n in entries[1:])
            for name in names
            if not self._asked.holds(entries[0], name)
        )

    def _is_about_another_action(self, entries: Sequence[int], question: _Query) -> bool:
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
            sides = ((name, sign) for name, sign in question.turns.items() if sign in {YES, NO})
            return not any(self._turns.of(np.array([first]), name)[0] & sign for name, sign in sides)
        if self._titles.holds(first, action):
            return False
        together = [pair for stem in question.content if stem != action for pair in pairs_of([action, stem])]
        found = self._postings.features(OF_PAIRS, np.array(together, np.uint32))
        return not any(self._postings.holds(first, *self._postings.span(each)) for each in found)

    def _quoted(self, quotes: Quotes) -> Collection[int]:
        """The stems of the quoted words in a question."""
        return {self._vocabulary.stem(word) for word in words(quoted_words(quotes), MAX_ASKED)} if quotes else ()

    def _exactly(self, entry: int, asked: int) -> Match:
        """The one entry with exactly this question or phrasing, which has so many words."""
        evidence = Evidence(self.understandings[0], NO_OFFSET, 1.0, 1.0, 1.0, 1.0, 1.0, asked, asked, True)
        return Match(self._ids[entry], 100.0, 1.0, 1.0, 1.0, 1.0, evidence)

    def _postings_of(self, known: KnownWords, quoted: Collection[int], most: int) -> PostingLists:
        """The postings of a question's words, each with a weight, of at most so many for each view.

        A feature weighs its share of the question in the views of words and pairs, and in letters its part of a
        unit vector. What no entry holds is rarest, and is a part of the question, too; `quoted` words weigh more.
        """
        stems = dict(zip(known.stems, known.features, strict=True))
        asked_pairs = {*pairs_of(known.stems)}
        sought = np.fromiter(asked_pairs, np.uint32, len(asked_pairs))
        features = [feature for feature in stems.values() if feature is not None]
        pairs = self._postings.features(OF_PAIRS, sought)
        ngrams = Counter(memoryview(b"".join(known.ngrams)).cast("I"))
        found = self._postings.find(features, pairs, ngrams)
        rarity = self._rarity.take(found.counts)
        begin, end = len(features), len(features) + len(pairs)
        of_words, of_pairs, of_letters = rarity[:begin], rarity[begin:end], rarity[end:]
        if quoted:
            of_words *= [
                QUOTED if stem in quoted else 1.0 for stem, feature in stems.items() if feature is not None
            ]
        of_words /= self._whole(of_words, len(stems))
        of_pairs /= self._whole(of_pairs, len(asked_pairs))
        of_letters *= 1 + np.log(found.times)
        of_letters /= max(sqrt(of_letters @ of_letters), 1e-9)
        return self._postings.lists(found, rarity, most)

    def _whole(self, rarity: Floats, sought: int) -> float:
        """The weight of all features sought: those with a rarity, and the others, which no entry holds."""
        return max(float(sum(rarity.tolist(), self._rarity.item(0) * (sought - len(rarity)))), 1e-9)


def _text_of(tokens: Iterable[str]) -> str:
    """A text as the sources of meaning read it: without marked keywords, whose words are also in it unmarked."""
    return " ".join([word for word in tokens if word[0] != "`"])


def _lead(scores: Sequence[float], first: int) -> float:
    """The difference between one score and the best of the others."""
    others = max(scores[:first], default=0.0), max(scores[first + 1 :], default=0.0)
    return scores[first] - max(others) if len(scores) > 1 else scores[first]


def weights_of(asked_share: float) -> Floats:
    """The weights of words, pairs and letters, for the share of words that are in questions and phrasings."""
    letters = LETTERS_LEAST + asked_share * (LETTERS_MOST - LETTERS_LEAST)
    weights: Floats = np.array([WORDS, PAIRS, letters]) / (WORDS + PAIRS + letters)
    return weights
