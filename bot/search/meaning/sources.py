"""Chooses the sources of meaning, by the operator's setting and the installed packages."""

from __future__ import annotations

import logging
from pathlib import Path

from bot.search.match import Wanted
from bot.search.meaning import minilm, multilingual
from bot.search.meaning.minilm import MiniLM, ModelError
from bot.search.meaning.model import Model
from bot.search.meaning.multilingual import Multilingual
from bot.search.meaning.nearness import VectorSource
from bot.search.meaning.table import TableSource
from bot.search.meaning.vector_cache import VectorCache

log = logging.getLogger(__name__)

# With these, the encoder for many languages is used if it is installed.
MULTILINGUAL: frozenset[Wanted] = frozenset({"auto", "model"})


def sources(wanted: Wanted, folder: Path | None = None) -> tuple[VectorSource, ...]:
    """The sources to rank by, the best first. Models keep their vectors in this folder.

    A model that cannot be used is left out, and a warning is logged.
    """
    if wanted == "words":
        return ()
    found: list[VectorSource] = []
    if wanted == "model" or (wanted == "auto" and minilm.is_installed()):
        try:
            encoder = MiniLM()
            found.append(Model(encoder, _kept(folder, minilm.SHA256, encoder.dimensions)))
        except ModelError as error:
            log.warning("UNDERSTANDING: the model cannot be used, so the table is: %s", error)
    found.append(TableSource())
    if wanted in MULTILINGUAL and multilingual.is_installed():
        try:
            many = Multilingual()
            found.append(Model(many, _kept(folder, multilingual.SHA256, many.dimensions), "languages"))
        except ModelError as error:
            log.warning("UNDERSTANDING: questions in other languages are not understood: %s", error)
    return tuple(found)


def _kept(folder: Path | None, sha256: str, dimensions: int) -> VectorCache | None:
    return VectorCache(folder / f"meaning-{sha256[:8]}.vectors", dimensions) if folder else None
