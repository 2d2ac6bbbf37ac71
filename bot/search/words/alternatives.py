"""Understands "what can I use instead of pip": entries compare things, as in "uv vs pip"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.words.phrases import longest_opening, phrases
from bot.search.words.small_words import QUESTION_VERBS, QUESTION_WORDS, SMALL_WORDS

VERSUS = "vs"
# Phrases before the thing that something else is wanted for; and words after it.
_BEFORE = phrases(
    """
    instead of, rather than, other than
    alternative to, alternatives to, alternative for, alternatives for, replacement for
    anstatt, anstelle von, statt, ausser, alternative zu, alternativen zu
    en vez de, en lugar de, aparte de, alternativa a, alternativas a
    """
)
_AFTER = frozenset("alternative alternatives alternativa alternativas alternativen".split())
_SIGNS = _AFTER | _BEFORE.keys()
# Words that name no other thing, besides the small words.
_NOTHING_ELSE = (
    SMALL_WORDS
    | QUESTION_WORDS
    | frozenset(
        """
    anything everything use using used take choose try recommend else other another there good better best any some
    nehmen benutzen verwenden nutzen anderes andere gute bessere gibt empfehlt
    usar uso utilizar utilizo probar otra otro cosa mejor buena
    """.split()
    )
)
# With one of these, a question begins after the thing.
_BEGIN_A_QUESTION = QUESTION_WORDS | QUESTION_VERBS | frozenset("i ich mochte yo quiero".split())
MOST = 4  # words of the thing


def as_comparison(tokens: Sequence[str]) -> list[str]:
    """The words of a comparison, if a question asks for something other than a thing; else its own words."""
    for n in () if _SIGNS.isdisjoint(tokens) else range(len(tokens)):
        if size := longest_opening(_BEFORE, tokens[n:]):
            after = n + size
            # "Instead of pip, what can I use": a question can follow the thing.
            asks = next((m for m in range(after, len(tokens)) if tokens[m] in _BEGIN_A_QUESTION), len(tokens))
            beside = [*tokens[:n], *tokens[asks:]]
            return _compared(beside, tokens[after:asks]) or list(tokens)
        if tokens[n] in _AFTER:
            return _compared(tokens[n + 1 :], tokens[:n]) or list(tokens)
    return list(tokens)


def _compared(beside: Sequence[str], after: Sequence[str]) -> list[str]:
    """The comparison; empty if the words `beside` the thing, or those that follow it, name something, too."""
    thing = [word for word in after if word not in _NOTHING_ELSE]
    return [*thing, VERSUS] if 0 < len(thing) <= MOST and _NOTHING_ELSE.issuperset(beside) else []
