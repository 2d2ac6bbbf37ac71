"""Links in published lessons lead only to the web."""

from __future__ import annotations

import pytest

from bot.errors import LessonError
from bot.lessons.document import read_document
from bot.lessons.lesson import Lesson
from bot.lessons.markdown.hyperlinks import wrong_link
from bot.lessons.yaml_text import to_yaml
from tests.support.growth import seconds


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:1)",
        "[x]( <data:text/html,x>)",
        "[x](java&#10;script:1)",
        "[x](java\nscript:1)",
        "[x](\u200bjavascript:1)",
        "[x](java\\script:1)",
        "[x](javascript&colon;1)",
        "![x](data:image/png;base64,AA)",
        "[x](file:///etc/passwd)",
        "[x](ftp://x)",
        "[x](vbscript:1)",
        "[x](tel:1)",
        "[x](discord://x)",
        "<file:///etc/passwd>",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "<ftp://x>",
        "\\`[x](javascript:1)`",
        "``[x](javascript:1)`",
        "`a` [x](javascript:1) `b`",
        "[a](https://a) and [x](javascript:1)",
        "[x](mailto:a@example.org)",
        "[x](MAILTO:a@example.org)",
        "[x](java&#115;cript:1)",
        "[x](\\javascript:1)",
        "[x](&#x6A;avascript&#58;1)",
        "[x](\u2060java\u00adscript:1)",
        "[x](\x01javascript:1)",
        "[x](java\tscript:1)",
        "[x](discord:/x)",
        "[x][1]\n\n[1]: javascript:1",
        "[x][1]\n\n  [1]: <mailto:a@example.org> 'title'",
        "<mailto:a@example.org>",
        "<MailTo:a@example.org>",
        "<tel:+4912345>",
        "<sms:+4912345>",
        "<steam:/run>",
        "<discord://-/settings>",
        "discord://-/settings",
        "Look at DISCORD://-/settings.",
        "steam://run/1",
        "write to <me@example.org>",
        "call <+49 (123) 45-6>",
        "> a ` b\n[x](javascript:1) `",
        "# a ` b\n[x](javascript:1) `",
        "> ```\n[x](javascript:1)\n> ```",
    ],
)
def test_a_link_of_another_scheme_is_found(text):
    """However it is written."""
    assert wrong_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://example.org/a:b)",
        "[x](http://example.org 'title: x')",
        "<https://example.org>",
        "<HTTPS://EXAMPLE.ORG>",
        "write to me@example.org, or mailto:me@example.org",
        "`<me@example.org>` and `[x](mailto:me@example.org)`",
        "ssh <user@host>, <@123>, <@!123>, <@&123>, a <+ b",
        "[note]: it is: here",
        "- Like this:\n  ```\n  discord://x\n  ```",
        "[x](images/a.png)",
        "[x](#below)",
        "`[x](file:///a)`",
        "``a ` [x](file:///a)``",
        "```\n[x](file://a)\n<file://x>\n```",
        "pip install file:///home/me/wheel.whl",
        f"[a](&#{'9' * 5_000};)",
        "javascript: is a scheme",
        "<t:1700000000:R> <id:guide> <a:wave:1> <:wave:1> </ask:1> <@1>",
        "dict<str:int> and a < b: c",
        "items[0](x)",
    ],
)
def test_what_harms_nobody_stays(text):
    """Code, Discord's own markup and plain text are no links."""
    assert wrong_link(text) is None


LINK = "[x](javascript:1)"


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (f"lesson: '{LINK}'", "lesson"),
        (f"entries: [{{id: a, question: '{LINK}', answer: A}}]", "entries[0].question"),
        (f"entries: [{{id: a, question: Q, phrasings: ['{LINK}'], answer: A}}]", "entries[0].phrasings"),
        (f"entries: [{{id: a, question: Q, answer: '{LINK}'}}]", "entries[0].answer"),
        (
            f"entries: [{{id: a, question: Q, answer: A, image: {{file: a, caption: '{LINK}'}}}}]",
            "entries[0].image.caption",
        ),
        (
            f"scenarios: [{{id: s, title: T, story: '{LINK}', solutions: [{{id: x, title: X, plan: P}}]}}]",
            "scenarios[0].story",
        ),
        (
            f"scenarios: [{{id: s, title: T, story: S, solutions: [{{id: x, title: X, plan: '{LINK}'}}]}}]",
            "scenarios[0].solutions[0].plan",
        ),
        (
            "scenarios: [{id: s, title: T, story: S, solutions: [{id: x, title: X, plan: P}], check: "
            f"{{question: Q, options: [{{text: a, correct: true}}, {{text: b, feedback: '{LINK}'}}]}}}}]",
            "scenarios[0].check.options[1].feedback",
        ),
    ],
)
def test_every_text_of_a_lesson_is_looked_at(line, where):
    """A wrong link is an error at its line, before members can see it."""
    text = line if line.startswith("lesson") else f"lesson: A\n{line}"
    with pytest.raises(LessonError) as caught:
        read_document("a.yaml", text.encode())
    (problem,) = caught.value.problems
    assert (problem.where, problem.what) == (
        where,
        "a link must start with http or https, not 'javascript:'",
    )


def test_a_harmless_lesson_comes_through_unchanged():
    """The check changes no text."""
    lesson = Lesson(lesson="[a](https://b)", course="`[x](file:a)`")
    assert read_document("a.yaml", to_yaml(lesson).encode()).lesson == lesson


@pytest.mark.parametrize(
    "text",
    [
        "`" * 9000 + ":](",
        "](:" * 3000,
        "<" * 9000 + ":",
        "".join("`" * n + "a" for n in range(1, 130)) + "](:",
        "](" + " " * 9000 + ":",
        "<" + "a" * 8990 + ":",
        "<aa" * 3000 + ":",
        ("<" + " " * 30) * 300 + ":",
        "&#" * 4000 + ":](",
        "[x]:" + "a" * 8990 + " b",
        "[x]:a" + "(" * 8990 + "\n",
        "[" * 9000 + "]:",
        "[a]:\n" * 2000,
        "<a@" + "a." * 4500,
        "<a" * 4000 + "@",
        "<+" + "1" * 9000,
        "```\n" * 2200 + "](",
        "discord:/" * 1000,
        ("`" * 3 + "\n") * 2000 + "`](",
    ],
)
def test_no_text_takes_long(text):
    """A moderator cannot block the bot with special characters."""
    assert seconds(lambda: wrong_link(text), 3) < 0.5
