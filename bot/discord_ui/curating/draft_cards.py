"""The review of a draft as cards; and the card of what was published."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence

import discord

from bot.asking.asking import AskedOf
from bot.curating.clash import Clash
from bot.curating.curating import Curating, Revision
from bot.curating.diff import Difference
from bot.curating.draft import Draft
from bot.curating.impact import Detail
from bot.curating.review import Review
from bot.discord_ui.curating.draft_fields import field_name
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import RED, Card, Control, Controls, Frame, answer_cards
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import escaped, plain_name, shorten
from bot.language.numbers import amount
from bot.language.words import N_, _, _n
from bot.tutor import Tutor

SIMILAR = N_("A similar entry: {question}\nAdd the question to it as a phrasing, or add the text to its answer?")
NAMESAKE = N_(
    "⚠ There is already a lesson {title}. Add your entries to it, or choose another title: members cannot tell "
    "the two apart."
)
BESIDE = N_(
    "⚠ There is another draft of this, by {member}. If it is published first, you will see both texts here."
)
DIFF_TEXT = 1300
WORDS_TEXT = 800
LINE_TEXT = 300
FIRST_DETAIL = 80  # characters of a detail for which there has to be room below its sentence
CLASH_TEXT = 250  # characters of each side, if two moderators changed a field
CLASH_BEFORE = 40  # characters before the first difference
SHOWN_CARDS = 6
IMPACT_LINES = 8
ASKED_LINES = 5
FRAME_TEXT = 250
CLOSE_TEXT = 100
TITLES = {
    "add": N_("New entry: {what}"),
    "edit": N_("Edit: {what}"),
    "scenario": N_("Edit: {what}"),
    "remove": N_("Remove: {what}"),
    "new": N_("New lesson: {what}"),
    "lesson": N_("Edit lesson: {what}"),
    "move": N_("Move: {what}"),
    "merge": N_("Merge into: {what}"),
    "undo": N_("Undo a change: {what}"),
}
REDO = N_("Redo a change: {what}")


def draft_cards(
    shown: Review, tutor: Tutor, edits: Sequence[Sequence[Control]], asked: AskedOf | None = None
) -> list[Card]:
    """All cards of a review; `edits` are the buttons that open its forms, a list for each row.

    `asked` are the questions that found the entry lately.
    """
    draft = shown.draft
    note = _("Members will no longer see this") if draft.removes else _("Preview of what members see")
    cards = []
    for answer in shown.cards:
        cards += answer_cards(answer, tutor.picture(answer.picture), Controls(), note)
    more = len(cards) - SHOWN_CARDS
    cards = cards[:SHOWN_CARDS]
    titles = (
        texts.get(field) for texts in (draft.fields, draft.begun) for field in ("question", "title", "lesson")
    )
    of_what = _("no question yet") if draft.kind == "add" else _lesson_in(draft.file, tutor)
    title = next(filter(None, titles), "") or of_what or _("several files")
    what = shorten(escaped(title), LINE_TEXT)
    text = [f"## {_(REDO if shown.is_redo else TITLES[draft.kind], what=what)}"]
    controls = Controls()
    if draft.kind == "move":
        to = shorten(escaped(_lesson_in(draft.moves_to, tutor)), LINE_TEXT)
        text.append(_("To the lesson {title}", title=f"*{to}*"))
    if shown.is_empty:
        text.append(_nothing_left(shown))
    elif shown.problems:
        lines = [
            f"- **{escaped(field_name(draft, problem.field))}**: {escaped(problem.what)}"
            for problem in shown.problems
        ]
        text.append(_headed(_("Fix before publishing"), "\n".join(lines)[:WORDS_TEXT]))
    elif shown.clash:
        text.append(_clash(draft, shown.clash))
        controls.add(*_merges(draft, shown.clash))
    else:
        text += _changes(shown)
    if shown.beside:
        text.append(_(BESIDE, member=", ".join(f"<@{each}>" for each in shown.beside)))
    text += _lately(asked)
    if more > 0:
        text.append(
            "-# " + _("Showing the first {n} of {total} preview cards.", n=SHOWN_CARDS, total=SHOWN_CARDS + more)
        )
    if draft.reason:
        text.append(_headed(_("Reason for the change"), shorten(escaped(draft.reason), LINE_TEXT)))
    frames, offers = _offers(shown)
    text += _close(shown)
    for row in (offers, *edits):
        controls.add(*row)
    is_ready = not shown.problems and not shown.clash and shown.is_found
    final = [links.publish_draft(_("Publish"), draft.id, shown.state)] if is_ready else []
    controls.add(*final, links.discard_draft(_("Discard draft"), draft.id))
    return [*cards, Card(text, controls.rows, frames=frames)]


def _lesson_in(file: str, tutor: Tutor) -> str:
    """The title of the lesson in this file, or the file where there is none."""
    return next((each.lesson.lesson for each in tutor.documents if each.file == file), file)


def _nothing_left(shown: Review) -> str:
    """That the lessons are as the draft makes them, and who was faster, where that is known."""
    by = shown.clash.by if shown.clash else None
    if shown.draft.removes:
        return _("This has already been removed. Nothing is left to publish.")
    if by and by.author_name:
        name = plain_name(by.author_name)
        return _("The lessons already say this (changed by {author}). Nothing is left to publish.", author=name)
    return _("The lessons already say this. Nothing is left to publish.")


def _merges(draft: Draft, clash: Clash) -> list[Control]:
    """The ways to go on where somebody else changed or removed the same."""

    def merge(label: str, take: str = "mine") -> Control:
        return links.merge_draft(label, draft.id, take)

    if draft.of_files:
        return [merge(_("Undo anyway and lose newer changes"))]
    if not clash.theirs:  # removed meanwhile: there is nothing of theirs to keep
        return [merge(_("Add it again with my text"))]
    if not clash.mine:
        return [merge(_("Remove it anyway"))]
    if not clash.both:
        return [merge(_("Keep both changes"))]
    newer = merge(_("Keep both, use the newer text where they differ"), "theirs")
    if draft.kind == "undo":
        return [merge(_("Keep both, use the older text where they differ")), newer]
    if _is_own(draft, clash):
        return [merge(_("Keep both, use this draft's text where they differ")), newer]
    return [
        merge(_("Keep both, use my text where they differ")),
        merge(_("Keep both, use their text where they differ"), "theirs"),
    ]


def _close(shown: Review) -> list[str]:
    """That another entry says it already, if one does."""
    if shown.close is None:
        return []
    question = f"**{shorten(escaped(shown.close.text), CLOSE_TEXT)}**"
    return [_(SIMILAR, question=question)]


def _offers(shown: Review) -> tuple[list[Frame], list[Control]]:
    """What is wrong with what the draft comes from, and buttons that put it right."""
    draft = shown.draft
    frames: list[Frame] = []
    controls: list[Control] = []
    if shown.unfound:
        if shown.is_found:
            title = _("These questions do not find this entry, and stay misses:")
        else:
            title = _("Not published yet: the question that led to this draft still does not find the entry.")
        asked = [_("“{question}”", question=each) for each in shown.unfound]
        frames.append(Frame(_headed(title, bullets(asked, FRAME_TEXT)), RED))
        if shown.addable:
            first, *more = shown.addable
            one = _("Add as a phrasing: {question}", question=first)
            label = _n("Add {count} phrasing", "Add {count} phrasings", len(shown.addable)) if more else one
            controls.append(links.add_words(label, draft.id))
        if not shown.is_found:
            controls.append(links.leave_out(_("It answers another question"), draft.id))
    if shown.close:
        controls.append(
            links.make_phrasing(
                _("Make it a phrasing of: {question}", question=shown.close.text), draft.id, shown.close.id
            )
        )
        if draft.fields.get("answer"):
            controls.append(links.add_to_answer(_("Add to that answer"), draft.id, shown.close.id))
    return frames, controls


def _lately(asked: AskedOf | None) -> list[str]:
    """The number of times that an entry helped, and the questions that found it."""
    if not asked or not asked.texts:
        return []
    lines = [
        _n(
            "“{question}” (asked once)",
            "“{question}” (asked {count} times)",
            each.times,
            question=each.text,
        )
        for each in asked.texts[:ASKED_LINES]
    ]
    if voted := asked.helped + asked.not_helped:
        helped = _n(
            "It helped {helped} of {count} member.",
            "It helped {helped} of {count} members.",
            voted,
            helped=asked.helped,
        )
        lines.insert(0, helped)
    return [_headed(_("Questions that found this entry lately"), bullets(lines))]


def _changes(shown: Review) -> list[str]:
    text = [_headed(_("Changes"), bullets(shown.difference.words))]
    if yaml := shown.difference.yaml(DIFF_TEXT):
        text.append(diff_block(yaml))
    if shown.impact:
        room = WORDS_TEXT - (FRAME_TEXT + CLOSE_TEXT if shown.unfound or shown.close else 0)
        text.append(_headed(_("Effect on answers"), bullets(shown.impact.words(IMPACT_LINES), room)))
        replayed = _n(
            "Tested with {number} question from lessons and members.",
            "Tested with {number} questions from lessons and members.",
            shown.impact.replayed,
            number=amount(shown.impact.replayed),
        )
        text.append(f"-# {replayed}")
    if shown.namesake:
        text.append(_(NAMESAKE, title=f"*{shorten(escaped(shown.namesake), CLOSE_TEXT)}*"))
    if shown.rebased:
        text.append("-# " + _("Someone changed other parts of this file. Those changes are kept."))
    return text


def _clash(draft: Draft, clash: Clash) -> str:
    if _is_own(draft, clash):
        title = _("You made newer changes")
    elif clash.by and clash.by.author_name:
        title = _("{author} made newer changes", author=plain_name(clash.by.author_name))
    else:
        title = _("Someone made newer changes")
    lines: list[str] = [f"**{title}**", bullets(clash.words)]
    for field, (mine, theirs) in list(clash.both.items())[:3]:
        name = f"**{escaped(field_name(draft, field))}**"
        for whose, said in zip(_versions(draft, clash, name), from_their_difference(mine, theirs), strict=True):
            lines.append(f"{whose}:\n> {shorten(escaped(said), CLASH_TEXT)}")
    return "\n".join(lines)


def _is_own(draft: Draft, clash: Clash) -> bool:
    """Whether the moderator made the newer changes, too: no text is "mine" or "theirs" then."""
    return clash.by is not None and clash.by.author == draft.moderator


def _versions(draft: Draft, clash: Clash, name: str) -> tuple[str, str]:
    """What to call the text of a draft and the newer one."""
    if draft.kind == "undo":
        return _("{field} before that change", field=name), _("{field} now", field=name)
    if _is_own(draft, clash):
        return _("{field} in this draft", field=name), _("{field} now", field=name)
    return _("Your version of {field}", field=name), _("Their version of {field}", field=name)


def from_their_difference(one: str, other: str) -> tuple[str, str]:
    """Two texts in one line each, from shortly before the first difference."""
    same = next((n for n, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs), 0)
    return _from(one, same), _from(other, same)


def _from(text: str, same: int) -> str:
    """A text in one line, from shortly before the first difference: the beginnings could look the same."""
    begin = text.rfind(" ", 0, max(0, same - CLASH_BEFORE)) + 1
    return " ".join(("…" * (begin > 0) + text[begin:]).split())


def _headed(title: str, text: str) -> str:
    return f"**{title}**\n{text}"


def bullets(words: Sequence[str], room: int = WORDS_TEXT) -> str:
    """Sentences as a list in at most `room` characters; if there are more, its last line says how many.

    Details are indented below the sentence that they belong to, which never stands without one.
    """
    lines: list[str] = []
    for n, each in enumerate(words):
        is_detail = isinstance(each, Detail)
        heads = not is_detail and isinstance(next(iter(words[n + 1 :]), None), Detail)
        is_first = is_detail and not isinstance(words[n - 1], Detail)
        indent = "  " if is_detail else ""
        most = min(LINE_TEXT, room - len(f"{indent}- ")) if is_first else LINE_TEXT
        line = f"{indent}- {shorten(escaped(each), most)}"
        if len(line) + FIRST_DETAIL * heads > room:
            left = len(words) - n
            return "\n".join([*lines, "- " + _n("and {count} more", "and {count} more", left)])
        lines.append(line)
        room -= len(line)
    return "\n".join(lines)


async def send_whole(interaction: Interaction, difference: Difference, shown: int = DIFF_TEXT) -> None:
    """Send the whole difference as a file if the card, which shows so many characters, has only a part of it."""
    whole = await asyncio.to_thread(difference.whole)
    if len(whole) > shown:
        file = discord.File(io.BytesIO(whole.encode(errors="replace")), "changes.diff")
        await interaction.followup.send(file=file, ephemeral=True)


def diff_block(diff: str) -> str:
    """A diff as a code block; backticks in the diff cannot end it."""
    return "```diff\n" + diff.replace("```", "ˋˋˋ") + "\n```"


async def published_card(curating: Curating, revision: Revision) -> Card:
    """What was published, with a button that undoes it; after an undo, one that does it again."""
    title, button, about = _("Published"), _("Undo"), ""
    if revision.kind == "undo":
        is_redo = await curating.is_redo(revision)
        title, button = (_("Redone"), _("Undo")) if is_redo else (_("Undone"), _("Redo"))
        about = _("This changed in the lessons:") + "\n"  # what is new now is not what was undone
    changed, difference = await curating.published(revision)
    if revision.item_id or changed == 1:
        (what,) = await curating.titles([revision])
        title = f"{title}: {shorten(escaped(what), LINE_TEXT)}"
    text = [f"## {title}\n{about}{bullets(difference.words)}"]
    if revision.kind == "new":
        text.append(_("To add entries to it, use `/lessons add`."))
    controls = Controls()
    controls.add(links.undo(button, revision.id, together=changed > 1))
    return Card(text, controls.rows)
