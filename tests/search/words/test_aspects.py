"""A question for what something costs is answered by an entry that says so, or by none."""

from __future__ import annotations

import pytest

from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.words.aspects import names_a_price, priced_with_one_of
from bot.search.words.wording import words
from tests.support.course_server import ENTRIES
from tests.support.findable import Findable, indexes

TOLD = (
    Findable("join", "How do I join the course?", ("sign up for the course",), "Press Join. It is free."),
    Findable("shirt", "Where do I get a shirt?", ("shirts with our logo",), "In the shop, for 12 €."),
)
ALONE = indexes(ENTRIES)
WITH = indexes((*ENTRIES, *TOLD))


@pytest.mark.parametrize("index", ALONE.values(), ids=ALONE)
@pytest.mark.parametrize(
    "question",
    [
        "is the certificate free",
        "how much does the certificate cost",
        "certificate price",
        "what does a certificate of the course cost",
    ],
)
def test_the_subject_does_not_say_what_it_costs(index: Index, question: str):
    """What the certificate is does not tell its price. In public, this gets no buttons, either."""
    ranking = index.rank(question)
    assert judge(ranking, "eager").sure is None
    assert judge(ranking, public=True).possible == ()


@pytest.mark.parametrize("index", WITH.values(), ids=WITH)
def test_an_entry_that_says_it_is_found(index: Index):
    """The same questions find an entry whose answer says what something costs."""
    for question, entry in (
        ("is it free to join the course", "join"),
        ("how much is a shirt with our logo", "shirt"),
    ):
        judged = judge(index.rank(question), public=True)
        found = [judged.sure] if judged.sure else judged.possible
        assert entry in {match.id for match in found}, question


@pytest.mark.parametrize(
    ("question", "asks_for_a_price"),
    [
        ("is pycharm free", True),
        ("is conda free for companies", True),
        ("how much is the course", True),
        ("how much does it cost", True),
        ("was kostet der kurs", True),
        ("wie viel kostet der kurs", True),
        ("wieviel kostet das", True),
        ("cuánto cuesta el curso", True),
        ("cuánto vale el curso", True),
        ("cuanto sale inscribirse", True),
        ("wie teuer ist der kurs", True),
        ("sale mal la foto", False),
        ("pycharm price", True),
        ("what does a licence for the whole team cost", True),
        ("what will an upgrade of the plan cost", True),
        ("wie viel wird der kurs kosten", True),
        ("was wird der kurs für das ganze team kosten", True),
        ("is the free plan slow", False),
        ("how much is ten euros in dollars", False),
        ("how much memory does it use", False),
        ("can i use it for free when i study at another school", False),
        ("what do i do about such a high cost", False),
        ("was mache ich bei zu hohen kosten", False),
        ("my partner and i argue about the cost", False),
        ("free", False),
    ],
)
def test_free_and_much_have_other_uses(question: str, asks_for_a_price: bool):
    """ "How much memory" asks for no price."""
    assert bool(priced_with_one_of(words(question, 20))) is asks_for_a_price


@pytest.mark.parametrize(
    ("answer", "is_price"),
    [
        ("12 €", True),
        ("$5 a month", True),
        ("echo $VIRTUAL_ENV", False),
        ("`awk '{print $1}'`", False),
        ("5 days", False),
    ],
)
def test_a_sum_of_money_is_a_price(answer: str, is_price: bool):
    """ "12 €" tells what something costs without any word for it, and a variable of a shell does not."""
    assert names_a_price(answer) is is_price
