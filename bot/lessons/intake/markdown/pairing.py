"""Makes pairs (a question with its answer) and scenarios of the parts of a page."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.language.words import N_, _
from bot.lessons.intake.material import Block, Pair, Part, Section, Story, Unplaced

_OUTSIDE = N_("outside of every question and scenario: copy it to where it belongs, or leave it out")
_NO_ANSWER = N_("a question without an answer: add `Answer:` below it")
_NO_QUESTION = N_("an answer without a question: add `Question:` above it")
_OTHER_WAY = N_("a question without an answer of its own: it became a phrasing of the next one")
_SAME_ANSWER = N_("a question without an answer of its own: it became a phrasing of the one above it")


class Pairing:
    """Makes pairs and scenarios of the parts, in their sections."""

    def __init__(self, sections: list[Section], unplaced: list[Unplaced], parts: list[Part | Section]) -> None:
        self._sections = sections
        self._unplaced = unplaced
        self._parts = parts
        self._waiting: list[Part] = []
        self._last: Pair | None = None
        self._story: Story | None = None
        labelled = [part for part in parts if isinstance(part, Part) and part.kind == "question"]
        # If no answer in the source has a label, the text below each question is its answer.
        self._needs_label = (
            any(
                one.kind == "question" and one.origin == "label" and isinstance(two, Part) and two.kind == "answer"
                for one, two in pairwise(parts)
                if isinstance(one, Part)
            )
            or not labelled
        )

    def run(self) -> None:
        """Fill the sections. Parts that belong to no pair and no scenario become unplaced."""
        for part in self._parts:
            if isinstance(part, Section):
                self._flush()
                self._sections.append(part)
            elif part.kind == "question":
                self._question(part)
            elif part.kind == "answer":
                self._answer(part)
            elif self._story and (
                part.kind in ("solution", "quiz") or (part.kind == "behind" and not self._is_told())
            ):
                self._story.others.append(part)
            elif part.kind == "scenario":
                self._flush()
                self._story = Story(part, [])
                self._sections[-1].items.append(self._story)
            elif part.kind == "behind":
                asked = replace(part.pieces[0], text=part.title)
                self._add(Pair(asked, part.pieces))
            elif part.pieces:
                self._leave(part.pieces, _(_OUTSIDE))
                self._last = None
        self._flush()

    def _is_told(self) -> bool:
        return any(part.kind == "behind" for part in self._story.others) if self._story else True

    def _question(self, part: Part) -> None:
        pieces = part.pieces if part.pieces[0].text else part.pieces[1:]
        asked = next((piece for piece in pieces if piece.kind != "picture" and piece.text), None)
        more = [piece for piece in part.pieces if piece is not asked and (piece.text or piece.kind == "picture")]
        is_answered = bool(more) and asked is not None and (part.origin != "label" or not self._needs_label)
        if is_answered and asked:
            bare = [each for each in self._waiting if len(_worded(each)) == 1]
            self._waiting = [each for each in self._waiting if len(_worded(each)) != 1]
            others = [_worded(each)[0] for each in bare]
            self._flush()
            for other, below in pairwise([*others, asked]):
                self._note_phrasing(other, _(_OTHER_WAY), is_alone=below.line > other.end)
            self._add(Pair(asked, more, others))
            return
        self._last = None
        if self._waiting and len(_worded(self._waiting[-1])) > 1:
            self._flush()
        self._waiting.append(part)

    def _answer(self, part: Part) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            # A label with nothing behind it asks nothing.
            first, *others = [each for each in waiting if _asked_in(each)] or waiting
            words = _worded(first)
            asked = _asked_in(first)
            if asked is None:
                why = _("an answer to a question without words")
                self._leave([*first.pieces, *part.pieces], why)
                return
            more = [piece for each in waiting if not _asked_in(each) for piece in _worded(each)]
            more += [piece for piece in words if piece is not asked]
            phrasings = []
            for other in others:
                phrasings += _worded(other)[:1]
                more += _worded(other)[1:]
            for above, phrasing in pairwise([asked, *phrasings]):
                self._note_phrasing(phrasing, _(_SAME_ANSWER), is_alone=phrasing.line > above.end)
            self._add(Pair(asked, [*more, *part.pieces], phrasings))
        elif self._last:
            self._last.answer += part.pieces
        else:
            self._leave(part.pieces, _(_NO_QUESTION))

    def _note_phrasing(self, question: Block, why: str, *, is_alone: bool) -> None:
        # Questions right below each other obviously ask the same.
        if is_alone:
            self._unplaced.append(Unplaced(question.line, question.source, why))

    def _add(self, pair: Pair) -> None:
        self._sections[-1].items.append(pair)
        self._last = pair

    def _flush(self) -> None:
        for part in self._waiting:
            self._leave(part.pieces, _(_NO_ANSWER))
        self._waiting = []
        self._last = None

    def _leave(self, pieces: list[Block], why: str) -> None:
        self._unplaced += [Unplaced(piece.line, piece.source, why) for piece in pieces if piece.source.strip()]


def _asked_in(part: Part) -> Block | None:
    """The words of a question; None if there are none."""
    return next((piece for piece in _worded(part) if piece.kind != "picture"), None)


def _worded(part: Part) -> list[Block]:
    return [piece for piece in part.pieces if piece.kind == "picture" or piece.text]
