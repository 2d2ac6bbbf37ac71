"""`lessonbot chat` at a real prompt (a pty), and through a pipe."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.lessons.library import Library
from bot.terminal_ui import Screen, Terminal
from bot.tutor import Tutor
from tests.support.command import Command

if sys.platform == "win32":
    pytest.skip("Windows has no pty", allow_module_level=True)

import pexpect  # type: ignore[import-untyped]

from tests.support.forked_terminal import ForkedTerminal

PROMPT = "you> "
WALK = "walk> "
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7])(?:;[0-9;]*)?m")
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")

LESSON = """\
lesson: Virtual Environments
aliases:
  virtual environment: [venv]
entries:
  - {id: what-is-it, question: What is a virtual environment?, answer: A place., related: [why]}
  - {id: why, question: Why do we need virtual environments?, answer: To keep apart.}
  - {id: remove, question: How do I delete a virtual environment?, phrasings: [get rid of a venv],
     answer: Delete its folder.}
scenarios:
  - id: two-versions
    title: Two versions of Django
    story: Ishant needs two versions.
    solutions:
      - {id: again, title: Reinstall again and again, plan: He reinstalls., verdict: tedious,
         cost: An hour at every switch., right_when: Once in a life., related: [why]}
      - {id: apart, title: Keep them apart, plan: He makes two environments., verdict: works}
    behind_the_scenes: The cause.
    check:
      question: A third project comes. What now?
      options:
        - {text: Its own, correct: true, feedback: As each has.}
        - {text: The same, feedback: Then they meet.}
        - {text: A third, correct: true, feedback: It needs nobody.}
    takeaway: One place, one version.
    related: [why, remove]
"""


class Chat:
    """A user at a terminal."""

    def __init__(self, command: Command, columns: int, **settings: str) -> None:
        settings = {"TERM": "xterm-256color", **settings}
        environment = command.environment(**settings)
        self.child = ForkedTerminal(["chat"], command.folder, environment, (24, columns))
        self.raw = ""
        self.greeting = self.until(PROMPT)

    def until(self, prompt: str) -> str:
        self.child.expect_exact(prompt)
        self.raw += self.child.before
        return ANSI.sub("", self.child.before)

    def says(self, words: str, prompt: str = PROMPT) -> str:
        """Type a line; returns the output up to the next prompt, without colors."""
        self.child.send(words + "\r")
        return self.until(prompt)

    def leaves(self, *keys: str) -> tuple[int | None, str]:
        *before, last = keys
        for key in before:
            self.child.send(key)
            self.until(PROMPT)  # between two prompts, the terminal would take the next Ctrl+D for itself
        self.child.until_it_reads()
        self.child.send(last)
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


@pytest.fixture
def open_walk(command: Command, open_chat: Any) -> Any:
    """A chat with a scenario that has every kind of step."""
    command.lesson.write_text(LESSON, encoding="utf-8")
    return open_chat


def number_of(text: str, said: str) -> str:
    found = re.search(rf"(\d)\. {re.escape(text)}", said)
    assert found
    return found[1]


def test_a_conversation(open_chat):
    """A user asks, picks a related question and a suggestion by their numbers, and leaves."""
    chat = open_chat()
    assert "Ask a question in your own words" in chat.greeting
    card = chat.says("y do we need venv")
    assert "╭─ Why do we need virtual environments? ─" in card
    assert "So that two projects can use two versions." in card
    assert "From Virtual Environments · Advanced Python" in card
    assert "1. What is a virtual environment?" in card
    assert "╭─ What is a virtual environment? ─" in chat.says("1")
    offered = chat.says("virtual environments")
    assert "Which of these did you mean?" in offered
    assert "To read one, type its number." in offered
    second = re.search(r"2\. (.+)", offered)
    assert second
    assert f"╭─ {second.group(1).strip()} ─" in chat.says("2")
    assert "No lesson answers that yet" in chat.says("how do i bake bread")
    assert "What would you like to know?" in chat.says("hello!")
    for listing in ("/browse", "/lessons"):
        assert "How do I delete a virtual environment?" in chat.says(listing)
    assert "Unknown command" in chat.says("/nonsense")
    assert chat.leaves("/quit\r")[0] == 0
    assert "Traceback" not in chat.raw


def test_a_walkthrough_to_its_end(open_walk):
    """Enter goes from step to step, with the position, the pick, the verdicts, the quiz and related questions."""
    walk = open_walk()
    story = walk.says("/walkthrough", WALK)
    assert "╭─ 1 of 8 · The story ─" in story
    assert "─ Two versions of Django ─" in story
    assert "[1-8] go to a step  [Enter] next  [a] ask  [?] help  [q] close" in story
    asked = walk.says("", WALK)
    assert "1. Reinstall again and again" in asked
    assert "takes effort" not in asked, "a verdict would give it away"
    assert "[1-2] your pick  [Enter] skip  [b] back" in asked
    first = walk.says("1", WALK)
    assert "╭─ 3 of 8 · Solution 1 ─" in first
    assert re.search(r"Reinstall again and again +│\s+│ +your pick", first)
    assert "Verdict: works, but takes effort" in first
    assert "your pick" not in walk.says("n", WALK)
    beside = walk.says("", WALK)
    assert "takes effort · your pick" in beside
    assert "Cost: An hour at every switch." in beside
    assert beside.count("your pick") == 1
    assert "The cause." in walk.says("", WALK)
    assert "2 of these are correct." in walk.says("", WALK)
    end = walk.says("", WALK)
    assert "╭─ 8 of 8 · The end ─" in end
    assert "Reinstall again and again: works, but takes effort" in end
    assert "One place, one version." in end
    assert "You haven't answered the quiz yet" in end
    assert "[1-2] open a question  [Enter] close" in end
    assert "╭─ How do I delete a virtual environment? ─" in walk.says("2", WALK)
    assert "8 of 8" in walk.says("", WALK)
    walk.says("")
    assert "╭─ Why do we need virtual environments? ─" in walk.says("1"), "the list is still on the screen"
    assert walk.leaves("\x04")[0] == 0
    assert "Traceback" not in walk.raw


def test_back_and_numbers_lead_to_any_step(open_walk):
    """Every step can be reached. The line above the prompt says what numbers do."""
    walk = open_walk()
    walk.says("/walkthrough", WALK)
    assert "5 of 8 · Side by side" in walk.says("5", WALK)
    assert "4 of 8" in walk.says("b", WALK)
    assert "3 of 8" in walk.says("BACK", WALK)
    walk.says("1", WALK)  # a related question
    shown = walk.says("?", WALK)
    assert "3. Solution 1: Reinstall again and again (you are here)" in " ".join(shown.split())
    assert "[1-8] go to a step  [Enter] show this step again" in shown
    assert "3 of 8" in walk.says("", WALK)
    walk.says("?", WALK)
    assert "1 of 8" in walk.says("1", WALK)
    assert "This is the first step." in walk.says("b", WALK)


def test_the_check_is_answered_by_number_until_it_is_right(open_walk):
    """Each try gets its feedback, and the quiz goes on until all correct options are found."""
    walk = open_walk()
    walk.says("/walkthrough", WALK)
    check = walk.says("7", WALK)
    number = {text: number_of(text, check) for text in ("Its own", "The same", "A third")}
    assert sorted(number.values()) == ["1", "2", "3"]
    wrong = walk.says(number["The same"], WALK)
    assert "Not quite. Then they meet." in wrong
    assert "not correct" in wrong
    one = walk.says(number["Its own"], WALK)
    assert "This is correct. As each has." in one
    assert "2 of these are correct. You found 1." in one
    assert "[s] show the answer" in one
    done = walk.says(number["A third"], WALK)
    assert "This is correct. It needs nobody." in done
    assert "[s] show the answer" not in done
    assert "You have already answered the quiz." in walk.says("s", WALK)
    assert "You found the right answer." in walk.says("", WALK)


def test_whoever_is_stuck_is_shown_the_answer_and_why(open_walk):
    """A learner who is stuck can see the answer and, after it, the feedback on other options."""
    walk = open_walk()
    walk.says("/walkthrough", WALK)
    assert "There is no quiz at this step." in walk.says("s", WALK)
    walk.says("7", WALK)
    shown = walk.says("hint", WALK)
    assert "This is correct. As each has." in shown
    assert "This is correct. It needs nobody." in shown
    assert "Then they meet." in walk.says(number_of("The same", shown), WALK)
    assert "You asked to see the answer." in walk.says("n", WALK)


def test_a_question_in_the_middle_is_answered_and_the_step_stays(open_walk):
    """A learner can ask a question at a step, with or without the key. Enter shows the step again."""
    walk = open_walk()
    walk.says("/walkthrough", WALK)
    walk.says("4", WALK)
    answer = walk.says("a what is a venv", WALK)
    assert "╭─ What is a virtual environment? ─" in answer
    assert "/walkthrough" not in answer, "they are in it"
    assert "[1] open a question  [Enter] show this step again  [n] next" in answer
    assert "╭─ Why do we need virtual environments? ─" in walk.says("1", WALK)
    assert "4 of 8" in walk.says("", WALK)
    walk.says("a", "ask> ")
    assert "Delete its folder." in walk.says("get rid of a venv", WALK)
    walk.says("a", "ask> ")
    assert "╭" not in walk.says("", WALK), "a question that was not asked after all"
    assert "Delete its folder." in walk.says("how do i delete a venv", WALK)
    assert "Unknown key" in walk.says("banana", WALK)
    assert "Unknown key" not in walk.says("why?", WALK), "one word that asks"
    assert "No lesson answers that yet" in walk.says("a how do i bake bread", WALK)
    assert "5 of 8" in walk.says("n", WALK)


def test_the_place_is_kept_and_the_walk_goes_on_there(open_walk):
    """After leaving with `q`, `/walkthrough` offers to continue or to start over, which it confirms."""
    walk = open_walk()
    walk.says("/walkthrough", WALK)
    walk.says("n", WALK)
    walk.says("2", WALK)
    assert "Your progress is saved at 3 of 8 · Solution 1" in walk.says("q")
    walk.says("get rid of a venv")
    offered = walk.says("/walkthrough", WALK)
    assert "1. Continue at 3 of 8 · Solution 1" in offered
    assert "Type 1 to continue" in walk.says("banana", WALK)
    assert "3 of 8" in walk.says("", WALK)
    assert "your pick" in walk.says("n", WALK)
    walk.says("q")
    walk.says("/walkthrough", WALK)
    assert "╭" not in walk.says("exit"), "neither is a choice, too"
    walk.says("/walkthrough", WALK)
    assert "Start over?" in walk.says("2", WALK)
    assert "4 of 8" in walk.says("no", WALK), "nothing is lost by a slip"
    walk.says("q")
    walk.says("/walkthrough", WALK)
    walk.says("2", WALK)
    assert "1 of 8" in walk.says("yes", WALK)
    assert "your pick" not in walk.says("4", WALK)


def test_with_several_scenarios_the_learner_chooses(open_walk, command):
    """The list shows the progress in each scenario; one is chosen by number or title."""
    more = LESSON[LESSON.index("scenarios:") :].replace("two-versions", "more").replace("of Django", "of Flask")
    (command.lessons / "more.yaml").write_text(f"lesson: More\n{more}", encoding="utf-8")
    walk = open_walk()
    assert "2. Two versions of Django" in walk.says("/walkthrough")
    assert "─ Two versions of Django ─" in walk.says("2", WALK)
    walk.says("5", WALK)
    walk.says("exit")
    assert "Continue at 5 of 8" in walk.says("/walkthrough", WALK)
    walk.says("q")
    assert "Two versions of Django (you are at 5 of 8 · Side by side)" in walk.says("/walkthrough banana")
    assert "─ Two versions of Flask ─" in walk.says("1", WALK)
    walk.says("q")
    walk.says("/walkthrough banana")
    assert "─ Two versions of Flask ─" in walk.says("two versions of flask", WALK)


def test_after_an_answer_about_a_step_the_walkthrough_opens_there(open_walk):
    """After an answer about a step, `/walkthrough` opens that step, as the button in Discord does."""
    walk = open_walk()
    walk.says("reinstall again and again")
    assert "3 of 8" in walk.says("/walkthrough", WALK)
    walk.says("q")
    offered = walk.says("/walkthrough flask")
    assert "No walkthrough is called “flask”." in offered
    assert "Which walkthrough do you want to start?" in offered


NONSENSE = ["banana", "0", "9", "99999999999", "²", "-1", "/walkthrough", "😀", "x" * 4000, "[bold]", "y"]


def test_nonsense_at_a_step_ends_well(open_walk):
    """After an invalid input, one line says which keys work, and nothing else changes."""
    walk = open_walk()
    walk.says("/walkthrough", WALK)
    walk.says("7", WALK)
    for typed in NONSENSE:
        said = walk.says(typed, WALK)
        assert "Unknown key" in said or "There is no such number. Type 1 to 3 (your answer)" in said, typed
    assert "not correct" not in walk.says("b", WALK) + walk.says("n", WALK)
    walk.says("what is a venv " * 250, WALK)
    assert walk.leaves("\x04", "\x04")[0] == 0
    assert "Traceback" not in walk.raw


@pytest.mark.parametrize("columns", [80, 60, 40])
def test_every_step_fits_a_narrow_window(open_walk, columns):
    """Every step, including the comparison, fits a narrow window without cut texts or broken frames."""
    walk = open_walk(columns)
    cards = walk.says("/walkthrough", WALK) + "".join(walk.says("n", WALK) for _ in range(7))
    frames = [line for line in cards.splitlines() if line.startswith(("│", "╭", "╰"))]
    assert {len(line) for line in frames} == {columns}
    words = re.sub(r"[│╭╮╰╯─\s]+", " ", cards)
    assert (
        "1. Reinstall again and again works, but takes effort Cost: An hour at every switch. Right "
        "choice when: Once in a life."
    ) in words
    keys = [line for line in cards.splitlines() if line.startswith("[")]
    assert all(len(line) <= columns and line.count("[") == line.count("]") for line in keys)


def test_without_colours_a_verdict_is_a_word(open_walk):
    """With NO_COLOR, verdicts are still shown as words."""
    plain, coloured = open_walk(NO_COLOR="1"), open_walk()
    for walk in (plain, coloured):
        walk.says("/walkthrough", WALK)
        assert "Verdict: works, but takes effort" in walk.says("3", WALK)
    assert not COLOUR.search(plain.raw)
    assert re.search(r"\x1b\[33mVerdict: works, but takes effort", coloured.raw)


@pytest.mark.parametrize("keys", ["\x03", "\x04", "/quit\r", "q\r", "Exit\r", "half a ques\x03"], ids=repr)
def test_every_way_out_is_a_good_one(open_chat, keys):
    """Ctrl+C, Ctrl+D and the keys that close a walkthrough leave at once, without a traceback, and with code 0."""
    code, said = open_chat().leaves(keys)
    assert code == 0
    assert "Traceback" not in said


@pytest.mark.parametrize("keys", [["\x03"], ["\x04", "\x04"]], ids=repr)
def test_a_walkthrough_can_be_left_the_same_way(open_chat, keys):
    """In a walkthrough, Ctrl+C leaves the conversation; Ctrl+D leaves the walkthrough first."""
    chat = open_chat()
    chat.says("/walkthrough", WALK)
    code, said = chat.leaves(*keys)
    assert code == 0
    assert "Traceback" not in said


@pytest.mark.parametrize("columns", [60, 40])
def test_a_narrow_window_cuts_nothing_off(open_chat, columns):
    """In a narrow window, every word is shown, on a line of its own if need be."""
    chat = open_chat(columns)
    card = chat.says("how do i delete a virtual environment")
    words = re.sub(r"[│╭╮╰╯─\s]+", " ", card)
    assert "How do I delete a virtual environment? Delete its folder." in words
    card += chat.says("/walkthrough", WALK)
    assert "Ishant needs two versions." in card
    frames = [line for line in card.splitlines() if line.startswith(("│", "╭", "╰"))]
    assert {len(line) for line in frames} == {columns}


def test_without_colours_there_are_none(open_chat):
    """With NO_COLOR (no-color.org), there are no colors."""
    chat = open_chat(NO_COLOR="1")
    chat.says("y do i need venv")
    assert not COLOUR.search(chat.raw)
    coloured = open_chat()
    coloured.says("y do i need venv")
    assert COLOUR.search(coloured.raw), "or the line above would show nothing"


def test_a_dumb_terminal_gets_plain_lines(open_chat):
    """A terminal without escape sequences, as in some editors, gets plain text."""
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
    """Any input leads to the next prompt: control characters, 5,000 characters, emoji, right-to-left text."""
    chat = open_chat()
    for words in ODD:
        chat.says(words)
        assert "work through a scenario" in chat.says("/help"), words
    assert chat.leaves("\x04")[0] == 0
    assert "Traceback" not in chat.raw


def test_single_lines_of_a_lesson_stay_single_lines(open_chat, command):
    """Line breaks in lessons are kept, as in Discord, and so is code."""
    text = "One.\n      Two.\n      ```bash\n      three\n      four\n      ```\n"
    command.lesson.write_text(f"lesson: L\nentries:\n  - id: x\n    question: Lines?\n    answer: |\n      {text}")
    card = open_chat().says("lines")
    lines = [line.strip(" │") for line in card.splitlines()]
    assert lines.index("Two.") == lines.index("One.") + 1
    assert lines.index("four") == lines.index("three") + 1


class TestThroughAPipe:
    def test_it_answers_without_prompts(self, command):
        """`printf … | lessonbot chat > file` writes plain text without prompts."""
        ended = command("chat", typed="what is a venv\n1\n/quit\nwhy\n")
        assert (ended.code, ended.err) == (0, "")
        assert "you>" not in ended.out
        assert "\x1b" not in ended.out
        assert "An *isolated* Python environment [dev] · é." in ended.out
        assert ended.out.count("From Virtual Environments") == 2, "nothing is read after /quit"

    def test_it_walks_too(self, command):
        """A walkthrough through a pipe is plain text without frames and prompts; an empty line goes on."""
        command.lesson.write_text(LESSON, encoding="utf-8")
        ended = command("chat", typed="/walkthrough\n" + "\n" * 8 + "what is a venv\n")
        assert (ended.code, ended.err) == (0, "")
        assert [f"{n} of 8 · " in ended.out for n in range(1, 9)] == [True] * 8
        assert not set("╭│\x1b") & set(ended.out)
        assert "[Enter]" not in ended.out
        assert (
            "1. Reinstall again and again\n   works, but takes effort\n   Cost: An hour at every switch.\n"
        ) in ended.out
        assert "A place." in ended.out.split("8 of 8")[1]

    @pytest.mark.parametrize(
        "typed", [b"", b"\n", b"\xff\xfe\x00\n", b"no line end", b"/walkthrough\nzz", b"/walkthrough\na\n"]
    )
    def test_it_ends_with_its_input(self, command, typed):
        """The conversation ends at the end of the input, whatever was typed."""
        ended = command("chat", typed=typed)
        assert (ended.code, ended.err) == (0, "")

    def test_a_few_words_go_on_from_what_was_said_before(self, command, lessons):
        """'On windows?' is understood as a follow-up to the answer before."""
        typed = "how do i activate a venv on macos\non windows?\n"
        ended = command("chat", typed=typed, LESSONS_DIR=str(lessons))
        assert "How do I activate a virtual environment on Windows?\n" in ended.out


class TestWhileALessonIsEdited:
    """An author saves the lesson while a learner is in its walkthrough."""

    @pytest.fixture
    def library(self, tmp_path: Path) -> Library:
        (tmp_path / "venv.yaml").write_text(LESSON, encoding="utf-8")
        return Library.open(tmp_path)

    @pytest.fixture
    def chat(self, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
        """The output for these lines. A pair is an edit of the lesson, which is made before the next line."""

        def go(*typed: str | tuple[str, str]) -> str:
            lines = iter(typed)

            def read(_: str) -> str:
                while not isinstance(line := next(lines, "\x04"), str):
                    file = library.folder / "venv.yaml"
                    edited = file.read_text().replace(*line)
                    assert edited != file.read_text()
                    file.write_text(edited)
                    assert library.reload(), library.problems
                if line == "\x04":
                    raise EOFError
                return line

            monkeypatch.setattr("builtins.input", read)
            Terminal(Tutor(library), Screen()).chat()
            return capsys.readouterr().out

        return go

    def test_a_number_that_was_not_offered_is_no_question(self, chat):
        """The line says what can be chosen, and the choice is still open; in words, too."""
        said = chat("virtual environments", "7", "the second one").split("Which of these")[1]
        assert "No lesson answers that yet" not in said
        assert "\nType 1 to 3, or ask in other words.\n" in said
        second = re.search(r"2\. (.+)", said)
        assert second
        assert said.count(second[1]) == 2, "it is offered, and shown"
        assert "What would you like to know?" in chat("7")

    def test_the_number_of_an_error_is_a_question(self, chat):
        """It is looked up while suggestions are shown, too, and then its own suggestions can be chosen."""
        errors = (
            "entries:\n"
            "  - {id: meaning, question: What does error 404 mean?, answer: Nothing is there.}\n"
            "  - {id: cause, question: How do I find the cause of error 404?, answer: Check the address.}\n"
        )
        said = chat(("entries:\n", errors), "virtual environments", "404", "1")
        assert said.count("Which of these") == 2
        assert "Nothing is there." in said
        assert "Type 1" not in said

    def test_the_question_in_a_long_story_is_answered(self, chat):
        """As in Discord: the words around a question do not hide its entry, nor in a walkthrough."""
        told = (
            "I have worked on this for weeks, and my boss is angry. " * 10
            + "How do I delete a virtual environment?"
        )
        assert "Delete its folder." in chat(told)
        assert "Delete its folder." in chat("/walkthrough", f"a {told}")

    def test_what_was_read_and_changed_is_named(self, chat):
        """A step that changed since the learner read it is listed once, with the changed texts."""
        said = chat("/walkthrough", "4", ("He makes two", "He makes a few"), "b", "n")
        assert said.count("Updated since your last visit:\n  - Solution 2: Keep them apart: the plan\n") == 1

    def test_a_step_that_is_gone_leads_to_the_one_before(self, chat):
        """If the current step was removed, the one before is shown, with a note."""
        line = "      - {id: apart, title: Keep them apart, plan: He makes two environments., verdict: works}\n"
        said = chat("/walkthrough", "4", (line, ""), "?", "")
        assert "  - a step that was removed\n" in said
        assert "3 of 6 · Solution 1" in said.split("a step that was removed")[1]

    def test_a_number_typed_for_the_old_question_answers_nothing(self, chat):
        """A number for the old quiz does not answer the new one, which is shown first."""
        said = chat("/walkthrough", "7", ("A third project comes", "Nobody comes"), "1").split("Updated since")[1]
        assert "Quiz: the question" in said
        assert "Nobody comes. What now?" in said
        assert "Not quite" not in said
        assert "This is correct." not in said

    def test_a_scenario_that_is_gone_says_so(self, chat):
        """If the scenario was removed, a line says so, and the conversation goes on."""
        said = chat("/walkthrough", ("id: two-versions", "id: other"), "n", "get rid of a venv", "/walkthrough")
        assert "This walkthrough was removed from the lessons." in said
        assert "Delete its folder." in said
        assert "Your progress is saved" not in said.split("was removed")[1].split("1 of 8")[0]
