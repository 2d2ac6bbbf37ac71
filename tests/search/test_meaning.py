"""Comparison by meaning, with the table of word pieces and with a model."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.meaning.minilm import MiniLM
from bot.search.meaning.model import Model
from bot.search.meaning.nearness import CHUNK_WORDS, EntryTexts, Nearness, chunks_of
from bot.search.meaning.table import FILE, TableSource, known_pieces, load_table, vocabulary
from bot.search.meaning.word_pieces import WordPieces
from tests.support.findable import Findable, LateIndex

ENTRIES = (
    Findable("delete", "How do I delete a file?", ("get rid of a file",), "Use os.remove."),
    Findable("copy", "How do I copy a folder?", ("duplicate a directory",), "Use shutil.copytree."),
    Findable("pay", "How much does the course cost?", ("price of the lessons",), "It is free."),
    Findable("time", "When does the class begin?", ("start of the lesson",), "At nine."),
)
INDEX = LateIndex(ENTRIES, {}, (TableSource(),))
ANY = st.text(st.characters(), max_size=200)


@settings(deadline=None)
@given(ANY)
def test_whatever_is_written_becomes_a_vector(text):
    """Any text becomes a vector: of length 1, or zeros if no word is known."""
    (vector,) = load_table().encode([text])
    assert vector.dtype == np.float32
    assert vector.shape == (load_table().dimensions,)
    assert float(vector @ vector) == pytest.approx(1, abs=1e-3) or not vector.any()


def test_the_table_is_small():
    """The table's file is small, as it is part of the repository and the package."""
    assert FILE.stat().st_size <= 2**20


@pytest.mark.parametrize(
    ("one", "like", "unlike"),
    [
        ("delete a file", "remove a document", "boil an egg"),
        ("how much does it cost", "what is the price", "where is the station"),
        ("my laptop is broken", "the computer does not work", "a red flower"),
    ],
)
def test_what_means_the_same_is_nearer(one, like, unlike):
    """Texts with the same meaning are nearer than others, without a word in common."""
    a, b, c = load_table().encode([one, like, unlike])
    assert a @ b > a @ c + 0.2


def test_meaning_breaks_a_tie_of_words():
    """If two entries fit equally by words, the one that is nearer in meaning comes first."""
    ranking = INDEX.rank("is the class expensive, what does it cost me to begin")
    assert ranking[0].evidence.understanding == "table"
    assert ranking[0].id == "pay"


@pytest.mark.parametrize("question", ["how do i delte a file", "delete file", "a file i delete how do"])
def test_a_slip_or_a_word_less_is_judged_like_any_question(question):
    """A question with a typo or a missing word does not count as exact, as it may mean something else."""
    first = INDEX.rank(question)[0]
    assert first.id == "delete"
    assert not first.evidence.is_exact
    assert first.score < 100


def test_a_library_in_another_language_goes_without_the_table():
    """A library in another language does not use the table, whose pieces are English."""
    german = Index(
        [
            Findable("a", "Wie lösche ich eine virtuelle Umgebung?", ("Umgebung entfernen",)),
            Findable("b", "Warum brauchen wir mehrere Pakete gleichzeitig?", ("wozu Paketinstallation",)),
        ],
        {},
        (TableSource(),),
    )
    assert german.understandings == ["words"]


def test_an_answer_is_compared_in_parts():
    """A long answer is compared in parts, so that each part of it can be found."""
    chunks = chunks_of([str(n) for n in range(2 * CHUNK_WORDS + 1)])
    assert [len(chunk.split()) for chunk in chunks] == [CHUNK_WORDS, CHUNK_WORDS, 1]
    assert chunks_of([]) == []


def test_an_entry_is_as_near_beside_others_as_alone():
    """An entry without an answer, or without any words, is compared like the others, wherever it is among them."""
    table = load_table()
    texts: list[EntryTexts] = [
        (["activate an environment", "turn it on"], ["run the script", "then install packages"]),
        (["delete a folder"], []),
        ([], []),
        ([], ["an answer only"]),
    ]
    nearness = Nearness("table", lambda text, wait: table.vector(text), texts, table.encode)
    vector = table.vector("how do i activate it")
    alone = [nearness.to(vector, [n])[0] for n in range(len(texts))]
    assert alone[0] > alone[1]
    assert alone[2] == 0
    for order in permutations(range(len(texts))):
        assert nearness.to(vector, order) == pytest.approx([alone[n] for n in order])


def test_a_model_finds_an_entry_by_meaning_alone():
    """A question that shares no word with any entry is ranked and offered what it means; others get nothing."""
    entries = (
        Findable("refund", "Can I get a refund?", (), "Within 14 days."),
        Findable("hours", "When is the library open?", (), "From nine to five."),
        Findable("wifi", "Where is the password of the wireless network?", (), "On the wall."),
        Findable("lost", "Who keeps lost property?", (), "The desk."),
    )
    index = Index(entries, sources=(Model(MiniLM()),), wait=True)
    closing = index.rank("what time does it close", understanding="model")
    assert [match.id for match in judge(closing).possible] == ["hours"]
    assert not judge(index.rank("my umbrella is red", understanding="model")).possible


def test_the_texts_of_a_small_library_keep_their_meaning():
    """What one entry's few questions have in common is what it means, and is not left out of the comparison."""
    index = Index([Findable("refund", "Can I get a refund?")], sources=(Model(MiniLM()),), wait=True)
    assert index.rank("getting a refund for the course", understanding="model")[0].meaning > 0.5


def test_a_text_takes_a_byte_a_dimension():
    """Each question, phrasing and part of an answer takes 64 bytes, and each entry ten more."""
    plain = Index(ENTRIES)
    texts = sum(2 + len(entry.phrasings) for entry in ENTRIES)
    assert INDEX.nbytes - plain.nbytes <= texts * 64 + (len(ENTRIES) + 1) * 12


def test_every_piece_of_the_vocabulary_is_found_and_no_other():
    """A word that is a piece is that piece, also where several have the same place in the table of pieces."""
    known = known_pieces(vocabulary())
    pieces = WordPieces(known)
    wrong = [each for n, each in enumerate(known) if each.isalnum() and pieces.split(each) != [n]]
    assert wrong == []
    assert [each in pieces for each in ("virtualenv", "", "##", known[0], f"{known[0]}{known[1]}")] == [
        False,
        False,
        False,
        True,
        False,
    ]
    assert [known[n] for n in pieces.split("virtualenv")] == ["virtual", "##en", "##v"]
