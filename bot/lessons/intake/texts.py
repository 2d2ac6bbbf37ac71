"""Converts blocks of a source to the text that members read, and collects what cannot be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.language.numbers import amount
from bot.language.words import N_, _
from bot.lessons.document import mistake_in_words
from bot.lessons.intake.material import Block, Source, Unplaced
from bot.lessons.markdown.discord_markdown import for_discord
from bot.lessons.markdown.inline_markdown import Links

_M = TypeVar("_M", bound=BaseModel)

# What a text that does not fit is called.
_NAMES = {
    "question": N_("the question"),
    "answer": N_("the answer"),
    "title": N_("the title"),
    "story": N_("the story"),
    "plan": N_("the plan"),
    "behind_the_scenes": N_("behind the scenes"),
    "text": N_("the text"),
    "options": N_("the quiz options"),
    "feedback": N_("the feedback"),
    "alt": N_("the alt text"),
    "caption": N_("the picture's caption"),
}
# Where a text refers to its place on the page, which it loses: "see the question above", "siehe Frage oben".
_POINTER = re.compile(
    r"\b(?:(?:see|refer\sto|as\sper|as\sin|(?:described|explained|mentioned)\sin)\s(?:the\s)?"
    r"(?:(?:question|section|answer)\s(?:right\s|just\s)?(?:above|below)"
    r"|(?:previous|preceding|next|first|last)\s(?:question|section|answer)(?!\s(?:of|in|on|at)\b))"
    r"|siehe\s(?:(?:auch|in|die|den|der)\s){0,2}(?:(?:n\u00e4chste|vorige|vorherige|letzte|erste|obige)[nr]?"
    r"\s(?:frage|antwort|abschnitt)|(?:frage|antwort|abschnitt)\s(?:oben|unten))"
    r"|(?:v\u00e9ase|ver|consulta|mira)\s(?:la\s)?(?:pregunta|secci\u00f3n|respuesta)"
    r"\s(?:anterior|siguiente|de\sarriba|de\sabajo))\b",
    re.IGNORECASE,
)


@dataclass
class Converted:
    """A text for Discord. `used` are the names of links and footnotes in it, `related` the ids it links to."""

    text: str
    unplaced: list[Unplaced]
    used: set[str]
    related: list[str]


class TextConverter:
    """Converts the texts of one source, and collects in `unplaced` what cannot be used."""

    def __init__(self, source: Source, base_url: str) -> None:
        self.unplaced: list[Unplaced] = []
        self._used: set[str] = set()
        self._source = source
        addresses = {key: each.why for key, each in source.addresses.items()}
        footnotes = {key: each.why for key, each in source.footnotes.items()}
        self._links = Links(base_url, addresses, footnotes)

    def know_anchors(self, anchors: dict[str, str], questions: dict[str, str]) -> None:
        """Set the targets of links inside the page: ids of entries by anchors, and the questions of those ids."""
        self._links = replace(self._links, anchors=anchors, questions=questions)

    def convert(self, pieces: Sequence[Block]) -> Converted:
        """The text of these pieces for Discord. It counts as used only after `keep`."""
        text, lines = joined(pieces)
        shown = for_discord(text, self._links)
        last = lines[-1] if lines else 1
        unplaced = [
            Unplaced(lines[each.line] if each.line < len(lines) else last, each.text, each.why)
            for each in shown.remarks
        ]
        if found := _POINTER.search(text):
            why = _("the text points to another place of its page: write what stands there")
            unplaced.append(Unplaced(lines[text.count("\n", 0, found.start())], found[0], why))
        return Converted(shown.text, unplaced, shown.used, shown.related)

    def keep(self, converted: Converted) -> None:
        """Note that a lesson uses this text, so that the parts of it that were left out are reported."""
        self.unplaced += converted.unplaced
        self._used |= converted.used

    def leave(self, pieces: Iterable[Block], why: str) -> None:
        """Report these pieces as unplaced."""
        self.unplaced += [Unplaced(piece.line, piece.source, why) for piece in pieces if piece.source.strip()]

    def unused(self) -> list[Unplaced]:
        """The addresses and footnotes that no text refers to."""
        named = [("", self._source.addresses, _("the address of a link by name: write it where it is used"))]
        named.append(
            ("^", self._source.footnotes, _("a footnote that no answer refers to: write it where it is used"))
        )
        return [
            Unplaced(each.line, each.text, why)
            for mark, known, why in named
            for key, each in known.items()
            if mark + key not in self._used
        ]


def joined(pieces: Sequence[Block]) -> tuple[str, list[int]]:
    """The text of these pieces, and for each of its lines the line number in the source."""
    words = [piece for piece in pieces if piece.kind != "picture" and piece.text]
    text: list[str] = []
    lines: list[int] = []
    for piece, before in zip(words, [None, *words], strict=False):
        if before is not None and before.end != piece.line:
            text.append("")
            lines.append(piece.line)
        inside = piece.text.split("\n")
        # A label on a line of its own is no longer in the text.
        gone = max(0, piece.end - piece.line - len(inside))
        text += inside
        lines += [min(piece.line + gone + n, max(piece.line, piece.end - 1)) for n in range(len(inside))]
    return "\n".join(text), lines


def made(model: type[_M], **fields: object) -> _M | str:
    """A model with these fields; or, if pydantic refuses them, the first error in words."""
    try:
        return model(**fields)
    except ValidationError as error:
        first = error.errors()[0]
    names = [str(name) for name in first["loc"]]
    where = _(_NAMES[names[-1]]) if names and names[-1] in _NAMES else " ".join(names)
    if first["type"] == "string_too_long":
        length, most = len(first["input"]), first["ctx"]["max_length"]
        return _(
            "{field} has {size} characters; at most {most} fit",
            field=where,
            size=amount(length),
            most=amount(most),
        )
    if first["type"] == "string_too_short":
        return _("{field} has no words", field=where)
    why = mistake_in_words(first, first["loc"])
    return f"{where}: {why}" if where else why
