"""What can be a bot's token."""

from __future__ import annotations

import pytest

from bot.discord_ui.token_shape import wrong_with_token
from tests.support.local_discord import TOKEN


@pytest.mark.parametrize(
    ("token", "why"),
    [
        ("abc", "a token has three parts"),
        ("a.b", "a token has three parts"),
        ("a..b", "a token has three parts"),
        ("YWJj.b.c", "its first part is not the ID of an application"),
        ("ÿ.b.c", "its first part is not the ID of an application"),
        ("a.b.c", "its first part is not the ID of an application"),
        ("123456789012345678", "it is the application's ID"),
        ("0a" * 32, "it is the application's public key"),
        ("-Secret_" * 4, "it is the application's client secret"),
    ],
)
def test_what_people_copy_by_mistake_is_named(token, why):
    """An application's page shows four other texts, such as its ID; the error names the one that was copied."""
    assert wrong_with_token(token).startswith(why)
    assert token not in wrong_with_token(token)


def test_a_token_is_one():
    """Anything of the form of a token is passed on, as only Discord knows whether it is valid."""
    assert wrong_with_token(TOKEN) == ""
