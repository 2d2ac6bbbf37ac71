"""Finds what a question only names to say that it is about something else: "it is not sour, it is bitter".

A part of a sentence says what is not so, and the next says what is; or "instead of" and "and not" stand between
two things. An entry about "sour" alone is no answer then, and problems ("online and not responding") rule out
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from bot.search.opposites.negation_cues import NEGATING
from bot.search.words.pasted import reports_error
from bot.search.words.small_words import QUESTION_WORDS, SMALL_WORDS
from bot.search.words.wording import fold, plain, words

_PARTS = re.compile(r"[,.;!?](?:\s|$)|\b(?:but|aber|pero)\b")
# "Nicht bitter, sondern sauer" is read as "nicht bitter, it is sauer".
_BUT_RATHER = re.compile(r"\b(?:sondern|sino)\b")
# "I meant the map, not the list" is read as "I meant the map instead of the list".
_MEANT_NOT = re.compile(
    r"\b((?:(?:i|we) meant?|ich mein(?:t?e)?|(me (?:referia|refiero) al?|queria decir))"
    r"(?: (?!(?:do|does|did|is|are|was|can|will|it|i|why|habe?|ist|sind|kann|es|ich|warum|que)\b)\w+){1,4}),?"
    r" (?(2)no|(?:not|nicht))\b(?! \w+(?:ing|able|ed)\b)"  # Spanish says "no"; "with no edit button" lacks one
)
# Before a thing, "and not" rules it out; "online and not responding" describes a problem.
_INSTEAD = re.compile(
    r"""\b(?:instead\ of | rather\ than | anstatt | statt | en\ vez\ de | en\ lugar\ de
    | and\ not\ (?=(?:the|an?|my|our|your)\b) | und\ nicht\ (?=(?:der|die|das|den|dem|mein\w*|ein\w*)\b)
    | y\ no\ (?=(?:el|la|los|las|un|una|mi)\b))""",
    re.VERBOSE,
)
# "Not sour", but not "not working".
_NOT = re.compile(r"(?:not|nicht)\b(?! \w+(?:ing|able|ed)\b)")
# "It is not sour" is only a contrast if the next part says what it is, "it is bitter"; and "I do not want tea"
# only if that says what is wanted. "It is not detected, it is plugged in" is a problem.
_CONTRASTS = (
    (
        re.compile(
            r"\b(?:(?:is|are|was|were)(?:n'?t| not)|(?:it|that|i|we)(?:'?s|'?m|'?re| am) not|nicht|no es)\b"
            r"(?! \w+(?:able|ed)\b)"
        ),
        re.compile(
            r"(?:(?:it|that)(?:'?s| is)|(?:i|we|they)(?:'?m|'?re| am| are)|more like"
            r"|es ist|ich (?:will|mochte)|es)\b"
        ),
    ),
    (
        re.compile(r"\b(?:(?:i|we) (?:don'?t|do not) (?:want|mean)|ich (?:will|mochte) kein\w*)\b"),
        re.compile(r"(?:(?:i|we) (?:want|mean|have)|more like|ich (?:will|mochte))\b"),
    ),
)
# "It is not printing on both sides" is a problem, and "I am not selling" is none.
_DOING, _I_AM_DOING = re.compile(r" \w+ing\b"), re.compile(r"(?:i|we)\b.* \w+ing$")
_WHY = re.compile(r"\b(?:why|y (?:is|are|do|does|did|was)|warum|wieso|por que)\b")
# "Can I use oil instead of butter" and "it shows question marks instead of letters" are about both.
_ABOUT_BOTH = re.compile(
    r"(?:can|could|may|should|is|are|will|would|do|does|what|which|(?:i|we) (?:see|get|got)"
    r"|\w+ (?:gives|shows|prints|returns|says)"
    r"|kann|darf|ist|puedo|es)\b"
)
# Behind "instead of", a thing ends where something else is said: "instead of cash when I register".
_THING_ENDS = re.compile(r"(?<=\w) (?:when|if|while|because|so|as|for|to|in|on|at|and|with|mit|wenn|um)\b")
_NO_CONTRAST = re.compile(r"\bnot (?:sure|happy|able|only|just|enough|in|on|at|the right)\b|\byet\b")
# "What can I use instead of pip" is about pip.
_NO_SUBJECTS = SMALL_WORDS | QUESTION_WORDS | NEGATING
_NO_SUBJECTS |= frozenset("one other way too anymore use take recommend better best good".split())
LONGEST = 60  # words of a question


def ruled_out(text: str) -> Set[str]:
    """The words of a question that only say what it is not about; none if it does not say what it is about.

    An error, and a question why something is not so, rule out nothing.
    """
    told = _MEANT_NOT.sub(r"\1 instead of", _BUT_RATHER.sub(", it is", fold(plain(text))))
    refused: list[str] = []
    wanted: list[str] = []
    parts = [part.strip() for part in _PARTS.split(told) if part.strip()]
    for part, after in pairwise([*parts, ""]):
        first, *others = [part] if _ABOUT_BOTH.match(part) else _INSTEAD.split(part)
        begin = _ruled_out_from(first, after)
        wanted.append(first[:begin])
        if not begin:
            refused.append(first)
            continue
        for other in (first[begin:], *others):
            thing, *rest = _THING_ENDS.split(other, 1)
            refused.append(thing)
            wanted += rest
    # "A radio, not too expensive" says more of what is wanted; "too slow, not too fast" is a contrast.
    is_degree = " not too " in told and told.count(" too ") == 1
    if not any(refused) or is_degree or _WHY.search(told) or reports_error(text):
        return frozenset()
    about = _subjects(wanted)
    return _subjects(refused) - about if about else about


def _ruled_out_from(part: str, after: str) -> int:
    """Where a part of a question begins to say what it is not about; `after` is the part that follows it."""
    if not _NO_CONTRAST.search(part):
        if _NOT.match(part):
            return 0
        for is_not, it_is in _CONTRASTS:
            found = is_not.search(part)
            if found and it_is.match(after):
                is_problem = _DOING.match(part, found.end()) and not _I_AM_DOING.match(part, found.start())
                return len(part) if is_problem else found.end()
    return len(part)


def _subjects(parts: Sequence[str]) -> Set[str]:
    return {word for word in words(" ".join(parts), LONGEST) if word not in _NO_SUBJECTS}
