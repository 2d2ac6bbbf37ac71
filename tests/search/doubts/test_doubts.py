"""An entry that only shares something with a question is offered, and not given as its answer."""

from __future__ import annotations

import pytest

from bot.dialogue.reply import Answer, Suggestions
from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.meaning.table import TableSource
from bot.search.words.aspects import asks_what_a_thing_is
from bot.search.words.keywords import Keywords, operators_in
from bot.search.words.wording import words
from bot.tutor import Tutor
from tests.support.course_server import ENTRIES
from tests.support.findable import Findable, LateIndex, indexes

COURSE = indexes(ENTRIES)


def answer(tutor: Tutor, question: str) -> str:
    """The id of the answer that a question gets; '' if it gets none."""
    said = tutor.answer(question)
    return said.id if isinstance(said, Answer) else ""


@pytest.mark.parametrize(
    "question",
    [
        # an entry on something else to do with a tool does not answer whatever is asked about that tool
        "what is docker",
        "what is a virtual machine",
        "is docker free",
        "what is git?",
        "is pycharm free",
        "does pycharm have a dark theme",
        "how much is pycharm professional",
        "what's new in python 3.14",
        # a name of two words is one thing, too: the entry says how to choose the environment in VS Code
        "vs code extensions for python",
        "jupyter notebook dark theme",
        "jupyter notebook shortcuts",
        "export a jupyter notebook to pdf",
        "docker container logs",
        "docker container names",
        "execution policy of my country",
        "poetry vs prose",
    ],
)
def test_the_subject_alone_is_no_answer(tutor: Tutor, question: str):
    """What an entry is about does not make it answer something else to do with that."""
    assert answer(tutor, question) == ""


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        # a name with another word of the entry
        ("vs code interpreter for python", "vs-code-interpreter"),
        ("vs code wrong python", "vs-code-interpreter"),
        ("jupyter notebook kernel", "jupyter-kernel"),
        ("jupyter notebook with my venv", "jupyter-kernel"),
        ("docker container with a venv", "docker-and-venv"),
        ("execution policy error", "powershell-scripts-disabled"),
        # a question for the subject itself
        ("what is pipx?", "pipx"),
        ("whats a lock file", "pin-versions"),
        ("how do i install uv", "uv"),
        ("delete a venv", "delete-a-venv"),
        ("pip or pip3?", "why-python-m-pip"),
        ("ModuleNotFoundError: No module named 'x'", "module-not-found"),
    ],
)
def test_the_subject_with_what_an_entry_says_on_it_is_answered(tutor: Tutor, question: str, entry: str):
    """A question of the same form for what an entry says gets it."""
    assert answer(tutor, question) == entry


@pytest.mark.parametrize("index", COURSE.values(), ids=COURSE)
@pytest.mark.parametrize(
    "question",
    ["final project grade", "certificate for english", "code block font", "the final project from last year"],
)
def test_what_no_entry_has_is_not_answered_by_its_subject(index: Index, question: str):
    """What the project is about does not say what grade one gets, but may be what somebody looks for."""
    ranking = index.rank(question)
    assert judge(ranking, "eager").sure is None
    assert judge(ranking, public=True).possible


@pytest.mark.parametrize("index", COURSE.values(), ids=COURSE)
def test_the_subject_with_words_that_an_entry_has_is_answered(index: Index):
    """The same noun phrases find the entry that has their words."""
    for question, entry in (
        ("final project requirements", "project"),
        ("certificate for the course", "certificate"),
    ):
        sure = judge(index.rank(question), "eager").sure
        assert sure, question
        assert sure.id == entry


@pytest.mark.parametrize(
    "question",
    [
        # how to exit an environment does not say how to exit Python, which all lessons are about
        "how do i exit python",
        "how do i list pythons",
        # "jupyter ipykernel install" is asked about ipykernel, and does not say how to install Jupyter
        "how do i install jupyter",
        "how do i install docker",
        "rename a docker container",
        "update a docker image",
    ],
)
def test_the_action_has_to_be_done_with_the_same_thing(tutor: Tutor, question: str):
    """How to do the same with something else is no answer."""
    assert answer(tutor, question) == ""


def test_only_what_is_asked_how_to_do_has_to_be_the_action_of_an_entry():
    """Where to go to change the address is answered by how to change it, although another entry says how to go."""
    index = Index(
        [
            *ENTRIES,
            Findable("address", "How do I change my address?", ("edit my details",), "In your profile."),
            Findable("camp", "How do I go to the camp?", ("go there by bus",), "Take the bus at nine."),
        ],
        {},
        (TableSource(),),
    )
    sure = judge(index.rank("where do i go to change my address")).sure
    assert sure
    assert sure.id == "address"


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        # who asks about npm is not told about pip; a slip is told from a name
        ("how do i uninstall an npm package", ""),
        ("should i commit the venv to mercurial?", ""),
        ("should i commit the venv to git", "gitignore-the-venv"),
        ("how do i uninstall a pacage", "uninstall-a-package"),
        ("how do i uninstall an old package", "uninstall-a-package"),
        # who has no cmake is not told how to get pip; any module is a fine example of a missing one
        ("cmake: command not found", ""),
        ("pipenv: command not found", ""),
        ("cmake command not found??", ""),
        ("zsh: command not found: npm", ""),
        ("'conda' is not recognized as an internal or external command", ""),
        ("pip: comand not found", "pip-command-not-found"),
        ("pyhton: command not found", "python-command-not-found"),
        # most of its words are also those of the entry on pip
        ("'python' is not recognized as an internal or external command", "python-command-not-found"),
        ("source is not recognized", "activate-on-windows"),
        ("ModuleNotFoundError: No module named 'requests'", "module-not-found"),
    ],
)
def test_another_name_is_another_thing(tutor: Tutor, question: str, entry: str):
    """A name that no entry has, in an entry's own words or in the same error, is another thing, and no slip."""
    assert answer(tutor, question) == entry


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("how do i get an older verison of pandas, like exactly 1.5.3", "pin-versions"),
        ("list my packages, not upgrade them", "list-packages"),
    ],
)
def test_of_two_entries_that_fit_alike_the_one_that_explains_more_comes_first(
    tutor: Tutor, question: str, entry: str
):
    """A rare word that only the second has counts more than how often the first has the common ones."""
    assert tutor.snapshot.index.rank(question)[0].id == entry


def test_what_an_entry_is_asked_with_word_for_word_is_not_answered_by_another(tutor: Tutor):
    """ "What are virtual environments" is not answered by "what are virtual environments good for"."""
    assert answer(tutor, "what are virtual environments") in {"", "what-is-a-virtual-environment"}
    assert answer(tutor, "what are virtual environments good for?") == "why-virtual-environments"


def test_a_file_that_several_entries_are_about_is_a_choice(tutor: Tutor):
    """The name of a file is one word, although search reads its parts, too."""
    assert answer(tutor, "requirements.txt") == ""


def test_an_operator_in_code_marks_decides(tutor: Tutor):
    """What is asked about `>=` is no question for the rest of its sentence."""
    assert answer(tutor, "what is `>=` in a requirements file") in {"", "pin-versions"}
    assert answer(tutor, "what is `||` in a requirements file") == ""


def test_another_exception_is_another_error(tutor: Tutor):
    """Two errors can have the same text but for the exception."""
    assert answer(tutor, "FileNotFoundError: [Errno 2] No such file or directory: 'data.csv'") == ""


@pytest.mark.parametrize(
    ("question", "is_definition"),
    [
        ("what is apple pay", True),
        ("What's a lock file?", True),
        ("was ist docker", True),
        ("¿qué es uv?", True),
        ("what is docker for", False),
        ("what is the difference between a and b", False),
        ("what is", False),
        ("what is the", False),
        ("docker", False),
    ],
)
def test_a_question_for_what_a_thing_is_asks_nothing_else(question: str, is_definition: bool):
    """ "What is docker for" asks more than "what is docker"."""
    assert asks_what_a_thing_is(words(question, 20)) is is_definition


def test_operators_without_marks_are_keywords_of_a_library():
    """Authors need no backticks for "==", but dashes and emoticons are no operators."""
    assert list(operators_in("== or >= for versions -- or :/ and *** !!")) == ["`==`", "`>=`"]
    known = Keywords(operators_in("== or >= for versions"))
    assert known.of("what is >= good for") == ["`>=`"]
    assert known.lacks("what does `||` do")
    assert known.lacks("what does `with` do")
    assert not known.lacks("what does `>=` or `main.py` do")
    assert not known.lacks("what does || do")


def test_small_words_that_nothing_contains_complete_to_nothing(tutor: Tutor):
    """Somebody who types "was ist" to lessons in English is offered nothing unrelated."""
    assert tutor.complete("was ist") == tutor.complete("wie kann ich") == ()
    assert tutor.complete("how do i")


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize(("word", "stem"), [("install", "install"), ("versions", "version"), ("pip", "pip")])
def test_a_single_word_asks_which_of_its_entries_is_meant(tutor: Tutor, word: str, stem: str, public: bool):
    """Offered first are entries whose own question has the word, not those that mention it most often."""
    reply = tutor.answer(word, public=public)
    assert isinstance(reply, Suggestions)
    first, second, *_ = reply.questions
    assert stem in first.text
    assert stem in second.text


def test_what_is_installed_does_not_say_how_to_install(tutor: Tutor):
    """How to list the installed packages is no answer to how to install one, whatever else the words share."""
    assert answer(tutor, "how do i install pandas in my venv") == ""


def test_embed_is_an_action_although_it_ends_like_what_is_done():
    """How to embed something is answered by how to embed it."""
    embed = Findable("embed", "How do I embed a video?", (), "Paste its link.")
    index = Index([embed, *ENTRIES], {}, (TableSource(),))
    sure = judge(index.rank("how can i embed a video in my message"), "eager").sure
    assert sure is not None
    assert sure.id == "embed"


PHOTO = LateIndex(
    [
        Findable("flash", "How do I turn off the flash?", ("take a picture without flash",), "Press the bolt."),
        Findable("borrow", "Can I borrow a lens from the club?", ("rent a lens",), "Ask on Mondays."),
        Findable("ban", "How do I appeal a ban?", ("get unbanned",), "Write to the board."),
        Findable("iso", "What is ISO?", (), "How much light the sensor needs."),
        Findable("meet", "When do we meet?", (), "On Mondays."),
        Findable("join", "How do I join the club?", (), "Come on a Monday."),
        Findable("tutor", "How do I contact my tutor?", ("write to the tutor",), "By mail."),
        Findable("kick", "How do I kick a player?", ("throw a player out",), "Press K."),
        Findable("import", "How do I read photos into R?", ("load photos in r",), "Use magick."),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("how do i turn off the camera", "flash"),
        ("can i borrow a book from the club", "borrow"),
        ("how do i appeal a warning", "ban"),
        ("how do i read photos into excel", "import"),
    ],
)
def test_the_same_done_to_another_thing_is_not_answered(question: str, entry: str):
    """How to turn off the flash may be near to it, and does not say how to turn off the camera."""
    judgement = judge(PHOTO.rank(question), "eager")
    assert judgement.sure is None
    assert judgement.possible[0].id == entry


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("how do i turn off my flash", "flash"),
        ("how do i switch off the flash", "flash"),
        ("can i borrow a lens from your club", "borrow"),
        ("how can i appeal my ban", "ban"),
        ("how do i appeal a suspension", "ban"),
        ("how do i contact the teacher", "tutor"),
        ("how do i join the group", "join"),
        ("how do i kick people", "kick"),
    ],
)
def test_the_same_in_other_words_is_answered(question: str, entry: str):
    """Another word for turning it off, for the thing or the person, or "my" for "the", changes nothing."""
    sure = judge(PHOTO.rank(question)).sure
    assert sure
    assert sure.id == entry


SHARED = indexes(
    (
        Findable("does", "What does == do?", (), "It compares."),
        Findable("use", "When do I use ==?", ("why ==",), "To compare."),
        Findable("pip", "What is pip?", ("pip explained",), "A tool."),
        Findable("upgrade", "How do I upgrade pip?", (), "With itself."),
        *(Findable(f"other-{n}", f"What is chapter {n} about?", (), "See the plan.") for n in range(8)),
    )
)


@pytest.mark.parametrize("index", SHARED.values(), ids=SHARED)
@pytest.mark.parametrize(("asked", "both"), [("==", {"does", "use"}), ("pip", {"pip", "upgrade"})])
def test_a_single_word_of_two_entries_offers_both(index: Index, asked: str, both: set[str]):
    """Who types only "pip" chooses what to know of it."""
    judgement = judge(index.rank(asked))
    assert judgement.sure is None
    assert both <= {match.id for match in judgement.possible}


HELP = LateIndex(
    [
        Row("mute", "How do I mute the announcements?", ("turn off announcements",), "Press the bell."),
        Row("convert", "How do I turn an object into JSON?", ("stringify an object",), "JSON.stringify(it)"),
        Row("open", "How do I open the console?", ("show the console",), "Press F12."),
        Row("pause", "How do I pause the matching?", ("go on pause",), "Type /pause."),
        Row("stumm", "Wie schalte ich den Kanal stumm?", ("Kanal stummschalten",), "Rechtsklick."),
        *(Row(f"other-{n}", f"What is chapter {n} of the course about?", (), "See the plan.") for n in range(9)),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize(
    "asked",
    [
        "I muted the announcements last month, how do I hear them again?",
        "i stringified my object, how do i get the object back",
        "the announcements are muted and i need them again",
        "i am on pause but want new people instead",
        "ich hab den Kanal stumm geschaltet, wie hör ich ihn wieder",
    ],
)
def test_what_is_told_is_not_answered_where_it_is_wanted_back(asked: str):
    """How to do what a member did already, and wants undone, is no answer. It may be offered."""
    assert judge(HELP.rank(asked), "eager").sure is None


def test_back_in_an_entry_may_be_what_was_told(tutor: Tutor):
    """How to "leave venv and go back to system python" is no answer to who left it and wants it back."""
    assert answer(tutor, "i deactivated my venv, how do i get it back") == ""
    assert answer(tutor, "how do i leave my venv and go back") == "deactivate-a-venv"


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("I closed the console, how do I open it again?", "open"),
        ("how do i mute the announcements again", "mute"),
        ("how do i turn the object into json again, i forgot", "convert"),
        ("my matching is on, how do i pause it again", "pause"),
    ],
)
def test_what_is_wanted_again_by_its_own_verb_is_answered(asked: str, entry: str):
    """Whoever names what they want to do gets how to do it, and so does whoever asks once more."""
    judgement = judge(HELP.rank(asked), "eager")
    assert judgement.sure
    assert judgement.sure.id == entry


GARDEN = LateIndex(
    [
        Findable("prune", "How do I prune roses?", (), "In March."),
        Findable("water", "How often should I water tomatoes?", (), "Daily."),
        Findable("plant", "When can I plant potatoes?", (), "In April."),
        Findable("compost", "Can I put orange peel in the compost?", (), "A little."),
        Findable("key", "Where do I get a key for the shed?", (), "From Ana."),
        Findable("fee", "How much is the yearly fee?", (), "40 euros."),
        Findable("dog", "May I bring my dog?", (), "On a lead."),
        Findable("mow", "How often is the lawn cut back?", (), "Weekly."),
        Findable("where", "Where is the course taught?", (), "In the shed."),
    ]
)
SPANISH_PHOTOS = LateIndex(
    [
        Findable("where", "¿Dónde se imparte el curso?", (), "En el aula 2."),
        Findable("blurred", "¿Por qué me salen las fotos movidas?", (), "Usa un trípode."),
        Findable("fee", "¿Cuánto cuesta?", (), "40 euros."),
    ]
)
CODING = LateIndex(
    [
        Findable("let", "When do I use `let` and when `const`?", (), "It depends."),
        Findable("equal", "What is the difference between == and ===?", (), "Types."),
        Findable("loop", "How do I leave a loop early?", (), "With break."),
    ]
)
SPANISH_COURSE = LateIndex(
    [
        Findable("precio", "¿Cuánto cuesta una clase particular?", (), "20 euros."),
        Findable("sede", "¿Dónde queda la clase particular?", (), "En el centro."),
        Findable("tarea", "¿Cuándo entrego la tarea?", (), "El lunes."),
    ]
)
GERMAN_GARDEN = LateIndex(
    [
        Findable("schneiden", "Wie schneide ich Rosen?", (), "Im März."),
        Findable("pflanzen", "Wann kann ich Kartoffeln pflanzen?", (), "Im April."),
        Findable("hund", "Darf ich meinen Hund mitbringen?", (), "An der Leine."),
        Findable("skript", "Wo finde ich das Skript?", (), "Im Portal."),
        Findable("beginn", "Wann beginnt der Kurs?", (), "Im März."),
        Findable("konto", "Wie lösche ich alle Bilder vom Konto?", (), "In den Einstellungen."),
        Findable("folien", "Wo kann ich die Folien herunterladen?", (), "Im Portal."),
    ]
)


@pytest.mark.parametrize(
    ("index", "question"),
    [
        (GARDEN, "how do i water roses"),
        (GARDEN, "how do i buy roses"),
        (GARDEN, "how often should i water the lawn"),
        (GARDEN, "how often should i feed tomatoes"),
        (GARDEN, "when can i plant trees"),
        (GARDEN, "can i put coffee grounds in the compost"),
        (GARDEN, "where do i get a key for the gate"),
        (GARDEN, "how much is the monthly fee"),
        (GARDEN, "may i bring my children"),
        (GARDEN, "how often is the lawn sold"),
        (GARDEN, "who teaches the course"),
        (GERMAN_GARDEN, "wie gieße ich rosen"),
        (SPANISH_PHOTOS, "quién imparte el curso"),
        (SPANISH_PHOTOS, "por qué me salen las fotos amarillas"),
        (GERMAN_GARDEN, "wann kann ich knoblauch pflanzen"),
        (GERMAN_GARDEN, "darf ich meine katze mitbringen"),
        (GERMAN_GARDEN, "wo kann ich die folien drucken"),
    ],
)
def test_an_entry_is_no_answer_to_its_question_with_other_words_in_one_place(index, question: str):
    """It is offered, as the rest is the same."""
    judged = judge(index.rank(question))
    assert judged.sure is None
    assert judged.possible


@pytest.mark.parametrize(
    ("index", "question", "answer"),
    [
        (GARDEN, "how do i prune my roses", "prune"),
        (GARDEN, "may i bring my dgo", "dog"),
        (GERMAN_GARDEN, "wie schneide ich meine rosen", "schneiden"),
        (GERMAN_GARDEN, "wo finde ich das skrpt", "skript"),
        (GERMAN_GARDEN, "wann startet der kurs", "beginn"),
        (GERMAN_GARDEN, "wie entferne ich alle bilder vom konto", "konto"),
        (GERMAN_GARDEN, "wo kann ich die folien finden", "folien"),
        (GERMAN_GARDEN, "wo finde ich das skrit", "skript"),
        (SPANISH_COURSE, "cuánto vale una clase particular", "precio"),
        (SPANISH_COURSE, "cuánto cuestan las clases particulares", "precio"),
        (CODING, "when do i use let and when const in my case", "let"),
    ],
)
def test_a_synonym_a_slip_or_a_small_word_is_no_other_word(index, question: str, answer: str):
    """These do not change what is asked."""
    judged = judge(index.rank(question))
    assert judged.sure
    assert judged.sure.id == answer
