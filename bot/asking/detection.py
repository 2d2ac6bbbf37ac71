"""Detects whether a message in a channel reads as a question to everybody. In doubt, it does not."""

from __future__ import annotations

import re

LONGEST = 300  # characters; a longer message tells a story, and needs a person
FEWEST_WORDS = 3

# A Chinese or Japanese character counts as a word.
_SIGN = "\u3040-\u30ff\u4e00-\u9fff"
_WORD = re.compile(rf"[{_SIGN}]|[^\W{_SIGN}][^\s{_SIGN}]*")
_A = "['\u2019]?"  # one of the two apostrophes, or none, as many people leave it out
_NO_PROSE = re.compile(r"`[^`]*`|(?<!\S)\S+?://\S+|www\.\S+", re.IGNORECASE)
# French puts a space before the question mark. In the middle of a line, that may be code.
_MARK = re.compile(r"(?<![?؟!.)*_~])(?:[!.)*_~]++|(?<=[^\s(]))[?؟][?؟!.)*_~]*+(?=\s|$)|？|\s\?+\s*$")
_END = re.compile(r"[.!?:;]\s|[？。]")
# People who help ask a question in return.
_ASKS_BACK = re.compile(rf"(?:have|did|are)\s+(?:you|u)\b|why\s+(?:not|don{_A}t)\b", re.IGNORECASE)

_LEAD = r"(?:(?:hey|hi|hello|ok|okay|so|and|but|please|pls|guys|all|everyone)\b[\s,!]*)*"
_IS = r"is|are|was|were|does|do|did|can|could|should|would|will"
_ASKED = rf"""
    how\s+(?:{_IS}|to|much|many|long|often)
  | (?:what|wat)\s+(?:{_IS}|happens\s+(?:if|when)) | (?:what|wat){_A}s
  | (?:why|y)\s+(?:{_IS}|am|has|have|can{_A}t|doesn{_A}t|isn{_A}t|won{_A}t)
  | (?:where|when)\s+(?:{_IS}|to)
  | who\s+(?:is|are|can|knows)
  | which\s+(?:\w+\s+){{1,3}}(?:do|does|can|should|would|will)\s+(?:i|we|you|u|it|one)
  | (?:do|did|have|am|shall)\s+(?:i|we|they)
  | do\s+(?:you|u)
  | (?:can|could|should|would|will)\s+(?:i|we|you|u|it|they|this|there|any(?:one|body)|some(?:one|body))
  | (?:is|does|has)\s+(?:it|this|that|there|my|any(?:one|body)|some(?:one|body))
  | are\s+(?:there|these|those|they|we|my)
"""
_BEGINS = re.compile(rf"{_LEAD}(?:{_ASKED})\b", re.IGNORECASE | re.VERBOSE)
# "What you need is a venv", "How to do it: …": an answer begins as its question does.
_ANSWERS = re.compile(
    rf"""
    [:;.!]\s
  | ^{_LEAD}(?:(?:what|wat)(?:\s+(?:{_IS})|{_A}s)|(?:how|where|when)\s+to)\b.*\s(?:is|are|was|were)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def reads_as_question(text: str) -> bool:
    """Whether a line is a question: it ends with a question mark, or is worded as one in English.

    Quotes, code and lists are not, nor are answers that only begin like a question.
    """
    said = text.strip()
    if len(said) > LONGEST or "\n" in said or said.startswith((">", "-", "`", "*", "#")) or "```" in said:
        return False
    said = _NO_PROSE.sub("…", said)
    if _ASKS_BACK.match(said):
        return False
    if any(_is_long_enough(_END.split(said[: mark.start()])[-1]) for mark in _MARK.finditer(said)):
        return True
    return _is_long_enough(said) and bool(_BEGINS.match(said)) and not _ANSWERS.search(said)


def _is_long_enough(said: str) -> bool:
    return len(_WORD.findall(said)) >= FEWEST_WORDS
