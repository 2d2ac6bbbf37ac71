"""All texts that the bot sends to Discord during a test, and the English words among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from simcord.http import router

from bot.language.catalogues import FOLDER
from tests.support.pseudo import MARKS

# Where a body has what people read; what commands are called is English everywhere.
_READ = ("content", "label", "placeholder", "description", "title", "name")
_COMMANDS = re.compile(r"/applications/\d+/.*commands|/users/@me")
_CODE = re.compile(r"```.*?```", re.DOTALL)
_LINK = re.compile(r"\(https?://\S*\)")
_WORD = re.compile(r"[^\W\d_]{2,}")


def record(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Returns a list that gets each text."""
    sent: list[str] = []
    dispatch = router.dispatch

    def recording(backend: Any, method: str, path: str, **request: Any) -> Any:
        if not _COMMANDS.match(path):
            sent.extend(_texts(request.get("json")))
        return dispatch(backend, method, path, **request)

    monkeypatch.setattr(router, "dispatch", recording)
    return sent


def english_in(sent: Iterable[str], language: str, known: Iterable[str]) -> dict[str, str]:
    """The words of the bot's English texts that its texts in this language have not, each with where it stands.

    `known` are other texts that may be shown: of lessons, and names.
    """
    english = _english_only(language) - _words("\n".join(known))
    found: dict[str, str] = {}
    for text in sent:
        found |= dict.fromkeys(_words(MARKS.sub("", _LINK.sub("", _CODE.sub("", text)))) & english, text)
    return found


@cache
def _english_only(language: str) -> set[str]:
    with (FOLDER / f"{language}.po").open("rb") as file:
        catalog: Catalog = read_po(file, locale=language)
    ours = _words("\n".join(each for message in catalog for each in _all(message.id)))
    theirs = _words("\n".join(each for message in catalog for each in _all(message.string)))
    return ours - theirs


def _all(text: Any) -> Iterator[str]:
    yield from ([text] if isinstance(text, str) else text or [])


def _words(text: str) -> set[str]:
    return {each.lower() for each in _WORD.findall(text)}


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (part[key] for key in _READ if isinstance(part.get(key), str))
        for each in part.values():
            yield from _texts(each)
    elif isinstance(part, list):
        for each in part:
            yield from _texts(each)
