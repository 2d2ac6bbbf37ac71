"""What the bot writes looks handwritten, and reads back as exactly the same text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.language.characters import refused
from bot.lessons.lesson import Entry, Lesson, Option, Picture, Quiz, Scenario, Solution
from bot.lessons.markdown.hyperlinks import wrong_link
from bot.lessons.yaml_text import field_to_yaml, item_to_yaml, to_yaml

LOADERS: list[Any] = [yaml.BaseLoader, yaml.CBaseLoader, yaml.SafeLoader, yaml.CSafeLoader]

LESSON = Lesson(
    lesson="Virtual Environments",
    course="Advanced Python",
    language="en",
    aliases={"virtual environment": ("venv", "virtual env", "no")},
    entries=(
        Entry(
            id="what-is-a-venv",
            question="What is a Virtual Environment?",
            phrasings=("what is a venv", "venv: what is it?"),
            answer="An isolated Python.\n\n```sh\npython -m venv .venv\n\tcd .venv\n```",
            image=Picture(file="images/venv.png"),
            related=("why-venvs",),
            reviewed=date(2026, 11, 22),
        ),
        Entry(id="why-venvs", question="Why?", answer="1.10"),
    ),
    scenarios=(
        Scenario(
            id="two-versions",
            title="Two versions",
            story="Ishant has two projects. " * 8,
            solutions=(
                Solution(id="reinstall", title="Reinstall", plan="Again and again.", verdict="tedious"),
                Solution(id="venv", title="Use a venv", plan="One each."),
            ),
            picture=Picture(file="images/venv.png", alt="Two folders", caption="One each."),
            behind_the_scenes="A folder.",
            check=Quiz(
                question="And with Go?",
                options=(Option(text="yes", correct=True), Option(text="no", feedback="Oh.")),
            ),
        ),
    ),
)

WRITTEN = """\
lesson: Virtual Environments
course: Advanced Python
language: en

aliases:
  virtual environment: [venv, virtual env, "no"]

entries:
  - id: what-is-a-venv
    question: What is a Virtual Environment?
    phrasings:
      - what is a venv
      - "venv: what is it?"
    answer: |
      An isolated Python.

      ```sh
      python -m venv .venv
      \tcd .venv
      ```
    image: images/venv.png
    related: [why-venvs]
    reviewed: 2026-11-22

  - id: why-venvs
    question: Why?
    answer: "1.10"

scenarios:
  - id: two-versions
    title: Two versions
    story: |
      STORY
    solutions:
      - id: reinstall
        title: Reinstall
        plan: Again and again.
        verdict: tedious
      - id: venv
        title: Use a venv
        plan: One each.
    picture:
      file: images/venv.png
      alt: Two folders
      caption: One each.
    behind_the_scenes: A folder.
    check:
      question: And with Go?
      options:
        - text: "yes"
          correct: true
        - text: "no"
          feedback: Oh.
""".replace("STORY", LESSON.scenarios[0].story)


def test_a_lesson_is_written_as_a_person_would_write_it() -> None:
    """Authors who open an imported lesson can go on editing it by hand."""
    assert to_yaml(LESSON) == WRITTEN


@pytest.mark.parametrize("loader", LOADERS)
def test_a_written_lesson_reads_back_as_the_same_lesson(loader: Any) -> None:
    """Nothing is lost between the bot and the file."""
    assert Lesson.model_validate(yaml.load(WRITTEN, loader)) == LESSON


def test_a_lesson_with_a_title_only_is_one_line() -> None:
    """An empty field is not written at all."""
    assert to_yaml(Lesson(lesson="Ü: 字 🙂")) == 'lesson: "Ü: 字 🙂"\n'


def test_an_entry_is_indented_for_the_place_it_goes_to() -> None:
    """A new entry fits into a file whatever its indentation."""
    entry = Entry(id="a", question="B?", answer="c\n  d\n\ne")
    assert item_to_yaml(entry, 4) == (
        "    - id: a\n      question: B?\n      answer: |\n        c\n          d\n\n        e\n"
    )


@pytest.mark.parametrize(
    ("key", "value", "written"),
    [
        ("answer", "plain", "  answer: plain\n"),
        ("answer", "two\nlines", "  answer: |\n    two\n    lines\n"),
        ("answer", "trailing  \nspaces", "  answer: |\n    trailing  \n    spaces\n"),
        ("answer", " leading\nspace", '  answer: " leading\\nspace"\n'),
        ("question", 'Say "a: b"?', "  question: 'Say \"a: b\"?'\n"),
        ("question", "# 1", '  question: "# 1"\n'),
        ("phrasings", ["a", "- b"], '  phrasings:\n    - a\n    - "- b"\n'),
        ("related", ("a-b", "c"), "  related: [a-b, c]\n"),
        ("reviewed", date(2026, 1, 2), "  reviewed: 2026-01-02\n"),
        ("image", {"file": "images/a.png", "alt": ""}, "  image: images/a.png\n"),
        ("image", {"file": "images/a.png", "alt": "A"}, "  image:\n    file: images/a.png\n    alt: A\n"),
        ("aliases", {"a, b": ["c]", "2"]}, '  aliases:\n    a, b: ["c]", "2"]\n'),
        ("aliases", {"file": ["a"]}, "  aliases:\n    file: [a]\n"),
        ("question", "2026-99-99", '  question: "2026-99-99"\n'),
        ("phrasings", (), ""),
        ("image", None, ""),
    ],
)
def test_a_field_is_written_in_its_simplest_form(key: str, value: object, written: str) -> None:
    """Quotes and blocks appear only where the text needs them."""
    assert field_to_yaml(key, value, 2) == written


# Half of it any text, half of it what YAML takes for something else.
# fmt: off
SHARDS = st.sampled_from([
    "no", "~", "1.10", "0x1F", "2026-11-22", "null", "<<", "=", "---", "...", "# ", " #", ": ", "- ", "? ",
    "|", ">", "&a", "*a", "!", "%", "@", "`", "{", "}", "[", "]", ",", "'", '"', "\\", "\\n", "\t", " ", "  ",
    "\n", "\n\n", "\u00a0", "\u00ad", "🙂", "字", "م\u200c",
])
# fmt: on
SEEN = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"), include_characters="\n\t")
ANY = st.text(SEEN, max_size=30)
STRANGE = st.lists(SHARDS | ANY, min_size=1, max_size=12).map("".join)


def allowed(text: str) -> str:
    while found := refused(text):
        text = text.replace(found, "")
    return text


def is_valid(text: str) -> bool:
    return bool(text.strip()) and not wrong_link(text)  # "<0@0.0>" is a link to an address


LINE = STRANGE.map(lambda text: allowed(text[:70].replace("\n", " "))).filter(is_valid)
TEXT = (LINE | STRANGE.map(allowed) | STRANGE.map(lambda text: allowed(text * 9))).filter(is_valid)
ID = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}", fullmatch=True)
PICTURE = st.none() | st.builds(Picture, file=LINE, alt=st.just("") | LINE, caption=st.just("") | LINE)
ENTRY = st.builds(
    Entry,
    id=ID,
    question=LINE,
    phrasings=st.lists(LINE, max_size=2).map(tuple),
    answer=TEXT,
    image=PICTURE,
    related=st.lists(ID, max_size=2).map(tuple),
    reviewed=st.none() | st.dates(),
)
SOLUTIONS = st.lists(
    st.builds(
        Solution,
        id=ID.map("s-{:.20}".format).map(lambda text: text.rstrip("-")),
        title=LINE,
        plan=TEXT,
        outcome=st.none() | TEXT,
        verdict=st.sampled_from([None, "works", "tedious", "fails"]),
        right_when=st.none() | LINE,
    ),
    min_size=2,
    max_size=3,
    unique_by=lambda solution: solution.id,
).map(tuple)
OPTIONS = st.lists(
    st.builds(
        Option, text=LINE, correct=st.just(True), feedback=st.just("") | TEXT.map(lambda text: allowed(text[:500]))
    ),
    min_size=2,
    max_size=3,
    unique_by=lambda option: option.text,
).map(tuple)
CHECK = st.none() | st.builds(Quiz, question=LINE, options=OPTIONS)
SCENARIO = st.builds(
    Scenario,
    id=ID,
    title=LINE,
    story=TEXT,
    solutions=SOLUTIONS,
    picture=PICTURE,
    behind_the_scenes=st.none() | TEXT,
    check=CHECK,
)
LESSONS = st.builds(
    Lesson,
    lesson=LINE,
    course=st.none() | LINE,
    aliases=st.dictionaries(LINE, st.lists(LINE, max_size=2).map(tuple), max_size=2),
    entries=st.lists(ENTRY, max_size=2).map(tuple),
    scenarios=st.lists(SCENARIO, max_size=1).map(tuple),
)


@given(LESSONS)
def test_every_lesson_reads_back_as_itself(lesson: Lesson) -> None:
    """Text that a moderator pastes is never changed on its way through a file."""
    written = to_yaml(lesson)
    for loader in LOADERS:
        assert Lesson.model_validate(yaml.load(written, loader)) == lesson


@given(ENTRY, st.integers(0, 8))
def test_every_entry_fits_below_the_entries_of_a_file(entry: Entry, indent: int) -> None:
    """An inserted entry changes none of its neighbors."""
    written = (
        "entries:\n" + item_to_yaml(entry, indent) + item_to_yaml(Entry(id="z", question="Z", answer="z"), indent)
    )
    first, second = yaml.load(written, yaml.BaseLoader)["entries"]
    assert Entry.model_validate(first) == entry
    assert second["id"] == "z"
