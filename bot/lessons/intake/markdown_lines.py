"""Converts Markdown of any flavor to lines of plain Markdown, each with its line number in the source.

Toggles and cards (`<details>`, `<Accordion>`, `???`, flashcards) become a line that begins with `QUESTION`, and a
line `END`. Comments, footnotes and link definitions are taken out and stored separately.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate, islice

from bot.language.words import _
from bot.lessons.intake.material import Unplaced
from bot.lessons.intake.question_text import is_question, plain_question

# Control characters, which `cleaned` has removed from every source, so that no text contains them.
QUESTION, ANSWER, END = "\x02", "\x03", "\x04"

FENCE = re.compile(r"(?P<indent>[ \t]*(?:(?:[-+*]|\d{1,9}[.)]|>)[ \t]+){0,4})(?P<mark>`{3,}(?=[^`]*$)|~{3,})")
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
_ADMONITION = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>\?\?\?\+?|!!!)[ \t]+(?P<kind>[\w -]*?)[ \t]*(?:\"(?P<title>.*)\")?[ \t]*"
)
# Obsidian's: `> [!faq]- What is a port?`
_CALLOUT = re.compile(r"> ?\[!\w+\][-+]?[ \t]*(?P<title>\S.*)")
_CONTAINER = re.compile(
    r"[ \t]*(?P<mark>:{3,})[ \t]*(?:\{?(?P<kind>[A-Za-z][\w-]*)\}?[ \t]*"
    r"(?:\[(?P<inside>[^\[\]]*)\]|(?P<title>.*)))?"
)
_FOOTNOTE = re.compile(r" {0,3}\[\^(?P<name>[^\]\s]{1,60})\]:[ \t]*(?P<text>.*)")
_DEFINITION = re.compile(
    r" {0,3}\[(?P<name>[^\[\]^][^\[\]]{0,200})\]:[ \t]*<?(?P<address>[^\s<>]+)>?[ \t]*(?P<title>[\"'(].*)?"
)
_PERCENT_COMMENT = re.compile(r"(?<!\S)%%(?P<text>[^%\n]{1,2000})%%(?!\S)")
_FORUM_DETAILS = re.compile(r"\[details=[\"']?(?P<title>[^\[\]\"']{1,200})[\"']?\]")
_FORUM_SPOILER = re.compile(r"\[spoiler\](?P<text>[^\[\]\n]{1,500})\[/spoiler\]")
_ABBREVIATION = re.compile(r" {0,3}\*\[[^\[\]]{1,80}\]:.*")
_CARD = re.compile(r"(?:[-*+][ \t]++)?+(?P<question>[^:|]{2,250}):{2,3}[ \t]*+(?P<answer>[^:\s].*)")
_IS_FLASHCARDS = re.compile(r"#flashcards?\b", re.IGNORECASE)
_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass
class Lines:
    """Lines of Markdown. `numbers` are their line numbers in the source."""

    texts: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def add(self, text: str, number: int) -> None:
        self.texts.append(text)
        self.numbers.append(number)

    def add_apart(self, text: str, number: int) -> None:
        for each in ("", text, ""):
            self.add(each, number)

    def part(self, begin: int, end: int) -> Lines:
        return Lines(self.texts[begin:end], self.numbers[begin:end])


@dataclass
class Plain:
    """Lines of plain Markdown, and the parts that were taken out of them."""

    lines: Lines
    unplaced: list[Unplaced]
    footnotes: dict[str, Unplaced]
    addresses: dict[str, Unplaced]
    toggles: int = 0


def fences(texts: list[str]) -> tuple[list[bool], int | None]:
    """For each line, whether it is fenced code or a fence; and the index of a fence that is never closed."""
    inside: list[bool] = []
    mark, opened = "", 0
    for n, text in enumerate(texts):
        if mark:
            inside.append(True)
            stripped = text.strip().lstrip("> \t")
            if stripped.startswith(mark) and not stripped.strip(mark[0]):
                mark = ""
        elif found := FENCE.match(text):
            mark, opened = found["mark"], n
            inside.append(True)
        else:
            inside.append(False)
    return inside, opened if mark else None


def plain_lines(lines: Lines) -> Plain:
    """These lines with the extensions of flavors converted to plain Markdown."""
    unplaced: list[Unplaced] = []
    lines = _without_comments(lines, unplaced)
    lines = _without_percent_comments(lines, unplaced)
    lines = _with_forum_marks(lines)
    lines, toggles = _with_toggles(lines)
    lines = _with_callouts(_with_admonitions(lines))
    lines = _with_cards(lines)
    footnotes: dict[str, Unplaced] = {}
    addresses: dict[str, Unplaced] = {}
    lines = _without_definitions(lines, footnotes, addresses, unplaced)
    return Plain(lines, unplaced, footnotes, addresses, toggles)


def _without_comments(lines: Lines, unplaced: list[Unplaced]) -> Lines:
    if not any("<!--" in text for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    begins = list(accumulate((len(text) + 1 for text in lines.texts), initial=0))
    whole = "\n".join(lines.texts)
    kept: list[str] = []
    code: dict[int, list[tuple[int, int]]] = {}
    at = searched = 0
    while (begin := whole.find("<!--", searched)) >= 0 and (close := whole.find("-->", begin + 4)) >= 0:
        n = bisect_right(begins, begin) - 1
        if n not in code:
            code[n] = [(0, len(lines.texts[n]) + 1)] if inside[n] else _inline_code(lines.texts[n])
        around = bisect_right(code[n], (begin - begins[n], len(whole))) - 1
        if around >= 0 and begin < (code_end := begins[n] + code[n][around][1]):
            searched = code_end
            continue
        comment = whole[begin : close + 3]
        unplaced.append(Unplaced(lines.numbers[n], comment, _("a comment, which members do not see")))
        kept += [whole[at:begin], "\n" * comment.count("\n")]
        at = searched = close + 3
    kept.append(whole[at:])
    return Lines([text.rstrip() for text in "".join(kept).split("\n")], lines.numbers)


def _without_percent_comments(lines: Lines, unplaced: list[Unplaced]) -> Lines:
    """The lines without Obsidian's comments: `%% for me %%`, also over several lines."""
    if not any("%%" in text for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    out = Lines()
    why = _("a comment, which members do not see")
    n = 0
    while n < len(lines.texts):
        text, number = lines.texts[n], lines.numbers[n]
        if inside[n] or "%%" not in text:
            out.add(text, number)
        elif re.match(r"\s*%%(?:\s|$)", text) and text.count("%%") == 1:
            most = min(n + 200, len(lines.texts))
            end = next((k for k in range(n + 1, most) if lines.texts[k].endswith("%%")), None)
            if end is None:
                out.add(text, number)
            else:
                unplaced.append(Unplaced(number, "\n".join(lines.texts[n : end + 1]), why))
                n = end
        else:
            kept, at = [], 0
            # Code counts as one word, in which nothing is a comment.
            without_code = _INLINE_CODE.sub(lambda code: "x" * len(code[0]), text) if len(text) < 10_000 else text
            for found in _PERCENT_COMMENT.finditer(without_code):
                unplaced.append(Unplaced(number, text[found.start() : found.end()], why))
                kept.append(text[at : found.start()])
                at = found.end()
            out.add("".join([*kept, text[at:]]).rstrip(), number)
        n += 1
    return out


def _with_forum_marks(lines: Lines) -> Lines:
    """Discourse's `[details="…"]` as the tags that other pages have, and `[spoiler]` as in Discord."""
    if not any("[details" in text or "[spoiler" in text for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    out = Lines()
    for text, number, code in zip(lines.texts, lines.numbers, inside, strict=True):
        shown = text if code else _FORUM_DETAILS.sub(r"<details><summary>\g<title></summary>", text)
        shown = text if code else shown.replace("[/details]", "</details>")
        out.add(text if code else _FORUM_SPOILER.sub(r"||\g<text>||", shown), number)
    return out


def _inline_code(text: str) -> list[tuple[int, int]]:
    """The spans of code between backticks in a line, in order."""
    if len(text) > 10_000:
        return []
    return [found.span() for found in _INLINE_CODE.finditer(text)]


def _with_toggles(lines: Lines) -> tuple[Lines, int]:
    """Convert `<details>` and the like to questions with an end, or to bold words if they are no question."""
    if not any("<" in text and _TOGGLE.search(text) for text in lines.texts):
        return lines, 0
    inside, __ = fences(lines.texts)
    titles = [
        title for text, code in zip(lines.texts, inside, strict=True) if not code for title in _titles_in(text)
    ]
    most_ask = sum(map(_asks, titles)) * 2 >= len(titles) > 0
    walk = _Toggles(most_ask)
    for text, number, code in zip(lines.texts, lines.numbers, inside, strict=True):
        walk.read(text, number, is_code=code)
    walk.finish()
    return walk.out, walk.questions


def _titles_in(text: str) -> Iterable[str]:
    for found in _TOGGLE.finditer(text):
        if found["name"] == "summary" and not found["close"]:
            end = text.find("</summary", found.end())
            yield text[found.end() : end if end > 0 else None]
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


def _asks(title: str) -> bool:
    return is_question(plain_question(title)[0])


class _Toggles:
    def __init__(self, most_ask: bool) -> None:
        self.out = Lines()
        self.questions = 0
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
        elif _asks(title) or (self._most_ask and not any(self._open)):
            if self._open:
                self._open[-1] = True
            self.questions += 1
            self.out.add_apart(QUESTION + title, number)
        else:
            bold = title if re.search(r"\*\*|<(?:b|strong)>", title) else f"**{title}**"
            self.out.add_apart(bold, number)

    def finish(self) -> None:
        self._close_title()


def _with_admonitions(lines: Lines, depth: int = 0) -> Lines:
    """Convert `??? "Question"` to a question with an end; `!!! note` and `:::tip` to quotes with a bold title."""
    if not any(("!!!" in text or "???" in text or ":::" in text) for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    out = Lines()
    n = 0
    while n < len(lines.texts):
        text, number = lines.texts[n], lines.numbers[n]
        found = None if inside[n] else _ADMONITION.fullmatch(text)
        if found and (found["title"] or found["kind"].strip()):
            width = len(found["indent"].expandtabs(4)) + 4
            end = n + 1
            while end < len(lines.texts) and (not lines.texts[end].strip() or _indent(lines.texts[end]) >= width):
                end += 1
            while end > n + 1 and not lines.texts[end - 1].strip():
                end -= 1
            body = Lines([_dedented(each, width) for each in lines.texts[n + 1 : end]], lines.numbers[n + 1 : end])
            title = found["title"] or found["kind"].strip()
            if _asks(title) or (found["title"] and found["kind"].strip() in ("question", "faq")):
                out.add_apart(QUESTION + title, number)
                inner = _with_admonitions(body, depth + 1) if depth < 5 else body
                out.texts += inner.texts
                out.numbers += inner.numbers
                out.add_apart(END, lines.numbers[end - 1])
            else:
                _quote(out, found["kind"], found["title"] or "", number, body)
            n = end
            continue
        opened = None if inside[n] else _CONTAINER.fullmatch(text)
        if opened and opened["kind"]:
            close = next(
                (
                    k
                    for k in range(n + 1, min(n + 400, len(lines.texts)))
                    if not inside[k] and lines.texts[k].strip() == opened["mark"]
                ),
                None,
            )
            if close is not None:
                title = (opened["inside"] or opened["title"] or "").strip()
                if title and (_asks(title)):
                    out.add_apart(QUESTION + title, number)
                    out.texts += lines.texts[n + 1 : close]
                    out.numbers += lines.numbers[n + 1 : close]
                    out.add_apart(END, lines.numbers[close])
                else:
                    _quote(out, opened["kind"], title, number, lines.part(n + 1, close))
                n = close + 1
                continue
        out.add(text, number)
        n += 1
    return out


def _quote(out: Lines, kind: str, title: str, number: int, body: Lines) -> None:
    kind = kind.strip()
    shown = (
        f"{kind.capitalize()}: {title}"
        if title and kind and kind.lower() not in title.lower()
        else title or kind.capitalize()
    )
    out.add("", number)
    out.add(f"> **{shown}**", number)
    while body.texts and not body.texts[0].strip():
        body = body.part(1, len(body.texts))
    for text, at in zip(body.texts, body.numbers, strict=True):
        out.add(f"> {text}".rstrip(), at)
    out.add("", body.numbers[-1] if body.numbers else number)


def _indent(text: str) -> int:
    text = text.expandtabs(4)
    return len(text) - len(text.lstrip(" "))


def _dedented(text: str, width: int) -> str:
    return (
        text.expandtabs(4)[width:]
        if text[:width].strip() == "" and "\t" in text[:width]
        else text[min(width, _indent(text)) :]
    )


def _with_callouts(lines: Lines) -> Lines:
    """Obsidian's `> [!faq]- Question`, with its answer in the same quote, as a question with its end."""
    if not any("[!" in text for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    out = Lines()
    is_open = False
    for text, number, code in zip(lines.texts, lines.numbers, inside, strict=True):
        found = None if code else _CALLOUT.fullmatch(text)
        asks = bool(found and _asks(found["title"]))
        if is_open and (asks or not text.startswith(">")):
            out.add_apart(END, number)
            is_open = False
        if found and asks:
            out.add_apart(QUESTION + found["title"], number)
            is_open = True
        else:
            out.add(text[1:].removeprefix(" ") if is_open else text, number)
    if is_open:
        out.add_apart(END, lines.numbers[-1])
    return out


def _with_cards(lines: Lines) -> Lines:
    """Convert Obsidian's flashcards: `question::answer`, and a question and an answer with a line `?` between."""
    is_deck = any(_IS_FLASHCARDS.search(text) for text in lines.texts)
    if not is_deck and not any("::" in text or text.strip() in ("?", "??") for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    out = Lines()
    n = 0
    while n < len(lines.texts):
        text, number = lines.texts[n], lines.numbers[n]
        card = None if inside[n] or "::" not in text else _CARD.fullmatch(text.strip())
        if card and (is_deck or is_question(plain_question(card["question"])[0], by_words=False)):
            out.add_apart(QUESTION + card["question"].strip(), number)
            out.add(card["answer"], number)
            out.add_apart(END, number)
        elif not inside[n] and text.strip() in ("?", "??") and out.texts and out.texts[-1].strip():
            begin = len(out.texts)
            while (
                begin
                and out.texts[begin - 1].strip()
                and not out.texts[begin - 1].startswith(("#", END, QUESTION))
            ):
                begin -= 1
            asked = out.part(begin, len(out.texts))
            del out.texts[begin:], out.numbers[begin:]
            if not asked.texts:
                out.add(text, number)
            else:
                out.add_apart(QUESTION + " ".join(asked.texts), asked.numbers[0])
                n += 1
                while n < len(lines.texts) and lines.texts[n].strip():
                    out.add(lines.texts[n], lines.numbers[n])
                    n += 1
                out.add_apart(END, lines.numbers[n - 1])
                continue
        else:
            out.add(text, number)
        n += 1
    return out


def _without_definitions(
    lines: Lines, footnotes: dict[str, Unplaced], addresses: dict[str, Unplaced], unplaced: list[Unplaced]
) -> Lines:
    if not any("]:" in text for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    out = Lines()
    n = 0
    can_begin = True
    while n < len(lines.texts):
        text, number = lines.texts[n], lines.numbers[n]
        note = None if inside[n] else _FOOTNOTE.fullmatch(text)
        found = None if inside[n] or note or not can_begin else _DEFINITION.fullmatch(text)
        if note:
            more = []
            while n + 1 < len(lines.texts) and lines.texts[n + 1].startswith(("    ", "\t")):
                n += 1
                more.append(lines.texts[n].strip())
            said = "\n".join([note["text"], *more]).strip()
            whole = "\n".join([text, *more])
            if note["name"] in footnotes or not said:
                unplaced.append(
                    Unplaced(number, whole, _("a footnote whose name is there twice, or that says nothing"))
                )
            else:
                footnotes[note["name"]] = Unplaced(number, whole, said)
        elif found and found["name"].lower() not in addresses:
            addresses[found["name"].lower()] = Unplaced(number, text, found["address"])
            if title := (found["title"] or "").strip("\"'() \t"):
                why = _("the title of a picture or a link, which Discord does not show")
                unplaced.append(Unplaced(number, title, why))
        elif found:
            unplaced.append(Unplaced(number, text, _("the address of a link whose name is there twice")))
        elif not inside[n] and (short := _ABBREVIATION.fullmatch(text)):
            why = _("the meaning of an abbreviation, which Discord does not show: write it where it is used")
            unplaced.append(Unplaced(number, short[0], why))
        else:
            out.add(text, number)
            can_begin = not text.strip() or text.startswith("#")
        n += 1
    return out
