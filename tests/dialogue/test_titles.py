"""Questions and titles are seen as their authors wrote them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.titles import plain_title, title_in

SIGNS = st.text(st.sampled_from("ab _*~|\\`[]()-#"), max_size=20)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("What does __init__ do?", r"What does \_\_init\_\_ do?"),
        ("What are *args and **kwargs?", r"What are \*args and \*\*kwargs?"),
        ("What does `__init__` do to a_b?", r"What does `__init__` do to a\_b?"),
        ("Is ``a `_b_` c`` code?", "Is ``a `_b_` c`` code?"),
        ("What is [this](https://a_b.c)?", r"What is \[this](https://a_b.c)?"),
        ("Why is list[int] no type?", "Why is list[int] no type?"),
        ("Is https://docs.example/a_b_c right?", "Is https://docs.example/a_b_c right?"),
        (r"What is C:\temp?", r"What is C:\\temp?"),
        ("Dashes - and # hashes", "Dashes - and # hashes"),
    ],
)
def test_signs_are_seen_and_code_stays_code(title: str, shown: str):
    """Discord would draw "__init__" as an underlined word without its underscores."""
    assert plain_title(title) == shown


@given(SIGNS)
def test_a_title_is_read_back_from_what_is_shown(title: str):
    """A member may reply to an answer, whose question is read from its heading."""
    assert title_in(plain_title(title)) == title
