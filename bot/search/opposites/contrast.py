"""Finds what a question only names to say that it is about something else: "it is not sour, it is bitter"."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from bot.search.opposites.negation import NEGATING
from bot.search.words.small_words import QUESTION_WORDS, SMALL_WORDS
from bot.search.words.wording import fold, plain, words

_PARTS = re.compile(r"[,.;:!?](?:\s|$)|\s--?\s|\bbut\b")
# "Nicht bitter, sondern sauer" is read as "nicht bitter, it is sauer".
_BUT_RATHER = re.compile(r"\b(?:sondern|sino)\b")
_INSTEAD = re.compile(
    r"\b(?:instead of|rather than|(?:and|so) not|statt|anstatt|und nicht|en vez de|en lugar de|y no)\b"
)
_REFUSES = re.compile(
    r"""^(?:not|nicht)\b
    | \b(?:i|we)(?:'?m|'?re|\ am|\ are)\ not\b
    | \b(?:i|we)\ (?:don'?t|do\ not)\ (?:want|mean|need)\b
    | \bich\ (?:will|mochte)\ (?:nicht|kein)""",
    re.VERBOSE,
)
# "It is not sour" is only a contrast if the next part says what it is: "it is bitter".
_IS_NOT = re.compile(r"\b(?:is|are|was|were)(?:n'?t| not)\b|\b(?:it|that)'?s not\b|\b(?:nicht|no es)\b")
_IT_IS = re.compile(r"(?:it|that|they)(?:'?s|'?re| is| are)\b|more like\b")
_NO_CONTRAST = re.compile(r"\bnot (?:sure|happy|able|only|just|yet)\b")
_NO_SUBJECTS = SMALL_WORDS | QUESTION_WORDS | NEGATING | {"one", "other", "way", "too", "anymore"}
LONGEST = 60  # words of a part of a question


def contrasted(text: str) -> Collection[str]:
    """The words that a question only names to tell it from what it is about; none in "why does it not …"."""
    told = _BUT_RATHER.sub(", it is", fold(plain(text)))
    if told.startswith("why"):
        return ()
    refused: set[str] = set()
    wanted: set[str] = set()
    parts = [part.strip() for part in _PARTS.split(told) if part.strip()]
    for part, after in pairwise([*parts, ""]):
        first, *others = _INSTEAD.split(part)
        refused.update(*map(_subjects, others))
        (refused if _is_refused(first, after) else wanted).update(_subjects(first))
    return refused - wanted if wanted else ()


def _is_refused(part: str, after: str) -> bool:
    """Whether a part of a question says what it is not about; `after` is the part that follows it."""
    if _NO_CONTRAST.search(part):
        return False
    return bool(_REFUSES.search(part) or (_IS_NOT.search(part) and _IT_IS.match(after)))


def _subjects(part: str) -> set[str]:
    return {word for word in words(part, LONGEST) if word not in _NO_SUBJECTS}
