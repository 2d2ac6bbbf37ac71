"""Boxes of mkdocs, Docusaurus and Obsidian, and flashcards, as questions with an end, or as quotes."""

from __future__ import annotations

import re

from bot.lessons.intake.markdown_lines import END, QUESTION, Lines, dedented, fences, indent_of
from bot.lessons.intake.question_text import asks

_ADMONITION = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>\?\?\?\+?|!!!)[ \t]+(?P<kind>[\w -]*?)[ \t]*(?:\"(?P<title>.*)\")?[ \t]*"
)
# mkdocs': `=== "On Linux"`, with its text indented below.
_TAB = re.compile(r"(?P<indent>[ \t]*)===[!+]?[ \t]+\"(?P<title>[^\"]{1,200})\"[ \t]*")
# Obsidian's: `> [!faq]- What is a port?`
_CALLOUT = re.compile(r"> ?\[!\w+\][-+]?[ \t]*(?P<title>\S.*)")
_CONTAINER = re.compile(
    r"[ \t]*(?P<mark>:{3,})[ \t]*(?:\{?(?P<kind>[A-Za-z][\w-]*)\}?[ \t]*"
    r"(?:\[(?P<inside>[^\[\]]*)\]|(?P<title>.*)))?"
)
# MyST's fence of a box, as in ` ```{note} `.
_FENCED_BOX = re.compile(
    r"[ \t]*(?P<mark>`{3,})\{(?P<kind>note|tip|hint|important|warning|caution|attention|danger|error|seealso)\}"
    r"(?P<title>[^`]*)"
)
_CARD = re.compile(r"(?:[-*+][ \t]++)?+(?P<question>[^:|]{2,250}):{2,3}[ \t]*+(?P<answer>[^:\s].*)")
_IS_FLASHCARDS = re.compile(r"#flashcards?\b", re.IGNORECASE)
# A picture whose title can be that of the box around it.
_PICTURE = re.compile(r"\s*!\[(?P<alt>[^\[\]]*)\]\((?P<path>[^()\s]+)\)\s*")
MOST_DEPTH = 5  # of admonitions in admonitions
MOST_LINES = 400  # of a container


def with_admonitions(lines: Lines, depth: int = 0) -> Lines:
    """Convert `??? "Question"` to a question with an end; `!!! note` and `:::tip` to quotes with a bold title."""
    signs = ("!!!", "???", ":::", "=== ", "```{")
    if not any(sign in text for text in lines.texts for sign in signs):
        return lines
    inside, __ = fences(lines.texts)
    out = Lines()
    n = 0
    while n < len(lines.texts):
        text = lines.texts[n]
        end = None
        if not inside[n] and (found := _ADMONITION.fullmatch(text)):
            end = _admonition(lines, n, found, depth, out)
        elif not inside[n] and (found := _TAB.fullmatch(text)):
            end = _tab(lines, n, found, depth, out)
        elif (not n or not inside[n - 1]) and (found := _FENCED_BOX.fullmatch(text)):
            end = _fenced_box(lines, n, found, out)
        if end is None and not inside[n] and (found := _CONTAINER.fullmatch(text)):
            end = _container(lines, n, found, inside, out)
        if end is None:
            out.add(text, lines.numbers[n])
            end = n + 1
        n = end
    return out


def _admonition(lines: Lines, n: int, found: re.Match[str], depth: int, out: Lines) -> int | None:
    """Add the admonition that begins in line `n`. Returns the line after it, or None if it says nothing."""
    kind = found["kind"].strip()
    title = found["title"] or kind
    if not title:
        return None
    body, end = _indented_below(lines, n, found["indent"])
    if asks(title) or (found["title"] and kind in ("question", "faq")):
        inner = with_admonitions(body, depth + 1) if depth < MOST_DEPTH else body
        _ask(out, title, lines.numbers[n], inner, lines.numbers[end - 1])
    else:
        _quote(out, kind, found["title"] or "", lines.numbers[n], body)
    return end


def _tab(lines: Lines, n: int, found: re.Match[str], depth: int, out: Lines) -> int:
    """Add a tab of mkdocs: its title in bold letters, and its text. Returns the line after it."""
    body, end = _indented_below(lines, n, found["indent"])
    out.add_apart(f"{found['indent']}**{found['title']}**", lines.numbers[n])
    inner = with_admonitions(body, depth + 1) if depth < MOST_DEPTH else body
    out.extend(Lines([f"{found['indent']}{text}".rstrip() for text in inner.texts], inner.numbers))
    out.add("", lines.numbers[end - 1])
    return end


def _indented_below(lines: Lines, n: int, indent: str) -> tuple[Lines, int]:
    """The lines below line `n` that are indented further than it, moved to the left, and the line after them."""
    width = len(indent.expandtabs(4)) + 4
    end = n + 1
    while end < len(lines.texts) and (not lines.texts[end].strip() or indent_of(lines.texts[end]) >= width):
        end += 1
    while end > n + 1 and not lines.texts[end - 1].strip():
        end -= 1
    texts = [dedented(each, width) for each in lines.texts[n + 1 : end]]
    return Lines(texts, lines.numbers[n + 1 : end]), end


def _container(lines: Lines, n: int, found: re.Match[str], inside: list[bool], out: Lines) -> int | None:
    """Add the `:::` container that begins in line `n`. Returns the line after it, or None if it has no end."""
    if not found["kind"]:
        return None
    last = min(n + MOST_LINES, len(lines.texts))
    ends = (k for k in range(n + 1, last) if not inside[k] and lines.texts[k].strip() == found["mark"])
    close = next(ends, None)
    if close is None:
        return None
    title = (found["inside"] or found["title"] or "").strip()
    body = lines.part(n + 1, close)
    if title and asks(title):
        _ask(out, title, lines.numbers[n], body, lines.numbers[close])
    elif found["kind"].lower().startswith("faq"):  # questions in it are those of the page
        out.add("", lines.numbers[n])
        out.extend(body)
        out.add("", lines.numbers[close])
    else:
        _quote(out, found["kind"], title, lines.numbers[n], body)
    return close + 1


def _fenced_box(lines: Lines, n: int, found: re.Match[str], out: Lines) -> int | None:
    """Add the box whose fence is in line `n`. Returns the line after it, or None if it has no end."""
    below = ((k, lines.texts[k].strip()) for k in range(n + 1, len(lines.texts)))
    close = next((k for k, text in below if text.startswith(found["mark"]) and not text.strip("`")), None)
    if close is None:
        return None
    _quote(out, found["kind"], found["title"].strip(), lines.numbers[n], lines.part(n + 1, close))
    return close + 1


def _ask(out: Lines, title: str, number: int, body: Lines, last: int) -> None:
    out.add_apart(QUESTION + title, number)
    out.extend(body)
    out.add_apart(END, last)


def _quote(out: Lines, kind: str, title: str, number: int, body: Lines) -> None:
    if (picture := _PICTURE.fullmatch("\n".join(body.texts))) and not re.search(r"[\"']", title):
        # Within a quote, it would not be shown.
        caption = f' "{title}"' if title else ""
        out.add_apart(f"![{picture['alt']}]({picture['path']}{caption})", body.numbers[0])
        return
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


def with_callouts(lines: Lines) -> Lines:
    """Obsidian's `> [!faq]- Question`, with its answer in the same quote, as a question with its end."""
    if not any("[!" in text for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    out = Lines()
    is_open = False
    for text, number, code in zip(lines.texts, lines.numbers, inside, strict=True):
        found = None if code else _CALLOUT.fullmatch(text)
        begins = bool(found and asks(found["title"]))
        if is_open and (begins or not text.startswith(">")):
            out.add_apart(END, number)
            is_open = False
        if found and begins:
            out.add_apart(QUESTION + found["title"], number)
            is_open = True
        else:
            out.add(text[1:].removeprefix(" ") if is_open else text, number)
    if is_open:
        out.add_apart(END, lines.numbers[-1])
    return out


def with_cards(lines: Lines) -> Lines:
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
        if card and (is_deck or asks(card["question"], by_words=False)):
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
            # Outside of a deck, such a line may also stand in a table or in code.
            is_card = bool(asked.texts) and (
                is_deck or (not text[:1].isspace() and (len(asked.texts) == 1 or asks(" ".join(asked.texts))))
            )
            if not is_card:
                out.add(text, number)
            else:
                del out.texts[begin:], out.numbers[begin:]
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
