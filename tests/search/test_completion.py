"""Autocomplete finds exactly the texts that contain the typed piece."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.search.completion import MOST, Completion, MostCounted, Titled, begins_a_word, piece_of

QUESTIONS = Completion(
    [
        Titled("install", ("How do I install a package?",), ("get a library",)),
        Titled("uninstall", ("How do I uninstall a package?",)),
        Titled("german", ("Wie läuft die Paketinstallation?", "How does it go?"), ("Pakete holen",)),
        Titled("hidden", ("What is a `.venv`?",)),
        Titled("japanese", ("仮想環境とは何ですか",)),
    ]
)
SOME = st.text(st.sampled_from("ab é?İß日\x00\ud800"), max_size=12)
ANY = st.one_of(SOME, st.text(max_size=30))


@pytest.mark.parametrize(
    ("typed", "in_words", "inside_words", "in_others"),
    [
        ("INSTALL", ["install"], ["uninstall", "german"], []),
        ("how do", ["install", "uninstall", "german"], [], []),
        ("how  do i install a pack", ["install"], [], []),
        ("lauft", ["german"], [], []),
        ("package", ["install", "uninstall"], [], []),
        ("lib", [], [], ["install"]),
        ("環境", [], ["japanese"], []),
        (".ve", ["hidden"], [], []),
        ("how do i uninstall a packages", [], [], []),
        ("\u0301", [], [], []),
    ],
)
def test_a_piece_finds_what_holds_it(typed, in_words, inside_words, in_others):
    """Case, accents and spaces do not matter; texts that begin with the piece come first."""
    assert list(dict.fromkeys(QUESTIONS.in_words(typed).ids)) == in_words
    assert list(dict.fromkeys(QUESTIONS.inside_words(typed))) == inside_words
    assert list(dict.fromkeys(QUESTIONS.in_others(typed))) == in_others


@example(texts=["a ?b", "a?b", "?", "é?"], typed="?")
@given(st.lists(ANY, max_size=6), ANY)
def test_every_text_that_holds_a_piece_is_found_and_no_other(texts, typed):
    """The result is the same as that of a search through all texts, for any texts and piece."""
    completion = Completion([Titled(str(n), (text,)) for n, text in enumerate(texts)])
    piece = piece_of(typed)
    held = {str(n) for n, text in enumerate(texts) if piece and piece in piece_of(text)}
    begun = {str(n) for n, text in enumerate(texts) if piece_of(text).startswith(piece)}
    in_words = set(completion.in_words(typed).ids)
    assert in_words | set(completion.inside_words(typed)) == held
    assert in_words == {id_ for id_ in held if begins_a_word(piece, texts[int(id_)])}
    assert set(completion.beginning(typed)) == begun


def test_what_stands_everywhere_is_not_read_to_the_end():
    """Of a common piece, only some places are looked at, from all parts of the library, unless all are wanted."""
    texts = [f"a thing of number {n}" for n in range(3 * MOST)]
    completion = Completion([Titled(str(n), (text,)) for n, text in enumerate(texts)])
    some = [int(id_) for id_ in completion.in_words("a thing").ids]
    assert MOST / 2 <= len(some) <= MOST
    assert some[0] < MOST < 2 * MOST < some[-1]
    assert not completion.in_words("a thing").are_all
    assert completion.in_words("a thing of number 7").are_all
    assert len(list(completion.beginning("a thing"))) == 3 * MOST


def test_it_takes_a_few_bytes_a_letter():
    """Shown texts take five bytes a letter, others one a letter and four a word; each text takes eight more."""
    shown, other = "what is a cup", "why a mug"
    completion = Completion([Titled(str(n), (shown,), (other,)) for n in range(1000)])
    most = 5 * len(shown) + len(other) + 4 * len(other.split()) + 2 * (8 + 1)
    assert completion.nbytes <= 1000 * most + 100


def test_the_ids_counted_most_come_first():
    """The ids that were counted most come first, including latecomers; no more than the limit."""
    counted = MostCounted(2)
    for id_ in ("a", "b", "b", "c", "c", "c", "a", "a", "a"):
        counted.count(id_)
    assert counted.ids == ["a", "c"]
