"""Whether the questions that a draft comes from find what it publishes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.curating.draft import Draft, is_asked_as
from bot.curating.impact import ReplySummary


def unfound(draft: Draft, replies: Mapping[str, ReplySummary]) -> tuple[str, ...]:
    """Those of these questions that would not get the draft's entry, given the replies after it is published."""
    return tuple(question for question, reply in replies.items() if not _finds(draft, question, reply))


def _finds(draft: Draft, question: str, reply: ReplySummary) -> bool:
    if draft.item_id not in reply.ids:
        return False
    # Two entries can have the same words: then both are offered, and more cannot be done.
    return reply.kind == "answer" or is_asked_as(question, draft.fields)
