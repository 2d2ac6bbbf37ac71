"""Recognizes what a question asks about its subject: what it is, or what it costs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.search.words.small_words import ARTICLES, BEFORE_VERBS, SMALL_WORDS, Words, without_article

_WHAT_IS = {tuple(each.split()) for each in ("what is", "what are", "was ist", "was sind", "que es", "que son")}
LONGEST = 3  # words of a thing, if a question asks what it is
_IS: Words = frozenset("is are ist sind es son".split())
_FREE: Words = frozenset("free kostenlos gratis".split())
_FOR_WHOM: Words = frozenset("for to and or fur zu und oder para de y o".split())
_COSTS: Words = frozenset(
    "cost costs price prices kostet kosten preis preise cuesta cuestan precio precios".split()
)
# An entry says what something costs with one of these, or not at all.
_PRICE: Words = (
    _FREE
    | _COSTS
    | frozenset(
        """
        pay pays paid paying payment fee fees charge charged money expensive cheap license licence subscription
        much many rate rates dollar dollars euro euros cent cents
        teuer billig zahlen bezahlen bezahlt geld gebuhr gebuhren lizenz viel
        caro cara barato pagar pago dinero tarifa licencia cuanto
        """.split()
    )
)
# These ask for a price behind "how much" alone: "¿cuánto sale?"
_COMES_TO: Words = frozenset("vale valen sale salen".split())
COSTING: Words = _COSTS | _COMES_TO
_PRICED = _FREE | COSTING | {"much", "teuer"}
_HOW_MUCH: Words = frozenset("was viel cuanto".split())
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_SUM = re.compile(r"[$€£]\s?\d|\d\s?[€£]|\d\$")
_WHAT: Words = _HOW_MUCH | {"what"}
_DOES: Words = frozenset("do does did will would wird wurde soll sollte".split())
# A message of more words that ends in "price" tells more than that, unlike "what does a whole set of knives cost".
MOST = 5


def asks_what_a_thing_is(tokens: Sequence[str]) -> bool:
    """Whether a question asks what a thing is, and nothing about it: "what is the R in MRO" asks more."""
    if (*tokens[:2],) not in _WHAT_IS:
        return False
    thing = without_article(tokens[2:])
    return 0 < len(thing) <= LONGEST and SMALL_WORDS.isdisjoint(thing)


def priced_with_one_of(tokens: Sequence[str]) -> Words:
    """Words of which an entry needs one, be it in its answer, to say what something costs.

    Empty if it does not ask for a price.
    """
    return _PRICE if not _PRICED.isdisjoint(tokens) and _asks_for_a_price(tokens) else Words()


def names_a_price(text: str) -> bool:
    """Whether a text has a sum of money in signs: "$5", "5 €". In code, "$1" is none."""
    return bool(_SUM.search(_CODE.sub("", text)))


def _asks_for_a_price(tokens: Sequence[str]) -> bool:
    if tokens[0] in _IS:
        ends = zip(tokens, [*tokens[1:], "for"], strict=True)
        return any(word in _FREE and after in _FOR_WHOM for word, after in ends)
    if list(tokens[:2]) == ["how", "much"]:
        return tokens[-1] in _COSTS or (not _IS.isdisjoint(tokens[2:3]) and not ARTICLES.isdisjoint(tokens[3:4]))
    if list(tokens[:2]) == ["wie", "viel"]:
        tokens = tokens[1:]
    # "What does it cost", but not "what do I do about the cost".
    does = tokens[0] in _WHAT and not _DOES.isdisjoint(tokens[1:2]) and BEFORE_VERBS.isdisjoint(tokens[2:3])
    is_asked = does and tokens[-1] in _COSTS
    if tokens[0] in _HOW_MUCH:
        return is_asked or not COSTING.isdisjoint(tokens[1:2])
    if list(tokens[:2]) == ["wie", "teuer"]:
        return True
    return is_asked or (tokens[-1] in _COSTS and len(tokens) <= MOST)
