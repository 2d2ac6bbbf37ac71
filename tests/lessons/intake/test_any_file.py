"""Any file is read in short time, without a traceback, and every word of it is used or reported."""

from __future__ import annotations

import contextlib
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotesError
from bot.lessons.intake.decoding import decode_source
from bot.lessons.intake.question_text import plain_question
from bot.lessons.yaml_text import to_yaml
from tests.lessons.intake.reading_files import read_lessons, strings
from tests.support.examples import examples
from tests.support.growth import assert_linear

# Words of markup that are not content: labels, tags, kinds of columns and boxes.
MARKUP = frozenset(
    """
    tab tabs link code block py caption troubleshooting solution
    question answer q a details summary br b kbd div p faq title note tip frage antwort front back separator html
    true sub li ul td tr table rst dropdown list intents tag patterns responses mermaid accordion aliases
    """.split()
)


def lost(text: str, file: str) -> list[str]:
    """The words of a file that are neither in its lessons nor reported."""
    try:
        written = read_lessons(text, file, has_picture=lambda path: False)
    except NotesError:
        return []
    said = [each.text for each in written.unplaced]
    for lesson in written.lessons:
        said += strings(lesson.model_dump())
        assert to_yaml(lesson)
    whole = " ".join(said).casefold()
    words = re.findall(r"[a-z]{2,}\d+", text.casefold())
    return [word for word in words if word not in whole and word not in MARKUP]


WORDS = st.integers(10, 99).map(lambda n: f"wo{n}")
PIECES = [
    *(
        "## ",
        "### ",
        "# ",
        "#### 1. ",
        "**",
        "Q: ",
        "A: ",
        "Q. ",
        "A. ",
        "- ",
        "1. ",
        "* ",
        "> ",
        "|",
        "\n",
        "\n\n",
    ),
    *(
        "<details><summary>",
        "</summary>",
        "</details>",
        "<b>",
        "</b>",
        "```\n",
        "```py\n",
        "~~~\n",
        "    ",
        "?",
        ":",
    ),
    *('!!! note "', '??? question "', '"\n', ":::tip ", ":::\n", "?\n", " :: ", "<!-- ", " -->", "[^1]", "[^1]: "),
    *("[x]: ", "[", "](", ")", "![", "---\n", "===\n", "Frage: ", "Antwort: ", '<Accordion title="', '">', "$"),
    *("</Accordion>", " {#", "}", "&amp;", "<br>", "| a | b |\n|---|---|\n", "[[", "]]", "- [ ] ", ".. note:: "),
    *("| Question | Answer |\n|---|---|\n| ", "::\n\n    ", ":ref:`", "`", "``", "<kbd>", "</kbd>", '<a href="'),
    *(
        "<p>",
        "\n\nwhat?\n",
        "{% ",
        " %}",
        "> [!NOTE]\n",
        "#flashcards\n",
        "%%",
        "%%\n",
        "[details=",
        "[/details]",
        "[spoiler]",
        '[quote="a, b"]\n',
        "[/quote]\n",
        "```{note}\n",
        "<Badge>",
        "</Badge>",
        "[TOC]\n",
    ),
    *("<Tabs>\n", "</Tabs>\n", '<Tab title="', "</Tab>", "<Note>", "</Note>", '=== "', "    ", "~~~~~\n", "+++\n"),
    *(
        '{{% faq "',
        '" %}}\n',
        "{{% /faq %}}",
        '{% tab title="',
        "{{< ",
        " >}}",
        ":::faq\n",
        "1.1\t",
        "F: ",
        "<h3>",
        "</h3>",
    ),
    *(
        "<hr>\n",
        '<Link to="',
        "</Link>",
        "**1\\. ",
        " = ",
        "# FAQ\n",
        "## Troubleshooting\n",
        "Solution 1: ",
        ".. faq:: ",
    ),
    *(".. code-block:: py\n   :caption: ", "|_", "==", "~", "^", "<hr>", "*[wo98]: ", "\n: ", "**Q: ", "**\n"),
]
PAGES = st.lists(st.sampled_from(PIECES) | WORDS, max_size=40).map("".join)


@settings(deadline=None, max_examples=examples(300))
@given(PAGES | st.text())
def test_no_word_of_a_page_vanishes(text):
    """Every word of a Markdown page is in a lesson, or reported."""
    assert not lost("# Page\n\nQ: why\n\nA: so\n\n" + text, "faq.md")
    assert not lost(text, "faq.md")


@settings(deadline=None, max_examples=examples(60))
@given(PAGES)
def test_no_word_of_restructured_text_vanishes(text):
    """Every word of reStructuredText is in a lesson, or reported."""
    assert not lost("Page\n====\n\nWhy?\n----\n\nSo.\n\n" + text, "faq.rst")


KEYS = st.sampled_from(
    [
        "question",
        "answer",
        "title",
        "tag",
        "patterns",
        "responses",
        "aliases",
        "items",
        "id",
        "intents",
        "a?",
        "text",
        "trainingPhrases",
        "content",
        "keywords",
        "explanation",
        "category",
        "triggers",
        "message",
        "name",
        "description",
        "parts",
        "messages",
    ]
)
VALUES = st.recursive(
    WORDS | st.none() | st.integers(0, 9) | WORDS.map(lambda word: f"What {word}?"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


@settings(deadline=None, max_examples=examples(200))
@given(VALUES)
def test_no_word_of_data_vanishes(data):
    """Every word in JSON and YAML is in a lesson, or reported."""
    text = json.dumps(data)
    assert not lost(text, "faq.json")
    assert not lost(text, "faq.yaml")


@settings(deadline=None, max_examples=examples(200))
@given(
    st.sampled_from(["question,answer,x\n", "front\tback\n", "#separator:tab\n", "q;a;aliases;category\n", ""]),
    st.lists(st.sampled_from([",", ";", "\t", "\n", '"', "<br>", "?"]) | WORDS, max_size=40).map("".join),
)
def test_no_word_of_a_sheet_vanishes(head, rows):
    """Every word of a sheet is in a lesson, or reported."""
    assert not lost(head + rows, "faq.csv")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    """Any bytes become lessons or one clear error."""
    with contextlib.suppress(NotesError):
        text, _ = decode_source(content)
        lost(text, "faq.md")


@pytest.mark.parametrize(
    ("content", "text", "said"),
    [
        ("Gr\u00f6\u00dfe".encode("cp1252"), "Gr\u00f6\u00dfe", ["cp1252"]),
        ("\ufeffGr\u00f6\u00dfe".encode(), "Gr\u00f6\u00dfe", []),
        ("Gr\u00f6\u00dfe".encode("utf-16"), "Gr\u00f6\u00dfe", ["utf-16"]),
        (b"a\x0bb\r\nc", "a b\nc", ["U+000B"]),
        (
            "\u041a\u0430\u043a \u0437\u0430\u043f\u0443\u0441\u0442\u0438\u0442\u044c "
            "\u043f\u0435\u0447\u044c? ".encode("cp1251")
            * 20,
            None,
            ["cp1251"],
        ),
    ],
)
def test_other_encodings_are_read_and_said(content, text, said):
    """Files of Excel and Windows in other encodings are read, and the encoding is reported."""
    found, unplaced = decode_source(content)
    assert text is None or found == text
    assert [each.text for each in unplaced] == said


LONG = "9" * 5_000


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (f'[{{"question": "What is a kiln?", "answer": "An oven.", "n": {LONG}}}]', "faq.json"),
        (f'{{"question": "What is a kiln?", "answer": "An oven.", "n": -{LONG}}}\n', "faq.jsonl"),
        (f'[{{"question": "What is a kiln?", "answer": "An oven.", "n": {LONG}.5e{LONG}}}]', "faq.json"),
        (
            f'{{"intents": [{{"patterns": ["What is a kiln?", {LONG}], "responses": ["An oven."]}}]}}',
            "intents.json",
        ),
        (f"#separator:tab\n#deck column:{LONG}\nWhat is a kiln?\tAn oven.\n", "faq.txt"),
        (f"question,answer,phrasings\nWhat is a kiln?,An oven.,&#{LONG};\n", "faq.csv"),
        (f"+++\nweight = {LONG}\n+++\n\n## What is a kiln?\n\nAn oven.\n", "faq.md"),
        (f"## What is a kiln?\n\nAn oven.\n\n## What is &#{LONG};?\n\nNothing.\n", "faq.md"),
        (f"## What is a kiln?\n\nAn oven.\n\n<pre>&#{LONG};</pre>\n", "faq.md"),
        (f"## What is a kiln?\n\nAn [oven](&#{LONG};).\n", "faq.md"),
        (f"What is a kiln?\n===============\n\nAn oven.\n\n{LONG}?\n=====\n\n{LONG}. a\n", "faq.rst"),
    ],
)
def test_a_number_of_thousands_of_digits_costs_no_other_question(text, file):
    """Python does not convert such a number."""
    written = read_lessons(text, file, has_picture=lambda path: False)
    assert "What is a kiln?" in [entry.question for lesson in written.lessons for entry in lesson.entries]


HOSTILE = [
    *("a?\n\nb\n\n", "a?\nb\n\n"),
    *("- a\n", "> a\n", "# a?\n", "a\n", "[", "![", "`", "**", "<b>", "<details><summary>a?</summary>", "<!--"),
    *(
        "<!-- a -->",
        "|a|b|\n",
        "a|b\n-|-\n",
        "Q: a\nA: b\n\n",
        "    a\n\n",
        "```\n",
        "[^1]",
        "[a]: b\n",
        "$a^",
        "&",
    ),
    *("a :: b?\n", "?\n", '!!! a "b"\n', "::: a\n", "\\", '<a href="', "1. a?\n", "- Q: a\n", "{", "\t", "(((("),
    *("a?\n?\nb\n\n", "<pre>\n", "$$\n", "%%\n", " %% a %%", "---\n\n", "a\n: b\n", "==a", "a^", "[details=a]"),
    *('<Accordion title="a" b="', "<Accordion title='a' ", '<Accordion title="a" "', '" a'),
    *("*[a]: b\n", "**Q: a?**\nb\n", "## a?\n\n<p><pre>b</pre>\n", "<p><pre>", ":a:"),
    *(
        "<Tab>\n",
        '<Tab "',
        "<Tab a={",
        '=== "a"\n',
        '{{% faq "a" ',
        '{{% faq "a" %}}\n',
        "<b>Q: a?</b>",
        "1.1\ta?\n\n",
    ),
    *("<details><summary>", "<summary>", "**a** `b` ", '<Link to="a', ":material-a", "## a b c\n\nd\n\n"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_takes_about_twice_the_time(piece):
    """The time to read a file is proportional to its length."""

    def read(size: int) -> None:
        plain_question.cache_clear()  # it would know the text from the measurement before
        with contextlib.suppress(NotesError):
            read_lessons(piece * (size // len(piece)), "faq.md", has_picture=lambda path: False)

    assert_linear(read, 8_000)


def test_an_open_tag_with_many_addresses_takes_time_in_proportion_to_them():
    """It can begin a link to the top of its page."""

    def read(size: int) -> None:
        page = "<a " + "href='#' " * size + "\n\n## a?\n\nb\n"
        read_lessons(page, "faq.md", has_picture=lambda path: False)

    assert_linear(read, 10_000)
