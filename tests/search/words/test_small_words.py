"""Small words and question words count alike in English, German and Spanish."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.reply import Answer, Suggestions, Unknown
from bot.evaluate.rows import Row
from bot.lessons.library import Library
from bot.search.index import Index
from bot.search.languages import GERMAN
from bot.search.words.pasted import without_frames
from bot.search.words.small_words import (
    QUESTION_WORDS,
    SMALL_WORDS,
    begins_as_question,
    content_words,
    is_noun_phrase,
)
from bot.search.words.splitting import opens_as_question, pairs_in
from bot.search.words.wording import fold, says_nothing, words
from bot.tutor import Tutor
from tests.support.members_questions import ENGLISH
from tests.support.sayings import sayings

GERMAN_LESSON = """\
lesson: Umgebungen
entries:
  - id: was-ist-ein-venv
    question: Was ist eine virtuelle Umgebung?
    phrasings: [was ist ein venv]
    answer: Ein Ordner, in dem die Pakete eines einzigen Projekts liegen.
  - id: warum-ein-venv
    question: Warum brauche ich eine virtuelle Umgebung?
    answer: Damit sich die Pakete zweier Projekte nicht in die Quere kommen.
  - id: und
    question: Was macht `und` in einer Bedingung?
    answer: Es ist wahr, wenn beide Seiten wahr sind.
"""


@pytest.fixture(scope="module")
def in_german(tmp_path_factory: pytest.TempPathFactory) -> Tutor:
    folder = tmp_path_factory.mktemp("lektionen")
    (folder / "umgebungen.yaml").write_text(GERMAN_LESSON, encoding="utf-8")
    return Tutor(Library.open(folder))


@pytest.mark.parametrize(
    "text",
    ["und das?", "was ist das", "kannst du mir das erklären", "ja aber wie", "¿y eso?", "qué es esto"],
)
def test_nothing_to_look_for_is_noticed_in_german_and_spanish(text: str):
    """As it is in English."""
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text", ["why", "where", "when", "warum", "Wieso?", "wo", "wann denn", "por qué", "¿dónde?", "cuándo", "xq"]
)
def test_why_and_where_say_something_in_each_language(text: str):
    """Entries can differ by them alone."""
    assert not says_nothing(" ".join(words(text, 5)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("how do i read the man page", ["read", "man", "page"]),
        ("wie kann man pip aktualisieren", ["pip", "aktualisieren"]),
        ("what does sin do in the bin folder", ["sin", "bin", "folder"]),
        ("cómo puedo borrar la carpeta", ["borrar", "carpeta"]),
        ("welche pakete hat mein venv", ["pakete", "venv"]),
    ],
)
def test_a_small_word_of_another_language_can_tell_something(text: str, told: list[str]):
    """The words of a text are judged by its own language: "man", "sin" and "bin" are names in English."""
    assert content_words(words(text, 20)) == told


@pytest.mark.parametrize(
    "text",
    """
    wie lösche ich das | warum geht das nicht | wo liegt es | wieso denn | welche nehme ich | kann ich es löschen
    muss ich das | womit fange ich an | por qué no va | ¿dónde está? | cuál uso | para qué sirve | se puede borrar
    puedo borrarlo | cuándo lo uso | hay otra forma | which one | can i
    """.strip()
    .replace("\n", "|")
    .split("|"),
)
def test_a_question_is_seen_by_its_first_words(text: str):
    """In all three languages, with and without accents."""
    assert opens_as_question(text)
    assert opens_as_question(fold(text).strip())


@pytest.mark.parametrize("text", ["por favor", "para mi", "venv", "danke dir", "a ver", "de nada", "", "¿"])
def test_other_openings_are_no_questions(text: str):
    """Half of a question word in two words is none."""
    assert not opens_as_question(text)
    assert not begins_as_question(words(text, 5))


def test_the_lists_are_written_as_texts_are_folded():
    """A word with an accent in a list would never be found."""
    assert all(fold(word) == word for word in SMALL_WORDS | QUESTION_WORDS)


def test_a_question_of_small_words_in_another_language_goes_to_the_moderators(tutor: Tutor):
    """As "what is this" does in English; a remark is no question."""
    for text in ("was ist das?", "¿qué es esto?", "what is this?"):
        said = tutor.answer(text)
        assert isinstance(said, Unknown)
        assert not said.nothing_asked, text
    for text in ("und dann", "ja das ist so", "y entonces", "pues sí"):
        said = tutor.answer(text)
        assert isinstance(said, Unknown)
        assert said.nothing_asked, text


@pytest.mark.parametrize("text", ["warum?", "¿por qué?", "und warum", "wozu?", "why?"])
def test_why_goes_on_from_an_answer_in_each_language(tutor: Tutor, text: str):
    """The next message after an answer is not lost."""
    said = tutor.answer(text, about="what-is-a-virtual-environment")
    assert isinstance(said, Answer | Suggestions)


def test_german_lessons_are_asked_with_german_small_words(in_german: Tutor):
    """Polite phrases and question words count as they do in English lessons."""
    for text in (
        "hallo zusammen, kann mir jemand sagen was ist eine virtuelle umgebung? danke im voraus",
        "ich hab mal ne frage: was ist ein venv",
        "was ist ein venv",
    ):
        said = in_german.answer(text)
        assert isinstance(said, Answer), text
        assert said.id == "was-ist-ein-venv"
    for text in ("was macht 'und'", "was bedeutet und"):
        ranking = in_german.snapshot.index.rank(text)
        assert ranking[0].id == "und", text
        assert ranking[0].evidence.is_named, text
    assert in_german.snapshot.index.language is GERMAN
    why = in_german.snapshot.index.rank("wieso brauch ich das")
    assert why[0].id == "warum-ein-venv"


def test_a_folder_named_like_a_small_word_is_asked_for():
    """ "bin" is a form of German "to be", and a folder in lessons in English."""
    index = Index([Row("bin", "What is the bin folder?"), Row("lib", "What is the lib folder?")])
    assert not index.asks_nothing("bin?")
    assert index.asks_nothing("und das?")


def test_two_german_questions_are_two():
    """Each begins with a question word of its own."""
    pair = next(pairs_in("warum ist das so und wozu brauche ich es"))
    assert pair[:3] == ("warum ist das so", "wozu brauche ich es", True)
    assert not any(pair.is_plain for pair in pairs_in("borro el venv y por favor lo creo"))


def test_a_pasted_error_is_shortened_in_german_and_spanish():
    """PowerShell speaks the language of Windows."""
    pasted = (
        "wieso geht das nicht\n"
        ".\\venv\\Scripts\\Activate.ps1 : Die Datei kann nicht geladen werden.\n"
        "In Zeile:1 Zeichen:1\n"
        "+ .\\venv\\Scripts\\Activate.ps1\n"
        "+ ~~~~~~~~~~~~~\n"
        "    + CategoryInfo          : Sicherheitsfehler: (:) [], PSSecurityException\n"
    )
    kept = without_frames(pasted)
    assert "Zeile" not in kept
    assert "wieso geht das nicht" in kept


IN_GERMAN = "was ist ein venv | wie lösche ich eine virtuelle Umgebung | wie backe ich ein Brot | was ist Docker"
IN_SPANISH = "¿qué es un venv? | ¿cómo se hace el pan? | qué es docker | cuándo es el examen"
IN_ENGLISH = "how do i bake bread | what is kubernetes | why is die a bad name for a variable"


def test_a_question_in_another_language_than_the_lessons_is_known(tutor: Tutor, tmp_path: Path):
    """Also a short one, so that the reply can say why nothing was found."""
    (tmp_path / "umgebungen.yaml").write_text(GERMAN_LESSON, encoding="utf-8")
    german = Tutor(Library.open(tmp_path))
    for asked, in_english, in_german in (
        (IN_GERMAN, True, False),
        (IN_SPANISH, True, True),
        (IN_ENGLISH, False, True),
    ):
        for each in sayings(asked):
            assert tutor.snapshot.is_in_other_language(each) is in_english, each
            assert german.snapshot.is_in_other_language(each) is in_german, each


@pytest.mark.parametrize("asked", ["la la land", "in Git", "hefe kaufen", "matplotlib figure dpi"])
def test_what_is_not_clear_is_in_no_other_language(tutor: Tutor, asked: str):
    """A word or two can be a name."""
    assert not tutor.snapshot.is_in_other_language(asked)


def test_no_english_question_is_taken_for_one_in_another_language(tutor: Tutor):
    """Whatever members ask in the language of the lessons is not told to be in another."""
    assert [each["ask"] for each in ENGLISH if tutor.snapshot.is_in_other_language(each["ask"])] == []


@pytest.mark.parametrize(
    ("message", "is_one"), [("final project grade", True), ("what is a grade", False), ("i need a grade", False)]
)
def test_a_noun_phrase_has_no_question_word_and_no_person(message: str, is_one: bool):
    """ "I need" and "what is" ask something about the thing."""
    assert is_noun_phrase(message.split()) is is_one
