"""Which sources of meaning there are, by what the operator wants and what is installed."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Literal

from bot.search.meaning.minilm import SHA256, MiniLM, ModelError, is_installed
from bot.search.meaning.model import Model
from bot.search.meaning.nearness import VectorSource
from bot.search.meaning.table import TableSource
from bot.search.meaning.vector_cache import VectorCache

log = logging.getLogger(__name__)

Wanted = Literal["auto", "words", "table", "model"]


def sources(wanted: Wanted, folder: Path | None = None) -> tuple[VectorSource, ...]:
    """The sources to rank by, the best first. What a model embeds is kept in this folder.

    A model that cannot be used is logged, and done without.
    """
    if wanted == "words":
        return ()
    found: list[VectorSource] = []
    if wanted == "model" or (wanted == "auto" and is_installed()):
        try:
            encoder = MiniLM()
            kept = VectorCache(folder / f"meaning-{SHA256[:8]}.vectors", encoder.dimensions) if folder else None
            found.append(Model(encoder, kept))
        except ModelError as error:
            log.warning("UNDERSTANDING: the model cannot be used, so the table is: %s", error)
    return (*found, TableSource())
