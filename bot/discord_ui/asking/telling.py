"""Tells members of the answer that they asked to be told of: one direct message each, late rather than twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace as changed
from typing import Any

import discord
from discord.ext import commands

from bot.asking.asking import Asking
from bot.dialogue.reply import Answer
from bot.discord_ui.asking.answers import Kept, draw_answer
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import holds, is_closed, is_gone, respond
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.locale import language_for
from bot.discord_ui.kit.refusals import in_words
from bot.language.words import _, in_locale
from bot.store.wishes import Waiting

log = logging.getLogger(__name__)

SECONDS = 24 * 3600.0
LOOKED_THROUGH = 50  # of the messages of a direct channel, to see whether we told its member


async def tell_of(bot: Any, part: str) -> int:
    """Tell whoever waits for what this part answers now. How many members it reached."""
    return await tell(bot, [each for each in await bot.app.asking.untold() if each.part == part])


async def tell(bot: Any, untold: Sequence[Waiting]) -> int:
    """Tell these members, each once of each answer. How many messages arrived.

    Each is claimed before it is sent: two processes never send it twice, and what was undone meanwhile is not
    told. What fails on the way, or meets closed direct messages, is tried again by `Answers`.
    """
    asking: Asking = bot.app.asking
    theirs: dict[tuple[int, str], list[Waiting]] = {}
    for each in untold:
        theirs.setdefault((each.learner, each.part), []).append(each)
    reached = 0
    for (learner, part), (first, *rest) in theirs.items():
        answer = bot.app.tutor.explain(part)
        if answer and await asking.claim(first.question, learner) and await _send(bot, first, answer):
            reached += 1
            await asking.told([each.question for each in rest], learner)
    return reached


async def _send(bot: Any, waiting: Waiting, answer: Answer) -> bool:
    asking: Asking = bot.app.asking
    try:
        channel = await bot.create_dm(discord.Object(waiting.learner))
        for n, card in enumerate(_cards(bot, waiting, answer)):
            # Discord takes a message with the same nonce only once, within some minutes.
            await channel.send(view=card.view(), files=card.files(), nonce=f"{waiting.question}-{n}")
    except (discord.HTTPException, OSError) as error:
        if is_gone(error):
            await asking.told([waiting.question], waiting.learner)
        elif is_closed(error):
            log.info("a notification waits until the member accepts direct messages")
            bot.unreachable.add(waiting.learner)
            await asking.release(waiting.question, waiting.learner)
        else:  # "too fast" is a 403, too
            log.warning(
                "a notification may not have arrived: %s", in_words(error)
            )  # looked into on the next round
        return False
    bot.unreachable.discard(waiting.learner)
    await asking.told([waiting.question], waiting.learner)
    return True


async def show_here(interaction: Interaction) -> None:
    """Show in private what waits for whoever just used a command, instead of in a direct message."""
    bot, member = interaction.client, interaction.user.id
    asking: Asking = bot.app.asking
    seen: set[str] = set()
    for waiting in [each for each in await asking.untold() if each.learner == member]:
        answer = bot.app.tutor.explain(waiting.part)
        if answer is None or not await asking.claim(waiting.question, member):
            continue
        try:
            if waiting.part not in seen:
                await respond(interaction, _cards(bot, waiting, answer), private=True)
        except (discord.HTTPException, OSError) as error:
            log.warning("a notification could not be shown after a command: %s", error)
            await asking.release(waiting.question, member)
        else:
            seen.add(waiting.part)
            await asking.told([waiting.question], member)


def _cards(bot: Any, waiting: Waiting, answer: Answer) -> list[Card]:
    """The answer, in the language of the server where it was asked for."""
    server = bot.get_guild(waiting.server)
    locale = server.preferred_locale if server else discord.Locale.american_english
    with in_locale(language_for(bot.app.servers, waiting.server, locale)):
        note = _("You asked to be notified")
        first, *more = draw_answer(answer, bot.app.tutor, private=False, note=note, kept=Kept(waiting.question))
        news = _("Your question now has an answer.")
        return [changed(first, text=[f"-# {news}", *first.text]), *more]


class Answers(commands.Cog):
    """Once a day: tells whoever could not be told yet, and deletes questions and drafts that are too old.

    It rests while none is kept.
    """

    def __init__(self, bot: Any) -> None:
        self.bot = bot
        self._task: asyncio.Task[None] | None = None
        self._is_wanted = False

    async def cog_load(self) -> None:
        self.bot.app.asking.wake = self.bot.app.curating.drafts.wake = self._wake
        self._wake()

    @commands.Cog.listener()
    async def on_app_command_completion(self, interaction: Interaction, _command: object) -> None:
        """Whoever cannot be written to sees here what waits for them."""
        if interaction.user.id in self.bot.unreachable:
            await show_here(interaction)

    async def cog_unload(self) -> None:
        self.bot.app.asking.wake = self.bot.app.curating.drafts.wake = lambda: None
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
                is_kept = await self.bot.app.delete_expired()
                self._is_wanted |= is_kept  # whoever woke it up meanwhile is heard
                await self._round()
            except Exception:  # a database that is away comes back
                self._is_wanted = True
                log.exception("notifications wait for %.0f seconds", SECONDS)
            if self._is_wanted:
                await asyncio.sleep(SECONDS)

    async def _round(self) -> None:
        asking: Asking = self.bot.app.asking
        for waiting in await asking.unfinished():
            await self._look_into(waiting)
        await tell(self.bot, await asking.untold())

    async def _look_into(self, waiting: Waiting) -> None:
        """Whether an answer arrived of which nobody reported: it stands among our messages, or it did not."""
        asking: Asking = self.bot.app.asking
        # Who is told, asks again once it is undone, and waits anew, has an older message with another answer.
        mark = f"lb:helped:{waiting.question}:{waiting.part}"
        try:
            channel = await self.bot.create_dm(discord.Object(waiting.learner))
            async for message in channel.history(limit=LOOKED_THROUGH):
                if message.author == self.bot.user and holds(message, mark):
                    await asking.told([waiting.question], waiting.learner)
                    return
        except (discord.HTTPException, OSError) as error:
            if is_gone(error):
                await asking.told([waiting.question], waiting.learner)
            elif is_closed(error):
                await asking.release(waiting.question, waiting.learner)
            else:
                log.warning("a notification waits: %s", in_words(error))
        else:
            await asking.release(waiting.question, waiting.learner)
