"""HTML tags in a lesson's text, and what stands for them in Discord's Markdown."""

from __future__ import annotations

import html
import re

TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<more>(?:\s[^<>]*)?)/?>")
_ATTRIBUTE = re.compile(
    r"\b(?P<name>[a-z-]{1,30})\s{0,5}=\s{0,5}"
    r"(?:\"(?P<double>[^\"]{0,2000})\"|'(?P<single>[^']{0,2000})'|(?P<bare>[^\s\"'>]{1,2000}))",
    re.IGNORECASE,
)
# Python converts no number of thousands of digits.
_NO_CHARACTER = re.compile(r"&#\d{100,};?")
_FLAG = re.compile(r"[a-z-]+/?")
_WRAPS = {
    "b": "**",
    "strong": "**",
    "i": "*",
    "em": "*",
    "u": "__",
    "ins": "__",
    "s": "~~",
    "del": "~~",
    "strike": "~~",
    "code": "`",
    "tt": "`",
    "samp": "`",
    "kbd": "`",
    "var": "*",
    "cite": "*",
    "dfn": "*",
    "mark": "**",
}
_SILENT = frozenset(
    """
    p div span center font small big a section article header footer main figure figcaption picture abbr q ul ol dl
    thead tbody tfoot caption tr table colgroup col li dt dd td th blockquote br hr img pre sub sup h1 h2 h3 h4 h5
    h6 details summary nav aside wbr label button body html iframe video audio source svg style script input
    """.split()
)
KNOWN_TAGS = _SILENT | frozenset(_WRAPS)
_BREAKS = frozenset(
    """
    p div ul ol dl section article header footer table tr blockquote details summary figure figcaption dt dd
    """.split()
)
_SUPER = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUB = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def replacement(name: str, lists: list[str], *, is_close: bool, is_last: bool) -> str:
    """What stands for an HTML tag in Markdown. `lists` are the open lists around it, which it may open or close.

    What is in `<sub>` or `<sup>` is only marked; `with_small_signs` replaces it, once its end is known.
    """
    if name in _WRAPS:
        return _WRAPS[name]
    if name == "br":
        return "" if is_last else "\n"
    if name == "hr":
        return "" if is_close else "\n---\n"
    if name in ("sub", "sup"):
        return f"\x06/{name}" if is_close else f"\x06{name}"
    if name == "li":
        depth = max(0, len(lists) - 1)
        number = "1. " if lists and lists[-1] == "ol" else "- "
        return "" if is_close else f"\n{'  ' * depth}{number}"
    if name in ("ul", "ol"):
        if is_close and lists:
            lists.pop()
        elif not is_close:
            lists.append(name)
        return "" if not is_close else "\n" if lists else "\n\n"
    if re.fullmatch(r"h[1-6]", name):
        return "\n" if is_close else "\n### "
    if name in ("td", "th"):
        return " " if is_close else ""
    if name in _BREAKS:
        return "\n\n" if name == "p" else "\n"
    return ""


def unescaped(text: str) -> str:
    """The text with the characters that HTML's entities stand for, such as `&amp;`."""
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text))


def with_small_signs(text: str) -> str:
    """The text with what is in `<sub>` and `<sup>` as small digits and signs."""
    return re.sub(r"\x06(sub|sup)([^\x06\n]*)\x06/\1", _small_signs, text).replace("\x06", "")


def attributes_of(text: str) -> dict[str, str]:
    """The attributes of a tag, by name in lower case."""
    return {
        each["name"].lower(): unescaped(each["double"] or each["single"] or each["bare"] or "")
        for each in _ATTRIBUTE.finditer(text)
    }


def is_malformed(text: str) -> bool:
    """Whether a tag has words that are neither attributes nor flags (`open`), as where a quote is missing."""
    return any(re.search(r"\w", word) and not _FLAG.fullmatch(word) for word in _ATTRIBUTE.sub(" ", text).split())


def _small_signs(found: re.Match[str]) -> str:
    name, inside = found[1], found[2]
    signs = _SUB if name == "sub" else _SUPER
    if inside and all(ord(sign) in signs for sign in inside):
        return inside.translate(signs)
    return ("_" if name == "sub" else "^") + (inside if len(inside) == 1 else f"({inside})")
