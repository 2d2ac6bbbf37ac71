"""Joins the separated verbs of German questions: "wie melde ich mich an" has the verb "anmelden", too."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise

from bot.search.words.small_words import GERMAN_SMALL, QUESTION_WORDS
from bot.search.words.verb_forms import BEFORE_GERMAN_VERBS, PARTICLES, german_infinitive

# These may also stand before the last words of a question: "wie nehme ich teil am Turnier".
_BEFORE_REST = frozenset({"hinzu", "teil"})
_REST = frozenset("am an bei beim im in zu zum zur".split())
# How members say it, and how lessons write it: "runterladen" is "herunterladen", but "rauschen" is no "herausch…".
_AS_WRITTEN = {"raus": "heraus", "runter": "herunter"}
_SHORT = re.compile(r"(raus(?!ch)|runter)(\w{4,})")
# In a question, a verb stands before one of these, or behind one of `BEFORE_GERMAN_VERBS`.
_SUBJECTS = frozenset("ich wir man du ihr er sie es das der die jemand".split())
# What may stand before the verb of a question.
_BEFORE = QUESTION_WORDS | BEFORE_GERMAN_VERBS | frozenset("ab bis oft seit und viel".split())
_AND = frozenset({"und", "oder"})
# What may begin another question.
_ENDS = QUESTION_WORDS | _AND | {"wenn"}
# What is no verb with a particle. Most small words are none, but "mach … auf" is one.
_SMALL = GERMAN_SMALL - set("mach mache machen machst macht sag sage sagen".split())
# What a follow-up may say beside its particle.
_BESIDE = QUESTION_WORDS | frozenset("das denn es und wieder".split())
# Questions with the same words but for these are the same: "wie melde ich mich wieder ab", "wie kann man sich …".
_ASKED_ALIKE = frozenset("wie wo wann wer was muss darf kann soll".split())
_SAYS_LITTLE = frozenset(
    "ich wir man mich uns mir sich denn wieder hier mal bitte eigentlich jetzt nun heute da so".split()
)
# How one can join is how one has to, but what one can bring is not what one has to.
_CAN = frozenset("kann konnte konnen soll muss".split())
_IS, _THE = frozenset({"ist", "sind"}), frozenset({"der", "die", "das"})
# One registers "zur Prüfung", "zu einer Prüfung" and "für die Prüfung".
_FOR = re.compile(r"\b(?:zum|zur|furs?|zu(?= (?:de[mnr]|eine[mnr])\b))(?: (?:das|de[mnr]|die|eine?[mnr]?)\b)?")


def with_joined_verbs(tokens: Sequence[str]) -> list[str]:
    """The words of a text, with the infinitive in place of each verb whose particle ends a question.

    The particle remains: a follow-up may say nothing else, as "und zurück?".
    """
    tokens = [_as_written(word) for word in tokens]
    if PARTICLES.isdisjoint(tokens) or _names_two_actions(tokens):
        return tokens
    out: list[str] = []
    begin = 0
    for end, word in enumerate(tokens, 1):
        if word in PARTICLES and _may_end(word, tokens[end : end + 1]):
            out += _joined(tokens[begin:end])
            begin = end
    return [*out, *tokens[begin:]]


def _as_written(word: str) -> str:
    found = _SHORT.fullmatch(word) if word.startswith(("raus", "runter")) else None
    return f"{_AS_WRITTEN[found[1]]}{found[2]}" if found else word


def _may_end(particle: str, after: Sequence[str]) -> bool:
    """Whether a question may end with this particle, but for its last words, given the word after it if any."""
    return not after or after[0] in _ENDS or (particle in _BEFORE_REST and after[0] in _REST)


def _names_two_actions(tokens: Sequence[str]) -> bool:
    """Whether a verb has two particles, as in "wie schalte ich es ein und aus": both are asked for."""
    return any(
        one in PARTICLES and between in _AND and other in PARTICLES
        for one, between, other in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _joined(tokens: Sequence[str]) -> Sequence[str]:
    """The words of a question that ends with a particle, with the infinitive before it if it belongs to a verb."""
    # Behind the question word come the verb, who does it, and the particle.
    asked = max((n for n, word in enumerate(tokens[:-3]) if word in QUESTION_WORDS), default=0)
    at = next((n for n, word in enumerate(tokens) if n >= asked and word not in _BEFORE), len(tokens))
    if at + 2 >= len(tokens) or (
        BEFORE_GERMAN_VERBS.isdisjoint(tokens[at - 1 : at]) and tokens[at + 1] not in _SUBJECTS
    ):
        return tokens
    verb, particle = tokens[at], _AS_WRITTEN.get(tokens[-1], tokens[-1])
    if verb in _SMALL or verb in PARTICLES:
        return tokens
    infinitive = f"{particle}{german_infinitive(verb)}"
    if tokens[-2:] == ["wieder", "her"] and infinitive == "herstellen":
        return [*tokens[:at], *tokens[at + 1 : -2], "wiederherstellen"]
    return [*tokens[:at], *tokens[at + 1 : -1], infinitive, particle]


def joined_particles(tokens: Sequence[str]) -> set[str]:
    """The particles in the words of `with_joined_verbs` that say nothing more than the verbs before them."""
    return {tokens[n] for n in _joined_at(tokens)}


def without_particles(tokens: Sequence[str], verbs: Container[str] | None = None) -> list[str]:
    """The words of `with_joined_verbs` without the particles of joined verbs, or only of these `verbs`."""
    at = {n for n in _joined_at(tokens) if verbs is None or tokens[n - 1] in verbs}
    return [word for n, word in enumerate(tokens) if n not in at] if at else list(tokens)


def as_asked_alike(tokens: Sequence[str]) -> list[str]:
    """What questions in German have in common that ask the same; none for others.

    "Wie nehme ich teil", "wie kann ich teilnehmen" and "wie nimmt man wieder teil" are "wie teilnehmen". "Muss man
    denn vorsingen" is "muss vorsingen".
    """
    if _ASKED_ALIKE.isdisjoint(tokens[:1]):
        return []
    opening, *rest = without_particles(tokens)
    little = _SAYS_LITTLE if opening == "was" else _SAYS_LITTLE | _CAN
    told = [opening, *(word for word in rest if word not in little)]
    # "Wann ist die Probe" is "wann ist Probe", but "was ist das" and "wo melde ich die ab" are about something.
    if len(told) > 3 and told[1] in _IS and told[2] in _THE:
        del told[2]
    return _FOR.sub("fur", " ".join(told)).split() if len(told) > 1 else []


def _joined_at(tokens: Sequence[str]) -> list[int]:
    """The places of particles behind the verbs that they are joined with."""
    if PARTICLES.isdisjoint(tokens):
        return []
    return [
        n
        for n, (verb, word) in enumerate(pairwise(tokens), 1)
        if word in PARTICLES and verb.startswith(word) and verb != word
    ]


def with_other_particle(tokens: Sequence[str], follow_up: Sequence[str]) -> str:
    """A question with another particle, if a follow-up names only that, as "und wie wieder ab?"; else ''."""
    named = [word for word in follow_up if word not in _BESIDE]
    if len(named) != 1 or PARTICLES.isdisjoint(named) or PARTICLES.isdisjoint(tokens[-1:]):
        return ""
    return " ".join([*tokens[:-1], *named])
