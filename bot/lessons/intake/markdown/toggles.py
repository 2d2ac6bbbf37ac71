"""Toggles of HTML, MDX and Discourse become questions with an end, or bold titles if they ask nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from bot.language.words import _
from bot.lessons.intake.markdown_lines import ANSWER, END, QUESTION, Lines, fences
from bot.lessons.intake.material import Unplaced
from bot.lessons.intake.question_text import asks, plain_question

_TOGGLE = re.compile(
    r"<(?P<close>/?)(?P<name>details|summary|Accordions?|AccordionGroup|AccordionItem|AccordionTitle|"
    r"AccordionContent|Expandable|Collapse|Collapsible|Toggle|FaqItem|FAQItem|FAQ|Faq)\b(?P<more>[^<>]*)>"
)
_TITLE = re.compile(r"\b(?:title|question|header|label|summary|heading)\s*=\s*\{?(?P<quote>[\"'`])(?P<rest>.*)")
# What may follow a title in its tag.
_ATTRIBUTES = re.compile(
    r"\}?(?:\s++(?:[A-Za-z_@:][\w@:.-]*+\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|`[^`]*+`|\{[^{}]*+\}|[^\s\"'`{}]++)"
    r"|[A-Za-z-]++))*+\s*+/?"
)
_MOST_QUOTES = 20  # in a title
_SAYS_ANSWER = re.compile(
    r"\W*(?:(?:click|tap|press)\b.{0,30}\b|(?:show|see|view|reveal|zeige?|ver|mostrar)\b.{0,12}\b|the |die |la )?"
    r"(?:answers?|solutions?|antwort(?:en)?|l\u00f6sung(?:en)?|respuestas?|soluci\u00f3n|soluciones)\b(?P<rest>.{0,20})",
    re.IGNORECASE,
)
# What follows such words and says nothing about the answer.
_SAYS_NOTHING = re.compile(
    r"(?:\b(?:click|tap|press|to|expand|reveal|show|see|here|below|hidden|spoiler|hier|unten|klicken|anzeigen|"
    r"aufklappen|zeigen|ver|aqu\u00ed|abajo|clic|mostrar)\b|\d+|[\W_])*",
    re.IGNORECASE,
)
_FORUM_DETAILS = re.compile(r"\[details=[\"']?(?P<title>[^\[\]\"']{1,200})[\"']?\]")
_FORUM_QUOTE = re.compile(r"\[quote(?:=[\"']?(?P<name>[^,\[\]\"'\n]{1,80})(?P<more>[^\[\]\n]{0,200}))?\]")
_FORUM_SPOILER = re.compile(r"\[spoiler\](?P<text>[^\[\]\n]{1,500})\[/spoiler\]")


def with_forum_marks(lines: Lines, unplaced: list[Unplaced]) -> Lines:
    """Discourse's `[details="…"]` as the tags that other pages have, `[quote]` and `[spoiler]` as in Discord."""
    if not any("[details" in text or "[spoiler" in text or "[quote" in text for text in lines.texts):
        return lines
    lines = _with_forum_quotes(lines, unplaced)
    inside, __ = fences(lines.texts)
    out = Lines()
    for text, number, code in zip(lines.texts, lines.numbers, inside, strict=True):
        shown = text if code else _FORUM_DETAILS.sub(r"<details><summary>\g<title></summary>", text)
        shown = text if code else shown.replace("[/details]", "</details>")
        out.add(text if code else _FORUM_SPOILER.sub(r"||\g<text>||", shown), number)
    return out


def _with_forum_quotes(lines: Lines, unplaced: list[Unplaced]) -> Lines:
    """`[quote="ana, post:3"]` and `[/quote]` on lines of their own as a quote below the person's name."""
    inside, __ = fences(lines.texts)
    ends = {n for n, text in enumerate(lines.texts) if text.strip() == "[/quote]" and not inside[n]}
    last = max(ends, default=-1)
    out = Lines()
    is_quoted = False
    for n, (text, number) in enumerate(zip(lines.texts, lines.numbers, strict=True)):
        begin = None if inside[n] or is_quoted or n > last else _FORUM_QUOTE.fullmatch(text.strip())
        if begin:
            is_quoted = True
            out.add("", number)
            if begin["name"]:
                out.add(f"> **{begin['name'].strip()}**", number)
            if re.search(r"\w", begin["more"] or ""):
                why = _("a short code, which only the site's own software fills in")
                unplaced.append(Unplaced(number, begin["more"].strip(" ,\"'"), why))
        elif is_quoted and n in ends:
            is_quoted = False
            out.add("", number)
        else:
            out.add(f"> {text}".rstrip() if is_quoted else text, number)
    return out


def with_toggles(lines: Lines) -> Lines:
    """Convert `<details>` and the like to questions with an end, or to bold words if they are no question."""
    if not any("<" in text and _TOGGLE.search(text) for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    titles = [
        title for text, code in zip(lines.texts, inside, strict=True) if not code for title in _titles_in(text)
    ]
    most_ask = sum(map(asks, titles)) * 2 >= len(titles) > 0
    walk = _Toggles(most_ask)
    for text, number, code in zip(lines.texts, lines.numbers, inside, strict=True):
        walk.read(text, number, is_code=code)
    walk.finish()
    return walk.out


def _titles_in(text: str) -> Iterable[str]:
    tags = list(_TOGGLE.finditer(text))
    ends = [*(each.start() for each in tags[1:]), len(text)]
    for found, end in zip(tags, ends, strict=False):
        if found["name"] == "summary" and not found["close"]:
            yield text[found.end() : end]
        elif title := _title_of(found):
            yield title


def _title_of(tag: re.Match[str]) -> str | None:
    """The title in a tag. It ends at the quote that only attributes follow: a title may contain quotes."""
    found = _TITLE.search(tag["more"])
    if not found:
        return None
    rest = found["rest"]
    ends = islice(re.finditer(re.escape(found["quote"]), rest), _MOST_QUOTES)
    return next((rest[: end.start()] for end in ends if _ATTRIBUTES.fullmatch(rest, end.end())), rest)


class _Toggles:
    def __init__(self, most_ask: bool) -> None:
        self.out = Lines()
        self._most_ask = most_ask
        self._open: list[bool] = []
        self._title: list[str] | None = None
        self._title_line = 0
        self._dedent: list[int | None] = []

    def read(self, text: str, number: int, *, is_code: bool) -> None:
        if self._dedent and self._dedent[-1] is None and text.strip():
            self._dedent[-1] = len(text) - len(text.lstrip(" "))
        if self._dedent and (width := self._dedent[-1]):
            text = text[min(width, len(text) - len(text.lstrip(" "))) :]
        found = None if is_code else _TOGGLE.search(text)
        if not found:
            self._add(text, number)
            return
        at = 0
        for found in _TOGGLE.finditer(text):
            if before := text[at : found.start()].strip():
                self._add(before, number)
            self._tag(found, number)
            at = found.end()
        if rest := text[at:].strip():
            self._add(rest, number)

    def _add(self, text: str, number: int) -> None:
        if self._title is None:
            self.out.add(text, number)
        elif text.strip():
            self._title.append(text.strip())

    def _tag(self, found: re.Match[str], number: int) -> None:
        name = found["name"]
        if name in ("summary", "AccordionTitle"):
            if not found["close"]:
                self._title, self._title_line = [], number
            else:
                self._close_title()
            return
        self._close_title()
        title = _title_of(found)
        if name in ("AccordionContent", "AccordionGroup", "Accordions", "FAQ", "Faq") and title is None:
            return
        if found["close"]:
            if self._open:
                self._dedent.pop()
                if self._open.pop():
                    self.out.add_apart(END, number)
            return
        self._open.append(False)
        self._dedent.append(0 if name == "details" else None)
        if title:
            self._begin(title, number)

    def _close_title(self) -> None:
        if self._title is not None:
            title, self._title = " ".join(self._title), None
            self._begin(title, self._title_line)

    def _begin(self, title: str, number: int) -> None:
        if not title.strip():
            return
        if says_answer := _SAYS_ANSWER.fullmatch(plain_question(title)[0]):
            self.out.add_apart(ANSWER + title, number)
            if not _SAYS_NOTHING.fullmatch(says_answer["rest"]):
                self.out.add(says_answer["rest"].strip(" :"), number)
        elif asks(title) or (self._most_ask and not any(self._open)):
            if self._open:
                self._open[-1] = True
            self.out.add_apart(QUESTION + title, number)
        else:
            bold = title if re.search(r"\*\*|<(?:b|strong)>", title) else f"**{title}**"
            self.out.add_apart(bold, number)

    def finish(self) -> None:
        self._close_title()
