"""Tags of HTML in front of a line become the marks of Markdown, by which questions and answers are recognized."""

from __future__ import annotations

import re

from bot.lessons.intake.markdown_lines import Lines, fences

_BOLD = re.compile(r"<(?P<tag>b|strong)>(?P<text>[^<>]{1,300})</(?P=tag)>", re.IGNORECASE)
_BEGINS_BOLD = re.compile(r"\s*(?:[-*+]\s+|\d{1,3}[.)]\s+)?<(?:b|strong)>", re.IGNORECASE)
_HEADING = re.compile(
    r" {0,3}<h(?P<level>[1-6])(?:\s[^<>]*)?>(?P<text>(?:(?!</?h[1-6]\b).){1,300})</h(?P=level)>\s*", re.IGNORECASE
)
_RULE = re.compile(r" {0,3}<hr(?:\s[^<>]*)?/?>\s*", re.IGNORECASE)
_MAY_HOLD = re.compile(r"<(?:b|strong|h[1-6r]|link)\b", re.IGNORECASE)
# The link of Docusaurus and Next.js.
_LINK = re.compile(
    r"<Link\s+(?:[^<>{}]{0,200}?\s)?(?:to|href)=[\"'](?P<target>[^\"'<>\s]+)[\"'][^<>]{0,200}>(?P<text>[^<>]+)</Link>"
)
# A line of them below a title, as in many text files, is no fence.
_TILDES = re.compile(r"~{5,}\s*")


def with_marks_for_tags(lines: Lines) -> Lines:
    """`<h3>Why?</h3>`, `<hr>` and lines that begin with `<b>Q:</b>` as Markdown has them."""
    if not any("<" in text and _MAY_HOLD.search(text) for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    out = Lines()
    around = zip(["", *lines.texts], [*lines.texts[1:], ""], strict=False)
    for text, number, code, (above, below) in zip(lines.texts, lines.numbers, inside, around, strict=True):
        if code or "<" not in text:
            out.add(text, number)
        elif "<Link" in text:
            out.add(_LINK.sub(r"[\g<text>](\g<target>)", text), number)
        elif heading := _HEADING.fullmatch(text):
            out.add_apart(f"{'#' * int(heading['level'])} {heading['text'].strip()}", number)
        elif _RULE.fullmatch(text) and not above.strip() and not below.strip():
            out.add_apart("---", number)
        elif _BEGINS_BOLD.match(text):
            out.add(_BOLD.sub(_with_stars, text), number)
        else:
            out.add(text, number)
    return out


def _with_stars(found: re.Match[str]) -> str:
    text = found["text"].strip()
    return f"**{text}**" if text and "*" not in text else found[0]


def without_tilde_underlines(texts: list[str]) -> list[str]:
    """The lines with a title's line of tildes as one of dashes: else all text below it would be code."""
    if not any(text.startswith("~~~~~") for text in texts):
        return texts
    out = list(texts)
    for n, text in enumerate(texts):
        if n and _TILDES.fullmatch(text) and (above := texts[n - 1].strip()):
            is_apart = n == 1 or not texts[n - 2].strip() or len(texts[n - 2].strip()) <= len(text.strip())
            if is_apart and abs(len(above) - len(text.strip())) <= 3:
                out[n] = "-" * len(text.strip())
    return out
