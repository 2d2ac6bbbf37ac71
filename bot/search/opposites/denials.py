"""Reads what a text says is not so: "what am I not allowed to bring", "what if I do not pass".

Whoever asks "what am I allowed to bring" is not answered by what nobody may bring. `negation.py` reads what is not
wanted, of verbs that have an opposite.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.search.opposites.negation_cues import NEGATING, NOT
from bot.search.words.phrases import are_at, word_at
from bot.search.words.small_words import HOW, QUESTION_VERBS, QUESTION_WORDS, SMALL_WORDS

_NOT = NOT | {"cannot"}
_DENYING = NEGATING | frozenset(
    """
    cannot unable nothing nobody none neither hardly barely impossible forbidden prohibited banned illegal
    fail fails failed failing refuse refuses refused lack lacks stop stops stopped
    nichts niemand niemals nie kaum weder unmoglich verboten
    nada nadie nunca jamas tampoco imposible prohibido prohibida prohibidos prohibidas deja dejan dejo
    """.split()
)
# "I do not know how to log in", "no sé cómo entro": what is asked is not denied.
_UNSURE = frozenset("know sure understand remember weiss sicher verstehe entiendo recuerdo".split())
_CAN = frozenset("can cannot could able kann konnen konnte puedo podemos consigo logro".split())
_WHY = frozenset("why warum wieso weshalb".split())
# English has "was", too: the German one begins a question.
_ASKING = QUESTION_WORDS - {"was"} | frozenset("if wenn falls si".split())
# A "not" belongs to what is asked if it is at most so many words behind one that asks: "what if I do not come",
# "wer muss das nicht bezahlen". In "where is the homework, I can't find it", it is further behind.
_REACH = {"nicht": 5, "no": 2}
_USUAL_REACH = 4
# The German "nicht" stands at the end: "was muss ich zum ersten Abend nicht mitbringen". If no sentence begins in
# between, as in "wo ist das Skript, ich finde es nicht", it may be further behind.
_REACH_IN_SENTENCE = 8
_SUBJECTS = frozenset("ich wir man er sie es".split())
_DENIED = 2  # content words behind a "not" that are not so: "not allowed to bring"


def denied_in(tokens: Sequence[str]) -> Collection[str]:
    """The content words that a text says are not so; none if it denies nothing."""
    at = _first_not(tokens)
    if at is None or word_at(tokens, at - 1) in _UNSURE:
        return ()
    if are_at(tokens, at + 1, "se") and word_at(tokens, at + 2) in QUESTION_WORDS:  # not "no se abre"
        return ()
    # Keywords, which begin with a backtick, stand behind all words.
    behind = [word for word in tokens[at + 1 :] if word in _UNSURE or not (word in SMALL_WORDS or word[0] == "`")]
    if not behind and tokens[at] == "nicht":  # "Ich bestehe die Prüfung nicht."
        return [word for word in tokens[:at] if word not in SMALL_WORDS][-1:]
    return () if word_at(behind, 0) in _UNSURE else behind[:_DENIED]


def denied_in_question(tokens: Sequence[str]) -> Collection[str]:
    """The content words that are not so in what a question asks: "who does not pay", "what if I do not come".

    There are none if it asks for yes or no, or why, nor if the "not" is in what it tells beside the question: "I
    can't find it, where is it".
    """
    at = _first_not(tokens)
    if at is None or not _asks_what(tokens) or _asks_why(tokens):
        return ()
    begin = max(0, at - _reach(tokens, at))
    if _ASKING.isdisjoint(tokens[begin:at]) and (begin > 0 or tokens[0] != "was"):
        return ()
    # "Where can I print, I can't print at home" also says it without "not".
    return [word for word in denied_in(tokens) if tokens.count(word) == 1]


def _reach(tokens: Sequence[str], at: int) -> int:
    """How many words the "not" at this place may be behind the one that asks."""
    if tokens[at] != "nicht":
        return _REACH.get(tokens[at], _USUAL_REACH)
    begin = max(0, at - _REACH_IN_SENTENCE)
    is_one = all(
        n - begin <= 2 or tokens[n - 1] in QUESTION_VERBS for n in range(begin, at) if tokens[n] in _SUBJECTS
    )
    return _REACH_IN_SENTENCE if is_one else _REACH["nicht"]


def says_unable(tokens: Sequence[str]) -> bool:
    """Whether a text that denies something denies that somebody can do it.

    "When can I not register" and "who cannot register" ask for a time and a person, and tell of no such problem.
    """
    at = [n for n, word in enumerate(tokens) if word in _CAN]
    return bool(at) and not (len(at) == 1 and word_at(tokens, at[0] - 1) in _ASKING)


def affirms(tokens: Sequence[str]) -> bool:
    """Whether a question asks for more than yes or no, and nothing in it says that something is not so.

    False if it asks how: "how do I log in" is answered by what to do if one cannot log in.
    """
    return _asks_what(tokens) and HOW.isdisjoint(tokens) and not denies(tokens)


def denies(tokens: Iterable[str]) -> bool:
    """Whether a text denies anything."""
    return not _DENYING.isdisjoint(tokens)


def _first_not(tokens: Sequence[str]) -> int | None:
    return next((n for n, word in enumerate(tokens) if word in _NOT), None)


def _asks_what(tokens: Sequence[str]) -> bool:
    """Whether a text asks for more than yes or no: "can I not pay" asks the same as "can I pay"."""
    return word_at(tokens, 0) not in QUESTION_VERBS and not QUESTION_WORDS.isdisjoint(tokens)


def _asks_why(tokens: Sequence[str]) -> bool:
    return not _WHY.isdisjoint(tokens) or any(are_at(tokens, n, "how", "come") for n in range(len(tokens)))
