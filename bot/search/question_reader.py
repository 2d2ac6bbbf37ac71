"""Reads questions as the words of a library, with their spelling corrected."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.search.features import ExactKeys, exact_key
from bot.search.languages import ENGLISH, GERMAN, SPANISH, WordForms
from bot.search.meaning.table import load_table
from bot.search.opposites.degrees import ADJECTIVES, Degrees
from bot.search.opposites.negation_cues import NEGATING
from bot.search.opposites.opposite_words import OppositeWords
from bot.search.opposites.undoing import Undoing
from bot.search.spelling import LONGEST, SHORTEST, Spelling, one_edit_from
from bot.search.words.alternatives import VERSUS, as_comparison
from bot.search.words.chat_spellings import GERMAN_SPELLINGS, SPANISH_SPELLINGS, without_digraphs
from bot.search.words.keywords import Keywords, marked
from bot.search.words.pasted import programs_in, without_frames
from bot.search.words.politeness import without_fillers, without_politeness
from bot.search.words.requests import as_order
from bot.search.words.separable_verbs import as_asked_alike, with_joined_verbs, without_particles
from bot.search.words.small_words import (
    ARTICLES,
    ENGLISH_WORDS,
    QUESTION_VERBS,
    QUESTION_WORDS,
    SMALL_WORDS,
    STOP_WORDS,
    clearly_small_words_of,
)
from bot.search.words.smalltalk import small_talk
from bot.search.words.splitting import opens_as_question
from bot.search.words.verb_forms import PARTICLES
from bot.search.words.wording import Aliases, says_nothing, text_chunks, words, words_in_chunks

MAX_ASKED = 60  # words of a question or phrasing that are read
# In a library without the word, "have" is no misspelled "save", "will" no "bill", "without" is not "with out", and
# "runter" is not "unter".
_NO_SLIPS = SMALL_WORDS | QUESTION_WORDS | QUESTION_VERBS | ENGLISH_WORDS | NEGATING | PARTICLES
_NO_SLIPS |= ADJECTIVES.keys()
LOOSE = ARTICLES | {"please", "bitte"}  # words without which a question is the same
# A question is in another language if it has at least so many words, and at most these shares of them are in the
# library, in the library or the English table of word pieces, and among the small words of English. That is true
# of 97 in 100 questions in German and Spanish, and of 2 in 100 in English.
FEWEST, MOST_SHARED = 3, (0.5, 0.8, 0.14)
# The most of the words of a question that is clearly in another language. With more, these words find its entry:
# "why does mean() return NA".
MOST_OF_CLEAR = 0.25
_SPELLINGS = {GERMAN: GERMAN_SPELLINGS, SPANISH: SPANISH_SPELLINGS}


class ReadQuestion(NamedTuple):
    """A question without pasted frames, and its words.

    `tokens`, `expanded` and `programs` are without the `unwanted` words.
    """

    text: str
    tokens: list[str]  # as they were typed
    owners: Sequence[int]  # the entries that are asked for in exactly these words
    mended: Mapping[str, tuple[str, ...]]  # what a token probably means, if it is misspelled or joined
    expanded: list[str]  # the words that are meant, with aliases replaced
    programs: Sequence[str]  # the programs that an error names as missing
    unwanted: Collection[str] = ()  # words that only say what the question is not about


class QuestionReader:
    """Reads questions for one index. Built once and never changed."""

    def __init__(  # noqa: PLR0913 -- what is known of the library's words
        self,
        *,
        numbers: Mapping[str, int],
        spelling: Spelling,
        forms: WordForms,
        aliases: Aliases,
        keywords: Keywords,
        exact: ExactKeys,
        opposites: OppositeWords,
    ) -> None:
        """`numbers` are the words of the library, and `exact` finds entries by the words of their questions."""
        self._numbers, self._spelling, self._forms, self._halves = numbers, spelling, forms, forms.halves
        self._aliases, self._keywords, self._exact = aliases, keywords, exact
        self._opposites = opposites
        spellings = _SPELLINGS.get(forms.languages[0], {}) if len(forms.languages) == 1 else {}
        self._spellings = {
            short: word for short, word in spellings.items() if short not in numbers or short in SMALL_WORDS
        }
        self._undoing, self._degrees = Undoing(numbers, opposites), Degrees(numbers, opposites)

    def read(self, question: str) -> ReadQuestion:
        text = without_frames(question)
        tokens, owners = self._words_of(text)
        mended = self._mended(tokens)
        programs = programs_in(text)
        for program in programs:
            if len(mended.get(program, ())) > 1:  # "pipenv: command not found" is about no two words
                mended[program] = (program,)
        return ReadQuestion(text, tokens, owners, mended, self._expand(tokens, mended), programs)

    def without(self, read: ReadQuestion, unwanted: Collection[str]) -> ReadQuestion:
        """A question without these of its words, unless it has no others."""
        # Not without what was only guessed: "lose" may be no misspelled "close".
        tokens = [word for word in read.tokens if word not in unwanted]
        if not tokens:
            return read
        return read._replace(tokens=tokens, expanded=self._expand(tokens, read.mended), unwanted=unwanted)

    def inflected(self, read: ReadQuestion) -> list[str]:
        """The words that are meant, in the forms as they were typed: "muted" is no slip of "mute"."""
        stem = self._forms.stem
        kept = {
            word: (word,)
            for word, meant in read.mended.items()
            if len(meant) == 1 and meant[0] != word and stem(word) == stem(meant[0])
        }
        return self._expand(read.tokens, {**read.mended, **kept}) if kept else read.expanded

    def surely(self, read: ReadQuestion) -> list[str]:
        """The words that are meant, without those that were only guessed."""
        unsure = {
            word: sure
            for word, meant in read.mended.items()
            if meant[0] != word and (sure := self._spelling.surely(word, meant)) != meant
        }
        return self._expand(read.tokens, {**read.mended, **unsure}) if unsure else read.expanded

    def text_for_meaning(self, read: ReadQuestion) -> str:
        """A question as the sources of meaning read it, with its spelling corrected."""
        # An English word that no entry has is not a misspelling of one that they have.
        kept = {
            word: (word,)
            for word, meant in read.mended.items()
            if meant[0] != word and len(word) > 2 and self.is_english(word)
        }
        return text_of_words(self._meant(read.tokens, {**read.mended, **kept}))

    def loose_key(self, text: str) -> int:
        """The key of a question without greetings, articles and endings. Prepositions count: "in" is not "out"."""
        told = [word for word in self._aliases.replace(self._words_of(text)[0]) if word not in LOOSE]
        return exact_key(self._forms.stems(told))

    def known(self, question: str, but_for: str) -> list[str]:
        """See `Index.known`."""
        tokens, _ = self._words_of(question)
        found = (self._spelling.surely(word, self._spelling.mend(word)) for word in tokens)
        told = self._aliases.replace([each for meant in found for each in meant if each in self._numbers])
        others = set(self._forms.stems(asked_words(but_for, self._aliases, self._keywords)))
        return [word for word in told if self._forms.stem(word) not in others]

    def is_asked(self, question: str) -> bool:
        """See `Index.is_asked`."""
        tokens = asked_words(without_frames(question), self._aliases, self._keywords)
        return bool(self._exact.owners_of(key_of_words(tokens)))

    def as_order(self, question: str) -> str:
        """See `Index.as_order`."""
        told = without_politeness(words(question, MAX_ASKED))
        order = as_order(told, self._numbers)
        return " ".join(order) if order != as_order(told) else ""

    def asks_nothing(self, text: str) -> bool:
        """See `Index.asks_nothing`."""
        if not self._says_nothing(text) and small_talk(text) is None:
            return False
        if opens_as_question(text) and (self._keywords.lacks(text) or any(map(_is_sign_or_letter, marked(text)))):
            return False  # "what does ~= do" or "what is R" in a library without them
        return not self._keywords.of(text) and not self.is_asked(text)

    def has_unknown_keyword(self, read: ReadQuestion, *, is_keyword_asked: bool) -> bool:
        """Whether a question is about an operator or a small word that no entry is about.

        Unless nothing but a keyword is asked, it has to be in code marks.
        """
        return self._keywords.lacks(read.text) or (
            is_keyword_asked and not set(marked(read.text)).issubset(read.tokens)
        )

    def has_half_known_word(self, read: ReadQuestion) -> bool:
        """Whether the library has only one half of a joined word: "Handschuhe" are no "Schuhe"."""
        return any(
            len(meant) > 1 and meant[0] == word and word not in self._numbers
            for word, meant in read.mended.items()
        )

    def asks_for_unknown_keyword(self, read: ReadQuestion) -> bool:
        """Whether a question asks for nothing but a keyword that no entry is about: "what is R"."""
        return len(read.tokens) > 1 and self._forms.small_words.issuperset(read.tokens) and any(marked(read.text))

    def is_unknown_english(self, word: str) -> bool:
        """Whether the library lacks a word that is English, and no slip: short slips often are other words."""
        return len(word) >= SHORTEST and word not in self._numbers and self.is_english(word)

    def is_english(self, word: str) -> bool:
        return load_table().knows(word)

    def is_unknown_name(self, word: str) -> bool:
        """Whether the library lacks a word that is neither English nor a slip: the name of something."""
        return not (
            len(word) > LONGEST
            or not word.isalpha()
            or word in self._numbers
            or self._spelling.mend(word) != (word,)
            or _may_be_english(word)
        )

    def is_foreign(self, question: str) -> bool:
        """See `Index.is_foreign`."""
        tokens = words(question, MAX_ASKED)
        own = [word in self._numbers for word in tokens]
        if ENGLISH not in self._forms.languages:
            # Small words tell English, German and Spanish apart better than shares of words do.
            clear = clearly_small_words_of(tokens)
            if clear:
                is_own = any(clear == each.small_words for each in self._forms.languages)
                return len(tokens) >= FEWEST and not is_own and sum(own) <= MOST_OF_CLEAR * len(tokens)
            if not self._forms.small_words.isdisjoint(tokens):
                return False
        known = [is_own or load_table().knows(word) for word, is_own in zip(tokens, own, strict=True)]
        english = [word in ENGLISH_WORDS for word in tokens]
        shares = (sum(each) / max(len(tokens), 1) for each in (own, known, english))
        return len(tokens) >= FEWEST and all(
            share <= most for share, most in zip(shares, MOST_SHARED, strict=True)
        )

    def _says_nothing(self, text: str) -> bool:
        """Whether a text has no content words in a language of the lessons, in English, or in the member's own.

        Small words of another language may be content words here: "bin" is a folder in lessons in English.
        """
        own = (self._forms.small_words, STOP_WORDS)
        return says_nothing(text, own) or (
            says_nothing(text) and not all(word in self._numbers for word in words(text, MAX_ASKED))
        )

    def _mended(self, tokens: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """What those of these words probably mean that are misspelled, or joined of two halves."""
        known: Container[str] = () if self._halves else self._numbers
        has_opposite = self._opposites.has_opposite
        meant = {
            word: self._mend(word)
            for word in tokens
            if word not in known and word not in _NO_SLIPS and not has_opposite(word)
        }
        return {word: each for word, each in meant.items() if each != (word,)}

    def _mend(self, word: str) -> tuple[str, ...]:
        """The word, its spelling corrected; for a joined word its halves, and itself if the library has it.

        If the library has only one of the halves, the word remains, and no match is sure.
        """
        halves = self._halves.of(word) if self._halves else ()
        if halves:
            return (word, *halves) if word in self._numbers else halves
        meant = self._spelling.mend(word)
        half = self._halves.known_half_of(word) if self._halves and meant == (word,) else ""
        return (word, half) if half and word not in self._numbers else meant

    def _words_of(self, question: str) -> tuple[list[str], list[int]]:
        """The words of a question, and the entries that are asked for in exactly these words."""
        chunks = text_chunks(question)
        typed = words_in_chunks(chunks, MAX_ASKED)
        plain_words = with_joined_verbs(typed)
        small = self._keywords.of(question, chunks)
        tokens = [*plain_words, *small]
        owners = self._owners_of(tokens)
        if not owners and (spelled := [self._spelled(word) for word in typed]) != typed:
            plain_words = with_joined_verbs(spelled)
            tokens = [*plain_words, *small]
            owners = self._owners_of(tokens)
        whole = tokens
        if not owners:
            # Most questions are not polite and no requests: they need no second look. An entry may be asked with
            # an aside, as "I'm new here, where do I start": those are left out last.
            bare = without_politeness(plain_words)
            polite = without_politeness(plain_words, asides=False) if bare != plain_words else bare
            for told in [polite, bare] if bare != polite else [bare]:
                if not owners and (order := as_order(told)) != plain_words:
                    tokens = [*order, *small]
                    owners = self._owners_of(tokens)
        if not owners and (read := self._undoing.in_one_word(tokens)) != tokens:
            tokens = read
            owners = self._owners_of(tokens)
        looked_up = tokens
        tokens = tokens if owners else self._degrees.in_one_word(tokens)
        if not owners and not small and VERSUS in self._numbers:
            tokens = as_comparison(tokens)
        fuller = [] if whole == tokens else [without_fillers(whole)]
        for alike in (as_asked_alike(tokens), without_fillers(tokens), *fuller):
            if not owners and alike != looked_up:
                owners = self._owners_of(alike)
        return tokens, owners

    def _spelled(self, word: str) -> str:
        """A word as it is spelled in German or Spanish lessons, if chats spell it otherwise."""
        if self._halves and word not in self._numbers and (read := without_digraphs(word)) != word:
            is_known = read in self._forms.small_words or self._halves.knows(read) or self._halves.of(read)
            return read if is_known else word
        return self._spellings.get(word, word)

    def _expand(self, tokens: list[str], mended: Mapping[str, tuple[str, ...]]) -> list[str]:
        """The words that are meant, with aliases replaced, and each verb of the library without its particle.

        The particle of a verb that no lesson has may still say something.
        """
        return self._meant(without_particles(tokens, self._numbers), mended)

    def _meant(self, tokens: list[str], mended: Mapping[str, tuple[str, ...]]) -> list[str]:
        meant = [each for word in tokens for each in mended.get(word, (word,))] if mended else tokens
        return self._aliases.replace(meant)

    def _owners_of(self, tokens: list[str]) -> list[int]:
        return self._exact.owners_of(key_of_words(self._aliases.replace(tokens)))


def _is_english(word: str) -> bool:
    """Whether a word is English. The table also has short pieces of words, of which only few are words."""
    return word in ENGLISH_WORDS or (len(word) >= SHORTEST and load_table().knows(word))


@lru_cache(maxsize=4096)  # it takes half a millisecond, and the same names come up in many questions
def _may_be_english(word: str) -> bool:
    """Whether a word is English, two English words in one, or one edit away from English."""
    joined = ((word[:n], word[n:]) for n in range(1, len(word)))
    return (
        _is_english(word)
        or any(_is_english(head) and _is_english(tail) for head, tail in joined)
        or any(map(_is_english, one_edit_from(word)))
    )


def _is_sign_or_letter(keyword: str) -> bool:
    bare = keyword.strip("`")
    return len(bare) == 1 or not any(map(str.isalnum, bare))


def asked_words(text: str, aliases: Aliases, keywords: Keywords) -> list[str]:
    """The words of an entry's question or phrasing, with its keywords, and with aliases replaced."""
    return aliases.replace([*with_joined_verbs(words(text, MAX_ASKED)), *keywords.of(text)])


def key_of_words(tokens: Sequence[str]) -> int:
    """The key of a question or phrasing, given its words. "Melde … ab" and "abmelden" are the same word."""
    return exact_key(without_particles(tokens))


def text_of_words(tokens: Collection[str]) -> str:
    """A text as the sources of meaning read it: without marked keywords, whose words are also in it unmarked."""
    text = " ".join(tokens)
    return " ".join([word for word in tokens if word[0] != "`"]) if "`" in text else text
