"""Reads what is to become more or less as one word: "too dark" and "less dark" as "brighter"."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.search.opposite_words import OppositeWords

# Adjectives of opposite meaning, and the words for more of each. The latter are pairs of `opposite_words`.
ADJECTIVES = {
    "bright": ("brighter", "darker"),
    "light": ("brighter", "darker"),
    "dark": ("darker", "brighter"),
    "loud": ("louder", "quieter"),
    "quiet": ("quieter", "louder"),
    "fast": ("faster", "slower"),
    "quick": ("faster", "slower"),
    "slow": ("slower", "faster"),
    "big": ("bigger", "smaller"),
    "large": ("bigger", "smaller"),
    "small": ("smaller", "bigger"),
    "tiny": ("smaller", "bigger"),
    "high": ("higher", "lower"),
    "low": ("lower", "higher"),
    "long": ("lengthen", "shorten"),
    "short": ("shorten", "lengthen"),
    "tight": ("tighter", "looser"),
    "loose": ("looser", "tighter"),
    "thick": ("thicker", "thinner"),
    "thin": ("thinner", "thicker"),
    "wide": ("wider", "narrower"),
    "narrow": ("narrower", "wider"),
    "klein": ("smaller", "bigger"),
    "gross": ("bigger", "smaller"),
    "leise": ("quieter", "louder"),
    "laut": ("louder", "quieter"),
    "hell": ("brighter", "darker"),
    "dunkel": ("darker", "brighter"),
    "locker": ("looser", "tighter"),
    "fest": ("tighter", "looser"),
    "schnell": ("faster", "slower"),
    "langsam": ("slower", "faster"),
    "hoch": ("higher", "lower"),
    "niedrig": ("lower", "higher"),
    "kurz": ("shorten", "lengthen"),
    "lang": ("lengthen", "shorten"),
    "hot": ("hotter", "colder"),
    "warm": ("hotter", "colder"),
    "cold": ("colder", "hotter"),
    "hard": ("harder", "softer"),
    "soft": ("softer", "harder"),
    "wet": ("wetter", "drier"),
    "dry": ("drier", "wetter"),
    "strong": ("stronger", "weaker"),
    "weak": ("weaker", "stronger"),
}
# The names of the pairs of these words.
DEGREES = frozenset(
    """brighten louder faster bigger increase tighter thicker wider hotter harder stronger lengthen newer
    wetter""".split()
)
_LESS = frozenset("less too zu demasiado menos".split())
_MORE = frozenset("more make making made".split())
_NOT = frozenset("not nicht no never".split())
_SIGNS = _LESS | _MORE | {"enough"}
# "Longer" is also in "no longer", and "make it longer" asks for more of "long".
_COMPARATIVES = {"longer": "long", "shorter": "short"}


def degrees_in_one_word(tokens: Sequence[str], words: Mapping[str, tuple[str, str]] = ADJECTIVES) -> Sequence[str]:
    """These words, with one in the place of "too" or "less" and an adjective.

    `words` has two for each adjective: that for more of it, and that for less. "Not too dark" says nothing.
    """
    if _SIGNS.isdisjoint(tokens):
        return tokens
    out: list[str] = []
    for n, word in enumerate(tokens):
        before, after = tokens[n - 1] if n else "", tokens[n + 1] if n + 1 < len(tokens) else ""
        if word == "enough" and before in words and out[-1] != before:
            continue
        more, less = words.get(_COMPARATIVES.get(word, word), ("", ""))
        if not more:
            out.append(word)
        elif before in _LESS and _NOT.isdisjoint(tokens[max(0, n - 2) : n - 1]):
            out[-1] = less
        elif before == "more" or (before in _NOT and after == "enough"):
            out[-1] = more  # "not bright enough" asks for more, too
        elif word in _COMPARATIVES and not _MORE.isdisjoint(tokens[:n]):
            out.append(more)
        else:
            out.append(word)
    return out


class Degrees:
    """Reads what is to become more or less as a word of a library. Built once and never changed."""

    def __init__(self, known: Collection[str], opposites: OppositeWords) -> None:
        """`known` are the words of the library. An adjective among them is left as it is."""
        self._words = {
            adjective: (_known_as(more, known, opposites), _known_as(less, known, opposites))
            for adjective, (more, less) in ADJECTIVES.items()
            if adjective not in known
        }

    def in_one_word(self, tokens: list[str]) -> list[str]:
        """These words, with one of the library in the place of "too" or "less" and an adjective."""
        return [*degrees_in_one_word(tokens, self._words)] if self._words else tokens


def _known_as(word: str, known: Collection[str], opposites: OppositeWords) -> str:
    return next((each for each in opposites.same_as(word) if each in known), word)
