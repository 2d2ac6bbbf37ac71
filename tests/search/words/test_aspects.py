"""A question for how hard something is, or what it costs, is answered by an entry that says so, or by none."""

from __future__ import annotations

import pytest

from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.meaning.table import TableSource
from bot.search.words.aspects import asked_with_one_of, maker_in, names_a_price, priced_with_one_of, rating_in
from bot.search.words.wording import words
from tests.support.course_server import ENTRIES
from tests.support.findable import Findable, indexes

TOLD = (
    Findable("hard", "Is the final project hard?", ("how difficult is the project",), "Most need a weekend."),
    Findable("join", "How do I join the course?", ("sign up for the course",), "Press Join. It is free."),
    Findable("shirt", "Where do I get a shirt?", ("shirts with our logo",), "In the shop, for 12 €."),
)
MUSIC = (
    Findable("compressor", "What does a compressor do?", (), "It makes loud parts quieter."),
    Findable("recordings", "Where are recordings stored?", ("where recordings are",), "In Music."),
    Findable("export", "How do I export a track?", (), "Choose Export."),
    Findable("mono", "How do I check my mix in mono?", (), "With a utility."),
    Findable("loud", "How loud should my mix be?", (), "-14 LUFS."),
)
MAKERS = (
    Findable("synth", "Who is the inventor of the synthesizer?", (), "Robert Moog made it popular."),
    Findable("rules", "Who decides on the rules?", (), "The moderators."),
)
ALONE = indexes(ENTRIES)
WITH = indexes((*ENTRIES, *TOLD))


@pytest.mark.parametrize("index", ALONE.values(), ids=ALONE)
@pytest.mark.parametrize(
    "question",
    [
        "is the final project hard",
        "how hard is the final project",
        "is the final project fun",
        "is the certificate worth it",
        "is the certificate free",
        "how much does the certificate cost",
        "certificate price",
        "what does a certificate of the course cost",
    ],
)
def test_the_subject_does_not_say_how_hard_or_dear_it_is(index: Index, question: str):
    """What the project is about does not tell whether it is hard. In public, this gets no buttons, either."""
    ranking = index.rank(question)
    assert judge(ranking, "eager").sure is None
    assert judge(ranking, public=True).possible == ()


@pytest.mark.parametrize(
    "question",
    [
        "who invented the compressor",
        "who made the first compressor",
        "who came up with the compressor",
        "when was the compressor invented",
    ],
)
def test_what_a_thing_does_does_not_say_who_made_it(question: str):
    """Without an entry on its history, what a compressor does is only offered."""
    judgement = judge(Index(MUSIC, {}, (TableSource(),)).rank(question))
    assert judgement.sure is None
    assert judgement.possible[0].id == "compressor"


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("who invented the synthesizer", "synth"),
        ("who made the synthesizer", "synth"),
        ("where are my recordings created", "recordings"),
        ("what does a compressor do", "compressor"),
    ],
)
def test_an_entry_that_says_who_made_it_is_the_answer(question: str, entry: str):
    """An entry with "who" in its question says it, and "where is it made" asks for no maker."""
    sure = judge(Index((*MUSIC, *MAKERS), {}, (TableSource(),)).rank(question)).sure
    assert sure
    assert sure.id == entry


@pytest.mark.parametrize(
    ("question", "asks_for_maker"),
    [
        ("wer hat den Kompressor erfunden", True),
        ("von wem wurde das geschrieben", True),
        ("¿quién inventó el compresor?", True),
        ("¿cuándo se inventó?", True),
        ("wo wird die Datei geschrieben", False),
        ("who wants to invent something", False),
        ("how do i get it written", False),
        ("who", False),
    ],
)
def test_who_and_when_ask_for_a_maker_only_of_what_was_made(question: str, asks_for_maker: bool):
    """ "Wo wird die Datei geschrieben" asks for a place."""
    assert bool(maker_in(words(question, 20))) is asks_for_maker


@pytest.mark.parametrize("index", WITH.values(), ids=WITH)
def test_an_entry_that_says_it_is_found(index: Index):
    """The same questions find an entry that is asked this, and one whose answer says what something costs."""
    for question, entry in (
        ("is the project difficult", "hard"),
        ("is it free to join the course", "join"),
        ("how much is a shirt with our logo", "shirt"),
    ):
        judged = judge(index.rank(question), public=True)
        found = [judged.sure] if judged.sure else judged.possible
        assert entry in {match.id for match in found}, question


@pytest.mark.parametrize(
    ("question", "is_rated"),
    [
        ("is python hard to learn", True),
        ("ist python schwer zu lernen", True),
        ("¿es difícil python?", True),
        ("is docker worth it", True),
        ("is the dead letter queue on", False),
        ("is it hard to make a venv", False),
        ("how do i get a hard drive", False),
        ("hard", False),
        ("is python", False),
    ],
)
def test_is_it_hard_to_do_asks_how_to_do_it(question: str, is_rated: bool):
    """Who asks whether it is hard to make one is helped by how to make one."""
    assert bool(rating_in(words(question, 20))) is is_rated


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


def test_what_the_member_made_is_not_asked_for():
    """ "Who can see the post that I created" asks about the post, and not who made it."""
    assert not maker_in("who can see a post that i created".split())


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("is git better than svn", "difference"),
        ("best editor for css", "recommend"),
        ("is the project hard to finish", "difficult"),
        ("is it worth it", "should"),
        ("who invented the compressor", "inventor"),
    ],
)
def test_an_entry_can_use_another_word_for_what_is_asked(question: str, word: str):
    """An entry on the difference between two things can say which is better."""
    assert word in asked_with_one_of(question.split())


def test_most_questions_are_answered_by_entries_in_any_words():
    """ "How do I make a venv" compares and rates nothing."""
    assert not asked_with_one_of("how do i make a venv".split())
