"""Ranks what the bot can explain by how well it fits a question.

Three views of a question are compared with each entry, and added up:
- words: the share of the question's weight that the entry covers (BM25, over question, phrasings, answer),
- pairs: the same for two words that stand together, in either order,
- letters: the cosine of 4-letter n-grams, over question and phrasings; it forgives what spelling did not.

Misspelt words are mended first. The best of these are then compared by meaning (`bot.search.meaning`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain, islice, pairwise
from math import sqrt
from typing import NamedTuple

import numpy as np

from bot.search.calibration import Experience, experience_of, offset_of
from bot.search.confidence import ALIKE, CONSTANTS
from bot.search.features import (
    AskedStems,
    ExactKeys,
    TokenizedTexts,
    content_words_of,
    counted,
    exact_key,
    hash_of,
    ngrams_of,
    pairs,
    pairs_of,
    sorted_hashes,
)
from bot.search.keywords import Keywords, is_keyword, marked
from bot.search.languages import Language, word_forms
from bot.search.match import CalibrationOffset, Evidence, Findable, Match, Understanding
from bot.search.meaning.encoder import Vectors
from bot.search.meaning.nearness import EntryTexts, Nearness, VectorSource, chunks_of
from bot.search.meaning.table import load_table
from bot.search.opposites import LEFT_OUT, NO, YES, EntryTurns, Turning, Turns
from bot.search.pasted import names_of, quoted, without_frames
from bot.search.politeness import without_politeness
from bot.search.postings import (
    MAX_POSTINGS,
    Floats,
    Hashes,
    PostingLists,
    Postings,
    cosine,
    coverage,
    idf,
    together,
)
from bot.search.smalltalk import small_talk
from bot.search.spelling import Spelling
from bot.search.wording import ENGLISH_WORDS, STOP_WORDS, Aliases, plain, says_nothing, words

__all__ = ["Findable", "Index", "Match"]

# The best of those tried by tests/benchmarks/weights.py; its README says what each is worth. Letters see
# questions and phrasings only: the more of its words a library has in answers, the less they tell.
WORDS, PAIRS = 0.45, 0.40
LETTERS_LEAST, LETTERS_MOST = 0.05, 0.35
# What meaning weighs beside them, and how many of the best lexical matches are looked at by meaning.
WEIGHTS: dict[Understanding, float] = {"table": 0.25, "model": 0.5}
CANDIDATES = 30
MAX_ASKED = 60  # words of a question or phrasing; a pasted stack trace is understood by its first
MAX_ANSWER = 600
LOOSE = frozenset("a an the please".split())  # words without which a question is the same
# A question is in another language if it has so many words, and at most these shares of them are the library's,
# the library's or word pieces of English, and small words of English. Of questions in German and Spanish that is
# so of 97 in 100, of those in English of 2.
FEWEST, MOST_SHARED = 3, (0.5, 0.8, 0.14)
# How much more a word counts that is quoted, and how much less an entry that says the opposite.
QUOTED, OPPOSITE, BEHIND = 2.0, 0.85, 0.95
# A word that more of the entries hold is a subject of the library: it tells none of them from the others.
COMMON = 0.25
MOST = 0.5
ARTICLES = frozenset("a an the my der die das ein eine el la un una".split())
NO_OFFSET = CalibrationOffset()
LEAST = 0.00005  # of a score from 0 to 1


# An entry by its number, its lexical score, and what each view saw.
_Found = tuple[int, float, tuple[float, float, float]]


class _Query(NamedTuple):
    """A question as the sources of meaning read it, and what is known of its words.

    `content` are the stems of its content words, `asked` is the number of all its words, `turns` says what turns
    it round, and `names` are the stems of the names in it.
    """

    text: str
    content: Sequence[int]
    asked: int
    turns: Turns
    names: Sequence[int]
    is_one_word: bool
    is_keyword: bool


class Index:
    """Entries made ready for questions. Built once, never changed: readers need no lock."""

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
        """`sources` say what texts mean, the best first; a question is ranked by the first that knows it.

        One that does not know these entries is left out, unless it is to `wait` for it. The calibration offsets
        are learned from the entries unless one is given. `never` are questions that must not find an entry, by
        its id, and `languages` those of the entries whose lesson says its language.
        """
        # In order of id, so that a tie does not depend on the order of files.
        found = sorted(entries, key=lambda entry: entry.id)
        self._ids = [entry.id for entry in found]
        self._aliases = Aliases(aliases or {})
        # Every word has a number: the next one, when it is met first.
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        asked, answers = TokenizedTexts(self._numbers), TokenizedTexts(self._numbers)
        exact: list[tuple[int, int]] = []
        texts: list[EntryTexts] = []
        self._turning = Turning()
        turns: list[Turns] = []
        # Of signs and small words, those that an entry is about.
        self._keywords = Keywords(
            chain.from_iterable(marked(text) for entry in found for text in (entry.question, *entry.phrasings))
        )
        for n, entry in enumerate(found):
            questions = [self._asked_words(text) for text in (entry.question, *entry.phrasings)]
            answer = self._aliases.replace(words(entry.answer, MAX_ANSWER))
            turns.append(self._turning.together(questions))
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
        self._stems = np.fromiter(hashed, np.uint32, len(self._numbers))
        stems = self._stems[everything.words]
        entries_count = len(found)
        self._halves = self._forms.halves
        owners, halves = self._halves_in(everything)
        both = np.concatenate([everything.owners, owners]), np.concatenate([stems, halves])
        self._words = coverage(*both, entries_count)
        self._asked = AskedStems(asked.owners, self._stems[asked.words], entries_count)
        self._turns = EntryTurns(turns)
        hashes, first = pairs(stems, everything.texts)
        self._pairs = coverage(everything.owners[first], hashes, entries_count)
        self._exact = ExactKeys(exact)
        self._never: dict[int, set[str]] = {}
        for id_, refused in (never or {}).items():
            for text in refused:
                self._never.setdefault(self._loose_key(text), set()).add(id_)
        ngrams, counts = asked.ngrams()
        self._letters = cosine(np.repeat(asked.owners, counts), ngrams, entries_count)
        # By how many entries hold a feature.
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
            for understanding in self.understandings:
                experience = self.experience(found, understanding)
                self._offsets[understanding] = offset_of(experience, CONSTANTS[understanding])

    def _halves_in(self, texts: TokenizedTexts) -> tuple[Hashes, Hashes]:
        """Who owns a joined word, and the stem of each of its halves."""
        found = {n: self._halves.of(word) for word, n in self._numbers.items()} if self._halves else {}
        joined = {n: [self._stem_of(half) for half in halves] for n, halves in found.items() if halves}
        words = texts.words
        at = np.isin(words, np.array(list(joined), np.uint32)).nonzero()[0]
        stems = [stem for n in words[at].tolist() for stem in joined[n]]
        return texts.owners[at].repeat(2), np.array(stems, np.uint32)

    def experience(self, entries: Sequence[Findable], understanding: Understanding) -> Experience:
        """What the library's own phrasings show, these being its entries."""

        def rank(index: Index, question: str, without: str = "") -> list[Match]:
            ranking = index.rank(question, understanding=understanding, without=without, in_any_language=False)
            # A sample of the entries may be in words that the encoder does not know.
            return [match for match in ranking if ranking[0].evidence.understanding == understanding]

        rank_all, rank_among = partial(rank, self), lambda some: partial(rank, self._among(some))
        return experience_of(entries, rank_all, rank_all, rank_among)

    @property
    def language(self) -> Language:
        """That of most lessons."""
        return self._forms.languages[0]

    @property
    def understandings(self) -> list[Understanding]:
        """What questions can be ranked by, the best first."""
        return [*(each.understanding for each in self._nearnesses), "words"]

    @property
    def ready(self) -> set[Understanding]:
        """The sources that know these entries."""
        both = (*self._nearnesses, self._languages)
        return {each.understanding for each in both if each}

    @property
    def nbytes(self) -> int:
        """Bytes of all numbers; the words themselves come on top."""
        return (
            self._words.nbytes
            + self._pairs.nbytes
            + self._letters.nbytes
            + self._spelling.nbytes
            + self._stems.nbytes
            + self._exact.nbytes
            + self._asked.nbytes
            + self._turns.nbytes
            + sum(each.nbytes for each in (*self._nearnesses, self._languages) if each)
        )

    def text_of(self, question: str) -> str:
        """A question as the sources of meaning read it, its words mended."""
        tokens = self._tokens(without_frames(question))
        return self._text_of(tokens, self._mended(tokens))

    def rank(  # noqa: PLR0913 -- what a question is compared with, and how far
        self,
        question: str,
        limit: int = 10,
        understanding: Understanding | None = None,
        *,
        without: str = "",
        most: int = MAX_POSTINGS,
        in_any_language: bool = True,
    ) -> list[Match]:
        """The entries that fit best, best first, at most `limit`, none of score 0.

        By the best understanding that is ready for the question, unless one is given; as if there were no entry
        `without` this id. At `most` so many postings are read for each view, those of the rarest features. A
        question in another language is found by what it means, unless it is to be taken for one of the lessons'.
        """
        read = without_frames(question)
        tokens, owners = self._read(read)
        mended = self._mended(tokens)
        expanded = self._expand(tokens, mended)
        if not expanded or not self._ids or limit < 1:
            return []
        excluded = {without, *(self._never.get(self._loose_key(question), ()) if self._never else ())}
        if not without and len(owners) == 1 and self._ids[owners[0]] not in excluded:
            return [self._exactly(owners[0], len(self._aliases.replace(tokens)))]
        if in_any_language and self._languages and not without and self.is_foreign(question):
            vector = self._languages.find(plain(question), understanding is not None)
            if vector is not None:
                return self._in_any_language(self._languages, vector, len(tokens), limit)
        is_keyword_asked = is_keyword(tokens[-1]) and all(is_keyword(w) or w in STOP_WORDS for w in expanded)
        if is_keyword_asked:
            # The small words around it would only find others that share them.
            tokens = expanded = [word for word in tokens if is_keyword(word)]
        stems = self._stem(expanded)
        in_quotes = self._quoted(read)
        views = (
            self._covered(self._words, stems, most, in_quotes),
            self._covered(self._pairs, pairs_of(stems), most),
            self._alike(self._letters, np.frombuffer(b"".join(map(ngrams_of, expanded)), np.uint32), most),
        )
        best = _best(
            views,
            self.weights,
            self._words.held.dtype,
            max(limit, CANDIDATES if self._nearnesses else 3) + len(excluded),
        )
        # What two digits cannot tell from 0 has nothing in common with the question.
        best = [each for each in best if each[1] >= LEAST and self._ids[each[0]] not in excluded]
        if not best:
            return []
        # Without words that were only guessed: how much of what the question says the best entry holds.
        sure = {word: self._spelling.surely(word, meant) for word, meant in mended.items()}
        surely = self._expand(tokens, sure) if sure != mended else expanded
        small = self._forms.small_words
        content = content_words_of(surely, self._stem(surely) if surely != expanded else stems, small)
        text = self._text_of(tokens, mended) if self._nearnesses else ""
        is_emphatic = "NOT" in read and not read.isupper()
        turns = self._turning.turns(expanded, is_emphatic=is_emphatic)
        words_asked = sum(word not in ARTICLES for word in tokens)
        names = self._stem(names_of(read))
        asked = _Query(text, content, len(expanded), turns, names, words_asked == 1, is_keyword_asked)
        return self._by_meaning(best, asked, understanding, limit)

    def _by_meaning(
        self,
        best: Sequence[_Found],
        question: _Query,
        understanding: Understanding | None,
        limit: int,
    ) -> list[Match]:
        """The best lexical matches in the order of their whole scores."""
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
        share, held, is_rare = self._content_held(first_entry, question.content)
        is_ambiguous = (
            (share < 1 and not is_rare and meaning[first] < ALIKE)
            or self._has_what_is_left_out(first_entry, question.turns)
            or self._is_contested([entries[n] for n in order[:3]], question.names)
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
        )
        matches = [
            Match(self._ids[best[n][0]], round(100 * scores[n], 2), *best[n][2], meaning[n]) for n in order[:limit]
        ]
        return [matches[0]._replace(evidence=evidence), *matches[1:]]

    def is_foreign(self, question: str) -> bool:
        """Whether a question is in another language: few of its words are the library's, hardly any English."""
        tokens = words(question, MAX_ASKED)
        own = [word in self._numbers for word in tokens]
        known = [is_own or load_table().knows(word) for word, is_own in zip(tokens, own, strict=True)]
        english = [word in ENGLISH_WORDS for word in tokens]
        shares = (sum(each) / max(len(tokens), 1) for each in (own, known, english))
        return len(tokens) >= FEWEST and all(
            share <= most for share, most in zip(shares, MOST_SHARED, strict=True)
        )

    def _in_any_language(self, languages: Nearness, vector: Vectors, asked: int, limit: int) -> list[Match]:
        """The entries that mean most nearly the same, whatever the words."""
        entries = languages.nearest(vector, max(limit, CANDIDATES))
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
        """By what these entries are compared with a text, what that weighs, and how near they are."""
        for each in self._nearnesses:
            # Whoever says by what waits for it.
            if understanding in {None, each.understanding}:
                vector = each.find(text, understanding is not None)
                if vector is not None:
                    near = each.to(vector, np.array(entries))
                    return each.understanding, WEIGHTS[each.understanding], near.tolist()
        return "words", 0.0, [0.0] * len(entries)

    def _text_of(self, tokens: Sequence[str], mended: Mapping[str, tuple[str, ...]]) -> str:
        # A word of English that no entry has is not a slip of one that they have.
        knows = load_table().knows
        kept = {word: (word,) if len(word) > 2 and knows(word) else meant for word, meant in mended.items()}
        return _text_of(self._expand(tokens, kept))

    def _asked_words(self, text: str) -> list[str]:
        return self._aliases.replace([*words(text, MAX_ASKED), *self._keywords.of(text)])

    def _opposite(self, entries: Sequence[int], question: _Query) -> list[bool]:
        """Which of these entries say the opposite of a question."""
        if not question.turns and self._turns.left_out.keys().isdisjoint(question.content):
            return [False] * len(entries)
        turned, agreeing = np.zeros(len(entries), np.bool_), np.zeros(len(entries), np.bool_)
        each = np.array(entries)
        for name, sign in question.turns.items():
            if sign in {YES, NO} and not name.startswith(LEFT_OUT):
                signs = self._turns.of(each, name)
                turned |= signs == YES + NO - sign
                agreeing |= (signs & sign) != 0
        # "Delete it and start over": whoever deletes means it.
        turned &= ~agreeing
        for name, sign in question.turns.items():
            if sign == NO and name.startswith(LEFT_OUT):
                has = np.array(self._asked_for(entries, name)) & (self._turns.of(each, name) == 0)
                # What most are about is no way to tell them apart.
                turned |= has & (has.mean() <= MOST)
        for stem in self._turns.left_out.keys() & set(question.content):
            if (name := self._turns.left_out[stem]) not in question.turns:
                turned |= self._turns.of(each, name) == NO
        return turned.tolist()

    def _has_what_is_left_out(self, entry: int, turns: Turns) -> bool:
        left_out = (name for name in turns if name.startswith(LEFT_OUT))
        has = (name for name in left_out if self._asked_for([entry], name)[0])
        return any(not self._turns.of(np.array([entry]), name)[0] for name in has)

    def _asked_for(self, entries: Sequence[int], name: str) -> list[bool]:
        """Which of these entries are asked for with what a question leaves out."""
        stem = hash_of(name.removeprefix(LEFT_OUT))
        return [self._asked.holds(n, stem) for n in entries]

    def _loose_key(self, text: str) -> int:
        """The key of a question but for greetings, articles and endings: "in" and "out" are not the same."""
        told = [word for word in self._aliases.replace(self._tokens(text)) if word not in LOOSE]
        return exact_key(self._forms.stems(told))

    def known(self, question: str, but_for: str = "") -> list[str]:
        """The words of a question that entries hold, misspelt ones mended where that is sure.

        Without the words of the text `but_for`.
        """
        found = (self._spelling.surely(word, self._spelling.mend(word)) for word in self._tokens(question))
        told = self._aliases.replace([each for meant in found for each in meant if each in self._numbers])
        others = set(self._forms.stems(self._asked_words(but_for)))
        return [word for word in told if self._forms.stem(word) not in others]

    def is_asked(self, question: str) -> bool:
        """Whether an entry is asked for in these very words: its question, or one of its phrasings."""
        return bool(self._exact.owners_of(exact_key(self._asked_words(without_frames(question)))))

    def asks_nothing(self, text: str) -> bool:
        """Whether this is only a greeting, thanks or the like. An entry that is asked for in these words wins."""
        if not says_nothing(text) and small_talk(text) is None:
            return False
        return not self._keywords.of(text) and not self.is_asked(text)

    def _mended(self, tokens: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """What each of these words probably means."""
        if self._halves:
            return {word: self._mend(word) for word in tokens}
        known, mend = self._numbers, self._spelling.mend
        return {word: (word,) if word in known else mend(word) for word in tokens}

    def _mend(self, word: str) -> tuple[str, ...]:
        """What a word probably means; of a joined one its halves, beside itself if the library has it."""
        halves = self._halves.of(word) if self._halves else ()
        if halves:
            return (word, *halves) if word in self._numbers else halves
        return self._spelling.mend(word)

    def _tokens(self, question: str) -> list[str]:
        return self._read(question)[0]

    def _read(self, question: str) -> tuple[list[str], list[int]]:
        """The words of a question, and the entries that are asked for in exactly these words."""
        spoken, small = words(question, MAX_ASKED), self._keywords.of(question)
        tokens = [*spoken, *small]
        owners = self._owners_of(tokens)
        # Most questions are not polite: they need no second look.
        if not owners and len(told := without_politeness(spoken)) < len(spoken):
            tokens = [*told, *small]
            owners = self._owners_of(tokens)
        return tokens, owners

    def _owners_of(self, tokens: list[str]) -> list[int]:
        return self._exact.owners_of(exact_key(self._aliases.replace(tokens)))

    def _expand(self, tokens: Sequence[str], mended: Mapping[str, tuple[str, ...]]) -> list[str]:
        return self._aliases.replace([each for word in tokens for each in mended[word]])

    def _stem(self, expanded: Sequence[str]) -> list[int]:
        """The hashes of their stems; those of the index's words are ready."""
        known = self._numbers
        return [int(self._stems[known[word]]) if word in known else self._stem_of(word) for word in expanded]

    def _stem_of(self, word: str) -> int:
        return hash_of(self._forms.stem(word))

    def _content_held(self, entry: int, content: Iterable[int]) -> tuple[float, int, bool]:
        """Which part of these words' weight an entry holds, how many of them, and whether one of those is rare."""
        hashes = sorted_hashes(content)
        begins, counts, _ = self._words.find(hashes)
        rarity = self._rarity[counts]
        held = self._words.holds(entry, begins, counts)
        whole = self._whole(rarity, len(hashes))
        few = max(COMMON * len(self._ids), 2)
        is_rare = any(is_held and times <= few for times, is_held in zip(counts.tolist(), held, strict=True))
        return float(rarity[held].sum()) / whole, sum(held), is_rare

    def _is_shared(self, entries: Iterable[int], content: Sequence[int]) -> bool:
        """Whether several entries are asked for with all of these words."""
        sharing = (n for n in entries if all(self._asked.holds(n, stem) for stem in content))
        return len(list(islice(sharing, 2))) == 2

    def _is_contested(self, entries: Sequence[int], names: Iterable[int]) -> bool:
        """Whether another of these is asked for with a name that the first is not asked for with.

        Two errors are often in the same words, and differ in what they quote.
        """
        return any(
            any(self._asked.holds(n, name) for n in entries[1:])
            for name in names
            if not self._asked.holds(entries[0], name)
        )

    def _quoted(self, text: str) -> Hashes | None:
        """The stems of what is quoted in a question."""
        found = quoted(text)
        return sorted_hashes(self._stem(words(found, MAX_ASKED))) if found else None

    def _exactly(self, entry: int, asked: int) -> Match:
        """The one entry with exactly this question or phrasing, which has so many words."""
        evidence = Evidence(self.understandings[0], NO_OFFSET, 1.0, 1.0, 1.0, 1.0, 1.0, asked, asked, True)
        return Match(self._ids[entry], 100.0, 1.0, 1.0, 1.0, 1.0, evidence)

    def _covered(
        self, postings: Postings, sought: Iterable[int], most: int, quoted: Hashes | None = None
    ) -> PostingLists:
        """For each entry, the share of these features that it covers, by their weight.

        What is quoted counts more.
        """
        hashes = sorted_hashes(sought)
        begins, counts, known = postings.find(hashes)
        rarity = self._rarity[counts]
        if quoted is not None:
            rarity = rarity * np.where(np.isin(hashes[known], quoted), QUOTED, 1.0)
        return postings.view(begins, counts, rarity / self._whole(rarity, len(hashes)), most)

    def _whole(self, rarity: Floats, hashes: int) -> float:
        """What all of so many hashes weigh. One that no entry holds is as rare as can be, and counts, too."""
        return max(float(rarity.sum() + self._rarity[0] * (hashes - len(rarity))), 1e-9)

    def _alike(self, postings: Postings, sought: Hashes, most: int) -> PostingLists:
        """For each entry, the cosine with these features."""
        hashes, times = counted(sought)
        begins, counts, known = postings.find(hashes)
        value = (1 + np.log(times[known])) * self._rarity[counts]
        return postings.view(begins, counts, value / max(sqrt(value @ value), 1e-9), most)


def _text_of(tokens: Iterable[str]) -> str:
    """A text as the sources of meaning read it: a keyword stands in it already, without its marks."""
    return " ".join(word for word in tokens if not is_keyword(word))


def _lead(scores: Sequence[float], first: int) -> float:
    """By how much one score is above the best of the others."""
    return scores[first] - max([*scores[:first], *scores[first + 1 :]], default=0.0)


def weights_of(asked_share: float) -> Floats:
    """What words, pairs and letters weigh where this share of all words stands in questions and phrasings."""
    letters = LETTERS_LEAST + asked_share * (LETTERS_MOST - LETTERS_LEAST)
    weights: Floats = np.array([WORDS, PAIRS, letters]) / (WORDS + PAIRS + letters)
    return weights


def _best(views: Sequence[PostingLists], weights: Floats, dtype: np.dtype[np.void], limit: int) -> list[_Found]:
    """The best entries, best first, with their score and what each view saw; of equals, the first by id."""
    owners, gains = together(views, dtype)
    if limit < 1 or not len(owners):
        return []
    sizes = [int(view.counts.sum()) for view in views]
    rough = np.bincount(owners, gains * weights.repeat(sizes))
    # Enough have half of the best score, or a quarter; that spares sorting a large library.
    most = rough.max()
    for least in (most / 2, most / 4, 0):
        found = (rough > least).nonzero()[0]
        if len(found) >= limit:
            break
    if len(found) > limit:
        near = rough[found]
        found = found[near >= np.partition(near, -limit)[-limit] - 1e-9]
    # List by list only for these few: in a large library most of the time is memory.
    # From 1 on; 0 is any other.
    places = np.zeros(len(rough), dtype=np.uint32)
    places[found] = np.arange(1, len(found) + 1)
    place = places.take(owners)
    hits = place.nonzero()[0]
    place, gains = place[hits] - 1, gains[hits]
    cuts = [0, *hits.searchsorted(list(accumulate(sizes))).tolist()]
    seen = np.array([np.bincount(place[a:b], gains[a:b], minlength=len(found)) for a, b in pairwise(cuts)])
    scores = weights @ seen
    order = np.lexsort((found, -scores))[:limit]
    parts = zip(*seen[:, order].tolist(), strict=True)
    return list(zip(found[order].tolist(), scores[order].tolist(), parts, strict=True))
