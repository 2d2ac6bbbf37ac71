"""Vectors on disk, by text: a restart embeds nothing again.

A file of records of one size: the text's digest, then a byte a dimension. New ones are appended.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

DIGEST = 16
Small = NDArray[np.int8]


def text_digest(text: str) -> bytes:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=DIGEST).digest()


class VectorCache:
    """The file of one model."""

    def __init__(self, file: Path, dimensions: int) -> None:
        self._file, self._size = file, DIGEST + dimensions

    def read(self) -> dict[bytes, Small]:
        """All vectors that are kept; none if there is no such file, or it cannot be read."""
        try:
            content = self._file.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            log.warning("%s cannot be read: %s. The lessons are embedded again.", self._file, error.strerror)
            return {}
        whole = len(content) - len(content) % self._size
        found = {
            content[n : n + DIGEST]: np.frombuffer(content[n + DIGEST : n + self._size], np.int8)
            for n in range(0, whole, self._size)
        }
        # A kill can leave half a record, and two processes the same one twice.
        if len(found) * self._size < len(content):
            self._write(found)
        return found

    def append(self, vectors: Mapping[bytes, Small]) -> None:
        """Keep more of them. If the disk is full they are only not kept."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab", buffering=0) as file:
                file.write(_records(vectors))
        except OSError as error:
            log.warning("%s cannot be written: %s", self._file, error.strerror)

    def _write(self, vectors: Mapping[bytes, Small]) -> None:
        new = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(_records(vectors))
            new.replace(self._file)
        except OSError as error:
            log.warning("%s cannot be written: %s", self._file, error.strerror)


def _records(vectors: Mapping[bytes, Small]) -> bytes:
    return b"".join(part for digest, vector in vectors.items() for part in (digest, vector.tobytes()))
