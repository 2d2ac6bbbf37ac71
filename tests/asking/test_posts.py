"""What a forum post asks, and what it gets."""

from __future__ import annotations

from functools import partial

import pytest

from bot.asking.posts import agreed, detail_of, queries_in, queries_of, question_in, question_of, questions_in
from bot.dialogue.reply import Answer, Question, Suggestions, Unknown
from tests.support.growth import seconds

STORY = "I have worked on this for weeks and my boss is angry. " * 10


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ("see title", ""),
        ("See title.", ""),
        ("Title says it all", ""),
        ("as the title says, thanks", ""),
        ("question is in the title", ""),
        ("^^", ""),
        ("…", ""),
        ("", ""),
        ("siehe Titel", ""),
        ("Frage steht im Titel, danke", ""),
        ("ver título", ""),
        ("see title. I am on windows", "I am on windows"),
        ("the title of my window is wrong", "the title of my window is wrong"),
        ("on windows\n```py\nprint('venv')\n```", "on windows"),
        ("> use a venv\nwhat is `>=` in requirements?", "what is `>=` in requirements?"),
        (f"{STORY}How do I activate it on Windows? {STORY}", "How do I activate it on Windows?"),
        (STORY, ""),
        ("1. How do I bake bread?\n2. What is flour?", "How do I bake bread? What is flour?"),
    ],
)
def test_the_first_message_of_a_post_is_a_detail(body: str, detail: str):
    """ "See title" adds nothing, and of a long story only its question counts."""
    assert detail_of(body) == detail


def test_a_post_is_looked_for_by_its_title_first():
    """The detail helps where the title is not enough."""
    assert queries_of("venv", "see title") == ("venv",)
    assert queries_of("venv", "on windows") == ("venv", "venv on windows")
    assert queries_of("help", "how do i activate it?")[-1] == "how do i activate it?"


def test_of_a_long_message_its_question_is_looked_for_first():
    """A short message says by itself what it asks, and an error says it best."""
    asked = "How do I activate it on Windows?"
    assert queries_in(asked) == (asked,)
    assert queries_in(f"{asked} `venv`\nThanks!") == (f"{asked} `venv`\nThanks!",)
    assert queries_in(STORY + asked) == (asked, STORY + asked)
    block = f"{asked}\n```py\nprint('venv')\n```"
    assert queries_in(block) == (asked, block)
    error = f"{STORY}It says: No module named 'flask'. {asked}"
    assert queries_in(error) == (error, asked)
    assert queries_in(STORY) == (STORY,)
    assert queries_in("") == ("",)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("How do I bake bread?", ()),
        ("I bake. What is flour? Thanks!", ()),
        ("Two questions: what is flour? And what is yeast? Bye.", ("what is flour?", "And what is yeast?")),
    ],
)
def test_the_questions_of_a_text_are_looked_for_alone_if_there_are_several(text: str, asked: tuple[str, ...]):
    """Without what only introduces them."""
    assert questions_in(text) == asked


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("what is pipx https://paste.example/1", "what is pipx"),
        ("<https://a.example> <https://b.example>\nwhat is pipx", "what is pipx"),
        ("what is this? https://paste.example/1", "what is this?"),
        ("thanks https://a.example/cat.gif", "thanks"),
        ("how do I delete https://a.example/venv", ""),
        ("wie lösche ich https://a.example/venv", ""),
        ("cómo borro https://a.example/venv", ""),
        ("can I use it on https://a.example", ""),
        ("is https://a.example better than venv", ""),
        ("why does redis://localhost not start", ""),
        ("https://a.example", ""),
    ],
)
def test_a_link_beside_a_question_is_left_out_and_one_that_it_asks_about_is_not(text: str, first: str):
    """Without it, "how do I delete https://…" would ask for something else."""
    assert queries_in(text)[0] == (first or text)


@pytest.mark.parametrize(
    ("title", "body", "question"),
    [
        ("How do I bake bread?", "Which flour is best?", "How do I bake bread?"),
        ("help pls", "I have flour and water. How do I bake bread? Thanks!", "How do I bake bread?"),
        ("help pls", f"{STORY}How do I bake bread? {STORY}", "How do I bake bread?"),
        ("help pls", "My bread stays flat.", "My bread stays flat."),
        ("help pls", "see title", "help pls"),
        ("<@1>", "", ""),
        ("[SOLVED] How do I bake bread?", "", "How do I bake bread?"),
        ("✅ How do I bake bread? (gelöst!)", "", "How do I bake bread?"),
        ("Resuelto: How do I bake bread?", "", "How do I bake bread?"),
        ("How do I bake bread? | ☑️ done", "", "How do I bake bread?"),
        ("[Errno 2] oven: no such file (solved)", "", "[Errno 2] oven: no such file"),
        ("How is a puzzle solved", "", "How is a puzzle solved"),
        ("[SOLVED]", "", "[SOLVED]"),
        ("How do I bake bread?(Fixed!)", "", "How do I bake bread?"),
        ("Closed - How do I bake bread? – erledigt", "", "How do I bake bread?"),
        ("CSS position: fixed", "", "CSS position: fixed"),
        ("print(done)", "", "print(done)"),
        ("std::closed", "", "std::closed"),
        ("closed::state", "", "closed::state"),
        ("done(callback) is not a function", "", "done(callback) is not a function"),
        ("Is a [closed] list sorted?", "", "Is a [closed] list sorted?"),
    ],
)
def test_what_a_post_asks_is_one_line(title: str, body: str, question: str):
    """The title, or where it asks nothing, the question in the first message."""
    assert question_of(title, body, lambda text: text == "help pls") == question


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("I have flour. How do I bake bread?", None),
        (STORY, None),
        (f"{STORY}Can you help?", None),
        (
            f"{STORY}How do I bake bread? Can you help? And how much is flour?",
            "How do I bake bread? And how much is flour? I have worked on this for weeks",
        ),
        (f"{STORY}The bread is flat. How do I fix this? {STORY}", "The bread is flat. How do I fix this? I have"),
        (f"{STORY}Is bread healthy? How do I bake this? {STORY}", "Is bread healthy? How do I bake this? I have"),
        (f"{STORY}It says: No module named 'flask'. {STORY}", "No module named 'flask'. I have worked on this"),
        (
            f"{STORY}It says: No module named 'flask'. Which file is wrong?",
            "Which file is wrong? No module named 'flask'. I have worked on this",
        ),
    ],
)
def test_a_long_story_is_logged_with_what_it_asks_first(told: str, kept: str | None):
    """Moderators read what a member wants to know before how the story begins."""
    assert question_in(told, lambda text: text == "Can you help?").startswith(kept or told)


def test_an_error_in_a_code_block_is_looked_for_too():
    """The error in the block of a post counts, however long the story around it is."""
    traceback = "Traceback (most recent call last):\n  File \"a.py\", line 1\nKeyError: 'b'"
    assert queries_of("help", f"```\n{traceback}\n```") == ("help", "KeyError: 'b'")
    assert queries_of("it broke", f"```py\n{traceback}\n```\n{STORY}")[-1] == "KeyError: 'b'"


def test_two_sure_answers_become_a_choice():
    """The bot does not decide between what the title and what the detail say."""
    one, other = (Answer(each, f"{each}?", "…", "L") for each in ("a", "b"))
    some = Suggestions((Question("c", "c?"),))
    assert agreed([one, one]) == one
    assert agreed([some, other]) == other
    assert agreed([one, some]) == one
    assert agreed([one, other]) == Suggestions((Question("a", "a?"), Question("b", "b?")))
    both = Suggestions((Question("a", "a?"), Question("c", "c?")), asked_at_once=True)
    assert agreed([one, both]) == agreed([some, one, both]) == agreed([some, both]) == both
    assert agreed([other, both]) == other, "what is sure is not left out"
    assert agreed([Unknown(), some]) == some
    assert agreed([Unknown(nothing_asked=True), Unknown()]) == Unknown()
    assert agreed([Unknown(nothing_asked=True)]) == Unknown(nothing_asked=True)


def test_a_message_of_nothing_but_links_is_read_quickly():
    """Whether a link belongs to a sentence is looked for once a link, and not in all links before it."""
    few, many = (seconds(partial(queries_in, "come" + " http://a👍_come" * n), 5) for n in (60, 1200))
    assert many < 35 * few
