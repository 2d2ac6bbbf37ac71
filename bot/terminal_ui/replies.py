"""Draws a reply for people, or writes it as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from rich.text import Text

from bot.dialogue.reply import (
    HOW_TO,
    IN_OTHER_LANGUAGE,
    OTHERS,
    SEVERAL_THINGS,
    TELL_ME,
    TWO_THINGS,
    WHAT_HAPPENED,
    WHO_I_AM,
    Answer,
    Question,
    Reply,
    Suggestions,
    Topics,
    Unknown,
    UseCommand,
    reviewed_line,
)
from bot.dialogue.steps import TextBlock
from bot.dialogue.verdict import verdict_word
from bot.language.words import _
from bot.lessons.lesson import Picture, Verdict
from bot.terminal_ui.screen import STYLES, Piece, Screen
from bot.tutor import Tutor

UNKNOWN = "{nothing}. Try other words. To see all lessons, use {lessons}."
IN_DISCORD = "In Discord: {how_to}"
TYPE_NUMBER = "To read one, type its number."
ASK_IT = "To read one, ask its question."
NOTHING_ASKED = "{what} Ask in your own words. To see all lessons, use {lessons}."


def as_json(reply: Reply, tutor: Tutor, probability: float | None) -> str:
    """A reply as JSON; its field `reply` says which kind it is.

    `probability` is how likely the entry that fits best answers the question; None where nothing was asked.
    """
    match reply:
        case Answer():
            data: dict[str, object] = {
                "reply": "answer",
                "id": reply.id,
                "question": reply.question,
                "answer": reply.text,
                "lesson": reply.lesson,
                "course": reply.course,
                "verdict": reply.verdict,
                "picture": reply.picture.file if reply.picture else None,
                "related": [each.text for each in reply.related],
                "walkthrough": reply.opens.title if reply.opens else None,
            }
        case Suggestions(questions, asked_at_once=asked_at_once):
            named = [{"id": each.id, "question": each.text} for each in questions]
            data = {"reply": "suggestions", "questions": named, "asked_at_once": asked_at_once}
            if reply.others:
                data["others"] = True
        case Topics():
            data = {"reply": "topics", "lessons": [each.lesson for each in tutor.lessons]}
        case UseCommand(command_for):
            data = {"reply": "command", "for": command_for}
        case Unknown(nothing_asked=True):
            data = {"reply": "unknown", "nothing_asked": True}
        case Unknown(which_error=True):
            data = {"reply": "unknown", "which_error": True}
        case Unknown():
            data = {"reply": "unknown"}
    if isinstance(reply, Answer | Suggestions | Unknown) and reply.in_other_language:
        data["in_other_language"] = True
    if probability is not None:
        data["probability"] = round(probability, 3)
    return json.dumps(data, ensure_ascii=False, indent=2)


class ReplyPrinter:
    """Draws replies. `lessons` and `walkthrough` are the commands to name; an empty `walkthrough` is not named."""

    def __init__(self, tutor: Tutor, screen: Screen, *, lessons: str, walkthrough: str, numbers: bool) -> None:
        self._tutor = tutor
        self._screen = screen
        self._lessons = lessons
        self._walkthrough = walkthrough
        self._numbers = numbers

    def show(self, reply: Reply) -> tuple[Question, ...]:
        """Draw a reply. Returns the questions that numbers now pick."""
        match reply:
            case Answer():
                self._answer(reply)
                return reply.related
            case Suggestions(questions):
                title = _("Which of these did you mean?") if len(questions) > 1 else _("Did you mean this?")
                if reply.asked_at_once:
                    title = _(SEVERAL_THINGS if reply.asked_more else TWO_THINGS)
                if reply.others or reply.explaining:
                    title = _(OTHERS)
                said = [_(IN_OTHER_LANGUAGE)] if reply.in_other_language else []
                said.append(TYPE_NUMBER if self._numbers else ASK_IT)
                self._screen.say("\n".join([title, *listed(questions, numbers=self._numbers), *said]))
                return questions
            case Topics():
                lines = [f"  - {each.lesson}" for each in self._tutor.lessons]
                first = [_(WHO_I_AM)] if reply.about_bot else []
                self._screen.say("\n".join([*first, _("All lessons"), *lines, f"({self._lessons})"]))
            case UseCommand(command_for):
                self._screen.say(IN_DISCORD.format(how_to=_(HOW_TO[command_for])))
            case Unknown(small_talk="thanks"):
                self._screen.say(_("You're welcome! Ask me anytime."))
            case Unknown(nothing_asked=True):
                self._screen.say(
                    NOTHING_ASKED.format(what=_("What would you like to know?"), lessons=self._lessons)
                )
            case Unknown(which_error=True):
                self._screen.say(f"{_(WHAT_HAPPENED)} {_(TELL_ME)}")
            case Unknown():
                nothing = UNKNOWN.format(nothing=_("No lesson answers that yet"), lessons=self._lessons)
                said = [_(IN_OTHER_LANGUAGE)] if reply.in_other_language else []
                self._screen.say("\n".join([nothing, *said]))
        return ()

    def _answer(self, answer: Answer) -> None:
        extra = [_("From {lesson}", lesson=" · ".join(filter(None, (answer.lesson, answer.course))))]
        if answer.by:
            extra.append(_("Answer by {name}", name=answer.by))
        if day := answer.reviewed:
            extra.append(reviewed_line(day, datetime.now(UTC).date(), day.isoformat()))
        if answer.in_other_language:
            extra.append(_(IN_OTHER_LANGUAGE))
        extra += picture_lines(self._tutor, answer.picture)
        if answer.opens and self._walkthrough:
            extra.append(_("Open walkthrough: {title}", title=answer.opens.title) + f" ({self._walkthrough})")
        if answer.related:
            extra += ["Related:", *listed(answer.related, numbers=self._numbers)]
        verdict = [verdict_line(answer.verdict)] if answer.verdict else []
        pieces: list[Piece] = [TextBlock(answer.text), *verdict, Text("\n".join(extra), style="dim")]
        self._screen.card(answer.question, pieces, STYLES.get(answer.verdict or "", "blue"))


def listed(questions: Sequence[Question], *, numbers: bool = True) -> list[str]:
    """A line for each question, with the number that picks it."""
    return [f"  {f'{n}.' if numbers else '-'} {question.text}" for n, question in enumerate(questions, 1)]


def picture_lines(tutor: Tutor, picture: Picture | None) -> list[str]:
    """The path of the picture, if the file exists, and its alt text."""
    file = tutor.picture(picture)
    shown = [f"Picture: {file.path}"] if file else []
    return [*shown, picture.alt] if picture and picture.alt else shown


def verdict_line(verdict: Verdict) -> Text:
    """The verdict in its color."""
    return Text(_("Verdict: {verdict}", verdict=verdict_word(verdict)), style=STYLES[verdict])
