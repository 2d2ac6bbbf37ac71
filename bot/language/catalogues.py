"""The available languages: English, and one for each `.po` file in this folder (GNU gettext)."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations
from pathlib import Path

from bot.language.translations import Translations

FOLDER = Path(__file__).parent
ENGLISH = "en"


@cache
def languages() -> tuple[str, ...]:
    """The tag of each language ("de"); English first."""
    return (ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.po")))


@cache
def language_names() -> dict[str, str]:
    """The name of each language in itself ("Deutsch") by its tag. Babel takes 5 MiB of memory for these."""
    from babel import Locale  # noqa: PLC0415 -- see above

    return {tag: (Locale.parse(tag).get_display_name() or tag).capitalize() for tag in languages()}


def language_of(locale: str) -> str:
    """The language for a locale of Discord ("es-419"); English if it is not available."""
    tag = locale.partition("-")[0]
    return tag if tag in languages() else ENGLISH


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations of a language. English has none: its texts are in the code."""
    path = FOLDER / f"{language}.po"
    if language == ENGLISH or not path.is_file():
        return NullTranslations()
    # Not from a compiled file, which would have to be updated with each change.
    return Translations(path.read_text(encoding="utf-8"))
