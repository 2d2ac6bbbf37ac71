"""A source is known by the end of its path: only that is left of it in an upload."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lessons.ids import ascii_name
from bot.lessons.intake.last_import import SourceNames

NAMES = st.lists(st.sampled_from(["docs", "faq", "FAQ.md", "All FAQ.md", "All_FAQ.md"]), max_size=4).map("/".join)


@pytest.mark.parametrize(
    ("known", "name", "same"),
    [
        (["docs/All FAQ.md", "docs/FAQ.md"], "All_FAQ.md", ["docs/All FAQ.md"]),
        (["FAQ.md", "docs/FAQ.md", "wiki/FAQ.md", "MyFAQ.md"], "wiki/FAQ.md", ["wiki/FAQ.md", "FAQ.md"]),
        (["FAQ.md (2)", "Q.md"], "docs/FAQ.md", ["FAQ.md (2)"]),
    ],
)
def test_a_name_can_mean_each_file_whose_path_ends_alike(known: list[str], name: str, same: list[str]):
    """With or without a number, and with the letters that Discord replaces."""
    assert SourceNames(known).same_as(name) == same


@given(st.sets(NAMES), NAMES)
def test_no_name_is_forgotten(known: set[str], name: str):
    """What is found is the same as if each name were compared."""

    def ends_alike(other: str) -> bool:
        parts = [tuple(map(ascii_name, PurePosixPath(each).parts)) for each in (name, other)]
        shorter, longer = sorted(parts, key=len)
        return bool(shorter) and longer[-len(shorter) :] == shorter

    assert sorted(SourceNames(known).same_as(name)) == sorted(filter(ends_alike, known))
