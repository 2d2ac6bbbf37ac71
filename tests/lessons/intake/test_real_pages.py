"""Shapes of pages that communities have, as found on many of them."""

from __future__ import annotations

import pytest

from bot.errors import NotesError
from bot.lessons.lesson import Picture
from tests.lessons.intake.reading_files import entries, left, pairs, read, read_lessons
from tests.support.importing import import_files


def questions(text: str, file: str = "faq.md") -> list[str]:
    return [question for question, __ in pairs(text, file)]


def test_a_page_of_problems_needs_no_question_marks():
    """A page that calls itself a FAQ states problems. A heading without a text is a section."""
    page = (
        "# Frequently asked questions\n\n## Kiln\n\nGeneral words.\n\n### Kiln stays cold\n\nCheck the fuse.\n\n"
        "## Glaze\n\n### The glaze runs\n\nUse less.\n\n### Cracks\n\nDry slowly.\n\n"
        "## The ordering fails\n\nCall us.\n\n## See also\n\nOur site.\n"
    )
    assert questions(page) == ["Kiln stays cold", "The glaze runs", "Glaze: Cracks", "The ordering fails"]
    with pytest.raises(NotesError):
        read(page.replace("Frequently asked questions", "Our studio"), "studio.md")
    for topics in (
        "## Installing\n\nRun it.\n\n## Use\n\nPress.\n",
        "## v1.2 is out\n\nA.\n\n## 1.3 is out\n\nB.\n",
    ):
        with pytest.raises(NotesError):
            read(f"# FAQ\n\n{topics}")


def test_where_each_problem_has_a_text_lower_headings_are_parts_of_its_answer():
    page = (
        "# FAQ\n\n## Kiln stays cold\n\nCheck this.\n\n### At night\n\nThe fuse.\n\n## Glaze runs\n\nUse less.\n"
    )
    assert pairs(page) == [
        ("Kiln stays cold", "Check this.\n\n### At night\n\nThe fuse."),
        ("Glaze runs", "Use less."),
    ]


def test_problems_beside_questions_count_also_below_another_question():
    """All headings of a page stand below its first question by mistake; and one section has only problems."""
    page = (
        "# FAQ\n\n## What is a kiln?\n\nAn oven.\n\n### In short\n\nHot.\n\n### How hot is it?\n\nVery.\n\n"
        "### The kiln stays cold\n\nCheck the fuse.\n\n## Errors\n\n### Display shows E5\n\nCall us.\n"
    )
    assert questions(page) == ["What is a kiln?", "How hot is it?", "The kiln stays cold", "Display shows E5"]
    assert pairs(page)[0][1] == "An oven.\n\n### In short\n\nHot."


def test_lines_in_bold_letters_state_problems_beside_questions_in_bold_letters():
    page = (
        "# FAQ\n\n**Where is the kiln?**\n\nHere.\n\n**Which clay does** `kiln-2` **take?**\n\nAll.\n\n"
        "**My pot broke in the kiln**\n\nDry it longer.\n\n**Note**\n\nSlowly.\n"
    )
    assert questions(page) == ["Where is the kiln?", "Which clay does kiln-2 take?", "My pot broke in the kiln"]
    assert pairs(page)[2][1] == "Dry it longer.\n\n**Note**\n\nSlowly."
    assert len(pairs(page.replace("# FAQ", "# Kilns"), "kilns.md")) == 2


def test_labels_in_tags_of_html_are_labels():
    """As in the README of many a project: within `<summary>`, and the answer on the same line."""
    page = (
        "## FAQ\n\n<details>\n<summary><b>Q: The kiln stays cold</b></summary>\n\nCheck the fuse.\n</details>\n\n"
        "<details> <summary><b>Q: Is it free?</b></summary> <b>A:</b> Yes. </details>\n\n"
        "<h3>How <b>hot</b> is it?</h3>\n\nVery.\n\n<hr>\n\nMade by us.\n"
    )
    assert pairs(page) == [
        ("The kiln stays cold", "Check the fuse."),
        ("Is it free?", "Yes."),
        ("How hot is it?", "Very."),
    ]


def test_an_answer_goes_on_below_the_item_of_its_question():
    """Code and lists there are not indented, so that Markdown ends the list before them."""
    page = (
        "## FAQ\n1. **How do I fire? **\nLike this:\n```\nfire\n```\n\n* Slowly.\n* At night.\n\n"
        "2. **How hot is it? **\nVery.\n"
    )
    assert pairs(page) == [
        ("How do I fire?", "Like this:\n```\nfire\n```\n\n* Slowly.\n* At night."),
        ("How hot is it?", "Very."),
    ]


def test_a_list_of_questions_may_begin_with_another_item():
    page = "# Kilns\n\n- A note\n- How hot is it?\n\n  Very.\n- Is it big?\n\n  No.\n"
    assert pairs(page) == [("How hot is it?", "Very."), ("Is it big?", "No.")]
    assert left(page) == [(3, "A note")]


def test_items_of_a_list_may_be_headings():
    """As collections of questions for interviews have them, without a question mark, below a note on the page."""
    top = "**[Back to top](#table-of-contents)**"
    page = (
        "# Pottery Interview Questions\n\n## Disclaimer\n\nNo warranty.\n\n### Table of Contents\n\n"
        f"- [What is clay](#what-is-clay)\n\n1. ### What is clay\n\n   Earth.\n\n   {top}\n\n"
        f"2. ### What is a kiln\n\n   An oven, see [clay](#what-is-clay).\n\n   {top}\n"
    )
    assert pairs(page) == [("What is clay", "Earth."), ("What is a kiln", "An oven, see clay.")]
    assert [text for __, text in left(page)].count(top) == 2
    page = "# FAQ\n\n- ## What is clay?\n  Earth.\n\n- ## Glaze runs off\n\n  Dry it.\n\n- ## Is it hot?\n  Yes.\n"
    assert questions(page) == ["What is clay?", "Glaze runs off", "Is it hot?"]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        *[("1. ### Open it\n\n   Slowly.\n\n2. ### Close it\n\n   Fast.",) * 2],
        *[("- #1 reason: it is hot\n- #2 reason: it is big",) * 2],
        *[("```\n[top](#top)\n```",) * 2],
        ("[The firing](#firing)", "The firing"),
        ("Back to [the top](#contents).", "Back to the top."),
    ],
)
def test_other_headings_and_links_in_an_answer_stay_in_it(answer, shown):
    page = f"# Kilns\n\n## How hot is it?\n\n{answer}\n\n## Why?\n\nSo.\n"
    assert pairs(page) == [("How hot is it?", shown), ("Why?", "So.")]


@pytest.mark.parametrize("link", ["[⬆ top](#kilns--clay)", '<b><a href="#top">↥ top</a></b>', "[^](#)"])
def test_a_link_to_the_top_of_its_page_is_no_part_of_an_answer(link):
    page = f"# Kilns & Clay\n\n## How hot?\n\nVery.\n\n{link}\n\n## Why?\n\nSo.\n"
    assert pairs(page) == [("How hot?", "Very."), ("Why?", "So.")]
    assert left(page) == [(7, link)]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (
            "# How is it built?\n\nOf clay.\n\n# How is it mended?\n\n"
            "As in:\n\n[How is it built?](#how-is-it-built)\n",
            [("How is it built?", "Of clay."), ("How is it mended?", "As in:\n\nHow is it built?")],
        ),
        (
            "# Kilns\n\n## Where is the overview?\n[Overview](#overview)\n\n"
            "## What holds here?\n\n[Rules](#kilns)\n",
            [("Where is the overview?", "Overview"), ("What holds here?", "Rules")],
        ),
    ],
)
def test_a_link_to_another_answer_stays_in_an_answer(page, shown):
    """Without it, the question would get the answer below, or half of its own."""
    assert pairs(page) == shown


def test_the_terms_of_a_definition_list_may_be_questions():
    """As MkDocs, kramdown and Pandoc write them; a term beside them may state a problem, and text may follow."""
    page = (
        "# Kilns\n\nWhat is a kiln?\n\n:   An oven,\n    a hot one.\n\n    - of clay\n\n        fire()\n\n"
        "How is it fired?\n: Slowly.\n: At night.\n\n```sh\n    fire\n```\n\nThat is all.\n\n"
        "## Trouble\n\nThe kiln stays cold!\n\n:   Check:\n\n    ```sh\n    if a:\n      b\n    ```\n\n"
        "Where is the fuse?\n: Below.\n\n## Contact\n\nCall us.\n"
    )
    assert pairs(page) == [
        ("What is a kiln?", "An oven,\na hot one.\n\n- of clay\n\n    fire()"),
        ("How is it fired?", "Slowly.\nAt night.\n\n```sh\n    fire\n```\n\nThat is all."),
        ("The kiln stays cold!", "Check:\n\n```sh\nif a:\n  b\n```"),
        ("Where is the fuse?", "Below."),
    ]
    assert "Call us." in [text for __, text in left(page)]


@pytest.mark.parametrize(
    "others",
    [
        "**How hot is it?**\n\nVery.\n\n**Is it safe?**\n\nYes.",
        "**How hot is it?** Very.\n\n**Is it safe?** Yes.",
        "1. How hot is it?\n   Very.\n2. Is it safe?\n   Yes.",
        "- **How hot is it?** Very.\n- **Is it safe?** Yes.",
        "Q: How hot is it?\nA: Very.\n\nQ: Is it safe?\nA: Yes.",
        "<details><summary>How hot is it?</summary>\n\nVery.\n\n</details>\n\n**Is it safe?**\n\nYes.",
    ],
)
def test_questions_of_other_kinds_below_a_term_keep_their_answers(others):
    """One term that asks may stand on a page of other questions."""
    page = f"# Kilns\n\nWhat is a kiln?\n: An oven.\n\nIt is of clay.\n\n{others}\n"
    assert pairs(page) == [
        ("What is a kiln?", "An oven.\n\nIt is of clay."),
        ("How hot is it?", "Very."),
        ("Is it safe?", "Yes."),
    ]
    assert not left(page)


def test_a_question_in_bold_letters_in_the_answer_below_a_label_and_a_term_stays_in_it():
    page = "# Kilns\n\nWhat is a kiln?\n: An oven.\n\nQ: Is it hot?\nA: Yes.\n\n**Why?**\n\nIt burns.\n"
    assert pairs(page) == [("What is a kiln?", "An oven."), ("Is it hot?", "Yes.\n\n**Why?**\n\nIt burns.")]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("Clay\n: Earth.\n\nReady?\n: When it is dry.\n\nGlaze\n: Glass.",
         "Clay\n- Earth.\n\nReady?\n- When it is dry.\n\nGlaze\n- Glass."),
        ("    Ready?\n    : Yes.", "```\nReady?\n: Yes.\n```"),
        *[("```\nReady?\n: Yes.\n```",) * 2],
        ("It is hot,\nis it?\n: Yes.", "It is hot,\nis it?\n- Yes."),
        ("| a |\n|---|\n| Why? |\n\n: Sizes", "```\na\n----\nWhy?\n```\n\n- Sizes"),
    ],
)  # fmt: skip
def test_other_terms_and_colons_are_no_questions(answer, shown):
    page = f"# Kilns\n\n## How hot is it?\n\n{answer}\n\n## Why?\n\nSo.\n"
    assert pairs(page) == [("How hot is it?", shown), ("Why?", "So.")]


def test_answers_that_hang_below_their_label_are_no_code():
    """As in a text file: only what is indented further is code, or what looks like it."""
    text = (
        "Kilns\n=====\n\nQ:  What is a kiln, and is it\n    hot?\n\nA:  It is an oven\n    of clay.\n\n"
        "    It is hot.\n\n        fire()\n\n    # fire it\n    fire\n\n    a     b\n\n    * one\n    * two\n\n"
        "Q:\tWhy?\nA:\tIt is\n\tso.\n\n\tAlways.\n"
    )
    code = "```\nfire()\n\n# fire it\nfire\n\na     b\n```"
    assert pairs(text, "kilns.txt") == [
        ("What is a kiln, and is it hot?", f"It is an oven\nof clay.\n\nIt is hot.\n\n{code}\n\n* one\n* two"),
        ("Why?", "It is\nso.\n\nAlways."),
    ]


@pytest.mark.parametrize(
    "code",
    [
        "def f():\n    return 1\n\ndef g():\n    return 2",
        "[server]\nport = 1\n\n[client]\nport = 2",
        "for x in y:\n    print(x)\n\n    if x:\n        break\n\nelse:\n    print(1)",
        "  name = kiln\n\n  size = 2",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_all_announced_code_below_a_label_stays_one_block(code, gap):
    """Empty lines divide it, and its indentation means something."""
    hanging = code.replace("\n", "\n    ").replace("\n    \n", "\n\n")
    text = f"Q: How do I do it?\nA: You write it\n    like this:\n{gap}    {hanging}\n\n    Then wait.\n"
    answer = f"You write it\nlike this:\n\n```\n{code}\n```\n\nThen wait."
    assert pairs(text, "kilns.txt") == [("How do I do it?", answer)]


def test_lines_below_others_below_a_label_keep_their_indentation():
    """Without a colon above them, too; an item of a list is no code."""
    yaml = "kiln:\n  size: 2\n  heat: 3"
    text = "Q: Where is it?\nA: It is in the\n    file.\n\n    " + yaml.replace("\n", "\n    ")
    text += "\n\n    a) one that\n       goes on\n"
    answer = f"It is in the\nfile.\n\n```\n{yaml}\n```\n\na) one that\ngoes on"
    assert pairs(text, "kilns.txt") == [("Where is it?", answer)]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("A kiln.\n\n    fire()", "A kiln.\n\n```\nfire()\n```"),
        ("Run:\n    fire()\n\n    wait()", "Run:\nfire()\n\n```\nwait()\n```"),
        ("Run\n    this:\n\n    fire(1)\n\n    Wait.", "Run\nthis:\n\n```\nfire(1)\n```\n\nWait."),
        *[("So:\n\n```\n    a\n    b\n\n\tc\n```",) * 2],
    ],
)
def test_code_below_a_label_stays_code(answer, shown):
    page = f"**Q:** What is a kiln?\n\n**A:** {answer}\n\n**Q:** Why?\n\n**A:** So.\n"
    assert pairs(page) == [("What is a kiln?", shown), ("Why?", "So.")]


def test_an_answer_can_be_the_only_item_of_a_list():
    page = "**Pregunta 1:** ¿Qué es?\n- **A:** Un horno.\n\n**Pregunta 2:** ¿Por qué?\n- **A:** Por eso.\n"
    assert pairs(page) == [("¿Qué es?", "Un horno."), ("¿Por qué?", "Por eso.")]


def test_a_list_of_questions_has_long_ones_and_problems():
    """A question over two lines, and an item that states a problem, as in a numbered text."""
    page = (
        "1. Where is it?\n\n   Here.\n\n2. May we use the kiln at\n   night?\n\n   Yes.\n\n"
        "3. The kiln stays cold.\n\n   Check the fuse.\n\n4. Is it hot?\n\n   Very.\n"
    )
    assert questions(page) == [
        "Where is it?",
        "May we use the kiln at night?",
        "The kiln stays cold.",
        "Is it hot?",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "**Q. The kiln stays cold.**\nCheck the fuse.\n\n**Q. Is it hot?**\nVery.\n",
        "#### F: The kiln stays cold.\n\nCheck the fuse.\n\n#### F: Is it hot?\n\nVery.\n\n"
        "#### F: Is it big?\n\nNo.\n",
    ],
)
def test_a_letter_in_front_of_questions_is_no_part_of_them(page):
    """Even if no answer has one."""
    assert ("Is it hot?", "Very.") in pairs(page)
    assert ("The kiln stays cold.", "Check the fuse.") in pairs(page)


def test_components_and_tabs_of_a_site_become_text():
    """Boxes, steps and tabs of Docusaurus, Mintlify and mkdocs; what they hold moves to the left."""
    page = (
        '## How do I fire?\n\n<Note>Be careful.</Note>\n\n<Tabs>\n  <TabItem value="a" label="Gas">\n'
        "  ```sh\n  fire\n    --slow\n  ```\n  </TabItem>\n</Tabs>\n\n"
        '<Steps>\n  <Step title="Open it">\n    Turn left.\n  </Step>\n</Steps>\n\n'
        '<Card title="More" href="/more" />\n'
        '\n=== "By hand"\n\n    Pull.\n\n`<Tab>` is a key, as is List<Tab>.\n\n## Why?\n\nSo.\n'
    )
    assert pairs(page)[0][1] == (
        "> **Note**\n> Be careful.\n\n**Gas**\n```sh\nfire\n  --slow\n```\n\n"
        "**Open it**\nTurn left.\n\n**More**\n\n"
        "**By hand**\n\nPull.\n\n`<Tab>` is a key, as is List<Tab>."
    )
    assert "/more" in [text for __, text in left(page)]


def test_a_box_around_a_picture_is_no_answer_without_it():
    """Its title says what the picture shows."""
    page = "## Why?\n\n:::note The kiln\n![It](kiln.png)\n:::\n\n## How?\n\nSo.\n\n!!! tip\n    ![It](kiln.png)\n"
    assert pairs(page) == [("How?", "So.")]
    page = page.replace("## How?", "It is.\n\n## How?")
    (lesson,) = read_lessons(page, "kilns.md", has_picture=lambda path: True).lessons
    assert [(each.answer, each.image and each.image.caption) for each in lesson.entries] == [
        ("It is.", "The kiln"),
        ("So.", ""),
    ]


def test_a_box_around_a_picture_that_is_there_is_an_answer_with_its_title():
    """The two say enough; without the picture, the title says nothing."""
    page = "## Why?\n\n:::note The kiln\n\n![It](kiln.png)\n\n:::\n\n## How?\n\n!!! tip\n    ![It](kiln.png)\n"
    written = read_lessons(page, "kilns.md", has_picture=lambda path: True)
    (entry,) = written.lessons[0].entries
    assert (entry.question, entry.answer) == ("Why?", "The kiln")
    assert entry.image == Picture(file="images/kiln.png", alt="It")
    assert [each.line for each in written.unplaced] == [9, 12]  # without a title, there are no words


def test_options_of_directives_lose_no_text():
    """Sphinx's code has options that docutils does not know, and extensions have questions as directives."""
    page = (
        "FAQ\n===\n\nHow do I fire a kiln that is large?\n-----------------------\n\n.. code-block:: python\n"
        "   :emphasize-lines: 1\n   :caption: fire.py\n\n   fire()\n\n"
        ".. faq:: Is it hot?\n   :id: hot\n\n   Very.\n"
    )
    assert pairs(page, "faq.rst") == [
        ("How do I fire a kiln that is large?", "**fire.py**\n\n```python\nfire()\n```"),
        ("Is it hot?", "Very."),
    ]
    assert [text for __, text in left(page, "faq.rst")] == [":emphasize-lines: 1", ":id: hot"]
    assert questions(page, "faq.rst.txt") == questions(page, "faq.rst")


def test_the_title_of_a_bots_tag_is_its_question(tmp_path):
    """Even if its text asks more."""
    (tmp_path / "kiln.md").write_text(
        '---\nembed:\n  title: "Fire with care"\n---\nSlowly.\n\n**Why?**\nIt cracks.\n', encoding="utf-8"
    )
    (made,) = import_files([tmp_path], tmp_path / "lessons", tmp_path / "lessons").made
    (entry,) = made.lesson.entries
    assert (entry.question, entry.answer) == ("Fire with care", "Slowly.\n\n**Why?**\nIt cracks.")


def test_fields_of_hugo_in_front_of_a_page_are_read():
    page = '+++\ntitle = "Kilns"\nweight = 3\n+++\n\n## How hot?\n\nVery.\n'
    assert read(page, "a.md").lessons[0].lesson == "Kilns"
    assert left(page) == [(3, "weight = 3")]


def test_data_of_bots_and_sites():
    """Words that trigger a message; a category as the topic of a vague question, a number, and HTML."""
    bot = "- triggers: [kiln, oven]\n  message: It is hot.\n"
    (entry,) = entries(bot, "bot.yml")
    assert (entry.question, entry.phrasings, entry.answer) == ("kiln", ("oven",), "It is hot.")
    site = '[{"question": "2. What is it?", "category": "Kiln", "answer": "<p>A</p> <p>B<br> C</p>"}]'
    assert pairs(site, "site.json") == [("Kiln: What is it?", "A\n\nB\nC")]
    with pytest.raises(NotesError):
        read('[{"name": "Ann", "message": "Hello"}]', "chat.json")


def test_numbered_questions_of_a_plain_text():
    """Below a list of contents; with a question over two lines, and a problem. A line of tildes is no fence."""
    asked = [
        "1.1\tWhere is the kiln?",
        "1.2\tMay we use the kiln at night, and for how\n\tlong?",
        "1.3\tBroken pots",
    ]
    body = "".join(f"{each}\n\n\tText {n}.\n\n\tMore.\n\n" for n, each in enumerate(asked))
    page = "Kilns\n~~~~~\n\n" + "\n".join(asked) + "\n\n" + body
    assert pairs(page, "kilns.txt") == [
        ("Where is the kiln?", "Text 0.\n\nMore."),
        ("May we use the kiln at night, and for how long?", "Text 1.\n\nMore."),
        ("Broken pots", "Text 2.\n\nMore."),
    ]


def test_the_refusal_of_a_plain_text_says_how_much_it_asks():
    prose = "Kilns are hot.\n\n" * 40
    with pytest.raises(NotesError, match="It has 2 lines that end in '\\?'"):
        read(f"{prose}Why?\n\nHow is that?\n\n".replace("Why?", "Why so?"), "text.txt")


def test_a_line_with_a_question_mark_in_a_table_is_no_flashcard():
    with pytest.raises(NotesError):
        read("Signs\n\n   [0-9]  digit\n   +      more\n   ?\n   |      or\n", "signs.txt")


def test_the_report_shows_code_in_a_link():
    assert "[`kiln.json`](/kiln)" in [text for __, text in left("## Why?\n\nSee [`kiln.json`](/kiln).\n")]


def test_a_page_of_one_question_keeps_its_labels(tmp_path):
    """`Solution 1:` belongs to a scenario, and there is none; the page's fields may be in quotes."""
    (tmp_path / "a.md").write_text(
        '---\n"question": "The kiln stays cold"\n---\nI tried.\n\nSolution 1: Wait.\n\nSolution 2:\n\nCall us.\n',
        encoding="utf-8",
    )
    (made,) = import_files([tmp_path], tmp_path / "lessons", tmp_path / "lessons").made
    (entry,) = made.lesson.entries
    assert entry.question == "The kiln stays cold"
    assert entry.answer == "I tried.\n\nSolution 1: Wait.\n\nSolution 2:\n\nCall us."


def test_short_codes_alone_on_a_line_are_named_and_not_shown():
    page = "## Why?\n\nSo.\n\n{{< /page-section >}}\n\n## How hot?\n\nVery, see {{< ref kiln >}}.\n"
    assert pairs(page) == [("Why?", "So."), ("How hot?", "Very, see {{< ref kiln >}}.")]
    assert left(page) == [(5, "{{< /page-section >}}"), (9, "{{< ref kiln >}}")]


def test_the_tags_of_a_bot_are_entries_by_their_names():
    """As those of large servers, in TOML; other files of a project are none."""
    tags = (
        '[kiln-cold]\nkeywords = ["fuse", "cold"]\ncontent = """\nCheck the "fuse".\n"""\n\n'
        '[glaze]\nkeywords = ["runs"]\ncontent = "Use less."\nhoisted = true\n'
    )
    cold, glaze = entries(tags, "tags.toml")
    assert (cold.id, cold.question, cold.phrasings) == ("kiln-cold", "kiln cold", ("fuse", "cold"))
    assert (cold.answer, glaze.answer) == ('Check the "fuse".', "Use less.")
    assert left(tags, "tags.toml") == [(10, "true")]
    for text, file in (
        ('[project]\nname = "kiln"\ndescription = "Fires."\n', "pyproject.toml"),
        ('{"name": "kiln", "description": "Fires."}', "package.json"),
        ("[project\n", "broken.toml"),
    ):
        with pytest.raises(NotesError):
            read(text, file)
    assert pairs('[{"name": "Kiln", "description": "Fires."}, {"name": "Clay", "description": "Mud."}]', "a.json")


def test_what_a_quiz_says_about_its_answer_belongs_to_the_answer():
    quiz = '[{"question": "What is hot?", "correctAnswer": "The kiln", "explanation": "It fires."}]'
    assert pairs(quiz, "quiz.json") == [("What is hot?", "The kiln\n\nIt fires.")]


@pytest.mark.parametrize(
    "page",
    [
        ":::faq\n### Why?\n\nSo.\n\n### How hot?\n\nVery.\n:::\n",
        ":::faq\nQ: Why?\nA: So.\nQ: How hot?\nA: Very.\n:::\n",
        '{{% faq "Why?" %}}\nSo.\n{{% /faq %}}\n\n{{% faq "How hot?" %}}\nVery.\n{{% /faq %}}\n',
        '{{< faq >}}\n  {{% faq-item question="Why?" %}}\n  So.\n  {{% /faq-item %}}\n'
        '  {{% faq-item question="How hot?" %}} Very. {{% /faq-item %}}\n{{< /faq >}}\n',
        '{{% faq_question "Why?" %}}\n\nSo.\n\n{{% faq_question "How hot?" %}}\n\nVery.\n\n## Links\n\nOurs.\n',
    ],
)
def test_boxes_and_short_codes_of_a_site_hold_questions(page):
    assert pairs(page) == [("Why?", "So."), ("How hot?", "Very.")]


def test_tabs_of_gitbook_have_titles():
    code = '```\n{% tab title="a" %}\n```'
    page = f'## Why?\n\n{{% tabs %}}\n{{% tab title="Gas" %}}\nSo.\n{{% endtab %}}\n{{% endtabs %}}\n\n{code}\n'
    assert pairs(page)[0][1] == f"**Gas**\nSo.\n\n{code}"


def test_numbers_in_bold_letters_and_escaped_are_no_part_of_a_question():
    """As Google Docs writes headings."""
    page = "## **1\\. Why?** {#why}\n\nSo.\n\n## 2\\. How?\n\nThus.\n\n## **3.11 or 3.12?**\n\nBoth.\n"
    assert questions(page) == ["Why?", "How?", "3.11 or 3.12?"]


def test_a_replacement_of_another_file_is_named():
    page = "Why?\n====\n\nA |kiln_link|_ is hot.\n\nHow?\n====\n\nSo.\n"
    assert pairs(page, "a.rst")[0] == ("Why?", "A kiln link is hot.")
    assert left(page, "a.rst") == [(4, "|kiln_link|_")]


def test_a_section_of_problems_has_entries_on_any_page():
    page = (
        "# Setting up\n\n## Start it now\n\nRun it.\n\n### On a Mac only\n\nGo.\n\n### On kilns only\n\nPull.\n\n"
        "## Fehlerbehebung\n\n### Der Ofen bleibt kalt\n\nNeue Sicherung.\n\n"
        "### Error: port 80 is used\n\nUse 81.\n"
    )
    assert questions(page, "setup.md") == ["Der Ofen bleibt kalt", "Error: port 80 is used"]


def test_the_link_component_of_a_site_is_a_link():
    page = '## Why?\n\nSee <Link className="x" to="https://example.com/a">our page</Link>.\n'
    assert pairs(page) == [("Why?", "See [our page](https://example.com/a).")]


def test_icons_of_a_site_are_named_and_not_shown():
    page = (
        "## Why?\n\nSee [here :octicons-link-external-24:](https://example.com), `:material-check:` and :smile:.\n"
    )
    assert pairs(page) == [("Why?", "See [here](https://example.com), `:material-check:` and :smile:.")]
    assert left(page) == [(3, ":octicons-link-external-24:")]
