"""Data in several languages: each field has its texts by language."""

from __future__ import annotations

import json

import pytest

from tests.lessons.intake.reading_files import left, pairs


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("faq:\n- question: {en: How hot?, de: Wie hei\u00df?}\n  answer: {de: Sehr., en: Very.}\n", "a.yaml"),
        (
            json.dumps(
                {
                    "items": [
                        {
                            "sys": {"id": "1"},
                            "fields": {
                                "question": {"en-US": "How hot?", "de-DE": "Wie hei\u00df?"},
                                "answer": {"en-US": "Very.", "de-DE": "Sehr."},
                                "slug": {"en-US": "how-hot"},
                            },
                        }
                    ]
                }
            ),
            "contentful.json",
        ),
        ('[{"title": {"de": "", "en": "How hot?"}, "body": {"de": "Sehr.", "en": "Very."}}]', "a.json"),
    ],
)
def test_one_language_is_taken(text, file):
    """The first one that the question and its answer have. The others are named."""
    assert pairs(text, file) == [("How hot?", "Very.")]
    assert "Sehr." in {each for _, each in left(text, file)}


def test_a_list_of_languages_is_no_translation():
    """Where the keys are questions or the texts have no question beside them, all stays as it was."""
    text = '{"en": [{"q": "How hot?", "a": "Very."}], "de": [{"q": "Wie hei\u00df?", "a": "Sehr."}]}'
    assert pairs(text, "a.json") == [("How hot?", "Very."), ("Wie hei\u00df?", "Sehr.")]
