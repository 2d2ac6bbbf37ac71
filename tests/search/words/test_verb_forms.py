"""German and Spanish verbs are known in the forms in which members use them."""

from __future__ import annotations

import pytest

from bot.search.words.verb_forms import VerbForms, german_infinitive, stems_of_verb

VERBS = VerbForms("löschen geben wegnehmen abmachen cerrar descargar dar open".replace("ö", "o").split())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("wie losch ich das", "wie loschen ich das"),
        ("como cierro el canal", "como cerrar el canal"),
        ("descarguelo", "descargar"),
        ("le doy permiso", "le dar permiso"),
        ("donde esta la descarga", "donde esta la descarga"),
        ("wie lange gilt die sperre", "wie lange gilt die sperre"),
        ("how do i open it", "how do i open it"),
    ],
)
def test_a_verb_is_read_as_its_infinitive_but_a_noun_remains(text: str, read: str):
    assert VERBS.infinitives(text.split()) == read.split()


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("nimmt er mir die rolle weg", ["wegnehmen"]),
        ("nimmt er mir die rolle", []),
        ("cierra el canal", ["cerrar"]),
        ("mache es ab", ["abmachen"]),
        ("mache ab morgen urlaub", []),
        ("open the file", ["open"]),
    ],
)
def test_a_verb_in_two_parts_needs_both(text: str, verbs: list[str]):
    """Who only says "nimmt" does not say "nimmt … weg", and "ab morgen" belongs to no verb."""
    assert VERBS.verbs_at(text.split(), 0) == verbs


def test_the_infinitive_of_a_verb_that_is_not_listed():
    """Members say "melde … ab" of any verb, and lessons have it as "abmelden"."""
    assert [*map(german_infinitive, ["melde", "nimmst", "leiht", "ist"])] == [
        "melden",
        "nehmen",
        "leihen",
        "isten",
    ]
    assert "commit" in stems_of_verb("committen")
