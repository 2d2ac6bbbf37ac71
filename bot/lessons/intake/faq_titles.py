"""Tells lessons apart that are only called "FAQ": their title gets the name of their folder in front."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from bot.lessons.ids import title_from
from bot.lessons.intake.question_text import is_only_faq
from bot.lessons.lesson import Lesson

_LONGEST_NAME = 100


def told_apart(new: Sequence[Lesson], others: Iterable[Lesson] = ()) -> list[Lesson]:
    """The new lessons. Where another lesson is only called "FAQ", too, a new one is called "Ollama: FAQ".

    The last import keeps the title of the source, so that the next one does not take the name for a change there.
    """
    faqs = [each for each in (*new, *others) if is_only_faq(each.lesson)]
    often = Counter(name for each in faqs for name in set(_folders(each)))

    def named(lesson: Lesson) -> Lesson:
        folders = _folders(lesson)
        if len(faqs) < 2 or not folders or not is_only_faq(lesson.lesson):
            return lesson
        return with_folder(lesson, next((each for each in folders if often[each] == 1), folders[0]))

    return [named(each) for each in new]


def with_folder(lesson: Lesson, name: str) -> Lesson:
    """The lesson with the name of a folder in front of its title, if it is only called "FAQ"."""
    if not is_only_faq(lesson.lesson):
        return lesson
    return lesson.model_copy(update={"lesson": f"{title_from(name)[:_LONGEST_NAME]}: {lesson.lesson}"[:200]})


def folder_in_front(lesson: Lesson, title: str) -> str:
    """The folder whose name makes this title of the lesson's own; empty if none does."""
    named = (each for each in _folders(lesson) if with_folder(lesson, each).lesson == title != lesson.lesson)
    return next(named, "")


def _folders(lesson: Lesson) -> list[str]:
    """The names of the folders around the source, the nearest first."""
    return [each.name for each in PurePosixPath(lesson.source or "").parents if each.name]
