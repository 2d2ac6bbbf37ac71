"""Proposes aliases: words that seem to mean the same, and are not aliases yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from Stemmer import Stemmer

from bot.errors import Problem
from bot.language.words import _
from bot.lessons.abbreviations import abbreviations
from bot.lessons.document import Document, Place

# A word that fewer entries use may be there by chance.
IN_ENTRIES = 3
# Content words that never get an alias.
QUESTION_WORDS = frozenset({"where", "when", "which", "why", "not", "use"})

IsContentWord = Callable[[str], bool]

_WORD = re.compile(r"[^\W\d_]+")
_stemmer = Stemmer("english")


def alias_proposals(documents: Sequence[Document], is_content_word: IsContentWord) -> list[Problem]:
    """Abbreviations that a text spells out, and words that are used only in phrasings.

    `is_content_word` tells whether a word says what a question is about: "venv" does, "please" does not.
    """
    return sorted([*_spelt_out(documents, is_content_word), *_only_in_phrasings(documents, is_content_word)])


def _spelt_out(documents: Sequence[Document], is_content_word: IsContentWord) -> Iterator[Problem]:
    aliases = _aliases(documents)
    asked = [f" {' '.join(_words(text))} " for document in documents for __, text in _asked(document)]
    seen: set[str] = set()
    for document in documents:
        for place, text in (*_asked(document), *_told(document)):
            for short, long in abbreviations(text):
                forms = short.casefold(), " ".join(_words(long))
                # With an alias for IT, every "it" would mean information technology.
                if forms[0] in aliases or forms[0] in seen or not is_content_word(forms[0]):
                    continue
                if any(f" {form} " in each or f" {form}s " in each for form in forms for each in asked):
                    seen.add(forms[0])
                    alias = f"{{{forms[1]}: [{short}]}}"
                    what = _(
                        "members ask about '{short}', but it is written out here as '{long}'; so that both "
                        "are found, add an alias to the lesson file: {alias}",
                        short=short,
                        long=long,
                        alias=alias,
                    )
                    yield document.places.problem(place, what, f"add to 'aliases:' {alias[1:-1]}")


def _only_in_phrasings(documents: Sequence[Document], is_content_word: IsContentWord) -> Iterator[Problem]:
    """Words that only phrasings use, each in place of the same word of several questions."""
    aliases = _aliases(documents)
    told = [text for document in documents for __, text in _told(document)]
    asked = [entry.question for document in documents for entry in document.lesson.entries]
    known = {_stem(word) for text in (*aliases, *told, *asked) for word in _words(text)}
    words: dict[str, _Word] = {}
    for document in documents:
        for i, entry in enumerate(document.lesson.entries):
            title = {_stem(word): word for word in _words(entry.question) if _names(word, is_content_word)}
            for j, text in enumerate(entry.phrasings):
                meant = _meant(text, aliases)
                for word in _words(text):
                    if len(word) > 1 and _stem(word) not in known and is_content_word(word):
                        here = document.places.problem(("entries", i, "phrasings", j), "")
                        words.setdefault(_stem(word), _Word(word, here)).stands(entry.id, title, meant)
    for each in words.values():
        if same := each.may_mean():
            what = _(
                "phrasings say '{word}', but the questions say '{other}'; if both mean the same, add "
                "an alias to the lesson file",
                word=each.word,
                other=same,
            )
            yield replace(each.first, what=what)


@dataclass
class _Word:
    """A word that only phrasings use, and the words that it may stand for."""

    word: str
    first: Problem
    titles: dict[str, Mapping[str, str]] = field(default_factory=dict)
    beside: set[str] = field(default_factory=set)

    def stands(self, entry: str, title: Mapping[str, str], meant: set[str]) -> None:
        """Count a phrasing of this entry.

        `title` has the words of the entry's question by their stems, `meant` the stems of the phrasing.
        """
        self.titles[entry] = title
        self.beside |= meant

    def may_mean(self) -> str:
        """The words that the questions of all its entries share and its phrasings lack; '' for too few entries."""
        if len(self.titles) < IN_ENTRIES:
            return ""
        first, *others = self.titles.values()
        shared = [stem for stem in first if all(stem in each for each in others)]
        return " ".join(first[stem] for stem in shared if stem not in self.beside)


def _names(word: str, is_content_word: IsContentWord) -> bool:
    return is_content_word(word) and word not in QUESTION_WORDS


def _meant(text: str, aliases: Mapping[str, str]) -> set[str]:
    """The stems of a phrasing, and of the words that its aliases stand for."""
    padded = f" {' '.join(_words(text))} "
    names = [name for other, name in aliases.items() if f" {other} " in padded]
    return {_stem(word) for each in (padded, *names) for word in each.split()}


def _asked(document: Document) -> Iterator[tuple[Place, str]]:
    for i, entry in enumerate(document.lesson.entries):
        yield ("entries", i, "question"), entry.question
        for j, text in enumerate(entry.phrasings):
            yield ("entries", i, "phrasings", j), text


def _told(document: Document) -> Iterator[tuple[Place, str]]:
    """Every text that members read except the questions, with its place."""
    for i, entry in enumerate(document.lesson.entries):
        yield ("entries", i, "answer"), entry.answer
    for i, scenario in enumerate(document.lesson.scenarios):
        for key in ("title", "story", "behind_the_scenes"):
            yield ("scenarios", i, key), getattr(scenario, key) or ""
        for j, solution in enumerate(scenario.solutions):
            for key in ("title", "plan", "outcome", "why", "right_when"):
                yield ("scenarios", i, "solutions", j, key), getattr(solution, key) or ""


def _aliases(documents: Sequence[Document]) -> dict[str, str]:
    """Maps each alias, and each word that has aliases, to that word."""
    pairs = [pair for document in documents for pair in document.lesson.aliases.items()]
    return {" ".join(_words(each)): " ".join(_words(name)) for name, others in pairs for each in (name, *others)}


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))
