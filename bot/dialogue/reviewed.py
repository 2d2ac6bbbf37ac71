"""What readers see of an entry's last review."""

from __future__ import annotations

from datetime import date

from bot.language.words import _
from bot.lessons.reviewing import is_old


def reviewed_line(reviewed: date, today: date, shown: str) -> str:
    """When it was, as `shown`, and that the answer may be out of date if it is more than a year ago."""
    if is_old(reviewed, today):
        return _("Last reviewed on {date}, more than a year ago: it may be out of date", date=shown)
    return _("Last reviewed on {date}", date=shown)
