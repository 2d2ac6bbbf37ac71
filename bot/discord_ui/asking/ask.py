"""A member's question by `/ask`."""

from __future__ import annotations

from collections.abc import Iterator

from discord import app_commands
from discord.ext import commands

from bot.dialogue.passages import BEHIND_TITLE
from bot.dialogue.reply import Answer, Suggestions
from bot.dialogue.snapshot import Snapshot
from bot.dialogue.steps import BEHIND
from bot.discord_ui.asking.ask_words import FORGET, MY_DATA, PROPOSALS, offered_for
from bot.discord_ui.asking.dismissing import remember_together
from bot.discord_ui.asking.forgetting import forget
from bot.discord_ui.asking.my_data import send_my_data
from bot.discord_ui.asking.my_proposals import show_my_proposals
from bot.discord_ui.asking.reply_cards import draw, draw_for_all
from bot.discord_ui.kit.admission import may_ask
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.channel_lessons import lessons_here
from bot.discord_ui.kit.choices import Choosable, beginning_of, may_be_made_of, meant, of_questions, offer
from bot.discord_ui.kit.delivery import respond
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import CHOICES
from bot.discord_ui.kit.locale import in_public
from bot.discord_ui.kit.permissions import may_speak
from bot.discord_ui.kit.recent import Latest
from bot.language.words import N_, current_locale

MANY = 500  # beginnings of questions whose choices are remembered
MAX_SHARED = 5  # suggestions if several entries share the name that was typed
# Marks of a choice's name that was shortened, or extended because others have the same name.
MARKS = ("…", " · ", " (")


class Ask(commands.Cog):
    """The command, and what it offers while somebody types."""

    def __init__(self, bot: BaseBot) -> None:
        self.bot = bot
        self.app = bot.app
        # The choices for what was typed lately, in each language, and the lessons that they are from.
        self._offered: Latest[tuple[str, str], list[app_commands.Choice[str]]] = Latest(MANY)
        self._offered_from: Snapshot | None = None

    @app_commands.command(description=N_("Ask a question about the lessons in your own words."))
    @app_commands.describe(
        question=N_("What would you like to know?"),
        private=N_("True: only you see the answer (default). False: everyone sees it."),
    )
    async def ask(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, 2000],
        private: bool = True,
    ) -> None:
        if not await may_ask(interaction):
            return
        # A command with an option of its own cannot have subcommands: `/ask forget` is a question of one word.
        if FORGET.is_meant(question):
            await forget(interaction)
            return
        if MY_DATA.is_meant(question):
            await send_my_data(interaction)
            return
        if PROPOSALS.is_meant(question):
            await show_my_proposals(interaction)
            return
        private = private or not may_speak(interaction)
        chosen = self._chosen(question)
        if isinstance(chosen, Answer):
            question = chosen.question  # the name of a choice may be shortened
        member, server = interaction.user.id, interaction.guild_id or 0
        lessons = lessons_here(self.bot, server, interaction.channel)
        answered = await self.app.asking.answer(
            question, member=member, server=server, reply=chosen, lessons=lessons, public=not private
        )
        if server and not private:
            with in_public(interaction):
                cards = draw_for_all(answered, self.bot, asker=member)
        else:
            cards = draw(answered, self.bot, asker=member, private=private and bool(server))
        sent = await respond(interaction, cards, private=private)
        if not private:
            remember_together(interaction, sent)

    @ask.autocomplete("question")
    async def _questions(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        # Members type the same beginnings. What is offered for nothing changes with what is asked.
        if self._offered_from is not (lessons := self.app.tutor.snapshot):
            self._offered_from, self._offered = lessons, Latest(MANY)
        key = current_locale(), typed
        if (offered := self._offered.get(key)) is None:
            offered = self._offer(typed)
            if typed.strip():
                self._offered.put(key, offered)
        return offered

    def _offer(self, typed: str) -> list[app_commands.Choice[str]]:
        # People read the values, in the input box and in the log of questions, so they are names and not ids.
        offered = offer(of_questions(self.app.tutor.complete(typed), self.app.tutor), by_name=True)
        return [*offer(offered_for(typed)), *offered][:CHOICES]

    def _chosen(self, typed: str) -> Answer | Suggestions | None:
        """The reply for a choice whose name is not exactly its question; None if this is no such choice.

        Other choices are answered like any question.
        """
        tutor, is_marked = self.app.tutor, any(mark in typed for mark in MARKS)
        behind = [] if is_marked else self._behind(typed)
        if not (is_marked or behind):
            return None

        def things(text: str) -> Iterator[Choosable]:
            return of_questions(tutor.beginning(text) if is_marked else tutor.questions(behind), tutor)

        found = meant(typed, things)
        if len(found) > 1:
            return Suggestions(tutor.questions(each.id for each in found[:MAX_SHARED]))
        return tutor.explain(found[0].id) if found else None

    def _behind(self, typed: str) -> list[str]:
        """The ids of the steps that this may be the name of: only their names differ in other languages."""
        end = f".{BEHIND}"
        if not (typed.endswith(end) or may_be_made_of(typed, BEHIND_TITLE)):
            return []
        return [each for each in (typed, *self.app.tutor.may_begin(beginning_of(typed))) if each.endswith(end)]
