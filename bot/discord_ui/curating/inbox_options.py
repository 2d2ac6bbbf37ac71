"""*Inbox options*: everything about the inbox but its channel, in one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace as with_

from bot.app import Choices
from bot.discord_ui.curating.chosen_places import ChosenPlaces
from bot.discord_ui.curating.inbox_settings import inbox_line, was_changed
from bot.discord_ui.curating.server_settings import settings_card
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import holds, replace, respond
from bot.discord_ui.kit.forms import Form, single_choice
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.press import Button, option
from bot.language.words import _

A_DAY = (3, 5, 10, 20, 50)
NEVER = "never"
ON, OFF = "on", "off"
MARK = "lb:set-inbox-options"  # of the settings card, from which the form is opened
HOURS = {f"{hour:02}:00": hour for hour in range(24)}


class InboxOptions(Button, template=MARK):
    """Opens the form with everything else about the inbox."""

    kind = "set-inbox-options"

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_moderate(interaction):
            return
        now = _choices(interaction)
        has_hours = now.quiet_from != now.quiet_to
        first = [option(_("No quiet hours"), NEVER, chosen=not has_hours)]
        first += [option(name, name, chosen=has_hours and hour == now.quiet_from) for name, hour in HOURS.items()]
        after = [option(name, name, chosen=hour == now.quiet_to) for name, hour in HOURS.items()]
        most = [option(str(each), str(each), chosen=each == now.inbox_a_day) for each in A_DAY]
        digest = [option(_("on"), ON, chosen=now.digest), option(_("off"), OFF, chosen=not now.digest)]
        more = _("If there are more, one card says how many wait.")
        begin = _("Nothing new is posted from this hour on.")
        end = _("It is posted again from this hour on. The same hour as above means no quiet hours.")
        modal = InboxForm.make(
            interaction,
            _("Inbox options"),
            single_choice("most", _("Cards a day, at most"), more, most),
            single_choice("from", _("Quiet hours from (UTC)"), begin, first),
            single_choice("to", _("Quiet hours to (UTC)"), end, after),
            single_choice(
                "digest", _("Weekly digest"), _("Every Monday: what was asked, and what is open."), digest
            ),
            of="all",
        )
        await interaction.response.send_modal(modal)


class InboxForm(Form):
    """Everything about the inbox but its channel."""

    kind = "inbox-form"
    template = "(?P<of>all)"

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        if not await may_moderate(interaction):
            return
        most = typed.get("most", "")
        first, after = (HOURS.get(typed.get(each, "")) for each in ("from", "to"))
        before, now = await interaction.client.app.servers.change(
            interaction.guild_id or 0,
            lambda chosen: with_(
                chosen,
                inbox_a_day=int(most) if most in map(str, A_DAY) else chosen.inbox_a_day,
                quiet_from=first if first is not None and after is not None else 0,
                quiet_to=after if first is not None and after is not None else 0,
                digest=typed.get("digest", ON) != OFF,
            ),
        )
        await was_changed(interaction, before)
        if holds(interaction.message, MARK):
            await replace(interaction, [await settings_card(interaction)])
        else:
            await respond(interaction, [Card([inbox_line(now, ChosenPlaces())])], private=True)


COMPONENTS = (InboxOptions,)
FORMS = (InboxForm,)


def _choices(interaction: Interaction) -> Choices:
    return interaction.client.app.servers.of(interaction.guild_id)
