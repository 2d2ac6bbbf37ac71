"""Questions that must not find an entry: the field `not:` of the entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import checking
from bot.dialogue.reply import Answer, Suggestions
from bot.errors import LessonError
from bot.lessons.document import read_document
from bot.lessons.editing.edits import change_entry
from bot.lessons.lesson import Lesson
from bot.lessons.library import Library
from bot.lessons.yaml_text import to_yaml
from bot.tutor import Tutor

LESSON = """\
lesson: Tools
entries:
  - id: hammer
    question: How do I use a hammer?
    phrasings:
      - hitting things with a hammer
    not:  # they mean the other one
      - how do I use a rubber hammer
      - smash it
    answer: With care.
  - id: mallet
    question: What is a mallet?
    answer: A hammer of wood or rubber, to use where steel would do harm.
"""


def ids(tutor: Tutor, asked: str) -> list[str]:
    said = tutor.answer(asked)
    if isinstance(said, Suggestions):
        return [each.id for each in said.questions]
    return [said.id] if isinstance(said, Answer) else []


@pytest.fixture
def tutors(tmp_path: Path) -> tuple[Tutor, Tutor]:
    """Two tutors: with `not:`, and without."""
    made = []
    for name, content in (
        ("with", LESSON),
        ("without", LESSON.replace(LESSON[LESSON.index("    not:") : LESSON.index("    answer")], "")),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "tools.yaml").write_text(content, encoding="utf-8")
        made.append(Tutor(Library.open(folder)))
    return made[0], made[1]


@pytest.mark.parametrize(
    "asked",
    ["how do I use a rubber hammer", "How do I use the rubber hammers?", "hey, how do i use a rubber hammer"],
)
def test_what_must_not_find_an_entry_does_not(tutors: tuple[Tutor, Tutor], asked: str):
    """The question does not find the entry, even as a suggestion, with any articles and endings."""
    tutor, plain = tutors
    assert "hammer" in ids(plain, asked)
    assert "hammer" not in ids(tutor, asked)


@pytest.mark.parametrize(
    "asked", ["how do I use a hammer", "how do i use the hammer please", "hitting things with a hammer"]
)
def test_all_else_finds_it_as_before(tutors: tuple[Tutor, Tutor], asked: str):
    """Other questions with the same words find the entry as before."""
    assert ids(tutors[0], asked) == ids(tutors[1], asked) == ["hammer"]


def test_an_entrys_own_words_find_it_all_the_same(tmp_path: Path):
    """What is refused may differ from a phrasing only by an article, an ending or an alias."""
    for refused in ("hitting a thing with hammers", "hitting things with the hammer"):
        (tmp_path / "tools.yaml").write_text(LESSON.replace("smash it", refused), encoding="utf-8")
        tutor = Tutor(Library.open(tmp_path))
        assert ids(tutor, "hitting things with a hammer") == ["hammer"]
        assert "hammer" not in ids(tutor, refused)


def test_the_file_keeps_it_and_edits_change_only_it():
    """The field is written and read like phrasings; comments beside it stay."""
    document = read_document("tools.yaml", LESSON.encode())
    hammer = document.lesson.entries[0]
    assert hammer.never == ("how do I use a rubber hammer", "smash it")
    assert read_document("a.yaml", to_yaml(document.lesson).encode()).lesson == document.lesson
    assert LESSON.replace("      - smash it\n", "      - break it\n") == change_entry(
        document, hammer.model_copy(update={"never": ("how do I use a rubber hammer", "break it")})
    )
    assert "not:" not in change_entry(document, hammer.model_copy(update={"never": ()}))
    mallet = document.lesson.entries[1]
    added = change_entry(document, mallet.model_copy(update={"never": ("what is a ballet",)}))
    assert "    question: What is a mallet?\n    not:\n      - what is a ballet\n    answer:" in added


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            "- Hitting things with a HAMMER",
            "8: entries[0].not[0]: is also the question or a phrasing of this entry",
        ),
        ("- ''", "8: entries[0].not[0]: must not be empty"),
        ("smash it", "7: entries[0].not: must be a list of lines that start with '- '"),
    ],
)
def test_a_mistake_in_it_is_named_by_its_line(written: str, problem: str):
    """An error in the field is reported with its line."""
    text = LESSON.replace("- how do I use a rubber hammer\n      - smash it", written)
    with pytest.raises(LessonError) as raised:
        read_document("tools.yaml", text.encode())
    assert any(problem in str(each) for each in raised.value.problems), raised.value.problems


def test_a_misspelt_key_is_told_and_the_schema_has_it():
    """A misspelled key is reported, and the schema has the field, so that editors complete it."""
    with pytest.raises(LessonError, match="did you mean 'not'"):
        read_document("tools.yaml", LESSON.replace("    not:", "    nots:").encode())
    assert '"not"' in checking.schema()
    assert "never" not in Lesson.model_json_schema()["$defs"]["Entry"]["properties"]
