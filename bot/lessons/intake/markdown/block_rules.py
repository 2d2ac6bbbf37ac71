"""Where the blocks of Markdown begin and end. Lists and quotes are not divided."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from bot.lessons.intake.question_text import asks
from bot.progress import Reach

MARKER = re.compile(r"(?P<indent> {0,3})(?P<marker>[-+*]|\d{1,9}[.)])(?:[ \t]+|$)")
_ENDS_A_LAZY_LINE = re.compile(r" {0,3}(?:#{1,6}(?:\s|$)|`{3}|~{3}|>|<[/a-zA-Z]|(?:[-*_][ \t]*){3,}$)")
_REACH = "reach"  # a key of the parser's own data


def tokens_of(texts: list[str], reach: Reach | None) -> list[Token]:
    """The blocks of these lines, as the tokens of the parser. `reach` is told the line that it is at."""
    return _MARKDOWN.parse("\n".join(texts), {_REACH: reach})


def _parser() -> MarkdownIt:
    """A parser of blocks. Lists and quotes stay whole, and are only divided if they contain questions."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    can_interrupt: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list", "table"]}
    parser.block.ruler.at("list", _list_run, can_interrupt)
    parser.block.ruler.at("blockquote", _quote_run, can_interrupt)
    parser.block.ruler.disable("reference")
    parser.block.ruler.before("table", "progress", _tell)
    return parser


def _tell(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A rule that matches nothing: it is asked first at each block, and tells how far the parser is."""
    reach: Reach | None = state.env[_REACH]
    if reach and not silent:
        reach(start)
    return False


def _line_at(state: StateBlock, n: int) -> str:
    return state.src[state.bMarks[n] : state.eMarks[n]]


def _list_run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = MARKER.match(_line_at(state, start))
    if not first:
        return False
    if silent:  # a list ends a paragraph only if it begins with a bullet or a 1, and has text
        return first.end() < len(_line_at(state, start)) and first["marker"][:-1] in ("", "1")
    n = start + 1
    while n < end:
        line = _line_at(state, n)
        if not line.strip():
            below = n
            while below < end and not _line_at(state, below).strip():
                below += 1
            if below >= end or not (state.sCount[below] >= 2 or MARKER.match(_line_at(state, below))):
                break
            n = below
        elif _ends_list(first, line, _line_at(state, n - 1), state.sCount[n]):
            break
        else:
            n += 1
    return _whole(state, "list", start, n)


def _ends_list(first: re.Match[str], line: str, above: str, indent: int) -> bool:
    is_other = indent < 2 and not MARKER.match(line) and _ENDS_A_LAZY_LINE.match(line) is not None
    return is_other or _is_next_question(first, line, above)


def _is_next_question(first: re.Match[str], line: str, above: str) -> bool:
    """Whether a numbered question begins in this line, below a list of the answer to the one before it."""
    if above.strip() or first["marker"] not in "-+*" or not line[:1].isdigit():
        return False
    found = MARKER.match(line)
    return found is not None and asks(line[found.end() :], by_words=False)


def _quote_run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not _line_at(state, start).lstrip(" ").startswith(">") or state.sCount[start] >= 4:
        return False
    if silent:
        return True
    n = start + 1
    while n < end:
        line = _line_at(state, n)
        if not line.lstrip(" ").startswith(">") and (
            not line.strip() or _ENDS_A_LAZY_LINE.match(line) or MARKER.match(line)
        ):
            break
        n += 1
    return _whole(state, "quote", start, n)


def _whole(state: StateBlock, kind: str, start: int, end: int) -> bool:
    token = state.push(kind, "", 0)
    token.map = [start, end]
    state.line = end
    return True


_MARKDOWN = _parser()
