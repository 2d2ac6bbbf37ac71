"""What is logged of a question: one line that names nobody."""

from __future__ import annotations

import pytest

from bot.asking.cleaning import clean


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("<@123> what is a venv", "what is a venv"),
        ("ask <@!1>, <@&2> in <#3> at <t:4:R> with </ask:5> <a:party:6>", "ask , in at with"),
        ("@everyone and @here: why?", "everyone and here: why?"),
        ("mail me at mia@example.org", "mail me at mia@example.org"),
        ("why <@١> and not 1", "why <@١> and not 1"),
        ("<@1>" * 1000 + " " + "x" * 10**6, ""),
        ("one\n\ntwo\tthree\u200b\u202efour\x00", "one two three four"),
        ("[what is a venv](https://evil.example/)", "[what is a venv](https://evil.example/)"),
        ("ما هي البيئة؟", "ما هي البيئة؟"),
        ("x" * 2000, "x" * 500),
        (" \n ", ""),
    ],
)
def test_a_question_is_one_line_without_mentions(said, kept):
    """The log of questions never contains the members who were mentioned."""
    assert clean(said) == kept
