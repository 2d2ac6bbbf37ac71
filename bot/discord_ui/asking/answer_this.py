"""*Apps → Answer this*: an answer to a message, shown in private first, and posted as a reply if that helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord

from bot.asking.asking import Answered, Logged
from bot.dialogue.reply import Answer, Question, Suggestions, Topics, UseCommand
from bot.discord_ui.asking.answers import GONE, SharedCards, draw_answer, draw_public, logged_in
from bot.discord_ui.asking.browse import Contents
from bot.discord_ui.asking.messages import post_title, read_in, said_in, text_files
from bot.discord_ui.asking.reply_cards import draw, short
from bot.discord_ui.asking.sent_answers import SentAnswer, SentAnswers
from bot.discord_ui.asking.suggested import suggested
from bot.discord_ui.kit.admission import may_ask
from bot.discord_ui.kit.cards import Card, Control, Controls, suggestions_card, unknown_card
from bot.discord_ui.kit.channel_lessons import lessons_here
from bot.discord_ui.kit.choices import labels, of_questions
from bot.discord_ui.kit.delivery import replace, reply_to, respond, show_privately, tell
from bot.discord_ui.kit.forms import Form, line
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import OPTION_TEXT, SELECT_OPTIONS
from bot.discord_ui.kit.locale import in_public
from bot.discord_ui.kit.markdown import quoted
from bot.discord_ui.kit.message_menu import MessageMenu
from bot.discord_ui.kit.permissions import may_speak
from bot.discord_ui.kit.plain_button import PlainButton
from bot.discord_ui.kit.press import NUMBER, PASSAGE, Button, Menu, option
from bot.discord_ui.kit.recent import Latest
from bot.language.words import N_, _
from bot.tutor import MAX_TYPED

ANSWER_THIS = N_("Answer this")
# The message that is answered, written short, and its question in the log if it is there.
TARGET = rf"(?P<message>[0-9a-z]{{1,13}})(?::(?P<question>{NUMBER}))?"
LARGEST_ID = 2**63 - 1  # that Discord gives to a message
SHOWN_WORDS = 100
NOT_YOU = N_("You can't post an answer here because you can't send messages in this channel.")
NOT_ME = N_(
    "I can't reply here because I can't read or send messages in this channel. Ask a moderator to allow it."
)
DELETED = N_("The message was deleted, so I can't reply to it.")
POSTED = N_("This answer has already been posted.")


class ReadMessages(Latest[int, str]):
    """What *Answer this* found to be asked in a message, by its id. It is logged only if the answer is posted."""


class AnswerThis(MessageMenu):
    """A message as a question, answered for whoever opened the menu; they may post the answer as a reply."""

    title = ANSWER_THIS

    async def chosen(self, interaction: Interaction, message: discord.Message) -> None:
        if await may_ask(interaction):
            await answer_message(interaction, message)


class PostReply(Button, template=rf"lb:reply:(?P<passage>{PASSAGE}):{TARGET}"):
    """Posts the answer as a reply to the message, once, without a ping."""

    kind = "reply"

    async def pressed(self, interaction: Interaction) -> None:
        tutor = interaction.client.app.tutor
        answer = tutor.explain(self.ids["passage"])
        if answer is None:
            await tell(interaction, _(GONE))
        elif not _may_reply(interaction):
            await tell(interaction, _(NOT_YOU))
        elif interaction.message and (message := await _find(interaction, self.ids)):
            with interaction.client.kept(SharedCards).once(interaction.message.id) as is_first:
                if not is_first:
                    await tell(interaction, _(POSTED))
                    return
                logged = await _log(interaction, self.ids, message, answer)
                with in_public(interaction):
                    note = _("Posted by {member}", member=interaction.user.mention)
                    cards = draw_public(answer, tutor, asker=message.author.id, logged=logged, note=note)
                sent = await reply_to(message, cards[:1])
            try:
                sent += await reply_to(message, cards[1:])
            finally:  # what was posted follows the question, also if the rest of it could not be
                interaction.client.kept(SentAnswers).put(message.id, SentAnswer(sent))
            await replace(interaction, draw_answer(answer, tutor, private=False, note=_("Posted"))[-1:])


class ChooseAnswer(Button, template=rf"lb:with:(?P<passage>{PASSAGE}):{TARGET}"):
    """Shows an entry that may be the answer."""

    kind = "with"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        await _show(interaction, self.ids, self.ids["passage"])


class ChooseOther(Menu, template=f"lb:with-other:{TARGET}"):
    """The same for an entry of the menu."""

    kind = "with-other"

    async def pressed(self, interaction: Interaction) -> None:
        await _show(interaction, self.ids, self.chosen)


class SearchAnswers(Button, template=f"lb:with-search:{TARGET}"):
    """Opens the box for the words to search with."""

    kind = "with-search"

    async def pressed(self, interaction: Interaction) -> None:
        box = line("words", _("Search the lessons"), _("A few words of the question are enough."), MAX_TYPED)
        ids = {name: id_ for name, id_ in self.ids.items() if id_}
        await interaction.response.send_modal(SearchForm.make(interaction, _("Choose another answer"), box, **ids))


class SearchForm(Form):
    """Offers the entries that the words fit."""

    kind = "with-found"
    template = TARGET

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        words = typed.get("words", "")
        found = interaction.client.app.tutor.complete(words)
        if not found:  # the card stays, and with it the search
            await tell(interaction, _("No entry matches {words}.", words=quoted(words, SHOWN_WORDS)))
            return
        title = _("Choose another answer")
        cards = [Card([f"## {title}"], [_others(interaction, ids, found), [_search(ids)]])]
        await show_privately(interaction, cards)


COMPONENTS = (PostReply, ChooseAnswer, ChooseOther, SearchAnswers)
FORMS = (SearchForm,)


def _may_reply(interaction: Interaction) -> bool:
    """Whether this member could reply here without the bot's help."""
    thread = interaction.channel
    is_locked = isinstance(thread, discord.Thread) and thread.locked
    return may_speak(interaction) and (not is_locked or interaction.permissions.manage_threads)


async def answer_message(interaction: Interaction, message: discord.Message) -> None:
    """Answer what a message says. Of somebody else's, nothing is logged until it is posted."""
    if text_files(message) and not said_in(message):
        await interaction.response.defer(ephemeral=True, thinking=True)
    bot, member, server = interaction.client, interaction.user.id, interaction.guild_id or 0
    lessons, asking = lessons_here(bot, server, message.channel), bot.app.asking
    said, title = await read_in(message), post_title(message)
    if message.author.id == member:
        answered = await asking.answer(
            said, member=member, server=server, message=message.id, title=title, lessons=lessons
        )
    else:
        answered = Answered(await asking.look_up(said, title=title, lessons=lessons), lessons=lessons)
    if interaction.guild_id is None or bot.get_guild(server) is None or not _may_reply(interaction):
        cards = draw(answered, bot, asker=member, private=bool(server))
    else:
        asked = asking.question_of(said, title)
        bot.kept(ReadMessages).put(message.id, asked)
        question = str(answered.logged.id) if answered.logged else None
        cards = _draw(interaction, answered, asked, {"message": short(message.id), "question": question})
    await respond(interaction, cards, private=True)


def _draw(interaction: Interaction, answered: Answered, asked: str, ids: Mapping[str, str | None]) -> list[Card]:
    tutor, controls = interaction.client.app.tutor, Controls()
    reply = answered.reply
    if isinstance(reply, Answer):
        return _draw_answer(interaction, reply, asked, ids, answered.logged)
    if isinstance(reply, Topics | UseCommand):
        return draw(answered, interaction.client, asker=interaction.user.id, private=True)
    _add_ways(controls, interaction, asked, ids)
    if isinstance(reply, Suggestions):
        message, question = ids["message"], ids.get("question")
        beside = suggested(
            reply.questions,
            tutor,
            lambda label, id_: ChooseAnswer.make(label, passage=id_, message=message, question=question),
        )
        return [suggestions_card(reply, beside, controls)]
    controls.add(Contents.make(_("Browse the lessons")))
    if reply.nothing_asked:
        title = _("I found no question in that message")
        return [Card([f"## {title}"], controls.rows)]
    return [unknown_card(controls, which_error=reply.which_error, in_other_language=reply.in_other_language)]


def _draw_answer(
    interaction: Interaction, answer: Answer, asked: str, ids: Mapping[str, str | None], logged: Logged | None
) -> list[Card]:
    controls = Controls()
    controls.add(
        PostReply.make(
            _("Reply to this message"),
            primary=True,
            passage=answer.id,
            message=ids["message"],
            question=ids.get("question"),
        ),
        _search(ids),
    )
    _add_ways(controls, interaction, asked, ids, beside=answer.id, search=False)
    *before, last = draw_answer(answer, interaction.client.app.tutor, private=False, logged=logged)
    whole = Card(last.text, [*controls.rows, *last.controls], last.footer, last.colour, last.picture, last.alt)
    return [*before, whole]


def _add_ways(  # noqa: PLR0913 -- what is offered beside what
    controls: Controls,
    interaction: Interaction,
    asked: str,
    ids: Mapping[str, str | None],
    *,
    beside: str = "",
    search: bool = True,
) -> None:
    """A menu of what else may answer the message, and the search."""
    found = interaction.client.app.tutor.complete(asked) if asked.strip() else ()
    others = [each for each in found if each.id != beside]
    if others:
        controls.add(*_others(interaction, ids, others))
    if search:
        controls.add(_search(ids))


def _others(interaction: Interaction, ids: Mapping[str, str | None], found: Sequence[Question]) -> list[Control]:
    some = found[:SELECT_OPTIONS]
    names = labels(of_questions(some, interaction.client.app.tutor), OPTION_TEXT)
    options = [option(name, each.id) for name, each in zip(names, some, strict=True)]
    return [
        ChooseOther.make(_("Choose another answer"), options, message=ids["message"], question=ids.get("question"))
    ]


def _search(ids: Mapping[str, str | None]) -> PlainButton:
    return SearchAnswers.make(_("Search the lessons"), message=ids["message"], question=ids.get("question"))


async def _show(interaction: Interaction, ids: Mapping[str, str], passage: str) -> None:
    answer = interaction.client.app.tutor.explain(passage)
    if answer is None:
        await tell(interaction, _(GONE))
        return
    asked = interaction.client.kept(ReadMessages).get(int(ids["message"], 36)) or ""
    cards = _draw_answer(interaction, answer, asked, ids, logged_in(interaction, ids))
    await replace(interaction, cards)


async def _find(interaction: Interaction, ids: Mapping[str, str]) -> discord.Message | None:
    """The message to reply to, if it is still in this channel and the bot may reply; else the member is told."""
    can, channel = interaction.app_permissions, interaction.channel
    in_thread = isinstance(channel, discord.Thread)
    may_write = can.send_messages_in_threads if in_thread else can.send_messages
    if not (may_write and can.view_channel) or not isinstance(channel, discord.abc.Messageable):
        await tell(interaction, _(NOT_ME))
        return None
    await interaction.response.defer()  # three more requests come first, and Discord waits for three seconds
    try:
        return await channel.fetch_message(min(int(ids["message"], 36), LARGEST_ID))
    except discord.NotFound:
        await tell(interaction, _(DELETED))
    except discord.Forbidden:
        await tell(interaction, _(NOT_ME))
    return None


async def _log(
    interaction: Interaction, ids: Mapping[str, str], message: discord.Message, answer: Answer
) -> Logged | None:
    """The question in the log: with its answer in the channel, the message is one. It is logged once."""
    bot, server, member = interaction.client, interaction.guild_id or 0, message.author.id
    asking = bot.app.asking
    if logged := logged_in(interaction, ids) or asking.logged_of(message.id, member, server):
        await asking.take(logged.id, member, answer.id, server)
        return logged
    asked = bot.kept(ReadMessages).get(message.id) or asking.question_of(said_in(message), post_title(message))
    answered = await asking.answer(
        asked, member=member, server=server, message=message.id, reply=answer, public=True
    )
    return answered.logged
