"""Numbers are written as in the reader's language."""

from __future__ import annotations

import pytest

from bot.language.numbers import amount, mebibytes
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
