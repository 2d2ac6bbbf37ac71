"""`lessonbot evaluate`: reliable figures, and a report that authors understand."""

from __future__ import annotations

import io
import json
import shlex
import sys
from pathlib import Path

import pytest
from rich.console import Console

from bot.errors import LessonError, UserError
from bot.evaluate.evaluating import Evaluation, evaluate_files, evaluate_library
from bot.evaluate.question_set import read_questions
from bot.evaluate.report import report, went_wrong
from bot.evaluate.rows import Row, entries_from, questions_from
from bot.lessons.library import Library
from bot.search.evaluation import Asked, EvaluatedQuestion, ask_all, metrics
from bot.search.index import Index, Match
from tests.support.command import Command

TESTS = Path(__file__).parents[1]
KEYS = """
understanding
n_in n_out accuracy_at_1 recall_at_3 mrr_at_10 auroc answered_right answered_wrong suggested_right unknown_in
out_answered out_suggested out_unknown p50_us p99_us build_s index_mb
""".split()

ENTRIES: list[dict[str, object]] = [
    {
        "id": "bread",
        "question": "How do I bake bread?",
        "phrasings": ["sourdough loaf recipe"],
        "answer": "Slowly.",
    },
    {
        "id": "rice",
        "question": "How long does rice cook?",
        "phrasings": [],
        "answer": "Twelve minutes.",
        "by": "Mia",
    },
    {"id": "soup", "question": "Which onions go into the soup [cold]?", "answer": "Red ones."},
]
QUESTIONS: list[dict[str, object]] = [
    {"text": "how do i bake bread", "expect": ["bread"], "kind": "in"},
    {"text": "which onions go into the soup [cold]", "expect": ["rice", "gone"], "kind": "in", "by": "Mia"},
    {"text": "zebra", "expect": ["rice"], "kind": "in"},
    {"text": "how long does rice cook", "expect": [], "kind": "near"},
    {"text": "who won the match", "expect": ["bread"], "kind": "far"},
]


def jsonl(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return jsonl(tmp_path / "E.jsonl", ENTRIES), jsonl(tmp_path / "Q.jsonl", QUESTIONS)


def told(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [line.rpartition("/")[2] for line in str(error.value).splitlines()]


class TestFilesOfYourOwn:
    def test_the_figures_have_exactly_these_names(self, lessonbot, files):
        """The JSON has exactly these names, which programs that compare versions read."""
        ended = lessonbot("evaluate", "--entries", str(files[0]), "--questions", str(files[1]), "--json")
        assert (ended.code, ended.err) == (0, "")
        found = json.loads(ended.out)
        assert list(found) == KEYS
        assert (found["n_in"], found["n_out"]) == (3, 2)
        assert (found["answered_right"], found["answered_wrong"], found["unknown_in"]) == (1, 1, 1)
        assert (found["out_answered"], found["out_unknown"]) == (1, 1)

    def test_an_author_reads_what_went_wrong(self, lessonbot, files):
        """The report shows each wrong reply with its question and the expected one, the misleading ones first."""
        ended = lessonbot("evaluate", "--entries", "E.jsonl", "--questions", "Q.jsonl")
        assert (ended.code, ended.err) == (0, "")
        table, _, wrong = ended.out.partition("What went wrong:\n")
        for words in (
            "answered right",
            "answered wrong",
            "offered among suggestions",
            "not found",
            "out of scope",
        ):
            assert words in table
        assert "\x1b" not in table
        assert (
            wrong
            == """
“which onions go into the soup [cold]”
  answered: Which onions go into the soup [cold]? [soup]
  expected: [gone], which is no entry or How long does rice cook? [rice]

“how long does rice cook”
  answered: How long does rice cook? [rice]
  expected: no answer, as nothing answers it

“zebra”
  not found
  expected: How long does rice cook? [rice]
"""
        )

    def test_one_file_needs_the_other(self, lessonbot, files):
        """`--entries` without `--questions`, or the reverse, is an error."""
        for option, file in zip(("--entries", "--questions"), files, strict=True):
            ended = lessonbot("evaluate", option, str(file))
            assert ended.code == 2
            assert "use --entries and --questions together" in ended.err

    def test_no_lessons_are_needed(self, lessonbot, files):
        """With both files, no lessons folder is needed."""
        ended = lessonbot("evaluate", "--entries", "E.jsonl", "--questions", "Q.jsonl", LESSONS_DIR="nowhere")
        assert ended.code == 0

    def test_every_bad_row_is_named_by_its_line(self, lessonbot, tmp_path):
        """All bad rows are listed at once, with their lines."""
        (tmp_path / "E.jsonl").write_text(
            '{"id": "a", "question": "A?"}\n\n{"id": 3}\n{"id": "a", "question": "B?", "phrasings": "c"}\nx\n'
            '{"id": "a", "question": "D?"}\n'
        )
        jsonl(tmp_path / "Q.jsonl", QUESTIONS)
        ended = lessonbot("evaluate", "--entries", "E.jsonl", "--questions", "Q.jsonl")
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.splitlines() == [
            "error: E.jsonl:3: id: must be text",
            "error: E.jsonl:3: question: is missing",
            "error: E.jsonl:4: phrasings: must be a list in [brackets]",
            "error: E.jsonl:5: is not valid JSON: expected value at column 1",
            "error: E.jsonl:6: id: 'a' is used twice; the first one is on line 1",
        ]

    @pytest.mark.parametrize(
        ("row", "what"),
        [
            (b'{"expect": ["a"]}', "Q.jsonl:2: text: is missing"),
            (
                b'{"text": "a", "expect": ["a"], "kind": "far away"}',
                "Q.jsonl:2: kind: must be one of: in, near, far",
            ),
            (
                b'{"text": "a", "expect": []}',
                "Q.jsonl:2: expect: is empty; for a question that nothing answers, add",
            ),
            (b'{"text": "a", "expect": ["a", 1]}', "Q.jsonl:2: expect[1]: must be text"),
            (b'["a"]', "Q.jsonl:2: must be an object in {braces}"),
            (b'{"text": "\xff"}', "Q.jsonl:2: is not valid JSON: "),
        ],
    )
    def test_a_bad_question_is_named_too(self, tmp_path, row, what):
        """A bad question is listed with the error in it."""
        (tmp_path / "Q.jsonl").write_bytes(b'{"text": "fine", "expect": ["a"]}\n' + row + b"\n")
        with pytest.raises(LessonError) as error:
            questions_from(tmp_path / "Q.jsonl")
        assert len(told(error)) == 1
        assert told(error)[0].startswith(what)

    @pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
    def test_an_empty_file_is_a_clear_line(self, tmp_path, content):
        """An empty file is an error, and not a table of zeros."""
        (tmp_path / "X.jsonl").write_text(content, encoding="utf-8")
        with pytest.raises(
            UserError, match=r"X\.jsonl contains no entry; write each one as a JSON object on its own line"
        ):
            entries_from(tmp_path / "X.jsonl")
        with pytest.raises(UserError, match=r"X\.jsonl contains no question; "):
            questions_from(tmp_path / "X.jsonl")

    def test_a_file_is_read_however_it_was_saved(self, tmp_path):
        """Files can have Windows line ends, a byte order mark, and no line end at the end."""
        (tmp_path / "Q.jsonl").write_bytes(
            b'\xef\xbb\xbf{"text": "a", "expect": ["x"]}\r\n\r\n{"text": "b", "kind": "near"}'
        )
        assert questions_from(tmp_path / "Q.jsonl") == [Asked("a", frozenset({"x"})), Asked("b", frozenset())]

    def test_what_near_and_far_expect_does_not_count(self, files):
        """Questions of the kinds near and far must not be answered, whatever they expect."""
        assert questions_from(files[1])[-1] == Asked("who won the match", frozenset())


def test_small_talk_is_unknown_unless_an_entry_is_asked_for_in_these_words():
    """Small talk counts as unknown, as the bot replies to it, unless it is exactly a question of an entry."""
    entries = [Row("bread", "How do I bake bread?"), Row("hello", "hello", ("hi there",))]
    said = [Asked(text, frozenset()) for text in ("hi all", "hi there", "how do i bake bread")]
    assert [each.reply for each in ask_all(Index(entries), said)] == ["unknown", "answer", "answer"]


class TestTheLessonsThemselves:
    def test_every_phrasing_is_asked_as_if_it_were_not_there(self, lessonbot):
        """Each phrasing is asked in an index without it, as otherwise it would always find itself."""
        found = json.loads(lessonbot("evaluate", "--json").out)
        assert list(found) == KEYS
        assert (found["n_in"], found["n_out"]) == (9, 0)
        library = Library.open(lessonbot.lessons)
        evaluated = evaluate_library(library, lambda each, total: iter(each)).evaluated
        written = {text for entry in library.lessons.entries.values() for text in entry.phrasings}
        assert {each.asked.text for each in evaluated} == written

    def test_questions_beside_them_are_asked_too(self, lessonbot):
        """The questions in questions.yaml are asked, too, and can expect steps of scenarios."""
        (lessonbot.lessons / "questions.yaml").write_text(
            '- {ask: "reinstall again and again", expect: [two-versions.again]}\n'
            '- {ask: "best pizza?", expect: [], kind: far}\n'
        )
        found = json.loads(lessonbot("evaluate", "--json").out)
        assert (found["n_in"], found["n_out"]) == (10, 1)
        assert found["out_answered"] == 0

    def test_mistakes_in_them_are_located(self, lessonbot):
        """Errors in questions.yaml, such as the id of a renamed entry, are reported with their lines."""
        (lessonbot.lessons / "questions.yaml").write_text("- {ask: why?, expect: [gone]}\n")
        for command in ("evaluate", "check"):
            ended = lessonbot(command)
            assert (ended.code, ended.out) == (1, "")
            assert ended.err == (
                "error: knowledge/questions.yaml:1: [0].expect[0]: nothing has the ID 'gone'; "
                "write the step of a scenario as scenario.step\n"
            )

    def test_check_counts_them(self, lessonbot):
        """`check` shows the number of test questions."""
        (lessonbot.lessons / "questions.yaml").write_text("- {ask: why?, expect: [why]}\n")
        assert lessonbot("check").out.endswith(
            "knowledge: 1 lesson, 3 entries, 1 scenario, 1 question: no errors\n"
        )
        alone = lessonbot("check", "knowledge/questions.yaml")
        assert alone.code == 1
        assert "lessonbot check knowledge" in alone.err

    def test_nothing_to_ask_is_a_clear_line(self, lessonbot):
        """Lessons without phrasings and questions are a one-line error."""
        lessonbot.lesson.write_text("lesson: L\nentries:\n- {id: a, question: A?, answer: B.}\n")
        ended = lessonbot("evaluate")
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.startswith("error: there is nothing to ask: add phrasings to the lessons")
        assert len(ended.err.splitlines()) == 1

    def test_the_questions_that_hold_our_quality_are_of_this_form(self):
        """Our own test questions have the format of questions.yaml."""
        file = TESTS / "search" / "members_questions.yaml"
        lessons = Library.open(TESTS.parent / "knowledge").lessons
        steps = [f"{each.id}.{part.id}" for each in lessons.scenarios.values() for part in each.solutions]
        rest = [f"{each}.{step}" for each in lessons.scenarios for step in ("story", "behind-the-scenes")]
        asked = read_questions(file.name, file.read_bytes(), {*lessons.entries, *steps, *rest})
        assert len(asked) >= 150


A_QUESTION = '{ask: "…", expect: [IDs]}'


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "lesson: Questions\n",
            [f"1: must be a list of {A_QUESTION}; this file name is reserved for test questions"],
        ),
        ("- a\n- [b]\n", [f"1: [0]: must be {A_QUESTION}", f"2: [1]: must be {A_QUESTION}"]),
        (
            "- ask: a\n- expect: []\n",
            ["1: [0].expect: is missing; write [] if nothing answers the question", "2: [1].ask: is missing"],
        ),
        ("- {ask: a, expect: x}\n", ["1: [0].expect: must be a list of IDs: [] or [create-a-venv]"]),
        ("- {ask: '', expect: [[x]]}\n", ["1: [0].ask: must be text", "1: [0].expect[0]: must be text"]),
        (
            "- {ask: a, expct: [x], expect: []}\n",
            ["1: [0].expct: is not a known key (the part before ':'); use one of these: ask, expect, kind"],
        ),
        ("- ask: a\n  ask: b\n  expect: []\n", ["2: [0].ask: is used twice"]),
        ("- {ask: a, expect: [], kind: faar}\n", ["1: [0].kind: must be one of: in, near, far"]),
        ("- {ask: a, expect: [x], kind: far}\n", ["1: [0].kind: is 'far', but 'expect' names an answer"]),
        ("- {ask: a, expect: [], kind: in}\n", ["1: [0].kind: is 'in', but 'expect' is empty"]),
        (
            "- &a [*a]\n- {ask: a, expect: &b [*b]}\n",
            [f"1: [0]: must be {A_QUESTION}", "2: [1].expect[0]: must be text"],
        ),
        ("- {ask: a, expect: []\n", ["1: a '}' is missing at the end"]),
    ],
)
def test_each_mistake_in_questions_yaml_is_told_at_its_line(text, problems):
    """All errors in questions.yaml are listed at once, with their lines."""
    with pytest.raises(LessonError) as error:
        read_questions("q.yaml", text.encode(), {"x"})
    assert str(error.value).splitlines() == [f"q.yaml:{each}" for each in problems]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]"])
def test_no_questions_yet_are_no_mistake(text):
    """An empty questions.yaml is valid."""
    assert read_questions("q.yaml", text.encode(), {"x"}) == []


def evaluated_question(text: str, reply: str, ids: list[str], expect: list[str]) -> EvaluatedQuestion:
    ranking = tuple(Match(id_, 50.0) for id_ in ids)
    return EvaluatedQuestion(Asked(text, frozenset(expect)), ranking, reply, 0.001)


class TestReport:
    def test_what_went_wrong_begins_with_what_misleads(self):
        """Misleading replies come first. Suggestions are right if they have the right entry, or there is none."""
        evaluated = (
            evaluated_question("unknown", "unknown", [], ["a"]),
            evaluated_question("offered others", "suggestions", ["b", "c", "d", "a"], ["a"]),
            evaluated_question("answered", "answer", ["b"], []),
            evaluated_question("offered the right one", "suggestions", ["b", "c", "a"], ["a"]),
            evaluated_question("offered something", "suggestions", ["b"], []),
            evaluated_question("right", "answer", ["a"], ["a"]),
        )
        assert [each.asked.text for each in went_wrong(evaluated)] == ["answered", "offered others", "unknown"]

    def test_each_entry_that_was_offered_has_a_line(self):
        """Three titles in one paragraph would run into each other."""
        offered = evaluated_question("offered others", "suggestions", ["b", "c", "d", "a"], ["a"])
        shown = self.drawn((offered,))
        assert (
            "“offered others”\n  offered:  [b], which is no entry\n            [c], which is no entry\n" in shown
        )
        assert " ms" in shown
        assert "µs" not in shown, "authors of lessons read milliseconds"

    def drawn(self, evaluated: tuple[EvaluatedQuestion, ...]) -> str:
        screen = io.StringIO()
        evaluation = Evaluation(evaluated, metrics(evaluated, 0.01, 1000), {"a": "A?"}, "words")
        report(evaluation, Console(file=screen, width=80))
        return screen.getvalue()

    def test_it_ends_after_twenty(self):
        """The list has at most twenty questions, and says how many more there are."""
        many = tuple(evaluated_question(f"question {n}", "unknown", [], ["a"]) for n in range(1025))
        drawn = self.drawn(many)
        assert "“question 19”" in drawn
        assert "“question 20”" not in drawn
        assert drawn.endswith("and 1,005 more\n")

    def test_a_pasted_stack_trace_takes_one_line(self):
        """A pasted stack trace is shown on one line, without being read as markup."""
        drawn = self.drawn((evaluated_question("[red]Traceback:\n  File x\n" * 99, "unknown", [], ["a"]),))
        (line,) = (line for line in drawn.splitlines() if "Traceback" in line)
        assert line.startswith("“[red]Traceback: File x [red]")
        assert len(line) < 110

    def test_no_questions_out_of_scope_are_no_success(self):
        """Without questions that must not be answered, no rate is shown for them."""
        drawn = self.drawn((evaluated_question("right", "answer", ["a"], ["a"]),))
        assert "Nothing went wrong." in drawn
        assert "out of scope but answered" not in drawn
        assert "none asked" in drawn


class TestProgress:
    SLOW = """
import sys, time
from bot.evaluate.evaluation_progress import with_progress
def slow(count):
    for n in range(count):
        time.sleep(0.3)
        yield n
print(sum(with_progress(slow(int(sys.argv[1])), int(sys.argv[1]))))
"""

    def seen(self, lessonbot: Command, count: int) -> str:
        """The terminal's output while so many slow questions are asked."""
        pexpect = pytest.importorskip("pexpect", reason="pexpect drives a pty, which Windows has not")
        screen = pexpect.run(
            shlex.join([sys.executable, "-c", self.SLOW, str(count)]),
            cwd=lessonbot.folder,
            env=lessonbot.environment(TERM="xterm-256color"),
            timeout=30,
        )
        return str(screen.decode())

    def test_a_long_run_shows_how_far_it_is(self, lessonbot):
        """A long evaluation shows a progress bar on a terminal, and removes it at the end."""
        seen = self.seen(lessonbot, 6)
        assert "Asking" in seen
        assert "/6" in seen
        assert seen.endswith("\x1b[2K15\r\n")

    def test_a_short_run_shows_nothing(self, lessonbot):
        """A short evaluation shows no progress bar."""
        assert self.seen(lessonbot, 2) == "1\r\n"

    def test_where_nobody_looks_there_is_none(self, lessonbot):
        """Without a terminal, there is no progress bar."""
        ended = lessonbot.shell(f"'{sys.executable}' -c {shlex.quote(self.SLOW)} 6")
        assert (ended.code, ended.out, ended.err) == (0, "15\n", "")


def test_the_same_questions_give_the_same_figures(files):
    """The figures are reproducible, but for times."""
    once, again = (evaluate_files(files[0], files[1], lambda each, total: iter(each)).metrics for _ in range(2))
    for name in set(KEYS) - {"understanding", "p50_us", "p99_us", "build_s"}:
        assert once[name] == again[name]
