"""`/browse`: all lessons and their questions, for members who do not know what to ask."""

from __future__ import annotations

from collections.abc import Collection

from discord import app_commands
from discord.ext import commands

from bot.dialogue.titles import plain_title
from bot.discord_ui.asking.answers import open_entry
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.channel_lessons import lessons_here
from bot.discord_ui.kit.choices import labels, lesson_key, of_lessons
from bot.discord_ui.kit.delivery import replace, respond, show_privately, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import OPTION_TEXT, SELECT_OPTIONS
from bot.discord_ui.kit.markdown import told_apart
from bot.discord_ui.kit.paging import ListPage
from bot.discord_ui.kit.press import Button, Menu, option
from bot.language.words import N_, _, _n
from bot.lessons.document import Document
from bot.lessons.lesson import Lesson
from bot.tutor import Tutor

KEY = "[0-9a-f]{8,12}"  # keys of earlier versions have 8 characters
MAX_WALKS = 5  # with more, a menu replaces their buttons


class Contents(Button, template="lb:contents"):
    """Opens the list of lessons."""

    kind = "contents"

    async def pressed(self, interaction: Interaction) -> None:
        bot = interaction.client
        here = lessons_here(bot, interaction.guild_id, interaction.channel)
        # Of all lessons, the list; of those of a channel, what `/browse` shows.
        card = shelf(bot.app.tutor, here) if here else contents(bot.app.tutor)
        await respond(interaction, [card], private=True)


class BackToLessons(Button, template="lb:shelf"):
    """Goes back to the list of lessons."""

    kind = "shelf"

    async def pressed(self, interaction: Interaction) -> None:
        await replace(interaction, [contents(interaction.client.app.tutor)])


class TurnPage(Button, template=rf"lb:page:(?P<lesson>{KEY}):(?P<page>[0-9]{{1,4}})"):
    """Shows another page of a lesson with many entries."""

    kind = "page"

    async def pressed(self, interaction: Interaction) -> None:
        await _open(interaction, interaction.client.app.tutor, self.ids["lesson"], int(self.ids["page"]))


class ChooseLesson(Menu, template="lb:lesson"):
    """Opens a lesson."""

    kind = "lesson"

    async def pressed(self, interaction: Interaction) -> None:
        await _open(interaction, interaction.client.app.tutor, self.chosen, 0)


class OpenEntry(Menu, template=rf"lb:entry:(?P<lesson>{KEY}):(?P<page>[0-9]{{1,4}})"):
    """Answers a question of the lesson below; the list stays."""

    kind = "entry"

    async def pressed(self, interaction: Interaction) -> None:
        await open_entry(interaction, interaction.client.app.tutor, self.chosen)


COMPONENTS = (Contents, BackToLessons, TurnPage, ChooseLesson, OpenEntry)


def contents(tutor: Tutor, files: Collection[str] = ()) -> Card:
    """The list of lessons, with the numbers of entries and walkthroughs in each.

    With `files`, only these: they are the lessons of a channel, and a button leads to all others.
    """
    every = [each for each in tutor.documents if each.file in files] if files else tutor.documents
    some = every[:SELECT_OPTIONS]
    names = labels(of_lessons(some), OPTION_TEXT)
    shown = [(name, _holds(each.lesson), lesson_key(each)) for name, each in zip(names, some, strict=True)]
    lines = [f"**{plain_title(name)}**\n{holds}" for name, holds, _key in shown]
    controls = Controls()
    if shown:
        options = [option(name, id_, description=holds) for name, holds, id_ in shown]
        controls.add(ChooseLesson.make(_("Choose a lesson"), options))
    more = len(every) - SELECT_OPTIONS
    if files:
        controls.add(BackToLessons.make(_("All lessons")))
    title, footer = _("Lessons for this channel") if files else _("All lessons"), ""
    if more > 0:
        footer = _n(
            "{count} more lesson is not listed. To search it, use `/ask`.",
            "{count} more lessons are not listed. To search them, use `/ask`.",
            more,
        )
    return Card([f"## {title}\n" + "\n".join(lines)], controls.rows, footer)


def open_lesson(document: Document, tutor: Tutor, page: int, *, may_go_back: bool) -> Card:
    """A page of a lesson's questions, and its walkthroughs."""
    lesson = document.lesson
    here = ListPage(lesson.entries, page, SELECT_OPTIONS)
    course = f"-# {plain_title(lesson.course)}\n" if lesson.course else ""
    questions = told_apart([(entry.question,) for entry in here.shown], OPTION_TEXT)
    title, listed = plain_title(lesson.lesson), "\n".join(f"- {plain_title(each)}" for each in questions)
    text = f"{course}## {title}\n{listed or _nothing_in(lesson)}"
    controls = Controls()
    key = lesson_key(document)
    if here.shown:
        options = [option(name, entry.id) for name, entry in zip(questions, here.shown, strict=True)]
        controls.add(OpenEntry.make(_("Choose a question"), options, lesson=key, page=str(here.number)))
    if len(lesson.scenarios) > MAX_WALKS:
        controls.add(links.choose_walkthrough(lesson.scenarios, tutor))
    else:
        walks = [(_("Open walkthrough: {title}", title=each.title), each.id) for each in lesson.scenarios]
        controls.add(*(links.open_walkthrough(label, id_, "story") for label, id_ in walks))
    back = [BackToLessons.make(_("All lessons"))] if may_go_back else []
    controls.add(*back, *here.buttons(TurnPage, lesson=key))
    footer = [here.place] if here.place else []
    if (more := len(lesson.scenarios) - SELECT_OPTIONS) > 0:
        footer.append(
            _n(
                "{count} more walkthrough is not listed. To find it, use `/walkthrough` and type part of "
                "the title.",
                "{count} more walkthroughs are not listed. To find them, use `/walkthrough` and type part of "
                "the title.",
                more,
            )
        )
    return Card([text], controls.rows, " · ".join(footer))


def _nothing_in(lesson: Lesson) -> str:
    if lesson.scenarios:
        return ""
    return _("There is nothing here yet. Moderators can add the first entry with `/lessons add`.")


def _holds(lesson: Lesson) -> str:
    entries, walks = len(lesson.entries), len(lesson.scenarios)
    said = [_n("{count} question", "{count} questions", entries)] if entries or not walks else []
    if walks:
        said.append(_n("{count} walkthrough", "{count} walkthroughs", walks))
    return ", ".join(said)


async def _open(interaction: Interaction, tutor: Tutor, wanted: str, page: int) -> None:
    document = next((each for each in tutor.documents if lesson_key(each) == wanted), None)
    if document is None:
        await tell(interaction, _("This lesson was removed or renamed. To see all lessons, use `/browse`."))
        return
    card = open_lesson(document, tutor, page, may_go_back=len(tutor.documents) > 1)
    await show_privately(interaction, [card])


def shelf(tutor: Tutor, files: Collection[str]) -> Card:
    """The list of lessons; the lesson itself if there is only one. `files` are the lessons of a channel."""
    every = tutor.documents
    own = [each for each in every if each.file in files]
    if len(own or every) == 1:
        return open_lesson((own or every)[0], tutor, 0, may_go_back=len(every) > 1)
    return contents(tutor, [each.file for each in own])


class Browse(commands.Cog):
    """`/browse`: look through the lessons."""

    @app_commands.command(description=N_("Browse the lessons and their questions."))
    async def browse(self, interaction: Interaction) -> None:
        await show_shelf(interaction)


async def show_shelf(interaction: Interaction) -> None:
    """Show the lessons in private, those of this channel first."""
    bot = interaction.client
    here = lessons_here(bot, interaction.guild_id, interaction.channel)
    await respond(interaction, [shelf(bot.app.tutor, here)], private=True)
