"""German verbs are found by their infinitive, also where their particle stands at the end of the question."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.words.separable_verbs import (
    as_asked_alike,
    joined_particles,
    with_joined_verbs,
    with_other_particle,
    without_particles,
)
from tests.support.findable import LateIndex

EXAMS = LateIndex(
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
        ("wer sperrt am abend zu", "wer am abend zusperren zu"),
        ("wie nimmt man teil", "wie man teilnehmen teil"),
        ("wie nehme ich teil am turnier", "wie ich teilnehmen teil am turnier"),
        ("wie lade ich es runter", "wie ich es herunterladen herunter"),
        ("ich will es runterladen", "ich will es herunterladen"),
        ("das mikro rauscht", "das mikro rauscht"),
        ("wie stelle ich es wieder her", "wie ich es wiederherstellen"),
        ("ich kann nicht kommen wie sag ich ab", "ich kann nicht kommen wie ich absagen ab"),
        ("heb ich die sperre wo auf", "ich die sperre wo aufheben auf"),
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


CLUB = LateIndex(
    [
        Row("join", "Wie kann ich teilnehmen?"),
        Row("leave", "Wie melde ich mich ab?"),
        Row("sign-up", "Wie melde ich mich an?"),
        Row("download", "Wie kann ich die App herunterladen?"),
        Row("below", "Wer wohnt unter der Halle?"),
    ]
)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("wie nehme ich teil", "join"),
        ("wie nimmt man denn wieder teil", "join"),
        ("wie melde ich mich wieder ab", "leave"),
        ("wie kann man sich abmelden", "leave"),
        ("wie kann ich mich wieder anmelden", "sign-up"),
        ("wo lad ich die app runter", "download"),
        ("app runterladen", "download"),
    ],
)
def test_a_verb_alone_answers_whoever_asks_the_same(question: str, entry: str):
    """A separated verb is the same word as its infinitive, and "wieder", "man" and "kann" ask nothing else."""
    sure = judge(CLUB.rank(question), "balanced").sure
    assert sure
    assert sure.id == entry


@pytest.mark.parametrize("question", ["wo melde ich das ab", "wie melde ich das ab", "wie melde ich ihn an"])
def test_the_verb_alone_does_not_answer_who_asks_about_something_else(question: str):
    """ "Wie melde ich das ab" may be about a car."""
    assert judge(CLUB.rank(question), "balanced").sure is None


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("wie kann ich mich zur ausfahrt anmelden", "trip"),
        ("wie kann ich mich fuer die pruefung anmelden", "register"),
        ("wie meldet man sich zu einer prüfung an", "register"),
        ("wie meld ich mich fürs turnier an", None),
        ("wie melde ich mich aus der prüfung an", None),
    ],
)
def test_to_register_for_something_is_said_in_three_ways(question: str, entry: str | None):
    """ "Zur Prüfung", "zu einer Prüfung" and "für die Prüfung" are the same question."""
    best = EXAMS.rank(question)[0]
    assert (best.id if best.evidence.is_exact else None) == entry


CHOIR = LateIndex(
    [
        Row("when", "Wann ist Probe?", (), "Dienstags."),
        Row("where", "Wo proben wir?", (), "Im Gemeindehaus."),
        Row("audition", "Muss ich vorsingen?", (), "Nein."),
        Row("read", "Muss ich Noten lesen können?", (), "Nein."),
        Row("concert", "Wann ist das nächste Konzert?", (), "Im Dezember."),
        Row("child", "Kann ich mein Kind zur Probe mitbringen?", (), "Ja."),
    ]
)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("wann ist heute probe?", "when"),
        ("wann ist denn heute die Probe", "when"),
        ("wo proben wir heute", "where"),
        ("muss man vorsingen", "audition"),
        ("muss man denn da Noten lesen können", "read"),
    ],
)
def test_who_asks_in_general_or_for_today_gets_the_answer(question: str, entry: str):
    """ "Muss man" asks what "muss ich" asks. By words alone, one word in common is not enough to be sure."""
    sure = judge(CHOIR.rank(question)).sure
    assert sure
    assert sure.id == entry


@pytest.mark.parametrize("question", ["wann ist vorsingen", "kann ich vorsingen"])
def test_who_asks_something_else_about_it_is_offered_it_at_most(question: str):
    assert judge(CHOIR.rank(question)).sure is None


def test_a_particle_is_no_misspelled_word():
    """ "Runter" is not "unter"."""
    assert "unter" not in CLUB.known("wie krieg ich die app runter")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wie nehme ich teil", "wie teilnehmen"),
        ("wie kann ich teilnehmen", "wie teilnehmen"),
        ("kann ich teilnehmen", "kann teilnehmen"),
        ("muss man denn da vorsingen", "muss vorsingen"),
        ("wann ist denn heute die probe", "wann ist probe"),
        ("wo melde ich die ab", "wo die abmelden"),
        ("was ist heute los", "was ist los"),
        ("was ist das", "was ist das"),
        ("was muss man denn mitbringen", "was muss mitbringen"),
        ("was kann ich machen", "was kann machen"),
        ("how do i join", ""),
        ("wie kann ich", ""),
    ],
)
def test_what_questions_that_ask_the_same_have_in_common(text: str, said: str):
    assert as_asked_alike(with_joined_verbs(text.split())) == said.split()


def test_only_the_particles_of_given_verbs_are_left_out():
    tokens = "wie ich anmelden an und wie ich abmelden ab".split()
    assert without_particles(tokens, {"anmelden"}) == "wie ich anmelden und wie ich abmelden ab".split()


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
