"""Follow-ups, which are understood with the message before."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.dialogue.reply import Answer, Reply, Suggestions, Unknown, UseCommand
from bot.lessons.library import Library
from bot.search.follow_up import goes_on, without_opening
from bot.search.words.remarks import asks_again, says_not_understood, says_outdated, speaks_of_answer
from bot.tutor import Tutor
from tests.support.sayings import sayings

ON_WINDOWS, ON_A_MAC, LEAVE = "activate-on-windows", "activate-on-macos-and-linux", "deactivate-a-venv"


def ids(reply: Reply) -> list[str]:
    if isinstance(reply, Suggestions):
        return [each.id for each in reply.questions]
    return [reply.id] if isinstance(reply, Answer) else []


@pytest.mark.parametrize(
    "text", ["why?", "what about mac", "and how do i get out of there again?", "can i delete it"]
)
def test_what_is_short_or_opens_with_and_goes_on(text: str):
    """Short messages, and those that begin with "and" or the like, can be follow-ups."""
    assert goes_on(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "how do i install a package from a requirements file",
        "and " * 100,
        "why does pip say permission denied",
    ],
)
def test_what_says_all_that_it_means_does_not(text: str):
    """A complete question is not a follow-up."""
    assert not goes_on(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("what about mac", "mac"),
        ("and how about on linux?", "on linux?"),
        ("Und was ist mit conda?", "conda?"),
        ("¿Y en windows?", "en windows?"),
        ("android", "android"),
        ("yaml", "yaml"),
    ],
)
def test_the_opening_is_no_part_of_what_is_asked(text: str, rest: str):
    """Only whole words are removed from the beginning."""
    assert without_opening(text) == rest


@pytest.mark.parametrize(
    ("before", "text", "meant"),
    [
        (ON_WINDOWS, "what about mac", ON_A_MAC),
        (ON_WINDOWS, "and on mac?", ON_A_MAC),
        (ON_WINDOWS, "und auf dem mac?", ON_A_MAC),
        (ON_WINDOWS, "¿y en mac?", ON_A_MAC),
        (ON_A_MAC, "and windows", ON_WINDOWS),
        ("what-is-a-virtual-environment", "why?", "why-virtual-environments"),
        ("create-a-venv", "can i delete it", "delete-a-venv"),
        ("create-a-venv", "and how do i delete it?", "delete-a-venv"),
        ("create-a-venv", "where", "name-and-place"),
        ("create-a-venv", "how big is it", "one-venv-per-project"),
        ("create-a-venv", "does it work in docker", "docker-and-venv"),
        ("venv-or-virtualenv", "and conda?", "venv-or-conda"),
        ("create-requirements-txt", "and how do i install it", "install-requirements-txt"),
    ],
)
def test_a_message_is_understood_with_the_one_before(tutor: Tutor, before: str, text: str, meant: str):
    """A few words are enough in a conversation about a subject."""
    assert ids(tutor.answer(text, before))[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        "can i undo that",
        "and how do I revert it later?",
        "and the other way round?",
        "kann ich das rückgängig machen",
        "und andersrum?",
        "¿puedo deshacerlo?",
        "¿y al revés?",
    ],
)
@pytest.mark.parametrize(
    ("before", "meant"),
    [
        ("create-a-venv", "delete-a-venv"),
        ("delete-a-venv", "create-a-venv"),
        (ON_WINDOWS, LEAVE),
        ("install-requirements-txt", "uninstall-a-package"),
    ],
)
def test_undoing_is_the_opposite_of_what_was_asked_before(tutor: Tutor, before: str, text: str, meant: str):
    """ "Can I undo that" after how to make an environment gets how to delete it."""
    said = tutor.answer(text, before)
    assert isinstance(said, Answer)
    assert said.id == meant


IN_GERMAN = {
    "was": "Was ist eine virtuelle Umgebung?",
    "wozu": "Wozu brauche ich eine virtuelle Umgebung?",
    "anlegen": "Wie lege ich eine virtuelle Umgebung an?",
    "verlassen": "Wie komme ich aus einer virtuellen Umgebung wieder raus?",
    "loeschen": "Wie kann ich eine virtuelle Umgebung löschen?",
    "installieren": "Wie installiere ich ein Paket?",
    "deinstallieren": "Wie deinstalliere ich ein Paket?",
}
IN_SPANISH = {
    "que": "¿Qué es un entorno virtual?",
    "crear": "¿Cómo puedo crear un entorno virtual?",
    "borrar": "¿Cómo puedo borrar un entorno virtual?",
    "instalar": "¿Cómo instalo un paquete?",
    "desinstalar": "¿Cómo desinstalo un paquete?",
}

IN_ENGLISH = {
    "install": "How do I install an app?",
    "remove": "How do I remove an app?",
    "add-user": "How do I add a user?",
    "remove-user": "How do I remove a user?",
    "voice": "How do I create a voice channel?",
    "account": "How do I delete my account?",
    "rules": "Where are the rules?",
    "roles": "Which roles are there?",
    "block": "How do I block somebody?",
    "leave": "How do I leave the server?",
    "contact": "How do I contact a moderator?",
}


def tutor_of(folder: Path, questions: dict[str, str]) -> Tutor:
    return tutor_on(folder, {id_: (asked, "So geht das.") for id_, asked in questions.items()})


def tutor_on(folder: Path, lessons: dict[str, tuple[str, str]]) -> Tutor:
    """The tutor of a library with these entries: by id, a question and its answer."""
    entries = [{"id": id_, "question": asked, "answer": said} for id_, (asked, said) in lessons.items()]
    (folder / "one.yaml").write_text(yaml.safe_dump({"lesson": "One", "entries": entries}), encoding="utf-8")
    return Tutor(Library.open(folder))


def test_getting_rid_of_it_is_to_delete_it_in_each_language(tmp_path: Path):
    """Though the verb is in two parts, and in none of the lessons."""
    german = tutor_of(tmp_path, IN_GERMAN)
    for text in ("wie werde ich das los", "wie werde ich das wieder los?"):
        assert ids(german.answer(text, "was"))[0] == "loeschen", text
    spanish = tutor_of(tmp_path, IN_SPANISH)
    assert ids(spanish.answer("¿cómo me deshago de él?", "que"))[0] == "borrar"
    english = tutor_of(tmp_path, IN_ENGLISH)
    for before, meant in (("install", "remove"), ("add-user", "remove-user")):
        assert ids(english.answer("and how do I get rid of it again?", before))[0] == meant


def test_what_a_follow_up_adds_is_not_answered_without_the_question_before(tmp_path: Path):
    """ "And in MySQL?" after how to search asks how to search there, not whether MySQL can be used at all."""
    questions = {
        "search": "How do I search text without regard to upper and lower case?",
        "mysql": "Can I use MySQL instead of PostgreSQL?",
        "deadline": "When are the exercises due?",
        "certificate": "What do I need for the certificate?",
    }
    course = tutor_of(tmp_path, questions)
    assert isinstance(course.answer("and in mysql?", "search"), Suggestions)
    course = tutor_of(tmp_path, {**questions, "search-mysql": "How do I search text in MySQL?"})
    assert ids(course.answer("and in mysql?", "search"))[0] == "search-mysql"


@pytest.mark.parametrize("text", ["how much", "and how much?", "how much is it", "how much then?"])
def test_who_asks_only_how_much_asks_it_of_what_was_answered(tmp_path: Path, text: str):
    """ "How much?" after how to rent a guitar does not ask how much to practise."""
    questions = {
        "rent": "Can I rent a guitar from the school?",
        "practise": "How much should I practise?",
        "tune": "How do I tune my strings?",
        "stage": "When is the next open stage?",
    }
    assert not isinstance(tutor_of(tmp_path, questions).answer(text, "rent"), Answer)
    school = tutor_of(tmp_path, {**questions, "rent-price": "How much is it to rent a guitar?"})
    assert ids(school.answer(text, "rent"))[0] == "rent-price"


def test_another_particle_goes_with_the_verb_before(tmp_path: Path):
    """ "And how off again?" after how to sign up asks how to sign off, and not for whatever says "off"."""
    german = tutor_of(
        tmp_path,
        {
            "sign-up": "Wie melde ich mich zur Prüfung an?",
            "sign-off": "Wie melde ich mich von der Prüfung ab?",
            "sport": "Wie melde ich mich für den Sport an?",
            "age": "Ab welchem Alter darf man kommen?",
            "thesis": "Wie gebe ich meine Bachelorarbeit ab?",
            "rooms": "Wo sind die Räume?",
        },
    )
    assert ids(german.answer("und wie wieder ab?", "sign-up"))[0] == "sign-off"
    assert not isinstance(german.answer("und wie wieder ab?", "rooms"), Answer)
    assert not isinstance(german.answer("und wo geb ich das wieder ab?", "rooms"), Answer)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("wie komm ich da wieder raus", "verlassen"),
        ("und wie komm ich da raus?", "verlassen"),
        ("wie werd ich das wieder los", "loeschen"),
    ],
)
def test_a_verb_in_two_parts_names_nothing_new(tmp_path: Path, text: str, meant: str):
    """As "how do I get out of it", it is about the last answer, though no lesson has the verb."""
    questions = IN_GERMAN | {"verlassen": "Wie verlasse ich eine virtuelle Umgebung?"}
    assert ids(tutor_of(tmp_path, questions).answer(text, "anlegen"))[0] == meant


@pytest.mark.parametrize("text", ["Umgebung", "die Umgebung", "meine Umgebung?"])
def test_a_word_is_the_same_with_an_article(tmp_path: Path, text: str):
    """Whoever types nothing else is asked what they want to know about it."""
    said = ids(tutor_of(tmp_path, IN_GERMAN).answer(text, public=True))
    assert len(said) > 1
    assert all("Umgebung" in IN_GERMAN[each] for each in said)


def test_him_and_her_are_whom_the_last_answer_was_about(tmp_path: Path):
    """They name nobody else, as "it" names nothing else."""
    assert ids(tutor_of(tmp_path, IN_ENGLISH).answer("and remove him again?", "add-user"))[0] == "remove-user"


@pytest.mark.parametrize("text", ["how do i delete it", "and how do I delete it again?", "how can i delete that"])
def test_a_question_about_it_is_not_answered_about_something_else(tmp_path: Path, text: str):
    """Whoever wants to delete a voice channel does not read how to delete their account."""
    english = tutor_of(tmp_path, IN_ENGLISH)
    assert not isinstance(english.answer(text, "voice"), Answer)
    assert ids(english.answer("how do i delete my account", "voice")) == ["account"]


@pytest.mark.parametrize("text", ["how do i turn it off", "how do i post it", "how do i share it"])
def test_with_a_verb_that_no_lesson_has_the_last_answer_changes_nothing(tmp_path: Path, text: str):
    """What is merely near to the last answer would not help."""
    english = tutor_of(tmp_path, IN_ENGLISH)
    said = english.answer(text, "rules")
    assert said == english.answer(text)
    assert not isinstance(said, Answer)
    assert "rules" not in ids(said)


@pytest.mark.parametrize("text", ["how do i leave it", "where?", "how do i delete it"])
def test_below_what_is_done_to_somebody_it_is_not_just_anything(tmp_path: Path, text: str):
    """The question before has no other words than what is done, and what is asked now is not about that."""
    assert not isinstance(tutor_of(tmp_path, IN_ENGLISH).answer(text, "block"), Answer)


def test_a_question_about_it_is_answered_about_the_same(tutor: Tutor):
    """ "Do I need it" below how to create an environment is answered by what one is good for."""
    said = tutor.answer("do i need it", "create-a-venv")
    assert isinstance(said, Answer)
    assert said.id == "why-virtual-environments"


def test_who_asks_how_to_contact_them_is_answered(tmp_path: Path):
    """Whoever is meant, the answer is the same."""
    said = tutor_of(tmp_path, IN_ENGLISH).answer("how do i contact them", "roles")
    assert isinstance(said, Answer)
    assert said.id == "contact"


RUST = """
lesson: Rust
entries:
  - {id: install, question: How do I install Rust?, answer: "With rustup. On Windows, download rustup-init.exe."}
  - {id: linker, question: What does "linker not found" mean?, answer: "On Windows, install the Build Tools."}
  - {id: update, question: How do I update Rust?, answer: With rustup update.}
  - {id: crate, question: How do I add a crate?, answer: With cargo add.}
  - {id: editor, question: Which editor should I use?, answer: Most of us use VS Code.}
"""


@pytest.mark.parametrize(
    ("before", "text", "offered"),
    [
        ("install", "on windows?", ["install", "linker"]),
        ("install", "a download on windows?", ["install", "linker"]),
        ("linker", "and on windows?", ["linker", "install"]),
    ],
)
def test_what_the_last_answer_says_itself_is_offered_too(
    tmp_path: Path, before: str, text: str, offered: list[str]
):
    """Not only other answers that mention Windows, too."""
    (tmp_path / "rust.yaml").write_text(RUST, encoding="utf-8")
    assert ids(Tutor(Library.open(tmp_path)).answer(text, before)) == offered


def test_who_does_not_get_rid_of_a_warning_tells_of_a_problem(tmp_path: Path):
    """They do not read how to remove what they added when it came."""
    german = tutor_of(
        tmp_path,
        {
            "warnung": "Warum kommt beim Hinzufügen eines Pakets eine Warnung?",
            "entfernen": "Wie entferne ich ein Paket?",
            "anlegen": "Wie lege ich eine Datei an?",
        },
    )
    assert ids(german.answer("ich werde die Warnung nicht los, wenn ich ein Paket hinzufüge"))[0] == "warnung"
    assert ids(german.answer("wie werde ich das Paket wieder los?"))[0] == "entfernen"


def test_what_may_undo_it_is_offered_where_no_opposite_is_known(tmp_path: Path):
    """Behind "Wie deinstalliere ich ein Paket?", how to install one comes first."""
    assert ids(tutor_of(tmp_path, IN_GERMAN).answer("kann ich das rückgängig machen?", "deinstallieren"))[0] == (
        "installieren"
    )
    assert ids(tutor_of(tmp_path, IN_SPANISH).answer("¿puedo deshacerlo?", "desinstalar"))[0] == "instalar"


def test_of_several_opposites_one_is_chosen(tutor: Tutor):
    """Who left an environment and wants back is asked on which system."""
    said = tutor.answer("can i undo that", LEAVE)
    assert isinstance(said, Suggestions)
    assert {ON_WINDOWS, ON_A_MAC} <= {*ids(said)}


@pytest.mark.parametrize(
    ("text", "before"), [("can i undo that", "uv"), ("how do i undo a commit", "create-a-venv")]
)
def test_what_has_no_opposite_is_not_undone(tutor: Tutor, text: str, before: str):
    """Nothing undoes a definition, and a message that names something else is about that."""
    assert not isinstance(tutor.answer(text, before), Answer)


@pytest.mark.parametrize("text", ["and how do i get out again?", "how?", "tell me more", "and then?"])
def test_without_a_new_word_what_is_near_is_offered(tutor: Tutor, text: str):
    """A follow-up without new words gets suggestions about the last answer."""
    said = tutor.answer(text, ON_WINDOWS)
    assert isinstance(said, Suggestions)
    assert LEAVE in ids(said) or "get out" not in text


@pytest.mark.parametrize("before", [ON_WINDOWS, "activate-on-macos-and-linux"])
def test_a_follow_up_that_asks_for_the_opposite_is_not_offered_the_same_again(tutor: Tutor, before: str):
    """Behind how to enter, "and how do I get out again?" is offered how to leave first, and not how to enter."""
    offered = ids(tutor.answer("and how do i get out again?", before))
    assert offered[0] == LEAVE
    assert not any(each.startswith("activate") for each in offered)


def test_a_whole_question_is_answered_however_it_begins(tutor: Tutor):
    """ "Ok, what is uv?" asks all that it means, and does not go on from the answer before."""
    assert ids(tutor.answer("ok, what is uv?", ON_WINDOWS)) == ["uv"]


@pytest.mark.parametrize("text", ["what about conda?", "and with conda?"])
def test_what_only_mentions_the_new_word_is_no_answer(tutor: Tutor, text: str):
    """How to leave an environment mentions conda, but does not say how to delete one of conda's."""
    assert isinstance(tutor.answer(text, "delete-a-venv"), Suggestions)


@pytest.mark.parametrize(
    ("before", "text"),
    [("uv", "how old is it"), ("uv", "does it cost money"), ("pipx", "how do i remove it again")],
)
def test_what_it_means_is_not_forgotten(tutor: Tutor, before: str, text: str):
    """ "Does it cost money" after an answer on uv is not answered by what another tool costs."""
    assert not isinstance(tutor.answer(text, before), Answer)


@pytest.mark.parametrize("before", ["delete-a-venv", "uv", ON_WINDOWS, "two-django-versions.install-directly"])
@pytest.mark.parametrize(
    "text",
    [
        "not what i asked",
        "that didn't help",
        "bad answer",
        "better answer please",
        "too long",
        "can you explain that better",
        "no, not this one",
        "das hilft nicht",
        "das war nicht meine frage",
        "falsche antwort",
        "eso no ayuda",
        "no es lo que pregunté",
        "i already tried that",
        "I've tried that",
        "tried it, no luck",
        "wdym",
        "das hilft leider nicht",
        "hab ich schon versucht",
        "das hab ich auch schon probiert",
        "geht das auch kürzer?",
        "ya lo intenté",
        "no era eso",
        "gracias, pero no era eso",
        "no me refería a eso",
    ],
)
def test_what_is_said_of_an_answer_is_not_answered(tutor: Tutor, before: str, text: str):
    """A complaint gets other suggestions at most, and never the answer to something else."""
    assert isinstance(tutor.answer(text, before), Suggestions)
    assert not isinstance(tutor.answer(text), Answer)


OUTDATED = """
that's outdated | I think this answer is out of date | this is no longer correct | that is not true anymore
das ist veraltet | Das ist leider nicht mehr aktuell | stimmt nicht mehr | diese Antwort ist veraltet
eso está desactualizado | esta respuesta está obsoleta | eso ya no es así
"""


@pytest.mark.parametrize("text", sayings(OUTDATED))
def test_whoever_says_that_an_answer_is_outdated_reads_how_to_correct_it(tutor: Tutor, text: str):
    """Without an answer before, it may be about anything."""
    assert tutor.answer(text, "upgrade-a-package") == UseCommand("correction")
    assert not isinstance(tutor.answer(text), UseCommand)


QUESTIONS_WITH_THESE_WORDS = """
my package is outdated | how do i list outdated packages | pip is outdated, what do i do | this version is outdated
it says pip is outdated | i already tried pip install | i already tried deleting the venv
is there a shorter command | is conda too complicated
mein pip ist veraltet | welche Pakete sind veraltet | ist virtualenv veraltet
hab ich schon ein venv | geht das auch mit conda | versteh ich requirements.txt richtig | ich verstehe pip nicht
das ist zu kompliziert, gibt es ein Tool, das einfacher ist | was bringt das | warum ist pip so kompliziert
qué paquetes están desactualizados | ya probé pip install | no era ese el entorno
es muy complicado activar el venv
"""


@pytest.mark.parametrize("text", sayings(QUESTIONS_WITH_THESE_WORDS))
def test_questions_with_the_words_of_remarks_are_questions(text: str):
    """What names a thing is not about the answer before."""
    assert not any(says(text) for says in (speaks_of_answer, says_not_understood, asks_again, says_outdated))


@pytest.mark.parametrize(
    "text",
    [
        "explain true and false",
        "Explain `True` and `False`, please",
        "can you explain True?",
        "what does true mean",
        "what is a question",
        "erkläre true und false",
        "¿qué es true?",
    ],
)
def test_what_asks_for_a_name_is_a_question_and_no_remark(tutor: Tutor, text: str):
    """ "That's false" judges the answer before, but whoever asks for `False` gets nothing about that answer."""
    said = tutor.answer(text, "delete-a-venv")
    assert said == tutor.answer(text)
    assert not isinstance(said, Answer)
    assert "delete-a-venv" not in ids(said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("explain `not in`", "not-in"),
        ('explain "is not", please', "is-not"),
        ("I don't understand is not", "is-not"),
        ("I don't understand `with`", "with"),
        ("I don't understand the question", "question"),
    ],
)
@pytest.mark.parametrize("before", [None, "git"])
def test_whoever_names_a_keyword_asks_for_it(tmp_path: Path, before: str | None, text: str, expected: str):
    """A keyword is often a small word, and yet it is what was not understood, and not the answer before."""
    asked = {
        "not-in": "What does `not in` do?",
        "is-not": "What does `is not` do?",
        "with": "What does `with` do?",
        "question": "How do I ask a good question?",
        "git": "What is Git?",
        "commit": "What is a commit?",
    }
    entries = [{"id": id_, "question": question, "answer": "So."} for id_, question in asked.items()]
    (tmp_path / "one.yaml").write_text(yaml.safe_dump({"lesson": "One", "entries": entries}), encoding="utf-8")
    assert expected in ids(Tutor(Library.open(tmp_path)).answer(text, before))


@pytest.mark.parametrize("text", ["explain `not in`", "confused about is not", "I don't understand if else"])
def test_a_keyword_that_no_entry_is_about_is_a_miss(tutor: Tutor, text: str):
    """Moderators learn that somebody asked for it, also below an answer."""
    assert tutor.answer(text) == tutor.answer(text, "delete-a-venv") == Unknown()


@pytest.mark.parametrize(
    "text",
    [
        "the answer is not clear",
        "is that not clear?",
        "very confusing for me",
        "please explain in other words",
        "huh, not what I asked",
        "and I still don't understand",
        "die Antwort ist unklar",
        "erkläre es in einfachen Worten",
    ],
)
def test_small_words_beside_a_remark_are_no_keywords(text: str):
    """ "In other words" asks for no keyword."""
    assert says_not_understood(text)


@pytest.mark.parametrize(
    "text",
    [
        "I don't understand",
        "I don’t get it",
        "that makes no sense to me",
        "can you explain that better?",
        "still confused",
        "what do you mean?",
        "what does that mean",
        "das verstehe ich nicht",
        "ich versteh das nicht",
        "macht keinen Sinn",
        "no entiendo",
        "no tiene sentido",
        "no me queda claro",
        "no me quedó claro",
        "versteh ich nich",
        "kapier ich nicht",
        "ich kapier's nicht",
        "sorry, das ist mir zu kompliziert",
        "that is too complicated for me",
        "no lo pillo",
        "es muy complicado",
    ],
)
def test_whoever_does_not_understand_is_offered_what_belongs_to_the_answer(tutor: Tutor, text: str):
    """What its author links to and its walkthrough; where that is little, also what is near to it."""
    said = tutor.answer(text, "create-a-venv")
    assert isinstance(said, Suggestions)
    assert said.explaining
    assert ids(said) == [ON_WINDOWS, ON_A_MAC, "two-django-versions.story"]
    assert ids(tutor.answer(text, "uv")) == ["venv-or-virtualenv", "poetry", "pin-versions"]
    few = ids(tutor.answer(text, "what-is-a-virtual-environment"))
    assert few[:2] == ["why-virtual-environments", "behind-the-scenes-of-a-venv"]
    assert len(few) == 3


@pytest.mark.parametrize("text", ["not what i asked", "that makes sense", "explain pip", "i dont understand pip"])
def test_whoever_says_something_else_is_not_offered_that(tutor: Tutor, text: str):
    """Who meant something else, understood it, or names what is to be explained."""
    assert not getattr(tutor.answer(text, "create-a-venv"), "explaining", False)


@pytest.mark.parametrize(
    "text",
    [
        "show me the answer again",
        "sorry, can you show me the answer again please?",
        "Repeat that, please",
        "what was the answer again?",
        "Zeig mir die Antwort nochmal",
        "kannst du mir das noch einmal zeigen?",
        "muéstrame la respuesta otra vez",
        "¿puedes repetir la respuesta?",
    ],
)
def test_whoever_wants_the_answer_again_gets_it(tutor: Tutor, text: str):
    """Though the lessons tell how to show something; without an answer before, the bot asks what about."""
    assert goes_on(text)
    assert tutor.answer(text, "uv") == tutor.explain("uv")
    assert tutor.answer(text) == Unknown(nothing_asked=True)


@pytest.mark.parametrize(
    "text",
    [
        "show me the command again",
        "show me again how to make a venv",
        "zeig mir nochmal, wie ich ein venv lösche",
        "muéstrame otra vez cómo borrar un venv",
        "how do i repeat a command",
    ],
)
def test_whoever_wants_something_else_again_asks_for_that(text: str):
    """Only the answer itself is shown again."""
    assert not asks_again(text)


@pytest.mark.parametrize(
    ("question", "phrasing", "text"),
    [
        ("Warum brauche ich eine virtuelle Umgebung?", "was bringt mir das", "das bringt nichts"),
        ("¿Cómo borro un entorno virtual?", "qué queda claro después", "no me queda claro"),
        ("¿Para qué sirve un entorno?", "sirve para nada", "no sirves para nada"),
    ],
)
def test_an_entry_with_the_words_of_a_remark_does_not_answer_it(
    tmp_path: Path, question: str, phrasing: str, text: str
):
    """Neither below an answer nor alone; its own words still find it."""
    entries = [
        {"id": "one", "question": question, "phrasings": [phrasing], "answer": "So."},
        {"id": "two", "question": "Was ist Git?", "answer": "Ein Programm."},
    ]
    (tmp_path / "one.yaml").write_text(yaml.safe_dump({"lesson": "One", "entries": entries}), encoding="utf-8")
    tutor = Tutor(Library.open(tmp_path))
    assert not isinstance(tutor.answer(text, "two"), Answer)
    assert tutor.answer(text) == Unknown(nothing_asked=True)
    assert ids(tutor.answer(phrasing)) == ["one"]


@pytest.mark.parametrize(
    "text", ["true", "that's false", "that is not true", "is that true?", "what is true of it"]
)
def test_true_and_false_judge_an_answer(tutor: Tutor, text: str):
    """As before, other suggestions come."""
    assert isinstance(tutor.answer(text, "delete-a-venv"), Suggestions)


@pytest.mark.parametrize(
    "text", ["not what i asked", "bad answer", "das war nicht meine frage", "das ist veraltet", "ya lo intenté"]
)
def test_what_is_said_of_no_answer_is_no_miss(tutor: Tutor, text: str):
    """Moderators are not told that the lessons lack "not what I asked"."""
    assert tutor.answer(text) == Unknown(nothing_asked=True)


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("create-requirements-txt", "can i delete it"),
        ("externally-managed", "is it safe"),
        ("pipx", "how do i install it"),
        ("uv", "is it faster"),
        ("venv-or-conda", "and gpu libraries?"),
        ("powershell-scripts-disabled", "why?"),
        ("two-django-versions.install-directly", "why?"),
    ],
)
def test_what_only_an_answer_mentions_is_offered(tutor: Tutor, before: str, text: str):
    """An entry that is not asked about what was spoken of is no answer to "is it safe", linked or not."""
    assert not isinstance(tutor.answer(text, before), Answer)


CLUB: list[dict[str, object]] = [
    {"id": "join", "question": "How do I become a member?"},
    {"id": "lockers", "question": "Are there lockers and showers?", "phrasings": ["where can I leave my bag"]},
    {"id": "defend", "question": "How do I defend my title?"},
    {"id": "kit", "question": "Which shirts are there?", "phrasings": ["how do I get shirts"]},
    {"id": "races", "question": "How do I enter a race?"},
    {"id": "fee", "question": "What does membership cost?"},
]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("how do i leave", ""),
        ("how do i leave again", ""),
        ("and how can i leave?", ""),
        ("and how do i defend?", "defend"),
        ("how do i get shirts", "kit"),
        ("where can i leave my bag", "lockers"),
    ],
)
def test_a_verb_without_object_is_about_what_was_spoken_of(tmp_path: Path, text: str, answer: str):
    """After how to join, "how do I leave" is not answered by where to leave a bag."""
    entries = [{**entry, "answer": "So."} for entry in CLUB]
    (tmp_path / "one.yaml").write_text(yaml.safe_dump({"lesson": "One", "entries": entries}), encoding="utf-8")
    said = Tutor(Library.open(tmp_path)).answer(text, "join")
    assert (said.id if isinstance(said, Answer) else "") == answer


@pytest.mark.parametrize("text", ["how do i delete it on windows", "and the trash?"])
def test_the_answer_before_is_offered_again_if_it_fits_best(tutor: Tutor, text: str):
    """What the last answer says itself is not looked for in others only."""
    said = tutor.answer(text, "delete-a-venv")
    assert isinstance(said, Suggestions)
    assert ids(said)[0] == "delete-a-venv"


@pytest.mark.parametrize("text", ["what about bread", "how do i bake bread", "and in rust?"])
def test_another_subject_is_not_pulled_back(tutor: Tutor, text: str):
    """A message about another subject is not understood as a follow-up."""
    assert tutor.answer(text, "create-a-venv") == Unknown()


@pytest.mark.parametrize("text", ["virtual environments", "activate venv", "the venv"])
def test_what_only_names_the_subject_again_is_asked_as_it_stands(tutor: Tutor, text: str):
    """A message that only names the subject again is answered as if it were the first."""
    assert tutor.answer(text, ON_WINDOWS) == tutor.answer(text)


def test_it_goes_on_from_a_question_that_got_no_answer(tutor: Tutor):
    """A member whose question got no answer can add a few words."""
    alone = tutor.answer("on windows")
    assert not isinstance(alone, Answer)
    assert ids(tutor.answer("on windows", earlier="how do i activate a venv"))[0] == ON_WINDOWS


def test_small_talk_goes_on_from_nothing(tutor: Tutor):
    """Small talk after an answer is not a follow-up."""
    said = tutor.answer("ok thanks", ON_WINDOWS)
    assert said == Unknown(nothing_asked=True, small_talk="thanks")


def test_what_a_follow_up_adds_is_answered_in_lessons_on_one_subject(tmp_path: Path):
    """Where most questions have the words of the one before, an entry that has them, too, is about the same."""
    questions = {
        "charts": "How do I make charts?",
        "excel": "How do I make charts in Excel?",
        "colours": "Which colours do charts need?",
        "legend": "How do I make a legend for charts?",
        "print": "How do I make charts larger?",
        "axis": "Where do I make the axis of charts shorter?",
    }
    reply = tutor_of(tmp_path, questions).answer("and in excel?", "charts")
    assert isinstance(reply, Answer)
    assert reply.id == "excel"


CLIMBING = {
    "fee": ("How much does a membership cost?", "A year is 120 euros."),
    "hall": ("Where is the climbing hall?", "12 Mill Street, through the yard."),
    "course": (
        "When is the next beginner course?",
        "On the first Saturday of each month at 10:00. It takes three hours and costs 25 €.",
    ),
    "course-place": ("Where does the beginner course take place?", "Small hall."),
    "shoes": ("Can I rent shoes?", "Yes, at the desk, for 4 dollars."),
    "parking": ("Where can I park?", "Behind the supermarket, free for two hours."),
    "training": ("Where does the training take place?", "Small hall, twice a week, within an hour of opening."),
    "trip": ("When is the trip to the rocks?", "Sign up at the desk."),
    "lost": ("I lost something in the hall, where do I find it?", "Look into the box."),
}
VEREIN = {
    "beitrag": ("Was kostet die Mitgliedschaft?", "Ein Jahr kostet 120 Euro."),
    "kurs": ("Wann ist der nächste Anfängerkurs?", "Am ersten Samstag um 10 Uhr. Er dauert drei Stunden."),
    "schuhe": ("Kann ich Schuhe leihen?", "Ja, an der Theke, für 4 Euro."),
    "parken": ("Wo kann ich parken?", "Hinter dem Supermarkt, zwei Stunden kostenlos."),
}
ESCALADA = {
    "cuota": ("¿Cuánto cuesta la cuota?", "Un año son 120 euros."),
    "curso": ("¿Cuándo es el próximo curso?", "El primer sábado de cada mes a las 10:00. Dura tres horas."),
    "zapatos": ("¿Puedo alquilar pies de gato?", "Sí, en el mostrador, por 4 euros."),
}


@pytest.mark.parametrize(
    ("lessons", "before", "texts"),
    [
        (
            CLIMBING,
            "course",
            "how much does it cost?, and what's the price?, ok and how much is it pls, is it free?",
        ),
        (CLIMBING, "course", "for how long?, how long does it take, what time?, when does it start?"),
        (CLIMBING, "course", "how much is the course, what does the course cost?, thx and when?"),
        (CLIMBING, "course", "so it's free?, ok cool and how much?, is there a fee"),
        (CLIMBING, "shoes", "how much?, do i have to pay for it"),
        (CLIMBING, "parking", "is it free?, and for how long"),
        (CLIMBING, "training", "how often?, and how often is it, for how long?"),
        (CLIMBING, "course", "how often?"),
        (VEREIN, "kurs", "wann genau?, wie lange dauert das denn, um wieviel uhr?"),
        (VEREIN, "schuhe", "wieviel?, was kostet das?, und wie teuer sind die"),
        (VEREIN, "parken", "kostet das was?, wie lange?"),
        (ESCALADA, "curso", "¿y cuánto dura?, a qué hora?"),
        (ESCALADA, "zapatos", "cuanto cuesta, ¿hay que pagar?"),
    ],
)
def test_a_detail_that_the_answer_says_is_in_the_answer(
    tmp_path: Path, lessons: dict[str, tuple[str, str]], before: str, texts: str
):
    """Whoever overlooked the price, the time or how long it takes gets the answer again, and no other price."""
    tutor = tutor_on(tmp_path, lessons)
    for text in texts.split(", "):
        reply = tutor.answer(text, before)
        assert isinstance(reply, Answer), text
        assert reply.id == before, text


@pytest.mark.parametrize(
    ("lessons", "before", "text"),
    [
        (CLIMBING, "trip", "how much does it cost?"),
        (CLIMBING, "trip", "price?"),
        (CLIMBING, "lost", "how long?"),
        (CLIMBING, "shoes", "where is that?"),
        (CLIMBING, "trip", "where do i sign up"),
        (ESCALADA, "zapatos", "¿dónde es?"),
    ],
)
def test_another_entry_is_no_answer_to_what_it_costs_or_where_it_is(
    tmp_path: Path, lessons: dict[str, tuple[str, str]], before: str, text: str
):
    """What the membership costs does not say what the trip costs, so that the bot only makes suggestions."""
    assert not isinstance(tutor_on(tmp_path, lessons).answer(text, before), Answer)


def test_when_something_is_does_not_say_where(tmp_path: Path):
    """An entry with the thing that a follow-up names, but with none of its other words, does not lead clearly."""
    questions = {
        "kiln": "When is the kiln fired?",
        "glaze": "Which glazes can I use?",
        "course": "When is the beginners' course?",
        "teacher": "Who teaches the course?",
        "pickup": "Where do I pick up my fired pots?",
        "clay": "Where do I get clay?",
        "sign-up": "How do I sign up for the course?",
    }
    assert isinstance(tutor_of(tmp_path, questions).answer("where is the course", "kiln"), Suggestions)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("Run `python3.13 -m pip`, and pin `certifi==2026.10.18`.", "when?"),
        ("Run it with `-p 80:80`.", "at what time?"),
        ("A place is yours once you have paid.", "how often?"),
        ("Then press it once more, and all of it is gone at once.", "how often?"),
        ("Dann drücke noch einmal darauf.", "wie oft?"),
        ("Fill in the form. We answer within a week.", "how long is it valid?"),
        ("Die Antwort kommt in drei Tagen.", "wie lange gilt das?"),
        ("Ask on Monday.", "when is it open?"),
        ("Come at 18:30.", "when does it end?"),
    ],
)
def test_what_only_looks_like_a_detail_is_not_one(tmp_path: Path, answer: str, text: str):
    """Whoever asks when or how often does not get a version, "once more" or another number of days again."""
    lessons = {**CLIMBING, "other": ("How do I get a locker?", answer)}
    assert not isinstance(tutor_on(tmp_path, lessons).answer(text, "other"), Answer)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("You do it once, at the desk.", "how often?"),
        ("Once a year, at the desk.", "how often?"),
        ("Come at 6.30.", "when?"),
        ("Come at 18:30.", "when?"),
        ("Each key is valid for a year.", "how long is it valid?"),
        ("From 18:30 to 20:00.", "when does it end?"),
    ],
)
def test_what_is_a_detail_is_given_again(tmp_path: Path, answer: str, text: str):
    lessons = {**CLIMBING, "other": ("How do I get a locker?", answer)}
    reply = tutor_on(tmp_path, lessons).answer(text, "other")
    assert isinstance(reply, Answer)
    assert reply.id == "other"


def test_where_something_is_and_how_many_there_are_may_be_in_the_answer(tmp_path: Path):
    """They need not be the ones that are meant, so that the answer is offered, and not given again."""
    tutor = tutor_on(tmp_path, CLIMBING)
    for text, before in (("where?", "shoes"), ("how many do i get?", "shoes")):
        reply = tutor.answer(text, before)
        assert isinstance(reply, Suggestions), text
        assert ids(reply)[0] == before, text


def test_an_entry_on_the_detail_of_the_same_thing_comes_before_the_answer(tmp_path: Path):
    """Where the course takes place has an entry of its own, and so has what a membership costs."""
    tutor = tutor_on(tmp_path, CLIMBING)
    assert ids(tutor.answer("where does it take place", "course"))[0] == "course-place"
    for before in ("course", "trip"):
        reply = tutor.answer("how much does a membership cost", before)
        assert isinstance(reply, Answer)
        assert reply.id == "fee"


def test_the_opposite_of_what_somebody_may_do_is_not_to_remove_the_thing(tmp_path: Path):
    """Who may build in a claim is taken back by another command than the one that removes the claim."""
    questions = {
        "trust": "How do I let a friend build in my claim?",
        "untrust": "How do I take back that trust?",
        "claim": "How do I claim land?",
        "unclaim": "How do I remove a claim?",
        "home": "How do I set a home?",
        "vote": "Where can I vote for the server?",
    }
    tutor = tutor_of(tmp_path, questions)
    for text in ("can i undo that", "and how do i undo that"):
        assert isinstance(tutor.answer(text, "trust"), Suggestions), text
