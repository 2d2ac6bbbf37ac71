"""*Try a question* on the card for a new server: a form to ask the bot, with the answer in private."""

from __future__ import annotations

from collections.abc import Mapping

from bot.discord_ui.asking.private_answers import answer_privately
from bot.discord_ui.kit.admission import may_ask
from bot.discord_ui.kit.forms import Form, line
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.press import Button
from bot.language.words import _

LONGEST = 300


class Try(Button, template="lb:try"):
    """Opens the form, with a question of these lessons as its example."""

    kind = "try"

    async def pressed(self, interaction: Interaction) -> None:
        example = next(iter(interaction.client.app.tutor.complete("")), None)
        label, note = _("What would you like to know?"), _("In your own words. Only you see the answer.")
        box = line("question", label, note, LONGEST, example=example.text if example else "")
        await interaction.response.send_modal(TryForm.make(interaction, _("Try a question"), box, how="new"))


class TryForm(Form):
    """Answers the question."""

    kind = "tried"
    template = "(?P<how>new)"

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        if await may_ask(interaction):
            await answer_privately(interaction, typed.get("question", ""))


COMPONENTS = (Try,)
FORMS = (TryForm,)
