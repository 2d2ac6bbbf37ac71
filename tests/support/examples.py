"""How many examples of a property a test tries."""

from __future__ import annotations

from hypothesis import settings

USUAL = 100


def examples(most: int) -> int:
    """`most` examples when all tests run, and a tenth of them in the inner loop."""
    return max(1, most * settings().max_examples // USUAL)
