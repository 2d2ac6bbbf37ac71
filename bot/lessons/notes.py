"""Markdown lesson notes -> a lesson; what finds no place in it is named by its line.

text -> blocks (found by markdown-it) -> parts (a label and what stands under it) -> entries and scenarios.
Only the labels go (`Question:`, `**Solution 2**:` …); every other word is in the lesson or in `unplaced`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeVar
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel, ValidationError

from bot.errors import NotesError
from bot.lessons.lesson import STEPS_OF_EVERY_SCENARIO, Entry, Lesson, Picture, Scenario, Solution

_ID = 32
_TITLE = 80
_CAPTION = 300
_COURSE, _LESSON = 1, 2  # levels of headings
_WITHIN = 300  # characters in which a label has to end, so that no line takes long
_MARKDOWN = MarkdownIt("commonmark")
_NOTES = 2**18


@dataclass(frozen=True)
class Unplaced:
    """Something in the notes that the author has to look at; `line` is counted from 1."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class Notes:
    """What the notes hold. `pictures` are paths in the notes; the lesson calls them `images/<name>`."""

    lesson: Lesson
    unplaced: tuple[Unplaced, ...]
    pictures: tuple[str, ...]


def read_notes(text: str, *, has_picture: Callable[[str], bool]) -> Notes:
    """Raises `NotesError` if there is no title, or neither an answered question nor a whole scenario.

    `has_picture(path)` tells whether a path, as it stands in the notes, is a picture that can be copied.
    """
    if len(text) > _NOTES:
        raise NotesError(f"The notes have {len(text):,} characters; at most {_NOTES:,} are read.")
    lines = [line.rstrip() for line in _cleaned(text).split("\n")]
    front = _cut_front_matter(lines)
    blocks, drawn_in_text = _read_blocks(lines)
    title, course = _pick_titles(blocks, front)
    outline = _Outline()
    outline.read(blocks)
    draft = _Draft(title.text, has_picture)
    draft.write(outline.parts)
    unplaced = sorted(
        [*_unused(front), *drawn_in_text, *outline.unplaced, *draft.unplaced], key=lambda one: one.line
    )
    if not draft.entries and not draft.scenarios:
        first = f" Line {unplaced[0].line}: {unplaced[0].why}." if unplaced else ""
        raise NotesError(
            "The notes hold no lesson: it takes a `Question:` with an `Answer:`, "
            f"or a `Scenario:` with two solutions.{first}"
        )
    if not title.text:
        raise NotesError("The notes have no title: begin them with a heading such as `# My topic`.")
    lesson = _made(
        Lesson,
        lesson=title.text,
        course=course.text or None,
        entries=draft.entries,
        scenarios=draft.scenarios,
    )
    if isinstance(lesson, str):
        raise NotesError(f"The heading in line {title.line} cannot be a title: {lesson}.")
    return Notes(lesson, tuple(unplaced), tuple(draft.pictures.values()))


def slug(text: str, taken: Container[str], otherwise: str = "entry") -> str:
    """An id for a text: kebab-case ASCII of at most 32 characters, cut at a word, not among `taken`."""
    folded = unicodedata.normalize("NFKD", re.sub("['\u2019]", "", text.casefold()))
    words = re.findall("[a-z0-9]+", folded.encode("ascii", "ignore").decode())

    def numbered(number: int) -> str:
        suffix = f"-{number}" if number > 1 or not words else ""
        return _cut(words or [otherwise], _ID - len(suffix), "-") + suffix

    return _first_free(numbered, taken)


def _first_free(numbered: Callable[[int], str], taken: Container[str]) -> str:
    # Searches in leaps, as notes may ask the same question thousands of times.
    low, high = 0, 1
    while numbered(high) in taken:
        low, high = high, high * 2
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if numbered(middle) in taken else (low, middle)
    return numbered(high)


def _cut(words: Sequence[str], size: int, between: str) -> str:
    text = between.join(words)
    if len(text) <= size:
        return text
    return text[: size + 1].rpartition(between)[0] or text[:size]


def _cleaned(text: str) -> str:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # No lesson file can hold control characters; Word writes some for its line breaks.
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", text)


# --- Markdown -> blocks -------------------------------------------------------------------------------

_WORD = r"\s*(?P<mark>\*{1,3}|_{1,3}|)(?P<word>question|answer|scenario|solution|ques|ans|q|a)"
_NUMBER = r"(?P<number>\s*#?\d{1,4}|(?-i:\s+[A-Z]))?\s*"
# `Answer:`, `**Answer**:`, `**Answer:**`, `**Answer: …**`; with a number also `Q1.`, `Q1)` and `Q1 -`.
_COLON = (
    r"(?P<early>(?P=mark)\s*)?(?:[:\uff1a]|(?(number)(?:[.)](?=[\s*_]|$)|[\u2013\u2014-](?=\s))|(?!)))"
    r"(?P<late>(?P=mark))?"
)
_ASIDE = r"(?:\((?P<aside>[^()]{1,80})\)\s*)?"
_LABEL = re.compile(_WORD + _NUMBER + _ASIDE + _COLON + r"\s*(?P<rest>.*)", re.IGNORECASE)
_BARE_LABEL = re.compile(_WORD.removesuffix("|ques|ans|q|a)") + ")" + _NUMBER + "(?P=mark)", re.IGNORECASE)
_NAME = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?P<title>.{1,80}?)(?P=mark)[\s:.\u2013\u2014-]*(?P<rest>.*)")
_BEHIND = re.compile(
    r"\s*(?P<mark>\*{1,3}|_{1,3}|)(?P<title>(?P<what>(?:so,?\s+)?what\b[^?:.]{0,30}\s)?behind\s+the\s+scenes?"
    r"(?P<more>\s[^?:.*]{1,80})?(?P<stop>\s*[?:!.]?))(?P=mark)(?P<colon>:?)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
# Some number their questions as a list, or quote them.
_HOLDING_BLOCKS = frozenset({"bullet_list_open", "ordered_list_open", "blockquote_open"})
_ONE_INDENT = re.compile(r"^(?: ?(?:[-+*]|\d{1,9}[.)]|>)(?:[ \t]+|$)| {1,4}|\t)")


@dataclass(frozen=True)
class _Block:
    """Lines that belong together, from `line` (counted from 1) to before `end`.

    `text` is the source without its label; in a picture it is the path, and `title` the caption.
    """

    kind: str
    line: int
    end: int
    source: str
    text: str = ""
    title: str = ""
    number: str = ""
    level: int = 0
    alt: str = ""


def _cut_front_matter(lines: list[str]) -> list[_Block]:
    end = next((n for n, line in enumerate(lines) if n and line in ("---", "...")), 0)
    inside = lines[1:end]
    keys = [line for line in inside if line and line[0] not in " \t-#"]
    if lines[0] != "---" or not keys or not all(re.match(r"[\w-]+[ \t]*:", key) for key in keys):
        return []
    if any(_label(line, is_heading=False) for line in inside):
        return []
    lines[: end + 1] = [""] * (end + 1)
    return [_Block("front matter", n, n + 1, line, line) for n, line in enumerate(inside, 2) if line.strip()]


def _unused(front: list[_Block]) -> Iterator[Unplaced]:
    for block in front:
        if block.kind == "front matter":
            yield Unplaced(block.line, block.source, "front matter that a lesson has no field for")


def _read_blocks(lines: list[str]) -> tuple[list[_Block], list[Unplaced]]:
    references: dict[str, Any] = {}
    tokens = _MARKDOWN.parse("\n".join(lines), references)
    blocks: list[_Block] = []
    at = 0
    for token, following in pairwise([*tokens, Token("end", "", 0)]):
        if token.level or token.map is None:
            continue
        start, end = token.map
        blocks += _definitions(lines, at, start)
        blocks += _blocks_of(token, following.content, lines, references)
        at = end
    blocks += _definitions(lines, at, len(lines))
    placed = {block.line for block in blocks if block.kind == "picture"}
    return blocks, list(_drawn_in_text(tokens, placed))


def _definitions(lines: list[str], start: int, end: int) -> Iterator[_Block]:
    """Lines that markdown-it has no block for: `[name]: address`."""
    for n in range(start, end):
        if lines[n].strip():
            why = "the address of a link by name, which Discord cannot show: write it where it is used"
            yield _Block("aside", n + 1, n + 2, lines[n], why)


def _blocks_of(token: Token, content: str, lines: list[str], references: dict[str, Any]) -> Iterator[_Block]:
    start, end = token.map or (0, 0)
    while end > start + 1 and not lines[end - 1]:
        end -= 1
    source = "\n".join(lines[start:end])
    if token.type == "paragraph_open":
        yield from _lines_of(lines, start, end, references)
    elif token.type == "heading_open" and token.markup in "-=" and _is_a_sentence(content):
        # A line of dashes below a sentence was meant as a line, not as a heading.
        yield from _lines_of(lines, start, end - 1, references)
        yield _Block("rule", end, end + 1, lines[end - 1])
    elif token.type == "heading_open":
        block = _Block("heading", start + 1, end + 1, source, _bare(content), level=int(token.tag[1]))
        yield _labelled(block, content, is_heading=True) or block
    elif token.type == "html_block" and source.lstrip().startswith("<!--"):
        yield _Block("aside", start + 1, end + 1, source, "a comment, which members do not see")
    elif token.type in _HOLDING_BLOCKS and any(map(_opens_a_question, lines[start:end])):
        inside = [_ONE_INDENT.sub("", line) for line in lines[start:end]]
        yield from _read_blocks([""] * start + inside)[0]
    elif token.type == "code_block":
        # Discord knows no indented code.
        yield _Block("text", start + 1, end + 1, source, f"```\n{token.content.rstrip()}\n```")
    else:
        yield _Block("rule" if token.type == "hr" else "text", start + 1, end + 1, source, source)


def _opens_a_question(line: str) -> bool:
    found = _label(_ONE_INDENT.sub("", line), is_heading=False)
    return bool(found) and _ONE_INDENT.match(line) is not None and found["kind"] in ("question", "scenario")


def _is_a_sentence(content: str) -> bool:
    first, _, more = content.partition("\n")
    return bool(more) or content.endswith((".", ":", "!", ",", ";")) or bool(_label(first, is_heading=False))


def _lines_of(lines: list[str], start: int, end: int, references: dict[str, Any]) -> Iterator[_Block]:
    """A paragraph, divided where a line begins with a label or is nothing but a picture."""
    runs: list[tuple[_Block, list[str]]] = []
    goes_on = False
    for n in range(start, end):
        line = lines[n].strip()
        plain = _Block("prose", n + 1, n + 2, line, line)
        opened = _labelled(plain, line, is_heading=False, is_first=n == start)
        pictures = list(_pictures(opened or plain, references))
        if opened:
            runs.append((replace(opened, text="") if pictures else opened, []))
        elif goes_on and not pictures:
            runs[-1][1].append(line)
        elif not pictures:
            runs.append((plain, []))
        runs += [(picture, []) for picture in pictures]
        goes_on = not pictures
    for block, more in runs:
        text = "\n".join(filter(None, [block.text, *more]))
        source = "\n".join([block.source, *more])
        yield replace(block, end=block.end + len(more), source=source, text=text)


def _labelled(block: _Block, line: str, *, is_heading: bool, is_first: bool = True) -> _Block | None:
    found = _label(line, is_heading=is_heading) or (_behind(line, is_heading) if is_first else None)
    return replace(block, **found) if found else None


def _label(line: str, *, is_heading: bool) -> dict[str, Any] | None:
    line, later = line[:_WITHIN], line[_WITHIN:]
    found = _LABEL.fullmatch(line)
    alone = None if found else _BARE_LABEL.fullmatch(line)
    if alone and not later and (is_heading or alone["mark"]):
        return {"kind": alone["word"].lower(), "text": "", "number": (alone["number"] or "").strip()}
    if not found:
        return None
    kind = {"q": "question", "a": "answer"}.get(found["word"][0].lower(), found["word"].lower())
    rest = found["rest"] + later
    is_inside_the_mark = bool(found["mark"]) and found["early"] is None and not found["late"]
    if is_inside_the_mark or (found["early"] and found["late"]):
        rest = found["mark"] + rest
    fields = {"kind": kind, "text": rest, "number": (found["number"] or "").strip(" #")}
    aside = found["aside"] or ""
    if kind in ("question", "answer"):
        return fields | {"text": f"({aside}) {rest}" if aside else rest}
    if aside:
        return fields | {"title": aside.strip()}
    if is_heading and 0 < len(_bare(rest)) <= _TITLE:
        return fields | {"text": "", "title": _bare(rest)}
    named = _NAME.fullmatch(rest) if is_inside_the_mark else None
    return fields | {"text": named["rest"], "title": named["title"].rstrip(" :")} if named else fields


def _behind(line: str, is_heading: bool) -> dict[str, Any] | None:
    found = _BEHIND.fullmatch(line[:_WITHIN])
    if not found:
        return None
    rest = found["rest"] + line[_WITHIN:]
    is_asked = found["what"] and "?" in found["stop"]
    is_announced = not found["more"] and (not rest or ":" in found["stop"] + found["colon"])
    if not is_asked and not is_announced and not (is_heading and not rest):
        return None
    return {"kind": "behind", "text": rest, "title": found["title"].strip()}


def _bare(text: str) -> str:
    """Without the emphasis around the whole of it."""
    text = " ".join(text.split("\n")).strip()
    wrapped = re.fullmatch(r"(\*{1,3}|_{1,3})(?P<inside>[^*_]+)\1", text)
    return wrapped["inside"].strip() if wrapped else text


def _pictures(block: _Block, references: dict[str, Any]) -> Iterator[_Block]:
    if "![" not in block.text:
        return
    children = _MARKDOWN.parseInline(block.text, references)[0].children or []
    shown = [child for child in children if child.content.strip() or child.type != "text"]
    if all(child.type == "image" for child in shown):
        for child in shown:
            path = unquote(str(child.attrs["src"]))
            source = block.text if len(shown) == 1 else f"![{child.content}]({path})"
            title = str(child.attrs.get("title", ""))
            yield _Block("picture", block.line, block.end, source, path, title, alt=child.content)


def _drawn_in_text(tokens: list[Token], placed: Container[int]) -> Iterator[Unplaced]:
    for token in tokens:
        line = (token.map or [0])[0] + 1
        for child in token.children or []:
            line += child.type in ("softbreak", "hardbreak")
            if child.type == "image" and line not in placed:
                why = "a picture inside a text, which Discord cannot show: add `picture:` by hand"
                yield Unplaced(line, f"![{child.content}]({child.attrs['src']})", why)


def _pick_titles(blocks: list[_Block], front: list[_Block]) -> tuple[_Block, _Block]:
    """The titles of the lesson and of its course; the headings that say them are marked as used."""
    headings = [(n, block) for n, block in enumerate(blocks) if block.kind == "heading" and block.text]
    first_label = next((n for n, block in enumerate(blocks) if block.kind in _LABELS), len(blocks))
    picked = [block for _, block in headings[:1]]
    if picked and picked[0].level == _COURSE:
        picked += [block for n, block in headings if n < first_label and block.level == _LESSON][:1]
    nothing = _Block("title", 1, 2, "")
    title = _take(front, "title") or (picked[-1] if picked else nothing)
    above = picked[0] if len(picked) > 1 and picked[1].text == title.text else nothing
    course = _take(front, "course") or above
    for n, block in headings:
        if block.text in (title.text, course.text):
            blocks[n] = replace(block, kind="title")
    return title, course


def _take(front: list[_Block], key: str) -> _Block | None:
    for block in front:
        name, _, value = block.text.partition(":")
        if name.strip().lower() == key and value.strip(" \t\"'"):
            front.remove(block)
            return replace(block, text=value.strip(" \t\"'"))
    return None


# --- blocks -> parts ----------------------------------------------------------------------------------

_LABELS = frozenset({"question", "answer", "scenario", "solution", "behind"})
_LEADS_IN = re.compile(r"\b(scenario|situation|story)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Part:
    """A label and all that stands under it; `loose` is what stands under none."""

    kind: str
    pieces: list[_Block]

    @property
    def title(self) -> str:
        return next((piece.title for piece in self.pieces if piece.title and piece.kind != "picture"), "")

    @property
    def number(self) -> str:
        return next((piece.number for piece in self.pieces if piece.number), "")


class _Outline:
    """Gathers blocks under their labels; a rule or a heading ends what the label before it began."""

    def __init__(self) -> None:
        self.parts = [_Part("loose", [])]
        self.unplaced: list[Unplaced] = []
        self._is_over = True
        self._is_in_scenario = False
        self._heading: _Block | None = None

    def read(self, blocks: list[_Block]) -> None:
        for block, following in pairwise([*blocks, _Block("end", 0, 0, "")]):
            if block.kind == "aside":
                self.unplaced.append(Unplaced(block.line, block.source, block.text))
            elif block.kind == "rule":
                self._is_over = True
            elif block.kind == "title":
                self._begin("loose", [])
            elif block.kind == "heading":
                self._add_heading(block, following)
            elif block.kind == "solution" and not self._is_in_scenario:
                self._add(replace(block, kind="prose", text=block.source))
            elif block.kind in _LABELS:
                self._add_label(block)
            else:
                self._add(block)

    def _begin(self, kind: str, pieces: list[_Block]) -> None:
        self.parts.append(_Part(kind, pieces))
        self._is_over = kind == "loose"

    def _add(self, block: _Block) -> None:
        # A picture below a rule still belongs to the text above it.
        if self._is_over and block.kind != "picture" and self.parts[-1].kind != "loose":
            self._begin("loose", [])
        self.parts[-1].pieces.append(block)

    def _add_label(self, block: _Block) -> None:
        opening: list[_Block] = []
        if block.kind == "scenario":
            opening = self._lead_in()
        if block.kind in ("scenario", "question"):
            self._is_in_scenario = block.kind == "scenario"
        self._begin(block.kind, [*opening, block])

    def _lead_in(self) -> list[_Block]:
        if self._heading:
            heading, self._heading = self._heading, None
            return [heading]
        last = self.parts[-1]
        is_prose = bool(last.pieces) and last.pieces[-1].kind == "prose"
        is_wanted_there = last.kind != "loose" and (
            len(last.pieces) == 1 or not _LEADS_IN.search(last.pieces[-1].text)
        )
        return [last.pieces.pop()] if is_prose and not is_wanted_there else []

    def _add_heading(self, block: _Block, following: _Block) -> None:
        is_in_text = block.level > _LESSON and not self._is_over and following.kind in ("prose", "text", "picture")
        if following.kind == "scenario" and not following.title and block.text:
            is_title = len(block.text) <= _TITLE and not block.text.endswith((".", ":", "!"))
            title, text = (block.text, "") if is_title else ("", block.text)
            self._heading = replace(block, kind="prose", title=title, text=text)
        elif is_in_text:
            # Of Discord's three levels of headings, the larger two are for the card itself.
            self._add(replace(block, kind="text", text=f"### {block.text}"))
        else:
            if block.text:
                why = "a heading that found no place: a lesson has one title"
                self.unplaced.append(Unplaced(block.line, block.source, why))
            self._begin("loose", [])


# --- parts -> entries and scenarios -------------------------------------------------------------------

_M = TypeVar("_M", bound=BaseModel)
_POINTS_AT_A_PICTURE = re.compile(
    r"\b(following|below|infographic|picture|image|diagram|figure|illustration|screenshot|chart)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"//|[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_WHY_LEFT = {
    "loose": "outside of every question and scenario: copy it to where it belongs, or leave it out",
    "question": "a question without an answer: add `Answer:` below it",
    "answer": "an answer without a question: add `Question:` above it",
}
_SAYS_ITS_LABEL = re.compile(r"(what happens )?behind the scenes?\W*", re.IGNORECASE)


class _Draft:
    """The lesson as far as it is written; `pictures` are the paths in the notes by their names."""

    def __init__(self, title: str, has_picture: Callable[[str], bool]) -> None:
        self.entries: list[Entry] = []
        self.scenarios: list[Scenario] = []
        self.unplaced: list[Unplaced] = []
        self.pictures: dict[str, str] = {}
        self._title = title
        self._has_picture = has_picture
        self._taken: set[str] = set()
        self._scenario_titles: set[str] = set()

    def write(self, parts: list[_Part]) -> None:
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

    def _leave(self, pieces: list[_Block], why: str) -> None:
        self.unplaced += [Unplaced(piece.line, piece.source, why) for piece in pieces]

    def _add_answered(self, question: _Part, answer: _Part) -> None:
        asked = next((piece for piece in question.pieces if piece.kind != "picture" and piece.text), None)
        if asked is None:
            self._leave([*question.pieces, *answer.pieces], "an answer to a question without words")
            return
        more = [piece for piece in question.pieces if piece is not asked]
        self._add_entry(_bare(asked.text), [*more, *answer.pieces], asked)

    def _add_entry(self, question: str, pieces: list[_Block], asked: _Block | None = None) -> None:
        fields: dict[str, Any] = {"id": slug(question, self._taken), "question": question}
        entry = _made(Entry, **fields, answer=_joined(pieces))
        if isinstance(entry, str):
            self._leave([asked, *pieces] if asked else pieces, entry)
            return
        picture = self._placed_picture([pieces])
        self.entries.append(Entry(**fields, answer=_joined(pieces), image=picture))
        self._taken.add(entry.id)

    def _add_scenario(self, story: _Part, others: list[_Part]) -> None:
        solutions = [part for part in others if part.kind == "solution" and self._is_usable(part)]
        behind = next((part for part in others if part.kind == "behind"), None)
        title = self._scenario_title(story.title)
        fields: dict[str, Any] = {"id": slug(title, self._taken, "scenario"), "title": title}
        fields |= {"story": _words(story), "solutions": _solutions(solutions)}
        scenario = _made(Scenario, **fields)
        if isinstance(scenario, str):
            reason = "" if len(solutions) > 1 else "part of a scenario with fewer than two usable solutions: "
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
        self.scenarios.append(Scenario(**fields, behind_the_scenes=_words(behind) if behind else None))
        self._taken.add(scenario.id)
        self._scenario_titles.add(scenario.title)

    def _is_usable(self, part: _Part) -> bool:
        solution = _made(Solution, id="usable", title="Usable", plan=_words(part))
        if isinstance(solution, str):
            self._leave(part.pieces, solution)
        return not isinstance(solution, str)

    def _scenario_title(self, given: str) -> str:
        words = (given or self._title or "Scenario").split(" ")

        def numbered(number: int) -> str:
            suffix = f" ({number})" if number > 1 else ""
            return _cut(words, _TITLE - len(suffix), " ") + suffix

        return _first_free(numbered, self._scenario_titles)

    def _placed_picture(self, texts: list[list[_Block]]) -> Picture | None:
        """The first picture that can be used, its caption taken out of the texts; all others are unplaced."""
        placed: Picture | None = None
        for pieces in texts:
            kept: list[_Block] = []
            for piece in pieces:
                if piece.kind != "picture":
                    kept.append(piece)
                elif placed:
                    self._leave([piece], "a second picture, where there is room for one: add it by hand")
                else:
                    placed = self._picture(piece, kept)
            pieces[:] = kept
        return placed

    def _picture(self, piece: _Block, before: list[_Block]) -> Picture | None:
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


def _grouped(parts: list[_Part]) -> list[list[_Part]]:
    """Each question with its answer, each scenario with its solutions and what happens behind the scenes."""
    groups: list[list[_Part]] = []
    question: list[_Part] | None = None
    scenario: list[_Part] | None = None
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


def _solutions(parts: list[_Part]) -> list[Solution]:
    solutions: list[Solution] = []
    taken = set(STEPS_OF_EVERY_SCENARIO)
    for position, part in enumerate(parts, 1):
        title = part.title or f"Solution {part.number or position}"
        solutions.append(Solution(id=slug(title, taken, "solution"), title=title, plan=_words(part)))
        taken.add(solutions[-1].id)
    return solutions


def _words(part: _Part) -> str:
    """The text of a story, a solution or what happens behind the scenes."""
    text = _joined(part.pieces)
    if part.kind != "behind":
        return text or part.title
    return text if _SAYS_ITS_LABEL.fullmatch(part.title) else f"{part.title}\n\n{text}"


def _joined(pieces: list[_Block]) -> str:
    words = [piece for piece in pieces if piece.kind != "picture" and piece.text]
    gaps = ["\n" if one.end == other.line else "\n\n" for one, other in pairwise(words)]
    return "".join(gap + piece.text for gap, piece in zip(["", *gaps], words, strict=False))


def _caption(before: list[_Block]) -> str:
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
