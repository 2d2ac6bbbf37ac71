"""Splits two questions in one message: "how do I list my packages and upgrade one" gives two whole questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.search.words.small_words import OPENING_WORDS, QUESTION_WORDS, SMALL_WORDS, begins_as_question
from bot.search.words.wording import fold

LONGEST = 200  # characters; a longer message tells a story
MOST = 3  # the most places where a split is tried

_BY_THE_WAY = r"(?:btw|by the way|ubrigens|por cierto)"
_ONE_MORE = r"(?:(?:one|another|one more|one last|noch eine) (?:thing|question|frage)|otra (?:pregunta|duda))[:,]?"
_AND = (
    r"(?:oh,? )?(?:and(?: also)?|plus|\+|/|und(?: auch| noch| ausserdem)?|sowie|ausserdem|y(?: tambien| ademas)?"
    rf"|e|ademas|&|also|oh|{_BY_THE_WAY}|{_ONE_MORE})(?:,? (?:{_BY_THE_WAY}|{_ONE_MORE}))?\s{{1,9}}"
)
# "?" needs no space behind it before a word: "what is uv?how do i use it".
_BETWEEN = re.compile(
    rf"(?:[?;]\s{{1,9}}|\n{{1,9}}|\?(?=[^\W\d_]{{2,}}\s))(?:{_AND})?|[,.!]{{0,3}}\s{{1,9}}{_AND}|[,.]\s{{1,9}}"
)
# "1) what is uv 2) how do I use it", in one line.
_IN_ONE_LINE = re.compile(r"\s(?:[2-9][.)]|[b-e]\))\s")
_FIRST_IN_LINE = re.compile(r"\s*(?:1[.)]|a\))\s")
LIST_ITEM = re.compile(r"^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]+", re.MULTILINE)
# With only this between them, both have to begin as questions: "is it also free", "it failed, why", "c plus plus".
_WEAK = re.compile(rf"[,.]{{0,3}}\s*(?:(?:also|plus|\+|/|oh|{_BY_THE_WAY}|{_ONE_MORE})\s*)*")
# Beside a question word, these ask only for the cause of what was just told: "it is still grainy, why tho".
_BESIDE_WHY = SMALL_WORDS | {"tho", "though"}
# Words that refer to the first half of a message.
_BACK = frozenset("it them one ones es sie ihn lo la los las".split())
# "Two thousand and seventeen" is a number.
_NUMBER = re.compile(
    r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand|million"
)
# "Between a and b" belongs to one question.
_TOGETHER = re.compile(r"\b(?:between|both|zwischen|unterschied|entre|diferencia|ambos)\b")
_NOT = ("not ", "nicht ", "no ")  # "print and not have the grid" is one question
# "Was" is also English: "when the last one was and where I can see it".
_ASKING = QUESTION_WORDS - {"was"}
_WORD = re.compile(r"\S+")
_WHY = frozenset("why warum wieso weshalb".split())


class TwoQuestions(NamedTuple):
    """Two questions of one message.

    `is_plain`: the second begins with a question word, so they are surely two. `are_orders`: neither does, as in
    "list packages and delete a venv". `with_comma`: there is no more than a comma between them.
    """

    first: str
    second: str
    is_plain: bool
    are_orders: bool = False
    with_comma: bool = False


def pairs_in(text: str) -> Iterator[TwoQuestions]:
    """The ways to split a message into two questions. Words that both need are added to both."""
    said = fold(text)
    if numbered := _FIRST_IN_LINE.match(said):
        said = _IN_ONE_LINE.sub("\n", said[numbered.end() :])
    said = LIST_ITEM.sub("", said).strip()
    if len(said) > LONGEST or "`" in said:
        return
    for found in [*_BETWEEN.finditer(said)][:MOST]:
        first, second = said[: found.start()].strip(" ,?").rstrip("."), said[found.end() :].strip(" ,?")
        if not first or not second or second.startswith(_NOT):
            continue
        opening, *rest = second.split()
        if {first.split()[-1], opening} <= _ASKING:  # "when and where do we meet" asks both of the same
            first = " ".join([first, *rest])
        is_plain = opens_as_question(second)
        if is_plain and not opens_as_question(first) and _asks_only_why(second):
            continue
        if _WEAK.fullmatch(found[0]) and not (is_plain and opens_as_question(first)):
            continue
        if is_plain:
            yield TwoQuestions(first, second, is_plain, with_comma=found[0].strip() == ",")
            continue
        if _TOGETHER.search(first):
            continue
        if all(_NUMBER.fullmatch(word) for word in (first.split()[-1], second.split()[0])):
            continue
        head = _head(first)
        if not head:
            if _is_order(first) and _is_order(second) and _BACK.isdisjoint(second.split()):
                yield TwoQuestions(first, second, is_plain, are_orders=True)
            continue
        own, theirs = first[len(head) :].split(), second.split()
        # In "create and activate a venv", the object of both verbs comes once, at the end.
        object_ = theirs[1:] if len(own) == 1 else []
        yield TwoQuestions(" ".join([first, *object_]), head + second, is_plain)


def _asks_only_why(text: str) -> bool:
    said = text.strip(" ?!.").split()
    return bool(said) and said[0] in _WHY and _BESIDE_WHY.issuperset(said[1:])


def asks_more_than_two(text: str) -> bool:
    """Whether a message surely has three questions: "what is uv, how do I install it and how do I update it"."""
    return any(
        pair.is_plain and any(further.is_plain for further in pairs_in(pair.second)) for pair in pairs_in(text)
    )


def opens_as_question(text: str) -> bool:
    """Whether a text begins as a question does: with "how", "wie", "por qué", "can", "muss"."""
    return begins_as_question([_bare(word) for word in fold(text[:LONGEST]).split(maxsplit=2)[:2]])


def _head(first: str) -> str:
    """The words that open a question, up to its first content word: "how do i "; '' if it is no question."""
    if not opens_as_question(first):
        return ""
    content = (word for word in _WORD.finditer(first) if _bare(word[0]) not in OPENING_WORDS)
    return next((first[: word.start()] for word in content), "")


def _is_order(text: str) -> bool:
    """Whether a text may be "list packages": several words, the first of which is no small one."""
    told = text.split()
    return len(told) > 1 and told[0].isalpha() and told[0] not in OPENING_WORDS


def _bare(word: str) -> str:
    """A word without quotes and without a joined ending: "what's" -> "what"."""
    return word.strip("¿'\"").partition("'")[0]
