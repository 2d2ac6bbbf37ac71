"""The forms of German and Spanish verbs in a question: "instalo" for "instalar", "lege … an" for "anlegen"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.search.words.separable_verbs import ENDINGS, PARTICLES, SHORTEST, joined_particles
from bot.search.words.small_words import HOW, SMALL_WORDS

# The endings of an infinitive, and those of the present tense instead.
_ENDINGS = {
    "en": ENDINGS,
    "ar": ("ar", "arlo", "arla", "o", "as", "a", "amos", "an", "e", "es", "en"),
    "er": ("er", "erlo", "erla", "o", "es", "e", "emos", "en", "a", "as", "an"),
    "ir": ("ir", "irlo", "irla", "o", "es", "e", "imos", "en", "a", "as", "an"),
}
_PARTICLES = sorted(PARTICLES, key=len, reverse=True)
_HOW_OR_WHERE = HOW | frozenset("wo woher donde adonde".split())
# "Where do packages go when I install them" does not say how to install one.
_NOT_HOW = frozenset("where when why which wo wann warum welche donde cuando cual".split())


def forms_of(verb: str) -> Iterator[tuple[str, str]]:
    """The forms of an infinitive, each with the particle that belongs to it, or ''."""
    stem, ending = verb[:-2], verb[-2:]
    if len(stem) < SHORTEST or ending not in _ENDINGS:
        return
    yield from ((stem + each, "") for each in _ENDINGS[ending])
    if ending == "en":
        particle = next((each for each in _PARTICLES if stem.startswith(each)), "")
        rest = stem.removeprefix(particle)
        if particle and len(rest) >= SHORTEST - 1:
            yield from ((rest + each, particle) for each in _ENDINGS[ending])


def stems_of_verb(word: str) -> Iterator[str]:
    """What a word may be a German form of, made of an English verb: "committen" and "committe" of "commit"."""
    for ending in _ENDINGS["en"]:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST:
            yield stem
            if stem[-1] == stem[-2]:
                yield stem[:-1]


def action_words(tokens: Sequence[str]) -> list[str]:
    """The words that say what is done in "wie lade ich … herunter" or "cómo puedo … instalar"; else none.

    The verb is the first content word, or an infinitive at the end, where its particle stands otherwise. It may
    already be joined with its particle.
    """
    if not tokens or tokens[0] not in _HOW_OR_WHERE:
        return []
    if joined_particles(tokens[-2:]):
        return [tokens[-2]]
    first = next((word for word in tokens[1:] if word not in SMALL_WORDS), "")
    last = tokens[-1]
    return [first, last] if last in PARTICLES or last[-2:] in _ENDINGS else [first]


def asks_how(tokens: Sequence[str]) -> bool:
    """Whether a German or Spanish question asks how, given its words."""
    return not HOW.isdisjoint(tokens[:1])


def asks_something_else(tokens: Sequence[str]) -> bool:
    """Whether a question, in any of the three languages, asks where, when or why, and so not how."""
    return not _NOT_HOW.isdisjoint(tokens[:1])
