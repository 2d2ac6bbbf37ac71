"""Understands requests as orders: "give me a venv" as "create a venv", "let me see my packages" as "list them"."""

from __future__ import annotations

from collections.abc import Container, Sequence

from bot.search.words.phrases import longest_opening, phrases
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
