"""Reads "un-mute", "undo a mute" and "the opposite of muting" as "unmute", if a library has that word.

"Stop following" and "no longer follow" are "unfollow" as well. If several words of the library undo one ("the
opposite of add" can be "remove" and "delete"), nothing says which, and the text stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.search.opposites.negation_cues import OF, OPPOSITE, UNDO
from bot.search.opposites.opposite_words import OppositeWords, is_done, undone_by
from bot.search.words.phrases import word_at
from bot.search.words.small_words import BEFORE_THINGS, QUESTION_WORDS, SMALL_WORDS

_PREFIXES = frozenset("un de dis".split())
_SIGNS = _PREFIXES | OPPOSITE | UNDO | {"stop", "longer"}
_NEAR = 4  # words, articles included, in which the undone one is found: "the opposite of a pip install"
_OPENS = SMALL_WORDS | QUESTION_WORDS


class Undoing:
    """Finds the words of a library that undo others. Built once and never changed."""

    def __init__(self, known: Collection[str], opposites: OppositeWords) -> None:
        """`known` are the words of the library."""
        self._known, self._opposites = known, opposites
        # The words that undo others, by their stems. "Unused" undoes nothing.
        undoing = sorted((word for word in known if undone_by(word) and not is_done(word)), key=len, reverse=True)
        self._undoing = {opposites.stem(word): word for word in undoing}  # the shortest form of each

    def in_one_word(self, tokens: list[str]) -> list[str]:
        """These words, with one that undoes another in the place of both."""
        if _SIGNS.isdisjoint(tokens):
            return tokens
        out: list[str] = []
        at = 0
        while at < len(tokens):
            end, instead = self._read(tokens, at)
            out += instead
            at = end
        return out

    def _read(self, tokens: Sequence[str], n: int) -> tuple[int, Sequence[str]]:
        """Where the next words begin, and what is read in the place of those before."""
        word, after = tokens[n], word_at(tokens, n + 1)
        if word in _PREFIXES and after:
            return self._joined(tokens, n)
        begin = 0
        if word in OPPOSITE and after in OF:
            begin = n + 2
        # "Stop following" is "unfollow", but who is to stop installing something need not uninstall it.
        elif word in UNDO or (word == "stop" and after.endswith("ing") and not after.startswith("install")):
            begin = n + 1
        elif word == "no" and after == "longer":
            begin = n + 2
        for m in range(begin, min(begin + _NEAR, len(tokens))) if begin else ():
            if tokens[m] not in _OPENS and (undoing := self._undoing_of(tokens[m], in_pairs=word in OPPOSITE)):
                return m + 1, [*(each for each in tokens[begin:m] if each not in BEFORE_THINGS), undoing]
        return n + 1, [word]

    def _joined(self, tokens: Sequence[str], n: int) -> tuple[int, Sequence[str]]:
        """As `_read`, for "un-mute", which `words` splits, and for "un mute"."""
        joined, hyphenated = tokens[n] + tokens[n + 1], f"{tokens[n]}-{tokens[n + 1]}"
        has_opposite = any(self._opposites.opposites_of(joined)) or undone_by(joined) in self._known
        is_word = joined in self._known or has_opposite
        if is_word:
            if tokens[n + 2 : n + 3] == [hyphenated]:
                return n + 3, [joined]
            if _OPENS.issuperset(tokens[:n]):
                return n + 2, [joined]  # but "un" inside is Spanish: "abrir un pin"
        return n + 1, [tokens[n]]

    def _undoing_of(self, word: str, *, in_pairs: bool) -> str:
        """The word of the library that undoes another, or with `in_pairs` is any opposite of it; else ''."""
        stem = self._opposites.stem(word)
        if undoing := self._undoing.get(f"un{stem}"):
            return undoing
        undone = undone_by(word)
        if in_pairs and undone in self._known:
            return undone
        opposites = {each for each in self._opposites.opposites_of(word) if each in self._known}
        # "The opposite of add" can be "remove" and "delete": then nothing says which.
        found = opposites if in_pairs else {each for each in opposites if stem in each}
        return found.pop() if len(found) == 1 else ""
