"""The languages that a library can be in: their stemmers and small words, and joined words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.search.wording import ENGLISH_WORDS, STOP_WORDS


@dataclass(frozen=True)
class Language:
    """A language. `stemmer` is Snowball's name for it. If it `joins_words`, "Paketinstallation" is two words."""

    stemmer: str
    small_words: frozenset[str]
    joins_words: bool = False


ENGLISH = Language("english", STOP_WORDS)
GERMAN = Language(
    "german",
    frozenset(
        """
        aber als am an auch auf aus bei bin bis bitte da dann das dass dem den denn der des die dir doch du ein
        eine einem einen einer eines er es euch fur habe haben hast hat hier ich ihr im in ist ja jemand kann
        kannst konnen konnt mal man mein meine meinem meinen meiner mich mir mit mochte muss nach noch nur ob
        oder schon sein seine sich sie sind so soll um und uns vom von vor wann warum was weil welche welchem
        welchen welcher welches wenn wer werden wie wieso will wir wird wo woher wohin wozu zu zum zur
        """.split()
    ),
    joins_words=True,
)
SPANISH = Language(
    "spanish",
    frozenset(
        """
        a al alguien algo como con cual cuales cuando de del donde el ella en entonces es esta este esto hacer
        hago hay la las le lo los me mi mis para pero por porque pues puede puedo que quien quiero se ser si sin
        sobre son su sus te tengo tiene tu un una unos y ya yo
        """.split()
    ),
)
# How many times as often as those of English the small words of another language must occur. Words of both
# languages, such as "was", count for both.
CLEARLY = 2
# The fewest letters of a half of a joined word, and the letters that German puts between two halves.
SHORTEST = 4
LINKS = ("", "s", "es", "n", "en")


def language_of(times: Callable[[str], int]) -> Language:
    """The language of texts, given how many times each word occurs; English unless it is clearly another."""
    english = sum(map(times, ENGLISH_WORDS))
    counted = [(sum(map(times, each.small_words)), each) for each in (GERMAN, SPANISH)]
    most, language = max(counted, key=lambda pair: pair[0])
    return language if most > CLEARLY * english else ENGLISH


class Halves:
    """Divides joined words into halves that a library has, such as "Installation" and "Anleitung"."""

    def __init__(self, known: Iterable[str], stem: Callable[[Sequence[str]], list[str]]) -> None:
        """`known` are the library's words; `stem` returns the stems of words, in their order."""
        self._stem = stem
        self._stems = set(stem([word for word in known if len(word) >= SHORTEST and word.isalpha()]))

    def of(self, word: str) -> tuple[str, ...]:
        """The two halves of a word, as equal in length as possible; empty for a word that is not joined."""
        found = []
        for at in range(SHORTEST, len(word) - SHORTEST + 1):
            tail = word[at:]
            if not self._stems.issuperset(self._stem([tail])):
                continue
            heads = [word[: at - len(link)] for link in LINKS if word[:at].endswith(link)]
            known = [
                head for head in heads if len(head) >= SHORTEST and self._stems.issuperset(self._stem([head]))
            ]
            found += [(head, tail) for head in known[:1]]
        return max(found, key=lambda halves: min(map(len, halves)), default=())
