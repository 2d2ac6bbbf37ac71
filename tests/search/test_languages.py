"""Questions in German and Spanish about English lessons. Developers install `lessonbot[languages]`."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import yaml

from bot.dialogue.reply import Answer, Suggestions
from bot.dialogue.snapshot import Snapshot
from bot.discord_ui.kit.cards import Controls, suggestions_card
from bot.evaluate.rows import Row
from bot.lessons.library import Library
from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.match import Understanding
from bot.search.meaning import multilingual
from bot.search.meaning.encoder import Vectors
from bot.search.meaning.minilm import ModelError
from bot.search.meaning.model import Model
from bot.search.meaning.multilingual import Multilingual, digest_of_package
from bot.search.meaning.sources import sources
from bot.search.meaning.table import TableSource
from bot.terminal_ui import as_json
from bot.tutor import Tutor
from tests.support.findable import Findable

ROOT = Path(__file__).parents[2]
ASKED: dict[str, list[str]] = yaml.safe_load(
    (ROOT / "tests" / "search" / "other_languages.yaml").read_text(encoding="utf-8")
)["knowledge"]
IN_ENGLISH = "how do i delete a virtual environment"
# Questions in the language of the lessons: the words of the library decide that.
ENGLISH = [IN_ENGLISH, "activate venv", "what is a wheel", "kernel crashed again", "delte the enviroment", "pip"]


@cache
def the_model() -> Model:
    return Model(Multilingual(), understanding="languages")


@cache
def the_snapshot() -> Snapshot:
    return Snapshot.of(Library.open(ROOT / "knowledge").lessons, (TableSource(), the_model()), wait=True)


@pytest.fixture
def model() -> Model:
    return the_model()


@pytest.fixture
def library() -> Library:
    return Library.open(ROOT / "knowledge")


@pytest.fixture
def snapshot() -> Snapshot:
    return the_snapshot()


def understood_by(snapshot: Snapshot, question: str) -> Understanding:
    return snapshot.index.rank(question, understanding="table")[0].evidence.understanding


async def understand(tutor: Tutor, model: Model, question: str) -> None:
    """Embed a question without the time limit of an answer, which a busy machine can miss."""
    while not model.knows(question):
        await tutor.understand(question)


def test_what_means_the_same_is_near_in_any_language():
    """Texts with the same meaning are near in any language, also in a batch with invalid characters."""
    encoder = Multilingual()
    vectors = encoder.encode(
        ["how do i delete a file", "wie lösche ich eine datei", "ein ei kochen", "", "\ud800"]
    )
    assert vectors.dtype == np.float32
    assert vectors.shape == (5, encoder.dimensions)
    assert np.allclose((vectors**2).sum(axis=1), 1, atol=1e-3)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_questions_in_german_and_spanish_get_the_english_answer(snapshot):
    """Two in three get an answer, 19 in 20 of them right; questions that no lesson answers get none."""
    right = wrong = helped = foreign = 0
    for entry, texts in ASKED.items():
        for text in texts:
            judged = snapshot.judge(text, "balanced", wait=True)
            assert judged
            _ranking, judgement = judged
            offered = [judgement.sure] if judgement.sure else judgement.possible
            if entry == "-":
                foreign += judgement.sure is not None
                continue
            right += judgement.sure is not None and judgement.sure.id == entry
            wrong += judgement.sure is not None and judgement.sure.id != entry
            helped += any(match.id == entry for match in offered)
    asked = sum(len(texts) for entry, texts in ASKED.items() if entry != "-")
    assert right >= 0.65 * asked
    assert helped >= 0.9 * asked
    assert wrong <= 0.05 * (right + wrong)
    assert foreign == 0


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("cómo salgo del entorno virtual", "deactivate-a-venv"),
        ("wie verlasse ich die virtuelle umgebung", "deactivate-a-venv"),
        ("cómo creo un entorno virtual", "create-a-venv"),
        ("wie lege ich eine virtuelle umgebung an", "create-a-venv"),
        ("wie aktualisiere ich ein paket", "upgrade-a-package"),
    ],
)
def test_the_verb_of_a_question_decides_between_entries_on_one_thing(snapshot, question: str, first: str):
    """Entering and leaving are near in meaning: the entry that is asked for with the verb comes first."""
    assert snapshot.index.rank(question, understanding="table")[0].id == first


@pytest.mark.parametrize(
    ("question", "opposite"),
    [
        ("wie verlasse ich das venv ohne es zu löschen", "delete-a-venv"),
        ("ich hab gesagt nicht löschen, nur das venv verlassen", "delete-a-venv"),
        ("ich will das paket nicht deinstallieren sondern aktualisieren", "uninstall-a-package"),
        ("statt das venv zu löschen möchte ich es umbenennen", "delete-a-venv"),
        ("mi profe dice que no desinstale el paquete, como lo actualizo", "uninstall-a-package"),
    ],
)
def test_what_a_question_does_not_want_is_neither_given_nor_offered_first(snapshot, question: str, opposite: str):
    """'Not delete' in German or Spanish does not offer first how to delete."""
    judged = snapshot.judge(question, "eager", wait=True)
    assert judged
    _ranking, judgement = judged
    offered = [judgement.sure] if judgement.sure else judgement.possible
    assert opposite not in [match.id for match in offered[:1]]


@pytest.mark.parametrize(
    "question",
    [
        "wo lade ich pycharm herunter",
        "dónde descargo pycharm",
        "cómo actualizo pycharm",
        "wie installiere ich docker",
        "cómo instalo un paquete",
        "cómo entro al entorno virtual",
        "wie komme ich in die virtuelle umgebung rein",
        "wie installiere ich ein paket ohne pip",
        "cómo instalo un paquete sin pip",
        "wie installiere ich ein paket ohne virtuelle umgebung",
    ],
)
def test_an_entry_on_something_else_to_do_with_a_thing_is_no_answer(snapshot, question: str):
    """Who asks where to download PyCharm is not told how to choose an interpreter in it.

    Nor is who asks how to install a package told where packages go.
    """
    judged = snapshot.judge(question, "balanced", wait=True)
    assert judged
    assert judged[1].sure is None


@pytest.mark.parametrize("question", ENGLISH)
def test_a_question_in_the_language_of_the_lessons_is_answered_as_before(snapshot, library, question):
    """Questions in the lessons' language have exactly the same scores with and without the package."""
    before = Snapshot.of(library.lessons, (TableSource(),))
    assert snapshot.index.rank(question) == before.index.rank(question)


async def test_a_member_gets_the_answer_with_a_line_that_says_why_it_is_in_english(model, library):
    """The answer says that it is in English. The question is embedded beside the event loop."""
    tutor = Tutor(library, sources=(TableSource(), model))
    assert tutor.snapshot.is_complete
    await understand(tutor, model, "wie lösche ich eine virtuelle umgebung?")
    answer = tutor.answer("wie lösche ich eine virtuelle umgebung?")
    assert isinstance(answer, Answer)
    assert (answer.id, answer.in_other_language) == ("delete-a-venv", True)
    assert json.loads(as_json(answer, tutor, 1.0))["in_other_language"] is True
    same = tutor.answer(IN_ENGLISH)
    assert isinstance(same, Answer)
    assert (same.id, same.in_other_language) == ("delete-a-venv", False)
    assert "in_other_language" not in as_json(same, tutor, 1.0)


async def test_suggestions_say_so_too(model, library):
    """Suggestions in another language than the question say so, too."""
    tutor = Tutor(library, mode="cautious", sources=(TableSource(), model))
    question = "necesito un entorno virtual por proyecto"
    await understand(tutor, model, question)
    found = tutor.answer(question)
    assert isinstance(found, Suggestions)
    footer = suggestions_card(found, (), Controls()).footer
    assert footer
    assert "another language than your question" in footer


def test_without_the_package_the_words_are_looked_at(library):
    """Without the package, questions are ranked by words, and replies do not mention languages."""
    plain = Snapshot.of(library.lessons, (TableSource(),))
    assert understood_by(plain, "wie lösche ich ein venv") == "table"


class TestAnotherPackage:
    """Only the very files that were reviewed are used, as their code runs in the bot."""

    def test_is_refused(self, tmp_path):
        (tmp_path / "__init__.py").write_text("raise SystemExit")
        with pytest.raises(ModelError, match="not the package that this version was measured with"):
            Multilingual(tmp_path)

    def test_is_told_by_any_file(self, tmp_path):
        """An additional, renamed or changed file is noticed. Python's compiled files do not count."""
        (tmp_path / "a.py").write_text("1")
        digests = [digest_of_package(tmp_path)]
        (tmp_path / "__pycache__").mkdir()
        (tmp_path / "__pycache__" / "a.pyc").write_text("compiled")
        assert digest_of_package(tmp_path) == digests[0]
        for change in (
            lambda: (tmp_path / "a.py").write_text("2"),
            lambda: (tmp_path / "b.py").write_text(""),
            lambda: (tmp_path / "b.py").rename(tmp_path / "c.py"),
        ):
            change()
            digests.append(digest_of_package(tmp_path))
        assert len(set(digests)) == len(digests)

    def test_is_done_without(self, monkeypatch, caplog):
        """Another package is not used; it is one line in the log, and everything else works."""
        monkeypatch.setattr(multilingual, "SHA256", "0" * 64)
        with caplog.at_level(logging.WARNING):
            found = sources("auto")
        assert [each.understanding for each in found] == ["model", "table"]
        assert len(caplog.records) == 1
        assert "other languages" in caplog.text


@pytest.mark.parametrize("wanted", ["words", "table"])
def test_who_wants_no_model_gets_none(wanted):
    """If the operator wants no model, this one is not used, either."""
    assert all(each.understanding == "table" for each in sources(wanted))


@pytest.mark.parametrize(
    "asked",
    [
        "cómo paso un dibujo de pulgadas a milímetros",
        "wie wandle ich eine Zeichnung von Zoll in Millimeter um",
        "cómo paso un dibujo de milímetros a pulgadas",
    ],
)
def test_entries_that_differ_in_their_order_are_asked_about(asked: str):
    """The encoder hardly tells "from inches to millimetres" from the reverse, so that both are offered."""
    entries = [
        Row("to-inches", "How do I change a drawing from millimetres to inches?", (), "Under *Units*."),
        Row("to-millimetres", "How do I change a drawing from inches to millimetres?", (), "Under *Units*."),
        Row("layer", "How do I hide a layer?", (), "With the eye."),
        Row("mirror", "How do I mirror a sketch?", (), "Press M."),
    ]
    index = Index(entries, {}, (TableSource(), the_model()), wait=True)
    judgement = judge(index.rank(asked, understanding="table"), "eager")
    assert judgement.sure is None
    assert {each.id for each in judgement.possible[:2]} == {"to-inches", "to-millimetres"}


GERMAN_ROWS = (
    Findable("kosten", "Was kostet der Kurs?", (), "Hundert Euro im Semester."),
    Findable("abgabe", "Wo gebe ich die Übungsblätter ab?", (), "Im Briefkasten vor Raum 210."),
    Findable("tutorium", "Wann ist das Tutorium?", (), "Dienstags um 16 Uhr."),
    Findable("aufnahme", "Werden die Vorlesungen aufgezeichnet?", (), "Ja, jede Woche."),
)


def test_german_lessons_are_also_ranked_by_meaning():
    """A German question in other words finds its German entry, and no note says that it is in another language."""
    index = Index(GERMAN_ROWS, {}, (TableSource(), the_model()), wait=True)
    asked = "Ist die Teilnahme teuer?"
    assert [each.id for each in index.rank(asked, understanding="words")][:1] != ["kosten"]
    best = index.rank(asked, understanding="multilingual")[0]
    assert (best.id, best.evidence.understanding) == ("kosten", "multilingual")
    assert index.understandings == ["multilingual", "words"]


@pytest.mark.parametrize(
    ("question", "is_foreign"),
    [
        ("Wird das irgendwann mal aufgenommen?", False),
        ("wie teuer ist die teilnahme", False),
        ("how much do i have to pay for the course", True),
        ("cuánto cuesta el curso", True),
        ("combien coûte ce cours", True),
        ("Tutorium", False),
        ("Tutorium Video Download", False),
        ("why is the Kurs on the Tutorium", False),
    ],
)
def test_a_german_question_is_not_foreign_to_german_lessons(question: str, is_foreign: bool):
    """Its small words tell that, however few other words the lessons share with it."""
    index = Index(GERMAN_ROWS, {}, (TableSource(), the_model()), wait=True)
    assert index.is_foreign(question) is is_foreign


def test_an_english_question_finds_the_german_entry():
    """It is ranked by meaning alone, as no word is shared."""
    index = Index(GERMAN_ROWS, {}, (TableSource(), the_model()), wait=True)
    best = index.rank("how much do i have to pay for the course", understanding="languages")[0]
    assert (best.id, best.evidence.understanding) == ("kosten", "languages")


def test_a_contrary_in_english_gets_no_answer_from_german_lessons():
    """What starts and what ends is near in meaning, and no words can be compared."""
    rows = [*GERMAN_ROWS, Findable("beginn", "Wann beginnt der Kurs?", (), "Am 3. März.")]
    index = Index(rows, {}, (TableSource(), the_model()), wait=True)
    judged = judge(index.rank("when does the course end", understanding="languages"))
    assert judged.sure is None
    assert judged.possible[0].id == "beginn"


def test_english_lessons_are_not_ranked_by_the_multilingual_encoder(snapshot):
    """It knows less of English than the table and the model."""
    assert "multilingual" not in snapshot.index.understandings


@pytest.fixture
def german_library(tmp_path: Path) -> Library:
    (tmp_path / "kurs.yaml").write_text(
        "lesson: Kurs\nentries:\n"
        + "".join(
            f"  - {{id: {each.id}, question: '{each.question}', answer: '{each.answer}'}}\n"
            for each in GERMAN_ROWS
        ),
        encoding="utf-8",
    )
    return Library.open(tmp_path)


async def test_the_question_of_a_german_member_is_embedded_for_german_lessons(model, german_library):
    """While it is not, words rank the question."""
    tutor = Tutor(german_library, sources=(TableSource(), model), wait=True)
    index = tutor.snapshot.index
    question = "wie viel muss ich für die teilnahme am kurs zahlen?"
    assert index.rank(question)[0].evidence.understanding == "words"
    while not model.knows(index.text_of(question)):  # a busy machine can miss the time limit of an answer
        await tutor.understand(question)
    best = index.rank(question)[0]
    assert (best.id, best.evidence.understanding) == ("kosten", "multilingual")


def test_the_english_model_is_not_kept_busy_with_german_lessons(model, german_library):
    """With both extras, only the one that compares these lessons embeds them, and nothing waits for the other."""
    english = Counting()
    tutor = Tutor(german_library, sources=(Model(english), TableSource(), model), wait=True)
    assert tutor.snapshot.is_complete
    assert tutor.snapshot.index.understandings == ["multilingual", "words"]
    assert english.count == 0


class Counting:
    """An encoder that counts the texts it is given."""

    dimensions = 3

    def __init__(self) -> None:
        self.count = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.count += len(texts)
        return np.ones((len(texts), self.dimensions), np.float32)
