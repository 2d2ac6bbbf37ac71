"""Every language says all that English says, and fills in the same."""

from __future__ import annotations

import re
import string
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.language.catalogues import ENGLISH, FOLDER, catalogue, language_of, languages
from tests.support.pseudo import texts

OTHERS = [tag for tag in languages() if tag != ENGLISH]

Id = str | tuple[str, str]


def marked() -> set[Id]:
    """Every text in the code that is marked for translation."""
    return {_id(each.id) for each in texts() if each.id}


@cache
def texts_in(language: str) -> Catalog:
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def said(language: str) -> dict[Id, Message]:
    return {_id(each.id): each for each in texts_in(language) if each.id}


def _id(message: str | tuple[str, ...] | list[str]) -> Id:
    return message if isinstance(message, str) else (message[0], message[1])


def ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def strings(message: Message) -> list[str]:
    """The translation; where it depends on a number, all of them."""
    said = message.string or ""
    return [said] if isinstance(said, str) else list(said)


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_there_is_something_to_translate():
    """The texts are found at all; a number of things has two."""
    assert len(marked()) > 300
    assert any(isinstance(each, tuple) for each in marked())


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_everything(language):
    """Nobody reads half of a card in English; nor does a text stay that nobody says any more."""
    known = said(language)
    assert set(known) == marked()
    assert not texts_in(language).obsolete
    for message in known.values():
        assert all(strings(message)), f"not translated: {message.id}"
        assert not message.fuzzy, f"nobody looked at it: {message.id}"


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_fills_in_what_the_text_fills_in(language):
    """A forgotten or misspelt {name} would lose a fact, or fail where a member looks on."""
    for message in said(language).values():
        # A form for one thing may say it in words.
        number = {"count"} if message.pluralizable else set()
        wanted = set().union(*map(names, ids(message))) | number
        for text in strings(message):
            assert names(text) <= wanted, text
            assert wanted - number <= names(text), text


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_the_form(language):
    """Markdown, commands and line breaks stay: they are no words."""
    for message in said(language).values():
        source, text = ids(message)[-1], strings(message)[-1]
        for form in (
            r"\*\*",
            r"`[^`]+`",
            r"^#+ ",
            r"^- ",
            r"\n",
            r"/(?:ask|walkthrough|browse|lessons)[a-z ]*(?=`)",
        ):
            here, there = (re.findall(form, each, re.MULTILINE) for each in (source, text))
            assert sorted(here) == sorted(there), (source, text)
        assert text[:1].isspace() == source[:1].isspace()
        assert text[-1:].isspace() == source[-1:].isspace()


def test_each_language_calls_itself_by_its_own_name():
    """Whoever looks for their language reads it in their language."""
    assert languages() == {"en": "English", "de": "Deutsch", "es": "Español"}


def test_a_locale_of_discord_finds_its_language():
    """Regions of a language share it; a language that nobody wrote is English."""
    assert [language_of(each) for each in ("de", "es-ES", "es-419", "en-GB", "ja")] == [
        "de",
        "es",
        "es",
        "en",
        "en",
    ]
    assert catalogue("ja").gettext("anything") == "anything"
