"""Reads reStructuredText: docutils parses it, then it is converted to lines of Markdown."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from bot.errors import NotesError
from bot.language.words import _
from bot.lessons.intake.density import refuse_dense
from bot.lessons.intake.drafts import draft_field_above, refuse_draft
from bot.lessons.intake.markdown.reader import read_lines
from bot.lessons.intake.material import Hints, Source
from bot.lessons.intake.restructured.as_markdown import MarkdownWriter
from bot.lessons.intake.restructured.parsing import parse
from bot.lessons.intake.restructured.pieces import Piece, divided
from bot.progress import Reach, step

_HEAD = 4_000  # characters


def read_restructured(text: str, hints: Hints) -> Source:
    """A `.rst` file. Raises `NotesError` for one that would take minutes."""
    # The fields can stand below the title of the page.
    parts = islice((part.strip().split("\n") for part in text[:_HEAD].split("\n\n")), 3)
    refuse_draft(next(filter(None, (draft_field_above(part) for part in parts if part[0].startswith(":"))), ""))
    pieces, places = divided(text)
    refuse_dense(*(each.own for each in pieces))
    with _without_collecting():
        writer = _converted(pieces, MarkdownWriter(places))
        source = read_lines(writer.lines, hints)
    source.unplaced += writer.unplaced
    return source


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Pause the garbage collector: with a million nodes in use, it would take half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _converted(pieces: Sequence[Piece], writer: MarkdownWriter) -> MarkdownWriter:
    footnotes = 1
    with step("Reading lines", pieces[-1].end) as reach:
        for piece in pieces:
            try:
                parsed = parse(piece.text, partial(_reach, reach, piece), footnotes)
                writer.write(parsed, piece)
            except RecursionError:
                what = _("line {line}: has lists or quotes that are nested too deep", line=piece.first + 1)
                raise NotesError(what) from None
            footnotes = parsed.tree.autofootnote_start
            parsed.discard()
    writer.finish()
    return writer


def _reach(reach: Reach, piece: Piece, line: int) -> None:
    reach(piece.first - piece.before + line)
