"""Finds questions that ask whether to do something: "should I commit it", "is it ok to not commit it".

An opening such as "should I" or "is it ok to" tells, and the next word is what is asked about; in German, the last
one. They are about both doing it and not doing it, so that nothing in them is negated.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.words.phrases import longest_opening, phrases

_OPENINGS = phrases(
    """
    should i, must i, may i, do i have to, do i need to, do we have to, do you have to, am i allowed to
    what if i, what happens if i, what happens when i
    is it ok to, is it ok if i, is it okay to, is it okay if i, is it fine to, is it fine if i
    is it safe to, is it bad to, is it bad if i, is it wrong to, is it allowed to, is it dangerous to
    debo, tengo que, hay que
    """
)
_POLITE = frozenset({"ask"})  # "may I ask how …"
# In German, the verb is the last word: "soll ich es committen".
_VERB_AT_END = frozenset("soll sollte muss darf".split())


def asked_whether(tokens: Sequence[str]) -> str:
    """The first word, mostly a verb, of what a question asks whether to do; '' if it does not ask this."""
    if len(tokens) > 1 and tokens[0] in _VERB_AT_END:
        return tokens[-1]
    size = longest_opening(_OPENINGS, tokens)
    if size and tokens[size : size + 1] == ["not"]:
        size += 1
    return tokens[size] if 0 < size < len(tokens) and tokens[size] not in _POLITE else ""
