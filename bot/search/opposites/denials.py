"""Reads what a text says is not so: "what am I not allowed to bring", "what if I do not pass".

Whoever asks "what am I allowed to bring" is not answered by what nobody may bring. `negation.py` reads what is not
wanted, of verbs that have an opposite.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.search.opposites.negation_cues import NEGATING, NOT
from bot.search.words.phrases import word_at
from bot.search.words.small_words import QUESTION_VERBS, QUESTION_WORDS, SMALL_WORDS

_NOT = NOT | {"cannot"}
_DENYING = NEGATING | {"cannot", "unable"}
# "Not allowed to bring" denies the bringing, too.
_ALLOWING = frozenset("able allowed supposed permitted possible need have erlaubt permitido".split())
# "I do not know how to log in", "no sé cómo entro": what is asked is not denied.
_UNSURE = frozenset("know sure understand remember weiss sicher verstehe entiendo recuerdo".split())
_WHY = frozenset("why come warum wieso weshalb".split())  # "how come I cannot see it" is a complaint


def denied_in(tokens: Sequence[str]) -> Collection[str]:
    """The content words that a text says are not so; none if it denies nothing."""
    at = next((n for n, word in enumerate(tokens) if word in _NOT), None)
    if at is None:
        return ()
    behind = [word for word in tokens[at + 1 :] if word in _UNSURE or word not in SMALL_WORDS]
    is_no_se = word_at(tokens, at + 1) == "se" and word_at(tokens, at + 2) in QUESTION_WORDS  # not "no se abre"
    if is_no_se or word_at(tokens, at - 1) in _UNSURE or not _UNSURE.isdisjoint(behind[:1]):
        return ()
    if not behind:  # "Ich bestehe die Prüfung nicht."
        return [word for word in tokens[:at] if word not in SMALL_WORDS][-1:]
    allowing = 0
    while allowing < len(behind) - 1 and behind[allowing] in _ALLOWING:
        allowing += 1
    return behind[: allowing + 1]


def asks_what(tokens: Sequence[str]) -> bool:
    """Whether a text asks for more than yes or no: "can I not pay" asks the same as "can I pay"."""
    return word_at(tokens, 0) not in QUESTION_VERBS and not QUESTION_WORDS.isdisjoint(tokens)


def complains_why(tokens: Iterable[str]) -> bool:
    return not _WHY.isdisjoint(tokens)


def denies(tokens: Iterable[str]) -> bool:
    """Whether a text denies anything."""
    return not _DENYING.isdisjoint(tokens)
