"""Two moderators changed the same entry or scenario: both versions, and how to merge them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.curating.diff import head_in_words, words_between
from bot.curating.items import Texts, kind_of, read_item, texts_of
from bot.curating.lesson_texts import lesson_texts, read_lesson
from bot.lessons.lesson import Item, Lesson
from bot.store.revisions import Revision

Side = Literal["mine", "theirs"]

_BETWEEN = {"phrasings": "\n", "not": "\n", "related": " "}


@dataclass(frozen=True)
class Clash:
    """A draft's entry or scenario was changed by somebody else after the draft was begun.

    `words` say what they changed. `merged` holds the changes of both sides. A field that both changed differently
    is in `both` as (mine, theirs), and in `merged` as mine. Lists are always merged.
    """

    mine: Mapping[str, str] | None
    theirs: Mapping[str, str] | None
    words: tuple[str, ...]
    merged: Mapping[str, str]
    both: Mapping[str, tuple[str, str]]
    by: Revision | None = None

    @property
    def is_settled(self) -> bool:
        """Whether they changed all that the draft changes, and in the same way: there is nothing to decide."""
        return bool(self.mine and self.theirs) and _filled(self.merged) == _filled(self.theirs or {})


def clash_of(
    item_id: str, begun: Texts, mine: Texts, now: Item | None, questions: Mapping[str, str]
) -> Clash | None:
    """Compare a draft, from the texts `begun` to `mine`, with the item `now`; None if nobody else changed it.

    `questions` are the questions of the entries, by their ids.
    """
    theirs = texts_of(now)
    # A draft of an earlier version lacks the fields that entries have got since.
    if _filled(theirs) == _filled(begun) or (not theirs and not mine):
        return None
    was, _ = read_item(item_id, now, begun) if begun else (None, [])
    words = words_between(was, now, questions) if was or now else ()
    both = {
        field: (mine.get(field, ""), theirs.get(field, ""))
        for field in {**theirs, **mine}
        if mine
        and theirs
        and not _is_list(field)
        and _all_differ(*(texts.get(field, "") for texts in (begun, mine, theirs)))
    }
    return Clash(mine or None, theirs or None, words, merge(begun, mine, theirs, {}), both)


def clash_of_lesson(begun: Texts, mine: Texts, now: Lesson | None) -> Clash | None:
    """As `clash_of`, for a draft of a lesson's title, course and aliases."""
    theirs = lesson_texts(now)
    if theirs == begun:
        return None
    both = {
        field: (text, theirs.get(field, ""))
        for field, text in mine.items()
        if theirs and _all_differ(begun.get(field, ""), text, theirs.get(field, ""))
    }
    was, __ = read_lesson("", now, begun)
    words = tuple(head_in_words(was, now))
    return Clash(mine, theirs or None, words, merge(begun, mine, theirs, {}), both)


def merge(begun: Texts, mine: Texts, theirs: Texts, take: Mapping[str, Side]) -> dict[str, str]:
    """The changes of both sides; for a text that both changed, mine is kept unless `take` says theirs."""
    if not mine or not theirs:  # one side removed it: the draft decides
        return dict(mine)
    merged = {}
    for field in {**theirs, **mine}:
        was, my, their = (texts.get(field, "") for texts in (begun, mine, theirs))
        if _is_list(field):
            merged[field] = _merged_list(field, was, my, their)
            continue
        is_mine = my != was and not (take.get(field) == "theirs" and their != was)
        merged[field] = my if is_mine else their
    return merged


def _filled(texts: Texts) -> dict[str, str]:
    return {field: text for field, text in texts.items() if text}


def _is_list(field: str) -> bool:
    return kind_of(field) in _BETWEEN


def _merged_list(field: str, was: str, mine: str, theirs: str) -> str:
    """The list with all lines that one side added, without those that one side removed."""
    between = _BETWEEN[kind_of(field)]
    old, my, their = (text.split(between) if text else [] for text in (was, mine, theirs))
    kept = [each for each in their if each in my or each not in old]
    return between.join(dict.fromkeys([*kept, *(each for each in my if each not in old)]))


def _all_differ(was: str, mine: str, theirs: str) -> bool:
    return len({was, mine, theirs}) == 3
