"""Blocks and parts -> entries and scenarios, and what found no place among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import NotesError
from bot.lessons.ids import cut, first_free, id_for
from bot.lessons.lesson import STEPS_OF_EVERY_SCENARIO, Entry, Lesson, Picture, Scenario, Solution
from bot.lessons.notes.blocks import (
    TITLE_LENGTH,
    Block,
    Unplaced,
    cleaned,
    cut_front_matter,
    pick_titles,
    read_blocks,
    unused,
    without_emphasis,
)
from bot.lessons.notes.outline import Outline, Part

_CAPTION = 300
_NOTES = 2**18


@dataclass(frozen=True)
class Notes:
    """What the notes hold. `pictures` are paths in the notes; the lesson calls them `images/<name>`."""

    lesson: Lesson
    unplaced: tuple[Unplaced, ...]
    pictures: tuple[str, ...]


def read_notes(text: str, *, has_picture: Callable[[str], bool], taken: Iterable[str] = ()) -> Notes:
    """Raises `NotesError` if there is no title, or neither an answered question nor a whole scenario.

    `has_picture(path)` tells whether a path, as it stands in the notes, is a picture that can be copied; `taken`
    are ids that other lessons have.
    """
    if len(text) > _NOTES:
        raise NotesError(f"The notes are too long: {len(text):,} characters; the limit is {_NOTES:,}.")
    lines = [line.rstrip() for line in cleaned(text).split("\n")]
    front = cut_front_matter(lines)
    blocks, drawn_in_text = read_blocks(lines)
    title, course = pick_titles(blocks, front)
    outline = Outline()
    outline.read(blocks)
    draft = _Draft(title.text, has_picture, taken)
    draft.write(outline.parts)
    unplaced = sorted(
        [*unused(front), *drawn_in_text, *outline.unplaced, *draft.unplaced], key=lambda one: one.line
    )
    if not draft.entries and not draft.scenarios:
        first = f" Line {unplaced[0].line}: {unplaced[0].why}." if unplaced else ""
        raise NotesError(
            "The notes contain no lesson. Add a `Question:` with an `Answer:`, "
            f"or a `Scenario:` with a solution.{first}"
        )
    if not title.text:
        raise NotesError("The notes have no title. Start them with a heading like `# My topic`.")
    lesson = _made(
        Lesson,
        lesson=title.text,
        course=course.text or None,
        entries=draft.entries,
        scenarios=draft.scenarios,
    )
    if isinstance(lesson, str):
        raise NotesError(f"The heading in line {title.line} cannot be used as the title: {lesson}.")
    return Notes(lesson, tuple(unplaced), tuple(draft.pictures.values()))


_READ = 200  # characters: an id is much shorter, and Unicode takes very long for thousands of accents in a row


_M = TypeVar("_M", bound=BaseModel)
_POINTS_AT_A_PICTURE = re.compile(
    r"\b(following|below|infographic|picture|image|diagram|figure|illustration|screenshot|chart)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"//|[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_WHY_LEFT = {
    "loose": "not part of a question or scenario: copy it to the right place, or leave it out",
    "question": "a question without an answer: add `Answer:` below it",
    "answer": "an answer without a question: add `Question:` above it",
}
_SAYS_ITS_LABEL = re.compile(r"(what happens )?behind the scenes?\W*", re.IGNORECASE)


class _Draft:
    """The lesson as far as it is written; `pictures` are the paths in the notes by their names."""

    def __init__(self, title: str, has_picture: Callable[[str], bool], taken: Iterable[str]) -> None:
        self.entries: list[Entry] = []
        self.scenarios: list[Scenario] = []
        self.unplaced: list[Unplaced] = []
        self.pictures: dict[str, str] = {}
        self._title = title
        self._has_picture = has_picture
        self._taken = set(taken)
        self._scenario_titles: set[str] = set()

    def write(self, parts: list[Part]) -> None:
        for group in _grouped(parts):
            first, *others = group
            if first.kind == "scenario":
                self._add_scenario(first, others)
            elif first.kind == "behind":
                self._add_entry(first.title, first.pieces)
            elif first.kind == "question" and others:
                self._add_answered(first, others[0])
            else:
                self._leave(first.pieces, _WHY_LEFT[first.kind])

    def _leave(self, pieces: list[Block], why: str) -> None:
        self.unplaced += [Unplaced(piece.line, piece.source, why) for piece in pieces]

    def _add_answered(self, question: Part, answer: Part) -> None:
        asked = next((piece for piece in question.pieces if piece.kind != "picture" and piece.text), None)
        if asked is None:
            self._leave([*question.pieces, *answer.pieces], "an answer to an empty question")
            return
        more = [piece for piece in question.pieces if piece is not asked]
        self._add_entry(without_emphasis(asked.text), [*more, *answer.pieces], asked)

    def _add_entry(self, question: str, pieces: list[Block], asked: Block | None = None) -> None:
        fields: dict[str, Any] = {"id": id_for(question, self._taken), "question": question}
        entry = _made(Entry, **fields, answer=_joined(pieces))
        if isinstance(entry, str):
            self._leave([asked, *pieces] if asked else pieces, entry)
            return
        picture = self._placed_picture([pieces])
        self.entries.append(Entry(**fields, answer=_joined(pieces), image=picture))
        self._taken.add(entry.id)

    def _add_scenario(self, story: Part, others: list[Part]) -> None:
        solutions = [part for part in others if part.kind == "solution" and self._is_usable(part)]
        behind = next((part for part in others if part.kind == "behind"), None)
        title = self._scenario_title(story.title)
        fields: dict[str, Any] = {"id": id_for(title, self._taken, "scenario"), "title": title}
        fields |= {"story": _words(story), "solutions": _solutions(solutions)}
        scenario = _made(Scenario, **fields)
        if isinstance(scenario, str):
            reason = "" if solutions else "part of a scenario without a usable solution: "
            for part in (story, *solutions):
                self._leave(part.pieces, reason + scenario)
            if behind:
                self._add_entry(behind.title, behind.pieces)
            return
        if behind and isinstance(why := _made(Scenario, **fields, behind_the_scenes=_words(behind)), str):
            self._leave(behind.pieces, why)
            behind = None
        parts = [story, *solutions, *([behind] if behind else [])]
        fields["picture"] = self._placed_picture([part.pieces for part in parts])
        # Read again, as the caption of the picture has left them.
        fields |= {"story": _words(story), "solutions": _solutions(solutions)}
        if len(solutions) == 1:
            self._leave(
                story.pieces[:1], "a scenario with one solution; a choice needs two: add the others by hand"
            )
        self.scenarios.append(Scenario(**fields, behind_the_scenes=_words(behind) if behind else None))
        self._taken.add(scenario.id)
        self._scenario_titles.add(scenario.title)

    def _is_usable(self, part: Part) -> bool:
        solution = _made(Solution, id="usable", title="Usable", plan=_words(part))
        if isinstance(solution, str):
            self._leave(part.pieces, solution)
        return not isinstance(solution, str)

    def _scenario_title(self, given: str) -> str:
        words = (given or self._title or "Scenario").split(" ")

        def numbered(number: int) -> str:
            suffix = f" ({number})" if number > 1 else ""
            return cut(" ".join(words), TITLE_LENGTH - len(suffix), " ") + suffix

        return first_free(numbered, self._scenario_titles)

    def _placed_picture(self, texts: list[list[Block]]) -> Picture | None:
        """The first picture that can be used, its caption taken out of the texts; all others are unplaced."""
        placed: Picture | None = None
        for pieces in texts:
            kept: list[Block] = []
            for piece in pieces:
                if piece.kind != "picture":
                    kept.append(piece)
                elif placed:
                    self._leave([piece], "a second picture where only one is possible: add it by hand")
                else:
                    placed = self._picture(piece, kept)
            pieces[:] = kept
        return placed

    def _picture(self, piece: Block, before: list[Block]) -> Picture | None:
        name = re.split(r"[\\/]", piece.text)[-1]
        caption = piece.title or _caption(before)
        picture = self._why_not(piece.text, name) or _made(
            Picture, file=f"images/{name}", alt=piece.alt, caption=caption
        )
        if isinstance(picture, str):
            self._leave([piece], picture)
            return None
        if not piece.title and caption:
            before.pop()
        self.pictures[name] = piece.text
        return picture

    def _why_not(self, path: str, name: str) -> str:
        if _ELSEWHERE.match(path):
            return "a picture from the web: save it beside the notes and add `picture:` by hand"
        if not name or not self._has_picture(path):
            return f"no such picture '{path}' beside the notes: add `picture:` by hand"
        if self.pictures.get(name, path) != path:
            return f"another picture is called '{name}' too: rename one and add `picture:` by hand"
        return ""


def _grouped(parts: list[Part]) -> list[list[Part]]:
    """Each question with its answer, each scenario with its solutions and what happens behind the scenes."""
    groups: list[list[Part]] = []
    question: list[Part] | None = None
    scenario: list[Part] | None = None
    is_told = False
    for part in parts:
        if part.kind == "answer" and question:
            question.append(part)
            question = None
        elif scenario and (part.kind == "solution" or (part.kind == "behind" and not is_told)):
            scenario.append(part)
            is_told = is_told or part.kind == "behind"
        else:
            groups.append([part])
            if part.kind in ("question", "scenario"):
                question = groups[-1] if part.kind == "question" else None
            if part.kind == "scenario":
                scenario, is_told = groups[-1], False
    return groups


def _solutions(parts: list[Part]) -> list[Solution]:
    solutions: list[Solution] = []
    taken = set(STEPS_OF_EVERY_SCENARIO)
    for position, part in enumerate(parts, 1):
        title = part.title or f"Solution {part.number or position}"
        solutions.append(Solution(id=id_for(title, taken, "solution"), title=title, plan=_words(part)))
        taken.add(solutions[-1].id)
    return solutions


def _words(part: Part) -> str:
    """The text of a story, a solution or what happens behind the scenes."""
    text = _joined(part.pieces)
    if part.kind != "behind":
        return text or part.title
    return text if _SAYS_ITS_LABEL.fullmatch(part.title) else f"{part.title}\n\n{text}"


def _joined(pieces: list[Block]) -> str:
    words = [piece for piece in pieces if piece.kind != "picture" and piece.text]
    gaps = ["\n" if one.end == other.line else "\n\n" for one, other in pairwise(words)]
    return "".join(gap + piece.text for gap, piece in zip(["", *gaps], words, strict=False))


def _caption(before: list[Block]) -> str:
    """The sentence that announces a picture, unless it is all there is to say."""
    has_more = sum(1 for piece in before if piece.text) > 1
    last = before[-1].text if has_more and before[-1].kind == "prose" else ""
    return last if "\n" not in last and len(last) <= _CAPTION and _POINTS_AT_A_PICTURE.search(last) else ""


def _made(model: type[_M], **fields: Any) -> _M | str:
    """The model, or in words what does not fit."""
    try:
        return model(**fields)
    except ValidationError as error:
        first = error.errors()[0]
    where = " ".join(str(name) for name in first["loc"]).replace("_", " ")
    if first["type"] == "string_too_long":
        length, most = len(first["input"]), first["ctx"]["max_length"]
        return f"the {where} has {length:,} characters; at most {most:,} fit"
    if first["type"] == "string_too_short":
        return f"the {where} has no words"
    return f"{where}: {first['msg']}"
