"""A word that undoes another is read in all the ways in which members write it."""

from __future__ import annotations

import pytest

from bot.search.opposites.opposite_words import OppositeWords, undone_by
from bot.search.opposites.undoing import Undoing
from bot.search.words.wording import words

KNOWN = """
    mute unmute channel freeze unfreeze activate deactivate import export data play display use unused pin
""".split()
UNDOING = Undoing(KNOWN, OppositeWords())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("un-mute a channel", "unmute a channel"),
        ("how do i un mute a channel", "how do i unmute a channel"),
        ("de-activate it", "deactivate it"),
        ("undo the mute of a channel", "unmute of a channel"),
        ("the opposite of muting a channel", "the unmute a channel"),
        ("whats the opposite of an import", "what is the export"),
        ("opposite of unmute", "mute"),
        ("how do i stop freezing a row", "how do i unfreeze a row"),
        ("i no longer want to mute it", "i want to unmute it"),
        ("was ist das gegenteil von activate", "was ist das deactivate"),
        ("un-pin it", "unpin it"),
        # These undo nothing, or there is no word for it.
        ("stop playing music", "stop playing music"),
        ("stop using the channel", "stop using the channel"),
        ("cómo abro un mute", "como abro un mute"),
        ("undo my last message", "undo my last message"),
        ("stop the channel", "stop the channel"),
    ],
)
def test_undoing_is_read_as_one_word(text: str, read: str):
    """'Un-mute', 'undo mute' and 'the opposite of mute' find what 'unmute' finds."""
    assert " ".join(UNDOING.in_one_word(words(text, 20))) == read


def test_only_words_that_undo_something_do():
    """'Unpin' undoes a pin; 'until' and 'unique' undo nothing."""
    assert [undone_by(word) for word in ("unpin", "un-lock", "uninstall")] == ["pin", "lock", "install"]
    assert not any(map(undone_by, "until unless under unique unity uncle unzip undo un".split()))
