"""Converts a lesson's title, course and aliases into texts in named fields, as a form shows them, and back."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from bot.curating.items import FieldProblem, Texts
from bot.language.words import _
from bot.lessons.document import course_of, mistake_in_words
from bot.lessons.lesson import Lesson

Aliases = dict[str, tuple[str, ...]]  # by the words that they mean

LESSON_FIELDS = ("lesson", "course", "aliases")


def lesson_texts(lesson: Lesson | None) -> dict[str, str]:
    """The fields as texts, empty for None; aliases one per line: `virtual environment: venv, virtualenv`."""
    if lesson is None:
        return {}
    aliases = "\n".join(_line(words, others) for words, others in lesson.aliases.items())
    return {"lesson": lesson.lesson, "course": lesson.course or "", "aliases": aliases}


def _line(words: str, others: Sequence[str]) -> str:
    return f"{words}: {', '.join(others)}"


def read_lesson(file: str, now: Lesson | None, texts: Texts) -> tuple[Lesson | None, list[FieldProblem]]:
    """The lesson with these texts, and all problems; None if they make no lesson.

    Aliases that were not edited keep their value from the file: one of them may contain a comma.
    """
    have, text = dict(now.aliases) if now else {}, texts.get("aliases", "")
    is_same = now is not None and text == lesson_texts(now)["aliases"]
    aliases, problems = (have, []) if is_same else _aliases(text, have)
    data = {
        "lesson": texts.get("lesson", ""),
        "course": texts.get("course") or course_of(file) or None,
        "language": now.language if now else None,
        "source": now.source if now else None,
        "aliases": aliases,
        "entries": now.entries if now else (),
        "scenarios": now.scenarios if now else (),
    }
    try:
        lesson = Lesson.model_validate(data)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            problems.append(FieldProblem(str(each["loc"][0]), mistake_in_words(each, each["loc"], is_there=True)))
        return None, problems
    return (None if problems else lesson), problems


def _aliases(text: str, have: Aliases) -> tuple[Aliases, list[FieldProblem]]:
    as_it_was = {_line(*each): each for each in have.items()}
    found: Aliases = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        words, __, rest = (each.strip() for each in line.partition(":"))
        others = tuple(dict.fromkeys(each.strip() for each in rest.split(",") if each.strip()))
        words, others = as_it_was.get(line.strip(), (words, others))
        if not (words and others):
            what = _("line {number}: write 'words: alias, alias'", number=number)
            problems.append(FieldProblem("aliases", what))
        elif words in found:
            what = _("line {number}: '{words}' has aliases already", number=number, words=words)
            problems.append(FieldProblem("aliases", what))
        else:
            found[words] = others
    return found, problems
