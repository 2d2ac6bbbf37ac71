"""YAML is parsed only after it was found harmless."""

from __future__ import annotations

import pytest
import yaml

from bot.lessons.nodes import (
    MAX_ALIASES,
    MAX_DEPTH,
    MAX_PARTS,
    LineNumbers,
    UnreadableError,
    compose,
    cut_short,
    decode,
)


def test_lines_are_counted_as_an_editor_counts_them():
    """A message has the line number that editors show."""
    lines = LineNumbers("a\nb\r\nc\rd\u2028d")
    assert [lines.at("a\nb\r\nc\rd\u2028d".index(each)) for each in "abcd"] == [1, 2, 3, 4]
    assert lines.at(2) == 2


def test_a_byte_order_mark_is_no_part_of_the_text():
    """Files of Windows' Notepad are read like all others."""
    assert decode(b"\xef\xbb\xbfa\r\n") == "a\r\n"


@pytest.mark.parametrize("text", ["é", "😀", "\xa0", "\ufffd", "\t\r\n", "می\u200cشود", "\u200b"])
def test_every_character_that_people_type_is_read(text):
    """Letters of all languages and emoji are accepted."""
    assert decode(text.encode()) == text


@pytest.mark.parametrize("code", [0, 7, 0x1B, 0x7F, 0x80, 0x85, 0x2028, 0x202E, 0x2066, 0xFFFE, 0xFFFF])
def test_a_control_character_is_named_with_its_line(code):
    """An editor does not show it, so the message names its line."""
    with pytest.raises(UnreadableError) as caught:
        decode(f"a\nb{chr(code)}".encode())
    assert (caught.value.line, caught.value.what) == (2, f"contains the control character U+{code:04X}; remove it")


def test_the_limits_are_what_is_still_read():
    """A file exactly at each limit is accepted."""
    assert compose("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert compose("[&a a" + ", *a" * MAX_ALIASES + "]")
    assert compose("[" + "a," * (MAX_PARTS - 1) + "]")
    with pytest.raises(UnreadableError, match="nested"):
        compose("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    with pytest.raises(UnreadableError, match="aliases"):
        compose("[&a a" + ", *a" * (MAX_ALIASES + 1) + "]")
    with pytest.raises(UnreadableError, match="parts"):
        compose("[" + "a," * MAX_PARTS + "]")


def test_comments_alone_are_no_document():
    """The result is None, which is not the same as an empty text."""
    assert compose("# a\n") is None
    assert isinstance(compose("''"), yaml.ScalarNode)


def test_a_long_quotation_is_cut():
    """A message quotes only as much of a file as is needed to find the place."""
    assert cut_short("a" * 60) == "a" * 60
    assert cut_short("a" * 61) == "a" * 59 + "…"
