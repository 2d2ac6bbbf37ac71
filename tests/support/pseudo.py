"""A made-up language, in which every text of the bot's own stands in ⟦brackets⟧.

What stands outside of them is the lessons', or was forgotten: `outside` shows it. Where the lessons are in
Greek (`@pytest.mark.parametrize("lessons", [GREEK], indirect=True)`), whatever `untranslated` finds is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

import bot
from tests.support.world import Shown, components

# One of Discord's languages, so that a member's app can have it; its plural is made as in English.
TAG = "sv"
LOCALE = "sv-SE"

_INNERMOST = re.compile("⟦[^⟦⟧]*⟧")
_SHORTENED = re.compile("⟦[^⟦⟧\n]*…$", re.MULTILINE)
# Discord's own marks for times, members, channels, roles and commands; what is code in any language.
_MARKS = re.compile(r"<(?:t:\d+:\w|[@#&!]+\d+|/[^>]+)>|`[^`]*`")

GREEK = Path(__file__).parent / "greek"


@cache
def texts() -> Catalog:
    """Every text that is marked in the code, in brackets."""
    catalog = Catalog(locale=TAG)
    keywords: dict[str, Any] = {"_": None, "N_": None, "_n": (1, 2)}
    found = extract_from_dir(Path(bot.__file__).parent, method_map=[("**.py", "python")], keywords=keywords)
    for *_, message, _comments, _context in found:
        forms = (message,) if isinstance(message, str) else message
        bracketed = tuple(f"⟦{text}⟧" for text in forms)
        catalog.add(message, bracketed[0] if isinstance(message, str) else bracketed)
    return catalog


def write(folder: Path) -> None:
    """The language as a file, as a translator would have written it."""
    with (folder / f"{TAG}.po").open("wb") as file:
        write_po(file, texts())


def outside(text: str) -> str:
    """The text without all that stands in brackets; they may stand in each other, and be cut by '…'."""
    while (shorter := _INNERMOST.sub("", text)) != text:
        text = shorter
    return _SHORTENED.sub("", text)


def read(shown: Shown) -> Iterator[str]:
    """Every text of a message that a member may read."""
    for part in components(shown):
        for each in (part, *part.get("options", ())):
            yield from (each[key] for key in ("content", "label", "placeholder", "description") if each.get(key))


def untranslated(shown: Shown) -> list[str]:
    """The words of ours that a message says in English to somebody who reads a lesson in Greek."""
    return [word for text in read(shown) for word in re.findall("[A-Za-z]{2,}", _MARKS.sub("", outside(text)))]
