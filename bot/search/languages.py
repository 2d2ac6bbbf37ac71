"""The languages of a library: how words are stemmed, which of them are small, and whether they are joined.

A lesson says its language, or it is guessed from the words of all lessons that do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from Stemmer import Stemmer

from bot.search.postings import Hashes, Ints
from bot.search.words.chat_spellings import CHAT_SPELLINGS
from bot.search.words.small_words import ENGLISH_WORDS, GERMAN_SMALL, SPANISH_SMALL, STOP_WORDS
from bot.search.words.spanish_stems import plain_stem, regular_form
from bot.search.words.verb_forms import PARTICLES

# Words -> their stems, in their order.
Stems = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True)
class Language:
    """A language. `stemmer` is Snowball's name for it. If it `joins_words`, "Paketinstallation" is two words."""

    stemmer: str
    small_words: frozenset[str]
    joins_words: bool = False


ENGLISH = Language("english", STOP_WORDS)
GERMAN = Language("german", GERMAN_SMALL, joins_words=True)
SPANISH = Language("spanish", SPANISH_SMALL)
# Latin words, whose plural Snowball does not know: "Praktikum, Praktika", "Tutorium, Tutorien", "Forum, Foren".
_LATIN = (re.compile(r"(?<=\wik)ums?$"), "a"), (re.compile(r"(?<=\w\w[ibelnrs])ums?$"), "en")
_NOT_LATIN = frozenset("darum drum herum warum wiederum worum".split())
# By what a lesson calls them.
LANGUAGES: Mapping[str, Language] = {"en": ENGLISH, "de": GERMAN, "es": SPANISH}
# Texts are in another language if its small words come up so many times as often as those of English. A word that
# both have, such as "was", counts for both.
CLEARLY = 2
# Likewise in texts half of whose words are the bot's own, in English. Of English texts, others have a seventh.
CLEARLY_BESIDE_ENGLISH = 0.5
# The fewest letters of a half of a joined word, and the letters that German puts between two halves.
SHORTEST = 4
LINKS = ("", "s", "es", "n", "en")
# With these, a German word begins that has little to do with what follows.
PREFIXES = PARTICLES | frozenset("gegen hinter nicht uber unter voll wieder zwischen".split())


def _language_of_words(times: Callable[[str], int], clearly: float = CLEARLY) -> Language:
    """The language of texts, given how many times each word occurs; English unless it is `clearly` another.

    That is how many times as many small words there must be as English ones.
    """
    english = sum(map(times, ENGLISH_WORDS))
    counted = [(sum(map(times, each.small_words)), each) for each in (GERMAN, SPANISH)]
    most, language = max(counted, key=lambda pair: pair[0])
    return language if most > clearly * english else ENGLISH


def _stems_of(language: Language) -> Stems:
    stem: Stems = Stemmer(language.stemmer, 0).stemWords  # a cache would only hold what the index keeps
    if language is GERMAN:
        return lambda words: stem([*map(_in_the_plural, words)])
    if language is SPANISH:
        return lambda words: [*map(plain_stem, stem([*map(regular_form, words)]))]
    return stem


def _in_the_plural(word: str) -> str:
    """A Latin word of German as its plural is written; any other word as it is."""
    if word.endswith(("um", "ums")) and word not in _NOT_LATIN:
        for singular, plural in _LATIN:
            word = singular.sub(plural, word)
    return word


class Halves:
    """Divides joined words into halves that a library has, such as "Installation" and "Anleitung"."""

    def __init__(self, known: Iterable[str], stem: Stems, others: Container[str] = ()) -> None:
        """`others` are words of another language."""
        self._stem = stem
        self._others = others
        self._stems = set(stem([word for word in known if len(word) >= SHORTEST and word.isalpha()]))

    def of(self, word: str) -> tuple[str, ...]:
        """The two halves whose shorter one is the longest; none for a word that is not joined."""
        found: list[tuple[str, str]] = []
        if word in self._others:
            return ()
        for at in range(SHORTEST, len(word) - SHORTEST + 1):
            tail = word[at:]
            if self.knows(tail):
                found += [(head, tail) for head in self._known_heads(word[:at])[:1]]
        return max(found, key=lambda halves: min(map(len, halves)), default=())

    def known_half_of(self, word: str) -> str:
        """The longest half that a library has of a joined word whose other half it lacks; '' if there is none."""
        if word in self._others or not word.isalpha():
            return ""
        places = range(SHORTEST, len(word) - SHORTEST + 1)
        halves = [half for at in places for half in (*self._known_heads(word[:at]), word[at:])]
        known = [half for half in halves if len(half) > SHORTEST and half not in PREFIXES and self.knows(half)]
        return max(known, key=len, default="")

    def _known_heads(self, head: str) -> list[str]:
        """What a library has of the first half of a word, without the letters that link it with the second."""
        heads = (head.removesuffix(link) for link in LINKS if head.endswith(link))
        return [each for each in heads if len(each) >= SHORTEST and self.knows(each)]

    def knows(self, word: str) -> bool:
        """Whether the library has a word, or another form of it."""
        return self._stems.issuperset(self._stem([word]))


class WordForms:
    """How the words of a library are stemmed: each as in the language of the lessons where it stands most."""

    def __init__(
        self, numbers: Mapping[str, int], counts: Mapping[Language, Ints], others: frozenset[str]
    ) -> None:
        """Every word with its number, in their order, from 0; `counts` says how often a language has each.

        `others` are small words of further languages.
        """
        self.languages = sorted(counts, key=lambda each: -int(counts[each].sum()))
        self._stems = [*map(_stems_of, self.languages)]
        self.small_words = others.union(*(each.small_words for each in self.languages))
        if ENGLISH not in self.languages:
            self.small_words |= _as_read(self.small_words)
        # Where there is one language, no word has to be looked up.
        self._language_of: dict[str, int] = {}
        self._known: list[set[str]] = []
        if len(self.languages) > 1:
            most = np.array([counts[each] for each in self.languages]).argmax(axis=0)
            self._language_of = dict(zip(numbers, most.tolist(), strict=True))
            self._known = [set(self._stems[n](self._in(n))) for n in range(len(self.languages))]
        joining = [n for n, each in enumerate(self.languages) if each.joins_words]
        self.halves = self._halves(joining[0], numbers) if joining else None

    def stems(self, words: Sequence[str]) -> list[str]:
        """Their stems. A form that no lesson has is stemmed as in the first language that knows its stem."""
        if not self._language_of:
            return self._stems[0](words)
        return [self._stem(word) for word in words]

    def stem(self, word: str) -> str:
        return self.stems([word])[0]

    def _stem(self, word: str) -> str:
        if word in self._language_of:
            return self._stems[self._language_of[word]]([word])[0]
        stems = [stem([word])[0] for stem in self._stems]
        return next((stem for stem, known in zip(stems, self._known, strict=True) if stem in known), stems[0])

    def _in(self, language: int) -> list[str]:
        return [word for word, n in self._language_of.items() if n == language]

    def _halves(self, language: int, numbers: Mapping[str, int]) -> Halves:
        if not self._language_of:
            return Halves(numbers, self._stems[language])
        own = self._in(language)
        return Halves(own, self._stems[language], self._language_of.keys() - set(own))


def _as_read(small: Iterable[str]) -> frozenset[str]:
    """What `words` makes of these small words: "im" and "y" are also chat spellings of "i am" and "why"."""
    return frozenset(each for word in small for each in CHAT_SPELLINGS.get(word, ()))


def word_forms(numbers: Mapping[str, int], words: Hashes, owners: Hashes, said: Sequence[str | None]) -> WordForms:
    """`words` are those of all texts, by number, with their owners; `said` has the language of each owner.

    It is guessed for owners with None, by all of their words. Those with '' are in the same language, and half of
    their words are English; where they show that it is English, they decide.
    """

    def times_of(chosen: Sequence[bool]) -> Ints:
        return np.bincount(words[np.array(chosen, np.bool_)[owners]], minlength=len(numbers))

    guessed = _language_of_words(partial(_times, numbers, times_of([each is None for each in said])))
    if "" in said and (guessed is not ENGLISH or None not in said):
        times = times_of([not each for each in said])
        guessed = _language_of_words(partial(_times, numbers, times), CLEARLY_BESIDE_ENGLISH)
    own = [LANGUAGES[each] if each else guessed for each in said]
    counts = {
        language: times_of([each is language for each in own]) for language in dict.fromkeys(own) or [guessed]
    }
    return WordForms(numbers, counts, _small_in_others(numbers, words, owners, counts))


def _small_in_others(
    numbers: Mapping[str, int], words: Hashes, owners: Hashes, own: Collection[Language]
) -> frozenset[str]:
    """The small words of the few entries that are not in one of the library's `own` languages.

    "Wie" says nothing in the only entry that is in German. "Bin" is a folder if an entry in English has it.
    """
    is_own = np.zeros(len(numbers), dtype=np.bool_)
    is_own[[numbers[word] for each in own for word in each.small_words if word in numbers]] = True
    times_own = np.bincount(owners[is_own[words]], minlength=int(owners.max(initial=0)) + 1)
    found: set[str] = set()
    for language in LANGUAGES.values():
        small = {numbers[word]: word for word in language.small_words if word in numbers}
        if language in own or not small:
            continue
        is_small = np.zeros(len(numbers), dtype=np.bool_)
        is_small[list(small)] = True
        times = np.bincount(owners[is_small[words]], minlength=len(times_own))
        elsewhere = np.zeros(len(numbers), dtype=np.bool_)
        elsewhere[words[(times <= CLEARLY * times_own)[owners]]] = True
        found.update(word for n, word in small.items() if not elsewhere[n])
    return frozenset(found)


def _times(numbers: Mapping[str, int], times: Ints, word: str) -> int:
    return int(times[numbers[word]]) if word in numbers else 0
