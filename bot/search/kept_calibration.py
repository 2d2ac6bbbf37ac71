"""Keeps the calibration of a library on disk, as learning it takes a quarter of a start.

It is used only for exactly the same lessons, code and packages. The file can be deleted at any time.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Collection, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import cast

import numpy as np
import rapidfuzz
import Stemmer

from bot.private import write_private
from bot.search.match import CalibrationOffset, Understanding

Offsets = Mapping[Understanding, CalibrationOffset]

_CODE = Path(__file__).parent

log = logging.getLogger(__name__)


class KeptCalibration:
    """The file with the offsets of the library that was indexed last."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writing = Lock()

    def offsets(
        self, understandings: Collection[Understanding], library: object, learn: Callable[[], Offsets]
    ) -> Offsets:
        """The offsets of a library for these understandings; they are learned if they are not kept.

        `library` is all that they are learned from: its `repr` differs for each other library.
        """
        digest = blake2b(f"{_code()} {library!r}".encode(errors="surrogatepass"), digest_size=16).hexdigest()
        kept = self._read(digest)
        if kept.keys() >= set(understandings):
            return kept
        # What is kept for a model that is still embedding the lessons stays: its offsets are needed later.
        now = {**kept, **learn()}
        self._write({"digest": digest, "offsets": now})
        return now

    def _read(self, digest: str) -> Offsets:
        try:
            content = json.loads(self._file.read_bytes())
            if content["digest"] != digest:
                return {}
            return {
                cast("Understanding", each): CalibrationOffset(float(inside), float(first))
                for each, (inside, first) in content["offsets"].items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            log.warning("%s cannot be read: %s. The lessons are calibrated again.", self._file, error)
            return {}

    def _write(self, content: object) -> None:
        try:
            with self._writing:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                write_private(self._file, json.dumps(content).encode())
        except OSError as error:
            log.warning("%s cannot be written: %s", self._file, error.strerror)


@cache
def _code() -> str:
    """A digest of the code of the search, with its table, and the versions of what it uses."""
    versions = sys.version, np.__version__, rapidfuzz.__version__, Stemmer.version()
    digest = blake2b(repr(versions).encode(), digest_size=16)
    for file in sorted(_CODE.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(_CODE)}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
