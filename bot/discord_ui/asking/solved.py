""" "This solved it": whoever asked in a forum post marks the message that answered them.

The post gets the forum's tag for solved posts, or else the message gets a ✅. Whoever answered is thanked without
a ping. The moderators get the question and the answer as a proposal.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection

import discord
from discord import app_commands

from bot.asking.asking import Before
from bot.asking.posts import SOLVED
from bot.curating.proposals import Proposal, Refusal
from bot.discord_ui.asking.earlier_answers import LOOKED_AT
from bot.discord_ui.asking.messages import CardRef, card_of, texts_of
from bot.discord_ui.asking.navigation import has_moderators
from bot.discord_ui.asking.suggesting import why_not
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import reply_to, respond, tell
from bot.discord_ui.kit.human_answer import PATIENCE, answer_in, asked_in_post, is_human_answer
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import escaped
from bot.discord_ui.kit.message_menu import MessageMenu
from bot.discord_ui.kit.permissions import is_moderator
from bot.discord_ui.kit.recent import Latest, Recent
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words
from bot.language.words import N_, _

THIS_SOLVED_IT = N_("This solved it")
MARKED = N_("What solved this post is marked already.")
TICK = "✅"
MAX_TAGS = 5  # on a post
BLOCKED = 90001  # the code of an error: whoever wrote the message blocked the bot

log = logging.getLogger(__name__)


class ThisSolvedIt(MessageMenu):
    """The menu of a message in a forum post."""

    title = THIS_SOLVED_IT

    def __init__(self, bot: BaseBot) -> None:
        super().__init__(bot)
        # Posts that are just being marked, and what was marked in a post: not all of that can be proposed.
        self._marking = Recent()
        self._marked: Latest[int, int] = Latest(1000)
        # Messages that can have no ✅, as their authors blocked the bot.
        self._unmarkable: Latest[int, bool] = Latest(1000)

    @app_commands.allowed_contexts(guilds=True, dms=False)
    async def chosen(self, interaction: Interaction, message: discord.Message) -> None:
        """Mark the post, thank whoever answered, and propose the pair."""
        post = interaction.channel
        if not isinstance(post, discord.Thread) or not isinstance(post.parent, discord.ForumChannel):
            await tell(
                interaction, _("This works in forum posts: on the message that solved the question of the post.")
            )
            return
        if interaction.user.id != post.owner_id and not is_moderator(interaction):
            await tell(interaction, _("Only the author of this post or a moderator can mark what solved it."))
            return
        card = card_of(message) if message.author == self.bot.user else None
        is_question = message.id == post.id
        if is_question or (card and not card.passage) or not (card or is_human_answer(message, self.bot.user)):
            await tell(interaction, _("Choose the message that answered the question of this post."))
            return
        if not self._marking.is_new(post.id):
            await tell(interaction, _(MARKED))
            return
        try:
            saved = await self.bot.app.curating.proposals.solutions_of(post.id)
            solutions = set(saved)
            if marked := self._marked.get(post.id):
                solutions.add(marked)
            # A ✅ does not say that the pair was saved, for which there may have been no room.
            if await _is_still_marked(interaction, post, solutions, self._unmarkable):
                await tell(interaction, _(MARKED))
            elif await self._solved(interaction, post, message, card, is_saved=message.id in saved):
                self._marked.put(post.id, message.id)
        finally:
            self._marking.forget(post.id)

    async def _solved(
        self,
        interaction: Interaction,
        post: discord.Thread,
        message: discord.Message,
        card: CardRef | None,
        *,
        is_saved: bool,
    ) -> bool:
        """Do all that belongs to it, and say what was done; returns whether there is nothing left to do.

        If the pair `is_saved`, it is not proposed once more.
        """
        await interaction.response.defer(ephemeral=True, thinking=True)
        # Saved before anything shows in the post: if that fails, all of it can be tried once more.
        saved, made, is_person = "", None, not card and not message.author.bot
        if card:
            before = Before(card.question, "", card.passage)
            await self.bot.app.asking.thanked(interaction.user.id, post.guild.id, before)
            saved = _("Your feedback was saved: the answer helped.")
        elif is_person and not is_saved:
            made = await self._propose(interaction, post, message)
            saved = _proposed(made)
        is_done, marked = await _mark(interaction, post, message, self._unmarkable)
        thanked = await _thank(interaction, message) if is_person else ""
        title = _("Solved")
        lines = "\n".join(f"- {each}" for each in (marked, thanked, saved) if each)
        await respond(interaction, [Card([f"## {title}\n{lines}"])], private=True)
        # Once there is room for the pair, the message can be chosen again.
        return is_done and made is not Refusal.TOO_MANY

    async def _propose(
        self, interaction: Interaction, post: discord.Thread, message: discord.Message
    ) -> Proposal | Refusal | None:
        """Offer the moderators the pair, if there are any. They mark as many posts as they like."""
        if not has_moderators(self.bot):
            return None
        people = {message.author, *message.mentions, interaction.user}
        names = {name for each in people for name in (each.name, each.global_name, each.display_name) if name}
        return await self.bot.app.curating.proposals.propose(
            "solved",
            server=post.guild.id,
            proposer=interaction.user.id,
            question=await asked_in_post(interaction, post),
            answer=answer_in(message, names),
            channel=post.id,
            message=message.id,
            limited=not is_moderator(interaction),
        )


def _proposed(made: Proposal | Refusal | None) -> str:
    if isinstance(made, Proposal):
        return _("Proposed to the moderators as an entry of the lessons. They see that you marked it.")
    return why_not(made) if made and made is not Refusal.EMPTY else ""


def _solved_tag(forum: discord.ForumChannel) -> discord.ForumTag | None:
    """The forum's tag for solved posts, such as "Solved", "✅ Gelöst" or "Resuelto"."""
    for each in forum.available_tags:
        if "".join(filter(str.isalpha, each.name.casefold())) in SOLVED:
            return each
    return None


def _is_tagged(post: discord.Thread) -> bool:
    tag = _solved_tag(post.parent) if isinstance(post.parent, discord.ForumChannel) else None
    return tag is not None and tag.id in {each.id for each in post.applied_tags}


def _can_tag(interaction: Interaction, post: discord.Thread) -> bool:
    has_tag = isinstance(post.parent, discord.ForumChannel) and _solved_tag(post.parent) is not None
    return has_tag and interaction.app_permissions.manage_threads and len(post.applied_tags) < MAX_TAGS


def _can_react(interaction: Interaction) -> bool:
    can = interaction.app_permissions
    return can.add_reactions and can.read_message_history


async def _is_still_marked(
    interaction: Interaction, post: discord.Thread, solutions: Collection[int], unmarkable: Latest[int, bool]
) -> bool:
    """Whether the post has its tag, or one of its solutions the ✅. If it was opened again, it has neither.

    Where the bot can make no mark, there is none to look for: what was chosen first stays.
    """
    if _is_tagged(post) or not (_can_tag(interaction, post) or _can_react(interaction)):
        return bool(solutions)
    for each in solutions:
        try:
            async with asyncio.timeout(PATIENCE):
                solution = await post.fetch_message(each)
        except discord.NotFound:  # deleted
            continue
        except REQUEST_ERRORS as error:
            log.info("what solved a post could not be read: %s", in_words(error))
            return True
        if unmarkable.get(each) or any(mark.me and mark.emoji == TICK for mark in solution.reactions):
            return True
    return False


async def _mark(
    interaction: Interaction, post: discord.Thread, message: discord.Message, unmarkable: Latest[int, bool]
) -> tuple[bool, str]:
    """Add the tag, or else a reaction; returns whether to try it again is of no use, and what was done."""
    tag = _solved_tag(post.parent) if isinstance(post.parent, discord.ForumChannel) else None
    name = f"**{escaped(tag.name)}**" if tag else ""
    if _is_tagged(post):
        return True, _("The post has the tag {tag} already.", tag=name)
    try:
        if tag and _can_tag(interaction, post):
            await post.add_tags(tag)
            return True, _("The post has the tag {tag} now.", tag=name)
        if _can_react(interaction):
            await message.add_reaction(TICK)
            return True, _("The message is marked with {tick}.", tick=TICK)
    except REQUEST_ERRORS as error:
        log.info("a post could not be marked as solved: %s", in_words(error))
        if isinstance(error, discord.HTTPException) and error.code == BLOCKED:
            unmarkable.put(message.id, True)
        if not isinstance(error, discord.Forbidden):
            choice = _(THIS_SOLVED_IT)
            return False, _("The post could not be marked just now. Choose *{choice}* once more.", choice=choice)
    return True, _("I can't mark the post: I'm not allowed to add a tag or a reaction here.")


async def _thank(interaction: Interaction, message: discord.Message) -> str:
    """Thank whoever answered, once, without a ping; returns what was done. Nobody thanks themselves."""
    if message.author.id == interaction.user.id or not interaction.app_permissions.send_messages_in_threads:
        return ""
    thanks = _(
        "{tick} This solved it, says {member}. Thank you, {author}!",
        tick=TICK,
        member=interaction.user.mention,
        author=message.author.mention,
    )
    try:
        if await _is_thanked(message, interaction.client.user):  # before a restart
            return ""
        await reply_to(message, [Card([thanks])])
    except REQUEST_ERRORS as error:
        log.info("whoever solved a post could not be thanked: %s", in_words(error))
        return ""
    return _("{author} was thanked, without a notification.", author=message.author.mention)


async def _is_thanked(message: discord.Message, me: discord.ClientUser | None) -> bool:
    """Whether the bot replied to this message with thanks: in any language, a ✅ and a mention of its author."""
    later = message.channel.history(limit=LOOKED_AT, after=message)
    replies = [each async for each in later if each.reference and each.reference.message_id == message.id]
    said = (text for each in replies if each.author == me for text in texts_of(each))
    return any(text.startswith(TICK) and message.author.mention in text for text in said)
