"""Converts components of MDX and tabs of MkDocs to what Discord shows: boxes to quotes, titles to bold words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from bot.language.words import _
from bot.lessons.intake.markdown_lines import Lines, fences, inline_code
from bot.lessons.intake.material import Unplaced

_BOXES = frozenset("Note Tip Info Warning Danger Caution Check Callout Aside Admonition Alert Important".split())
# Their titles stand above their texts. In the others, only what is inside is shown.
_TITLED = frozenset("Tab TabItem TabsContent Step Card Panel Update Feature LinkCard".split())
_AROUND = frozenset(
    "Tabs TabGroup Steps CardGroup CardGrid Cards Card Columns Column CodeGroup CodeTabs CodeBlocks Frame "
    "Fragment LinkButton ParamField ResponseField".split()
)
_NAMES = "|".join(sorted(_BOXES | _TITLED | _AROUND, key=len, reverse=True))
# An attribute in braces, or in quotes, may hold a `>`.
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>{_NAMES})(?P<more>(?:\s(?:[^<>\"'{{}}]|\"[^\"]*\"|'[^']*'|\{{[^{{}}]*\}})*)?)>"
)
_MAY_HOLD = re.compile(rf"</?(?:{_NAMES})\b")
_TITLE = re.compile(r"\b(?:title|label|header|name)\s*=\s*\{?(?P<quote>[\"'`])(?P<title>.*?)(?P=quote)")
_KIND = re.compile(r"\b(?:type|kind|variant|intent)\s*=\s*\{?[\"'](?P<kind>[A-Za-z]{2,20})[\"']")
_SHOWN = re.compile(r"\b(?:href|src|to)\s*=\s*\{?[\"'](?P<target>[^\"']+)[\"']")
_MOST_LINES = 400  # of a component
_MOST_DEPTH = 20  # of components in components


@dataclass
class _Open:
    """A component that is open. `shift` is how much further its text is indented than its tag; None before it."""

    name: str
    indent: int
    is_box: bool
    shift: int | None = None


def with_components(lines: Lines, unplaced: list[Unplaced]) -> Lines:
    """The lines without the tags of components: what is in them moves to the left, below their titles."""
    if not any("<" in text and _MAY_HOLD.search(text) for text in lines.texts):
        return lines
    walk = _Walk(lines, unplaced)
    for n in range(len(lines.texts)):
        walk.read(n)
    return walk.out


class _Walk:
    def __init__(self, lines: Lines, unplaced: list[Unplaced]) -> None:
        self.out = Lines()
        self._unplaced = unplaced
        self._texts = lines.texts
        self._numbers = lines.numbers
        self._inside, __ = fences(lines.texts)
        self._open: list[_Open] = []
        self._ends = _closing_lines(lines.texts, self._inside)

    def read(self, n: int) -> None:
        text, number = self._texts[n], self._numbers[n]
        if not self._open and "<" not in text:
            self.out.add(text, number)
            return
        text = self._moved(text)
        at = 0
        code = inline_code(text)
        for tag in () if self._inside[n] else _TAG.finditer(text):
            if _is_inside(code, tag.start()) or not self._is_meant(tag, n):
                continue
            self._add(text[at : tag.start()] if at == 0 else text[at : tag.start()].strip(), number)
            self._tag(tag, n, text)
            at = tag.end()
        if at == 0:
            self._add(text, number, is_whole=True)
        elif rest := text[at:].strip():
            self._add(rest, number)

    def _moved(self, text: str) -> str:
        """The line, moved to the left as far as the components around it are indented."""
        if not self._open or not text.strip():
            return text
        text = text.expandtabs(4) if "\t" in text[: len(text) - len(text.lstrip())] else text
        indent = len(text) - len(text.lstrip(" "))
        known = sum(each.shift or 0 for each in self._open)
        top = self._open[-1]
        if top.shift is None:
            top.shift = max(0, indent - known - top.indent)
            known += top.shift
        return text[min(known, indent) :]

    def _is_meant(self, tag: re.Match[str], n: int) -> bool:
        """Whether a tag is a component: it closes itself (`<Icon />`), or has a tag that closes it."""
        if tag["close"]:
            return any(each.name == tag["name"] for each in self._open)
        if tag["more"].endswith("/"):
            return True
        ends = self._ends.get(tag["name"], [])
        at = bisect_left(ends, n)
        return at < len(ends) and ends[at] <= n + _MOST_LINES and len(self._open) < _MOST_DEPTH

    def _tag(self, tag: re.Match[str], n: int, text: str) -> None:
        name, number = tag["name"], self._numbers[n]
        if tag["close"]:
            while self._open:
                if self._open.pop().name == name:
                    break
            self._blank(number)
            return
        title = _TITLE.search(tag["more"])
        rest = tag["more"].rstrip("/")
        if target := _SHOWN.search(rest):
            why = _("an address in a tag that only the site's own software draws")
            self._unplaced.append(Unplaced(number, target["target"], why))
            rest = rest.replace(target[0], " ")
        rest = rest.replace(title[0], " ") if title else rest
        if re.search(r"\w", rest):
            self._unplaced.append(Unplaced(number, rest.strip(), _("attributes of an HTML tag")))
        is_box = name in _BOXES
        if is_box and not tag["more"].endswith("/"):
            self._blank(number)
            self._open.append(_Open(name, len(text) - len(text.lstrip(" ")), is_box))
            kind = _KIND.search(tag["more"])
            shown = title["title"] if title else (kind["kind"] if kind else name).capitalize()
            self._add(f"**{shown}**", number)
            return
        if title:
            self._blank(number)
            self._add(f"**{title['title']}**", number)
            self._blank(number)
        if not tag["more"].endswith("/"):
            self._open.append(_Open(name, len(text) - len(text.lstrip(" ")), is_box))

    def _blank(self, number: int) -> None:
        self.out.add("", number)

    def _add(self, text: str, number: int, *, is_whole: bool = False) -> None:
        if text.strip() or is_whole:
            depth = sum(each.is_box for each in self._open)
            self.out.add(f"{'> ' * depth}{text}".rstrip() if depth else text, number)


def _closing_lines(texts: Sequence[str], inside: Sequence[bool]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for n, text in enumerate(texts):
        if "</" in text and not inside[n]:
            for tag in _TAG.finditer(text):
                if tag["close"]:
                    found.setdefault(tag["name"], []).append(n)
    return found


def _is_inside(spans: list[tuple[int, int]], at: int) -> bool:
    before = bisect_right(spans, at, key=itemgetter(0))
    return before > 0 and at < spans[before - 1][1]
