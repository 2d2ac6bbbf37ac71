"""Recognizes questions that compare things, or ask which is best: "git vs mercurial", "which one should I buy"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.search.words.phrases import longest_opening, phrases
from bot.search.words.small_words import SMALL_WORDS, Words

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
# "The difference between a list and a tuple". In Spanish, "y" is read as the chat spelling of "why".
_AND: Mapping[str, Words] = {
    "between": frozenset({"and"}),
    "zwischen": frozenset({"und"}),
    "entre": frozenset({"y", "e", "why"}),
}
_DIFFERENCE = frozenset("difference differences unterschied unterschiede diferencia diferencias".split())
# Words that can stand for what is compared.
_BOTH = frozenset("two both zwei beide beiden dos ambos".split())
# "Is this one lighter than that one". "Larger than 8 MB" compares nothing with another thing.
_IS, _THAN, _NO_DEGREES = frozenset({"is", "are"}), "than", frozenset({"other", "rather", "over", "after"})
_NAMELESS = SMALL_WORDS | _DIFFERENCE | _AND.keys() | _BOTH
_SIGNS = _VERSUS | _APART.keys() | {_THAN}
# An entry is asked with one of these if it compares things.
COMPARING: Words = _VERSUS | frozenset(
    """
    or than better best choose which when compare compared difference differences between instead rather both
    oder als besser vergleich unterschied unterschiede zwischen statt beide
    o que mejor comparar diferencia diferencias entre ambos
    """.split()
)
_OPENINGS = phrases(
    """
    best, any good, what is the best, which is the best, what are the best
    beste, bester, bestes, was ist der beste, was ist die beste, was ist das beste
    cual es el mejor, cual es la mejor
    """
)
# "Which knife should I buy", "rice cooker recommendations".
_WHICH = frozenset("which what welche welchen welcher welches que cual".split())
_BUY = frozenset("buy kaufen comprar compro".split())
_FIRST = _WHICH | _OPENINGS.keys()
_RECOMMENDATIONS = frozenset(
    """
    recommendation recommendations suggestion suggestions empfehlung empfehlungen recomendacion recomendaciones
    """.split()
)
# An entry is asked with one of these if it recommends something.
RECOMMENDING: Words = frozenset(
    """
    best better good recommend recommended recommendation suggest suggestion favorite should
    which need use buy choose pick
    beste bester besten bestes besser gut gute guter gutes empfehlen empfehlung soll sollte
    mejor mejores bueno buena buenos recomendar recomendado
    """.split()
)
# "The best way to share it" asks how, and "the best place for it" where.
_ASK_HOW = frozenset("way ways practice practices place location time weg art ort forma manera lugar".split())


def compares(tokens: Sequence[str]) -> bool:
    """Whether a question compares things: "git vs mercurial", "is git better than svn"."""
    # Most questions have none of these words.
    if _SIGNS.isdisjoint(tokens):
        return False
    if any(_is_versus(tokens, n) for n in range(1, len(tokens) - 1)):
        return True
    return any(word in _APART and _APART[word] in tokens[n:] for n, word in enumerate(tokens)) or (
        tokens[0] in _IS and _has_a_degree(tokens)
    )


def asks_for_the_best(tokens: Sequence[str]) -> bool:
    """Whether a question asks which thing to choose: "best editor", "which should I buy", "recommendations"."""
    if not _FIRST.isdisjoint(tokens[:1]) and (_opens_with_best(tokens) or _asks_what_to_buy(tokens)):
        return True
    return len(tokens) > 1 and tokens[-1] in _RECOMMENDATIONS


def sides_in(tokens: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The words before and after "vs", or in "the difference between … and …"; empty if a text has neither."""
    for n in () if _VERSUS.isdisjoint(tokens) else range(1, len(tokens) - 1):
        if _is_versus(tokens, n):
            return tokens[:n], tokens[n + 1 :]
    at = next((n for n, word in enumerate(tokens) if word in _DIFFERENCE), -1)
    # The time difference between two places compares nothing else.
    if at < 0 or (at > 0 and tokens[at - 1] not in SMALL_WORDS):
        return (), ()
    between = next((n for n in range(at + 1, len(tokens)) if tokens[n] in _AND), len(tokens))
    last = next((n for n in range(between + 2, len(tokens)) if tokens[n] in _AND[tokens[between]]), len(tokens))
    return (tokens[between + 1 : last], tokens[last + 1 :]) if last < len(tokens) - 1 else ((), ())


def compares_nothing_named(tokens: Sequence[str]) -> bool:
    """Whether a question asks for a difference, and does not say of what: "the difference between the two"."""
    return not _DIFFERENCE.isdisjoint(tokens) and _NAMELESS.issuperset(tokens)


def _is_versus(tokens: Sequence[str], n: int) -> bool:
    # "In VS Code" compares nothing.
    return tokens[n] in _VERSUS and tokens[n - 1] not in SMALL_WORDS


def _has_a_degree(tokens: Sequence[str]) -> bool:
    return any(
        than == _THAN and word.endswith("er") and word not in _NO_DEGREES and not after[0].isdigit()
        for word, than, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _opens_with_best(tokens: Sequence[str]) -> bool:
    size = longest_opening(_OPENINGS, tokens)
    return 0 < size < len(tokens) and tokens[size] not in _ASK_HOW


def _asks_what_to_buy(tokens: Sequence[str]) -> bool:
    return tokens[0] in _WHICH and not _BUY.isdisjoint(tokens[-2:])
