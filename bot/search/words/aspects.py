"""Recognizes what a question asks about its subject: what it is, how hard it is, who made it, what it costs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.search.words.comparisons import COMPARING, RECOMMENDING, asks_for_the_best, compares
from bot.search.words.small_words import ARTICLES, BEFORE_VERBS, HOW, IT, SMALL_WORDS, Words, without_article

_WHAT_IS = {tuple(each.split()) for each in ("what is", "what are", "was ist", "was sind", "que es", "que son")}
LONGEST = 3  # words of a thing, if a question asks what it is
_BEFORE_NOUNS: Words = frozenset("es son".split())
_IS: Words = frozenset("is are ist sind es son".split())
# "Is it hard to do that" asks how to do it.
_IT: Words = IT | {"there"}
_DIFFICULTY: Words = frozenset(
    """
    hard harder hardest difficult easy easier easiest tough tricky
    schwer schwerer schwierig leicht
    dificil dificiles facil faciles
    """.split()
)
_LIKING: Words = frozenset(
    """
    fun boring popular dead useless overrated
    langweilig beliebt uberbewertet
    aburrido aburrida populares inutil
    """.split()
)
_WORTH: Words = frozenset("worth should need why good lohnt lohnen sollte brauche warum vale pena debo".split())
_IS_WORTH = (["worth", "it"], ["lohnt", "sich"], ["la", "pena"])
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
_WHO: Words = frozenset("who wer wem quien".split())
_WHEN: Words = frozenset("when where wann wo cuando donde".split())
_INVENTED: Words = frozenset(
    """
    invented discovered founded
    erfunden entdeckt gegrundet
    invento descubrio fundo
    """.split()
)
# "Who made it", but "where is the file made" asks for something else.
_MADE: Words = _INVENTED | frozenset(
    """
    made created wrote written developed built
    erschaffen geschrieben entwickelt gebaut
    creo escribio desarrollo
    """.split()
)
# An entry says who made something with one of these.
_MAKER: Words = _MADE | frozenset(
    """
    who by inventor author creator founder maker history origin
    wer wem erfinder autor autorin grunder geschichte
    quien inventora autora creador fundador historia origen
    """.split()
)
_RATED = _DIFFICULTY | _LIKING | {words[-2] for words in _IS_WORTH}
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


def asked_with_one_of(tokens: Sequence[str]) -> Words:
    """Words of which an entry must be asked with one, to answer what a question asks about its subject.

    There are some for a question that compares things, or asks for the best, how good one is or who made it.
    """
    if compares(tokens):
        return COMPARING
    return RECOMMENDING if asks_for_the_best(tokens) else rating_in(tokens) or maker_in(tokens)


def rating_in(tokens: Sequence[str]) -> Words:
    """The words for how hard, how popular or how worth it something is, if a question asks for that; else none."""
    # Most questions have none of these words.
    if _RATED.isdisjoint(tokens):
        return Words()
    if list(tokens[-2:]) in _IS_WORTH:
        return _WORTH
    if tokens[0] in _IS and _IT.isdisjoint(tokens[1:2]):
        # "Is the dead letter queue on" asks nothing of the kind.
        ends = zip(tokens, [*tokens[1:], "to"], strict=True)
        is_before = tokens[0] in _BEFORE_NOUNS  # "¿es difícil Python?"
        asked = [word for word, after in ends if is_before or after in _FOR_WHOM]
    else:
        asked = [*tokens[1:2]] if tokens[0] in HOW else []
    return next((each for each in (_DIFFICULTY, _LIKING) if not each.isdisjoint(asked)), Words())


def maker_in(tokens: Sequence[str]) -> Words:
    """The words for who made something, if a question asks who or when that was; else none."""
    is_who = not _WHO.isdisjoint(tokens[:2])  # "von wem"
    if not is_who and _WHEN.isdisjoint(tokens[:1]):
        return Words()
    came_up = list(tokens[:4]) == ["who", "came", "up", "with"]
    made = _MADE if is_who else _INVENTED
    # "Who can see the post that I created" does not ask who made it.
    last = () if not {"i", "we"}.isdisjoint(tokens[-2:-1]) else tokens[-1:]
    return _MAKER if came_up or not made.isdisjoint((*tokens[1:3], *last)) else Words()


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
