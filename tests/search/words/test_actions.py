"""An entry that only mentions a thing does not answer how to do something else with it."""

from __future__ import annotations

import pytest

from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.words.actions import action_in, asks_how, asks_something_else, foreign_action_words, order_in
from bot.search.words.wording import words
from bot.tutor import Tutor
from tests.support.findable import Findable, indexes

ENTRIES = (
    Findable(
        "docker", "Do I need an environment in Docker?", ("dockerfile pip install",), "Docker is one already."
    ),
    Findable(
        "pycharm", "How do I choose the environment in PyCharm?", ("pycharm interpreter",), "In its settings."
    ),
    Findable("delete", "How do I delete an environment?", ("delete a venv",), "Delete its folder."),
    Findable("install", "How do I install a package?", ("install numpy", "install flask"), "pip install numpy"),
    Findable("uv", "What is uv?", ("how to install uv",), "A tool that replaces pip."),
    *(Findable(f"other-{n}", f"What is chapter {n} about?", (), "See the plan.") for n in range(9)),
)
FORMS = indexes(ENTRIES)


@pytest.mark.parametrize("index", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    "asked", ["how do i install docker", "how to install pycharm", "how can i delete pycharm", "how to delete uv"]
)
def test_an_entry_about_something_else_is_not_given_outright(index: Index, asked: str):
    """ "How do I install Docker" does not get the entry that says whether Docker needs an environment."""
    assert judge(index.rank(asked), "eager").sure is None


@pytest.mark.parametrize("index", FORMS.values(), ids=FORMS)
def test_an_entry_about_the_action_is_given(index: Index):
    """If the entry is about the action, it is the answer as before."""
    for asked, id_ in (
        ("how to install a numpy package", "install"),
        ("how do i delete my old environment", "delete"),
    ):
        sure = judge(index.rank(asked), "eager").sure
        assert sure, asked
        assert sure.id == id_


@pytest.mark.parametrize(
    ("asked", "action"),
    [
        ("how do i install docker", "install"),
        ("where can we download pycharm", "download"),
        ("how to uninstall it again please docker", "uninstall"),
        ("how big is a venv", ""),
        ("what is uv", ""),
        ("how do i install", ""),
        ("how do i block someone", "block"),
        ("how do i block them", ""),
        ("", ""),
    ],
)
def test_the_action_is_what_follows_the_person(asked: str, action: str):
    """The action is the verb after "how do I", if it has an object."""
    assert action_in(asked.split()) == action


GAME = indexes(
    (
        Findable(
            "defend", "How do I defend my ship?", ("someone attacks me what can i do", "survive an attack"), "F."
        ),
        Findable("report", "How do I report a cheater?", ("somebody harasses me in chat",), "Press R."),
        Findable("trade", "How do I trade with players?", ("swap coins with a friend",), "Press T."),
        Findable("backup", "How do I make a backup?", ("take a backup of my files",), "In the settings."),
        Findable("vote", "How do people vote?", ("how do they vote for a song",), "With a reaction."),
        Findable("appeal", "How do I appeal a ban?", ("get unbanned",), "Write to the board."),
        *(Findable(f"other-{n}", f"What is chapter {n} about?", (), "See the plan.") for n in range(9)),
    )
)


@pytest.mark.parametrize("index", GAME.values(), ids=GAME)
@pytest.mark.parametrize(
    "asked",
    ["how do i attack someone", "how to attack somebody", "how do i harass someone", "how do i ban someone"],
)
def test_what_others_do_is_not_how_to_do_it(index: Index, asked: str):
    """ "Someone attacks me" does not say how to attack somebody."""
    assert judge(index.rank(asked), "eager").sure is None


@pytest.mark.parametrize("index", GAME.values(), ids=GAME)
@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("how do i backup my files", "backup"),
        ("backup my files", "backup"),
        ("how do i vote for a song", "vote"),
    ],
)
def test_an_action_may_be_a_thing_that_is_made_or_what_people_do(index: Index, asked: str, id_: str):
    """Who makes a backup backs up, and how people vote is how I vote."""
    sure = judge(index.rank(asked), "eager").sure
    assert sure
    assert sure.id == id_


@pytest.mark.parametrize(
    ("asked", "order"),
    [("restart my kernel", "restart"), ("restart kernel", ""), ("is a kernel new", ""), ("restart a", "")],
)
def test_an_order_is_what_comes_before_its_object(asked: str, order: str):
    """A message that begins with a verb asks how that is done."""
    assert order_in(asked.split()) == order


def test_an_entry_whose_own_question_is_about_the_action_is_given(tutor: Tutor):
    """The thing may stand far from the action, as in "it on Windows" for "a virtual environment on Windows"."""
    sure = judge(tutor.snapshot.index.rank("how do i activate it on windows")).sure
    assert sure
    assert sure.id == "activate-on-windows"


@pytest.mark.parametrize(
    "asked",
    ["restart a jupyter kernel", "how to restart a jupyter kernel", "squash a commit"],
)
def test_an_action_that_no_entry_has_is_not_answered_by_what_it_is_done_with(tutor: Tutor, asked: str):
    """Two words in common do not make an entry on Jupyter kernels say how to restart one."""
    assert judge(tutor.snapshot.index.rank(asked)).sure is None


@pytest.mark.parametrize(
    "asked",
    [
        "how do i transfer my venv to another pc",
        "how do i trash my venv",
        "how do i migrate a venv to python 3.14",
    ],
)
def test_other_words_for_an_action_are_understood(tutor: Tutor, asked: str):
    """Where an entry has more of the question, another word for its action does no harm."""
    assert judge(tutor.snapshot.index.rank(asked)).sure


@pytest.mark.parametrize("asked", ["how do i install docker", "how do i install pycharm"])
def test_the_shipped_lessons_do_not_say_how_to_install_a_tool(tutor: Tutor, asked: str):
    """The shipped lessons mention tools, and do not say how to install them."""
    assert judge(tutor.snapshot.index.rank(asked)).sure is None


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("wie lade ich pycharm herunter", ["lade", "herunter"]),
        ("dónde puedo descargar pycharm", ["descargar"]),
        ("wie kann ich pycharm herunterladen", ["pycharm", "herunterladen"]),
        ("cómo sé si el entorno está activo", ["entorno"]),
        ("por qué sale un error", []),
        ("", []),
    ],
)
def test_the_action_is_what_somebody_asks_how_to_do(text: str, action: list[str]):
    """Who asks "why" or "must I" is not told that an entry is about something else."""
    assert foreign_action_words(words(text, 20)) == action


def test_where_and_why_do_not_ask_how():
    """A question in one language is compared with entries in another by how it begins."""
    assert asks_how(words("wie installiere ich das", 20))
    assert asks_how(words("¿cómo lo instalo?", 20))
    assert not asks_how(words("wo liegt das", 20))
    assert asks_something_else(words("Where do packages go when I install them?", 20))
    assert asks_something_else(words("Warum installiere ich das?", 20))
    assert not asks_something_else(words("How do I install it?", 20))
    assert not asks_something_else([])
