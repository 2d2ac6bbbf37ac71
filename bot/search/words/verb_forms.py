"""The forms of German and Spanish verbs: "instalo" of "instalar", "cierro" of "cerrar", "lege … an" of "anlegen".

Verbs are looked up by their infinitives, as tables and lessons have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.search.words.phrases import word_at
from bot.search.words.small_words import SMALL_WORDS

# The words that German puts before an infinitive, and behind other forms: "anlegen", "ich lege … an".
PARTICLES = frozenset(
    """ab an auf aus bei durch ein fest frei her heraus herunter hinzu hoch los mit nach raus rein runter teil um
    vor weg weiter zu zuruck zusammen""".split()
)
_LONGEST_FIRST = sorted(PARTICLES, key=len, reverse=True)
_GERMAN = "en"
# The endings of an infinitive, and those of the present tense instead.
_ENDINGS = {
    _GERMAN: ("est", "en", "et", "st", "e", "t"),
    "ar": ("ar", "arlo", "arla", "o", "as", "a", "amos", "an", "e", "es", "en"),
    "er": ("er", "erlo", "erla", "o", "es", "e", "emos", "en", "a", "as", "an"),
    "ir": ("ir", "irlo", "irla", "o", "es", "e", "imos", "en", "a", "as", "an"),
}
_SHORTEST = 3  # letters before the ending
# The stems of German verbs that change, and what they are in the infinitive.
_CHANGED = {
    "gib": "geb",
    "hal": "halt",
    "log": "logg",
    "nimm": "nehm",
    "sieh": "seh",
    "sprich": "sprech",
    "trit": "tret",
    "wirf": "werf",
}
_IRREGULAR = {"dar": "doy da das damos dan", "seguir": "sigo sigue siguen sigues"}
# In a question or an order, a German verb stands behind one of the first, or before one of the others. Before
# "der", it may be a noun: "die Sperre der Karte".
BEFORE_GERMAN_VERBS = frozenset("ich wir man wer".split())
_SUBJECTS = frozenset("ich wir man ihr jemand".split())
_BEFORE_SPANISH = frozenset("como donde cuando quien se lo le les me te nos si yo".split())
# What looks like a form of a verb, and is one only beside a word that stands with verbs: "cómo bajo el volumen".
_ALSO_NOUNS = frozenset("entre sala salas bajo baja paro ente enten".split())
_ENGLISH = frozenset({"sale", "sales"})
# What is joined to the verb of a Spanish order: "bórrame", "descárguelo".
_JOINED = re.compile(r"(\w{4,}?)(?:me|nos)?(?:l[aeo]s?|me|nos)")
_LAST_OF_JOINED = frozenset("aeos")


class VerbForms:
    """Knows the forms of these verbs. Built once and never changed."""

    def __init__(self, verbs: Iterable[str]) -> None:
        # By form: its verbs, each with the particle that belongs to this form, or ''.
        self._of: dict[str, list[tuple[str, str]]] = {}
        # By a form without a particle: its infinitive.
        self._german: dict[str, str] = {}
        self._spanish: dict[str, str] = {}
        for verb in verbs:
            infinitives = self._german if verb.endswith(_GERMAN) else self._spanish
            for form, particle in dict.fromkeys(((verb, ""), *_forms_of(verb))):
                self._of.setdefault(form, []).append((verb, particle))
                if may_be_infinitive(verb) and not particle:
                    infinitives[form] = verb

    def verbs_at(self, tokens: Sequence[str], n: int) -> list[str]:
        """The verbs of which the word at this place is a form, if their particle is in the text, too."""
        word = tokens[n]
        if word in _ALSO_NOUNS:
            return []
        # "Mache … aus" needs its particle at the end: "mache aus csv eine Tabelle".
        particles = tokens[-1:] if word in SMALL_WORDS else ("", *tokens)
        return [verb for verb, particle in self._of.get(word, ()) if particle in particles]

    def infinitives(self, tokens: Sequence[str]) -> Sequence[str]:
        """The words of a text, with the infinitives of its verbs.

        Many forms are also nouns ("la descarga", "die Sperre"): only one beside a word that stands with verbs is
        read as a verb.
        """
        return [self._infinitive(tokens, n) or word for n, word in enumerate(tokens)]

    def _infinitive(self, tokens: Sequence[str], n: int) -> str:
        """The infinitive of the verb at this place; '' if it is none of those that are known."""
        word, before, after = tokens[n], word_at(tokens, n - 1), word_at(tokens, n + 1)
        if after in _SUBJECTS or before in BEFORE_GERMAN_VERBS:
            # In a chat, "lösche ich" has no "e".
            return self._german.get(word) or self._german.get(f"{word}e" if after == "ich" else "", "")
        if before in _BEFORE_SPANISH:
            return self._spanish.get(word, "") if word not in _ENGLISH else ""
        joined = _JOINED.fullmatch(word) if word[-1:] in _LAST_OF_JOINED else None
        return self._spanish.get(joined[1], "") if joined else ""


def german_infinitive(form: str) -> str:
    """The infinitive of a form of any German verb: "nehmen" of "nimmst"."""
    stems = (form.removesuffix(each) for each in _ENDINGS[_GERMAN] if form.endswith(each))
    stem = next((each for each in stems if len(each) >= _SHORTEST), form)
    return f"{_CHANGED.get(stem, stem)}{_GERMAN}"


def stems_of_verb(word: str) -> Iterator[str]:
    """What a word may be a German form of, made of an English verb: "committen" and "committe" of "commit"."""
    for ending in _ENDINGS[_GERMAN]:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST:
            yield stem
            if stem[-1] == stem[-2]:
                yield stem[:-1]


def may_be_infinitive(word: str) -> bool:
    """Whether a word ends as an infinitive does."""
    return word[-2:] in _ENDINGS


def _forms_of(verb: str) -> Iterator[tuple[str, str]]:
    """The forms of an infinitive, each with the particle that belongs to it, or ''."""
    yield from ((form, "") for form in _IRREGULAR.get(verb, "").split())
    ending = verb[-2:]
    for stem in stems_of_forms(verb) if ending in _ENDINGS else ():
        if len(stem) < _SHORTEST:
            continue
        yield from ((stem + each, "") for each in _ENDINGS[ending])
        particle = next((each for each in _LONGEST_FIRST if stem.startswith(each)), "")
        rest = stem.removeprefix(particle)
        if ending == _GERMAN and particle and len(rest) >= _SHORTEST - 1:
            yield from ((rest + each, particle) for each in _ENDINGS[ending])


def stems_of_forms(verb: str) -> Iterator[str]:
    """The stems of a verb's forms: "geb" and "gib" of "geben", "cerr" and "cierr" of "cerrar"."""
    stem = verb[:-2]
    yield stem
    if verb.endswith(_GERMAN):
        yield from (stem.removesuffix(own) + each for each, own in _CHANGED.items() if stem.endswith(own))
        return
    for vowel, changed in (("e", "ie"), ("o", "ue")):
        head, found, tail = stem.rpartition(vowel)
        if found:
            yield f"{head}{changed}{tail}"
    for last, changed in (("g", "gu"), ("c", "qu"), ("z", "c"), ("n", "ng")):
        if stem.endswith(last):
            yield f"{stem.removesuffix(last)}{changed}"
