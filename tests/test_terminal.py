"""`lessonbot chat` at a real prompt (a pty), and through a pipe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command import START, Command

pexpect = pytest.importorskip("pexpect", reason="pexpect drives a pty, which Windows has not")
if not hasattr(pexpect, "spawn"):
    pytest.skip("pexpect drives a pty, which Windows has not", allow_module_level=True)

PROMPT = "you> "
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")


class Chat:
    """Somebody at a terminal."""

    def __init__(self, command: Command, columns: int, **settings: str) -> None:
        settings = {"TERM": "xterm-256color", **settings}
        self.child = pexpect.spawn(
            START[0],
            [*START[1:], "chat"],
            cwd=command.folder,
            env=command.environment(**settings),
            dimensions=(24, columns),
            encoding="utf-8",
            timeout=10,
        )
        self.raw = ""
        self.greeting = self.until(PROMPT)

    def until(self, prompt: str) -> str:
        self.child.expect_exact(prompt)
        self.raw += self.child.before
        return ANSI.sub("", self.child.before)

    def says(self, words: str, prompt: str = PROMPT) -> str:
        """What appears up to the next prompt, without colours."""
        self.child.send(words + "\r")
        return self.until(prompt)

    def leaves(self, *keys: str) -> tuple[int, str]:
        for key in keys:
            self.child.send(key)
        self.child.expect(pexpect.EOF)
        self.child.close()
        self.raw += self.child.before
        return self.child.exitstatus, ANSI.sub("", self.child.before)


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


@pytest.fixture
def open_chat(command: Command) -> Iterator[Any]:
    chats: list[Chat] = []

    def go(columns: int = 80, **settings: str) -> Chat:
        chats.append(Chat(command, columns, **settings))
        return chats[-1]

    yield go
    for chat in chats:
        chat.child.close(force=True)


def test_a_conversation(open_chat):
    """Ask, pick what is related by its number, pick a suggestion by its number, leave."""
    chat = open_chat()
    assert "Ask in your own words" in chat.greeting
    card = chat.says("y do i need venv")
    assert "╭─ Why do we need virtual environments? ─" in card
    assert "So that two projects can use two versions." in card
    assert "From Virtual Environments · Advanced Python" in card
    assert "1. What is a virtual environment?" in card
    assert "╭─ What is a virtual environment? ─" in chat.says("1")
    offered = chat.says("virtual environments in my project")
    assert "Which of these do you mean?" in offered
    second = re.search(r"2\. (.+)", offered)
    assert second
    assert f"╭─ {second.group(1).strip()} ─" in chat.says("2")
    assert "No lesson answers that yet" in chat.says("how do i bake bread")
    assert "What would you like to know?" in chat.says("hello!")
    assert "How do I delete a virtual environment?" in chat.says("/lessons")
    assert "There is no such command" in chat.says("/nonsense")
    assert chat.leaves("/quit\r")[0] == 0
    assert "Traceback" not in chat.raw


def test_a_walkthrough_to_its_end(open_chat):
    """n, p, a number, a wrong key, a choice; the place is always shown."""
    chat = open_chat()
    card = chat.says("/walkthrough", "q stop] ")
    assert "Ishant needs two versions." in card
    assert "Step 1 of 5 · Two versions of Django" in card
    assert "p previous" not in card, "there is nothing before the story"
    card = chat.says("n", "q stop] ")
    assert "Reinstall again and again" in card
    assert "Verdict: tedious" in card
    assert "Step 2 of 5" in card
    assert "Step 1 of 5" in chat.says("p", "q stop] ")
    wrong = chat.says("banana", "q stop] ")
    assert "Type one of: n next, 1-5 go to a step" in wrong
    assert "4. Side by side" in wrong
    check = chat.says("5", "q stop] ")
    assert "A third project comes. What now?" in check
    assert "a) A third environment" in check
    assert "b) The same environment" in check
    assert "[a-b your choice, p previous, 1-5 go to a step, " in check
    assert "Then their versions meet." in chat.says("b", "q stop] "), "b is an option here, and nothing else"
    right = chat.says("A", "q stop] ")
    assert right.index("b) The same environment") < right.index("Right. Each project has its own.")
    assert "Side by side" in chat.says("p", "q stop] ")
    assert PROMPT not in chat.says("q")
    assert "Delete its folder." in chat.says("get rid of a venv"), "the conversation goes on"
    assert chat.leaves("\x04")[0] == 0


def test_after_an_answer_about_a_step_the_walkthrough_opens_there(open_chat):
    """As the button in Discord does."""
    chat = open_chat()
    chat.says("reinstall again and again")
    assert "Step 2 of 5" in chat.says("/walkthrough", "q stop] ")
    chat.says("q")
    assert "Step 1 of 5" in chat.says("/walkthrough django", "q stop] ")
    chat.says("q")
    assert "Which one?" in chat.says("/walkthrough flask")


@pytest.mark.parametrize("keys", ["\x03", "\x04", "/quit\r", "half a ques\x03"], ids=repr)
def test_every_way_out_is_a_good_one(open_chat, keys):
    """Ctrl+C and Ctrl+D leave at once, without a traceback and without an error."""
    code, said = open_chat().leaves(keys)
    assert code == 0
    assert "Traceback" not in said


@pytest.mark.parametrize("keys", [["\x03"], ["\x04", "\x04"]], ids=repr)
def test_a_walkthrough_can_be_left_the_same_way(open_chat, keys):
    """Ctrl+C ends it all; Ctrl+D the walkthrough, then the conversation."""
    chat = open_chat()
    chat.says("/walkthrough", "q stop] ")
    code, said = chat.leaves(*keys)
    assert code == 0
    assert "Traceback" not in said


@pytest.mark.parametrize("columns", [60, 40])
def test_a_narrow_window_cuts_nothing_off(open_chat, columns):
    """On half a screen every word is there, on a line of its own if need be."""
    chat = open_chat(columns)
    card = chat.says("how do i delete a virtual environment")
    words = re.sub(r"[│╭╮╰╯─\s]+", " ", card)
    assert "How do I delete a virtual environment? Delete its folder." in words
    card += chat.says("/walkthrough", "q stop] ")
    assert "Ishant needs two versions." in card
    frames = [line for line in card.splitlines() if line.startswith(("│", "╭", "╰"))]
    assert {len(line) for line in frames} == {columns}


def test_without_colours_there_are_none(open_chat):
    """NO_COLOR is heard (no-color.org)."""
    chat = open_chat(NO_COLOR="1")
    chat.says("y do i need venv")
    assert not re.search(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7])(?:;[0-9;]*)?m", chat.raw)
    coloured = open_chat()
    coloured.says("y do i need venv")
    assert re.search(r"\x1b\[(?:[0-9;]*;)?3[0-8]", coloured.raw), "or the line above would show nothing"


def test_a_dumb_terminal_gets_plain_lines(open_chat):
    """An editor's shell shows text, not codes."""
    chat = open_chat(TERM="dumb")
    assert "So that two projects can use two versions." in chat.says("y do i need venv")
    assert "\x1b" not in chat.raw


ODD = [
    "     ",
    "😀😀😀",
    "ما هي البيئة الافتراضية؟",
    "\u202ewhat is a venv\u202c",
    "\x07\x01what is\x0b a venv",
    "what is a venv " * 333,
    "[bold]what[/bold] is a venv [/]",
    "%s {0} \\x1b[31m $HOME `id`",
    "9" * 4400,
    "²",
]


def test_anything_can_be_typed(open_chat):
    """Control characters, 5,000 characters, emoji, right to left: the next prompt comes."""
    chat = open_chat()
    for words in ODD:
        chat.says(words)
        assert "walk through a scenario" in chat.says("/help"), words
    assert chat.leaves("\x04")[0] == 0
    assert "Traceback" not in chat.raw


def test_single_lines_of_a_lesson_stay_single_lines(open_chat, command):
    """As Discord shows them; and code is shown as it is."""
    text = "One.\n      Two.\n      ```bash\n      three\n      four\n      ```\n"
    command.lesson.write_text(f"lesson: L\nentries:\n  - id: x\n    question: Lines?\n    answer: |\n      {text}")
    card = open_chat().says("lines")
    lines = [line.strip(" │") for line in card.splitlines()]
    assert lines.index("Two.") == lines.index("One.") + 1
    assert lines.index("four") == lines.index("three") + 1


class TestThroughAPipe:
    def test_it_answers_without_prompts(self, command):
        """`printf … | lessonbot chat > file` gives text to read, and nothing else."""
        ended = command("chat", typed="what is a venv\n1\n/quit\nwhy\n")
        assert (ended.code, ended.err) == (0, "")
        assert "you>" not in ended.out
        assert "\x1b" not in ended.out
        assert "An *isolated* Python environment [dev] · é." in ended.out
        assert ended.out.count("From Virtual Environments") == 2, "nothing is read after /quit"

    def test_it_walks_too(self, command):
        """Enter goes on, and at the end, out."""
        ended = command("chat", typed="/walkthrough\n\n\n\n\n\nvenv meaning\n")
        assert ended.code == 0
        assert [f"Step {n} of 5" in ended.out for n in range(1, 6)] == [True] * 5
        assert ended.out.rstrip().splitlines()[0].startswith("Ask in your own words")
        assert "An *isolated* Python" in ended.out.split("Step 5 of 5")[1]

    @pytest.mark.parametrize("typed", [b"", b"\n", b"\xff\xfe\x00\n", b"no line end", b"/walkthrough\nzz"])
    def test_it_ends_with_its_input(self, command, typed):
        """Whatever that was."""
        ended = command("chat", typed=typed)
        assert (ended.code, ended.err) == (0, "")

    def test_a_few_words_go_on_from_what_was_said_before(self, command, lessons):
        """'On windows?' is understood from the answer before it."""
        typed = "how do i activate a venv on macos\non windows?\n"
        ended = command("chat", typed=typed, LESSONS_DIR=str(lessons))
        assert "How do I activate a virtual environment on Windows?\n" in ended.out
