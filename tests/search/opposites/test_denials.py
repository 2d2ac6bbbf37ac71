"""An entry is no sure answer if only it, or only the question, says "not": "what may I bring", "… not bring"."""

from __future__ import annotations

import pytest

from bot.search.confidence import judge
from tests.support.findable import Findable, LateIndex

ENGLISH = LateIndex(
    [
        Findable("fail", "What happens if I do not pass the exam?", (), "You can sit it again in March."),
        Findable("bring", "What am I not allowed to bring?", (), "Phones and food."),
        Findable("see", "Why can't I see the recordings?", (), "Log in with your school account."),
        Findable("paid", "What if I haven't paid yet?", (), "You get a reminder by mail."),
        Findable("fee", "Who has to pay the fee?", (), "Adults."),
        Findable("compost", "What belongs in the compost?", (), "Peels."),
        Findable("late", "Can I register late?", (), "Until the second week."),
        Findable("grow", "How do I grow tomatoes?", (), "In the sun."),
        Findable("login", "How do I log in to the booking page?", (), "With your mail address."),
        Findable("come", "What do I do when I come to the lesson?", (), "Sign the list."),
        Findable("find", "Where do I find the homework?", (), "In the portal."),
        Findable("mic", "What if the microphone does not work?", (), "Plug it in again."),
        Findable("group", "How do I change my group?", (), "Ask the teacher."),
    ]
)
GERMAN = LateIndex(
    [
        Findable("bring", "Was darf ich nicht mitbringen?", (), "Essen."),
        Findable("fail", "Was passiert, wenn ich die Prüfung nicht bestehe?", (), "Noch einmal im März."),
        Findable("probe", "Wann ist keine Probe?", (), "In den Ferien."),
        Findable("fee", "Wer muss den Beitrag bezahlen?", (), "Alle ab 18."),
        Findable("find", "Wo finde ich die Hausaufgaben?", (), "Im Portal."),
    ]
)
SPANISH = LateIndex(
    [
        Findable("bring", "¿Qué no puedo llevar al concierto?", (), "Comida."),
        Findable("door", "¿Por qué no se abre la puerta?", (), "Acerca más la tarjeta."),
        Findable("fee", "¿Quién tiene que pagar la cuota?", (), "Los adultos."),
        Findable("find", "¿Dónde encuentro los deberes?", (), "En el portal."),
    ]
)


@pytest.mark.parametrize(
    ("index", "question"),
    [
        (ENGLISH, "what happens if i pass the exam"),
        (ENGLISH, "what happens when i do pass"),
        (ENGLISH, "what am i allowed to bring"),
        (ENGLISH, "what can i bring"),
        (ENGLISH, "where can i see the recordings"),
        (ENGLISH, "what if i have paid already"),
        (ENGLISH, "who does not have to pay the fee"),
        (ENGLISH, "when can i not log in to the booking page"),
        (ENGLISH, "who cannot grow tomatoes"),
        (ENGLISH, "what doesn't belong in the compost"),
        (ENGLISH, "what do i do when i can't come to the lesson"),
        (ENGLISH, "if i don't find the homework what then"),
        (GERMAN, "was darf ich mitbringen"),
        (GERMAN, "was passiert wenn ich die prüfung bestehe"),
        (GERMAN, "wann ist probe"),
        (GERMAN, "wer muss den beitrag nicht bezahlen"),
        (GERMAN, "wer muss denn da eigentlich den beitrag nicht bezahlen"),
        (SPANISH, "qué puedo llevar al concierto"),
        (SPANISH, "quién no tiene que pagar la cuota"),
    ],
)
def test_an_entry_that_says_the_opposite_with_not_is_no_answer(index, question: str):
    """It is still offered, as everything else is the same."""
    judged = judge(index.rank(question))
    assert judged.sure is None
    assert judged.possible


@pytest.mark.parametrize(
    ("index", "question", "answer"),
    [
        (ENGLISH, "what happens if i dont pass the exam", "fail"),
        (ENGLISH, "i cannot see the recordings", "see"),
        (ENGLISH, "what do i do if i can't log in to the booking page", "login"),
        (ENGLISH, "can i not register late", "late"),
        (ENGLISH, "i don't know who has to pay the fee", "fee"),
        (ENGLISH, "not sure what belongs in the compost", "compost"),
        (ENGLISH, "why don't my tomatoes grow", "grow"),
        (GERMAN, "was darf ich denn nicht mitbringen", "bring"),
        (GERMAN, "ich weiß nicht wer den beitrag bezahlen muss", "fee"),
        (SPANISH, "no se abre la puerta", "door"),
        (SPANISH, "no sé quién tiene que pagar la cuota", "fee"),
        (ENGLISH, "i can't find the homework, where is it", "find"),
        (ENGLISH, "what if i can't find the homework", "find"),
        (ENGLISH, "how come i do not find the homework", "find"),
        (ENGLISH, "where is the homework? i can't find it", "find"),
        (ENGLISH, "i was away and did not find the homework, where is it", "find"),
        (ENGLISH, "where is the homework, can't find it", "find"),
        (ENGLISH, "where is it? i can't find the homework", "find"),
        (ENGLISH, "how do i change my group, i don't like it", "group"),
        (GERMAN, "ich finde die hausaufgaben nicht, wo sind sie", "find"),
        (GERMAN, "wo sind die hausaufgaben, ich finde sie nicht", "find"),
        (SPANISH, "no encuentro los deberes, dónde están", "find"),
        (SPANISH, "dónde están los deberes, no los encuentro", "find"),
        (ENGLISH, "what happens if i fail to pass the exam", "fail"),
        (ENGLISH, "what if nothing works with the microphone", "mic"),
        (ENGLISH, "why is it impossible to see the recordings", "see"),
        (GERMAN, "was passiert wenn niemand die prüfung besteht", "fail"),
        (GERMAN, "was passiert, wenn ich die prüfung nie bestehe", "fail"),
        (SPANISH, "qué está prohibido llevar al concierto", "bring"),
        (ENGLISH, "how do i get the microphone to work", "mic"),
        (SPANISH, "cómo se abre la puerta", "door"),
    ],
)
def test_a_question_that_means_the_same_is_answered(index, question: str, answer: str):
    """Nothing is denied by who does not know it, who asks for yes or no, and who complains.

    Nor by who tells what went wrong before or behind a question. And there are more words than "not" that deny.
    """
    judged = judge(index.rank(question))
    assert judged.sure
    assert judged.sure.id == answer


def test_a_phrasing_without_not_says_that_both_are_meant():
    """A teacher who adds it says that the entry answers it."""
    index = LateIndex(
        [
            Findable("bring", "What am I not allowed to bring?", ("what can I bring",), "Only phones are not."),
            Findable("fee", "Who has to pay the fee?", (), "Adults."),
        ]
    )
    judged = judge(index.rank("what am i allowed to bring"))
    assert judged.sure
    assert judged.sure.id == "bring"


def test_a_phrasing_in_another_form_of_the_word_says_so_too():
    """Castling is what one does who castles."""
    index = LateIndex(
        [
            Findable("castle", "¿Cuándo no se puede enrocar?", ("qué condiciones tiene el enroque",), "En jaque."),
            Findable("fee", "¿Quién tiene que pagar la cuota?", (), "Los adultos."),
        ]
    )
    judged = judge(index.rank("qué condiciones tiene mi enroque"))
    assert judged.sure
    assert judged.sure.id == "castle"


def test_a_keyword_is_not_denied():
    """It stands behind the words of a question, and so behind every "not"."""
    index = LateIndex(
        [
            Findable("read", "How do I read a CSV file into `R`?", (), "With read.csv."),
            Findable("save", "How do I save a data frame as a CSV file?", (), "With write.csv."),
        ]
    )
    judged = judge(index.rank("how do I read a CSV file into R? i do not get it"))
    assert judged.sure
    assert judged.sure.id == "read"
