"""Numbers as they are written in the current locale."""

from __future__ import annotations

import math

from bot.language.words import current_locale


def amount(number: float) -> str:
    """1,234.5 in English, 1.234,5 in German: at most one digit behind the point."""
    from babel.numbers import format_decimal  # noqa: PLC0415 -- large, and few texts have such numbers

    return format_decimal(number, format="#,##0.#", locale=current_locale())


def count(number: int, one: str, several: str = "") -> str:
    """`1 entry`, `2 entries`: in English, for the command line and the log."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def mebibytes(size: int) -> str:
    """Bytes in MiB, rounded up, so that a file that is one byte too large never shows the limit as its size."""
    return amount(math.ceil(10 * size / 2**20) / 10)
