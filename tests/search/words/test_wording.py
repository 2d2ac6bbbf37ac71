"""The words of texts, without case, accents and chat spellings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.words.wording import Aliases, fold, says_nothing, words
from tests.support.growth import seconds

ANY = st.text(st.characters())  # with lone surrogates, which a broken paste can have
MANY = 60
VENV = Aliases({"virtual environment": ["venv", "virtual env", "v env"], "pip": ["package installer for python"]})


def spoken(text: str) -> list[str]:
    return VENV.replace(words(text, MANY))


@settings(deadline=None)
@given(ANY)
def test_no_text_is_too_odd(text):
    """Any text can be divided into words without an error."""
    assert all(isinstance(word, str) and word for word in words(text, MANY))
    assert len(words(text, MANY)) <= MANY
    assert says_nothing(text) in {True, False}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Django", "DJANGO"),
        ("café", "cafe\u0301"),
        ("Ça crée", "ca cree"),
        ("Ｄｊａｎｇｏ ５", "django 5"),
        ("straße", "STRASSE"),
        ("what’s", "what's"),
        ("don't", "dont"),
        ("ﬁle", "file"),
        ("İstanbul", "istanbul"),
    ],
)
def test_the_same_word_in_another_spelling_is_the_same(one, other):
    """Accents, kinds of quotes and capitals do not matter, as phones change them."""
    assert words(one, MANY) == words(other, MANY)


@settings(deadline=None)
@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), max_size=30))
def test_case_never_matters(text):
    """Upper and lower case give the same words."""
    assert fold(text.upper()) == fold(text.lower().upper())


@pytest.mark.parametrize("spelt", ["venv", "virtual env", "v env", "Virtual Env", "VENV", "virtual environment"])
def test_other_names_become_the_one_name(spelt):
    """Aliases are replaced by their name: members say venv, lessons say virtual environment."""
    assert spoken(f"delete {spelt} now") == ["delete", "virtual", "environment", "now"]


def test_a_long_name_becomes_a_short_one():
    """The longest alias is replaced, and only whole words count."""
    assert spoken("package installer for python broken") == ["pip", "broken"]
    assert spoken("package installer broken") == ["package", "installer", "broken"]
    assert spoken("venvs") == ["venvs"]


@pytest.mark.parametrize(
    "text", ["", "   ", "hi!", "thanks for that!", "😀🎉", "???", "\u202e\u200b", "what is it"]
)
def test_nothing_to_look_for_is_noticed(text):
    """A text without content words is recognized."""
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["why", "pip?", "where is it", "venv", "Привет", "虚拟环境", "سلام"])
def test_one_word_that_means_something_is_enough(text):
    """A text with one content word, in any alphabet, can be searched."""
    assert not says_nothing(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`pip install -r`", ["pip", "install", "r", "-r"]),
        ("where is .venv?", ["where", "is", "venv", ".venv"]),
        ("what does __init__ do", ["what", "does", "init", "__init__", "do"]),
        ("C++ or C#", ["c", "c++", "or", "c", "c#"]),
        ("python 3.12", ["python", "3", "12", "3.12"]),
        ("requirements.txt.", ["requirements", "txt", "requirements.txt"]),
        ("(really?)", ["really"]),
    ],
)
def test_code_is_kept_whole_and_in_parts(text, expected):
    """`.venv` is found by 'venv', and the reverse. A full stop is not part of a word."""
    assert words(text, MANY) == expected


def test_a_script_without_spaces_has_words_too():
    """虚拟环境 is found in a sentence without spaces."""
    assert set(words("虚拟环境", MANY)) & set(words("什么是虚拟环境", MANY))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("wats a venv", "what is a venv"),
        ("whrs pip", "where is pip"),
        ("hwd you do it", "how did you do it"),
        ("howdya make it", "how did you make it"),
        ("wuts that", "what is that"),
    ],
)
def test_abbreviated_question_words_have_endings_too(written: str, meant: str):
    """ "Wats" is "what is", as "whats" is."""
    assert words(written, 20) == words(meant, 20)


def test_chat_spelling_is_spelt_out():
    """Chat spellings are replaced: "y do i need it" is "why do i need it"."""
    assert words("y do u need it pls", MANY) == ["why", "do", "you", "need", "it", "please"]


@pytest.mark.parametrize("text", ["a" * 1_000_000, "venv " * 200_000, "v env " * 100_000, "é\u0301" * 300_000])
def test_a_text_without_end_takes_no_time_without_end(text):
    """Only the beginning of a very long text is read, as a terminal has no limit."""
    assert len(spoken(text)) <= 2 * MANY
    assert seconds(lambda: spoken(text), 1) < 1
