"""In `/lessons settings`: which lessons a channel, a forum or a category is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.app import ChosenLesson
from bot.discord_ui.curating.chosen_places import TALK, deleted_among
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.channel_lessons import document_of
from bot.discord_ui.kit.choices import key_of, labels, of_lessons
from bot.discord_ui.kit.delivery import replace, respond, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import OPTION_TEXT, SELECT_OPTIONS
from bot.discord_ui.kit.markdown import escaped, shorten, told_apart
from bot.discord_ui.kit.paging import ListPage
from bot.discord_ui.kit.permissions import may_choose
from bot.discord_ui.kit.press import NUMBER, Button, ChannelMenu, Menu, option
from bot.language.words import N_, _, _n
from bot.lessons.document import Document
from bot.settings import LARGEST_ID

MAX_LISTED = 15
LINE = 200


class ChannelLessons(Button, template="lb:set-lessons:(?P<how>open|back)"):
    """Lists the channels that are about some lessons."""

    kind = "set-lessons"

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_choose(interaction):
            return
        card = await _list(interaction)
        if self.ids["how"] == "back":
            await replace(interaction, [card])
        else:
            await respond(interaction, [card], private=True)


class LessonsOf(ChannelMenu, template="lb:set-lessons-of"):
    """Chooses the channel."""

    placeholder = N_("Choose a channel, forum or category")
    types = TALK
    least = 1

    async def pressed(self, interaction: Interaction) -> None:
        if await may_choose(interaction):
            await replace(interaction, [_card(interaction, self.channels[0], 0)])


class LessonsIn(Menu, template=rf"lb:set-lessons-in:(?P<channel>{NUMBER}):(?P<page>[0-9]{{1,4}})"):
    """The lessons that a channel is about; of many lessons, those of one page."""

    kind = "set-lessons-in"

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_choose(interaction):
            return
        servers, server = interaction.client.app.servers, interaction.guild_id or 0
        channel, page = int(self.ids["channel"]), int(self.ids["page"])
        if channel > LARGEST_ID:
            await tell(interaction, _("This channel does not exist."))
            return
        offered = _offered(interaction, channel)
        shown = offered[page * SELECT_OPTIONS : (page + 1) * SELECT_OPTIONS]
        others = [each.lesson for each in offered if each.is_chosen and each not in shown]
        chosen = [each.lesson for each in shown if each.key in self.item.values]
        await servers.set_lessons(server, channel, [*others, *chosen])
        await replace(interaction, [_card(interaction, channel, page)])


class LessonsPage(Button, template=rf"lb:set-lessons-page:(?P<channel>{NUMBER}):(?P<page>[0-9]{{1,4}})"):
    """Another page of the lessons to choose from."""

    kind = "set-lessons-page"

    async def pressed(self, interaction: Interaction) -> None:
        if await may_choose(interaction):
            await replace(interaction, [_card(interaction, int(self.ids["channel"]), int(self.ids["page"]))])


class ForgetDeleted(Button, template="lb:set-lessons-clean"):
    """Removes what was chosen for channels that are deleted, and lessons that are no longer there."""

    kind = "set-lessons-clean"

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_choose(interaction):
            return
        servers, documents = interaction.client.app.servers, interaction.client.app.tutor.documents
        await interaction.response.defer()
        every = dict(servers.lessons_of(interaction.guild_id))
        deleted = await deleted_among(interaction.guild, every)
        for channel, chosen in every.items():
            there = [each for each in chosen if document_of(each, documents)]
            left = [] if channel in deleted else there
            if len(left) < len(chosen):
                await servers.set_lessons(interaction.guild_id or 0, channel, left)
        await replace(interaction, [await _list(interaction)])


COMPONENTS = (ChannelLessons, LessonsOf, LessonsIn, LessonsPage, ForgetDeleted)


@dataclass(frozen=True)
class _Offered:
    """A lesson to choose; one that is gone can only be unchosen."""

    lesson: ChosenLesson
    name: str
    is_chosen: bool = False

    @property
    def key(self) -> str:
        return key_of(self.lesson.file)


def _offered(interaction: Interaction, channel: int) -> list[_Offered]:
    """All lessons for the menu of a channel; first those that were chosen and are gone."""
    app = interaction.client.app
    documents: Sequence[Document] = app.tutor.documents
    chosen = app.servers.lessons_of(interaction.guild_id).get(channel, ())
    found = {each: document_of(each, documents) for each in chosen}
    gone = [_Offered(each, removed(each.title), is_chosen=True) for each in chosen if not found[each]]
    files = {each.file for each in found.values() if each}
    names = labels(of_lessons(documents), OPTION_TEXT)
    there = [
        _Offered(ChosenLesson(each.file, each.lesson.lesson), name, each.file in files)
        for name, each in zip(names, documents, strict=True)
    ]
    return [*gone, *there]


def _card(interaction: Interaction, channel: int, page: int) -> Card:
    here = ListPage(_offered(interaction, channel), page, SELECT_OPTIONS)
    names = told_apart([(each.name, each.lesson.file) for each in here.shown], OPTION_TEXT)
    options = [option(name, each.key, chosen=each.is_chosen) for name, each in zip(names, here.shown, strict=True)]
    ids = {"channel": str(channel), "page": str(here.number)}
    controls = Controls()
    if options:
        menu = LessonsIn.make(_("Lessons for this channel"), options, least=0, most=len(options), **ids)
        controls.add(menu)
    turns = [each for each in here.buttons(LessonsPage, channel=str(channel)) if not each.disabled]
    controls.add(ChannelLessons.make(_("All channels"), how="back"), *turns)
    title = _("Lessons for {channel}", channel=f"<#{channel}>")
    text = _(
        "Choose the lessons that this channel is about. If several entries fit a question equally well, I suggest "
        "those from these lessons first, also in this channel's threads and posts. {browse} shows these lessons "
        "first.",
        browse="`/browse`",
    )
    return Card([f"## {title}\n{text}"], controls.rows, here.place)


async def _list(interaction: Interaction) -> Card:
    chosen = interaction.client.app.servers.lessons_of(interaction.guild_id)
    documents = interaction.client.app.tutor.documents
    deleted = await deleted_among(interaction.guild, chosen)
    lines = []
    has_gone = False
    for channel, lessons in chosen.items():
        has_gone = has_gone or channel in deleted or any(document_of(each, documents) is None for each in lessons)
        where = _("a deleted channel") if channel in deleted else f"<#{channel}>"
        lines.append(f"- {where}: {shorten(', '.join(_shown(each, documents) for each in lessons), LINE)}")
    if more := len(lines[MAX_LISTED:]):
        lines[MAX_LISTED:] = ["- " + _n("and {count} more channel", "and {count} more channels", more)]
    title = _("Lessons for certain channels")
    text = "\n".join(lines) or _("No channel has its own lessons yet. All lessons count the same everywhere.")
    controls = Controls()
    controls.add(LessonsOf.make())
    if has_gone:
        controls.add(ForgetDeleted.make(_("Remove what is gone")))
    return Card([f"## {title}\n{text}"], controls.rows)


def count_of_channels(interaction: Interaction) -> str:
    """How many channels are about single lessons, for the card of all settings."""
    count = len(interaction.client.app.servers.lessons_of(interaction.guild_id))
    return _n("{count} channel", "{count} channels", count) if count else _("none")


def removed(title: str) -> str:
    return _("{title} (removed)", title=title)


def _shown(chosen: ChosenLesson, documents: Sequence[Document]) -> str:
    """The title of a chosen lesson, with what became of it since."""
    document = document_of(chosen, documents)
    if document is None:
        return escaped(removed(chosen.title))
    now = document.lesson.lesson
    if now == chosen.title:
        return escaped(now)
    return escaped(_("{title} (was: {before})", title=now, before=chosen.title))
