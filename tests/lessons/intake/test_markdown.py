"""Pages of questions become entries, in any of the usual forms."""

from __future__ import annotations

import pytest

from tests.lessons.intake.reading_files import TWO, entries, left, pairs, read


@pytest.mark.parametrize(
    "text",
    [
        # headings that are questions need no labels
        "# Pottery\n\n## What is a kiln?\n\nAn oven.\n\n## Can I open it hot?\n\nNo, wait.\n",
        "# Pottery\n\n### 1. What is a kiln?\nAn oven.\n### 2. Can I open it hot?\nNo, wait.",
        "Pottery\n===\n\nWhat is a kiln?\n---\nAn oven.\n\nCan I open it hot?\n---\n\nNo, wait.",
        "# Pottery\n\n## Q: What is a kiln?\n\nAn oven.\n\n## Q: Can I open it hot?\n\nNo, wait.",
        "# Pottery\n\n#### Q1. What is a kiln?\n\nAn oven.\n\n#### Q2. Can I open it hot?\n\nNo, wait.",
        "# Pottery\n\n## Basics\n\n### What is a kiln?\n\nAn oven.\n\n## Heat\n\n"
        "### Can I open it hot?\n\nNo, wait.",
        "# What is a kiln?\n\nAn oven.\n\n# Can I open it hot?\n\nNo, wait.\n",
        "## **What is a kiln?** {#kiln}\n\nAn oven.\n\n## **Can I open it hot?** {#hot}\n\nNo, wait.",
        # a label such as `Answer:` below a heading is not part of the answer
        "# Pottery\n\n### What is a kiln?\n\n**Answer:** An oven.\n\n"
        "### Can I open it hot?\n\n**Answer:** No, wait.",
        "# Pottery\n\n## What is a kiln?\n\n**A:** An oven.\n\n## Can I open it hot?\n\nA: No, wait.",
        "# Pottery\n\n### What is a kiln?\n#### Answer\nAn oven.\n### Can I open it hot?\n#### Answer\nNo, wait.",
        # bold lines, on pages without headings
        "# Pottery\n\n**What is a kiln?**\n\nAn oven.\n\n**Can I open it hot?**\n\nNo, wait.",
        "# Pottery\n\n**What is a kiln?**\nAn oven.\n\n**Can I open it hot?**\nNo, wait.",
        "# Pottery\n\n__What is a kiln?__ An oven.\n\n__Can I open it hot?__ No, wait.",
        # lists, numbered or not, with the answer in the item or below it
        "# Pottery\n\n1. What is a kiln?\n   An oven.\n2. Can I open it hot?\n   No, wait.",
        "# Pottery\n\n- **What is a kiln?** An oven.\n- **Can I open it hot?** No, wait.",
        "# Pottery\n\n* What is a kiln?\n\n    An oven.\n\n* Can I open it hot?\n\n    No, wait.",
        "# Pottery\n\n1. What is a kiln?\n\nAn oven.\n\n2. Can I open it hot?\n\nNo, wait.",
        "# Pottery\n\n- Q: What is a kiln?\n    - A: An oven.\n- Q: Can I open it hot?\n    - A: No, wait.",
        # labels in English, German and Spanish, with emoji, or both on one line
        "# Pottery\n\nQ: What is a kiln? A: An oven.\n\nQ: Can I open it hot? A: No, wait.",
        "# Pottery\n\n**Question:** What is a kiln? **Answer:** An oven.\n\n"
        "**Question:** Can I open it hot? **Answer:** No, wait.",
        "# Pottery\n\n\u2753 **Q:** What is a kiln?\n\n\U0001f4a1 **A:** An oven.\n\n"
        "\u2753 **Q:** Can I open it hot?\n\n\U0001f4a1 **A:** No, wait.",
        "# Pottery\n\nQ. What is a kiln?\nA. An oven.\n\nQ. Can I open it hot?\nA. No, wait.",
        "# Pottery\n\n**Frage:** What is a kiln?\n\n**Antwort:** An oven.\n\nFrage 2: Can I open it hot?\n"
        "Antwort 2: No, wait.",
        "# Pottery\n\nPregunta: What is a kiln?\nRespuesta: An oven.\n\nP: Can I open it hot?\nR: No, wait.",
        "# Pottery\n\n**Q: What is a kiln?**\n\nAn oven.\n\n**Q: Can I open it hot?**\n\nNo, wait.",
        # a row of a table is a question with its answer
        "# Pottery\n\n| Question | Answer |\n|---|---|\n| What is a kiln? | An oven. |\n"
        "| Can I open it hot? | No, wait. |\n",
        "# Pottery\n\n| # | Frage | Antwort |\n|---|---|---|\n| 1 | What is a kiln? | An oven. |\n"
        "| 2 | Can I open it hot? | No, wait. |\n",
        "# Pottery\n\nQ | A\n--- | ---\nWhat is a kiln? | An oven.\nCan I open it hot? | No, wait.\n",
        # toggles and cards of HTML, MDX, mkdocs, Notion and Obsidian
        "# Pottery\n\n<details>\n<summary>What is a kiln?</summary>\n\nAn oven.\n\n</details>\n"
        "<details>\n<summary><b>Can I open it hot?</b></summary>\n\nNo, wait.\n</details>\n",
        "# Pottery\n\n<details><summary>What is a kiln?</summary>An oven.</details>\n"
        "<details open><summary>Can I open it hot?</summary>No, wait.</details>",
        '# Pottery\n\n<AccordionGroup>\n  <Accordion title="What is a kiln?">\n    An oven.\n  </Accordion>\n'
        '  <Accordion title="Can I open it hot?">\n    No, wait.\n  </Accordion>\n</AccordionGroup>\n',
        '# Pottery\n\n??? question "What is a kiln?"\n\n    An oven.\n\n'
        '???+ note "Can I open it hot?"\n    No, wait.\n',
        "# Pottery\n\n- What is a kiln?\n    \n    An oven.\n    \n- Can I open it hot?\n    \n    No, wait.\n",
        "# Pottery\n\nWhat is a kiln?::An oven.\nCan I open it hot? :: No, wait.\n",
        "#flashcards\n\n# Pottery\n\nWhat is a kiln?\n?\nAn oven.\n\nCan I open it hot?\n?\nNo, wait.\n",
    ],
)
def test_questions_with_their_answers_are_read(text):
    """The same two questions are read, however the page is written."""
    assert pairs(text) == TWO


@pytest.mark.parametrize(
    ("heading", "is_one"),
    [
        ("How to load a kiln", True),
        ("Wie belade ich einen Ofen", True),
        ("\u00bfC\u00f3mo se carga un horno?", True),
        ("C\u00f3mo cargar un horno", True),
        ("Warum ist der Ofen kalt?", True),
        ("Loading a kiln", False),
        ("Is/Are", False),
        ("How it works:", False),
    ],
)
def test_a_heading_asks_by_its_mark_or_its_first_word(heading, is_one):
    """A heading is a question by its mark or its first word, in three languages; others are titles."""
    text = f"# Pottery\n\n## What is a kiln?\n\nAn oven.\n\n## {heading}\n\nFrom the top.\n"
    assert (heading in [question for question, _ in pairs(text)]) == is_one


@pytest.mark.parametrize(
    "text",
    [
        "# Loops\n\n1. How do I repeat it?\n\n   ```py\n   for x in y:\n       print(x)\n   ```\n",
        "# Loops\n\n1. Question: How?\n\n   Answer: So:\n\n   ```py\n   for x in y:\n       print(x)\n   ```\n",
        "# Loops\n\n> Question: How?\n>\n> Answer: So:\n>\n> ```py\n> for x in y:\n>     print(x)\n> ```\n",
    ],
)
def test_code_in_a_list_keeps_its_indentation(text):
    """Code in a list keeps its indentation, so that Python code still runs."""
    assert pairs(text)[0][1].endswith("```py\nfor x in y:\n    print(x)\n```")


def test_choices_are_no_answers():
    """The choices `A.` and `B.` of a quiz do not become answers, and no part of the quiz is lost."""
    text = "# Quiz\n\n## What is hot?\n\nA. Ice\n\nB. A kiln\n"
    assert pairs(text) == [("What is hot?", "A. Ice\n\nB. A kiln")]


@pytest.mark.parametrize(
    "quiz",
    [
        "Question: What is hot?\n\nA. Ice\nB. A kiln\n\nAnswer: B\n",
        "## What is hot?\n\n- A) Ice\n- B) A kiln\n\n**Answer:** B) A kiln\n",
        "## What is hot?\n\na) Ice\n\nb) A kiln\n\nCorrect answer: b\n",
        "1. What is hot?\n   A. Ice\n   B. A kiln\n   Answer: B\n",
        "###### 1. What is hot?\n\n- A: `Ice`\n- B: `A kiln`\n\n<details><summary><b>Answer</b></summary>\n<p>\n\n"
        "#### Answer: B\n\nIt burns.\n\n</p>\n</details>\n",
        "## What is hot?\n\n(A) Ice\n(B) A kiln\n\n<details><summary>Show answer</summary>\nB\n</details>\n",
    ],
)
def test_multiple_choice_outside_of_a_scenario_is_named(quiz):
    """Nobody is answered with the letter of a choice; what can be done with it is said."""
    other = "Question: Why is it hot?\n\nAnswer: It burns.\n\n"
    found = read(
        f"# Pottery\n\n{other}{quiz}" if quiz.startswith("Q") else f"{quiz}\n## Why is it hot?\n\nIt burns.\n"
    )
    assert [entry.question for lesson in found.lessons for entry in lesson.entries] == ["Why is it hot?"]
    named = " ".join(each.text for each in found.unplaced if "multiple choice" in each.why)
    assert all(words in named for words in ("What is hot?", "Ice", "A kiln"))


def test_a_row_without_an_answer_is_not_answered_by_the_next():
    """It is named."""
    text = "| Question | Answer |\n|---|---|\n| Where is it? | |\n| What is a kiln? | An oven. |\n"
    assert pairs(text) == TWO[:1]
    assert entries(text)[0].phrasings == ()
    assert left(text) == [(3, "Where is it?")]


@pytest.mark.parametrize(
    "number",
    ["1.", "(1)", "1.)", "1.1", "1.1.2", "1.1.", "2.10.1)", "Q1", "Q1.1:", "Q 2.", "#3", "a)", "(b)", "7 -", "4:"],
)
def test_the_number_in_front_of_a_question_is_left_out(number):
    """Headings are numbered in many ways. The number is no part of the question."""
    assert [each.question for each in entries(f"# P\n\n## {number} What is a kiln?\n\nAn oven.\n")] == [
        "What is a kiln?"
    ]


@pytest.mark.parametrize(
    "question",
    [
        "3.11 or 3.12: which Python?",
        "2024: what changed?",
        "404: what does it mean?",
        "3 ways: which?",
        "1.5 hours?",
    ],
)
def test_a_number_that_belongs_to_a_question_is_kept(question):
    """Versions, years and counts at the beginning of a question stay."""
    assert [each.question for each in entries(f"# P\n\n## {question}\n\nAn oven.\n")] == [question]


@pytest.mark.parametrize(
    ("attributes", "question"),
    [
        ('title="What is "bisque" in pottery?"', 'What is "bisque" in pottery?'),
        ('icon="fire" title="Why is a "kiln" hot?" data-v-1="x" open', 'Why is a "kiln" hot?'),
        ('title={`What is "bisque"?`} defaultOpen={true} /', 'What is "bisque"?'),
        ('title="Why is "bisque"hot --', 'Why is "bisque"hot --'),
    ],
)
def test_a_title_may_contain_quotes(attributes, question):
    """A title in quotes that contains quotes is kept whole, also where the last quote is missing."""
    text = f"# Pottery\n\n<Accordion {attributes}>\nAn oven.\n</Accordion>\n"
    text += '<Accordion title="Can I open it hot?">No, wait.</Accordion>\n'
    assert [question, "Can I open it hot?"] == [entry.question for entry in entries(text)]


def test_a_toggle_that_hides_the_answer_is_a_label():
    """ "Show answer" is no question."""
    text = (
        "# Quiz\n\n###### 1. What does `1 + 1` print?\n\n```js\nconsole.log(1 + 1)\n```\n"
        "\n<details><summary><b>Answer</b></summary>\n<p>\n\n#### Answer\n\n"
        "Numbers are added.\n\n</p>\n</details>\n"
    )
    [(question, answer)] = pairs(text)
    assert question == "What does 1 + 1 print?"
    assert answer.startswith("```js\nconsole.log(1 + 1)\n```")
    assert answer.endswith("Numbers are added.")


def test_google_docs_markdown_is_plain_again():
    """Anchors and backslashes in exports of Google Docs are removed."""
    text = (
        "# **Pottery FAQ** {#pottery-faq}\n\n## **What is 5\\-cone?** {#what-is}\n"
        "\nA temperature\\! About 1200\\.\n"
    )
    assert pairs(text) == [("What is 5-cone?", "A temperature! About 1200.")]


def test_a_question_that_says_nothing_alone_is_asked_with_its_topic():
    """A question that is unclear alone gets its topic: "Division: What does it print?"."""
    text = (
        "# Snippets\n\n### 1. Division\n\n**Q: What does it print?**\n\n**A:** 3\n\n### 2. Sum\n"
        "\nQ: What does it print?\n\nA: 1\n"
    )
    assert pairs(text) == [("Division: What does it print?", "3"), ("Sum: What does it print?", "1")]
    assert not left(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "# Pip\n\n## Table of contents\n\n- [a](#a)\n\n## Install\n\nQ: a?\n\nA: b\n\n## More\n"
            "\nQ: c?\n\nA: d",
            "Pip",
        ),
        ("## Contents\n\n1. a\n\n# Pip\n\n## Why?\n\nSo.", "Pip"),
        ("## Why?\n\nSo.\n\n## How?\n\nThus.", "FAQ"),
        ("## Install\n\nQ: a?\n\nA: b\n\n## Remove\n\nQ: c?\n\nA: d", "FAQ"),
        ("# Install\n\n## Why?\n\nSo.\n\n# Remove\n\n## How?\n\nThus.", "FAQ"),
        ("# Pip FAQ\n\n## Why?\n\nSo.\n\n# Remove\n\n## How?\n\nThus.", "Pip FAQ"),
        ("# Pip\n\n## Why?\n\nSo.\n\n# FAQ\n\n## How?\n\nThus.", "Pip"),
        ("# FAQ on clay\n\n## Why?\n\nSo.\n\n# FAQ on glaze\n\n## How?\n\nThus.", "FAQ"),
        ("# Pip\n\n## Why?\n\nSo.\n\n# License\n\nMIT", "Pip"),
        ("# Pip\n\nA tool.\n\n# Install\n\n## Why?\n\nSo.\n\n# Remove\n\n## How?\n\nThus.", "Pip"),
    ],
)
def test_the_title_is_the_first_heading_that_is_the_pages_own(text, title):
    """The title is never a question, "Table of contents", or one of several sections."""
    assert read(text).lessons[0].lesson == title


@pytest.mark.parametrize("file", ["README.md", "index.md"])
def test_the_first_of_several_sections_says_more_than_the_name_of_a_readme(file):
    """As "From README", nobody knows where an answer is from."""
    text = "# Kilnbot\n\n## Why?\n\nSo.\n\n# Crashes\n\n## How?\n\nThus."
    assert [each.lesson for each in read(text, file).lessons] == ["Kilnbot"]


def test_a_page_of_problems_is_read_with_those_that_state_them():
    """Below "Troubleshooting", headings that state a problem are questions, too."""
    text = "# FAQ\n\n## Why is it cold?\n\nNo power.\n\n## It smells\n\nOpen a window.\n\n## Contents\n\nAll.\n"
    assert [question for question, _ in pairs(text)] == ["Why is it cold?", "It smells"]


def test_rules_and_smaller_headings_stay_in_their_answer():
    """Rules and smaller headings in an answer stay in it."""
    text = (
        "# Pip\n\n## How do I install it?\n\n### On Linux\n\nRun a.\n\n---\n\n### On Windows\n"
        "\nRun b.\n\n## And then?\n\nDone."
    )
    assert pairs(text)[0][1] == "### On Linux\n\nRun a.\n\n\u2500\u2500\u2500\n\n### On Windows\n\nRun b."


def test_a_fence_that_is_never_closed_is_named():
    """A fence that is never closed is reported with its line and the text after it."""
    text = "# Pip\n\nQ: How?\n\nA: Run\n\n```bash\npip\n\nQ: And?\n\nA: So.\n\n## Why?\n\nDone."
    assert [each.why for each in read(text).unplaced] == [
        "the code block that begins on line 7 is never closed; it contains 2 questions"
    ]


def test_comments_are_never_published():
    """Comments are not imported, except in code, where they are part of it."""
    text = "# Pip\n\n## How? <!-- ask Bob -->\n\nRun `<!-- this -->` <!-- a --> and\n<!-- b\nc --> that.\n"
    assert pairs(text) == [("How?", "Run `<!-- this -->`  and\n\nthat.")]
    assert [each for _, each in left(text)] == ["<!-- ask Bob -->", "<!-- a -->", "<!-- b\nc -->"]


def test_a_question_is_plain_text():
    """Markup in a question is removed, and addresses in it are reported."""
    text = (
        "# S\n\n### Q1: What is a [port](https://e.org/p)? [[src](https://e.org)] {#port}\n\n**A:** A number.\n\n"
        '### Q2: <a name="x"></a>Can `two` programs **share** it? \U0001f469\n\n**A:** No.\n\n'
        "### Q3: Why &amp; when &lt;b&gt;?\n\n**A:** Always.\n"
    )
    assert [(entry.id, entry.question) for entry in entries(text)] == [
        ("what-is-a-port", "What is a port?"),
        ("can-two-programs-share-it", "Can two programs share it?"),
        ("why-when-b", "Why & when <b>?"),
    ]
    assert "[port](https://e.org/p)" in [each for _, each in left(text)]


@pytest.mark.parametrize(
    "text",
    [
        '---\naliases: ["ports", "what-port"]\nembed:\n    title: "What is a port?"\n---\nA number.\n',
        "---\nquestion: What is a port?\nphrasings:\n  - ports\n  - what-port\n---\n\nA number.\n",
        "---\naliases: [ports, what-port]\n---\n\n# What is a port?\n\nA number.\n",
    ],
)
def test_a_page_can_be_one_question(text):
    """A page can be one question, with its question and phrasings in the front matter."""
    [entry] = entries(text)
    assert (entry.question, entry.phrasings, entry.answer) == (
        "What is a port?",
        ("ports", "what-port"),
        "A number.",
    )
    assert not left(text)


def test_a_refusal_says_what_was_seen():
    """The error for a page without questions says what it contains."""
    with pytest.raises(Exception, match=r"It has 2 headings that end in '\?', but no text below"):
        read("# P\n\n## Why?\n\n## How?\n")


def test_words_in_a_link_of_html_that_are_not_shown_are_reported():
    """The title of a link, and what stands in its tag by mistake, is named; what only formats it is not."""
    text = (
        'Q: What is a kiln?\n\nA: An <a href="https://pots.example" title="All on ovens">oven</a>, '
        '<a href="https://c.io" class="c" target="_blank">hot</a>, <a href="https://a.example" lost">x</a>\n'
    )
    assert left(text) == [(3, "All on ovens"), (3, '<a href="https://a.example" lost">')]


@pytest.mark.parametrize(
    "pointer",
    [
        *("see the question\nabove", "As per the section right below", "see previous question"),
        *("Siehe nächste Frage", "consulta la pregunta anterior"),
    ],
)
def test_an_answer_that_points_to_its_place_on_the_page_is_named(pointer):
    """A member sees this answer alone. It stays as it is, and so does one that points elsewhere."""
    page = f"# Kiln\n\n## Why?\n\nIt is hot.\nSo: {pointer}, please.\n"
    assert left(page) == [(6, pointer)]
    assert pointer in pairs(page)[0][1]


@pytest.mark.parametrize("text", ["see the first section of the manual", "Answer the question below", "See below"])
def test_what_points_elsewhere_is_not_named(text):
    """Another page, a form or this very answer is where the member can see it."""
    assert not left(f"# Kiln\n\n## Why?\n\n{text}.\n")


def test_a_list_of_questions_in_front_matter_is_read():
    """Some sites keep their FAQ there, and the page below it has other questions."""
    front = (
        "---\ntitle: Kiln FAQ\nfaq:\n  - question: How hot?\n    answer: Very.\n"
        "  - question: How wet?\n    answer: |\n"
    )
    page = f"{front}      Dry.\n\n      Really.\nlayout: faq\n---\n\nIntro.\n\n## How long?\n\nA day.\n"
    assert pairs(page) == [("How long?", "A day."), ("How hot?", "Very."), ("How wet?", "Dry.\n\nReally.")]
    assert (11, "layout: faq") in left(page)
    alone = f"{front}      Dry.\n---\n\nIntro.\n"
    assert pairs(alone) == [("How hot?", "Very."), ("How wet?", "Dry.")]
    assert read(page).lessons[0].lesson == "Kiln FAQ"
