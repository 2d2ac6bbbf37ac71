"""Divides lines of Markdown into blocks: labels, headings, prose, code, pictures, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from urllib.parse import unquote

from markdown_it.token import Token

from bot.language.words import _
from bot.lessons.intake.labels import answer_within, behind, label, without_emphasis
from bot.lessons.intake.markdown.block_rules import MARKER, tokens_of
from bot.lessons.intake.markdown.bold_questions import BOLD_LINE, bold_question
from bot.lessons.intake.markdown.list_items import items_of, split_item, stated_item
from bot.lessons.intake.markdown_lines import ANSWER, END, QUESTION, Lines, fences
from bot.lessons.intake.material import Block
from bot.lessons.intake.question_text import plain_question
from bot.lessons.markdown.text_tables import cells_of
from bot.progress import Reach, step

_ONE_INDENT = re.compile(r"^(?: ?(?:[-+*]|\d{1,9}[.)]|>)(?:[ \t]+|$)| {1,4}|\t)")
_QUOTED = re.compile(r"^ {0,3}> ?")
_PICTURE = re.compile(
    r"!\[(?P<alt>[^\[\]]*)\]\(\s*(?:<(?P<spaced>[^<>]*)>|(?P<path>[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)?))"
    r"(?:\s+(?P<quote>[\"'])(?P<title>[^\"']*)(?P=quote))?\s*\)\s*"
)
# GitHub's links to pictures end with "?raw=true", and some with "#gh-dark-mode-only". "C#.png" is a name.
_BEHIND_NAME = re.compile(r"\?.*|(?<=\.(?:png|jpg|gif))#.*|(?<=\.(?:jpeg|webp))#.*", re.IGNORECASE)
_MAY_ASK = re.compile(r"[?\u00bf]|# ")
_MAX_DEPTH = 4
_QUESTION_COLUMN = re.compile(r"questions?|q|frage|fragen|pregunta|preguntas|question .{1,30}", re.IGNORECASE)
_ANSWER_COLUMN = re.compile(r"answers?|a|antwort|antworten|respuestas?|r|answer .{1,30}", re.IGNORECASE)


def read_blocks(lines: Lines, style: frozenset[str]) -> list[Block]:
    """The blocks of these lines, in order."""
    with step("Reading lines", len(lines.texts)) as reach:
        return list(_Reader(lines, style, reach=reach).blocks())


class _Reader:
    """Reads blocks. `depth` is the number of lists and quotes around the lines. `reach` reports the line."""

    def __init__(self, lines: Lines, style: frozenset[str], depth: int = 0, *, reach: Reach | None = None) -> None:
        self._lines = lines
        self._texts = lines.texts
        self._style = style
        self._depth = depth
        self._reach = reach

    def blocks(self) -> Iterator[Block]:
        tokens = tokens_of(self._texts, self._reach)
        for token, following in pairwise([*tokens, Token("end", "", 0)]):
            if not token.level and token.map is not None:
                yield from self._blocks_of(token, following.content)

    def _block(self, kind: str, start: int, end: int, *, text: str | None = None, level: int = 0) -> Block:
        source = "\n".join(self._texts[start:end])
        numbers = self._lines.numbers
        shown = source if text is None else text
        return Block(kind, numbers[start], numbers[end - 1] + 1, source, shown, level=level)

    def _blocks_of(self, token: Token, content: str) -> Iterator[Block]:
        start, end = token.map or (0, 0)
        end = min(end, len(self._texts))
        while end > start + 1 and not self._texts[end - 1].strip():
            end -= 1
        if token.type == "paragraph_open":
            yield from self._paragraph(start, end)
        elif token.type == "heading_open" and token.markup in "-=" and self._is_a_sentence(content):
            # Dashes below a sentence are meant as a rule, not as the underline of a heading.
            yield from self._paragraph(start, end - 1)
            yield self._block("rule", end - 1, end)
        elif token.type == "heading_open":
            block = self._block("heading", start, end, text=without_emphasis(content), level=int(token.tag[1]))
            yield from self._one_line(self._labelled(block, content, is_heading=True) or block)
        elif token.type == "list":
            yield from self._list(start, end)
        elif token.type == "quote" and any(map(self._opens_a_question, self._texts[start:end])):
            inside = [_QUOTED.sub("", text) for text in self._texts[start:end]]
            yield from self._inside(Lines(inside, self._lines.numbers[start:end]))
        elif token.type == "table_open":
            yield from self._table(start, end)
        elif token.type == "code_block":
            # Discord does not support indented code.
            yield self._block("text", start, end, text=f"```\n{token.content.rstrip()}\n```")
        elif token.type == "fence":
            text = "\n".join(self._texts[start:end])
            is_closed = fences(self._texts[start:end])[1] is None
            yield self._block("text", start, end, text=text if is_closed else f"{text}\n{token.markup}")
        else:
            yield self._block("rule" if token.type == "hr" else "text", start, end)

    def _inside(self, lines: Lines) -> Iterator[Block]:
        yield from _Reader(lines, self._style, self._depth + 1).blocks()

    def _opens_a_question(self, line: str) -> bool:
        if self._depth > _MAX_DEPTH:
            return False
        inside, indents = _ONE_INDENT.subn("", line)
        found = label(inside, self._style, is_heading=False) if indents else None
        kinds = ("question", "scenario", "answer") if self._depth else ("question", "scenario")
        return found is not None and found["kind"] in kinds

    def _is_a_sentence(self, content: str) -> bool:
        first, __, more = content.partition("\n")
        return (
            bool(more)
            or content.endswith((".", ":", "!", ",", ";"))
            or bool(label(first, self._style, is_heading=False))
        )

    def _labelled(self, block: Block, line: str, *, is_heading: bool, is_first: bool = True) -> Block | None:
        found = label(line, self._style, is_heading=is_heading)
        found = found or (behind(line, is_heading=is_heading) if is_first else None)
        return replace(block, **found) if found else None

    def _paragraph(self, start: int, end: int) -> Iterator[Block]:
        """A paragraph's blocks, divided at lines that begin with a label or a bold question, or are a picture."""
        mark = self._texts[start][:1]
        if mark in (QUESTION, ANSWER, END) and mark:
            yield self._marked(mark, start, end)
            return
        runs: list[tuple[Block, list[str]]] = []
        goes_on = False
        for n in range(start, end):
            line = self._texts[n].strip()
            block = self._block("prose", n, n + 1, text=line)
            opened = self._labelled(block, line, is_heading=False, is_first=n == start)
            pictures = list(_pictures(opened or block))
            bold = None if opened or pictures else bold_question(block, line)
            if opened:
                runs.append((replace(opened, text="") if pictures else opened, []))
            elif bold:
                runs.append((bold, []))
            elif goes_on and not pictures:
                runs[-1][1].append(line)
            elif not pictures:
                runs.append((block, []))
            runs += [(picture, []) for picture in pictures]
            # Below a question in bold letters, its answer begins on the next line.
            is_asked = bold is not None and len(bold.inner) == 1
            is_asked |= opened is not None and opened.kind == "question" and bool(BOLD_LINE.fullmatch(line))
            goes_on = not pictures and not is_asked
        for block, more in runs:
            yield from self._one_line(_with_more(block, more))

    def _marked(self, mark: str, start: int, end: int) -> Block:
        text = self._texts[start][1:].strip()
        if mark == END:
            return replace(self._block("end", start, end), text="", source="")
        kind = "question" if mark == QUESTION else "answer"
        is_asked = kind == "question"
        fields = label(plain_question(text)[0], self._style, is_heading=False) if is_asked else None
        asked = fields["text"] if fields and fields["kind"] == "question" else text
        shown = asked if is_asked else ""
        return replace(self._block(kind, start, end), source=text, text=shown, origin="toggle")

    def _one_line(self, block: Block) -> Iterator[Block]:
        """A block such as `Q: … A: …` as two blocks; any other block unchanged."""
        halves = answer_within(block.text, self._style) if block.kind == "question" else None
        if halves is None:
            yield block
        else:
            yield replace(block, text=halves[0], source=halves[0])
            yield Block("answer", block.line, block.end, halves[1], halves[1], origin="label")

    def _list(self, start: int, end: int) -> Iterator[Block]:
        if any(map(self._opens_a_question, self._texts[start:end])) or self._is_an_answer(start, end):
            for item in items_of(self._lines.part(start, end)):
                yield from self._inside(item)
            return
        block = self._block("text", start, end)
        if self._depth <= _MAX_DEPTH and any(map(_MAY_ASK.search, self._texts[start:end])):
            items = items_of(self._lines.part(start, end))
            is_numbered = self._texts[start].lstrip()[:1].isdigit()
            block = replace(block, inner=tuple(self._questions_in(items, is_numbered=is_numbered)))
        yield block

    def _is_an_answer(self, start: int, end: int) -> bool:
        """Whether these lines are a list of one item, the answer: `- **A:** Yes.`"""
        first = MARKER.match(self._texts[start])
        if not first or not label(self._texts[start][first.end() :], self._style, is_heading=False):
            return False
        items = items_of(self._lines.part(start, end))
        found = label(items[0].texts[0], self._style, is_heading=False)
        return len(items) == 1 and found is not None and found["kind"] == "answer"

    def _questions_in(self, items: list[Lines], *, is_numbered: bool) -> Iterator[Block]:
        halves = [split_item(item) for item in items]
        found = [each for each in halves if each]
        answered = [each for each in found if any(text.strip() for text in each[1].texts)]
        if len(items) == 1 and found and (is_numbered or not answered):
            (asked, rest), line = found[0], items[0].numbers[0]
            yield Block("question", line, line + 1, asked, asked, origin="number")
            yield from self._inside(rest) if answered else ()
            return
        if len(answered) * 5 < len(items) * 3:
            return
        halves = [half or stated_item(item) for half, item in zip(halves, items, strict=True)]
        for item, half in zip(items, halves, strict=True):
            begin, stop = item.numbers[0], item.numbers[-1] + 1
            if half:
                asked, rest = half
                yield Block("question", begin, begin + 1, asked, asked, origin="list")
                yield from self._inside(rest)
            else:
                yield from self._inside(item)
            yield Block("end", stop - 1, stop, "")

    def _table(self, start: int, end: int) -> Iterator[Block]:
        heads = [plain_question(cell)[0].strip(" :") for cell in cells_of(self._texts[start])]
        asking = next((n for n, head in enumerate(heads) if _QUESTION_COLUMN.fullmatch(head)), None)
        answering = next((n for n, head in enumerate(heads) if _ANSWER_COLUMN.fullmatch(head)), None)
        if asking is None or answering is None:
            yield self._block("text", start, end)
            return
        for n in range(start + 2, end):
            row = cells_of(self._texts[n])
            line = self._lines.numbers[n]
            asked, answer = (row[k] if k < len(row) else "" for k in (asking, answering))
            others = [
                cell for k, cell in enumerate(row) if k not in (asking, answering) and cell.strip(" 0123456789.#")
            ]
            if answer:
                text = "\n".join(map(str.strip, re.split(r"<br\s{0,5}/?>", answer)))
                yield Block("question", line, line + 1, asked, asked, origin="table")
                yield Block("prose", line, line + 1, answer, text)
                yield Block("end", line, line + 1, "")
            elif asked:  # the next row does not answer it
                yield Block("aside", line, line + 1, asked, _("a row without an answer"))
            for cell in others:
                yield Block("aside", line, line + 1, cell, _("a column that is neither a question nor an answer"))


def _with_more(block: Block, more: list[str]) -> Block:
    text = "\n".join(filter(None, [block.text, *more]))
    source = "\n".join([block.source, *more])
    inner = block.inner
    if inner and more:
        answer = "\n".join([*(each.text for each in inner[1:]), *more])
        begin = block.line if len(inner) > 1 else block.end
        inner = (inner[0], Block("prose", begin, block.end + len(more), answer, answer))
    return replace(block, end=block.end + len(more), source=source, text=text, inner=inner)


def _pictures(block: Block) -> Iterator[Block]:
    text = block.text.strip()
    if not text.startswith("![") or len(text) > 5000:
        return
    found = list(_PICTURE.finditer(text))
    if not found or "".join(each[0] for each in found) != text:
        return
    for each in found:
        path = unquote(_BEHIND_NAME.sub("", each["spaced"] or each["path"] or ""))
        source = block.text if len(found) == 1 else each[0].strip()
        yield Block("picture", block.line, block.end, source, path, each["title"] or "", alt=each["alt"])
