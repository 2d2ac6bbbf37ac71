"""Understands requests as orders: "give me a venv" as "create a venv", "let me see my packages" as "list them".

It also knows requests to explain something: "tell me about Django".
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from bot.search.words.phrases import longest_opening, phrases
from bot.search.words.politeness import without_politeness
from bot.search.words.small_words import QUESTION_WORDS, are_all_small

_LET = ("let", "me")
_GIVE = phrases(
    """
    give me
    gib mir
    nenn mir
    nenne mir
    schick mir
    schicke mir
    zeig mir
    zeige mir
    dame
    ensename
    enviame
    mandame
    muestrame
    pasame
    """
)
_SEE = phrases(
    """
    let me see, can i see, could i see, i want to see, want to see, i need to see, need to see, see
    """
)
_EXPLAIN = phrases(
    """
    tell me about, tell us about, tell me something about, tell me more about
    explain, explain to me
    erklar, erklare, erklar mir, erklare mir, erklar uns
    erzahl mir von, erzahl mir uber, erzahl mir etwas uber, erzahl mir was uber
    explica, explicame, explicanos, hablame de, hablame sobre, cuentame de, cuentame sobre
    """
)
# "Tell me about your setup" and "explain what happened" ask a person. So do "describe" and "define", mostly.
_PERSON = frozenset(
    """you your yourself u ur error errors problem issue happened happens
    du dein deine deinen deinem deiner dir dich fehler passiert
    tu tus te ti has tienes problema paso pasa""".split()
)
_FIRST = {*_GIVE, *_SEE}
MORE = 3  # words that say what to let somebody do, with "let me"
# What lessons call it: most libraries have only one or two of these words.
_TO_GET, _TO_SEE = ("make", "create"), ("list", "show")
_ONE, _OWN = frozenset({"a", "an"}), frozenset({"my", "our", "the", "all"})


def as_order(tokens: Sequence[str], known: Container[str] = ()) -> list[str]:
    """The words of a request as an order, in verbs that are `known`; its own words if it is none.

    Without verbs, only what says that it is a request is left out.
    """
    if not tokens or tokens[0] not in _FIRST:
        return list(tokens)
    order = _order(tokens, known)
    return list(tokens) if are_all_small(order) else order


def asks_to_explain(tokens: Sequence[str]) -> bool:
    """Whether these words ask to explain some thing, and not what the person who is asked did or has."""
    said = without_politeness(tokens)
    thing = said[longest_opening(_EXPLAIN, said) :]
    return len(thing) < len(said) and not are_all_small(thing) and _PERSON.isdisjoint(thing)


def _order(tokens: Sequence[str], known: Container[str]) -> list[str]:
    size = longest_opening(_SEE, tokens)
    seen = tokens[size:]
    if size and not _OWN.isdisjoint(seen[:1]):
        return [*filter(known.__contains__, _TO_SEE), *seen]
    if size and not QUESTION_WORDS.isdisjoint(seen[:1]):
        return list(seen)
    if size := longest_opening(_GIVE, tokens):
        is_new = not _ONE.isdisjoint(tokens[size : size + 1])
        return [*filter(known.__contains__, _TO_GET if is_new else ()), *tokens[size:]]
    # "Let me know when" asks to be told, and "let me check" asks nothing.
    is_let = tuple(tokens[:2]) == _LET and list(tokens[2:3]) not in (["know"], ["see"]) and len(seen) > MORE
    return list(tokens[2:] if is_let else tokens)
