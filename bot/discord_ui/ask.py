"""A member's question, by `/ask`, a mention, a reply, a direct message or "Answer this"."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.dialogue.reply import Answer, Reply, Suggestions
from bot.discord_ui import browse
from bot.discord_ui.answers import GONE, draw_answer, may_speak
from bot.discord_ui.cards import Card, Controls, suggestions_card, unknown_card
from bot.discord_ui.delivery import end_well, is_private, replace, reply_to, respond, tell
from bot.discord_ui.layout import shorten
from bot.discord_ui.limits import CHOICE_TEXT
from bot.discord_ui.press import PART, Button
from bot.discord_ui.recent import Recent
from bot.tutor import Tutor

QUESTIONS, SECONDS = 6, 20.0

# Mentions of members, roles and channels, custom emoji, timestamps, command links.
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:>]{1,100}:)\d+(?::\w)?>")


class Suggest(Button, template=rf"lb:suggest:(?P<part>{PART}):(?P<member>\d{{1,20}})"):
    """A suggestion: becomes the answer where it stands, for whoever asked; others get it in private."""

    kind = "suggest"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        answer = tutor.explain(self.ids["part"])
        asked_it = str(interaction.user.id) == self.ids["member"]
        if answer is None:
            await tell(interaction, GONE)
        elif is_private(interaction) or asked_it:
            private = is_private(interaction) and interaction.guild is not None
            await replace(interaction, draw_answer(answer, tutor, private=private))
        else:
            await respond(interaction, draw_answer(answer, tutor, private=True), private=True)


PRESSABLES = (Suggest,)


def draw(reply: Reply, tutor: Tutor, *, asker: int, private: bool) -> list[Card]:
    """Any reply as cards; a private one can be shared."""
    controls = Controls()
    match reply:
        case Answer():
            return draw_answer(reply, tutor, private=private)
        case Suggestions(questions):
            for question in questions:
                # One a row: on a phone, that is where a whole question can be read.
                controls.add(Suggest.make(question.text, part=question.id, member=str(asker)))
            return [suggestions_card(reply, controls)]
    controls.add(browse.Contents.make("Browse the lessons"))
    return [unknown_card(controls, nothing_asked=reply.nothing_asked)]


class Ask(commands.Cog):
    """A learner's question in, the best answer out."""

    def __init__(self, bot: commands.Bot, tutor: Tutor) -> None:
        self.bot = bot
        self.tutor = tutor
        self._seen = Recent()
        self._pace: commands.CooldownMapping[int] = commands.CooldownMapping.from_cooldown(
            QUESTIONS, SECONDS, lambda member: member
        )
        self._told: set[int] = set()
        self._menu = app_commands.ContextMenu(name="Answer this", callback=self.answer_this)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(description="Ask about the lessons, in your own words.")
    @app_commands.describe(
        question="What would you like to know?",
        private="Only you see the answer (that is how it is unless you say False).",
    )
    async def ask(
        self,
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, 2000],
        private: bool = True,
    ) -> None:
        await self._answer(interaction, question, private=private or not may_speak(interaction))

    @ask.autocomplete("question")
    async def _questions(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=shorten(each.text, CHOICE_TEXT), value=each.text[:CHOICE_TEXT])
            for each in self.tutor.complete(typed)
        ]

    async def answer_this(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Somebody else's question, answered for whoever opened the menu; they may share it."""
        await self._answer(interaction, message.content, private=True)

    async def _answer(self, interaction: discord.Interaction, question: str, *, private: bool) -> None:
        if wait := self._wait(interaction.user.id):
            await tell(interaction, _slowly(wait))
            return
        reply = self.tutor.answer(asked(question))
        in_channel = interaction.guild is not None
        cards = draw(reply, self.tutor, asker=interaction.user.id, private=private and in_channel)
        await respond(interaction, cards, private=private)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        # Discord sends a message again when a connection is resumed.
        if not self._is_for_me(message) or not self._seen.is_new(message.id):
            return
        try:
            await self._reply(message)
        except Exception as error:  # discord.py would log it without the graceful ends
            await end_well(error, None)

    def _is_for_me(self, message: discord.Message) -> bool:
        if message.author.bot or message.webhook_id or message.is_system():
            return False
        if message.guild is None or self.bot.user in message.mentions:
            return True
        # A reply need not ping; without its text there is nothing to answer.
        before = replied_to(message)
        return before is not None and before.author == self.bot.user and bool(message.content)

    async def _reply(self, message: discord.Message) -> None:
        member = message.author.id
        if wait := self._wait(member):
            if member not in self._told:  # one line, not one for each message of a flood
                self._told.add(member)
                await reply_to(message, [Card([_slowly(wait)])])
            return
        self._told.discard(member)
        before = replied_to(message)
        reply = self.tutor.answer(asked(message.content), self.tutor.find(headline(before)) if before else None)
        is_called = self._me in message.raw_mentions
        if before and not is_called and not isinstance(reply, Answer | Suggestions) and reply.nothing_asked:
            return  # "thanks!" needs no answer
        await reply_to(message, draw(reply, self.tutor, asker=member, private=False))

    @property
    def _me(self) -> int:
        return self.bot.user.id if self.bot.user else 0

    def _wait(self, member: int) -> float | None:
        """Seconds until this member may ask again; None if that is now."""
        return self._pace.update_rate_limit(member, discord.utils.utcnow().timestamp())


def asked(content: str) -> str:
    """The question in a message: without the mentions and emoji that Discord writes as markup."""
    return _MARKUP.sub(" ", content)


def replied_to(message: discord.Message) -> discord.Message | None:
    """The message that this one replies to, if Discord sent it along."""
    before = message.reference.resolved if message.reference else None
    return before if isinstance(before, discord.Message) else None


def headline(answered: discord.Message) -> str:
    """The canonical question of an answer that was sent: its first line, without the mark and "(1 of 2)"."""
    texts = (
        each for frame in answered.components if isinstance(frame, discord.Container) for each in frame.children
    )
    first = next((each.content for each in texts if isinstance(each, discord.TextDisplay)), "")
    found = re.match(r"## (.+?)(?: \(\d+ of \d+\))?$", first)
    return found.group(1) if found else ""


def _slowly(seconds: float) -> str:
    return f"That is a lot of questions at once. Give me {max(1, round(seconds))} seconds, then ask on."


def welcome(me: Any, note: str) -> Card:
    """Three things to try, for a channel that meets the bot for the first time."""
    return Card(
        [
            "## Hello! Three things to try\n"
            f"1. Ask me, in your own words: {me.mention} `y do i need a venv`\n"
            "2. Type `/ask` and a few letters, and choose a question.\n"
            "3. Type `/walkthrough` and see which solution works, and why.",
        ],
        footer=note,
    )
