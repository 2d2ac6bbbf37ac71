"""Reads what a text says is not so: "what am I not allowed to bring", "what if I do not pass".

Whoever asks "what am I allowed to bring" is not answered by what nobody may bring. `negation.py` reads what is not
wanted, of verbs that have an opposite.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from bot.search.opposites.negation_cues import NEGATING, NOT
from bot.search.words.phrases import longest_opening, phrases, word_at
from bot.search.words.small_words import HOW, IT, QUESTION_VERBS, QUESTION_WORDS, SMALL_WORDS, is_content

_NOT = NOT | {"cannot"}
_DENYING = NEGATING | frozenset(
    """
    cannot unable nothing nobody none neither hardly barely impossible forbidden prohibited banned illegal
    fail fails failed failing refuse refuses refused lack lacks stop stops stopped
    nichts niemand niemals nie kaum weder unmoglich verboten
    nada nadie nunca jamas tampoco imposible prohibido prohibida prohibidos prohibidas deja dejan dejo
    """.split()
)
# "How do I make it work" is answered by what to do if it does not.
_MAKE = frozenset("get make bring bringe bekomme kriege hago hacer consigo".split())
_WORK = frozenset("work working run running start laufen funktionieren starten funcione arranque".split())
# "Not allowed to bring" denies the bringing, too.
_ALLOWING = frozenset("able allowed supposed permitted possible need have erlaubt permitido".split())
# "I do not know how to log in", "no sé cómo entro": what is asked is not denied.
_UNSURE = frozenset("know sure understand remember weiss sicher verstehe entiendo recuerdo".split())
_WHY = frozenset("why warum wieso weshalb".split())
# Behind one of these, a "not" belongs to what is asked: "who does not pay", "what if I do not come".
_ASKING = QUESTION_WORDS - {"was"} | frozenset("if wenn falls si".split())
_SUBJECTS = frozenset("i we you he she it they ich wir er sie es man".split())
_ALSO_OBJECTS = frozenset("sie es".split())  # "wenn ich sie nicht finde"
_AUXILIARIES = QUESTION_VERBS | frozenset("am was were have has had muss haben habe hat".split())
_CAN = frozenset("can could do did".split())
_OBJECTS = frozenset("lo la los las me te se nos".split())  # "no los encuentro"

# "What do I do if I cannot log in" asks how one does.
_UNABLE = phrases(
    """
    i can not, i could not, i cannot, i am not able, we can not, we could not, we cannot, we are not able
    no puedo, no podemos, no consigo, no logro
    """
)
_UNABLE_IN_GERMAN = ({"ich", "wir"}, {"nicht"}, {"kann", "konnen"})  # whatever stands between them


def denied_in(tokens: Sequence[str]) -> Collection[str]:
    """The content words that a text says are not so; none if it denies nothing."""
    at = _first_not(tokens)
    if at is None:
        return ()
    # Keywords, which begin with a backtick, stand behind all words.
    behind = [word for word in tokens[at + 1 :] if word in _UNSURE or not (word in SMALL_WORDS or word[0] == "`")]
    is_no_se = word_at(tokens, at + 1) == "se" and word_at(tokens, at + 2) in QUESTION_WORDS  # not "no se abre"
    if is_no_se or word_at(tokens, at - 1) in _UNSURE or not _UNSURE.isdisjoint(behind[:1]):
        return ()
    if not behind and tokens[at] == "nicht":  # "Ich bestehe die Prüfung nicht."
        return [word for word in tokens[:at] if word not in SMALL_WORDS][-1:]
    allowing = 0
    while allowing < len(behind) - 1 and behind[allowing] in _ALLOWING:
        allowing += 1
    return behind[: allowing + 1]


def denied_in_question(tokens: Sequence[str]) -> Collection[str]:
    """The content words that are not so in what a question asks: "who does not pay", "what if I do not come".

    None if it asks for yes or no, complains, or tells beside it what goes wrong: "I can't find it, where is it".
    """
    at = _first_not(tokens)
    if at is None or not _asks_what(tokens) or _complains_why(tokens) or _only_tells(tokens, at):
        return ()
    # "Where can I print, I can't print at home" also says it without "not".
    return [word for word in denied_in(tokens) if tokens.count(word) == 1]


def says_unable(tokens: Sequence[str]) -> bool:
    """Whether a text says that its author cannot do something."""
    is_german = not any(each.isdisjoint(tokens) for each in _UNABLE_IN_GERMAN)
    return is_german or any(longest_opening(_UNABLE, tokens[n : n + 4]) for n in range(len(tokens)))


def _first_not(tokens: Sequence[str]) -> int | None:
    return next((n for n, word in enumerate(tokens) if word in _NOT), None)


def _only_tells(tokens: Sequence[str], at: int) -> bool:
    """Whether the "not" at this place is in a sentence beside the question, in front of it or behind."""
    asking = max((n for n in range(at) if tokens[n] in _ASKING or (n == 0 and tokens[n] == "was")), default=None)
    if asking is None:
        return True
    if tokens[at] == "no" and word_at(tokens, at + 1) in _OBJECTS:
        return at > asking + 1 and tokens[asking] != "si" and any(map(is_content, tokens[asking + 1 : at]))
    if tokens[at - 1] in _CAN and at > asking + 3 and is_content(tokens[at - 2]) and word_at(tokens, at + 2) in IT:
        return True  # "where is the homework, can't find it"
    subject = max((n for n in range(asking + 1, at) if tokens[n] in _SUBJECTS), default=asking + 1)
    if tokens[subject] in _ALSO_OBJECTS and tokens[subject - 1] in _SUBJECTS:
        subject -= 1
    # "If I do not", "what can I not", "which rooms do I not".
    return subject > asking + 2 and tokens[subject - 1] not in _AUXILIARIES


def affirms(tokens: Sequence[str]) -> bool:
    """Whether a question asks for more than yes or no, and nothing in it says that something is not so."""
    return _asks_what(tokens) and not denies(tokens) and not _makes_work(tokens)


def _makes_work(tokens: Sequence[str]) -> bool:
    make = next((n for n, word in enumerate(tokens) if word in _MAKE), len(tokens))
    return not HOW.isdisjoint(tokens[:make]) and not _WORK.isdisjoint(tokens[make:])


def _asks_what(tokens: Sequence[str]) -> bool:
    """Whether a text asks for more than yes or no: "can I not pay" asks the same as "can I pay"."""
    return word_at(tokens, 0) not in QUESTION_VERBS and not QUESTION_WORDS.isdisjoint(tokens)


def _complains_why(tokens: Sequence[str]) -> bool:
    return not _WHY.isdisjoint(tokens) or ("how", "come") in pairwise(tokens)


def denies(tokens: Iterable[str]) -> bool:
    """Whether a text denies anything."""
    return not _DENYING.isdisjoint(tokens)
