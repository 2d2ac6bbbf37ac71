"""Turns texts into words, without case, accents and chat spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from bot.search.words.chat_spellings import BEFORE_NOUNS, CHAT_SPELLINGS, digit_as_word
from bot.search.words.small_words import EVERY_LANGUAGE, Words, are_all_small

# Only so much of a text is read; the rest would take time and hardly help.
MAX_CHARACTERS = 2000
LONGEST = 40
STOPS = "?!.,:;)"

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_HALF = re.compile(r"[\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# Code is one word with its symbols, and several without: `.venv`, `c++`, `3.12`, `-r`, `__init__`. A match begins
# only at the first of several symbols: trying each of 4,000 dots took a tenth of a second.
_CODE = re.compile(r"(?<![.+#_/-])[.+#_/-]*\w(?:[\w.+#/-]*[\w+#])?_*")
# Scripts without spaces between words. Two characters are treated as a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]{2,}")


def fold(text: str) -> str:
    """A text without case, width and accents: 'Ｄｊａｎｇｏ Ça' -> 'django ca'."""
    if text.isascii():
        return text.lower()
    # Accents are removed first, as normalizing sorts accents in a row, which is very slow for thousands of them.
    decomposed = unicodedata.normalize("NFKD", _NOT_ASCII.sub(_without_accents, text)).casefold()
    return _NOT_ASCII.sub(_without_accents, decomposed).replace("’", "'")


def _without_accents(run: re.Match[str]) -> str:
    # Half a character, as a program may send it, is no part of a word; the stemmer would refuse it.
    whole = _HALF.sub(" ", run[0])
    return "".join(char for char in whole if not unicodedata.combining(char))


def words(text: str, limit: int) -> list[str]:
    """The first words of a text: "What's `.venv`?" -> ['what', 'is', 'venv', '.venv']."""
    return words_in_chunks(text_chunks(text), limit)


def text_chunks(text: str) -> list[str]:
    """A text without case and accents, split at its spaces."""
    return fold(text[:MAX_CHARACTERS]).split()


def words_in_chunks(chunks: Sequence[str], limit: int) -> list[str]:
    """The first words of a text, given its chunks."""
    out: list[str] = []
    for n, chunk in enumerate(chunks):
        # Most chunks are plain words, which need no further steps.
        bare = chunk.rstrip(STOPS)
        if bare.isalpha() and bare.isascii() and bare not in CHAT_SPELLINGS:
            out.append(bare[:LONGEST])
        elif bare == "hw" and out and out[-1] in BEFORE_NOUNS:
            out.append(bare)
        elif bare in {"2", "4"}:
            out.append(digit_as_word(bare, out[-1] if out else "", " ".join(chunks[n + 1 : n + 2])))
        else:
            # A long chunk is pasted, and will not come again.
            out.extend(_words_of(chunk) if len(chunk) <= LONGEST else _parts_of(chunk))
        if len(out) >= limit:
            break
    return out[:limit]


# The same chunks come up in most questions: "what's", "don't", "requirements.txt".
@lru_cache(maxsize=4096)
def _words_of(chunk: str) -> tuple[str, ...]:
    return CHAT_SPELLINGS[chunk] if chunk in CHAT_SPELLINGS else tuple(_parts_of(chunk))


def _parts_of(chunk: str) -> Iterator[str]:
    parts = [found.replace("'", "")[:LONGEST] for found in _WORD.findall(chunk)]
    whole = _CODE.search(chunk)
    is_code = whole is not None and whole.group() not in parts and "'" not in chunk
    for part in parts:
        # The "r" of `-r` is not the chat spelling of "are".
        yield from (part,) if is_code else CHAT_SPELLINGS.get(part, (part,))
        for run in _UNSPACED.findall(part):
            yield from (run[n : n + 2] for n in range(len(run) - 1))
    if whole and is_code:
        yield whole.group()[:LONGEST]


def is_number(word: str) -> bool:
    """Whether a word is a number or a version: "3", "3.14"."""
    return word.replace(".", "").isdigit()


def plain(text: str) -> str:
    """A question as the encoder of many languages reads it: as written, without line breaks, at most so long."""
    return " ".join(text[:MAX_CHARACTERS].split())


def typed_words(text: str) -> list[str]:
    """The words of a text as they were typed: the Spanish "y" and "ya" are no "why" and "you"."""
    return [word.replace("'", "") for word in _WORD.findall(fold(text[:MAX_CHARACTERS]))]


def says_nothing(text: str, languages: Collection[Words] = EVERY_LANGUAGE) -> bool:
    """Whether a text has no content words in one of these languages: "thanks!", "und das?", an emoji."""
    return are_all_small(typed_words(text), languages)


class Aliases:
    """Words that mean the same. Each alias is replaced by the name that it stands for."""

    def __init__(self, aliases: Mapping[str, Sequence[str]]) -> None:
        pairs = [
            (tuple(words(other, 10)), tuple(words(name, 10)))
            for name, others in aliases.items()
            for other in others
        ]
        self._name_of = {other: name for other, name in pairs if other and name}
        # By their first words, the longest first: most words of a question begin no alias.
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for other in sorted(self._name_of, key=len, reverse=True):
            self._by_first.setdefault(other[0], []).append(other)

    def words(self) -> set[str]:
        """All words of aliases, to which misspelled words can be corrected."""
        return {word for other in self._name_of for word in other}

    def further_words(self) -> set[str]:
        """All words of names except the first of each: without them, each name counts as one thing."""
        return {word for name in self._name_of.values() for word in name[1:]}

    def replace(self, tokens: list[str]) -> list[str]:
        """These words with every alias replaced; if several fit, the longest."""
        if self._by_first.keys().isdisjoint(tokens):
            return tokens
        out: list[str] = []
        at = 0
        while at < len(tokens):
            for other in self._by_first.get(tokens[at], ()):
                if tuple(tokens[at : at + len(other)]) == other:
                    out.extend(self._name_of[other])
                    at += len(other)
                    break
            else:
                out.append(tokens[at])
                at += 1
        return out
