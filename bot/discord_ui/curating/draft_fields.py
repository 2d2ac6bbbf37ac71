"""The fields of a draft, in groups that fit one modal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import discord
from discord import ui

from bot.curating.diff import name_of
from bot.curating.draft import Draft
from bot.curating.items import kind_of
from bot.dialogue.reply import Question
from bot.dialogue.verdict import WORDS, verdict_word
from bot.discord_ui.kit.choices import LONGEST_NAME, labels, lesson_key, of_lessons
from bot.discord_ui.kit.forms import radio, several, single_choice, tick, upload
from bot.discord_ui.kit.limits import (
    INPUT_LABEL,
    INPUT_NOTE,
    INPUT_TEXT,
    MODAL_INPUTS,
    OPTION_TEXT,
    SELECT_OPTIONS,
)
from bot.discord_ui.kit.markdown import shorten, told_apart
from bot.discord_ui.kit.press import option
from bot.language.words import N_, _
from bot.lessons.document import Document

ENTRY = {
    "text": (N_("Question and answer"), ("question", "phrasings", "answer")),
    "found": (N_("Never for these questions"), ("not",)),
    "details": (N_("Related entries, review date, author"), ("related", "reviewed", "by")),
    "picture": (N_("Picture"), ("image", "alt", "caption")),
}
LESSON = (N_("Title, course, aliases"), ("lesson", "course", "aliases"))
NEW_LESSON = (N_("Title and course"), ("lesson", "course"))
REASON = "reason"
# What is chosen in the form of a new entry, and is no text of it.
LESSON_BOX, PICTURE_BOX = "in-lesson", "picture-of-message"
UPLOAD_BOX, REMOVE_BOX = "upload", "remove-picture"
KEEP, TODAY, NONE = "keep", "today", "none"  # what can be chosen besides a value
LABELS = {
    REASON: N_("Reason for the change (shown in history)"),
    "question": N_("Question"),
    "phrasings": N_("Other phrasings (one per line)"),
    "not": N_("Must not find this entry (one per line)"),
    "answer": N_("Answer"),
    "related": N_("Related entries (IDs, separated by spaces)"),
    "image": N_("Picture (file name in the lessons folder)"),
    "picture": N_("Picture (file name in the lessons folder)"),
    "alt": N_("Alt text (describes the picture)"),
    "caption": N_("Caption (shown below the picture)"),
    "reviewed": N_("Last reviewed"),
    "by": N_("Who wrote the answer (only if they agree)"),
    "title": N_("Title"),
    "lesson": N_("Title of the lesson"),
    "course": N_("Course (may be empty)"),
    "aliases": N_("Aliases (one line each: words: alias, alias)"),
    "story": N_("The story"),
    "takeaway": N_("Takeaway"),
    "behind_the_scenes": N_("Behind the scenes"),
    "plan": N_("The plan"),
    "outcome": N_("What happens"),
    "why": N_("Why"),
    "verdict": N_("Verdict"),
    "cost": N_("What it costs"),
    "right_when": N_("When this is the right choice"),
    "text": N_("Option text"),
    "feedback": N_("Feedback for members who choose it"),
    "hint": N_("Hint to show before the answer (optional)"),
}
_BREAK = re.compile(r"(?P<clean>(?<=\S)\n{1,9}(?=\S))|\n{1,9}")
_FULL = INPUT_TEXT * 3 // 4
ONE_LINE = frozenset(
    {
        "question",
        "title",
        "lesson",
        "course",
        "verdict",
        "cost",
        "related",
        "image",
        "picture",
        "reviewed",
        "caption",
        "by",
    }
)


class TooLongError(Exception):
    """A text is too long for a modal; it has to be edited in its file."""


@dataclass(frozen=True)
class Group:
    """Fields that are edited together."""

    key: str
    label: str
    fields: tuple[str, ...]


def groups(draft: Draft) -> list[Group]:
    """All groups of a draft: the first opens first, the last holds the reason for the change."""
    why = Group(REASON, _("Reason for the change"), (REASON,))
    if draft.removes or draft.kind in ("undo", "move"):
        return [why]
    if draft.of_lesson:
        label, fields = NEW_LESSON if draft.kind == "new" else LESSON
        return [Group("lesson", _(label), fields), why]
    if draft.kind != "scenario":
        return [*(Group(key, _(label), fields) for key, (label, fields) in ENTRY.items()), why]
    return [*_of_scenario(draft.fields), why]


def _of_scenario(fields: Mapping[str, str]) -> Iterator[Group]:
    yield Group("story", _("Title and story"), ("title", "story"))
    solutions = dict.fromkeys(field.split(".")[1] for field in fields if field.startswith("solutions."))
    for id_ in solutions:
        name = fields.get(f"solutions.{id_}.title", id_)
        texts = tuple(f"solutions.{id_}.{field}" for field in ("title", "plan", "outcome", "why"))
        verdict = tuple(f"solutions.{id_}.{field}" for field in ("verdict", "cost", "right_when", "related"))
        yield Group(f"texts.{id_}", _("{solution}: plan, outcome, why", solution=name), texts)
        yield Group(f"verdict.{id_}", _("{solution}: verdict and cost", solution=name), verdict)
    yield Group("end", _("Behind the scenes and takeaway"), ("behind_the_scenes", "takeaway", "related"))
    if "picture" in fields:
        yield Group("picture", _("Picture"), ("picture", "alt", "caption"))
    if "check.question" in fields:
        yield Group("check", _("Quiz question"), ("check.question",))
    options = dict.fromkeys(field.split(".")[2] for field in fields if field.startswith("check.options."))
    for n in options:
        texts = tuple(f"check.options.{n}.{field}" for field in ("text", "feedback", "hint"))
        yield Group(f"option.{n}", _("Quiz option {number}", number=int(n) + 1), texts)


def field_name(draft: Draft, field: str) -> str:
    """The name of a field in a sentence, with its solution if it belongs to one."""
    if not field:
        return _("the draft")
    solutions = (part for part in draft.fields.items() if part[0].startswith("solutions."))
    titles = {name.split(".")[1]: title for name, title in solutions if name.endswith(".title")}
    return name_of(field, titles)


def inputs(
    draft: Draft,
    group: Group,
    documents: Sequence[Document] = (),
    related: Sequence[Question] = (),
    *,
    is_chosen: bool = True,
) -> list[ui.Label[ui.LayoutView]]:
    """The modal's inputs, filled with what was typed before, and with what was wrong with it.

    For a new entry, which of the lessons it goes into, which is still open unless it `is_chosen`; and the pictures
    of the message that it is made from. `related` are entries to choose as related ones, the likeliest first.
    """
    texts = _texts(draft, group.fields, related)
    if draft.kind != "add" or group.fields != ENTRY["text"][1]:
        if len(texts) > MODAL_INPUTS:
            raise TooLongError
        return texts
    lesson = [lesson_box(documents, draft.file if is_chosen else "")] if len(documents) > 1 else []
    pictures = (
        [picture_box(draft.pictures), *_texts(draft, ("alt",))] if draft.pictures and draft.untouched else []
    )
    short = _texts(draft, [each for each in group.fields if each != "phrasings"])
    # What was asked becomes a phrasing by itself.
    for boxes in ([*lesson, *texts, *pictures], [*lesson, *short, *pictures], [*lesson, *texts], texts):
        if len(boxes) <= MODAL_INPUTS:
            return boxes
    raise TooLongError


def _texts(draft: Draft, fields: Sequence[str], related: Sequence[Question] = ()) -> list[ui.Label[ui.LayoutView]]:
    # In a form that nobody has typed into yet, an empty field is no mistake.
    problems = () if draft.untouched else draft.problems
    wrong = {problem.field: problem.what for problem in reversed(problems)}  # the first one of each field
    boxes = []
    for field in fields:
        if chosen := _to_choose(draft, field, wrong.get(field, ""), related):
            boxes += chosen
            continue
        pieces = _pieces(draft.reason if field == REASON else draft.fields.get(field, ""))
        for n, (breaks, piece) in enumerate(pieces):
            number = f" ({n + 1}/{len(pieces)})" if len(pieces) > 1 else ""
            boxes.append(_box(f"{field}{'+' * breaks}{n}" if n else field, piece, number, wrong.get(field, "")))
    return boxes


def _to_choose(draft: Draft, field: str, wrong: str, related: Sequence[Question]) -> list[ui.Label[ui.LayoutView]]:
    """What is chosen instead of typed for a field; empty if it is typed."""
    now = draft.fields.get(field, "")
    match kind_of(field):
        case "related":
            box = _related_box(field, now.split(), wrong, related)
            return [box] if box else []
        case "verdict":
            return [_verdict_box(field, now, wrong)]
        case "reviewed":
            return [_reviewed_box(now, wrong)]
        case "image" | "picture":
            return list(_picture_boxes(now, wrong))
    return []


def _related_box(
    field: str, now: Sequence[str], wrong: str, related: Sequence[Question]
) -> ui.Label[ui.LayoutView] | None:
    """A menu of entries, those first that are chosen already; None for more than a menu holds."""
    known = {each.id: each.text for each in related}
    ids = list(dict.fromkeys([*now, *known]))[:SELECT_OPTIONS]
    if not ids or len(now) > SELECT_OPTIONS or any(len(each) > OPTION_TEXT for each in now):
        return None
    names = told_apart([(known.get(each, each), each) for each in ids], OPTION_TEXT)
    options = [option(name, each, chosen=each in now) for name, each in zip(names, ids, strict=True)]
    return several(field, _("Related entries"), wrong or _("Members can open them below the answer."), options)


def _verdict_box(field: str, now: str, wrong: str) -> ui.Label[ui.LayoutView]:
    verdicts = [(verdict_word(verdict), str(verdict)) for verdict in WORDS]
    options = [
        discord.RadioGroupOption(label=word, value=value, default=value == (now or NONE))
        for word, value in (*verdicts, (_("no verdict"), NONE))
    ]
    return radio(field, _("Verdict"), wrong, options)


def _reviewed_box(now: str, wrong: str) -> ui.Label[ui.LayoutView]:
    keep = discord.RadioGroupOption(label=_("Keep: {date}", date=now[:20]), value=KEEP, default=True)
    options = [
        *([keep] if now else []),
        discord.RadioGroupOption(label=_("Today"), value=TODAY),
        discord.RadioGroupOption(label=_("No date"), value=NONE, default=not now),
    ]
    return radio("reviewed", _("Last reviewed"), wrong, options)


def _picture_boxes(now: str, wrong: str) -> Iterator[ui.Label[ui.LayoutView]]:
    note = _("Upload another picture to replace it.") if now else _("PNG, JPEG, GIF or WebP, up to 8 MB.")
    yield upload(UPLOAD_BOX, _("Picture"), wrong or note)
    if now:
        yield tick(REMOVE_BOX, _("Remove the picture"), now)


def lesson_box(documents: Sequence[Document], file: str) -> ui.Label[ui.LayoutView]:
    """Which lesson an entry goes into: to choose, or of too many lessons, to type by its title."""
    label = _("Lesson")
    if len(documents) > SELECT_OPTIONS:
        title = next((each.lesson.lesson for each in documents if each.file == file), "")
        box: ui.TextInput[ui.LayoutView] = ui.TextInput(
            custom_id=LESSON_BOX,
            style=discord.TextStyle.short,
            default=title or None,
            required=not title,
            max_length=LONGEST_NAME,
        )
        return ui.Label(text=label, description=_("Type the title of a lesson."), component=box)
    names = labels(of_lessons(documents), OPTION_TEXT)
    options = [
        option(name, lesson_key(each), description=each.lesson.course or "", chosen=each.file == file)
        for name, each in zip(names, documents, strict=True)
    ]
    # Discord sends the lesson that is chosen already; without one, there has to be a choice.
    return single_choice(LESSON_BOX, label, "", options, optional=bool(file))


def picture_box(pictures: Sequence[str]) -> ui.Label[ui.LayoutView]:
    """Which of these pictures the entry shows, if any."""
    names = told_apart([(urlsplit(each).path.rpartition("/")[2],) for each in pictures], OPTION_TEXT)
    options = [option(name, str(n)) for n, name in enumerate(names)]
    note = _("Choose one to show it below the answer, and describe it in the next field.")
    return single_choice(PICTURE_BOX, _("Picture (optional)"), note, options, optional=True)


def typed_fields(typed: Mapping[str, str]) -> dict[str, str]:
    """The typed texts by field, those of several inputs joined again; each `+` in a name is a line break."""
    fields: dict[str, str] = {}
    for name, value in typed.items():
        field, breaks = name.partition("+")[0], "\n" * name.count("+")
        fields[field] = f"{fields[field]}{breaks}{value}" if field in fields else value
    return fields


def chosen_fields(fields: Mapping[str, str], today: date) -> dict[str, str]:
    """The fields with what was chosen for them in place of the choice."""
    found: dict[str, str] = {}
    for field, value in fields.items():
        match kind_of(field), value:
            case "reviewed", "keep":
                continue
            case "reviewed", "today":
                found[field] = today.isoformat()
            case "reviewed" | "verdict", "none":
                found[field] = ""
            case _:
                found[field] = value
    return found


def _box(name: str, value: str, number: str, wrong: str) -> ui.Label[ui.LayoutView]:
    last = name.partition("+")[0].split(".")[-1]
    style = discord.TextStyle.short if last in ONE_LINE and "\n" not in value else discord.TextStyle.paragraph
    box: ui.TextInput[ui.LayoutView] = ui.TextInput(
        custom_id=name, style=style, default=value or None, required=False, max_length=INPUT_TEXT
    )
    return ui.Label(
        text=shorten(_(LABELS[last]), INPUT_LABEL - len(number)) + number,
        description=shorten(wrong, INPUT_NOTE) or None,
        component=box,
    )


def _pieces(text: str) -> list[tuple[int, str]]:
    """A text split at line breaks into pieces that fit an input, each with the number of line breaks before it.

    Discord may trim what is typed: where possible, no piece begins or ends with a space or an empty line.
    """
    pieces = []
    breaks = 0
    while len(text) > INPUT_TEXT:
        found = [each for each in _BREAK.finditer(text, 0, INPUT_TEXT + 10) if each.start() <= INPUT_TEXT]
        if not found:
            raise TooLongError
        # Not much earlier than need be: a modal has few inputs.
        at = next((each for each in reversed(found) if each["clean"] and each.start() > _FULL), found[-1])
        pieces.append((breaks, text[: at.start()]))
        breaks, text = len(at[0]), text[at.end() :]
    return [*pieces, (breaks, text)]
