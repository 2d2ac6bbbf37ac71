"""Two people change one file: both changes are kept, or they learn that this is impossible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lessons.editing.merging import merge_texts

TEXTS = st.text(alphabet="ab\n", max_size=12)


@pytest.mark.parametrize(
    ("base", "first", "second", "both"),
    [
        ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"),
        ("a\nb\n", "A\nb\n", "a\nB\n", "A\nB\n"),
        ("a\n", "a\nb\n", "a\nc\n", "a\nb\nc\n"),
        ("a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n", "a\nc\nd\n"),
        ("a\nb\n", "a\nB\n", "a\nB\n", "a\nB\n"),
        ("a\nb\nc\n", "a\nB\nc\n", "a\nc\n", None),
        ("a\nb\nc\nd\n", "a\nX\nd\n", "a\nb\nnew\nc\nd\n", None),
    ],
    ids=["far apart", "side by side", "both add", "removed and added", "the same", "the same line", "in between"],
)
def test_changes_of_different_lines_are_both_made(base: str, first: str, second: str, both: str | None):
    """Somebody has to choose only if both change the same lines."""
    assert merge_texts(base, first, second) == both


@given(TEXTS, TEXTS)
def test_nothing_is_changed_that_nobody_changed(base: str, text: str):
    """If only one side changed a line, the result has its text."""
    assert merge_texts(base, base, text) == text
    assert merge_texts(base, text, base) == text
    assert merge_texts(base, text, text) == text
