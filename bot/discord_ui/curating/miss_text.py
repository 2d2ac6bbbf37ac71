"""The text of a miss: how often it was asked, in which words, and what members got."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.asking.clusters import Cluster
from bot.curating.proposals import Proposal
from bot.dialogue.titles import plain_title
from bot.discord_ui.kit import markdown
from bot.discord_ui.kit.markdown import first_fitting, shorten
from bot.language.words import N_, _, _n
from bot.tutor import Tutor

SHOWN = 200  # characters of one question, beside the one that a card is about
SAMPLES = 5
PROPOSED = {
    "entry": N_("A member proposed an answer to this."),
    "solved": N_("This was solved in a post: the answer waits as a proposal."),
}


def describe(  # noqa: PLR0913 -- what is known of it
    cluster: Cluster, waiting: int, drafted: Sequence[int], tutor: Tutor, proposal: Proposal | None, *, room: int
) -> Sequence[str]:
    """The texts of the card of a miss, in `room` characters: with fewer samples if they are long.

    `drafted` are the moderators who have a draft of its answer.
    """
    every = range(SAMPLES, 0, -1)
    drawn = (_described(cluster, waiting, drafted, tutor, proposal, samples=each) for each in every)
    return first_fitting(drawn, room)


def _described(  # noqa: PLR0913 -- likewise
    cluster: Cluster,
    waiting: int,
    drafted: Sequence[int],
    tutor: Tutor,
    proposal: Proposal | None,
    *,
    samples: int,
) -> list[str]:
    lines = [f"## {_whole(cluster.text)}", _asked(cluster)]
    if cluster.follows:
        before = ", ".join(map(quoted_question, cluster.follows[:samples]))
        lines.append(_("Asked after: {questions}", questions=before))
    agreed = cluster.agreed and next(iter(tutor.questions([cluster.agreed.passage])), None)
    if cluster.agreed and agreed:
        lines.append(
            _n(
                "Picked {count} time, by {members} members: {question}. Make it a phrasing?",
                "Picked {count} times, by {members} members: {question}. Make it a phrasing?",
                cluster.agreed.times,
                members=cluster.agreed.members,
                question=f"**{plain_title(shorten(agreed.text, SHOWN))}**",
            )
        )
    wrong = [each.taken or each.entry for each in cluster.questions if each.outcome == "not"]
    if rated := tutor.questions(filter(None, wrong))[:1]:
        question = f"**{plain_title(shorten(rated[0].text, SHOWN))}**"
        lines.append(_("Answer rated “Not what I asked”: {question}", question=question))
    if waiting:
        lines.append(
            _n(
                "**{count}** member asked to be notified.",
                "**{count}** members asked to be notified.",
                waiting,
            )
        )
    if proposal and not drafted:
        lines.append(_(PROPOSED[proposal.kind]))
    if drafted:
        by = ", ".join(f"<@{each}>" for each in drafted)
        lines.append(_("**Draft in progress**, by {member}.", member=by))
    if not agreed and (found := tutor.questions(cluster.found)[:1]):
        question = f"**{plain_title(shorten(found[0].text, SHOWN))}**"
        lines.append(_("A member who asked this then got this answer: {question}", question=question))
    texts = ["\n".join(lines)]
    others = (_("Also asked as"), cluster.texts[1:], quoted_question)
    for title, said, quote in (others, (_("Notes from members"), cluster.contexts, _whole)):
        if said:
            shown = [quote(each) for each in said[:samples]]
            if more := len(said) - len(shown):
                shown.append(_n("and {count} more", "and {count} more", more))
            texts.append("\n".join([f"**{title}**", *(f"- {each}" for each in shown)]))
    return texts


def quoted_question(text: str) -> str:
    """A member's words with all Markdown escaped: they cannot be a link, a mention or a heading."""
    return markdown.quoted(text, SHOWN)


def _whole(text: str) -> str:
    return markdown.quoted(text, len(text))


def _asked(cluster: Cluster) -> str:
    when, fates = discord.utils.format_dt(cluster.last_seen, "R"), ", ".join(_fates(cluster))
    match cluster.count:
        case 1:
            return _("Asked once, {when}. Result: {fates}.", when=when, fates=fates)
        case 2:
            return _("Asked twice, most recently {when}. Results: {fates}.", when=when, fates=fates)
    return _n(
        "Asked {count} time, most recently {when}. Results: {fates}.",
        "Asked {count} times, most recently {when}. Results: {fates}.",
        cluster.count,
        when=when,
        fates=fates,
    )


def _fates(cluster: Cluster) -> list[str]:
    """What members got, with numbers if it was asked more than once: "no answer (3)"."""
    asked = cluster.questions
    wrong = [each for each in asked if each.outcome == "not"]
    counted = (
        (_("rated “Not what I asked”"), sum(each.reply != "suggestions" for each in wrong)),
        # They pressed "None of these", or chose a suggestion that was wrong.
        (_("no suggestion was right"), sum(each.reply == "suggestions" for each in wrong)),
        (_("no suggestion chosen"), sum(not each.outcome and each.reply == "suggestions" for each in asked)),
        (_("suggestion chosen"), sum(each.outcome == "taken" for each in asked)),
        (_("answer helped"), sum(each.outcome == "helped" for each in asked)),
        (_("no answer"), sum(not each.outcome and each.reply == "unknown" for each in asked)),
        (_("sent to the moderators"), sum(each.passed for each in asked)),
    )
    return [f"{fate} ({number})" if cluster.count > 1 else fate for fate, number in counted if number]
