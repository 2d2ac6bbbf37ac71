"""Lessons in German and Spanish: words are stemmed in their language, and joined words found by their halves."""

from __future__ import annotations

import pytest

from bot.dialogue.snapshot import Snapshot
from bot.errors import LessonError
from bot.lessons.library import Library
from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.languages import LANGUAGES
from tests.support.findable import Findable, LateIndex

GERMAN_ROWS = (
    Findable("loeschen", "Wie lösche ich eine virtuelle Umgebung?", (), "Man entfernt einfach den Ordner."),
    Findable("paket", "Wie läuft die Paketinstallation ab?", (), "Pip holt die Dateien aus dem Netz."),
    Findable("kosten", "Was kostet der Kurs?", (), "Der Kurs ist für alle kostenlos, auch für Gäste."),
    Findable("fehler", "Warum meldet das Paket einen Fehler?", (), "Weil die Installation unvollständig ist."),
    Findable("anleitung", "Wo steht die Anleitung?", (), "In der Dokumentation des Projekts."),
)
GERMAN = LateIndex(GERMAN_ROWS)
SPANISH_ROWS = (
    Findable("borrar", "¿Cómo borro los entornos virtuales?", (), "Se elimina la carpeta del entorno."),
    Findable("pagar", "¿Cuánto cuesta el curso?", (), "El curso es gratis para los alumnos."),
    Findable("instalar", "¿Por qué no puedo instalar una biblioteca?", (), "Porque no tienes permisos."),
)
SPANISH = LateIndex(SPANISH_ROWS)

GERMAN_IN_PASSING = LateIndex(
    [
        Findable("chalk", "Wo bekomme ich Chalk?", (), "Im Laden am Eingang, und wir leihen dir einen Beutel."),
        Findable("schuhe", "Was kosten Schuhe?", (), "Drei Euro am Tag, für Mitglieder nichts."),
        Findable("seil", "Wie lang muss das Seil sein?", (), "Sechzig Meter, denn die Wand ist hoch."),
        Findable("knoten", "Wie binde ich den Achterknoten?", (), "Lass ihn dir am ersten Abend zeigen."),
    ]
)
SPANISH_IN_PASSING = LateIndex(
    [
        Findable("version", "¿Qué version necesito?", (), "La última, y también un mando si ya tienes uno."),
        Findable("casa", "¿Cómo pongo mi casa?", (), "Con la orden que está en el menú."),
        Findable("torno", "¿Cuándo está libre el torno?", (), "Por la tarde, si nadie lo ha reservado."),
        Findable("horno", "¿A qué temperatura se hornea?", (), "A mil grados, pero antes se seca la pieza."),
    ]
)


@pytest.mark.parametrize(
    ("index", "question", "first"),
    [
        (GERMAN, "lösch die Umgebungen", "loeschen"),
        (GERMAN, "kostenloser Kurse", "kosten"),
        (GERMAN, "Paket installation", "paket"),
        (GERMAN, "Fehlermeldungen des Pakets", "fehler"),
        (GERMAN, "Projektdokumentation", "anleitung"),
        (GERMAN, "Installationsanleitung", "anleitung"),
        (SPANISH, "borrar entorno virtual", "borrar"),
        (SPANISH, "cursos", "pagar"),
    ],
)
def test_a_word_is_found_in_another_form(index, question, first):
    """Inflected words find each other."""
    assert index.rank(question)[0].id == first


@pytest.mark.parametrize(
    ("story", "language"),
    [
        ("They have two projects, and each of them needs its own version of it. What do they do now?", "en"),
        ("Lena hat Brot gebacken, und es ist nicht aufgegangen. The story. What would you do?", "de"),
    ],
)
def test_the_language_of_steps_is_not_that_of_a_single_entry(story: str, language: str):
    """An English scenario stays English beside one German entry, though half of all steps is English."""
    entry = Findable("hefe", "Was ist Hefe?", (), "Lebende Pilze, die den Teig aufgehen lassen.")
    index = Index([entry, Findable("x.story", "Brot", (), story)], languages={"x.story": ""})
    assert index.language is LANGUAGES[language]
    assert Index([Findable("x.story", "Brot", (), story)], languages={"x.story": ""}).language is index.language


CHANNELS = LateIndex(
    [
        Findable("loeschen", "Wie lösche ich einen privaten Kanal?", ("privaten Kanal löschen",), "Halte ihn."),
        Findable("oeffnen", "Wie öffne ich die Einstellungen?", ("wo sind die Einstellungen",), "Das Zahnrad."),
        Findable("passwort", "Wie ändere ich mein Passwort?", ("neues Passwort setzen",), "Gehe zu Konto."),
        Findable("team", "Wie trete ich einem Team bei?", ("Team beitreten",), "Bitte um eine Einladung."),
    ]
)


def test_who_wants_back_what_they_deleted_is_not_told_how_to_delete_it():
    """ "Wieder her" says what is wanted, also where "wiederherstellen" is divided."""
    assert judge(CHANNELS.rank("wie lösche ich einen privaten kanal")).sure
    asked = "Ich habe einen privaten Kanal gelöscht. Wie stelle ich ihn wieder her?"
    assert judge(CHANNELS.rank(asked), public=True).sure is None


VERBS = LateIndex(
    [
        Findable("abrir", "¿Cómo abro el archivo?", (), "Con doble clic."),
        Findable("empezar", "¿Cuándo empieza el curso?", (), "El lunes."),
        Findable("buscar", "¿Dónde busco las notas?", (), "En la tabla."),
        Findable("pedir", "¿A quién pido el certificado?", (), "A la secretaría."),
    ]
)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("no se abre", "abrir"),
        ("abrir", "abrir"),
        ("empezamos", "empezar"),
        ("busquen", "buscar"),
        ("pedir", "pedir"),
        ("pidió", "pedir"),
    ],
)
def test_forms_of_an_irregular_spanish_verb_find_each_other(question: str, first: str):
    """ "Abro" and "abrir" share no stem for Snowball, nor do "empieza" and "empezamos"."""
    best = VERBS.rank(question)[0]
    assert (best.id, best.words > 0) == (first, True)


def test_a_joined_word_is_found_by_either_half():
    """A question with one half of a joined word finds the entry with the whole."""
    for asked in ("Pakete", "Installationen"):
        found = {match.id: match.words for match in GERMAN.rank(asked)}
        assert found["paket"] > 0


@pytest.mark.parametrize(
    ("question", "entry"), [("Fehlerverzeichnis", "fehler"), ("Umgebungsvariablen", "loeschen")]
)
def test_a_joined_word_with_one_known_half_is_no_sure_match(question, entry):
    """What has that half is offered, but the other half may be what is asked."""
    judgement = judge(GERMAN.rank(question), "balanced")
    assert not judgement.sure
    assert judgement.possible[0].id == entry


def test_a_question_with_a_half_known_word_has_no_sure_match():
    """Whoever asks for a "Handschuh" is offered what is said about shoes, however alike the questions are."""
    for asked in ("Was kosten Handschuhe?", "wie lang muss das Kletterseil sein"):
        judgement = judge(GERMAN_IN_PASSING.rank(asked), "balanced")
        assert not judgement.sure
        assert judgement.possible


def test_a_mere_prefix_is_no_half_of_a_word():
    """ "Unterlassen" has nothing to do with what is "unter" something."""
    index = Index([Findable("platz", "Wo sind die Taschen?", (), "Sie liegen unter dem Tisch an der Wand.")])
    assert all(match.words == 0 for match in index.rank("unterlassen"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wo is die Anleitung", "wo ist die Anleitung"),
        ("wie lösch ich ne virtuelle Umgebung", "wie lösch ich eine virtuelle Umgebung"),
        ("kostet der Kurs nix", "kostet der Kurs nichts"),
        ("warum meldet das Paket nen Fehler", "Warum meldet das Paket einen Fehler?"),
        ("wie loesche ich eine virtuelle Umgebung", "Wie lösche ich eine virtuelle Umgebung?"),
        ("ist der Kurs fuer Gaeste kostenlos", "ist der Kurs für Gäste kostenlos"),
        ("wo finde ich die Uebersicht der Gaeste", "wo finde ich die Übersicht der Gäste"),
    ],
)
def test_a_german_word_as_chats_spell_it_is_that_word(typed, meant):
    """ "Is" for "ist": whoever types as they speak is answered as surely."""
    assert GERMAN.rank(typed) == GERMAN.rank(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("q cuesta el curso", "que cuesta el curso"),
        ("x q no puedo instalar una biblioteca", "¿Por qué no puedo instalar una biblioteca?"),
        ("borrar los entornos d python pa siempre", "borrar los entornos de python para siempre"),
    ],
)
def test_a_spanish_word_as_chats_spell_it_is_that_word(typed, meant):
    """ "Q" for "que": whoever types with one thumb is answered as surely."""
    assert SPANISH.rank(typed) == SPANISH.rank(meant)


def test_two_vowels_that_are_no_umlaut_stay():
    """ "Neue Steuer" has no "ü"."""
    index = Index([Findable("steuer", "Wann kommt die neue Steuer?", (), "Im Mai."), *GERMAN_ROWS])
    for asked in ("Wann kommt die neue Steuer?", "neue steuern"):
        assert index.rank(asked)[0].id == "steuer"


def test_what_the_lessons_call_so_is_no_chat_spelling():
    """In German lessons, "net" and "nix" may be .NET and Nix. Their own questions find them."""
    rows = [
        Findable("net", "Was ist .NET?", (), "Eine Plattform."),
        Findable("installieren", "Wie installiere ich .NET?", ("net installieren",), "Mit dem SDK."),
        Findable("nix", "Wie räume ich Nix auf?", ("was is nix",), "Mit der Müllabfuhr."),
    ]
    index = Index([*rows, Findable("kurs", "Was ist der Kurs?", (), "Er ist in der Schule.")])
    for asked, id_ in (
        ("was ist .net", "net"),
        ("net installieren", "installieren"),
        ("was is nix", "nix"),
        ("was is der Kurs", "kurs"),
    ):
        sure = judge(index.rank(asked), "balanced").sure
        assert sure, asked
        assert sure.id == id_


def test_in_a_library_that_is_not_german_the_same_letters_are_other_words():
    """ "Net" is no "nicht" there."""
    found = Index([Findable("net", "¿Qué es .net?", (), "Es una plataforma."), *SPANISH_ROWS]).rank("net")
    assert [match.id for match in found] == ["net"]


@pytest.mark.parametrize(("asked", "entry"), [("tutorium", "tutorien"), ("das praktikum", "praktika")])
def test_a_latin_word_is_one_word_in_its_singular_and_its_plural(asked: str, entry: str):
    """Letters in common would make it a likely slip."""
    rows = [
        Findable(each, f"Wo finde ich die {each}?", (), "Im Netz.") for each in ("tutorien", "praktika", "noten")
    ]
    first, *_ = Index([*GERMAN_ROWS, *rows]).rank(asked)
    assert first.id == entry
    assert first.evidence.content_held == 1
    assert first.evidence.is_its_word


def test_small_words_say_little():
    """Small words do not count as content words."""
    (first, *_) = GERMAN.rank("wie ist das und warum soll ich die Umgebung")
    assert first.id == "loeschen"
    assert first.evidence.content_held == 1


LESSONS = {
    "kurs.yaml": """\
lesson: Kurs
language: de
entries:
  - id: paketlieferung
    question: Ablauf der Paketlieferung
    answer: Eine Lieferung dauert zwei Tage, und jedes Paket ist versichert.
scenarios:
  - id: umgebungen
    title: Virtuelle Umgebungen löschen
    story: Drei Umgebungen liegen auf der Platte.
    solutions:
      - id: von-hand
        title: Ordner entfernen
        plan: Der Ordner kommt in den Papierkorb.
""",
    "files.yaml": """\
lesson: Files
entries:
  - id: deleting-folders
    question: How do I delete folders?
    answer: You remove them with the file manager, or with the command that your system has for it.
  - id: renaming-folders
    question: How do I rename folders?
    answer: You click on the name of one, wait, and type what it should be called.
  - id: installation
    question: What does the installation of the course need?
    answer: It needs a computer with two gigabytes of memory.
""",
}


def test_small_words_of_the_only_entry_in_another_language_find_nothing():
    """Lessons in English with one entry in German do not give it to everybody who asks with "wie"."""
    mixed = [
        Findable("remove", "How do I remove the bin folder?", (), "Delete it, but not while a program is open."),
        Findable("rooms", "Where is the list of the rooms?", (), "It is in the first lesson."),
        Findable("wlan", "Wie komme ich ins WLAN?", (), "Mit dem Passwort, das ihr am ersten Tag bekommt."),
        *(Findable(f"other-{n}", f"What is chapter {n} about?", (), "See the plan.") for n in range(4)),
    ]
    index = Index(mixed)
    assert index.asks_nothing("wie")
    assert index.asks_nothing("wie ist das")
    for asked in ("wie lösche ich einen Branch", "Mit dem Auto"):
        assert not judge(index.rank(asked), "eager").sure
        assert not judge(index.rank(asked), "eager").possible
    assert index.rank("wie komme ich ins wlan")[0].id == "wlan"
    assert index.rank("bin")[0].id == "remove"


def test_a_lesson_says_its_language(tmp_path):
    """Beside others in English, its words are found in their other forms, and theirs are, too."""
    for name, text in LESSONS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    index = Snapshot.of(Library.open(tmp_path).lessons).index
    for question, expected in (
        ("Umgebung", "umgebungen.story"),
        ("Lieferungen", "paketlieferung"),
        ("der die das Ablauf", "paketlieferung"),
        ("deletes", "deleting-folders"),
        ("renamed", "renaming-folders"),
    ):
        held = {match.id: match.words for match in index.rank(question)}
        assert held.get(expected, 0) > 0, question
    assert index.rank("der die das Ablauf")[0].evidence.content_held == 1


def test_a_language_that_the_bot_does_not_know_is_reported_at_its_line(tmp_path):
    """With those that it knows."""
    (tmp_path / "cours.yaml").write_text("lesson: Cours\nlanguage: fr\n", encoding="utf-8")
    with pytest.raises(LessonError, match=r"cours\.yaml:2: language: must be one of: en, de, es"):
        Library.open(tmp_path)


@pytest.mark.parametrize(
    ("index", "question"),
    [(GERMAN_IN_PASSING, "im ernst?"), (SPANISH_IN_PASSING, "ya pagué"), (SPANISH_IN_PASSING, "y mañana?")],
)
def test_a_small_word_that_is_also_an_english_chat_spelling_is_small(index, question):
    """That an answer says "im", "dir", "y" or "ya" somewhere is no reason to offer it."""
    judgement = judge(index.rank(question), "eager")
    assert not judgement.sure
    assert not judgement.possible


def test_a_spanish_word_is_no_english_abbreviation():
    """ "Ver" is "to see", and no version."""
    assert all(match.words == 0 for match in SPANISH_IN_PASSING.rank("quiero ver las reglas"))


def test_what_does_not_run_is_not_answered_by_what_does_not_stop():
    """Both say "nicht", which means nothing without its verb."""
    index = Index(
        [
            Findable("stop", "Mein Programm hört nicht auf", ("Endlosschleife beenden",), "Drücke Strg und C."),
            Findable("start", "Wie starte ich die Lektion?", (), "Klicke auf den Titel."),
            *(Findable(f"other-{n}", f"Was ist Kapitel {n}?", (), "Das steht im Plan.") for n in range(6)),
        ]
    )
    assert not judge(index.rank("mein programm läuft nicht"), "balanced").sure
    sure = judge(index.rank("mein programm hört nicht auf"), "balanced").sure
    assert sure
    assert sure.id == "stop"
