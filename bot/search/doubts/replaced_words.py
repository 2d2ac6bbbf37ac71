"""Compares texts that are the same but for other words in one place: "how do I water roses", "… prune roses"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.search.words.small_words import QUESTION_WORDS, is_content

# What is asked for; "how do I get it", "where do I get it" and "what do I do to get it" are often the same.
_KINDS = ("who wer quien", "when wann cuando", "why warum wieso weshalb")
_KIND_OF = {word: kind for kind in _KINDS for word in kind.split()}
MOST = 3  # words in that place; more say another thing altogether


def replaced(one: Sequence[int], other: Sequence[int]) -> tuple[slice, slice] | None:
    """The place in each of two texts where alone they differ, given their stems; None if it has too many words."""
    shorter = min(len(one), len(other))
    begin = 0
    while begin < shorter and one[begin] == other[begin]:
        begin += 1
    end = 0
    while end < shorter - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    places = slice(begin, len(one) - end), slice(begin, len(other) - end)
    return places if all(begin < place.stop <= begin + MOST for place in places) else None


def asks_for_another_kind(one: Collection[str], other: Collection[str]) -> bool:
    """Whether the words at the beginning of two questions ask for different kinds of things: "who", "where"."""
    if any(map(is_content, (*one, *other))):
        return False
    kinds = [{_KIND_OF.get(word, "") for word in words if word in QUESTION_WORDS} for words in (one, other)]
    return all(kinds) and kinds[0].isdisjoint(kinds[1])
