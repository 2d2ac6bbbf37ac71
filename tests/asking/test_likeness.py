"""The similarity of texts is exact, however many texts have a feature."""

from __future__ import annotations

from array import array
from random import Random

import numpy as np
import pytest

from bot.asking.likeness import Features, likeness


def plainly(texts: int, views: list[Features]) -> np.ndarray:
    """The same, worked out in the plainest way: one column a feature."""
    alike = np.zeros((texts, texts))
    for view in views:
        held = [set(array("I", names)) for names in view.names]
        features = sorted({feature for each in held for feature in each})
        holds = np.array([[feature in each for feature in features] for each in held], dtype=float)
        holds *= np.log1p(texts / holds.sum(axis=0))
        holds /= np.maximum(np.sqrt((holds**2).sum(axis=1)), 1e-9)[:, np.newaxis]
        alike += view.weight * (holds @ holds.T)
    return alike


@pytest.mark.parametrize("different", [3, 30, 2000])
def test_every_pair_is_as_alike_as_its_features_say(different: int):
    """Holds if all texts share features or hardly any do, with repeated features and texts without any."""
    random = Random(different)
    names = [array("I", random.choices(range(different), k=random.randint(0, 20))).tobytes() for _ in range(120)]
    more = [array("I", random.choices(range(9), k=3)).tobytes() for _ in range(120)]
    views = [Features(names, 0.6), Features(more, 0.4)]
    lower = np.tril_indices(120, -1)
    assert np.allclose(likeness(120, views)[lower], plainly(120, views)[lower], atol=1e-5)


def test_no_text_is_like_no_other():
    """An empty list of texts causes no error."""
    assert likeness(0, [Features([], 1.0)]).shape == (0, 0)
