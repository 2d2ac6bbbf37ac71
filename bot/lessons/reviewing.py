"""When an entry has to be reviewed again."""

from __future__ import annotations

from datetime import date, timedelta

_A_YEAR = timedelta(days=365)


def is_old(reviewed: date, today: date) -> bool:
    """Whether the last review is more than a year ago."""
    return reviewed < today - _A_YEAR
