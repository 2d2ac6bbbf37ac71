"""Short codes of Hugo, Jekyll and GitBook that hold a question or a title become questions and bold words."""

from __future__ import annotations

import re

from bot.language.words import _
from bot.lessons.intake.markdown_lines import END, QUESTION, Lines, fences
from bot.lessons.intake.material import Unplaced

# `{{% faq "Why?" %}}`, `{{< faq-item question="Why?" >}}`, `{% tab title="On Linux" %}`
_CODE = re.compile(
    r"\{(?:\{[%<]|%)\s*(?P<close>/|end)?\s*(?P<name>(?:faq|question)[\w-]*|tab|step|expand|details)"
    r"(?P<more>(?:\s(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|[^\"'{}\n]){0,100})?)(?:[%>]\}|%)\}"
)
_TITLE = re.compile(
    r"(?:^\s*|\b(?:question|title|name|label|header|summary)\s*=\s*)(?P<quote>[\"'])(?P<title>.+?)(?P=quote)"
)


def with_shortcodes(lines: Lines, unplaced: list[Unplaced]) -> Lines:
    """Convert short codes with a question to a question with an end, and those of tabs to their titles."""
    if not any("{" in text and _CODE.search(text) for text in lines.texts):
        return lines
    inside, __ = fences(lines.texts)
    walk = _Walk(
        unplaced, {found["name"] for text in lines.texts for found in _CODE.finditer(text) if found["close"]}
    )
    for text, number, code in zip(lines.texts, lines.numbers, inside, strict=True):
        walk.read(text, number, is_code=code)
    if walk.open:
        walk.out.add_apart(END, lines.numbers[-1])
    return walk.out


class _Walk:
    """`closed` are the names that have an end on the page. A question without one ends at the next heading."""

    def __init__(self, unplaced: list[Unplaced], closed: set[str]) -> None:
        self.out = Lines()
        self._unplaced = unplaced
        self.open = ""
        self._closed = closed

    def read(self, text: str, number: int, *, is_code: bool) -> None:
        found = [] if is_code or "{" not in text else list(_CODE.finditer(text))
        if not is_code and text.startswith("#") and self.open and self.open not in self._closed:
            self._end(number)
        at = 0
        for code in found:
            if self._convert(code, text[at : code.start()].strip(), number):
                at = code.end()
        if rest := text[at:].strip() if at else text:
            self.out.add(rest, number)
        elif not at:
            self.out.add("", number)

    def _convert(self, code: re.Match[str], before: str, number: int) -> bool:
        """Add what stands for a short code, and the text before it. Returns whether anything does."""
        name = code["name"]
        title = _TITLE.search(code["more"])
        is_question = name.startswith(("faq", "question"))
        is_end = bool(code["close"]) and name == self.open
        if not is_end and (code["close"] or not title):
            return False
        if before:
            self.out.add(before, number)
        rest = code["more"].replace(title[0], " ") if title else code["more"]
        if re.search(r"\w", rest):
            why = _("a short code, which only the site's own software fills in")
            self._unplaced.append(Unplaced(number, rest.strip(), why))
        if is_end:
            self._end(number)
        elif title and is_question:
            if self.open:
                self._end(number)
            self.out.add_apart(QUESTION + title["title"], number)
            self.open = name
        elif title:
            self.out.add_apart(f"**{title['title']}**", number)
        return True

    def _end(self, number: int) -> None:
        self.out.add_apart(END, number)
        self.open = ""
