"""A question from a walkthrough, answered in private below its panel."""

from __future__ import annotations

from collections.abc import Mapping

from bot.asking.asking import Before
from bot.discord_ui.asking.private_answers import answer_privately
from bot.discord_ui.kit.admission import may_ask
from bot.discord_ui.kit.forms import Form, line
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.press import ID, Button
from bot.language.words import _

LONGEST = 500


class About(Button, template=rf"lb:about:(?P<scenario>{ID}):(?P<step>{ID})"):
    """Opens a form for a question."""

    kind = "about"

    async def pressed(self, interaction: Interaction) -> None:
        note = _("Only you see the answer. You stay at this step.")
        box = line("question", _("What would you like to know?"), note, LONGEST)
        await interaction.response.send_modal(
            QuestionForm.make(interaction, _("Ask about this step"), box, **self.ids)
        )


class QuestionForm(Form):
    """Answers a question about a step; among entries that fit equally well, those of the step come first."""

    kind = "question"
    template = rf"(?P<scenario>{ID}):(?P<step>{ID})"

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        if await may_ask(interaction):
            scenario, step = ids["scenario"], ids["step"]
            before = Before(passage=f"{scenario}.{step}")
            near = interaction.client.app.tutor.near(scenario, step)
            await answer_privately(interaction, typed.get("question", ""), before, near)


COMPONENTS = (About,)
FORMS = (QuestionForm,)
