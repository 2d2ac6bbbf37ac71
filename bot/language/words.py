"""Every text of the bot's own goes through here, and comes out in the language that is spoken.

`_("…")` translates; `_n("{count} day", "{count} days", count)` does so for a number. Both fill in what is
named in braces: what is filled in is never translated. `N_("…")` only marks a text, where it stands before
anybody knows for whom; whoever shows it calls `_`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.language.catalogues import ENGLISH, catalogue

# Each command, press and message is a task of its own, with a context of its own.
_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def speak(language: str) -> None:
    """From here on, speak this language: in this task, in what it starts, and nowhere else."""
    _spoken.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language until the end of the block."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """The language that is spoken here and now."""
    return _spoken.get()


def _(text: str, /, **values: object) -> str:
    """A text in the language that is spoken, with its `{names}` filled in."""
    return catalogue(_spoken.get()).gettext(text).format(**values)


def _n(one: str, many: str, count: int, /, **values: object) -> str:
    """The text for this number, which is its `{count}`."""
    return catalogue(_spoken.get()).ngettext(one, many, count).format(count=count, **values)


def N_(text: str, /) -> str:  # noqa: N802 -- gettext's own name for it
    """The text itself, marked to be translated where it is shown."""
    return text
