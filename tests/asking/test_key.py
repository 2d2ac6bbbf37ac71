"""The key of the votes: made once, kept beside the database."""

from __future__ import annotations

import os

import pytest

from bot.asking.vote_key import BYTES, NAME, key_in


def test_the_key_stays(tmp_path):
    """A second start counts the same member once."""
    key = key_in(tmp_path / "data")
    assert len(key) == BYTES
    assert key_in(tmp_path / "data") == key
    assert key_in(tmp_path / "other") != key


@pytest.mark.skipif(os.name != "posix", reason="other systems know no modes")
def test_only_the_bot_can_read_it(tmp_path):
    """Whoever has the database alone cannot tell who voted."""
    key_in(tmp_path)
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_a_torn_key_is_made_anew(tmp_path):
    """A process died while it wrote."""
    (tmp_path / NAME).write_bytes(b"half")
    assert len(key_in(tmp_path)) == BYTES
