"""German verbs are found by their infinitive, also where their particle stands at the end of the question."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.words.separable_verbs import joined_particles, with_joined_verbs, with_other_particle

EXAMS = Index(
    [
        Row("register", "Wie melde ich mich zur Prüfung an?"),
        Row("withdraw", "Wie melde ich mich von der Prüfung ab?", ("rücktritt",)),
        Row("trip", "Wie kann ich mich für die Ausfahrt anmelden?"),
        Row("cancel", "Was mache ich, wenn ich doch nicht mitfahren kann?", ("von der ausfahrt abmelden",)),
        Row("thesis", "Wie gebe ich meine Bachelorarbeit ab?"),
        Row("borrow", "Wie leihe ich ein Buch aus?"),
        Row("return", "Wo bringe ich Bücher zurück?"),
    ]
)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("wie melde ich mich an", "wie ich mich anmelden an"),
        ("wie trete ich bei", "wie ich beitreten bei"),
        ("leiht ihr auch schuhe aus", "ihr auch schuhe ausleihen aus"),
        ("wann macht ihr heute auf", "wann ihr heute aufmachen auf"),
        ("ich melde mich ab", "ich mich abmelden ab"),
        ("bis wann meldet man sich an", "bis wann man sich anmelden an"),
        (
            "wie mache ich es an und wie schalte ich es aus",
            "wie ich es anmachen an und wie ich es ausschalten aus",
        ),
        ("wie schalte ich es ein und aus", "wie schalte ich es ein und aus"),
        ("wie kann ich das licht ausschalten", "wie kann ich das licht ausschalten"),
        ("mein drucker geht nicht an", "mein drucker geht nicht an"),
        ("wie drucker an", "wie drucker an"),
        ("wie kann ich mich an", "wie kann ich mich an"),
        ("und zuruck", "und zuruck"),
        ("what is it about", "what is it about"),
    ],
)
def test_a_verb_is_joined_with_the_particle_at_the_end(text: str, joined: str):
    """Only what stands where a verb does is one; all other words remain."""
    assert with_joined_verbs(text.split()) == joined.split()


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("prüfungsanmeldung", "register"),
        ("wo ist die prüfungsabmeldung", "withdraw"),
        ("prüfung abmelden", "withdraw"),
        ("wie meld ich mich für die ausfahrt an", "trip"),
        ("buch ausleihen", "borrow"),
        ("abgabe der bachelorarbeit", "thesis"),
    ],
)
def test_a_separated_verb_its_infinitive_and_its_noun_find_each_other(question: str, entry: str):
    """And no verb that differs only in its particle."""
    assert EXAMS.rank(question)[0].id == entry


def test_a_particle_and_its_verb_are_one_word_in_common():
    """Whoever asks where to give "it" back is not told with certainty how to hand in a thesis."""
    first = EXAMS.rank("wo gebe ich das wieder ab")[0]
    assert first.id == "thesis"
    assert first.evidence.content_held == 1
    assert not judge([first], "balanced").sure


def test_whoever_asks_for_two_opposite_actions_is_offered_both():
    """ "Ein und aus" is not only "ein"."""
    index = Index([Row("on", "Wie schalte ich Töne ein?"), Row("off", "Wie schalte ich Töne aus?")])
    judgement = judge(index.rank("wie schalte ich töne ein und aus"), "balanced")
    assert not judgement.sure
    assert {match.id for match in judgement.possible} == {"on", "off"}


def test_the_particle_of_a_joined_verb_says_nothing_more():
    assert joined_particles("wie ich mich anmelden an".split()) == {"an"}
    assert not joined_particles("mein drucker geht nicht an".split())
    assert not joined_particles("wie ich mich anmelden".split())


@pytest.mark.parametrize(
    ("before", "text", "asked"),
    [
        ("wie melde ich mich an", "wie wieder ab", "wie melde ich mich ab"),
        ("wie melde ich mich an", "ab", "wie melde ich mich ab"),
        ("wie melde ich mich an", "wie komme ich ab", ""),
        ("wie melde ich mich an", "wie", ""),
        ("wie abonniere ich das", "wie wieder ab", ""),
    ],
)
def test_a_follow_up_may_name_only_another_particle(before: str, text: str, asked: str):
    """ "Und wie wieder ab?" has the verb of the question before."""
    assert with_other_particle(before.split(), text.split()) == asked
