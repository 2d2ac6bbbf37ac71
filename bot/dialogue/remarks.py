"""The reply to a remark on an answer: that it was not understood, is outdated, or is wanted again."""

from __future__ import annotations

from bot.dialogue.passages import Passage
from bot.dialogue.reply import Reply, Suggestions, Unknown, UseCommand, questions
from bot.dialogue.snapshot import Snapshot
from bot.search.confidence import MAX_SUGGESTIONS
from bot.search.words.remarks import asks_again, says_not_understood, says_outdated


def reply_to_remark(now: Snapshot, text: str, about: Passage | None) -> Reply | None:
    """The reply to a remark on the answer `about`; None if a message says something else, or nothing helps."""
    if asks_again(text):
        return now.explain(about) if about else Unknown(nothing_asked=True)
    if about and says_outdated(text):
        return UseCommand("correction")
    return _may_explain(now, about) if about and says_not_understood(text) else None


def _may_explain(now: Snapshot, about: Passage) -> Suggestions | None:
    """What may explain an answer that was not understood.

    That is what its author links to, the walkthrough that it opens, and what is nearest to it.
    """
    opens = now.explain(about).opens
    walkthrough = (
        [f"{opens.scenario}.{opens.step}"] if opens and opens.scenario != about.id.partition(".")[0] else []
    )
    near = [match.id for match in now.index.rank(about.question, MAX_SUGGESTIONS, without=about.id)]
    links = [each for each in now.links_of(about.id) if each != about.id]
    ids = [*links[: MAX_SUGGESTIONS - len(walkthrough)], *walkthrough, *near]
    found = [now.passages[each] for each in dict.fromkeys(ids) if each in now.passages]
    return Suggestions(questions(found[:MAX_SUGGESTIONS]), explaining=True) if found else None
