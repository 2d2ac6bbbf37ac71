"""Text -> terms: what is left of a question when case, accents and small talk are gone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

# A pasted stack trace is understood by its first words; the rest would only cost time.
MAX_TERMS = 60

_WORD = re.compile(r"\w+(?:'\w+)*")

# Words that questions are made of, whatever they are about, in the spellings of a chat.
# Not among them: why, where, when, need, use, work. They are the whole difference between "what is a
# venv?" and "why do I need one?".
STOP_WORDS = frozenset(
    """
    a about again all also am an and any anyone are as at be been but by can cant could did do does doesnt
    doing done dont else explain for from get getting give got guys had has have having hello help hey hi
    how howto i id if ill im in into is isnt it its ive just know let like me mean meaning my of on or our
    ours out please pls plz r really should so some somebody someone something tell than thank thanks that
    thats the their them then there these they thing this those to u ur us want wanna was wat we were what
    whats which who whos whose will with would wht wud wut ya you your
    """.split()
)
CHAT_SPELLINGS = {"y": "why", "wher": "where", "wen": "when", "b4": "before"}


def fold(text: str) -> str:
    """Case, width and accents taken off: 'Ｄｊａｎｇｏ Ça' -> 'django ca'."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> list[str]:
    """The words of a text, folded, apostrophes dropped: "What's a .venv?" -> ['whats', 'a', 'venv']."""
    plain = fold(text).replace("’", "'")
    return [_spelt(found.group().replace("'", "")) for found in _WORD.finditer(plain)]


def _spelt(word: str) -> str:
    return CHAT_SPELLINGS.get(word, word)


def says_nothing(text: str) -> bool:
    """Whether no word is left that could be looked for: "thanks!", an emoji, nothing at all."""
    return all(word in STOP_WORDS for word in words(text))


class Wording:
    """Turns texts into terms; words with the same meaning become the same term."""

    def __init__(self, aliases: Mapping[str, Sequence[str]]) -> None:
        pairs = [(tuple(words(other)), tuple(words(name))) for name, others in aliases.items() for other in others]
        self._aliases = {other: name for other, name in pairs if other and name}
        self._longest = max(map(len, self._aliases), default=0)

    def terms(self, text: str) -> list[str]:
        """The words that carry the meaning, at most `MAX_TERMS`; all words if none does."""
        spoken = self._with_one_name(words(text[:4000]))
        return ([word for word in spoken if word not in STOP_WORDS] or spoken)[:MAX_TERMS]

    def _with_one_name(self, spoken: list[str]) -> list[str]:
        out: list[str] = []
        at = 0
        while at < len(spoken):
            for size in range(min(self._longest, len(spoken) - at), 0, -1):
                if name := self._aliases.get(tuple(spoken[at : at + size])):
                    out.extend(name)
                    at += size
                    break
            else:
                out.append(spoken[at])
                at += 1
        return out
