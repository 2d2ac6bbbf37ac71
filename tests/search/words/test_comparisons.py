"""A question that compares things, or asks for the best one, is answered by an entry that does so, too."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.meaning.table import TableSource
from bot.search.words.comparisons import asks_for_the_best, compares, sides_in
from bot.search.words.wording import words
from tests.support.course_server import ENTRIES
from tests.support.findable import Findable, LateIndex, indexes

FORMS = indexes(ENTRIES)
WITH_TOOLS = (
    *ENTRIES,
    Findable(
        "cron",
        "How do I run a script from cron or systemd?",
        ("cron job for a script", "windows task scheduler with a script"),
        "Name the interpreter with its whole path.",
    ),
    Findable("git", "What is the difference between git and mercurial?", ("git or mercurial",), "Not much."),
)
TOOLS = indexes(WITH_TOOLS)

# A library without phrasings, as hurried moderators write it.
MUSIC = LateIndex(
    [
        Findable("eq", "What does an EQ do?", (), "It makes some frequencies louder."),
        Findable("compressor", "What does a compressor do?", (), "It makes loud parts quieter."),
        Findable("std", "Is the variance or the standard deviation of the noise better?", (), "The deviation."),
        Findable("mono", "How do I check my mix in mono?", (), "With a utility."),
        Findable("export", "How do I export a track?", (), "Choose Export."),
        Findable("loud", "How loud should my mix be?", (), "-14 LUFS."),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize("index", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    "question",
    [
        "certificate vs degree",
        "is the certificate better than a degree",
        "difference between a certificate and a diploma",
        "flexbox vs grid",
        "is the certificate easier than a degree",
        "which channel should i buy",
        "certificate recommendations",
        "what is the best nickname",
    ],
)
def test_an_entry_that_compares_nothing_does_not_say_what_is_better(index: Index, question: str):
    """How to get a certificate does not tell whether a degree is better. In public, it gets no buttons."""
    ranking = index.rank(question)
    assert judge(ranking, "eager").sure is None
    assert judge(ranking, public=True).possible == ()


@pytest.mark.parametrize("index", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("atom vs sublime", "editor"),
        ("best editor for the course", "editor"),
        ("certificate for the course", "certificate"),
        ("change nickname", "nickname"),
    ],
)
def test_an_entry_that_compares_or_recommends_is_the_answer(index: Index, question: str, entry: str):
    """An entry with "or" compares, and one with "should" recommends."""
    sure = judge(index.rank(question)).sure
    assert sure
    assert sure.id == entry


@pytest.mark.parametrize(
    ("question", "is_comparison"),
    [
        ("git vs mercurial", True),
        ("is git better than svn", True),
        ("was ist der Unterschied zwischen git und svn", True),
        ("¿es mejor git que svn?", True),
        ("is git faster than svn", True),
        ("is a file larger than 8 mb ok", False),
        ("is there any other than git", False),
        ("in vs code", False),
        ("vs code", False),
        ("than git is better", False),
    ],
)
def test_both_words_of_a_comparison_count_in_their_order(question: str, is_comparison: bool):
    """ "VS" can also begin the name of an editor."""
    assert compares(words(question, 20)) is is_comparison


@pytest.mark.parametrize("index", TOOLS.values(), ids=TOOLS)
@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("cron vs windows task scheduler", ""),
        ("systemd vs task scheduler", ""),
        ("cron vs systemd for my script", "cron"),
        ("git vs mercurial", "git"),
    ],
)
def test_an_entry_compares_only_the_things_that_one_of_its_texts_names(index: Index, question: str, entry: str):
    """An entry with "or" in a question on running scripts does not compare two programs that it mentions apart."""
    sure = judge(index.rank(question), "eager").sure
    assert (sure.id if sure else "") == entry


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("eq vs compressor", "compressor"),
        ("compressor vs limiter", "compressor"),
        ("what's the difference between a compressor and a limiter", "compressor"),
    ],
)
def test_an_entry_without_phrasings_does_not_compare_what_it_is_about(question: str, first: str):
    """What a compressor does is only offered to whoever compares it."""
    judgement = judge(MUSIC.rank(question))
    assert judgement.sure is None
    assert judgement.possible[0].id == first


@pytest.mark.parametrize(
    ("question", "entry"),
    [("what does a compressor do", "compressor"), ("standard deviation vs sigma of the noise", "std")],
)
def test_an_entry_without_phrasings_is_the_answer_to_what_it_asks(question: str, entry: str):
    """One that compares needs a word of each side, be it only what both have: the noise."""
    sure = judge(MUSIC.rank(question)).sure
    assert sure
    assert sure.id == entry


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("what's the difference between a list and a variable", ""),
        ("what is the difference between for and while", ""),
        ("what is the difference between print and return", "return"),
    ],
)
def test_the_difference_between_two_things_is_not_that_between_others(question: str, entry: str):
    index = Index(
        [
            Row("return", "What is the difference between return and print?", ("return or print",)),
            Row("list", "How do I sort a list?", ("sorted list",)),
            Row("variable", "What is a variable?", ("variables",)),
            Row("while", "How do I write a while loop?", ("repeat code",)),
        ]
    )
    sure = judge(index.rank(question)).sure
    assert (sure.id if sure else "") == entry


# As hurried moderators write them: without phrasings.
TYPES = Index(
    [
        Row("strings", "What is the difference between String and &str?", (), "A String owns its text."),
        Row("ready", "When is bulk fermentation finished?", (), "The dough has grown by half."),
        Row("ownership", "What is ownership?", (), "Each value has one owner."),
        Row("unwrap", "Should I use unwrap?", (), "In examples and tests."),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize(
    "question",
    [
        "what is the difference between Box and Rc",
        "whats the difference between Arc and &str",
        "difference between a trait and an enum",
        "difference between bulk and proof",
        "difference between the two",
        "whats the difference?",
    ],
)
def test_without_phrasings_the_difference_is_not_that_between_others_either(question: str):
    """An entry that compares is only offered for other things, or if it is not said which."""
    assert judge(TYPES.rank(question), "eager").sure is None


@pytest.mark.parametrize("question", ["String vs &str", "whats the difference between a String and &str"])
def test_without_phrasings_a_comparison_of_its_two_things_is_answered(question: str):
    sure = judge(TYPES.rank(question)).sure
    assert sure
    assert sure.id == "strings"


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("cron vs task scheduler", (["cron"], ["task", "scheduler"])),
        ("vs code", ([], [])),
        ("in vs code", ([], [])),
        ("pip vs", ([], [])),
        ("cron or systemd", ([], [])),
        ("what is the difference between cron and task scheduler", (["cron"], ["task", "scheduler"])),
        ("unterschied zwischen cron und systemd", (["cron"], ["systemd"])),
        ("que diferencia hay entre cron why systemd", (["cron"], ["systemd"])),
        ("what is the time difference between lima and rome", ([], [])),
        ("difference between cron", ([], [])),
        ("difference between cron and", ([], [])),
        ("what is the difference", ([], [])),
    ],
)
def test_what_stands_before_and_after_vs_is_compared(question: str, sides: tuple[list[str], list[str]]):
    """And before and after "and" in "the difference between …". "VS Code" has no sides."""
    assert tuple(map(list, sides_in(question.split()))) == sides


@pytest.mark.parametrize(
    ("question", "is_asked_for"),
    [
        ("best theme", True),
        ("what's the best editor for css", True),
        ("any good microphone", True),
        ("which microphone should i buy", True),
        ("microphone recommendations", True),
        ("which microphone do you have", False),
        ("best way to share it", False),
        ("what is the best place for it", False),
        ("best", False),
        ("how do i get the best grade", False),
    ],
)
def test_the_best_way_is_a_question_for_how(question: str, is_asked_for: bool):
    """ "Best way to do it" asks how, and any entry on that answers it."""
    assert asks_for_the_best(words(question, 20)) is is_asked_for
