"""`/lessons misses`: what members could not find, and the two presses that answer it.

`show_misses` is the command. `published` is to be called when a draft was published: it settles the misses
that the draft was begun for, and tells whoever asked to be told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.curate.errors import GoneError
from bot.dialogue.reply import Question as Canonical
from bot.discord_ui.asking.answers import GONE, NUMBER
from bot.discord_ui.asking.browse import key
from bot.discord_ui.asking.feedback import tell as tell_members
from bot.discord_ui.cards import Card, Control, Controls
from bot.discord_ui.delivery import is_private, replace, respond, tell
from bot.discord_ui.forms import Form
from bot.discord_ui.layout import shorten
from bot.discord_ui.limits import SELECT_OPTIONS
from bot.discord_ui.moderating import drafts
from bot.discord_ui.moderating.moderators import may_moderate
from bot.discord_ui.press import ID, Button, Menu, option
from bot.lessons.lesson import Lesson
from bot.questions.asking import Asking
from bot.questions.misses import Cluster, guesses
from bot.store.questions import Question
from bot.tutor import Tutor

SHOWN = 200  # characters of one question
SAMPLES = 5
LINE = 200  # of a phrasing, or of an entry's question


class Turn(Button, template=rf"lb:miss-turn:(?P<question>{NUMBER}):(?P<move>earlier|next)"):
    """To the cluster before or after this one."""

    kind = "miss-turn"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        await _show(interaction, Look(int(self.ids["question"]), move=1 if self.ids["move"] == "next" else -1))


class ChooseEntry(Menu, template=rf"lb:miss-entry:(?P<question>{NUMBER})"):
    """Of which entry is it a phrasing? The button says it once more, and does it."""

    kind = "miss-entry"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        await _show(interaction, Look(int(self.ids["question"]), chosen=self.chosen))


class Search(Button, template=rf"lb:miss-search:(?P<question>{NUMBER})"):
    """Finds other entries for the menu."""

    kind = "miss-search"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        if not await may_moderate(interaction):
            return
        box: ui.Label[Any] = ui.Label(
            text="Which entry?",
            description="A few words of its question.",
            component=ui.TextInput(custom_id="wanted", style=discord.TextStyle.short, max_length=200),
        )
        await interaction.response.send_modal(Find.make(interaction, "Find an entry", box, **self.ids))


class Find(Form):
    """The menu with what was found."""

    kind = "miss-find"
    template = rf"(?P<question>{NUMBER})"

    @classmethod
    async def submitted(
        cls, interaction: discord.Interaction[Any], tutor: Tutor, ids: Mapping[str, str], typed: Mapping[str, str]
    ) -> None:
        await _show(interaction, Look(int(ids["question"]), wanted=typed.get("wanted", "")))


class Phrase(Button, template=rf"lb:miss-phrase:(?P<question>{NUMBER}):(?P<part>{ID})"):
    """A phrasing of this entry: begins a draft of it."""

    kind = "miss-phrase"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        cluster = await _cluster(interaction, int(self.ids["question"]))
        if cluster is None:
            return
        bot, part = interaction.client, self.ids["part"]
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            draft = await bot.curator.begin("edit", interaction.user.id, interaction.guild_id or 0, part=part)
        except GoneError:
            await tell(interaction, GONE)
            return
        phrasings = draft.fields.get("phrasings", "").splitlines()
        if cluster.text not in phrasings:
            both = "\n".join([*phrasings, shorten(cluster.text, LINE)])
            draft = await bot.curator.save(draft.id, {"phrasings": both})
        await bot.asking.draft(cluster, draft.id)
        await drafts.show(interaction, draft)


class NewEntry(Button, template=rf"lb:miss-new:(?P<question>{NUMBER})"):
    """A new entry; where there are several lessons, asks in which."""

    kind = "miss-new"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        cluster = await _cluster(interaction, int(self.ids["question"]))
        if cluster is None:
            return
        lessons = _likely_first(cluster, tutor)
        if len(lessons) == 1:
            await _add(interaction, tutor, cluster, lessons[0])
            return
        controls = Controls()
        options = [option(each.lesson, key(each), description=each.course or "") for each in lessons]
        controls.add(InLesson.make("Choose a lesson", options[:SELECT_OPTIONS], **self.ids))
        controls.add(Back.make("Back", question=self.ids["question"]))
        more = len(lessons) - SELECT_OPTIONS
        footer = f"and {more} more lessons: add it there in the file" if more > 0 else ""
        text = f"## In which lesson?\n{quoted(cluster.text)}"
        await _put(interaction, Card([text], controls.rows, footer))


class InLesson(Menu, template=rf"lb:miss-lesson:(?P<question>{NUMBER})"):
    """The lesson of a new entry."""

    kind = "miss-lesson"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        cluster = await _cluster(interaction, int(self.ids["question"]))
        if cluster is None:
            return
        lesson = next((each for each in tutor.lessons if key(each) == self.chosen), None)
        if lesson is None:
            await tell(interaction, "This lesson is gone, or has another name now.")
        else:
            await _add(interaction, tutor, cluster, lesson)


class Back(Button, template=rf"lb:miss:(?P<question>{NUMBER})"):
    """This cluster, as it is now."""

    kind = "miss"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        await _show(interaction, Look(int(self.ids["question"])))


class Ignore(Button, template=rf"lb:miss-ignore:(?P<question>{NUMBER})"):
    """Not a question for the lessons."""

    kind = "miss-ignore"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        cluster = await _cluster(interaction, int(self.ids["question"]))
        if cluster is not None:
            await interaction.client.asking.settle(cluster, "ignored", str(cluster.id))
            await _show(interaction, Look(ignored=cluster))


class Unignore(Button, template=rf"lb:miss-undo:(?P<question>{NUMBER})"):
    """Takes an "ignore" back."""

    kind = "miss-undo"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        if not await may_moderate(interaction):
            return
        if await interaction.client.asking.reopen(self.ids["question"]):
            await _show(interaction, Look(int(self.ids["question"])))
        else:
            await tell(interaction, "It is not ignored any more.")


PRESSABLES = (Turn, ChooseEntry, Search, Phrase, NewEntry, InLesson, Back, Ignore, Unignore)
FORMS = (Find,)


async def show_misses(interaction: discord.Interaction[Any]) -> None:
    """The first card, in private, for whoever may see it."""
    await _show(interaction, Look())


async def published(bot: Any, draft: int, revision: int, part: str) -> int:
    """A draft was published: its misses are answered by this part. How many members were told."""
    questions = await bot.asking.published(draft, revision, part)
    answer = bot.tutor.explain(part)
    return await tell_members(bot, questions, answer) if questions and answer else 0


async def _cluster(interaction: discord.Interaction[Any], question: int) -> Cluster | None:
    """The cluster of this question, for whoever may moderate; else says why there is none."""
    if not await may_moderate(interaction):
        return None
    found = await interaction.client.asking.clusters(interaction.guild_id or 0)
    here = next((each for each in found if question in each.ids), None)
    if here is None:
        await tell(interaction, "Somebody has settled this one meanwhile, or it is too old to be kept.")
    return here


@dataclass(frozen=True)
class Look:
    """What to show: the cluster of a question or the one beside it, and which entries in its menu.

    `chosen` was chosen in the menu, `wanted` are words to find other entries by, `ignored` was just put away.
    """

    question: int | None = None
    move: int = 0
    chosen: str = ""
    wanted: str = ""
    ignored: Cluster | None = None


async def _show(interaction: discord.Interaction[Any], look: Look) -> None:
    if not await may_moderate(interaction):
        return
    bot = interaction.client
    asking: Asking = bot.asking
    found = await asking.clusters(interaction.guild_id or 0)
    at = next((n for n, each in enumerate(found) if look.question in each.ids), None)
    notes = [f"-# Ignored: {quoted(look.ignored.text)}"] if look.ignored else []
    if look.question is not None and at is None and found:
        notes.append("-# That one is settled. This is the first of those that are not.")
    undo = Unignore.make("Undo", question=str(look.ignored.id)) if look.ignored else None
    if not found:
        controls = Controls()
        if undo:
            controls.add(undo)
        text = "## Nothing is missed\nEvery question found an answer, or is settled."
        await _put(interaction, Card([*notes, text], controls.rows))
        return
    place = 0 if at is None else min(max(0, at + look.move), len(found) - 1)
    cluster = found[place]
    waiting = len({each.learner for each in await asking.waiting(cluster.ids)})
    drafted = [draft for draft in cluster.drafts if await bot.curator.find(draft)]
    options = guesses(cluster, bot.tutor, look.wanted)
    if look.wanted and not options:
        notes.append(f"-# No entry fits {quoted(look.wanted)}.")
        options = guesses(cluster, bot.tutor)
    controls = draw_controls(cluster, options, look.chosen, bot.tutor)
    ways: list[Control] = [
        Turn.make("Earlier", disabled=place == 0, question=str(cluster.id), move="earlier"),
        Turn.make("Next", disabled=place == len(found) - 1, question=str(cluster.id), move="next"),
    ]
    controls.add(*ways, *([undo] if undo else []))
    footer = f"{place + 1} of {len(found)}, the most asked first. Nobody sees here who asked."
    await _put(
        interaction, Card([*notes, *describe(cluster, waiting, bool(drafted), bot.tutor)], controls.rows, footer)
    )


def describe(cluster: Cluster, waiting: int, drafted: bool, tutor: Tutor) -> list[str]:
    """What was asked, how often, and what came of it."""
    last = discord.utils.format_dt(cluster.last_seen, "R")
    lines = [f"## {quoted(cluster.text)}", f"Asked {_times(cluster.count)}, last {last}: {_fates(cluster)}."]
    if waiting:
        lines.append(f"**{waiting}** asked to be told of an answer.")
    if drafted:
        lines.append("A draft that answers it is under way.")
    if found := tutor.questions(cluster.found)[:1]:
        lines.append(f"Somebody who asked it found this then: **{shorten(found[0].text, SHOWN)}**")
    texts = ["\n".join(lines)]
    for title, said in (("Also asked as", cluster.texts[1:]), ("Members added", cluster.contexts)):
        if said:
            more = [f"- and {len(said) - SAMPLES} more"] if len(said) > SAMPLES else []
            texts.append("\n".join([f"**{title}**", *(f"- {quoted(each)}" for each in said[:SAMPLES]), *more]))
    return texts


def _fates(cluster: Cluster) -> str:
    """What those who asked got: "no answer (3), “not what I asked” (1)"."""
    fates: dict[str, Callable[[Question], bool]] = {
        "“not what I asked”": lambda each: each.outcome == "not",
        "no suggestion taken": lambda each: not each.outcome and each.reply == "suggestions",
        "no answer": lambda each: not each.outcome and each.reply == "unknown",
        "passed on to you": lambda each: each.passed,
    }
    counted = {fate: sum(map(is_so, cluster.questions)) for fate, is_so in fates.items()}
    return ", ".join(f"{fate} ({number})" for fate, number in counted.items() if number)


def draw_controls(cluster: Cluster, options: Sequence[Canonical], chosen: str, tutor: Tutor) -> Controls:
    """A phrasing of which entry, a new entry, or nothing for the lessons."""
    controls = Controls()
    of: dict[str, Any] = {"question": str(cluster.id)}
    if options:
        # What was chosen in the menu before is first now, if it is not among the others.
        offered = {each.id: each for each in (*options, *tutor.questions([chosen] if chosen else []))}
        first = offered.get(chosen) or options[0]
        shown = [first, *(each for each in offered.values() if each.id != first.id)][:SELECT_OPTIONS]
        controls.add(Phrase.make(f"Phrasing of: {first.text}", **of, part=first.id))
        menu = [option(each.text, each.id, chosen=each.id == first.id) for each in shown]
        controls.add(ChooseEntry.make("Phrasing of another entry", menu, **of))
    controls.add(Search.make("Search", **of), NewEntry.make("New entry", **of), Ignore.make("Ignore", **of))
    return controls


def quoted(text: str) -> str:
    """A member's words as they are: nothing in them is a link, a mention or a heading."""
    return f"`{shorten(text.replace('`', 'ˋ'), SHOWN)}`"


async def _add(interaction: discord.Interaction[Any], tutor: Tutor, cluster: Cluster, lesson: Lesson) -> None:
    bot = interaction.client
    documents = tutor.known.lessons.documents
    file = next((each.file for each in documents if each.lesson is lesson), documents[0].file)
    draft = await bot.curator.begin(
        "add",
        interaction.user.id,
        interaction.guild_id or 0,
        file=file,
        fields={"question": shorten(cluster.text, LINE)},
    )
    await bot.asking.draft(cluster, draft.id)
    await drafts.open_form(interaction, draft)


def _likely_first(cluster: Cluster, tutor: Tutor) -> list[Lesson]:
    """The lessons, those with the best guesses first."""
    lesson_of = tutor.known.lessons.lesson_of
    likely = [lesson_of[each.id] for each in guesses(cluster, tutor) if each.id in lesson_of]
    return list({key(each): each for each in (*likely, *tutor.lessons)}.values())


async def _put(interaction: discord.Interaction[Any], card: Card) -> None:
    pressed = interaction.type is not discord.InteractionType.application_command and interaction.message
    if pressed and is_private(interaction):
        await replace(interaction, [card])
    else:
        await respond(interaction, [card], private=True)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
