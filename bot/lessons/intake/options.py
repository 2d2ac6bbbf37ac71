"""How the user wants files to be imported. Most starts need this, and nothing else of an import."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Without signs at which Discord ends a link, and without a password, which everybody would read in the lessons.
_ADDRESS = re.compile(
    r"https?://(?:[\w-]{1,63}\.){0,20}[\w-]{1,63}(?::(?P<port>[0-9]{1,5}))?"
    r"(?:[/?#](?:[^\s()<>\[\]\\`\"]|\([^\s()<>\[\]\\`\"]*\))*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Options:
    """Options of an import.

    Relative links are resolved to `base_url`, the address of the page or folder. `columns` name the columns of a
    sheet without a header.
    """

    base_url: str = ""
    columns: tuple[str, ...] = ()


def is_web_address(text: str) -> bool:
    """Whether links can be resolved to this address."""
    found = _ADDRESS.fullmatch(text)
    return found is not None and int(found["port"] or 0) < 2**16 and text.isprintable()


def columns_in(text: str) -> tuple[str, ...]:
    """The columns in `question,answer`."""
    return tuple(each.strip() for each in text.split(",")) if text.strip() else ()
