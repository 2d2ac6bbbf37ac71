"""The command line: a clear line for errors that a person can fix, a traceback for bugs, plain text in pipes."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import click
import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml

from bot.cli import cli
from bot.search.meaning import multilingual
from bot.store.store import Store
from tests.support.command import LESSON, START, Command
from tests.support.pictures import png
from tests.support.shipped import KNOWLEDGE

UNDER_NOHUP = pytest.mark.skipif(signal.getsignal(signal.SIGHUP) == signal.SIG_IGN, reason="run by nohup")
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.a.b"  # shaped like one


class TestWhatAPersonCanFix:
    def test_a_missing_token_is_one_line_that_says_what_to_do(self, lessonbot):
        """At the first start, operators read how to get a token, and how to try the bot without one."""
        ended = lessonbot("run")
        assert ended.code == 1
        assert ended.out == ""
        assert len(ended.err.splitlines()) == 1
        assert "DISCORD_TOKEN is not set: get a token at https://discord.com/developers/applications" in ended.err
        assert "lessonbot preview" in ended.err

    def test_a_token_that_can_be_none_is_refused_before_it_is_sent(self, lessonbot):
        """An error in copying a token is reported at once, without showing the token."""
        ended = lessonbot("run", DISCORD_TOKEN="Bot MTIz.abc.def")
        assert ended.code == 1
        assert len(ended.err.splitlines()) == 1
        assert "DISCORD_TOKEN must be the bot's token alone" in ended.err
        assert "MTIz" not in ended.err
        ended = lessonbot("run", DISCORD_TOKEN="123456789012345678")
        assert ended.code == 1
        assert "error: DISCORD_TOKEN cannot be a bot's token: it is the application's ID. Copy it" in ended.err

    def test_every_wrong_setting_is_named_at_once(self, lessonbot):
        """Operators see all wrong settings at once, and not one after the other."""
        (lessonbot.folder / ".env").write_text("LESONS_DIR=x\n\nDISCORD_TOKEN='Bot x'\n???\n")
        ended = lessonbot("ask", "why", LOG_LEVEL="loud")
        assert ended.code == 1
        assert ended.err.splitlines() == [
            "error: .env:1: LESONS_DIR is not a setting; did you mean LESSONS_DIR?",
            "error: .env:4: cannot be read; write NAME=value",
            "error: DISCORD_TOKEN must be the bot's token alone, without quotes, spaces or 'Bot'",
            "error: LOG_LEVEL must be 'debug', 'info', 'warning' or 'error'; it is 'loud'",
        ]

    @pytest.mark.parametrize("command", [["ask", "why"], ["check"], ["run"]])
    def test_every_mistake_of_a_lesson_is_told_with_its_place(self, lessonbot, command):
        """Every command prints errors as file:line, which many terminals can open."""
        lessonbot.lesson.write_text(
            LESSON.replace("    answer: Delete", "    anser: Delete").replace("id: two-", "id: Two ")
        )
        ended = lessonbot(*command, DISCORD_TOKEN=TOKEN)
        assert ended.code == 1
        assert ended.out == ""
        assert [line for line in ended.err.splitlines() if line.startswith("error: ")] == [
            "error: knowledge/venv.yaml:20: entries[2].answer: is missing",
            "error: knowledge/venv.yaml:23: entries[2].anser: is not a known key; did you mean 'answer'?",
            (
                "error: knowledge/venv.yaml:25: scenarios[0].id: must be lowercase words joined by "
                "hyphens, like what-is-a-venv"
            ),
        ]

    @pytest.mark.parametrize(
        "command", [["ask", "--json", "what is a venv"], ["chat"], ["preview", "--no-browser"]]
    )
    def test_one_broken_file_does_not_stop_the_others(self, lessonbot, command):
        """The other files still answer, and the error is printed with its place, but never into JSON."""
        (lessonbot.lessons / "new.yaml").write_text("lesson: New\nentrys: []\n")
        said = [
            "warning: knowledge/new.yaml:2: entrys: is not a known key; did you mean 'entries'?",
            "warning: the parts with errors are left out; everything else works",
        ]
        if command[0] == "preview":
            with lessonbot.started(*command) as process:
                lines = [process.stdout.readline().rstrip() for _ in range(3)]
            assert lines[:2] == said
            assert lines[2].startswith("The bot is running at http")
            return
        ended = lessonbot(*command, typed="what is a venv\n")
        assert ended.code == 0
        assert "An *isolated* Python environment" in ended.out
        assert ended.err.splitlines() == said
        assert lessonbot("check").code == 1

    def test_figures_of_half_the_lessons_are_none(self, lessonbot):
        """`evaluate` refuses to count with broken files, as missing lessons would look like a worse bot."""
        (lessonbot.lessons / "new.yaml").write_text("lesson: [")
        ended = lessonbot("evaluate")
        assert ended.code == 1
        assert ended.err.startswith("error: knowledge/new.yaml:1: ")

    @pytest.mark.parametrize("command", [["ask", "why"], ["run"]])
    def test_a_lessons_folder_that_is_not_there_is_named(self, lessonbot, command):
        """With the place where it was looked for: most often, that is what is wrong. Nothing else is begun."""
        ended = lessonbot(*command, LESSONS_DIR="lesons", DISCORD_TOKEN=TOKEN)
        assert ended.code == 1
        assert (
            ended.err == f"error: LESSONS_DIR: the folder lesons does not exist (looked in {lessonbot.folder})\n"
        )
        assert not (lessonbot.folder / "data").exists()

    def test_a_lessons_folder_that_cannot_be_read_is_named(self, lessonbot):
        """A folder that cannot be opened is a one-line error without a traceback."""
        ended = lessonbot("ask", "why", LESSONS_DIR="x" * 300)
        assert ended.code == 1
        assert ended.err.startswith("error: LESSONS_DIR")
        for words in (["check"], ["new"], ["backup"]):
            ended = lessonbot(*words, "x" * 300)
            assert ended.code == 1
            assert re.fullmatch(r"error: \S*x+\S* cannot be \w+: File name too long\n", ended.err)

    @pytest.mark.parametrize(
        ("settings", "lines"),
        [
            ({"DISCORD_TOKEN": "abc"}, ["DISCORD_TOKEN cannot be a bot's token"]),
            ({"METRICS": "x", "SHARDS": "0"}, ["METRICS must be a port", "SHARDS must be auto"]),
            ({"DISCORD_TOKEN_FILE": "nowhere"}, ["DISCORD_TOKEN_FILE nowhere does not exist"]),
        ],
    )
    def test_with_json_the_first_line_is_json_too(self, lessonbot, settings, lines):
        """A program that reads the log is told why the bot does not start."""
        (lessonbot.folder / ".env").write_text("LOG_FORMAT=JSON\n")
        ended = lessonbot("run", **settings)
        events = [json.loads(line) for line in ended.err.splitlines()]
        assert ended.code == 1
        assert [each["level"] for each in events] == ["error"] * len(lines)
        assert all(each["message"].startswith(line) for each, line in zip(events, lines, strict=True))

    def test_an_empty_lessons_folder_is_named(self, lessonbot):
        """A folder without lessons is an error, and not a bot that knows nothing."""
        lessonbot.lesson.unlink()
        ended = lessonbot("check")
        assert (ended.code, ended.err) == (1, "error: knowledge contains no lesson files (.yaml)\n")

    def test_a_data_folder_that_cannot_be_written_is_named(self, lessonbot):
        """It is an error at the start. Otherwise the bot would seem to run while its health check always fails."""
        (lessonbot.folder / "data").write_text("a file, not a folder")
        ended = lessonbot("run", DISCORD_TOKEN=TOKEN)
        assert ended.code == 1
        assert ended.err == "error: DATA_DIR data cannot be written: File exists\n"

    @pytest.mark.parametrize("words", [["aks", "why"], ["ask", "--jsn", "why"], ["check", "nowhere"]])
    def test_a_mistyped_command_shows_how_it_is_used(self, lessonbot, words):
        """The exit code is 2, as is usual on the command line."""
        ended = lessonbot(*words)
        assert ended.code == 2
        assert ended.err.startswith("Usage: ")
        assert "Error: " in ended.err


class TestABug:
    SCRIPT = """
import click, bot.cli
@bot.cli.cli.command()
def broken():
    raise RuntimeError("token MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE." + "x" * 38)
bot.cli.main()
"""

    def test_it_is_shown_whole_and_ends_with_3(self, lessonbot):
        """People can report the traceback of a bug, and scripts can distinguish it from a wrong setting."""
        done = subprocess.run(
            [sys.executable, "-c", self.SCRIPT, "broken"],
            env=lessonbot.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 3
        assert "Traceback" in done.stderr
        assert "RuntimeError" in done.stderr
        assert done.stderr.endswith("This is a bug in lessonbot: please report the lines above.\n")
        assert "xxx" not in done.stderr, "what people paste into a report holds no token"


class TestAsk:
    def test_a_question_is_answered_typos_and_all(self, lessonbot):
        """The example in the README works."""
        ended = lessonbot("ask", "y do i need venv")
        assert ended.code == 0
        assert ended.out.startswith("Why do we need virtual environments?\n")
        assert lessonbot("ask", "y", "do", "i", "need", "venv").out == ended.out, "quotes are not needed"

    def test_in_a_pipe_it_is_plain_text(self, lessonbot):
        """There are no colors, frames or wrapped lines, so that grep works. `[dev]` is printed as written."""
        out = lessonbot("ask", "what is a venv").out
        assert "\x1b" not in out
        assert not set(out) & set("╭╮╰╯│─")
        assert "An *isolated* Python environment [dev] · é." in out

    def test_suggestions_and_the_unknown_end_well_too(self, lessonbot):
        """The exit code is 0 for suggestions and if no lesson has an answer."""
        unknown = lessonbot("ask", "how do i bake bread")
        assert (unknown.code, unknown.out.startswith("No lesson answers that yet")) == (0, True)
        nothing = lessonbot("ask", "hello!")
        assert (nothing.code, nothing.out.startswith("What would you like to know?")) == (0, True)
        several = lessonbot("ask", "virtual environments in my project")
        assert (several.code, several.out.startswith("Which of these did you mean?\n  1. ")) == (0, True)

    @pytest.mark.parametrize(
        ("question", "kind", "keys"),
        [
            (
                "what is a venv",
                "answer",
                {"id", "question", "answer", "lesson", "course", "verdict", "picture", "related", "walkthrough"}
                | {"probability"},
            ),
            ("virtual environments in my project", "suggestions", {"questions", "asked_at_once", "probability"}),
            ("how do i bake bread", "unknown", {"probability"}),
            ("which topics do you have", "topics", {"lessons", "probability"}),
            ("delete everything you know about me", "command", {"for", "probability"}),
            ("what is this", "unknown", set()),
            ("i get an error", "unknown", {"which_error", "probability"}),
            ("thanks!", "unknown", {"nothing_asked"}),
        ],
    )
    def test_json_is_for_programs(self, lessonbot, question, kind, keys):
        """A script can read each kind of reply."""
        reply = json.loads(lessonbot("ask", "--json", question).out)
        assert reply["reply"] == kind
        assert set(reply) == {"reply", *keys}
        assert reply.get("nothing_asked", True) is True
        assert 0 <= reply.get("probability", 0) <= 1
        if kind == "answer":
            assert (reply["id"], reply["probability"]) == ("what-is-it", 1)
        if kind == "suggestions":
            assert {"id": "what-is-it", "question": "What is a virtual environment?"} in reply["questions"]

    def test_the_question_in_a_long_story_is_answered(self, lessonbot):
        """As in Discord: the words around a question do not hide its entry."""
        told = (
            "I have worked on this for weeks, and my boss is angry. " * 10
            + "How do I delete a virtual environment?"
        )
        reply = json.loads(lessonbot("ask", "--json", told).out)
        assert (reply["reply"], reply.get("id"), reply["probability"]) == ("answer", "remove", 1)

    @pytest.mark.skipif(not multilingual.is_installed(), reason="without the extra `languages`")
    def test_a_question_in_another_language_is_understood_at_the_first_try(self, lessonbot):
        """The models embed the lessons first, so that whoever tries them out sees what they do."""
        asked = "wie lösche ich eine virtuelle Umgebung?"
        reply = json.loads(lessonbot("ask", "--json", asked, UNDERSTANDING="auto").out)
        assert reply["in_other_language"] is True
        first = reply["id"] if reply["reply"] == "answer" else reply["questions"][0]["id"]
        assert first == "remove"
        chat = lessonbot("chat", typed=asked, UNDERSTANDING="auto").out
        assert "in another language than your question" in chat

    def test_json_keeps_every_letter(self, lessonbot):
        """JSON contains é as it is, without an escape."""
        assert "· é" in lessonbot("ask", "--json", "what is a venv").out

    def test_confidence_chooses_how_much_is_answered_outright(self, lessonbot):
        """The setting decides how often the bot answers at once, and how often it makes suggestions."""
        questions = [
            "what problem is solved by venv in projects", "two projects versions", "y venv", "venv why",
            "virtual environments in my project", "remove environment please from disk", "django versions",
        ]  # fmt: skip
        answered = {
            each: lessonbot("chat", typed="\n".join(questions), CONFIDENCE=each, UNDERSTANDING="table").out.count(
                "From Virtual Environments"
            )
            for each in ("cautious", "balanced", "eager")
        }
        assert answered["cautious"] <= answered["balanced"] <= answered["eager"]
        assert answered["cautious"] < answered["eager"]
        default = lessonbot("chat", typed="\n".join(questions), UNDERSTANDING="table").out
        assert default.count("From Virtual Environments") == answered["balanced"]

    @pytest.mark.parametrize("command", ["ask why venv | head -1", "ask why venv | true", "check --schema | true"])
    def test_a_reader_that_has_enough_is_no_error(self, lessonbot, command):
        """`lessonbot ask … | head -1` prints a line and no error."""
        ended = lessonbot.shell(f"lessonbot {command}")
        assert ended.code == 0
        assert ended.err == ""

    @pytest.mark.parametrize("settings", [{"PYTHONIOENCODING": "ascii"}, {"LANG": "C", "LC_ALL": "C"}])
    @pytest.mark.parametrize("words", [["ask", "what is a venv"], ["chat"]])
    def test_a_terminal_without_utf8_still_shows_the_answer(self, lessonbot, settings, words):
        """A character that the terminal lacks is printed as '?'."""
        ended = lessonbot(*words, typed=b"what is a venv \xe9\n", **settings)
        assert ended.code == 0, ended.err
        assert "Python environment [dev]" in ended.out

    def test_any_bytes_can_be_asked(self, lessonbot):
        """Typos, other alphabets and invalid characters get a reply and no error."""
        ended = lessonbot.shell("lessonbot ask $'\\xff\\xfe venv \\x1b[31m \\u202e'")
        assert (ended.code, ended.err) == (0, "")


class TestCheck:
    def test_good_lessons_are_counted(self, lessonbot):
        """Authors see how many lessons, entries and scenarios were read."""
        ended = lessonbot("check", "knowledge")
        assert ended.code == 0
        assert ended.out.splitlines()[-1] == "knowledge: 1 lesson, 3 entries, 1 scenario: no errors"

    def test_advice_is_no_mistake(self, lessonbot):
        """Advice is printed with its place, and the exit code stays 0."""
        lessonbot.lesson.write_text(
            LESSON.replace("    phrasings: [remove the venv folder, delete my venv, get rid of a venv]\n", "")
        )
        ended = lessonbot("check")
        assert ended.code == 0
        assert (
            "advice: knowledge/venv.yaml:20: entries[2]: has no phrasings; add other ways members ask this"
            in ended.out
        )

    def test_aliases_are_proposed_at_their_place(self, lessonbot):
        """If lessons use "IDE" and "integrated development environment", `check` proposes an alias."""
        lessonbot.lesson.write_text(
            LESSON.replace("Delete its folder.", "In your integrated development environment (IDE).").replace(
                "delete my venv", "delete it in my ide"
            )
        )
        ended = lessonbot("check")
        assert ended.code == 0
        assert ended.out.splitlines()[0] == (
            "advice: knowledge/venv.yaml:23: entries[2].answer: members ask about 'IDE', but it is written out "
            "here as 'integrated development environment'; so that both are found, add an alias to the "
            "lesson file: {integrated development environment: [IDE]}"
        )

    def test_one_file_is_checked_among_the_others(self, lessonbot):
        """An id that another file has, too, is an error. Other errors of that file are not reported."""
        other = lessonbot.lessons / "z-other.yaml"
        other.write_text(
            "lesson: Other\nentries:\n  - {id: why, question: Why?, answer: So.}\n  - {id: x, question: X?}\n"
        )
        mine = lessonbot("check", "knowledge/venv.yaml")
        assert (mine.code, mine.out) == (
            0,
            "knowledge/venv.yaml: no errors (other files in the folder have some)\n",
        )
        theirs = lessonbot("check", "knowledge/z-other.yaml")
        assert theirs.code == 1
        assert "knowledge/z-other.yaml:4: entries[1].answer: is missing" in theirs.err
        assert "venv.yaml:1" not in theirs.err.replace("taken by venv.yaml:1", "")

    def test_all_errors_are_named_at_once_and_no_others(self, lessonbot):
        """Also those of test questions and pictures. What a file with errors contains is not called missing."""
        other = "lesson: Other\nentries:\n  - {id: x, question: X?, answer: So., related: [why], image: x.png}\n"
        (lessonbot.lessons / "other.yaml").write_text(other)
        (lessonbot.lessons / "x.png").write_bytes(png()[:50])
        lessonbot.lesson.write_text(LESSON.replace("answer: Delete", "anser: Delete"))
        (lessonbot.lessons / "questions.yaml").write_text(
            "- {ask: y venv, expect: [why]}\n- {ask: two, expect: [two-versions.apart]}\n- {ask: y, expect: [z]}\n"
        )
        ended = lessonbot("check")
        assert ended.code == 1
        errors = [line for line in ended.err.splitlines() if line.startswith("error: ")]
        assert [line.split(": ")[1:3] for line in errors] == [
            ["knowledge/venv.yaml:20", "entries[2].answer"],
            ["knowledge/venv.yaml:23", "entries[2].anser"],
            ["knowledge/questions.yaml:3", "[2].expect[0]"],
            ["knowledge/other.yaml:3", "entries[0].image.file"],
        ]
        # Where no lesson can be read, the questions are.
        (lessonbot.lessons / "other.yaml").unlink()
        assert "questions.yaml:3: [2].expect[0]: nothing has the ID 'z'" in lessonbot("check").err

    def test_a_file_that_is_no_lesson_is_not_praised(self, lessonbot):
        """A file that is not a lesson is an error, and never reported as "no errors"."""
        (lessonbot.lessons / "README.md").write_text("How to write a lesson")
        ended = lessonbot("check", "knowledge/README.md")
        assert (ended.code, ended.err) == (
            1,
            "error: knowledge/README.md is not a lesson file (.yaml)\n",
        )

    def test_a_fix_stands_below_what_is_wrong(self, lessonbot):
        """A fix is printed if it is known and adds something to the error."""
        lessonbot.lesson.write_text(
            LESSON.replace("related: [why]", "related: [whyy]").replace("answer: Delete", "anser: Delete")
        )
        ended = lessonbot("check")
        assert ended.code == 1
        assert ended.err.splitlines() == [
            "error: knowledge/venv.yaml:20: entries[2].answer: is missing",
            "  fix: add 'answer: …'",
            "error: knowledge/venv.yaml:23: entries[2].anser: is not a known key; did you mean 'answer'?",
        ]
        lessonbot.lesson.write_text(LESSON.replace("related: [why]", "related: [whyy]"))
        assert lessonbot("check").err.splitlines()[-2:] == [
            "error: knowledge/venv.yaml:10: entries[0].related[0]: no entry has the ID 'whyy'",
            "  fix: write 'why'",
        ]

    def test_programs_get_errors_and_advice_as_json(self, lessonbot):
        """With --json, each finding has its place and kind, and the exit code is the same."""
        lessonbot.lesson.write_text(LESSON.replace("answer: Delete", "anser: Delete"))
        ended = lessonbot("check", "--json")
        assert (ended.code, ended.err) == (1, "")
        assert json.loads(ended.out) == [
            {
                "file": "knowledge/venv.yaml",
                "line": 20,
                "kind": "error",
                "where": "entries[2].answer",
                "what": "is missing",
                "fix": "add 'answer: …'",
            },
            {
                "file": "knowledge/venv.yaml",
                "line": 23,
                "kind": "error",
                "where": "entries[2].anser",
                "what": "is not a known key; did you mean 'answer'?",
                "fix": "write 'answer'",
            },
        ]
        lessonbot.lesson.write_text(
            LESSON.replace("    answer: Delete", "    reviewed: 2020-02-29\n    answer: Delete")
        )
        ended = lessonbot("check", "--json")
        hints = json.loads(ended.out)
        assert (ended.code, {each["kind"] for each in hints}) == (0, {"advice"})
        assert hints[0]["where"] == "entries[2].reviewed"
        lessonbot.lesson.write_text(LESSON.partition("scenarios:")[0])
        assert json.loads(lessonbot("check", "--json").out) == []

    @pytest.mark.parametrize(
        ("path", "code", "what"),
        [
            ("nowhere", 2, "there is no file or folder nowhere"),
            ("empty", 1, "empty contains no lesson files (.yaml)"),
            ("", 1, "LESSONS_DIR: the folder knowledge does not exist (looked in "),
        ],
    )
    def test_programs_get_json_where_there_is_nothing_to_check_as_well(self, lessonbot, path, code, what):
        """With --json, other errors are JSON, too, with the same exit code as without."""
        (lessonbot.folder / "empty").mkdir()
        if not path:
            lessonbot.lessons.rename(lessonbot.folder / "elsewhere")
        ended = lessonbot("check", "--json", *filter(None, [path]))
        assert (ended.code, ended.err) == (code, "")
        (problem,) = json.loads(ended.out)
        assert problem["what"].startswith(what)
        expected = {"file": path or "knowledge", "line": 1, "kind": "error", "where": ""}
        assert {**problem, **expected} == problem
        without = lessonbot("check", *filter(None, [path]))
        assert (without.code, without.out) == (code, "")
        assert what in without.err

    def test_a_picture_that_is_cut_off_is_a_mistake(self, lessonbot):
        """A truncated picture is found, although its first bytes are valid: learners would not see it."""
        lessonbot.lesson.write_text(LESSON.replace("answer: Delete", "image: a.png\n    answer: Delete"))
        picture = (KNOWLEDGE / "images" / "two-django-versions.png").read_bytes()
        (lessonbot.lessons / "a.png").write_bytes(picture)
        assert lessonbot("check").code == 0
        (lessonbot.lessons / "a.png").write_bytes(picture[:40])
        ended = lessonbot("check")
        assert ended.code == 1
        assert ended.err.splitlines() == [
            (
                "error: knowledge/venv.yaml:23: entries[2].image.file: 'a.png' cannot be displayed: it "
                "is incomplete or damaged"
            ),
            "  fix: save the picture again, or get it again from its source",
        ]

    def test_mistakes_of_the_questions_are_errors_too(self, lessonbot):
        """`check` on a folder checks its questions.yaml, too."""
        (lessonbot.lessons / "questions.yaml").write_text("- {ask: why, expect: [nobody]}\n")
        (problem,) = json.loads(lessonbot("check", "--json").out)
        assert (problem["file"], problem["line"], problem["kind"]) == ("knowledge/questions.yaml", 1, "error")
        assert lessonbot("check").err.startswith("error: knowledge/questions.yaml:1: ")

    def test_the_readmes_snippets_run_the_check(self, lessonbot):
        """The README's snippets for workflows and pre-commit work without changes."""
        readme = (KNOWLEDGE.parent / "README.md").read_text(encoding="utf-8")
        workflow, hooks = (yaml.safe_load(each) for each in re.findall(r"```yaml\n(.+?)```", readme, re.DOTALL))
        *_, step = workflow["jobs"]["lessons"]["steps"]
        (offered,) = yaml.safe_load((KNOWLEDGE.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
        (used,) = hooks["repos"][0]["hooks"]
        assert used["id"] == offered["id"]
        assert offered["language"] == "python"
        for line in (step["run"], " ".join([offered["entry"], *used["args"]])):
            assert lessonbot.shell(line).code == 0
            lessonbot.lesson.write_text("lesson:\n")
            assert lessonbot.shell(line).code == 1
            lessonbot.lesson.write_text(LESSON)

    def test_inside_the_folder_the_places_are_right_too(self, lessonbot):
        """`lessonbot check .` prints paths that are valid in the current folder."""
        lessonbot.lesson.write_text(LESSON.replace("id: two-", "id: Two "))
        ended = lessonbot.shell("cd knowledge && lessonbot check .")
        assert ended.code == 1
        assert ended.err.startswith("error: venv.yaml:25: ")


@pytest.fixture(scope="module")
def schema(tmp_path_factory) -> dict[str, Any]:
    ended = Command(tmp_path_factory.mktemp("schema"))("check", "--schema")
    assert ended.code == 0
    found: dict[str, Any] = json.loads(ended.out)
    return found


def as_an_editor_reads(text: str) -> Any:
    """YAML converted to JSON, with dates as texts."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        if isinstance(value, list):
            return [plain(each) for each in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(yaml.safe_load(text))


class TestSchema:
    def test_it_is_a_json_schema(self, schema):
        """The schema is valid, so that editors can use it."""
        jsonschema.validators.validator_for(schema).check_schema(schema)

    @pytest.mark.parametrize("file", sorted(KNOWLEDGE.glob("*.yaml")), ids=lambda file: file.name)
    def test_it_accepts_the_shipped_lessons(self, schema, file):
        """Editors show no errors in the shipped lessons."""
        jsonschema.validate(as_an_editor_reads(file.read_text(encoding="utf-8")), schema)

    def test_it_accepts_a_picture_as_a_plain_path(self, schema):
        """The schema accepts what the loader accepts."""
        entry = {"id": "a", "question": "A?", "answer": "B."}
        for image in ("images/a.png", {"file": "images/a.png", "alt": "An A."}):
            jsonschema.validate({"lesson": "L", "entries": [{**entry, "image": image}]}, schema)

    @pytest.mark.parametrize(
        "wrong",
        [{"anser": "B."}, {"image": {"fiel": "a.png"}}, {"image": 3}, {"id": "No Spaces"}, {"phrasings": "one"}],
    )
    def test_it_refuses_what_the_loader_refuses(self, schema, wrong):
        """Editors show an error such as a misspelled key while the author types."""
        entry = {"id": "a", "question": "A?", "answer": "B.", **wrong}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"lesson": "L", "entries": [entry]}, schema)


class TestNew:
    def test_a_new_place_answers_from_what_was_given(self, lessonbot):
        """Two commands make a bot for a community's own questions; one `--from` takes several files."""
        (lessonbot.folder / "a.md").write_text("## Why does a pot crack?\n\nIt dried too fast.\n")
        (lessonbot.folder / "b.md").write_text("## How hot is a kiln?\n\nVery.\n")
        ended = lessonbot("new", "our pots", "--from", "a.md", "b.md")
        assert ended.code == 0
        assert "2 entries" in ended.out
        assert re.search(r":\n  cd 'our pots'\n  \S*lessonbot preview\n$", ended.out)
        assert "too fast" in lessonbot("ask", "why do pots crack", LESSONS_DIR="our pots/knowledge").out
        again = lessonbot("new", "our pots")
        assert again.code == 1
        assert "our pots/knowledge already exists" in again.err
        (lessonbot.folder / "c.csv").write_text("How large is a kiln?,See [here](sizes).\n")
        options = ("--columns", "question,answer", "--base-url", "https://example.org/pots/")
        assert lessonbot("new", "more", "--from", "c.csv", *options).code == 0
        assert "https://example.org/pots/sizes" in lessonbot("ask", "how large", LESSONS_DIR="more/knowledge").out
        assert "name them with --from" in lessonbot("new", "other", *options).err
        forgotten = lessonbot("new", "other", "a.md")
        assert forgotten.code == 2
        assert "write --from before the files: lessonbot new other --from a.md" in forgotten.err

    @pytest.mark.parametrize(("place", "first"), [("our pots", "  cd 'our pots'\n"), (".", "")])
    def test_the_next_command_runs_as_it_is_printed(self, lessonbot, place, first):
        """README's first steps activate no environment, so the shell does not find `lessonbot`."""
        shutil.rmtree(lessonbot.lessons)
        printed = lessonbot("new", place, PATH=os.defpath).out.partition("answer from it:\n")[2].rstrip("\n")
        assert printed == f"{first}  {shlex.quote(str(Path(sys.executable).with_name('lessonbot')))} preview"
        assert "browser" in lessonbot.shell(f"{printed} --help", PATH=os.defpath).out
        found = lessonbot("new", "other", PATH=str(Path(sys.executable).parent)).out
        assert found.endswith(":\n  cd other\n  lessonbot preview\n")

    @pytest.mark.parametrize(
        "address", ["docs.example.com", "ftp://example.org/docs/", "https://", "https://exa mple.org/"]
    )
    def test_only_a_web_address_can_resolve_links(self, lessonbot, address):
        """Whoever mistypes it would find dead links in answers, or entries with links left out."""
        (lessonbot.folder / "a.md").write_text("## How do I join?\n\nFill in [the form](forms/join.md).\n")
        for words in (["new", "pots", "--from", "a.md"], ["import", "a.md"]):
            ended = lessonbot(*words, "--base-url", address)
            assert ended.code == 2
            assert "'--base-url': it must be a web address, such as https://example.org/docs/" in ended.err
        assert not (lessonbot.folder / "pots").exists()
        assert os.listdir(lessonbot.lessons) == ["venv.yaml"]


class TestImport:
    NOTES = "# Loops\n\nQuestion: What is a loop?\n\nAnswer: Something that repeats.\n\n![infographic](xyz)\n"

    def test_notes_become_a_lesson_and_what_is_left_over_is_named(self, lessonbot):
        """Notes become a lesson, and every unused part is listed."""
        (lessonbot.folder / "loops.md").write_text(self.NOTES)
        ended = lessonbot("import", "loops.md")
        assert ended.code == 0
        assert ended.err.startswith("warning: loops.md:7: ")
        assert "xyz" in ended.err
        assert ended.out.startswith("knowledge/loops.yaml: 1 entr")
        assert re.search(r"\nReview it, then run: \S*lessonbot check knowledge\n$", ended.out)
        assert "Something that repeats." in (lessonbot.lessons / "loops.yaml").read_text()
        assert lessonbot("check").code == 0

    def test_a_lesson_that_is_there_is_never_overwritten(self, lessonbot):
        """A second import does not overwrite an author's edits."""
        (lessonbot.folder / "venv.md").write_text(self.NOTES)
        ended = lessonbot("import", "venv.md", "--to", "knowledge/venv.yaml")
        assert ended.code == 1
        assert "knowledge/venv.yaml already exists" in ended.err.splitlines()[-1]
        assert lessonbot("import", "venv.md").out.startswith("knowledge/venv-2.yaml: 1 entry")
        assert lessonbot.lesson.read_text(encoding="utf-8") == LESSON

    @pytest.mark.parametrize("others", [True, False])
    def test_a_lesson_with_an_error_is_named_with_its_line(self, others, lessonbot):
        """It may come from the file that is imported, which would otherwise become a second lesson."""
        (lessonbot.folder / "loops.md").write_text(self.NOTES)
        assert lessonbot("import", "loops.md").code == 0
        lesson = lessonbot.lessons / "loops.yaml"
        lesson.write_text(lesson.read_text().replace("lesson: ", "lesson: a: "))
        if not others:
            lessonbot.lesson.unlink()
        ended = lessonbot("import", "loops.md")
        assert (ended.code, ended.err.splitlines()[-1][:33]) == (1, "error: knowledge/loops.yaml:1: ': '"[:33])
        assert [each.name for each in lessonbot.lessons.glob("loops*")] == ["loops.yaml"]

    def test_a_dash_prints_and_writes_nothing(self, lessonbot):
        """With `--to -`, an author can look at the lesson before it is saved."""
        (lessonbot.folder / "loops.md").write_text(self.NOTES)
        ended = lessonbot("import", "loops.md", "--to", "-")
        assert ended.code == 0
        assert yaml.safe_load(ended.out)["lesson"] == "Loops"
        assert [file.name for file in lessonbot.lessons.iterdir()] == ["venv.yaml"]

    def test_two_imports_of_one_question_both_answer(self, lessonbot):
        """An import never uses an id that exists, so that all lessons are served."""
        lessonbot.lesson.unlink()
        for topic, answer in (("fetch and pull in git", "Pull merges."), ("df and du", "One asks the disk.")):
            name = topic.replace(" ", "-")
            notes = f"# {name}\n\nQ: What is the difference between {topic}?\n\nA: {answer}\n"
            (lessonbot.folder / f"{name}.md").write_text(notes)
            assert lessonbot("import", f"{name}.md").code == 0
        assert lessonbot("check").code == 0
        assert "Pull merges." in lessonbot("ask", "difference between fetch and pull in git").out
        assert "One asks the disk." in lessonbot("ask", "difference between df and du").out
        printed = lessonbot("import", "df-and-du.md", "--to", "-").out
        assert len({each["id"] for each in self.entries(lessonbot, printed)}) == 2, (
            "a look shows what would be written: the lesson that is there, as nothing changed"
        )

    def test_a_changed_source_is_shown_and_asked_about(self, lessonbot):
        """Without a terminal, nothing is changed unless `--yes` is given, and edits of the lesson are kept."""
        notes = lessonbot.folder / "loops.md"
        notes.write_text(self.NOTES)
        assert lessonbot("import", "loops.md").code == 0
        assert lessonbot("import", "loops.md").out == "knowledge/loops.yaml: nothing new in loops.md\n"
        notes.write_text(self.NOTES.replace("!", "Question: Who repeats?\n\nAnswer: The computer.\n\n!"))
        before = (lessonbot.lessons / "loops.yaml").read_text()
        asked = lessonbot("import", "loops.md")
        assert asked.code == 1
        assert "  new: Who repeats?" in asked.out
        assert "error: this changes lessons; add --yes to do it. Nothing was imported" in asked.err
        assert (lessonbot.lessons / "loops.yaml").read_text() == before
        assert "The computer." in lessonbot("import", "loops.md", "--to", "-").out
        (lessonbot.lessons / "loops.yaml").write_text(before.replace("Something that repeats.", "A repetition."))
        notes.write_text(notes.read_text().replace("Something that repeats.", "What repeats."))
        clash = lessonbot("import", "loops.md", "--yes")
        assert clash.code == 1
        assert "1 text was changed here and in the source; add --prefer here or --prefer source." in clash.err
        assert lessonbot("import", "loops.md", "--yes", "--prefer", "source").code == 0
        now = (lessonbot.lessons / "loops.yaml").read_text()
        assert "What repeats." in now
        assert "The computer." in now
        assert lessonbot("check").code == 0

    def test_whoever_does_not_want_it_gets_the_exit_code_for_that(self, lessonbot):
        """A script that imports and then publishes must know that nothing was imported."""
        pexpect = pytest.importorskip("pexpect", reason="pexpect drives a pty, which Windows has not")
        notes = lessonbot.folder / "loops.md"
        notes.write_text(self.NOTES)
        assert lessonbot("import", "loops.md").code == 0
        notes.write_text(self.NOTES.replace("Something that repeats.", "What repeats."))
        for typed, code, said in (("n", 1, "error: nothing was imported"), ("y", 0, "Review it, then run: ")):
            child = pexpect.spawn(
                START[0],
                [*START[1:], "import", "loops.md"],
                cwd=lessonbot.folder,
                env=lessonbot.environment(),
                encoding="utf-8",
            )
            child.expect_exact("Write this?")
            child.sendline(typed)
            child.expect_exact(said)
            child.expect(pexpect.EOF)
            child.close()
            assert child.exitstatus == code

    @staticmethod
    def entries(lessonbot, printed):
        texts = [printed, *(path.read_text() for path in lessonbot.lessons.glob("*.yaml"))]
        return [entry for text in texts for entry in yaml.safe_load(text)["entries"]]


class TestBackup:
    def test_it_is_restored_on_a_new_machine(self, lessonbot, tmp_path):
        """The two commands that an operator needs on a bad day, one after the other."""
        ended = lessonbot("backup", "b.zip")
        assert (ended.code, ended.out) == (1, "")
        assert ended.err == (
            "error: there is no database yet; start the bot once, or correct DATA_DIR or DATABASE_URL\n"
        )
        asyncio.run(open_once(lessonbot.folder / "data"))
        ended = lessonbot("backup", "b.zip")
        assert (ended.code, ended.out, ended.err) == (0, "saved in b.zip\n", "")
        (tmp_path / "new").mkdir()
        new = Command(tmp_path / "new")
        new.lesson.unlink()
        ended = new("restore", "../b.zip")
        assert (ended.code, ended.err) == (0, "")
        said = (
            "restored: the database and 1 file of lessons; a running bot goes on with them, otherwise start it\n"
        )
        assert ended.out == said


async def open_once(data: Path) -> None:
    await (await Store.open(f"sqlite:///{data / 'lessonbot.sqlite3'}")).close()


class TestPreview:
    def test_a_taken_port_is_one_line(self, lessonbot):
        """A port that another program uses is a one-line error without a traceback."""
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            ended = lessonbot("preview", "--no-browser", "--port", str(port))
        assert (ended.code, ended.out) == (1, "")
        assert ended.err == f"error: port {port} is taken by another program; try another with --port\n"
        with lessonbot.started("preview", "--no-browser", "--port", str(port)) as process:
            assert f"http://127.0.0.1:{port}/" in process.stdout.readline(), "it is free again"

    @pytest.mark.parametrize("sign", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=UNDER_NOHUP)])
    def test_nothing_stays_however_it_is_ended(self, lessonbot, sign, tmp_path):
        """The copy of the lessons and the questions are deleted, also if the terminal is closed."""
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        with lessonbot.started("preview", "--no-browser", TMPDIR=str(scratch)) as process:
            assert "http://127.0.0.1:" in process.stdout.readline()
            assert list(scratch.glob("lessonbot-preview-*"))
            process.send_signal(sign)
            out, _ = process.communicate(timeout=20)
        assert process.returncode == 0, out
        assert "Preview stopped." in out
        assert not list(scratch.iterdir())


def test_one_file_is_checked_beside_a_link_that_leads_in_a_circle(lessonbot):
    """What else lies in the folder does not stop the check of a file."""
    (lessonbot.lessons / "circle.yaml").symlink_to("circle.yaml")
    ended = lessonbot("check", "knowledge/venv.yaml")
    assert "Traceback" not in ended.err
    assert "venv.yaml" in ended.out or "no errors" in ended.out + ended.err


class TestHelp:
    def test_the_overview_reads_well(self, lessonbot):
        """Each command has a complete sentence on one line of 80 columns."""
        out = lessonbot("--help").out
        assert "lessonbot preview" in out
        assert "..." not in out.replace("[ARGS]...", "")
        assert max(map(len, out.splitlines())) <= 80
        for name in cli.commands:
            assert f"\n  {name} " in out

    @pytest.mark.parametrize("name", sorted(cli.commands))
    def test_each_command_explains_itself(self, name):
        """Each option has a help text, and no line is wider than 80 columns."""
        command = cli.commands[name]
        context = click.Context(command, info_name=f"lessonbot {name}", terminal_width=80)
        assert max(map(len, command.get_help(context).splitlines())) <= 80
        assert command.get_short_help_str(limit=66).endswith((".", ")."))
        assert all(each.help for each in command.params if isinstance(each, click.Option))

    def test_the_version_is_printed(self, lessonbot):
        """`--version` prints the version, which bug reports need."""
        assert lessonbot("--version").out.startswith("lessonbot, version 0.")


class TestHealth:
    def test_it_tells_a_live_bot_from_a_dead_one(self, lessonbot):
        """Docker restarts a bot that is not connected, and no other."""
        missing = lessonbot("health")
        assert (missing.code, missing.err) == (1, "error: not connected to Discord\n")
        heartbeat = lessonbot.folder / "data" / "heartbeat"
        heartbeat.parent.mkdir()
        heartbeat.touch()
        assert lessonbot("health").code == 0

        os.utime(heartbeat, (time.time() - 60, time.time() - 60))
        assert lessonbot("health").code == 1
