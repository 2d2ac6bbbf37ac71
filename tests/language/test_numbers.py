"""Numbers are written as in the reader's language."""

from __future__ import annotations

import pytest

from bot.language.numbers import amount, count, mebibytes
from bot.language.words import in_locale


@pytest.mark.parametrize(
    ("language", "thousands", "half"), [("en", "12,345", "1.5"), ("de", "12.345", "1,5"), ("es", "12.345", "1,5")]
)
def test_a_number_is_written_as_the_language_writes_it(language, thousands, half):
    """1,500 is written as 1.500 in German, where a comma is the decimal point."""
    with in_locale(language):
        assert amount(12_345) == thousands
        assert mebibytes(3 * 2**19) == half
        assert mebibytes(8 * 2**20) == "8"
        assert mebibytes(8 * 2**20 + 1) != "8"


def test_one_is_not_several():
    """`lessonbot doctor` and the log say "1 file" and "1 second"."""
    assert [count(n, "second") for n in (0, 1, 2)] == ["0 seconds", "1 second", "2 seconds"]
    assert [count(n, "entry", "entries") for n in (1, 2)] == ["1 entry", "2 entries"]
