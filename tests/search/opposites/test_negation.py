"""What a question says is not wanted is found, and a problem with "not" is none of it."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.opposites.negation import negated
from bot.search.opposites.opposite_words import OppositeWords, is_done
from bot.search.opposites.polarity_reader import PolarityReader
from bot.search.words.wording import words

OPPOSITES = OppositeWords()


def refused(text: str) -> list[str]:
    """The words that are negated, one text for each "not"."""
    tokens = words(text, 20)
    verbs = [n for n, word in enumerate(tokens) if OPPOSITES.polarities(tokens, n) and not is_done(word)]
    verbs += [n for n in range(len(tokens)) if OPPOSITES.polarities_in_any_language(tokens, n)]
    return [" ".join(tokens[n] for n in each.places) for each in negated(tokens, verbs, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # An order that was given, or is given to the bot.
        ("i said dont delete the file, just close it", ["delete the file just"]),
        ("wait no dont delete it, create one", ["delete it"]),
        ("my boss says never delete a file, how do i close it", ["delete a file how do i"]),
        ("not delete, create", ["delete"]),
        ("nope not delete, i need to create one", ["delete i need to"]),
        ("i was told not to delete it, so how do i close it", ["delete it"]),
        ("stop telling me how to delete it, i want to create one", ["telling me how to delete it"]),
        ("i asked how to close it, not how to delete it", ["how to delete it"]),
        ("my teacher said i shouldnt delete it so how do i close it", ["delete it"]),
        ("please dont mute me", ["mute me"]),
        # What somebody would rather do.
        ("id rather close the file than delete it", ["delete it"]),
        ("ich würde es lieber schliessen als löschen", ["loschen"]),
        # What somebody takes back.
        ("delete it? no, create it", ["delete it"]),
        ("delete it? nah just close it", ["delete it"]),
        ("delete it no i mean create it", ["delete it"]),
        ("delete it wait no create it", ["delete it wait"]),
        # What is to be undone.
        ("the opposite of create", ["create"]),
        ("i locked the sheet, how do i undo that", ["i locked the sheet how do i"]),
        ("i know how to import it but how do i do the reverse", ["i know how to import it but how do i do the"]),
        ("i no longer want to follow a thread", ["want to follow a thread"]),
        ("ich will das paket nicht löschen, nur schliessen", ["loschen"]),
        ("no quiero borrar el archivo, solo cerrar", ["borrar el archivo"]),
        ("te dije que no borres nada", ["borres"]),
        ("ich will keine nachrichten mehr", ["nachrichten mehr"]),
        ("i locked the sheet by mistake", ["locked"]),
        ("i accidentally locked the sheet", ["locked"]),
        ("let me edit a locked sheet again", []),
        ("where is the downloaded file again", []),
        ("sheet lock undo", ["sheet lock"]),
        ("no more new files please", ["more new files"]),
        # None of these says what is not wanted.
        ("i locked the sheet again and it fails", []),
        ("why can i NOT open the file", []),
        ("why can i not delete the file", []),
        ("the file does not open", []),
        ("why does my file not open", []),
        ("file not opening", []),
        ("why isn't my file opening", []),
        ("dont you have to lock the sheet first", []),
        ("i did not close the file", []),
        ("no module named numpy", []),
        ("it is not installed", []),
        ("reverse a list", []),
        ("is it bigger than the file that i open", []),
        ("is that all? no idea how to open it", []),
        ("das lässt sich nicht löschen", []),
        ("por que no puedo borrar el archivo", []),
    ],
)
def test_what_is_not_wanted_is_found(text: str, expected: list[str]):
    """Orders, choices, second thoughts and what is to be undone are found; complaints are not."""
    assert refused(text) == expected


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("leave the channel without leaving the server", "server"),
        ("i do not want to leave the server, only the channel", "server"),
        ("leave the channel, not the server", "server"),
        ("id rather leave the channel than the server", "server"),
    ],
)
def test_where_only_the_thing_differs_the_verb_is_still_asked_for(text: str, left_out: str):
    """Who wants to leave a channel and not the server wants to leave, but not the server."""
    polarities = PolarityReader(OppositeWords()).polarities(words(text, 20))
    assert polarities["enter"] == PolarityReader(OppositeWords()).polarities(["leave"])["enter"]
    assert f"other {left_out}" in polarities
    assert not {"with channel", "other channel"} & polarities.keys()


@pytest.mark.parametrize(
    "asked",
    ["why isn't my locker closing", "locker not closing", "my locker dosnt close", "the locker doesn close"],
)
def test_a_problem_with_not_is_found_however_it_is_put(asked: str):
    """The entry on a locker that does not close is no opposite of any of them."""
    index = Index(
        [
            Row("locker", "Why does my locker not close?", (), "Push harder."),
            Row("gate", "How do I open the gate?", (), "With the wristband."),
            Row("pool", "When is the pool closed?", (), "On Mondays."),
        ]
    )
    judgement = judge(index.rank(asked))
    assert (judgement.sure or judgement.possible[0]).id == "locker"
