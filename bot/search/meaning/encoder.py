"""The interface of everything that turns texts into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors: texts that mean the same get vectors with nearly the same direction."""

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """An array of shape (texts, dimensions): for each text a unit vector, or zeros if no word is known."""
        ...


def unit(rows: Vectors) -> Vectors:
    """These rows scaled to length 1; zeros stay zeros."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    result: Vectors = rows / np.maximum(lengths, np.float32(1e-9))
    return result
