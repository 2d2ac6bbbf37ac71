"""How many answers there are is no answer."""

from __future__ import annotations

import json

import pytest

from bot.errors import NotesError
from bot.lessons.intake.data.sheets import read_sheet
from bot.lessons.intake.material import Hints, Pair
from tests.lessons.intake.reading_files import left, pairs


@pytest.mark.parametrize(
    "text",
    [
        "Title,Content,Answers\nKiln stays cold?,Mine does.,3\nClay?,Which one do I take?,0\n",
        "Title,Body,Answer\nKiln stays cold?,Mine does.,3\nClay?,Which one do I take?,\n",
        "Title,Text,Accepted answer\nKiln stays cold?,Mine does.,5812\nClay?,Which?,5813\n",
        "Frage,Antworten\nWie hei\u00df?,3\nWie nass?,12\n",
        "Question,Responses\nHow hot?,2026-01-02\nHow wet?,2026-02-03\n",
        "Question\tAnswers\nHow hot?\t1.024\nHow wet?\t3\n",
    ],
)
def test_a_column_of_numbers_is_not_the_answer(text):
    """Nor is the text beside it, which is what somebody asked. Whoever imports reads which column it is."""
    with pytest.raises(NotesError, match=r"the column '(A|Responses).*' holds only numbers or dates"):
        pairs(text, "posts.csv")


@pytest.mark.parametrize(
    "text",
    [
        "Question,Answers,Accepted Answer\nHow hot?,3,Up to 1240.\n",
        "Question,Answer,Answer text\nHow hot?,3,Up to 1240.\n",
        "Question,Question text,Answer\n1,How hot?,Up to 1240.\n",
        "Nr,Frage,Antwort,Antworten\n1,How hot?,Up to 1240.,17\n",
    ],
)
def test_beside_numbers_the_column_with_words_is_taken(text):
    """The numbers are named."""
    assert pairs(text, "posts.csv") == [("How hot?", "Up to 1240.")]
    assert [each for _, each in left(text, "posts.csv") if each.isdecimal()]


def test_an_answer_that_is_a_number_is_kept():
    """Cards about years and sums have no other answer."""
    assert pairs("Question,Answer\nWhat is 7 x 8?,56\nHow many days has May?,31\n", "sums.csv") == [
        ("What is 7 x 8?", "56"),
        ("How many days has May?", "31"),
    ]
    assert pairs("Front\tBack\nWhen did it open?\t1969\n", "years.tsv") == [("When did it open?", "1969")]
    chosen = read_sheet("How cold?,2\nHow hot?,3\n", Hints(columns=("question", "answer")))
    assert [each.answer[0].text for each in chosen.items if isinstance(each, Pair)] == ["2", "3"]


def test_a_row_that_names_the_columns_is_no_entry_though_they_were_said():
    """Whoever is told to say what each column is has such a row; it is left out if all other questions ask."""
    said = Hints(columns=("question", "answer"))
    sheet = read_sheet("Q-text,A-text\nHow hot?,Very.\nWhere is it?,Here.\n", said)
    assert [each.question.text for each in sheet.items if isinstance(each, Pair)] == ["How hot?", "Where is it?"]
    assert [each.text for each in sheet.unplaced] == ["Q-text", "A-text"]
    words = read_sheet("chat,cat\nchien,dog\n", said)
    assert [each.question.text for each in words.items if isinstance(each, Pair)] == ["chat", "chien"]


@pytest.mark.parametrize(
    "beside",
    [{"answers": 3}, {"answers": "12"}, {"accepted_answer": 58}, {"responses": 2}, {"antworten": 2}],
)
def test_a_count_of_answers_in_data_is_no_answer(beside):
    """A post with its count is somebody's question; a record has its answer in another field."""
    with pytest.raises(NotesError, match="nothing to import"):
        pairs(json.dumps([{"title": "How hot?", "body": "Mine stays cold.", **beside}]), "posts.json")
    text = json.dumps([{"question": "How hot?", **beside, "answer": "Up to 1240."}])
    assert pairs(text, "posts.json") == [("How hot?", "Up to 1240.")]


def test_a_question_with_its_number_in_front_is_the_text():
    """Not the number."""
    text = json.dumps([{"question": 1, "question_text": "How hot?", "answer": "Up to 1240."}])
    assert pairs(text, "quiz.json") == [("How hot?", "Up to 1240.")]


def test_what_is_not_answered_as_its_forum_says_is_no_entry():
    """Stack Exchange says so where no answer is accepted or has a vote."""
    asked = {
        "title": "How hot?",
        "is_answered": False,
        "answers": [{"score": 0, "body": "Try.", "is_accepted": False}],
    }
    other = {**asked, "title": "How wet?", "is_answered": True}
    assert pairs(json.dumps({"items": [asked, other]}), "posts.json") == [("How wet?", "Try.")]
    assert "How hot?" in {each for _, each in left(json.dumps({"items": [asked, other]}), "posts.json")}
