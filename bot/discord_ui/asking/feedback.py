"""What members do with a reply: rate it, pass the question on, ask to be told when there is an answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace as changed
from typing import Any

import discord
from discord import ui
from discord.ext import commands

from bot.dialogue.reply import Answer
from bot.discord_ui.asking import browse
from bot.discord_ui.asking.answers import NUMBER, Kept, draw_answer
from bot.discord_ui.asking.ask import Suggest
from bot.discord_ui.cards import GREY, Card, Controls
from bot.discord_ui.delivery import is_private, replace, respond
from bot.discord_ui.delivery import tell as say
from bot.discord_ui.forms import Form
from bot.discord_ui.press import PART, Button
from bot.questions.asking import Asking
from bot.store.questions import Waiting
from bot.tutor import Tutor

log = logging.getLogger(__name__)

GONE = "What I kept of this question was deleted. Ask it again, and I will take it from there."
THANKS = "Thank you. That is noted, without your name."
MAX_CONTEXT = 300
SECONDS = 24 * 3600.0
LOOKED_THROUGH = 50  # of the messages of a direct channel, to see whether we told its member


class Helped(Button, template=rf"lb:helped:(?P<question>{NUMBER}):(?P<part>{PART})"):
    """That helped. Each member's word on a question counts once."""

    kind = "helped"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        question, part = int(self.ids["question"]), self.ids["part"]
        await interaction.client.asking.vote(question, interaction.user.id, part, helped=True)
        answer = tutor.explain(part)
        if answer is None or not is_private(interaction):
            await say(interaction, THANKS)
            return
        private = _holds(interaction.message, "lb:share:")
        cards = draw_answer(answer, tutor, private=private, kept=Kept(question, helped=True))
        await replace(interaction, cards[-1:])


class NotThis(Button, template=rf"lb:not:(?P<question>{NUMBER}):(?P<part>{PART})"):
    """Not what I asked: what comes next, in private."""

    kind = "not"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        await _offer_others(interaction, int(self.ids["question"]), self.ids["part"])


class NoneOfThese(Button, template=rf"lb:none:(?P<question>{NUMBER})"):
    """None of the suggestions is what was asked."""

    kind = "none"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        question = int(self.ids["question"])
        if await interaction.client.asking.vote(question, interaction.user.id, "", helped=False):
            controls = Controls()
            controls.add(*_ways(question))
            text = "## Then I do not know\nAsk again in other words, or pass your question to the moderators."
            await respond(interaction, [Card([text], controls.rows, colour=GREY)], private=True)
        else:
            await say(interaction, GONE)


class PassOn(Button, template=rf"lb:pass:(?P<question>{NUMBER})"):
    """Opens the box for a line to the moderators, which may stay empty."""

    kind = "pass"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        box: ui.Label[Any] = ui.Label(
            text="Anything to add? (optional)",
            description="They see your question and this line, not who asked.",
            component=ui.TextInput(
                custom_id="context",
                style=discord.TextStyle.short,
                required=False,
                max_length=MAX_CONTEXT,
                placeholder="What did you try? What are you working on?",
            ),
        )
        await interaction.response.send_modal(
            ToModerators.make(interaction, "Ask the moderators", box, **self.ids)
        )


class ToModerators(Form):
    """The question becomes a miss that moderators see at once."""

    kind = "passed"
    template = rf"(?P<question>{NUMBER})"

    @classmethod
    async def submitted(
        cls, interaction: discord.Interaction[Any], tutor: Tutor, ids: Mapping[str, str], typed: Mapping[str, str]
    ) -> None:
        question = int(ids["question"])
        if await interaction.client.asking.pass_on(question, typed.get("context", "")):
            await _show(interaction, _passed(question))
        else:
            await say(interaction, GONE)


class Want(Button, template=rf"lb:want:(?P<question>{NUMBER})"):
    """Tell me when there is an answer."""

    kind = "want"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        asking: Asking = interaction.client.asking
        question = int(self.ids["question"])
        if await asking.want(question, interaction.user.id):
            await _show(interaction, _promised(question))
        elif answer := await asking.answered(question):
            private = interaction.guild is not None
            await _show(interaction, *draw_answer(answer, tutor, private=private, kept=Kept(question)))
        else:
            await say(interaction, GONE)


class Unwant(Button, template=rf"lb:unwant:(?P<question>{NUMBER})"):
    """Do not tell me after all; nothing leads to this member any more."""

    kind = "unwant"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        question = int(self.ids["question"])
        await interaction.client.asking.unwant(question, interaction.user.id)
        await _show(interaction, _passed(question, "Deleted: I will not write to you about it."))


PRESSABLES = (Helped, NotThis, NoneOfThese, PassOn, Want, Unwant)
FORMS = (ToModerators,)


async def _offer_others(interaction: discord.Interaction[Any], question: int, part: str) -> None:
    asking: Asking = interaction.client.asking
    if not await asking.vote(question, interaction.user.id, part, helped=False):
        await say(interaction, GONE)
        return
    others = await asking.others(question, part)
    controls = Controls()
    for each in others:
        controls.add(Suggest.of(each.text, each.id, interaction.user.id, Kept(question)))
    controls.add(*_ways(question))
    text = "## Is it one of these?\nIf not, pass your question to the moderators."
    if not others:
        text = "## Then I do not know\nNothing else comes close. The moderators may know."
    await respond(interaction, [Card([text], controls.rows, "Noted, without your name.")], private=True)


async def _show(interaction: discord.Interaction[Any], *cards: Card) -> None:
    """In the place of what was pressed, if only this member sees it."""
    if interaction.message is not None and is_private(interaction):
        await replace(interaction, cards)
    else:
        await respond(interaction, cards, private=True)


def _ways(question: int) -> list[Button]:
    return [
        PassOn.make("Ask the moderators", question=str(question)),
        browse.Contents.make("Browse the lessons"),
    ]


def _passed(question: int, note: str = "The moderators see your question, not who asked it.") -> Card:
    controls = Controls()
    controls.add(
        Want.make("Tell me when there is an answer", question=str(question)),
        browse.Contents.make("Browse the lessons"),
    )
    return Card([f"## Passed on\n{note}"], controls.rows)


def _promised(question: int) -> Card:
    controls = Controls()
    controls.add(Unwant.make("Do not tell me after all", question=str(question)))
    text = "## I will tell you\nOnce there is an answer, I send you one direct message, and forget that you asked."
    return Card([text], controls.rows, "Until then your id is kept with the question; one press deletes it.")


def _holds(message: discord.Message | None, start: str) -> bool:
    """Whether a message has a button whose custom_id starts so."""
    rows = (each for each in (message.components if message else ()) if isinstance(each, discord.ActionRow))
    return any((getattr(each, "custom_id", "") or "").startswith(start) for row in rows for each in row.children)


async def tell(bot: Any, questions: Sequence[int], answer: Answer) -> int:
    """Tell whoever asked to be told about these questions: one direct message each. How many it reached.

    Each is claimed before it is sent, so that two processes never send it twice; closed direct messages end
    it, and what failed on the way is tried again by `Answers`.
    """
    asking: Asking = bot.asking
    theirs: dict[int, list[int]] = {}
    for each in await asking.waiting(questions):
        theirs.setdefault(each.learner, []).append(each.question)
    reached = 0
    for learner, (first, *rest) in theirs.items():
        if await asking.claim(first, learner):
            reached += await _send(bot, Waiting(first, learner, answer.id), answer)
            await asking.told(rest, learner)
    return reached


async def _send(bot: Any, waiting: Waiting, answer: Answer) -> bool:
    asking: Asking = bot.asking
    cards = draw_answer(answer, bot.tutor, private=False, note="You asked to be told", kept=Kept(waiting.question))
    text = ["-# The answer you looked for is there now.", *cards[0].text]
    try:
        channel = await bot.create_dm(discord.Object(waiting.learner))
        for n, card in enumerate([changed(cards[0], text=text), *cards[1:]]):
            # Discord takes a message with the same nonce only once, within some minutes.
            await channel.send(view=card.view(), files=card.files(), nonce=f"{waiting.question}-{n}")
    except (discord.Forbidden, discord.NotFound) as error:
        log.info("an answer cannot be delivered (%s)", error.code)
        await asking.told([waiting.question], waiting.learner)
        return False
    except (discord.HTTPException, OSError) as error:
        log.warning("an answer may not have arrived: %s", error)  # looked into on the next round
        return False
    await asking.told([waiting.question], waiting.learner)
    return True


class Answers(commands.Cog):
    """Once a day: tells whoever could not be told yet, and deletes questions that are too old.

    It rests while no question is kept.
    """

    def __init__(self, bot: Any) -> None:
        self.bot = bot
        self._task: asyncio.Task[None] | None = None
        self._is_wanted = False

    async def cog_load(self) -> None:
        self.bot.asking.wake = self._wake
        self._wake()

    async def cog_unload(self) -> None:
        self.bot.asking.wake = lambda: None
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _wake(self) -> None:
        self._is_wanted = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        await self.bot.wait_until_ready()
        while self._is_wanted:
            self._is_wanted = False
            try:
                await self._round()
                self._is_wanted |= not await self.bot.asking.is_empty()
            except Exception:  # a database that is away comes back
                self._is_wanted = True
                log.exception("questions wait for %.0f seconds", SECONDS)
            if self._is_wanted:
                await asyncio.sleep(SECONDS)

    async def _round(self) -> None:
        asking: Asking = self.bot.asking
        await asking.purge()
        for waiting in await asking.unfinished():
            await self._look_into(waiting)
        for waiting in await asking.untold():
            if answer := self.bot.tutor.explain(waiting.part):
                await tell(self.bot, [waiting.question], answer)

    async def _look_into(self, waiting: Waiting) -> None:
        """Whether an answer arrived of which nobody reported: it stands among our messages, or it did not."""
        asking: Asking = self.bot.asking
        try:
            channel = await self.bot.create_dm(discord.Object(waiting.learner))
            async for message in channel.history(limit=LOOKED_THROUGH):
                if message.author == self.bot.user and _holds(message, f"lb:helped:{waiting.question}:"):
                    await asking.told([waiting.question], waiting.learner)
                    return
        except (discord.Forbidden, discord.NotFound):
            await asking.told([waiting.question], waiting.learner)
        except (discord.HTTPException, OSError) as error:
            log.warning("an answer waits: %s", error)
        else:
            await asking.release(waiting.question, waiting.learner)
