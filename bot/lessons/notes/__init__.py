"""Markdown lesson notes -> a lesson; what finds no place in it is named by its line.

text -> blocks (found by markdown-it) -> parts (a label and what stands under it) -> entries and scenarios.
Only the labels go (`Question:`, `**Solution 2**:` …); every other word is in the lesson or in `unplaced`.
"""

from bot.lessons.notes.blocks import Unplaced
from bot.lessons.notes.reading import Notes, read_notes

__all__ = ["Notes", "Unplaced", "read_notes"]
