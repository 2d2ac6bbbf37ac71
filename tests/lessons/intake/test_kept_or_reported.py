"""What Discord has no form for is kept in the answer in another form, or reported: nothing is lost in silence."""

from __future__ import annotations

import pytest

from tests.lessons.intake.reading_files import left, pairs

RULE = "\u2500" * 3
NEXT = "\n\n## Can I open it hot?\n\nNo.\n"


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("Hot.\n\n---\n\nWait.", f"Hot.\n\n{RULE}\n\nWait."),
        ("Hot.\n\n***\n\n### Then\n\n- - -\n\nWait.", f"Hot.\n\n{RULE}\n\n### Then\n\n{RULE}\n\nWait."),
        ("Hot is it.\n---\n\nWait.", f"Hot is it.\n{RULE}\n\nWait."),
        ("Hot.\n<hr>\nWait.", f"Hot.\n\n{RULE}\n\nWait."),
        # Between two questions, and in front of an answer, a rule divides the page.
        ("---\n\nHot.\n\n---", "Hot."),
        ("Kiln\n: An oven.", "Kiln\n- An oven."),
        ("> a\n> > b", "> a\n> > b"),
        ("Hot.[^1]\n\n[^1]: One\n    two.\n\n    Three.\n\nWait.", "Hot. (1)\n\nWait.\n\n(1) One\ntwo.\n\nThree."),
        (
            "Hot.[^1]\n\n[^1]: So:\n\n    ```py\n    if x:\n        y\n    ```\n\nWait.",
            "Hot. (1)\n\nWait.\n\n(1) So:\n\n```py\nif x:\n    y\n```",
        ),
        ("###\n\nHot.", "Hot."),
    ],
)
def test_rules_and_terms_in_an_answer_stay_in_it(answer, shown):
    """A reader sees where the next part begins, whatever the author drew the rule with."""
    assert pairs(f"## What is a kiln?\n\n{answer}{NEXT}")[0] == ("What is a kiln?", shown)


def test_a_rule_stays_in_an_answer_with_a_label():
    """Whether the rule is in the answer or between the answer and its question."""
    page = "Q: What is a kiln?\n\n---\n\nA: Hot.\n\n---\n\nWait.\n\n---\n\nQ: Why?\nA: So.\n"
    assert pairs(page) == [("What is a kiln?", f"Hot.\n\n{RULE}\n\nWait."), ("Why?", "So.")]


@pytest.mark.parametrize(
    ("summary", "begin"),
    [
        ("Answer: hot", "hot\n\n"),
        ("Antwort (hei\u00df)", "(hei\u00df)\n\n"),
        ("Answer (click to expand)", ""),
        ("Show answer 1", ""),
    ],
)
def test_words_of_a_toggle_belong_to_its_answer(summary, begin):
    """What only says that it opens is left out."""
    page = f"## What is a kiln?\n\n<details><summary>{summary}</summary>\n\nWait.\n\n</details>{NEXT}"
    assert pairs(page)[0] == ("What is a kiln?", f"{begin}Wait.")


def test_a_page_of_one_question_keeps_its_rules():
    """The same in a folder with one file a question."""
    page = "---\naliases: [oven]\n---\n# Kilns\n\n---\n\nHot.\n\n---\n\nWait.\n"
    assert pairs(page) == [("Kilns", f"Hot.\n\n{RULE}\n\nWait.")]


@pytest.mark.parametrize(
    ("markup", "reported"),
    [
        ('[shop]: http://e.org "Our shop"\n\nSee [shop].', "Our shop"),
        ("[shop]: http://e.org\n\nSee it.", "[shop]: http://e.org"),
        ("[^1]: A note.\n\nSee it.", "[^1]: A note."),
        ("*[CRM]: A program.\n\nThe CRM.", "*[CRM]: A program."),
        ("![](kiln.png)\n\nHot.", "![](kiln.png)"),
    ],
)
def test_what_has_no_place_in_an_answer_is_reported(markup, reported):
    """Titles of links, addresses and notes that no text uses, meanings of abbreviations, missing pictures."""
    page = f"## What is a kiln?\n\n{markup}{NEXT}"
    assert reported in [text for _, text in left(page)]
    assert reported not in pairs(page)[0][1]


def test_each_field_of_the_front_matter_is_used_or_reported():
    """Also those of blogs and of other programs."""
    page = "---\ntitle: Pots\ndate: 2026-01-01\ntags: [a, b]\nseo:\n  robots: none\n---\n\n## Why?\n\nSo.\n"
    assert [text.strip() for _, text in left(page)] == ["date: 2026-01-01", "tags: [a, b]", "seo:", "robots: none"]
