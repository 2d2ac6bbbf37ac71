"""Authors read what to type instead, at the line with the mistake."""

from __future__ import annotations

import json
import re

import pytest

from bot.errors import LessonError, UserError
from bot.lessons.advice import lesson_advice as advice
from bot.lessons.document import read_document
from bot.lessons.loading import unread_problems
from bot.lessons.opening import require_lessons


def mistakes(text):
    with pytest.raises(LessonError) as error:
        read_document("git.yaml", text.encode())
    return error.value.problems


HEAD = "lesson: Git\n\nentries:\n  - id: what-is-git\n"


# An entry with a mistake in each of its texts that people make, the line of the entry with it, and what they read.
BY_HAND = [
    ("  -id: a\n    question: Q\n    answer: A\n", 1, "a space is missing after '-'"),
    ("  - id:a\n    question: Q\n    answer: A\n", 1, "a space is missing after 'id:'"),
    ("  - id: a\n    question:Q\n    answer: A\n", 2, "a space is missing after 'question:'"),
    ("  - id: a\n    question: Q\n    answer:|\n      A\n", 3, "a space is missing after 'answer:'"),
    ("  - id: a\n    question Q is what\n    answer: A\n", 2, "a ':' is missing after 'question'"),
    ("  - id: a\n    question: Q\n      answer: A\n", 3, "is indented more than line 2"),
    ("  - id: a\n     question: Q\n    answer: A\n", 2, "is indented more than line 1"),
    ("  - id: a\n    question: Q\n   answer: A\n", 3, "is indented less than line 2"),
    ("  - id: a\n    question: Q\n    answer: |\n    A\n", 4, "must be indented more than line 3"),
    ("  - id: a\n   \xa0question: Q\n    answer: A\n", 2, "contains a non-breaking space"),
    ("  - id: a\n    question:\xa0Q\n    answer: A\n", 2, "contains a non-breaking space"),
    ("  -\xa0id: a\n    question: Q\n    answer: A\n", 1, "contains a non-breaking space"),
    ("  - id: a\n\t  question: Q\n    answer: A\n", 2, "is indented with a tab"),
    ("  - id: a\n    question: \u201cQ: x\u201d\n    answer: A\n", 2, "\u201c is not a quotation mark in YAML"),
    ("  - id: a\n    question: \u201eQ: x\u201c\n    answer: A\n", 2, "\u201e is not a quotation mark in YAML"),
    ("  - id: a\n    question: \u2018Q: x\u2019\n    answer: A\n", 2, "\u2018 is not a quotation mark in YAML"),
    *((f"  - id: a\n    question: Q\n    answer: {sign}x y\n", 3, f"start with '{sign}'") for sign in "@`%*"),
    *(
        (f"  - id: a\n    question: Q\n    answer: {text} y\n", 3, f"start with '{text[0]}'")
        for text in ("[x]", "{x}")
    ),
    ("  - id: a\n    question: ? Q\n    answer: A\n", 2, "a text cannot start with '?'"),
    ("  - id: a\n    question: - Q\n    answer: A\n", 2, "a text cannot start with '-'"),
    ("  - id: a\n    question: !Q is\n    answer: A\n", 2, "a text cannot start with '!'"),
    ("  - id: a\n    question: Q\n    phrasings:\n      - @one\n    answer: A\n", 4, "start with '@'"),
    ("  - id: a\n    question: Q\n    phrasings:\n      - [x] one\n    answer: A\n", 4, "start with '['"),
    ("  - id: a\n    question: Q\n    phrasings:\n      * one\n    answer: A\n", 4, "write '- ' instead of '* '"),
    ("  - id: a\n    question: Q\n    answer: [docs](https://example.org)\n", 3, "start with '['"),
    ("  - id: a\n    question: 'What's it'\n    answer: A\n", 2, "an apostrophe ends a text"),
    ("  - id: a\n    question: Q\n    phrasings:\n      - 'what's it'\n    answer: A\n", 4, "an apostrophe ends"),
    ("  - id: a\n    question: Q\n    phrasings: ['what's it', 'b']\n    answer: A\n", 3, "an apostrophe ends"),
    ('  - id: a\n    question: "Q" is what\n    answer: A\n', 2, "put quotes around the whole text"),
    ("  - id: a\n    question: Q\n    answer: 'A' it is\n", 3, "put quotes around the whole text"),
    ('  - id: a\n    question: "C:\\dir"\n    answer: A\n', 2, "a backslash inside"),
    ("  - id: a\n    question: Q\n    answer: | A\n      B\n", 3, "start the text on the line below the '|'"),
    ("  - id: a\n    question: Q\n    answer: > A\n", 3, "start the text on the line below the '>'"),
    (
        "  - id: a\n    question: Q\n    phrasings: [ask in #help, b]\n    answer: A\n",
        3,
        "is a comment ('#help, b]')",
    ),
    ("  - {id: a, question: Ask in #help, answer: A}\n", 1, "is a comment ('#help, answer: A}')"),
    ("  - id: a\n    question: Error: what is it?\n    answer: A\n", 2, "put the text in quotes"),
    ('  - id: a\n    question: "C:\\Users\\mia"\n    answer: A\n', 2, "a backslash inside"),
    ("  - {id: a, question: Q, answer: A\n", 1, "a '}' is missing at the end"),
    ("  - id: a\n    question: Q\n    answer: A\n    phrasings: [b, c\n", 4, "a ']' is missing at the end"),
    ("  - {id: a, question: Q, answer: Note: A}\n", 1, "a text between brackets must be in quotes if"),
    ("  - id: a\n    question: Q\n    answer: A\n    phrasings: [use a[0], b]\n", 4, "between brackets must be"),
    ("  - id: a\n    question: Q\n    phrasings:\n      - b?\n      c d\n    answer: A\n", 5, "'- ' is missing"),
]


@pytest.mark.parametrize(("entry", "line", "what"), BY_HAND)
def test_every_mistake_of_a_file_is_told_in_one_run(entry, line, what):
    """All three entries with mistakes are reported, and not the good one between them."""
    good = "  - id: b\n    question: B?\n    answer: |\n      Ask in #help: it's [x].\n"
    quote = "  - id: c\n    question: @C\n    answer: C\n"
    numbered = re.sub(r"line (\d)", lambda found: f"line {int(found[1]) + 2}", what)
    found = mistakes(f"lesson: Git\nentries:\n{entry}{good}{quote}{good}")
    below = 2 + entry.count("\n") + 4 + 2
    assert [each.line for each in found if "indented" not in each.what] == [
        *([line + 2] if "indented" not in what else []),
        below,
    ]
    assert any(each.line == line + 2 and numbered in each.what for each in found), found
    assert "cannot start with '@'" in found[-1].what


@pytest.mark.parametrize(("opened", "later"), [('"A tool.', '"Because."'), ("'A tool.", "It's good.")])
def test_a_quote_that_is_not_closed_is_told_where_it_begins(opened, later):
    """The next quotation mark, many entries below, closes it for YAML; nobody would look for it there."""
    others = "".join(f"  - id: b-{n}\n    question: Q{n}?\n    answer: A\n" for n in range(20))
    last = f"  - id: c\n    question: Why?\n    answer: {later}\n"
    [found] = mistakes(f"{HEAD}    question: Q\n    answer: {opened}\n{others}{last}")
    assert (found.line, found.what) == (6, "a quotation mark is missing at the end; the text goes on to line 69")


@pytest.mark.parametrize("inside", ["    answer: A\n", "    answer: |\n      A\n"])
def test_a_conflict_of_git_is_told_once(inside):
    """Whoever merged needs to choose a version, and no advice on the syntax of the marks."""
    text = f"{HEAD}    question: Q\n<<<<<<< HEAD\n{inside}=======\n    answer: B\n>>>>>>> theirs\n"
    [found] = mistakes(text)
    assert (found.line, found.what.partition(";")[0]) == (6, "these are conflict marks of Git")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("# Git\n\n## What is git?\n\nA tool: really.\n", 1, "this is Markdown"),
        ("---\ntitle: Git\n---\n# Git\n\n## What is git?\n\nA tool.\n", 1, "this is Markdown"),
        ("lesson: Git\nquestion: What is git?\nanswer: A tool.\n", 2, "put it under 'entries:'"),
        (
            "lesson:Git\nentries:\n  - id: a\n    question: Q\n    answer: A\n",
            1,
            "a space is missing after 'lesson:'",
        ),
        (" lesson: Git\nentries:\n  - id: a\n    question: Q\n    answer: A\n", 1, "must not be indented"),
        (
            "lesson: Git\nentries:\n  - {id: a, question: What is git, and why?, answer: A tool.}\n",
            3,
            "a comma in {…} ends a text",
        ),
        (HEAD + '    question: "C:\\new"\n    answer: A\n', 5, "a backslash inside"),
        (HEAD + "    question: Q\n    answer: #help is the channel\n", 6, "is a comment ('#help is the channel')"),
        (HEAD + "    question: Q\n    phrasings:\n      - #help\n    answer: A\n", 7, "is a comment ('#help')"),
        (
            HEAD + "    question: Q\n    phrasings:\n      -one\n      -two\n    answer: A\n",
            7,
            "missing after '-'",
        ),
        (HEAD + "    question: Q\n    answer: [docs]\n", 6, "a text cannot start with '['"),
        (HEAD + "    question: Q\n    phrasings:\n      - ? what\n    answer: A\n", 7, "cannot start with '?'"),
        ("lesson: G\nentries:\n  - id: über-git\n    question: Q\n    answer: A\n", 3, "'ü' cannot be in an ID"),
        (HEAD + '    question: "Q\\x07"\n    answer: A\n', 5, "the control character U+0007"),
        (HEAD + '    question: Q\n    answer: "A\\e[0m"\n', 6, "the control character U+001B"),
        ('lesson: G\naliases:\n  "a\\x07": [b]\n', 3, "the control character U+0007"),
    ],
)
def test_a_mistake_is_named_where_it_is_mended(text, line, what):
    """The message names the cause, and what to type."""
    found = [problem for problem in mistakes(text) if what in problem.what]
    assert found, mistakes(text)
    assert found[0].line == line


def test_each_solution_with_an_id_of_another_is_named():
    """At the line of the later one, together with the other mistakes."""
    solutions = "".join(f"      - id: x\n        title: {n}\n" for n in "ABC")
    found = mistakes(f"lesson: G\nscenarios:\n  - id: s\n    title: S\n    story: S\n    solutions:\n{solutions}")
    twice = [(each.line, each.what) for each in found if "already" in each.what]
    assert twice == [(line, "'x' is already used on line 7") for line in (9, 11)]
    assert sum("is missing" in each.what for each in found) == 3


@pytest.mark.parametrize(
    ("text", "line", "rest"),
    [
        ("    question: What is git? #basics\n    answer: A tool.\n", 5, "#basics"),
        ("    question: What?\n    answer: Ask in #help or see #1\n", 6, "#help or see #1"),
        ("    question: What?\n    phrasings:\n      - what # really\n    answer: A.\n", 7, "# really"),
    ],
)
def test_a_text_that_a_hash_cuts_is_named(text, line, rest):
    """People often write "Ask in #help" in Discord."""
    found = [each for each in advice([read_document("git.yaml", (HEAD + text).encode())]) if " #" in each.what]
    assert [(each.line, f"('{rest}')" in each.what) for each in found] == [(line, True)]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (
            "    question: Q\n    answer: Please go\n      to the #help channel\n",
            7,
            "is a comment ('#help channel')",
        ),
        ("    question: Q\n    answer: Please go to\n      #help and ask\n", 7, "is a comment ('#help and ask')"),
        ("    question: Q\n    answer: Steps\n      - one\n      - two\n", 6, "its lines become one line"),
        ("    question: Q\n    answer: >\n      Steps\n      - one\n", 6, "its lines become one line"),
        ("    question: &q what\n    answer: A\n", 5, "'&' starts a YAML anchor here (&q)"),
        ('    question: Q\n    answer: "C:\\temp\\now"\n', 6, "a backslash inside"),
        (
            "    question: Q\n    phrasings: [\u201ca, b\u201d, c]\n    answer: A\n",
            6,
            "\u201c is not a quotation mark",
        ),
    ],
)
def test_what_members_would_read_otherwise_is_named(text, line, what):
    """The lesson is valid, but members would read something else than its author typed."""
    found = advice([read_document("git.yaml", (HEAD + text).encode())])
    assert [each.line for each in found if what in each.what] == [line]


@pytest.mark.parametrize(
    "value",
    [
        "'Steps:\n\n\n      - one\n\n      - two'",
        '"Steps:\\n\\n- one\\n\\\n      - two"',
        ">\n      Steps:\n\n        - one\n        - two",
    ],
)
def test_a_list_that_keeps_its_lines_is_not_named(value):
    """Programs write texts of several lines in quotes, with an empty line or a sign for each end of a line."""
    text = HEAD + f"    question: Q\n    answer: {value}\n"
    assert not [each for each in advice([read_document("git.yaml", text.encode())]) if "its lines" in each.what]


def test_a_course_behind_a_hash_is_named():
    """A course is optional, so no other error would show that it is missing."""
    text = "lesson: G\ncourse: #python\nentries: []\n"
    assert [
        each.line for each in advice([read_document("git.yaml", text.encode())]) if "#python" in each.what
    ] == [2]


@pytest.mark.parametrize("value", ["A.\n    # Ask in", '"Ask in #help"', "'a #b'", "a#b", "|\n      Ask in #help"])
def test_a_hash_that_cuts_nothing_is_not_named(value):
    """In quotes and blocks it is text; after an id it is meant as a comment."""
    text = f"lesson: Git\nentries:\n  - id: a  # stable\n    question: What?\n    answer: {value}\n"
    assert not [each for each in advice([read_document("git.yaml", text.encode())]) if "comment" in each.what]


def test_files_that_are_not_read_are_known(tmp_path):
    """`lessonbot check` and `/lessons check` name files that look like lessons and are not read."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "sub")
    named = ("FAQ.md", "FOURTH.YAML", "other.yaml.txt", "sub/old.yaml.bak", "sub/questions.yaml")
    for name in ("good.yaml", "questions.yaml", *named, "sub/third.yaml", "README.md", "a.png", ".hidden.yaml"):
        (tmp_path / name).write_text("lesson: A\n")
    found = {each.file: each.what for each in unread_problems(tmp_path)}
    assert sorted(found) == sorted((*named, "elsewhere"))
    assert "link to a folder" in found["elsewhere"]
    assert "belongs directly into the lessons folder" in found["sub/questions.yaml"]


def test_a_folder_without_lessons_tells_what_is_near(tmp_path):
    """If somebody saved X.YAML, the message names it."""
    (tmp_path / "X.YAML").write_text("lesson: A\n")
    with pytest.raises(UserError, match=r"contains no lesson files \(\.yaml\); these are not read: X\.YAML"):
        require_lessons(tmp_path)


def test_a_lesson_without_entries_is_named():
    """It is valid, but no question finds anything in it."""
    [hint] = advice([read_document("git.yaml", b"lesson: Git\n")])
    assert "has no entries yet" in hint.what


def test_markup_that_discord_does_not_draw_is_named():
    """Members would see a typed table as lines of bars."""
    text = HEAD + "    question: What?\n    answer: |\n      | a | b |\n      |---|---|\n      | 1 | 2 |\n"
    found = [each for each in advice([read_document("git.yaml", text.encode())]) if "does not format" in each.what]
    assert [(each.line, each.where) for each in found] == [(6, "entries[0].answer")]
    assert found[0].what.endswith("'| a | b |'; write it as a list, or in a code block")


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("a ![b](c.png)", "name its file in 'image:'"),
        ("[a](b.md)", "write its full address, with https://"),
        ("[https://e.org](https://e.org)", "write the address alone, without brackets"),
        ("a[^1]", "write the note where it belongs"),
        ("> [!NOTE]\n> a", "write it as a quote, with '> ' in front of each line"),
        ("- [ ] a", "leave out the brackets"),
        ("> a\n>\n> b", "put a space behind the '>'"),
        ("#### a", "begin it with '### '"),
        ("~~~\na\n~~~", "write '```' in its place"),
        ("a [b][1]\n\n[1]: https://e.org", "write the link as [text](address)"),
        ("a <b>c</b>", "write it in another way"),
    ],
)
def test_what_discord_does_not_draw_is_named_with_what_to_write(text, instead):
    """Whoever typed it need not guess what Discord has instead."""
    answer = "".join(f"      {line}\n" for line in text.split("\n"))
    lesson = f"{HEAD}    question: What?\n    answer: |\n{answer}"
    found = advice([read_document("a.yaml", lesson.encode())])
    [hint] = [each for each in found if "does not format" in each.what]
    assert hint.what.endswith(f"; {instead}")


def test_each_kind_of_markup_in_a_text_is_named_at_once():
    """Whoever takes out a table need not run the check again to learn of the footnote below it."""
    answer = "<b>a</b>\n\n| a | b |\n|---|---|\n\nc[^1] <i>d</i>\n\n[^1]: e"
    lesson = f"{HEAD}    question: What?\n    answer: {json.dumps(answer)}\n"
    found = [each.what for each in advice([read_document("a.yaml", lesson.encode())]) if "format" in each.what]
    assert sorted(what.split("'")[1] for what in found) == ["<b>", "[^1]", "| a | b |"]


def test_markup_in_any_text_of_a_scenario_is_named():
    """Learners read these texts as members read answers. Titles and the questions of entries are plain text."""
    text = (
        "lesson: A\nentries:\n- {id: e, question: What is <b>, phrasings: [p], answer: a <b>}\n"
        "scenarios:\n- id: s\n  title: The <b> tag\n  story: <b>Once</b>\n  solutions:\n"
        "  - {id: x, title: X, plan: '[a](b.md)', outcome: o, why: '<i>w</i>', verdict: works}\n"
        "  - {id: y, title: Y, plan: p, outcome: o, why: w, verdict: fails, cost: '![a](b.png)'}\n"
        "  behind_the_scenes: |\n    > ```\n    > <b>\n    > ```\n\n    | a | b |\n    |---|---|\n"
        "  check:\n    question: <u>Q</u>\n    options:\n"
        "    - {text: 'a[^1]', correct: true}\n    - {text: b, feedback: <s>no</s>, hint: <em>h</em>}\n"
    )
    found = [each for each in advice([read_document("a.yaml", text.encode())]) if "does not format" in each.what]
    assert [(each.line, each.what.split("'")[1]) for each in found] == [
        *((3, "<b>"), (7, "<b>"), (9, "[a](b.md)"), (9, "<i>"), (10, "![a](b.png)"), (11, "| a | b |")),
        *((19, "<u>"), (21, "[^1]"), (22, "<s>"), (22, "<em>")),
    ]
    assert any(each.what.endswith("; name its file in 'picture:'") for each in found)
