"""Reviewers are warned about what a text hides."""

from __future__ import annotations

import pytest

from bot.curating.diff import difference, words_between
from bot.lessons.advice import lesson_advice
from bot.lessons.document import read_document
from bot.lessons.lesson import Entry
from bot.lessons.misleading import misleading

LEADS_ELSEWHERE = "shows the address https://a.example, but the link leads to https://b.example"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[https://a.example](https://b.example)", [LEADS_ELSEWHERE]),
        ("[https://a.example](<https://b.example> 'x')", [LEADS_ELSEWHERE]),
        (
            "[docs.python.org](https://b.example)",
            ["shows the address docs.python.org, but the link leads to https://b.example"],
        ),
        ("[www.a.de](http://b.de)", ["shows the address www.a.de, but the link leads to http://b.de"]),
        (
            "[python.org](https://python.org.b.example)",
            ["shows the address python.org, but the link leads to https://python.org.b.example"],
        ),
        (
            "[https://a.example](https://a.example@b.example)",
            ["shows the address https://a.example, but the link leads to https://a.example@b.example"],
        ),
        ("see </ask:123>", ["contains a link to the command /ask:123; check that it is the right one"]),
        ("so\u00adft and \u200e", ["contains invisible characters: U+00AD, U+200E"]),
        ("[https://www.a.example/x](https://A.example/y)", []),
        ("[setup.py](https://github.com/a/b/setup.py)", []),
        ("[the page](https://b.example)", []),
        ("`[https://a.example](https://b.example)` and `</ask:123>`", []),
        ("[x](https://[b)", []),
        ("می‌شود 👩\u200d💻", []),
    ],
)
def test_what_a_text_does_not_show_is_said(text, said):
    """Links that show another address, commands, invisible characters; harmless texts get no warning."""
    assert list(misleading(text)) == said


def test_the_check_names_the_line():
    """For every text of a lesson, including aliases and pictures."""
    document = read_document(
        "a.yaml",
        b"""\
lesson: L
aliases:
  so: ["so\\u00adft"]
entries:
- id: a
  question: Why?
  phrasings: [how come, "see </ask:1>"]
  answer: |
    [https://a.example](https://b.example)
  image: {file: a.png, alt: "so\\u00adft"}
""",
    )
    assert [(each.line, each.where) for each in lesson_advice([document])] == [
        (3, "aliases.so[0]"),
        (7, "entries[0].phrasings[1]"),
        (8, "entries[0].answer"),
        (8, "entries[0].answer"),  # Discord shows it as it is typed, too
        (10, "entries[0].image.alt"),
    ]


def test_a_moderator_is_warned_before_publishing():
    """Warnings come first, as a long list is cut; old ones are not repeated."""
    link = "[https://a.example](https://b.example)"
    before = Entry(id="a", question="Why?", answer=f"{link}\n1")
    after = Entry(id="a", question="Why?", answer=f"{link}\nso\u00adft", phrasings=("so\u00adft",))
    assert words_between(before, after) == (
        "1 phrasing added: so\\xadft",
        "the answer: 1 line changed",
        "⚠ the phrasings: contains invisible characters: U+00AD",
        "⚠ the answer: contains invisible characters: U+00AD",
    )
    assert words_between(None, before) == ("new entry: Why?", f"⚠ the answer: {LEADS_ELSEWHERE}")
    text = "lesson: L\nentries:\n- id: a\n  question: Why?\n  answer: {}\n"
    found = difference({"a.yaml": (text.format("So."), text.format(f"so\u00adft {link}"))})
    assert [line[:2] for line in found.words] == ["⚠ ", "⚠ ", "th"]
    assert "so\\xadft" in found.yaml()
