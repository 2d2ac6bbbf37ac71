"""The index ranks entries for any question, fast and reproducibly."""

from __future__ import annotations

import random

import pytest
from hypothesis import strategies as st

from bot.lessons.library import Library
from bot.search.confidence import judge
from bot.search.index import Index
from tests.support.findable import ALIASES, ENTRIES, Findable, LateIndex
from tests.support.growth import seconds
from tests.support.shipped import KNOWLEDGE

INDEX = LateIndex(ENTRIES, ALIASES)
SHIPPED = Library.open(KNOWLEDGE).lessons
ANY = st.text(st.characters(), max_size=200)
TRACE = 'Traceback (most recent call last):\n  File "app.py", line 1, in <module>\n    import django\n' * 40


def best(question: str) -> str:
    return best_of(INDEX, question)


def best_of(index: Index, question: str) -> str:
    return index.rank(question)[0].id


@pytest.mark.parametrize("limit", [0, 1, 3, 6, 100])
def test_no_more_are_ranked_than_were_asked_for(limit):
    """At most `limit` entries are ranked, the best ones."""
    everything = INDEX.rank("virtual environment activate")
    assert len(everything) == 6
    assert INDEX.rank("virtual environment activate", limit) == everything[:limit]


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("WHAT IS A VENV", "what"),
        ("ｗｈａｔ ｉｓ ａ ｖｅｎｖ", "what"),
        ("créate a vénv", "create"),
        ("how do i make v env", "create"),
        ("how do i creat a virtal enviroment", "create"),
        ("delte venv", "delete"),
        ("actvate on windws", "windows"),
        ("hey guys pls, how 2 activate on linux??? thx", "linux"),
        ("Why do we need virtual environments?", "why"),
    ],
)
def test_a_question_in_somebodys_own_words_finds_its_entry(question, id_):
    """Typos, capitals, accents, aliases and small talk do not prevent the right entry from coming first."""
    assert best(question) == id_


@pytest.mark.parametrize(
    "question", ["delete", "delete my account", "windows", "make", "how do i exit linux", "venv linux"]
)
def test_a_single_shared_word_is_never_sure(question):
    """One common word, as in 'Delete my account', is not enough for an answer."""
    many = Index([*ENTRIES, *(Findable(f"x{n}", f"topic{n} thing{n}") for n in range(40))])
    assert judge(many.rank(question)).sure is None


def test_an_author_may_ask_in_one_word():
    """A phrasing of one word is answered if a member types that word."""
    index = Index([Findable("pipx", "What is pipx for?", ("pipx",)), *ENTRIES])
    assert index.rank("pipx?")[0].score == 100


def test_what_an_answer_says_is_found():
    """An entry is found by words that are only in its answer."""
    assert best("two versions of django") == "why"


def test_a_thousand_unrelated_entries_turn_hardly_an_answer_wrong():
    """With a thousand more entries, fewer than one in a hundred right answers becomes wrong."""
    chance = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    made_up = ["".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(3000)]
    unrelated = [
        Findable(f"u{n}", " ".join(chance.choices(made_up, k=6)), (" ".join(chance.choices(made_up, k=5)),))
        for n in range(1000)
    ]
    shipped = [Findable(e.id, e.question, e.phrasings, e.answer) for e in SHIPPED.entries.values()]
    asked = [(text, e.id) for e in shipped for text in (e.question, *e.phrasings)]
    few, many = Index(shipped, SHIPPED.aliases), Index([*shipped, *unrelated], SHIPPED.aliases)
    right = [(text, id_) for text, id_ in asked if few.rank(text)[0].id == id_]
    turned = [text for text, id_ in right if many.rank(text)[0].id != id_]
    assert len(turned) < len(right) / 100


def test_a_huge_library_is_ranked_too():
    """A library can have more than 65,536 entries."""
    many = Index(Findable(f"e{n:05}", f"topic{n} subject") for n in range(2**16 + 2))
    assert best_of(many, "where topic65537 ends") == "e65537"
    assert best_of(many, "where topic7 ends") == "e00007"


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("enviromnent", "environment"), ("activte", "activate"), ("dleete", "delete"), ("windowss", "windows")],
)
def test_a_slip_of_the_finger_is_mended(slip, meant):
    """A word with one letter removed, added, changed or swapped is corrected."""
    assert INDEX.rank(slip) == INDEX.rank(meant)


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("will", "bill"),
        ("help", "held"),
        ("mein", "main"),
        ("para", "park"),
        ("hold", "told"),
        ("think", "thank"),
    ],
)
def test_small_and_common_words_are_no_slips(word, known):
    """In a library without the word "think", it is not read as "thank"; a word with a letter too many is."""
    index = Index([Findable("one", f"Where is the {known} one?"), Findable("other", "How do I print?")])
    assert not any(match.words for match in index.rank(word))
    assert index.rank(f"{known[:2]}{known[1:]}")[0].words > 0


def test_words_run_together_are_parted():
    """Words that were joined by mistake, as in 'createa venv', are separated."""
    assert best("howto createvirtual environment") == "create"


@pytest.mark.parametrize(
    "question",
    ["a" * 10_000, "venv " * 800, TRACE, "".join(random.Random(1).choices("abcdefghij ", k=4000)), "x y z " * 700],
    ids=["one letter", "one word", "a stack trace", "noise", "letters"],
)
def test_a_long_question_is_answered_in_no_time(question):
    """A pasted log is answered fast, so that others do not have to wait."""
    many = Index(
        Findable(f"e{n}", f"question {n} about topic{n % 50}", ("a b c",), f"word{n} " * 50) for n in range(500)
    )
    assert seconds(lambda: many.rank(question), 3) < 0.5


def test_a_word_that_nearly_every_entry_holds_finds_nothing_rather_than_failing():
    """A question with a single word that nearly every entry has finds nothing, without an error."""
    many = [
        Findable(f"e-{n}", f"What is thing {n}?", (f"thing number {n}",), "It is a thing.") for n in range(3000)
    ]
    ranking = Index(many).rank("what is the weather of what it is")
    assert all(match.score > 0 for match in ranking)
    assert judge(ranking).sure is None
