"""The command line: a clear line for errors that a person can fix, a traceback for bugs, plain text in pipes."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from bot.cli import cli
from bot.search.meaning import multilingual
from bot.store.store import Store
from tests.support.command import LESSON, Command

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
        assert f"add it to .env in the bot's folder (there is none in {lessonbot.folder}); or" in ended.err
        (lessonbot.folder / ".env").touch()
        assert "add it to .env; or" in lessonbot("run").err

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
            "warning: files with errors are left out, wholly or in part; all others are used",
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
        """With the place where it was looked for: most often, that is what is wrong. Nothing is begun."""
        ended = lessonbot(*command, LESSONS_DIR="lesons", DISCORD_TOKEN=TOKEN)
        assert ended.code == 1
        what = f"LESSONS_DIR: the folder lesons does not exist (looked in {lessonbot.folder})"
        assert ended.err.startswith(f"error: {what}; go to the bot's folder, or make one: ")
        assert ended.err.endswith("lessonbot new FOLDER\n")
        assert not (lessonbot.folder / "data").exists()

    def test_a_file_in_place_of_the_lessons_folder_is_named(self, lessonbot):
        """Whoever names a file in LESSONS_DIR is not told that it does not exist."""
        (lessonbot.folder / "faq.yaml").write_text("lesson: L\n")
        ended = lessonbot("ask", "why", LESSONS_DIR="faq.yaml")
        assert ended.code == 1
        assert ended.err == "error: LESSONS_DIR: faq.yaml is not a folder; name the folder of the lesson files\n"

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
        assert ended.err == "error: DATA_DIR: data is not a folder; name the folder for the bot's own files\n"

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

    @pytest.mark.parametrize("words", [["new", ""], ["check", ""], ["backup", ""], ["import", "x.md", "--to", ""]])
    def test_an_empty_name_is_not_the_current_folder(self, lessonbot, words):
        """As of a variable that a shell does not know: `new` would make its files just here."""
        (lessonbot.folder / "x.md").write_text("# T\n\n## What is x?\n\nX is y.\n")
        before = set(lessonbot.folder.rglob("*"))
        ended = lessonbot(*words)
        assert ended.code == 2
        assert "it is empty; write a name" in ended.err
        assert set(lessonbot.folder.rglob("*")) == before

    def test_suggestions_and_the_unknown_end_well_too(self, lessonbot):
        """The exit code is 0 for suggestions and if no lesson has an answer."""
        unknown = lessonbot("ask", "how do i bake bread")
        assert (unknown.code, unknown.out.startswith("No lesson answers that yet")) == (0, True)
        nothing = lessonbot("ask", "hello!")
        assert (nothing.code, nothing.out.startswith("What would you like to know?")) == (0, True)
        several = lessonbot("ask", "virtual environments in my project")
        assert (several.code, several.out.startswith("Which of these did you mean?\n  - ")) == (0, True)
        assert several.out.endswith("To read one, ask its question.\n"), "numbers choose only in a chat"

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

    @pytest.mark.skipif(not multilingual.is_installed(), reason="without the extra `languages`")
    @pytest.mark.parametrize("words", [[""], [" ", ""], ["???"], ["--json", "…"]])
    def test_nobody_waits_for_a_model_to_hear_that_nothing_was_asked(self, lessonbot, words):
        """A model that reads the lessons saves what it found in DATA_DIR; here, none has read them."""
        ended = lessonbot("ask", *words, UNDERSTANDING="auto")
        assert (ended.code, ended.err) == (0, "")
        assert "What would you like to know?" in ended.out or json.loads(ended.out)["nothing_asked"]
        assert not list(lessonbot.folder.glob("data/*")), "a model has read the lessons"

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

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
    @pytest.mark.parametrize("command", ["check --json", "ask --json why venv", "--help"])
    def test_a_full_disk_under_the_output_is_said_in_a_line(self, lessonbot, command):
        """A script sees by the exit code that the file is not complete."""
        ended = lessonbot.shell(f"lessonbot {command} > /dev/full")
        assert (ended.code, ended.err) == (1, "error: the output cannot be written: No space left on device\n")

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
            "restored: the database data/lessonbot.sqlite3 and 1 lesson; "
            "a running bot goes on with them, otherwise start it\n"
        )
        assert ended.out == said

    def test_what_is_not_wanted_is_not_restored(self, lessonbot):
        """The first Ctrl+C ends the question, and a script that goes on after a restore is told of a "no", too."""
        asyncio.run(open_once(lessonbot.folder / "data"))
        assert lessonbot("backup", "b.zip").code == 0
        for typed, code, said in ((None, 130, "Nothing was restored."), ("n\n", 1, "error: nothing was restored")):
            asked = "Replace it? [y/N]: "
            assert lessonbot.answers("restore", "b.zip", asked=asked, typed=typed, said=said) == code


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
        """It says where it looked: in another folder, it would find no bot either."""
        missing = lessonbot("health")
        where = lessonbot.folder / "data"
        assert (missing.code, missing.err) == (1, f"error: not connected to Discord (looked in {where})\n")
        watched = lessonbot("health", METRICS="9")
        assert (watched.code, watched.err) == (1, "error: not connected to Discord (asked 127.0.0.1:9)\n")
        heartbeat = lessonbot.folder / "data" / "heartbeat"
        heartbeat.parent.mkdir()
        heartbeat.touch()
        assert lessonbot("health").code == 0

        os.utime(heartbeat, (time.time() - 60, time.time() - 60))
        assert lessonbot("health").code == 1
