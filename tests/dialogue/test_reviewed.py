"""Readers see how fresh an answer is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.dialogue.reply import Answer, reviewed_line
from bot.discord_ui.kit.cards import Controls, answer_cards
from bot.language.words import in_locale
from bot.lessons.library import Library
from bot.tutor import Tutor

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("today", "language", "line"),
    [
        (DAY, "en", "Last reviewed on 22 November"),
        (date(2027, 11, 22), "en", "Last reviewed on 22 November"),
        (date(2027, 11, 23), "en", "Last reviewed on 22 November, more than a year ago: it may be out of date"),
        (DAY, "de", "Zuletzt geprüft am 22 November"),
        (DAY, "es", "Última revisión: 22 November"),
    ],
)
def test_an_old_review_is_called_old(today: date, language: str, line: str):
    """A review counts as old after a year, for readers as for `lessonbot check`."""
    with in_locale(language):
        assert reviewed_line(DAY, today, "22 November") == line


def test_a_card_shows_the_day_in_the_language_of_the_reader():
    """Discord writes it out, on the same day nearly everywhere."""
    (card,) = answer_cards(Answer("a", "A?", "Yes.", "L", reviewed=DAY), None, Controls())
    assert "Last reviewed on <t:1795348800:D>" in card.footer
    (card,) = answer_cards(Answer("a", "A?", "Yes.", "L", reviewed=date(2020, 1, 1)), None, Controls())
    assert "it may be out of date" in card.footer
    (card,) = answer_cards(Answer("a", "A?", "Yes.", "L"), None, Controls())
    assert "reviewed" not in card.footer


def test_an_answer_knows_when_its_entry_was_reviewed(lessons: Path):
    """The date of the lesson file reaches the reader."""
    library = Library.open(lessons)
    reviewed = {each.id: each.reviewed for each in library.lessons.entries.values() if each.reviewed}
    tutor = Tutor(library)
    assert reviewed
    assert {id_: getattr(tutor.explain(id_), "reviewed", None) for id_ in reviewed} == reviewed
