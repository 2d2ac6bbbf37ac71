"""`/ask forget`: deletes everything that can be traced to a member."""

from __future__ import annotations

from bot.app import Forgotten
from bot.discord_ui.kit.choices import Choosable, may_be_called, meant
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.interaction import Interaction
from bot.language.words import N_, _, _n

FORGET = "forget"
CHOICE = N_("Permanently delete my data: feedback, notifications, walkthroughs, reminders, drafts, proposals")


def choice() -> Choosable:
    """The choice that is offered for the word "forget". It says what is deleted, as no confirmation follows."""
    return Choosable(FORGET, _(CHOICE))


def is_forget(typed: str) -> bool:
    """Whether the member typed the word, or Discord sent the name of its choice."""
    if typed.strip().casefold() == FORGET:
        return True
    return may_be_called(typed, CHOICE) and bool(meant(typed, lambda _text: [choice()]))


async def forget(interaction: Interaction) -> None:
    """Delete the member's data, and say what was deleted."""
    bot, member = interaction.client, interaction.user.id
    bot.unreachable.discard(member)
    await interaction.response.defer(ephemeral=True, thinking=True)  # it computes a mark for each rated question
    await tell(interaction, _said(await bot.app.forget(member), bot.app.asking.days))


def _said(gone: Forgotten, days: int) -> str:
    counted = (
        (gone.questions, _rated(gone.questions)),
        (
            gone.walks,
            _n("your progress in {count} walkthrough", "your progress in {count} walkthroughs", gone.walks),
        ),
        (gone.picks, _n("{count} pick", "{count} picks", gone.picks)),
        (gone.reminders, _n("{count} reminder", "{count} reminders", gone.reminders)),
        (gone.drafts, _n("{count} unpublished draft", "{count} unpublished drafts", gone.drafts)),
        (
            gone.proposals,
            _n("{count} proposal for the lessons", "{count} proposals for the lessons", gone.proposals),
        ),
    )
    deleted = ", ".join(text for count, text in counted if count)
    said = [
        _("Deleted: {what}.", what=deleted) if deleted else _("There was nothing to delete."),
        _n(
            "Your questions are saved without your name for {count} day.",
            "Your questions are saved without your name for {count} days.",
            days,
        ),
    ]
    if gone.published:
        said.append(_("Lesson edits that you published stay in the lesson history."))
    if gone.proposals:
        said.append(_("What moderators accepted of your proposals stays in the lessons, without your name."))
    return " ".join(said)


def _rated(questions: int) -> str:
    return _n(
        "your feedback and notification requests for {count} question",
        "your feedback and notification requests for {count} questions",
        questions,
    )
