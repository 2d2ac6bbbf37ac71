"""What holds for any question and any lessons, whether they are compared by words, the table or a model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.match import Match
from bot.search.meaning.minilm import MiniLM
from bot.search.meaning.model import Model
from bot.search.meaning.multilingual import Multilingual
from bot.search.meaning.nearness import VectorSource
from bot.search.meaning.table import TableSource
from tests.support.examples import examples
from tests.support.findable import ALIASES, ENTRIES, Findable

FORMS = ("words", "table", "model", "multilingual", "languages")
ANY = st.text(st.characters(), max_size=200)
# Words of several languages, with typos, so that each way through the ranking is taken.
SOME = st.lists(
    st.sampled_from("how do i not delte venv instead of wie lösche ich cómo borro 'pip' `is` == 😀 why".split())
).map(" ".join)
each_form = pytest.mark.parametrize("form", FORMS)


@cache
def sources(form: str) -> tuple[VectorSource, ...]:
    match form:
        case "table":
            return (TableSource(),)
        case "model":
            return Model(MiniLM()), TableSource()
        case "multilingual":
            return (Model(Multilingual(), understanding="multilingual"),)
        case "languages":
            return TableSource(), Model(Multilingual(), understanding="languages")
    return ()


def index_of(form: str, entries: Sequence[Findable] = ENTRIES) -> Index:
    return Index(entries, ALIASES, sources(form), wait=True)


@cache
def the_index(form: str) -> Index:
    return index_of(form)


def ranked(index: Index, question: str, limit: int = 10) -> list[Match]:
    """The ranking by the best understanding, which embeds the question if it has to."""
    return index.rank(question, limit, index.understandings[0])


@each_form
@settings(deadline=None, max_examples=examples(100))
@given(question=st.one_of(ANY, SOME), limit=st.integers(0, 8))
def test_any_question_is_ranked_best_first_within_the_limit(form, question, limit):
    """Any text is ranked without an error, and reproducibly: pastes, emoji, other alphabets."""
    index = the_index(form)
    ranking = ranked(index, question, limit)
    assert len(ranking) <= limit
    scores = [match.score for match in ranking]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)
    assert len({match.id for match in ranking}) == len(ranking)
    assert ranking == ranked(index, question, limit)
    assert 0 <= judge(ranking).probability <= 1


@each_form
@settings(deadline=None, max_examples=examples(20))
@given(
    entries=st.permutations(ENTRIES),
    question=st.sampled_from(["how do i activate", "venv", "make venv windows", "delet", "wie lösche ich das"]),
)
def test_the_order_of_files_and_entries_does_not_matter(form, entries, question):
    """Rankings do not depend on the order of files and entries, not even ties."""
    assert ranked(index_of(form, entries), question) == ranked(the_index(form), question)


@each_form
@settings(deadline=None, max_examples=examples(20))
@given(
    entries=st.lists(st.builds(Findable, st.uuids().map(str), ANY, st.tuples(ANY), ANY), max_size=5), question=ANY
)
def test_any_lesson_can_be_indexed(form, entries, question):
    """Entries in emoji, or without words, do not affect others."""
    for match in ranked(index_of(form, entries), question):
        assert 0 < match.score <= 100


@each_form
def test_the_authors_own_words_are_a_perfect_match(form):
    """An entry's own question and phrasings score 100, in any case, and are its answer."""
    for entry in ENTRIES:
        for text in (entry.question, *entry.phrasings):
            ranking = ranked(the_index(form), text.upper())
            assert (ranking[0].id, ranking[0].score, judge(ranking).sure) == (entry.id, 100, ranking[0])


@each_form
@pytest.mark.parametrize("question", ["", "   ", "?!", "😀", "\u200b\u202e", "\n\t", "\ud800"])
def test_a_question_without_a_word_finds_nothing(form, question):
    """A question without words gives an empty ranking."""
    assert ranked(the_index(form), question) == []


@each_form
def test_an_empty_library_knows_nothing(form):
    """An empty library gives an empty ranking."""
    assert ranked(index_of(form, []), "what is a venv") == []
    assert ranked(index_of(form, [Findable("a", "???", (), "!!!")]), "what is a venv") == []
