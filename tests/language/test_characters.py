"""Invisible characters are allowed where a language needs them, and refused or escaped elsewhere."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.characters import one_line, printed, printed_json, refused, unseen, visible

NEEDED = {
    "Persian": "می‌خواهم بدانم",
    "Persian, a form alone": "\u200dه\u200d",
    "Arabic with a mark": "برنامج C++\u200f هنا",
    "Hebrew with a mark": "שפת C++\u200f!",
    "Hindi": "क्\u200dष",
    "Bengali": "র\u200d্য",
    "Thai": "ภาษา\u200bไทย",
    "Khmer": "ភាសា\u200bខ្មែរ",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ\u180bᠠ",
    "a family": "👩\u200d👩\u200d👧",
    "a profession": "👩🏽\u200d💻",
    "a heart": "❤\ufe0f\u200d🔥",
    "a nod": "🙂\u200d↔\ufe0f",
    "a key": "1\ufe0f\u20e3",
    "Scotland": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "Chinese": "葛\U000e0100城",
    "code": "a\tb\r\nc\n",
}


@pytest.mark.parametrize("text", NEEDED.values(), ids=NEEDED)
def test_what_a_language_or_an_emoji_needs_is_a_character_like_any_other(text):
    """Joiners and direction marks are allowed where a script or an emoji needs them."""
    assert refused(text) is None
    assert list(unseen(text)) == []
    assert visible(text) == text
    assert printed(text) == text


REFUSED = (
    "\x00 \x07 \x08 \x0b \x1b \x7f \x80 \x85 \x9b \u2028 \u2029 \u202a \u202e \u2066 \u2069 \ufff9 \ud800 \ufffe "
    "\r \u200b \u200c \u200d \u2060 \u2063 \u206a \ufeff \U000e0041"
).split(" ")


@pytest.mark.parametrize("character", REFUSED, ids=[f"{ord(each):X}" for each in REFUSED])
def test_what_does_something_else_than_being_seen_is_refused_and_escaped(character):
    """Invisible characters between letters that do not need them are refused in lessons, and escaped in output."""
    text = f"a{character}b"
    assert refused(text) == character
    for shown in (visible(text), one_line(text), printed(text)):
        assert character not in shown
        assert f"{ord(character):x}" in shown.lower()


@pytest.mark.parametrize("character", ["\u00ad", "\u034f", "\u200e", "\u200f", "\u061c", "\u3164", "\ufe0f\ufe0f"])
def test_what_is_of_no_use_and_no_harm_is_told(character):
    """Harmless invisible characters, which come from copied pages, are reported as advice."""
    text = f"a{character}b"
    assert refused(text) is None
    assert list(unseen(text)) == [character[0]]
    assert character not in visible(text)


@given(st.text())
def test_whatever_is_printed_moves_no_cursor_and_ends_no_line(text):
    """Any printed text is safe: it moves no cursor and stays on its line."""
    shown = one_line(text)
    assert all(unicodedata.category(each) not in {"Cc", "Zl", "Zp", "Cs"} or each == "\t" for each in shown)
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068") & set(shown)
    assert one_line(shown) == shown, "it is not escaped twice"


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("::error::no", "\\x3a:error::no"),
        ("a\n  ::set-output name=x::y", "a\n  \\x3a:set-output name=x::y"),
        ("\u3000::ADD-MASK::x", "\u3000\\x3a:ADD-MASK::x"),
        ("so ##[error]no", "so #\\x23[error]no"),
        ("##vso[task.setvariable]x", "#\\x23vso[task.setvariable]x"),
        ("a ::error::", "a ::error::"),
        ("::std::cout << 1;\n::\n## [x]", "::std::cout << 1;\n::\n## [x]"),
    ],
)
def test_a_printed_line_is_no_command_to_a_workflow(text, harmless):
    """No printed line is a workflow command: GitHub runs `::error::` at its start, `##[error]` anywhere."""
    assert printed(text) == harmless


@given(st.text())
def test_json_stays_the_same_data(text):
    """Printed JSON is safe for terminals, and its data is unchanged."""
    written = json.dumps([text + "\x7f\u202e\U000e0041##[error]"], ensure_ascii=False)
    shown = printed_json(written)
    assert json.loads(shown) == json.loads(written)
    assert not set("\x7f\u202e\U000e0041\x9b\u2028") & set(shown)
    assert "##[" not in shown
