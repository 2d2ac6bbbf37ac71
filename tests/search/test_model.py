"""A model as a source of meaning: each text is embedded once, and no answer waits long for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from bot.asking.asking import Asking
from bot.lessons.library import Library
from bot.search.match import Wanted
from bot.search.meaning import minilm, multilingual
from bot.search.meaning.batches import Batches
from bot.search.meaning.encoder import Vectors
from bot.search.meaning.minilm import MiniLM, ModelError
from bot.search.meaning.model import Model
from bot.search.meaning.sources import sources
from bot.search.meaning.table import TableSource, load_table
from bot.search.meaning.vector_cache import VectorCache
from bot.tutor import Tutor
from tests.support.waiting import until

LESSON = """\
lesson: Cups
entries:
  - {id: wash, question: How do I wash a cup?, phrasings: [clean my mug], answer: With a brush.}
  - {id: paint, question: How do I paint a cup?, phrasings: [colour for a mug], answer: Slowly.}
"""


class Watched:
    """The table as an encoder that can be blocked, and records its texts."""

    dimensions = 64

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.may_go_on, self.has_begun = Event(), Event()
        self.may_go_on.set()
        self.hangs_from = 0  # the number of the batch that is to wait for `may_go_on`
        load_table()  # not while a question waits, which is no longer than 300 ms

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(list(texts))
        if len(self.batches) == self.hangs_from:
            self.may_go_on.clear()
        self.has_begun.set()
        assert self.may_go_on.wait(30)
        return load_table().encode(texts)

    @property
    def texts(self) -> list[str]:
        return [text for batch in self.batches for text in batch]


@pytest.fixture
def encoder() -> Watched:
    return Watched()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lessons = tmp_path / "lessons"
    lessons.mkdir()
    (lessons / "cups.yaml").write_text(LESSON)
    return lessons


def kept(tmp_path: Path) -> VectorCache:
    return VectorCache(tmp_path / "data" / "meaning.vectors", 64)


async def ready(tutor: Tutor) -> None:
    """Wait until the lessons are embedded."""
    await until(lambda: tutor.snapshot.is_complete)


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM()


class TestMiniLM:
    """The real model. Developers install `lessonbot[semantic]`."""

    def test_what_means_the_same_is_near(self, model):
        """Texts with the same meaning are near, also in a batch with others."""
        vectors = model.encode(["how do I remove a file", "delete a document", "boil an egg", "", "😀" * 500])
        assert vectors.dtype == np.float32
        assert vectors.shape == (5, model.dimensions)
        assert np.allclose((vectors**2).sum(axis=1), 1, atol=1e-3)
        assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3

    def test_a_text_means_the_same_alone_and_among_others(self, model):
        """The padding in a batch does not change a vector."""
        texts = ["cup", "how do I wash a cup that is very dirty, with or without soap"]
        together, alone = model.encode(texts), np.vstack([model.encode([text]) for text in texts])
        assert (together * alone).sum(axis=1).min() > 0.98

    def test_another_file_is_refused(self, tmp_path):
        """Only the very file that was tested is used, as the package comes from a single vendor."""
        other = tmp_path / "model.onnx"
        other.write_bytes(b"not a model")
        with pytest.raises(ModelError, match="not the model that this version was measured with"):
            MiniLM(other)
        with pytest.raises(ModelError, match="cannot be read"):
            MiniLM(tmp_path / "nowhere.onnx")


@pytest.mark.parametrize("wanted", ["auto", "model"])
def test_a_model_that_is_not_the_one_is_done_without(wanted, monkeypatch, caplog, folder):
    """Another model file is one line in the log, and the table is used instead, with its own constants."""
    monkeypatch.setattr(minilm, "SHA256", "0" * 64)
    monkeypatch.setattr(multilingual, "PACKAGE", "no_such_package")
    with caplog.at_level(logging.WARNING):
        found = sources(wanted)
    assert [type(each) for each in found] == [TableSource]
    assert len(caplog.records) == 1
    tutor = Tutor(Library.open(folder), sources=found)
    assert tutor.snapshot.index.rank("dirty mug")[0].evidence.understanding == "table"


def test_a_missing_model_is_named_only_to_whoever_asked_for_it(monkeypatch, caplog):
    """A missing model is logged only if the operator chose it, as most do not install it."""
    monkeypatch.setattr(minilm, "WHEEL", "no_such_wheel")
    monkeypatch.setattr(multilingual, "PACKAGE", "no_such_package")
    cases: list[tuple[Wanted, int]] = [("auto", 0), ("model", 1)]
    for wanted, lines in cases:
        caplog.clear()
        assert [type(each) for each in sources(wanted)] == [TableSource]
        assert len(caplog.records) == lines


@pytest.mark.parametrize(
    ("wanted", "kinds"), [("words", []), ("table", [TableSource]), ("auto", [Model, TableSource, Model])]
)
def test_the_operator_chooses(wanted, kinds):
    """The setting chooses the understanding; `auto` is the best that is installed."""
    assert [type(each) for each in sources(wanted)] == kinds


async def test_until_the_lessons_are_embedded_the_table_answers(encoder, folder):
    """The table answers until the model has embedded the lessons; then the model does."""
    encoder.may_go_on.clear()
    tutor = Tutor(Library.open(folder), sources=(Model(encoder), TableSource()))
    assert tutor.snapshot.index.understandings == ["table", "words"]
    assert tutor.snapshot.index.rank("dirty mug")[0].evidence.understanding == "table"
    encoder.may_go_on.set()
    await ready(tutor)
    assert tutor.snapshot.index.rank("dirty mug")[0].evidence.understanding == "table"
    await tutor.understand("dirty mug")
    assert tutor.snapshot.index.rank("dirty mug")[0].evidence.understanding == "model"


async def test_a_restart_embeds_nothing_and_an_edit_only_what_it_says_anew(encoder, folder, tmp_path):
    """After a restart nothing is embedded again, and after an edit only new texts are."""
    await ready(Tutor(Library.open(folder), sources=(Model(encoder, kept(tmp_path)), TableSource())))
    again = Watched()
    library = Library.open(folder)
    tutor = Tutor(library, sources=(Model(again, kept(tmp_path)), TableSource()))
    assert tutor.snapshot.is_complete
    assert again.texts == []
    (folder / "cups.yaml").write_text(LESSON.replace("Slowly.", "With a tiny brush."))
    library.reload()
    await ready(tutor)
    assert again.texts == ["with a tiny brush"]


def test_half_a_record_costs_only_itself(encoder, tmp_path):
    """After a kill while writing, only the incomplete record is lost, and new ones can be read."""
    first = Model(encoder, kept(tmp_path))
    for text in ("one cup", "two cups"):
        first.find(text, wait=True)
    file = tmp_path / "data" / "meaning.vectors"
    file.write_bytes(file.read_bytes()[:-5])
    second = Model(encoder, kept(tmp_path))
    assert (second.knows("one cup"), second.knows("two cups")) == (True, False)
    second.find("three cups", wait=True)
    third = Model(encoder, kept(tmp_path))
    assert (third.knows("one cup"), third.knows("three cups")) == (True, True)


async def test_questions_asked_together_are_embedded_together(encoder):
    """Questions that come at the same time are embedded in one batch."""
    batches = Batches(Model(encoder))
    encoder.may_go_on.clear()
    first = asyncio.create_task(batches.embed("first"))
    await asyncio.to_thread(encoder.has_begun.wait, 30)
    others = [asyncio.create_task(batches.embed(f"question {n % 10}")) for n in range(20)]
    await asyncio.sleep(0)
    encoder.may_go_on.set()
    await asyncio.gather(first, *others)
    assert encoder.batches == [["first"], [f"question {n}" for n in range(10)]]


async def test_an_answer_does_not_wait_for_a_model_that_hangs(encoder, folder):
    """If the model hangs, the answer is given without it after the time limit."""
    tutor = Tutor(Library.open(folder), sources=(Model(encoder), TableSource()))
    await ready(tutor)
    encoder.may_go_on.clear()
    await tutor.understand("dirty mug")  # returns though the model has not
    assert tutor.snapshot.index.rank("dirty mug")[0].evidence.understanding == "table"
    encoder.may_go_on.set()


async def test_the_title_of_a_post_is_understood_though_the_rest_comes_too_late(encoder, folder, memory):
    """A post waits for the model only once. What it has embedded by then is used, the title first."""
    tutor = Tutor(Library.open(folder), sources=(Model(encoder), TableSource()))
    await ready(tutor)
    encoder.batches.clear()
    encoder.hangs_from = 2
    await Asking(tutor, memory).look_up("It was tea. How do I get my mug clean again?", title="dirty mug")
    assert len(encoder.batches) == 2
    assert tutor.snapshot.index.rank("dirty mug")[0].evidence.understanding == "model"
    encoder.may_go_on.set()


async def test_a_model_that_fails_fails_nobody(encoder, caplog):
    """If the model fails, questions are answered without it, and the log says why."""

    def broken(texts: Sequence[str]) -> Vectors:
        raise RuntimeError("out of memory")

    encoder.encode = broken
    await Batches(Model(encoder)).embed("a question")
    assert "answered without it" in caplog.text
