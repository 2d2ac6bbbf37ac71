"""Markdown notes -> blocks: labels, prose, code, pictures, each with its line."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

LESSON_LEVEL = 2
TITLE_LENGTH = 80
_COURSE_LEVEL = 1
_WITHIN = 300  # characters in which a label has to end, so that no line takes long
_MARKDOWN = MarkdownIt("commonmark")
LABELS = frozenset({"question", "answer", "scenario", "solution", "behind"})


@dataclass(frozen=True)
class Unplaced:
    """Something in the notes that the author has to look at; `line` is counted from 1."""

    line: int
    text: str
    why: str


def cleaned(text: str) -> str:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # No lesson file can hold control characters; Word writes some for its line breaks.
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", text)


# `\s*+` gives back none of its spaces: two of them in a row try each line in one way only.
_WORD = r"\s*+(?P<mark>\*{1,3}|_{1,3}|)(?P<word>question|answer|scenario|solution|ques|ans|q|a)"
_NUMBER = r"(?P<number>\s*+#?\d{1,4}|(?-i:\s++[A-Z]))?\s*+"
# `Answer:`, `**Answer**:`, `**Answer:**`, `**Answer: …**`; with a number also `Q1.`, `Q1)` and `Q1 -`.
_COLON = (
    r"(?P<early>(?P=mark)\s*+)?(?:[:\uff1a]|(?(number)(?:[.)](?=[\s*_]|$)|[\u2013\u2014-](?=\s))|(?!)))"
    r"(?P<late>(?P=mark))?"
)
_ASIDE = r"(?:\((?P<aside>[^()]{1,80})\)\s*+)?"
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
class Block:
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


def cut_front_matter(lines: list[str]) -> list[Block]:
    end = next((n for n, line in enumerate(lines) if n and line in ("---", "...")), 0)
    inside = lines[1:end]
    keys = [line for line in inside if line and line[0] not in " \t-#"]
    if lines[0] != "---" or not keys or not all(re.match(r"[\w-]+[ \t]*:", key) for key in keys):
        return []
    if any(_label(line, is_heading=False) for line in inside):
        return []
    lines[: end + 1] = [""] * (end + 1)
    return [Block("front matter", n, n + 1, line, line) for n, line in enumerate(inside, 2) if line.strip()]


def unused(front: list[Block]) -> Iterator[Unplaced]:
    for block in front:
        if block.kind == "front matter":
            yield Unplaced(block.line, block.source, "front matter that has no field in a lesson")


def read_blocks(lines: list[str]) -> tuple[list[Block], list[Unplaced]]:
    references: dict[str, Any] = {}
    tokens = _MARKDOWN.parse("\n".join(lines), references)
    blocks: list[Block] = []
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


def _definitions(lines: list[str], start: int, end: int) -> Iterator[Block]:
    """Lines that markdown-it has no block for: `[name]: address`."""
    for n in range(start, end):
        if lines[n].strip():
            why = "a reference-style link, which Discord does not support: write the address where it is used"
            yield Block("aside", n + 1, n + 2, lines[n], why)


def _blocks_of(token: Token, content: str, lines: list[str], references: dict[str, Any]) -> Iterator[Block]:
    start, end = token.map or (0, 0)
    while end > start + 1 and not lines[end - 1]:
        end -= 1
    source = "\n".join(lines[start:end])
    if token.type == "paragraph_open":
        yield from _lines_of(lines, start, end, references)
    elif token.type == "heading_open" and token.markup in "-=" and _is_a_sentence(content):
        # A line of dashes below a sentence was meant as a line, not as a heading.
        yield from _lines_of(lines, start, end - 1, references)
        yield Block("rule", end, end + 1, lines[end - 1])
    elif token.type == "heading_open":
        block = Block("heading", start + 1, end + 1, source, without_emphasis(content), level=int(token.tag[1]))
        yield _labelled(block, content, is_heading=True) or block
    elif token.type == "html_block" and source.lstrip().startswith("<!--"):
        yield Block("aside", start + 1, end + 1, source, "a comment, which members do not see")
    elif token.type in _HOLDING_BLOCKS and any(map(_opens_a_question, lines[start:end])):
        inside = [_ONE_INDENT.sub("", line) for line in lines[start:end]]
        yield from read_blocks([""] * start + inside)[0]
    elif token.type == "code_block":
        # Discord knows no indented code.
        yield Block("text", start + 1, end + 1, source, f"```\n{token.content.rstrip()}\n```")
    else:
        yield Block("rule" if token.type == "hr" else "text", start + 1, end + 1, source, source)


def _opens_a_question(line: str) -> bool:
    inside, indents = _ONE_INDENT.subn("", line)
    found = _label(inside, is_heading=False) if indents else None
    return found is not None and found["kind"] in ("question", "scenario")


def _is_a_sentence(content: str) -> bool:
    first, _, more = content.partition("\n")
    return bool(more) or content.endswith((".", ":", "!", ",", ";")) or bool(_label(first, is_heading=False))


def _lines_of(lines: list[str], start: int, end: int, references: dict[str, Any]) -> Iterator[Block]:
    """A paragraph, divided where a line begins with a label or is nothing but a picture."""
    runs: list[tuple[Block, list[str]]] = []
    goes_on = False
    for n in range(start, end):
        line = lines[n].strip()
        plain = Block("prose", n + 1, n + 2, line, line)
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


def _labelled(block: Block, line: str, *, is_heading: bool, is_first: bool = True) -> Block | None:
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
    if is_heading and 0 < len(without_emphasis(rest)) <= TITLE_LENGTH:
        return fields | {"text": "", "title": without_emphasis(rest)}
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


def without_emphasis(text: str) -> str:
    """Without the emphasis around the whole of it."""
    text = " ".join(text.split("\n")).strip()
    wrapped = re.fullmatch(r"(\*{1,3}|_{1,3})(?P<inside>[^*_]+)\1", text)
    return wrapped["inside"].strip() if wrapped else text


def _pictures(block: Block, references: dict[str, Any]) -> Iterator[Block]:
    if "![" not in block.text:
        return
    children = _MARKDOWN.parseInline(block.text, references)[0].children or []
    shown = [child for child in children if child.content.strip() or child.type != "text"]
    if all(child.type == "image" for child in shown):
        for child in shown:
            path = unquote(str(child.attrs["src"]))
            source = block.text if len(shown) == 1 else f"![{child.content}]({path})"
            title = str(child.attrs.get("title", ""))
            yield Block("picture", block.line, block.end, source, path, title, alt=child.content)


def _drawn_in_text(tokens: list[Token], placed: Container[int]) -> Iterator[Unplaced]:
    for token in tokens:
        line = (token.map or [0])[0] + 1
        for child in token.children or []:
            line += child.type in ("softbreak", "hardbreak")
            if child.type == "image" and line not in placed:
                why = "a picture inside a text, which Discord cannot display: add `picture:` by hand"
                yield Unplaced(line, f"![{child.content}]({child.attrs['src']})", why)


def pick_titles(blocks: list[Block], front: list[Block]) -> tuple[Block, Block]:
    """The titles of the lesson and of its course; the headings that say them are marked as used."""
    headings = [(n, block) for n, block in enumerate(blocks) if block.kind == "heading" and block.text]
    first_label = next((n for n, block in enumerate(blocks) if block.kind in LABELS), len(blocks))
    picked = [block for _, block in headings[:1]]
    if picked and picked[0].level == _COURSE_LEVEL:
        picked += [block for n, block in headings if n < first_label and block.level == LESSON_LEVEL][:1]
    nothing = Block("title", 1, 2, "")
    title = _take(front, "title") or (picked[-1] if picked else nothing)
    above = picked[0] if len(picked) > 1 and picked[1].text == title.text else nothing
    course = _take(front, "course") or above
    for n, block in headings:
        if block.text in (title.text, course.text):
            blocks[n] = replace(block, kind="title")
    return title, course


def _take(front: list[Block], key: str) -> Block | None:
    for block in front:
        name, _, value = block.text.partition(":")
        if name.strip().lower() == key and value.strip(" \t\"'"):
            front.remove(block)
            return replace(block, text=value.strip(" \t\"'"))
    return None
