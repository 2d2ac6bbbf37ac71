"""An entry that says the opposite of a question is never its answer, and never the first suggestion."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.meaning.table import TableSource
from bot.search.opposites.opposite_words import OppositeWords
from bot.search.opposites.polarities import NO, YES
from bot.search.opposites.polarity_reader import PolarityReader
from tests.support.findable import indexes

ENTRIES = (
    Row("enter", "How do I enter a virtual environment?", ("activate a venv",), "source .venv/bin/activate"),
    Row("leave", "How do I leave a virtual environment?", ("deactivate a venv",), "deactivate"),
    Row("create", "How do I create a virtual environment?", ("make a venv",), "python -m venv .venv"),
    Row("delete", "How do I delete a virtual environment?", ("remove a venv",), "Delete its folder."),
    Row("install", "How do I install a package with pip?", ("pip install numpy",), "pip install numpy"),
    Row("uninstall", "How do I uninstall a package?", ("take out what i installed",), "pip uninstall numpy"),
    Row("upgrade", "How do I upgrade a package?", ("pip install --upgrade",), "pip install --upgrade numpy"),
    Row("offline", "How do I install a package without internet?", (), "Download it before."),
    Row("export", "How do I convert a table from Excel to Markdown?", (), "Use pandas."),
    Row("cell", "How do I comment a line?", (), "With a hash."),
    Row("lights", "How do I turn the lights on?", (), "With the switch."),
    *(Row(f"other-{n}", f"What is chapter {n} of the course about?", (), "See the plan.") for n in range(9)),
)
ALIASES = {"virtual environment": ["venv"]}
FORMS = indexes(ENTRIES, ALIASES)


@pytest.mark.parametrize("index", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    ("asked", "opposite"),
    [
        ("how do i exit my venv again", "enter"),
        ("how do i get out of a venv", "enter"),
        ("how do i get into a venv", "leave"),
        ("how do i not enter a venv", "enter"),
        ("erase my whole venv", "create"),
        ("i want to build a venv rather than delete it", "delete"),
        ("remove a venv instead of creating it", "create"),
        ("do NOT delete a venv but create it", "delete"),
        ("not delete but create a venv", "delete"),
        ("how can i install a package without pip", "install"),
        ("how do i install a package with internet", "offline"),
        ("convert a table from Markdown to Excel", "export"),
        ("uncomment a line", "cell"),
        ("how do i turn the lights off", "lights"),
        ("venv verlassen", "enter"),
        ("upgrade not install a package", "install"),
        ("install not upgrade a package", "upgrade"),
        ("install, not uninstall, a package", "uninstall"),
        ("create a venv, dont delete it", "delete"),
        ("make a venv again, not delete it", "delete"),
        ("leave the venv but dont delete it", "delete"),
        ("dont delete the venv, just leave", "delete"),
        ("but dont delete the venv, leave it", "delete"),
        ("uninstall this package, not install it", "install"),
        ("how do i keep pip from upgrading a package", "upgrade"),
        ("i uninstalled a package, how do i install it with pip again", "uninstall"),
        ("what i installed went everywhere, install a package elsewhere", "uninstall"),
        ("stop it from installing a package with pip", "install"),
        ("how do i remove a venv instead of just deactivating it", "leave"),
        ("i said dont delete the venv, just leave it", "delete"),
        ("wait no dont delete it, i wanna create a venv", "delete"),
        ("not delete, create a venv", "delete"),
        ("delete the venv? nah, just leave it", "delete"),
        ("i asked how to leave, not how to delete the venv", "delete"),
    ],
)
def test_the_opposite_is_neither_given_nor_offered_first(index: Index, asked: str, opposite: str):
    """A question how to leave does not get the answer how to enter."""
    ranking = index.rank(asked)
    judgement = judge(ranking, "eager")
    assert not judgement.sure or judgement.sure.id != opposite
    assert not judgement.possible or judgement.possible[0].id != opposite


@pytest.mark.parametrize("index", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("why can i not enter my virtual environment", "enter"),
        ("it does not let me delete the virtual environment", "delete"),
        ("how do i install a package without internet access", "offline"),
        ("convert an excel table from Excel to Markdown", "export"),
        # Who asks whether one deletes it wants to know about deleting it.
        ("dont i delete the venv", "delete"),
        ("why shouldnt i delete the venv", "delete"),
    ],
)
def test_what_does_not_work_is_not_its_opposite(index: Index, asked: str, id_: str):
    """'I can not enter' is about entering, and not its opposite."""
    assert index.rank(asked)[0].id == id_


def test_whether_to_do_something_is_about_undoing_it_too():
    """'Should I commit it' says what to do about it otherwise, unlike 'how do I merge cells'."""
    index = Index(
        [
            Row("whether", "Should I commit the folder to git?"),
            Row("how", "How do I merge cells?"),
            Row("far", "Where is the library?"),
        ]
    )
    for asked, is_first in (("how do i un-commit the folder from git", True), ("how do i un-merge cells", False)):
        judgement = judge(index.rank(asked), "eager")
        assert bool(judgement.sure or judgement.possible) is is_first


@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("i deleted a message how do i undo it", "restore"),
        ("stop procrastinating", "late"),
        ("why can i not convert csv to excel", "to-excel"),
        ("not csv to excel", "to-csv"),
        ("best laptop for students", "laptop"),
    ],
)
def test_who_solves_a_problem_does_not_say_its_opposite(asked: str, id_: str):
    """'Restore a deleted message' and 'avoid procrastinating' are what is asked for."""
    index = Index(
        [
            Row("restore", "How do I get a deleted message back?", ("restore a deleted message",)),
            Row("edit", "How do I edit a message?", ("change a message",)),
            Row("late", "I keep procrastinating, what can I do?", ("avoid procrastinating",)),
            Row("to-excel", "How do I convert csv to excel?", ("csv to excel",)),
            Row("to-csv", "How do I convert excel to csv?", ("excel to csv",)),
            Row("laptop", "Which laptop do I need?", ("what laptop to buy",)),
        ],
        sources=(TableSource(),),
        wait=True,
    )
    judgement = judge(index.rank(asked), "balanced")
    assert next(each.id for each in (judgement.sure, *judgement.possible) if each) == id_


def test_to_give_permission_is_the_opposite_of_taking_it_away():
    """The right entry does not even say "permission"."""
    index = Index(
        [
            Row("allow", "How do I let a friend build on my land?", ("trust someone",)),
            Row("forbid", "How do I take away a friend's permission?", ("untrust",)),
            Row("teleport", "How do I teleport to a friend?"),
            Row("money", "How do I send money?"),
        ]
    )
    for asked in ("how do i give permission to a friend", "how do i give access to a friend"):
        assert index.rank(asked)[0].id != "forbid"
    sure = judge(index.rank("how do i take away the permission of a friend"), "balanced").sure
    assert sure
    assert sure.id == "forbid"


def test_where_only_the_opposite_fits_nothing_is_offered():
    """If all entries that fit say the opposite, none is offered."""
    only = Index([Row("on", "How do I enable dark mode?"), Row("far", "Where is the library?")])
    judgement = judge(only.rank("disable dark mode"), "eager")
    assert judgement.sure is None
    assert judgement.possible[:1] == ()


def test_one_word_that_several_entries_share_asks_which():
    """One word that several entries have gets suggestions, and not the entry with the best score."""
    for index in FORMS.values():
        for asked in ("install", "package?", "a venv please"):
            assert judge(index.rank(asked), "eager").sure is None


def test_a_question_that_only_shares_the_subject_is_not_answered():
    """A question that shares only the subject of the library, here Python, gets no answer."""
    library = Index(
        [
            Row("lists", "How do I sort a list in Python?", ("python list python sort",)),
            Row("dicts", "How do I merge two dicts in Python?", ("python merge",)),
            Row("run", "How do I run a Python script?", ("python python run",)),
            Row("venv", "Why do Python projects need environments?"),
        ],
        {},
        (TableSource(),),
    )
    for asked in ("which editor for Python", "is python good for games", "who made python"):
        assert judge(library.rank(asked), "eager").sure is None


def test_not_between_two_actions_turns_the_second():
    """In "create not delete", only the first is asked for."""
    reader = PolarityReader(OppositeWords())
    assert reader.polarities("create not delete a folder".split())["create"] == YES
    assert reader.polarities("i can not delete a folder".split())["create"] == YES + NO
    assert reader.polarities("i want to create it but can not delete it".split())["create"] == YES + NO
    assert "enter" not in reader.polarities("is the venv active".split())
    assert reader.polarities("my packages do not install the tools".split())["install"] == YES + NO


@pytest.mark.parametrize(
    ("asked", "is_opposite"),
    [
        ("can i follow a person without them noticing", False),
        ("i give up how do i set an alarm", False),
        ("how do i get 20 percent off a set", False),
        ("how do i release a set", False),
        ("set it without a person", True),
        ("walk without following", False),
        ("restore the factory settings", False),
        ("remove the set", True),
    ],
)
def test_what_only_looks_like_leaving_out_or_undoing_is_neither(asked: str, is_opposite: bool):
    """ "Without them noticing" leaves nobody out, and settings are nothing that was set by an entry."""
    reader = PolarityReader(OppositeWords(), {"set", "follow"})
    found = reader.polarities(asked.split())
    assert (NO in {found.get("with person"), found.get("do set")}) is is_opposite, found


@pytest.mark.parametrize("asked", ["when does the library close", "when do you close the library"])
def test_when_something_closes_is_told_with_when_it_opens(asked: str):
    """Opening hours are no opposite of closing times."""
    hours = Row("hours", "When is the library open?", ("opening hours of the library",), "From 9 to 5.")
    best = Index([hours, *ENTRIES], {}, (TableSource(),)).rank(asked)[0]
    assert best.id == "hours"
    assert not best.evidence.is_opposite
