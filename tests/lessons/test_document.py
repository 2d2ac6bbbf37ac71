"""Every lesson file is read, or each mistake in it is reported with its line."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import LessonError
from bot.lessons.document import MAX_PROBLEMS, read_document
from tests.support.examples import examples
from tests.support.lesson_files import lesson_files

ENTRY = "entries:\n- id: a\n  question: b\n  answer: c\n"
SOLUTIONS = "  - {id: x, title: X, plan: x}\n  - {id: y, title: Y, plan: y}\n"
KEYS = (
    "(the part before ':'); use one of these: id, question, phrasings, not, answer, image, related, reviewed, by"
)
A_DATE = "must be a date like 2026-11-22"
A_LIST = "must be a list of lines that start with '- '"
NO_ALIAS = "a text cannot start with '*'; put it in quotes"
TAKEN = "is reserved for a step that every scenario has; choose another ID"
SCENARIO = f"lesson: A\nscenarios:\n- id: s\n  title: T\n  story: S\n  solutions:\n{SOLUTIONS}"


def problems(content: str | bytes) -> list[str]:
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(LessonError) as caught:
        read_document("a.yaml", content)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("course: A\n", ["a.yaml:1: lesson: is missing"]),
        ("\ncourse: A\nlesson:\n", ["a.yaml:3: lesson: must not be empty"]),
        ('lesson: ""\n', ["a.yaml:1: lesson: must not be empty"]),
        ("lesson: A\nentrys: []\n", ["a.yaml:2: entrys: is not a known key; did you mean 'entries'?"]),
        ("lesson: A\nlesson: B\n", ["a.yaml:2: lesson: is used twice; the first one is on line 1"]),
        (
            "lesson: A\nentries:\n- id: a\n",
            [
                "a.yaml:3: entries[0].answer: is missing",
                "a.yaml:3: entries[0].question: is missing",
            ],
        ),
        (
            f"lesson: A\n{ENTRY}  anwser: d\n",
            ["a.yaml:6: entries[0].anwser: is not a known key; did you mean 'answer'?"],
        ),
        *(
            (
                f"lesson: A\n{ENTRY.replace('answer:', f'{key}:')}",
                [
                    "a.yaml:3: entries[0].answer: is missing",
                    f"a.yaml:5: entries[0].{key}: is not a known key; did you mean 'answer'?",
                ],
            )
            for key in ("response", "reply", "body", "anser")
        ),
        *(
            (
                f"lesson: A\n{ENTRY}  {key}: x\n",
                [f"a.yaml:6: entries[0].{key}: is not a known key {KEYS}"],
            )
            for key in ("response", "photo")
        ),
        (f"lesson: A\n{ENTRY}  reviewed: soon\n", [f"a.yaml:6: entries[0].reviewed: {A_DATE}"]),
        (f"lesson: A\n{ENTRY}  reviewed: 86400\n", [f"a.yaml:6: entries[0].reviewed: {A_DATE}"]),
        (f"lesson: A\n{ENTRY}  reviewed: 2026-13-01\n", [f"a.yaml:6: entries[0].reviewed: {A_DATE}"]),
        (f"lesson: A\n{ENTRY}  phrasings: no list\n", [f"a.yaml:6: entries[0].phrasings: {A_LIST}"]),
        (
            f"lesson: A\n{ENTRY}  phrasings:\n  - a\n  -\n",
            ["a.yaml:8: entries[0].phrasings[1]: must not be empty"],
        ),
        (
            f"lesson: A\n{ENTRY}  phrasings:\n  - [a]\n",
            ["a.yaml:7: entries[0].phrasings[0]: a text cannot start with '['; put it in quotes"],
        ),
        (
            f"lesson: A\n{ENTRY}  image: {{fil: x}}\n",
            [
                "a.yaml:6: entries[0].image.fil: is not a known key; did you mean 'file'?",
                "a.yaml:6: entries[0].image.file: is missing",
            ],
        ),
        ("lesson: A\nentries:\n- just text\n", ["a.yaml:3: entries[0]: must consist of 'key: value' lines"]),
        (
            "lesson: A\nentries:\n- id: Not An Id\n  question: b\n  answer: c\n",
            ["a.yaml:3: entries[0].id: must be lowercase words joined by hyphens, like what-is-a-venv"],
        ),
        (
            f"lesson: A\nentries:\n- id: {'a' * 33}\n  question: b\n  answer: c\n",
            ["a.yaml:3: entries[0].id: has 33 characters; at most 32 fit"],
        ),
        (
            f"lesson: A\nentries:\n- id: a\n  question: b\n  answer: {'c' * 9001}\n",
            ["a.yaml:5: entries[0].answer: has 9,001 characters; at most 9,000 fit"],
        ),
        ("lesson: A\naliases: [v]\n", ["a.yaml:2: aliases: must consist of 'key: value' lines"]),
        (
            "lesson: A\n[a]: b\n",
            ["a.yaml:2: the key (the part before ':') must be plain text, not a list or a group"],
        ),
        (
            SCENARIO.replace("plan: x", "plan: x, verdict: good"),
            ["a.yaml:7: scenarios[0].solutions[0].verdict: must be one of: works, tedious, fails"],
        ),
        (
            SCENARIO.replace("id: y", "id: x"),
            ["a.yaml:8: scenarios[0].solutions[1].id: 'x' is already used on line 7"],
        ),
        (
            f"{SCENARIO}  check:\n    question: Q\n    options:\n    - {{text: a, correct: true}}\n"
            "    - text: a\n",
            ["a.yaml:13: scenarios[0].check.options[1].text: another option has the same text"],
        ),
        (SCENARIO.replace("id: y", "id: story"), [f"a.yaml:8: scenarios[0].solutions[1].id: 'story' {TAKEN}"]),
        (
            SCENARIO.replace(f"\n{SOLUTIONS}", " []\n"),
            ["a.yaml:6: scenarios[0].solutions: has too few items; the minimum is 1"],
        ),
        (
            f"{SCENARIO}  check:\n    question: Q\n    options: [{{text: a}}, {{text: b, correct: maybe}}]\n",
            ["a.yaml:11: scenarios[0].check.options[1].correct: must be true or false"],
        ),
        (
            "lesson: A\nentries: &e\n- *e\n",
            ["a.yaml:2: entries[0]: must consist of 'key: value' lines", "a.yaml:2: entries[0]: refers to itself"],
        ),
        (
            "lesson: !!str A\n",
            ["a.yaml:1: a text cannot start with '!' (tag:yaml.org,2002:str); put it in quotes"],
        ),
        ("lesson: A\ncourse: *bold*\n", [f"a.yaml:2: {NO_ALIAS}"]),
        ("lesson: A\nx: [&x a" + ", *x" * 11 + "]\n", ["a.yaml:2: uses more than 10 YAML aliases ('*name')"]),
        ("lesson: A\n---\nlesson: B\n", ["a.yaml:2: a file can contain only one lesson; remove the '---'"]),
        ("", ["a.yaml:1: is empty; start the lesson with 'lesson: <title>'"]),
        ("# nothing\n# more\n", ["a.yaml:1: is empty; start the lesson with 'lesson: <title>'"]),
        ("\njust text\n", ["a.yaml:2: a lesson file must consist of 'key: value' lines"]),
        ("lesson: A\nentries:\n\t- id: a\n", ["a.yaml:3: this line is indented with a tab; use spaces instead"]),
        (
            "lesson: a: b\n",
            [
                (
                    "a.yaml:1: ': ' is not allowed in text without quotes; put the text in quotes, or "
                    "on separate lines under '|'"
                )
            ],
        ),
        ('lesson: A\ncourse: "open\n\n\n', ["a.yaml:2: a quotation mark is never closed"]),
        (
            'lesson: "\\ud83d\\ude00"\n',
            ["a.yaml:1: '\\ud83d…' is only half a character; type the character itself"],
        ),
        ("lesson: A\n\ncourse: \x00\n", ["a.yaml:3: contains the control character U+0000; remove it"]),
        ("lesson: A\r\ncourse: \x1b\n", ["a.yaml:2: contains the control character U+001B; remove it"]),
        ("lesson: A\rcourse: B\rcurse: C\r", ["a.yaml:3: curse: is not a known key; did you mean 'course'?"]),
        (
            "lesson: A\r\ncourse: B\r\ncurse: C\r\n",
            ["a.yaml:3: curse: is not a known key; did you mean 'course'?"],
        ),
        (b"\xef\xbb\xbflesson: A\ncurse: C\n", ["a.yaml:2: curse: is not a known key; did you mean 'course'?"]),
        (b"lesson: \xc3\xa9\ncourse: \xe9\n", ["a.yaml:2: is not UTF-8 text; save the file as UTF-8"]),
        (b"\xef\xbb\xbflesson: \xc3\xa9\xc3\xa9\n\xff\n", ["a.yaml:2: is not UTF-8 text; save the file as UTF-8"]),
        (b"\xff\xfel\x00", ["a.yaml:1: is not UTF-8 text; save the file as UTF-8"]),
        (b"#" * (2**20 + 1), ["a.yaml:1: is too large: 1,048,577 bytes; the limit is 1,048,576 bytes"]),
    ],
)
def test_every_mistake_is_named_by_its_line(text, expected):
    """Authors learn exactly where to look."""
    assert problems(text) == expected


def test_all_mistakes_are_named_at_once():
    """Authors can fix all of them in one go."""
    text = f"lessn: A\n{ENTRY}  reviewed: x\n  related: B\n- id: A B\n  question: b\n"
    assert [line.split(": ")[0] for line in problems(text)] == ["a.yaml:1"] * 2 + ["a.yaml:6", "a.yaml:7"] + [
        "a.yaml:8"
    ] * 2


def test_a_file_that_is_wrong_all_over_is_summed_up():
    """Only the first problems are listed, with the number of the others."""
    found = problems("lesson: A\n" + "".join(f"k{n}: v\n" for n in range(1000)))
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1] == "a.yaml:51: and 950 more problems below"


def test_a_message_is_short_however_long_the_mistake():
    """It always fits where it is shown."""
    assert all(len(line) < 300 for line in problems(f"lesson: A\n? {'k' * 900_000}\n: v\n"))
    assert all(len(line) < 300 for line in problems(f"lesson: !{'k' * 900_000} v\n"))


@pytest.mark.parametrize("typed", ["no", "on", "1.10", "2026-11-22", "0x10", "~", "null", "1e3", "=", "12:30:45"])
def test_a_text_is_what_was_typed(typed):
    """It is never turned into a number, a date or nothing, as YAML would do."""
    lesson = read_document("a.yaml", f"lesson: {typed}\n{ENTRY}  phrasings: [{typed}]\n".encode()).lesson
    assert (lesson.lesson, lesson.entries[0].phrasings) == (typed, (typed,))


@pytest.mark.parametrize("key", ["course", "aliases", "entries", "scenarios"])
def test_a_key_with_nothing_behind_it_is_as_good_as_absent(key):
    """Authors may type a key before they know its value."""
    assert read_document("a.yaml", f"lesson: A\n{key}:\n".encode()).lesson.lesson == "A"


LAUGHS = b"b: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n"
HARMFUL = {
    "brackets": b"[" * 2**20,
    "braces": b"{" * 2**20,
    "dashes": b"- " * 500_000,
    "question marks": b"? " * 300_000,
    "keys below keys": b"".join(b" " * n + b"a:\n" for n in range(1400)),
    "double quotes": b'"' * 2**20,
    "single quotes": b"'" * 2**20,
    "backslashes": b'"' + b"\\" * (2**20 - 1),
    "a billion laughs": b"lesson: A\na: &a [" + b"x," * 9000 + b"]\n" + LAUGHS,
    "items": b"lesson: A\nentries:\n" + b"- \n" * 340_000,
    "empty entries": b"lesson: A\nentries: [" + b"{}," * 300_000 + b"]",
    "keys": b"lesson: A\n" + b"".join(b"%x: \n" % n for n in range(120_000)),
    "anchors": b"lesson: A\nx: [" + b"".join(b"&a%d a," % n for n in range(90_000)) + b"]",
    "documents": b"---\n" * 250_000,
    "tabs": b"\t" * 2**20,
    "colons": b": " * 500_000,
    "a long key": b"lesson: A\n? " + b"k" * 900_000 + b"\n: v\n",
}


def test_a_billion_laughs_are_counted_before_they_are_written_out():
    """Ten nested aliases would be enough to fill the memory."""
    found = problems(HARMFUL["a billion laughs"])
    assert found == ["a.yaml:3: its YAML aliases ('*name') expand to more than 30,000 parts; use fewer of them"]


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_file_is_refused_at_once(name, tmp_path):
    """No file can crash or stop the bot. Tested in another process, as some of these files crashed it."""
    (tmp_path / "a.yaml").write_bytes(HARMFUL[name])
    code = (
        "import resource, sys; from pathlib import Path; from bot.errors import LessonError\n"
        "from bot.lessons.document import read_document\n"
        "content = Path(sys.argv[1]).read_bytes()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30)); resource.setrlimit(resource.RLIMIT_CPU, (6, 6))\n"
        "try: read_document('a.yaml', content)\n"
        "except LessonError as error: print(error.problems[0])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.yaml")],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-500:]
    assert run.stdout.startswith("a.yaml:")


def _loads_or_is_explained(content: bytes) -> None:
    try:
        read_document("a.yaml", content)
    except LessonError as error:
        found = error.problems
    else:
        return
    text = content.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert found
    assert all(1 <= each.line <= lines for each in found)


often = settings(deadline=None, max_examples=examples(150))


@often
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_explained(content):
    """Even a file that is no text at all gets a message."""
    _loads_or_is_explained(content)


@often
@given(st.data())
def test_a_damaged_lesson_is_read_or_explained(data):
    """After a typing error, a bad merge or half a download, the message names a line."""
    content = data.draw(lesson_files()).text.encode()
    for _ in range(data.draw(st.integers(1, 3))):
        begin = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(begin, min(len(content), begin + 30)))
        new = data.draw(
            st.sampled_from([b"", b"\n", b"\t", b": ", b"- ", b"&a ", b"*a", b"!", b'"', b"{", b"\xff", b"\x85"])
        )
        again = content[begin:end] * data.draw(st.integers(0, 2))
        content = content[:begin] + new + again + content[end:]
    _loads_or_is_explained(content)


def test_a_lesson_that_begins_with_a_comment_is_no_markdown():
    """Also with line ends of old editors (CR)."""
    text = "# Lessons\r\rlesson: A\rentries:\r- {id: a, question: Why?, answer: So.}\r"
    assert read_document("a.yaml", text.encode()).lesson.lesson == "A"
