"""How the user wants files to be imported. Most starts need this, and nothing else of an import."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """Options of an import.

    Relative links are resolved to `base_url`, the address of the page or folder. `columns` name the columns of a
    sheet without a header.
    """

    base_url: str = ""
    columns: tuple[str, ...] = ()


def columns_in(text: str) -> tuple[str, ...]:
    """The columns in `question,answer`."""
    return tuple(each.strip() for each in text.split(",")) if text.strip() else ()
