"""Translates every text of the bot's own into the current locale.

`_("…")` translates; `_n("{count} day", "{count} days", count)` translates a text with a number. Both replace the
names in braces with values, which are not translated. `N_("…")` only marks a text for translation, where the
reader is not known yet; the code that shows it calls `_`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.language.catalogues import ENGLISH, catalogue

# Each command, press and message is a task of its own, with a context of its own.
_locale: ContextVar[str] = ContextVar("locale", default=ENGLISH)


def set_locale(language: str) -> None:
    """Use this language from now on, in this task and the tasks it starts."""
    _locale.set(language)


@contextmanager
def in_locale(language: str) -> Iterator[None]:
    """Use this language inside the block."""
    before = _locale.set(language)
    try:
        yield
    finally:
        _locale.reset(before)


def current_locale() -> str:
    """The language of this task."""
    return _locale.get()


def _(text: str, /, **values: object) -> str:
    """The text in the current locale, with its `{names}` replaced by the values."""
    return catalogue(_locale.get()).gettext(text).format(**values)


def _n(one: str, many: str, count: int, /, **values: object) -> str:
    """The singular or plural for this number, which replaces `{count}`."""
    return catalogue(_locale.get()).ngettext(one, many, count).format(count=count, **values)


def N_(text: str, /) -> str:  # noqa: N802 -- gettext's own name for it
    """The text itself, marked for translation where it is shown."""
    return text
