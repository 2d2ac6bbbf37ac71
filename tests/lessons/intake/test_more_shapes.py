"""More shapes of each kind, as people and programs write them; each holds the same two questions."""

from __future__ import annotations

import pytest

from tests.lessons.intake.reading_files import TWO, entries, left, pairs, read


@pytest.mark.parametrize(
    "text",
    [
        # lists with the answers below
        "# P\n\n* **Q:** What is a kiln?\n    * **A:** An oven.\n* **Q:** Can I open it hot?\n"
        "    * **A:** No, wait.\n",
        "# P\n\n- Q: What is a kiln?\n  A: An oven.\n- Q: Can I open it hot?\n  A: No, wait.\n",
        "# P\n\n1. Q: What is a kiln?\n   - A: An oven.\n2. Q: Can I open it hot?\n   - A: No, wait.\n",
        # on one line
        "# P\n\n- Q: What is a kiln? A: An oven.\n- Q: Can I open it hot? A: No, wait.\n",
        # emoji
        ":question: **Question:** What is a kiln?\n:bulb: **Answer:** An oven.\n\n"
        ":question: **Question:** Can I open it hot?\n:bulb: **Answer:** No, wait.\n",
        "# P\n\n### \u2753 What is a kiln?\n\nAn oven.\n\n### \u2753 Can I open it hot?\n\nNo, wait.\n",
        "# P\n\n### \u25b6\ufe0e What is a kiln?\n\nAn oven.\n\n### Can I open it hot? \u25c0\ufe0e\nNo, wait.\n",
        "\u25b6\ufe0e Q: What is a kiln?\nA: An oven.\n\n\u25b6\ufe0e Q: Can I open it hot?\nA: No, wait.\n",
        "\U0001f64b Q: What is a kiln?\n\U0001f916 A: An oven.\n\n\U0001f64b Q: Can I open it hot?\n"
        "\U0001f916 A: No, wait.\n",
        # bold lines
        "***What is a kiln?***\n\nAn oven.\n\n***Can I open it hot?***\n\nNo, wait.\n",
        "**1. What is a kiln?**\n\nAn oven.\n\n**2. Can I open it hot?**\n\nNo, wait.\n",
        # HTML and MDX
        "# P\n\n<details><summary><h3>What is a kiln?</h3></summary>\n<p>An oven.</p>\n</details>\n"
        "<details><summary><h3>Can I open it hot?</h3></summary>\n<p>No, wait.</p>\n</details>\n",
        "# P\n\n<Accordion title='What is a kiln?' icon=\"fire\">\nAn oven.\n</Accordion>\n\n"
        '<Accordion title={"Can I open it hot?"}>\n  No, wait.\n</Accordion>\n',
        '<Accordions type="single">\n<Accordion title="What is a kiln?">\n\nAn oven.\n\n</Accordion>\n'
        '<Accordion title="Can I open it hot?">\n\nNo, wait.\n\n</Accordion>\n</Accordions>\n',
        # mkdocs
        '???+ question "What is a kiln?"\n    An oven.\n\n??? faq "Can I open it hot?"\n    No, wait.\n',
        '!!! question "What is a kiln?"\n\n    An oven.\n\n!!! question "Can I open it hot?"\n\n    No, wait.\n',
        # Notion
        "# P\n\n- **What is a kiln?**\n    \n    An oven.\n    \n- **Can I open it hot?**\n    \n"
        "    No, wait.\n    \n",
        "# P\n\n- \u25b6 What is a kiln?\n    \n    An oven.\n    \n- \u25b6 Can I open it hot?\n"
        "    \n    No, wait.\n",
        # Obsidian
        "What is a kiln? ::An oven.\n<!--SR:!2024-01-01,3,250-->\n\nCan I open it hot? ::No, wait.\n",
        "#flashcards/pots\n\nWhat is a kiln?:::An oven.\n\nCan I open it hot?:::No, wait.\n",
        "What is a kiln?\n??\nAn oven.\n\nCan I open it hot?\n??\nNo, wait.\n",
        "> [!question]- What is a kiln?\n> An oven.\n\n> [!faq]+ Can I open it hot?\n>\n> No, wait.\n",
        # Google Docs
        "**Pottery**\n\n**What is a kiln?**\n\nAn oven\\.\n\n**Can I open it hot?**\n\nNo, wait\\.\n",
        "# Pottery {#pottery}\n\n[What is a kiln?](#what)\n\n[Can I open it hot?](#can)\n\n"
        "### What is a kiln? {#what}"
        "\n\nAn oven.\n\n### Can I open it hot? {#can}\n\nNo, wait.\n",
    ],
)
def test_markdown(text):
    """Questions in many shapes of Markdown are read, from plain lists to exports of Notion."""
    assert pairs(text) == TWO


@pytest.mark.parametrize(
    "text",
    [
        "# Py\n\n## Division\n\n### What is the output?\n\n3\n\n## Sum\n\n### What is the output?\n\n1\n",
        "# Py\n\n## 1. Division\n\n**What is the output?**\n\n3\n\n## 2. Sum\n\n**What is the output?**\n\n1\n",
        "# Py\n\n### Division\n\nQ: What is the output?\nA: 3\n\n### Sum\n\nQ: What is the output?\nA: 1\n",
    ],
)
def test_a_heading_above_makes_a_question_whole(text):
    """A question that is unclear alone gets the words of its heading, whether it is a heading, bold or a label."""
    assert pairs(text) == [("Division: What is the output?", "3"), ("Sum: What is the output?", "1")]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ('[{"question": "What is a kiln?", "aliases": ["kilns"], "answer": "An oven."}]', "a.json"),
        ('{"data": [{"title": "What is a kiln?", "variants": "kilns", "content": "An oven."}]}', "a.json"),
        ("- q: What is a kiln?\n  patterns: [kilns]\n  a: An oven.\n", "a.yml"),
        # bots
        ('{"intents": [{"tag": "kiln", "patterns": ["What is a kiln?", "kilns"], "responses": ["An oven."], '
         '"context_set": ""}]}', "intents.json"),
        ("nlu:\n- intent: faq/kiln\n  examples: |\n    - What is a kiln?\n    - kilns\nresponses:\n"
         "  utter_faq/kiln:\n"
         "  - text: An oven.\n", "nlu.yml"),
        # sheets
        ("Question,Answer,Alternate questions\nWhat is a kiln?,An oven.,kilns\n", "a.csv"),
    ],
)  # fmt: skip
def test_other_phrasings_come_along(text, file):
    """Further phrasings are read from the fields that websites and bots have for them."""
    assert [(x.question, x.answer, x.phrasings) for x in entries(text, file)] == [(*TWO[0], ("kilns",))]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("Basics:\n  - question: What is a kiln?\n    answer: An oven.\nHeat:\n  - question: Can I open it hot?\n"
         "    answer: No, wait.\n", "a.yml"),
        ('{"categories": [{"name": "Basics", "questions": [{"question": "What is a kiln?", '
         '"answer": "An oven."}]}, '
         '{"name": "Heat", "questions": [{"question": "Can I open it hot?", "answer": "No, wait."}]}]}', "a.json"),
        # Anki exports a text
        ("#separator:semicolon\n#html:false\n#tags column:3\nWhat is a kiln?;An oven.;pots\n"
         'Can I open it hot?;"No, wait.";hot\n', "a.txt"),
        ("#separator:tab\n#html:true\n#notetype column:1\n#deck column:2\n#tags column:5\n"
         "Basic\tPots\tWhat is a kiln?\tAn oven.\tx\nBasic\tPots\tCan I open it hot?\tNo, wait.\t\n", "a.txt"),
        ("#separator:Comma\n#columns:Front,Back,Tags\nWhat is a kiln?,An oven.,pots\n"
         'Can I open it hot?,"No, wait.",\n', "a.csv"),
        ("Nr;Frage;Antwort;Status\n1;What is a kiln?;An oven.;ok\n2;Can I open it hot?;No, wait.;ok\n", "a.csv"),
        ("Question\tAnswer\nWhat is a kiln?\tAn oven.\nCan I open it hot?\tNo, wait.\n", "a.tsv"),
        # reStructuredText
        ("Pottery\n=======\n\nQ: What is a kiln?\n  A: An oven.\n\nQ: Can I open it hot?\n"
         "  A: No, wait.\n", "a.rst"),
        ("Pottery\n=======\n\n.. rubric:: What is a kiln?\n\nAn oven.\n\n"
         ".. rubric:: Can I open it hot?\n\nNo, wait.\n",
         "a.rst"),
        ("Pottery\n=======\n\n.. contents::\n\n.. _kiln:\n\nWhat is a kiln?\n^^^^^^^^^^^^^^^\n\nAn oven.\n\n"
         "Can I open it hot?\n^^^^^^^^^^^^^^^^^^\n\nNo, wait.\n", "a.rst"),
    ],
)  # fmt: skip
def test_data_sheets_and_restructured_text(text, file):
    """Sections of data, Anki's export as it names it, a sheet with more columns, rubrics and definitions."""
    assert pairs(text, file) == TWO


def test_links_between_sections_of_restructured_text_lead_to_entries():
    """Titles, targets and Sphinx's `:ref:` become links between entries; replacements are no text of their own."""
    page = """\
.. contents::

General
=======

.. _heat:

How hot is it?
--------------

Hot. See `Who may come?`_ and :ref:`the fee <fee>`, |only|.

.. |only| replace:: for members

.. |unused| replace:: never shown

Who may come?
-------------

Members. See :ref:`heat`.

.. _fee:

What does it cost?
------------------

Nothing; see heat_ and :ref:`elsewhere`.
"""
    made = read(page, "kiln.rst")
    entries = {each.id.removeprefix("general-"): each for each in made.lessons[0].entries}
    assert list(entries) == ["how-hot-is-it", "who-may-come", "what-does-it-cost"]
    assert entries["how-hot-is-it"].answer.strip() == "Hot. See Who may come? and the fee, for members."
    assert [entry.related for entry in entries.values()] == [
        ("who-may-come", next(each.id for each in made.lessons[0].entries if each.question.endswith("cost?"))),
        ("how-hot-is-it",),
        ("how-hot-is-it",),
    ]
    assert entries["who-may-come"].answer.strip() == "Members. See How hot is it?."
    left = {each.text for each in made.unplaced if "link to another" not in each.why}
    assert left == {":ref:`elsewhere`", "never shown"}


def test_an_anchor_may_leave_out_the_number_of_its_heading():
    """As in some sites; GitHub's anchors have it."""
    page = "## 1. What is it?\n\nSee [a](#how-is-it) and [b](#2-how-is-it).\n\n## 2. How is it?\n\nFine.\n"
    assert read(page, "a.md").lessons[0].entries[0].related == ("how-is-it",)


def test_a_quiz_with_a_heading_does_not_take_the_answer_above_it():
    """Multiple choice outside of a scenario is named, and the question before it stays an entry."""
    page = "## What is a kiln?\n\nAn oven.\n\n## Quiz: which one?\n\nA) one\nB) two\n\nAnswer: B\n"
    assert pairs(page, "a.md") == [("What is a kiln?", "An oven.")]
    assert "## Quiz: which one?" in [each.text for each in read(page, "a.md").unplaced]


def test_the_name_of_a_place_is_no_markup_of_a_question():
    """It is a target of links, and members do not miss it. Other attributes are named."""
    page = (
        "# FAQ {#faq}\n\n## Why? {#why}\n\nSo.\n\n## How? {: #b }\n\nSee [why](#why).\n\n## When? {.new}\n\nNow\n"
    )
    found = [(each.question, each.related) for each in entries(page)]
    assert found == [("Why?", ()), ("How?", ("why",)), ("When?", ())]
    assert [text for __, text in left(page)] == ["[why](#why)", "{.new}"]


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Is it _really_ so (_hot_)?", "Is it really so (hot)?"),
        *((each, each) for each in ("What is __init__?", "Is a_b_c or _ok a name, or my_?", "What is _?")),
        ("What is the difference between _id and _key_?",) * 2,
        ("Why is my_kiln _so_ hot?", "Why is my_kiln so hot?"),
        ("Is \\_a\\_ or `_b_` a name?", "Is _a_ or _b_ a name?"),
    ],
)
def test_a_word_between_bars_is_plain_in_a_question(heading, question):
    """Names of programs keep their bars."""
    assert pairs(f"# FAQ\n\n## {heading}\n\nYes.\n\n## Why?\n\nSo.\n")[0] == (question, "Yes.")
