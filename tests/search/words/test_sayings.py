"""Sayings, one a line, as the pattern that finds them."""

from __future__ import annotations

import re

import pytest

from bot.search.words.sayings import one_of

SAYINGS = re.compile(
    one_of(
        r"""
        (show|tell) (me|us)( the answer)?
            (again|once more)( please)?
        what was that

        zeig mir( die
            | deine)? antwort
            ( noch mal)?
        """
    )
)


@pytest.mark.parametrize(
    "said",
    [
        "show me again",
        "tell us the answer once more please",
        "what was that",
        "zeig mir antwort",
        "zeig mir deine antwort noch mal",
    ],
)
def test_each_saying_is_found_over_all_its_lines(said: str):
    assert SAYINGS.fullmatch(said)


@pytest.mark.parametrize("said", ["", "show me", "show meagain", "what was that zeig mir antwort", "again"])
def test_nothing_else_is(said: str):
    assert SAYINGS.fullmatch(said) is None


def test_nothing_is_captured():
    assert SAYINGS.groups == 0
