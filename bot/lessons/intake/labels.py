"""Recognizes labels, which begin a part of the notes: `Question:`, `**A1.**`, `Frage`, `**Solution 2**:` …"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Required, TypedDict

from bot.lessons.intake.question_text import asks

TITLE_LENGTH = 80
LABELS = frozenset({"question", "answer", "scenario", "solution", "behind", "quiz"})
_WITHIN = 300  # a label must end within so many characters, so that matching is fast for every line
_LONGEST_ASKED = 2000  # characters of a question in front of its answer, likewise

_KINDS = {
    **dict.fromkeys(("question", "ques", "frage", "pregunta", "q", "f", "p"), "question"),
    **dict.fromkeys(("quiz", "check"), "quiz"),
    **dict.fromkeys(("answer", "ans", "antwort", "respuesta", "a", "r"), "answer"),
}
_LONG = "question|answer|scenario|solution|quiz|check|frage|antwort|pregunta|respuesta"
_ORNAMENT = "(?:(?:[\u2190-\u2bff\ufe0e\ufe0f\u200d\u20e3\U0001f000-\U0001faff]|:[a-z_]{2,40}:)\\s*+){0,6}"
# `\s*+` is possessive: without backtracking, two of them in a row stay fast.
_BEFORE = rf"\s*+{_ORNAMENT}(?P<mark>\*{{1,3}}|_{{1,3}}|){_ORNAMENT}"
_WORD = rf"{_BEFORE}(?P<word>{_LONG}|ques|ans|q|a|f|p|r)"
_NUMBER = r"(?P<number>\s*+#?\d{1,4}|(?-i:\s++[A-Z]))?\s*+"
# `Answer:`, `**Answer**:`, `**Answer:**`, `**Answer: …**`; with a number, `Q1.`, `Q1)` and `Q1 -`, too.
_COLON = (
    r"(?P<early>(?P=mark)\s*+)?(?:[:\uff1a]|(?P<dot>[.)])(?=[\s*_]|$)|(?(number)(?:[\u2013\u2014-](?=\s))|(?!)))"
    r"(?P<late>(?P=mark))?"
)
_ASIDE = r"(?:\((?P<aside>[^()]{1,80})\)\s*+)?"
_LABEL = re.compile(_WORD + _NUMBER + _ASIDE + _COLON + r"\s*(?P<rest>.*)", re.IGNORECASE)
_BARE_LABEL = re.compile(rf"{_BEFORE}(?P<word>{_LONG}){_NUMBER}(?P=mark)", re.IGNORECASE)
_NAME = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?P<title>.{1,80}?)(?P=mark)[\s:.\u2013\u2014-]*(?P<rest>.*)")
_BEHIND = re.compile(
    r"\s*(?P<mark>\*{1,3}|_{1,3}|)(?P<title>(?P<what>(?:so,?\s+)?what\b[^?:.]{0,30}\s)?behind\s+the\s+scenes?"
    r"(?P<more>\s[^?:.*]{1,80})?(?P<stop>\s*[?:!.]?))(?P=mark)(?P<colon>:?)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
# `Q: … A: …` on one line.
_ANSWER_WITHIN = re.compile(
    r"(?<=\S)\s+(?P<mark>\*\*|__|)(?P<word>answer|antwort|respuesta|ans|a|r)\s?\d{0,3}(?P<early>(?P=mark))?\s*:\s*"
    r"(?P<late>(?P=mark))?(?=\s)\s*",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"[\W_]{0,12}(?P<letter>[qafprb])\s?\d{0,3}\s*[*_]*(?P<stop>[.:)])", re.IGNORECASE)


class Label(TypedDict, total=False):
    """Fields of a `Block`."""

    kind: Required[str]
    text: Required[str]
    title: str
    number: str
    origin: str


def label_style(lines: Iterable[str]) -> frozenset[str]:
    """The short labels that a source uses as pairs: `P:` with `R:`, `F:` with `A:`, `Q.` with `A.`."""
    seen: Counter[str] = Counter()
    for line in lines:
        found = _LETTERED.match(line)
        if found:
            stop = ":" if found["stop"] == ":" else "."
            letter = found["letter"].lower()
            if letter not in "fp" or "?" in line:
                seen[letter + stop] += 1
    style = {"q", "a"}
    for question, answer in (("p", "r"), ("f", "a")):
        if {f"{question}:", f"{answer}:"} <= seen.keys() or {f"{question}.", f"{answer}."} <= seen.keys():
            style |= {question, answer}
        # A letter in front of several questions is their label, even if their answers have none.
        if seen[f"{question}:"] > 1:
            style.add(question)
    # With a `B.`, `A.` is a choice and not an answer.
    has_pairs = {"q.", "a."} <= seen.keys() or {"p.", "r."} <= seen.keys()
    if "b." not in seen and (has_pairs or seen["q."] > 1):
        style.add(".")
    return frozenset(style)


def label(line: str, style: frozenset[str], *, is_heading: bool) -> Label | None:
    """The fields of the block that this line begins; None if it has no label."""
    line, later = line[:_WITHIN], line[_WITHIN:]
    found = _LABEL.fullmatch(line)
    alone = None if found else _BARE_LABEL.fullmatch(line)
    if alone and not later and (is_heading or alone["mark"]):
        word = alone["word"].lower()
        return {"kind": _KINDS.get(word, word), "text": "", "number": (alone["number"] or "").strip()}
    if not found or not _is_meant(found, style):
        return None
    word = found["word"].lower()
    kind = _KINDS.get(word, word)
    rest = found["rest"] + later
    is_inside_the_mark = bool(found["mark"]) and found["early"] is None and not found["late"]
    if is_inside_the_mark or (found["early"] and found["late"]):
        rest = found["mark"] + rest
    number = (found["number"] or "").strip(" #")
    fields: Label = {"kind": kind, "text": rest, "number": number, "origin": "label"}
    aside = found["aside"] or ""
    if kind in ("question", "answer"):
        return {**fields, "text": f"({aside}) {rest}" if aside else rest}
    if aside:
        return {**fields, "title": aside.strip()}
    if is_heading and 0 < len(without_emphasis(rest)) <= TITLE_LENGTH:
        return {**fields, "text": "", "title": without_emphasis(rest)}
    named = _NAME.fullmatch(rest) if is_inside_the_mark else None
    return {**fields, "text": named["rest"], "title": named["title"].rstrip(" :")} if named else fields


def _is_meant(found: re.Match[str], style: frozenset[str]) -> bool:
    word = found["word"].lower()
    if len(word) == 1 and word not in style:
        return False
    if found["dot"] and not found["number"]:
        return len(word) == 1 and "." in style
    return True


def behind(line: str, *, is_heading: bool) -> Label | None:
    """The fields of a "behind the scenes" block that this line begins; None if it begins none."""
    found = _BEHIND.fullmatch(line[:_WITHIN])
    if not found:
        return None
    rest = found["rest"] + line[_WITHIN:]
    is_asked = found["what"] and "?" in found["stop"]
    is_announced = not found["more"] and (not rest or ":" in found["stop"] + found["colon"])
    if not is_asked and not is_announced and not (is_heading and not rest):
        return None
    return {"kind": "behind", "text": rest, "title": found["title"].strip()}


def answer_within(text: str, style: frozenset[str]) -> tuple[str, str] | None:
    """The question and the answer in a text such as `What? A: This.`; None if it is not one."""
    for found in _ANSWER_WITHIN.finditer(text, 0, _LONGEST_ASKED):
        if len(found["word"]) == 1 and found["word"].lower() not in style:
            continue
        if len(found["word"]) == 1 and not asks(text[: found.start()]):
            continue
        return text[: found.start()], text[found.end() :]
    return None


def without_emphasis(text: str) -> str:
    """The text without emphasis around the whole of it."""
    text = " ".join(text.split("\n")).strip()
    wrapped = re.fullmatch(r"(\*{1,3}|_{1,3})(?P<inside>[^*_]+)\1", text)
    return wrapped["inside"].strip() if wrapped else text
