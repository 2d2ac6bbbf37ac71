"""A pasted error is searched by its message, and not by its frames."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.reply import Answer
from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.meaning.table import TableSource
from bot.search.words.pasted import (
    LONGEST,
    error_in,
    programs_in,
    quoted_words,
    quotes_in,
    without_frames,
    without_names,
)
from bot.tutor import Tutor
from tests.support.findable import LateIndex

FRAMES = "".join(
    f'  File "/home/me/story/two_django_versions/{n}.py", line {n}, in install\n    two.versions(of="django")\n'
    for n in range(20)
)
TRACEBACK = f"Traceback (most recent call last):\n{FRAMES}ModuleNotFoundError: No module named 'flask'"
ENTRIES = (
    Row("story", "How do I install two versions of django?", (), "A story of two versions of django in files."),
    Row("module", 'What does "ModuleNotFoundError: No module named" mean?', (), "It is not installed here."),
    Row("source", "'source' is not recognized as an internal or external command", (), "Use PowerShell."),
    Row("pip", "'pip' is not recognized", (), "Type python -m pip. In source files nothing changes."),
    *(Row(f"x{n}", f"What does chapter {n} say of files?") for n in range(9)),
)
INDEX = LateIndex(ENTRIES, {}, (TableSource(),))


@pytest.mark.parametrize(
    "pasted",
    [
        TRACEBACK,
        f"```py\n{TRACEBACK}\n```",
        " ".join(TRACEBACK.split()),  # line breaks are lost in the option of a command
        f"{TRACEBACK.replace('ModuleNotFoundError', 'KeyError')}\n\n"
        f"During handling of the above exception, another exception occurred:\n\n{TRACEBACK}",
    ],
    ids=["as it is", "in a code block", "on one line", "chained"],
)
def test_a_traceback_is_asked_by_its_exception(pasted: str):
    """A traceback is searched by its exception, however long its frames are."""
    assert without_frames(pasted).strip() == "ModuleNotFoundError: No module named 'flask'"
    assert INDEX.rank(pasted)[0].id == "module"


def test_what_a_member_writes_around_a_traceback_counts():
    """A member's own words around a traceback are searched, too."""
    read = without_frames(f"i activated it and now this:\n{TRACEBACK}\nwhat can i do?")
    assert read.splitlines() == [
        "i activated it and now this:",
        "ModuleNotFoundError: No module named 'flask'",
        "what can i do?",
    ]


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        (
            "TypeError: x is not a function\n    at main (/srv/app.js:3:1)\n    at run (node:internal/main:17:47)",
            "TypeError: x is not a function",
        ),
        (
            ". : File activate.ps1 cannot be loaded because running scripts is disabled.\nAt line:1 char:1\n"
            "+ .venv/activate.ps1\n+ ~~~~~~\n    + CategoryInfo          : SecurityError",
            ". : File activate.ps1 cannot be loaded because running scripts is disabled.",
        ),
    ],
    ids=["node", "powershell"],
)
def test_frames_of_other_programs_are_noise_too(pasted: str, kept: str):
    """Frames in the formats of other languages are removed, too."""
    assert without_frames(pasted) == kept


@pytest.mark.parametrize(
    ("story", "error"),
    [
        (
            "I am new here. I did all steps and now I see: ModuleNotFoundError: No module named 'x'. Any ideas?",
            "ModuleNotFoundError: No module named 'x'.",
        ),
        ("i ran it and got error: externally-managed and i dont know why", "error: externally-managed"),
        ("my mac says zsh: command not found: python but i have it", "zsh: command not found: python"),
        ("ich habe es gestartet und jetzt kommt Permission denied", "Permission denied"),
        ("i get an error when i start it", ""),
        ("what does the ValueError in lesson 3 mean", ""),
        ("how do i activate it", ""),
    ],
)
def test_an_error_is_taken_out_of_the_story_around_it(story: str, error: str):
    """What a member tells around a pasted error is no part of the error; "an error" is none."""
    assert error_in(story) == error


@pytest.mark.parametrize(
    "story",
    [
        "so i followed the django tutorial and got ModuleNotFoundError: No module named django",
        "Hi! I follow the django course, made a venv like in lesson 2, and when I start the server I see: "
        "ModuleNotFoundError: No module named 'django'. Any ideas?",
        f"so we wanted to start our project and then\n{TRACEBACK.replace('flask', 'django')}\nwhat do we do now?",
    ],
)
def test_a_story_around_an_error_does_not_hide_its_entry(tutor: Tutor, story: str):
    """Whoever tells a story around an error gets the same answer as for the error alone."""
    said = tutor.answer(story)
    assert isinstance(said, Answer)
    assert said.id == "module-not-found"


@pytest.mark.parametrize(
    ("error", "answered"),
    [
        ("ModuleNotFoundError: No module named 'flask'", True),
        ("ModuleNotFoundError: No module named 'some_module_of_mine'", True),
        ("KeyError: 'requests'", False),
        ("'cmake' is not recognized as an internal or external command", False),
    ],
)
def test_the_name_in_an_error_is_not_what_it_is_about(tutor: Tutor, error: str, answered: bool):
    """Any module can be missing: the entry on the exception is the answer, though a story has the name."""
    said = tutor.answer(error)
    assert (isinstance(said, Answer) and said.id == "module-not-found") == answered


@pytest.mark.parametrize(
    ("error", "rest"),
    [
        ("KeyError: 'total'", "KeyError: "),
        ("ModuleNotFoundError: No module named my_project.models", "ModuleNotFoundError: No module named "),
        ("error: 'total' is missing", ""),
        ("ValueError: not a number", ""),
        ("", ""),
    ],
)
def test_names_are_taken_out_of_an_error_with_an_exception(error: str, rest: str):
    """Without an exception, only the names may tell one error from another."""
    assert without_names(error) == rest


def test_of_the_output_of_a_program_the_error_and_what_the_member_wrote_are_kept():
    """Long output without frames is shortened to its last error. Prompts and tables are no words of the member."""
    output = [
        "i just typed what the video said",
        r"C:\Users\leo\shop> python -m pip install shop",
        *(f"| package {n} | version {n} | found in the cache of this computer |" for n in range(9)),
        "WARNING: this package is old",
        "ERROR: Could not install packages: [Errno 13] Permission denied: '/usr/lib/python3'",
    ]
    assert without_frames("\n".join(output)) == f"{output[0]}\n{output[-1]}"
    assert without_frames("\n".join(output[-2:])) == "\n".join(output[-2:]), "what is short is read as it is"


@settings(deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_whatever_is_written_is_read_and_never_grows(text: str):
    """Any text can be shortened, never grows, and does not change the second time."""
    for each in (text, f"{text}\n{TRACEBACK}", f"{TRACEBACK}\n{text}"):
        assert len(without_frames(each)) <= LONGEST
    if "\n" not in text and "Traceback" not in text:
        assert without_frames(text) == text


def test_what_is_quoted_tells_one_error_from_another():
    """Quoted names distinguish errors with the same words."""
    assert quoted_words(quotes_in("it says 'pip' is not recognized")) == "pip"
    asked = "'pip' is not recognized as an internal or external command"
    assert judge(INDEX.rank(asked), "eager").sure in {None, INDEX.rank(asked)[0]}
    sure = judge(INDEX.rank(asked), "eager").sure
    assert sure is None or sure.id == "pip"


@pytest.mark.parametrize(
    ("text", "programs"),
    [
        ("bash: cargo: command not found", ["cargo"]),
        ("zsh: command not found: python3.11", ["python"]),
        ("sh: 1: pip: not found", ["pip"]),
        ("'git' is not recognized as an internal or external command", ["git"]),
        ("Der Befehl 'pip' wurde nicht als Name eines Cmdlets erkannt", ["pip"]),
        ("'pip' no se reconoce como un comando interno", ["pip"]),
        ("I installed it but it is not recognized", []),
        ("psql - command not found", []),
        ("the page was not found", []),
        ("ModuleNotFoundError: No module named 'x'", []),
    ],
)
def test_an_error_names_the_program_that_is_missing(text: str, programs: list[str]):
    """Each shell says it in another way, also in German and Spanish; a sentence about a page names no program."""
    assert programs_in(text) == programs
