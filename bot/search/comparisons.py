"""Recognizes questions that compare things, or ask which one is best: "git vs mercurial", "best theme for it"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from bot.search.small_words import SMALL_WORDS

_VERSUS = frozenset({"vs", "versus"})
# The words of which both are in a question that compares, the first before the second.
_APART = {
    "better": "than",
    "difference": "between",
    "differences": "between",
    "besser": "als",
    "unterschied": "zwischen",
    "mejor": "que",
    "diferencia": "entre",
}
_SIGNS = _VERSUS | _APART.keys()
# An entry is asked with one of these if it compares things.
_COMPARED = _VERSUS | frozenset(
    """
    or than better best choose which when compare compared difference differences between instead rather both
    oder als besser vergleich unterschied unterschiede zwischen statt beide
    o que mejor comparar diferencia diferencias entre ambos
    """.split()
)
_OPENINGS = frozenset(
    tuple(each.split())
    for each in (
        "best",
        "any good",
        "what is the best",
        "which is the best",
        "what are the best",
        "beste",
        "bester",
        "bestes",
        "was ist der beste",
        "was ist die beste",
        "was ist das beste",
        "cual es el mejor",
        "cual es la mejor",
    )
)
LONGEST = max(map(len, _OPENINGS))
_FIRST = frozenset(opening[0] for opening in _OPENINGS)
# An entry is asked with one of these if it recommends something.
_RECOMMENDED = frozenset(
    """
    best better good recommend recommended recommendation suggest suggestion favorite should
    which need use buy choose pick
    beste bester besten bestes besser gut gute guter gutes empfehlen empfehlung soll sollte
    mejor mejores bueno buena buenos recomendar recomendado
    """.split()
)
# "The best way to share it" asks how, and "the best place for it" where.
_ASK_HOW = frozenset("way ways practice practices place location time weg art ort forma manera lugar".split())


def asked_with_one_of(tokens: Sequence[str]) -> Collection[str]:
    """Words of which an entry has to be asked with one, to answer a question with these words.

    None for a question that neither compares things nor asks for the best one.
    """
    # Most questions have none of these words.
    if not _SIGNS.isdisjoint(tokens) and _compares(tokens):
        return _COMPARED
    return _RECOMMENDED if not _FIRST.isdisjoint(tokens[:1]) and _asks_for_the_best(tokens) else ()


def _compares(tokens: Sequence[str]) -> bool:
    # "In VS Code" compares nothing.
    if any(word in _VERSUS and before not in SMALL_WORDS for before, word in pairwise(tokens[:-1])):
        return True
    return any(word in _APART and _APART[word] in tokens[n:] for n, word in enumerate(tokens))


def _asks_for_the_best(tokens: Sequence[str]) -> bool:
    size = next((n for n in range(1, LONGEST + 1) if tuple(tokens[:n]) in _OPENINGS), 0)
    return 0 < size < len(tokens) and tokens[size] not in _ASK_HOW
