"""What a question only names to say that it is about something else does not find its entry."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.meaning.table import TableSource
from bot.search.opposites.contrast import ruled_out
from tests.support.findable import LateIndex

COFFEE = LateIndex(
    [
        Row("sour", "Why does my espresso taste sour?", ("coffee like lemon",), "Grind finer."),
        Row("bitter", "Why does my espresso taste bitter?", ("burnt taste",), "Grind coarser."),
        Row("stuck", "My portafilter is stuck, what do I do?", ("it won't come off",), "Let it cool down."),
        Row("borrow", "How do I borrow a grinder from the club?", ("grinder rental",), "Ask at the bar."),
        Row("beans", "How long do beans stay fresh?", (), "Four weeks."),
        Row("descale", "How do I descale the machine?", ("remove limescale",), "With citric acid, once a month."),
        Row("milk", "How do I steam milk?", (), "Keep the tip just below the surface."),
        *(Row(f"other-{n}", f"What is chapter {n} of the course about?", (), "See the plan.") for n in range(9)),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("my espresso isnt sour, its bitter. what do i change", "bitter"),
        ("the espresso is not bitter, it is sour", "sour"),
        ("espresso sour rather than bitter", "sour"),
        ("espresso tastes bitter, not sour", "bitter"),
        ("how do i descale with vinegar instead of citric acid", "descale"),
        ("no i meant the sour taste not the bitter one", "sour"),
        ("i mean bitter not sour", "bitter"),
        ("its not the sour kind of bad taste, its bitter", "bitter"),
        ("I'm not sure how to steam milk, please help", "milk"),
    ],
)
def test_what_is_asked_comes_before_what_it_is_told_apart_from(asked: str, entry: str):
    """Of two similar entries, the one comes first that the question does not rule out."""
    judgement = judge(COFFEE.rank(asked))
    assert (judgement.sure or judgement.possible[0]).id == entry


@pytest.mark.parametrize(
    "asked",
    [
        "my portafilter isn't stuck, it's too loose",
        "i dont want to borrow a grinder, i have a spare one to give away",
        "i dont want to borow a grinder, i have a spare one to give away",
    ],
)
def test_what_a_question_rules_out_is_no_answer_to_it(asked: str):
    """Where no entry is about the rest of the question, the entry that it rules out is not its answer."""
    assert judge(COFFEE.rank(asked), "eager").sure is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("its not sour, its bitter", {"sour"}),
        ("my espresso is not sour, it is bitter", {"sour"}),
        ("I'm not selling, I'm buying", {"selling"}),
        ("open the map instead of the list", {"list"}),
        ("only the game and not my alerts", {"alerts"}),
        ("Nicht bitter, sondern sauer", {"bitter"}),
        ("Es ist nicht sauer, es ist bitter", {"sauer"}),
        ("No es amargo, sino agrio", {"amargo"}),
        ("Ich möchte keinen Tee, ich möchte Kaffee", {"tee"}),
        ("no I meant the map not the list", {"list"}),
        ("ich meinte die Karten nicht die Noten", {"noten"}),
        ("me refería a las entradas no a las partituras", {"partituras"}),
        ("me refería al ensayo, no a las entradas", {"entradas"}),
        ("i mean it does not rise", set()),
        ("i mean the post with no edit button", set()),
        ("i mean posting homework not allowed", set()),
        ("i meant the bread and i do not know why", set()),
        ("why is it not bitter, it is sour", set()),
        ("hi, why is it not bitter, it is sour", set()),
        ("my printer is not printing, the light is red", set()),
        ("my bot is online and not responding", set()),
        ("I'm not receiving mails, what should I check", set()),
        ("i don't want to lose my files, how do i back them up", set()),
        ("i am not sure, how do i steam milk", set()),
        ("ValueError: not enough values to unpack (expected 2, got 1)", set()),
        ("fatal: not a git repository", set()),
        ("what can i use instead of pip", set()),
        ("i am not receiving the code, i have checked my spam folder", set()),
        ("it's not letting me log in, it's saying wrong password", set()),
        ("my webcam is not detected, it is plugged in", set()),
        ("my video is not loading, it is just black", set()),
        ("not enough disk space, what now", set()),
        ("i'm not a student, i want to join", set()),
        ("it gives me a string and not an integer, how do i convert it", set()),
        ("how do i pick anaconda instead of pip as the interpreter", {"pip"}),
        ("i see question marks instead of umlauts in my file", set()),
        ("how do i pay by card instead of cash when i register", {"cash"}),
        ("can i descale with vinegar instead of citric acid", set()),
        ("i want a subtitle on my video but i'm not the owner, is this possible", set()),
        ("which grinder for a beginner, not too expensive", set()),
        ("it runs too slow, not too fast", {"fast"}),
        ("how do i see docs that are served but not viewable", set()),
        ("i have an account but i am not in the chat yet", set()),
        ("do not print", set()),
        ("not", set()),
        ("", set()),
    ],
)
def test_contrasts_are_found_in_a_question(text: str, words: set[str]):
    """A contrast needs both: what it is not, and what it is. A problem, an error and a worry are none."""
    assert ruled_out(text) == words
