"""The reply to a remark on an answer: it was not understood, is outdated, did not help, or is wanted again."""

from __future__ import annotations

from bot.dialogue.passages import Passage
from bot.dialogue.reply import Reply, Suggestions, Unknown, UseCommand, questions, reply
from bot.dialogue.snapshot import Snapshot
from bot.search.confidence import MAX_SUGGESTIONS, Judgement
from bot.search.words.bare_errors import says_only_that_it_fails
from bot.search.words.remarks import asks_again, says_not_understood, says_outdated, says_still
from bot.search.words.splitting import opens_as_question


def reply_to_remark(now: Snapshot, text: str, about: Passage | None, judgement: Judgement) -> Reply | None:
    """The reply to a remark on the answer `about`; None if a message says something else, or nothing helps.

    `judgement` is that on the message alone.
    """
    if asks_again(text):
        return now.explain(about) if about else Unknown(nothing_asked=True)
    if about is None:
        return None
    if says_outdated(text):
        return UseCommand("correction")
    if says_not_understood(text):
        return _may_explain(now, about)
    if says_only_that_it_fails(text):
        return None if judgement.without(about.id).sure else _may_help(now, about)
    asks = "?" in text or opens_as_question(text)
    return _beside(now, about, judgement) if says_still(text) and not asks else None


def _beside(now: Snapshot, about: Passage, judgement: Judgement) -> Reply | None:
    """The reply to "still not spinning", if it would be the same answer or nothing; else None."""
    best = judgement.sure or next(iter(judgement.possible), None)
    if best and best.id != about.id:
        return None
    others = judgement.without(about.id)
    return reply(now.passages, others, now.explain) if others.possible else _may_help(now, about)


def _may_help(now: Snapshot, about: Passage) -> Suggestions | None:
    """What may help where an answer did not: what may explain it, and is asked with one of its words or linked."""
    told = now.index.rare(now.index.known(about.question))
    links = now.linked(about.id)

    def is_near(id_: str) -> bool:
        return id_ in links or now.index.is_asked_with(id_, told)

    found = _may_explain(now, about)
    near = tuple(each for each in found.questions if is_near(each.id)) if found else ()
    return Suggestions(near, explaining=True) if near else None


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
