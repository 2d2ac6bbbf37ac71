"""A member's question, by `/ask`, a mention, a reply, a direct message or "Answer this"."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
import numpy as np
from discord import app_commands
from discord.ext import commands

from bot.dialogue.reply import Answer, Reply, Suggestions
from bot.discord_ui.asking import browse, listening
from bot.discord_ui.asking.answers import GONE, NUMBER, Kept, draw_answer, kept_in, may_speak
from bot.discord_ui.cards import Card, Controls, suggestions_card, unknown_card
from bot.discord_ui.delivery import end_well, is_private, replace, reply_to, respond, tell
from bot.discord_ui.layout import shorten
from bot.discord_ui.limits import CHOICE_TEXT, CHOICES
from bot.discord_ui.press import PART, Button, named
from bot.discord_ui.recent import Recent
from bot.questions.asking import Asking
from bot.tutor import Tutor

FORGET = "forget"
QUESTIONS, SECONDS = 6, 20.0

# Mentions of members, roles and channels, custom emoji, timestamps, command links.
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:>]{1,100}:)\d+(?::\w)?>")


class Suggest(
    Button, template=rf"lb:suggest:(?P<part>{PART}):(?P<member>[0-9a-z]{{1,20}})(?::(?P<question>{NUMBER}))?"
):
    """A suggestion: becomes the answer where it stands, for whoever asked; others get it in private."""

    kind = "suggest"
    style = discord.ButtonStyle.primary

    @classmethod
    def of(cls, label: str, part: str, asker: int, kept: Kept | None) -> Self:
        """The ids of all three fit only if the member's is written short."""
        asked_in: dict[str, Any] = {"question": str(kept.question)} if kept else {}
        return cls.make(label, part=part, member=short(asker), **asked_in)

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        answer = tutor.explain(self.ids["part"])
        asked_it = short(interaction.user.id) == self.ids["member"]
        if answer is None:
            await tell(interaction, GONE)
            return
        kept = kept_in(interaction, self.ids)
        if is_private(interaction) or asked_it:
            if kept and asked_it:
                await interaction.client.asking.take(kept.question, interaction.user.id, answer.id)
            private = is_private(interaction) and interaction.guild is not None
            await replace(interaction, draw_answer(answer, tutor, private=private, kept=kept))
        else:
            await respond(interaction, draw_answer(answer, tutor, private=True, kept=kept), private=True)


PRESSABLES = (Suggest,)


def draw(reply: Reply, tutor: Tutor, *, asker: int, private: bool, kept: Kept | None = None) -> list[Card]:
    """Any reply as cards; a private one can be shared. A question that is kept can be passed on."""
    controls = Controls()
    match reply:
        case Answer():
            return draw_answer(reply, tutor, private=private, kept=kept)
        case Suggestions(questions):
            for each in questions:
                # One a row: on a phone, that is where a whole question can be read.
                controls.add(Suggest.of(each.text, each.id, asker, kept))
            if kept and kept.rated:
                controls.add(named("none").make("None of these", question=str(kept.question)))
            return [suggestions_card(reply, controls)]
    ways: list[Button] = [browse.Contents.make("Browse the lessons")]
    if kept:
        ways.insert(0, named("pass").make("Ask the moderators", question=str(kept.question)))
    controls.add(*ways)
    return [unknown_card(controls, nothing_asked=reply.nothing_asked)]


async def draw_kept(  # noqa: PLR0913 -- who asked what, where, and what it got
    bot: Any, reply: Reply, text: str, member: int, server: int, *, private: bool
) -> list[Card]:
    """The cards of a reply whose question is kept, without who asked it."""
    asking: Asking = bot.asking
    question = await asking.log(server, member, text, reply)
    kept = Kept(question, asking.has_feedback(server)) if question else None
    return draw(reply, bot.tutor, asker=member, private=private, kept=kept)


class Ask(commands.Cog):
    """A learner's question in, the best answer out."""

    def __init__(self, bot: Any, tutor: Tutor) -> None:
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
        # A command with an option of its own cannot have subcommands: `/ask forget` is a question of one word.
        if question.strip().casefold() == FORGET:
            gone = await self.bot.asking.forget(interaction.user.id)
            await tell(interaction, _forgotten(gone, self.bot.asking.days))
            return
        await self._answer(interaction, question, private=private or not may_speak(interaction))

    @ask.autocomplete("question")
    async def _questions(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        forget = [app_commands.Choice(name="Forget what I asked", value=FORGET)]
        offered = [
            app_commands.Choice(name=shorten(each.text, CHOICE_TEXT), value=each.text[:CHOICE_TEXT])
            for each in self.tutor.complete(typed)
        ]
        is_forget = len(typed) >= len("forg") and FORGET.startswith(typed.strip().casefold())
        return [*forget, *offered][:CHOICES] if is_forget else offered

    async def answer_this(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Somebody else's question, answered for whoever opened the menu; they may share it."""
        await self._answer(interaction, message.content, private=True)

    async def _answer(self, interaction: discord.Interaction, question: str, *, private: bool) -> None:
        if wait := self._wait(interaction.user.id):
            await tell(interaction, _slowly(wait))
            return
        reply = self.tutor.answer(asked(question))
        in_channel = interaction.guild is not None
        cards = await draw_kept(
            self.bot,
            reply,
            question,
            interaction.user.id,
            interaction.guild_id or 0,
            private=private and in_channel,
        )
        await respond(interaction, cards, private=private)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        # Discord sends a message again when a connection is resumed.
        is_for_me, is_heard = self._is_for_me(message), self._is_heard(message)
        if not (is_for_me or is_heard) or not self._seen.is_new(message.id):
            return
        try:
            await (self._reply(message) if is_for_me else self._speak_up(message))
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

    def _is_heard(self, message: discord.Message) -> bool:
        """Whether it is a question in a channel where the bot was asked to listen."""
        if message.guild is None or message.author.bot or message.webhook_id or message.is_system():
            return False
        return listening.is_heard(message, self.bot.store.servers.of(message.guild.id))

    async def _speak_up(self, message: discord.Message) -> None:
        await listening.answer_unasked(message, self.tutor, asked(message.content), self._wait)

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
        server = message.guild.id if message.guild else 0
        await reply_to(message, await draw_kept(self.bot, reply, message.content, member, server, private=False))

    @property
    def _me(self) -> int:
        return self.bot.user.id if self.bot.user else 0

    def _wait(self, member: int) -> float | None:
        """Seconds until this member may ask again; None if that is now."""
        return self._pace.update_rate_limit(member, discord.utils.utcnow().timestamp())


def short(member: int) -> str:
    """A member's id in as few signs as a custom_id needs it."""
    return np.base_repr(member, 36).lower()


def _forgotten(questions: int, days: int) -> str:
    kept = f"What you ask is kept without your name, for {days} days."
    if not questions:
        return f"There was nothing to delete: nothing here leads from a question to you. {kept}"
    several = f"{questions} question{'s' * (questions != 1)}"
    return f"Deleted: your ratings and wishes to be told of an answer, on {several}. {kept}"


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
