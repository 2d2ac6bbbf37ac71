"""The made-up language shows texts that are not marked for translation."""

from __future__ import annotations

from bot.language.catalogues import languages
from bot.language.words import _, in_locale
from bot.lessons.library import Library
from tests.support.pseudo import GREEK, outside


def test_every_text_of_ours_stands_in_brackets(pseudo):
    """Every text of the bot is in brackets, with its values."""
    assert list(languages()) == ["en", pseudo]
    with in_locale(pseudo):
        assert _("All settings") == "⟦All settings⟧"
        said = _("{role} and {others}", role="<@&1>", others=_("members with the Manage Server permission"))
    assert said == "⟦<@&1> and ⟦members with the Manage Server permission⟧⟧"
    assert _("All settings") == "All settings"


def test_outside_is_what_nobody_marked():
    """Text outside of brackets is found, even with nested brackets, or brackets that were cut off."""
    assert outside("## ⟦a ⟦b⟧ c⟧ d ⟦e⟧") == "##  d "
    assert outside("⟦a ⟦b⟧ and then…\nours") == "\nours"
    assert outside("⟦never closed\nours") == "⟦never closed\nours"


def test_the_greek_lesson_is_one():
    """The Greek lesson is valid, and none of its words looks like a text of the bot."""
    library = Library.open(GREEK)
    assert library.problems == ()
    assert [document.lesson.lesson for document in library.lessons.documents] == ["Ψωμί"]
