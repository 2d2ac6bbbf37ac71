"""Text in files and file names cannot control the terminal or the workflow that shows the output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command import Ended

FORGED = "\x1b[31m\u202e\nerror: forged.yaml:1: x\n::error::forged\n##[error]forged"
ESCAPED = r"\e[31m\u202e\nerror: forged.yaml:1: x\n::error::forged\n##[error]forged"


def assert_harmless(ended: Ended) -> None:
    """Assert that all lines are the command's own, without control characters."""
    said = ended.out + ended.err
    assert "forged" in said
    assert not set("\x1b\u202e\x9b\r") & set(said)
    for line in said.splitlines():
        assert not line.lstrip().startswith(("::", "error: forged"))
        assert "##[" not in line
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "yaml",
    [
        f'lesson: "{ESCAPED}"\n',
        f'lesson: L\n"{ESCAPED}": x\n',
        f'lesson: L\nentries:\n- id: "{ESCAPED}"\n  question: Why?\n  answer: So.\n',
        f'lesson: L\nentries:\n- {{id: a, question: Why?, answer: So., related: ["{ESCAPED}"]}}\n',
        f'lesson: L\nentries:\n- {{id: a, question: Why?, answer: So., image: "{ESCAPED}"}}\n',
        f'lesson: L\nentries:\n- {{id: a, question: Why?, answer: "[x]({ESCAPED}:x)"}}\n',
        "lesson: !::error::forged x\n",
        "lesson: ##[error]forged: x: y\n",
    ],
)
@pytest.mark.parametrize("words", [["check"], ["check", "--json"]])
def test_a_mistake_that_quotes_a_file_is_one_harmless_line(lessonbot, yaml, words):
    """Each error is a single line that begins with its file, and quotes safely."""
    (lessonbot.lessons / "b forged.yaml").write_text(yaml)
    ended = lessonbot(*words)
    assert ended.code == 1
    assert_harmless(ended)
    if "--json" in words:
        assert all(Path(each["file"]).name == "b forged.yaml" for each in json.loads(ended.out))
    else:
        assert all("b forged.yaml" in line for line in ended.err.splitlines() if line.startswith("error: "))


@pytest.mark.parametrize("words", [["ask", "x"], ["evaluate"]])
def test_every_command_that_reads_lessons_quotes_them_harmlessly(lessonbot, words):
    """This holds for every command that reads lessons."""
    (lessonbot.lessons / "b.yaml").write_text(f'lesson: L\n"{ESCAPED}": x\n')
    assert_harmless(lessonbot(*words))


def test_the_name_of_a_file_is_harmless(lessonbot):
    """Names of files, which can come from others by git, are printed safely, too."""
    (lessonbot.lessons / f"{FORGED.replace('/', '')}.yaml").write_text("lesson: [")
    for words in (["check"], ["check", "--json"], ["ask", "x"]):
        assert_harmless(lessonbot(*words))


@pytest.mark.parametrize("words", [["import", FORGED], ["check", FORGED], ["check", f"--{FORGED}"], [FORGED]])
def test_what_was_typed_comes_back_harmless(lessonbot, words):
    """Arguments are printed safely, as a shell completes file names that others chose."""
    ended = lessonbot(*words)
    assert ended.code != 0
    assert_harmless(ended)


def test_a_warning_of_an_import_quotes_harmlessly(lessonbot):
    """Warnings about imported notes quote them safely."""
    notes = (
        "# Title\n\nQuestion: Why?\n\nAnswer: So.\n\n## Other\n\n::error::forged ##[error]forged &#x202e;&#27;\n"
    )
    (lessonbot.folder / "notes.md").write_text(notes)
    assert_harmless(lessonbot("import", "notes.md"))


def test_questions_from_a_file_are_shown_harmlessly(lessonbot):
    """The questions that `evaluate` lists are printed safely."""
    (lessonbot.folder / "entries.jsonl").write_text(
        json.dumps({"id": "forged", "question": FORGED, "answer": "A"})
    )
    questions = [{"text": FORGED, "expect": ["other"]}, {"text": "far away", "expect": [FORGED]}]
    (lessonbot.folder / "asked.jsonl").write_text("\n".join(map(json.dumps, questions)))
    assert_harmless(lessonbot("evaluate", "--entries", "entries.jsonl", "--questions", "asked.jsonl"))


def test_questions_beside_the_lessons_hold_nothing_that_nobody_sees(lessonbot):
    """Invisible characters in questions.yaml are errors, as in lessons."""
    (lessonbot.lessons / "questions.yaml").write_text('- {ask: "why\\u200b", expect: []}\n')
    ended = lessonbot("check")
    found = "contains the invisible character U+200B; remove it"
    assert f"error: knowledge/questions.yaml:1: [0].ask: {found}\n" in ended.err


def test_an_answer_does_nothing_to_the_terminal_that_shows_it(lessonbot):
    """Control characters that Markdown writes as numeric entities are printed safely."""
    lesson = "lesson: L\nentries:\n- id: a\n  question: What is a wheel?\n  answer: |\n    {}\n"
    (lessonbot.lessons / "b.yaml").write_text(lesson.format("&#x202e;forged &#x9b;31m\n    ::error::forged"))
    assert_harmless(lessonbot("ask", "what is a wheel"))


@pytest.mark.parametrize(
    ("escape", "what"),
    [
        (r"\e[31m", "contains the control character U+001B; remove it"),
        (r"\a", "contains the control character U+0007; remove it"),
        (r"\N", "contains the control character U+0085; remove it"),
        (r"\L", "contains the control character U+2028; remove it"),
        (r"\u202e", "contains the control character U+202E; remove it"),
        (r"\u200b", "contains the invisible character U+200B; remove it"),
        (r"\n", "a backslash inside \"…\" has a special meaning; use '…' instead, or write it twice"),
    ],
)
def test_characters_written_as_escapes_are_refused_at_their_line(lessonbot, escape, what):
    """Control characters that YAML writes as escapes are errors with their line."""
    lessonbot.lesson.write_text(
        """\
lesson: "a@b"
course: "a@b"
aliases: {so: ["a@b"]}
entries:
- id: a
  question: "a@b"
  phrasings: [why,
              "a@b"]
  answer: "a@b"
""".replace("@", escape)
    )
    places = ["1: lesson", "2: course", "3: aliases.so[0]", "6: entries[0].question", "8: entries[0].phrasings[1]"]
    places += ["9: entries[0].answer"] if escape != r"\n" else []
    found = [line for line in lessonbot("check").err.splitlines() if line.startswith("error")]
    assert found == [f"error: knowledge/venv.yaml:{place}: {what}" for place in places]


def test_a_lesson_in_persian_is_read_and_found(lessonbot):
    """Persian words contain a joiner; questions find them if it is typed as a space or left out."""
    lessonbot.lesson.write_text(
        """\
lesson: محیط‌های مجازی
entries:
- id: a
  question: محیط مجازی چگونه ساخته می‌شود؟
  phrasings: [ساختن محیط‌ مجازی, چطور venv بسازم]
  answer: با `python -m venv` ساخته می‌شود 👩‍💻.
- id: b
  question: پایتون چیست؟
  phrasings: [پایتون یعنی چه, تعریف پایتون]
  answer: یک زبان برنامه‌نویسی است.
""",
        encoding="utf-8",
    )
    assert lessonbot("check").code == 0
    for asked in ("محیط مجازی چگونه ساخته می‌شود", "محیط مجازی چگونه ساخته می شود"):
        assert "می‌شود 👩‍💻" in lessonbot("ask", asked).out
