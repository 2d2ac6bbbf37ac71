"""The weekly digest in the inbox, and the button to turn it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as with_

from bot.asking.digest import Digest
from bot.asking.inbox import InboxCard
from bot.dialogue.reply import Question
from bot.discord_ui.curating.drawn import Drawn
from bot.discord_ui.curating.miss_text import quoted_question
from bot.discord_ui.kit import links
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import escaped, shorten
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.press import NUMBER, Button
from bot.language.numbers import amount
from bot.language.words import _, _n

DAYS = 7  # of a week
SHOWN = 100  # characters of a question
LISTED = 5


class DigestOff(Button, template=rf"lb:digest-off:(?P<card>{NUMBER})"):
    """Turns the weekly digest of this server off."""

    kind = "digest-off"

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_moderate(interaction):
            return
        servers = interaction.client.app.servers
        await servers.change(interaction.guild_id or 0, lambda chosen: with_(chosen, digest=False))
        text = _("The weekly digest is off. To turn it on again, use `/lessons settings` → *Inbox options*.")
        await tell(interaction, text)


COMPONENTS = (DigestOff,)


async def draw_digest(bot: BaseBot, card: InboxCard) -> Drawn:
    """The digest of the last seven days."""
    found = await bot.app.asking.digest()
    controls = Controls()
    ways = [links.list_misses(_("All open questions"), 0)] if found.open else []
    if found.proposals:
        ways.append(links.list_proposals(_("All open proposals")))
    controls.add(*ways, DigestOff.make(_("Turn off the digest"), card=str(card.id)))
    title, name = _("The last seven days"), _("Weekly digest")
    footer = not_counted(bot.app.asking.days, DAYS)
    return Drawn(f"{name} {card.item}", Card([f"## {title}", *_texts(found)], controls.rows, footer))


def not_counted(kept: int, days: int) -> str:
    """A note that questions are `kept` for fewer days than the figures are about; '' if they are not."""
    if kept >= days:
        return ""
    return _n(
        "Questions are kept for {count} day: older ones are not counted here.",
        "Questions are kept for {count} days: older ones are not counted here.",
        kept,
    )


def _texts(found: Digest) -> list[str]:
    week = found.week
    voted = week.helped + week.not_helped
    figures = [
        _(
            "Questions asked: **{asked}** · answered directly: **{answered}**",
            asked=amount(week.asked),
            answered=amount(week.answered),
        )
    ]
    if week.suggested:
        taken, suggested = amount(week.taken), amount(week.suggested)
        figures.append(_("Suggestions chosen: **{taken}** of {suggested}", taken=taken, suggested=suggested))
    if voted:
        helped = amount(week.helped)
        figures.append(_("Answers that helped: **{helped}** of {voted} rated", helped=helped, voted=amount(voted)))
    texts = ["\n".join(figures)]
    if found.top:
        asked = [
            f"{quoted_question(shorten(each.text, SHOWN))}: " + _n("asked once", "asked {count} times", each.count)
            for each in found.top
        ]
        texts.append(_list(_("Open questions"), asked, found.open))
    if found.proposals:
        open_ = _n("{count} open proposal", "{count} open proposals", found.proposals)
        texts.append(f"**{open_}**")
    if found.improved:
        texts.append(_list(_("Improved"), _titles(found.improved), len(found.improved)))
        texts.append(
            _n(
                "These entries have answered {count} question since.",
                "These entries have answered {count} questions since.",
                found.helped,
            )
        )
    if found.to_review:
        texts.append(
            _list(_("Last reviewed more than a year ago"), _titles(found.to_review), len(found.to_review))
        )
    return texts


def _titles(questions: Sequence[Question]) -> list[str]:
    return [escaped(shorten(each.text, SHOWN)) for each in questions[:LISTED]]


def _list(title: str, items: Sequence[str], total: int) -> str:
    lines = [f"**{title}**", *(f"- {each}" for each in items)]
    if more := total - len(items):
        lines.append("- " + _n("and {count} more", "and {count} more", more))
    return "\n".join(lines)
