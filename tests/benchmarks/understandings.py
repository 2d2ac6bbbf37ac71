"""What the index can be measured with on this machine."""

from __future__ import annotations

from functools import cache

from bot.search.match import Understanding
from bot.search.meaning.minilm import MiniLM, is_installed
from bot.search.meaning.model import Model
from bot.search.meaning.multilingual import Multilingual
from bot.search.meaning.nearness import VectorSource
from bot.search.meaning.table import TableSource


def understandings() -> tuple[Understanding, ...]:
    """Words, the table, and the model where `lessonbot[semantic]` is installed."""
    return ("words", "table", "model") if is_installed() else ("words", "table")


@cache
def sources_of(understanding: Understanding) -> tuple[VectorSource, ...]:
    """The one source that it needs; what a model embeds is kept from one benchmark to the next."""
    match understanding:
        case "words":
            return ()
        case "table":
            return (TableSource(),)
        case "model":
            return (Model(MiniLM()),)
        case "languages":
            return (Model(Multilingual(), understanding="languages"),)
