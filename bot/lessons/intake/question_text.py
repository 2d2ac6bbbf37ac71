"""Recognizes questions, in English, German and Spanish."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.lessons.markdown.html_tags import unescaped
from bot.lessons.markdown.signs import CODE

_MARK_AT_END = re.compile(r"[?\uff1f\u061f][\s\"'\u201c\u201d\u2019)\]*_!.\u2026]*$")
_QUESTION_WORD = re.compile(
    r"(?:what|whats|what's|how|hows|how's|why|when|where|who|who's|whom|whose|which|can|could|do|does|did|is|are|"
    r"was|were|will|would|should|shall|may|must|has|have|am"
    r"|wie|warum|wieso|weshalb|weswegen|wann|wo|wer|wen|wem|wessen|welche[rsnm]?|wozu|womit|woher|wohin|wof\u00fcr|"
    r"worin|wor\u00fcber|woran|wodurch|wieviele?|kann|k\u00f6nnen|darf|d\u00fcrfen|muss|m\u00fcssen|soll|sollte|"
    r"gibt es|"
    r"ist|sind|hat|habe|haben|wird|werden"
    r"|qu\u00e9|c\u00f3mo|como|cu\u00e1ndo|d\u00f3nde|ad\u00f3nde|qui\u00e9n|qui\u00e9nes|cu\u00e1l|cu\u00e1les|"
    r"cu\u00e1nt[oa]s?|"
    r"por qu\u00e9|para qu\u00e9|puedo|se puede|debo|hay)\b(?!\s*[:,/-])",
    re.IGNORECASE,
)
# In English, these words also begin orders and titles: "Do not …", "May 2024", "Will Smith", "Is/Are".
_WEAK = re.compile(
    r"(?:do not|don't|was|will|may|must|has|have|do|hay|is|are|hat|haben?|wird|am)\b", re.IGNORECASE
)

# A question with only these words says too little without its topic: "What is the output?", "Was gibt das aus?"
_SAYS_NOTHING = frozenset(
    """
    what how why when where who which is are was were be do does did can could should would will it this that these
    those the a an of to in on for and or i we you my your there here he she they them its s output print prints
    printed result results happen happens happening work works mean means answer code following program snippet
    value get example difference happens line below above get got give gives return returns display displays use
    used about with from by need needed wrong
    was wie warum wo wann wer ist sind das dies diese dieser dieses der die den dem ein eine einen es gibt aus
    bedeutet passiert hier macht tut wird ausgegeben ausgabe ergebnis funktioniert heisst code folgende programm
    que como por cuando donde quien cual es son esto esta este eso el la los las un una imprime hace pasa sucede
    significa salida resultado codigo siguiente funciona se lo
    """.split()
)
_WHEN = re.compile(
    r"\d+(?:st|nd|rd|th|\u00ba|t\d+z?)?|(?:t|w|kw|q|sem)\d{1,6}z?|of|the|de|del|week|woche|semana"
    r"|(?:jan|feb|m\u00e4r|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|de[cz])[a-z]{0,6}"
    r"|ene(?:ro)?|abr(?:il)?|ago(?:sto)?|dic(?:iembre)?|m\u00e4rz|sept"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|mo|di|mi|do|fr|sa|so"
    r"|lunes|martes|mi\u00e9rcoles|jueves|viernes|s\u00e1bado|domingo",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(table of contents?|contents?|toc|index|overview|navigation|on this page|in this (?:page|article|document)|"
    r"inhalt(?:sverzeichnis)?|\u00fcbersicht|\u00edndice|contenidos?|tabla de contenidos?)\W*",
    re.IGNORECASE,
)
# Parts of a page that answer nothing.
_FRAME = re.compile(
    r"(introduction|about(?: this (?:page|document|faq))?|see also|related(?: (?:pages|links|articles))?|"
    r"further reading|"
    r"references|links|(?:more|useful|additional) (?:information|links|resources|reading)|resources|translations?|"
    r"credits|acknowledge?ments|authors?|licen[sc]e|change ?log|next steps|conclusion|disclaimer|"
    r"contribut(?:ing|e|ors?)|(?:sponsor|backer)s?|support (?:us|this project)|"
    r"download(?:ing)? (?:the )?(?:pdf|epub|e-?book)s?(?:[ /](?:pdf|epub|e-?book|format|version)s?){0,3}|"
    r"einleitung|siehe auch|weiterf\u00fchrende (?:links|informationen)|lizenz|n\u00e4chste schritte|"
    r"haftungsausschluss|mitwirken|"
    r"introducci\u00f3n|v\u00e9ase tambi\u00e9n|ver tambi\u00e9n|enlaces|m\u00e1s informaci\u00f3n|recursos|"
    r"licencia|pr\u00f3ximos pasos|contribuir|descargo de responsabilidad)\W*",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\W*(?:(?:version|release|v)\s?\d|\d+\.\d)|\W*\d{4}-\d\d", re.IGNORECASE)
# Headings below these state problems, even if none of them asks anything.
_PROBLEMS = (
    r"\bf\.?a\.?q|frequently asked|(?:common|known) (?:issues|problems|errors|pitfalls)|trouble ?shooting|"
    r"h\u00e4ufige (?:fragen|fehler|probleme)|h\u00e4ufig gestellte|(?:fehler|problem)behebung|probleml\u00f6sung|"
    r"preguntas frecuentes|(?:soluci\u00f3n|resoluci\u00f3n) de problemas|problemas (?:comunes|frecuentes)"
)
_ARE_PROBLEMS = re.compile(_PROBLEMS, re.IGNORECASE)
_FAQ = re.compile(rf"{_PROBLEMS}|questions?\b|q ?& ?a|fragen\b|preguntas", re.IGNORECASE)
_BESIDE_FAQ = frozenset("s and answers und antworten y respuestas".split())
# "1.", "(2)", "1.) ", "1.1", "Q3", "#4:", "a)", "5 -". A version ("3.11 or 3.12?") and a year are no numbering.
NUMBERING = re.compile(
    r"\s*(?:\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)]{1,2}(?![\d.])|\d{1,2}:(?!\d)|\(?[A-Za-z]\)(?=\s)|"
    r"(?:[#Q]\s?)?\d{1,3}(?:\.\d{1,3}){1,3}:?(?=\s+[^\W\d_a-z\u00df-\u00ff]|\s+[\u00bf\"'`*])|[#Q]\s?\d{1,3}[.:)]?(?=\s)|"
    r"\d{1,3}\s*[-\u2013\u2014](?=\s))\s*"
)


# A number in bold letters, or escaped as Google Docs does it.
_MARKED_NUMBER = re.compile(
    r"\s*(?:(?P<mark>\*{2,3}|_{2,3})(?P<number>\d{1,3}(?:\.\d{1,3}){0,3})\\?|(?P<bare>\d{1,3}(?:\.\d{1,3}){0,3})\\)"
    r"(?P<stop>[.)])(?=\s)"
)
_LIST_NUMBER = re.compile(
    r"\s*(?:(?:Q|Question|Frage|Pregunta)\s?)?\d{1,3}\s?[.):]\s+(?=[^\W\d_]|\u00bf)", re.IGNORECASE
)


def without_number(text: str) -> str:
    """A heading without the number at its beginning, also if that is in bold letters or escaped."""
    if marked := _MARKED_NUMBER.match(text):
        rest = f"{marked['number'] or marked['bare']}{marked['stop']}{text[marked.end() :]}"
        found = NUMBERING.match(rest)
        return f"{marked['mark'] or ''}{rest[found.end() :]}" if found and found.end() < len(rest) else text
    found = NUMBERING.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text


def without_list_number(text: str) -> str:
    """A question without its number in a list: `3. Where do we meet?`. Other texts are not changed."""
    found = _LIST_NUMBER.match(text)
    rest = text[found.end() :] if found else text
    return rest if is_question(rest, by_words=False) else text


def is_question(text: str, *, by_words: bool = True) -> bool:
    """Whether a plain text is a question: by its question mark or, with `by_words`, by its first word."""
    text = without_number(text).strip()
    if not 2 <= len(text) <= 300 or not re.search(r"\w", text):
        return False
    if _MARK_AT_END.search(text[-40:]) or text.startswith("\u00bf"):
        return True
    found = _QUESTION_WORD.match(text) if by_words else None
    return bool(found) and not _WEAK.match(text) and " " in text and not text.endswith((":", ".", "!", ";"))


def says_nothing_alone(question: str) -> bool:
    """Whether a question needs its topic to be understood: "What does it print?"."""
    folded = unicodedata.normalize("NFKD", question[:300].casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", folded)
    return bool(words) and all(word in _SAYS_NOTHING for word in words)


def is_date_or_number(name: str) -> bool:
    """Whether a name only says when or which: `2026-11-24`, `Nov 24th, 2026`, `2026-W48`, `12`."""
    words = re.findall(r"[^\W_]+", name[:300])
    return bool(re.search(r"\d", name)) and all(_WHEN.fullmatch(each) for each in words)


def is_contents(title: str) -> bool:
    """Whether this is the heading of a table of contents."""
    return _CONTENTS.fullmatch(title.strip(" *_#:")) is not None


def is_frame(title: str) -> bool:
    """Whether this is the heading of a page's introduction, its links, a version, or else answers nothing."""
    return _FRAME.fullmatch(title.strip(" *_#:")) is not None or _VERSION.match(title) is not None


def has_problems(title: str) -> bool:
    """Whether headings below this heading state problems: "Troubleshooting"."""
    return _ARE_PROBLEMS.search(title) is not None


def is_faq(title: str) -> bool:
    """Whether headings below this heading are questions, whatever their form."""
    return _FAQ.search(title) is not None


def is_only_faq(title: str) -> bool:
    """Whether a title says nothing but that it is a FAQ: "Frequently Asked Questions (FAQ)"."""
    return is_faq(title) and _BESIDE_FAQ.issuperset(re.findall(r"\w+", _FAQ.sub(" ", title).casefold()))


_HTML_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|center|cite|code|del|details|div|em|font|h[1-6]|i|img|ins|kbd|mark|p|q|s|samp|small|"
    r"span|strike|strong|sub|summary|sup|tt|u|var)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG_WITHOUT_WORDS = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*\s*/?>")
_SOURCE_LINK = re.compile(r"\[\[[^\[\]]*\]\([^()\s]*\)\]")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\(([^()]*)\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()]*(?:\([^()]*\)[^()]*)?)\)")
_LINK_BY_NAME = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
# A name for a place: links to it lead to the entry.
_PLACE_NAME = re.compile(r"\{:?\s{0,3}#[\w.:-]{1,100}\s{0,3}\}\s{0,9}$")
_ATTRIBUTES = re.compile(r"\{:?\s{0,3}[#.][^{}]{0,200}\}\s{0,9}$")
_STARS = re.compile(r"(\*{1,3})(?=[^\s*])([^*]*?[^\s*])\1")
# Around one word: in "What is the difference of _x and x_?", they belong to names, and beside such a name always.
_BARS = re.compile(r"(?<![\w\\])_([^\s_]{0,80}[^\s_\\])_(?!\w)")
_BAR_OF_A_NAME = re.compile(r"(?<!\w)_|_(?!\w)")
_WHOLE = re.compile(r"(_{1,3})(?=\S)([^_]+)\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


_SHORT_EMOJI = re.compile(r"^(?::[a-z0-9_+-]{2,40}:\s*)+(?=\S)")
_MAY_BE_MARKUP = re.compile(r"^:|[`*_<\[&{\\]|[^\x20-\x7e\xa1-\u1fff]")


@lru_cache(maxsize=20_000)
def plain_question(markup: str) -> tuple[str, tuple[str, ...]]:
    """The plain text of a question, and the removed markup that contained words: addresses, names of anchors."""
    if not _MAY_BE_MARKUP.search(markup):
        return " ".join(markup.split()), ()
    dropped: list[str] = []
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[2].strip())
        return f"\x05{len(kept) - 1}\x05"

    def drop(found: re.Match[str]) -> str:
        dropped.append(found[0].strip())
        return " "

    def drop_target(found: re.Match[str]) -> str:
        if found[2].strip():
            dropped.append(found[0].strip())
        return found[1]

    def drop_tag(found: re.Match[str]) -> str:
        if not _TAG_WITHOUT_WORDS.fullmatch(found[0]):
            dropped.append(found[0])
        return " " if re.match(r"<br\b", found[0], re.IGNORECASE) else ""

    text = " ".join(markup.split())
    text = _ATTRIBUTES.sub(drop, _PLACE_NAME.sub("", text))
    text = _SHORT_EMOJI.sub(drop, text)
    text = CODE.sub(keep, text.replace("\x05", " "))
    text = _SOURCE_LINK.sub(drop, text)
    text = _PICTURE.sub(drop, text)
    text = _LINK.sub(drop_target, text)
    text = _LINK_BY_NAME.sub(drop_target, text)
    text = _HTML_TAG.sub(drop_tag, text)
    text = unescaped(text)
    for _ in range(2):
        text = _STARS.sub(r"\2", text)
    if whole := _WHOLE.fullmatch(text.strip()):
        text = whole[2]
    without_bars = _BARS.sub(r"\1", text)
    text = text if _BAR_OF_A_NAME.search(without_bars) else without_bars
    text = _ESCAPE.sub(r"\1", text)
    text = re.sub(r"\x05(\d+)\x05", lambda found: kept[int(found[1])], text)
    text = re.sub(r" ([?!.,])", r"\1", " ".join(text.split())) if dropped else " ".join(text.split())
    return _without_ornament(text), tuple(dropped)


def asks(markup: str, *, by_words: bool = True) -> bool:
    """Whether a line of Markdown is a question."""
    return is_question(plain_question(markup)[0], by_words=by_words)


def _without_ornament(text: str) -> str:
    """The text without emoji around it."""
    begin, end = 0, len(text)
    while begin < end and _is_ornament(text[begin]):
        begin += 1
    while end > begin and _is_ornament(text[end - 1]):
        end -= 1
    return text[begin:end] or text


def _is_ornament(sign: str) -> bool:
    return sign.isspace() or sign in "\ufe0e\ufe0f\u200d\u20e3" or unicodedata.category(sign) in ("So", "Sk", "Cs")


def anchor_of(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
