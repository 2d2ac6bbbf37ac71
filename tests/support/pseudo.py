"""A made-up language, in which every text of the bot is in ⟦brackets⟧.

Text outside of brackets is from a lesson, or is not marked for translation: `outside` returns it. With lessons in
Greek (`@pytest.mark.parametrize("lessons", [GREEK], indirect=True)`), all that `untranslated` finds is not marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from bot.language.catalogues import FOLDER
from tests.support.world import Shown, components

# One of Discord's languages, so that a member can have it, with the same plural rule as English.
TAG = "sv"
LOCALE = "sv-SE"

_INNERMOST = re.compile("⟦[^⟦⟧]*⟧")
_SHORTENED = re.compile("⟦[^⟦⟧\n]*…$", re.MULTILINE)
# Discord's markup for times, members, channels, roles and commands, and code.
MARKS = re.compile(r"<(?:t:\d+:\w|[@#&!]+\d+|/[^>]+)>|`[^`]*`")

GREEK = Path(__file__).parent / "greek"


@cache
def texts() -> Catalog:
    """The translations: every text that is translated into German, in brackets.

    `tests/language/test_catalogues.py` makes sure that these are all texts.
    """
    with (FOLDER / "de.po").open("rb") as file:
        german = read_po(file)
    catalog = Catalog(locale=TAG)
    for each in german:
        if each.id:
            forms = (each.id,) if isinstance(each.id, str) else each.id
            bracketed = tuple(f"⟦{text}⟧" for text in forms)
            catalog.add(each.id, bracketed[0] if isinstance(each.id, str) else bracketed)
    return catalog


def write(folder: Path) -> None:
    """Write the language as a `.po` file."""
    with (folder / f"{TAG}.po").open("wb") as file:
        write_po(file, texts())


def outside(text: str) -> str:
    """The text outside of brackets, which can be nested, and be cut off by '…'."""
    while (shorter := _INNERMOST.sub("", text)) != text:
        text = shorter
    return _SHORTENED.sub("", text)


def read(shown: Shown) -> Iterator[str]:
    """All texts of a message that a member can read."""
    for part in components(shown):
        for each in (part, *part.get("options", ())):
            yield from (each[key] for key in ("content", "label", "placeholder", "description") if each.get(key))


def untranslated(shown: Shown) -> list[str]:
    """The English words in a message outside of brackets, which the bot did not translate."""
    return [word for text in read(shown) for word in re.findall("[A-Za-z]{2,}", MARKS.sub("", outside(text)))]
