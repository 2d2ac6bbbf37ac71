"""How the user wants files to be imported. Most starts need this, and nothing else of an import."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"https?://[^\s/]")


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
    return _ADDRESS.match(text) is not None


def columns_in(text: str) -> tuple[str, ...]:
    """The columns in `question,answer`."""
    return tuple(each.strip() for each in text.split(",")) if text.strip() else ()
