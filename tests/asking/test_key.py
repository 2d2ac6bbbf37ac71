"""The key of the votes: the same after each start, and in no file."""

from __future__ import annotations

from bot.asking.vote_key import delete_old_key, key_from

TOKEN = "MTIz.abc.def"


def test_a_restart_counts_the_same_member_once():
    """As long as the token stays."""
    assert key_from(TOKEN) == key_from(TOKEN)
    assert key_from(TOKEN) != key_from(TOKEN + "g")
    assert len(key_from(TOKEN)) == 32


def test_the_key_does_not_hold_the_token():
    """Whoever sees one does not have the other."""
    assert TOKEN.encode() not in key_from(TOKEN)


def test_the_key_of_an_earlier_version_is_deleted(tmp_path, caplog):
    """It lay beside the database, where a backup includes both; the log says so once."""
    caplog.set_level("INFO")
    (tmp_path / "votes.key").write_bytes(b"key")
    delete_old_key(tmp_path)
    assert not list(tmp_path.iterdir())
    delete_old_key(tmp_path)
    assert caplog.text.count("deleted votes.key") == 1
