"""Takes out what a page shows elsewhere or not at all: comments, footnotes, addresses, abbreviations."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from textwrap import dedent

from bot.language.words import _
from bot.lessons.intake.markdown_lines import Lines, fences, inline_code
from bot.lessons.intake.material import Unplaced
from bot.lessons.intake.question_text import anchor_of, asks, is_contents, plain_question
from bot.lessons.markdown.signs import CODE
from bot.lessons.markdown.wrapped_links import link_name

_FOOTNOTE = re.compile(r" {0,3}\[\^(?P<name>[^\]\s]{1,60})\]:[ \t]*(?P<text>.*)")
_DEFINITION = re.compile(
    r" {0,3}\[(?P<name>[^\[\]^][^\[\]]{0,200})\]:[ \t]*<?(?P<address>[^\s<>]+)>?[ \t]*(?P<title>[\"'(].*)?"
)
_PERCENT_COMMENT = re.compile(r"(?<!\S)%%(?P<text>[^%\n]{1,2000})%%(?!\S)")
# On a line of its own, and also as HTML: `<b><a href="#contents">Back to top</a></b>`.
_LINK_ALONE = re.compile(
    r"[\s*_]*\[[^\[\]]+\]\(#(?P<anchor>[^()\s]*)\)[\s*_]*"
    r"|\s*(?:<(?:b|div|p|strong|sup)\b[^<>]*>\s*)*<a\b[^<>]{0,200}?\bhref=[\"']#(?P<place>[^\"'<>]*)[\"']"
    r"[^<>]{0,200}>[^<>]*</a>"
    r"\s*(?:</[a-z]{1,6}>\s*)*",
    re.IGNORECASE,
)
# Of Kramdown and Python-Markdown: `{: .note }`, `{ .annotate }`. `{:.2f}` is a format.
_ATTRIBUTES = re.compile(r" {0,3}\{(?::[ \t]?(?=[\w-]+=|toc\})|:?[ \t]?(?=[#.][A-Za-z_]))[\w.:#= \t\"'-]{1,200}\}")
_ABBREVIATION = re.compile(r" {0,3}\*\[[^\[\]]{1,80}\]:.*")


def without_comments(lines: Lines, unplaced: list[Unplaced]) -> Lines:
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
            code[n] = [(0, len(lines.texts[n]) + 1)] if inside[n] else inline_code(lines.texts[n])
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


def without_percent_comments(lines: Lines, unplaced: list[Unplaced]) -> Lines:
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
            without_code = CODE.sub(lambda code: "x" * len(code[0]), text)
            for found in _PERCENT_COMMENT.finditer(without_code):
                unplaced.append(Unplaced(number, text[found.start() : found.end()], why))
                kept.append(text[at : found.start()])
                at = found.end()
            out.add("".join([*kept, text[at:]]).rstrip(), number)
        n += 1
    return out


def without_attributes(lines: Lines, unplaced: list[Unplaced]) -> Lines:
    """The lines without those that only say how a site shows a paragraph: `{: .note }`."""
    if not any("{" in text and _ATTRIBUTES.fullmatch(text) for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    out = Lines()
    for text, number, code in zip(lines.texts, lines.numbers, inside, strict=True):
        is_left_out = not code and _ATTRIBUTES.fullmatch(text) is not None
        out.add("" if is_left_out else text, number)
        if is_left_out:
            why = _("attributes of a paragraph, which only the site's own software uses")
            unplaced.append(Unplaced(number, text.strip(), why))
    return out


def without_links_to_top(lines: Lines, unplaced: list[Unplaced]) -> Lines:
    """The lines without those that only lead back to the page's title or contents: `[Back to top](#contents)`."""
    if not any("](#" in text or "<a" in text for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    around = zip(lines.texts, inside, strict=True)
    heading = next((text for text, code in around if text.startswith("#") and not code), "")
    title = plain_question(heading.strip("# "))[0]
    tops = ("", "top", "" if asks(title) else anchor_of(title))  # a first question is no title
    out = Lines()
    for n, (text, number, code) in enumerate(zip(lines.texts, lines.numbers, inside, strict=True)):
        found = None if code else _LINK_ALONE.fullmatch(text)
        anchor = (found["anchor"] or found["place"] or "") if found else None
        is_to_top = anchor is not None and (anchor in tops or is_contents(anchor.replace("-", " ")))
        if is_to_top and not _is_all_of_an_answer(lines.texts, n):
            unplaced.append(Unplaced(number, text.strip(), _("a link to the top of its page")))
            out.add("", number)
        else:
            out.add(text, number)
    return out


def _is_all_of_an_answer(texts: list[str], n: int) -> bool:
    """Whether nothing but line `n` is between the heading of a question and the next heading."""
    above = next((texts[k] for k in range(n - 1, -1, -1) if texts[k].strip()), "")
    below = next((texts[k] for k in range(n + 1, len(texts)) if texts[k].strip()), "#")
    return above.startswith("#") and below.startswith("#") and asks(above.strip("# "))


def without_definitions(
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
            end = _end_of_footnote(lines.texts, n)
            more = dedent("\n".join(each.expandtabs(4) for each in lines.texts[n + 1 : end]))
            said = f"{note['text']}\n{more}".strip()
            whole = "\n".join(lines.texts[n:end])
            n = end - 1
            if note["name"] in footnotes or not said:
                unplaced.append(
                    Unplaced(number, whole, _("a footnote whose name is there twice, or that says nothing"))
                )
            else:
                footnotes[note["name"]] = Unplaced(number, whole, said)
        elif found and link_name(found["name"]) not in addresses:
            addresses[link_name(found["name"])] = Unplaced(number, text, found["address"])
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


def _end_of_footnote(texts: list[str], n: int) -> int:
    """The index behind the footnote that begins on line `n`: its paragraphs are indented."""
    end = n + 1
    for k in range(n + 1, len(texts)):
        if texts[k].startswith(("    ", "\t")) and texts[k].strip():
            end = k + 1
        elif texts[k].strip():
            break
    return end
