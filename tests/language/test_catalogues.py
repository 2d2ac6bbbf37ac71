"""Every language has a translation of every text, with the same names in braces."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import bot
from bot.language.catalogues import ENGLISH, FOLDER, catalogue, language_names, language_of, languages
from bot.language.translations import Translations

OTHERS = [tag for tag in languages() if tag != ENGLISH]

Id = str | tuple[str, str]


@cache
def marked() -> set[Id]:
    """All texts in the code that are marked for translation."""
    keywords: dict[str, Any] = {"_": None, "N_": None, "_n": (1, 2)}
    found = extract_from_dir(Path(bot.__file__).parent, method_map=[("**.py", "python")], keywords=keywords)
    return {_id(message) for *_, message, _comments, _context in found}


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
    """The translations of an entry: one, or one for each plural form."""
    said = message.string or ""
    return [said] if isinstance(said, str) else list(said)


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_there_is_something_to_translate():
    """Texts are found in the code; those with numbers have a singular and a plural."""
    assert len(marked()) > 300
    assert any(isinstance(each, tuple) for each in marked())


def test_every_mark_is_found():
    """No marked text is inside an f-string, where tools do not find it before Python 3.12."""
    found = {each if isinstance(each, str) else each[0] for each in marked()}
    hidden = []
    for path in Path(bot.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(ast.Name("_" | "_n" | "N_"), [ast.Constant(str(text)), *_]) if text not in found:
                    hidden.append(f"{path.name}:{node.lineno}: {text}")
    assert hidden == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_everything(language):
    """All texts are translated, and there are no translations of texts that no longer exist."""
    known = said(language)
    assert set(known) == marked()
    assert not texts_in(language).obsolete
    for message in known.values():
        assert all(strings(message)), f"not translated: {message.id}"
        assert not message.fuzzy, f"nobody looked at it: {message.id}"


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_fills_in_what_the_text_fills_in(language):
    """A translation has the same {names} as its text, so that it loses no fact and cannot fail."""
    for message in said(language).values():
        # The singular may use a word instead of the number.
        number = {"count"} if message.pluralizable else set()
        wanted = set().union(*map(names, ids(message))) | number
        for text in strings(message):
            assert names(text) <= wanted, text
            assert wanted - number <= names(text), text


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_the_form(language):
    """A translation keeps Markdown, commands and line breaks."""
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
    """Each language is listed by its own name, such as "Deutsch"."""
    assert language_names() == {"en": "English", "de": "Deutsch", "es": "Español"}


def test_a_locale_of_discord_finds_its_language():
    """All regions of a language use the same translations. A language without translations is English."""
    assert [language_of(each) for each in ("de", "es-ES", "es-419", "en-GB", "ja")] == [
        "de",
        "es",
        "es",
        "en",
        "en",
    ]
    assert catalogue("ja").gettext("anything") == "anything"


@pytest.mark.parametrize("language", OTHERS)
def test_every_translation_is_read_as_it_is_written(language):
    """Texts with quotes, signs and several lines are shown exactly as the translator wrote them."""
    read = catalogue(language)
    for message in said(language).values():
        if isinstance(message.id, str):
            assert read.gettext(message.id) == message.string
        else:
            one, many = message.id
            assert tuple(read.ngettext(one, many, count) for count in (1, 2)) == message.string


def test_a_language_with_three_plurals_gets_the_right_one():
    """A number is followed by the form that its language has for it; what is not translated yet is English."""
    read = Translations(
        r"""# Lessonbot in Polish.
msgid ""
msgstr ""
"Language: pl\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\n"

#, python-brace-format
#| msgid "{count} days"
msgid "{count} day"
msgid_plural "{count} days"
msgstr[0] "{count} dzień"
msgstr[1] "{count} "
"dni"
msgstr[2] "{count} dni!"

#, fuzzy, python-brace-format
msgid "Save"
msgstr "Otwórz"

msgid "A \"tab\":\t\\d"
msgstr ""
"„tab”:\t"
"\\d\n"

msgid "Stop"
msgstr ""

#~ msgid "Old"
#~ msgstr "Stary"
"""
    )
    days = [read.ngettext("{count} day", "{count} days", count) for count in (1, 3, 5)]
    assert days == ["{count} dzień", "{count} dni", "{count} dni!"]
    assert read.gettext('A "tab":\t\\d') == "„tab”:\t\\d\n"
    assert [read.gettext(each) for each in ("Save", "Stop", "Old", "")] == ["Save", "Stop", "Old", ""]
    assert [read.ngettext("{count} hour", "{count} hours", count) for count in (1, 2)] == [
        "{count} hour",
        "{count} hours",
    ]
