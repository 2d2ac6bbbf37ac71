"""What somebody is offered who did not understand an answer."""

from __future__ import annotations

from bot.dialogue.passages import Passage
from bot.dialogue.reply import Suggestions, questions
from bot.dialogue.snapshot import Snapshot
from bot.search.confidence import MAX_SUGGESTIONS
from bot.search.follow_up import asks_to_explain


def may_explain(now: Snapshot, text: str, about: Passage) -> Suggestions | None:
    """What may explain the answer `about`, if a message says that it was not understood; else None.

    That is what its author links to, the walkthrough that it opens, and what is nearest to it.
    """
    if not asks_to_explain(text):
        return None
    opens = now.explain(about).opens
    walkthrough = (
        [f"{opens.scenario}.{opens.step}"] if opens and opens.scenario != about.id.partition(".")[0] else []
    )
    near = [match.id for match in now.index.rank(about.question, MAX_SUGGESTIONS, without=about.id)]
    links = [each for each in now.links_of(about.id) if each != about.id]
    ids = [*links[: MAX_SUGGESTIONS - len(walkthrough)], *walkthrough, *near]
    found = [now.passages[each] for each in dict.fromkeys(ids) if each in now.passages]
    return Suggestions(questions(found[:MAX_SUGGESTIONS]), explaining=True) if found else None
