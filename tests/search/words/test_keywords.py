"""Operators, keywords and single letters find the entries about them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.words.keywords import Keywords, marked
from tests.support.findable import LateIndex, indexes

ENTRIES = (
    Row("with", "What does `with` do?", ("🐍",), "It closes what it opened."),
    Row("walrus", "What is `:=`?", (), "It assigns inside of an expression."),
    Row("equal", "What does `==` do?", (), "It compares values."),
    Row("is", "What does `is` do?", (), "It compares identities."),
    Row("in", 'What does "in" mean?', (), "It looks into a collection."),
    Row("power", "What is `**`?", (), "The power of a number."),
    Row("r", "What is R?", ("plot a histogram in R",), "A language for statistics."),
    Row("c", "What is C?", (), "A language for systems."),
    Row("env", "What is an `.env` file?", (), "It holds secrets."),
    Row("python", "Which Python version do I need?", (), "The newest."),
)
FORMS = indexes(ENTRIES)
PLAIN = LateIndex([Row("a", "What is a virtual environment?"), Row("b", "How do I install a package?")])


@pytest.mark.parametrize("index", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_is_found_by_its_own_question(index: Index, entry: Row):
    """An entry's own question finds it, as when it is chosen from autocomplete or a button."""
    for text in (entry.question, *entry.phrasings):
        assert not index.asks_nothing(text)
        sure = judge(index.rank(text)).sure
        assert sure
        assert sure.id == entry.id


@pytest.mark.parametrize("index", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("what does is do", "is"),
        ("wat does is do", "is"),
        ("hw do i use with", "with"),
        ("wats := for", "walrus"),
        ("what does == mean", "equal"),
        ("==", "equal"),
        ("what's := for?", "walrus"),
        ("how do i use with", "with"),
        ("explain `with` pls", "with"),
        ("hey can you tell me what 'in' does", "in"),
        ("what does ** do", "power"),
        ("r?", "r"),
        ("what is r", "r"),
        ("whats an .env file", "env"),
        ("🐍🐍", ""),
        ("was macht `is`?", "is"),
        ("qué es `:=`", "walrus"),
    ],
)
def test_a_keyword_is_a_word_where_a_question_is_about_it(index: Index, asked: str, id_: str):
    """A question about a keyword finds its entry, with backticks, quotes, or neither."""
    found = index.rank(asked)
    assert [match.id for match in found[:1]] == ([id_] if id_ else [])


def test_a_small_word_stays_one_in_a_library_without_it():
    """A small word is no keyword in a library without an entry about it, or in other questions."""
    assert PLAIN.asks_nothing("what is it")
    assert PLAIN.asks_nothing("🐍")
    assert FORMS["table"].asks_nothing("what is it")
    assert FORMS["table"].rank("which python version is the newest with windows")[0].id == "python"


@pytest.mark.parametrize("asked", ["What is `:=`?", "what does `with` do", "what is R?", "what does ~= do"])
def test_a_keyword_that_no_entry_is_about_finds_nothing_but_is_a_question(asked: str):
    """Nobody is offered what else "what is" begins with; the moderators see that somebody asked."""
    assert not PLAIN.asks_nothing(asked)
    assert PLAIN.rank(asked) == []


def test_a_difference_names_both():
    """For 'is vs ==', both entries are suggested, and neither is given as the answer."""
    for asked in (
        "is vs ==",
        "what is the difference between `is` and `==`?",
        "whats the difference between is and ==",
    ):
        judged = judge(FORMS["table"].rank(asked), public=True)
        assert {match.id for match in judged.possible} == {"is", "equal"}
        assert judged.sure is None


@pytest.mark.parametrize(
    "asked", ["difference between `yield` and `==`", "what is the difference between as and =="]
)
def test_one_of_two_keywords_is_no_answer_for_both(asked: str):
    """If no entry is about the other one, the entry on the first does not tell the difference."""
    assert judge(FORMS["table"].rank(asked), "eager").sure is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("¿Cuándo se usa por y cuándo para?", ["por", "para"]),
        ("¿por o para?", ["por", "para"]),
        ("explícame por y para", ["por", "para"]),
        ("no entiendo por y para", ["por", "para"]),
        ("cual es la diferencia entre por y para", ["por", "para"]),
        ("Wann benutzt man als und wann wenn?", ["als", "wenn"]),
        ("ich verstehe als und wenn nicht", ["als", "wenn"]),
        ("when do I use in and when on?", ["in", "on"]),
        ("i don't get in and on", ["in", "on"]),
        ("no entiendo nada de esto", []),
        ("ich verstehe es nicht", []),
        ("¿para qué se usa esto?", []),
    ],
)
def test_two_small_words_are_told_apart_in_each_language(text: str, found: list[str]):
    """Learners of a language ask for words that are small in all other questions."""
    assert list(dict.fromkeys(marked(text))) == [f"`{word}`" for word in found]


@settings(deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_any_text_has_keywords_or_none(text: str):
    """In any text, each known keyword is found once, and no others."""
    assert all(word.startswith("`") for word in marked(text))
    found = Keywords(marked(text)).of(text)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("text", ["what is " * 12, "do " * 33, "`" * 2000, "is or " * 16, ".a " * 600])
def test_no_text_takes_long_to_look_through(text: str):
    """No text takes long to search for keywords."""
    began = time.perf_counter()
    list(marked(text))
    assert time.perf_counter() - began < 0.5


def test_half_a_character_is_no_keyword():
    """A program may send one, and the stemmer refuses it."""
    assert Index([Row("half", "\ud800"), *ENTRIES]).rank("\ud800") == []


def test_a_sign_that_the_library_lacks_is_a_miss():
    """It is asked about; an emoji alone asks nothing."""
    index = Index(ENTRIES)
    assert not index.asks_nothing("what does ~= do")
    assert not index.asks_nothing("was bedeutet ~=")
    assert index.asks_nothing("😀")
    assert index.asks_nothing("???")
