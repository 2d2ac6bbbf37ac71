"""Small lesson files as text."""

from __future__ import annotations

from bot.lessons.library import Library

SNAKES = "lesson: Snakes\nentries:\n- id: a-snake\n  question: What is a snake?\n  answer: It is long.\n"


def lesson(entry_id: str, question: str = "Why?", more: str = "") -> str:
    """A lesson of one entry; `more` is added to the entry or to the file."""
    return f"lesson: {entry_id.upper()}\nentries:\n- id: {entry_id}\n  question: {question}\n  answer: So.\n{more}"


def questions(library: Library) -> dict[str, str]:
    """The question of each entry, by its id."""
    return {each.id: each.question for each in library.lessons.entries.values()}
