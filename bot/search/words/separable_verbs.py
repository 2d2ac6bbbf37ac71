"""Joins the separated verbs of German questions: "wie melde ich mich an" has the verb "anmelden", too."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.search.words.small_words import GERMAN_SMALL, QUESTION_WORDS

PARTICLES = frozenset(
    """ab an auf aus bei durch ein fest frei heraus herunter hinzu hoch los mit nach raus rein runter teil um vor
    weg weiter zu zuruck zusammen""".split()
)
# A verb stands behind one of the first, or before one of the others.
_I, _SUBJECTS = frozenset("ich wir man".split()), frozenset("ich wir man du ihr er sie es das der die".split())
# What may stand before the verb of a question.
_BEFORE = QUESTION_WORDS | _I | frozenset("ab bis oft seit und viel".split())
_AND = frozenset({"und", "oder"})
# What may begin another question.
_ENDS = QUESTION_WORDS | _AND | {"wenn"}
# What is no verb with a particle. Most small words are none, but "mach … auf" is one.
_SMALL = GERMAN_SMALL - {"mach", "mache", "machen", "machst", "macht"}
# What a follow-up may say beside its particle.
_BESIDE = QUESTION_WORDS | frozenset("das denn es und wieder".split())
# The endings of a verb that are no part of its stem, which has at least so many letters.
_ENDINGS = ("est", "en", "et", "st", "e", "t")
_SHORTEST = 3


def with_joined_verbs(tokens: Sequence[str]) -> list[str]:
    """The words of a text, with the infinitive in place of each verb whose particle ends a question.

    The particle remains: a follow-up may say nothing else, as "und zurück?".
    """
    if PARTICLES.isdisjoint(tokens) or _names_two_actions(tokens):
        return list(tokens)
    out: list[str] = []
    begin = 0
    for end, word in enumerate(tokens, 1):
        if word in PARTICLES and (end == len(tokens) or tokens[end] in _ENDS):
            out += _joined(tokens[begin:end])
            begin = end
    return [*out, *tokens[begin:]]


def _names_two_actions(tokens: Sequence[str]) -> bool:
    """Whether a verb has two particles, as in "wie schalte ich es ein und aus": both are asked for."""
    return any(
        one in PARTICLES and between in _AND and other in PARTICLES
        for one, between, other in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _joined(tokens: Sequence[str]) -> Sequence[str]:
    """The words of a question that ends with a particle, with the infinitive before it if it belongs to a verb."""
    at = next((n for n, word in enumerate(tokens) if word not in _BEFORE), len(tokens))
    if at + 2 >= len(tokens) or (_I.isdisjoint(tokens[at - 1 : at]) and tokens[at + 1] not in _SUBJECTS):
        return tokens
    verb, particle = tokens[at], tokens[-1]
    if verb in _SMALL or verb in PARTICLES:
        return tokens
    stems = (verb.removesuffix(each) for each in _ENDINGS if verb.endswith(each))
    stem = next((each for each in stems if len(each) >= _SHORTEST), verb)
    return [*tokens[:at], *tokens[at + 1 : -1], f"{particle}{stem}en", particle]


def joined_particles(tokens: Sequence[str]) -> set[str]:
    """The particles in the words of `with_joined_verbs` that say nothing more than the verbs before them."""
    if PARTICLES.isdisjoint(tokens):
        return set()
    return {
        word for verb, word in pairwise(tokens) if word in PARTICLES and verb.startswith(word) and verb != word
    }


def with_other_particle(tokens: Sequence[str], follow_up: Sequence[str]) -> str:
    """A question with another particle, if a follow-up names only that, as "und wie wieder ab?"; else ''."""
    named = [word for word in follow_up if word not in _BESIDE]
    if len(named) != 1 or PARTICLES.isdisjoint(named) or PARTICLES.isdisjoint(tokens[-1:]):
        return ""
    return " ".join([*tokens[:-1], *named])
