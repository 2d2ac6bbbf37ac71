"""Text fits Discord's limits, nothing is lost, and every page is valid Markdown by itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord_ui.kit.markdown import escaped, pages, plain_name, shorten

LIMITS = st.integers(100, 600)
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Z", "Cc"], exclude_characters="`"), min_size=1, max_size=30
)
GAPS = st.sampled_from([" ", " ", " ", "\n", "\n\n", "\r\n", "  \n", "\n    "])
PROSE = st.lists(st.tuples(WORDS, GAPS), max_size=150).map(lambda pairs: "".join(map("".join, pairs)))
CODE = st.tuples(st.sampled_from(["", "python", "c++", "powershell"]), PROSE).map(
    lambda pair: f"```{pair[0]}\n{pair[1]}\n```"
)
LESSON = st.lists(st.one_of(PROSE, CODE), max_size=6).map("\n\n".join)


def without_fences(text: str) -> str:
    return "".join(re.sub(r"```(?:[\w+.#-]{1,20}(?=\n))?", " ", text.replace("\r\n", "\n") + "\n").split())


@settings(deadline=None)
@given(LESSON, LIMITS)
def test_nothing_is_lost_nothing_is_over_the_limit_and_every_fence_is_closed(text, limit):
    """Members can read all of a long answer, and code stays code."""
    out = pages(text, limit)
    assert all(0 < len(page) <= limit for page in out)
    assert all(page.strip() for page in out), "Discord refuses an empty text"
    assert all(page.count("```") % 2 == 0 for page in out)
    assert not any("\r" in page for page in out)
    assert "".join(map(without_fences, out)) == without_fences(text)


@settings(deadline=None)
@given(st.text(st.sampled_from("`` a\n\r\t é😀~"), max_size=800), LIMITS)
def test_no_text_however_broken_goes_over_the_limit(text, limit):
    """Discord accepts every page, even of endless backticks or only spaces."""
    out = pages(text, limit)
    assert all(0 < len(page) <= limit and page.strip() for page in out)
    assert re.sub(r"[\s`]", "", "".join(out)) == re.sub(r"[\s`]", "", text)


@settings(deadline=None)
@given(PROSE, LIMITS)
def test_only_a_word_longer_than_a_page_is_broken(text, limit):
    """All other pages end between words."""
    assert " ".join(pages(text, limit)).split() == text.split()


def test_a_text_that_fits_stays_as_it_is():
    """Also a text of exactly the maximum length, and one with a code block at its end."""
    for text in ("x" * 100, "a\n\n" + "b" * 97, "```\n" + "c" * 92 + "\n```"):
        assert len(text) == 100
        assert pages(text, 100) == [text]
    assert pages("", 100) == []
    assert pages(" \n\n ", 100) == []


def test_pages_end_at_paragraphs_where_they_can():
    """Pages break where the author began a new paragraph."""
    text = "\n\n".join(["word " * 15] * 4).strip()
    assert [page.count("word") for page in pages(text, 200)] == [30, 30]


def test_code_goes_on_in_its_language():
    """The second half of a long code block is colored like the first."""
    text = "Type:\n```python\n" + "\n".join(f"print({n})" for n in range(60)) + "\n```\nDone."
    first, *more = pages(text, 200)
    assert first.startswith("Type:\n```python\nprint(0)\n")
    assert first.endswith("\n```")
    assert all(page.startswith("```python\nprint(") for page in more)
    assert more[-1].endswith("print(59)\n```\nDone.")


def test_a_long_first_line_of_a_block_is_not_taken_for_its_language():
    """It is code, and is not repeated on each page."""
    text = "```" + "no language, " * 6 + "\n" + "code\n" * 60 + "```"
    out = pages(text, 120)
    assert "".join(out).count("no language") == 6
    assert all(page.count("```") == 2 for page in out)


def test_a_block_ends_where_its_author_ended_it():
    """No page begins with an empty code block."""
    for size in range(60, 110):
        for page in pages("```\n" + "c" * size + "\n```\n" + "word " * 30, 100):
            assert not re.search(r"```\w*\s*```", page), page


def test_wherever_a_page_ends_around_a_fence_it_is_whole():
    """Before, in or after the fence, with or without a space to break at."""
    for size in range(40, 110):
        for before, code in ((("word " * 30)[:size], "print(1)\n" * 30), ("x" * size, "y" * 200)):
            out = pages(f"{before}```python\n{code}\n```", 100)
            assert all(len(page) <= 100 and page.count("```") % 2 == 0 for page in out)
            assert not any(re.search(r"```(?:python)?\s*```", page) for page in out)
            assert "".join(map(without_fences, out)) == without_fences(before + code)


def test_a_gap_longer_than_a_page_is_no_page():
    """Discord refuses a message of only spaces."""
    assert [page.strip() for page in pages("a" + " " * 500 + "b", 100)] == ["a", "b"]


def test_one_word_of_9000_characters_is_cut_only_where_a_page_is_full():
    """A pasted key or an unbroken text arrives completely."""
    out = pages("x" * 9000, 3500)
    assert "".join(out) == "x" * 9000
    assert len(out) == 3


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(1, 120))
def test_a_shortened_text_fits_on_one_line(text, limit):
    """Labels and menus are never refused for their length."""
    short = shorten(text, limit)
    assert len(short) <= limit
    assert "\n" not in short
    if len(" ".join(text.split())) <= limit:
        assert short == " ".join(text.split())
    else:
        assert short.endswith("…")


def test_a_text_is_shortened_at_a_word():
    """'How do I…' and not 'How do I crea…'."""
    assert shorten("How do I create a virtual environment?", 20) == "How do I create a…"
    assert shorten("Donaudampfschifffahrtsgesellschaft", 10) == "Donaudamp…"


HIDDEN = "[a](b) **bold** [Rules](https://e.org)"


@pytest.mark.parametrize("show", [escaped, plain_name])
def test_no_sign_of_a_members_text_has_an_effect(show):
    """Between two masked links, too: a member's name or words must not hide a link behind other words."""
    for text in (HIDDEN, "[[x]](https://e.org)", "<@1> </ask:1> <t:1:R> <:a:1>", "||s|| `c` ~~d~~ _e_ \\[f](g)"):
        bare = re.sub(r"https?://\S+", "", re.sub(r"\\.", "", show(text)))
        assert not re.search(r"[\\*_~|`\[<]", bare), show(text)
    assert escaped("# a\n> b\n-# c\n- d #e") == "\\# a\n\\> b\n\\-# c\n\\- d #e"
    assert escaped("  - a\n   > b\n # c") == "  \\- a\n   \\> b\n \\# c", "also where the line is indented"


def test_a_web_address_stays_as_it_is():
    """A backslash would be a part of it; in a name, it is no link."""
    for text in ("https://e.org/a_b_c", "<https://e.org/a_b>"):
        assert escaped(f"{text} *c*") == f"{text} \\*c\\*"
    assert "://" not in plain_name("https://e.org/a_b")
