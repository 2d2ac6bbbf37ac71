"""A cache of vectors on disk, so that a restart does not embed texts again.

The file has records of one size: the digest of a text, then a byte for each dimension. New records are appended.
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
    """The cache file of one model."""

    def __init__(self, file: Path, dimensions: int) -> None:
        self._file, self._size = file, DIGEST + dimensions

    def read(self) -> dict[bytes, Small]:
        """All cached vectors by digest; empty if there is no file, or if it cannot be read."""
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
        # After a kill, the last record can be incomplete; two processes can write the same record twice.
        if len(found) * self._size < len(content):
            self._write(found)
        return found

    def append(self, vectors: Mapping[bytes, Small]) -> None:
        """Add vectors to the file. If the disk is full, they are not kept."""
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
