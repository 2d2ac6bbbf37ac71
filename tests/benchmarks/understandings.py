"""The understandings that can be measured on this machine."""

from __future__ import annotations

from functools import cache

from bot.search.match import Understanding
from bot.search.meaning.minilm import MiniLM, is_installed
from bot.search.meaning.model import Model
from bot.search.meaning.multilingual import Multilingual
from bot.search.meaning.nearness import VectorSource
from bot.search.meaning.table import TableSource


def understandings() -> tuple[Understanding, ...]:
    """Words, the table, and the model if `lessonbot[semantic]` is installed."""
    return ("words", "table", "model") if is_installed() else ("words", "table")


@cache
def sources_of(understanding: Understanding) -> tuple[VectorSource, ...]:
    """The source for an understanding. A model's vectors are kept for the next benchmark."""
    match understanding:
        case "words":
            return ()
        case "table":
            return (TableSource(),)
        case "model":
            return (Model(MiniLM()),)
        case "multilingual":
            return (Model(Multilingual(), understanding="multilingual"),)
        case "languages":
            return (Model(Multilingual(), understanding="languages"),)
