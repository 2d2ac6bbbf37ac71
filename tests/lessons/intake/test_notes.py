"""Notes become a lesson, and every unused line is reported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import NotesError
from bot.lessons.ids import id_for
from bot.lessons.intake.material import Unplaced
from bot.lessons.intake.writing import Written
from bot.lessons.lesson import Lesson
from bot.lessons.yaml_text import to_yaml
from tests.lessons.intake.reading_files import read_lessons, strings

REAL = Path(__file__).parents[4] / "shared/material/virtual-environments.md"
TITLE = "# Python\n\n## Virtual Environments\n\n"
QUESTION = "Question: What is it?\n\nAnswer: A folder.\n\n"
SCENARIO = "**Scenario**: Two projects.\n\n**Solution 1**: Reinstall.\n\n**Solution 2**: A venv each.\n\n"


@dataclass(frozen=True)
class Notes:
    """The result for notes that give one lesson."""

    written: Written

    @property
    def lesson(self) -> Lesson:
        [lesson] = self.written.lessons
        return lesson

    @property
    def unplaced(self) -> tuple[Unplaced, ...]:
        return self.written.unplaced

    @property
    def pictures(self) -> tuple[str, ...]:
        return self.written.pictures


def read(text: str, *pictures: str) -> Notes:
    return Notes(read_lessons(text, "notes.md", has_picture=lambda path: path in pictures))


def left(notes: Notes) -> list[tuple[int, str]]:
    return [(one.line, one.text) for one in notes.unplaced]


@pytest.mark.skipif(not REAL.exists(), reason="the author's notes are not part of the repository")
def test_the_notes_this_project_began_with_become_a_lesson() -> None:
    """The notes of this project's first lesson become a lesson; only a missing picture is reported."""
    text = REAL.read_text(encoding="utf-8")
    notes = read(text)
    lesson = notes.lesson
    assert (lesson.course, lesson.lesson) == ("Advanced Python", "Virtual Environments")
    assert [entry.question for entry in lesson.entries] == [
        "What is a Virtual Environment?",
        "What is the need of Virtual Environments?",
    ]
    [scenario] = lesson.scenarios
    assert scenario.story.startswith("Let us understand it with a scenario.\n\nIshant is a developer")
    assert [solution.title for solution in scenario.solutions] == ["Solution 1", "Solution 2", "Solution 3"]
    assert scenario.behind_the_scenes is not None
    assert scenario.behind_the_scenes.startswith("When you create virtual environment")
    [unplaced] = notes.unplaced
    assert unplaced.line == text.split("\n").index("![Image](xyz)") + 1
    assert unplaced.why == "no such picture 'xyz' beside the notes: import both together, or add it later"
    assert not lost(text, notes)


def test_a_course_and_a_lesson_are_named_by_the_first_two_headings() -> None:
    """The first two headings become the titles of the course and the lesson."""
    lesson = read(TITLE + QUESTION).lesson
    assert (lesson.course, lesson.lesson) == ("Python", "Virtual Environments")


def test_a_single_heading_names_the_lesson() -> None:
    """A single heading becomes the title of the lesson, without a course."""
    lesson = read("Virtual Environments\n====\n\n" + QUESTION).lesson
    assert (lesson.course, lesson.lesson) == (None, "Virtual Environments")


def test_front_matter_names_the_lesson() -> None:
    """The title in the front matter is used, and fields that lessons do not have are reported."""
    notes = read("---\ntitle: 'Virtual Environments'\ntags: python\n---\n\n" + QUESTION)
    assert notes.lesson.lesson == "Virtual Environments"
    assert left(notes) == [(3, "tags: python")]


@pytest.mark.parametrize(
    "front",
    ["---\ntags: &a [*a]\n---", "---\ntags: &a {b: *a}\n---", f"+++\na = {'[' * 900}{']' * 900}\n+++"],
)
def test_front_matter_without_end_costs_no_question(front: str) -> None:
    """A list that contains itself, or lists within lists that nobody writes by hand."""
    notes = read(f"{front}\n\n{TITLE}{QUESTION}")
    assert [entry.question for entry in notes.lesson.entries] == ["What is it?"]


def test_a_further_heading_is_reported() -> None:
    """A further heading is reported, as a lesson has one title."""
    notes = read(TITLE + QUESTION + "## More about it\n\nQ: And more?\nA: Yes.\n")
    assert notes.lesson.lesson == "Python"
    assert [entry.question for entry in notes.lesson.entries] == ["Virtual Environments: What is it?", "And more?"]
    assert left(notes) == [(9, "## More about it")]


@pytest.mark.parametrize(
    "text",
    [
        "Question: What is it?\n\nAnswer: A folder.",
        "Question: What is it?\nAnswer: A folder.",
        "**Question**: What is it?\n\n**Answer**: A folder.",
        "**Question:** What is it?\n\n**Answer:** A folder.",
        "**Question: What is it?**\n\n__answer:__\n\nA folder.",
        "QUESTION 1: What is it?\nANSWER 1: A folder.",
        "Q: What is it?\nA: A folder.",
        "Q1. What is it?\n\nA1. A folder.",
        "**Q1**: What\nis it?\n\n**A**: A folder.",
        "### Question 1\n\nWhat is it?\n\n### Answer\n\nA folder.",
        "### Question: What is it?\n\nAnswer\uff1a A folder.",
        "1. **Question**: What is it?\n\n   **Answer**: A folder.\n",
        "- Question: What is it?\n- Answer: A folder.",
        "> Q: What is it?\n>\n> A: A folder.",
        "Question:\n  What is it?\n\n* * *\n\n   Answer:\n   A folder.\n---",
    ],
)
def test_questions_are_found_however_they_are_marked(text: str) -> None:
    """Questions with any of the usual labels are found."""
    for ends in ("\n", "\r\n", "\r"):
        notes = read("\ufeff" + (TITLE + text).replace("\n", ends))
        assert [(entry.question, entry.answer) for entry in notes.lesson.entries] == [("What is it?", "A folder.")]
        assert not notes.unplaced


def test_an_answer_keeps_its_markdown() -> None:
    """Lists, code, quotes and emphasis in an answer are kept."""
    answer = (
        "A *folder*:\n- with `bin`\n  - and **more**\n- and `lib`\n\n1. one\n2. two\n\n"
        "```sh\npython -m venv x\n\n\tQ: no question\n```\n\n> quoted\n\n"
        "### A heading\n\nThe end."
    )
    notes = read(f"{TITLE}Question: What is it?\n\nAnswer: {answer}\n")
    assert notes.lesson.entries[0].answer == answer
    assert not notes.unplaced


def test_indented_code_stays_code() -> None:
    """Indented code gets fences, as Discord needs them."""
    notes = read(TITLE + "Q: How?\n\nA:\n\n    if x:\n        y\n")
    assert notes.lesson.entries[0].answer == "```\nif x:\n    y\n```"


def test_code_that_a_question_is_about_opens_its_answer() -> None:
    """Code below a question moves to the beginning of the answer, as a question is one line."""
    notes = read(TITLE + "Q: What does it print?\n\n```py\nprint(1)\n```\n\nA: 1\n")
    assert notes.lesson.entries[0].answer == "```py\nprint(1)\n```\n\n1"


def test_a_question_or_an_answer_alone_is_reported() -> None:
    """A question without an answer, or the reverse, is reported and not imported."""
    notes = read(TITLE + "Answer: Yes.\n\n" + QUESTION + "Question: How?\n")
    assert len(notes.lesson.entries) == 1
    assert left(notes) == [(5, "Answer: Yes."), (11, "Question: How?")]
    assert "add `Answer:`" in notes.unplaced[1].why


def test_two_questions_over_one_answer_are_two_ways_to_ask_it() -> None:
    """The second question becomes a phrasing; if the two are not next to each other, this is reported."""
    [entry] = read(TITLE + "Q: What is it?\nQ: What does it mean?\nA: A folder.\n").lesson.entries
    assert (entry.question, entry.phrasings) == ("What is it?", ("What does it mean?",))
    notes = read(TITLE + "Question: Why?\n\n" + QUESTION)
    assert notes.lesson.entries[0].phrasings == ("What is it?",)
    assert left(notes) == [(7, "Question: What is it?")]
    assert notes.unplaced[0].why.endswith("it became a phrasing of the one above it")
    notes = read(TITLE + "**Q: Is there parking?**\n\n**Q: Is there food?**\nYes.\n")
    assert notes.lesson.entries[0].phrasings == ("Is there parking?",)
    assert left(notes) == [(5, "**Q: Is there parking?**")], "the one without an answer is named"
    assert notes.unplaced[0].why.endswith("it became a phrasing of the next one")


def test_a_heading_that_asks_and_has_no_answer_is_a_question_without_one() -> None:
    """Whoever forgot an answer reads that, and not that the heading was left out."""
    notes = read("# Club\n\n## When do you open?\n\nAt six.\n\n## What if I am late?\n")
    assert left(notes) == [(7, "## What if I am late?")]
    assert notes.unplaced[0].why == "a question without an answer: write the answer below it"
    notes = read("# What if I am late?\n\n# When do you open?\n\nAt six.\n")
    assert left(notes) == [(1, "# What if I am late?")]


def test_a_title_that_asks_is_a_title_where_other_questions_are_below_it() -> None:
    """Nobody is told to answer the title of a page, or that it was left out: it is the title of the lesson."""
    for sections in ("## Why is it hot?\n\nBecause.\n", "## Basics\n\n### Why is it hot?\n\nBecause.\n"):
        notes = read(f"# What is it?\n\n{sections}")
        assert notes.lesson.lesson == "What is it?"
        assert [each.question for each in notes.lesson.entries] == ["Why is it hot?"]
        assert [text for __, text in left(notes)] == ["## Basics"] * ("Basics" in sections)
        whys = {each.why for each in notes.unplaced}
        assert whys <= {"a heading that was left out: a lesson has no headings between its questions"}


def test_an_answer_can_begin_with_headings_below_each_other() -> None:
    """A question that is answered in sections of sections keeps all of them."""
    answer = "### Setup\n\n#### Linux\n\nUse apt.\n\n### Use\n\nCall it."
    notes = read(f"# Bot\n\n## What is it?\n\n{answer}\n\n## How do I stop it?\n\nKill it.\n")
    assert [each.question for each in notes.lesson.entries] == ["What is it?", "How do I stop it?"]
    assert "Use apt." in notes.lesson.entries[0].answer
    assert "Call it." in notes.lesson.entries[0].answer
    assert left(notes) == []


def test_a_second_answer_belongs_to_the_first() -> None:
    """A second answer is added to the first."""
    notes = read(TITLE + QUESTION + "Answer: And a copy of Python.\n")
    assert notes.lesson.entries[0].answer == "A folder.\n\nAnd a copy of Python."
    assert not notes.unplaced


def test_text_outside_of_everything_is_reported() -> None:
    """Text outside of questions is reported, and is in no answer."""
    notes = read(TITLE + "Welcome.\n\n" + QUESTION + "---\n\nSee you.\n\n- soon\n")
    assert left(notes) == [(5, "Welcome."), (13, "See you."), (15, "- soon")]


def test_a_scenario_has_its_lead_in_and_its_solutions() -> None:
    """A story begins with the sentence that announces it, and has its solutions."""
    notes = read(TITLE + QUESTION + "Let us see a scenario.\n--\n" + SCENARIO)
    [scenario] = notes.lesson.scenarios
    assert notes.lesson.entries[0].answer == "A folder."
    assert (scenario.id, scenario.title) == ("virtual-environments", "Virtual Environments")
    assert scenario.story == "Let us see a scenario.\n\nTwo projects."
    assert [(s.id, s.title, s.plan) for s in scenario.solutions] == [
        ("solution-1", "Solution 1", "Reinstall."),
        ("solution-2", "Solution 2", "A venv each."),
    ]
    assert not notes.unplaced


@pytest.mark.parametrize(
    "text",
    [
        "### Two versions\n\n" + SCENARIO,
        "**Scenario**: Two versions\n\nTwo projects.\n\nSolution 1: Reinstall.\n\nSolution 2: A venv each.",
        "### Scenario 1: Two versions\n\nTwo projects.\n\nSolution 1: Reinstall.\nSolution 2: A venv each.",
        "**Scenario: Two versions**\n\nTwo projects.\n\n### Solutions:\n\nSolution A) Reinstall.\n\n"
        "### Solution B\n\nA venv each.",
    ],
)
def test_a_scenario_takes_the_title_of_its_heading(text: str) -> None:
    """A heading above a scenario becomes its title."""
    [scenario] = read(TITLE + QUESTION + text).lesson.scenarios
    assert (scenario.id, scenario.title) == ("two-versions", "Two versions")
    assert scenario.story == "Two projects."
    assert [solution.plan for solution in scenario.solutions] == ["Reinstall.", "A venv each."]


def test_a_heading_that_is_a_sentence_opens_the_story() -> None:
    """A heading that is a sentence becomes the beginning of the story."""
    [scenario] = read(TITLE + QUESTION + "### Let us see:\n\n" + SCENARIO).lesson.scenarios
    assert scenario.story == "Let us see:\n\nTwo projects."


@pytest.mark.parametrize(
    "text",
    [
        "**Solution 2: Use a container** Or two.",
        "**Solution 2 - Use a container:** Or two.",
        "**Solution 2 (Use a container)**: Or two.",
        "### Solution 2: Use a container\n\nOr two.",
        "**Solution 2**: Use a container\n\nOr two.",
        "Solution 2: **Use a container**\n\nOr two.",
    ],
)
def test_a_solution_with_a_title_keeps_it(text: str) -> None:
    """The title of a solution is kept, so that members choose between titles."""
    [scenario] = read(f"{TITLE}Scenario: One.\n\nSolution 1: No.\n\n{text}").lesson.scenarios
    assert (scenario.solutions[1].id, scenario.solutions[1].title) == ("use-a-container", "Use a container")
    assert scenario.solutions[1].plan == "Or two."


@pytest.mark.parametrize(
    "line", ["Use a container.", "Do this:", "Use [this](https://e.org)", "Use\na container", "- one", "2) two"]
)
def test_the_beginning_of_a_plan_is_no_title(line: str) -> None:
    """Sentences, lines with links, items of a list, and paragraphs of several lines are the text of the plan."""
    scenarios = read(f"{TITLE}Scenario: One.\n\nSolution 1: No.\n\nSolution 2: {line}\n\nOr two.").lesson.scenarios
    assert (scenarios[0].solutions[1].title, scenarios[0].solutions[1].plan) == (
        "Solution 2",
        f"{line}\n\nOr two.",
    )


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Use it <b>now</b> &amp; later", "Use it **now** & later"),
        ("Add an index to [the table][t]", "Add an index to [the table](https://e.org)"),
        ("Take $x^2$ and<br>more", "Take `x^2` and\nmore"),
    ],
)
def test_a_line_that_has_to_be_converted_is_no_title(line: str, shown: str) -> None:
    """Members would see its tags and its signs."""
    text = f"{TITLE}Scenario: One.\n\nSolution 1: No.\n\nSolution 2: {line}\n\nOr two.\n\n[t]: https://e.org\n"
    [scenario] = read(text).lesson.scenarios
    assert (scenario.solutions[1].title, scenario.solutions[1].plan) == ("Solution 2", f"{shown}\n\nOr two.")


def test_a_solution_whose_title_is_refused_is_reported() -> None:
    """A lesson holds no link to a file."""
    notes = read(f"{TITLE}{SCENARIO}### Solution 3: [Copy](file:///x) it\n\nHe copies it.\n")
    assert [each.plan for each in notes.lesson.scenarios[0].solutions] == ["Reinstall.", "A venv each."]
    assert [each.text for each in notes.unplaced] == ["### Solution 3: [Copy](file:///x) it", "He copies it."]


def test_several_scenarios_are_told_apart() -> None:
    """Several scenarios get different titles."""
    scenarios = read(TITLE + SCENARIO + SCENARIO + "Behind the scenes: a folder.").lesson.scenarios
    assert [s.title for s in scenarios] == ["Virtual Environments", "Virtual Environments (2)"]
    assert [s.id for s in scenarios] == ["virtual-environments", "virtual-environments-2"]
    assert [s.behind_the_scenes for s in scenarios] == [None, "a folder."]


def test_a_scenario_with_one_solution_is_kept_and_its_author_told() -> None:
    """A scenario with one solution is imported, and the missing second solution is reported."""
    notes = read(TITLE + QUESTION + "Scenario: One.\n\nSolution: No.\n\nBehind the scenes: a folder.")
    [scenario] = notes.lesson.scenarios
    assert (scenario.story, scenario.solutions[0].plan, scenario.behind_the_scenes) == ("One.", "No.", "a folder.")
    assert left(notes) == [(9, "Scenario: One.")]
    assert "a choice needs two" in notes.unplaced[0].why


def test_a_scenario_without_a_solution_is_reported_whole() -> None:
    """A story without a solution is reported with its whole text."""
    notes = read(TITLE + QUESTION + "Scenario: One.\n\nThe end.")
    assert not notes.lesson.scenarios
    assert left(notes) == [(9, "Scenario: One."), (11, "The end.")]
    assert "without a usable solution" in notes.unplaced[0].why


def test_solutions_in_an_answer_belong_to_the_answer() -> None:
    """Labels such as "Solution 1" in an answer belong to the answer."""
    notes = read(TITLE + "Q: How?\n\nA: Twofold.\n\nSolution 1: Wait.\n\nSolution 2: Go.")
    assert notes.lesson.entries[0].answer == "Twofold.\n\nSolution 1: Wait.\n\nSolution 2: Go."


QUIZ_OF = (
    "# Files\n\n**Scenario: Lost notes**\n\nRobin lost them.\n\n**Solution 1: Again**\n\nHe types.\n\n"
    "**Solution 2: Append**\n\nHe appends.\n\n"
)


@pytest.mark.parametrize(
    "quiz",
    [
        "**Quiz**: How should it open the file?\n\n- [ ] With a\n- [x] With w\n",
        "**Quiz:** How should it open the file?\n\nA. With a\nB. With w\n\nAnswer: B\n",
        "### Check: How should it open the file?\n\na) With a\n\nb) With w\n\n**Answer:** b\n",
    ],
)
def test_multiple_choice_is_the_quiz_of_its_scenario(quiz: str) -> None:
    """A multiple-choice question becomes the scenario's quiz, with boxes, or letters and the answer below."""
    lesson = read(QUIZ_OF + quiz).lesson
    check = lesson.scenarios[0].check
    assert check is not None
    assert check.question == "How should it open the file?"
    assert [(option.text, option.correct) for option in check.options] == [("With a", False), ("With w", True)]
    assert lesson.scenarios[0].solutions[1].plan == "He appends."
    assert not lesson.entries


def test_a_quiz_without_a_right_choice_is_named() -> None:
    """A quiz without a correct option is reported, as learners could not answer it."""
    found = read(QUIZ_OF + "**Quiz**: Which?\n\n- [ ] With a\n- [ ] With w\n")
    assert found.lesson.scenarios[0].check is None
    assert any("a quiz that could not be used" in each.why and "Which?" in each.text for each in found.unplaced)
    assert any("With w" in each.text for each in found.unplaced)


@pytest.mark.parametrize(
    "text",
    [
        "---\nWhat happens behind the scene?\nA folder is made.",
        "## What happens Behind The Scenes?\n\nA folder is made.",
        "**What happens behind the scenes?**\nA folder is made.",
        "**Behind the scenes:** A folder is made.",
        "What happens behind the scenes?\n---\nA folder is made.",
    ],
)
def test_what_happens_behind_the_scenes_ends_the_scenario(text: str) -> None:
    """The part "behind the scenes" ends a scenario; without a scenario, it becomes an entry."""
    notes = read(TITLE + SCENARIO + text)
    assert notes.lesson.scenarios[0].behind_the_scenes == "A folder is made."
    assert not notes.unplaced
    [entry] = read(TITLE + text).lesson.entries
    assert "behind the scene" in entry.question.lower()
    assert entry.answer == "A folder is made."


def test_a_sentence_about_the_scenes_is_a_sentence() -> None:
    """A sentence that mentions "behind the scenes" is not a label."""
    text = "Behind the scenes Python makes a folder."
    assert read(f"{TITLE}Q: How?\n\nA: Well.\n\n{text}").lesson.entries[0].answer == f"Well.\n\n{text}"


def test_a_picture_goes_to_its_scenario_with_its_caption() -> None:
    """A picture goes to its scenario, and the sentence that announces it becomes the caption."""
    text = TITLE + SCENARIO + "The following infographic helps.\n\n![Two folders](pics/my%20venv.png)\n"
    notes = read(text, "pics/my venv.png")
    [scenario] = notes.lesson.scenarios
    assert scenario.picture is not None
    assert scenario.picture.model_dump() == {
        "file": "images/my venv.png",
        "alt": "Two folders",
        "caption": "The following infographic helps.",
    }
    assert scenario.solutions[1].plan == "A venv each."
    assert notes.pictures == ("pics/my venv.png",)
    assert not notes.unplaced


def test_a_picture_in_an_answer_goes_to_the_entry() -> None:
    """A picture in an answer goes to the entry, and the answer keeps its first sentence."""
    notes = read(TITLE + "Q: How?\n\nA: See the picture:\n![](a.png)\n\n![](b.png)", "a.png", "b.png")
    [entry] = notes.lesson.entries
    assert entry.answer == "See the picture:"
    assert entry.image is not None
    assert entry.image.file == "images/a.png"
    assert left(notes) == [(10, "![](b.png)")]


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        ("![x](none.png)", "no such picture 'none.png' beside the notes: import both together, or add it later"),
        ("![x]()", "no such picture '' beside the notes: import both together, or add it later"),
        (
            "![x](https://example.org/a.png)",
            "a picture from the web: save it, then add it in the file or with /lessons edit",
        ),
        ("![x](other/a.png)", "another picture is called 'a.png' too"),
        ("Look: ![x](a.png)", "a picture inside a text"),
        (f"![{'x' * 1100}](a.png)", "the alt text has 1,100 characters; at most 1,024 fit"),
    ],
)
def test_a_picture_that_cannot_be_placed_is_reported(picture: str, why: str) -> None:
    """A picture that cannot be used is reported, and the sentence that announces it stays in the text."""
    text = f"{TITLE}Q: A?\n\nA: B.\n\n![](a.png)\n\nQ: C?\n\nA: D.\n\nThe picture below helps.\n\n{picture}"
    notes = read(text, "a.png", "other/a.png")
    assert notes.lesson.entries[1].answer.startswith("D.\n\nThe picture below helps.")
    assert [one.line for one in notes.unplaced] == [17]
    assert notes.unplaced[0].why.startswith(why)


def test_comments_and_link_definitions_are_reported() -> None:
    """Comments and link definitions are reported, as members could not read them."""
    notes = read(TITLE + QUESTION + "<!-- todo:\n\nmore -->\n\n[docs]: https://example.org\n")
    assert left(notes) == [(9, "<!-- todo:\n\nmore -->"), (13, "[docs]: https://example.org")]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (f"Q: {'why ' * 60}?\nA: Because.\n", 9, "the question has"),
        (f"Q: Why?\nA: {'because ' * 1200}\n", 9, "the answer has"),
        ("Q: Why?\nA:\n", 9, "the answer has no words"),
        (f"Scenario: {'a ' * 2000}\n\nSolution 1: b\n\nSolution 2: c", 9, "the story has"),
        (f"{SCENARIO}Solution 3: {'a ' * 2000}", 15, "the plan has"),
        (f"{SCENARIO}Behind the scenes: {'a ' * 2000}", 15, "behind the scenes has"),
    ],
)
def test_what_is_too_long_or_empty_is_reported(text: str, line: int, why: str) -> None:
    """Texts that are too long or empty are reported with the limit, and the rest is imported."""
    notes = read(TITLE + QUESTION + text)
    assert notes.lesson.entries[0].question == "What is it?"
    assert notes.unplaced[0].line == line
    assert notes.unplaced[0].why.startswith(why)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "There is nothing to import"),
        (" \n\ufeff\n", "There is nothing to import"),
        (TITLE + "Just text.", "Line 5: outside of every question"),
    ],
)
def test_notes_without_a_lesson_are_refused_in_one_sentence(text: str, why: str) -> None:
    """Notes without questions are refused in one sentence that says what is missing."""
    with pytest.raises(NotesError, match=re.escape(why)) as refusal:
        read(text)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("text", [QUESTION, f"# {'a' * 201}\n\n{QUESTION}"])
def test_notes_without_a_title_are_called_as_their_file(text: str) -> None:
    """Without a heading, the file name becomes the title."""
    assert read(text).lesson.lesson == "Notes"


@pytest.mark.parametrize(
    ("text", "taken", "expected"),
    [
        ("What's a Virtual Environment?", (), "whats-a-virtual-environment"),
        ("What is the need of Virtual Environments?", (), "what-is-the-need-of-virtual"),
        ("Wie heißt das Café?", (), "wie-heisst-das-cafe"),
        ("Why?", ("why", "why-2"), "why-3"),
        ("Что это?", (), "chto-eto"),
        ("???", (), "entry-a03b221c"),
        ("a" * 40, ("a" * 32,), "a" * 30 + "-2"),
    ],
)
def test_ids_can_be_read_and_typed(text: str, taken: tuple[str, ...], expected: str) -> None:
    """Ids consist of words, so that people can read and type them."""
    assert id_for(text, taken) == expected


LABEL_WORDS = (
    "question|answer|ques|ans|q|a|b|x|quiz|check|scenario|solution|what|happens|behind|the|scenes?|title|course"
    "|div|[qa]?[0-9]+"
)
LABELS = """
Question: |**Question 2**: |Q: |Q1. |**Q: |Answer: |**Answer:** |A: |A (short): |- Q: |2. **Scenario**: |
**Scenario**: |### Scenario 2: |**Scenario: |**Solution 1**: |Solution 2: |**Solution 3: |Solution (x y): |
### Solution 4: |**Behind the scenes**: |# |## |### |#### |- |1. |> |<!-- |[x]: /|![|![x](||||
""".replace("\n", "").split("|")
LABELS += ["    ", "```\n", "<div>\n", "Answer:\n", "## Scenario\n", "## Behind the scenes\n"]
LABELS += ["What happens behind the scene?\n"]
LABELS += ["**Quiz**: ", "Check: ", "- [ ] ", "- [x] ", "A. ", "b) ", "Answer: B ", "Answer: b because "]
ENDINGS = ["\n", "\n", "\n\n", "\n\n", "\n\n\n\n", "\r\n", "  \n", ":\n", "**\n", "?\n\n", ".\n--\n"]
ENDINGS += ["\n===\n", "\n---\n\n", " -->\n", "\n```\n", "](a.png)\n", "](b/a.png 'c')\n"]
WORDS = st.sampled_from(
    ["venv", "folder", "picture below", "a scenario", "`code`", "*very*", "Größe", "字", "x" * 90]
)
TEXTS = st.lists(WORDS | st.from_regex(r"w[1-9]{3}", fullmatch=True), max_size=4).map(" ".join)
NOTE_LINES = st.tuples(st.sampled_from(LABELS), TEXTS, st.sampled_from(ENDINGS)).map("".join)
NOTE_LIKE = st.builds(
    str.__add__,
    st.sampled_from(
        [
            "",
            TITLE,
            "---\ntitle: Venv w1\nby: w2\n---\n",
            TITLE + SCENARIO,
            TITLE + QUESTION,
            QUIZ_OF + "**Quiz**: w3\n",
        ]
    ),
    st.lists(NOTE_LINES, max_size=14).map("".join),
)


HALF = "# Python\n\n## Virtual Environments\n\nQuestion: What is it?\n\nAnswer: A folder.\n\n"


def lost(text: str, notes: Notes) -> list[str]:
    """The words of the notes that are neither in the lesson nor reported."""
    said = "\n".join([*strings(notes.lesson.model_dump()), *notes.pictures, *(one.text for one in notes.unplaced)])
    words = re.findall(r"[^\W_]+", text)
    return [word for word in words if word not in said and not re.fullmatch(LABEL_WORDS, word, re.IGNORECASE)]


@settings(deadline=None)
@example(HALF + "# venv\nQuestion: `code`\nAnswer: \n", False)
@example(HALF + "Question: \nQuestion: venv\nAnswer: \n", False)
@given(NOTE_LIKE | st.text(), st.booleans())
def test_every_word_is_in_the_lesson_or_reported(text: str, has_pictures: bool) -> None:
    """Any notes become a lesson or one clear error, and every word is used or reported."""
    try:
        notes = Notes(read_lessons(text, "notes.md", has_picture=lambda path: has_pictures))
    except NotesError:
        return
    assert not lost(text, notes)
    assert all(1 <= one.line <= len(re.split("\r\n|\r|\n", text)) and one.why for one in notes.unplaced)
    assert [one.line for one in notes.unplaced] == sorted(one.line for one in notes.unplaced)
    ids = [entry.id for entry in notes.lesson.entries] + [scenario.id for scenario in notes.lesson.scenarios]
    assert len(set(ids)) == len(ids)
    assert Lesson.model_validate(notes.lesson.model_dump()) == notes.lesson
    assert to_yaml(notes.lesson)


def test_the_same_question_many_times_takes_no_time() -> None:
    """The same question many times does not take long."""
    lessons = read(TITLE + "Q: a\nA: b\n\n" * 9000).written.lessons
    entries = [entry for lesson in lessons for entry in lesson.entries]
    assert [entries[n].id for n in (0, 1, 2, 8999)] == ["a", "a-2", "a-3", "a-9000"]
