"""Finds the scope of a negation: how far what is negated goes from a place on.

It ends at a word such as "but" or "how", and after three content words: in "without the old grid on the left page"
that is "the old grid". "How to" belongs to it: "not how to delete it".
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.opposites.negation_cues import TELL
from bot.search.words.phrases import word_at
from bot.search.words.small_words import HOW, SMALL_WORDS

ENDS_SCOPE = frozenset(
    """and or but how when what why where if because then so while in on for at only just can could should
    und oder aber wenn wie was nur sondern mochte kann y o pero cuando como que solo sino puedo quiero
    i ich yo""".split()
)
_AT_MOST = 3  # content words that are negated


def scope(tokens: Sequence[str], begin: int) -> range:
    """The places of the negated words from this place on; empty if there are none."""
    end = begin
    while word_at(tokens, end) in TELL or (end > begin and word_at(tokens, end) in SMALL_WORDS - HOW):
        end += 1
    end = end + 1 if word_at(tokens, end) in HOW else begin
    left = _AT_MOST
    while end < len(tokens) and tokens[end] not in ENDS_SCOPE and left:
        left -= tokens[end] not in SMALL_WORDS
        end += 1
    return range(begin, end)
