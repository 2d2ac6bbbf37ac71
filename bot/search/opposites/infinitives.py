"""Reads German and Spanish verbs as infinitives, as the pairs of opposite words have them: "wie lösche ich".

Many forms are also nouns ("la descarga", "die Sperre"): only one beside a word that stands with verbs is a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.search.words.foreign_verbs import forms_of
from bot.search.words.phrases import word_at
from bot.search.words.separable_verbs import BEFORE_GERMAN_VERBS

# A German verb stands before one of these. Before "der", it may be a noun: "die Sperre der Karte".
_SUBJECTS = frozenset("ich wir man ihr jemand".split())
_BEFORE_SPANISH = frozenset("como donde cuando quien se lo le les me te nos si yo".split())
# Verbs that have an opposite only with what is given: "dar permiso".
GIVING = ("geben", "dar")
_IRREGULAR = {
    **dict.fromkeys("gib gibt gibst".split(), "geben"),
    **dict.fromkeys("doy da das damos dan".split(), "dar"),
    **dict.fromkeys("sigo sigue siguen sigues".split(), "seguir"),
}
_NO_VERBS = frozenset({"sale", "sales"})  # in English
# What is joined to the verb of a Spanish order: "bórrame", "descárguelo".
_JOINED = re.compile(r"(\w{4,}?)(?:me|nos)?(?:l[aeo]s?|me|nos)")


class Infinitives:
    """Knows the forms of these verbs, and those of `GIVING`. Built once and never changed."""

    def __init__(self, verbs: Iterable[str]) -> None:
        self._german = {form: verb for verb, form in _forms((*verbs, *GIVING)) if verb.endswith("en")}
        self._spanish = {form: verb for verb, form in _forms((*verbs, *GIVING)) if not verb.endswith("en")}
        for form, verb in _IRREGULAR.items():
            (self._german if verb.endswith("en") else self._spanish)[form] = verb

    def instead(self, tokens: Sequence[str]) -> Sequence[str]:
        """The words of a text, with the infinitives of its German and Spanish verbs."""
        return [self._infinitive(tokens, n) or word for n, word in enumerate(tokens)]

    def _infinitive(self, tokens: Sequence[str], n: int) -> str:
        """The infinitive of the verb at this place; '' if it is none of those that are known."""
        word, before, after = tokens[n], word_at(tokens, n - 1), word_at(tokens, n + 1)
        if after in _SUBJECTS or before in BEFORE_GERMAN_VERBS:
            # In a chat, "lösche ich" has no "e".
            return self._german.get(word) or self._german.get(f"{word}e" if after == "ich" else "", "")
        if before in _BEFORE_SPANISH:
            return self._spanish.get(word, "")
        joined = _JOINED.fullmatch(word)
        return self._spanish.get(joined[1], "") if joined else ""


def _forms(verbs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each of these verbs with each of its forms that needs no particle."""
    for verb in verbs:
        for each in _spellings(verb):
            yield from (
                (verb, form) for form, particle in forms_of(each) if not particle and form not in _NO_VERBS
            )


def _spellings(verb: str) -> Iterator[str]:
    """A verb as it is spelt in its forms: "cerrar", "cierr…"; "descargar", "descargu…"; "detener", "deteng…"."""
    yield verb
    stem, ending = verb[:-2], verb[-2:]
    if ending == "en":
        return
    for vowel, changed in (("e", "ie"), ("o", "ue")):
        head, found, tail = stem.rpartition(vowel)
        if found:
            yield f"{head}{changed}{tail}{ending}"
    for last, changed in (("g", "gu"), ("c", "qu"), ("z", "c"), ("n", "ng")):
        if stem.endswith(last):
            yield f"{stem.removesuffix(last)}{changed}{ending}"
