"""The languages there are: English, and each `.po` file beside this one (GNU gettext)."""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent
ENGLISH = "en"


@cache
def languages() -> dict[str, str]:
    """Each language by its tag ("de"), as it calls itself ("Deutsch"); English first."""
    tags = [ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.po"))]
    return {tag: (Locale.parse(tag).get_display_name() or tag).capitalize() for tag in tags}


def language_of(locale: str) -> str:
    """The language for one of Discord's locales ("es-419"); English where there is none."""
    tag = locale.partition("-")[0]
    return tag if tag in languages() else ENGLISH


@cache
def catalogue(language: str) -> NullTranslations:
    """What its file says; English is what stands in the code."""
    path = FOLDER / f"{language}.po"
    if language == ENGLISH or not path.is_file():
        return NullTranslations()
    # Read as it is: a compiled copy would be one more file to keep true.
    with path.open("rb") as file:
        texts = read_po(file, locale=language, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, texts)
    compiled.seek(0)
    return GNUTranslations(compiled)
