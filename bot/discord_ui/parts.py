"""What the bot is made of: all commands, buttons, forms and listeners."""

from __future__ import annotations

from collections.abc import Iterable

from discord.ext import commands

from bot.discord_ui.asking import (
    answer_this,
    answers,
    ask,
    ask_about,
    browse,
    dismissing,
    feedback,
    following,
    forgetting,
    going_on,
    hearing,
    inquiries,
    my_proposals,
    naming,
    posts,
    reply_cards,
    solved,
    suggesting,
    trying,
)
from bot.discord_ui.curating import (
    advice,
    ask_back,
    digest_card,
    draft_actions,
    draft_offers,
    draft_publishing,
    history,
    importing,
    inbox_cards,
    inbox_options,
    miss_answers,
    miss_list,
    misses,
    proposal_decisions,
    proposals,
    save_entry,
    server_settings,
    stats,
)
from bot.discord_ui.curating import commands as curating_commands
from bot.discord_ui.curating.inbox_sender import InboxSender
from bot.discord_ui.curating.notices import Notices
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.walking import commands as walking_commands
from bot.discord_ui.walking import forgetting as walks_forgetting
from bot.discord_ui.walking import panel, reminders, shared_panel, typed_answers

ROOMS = (
    ask_about,
    answer_this,
    answers,
    ask_back,
    browse,
    advice,
    digest_card,
    dismissing,
    draft_actions,
    draft_offers,
    draft_publishing,
    feedback,
    forgetting,
    going_on,
    walking_commands,
    walks_forgetting,
    history,
    importing,
    inbox_cards,
    inbox_options,
    inquiries,
    miss_answers,
    miss_list,
    misses,
    my_proposals,
    naming,
    panel,
    proposal_decisions,
    proposals,
    reminders,
    reply_cards,
    server_settings,
    stats,
    suggesting,
    shared_panel,
    trying,
)

FORMS = tuple(form for room in ROOMS for form in getattr(room, "FORMS", ()))


async def add_parts(bot: BaseBot, notices: Notices, senders: Iterable[commands.Cog]) -> None:
    """Add all commands, buttons and listeners, and `senders`, which others wake."""
    for room in ROOMS:
        bot.add_dynamic_items(*room.COMPONENTS)
    cogs = (
        # These four hear messages, in this order: the first only notes something, and a post or a letter is no
        # other question.
        following.Following(bot),
        posts.ForumPosts(bot),
        typed_answers.TypedAnswers(bot),
        hearing.Hearing(bot),
        ask.Ask(bot),
        answer_this.AnswerThis(bot),
        walking_commands.WalkthroughCommand(bot.app),
        browse.Browse(),
        reminders.ReminderSender(bot),
        *senders,
        suggesting.SuggestForLessons(bot),
        solved.ThisSolvedIt(bot),
        inquiries.InquirySender(bot),
        InboxSender(bot, notices),
        curating_commands.Curate(bot.app, browse.show_shelf),
        save_entry.SaveAsEntry(bot),
    )
    for cog in cogs:
        await bot.add_cog(cog)
