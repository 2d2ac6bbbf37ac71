"""Converts Markdown and HTML of any flavor to what Discord shows, and reports what it cannot show.

Discord shows emphasis, headings, lists, quotes, code, and links to the web. The rest is converted where that
keeps its meaning (tables, `<br>`, task lists, footnotes …). If not, it is removed or kept as text, with a remark.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bot.language.words import _
from bot.lessons.html_tags import KNOWN_TAGS, TAG, attributes_of, is_malformed, replacement, with_small_signs
from bot.lessons.markdown_signs import (
    ALERT,
    CODE,
    COMPONENT,
    DELIMITER,
    FENCE,
    FOOTNOTE,
    LINK,
    PICTURE,
    SCHEME,
    SHORTCODE,
    TASK,
    closes,
)
from bot.lessons.not_shown import Remark
from bot.lessons.text_tables import cells_of, table

_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_PICTURE_BY_NAME = re.compile(r"!\[(?P<alt>[^\[\]]*)\]\[(?P<name>[^\[\]]*)\]")
_LINK_BY_NAME = re.compile(r"(?<![!\w\]])\[(?P<text>[^\[\]]+)\](?:\[(?P<name>[^\[\]]*)\])?(?![(\[:])")
_WIKI = re.compile(r"(?P<embed>!?)\[\[(?P<target>[^\[\]|\n]{1,200})(?:\|(?P<text>[^\[\]\n]{1,200}))?\]\](?!\()")
_HEADING = re.compile(
    r"^(?P<marks>#{1,6})[ \t]+(?P<text>.*?)(?:[ \t]+#+)?(?P<attributes>[ \t]*\{[^{}]*\})?[ \t]*$"
)
_MATH = re.compile(r"(?<![\\$\w])\$(?=[^\s$])(?P<math>[^$\n`]{1,200}?)(?<=[^\s\\])\$(?![\w$])")
_MATH_SIGNS = re.compile(r"[\\^_={}<>+]|^[A-Za-z]$|^[A-Za-z]\([a-z0-9, ]*\)$")
_ESCAPED = re.compile(r"(?<=\S)\\([-.!+=&{}()\"'/:;,?%$@^])|\\([!=&{}()\"'/:;,?%$@^])")
# A bare address that a lesson refuses as a link (`bot.lessons.hyperlinks`): a mailbox, a telephone, a program.
_ADDRESS = re.compile(
    r"<(?P<angles>[^\s<>@]+@[^\s<>@.]+\.[^\s<>@]+|\+[\d ()-]+"
    r"|(?:mailto|tel|sms|data|file|javascript|vbscript):[^<>]*|(?!https?:)[a-z][a-z0-9+.-]+:/[^\s<>]*)>"
    r"|(?<!\w)(?P<bare>(?:discord|steam)://[^\s<>()\[\]]*)",
    re.IGNORECASE,
)
_PERSONS = ("mailto:", "tel:", "sms:")
_SCRIPTS = ("javascript:", "vbscript:", "data:")
_RULE = re.compile(r"(?P<before>[ \t]*(?:>[ \t]?)*)(?P<mark>[-*_])(?:[ \t]*(?P=mark)){2,}[ \t]*")
_SHOWN_RULE = "\u2500" * 3
# The meaning of a term, below the term.
_MEANING = re.compile(r" {0,3}:[ \t]+(?P<text>\S.*)")
# Other marks for `<mark>`, `<sub>` and `<sup>`.
_MARKED = re.compile(r"(?<![=\w])==(?=[^\s=])(?P<text>[^=\n]{1,200})(?<=[^\s=])==(?![=\w])")
_SMALL = re.compile(r"(?<=\w)(?P<mark>[~^])(?P<text>[\w+\-]{1,6})(?P=mark)(?![~^])")
# MyST's ``{ref}`page` ``; its code stands apart already.
_ROLE = re.compile(r"\{[a-z][\w:-]{1,30}\}(?P<code>\x05\d+\x05)")
_PRE_WITHIN = re.compile(r"(?<=>)(?=<pre\b[^<>]*>)", re.IGNORECASE)
_CONTAINER = re.compile(r"^[ \t]*:{3,}[ \t]*(?:\{?[A-Za-z][\w-]*.*)?$")

# The icons of Material for MkDocs.
_ICON = re.compile(r" ?:(?:material|octicons|fontawesome|simple)-[a-z0-9-]{1,80}:(?![\w:])")
_DIAGRAMS = frozenset({"mermaid", "plantuml", "dot", "graphviz", "math", "latex"})


@dataclass(frozen=True)
class Links:
    """What the links of a text lead to.

    `base_url` is the address of the page. `addresses` and `footnotes` are the targets of references, by name.
    `anchors` are the ids of the entries that were made of parts of the page, by the anchors of those parts, and
    `questions` the questions of those entries, by id.
    """

    base_url: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    footnotes: Mapping[str, str] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)


@dataclass
class DiscordText:
    """A text as Discord shows it. `used` are the names of links and footnotes that it refers to."""

    text: str
    remarks: list[Remark]
    used: set[str] = field(default_factory=set)
    related: list[str] = field(default_factory=list)


def for_discord(text: str, links: Links | None = None) -> DiscordText:
    """The text in Discord's Markdown, and a remark for each thing that could not be kept."""
    if not _MAY_CHANGE.search(text):
        return DiscordText(text.strip("\n"), [])
    converter = _Converter(links or Links())
    out = converter.convert(text)
    return DiscordText(out, converter.remarks, converter.used, converter.related)


_MAY_CHANGE = re.compile(
    r"[<\[&{\\$|`~\x05\x06]|\n\n\n|==|\w\^|(?:discord|steam)://|:(?:material|octicons|fontawesome|simple)-"
    r"|^[ \t]*(?:#{1,6}[ \t]|[+>:]|[-*_][ \t]*[-*_])",
    re.MULTILINE,
)


class _Converter:
    def __init__(self, links: Links) -> None:
        self.remarks: list[Remark] = []
        self.used: set[str] = set()
        self.related: list[str] = []
        self._links = links
        self._line = 0
        self._numbers: list[int] = []
        self._kept: list[str] = []
        self._lists: list[str] = []
        self._notes: list[str] = []

    def convert(self, text: str) -> str:
        text = text.replace("\x05", " ").replace("\x06", " ")
        lines, self._numbers = _with_code_apart(text.split("\n"))
        out: list[str] = []
        n = 0
        while n < len(lines):
            self._line = self._numbers[n]
            line = lines[n]
            if fence := FENCE.match(line):
                n = self._fence(lines, n, fence, out)
            elif n + 1 < len(lines) and "|" in line and "|" in lines[n + 1] and DELIMITER.fullmatch(lines[n + 1]):
                n = self._table(lines, n, out)
            elif line.strip() == "$$" and "$$" in (each.strip() for each in lines[n + 1 : n + 60]):
                end = next(k for k in range(n + 1, len(lines)) if lines[k].strip() == "$$")
                out += ["```", *lines[n + 1 : end], "```"]
                n = end + 1
            elif (end_of_pre := _end_of_pre(lines, n)) is not None:
                n = self._pre(lines, n, end_of_pre, out)
            else:
                self._text_line(line, out)
                n += 1
        out = _without_rules_around(out)
        if self._notes:
            out += ["", *self._notes]
        text = "\n".join(out)
        text = re.sub(r"\x05(\d+)\x05", lambda found: self._kept[int(found[1])], text)
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n")

    def _remark(self, text: str, why: str) -> None:
        text = re.sub(r"\x05(\d+)\x05", lambda found: self._kept[int(found[1])], text)
        self.remarks.append(Remark(self._line, text, why))

    def _fence(self, lines: list[str], n: int, fence: re.Match[str], out: list[str]) -> int:
        mark, info = fence["mark"], fence["info"].strip()
        end = n + 1
        while end < len(lines) and not closes(lines[end], mark):
            end += 1
        body = lines[n + 1 : end]
        if any("```" in each for each in body):
            self._remark(lines[n].strip(), _("code with ``` in it, which ends the code in Discord"))
        shown = mark if mark[0] == "`" else "```" if not any("```" in each for each in body) else mark
        language = re.match(r"\{?\.?(?P<word>[\w+#-]+)(?P<more>.*)", info)
        more = info
        if language:
            more = language["more"].strip(" {}")
            if language["word"].lower() in _DIAGRAMS:
                self._remark(
                    lines[n].strip(), _("a diagram ({kind}), which Discord shows as text", kind=language["word"])
                )
        if more:
            self._remark(f"{lines[n].strip()}", _("words behind a fence, which Discord would show as code"))
        head = lines[n][: fence.start("mark")] + shown + (language["word"] if language else "")
        out += [head, *body]
        if end < len(lines):
            out.append(lines[end].replace(mark, shown, 1) if mark != shown else lines[end])
        else:
            out.append(shown)
        return min(end + 1, len(lines))

    def _pre(self, lines: list[str], n: int, end: int, out: list[str]) -> int:
        inside = re.sub(r"^\s*<pre\b[^<>]*>", "", "\n".join(lines[n : end + 1]), flags=re.IGNORECASE)
        code, __, rest = re.split(r"(</pre>)", inside, maxsplit=1, flags=re.IGNORECASE)
        code = html.unescape(re.sub(r"</?(?:code|span)\b[^<>]*>", "", code)).strip("\n")
        out += ["```", *code.split("\n"), "```"]
        if rest.strip():
            out.append(self._inline(rest))
        return end + 1

    def _table(self, lines: list[str], n: int, out: list[str]) -> int:
        end = n + 2
        while end < len(lines) and "|" in lines[end] and lines[end].strip():
            end += 1
        rows = []
        for k in (n, *range(n + 2, end)):
            self._line = self._numbers[k]
            rows.append([self._cell(cell) for cell in cells_of(lines[k])])
        if out and out[-1].strip():
            out.append("")
        out += table(rows)
        if end < len(lines) and lines[end].strip():
            out.append("")
        return end

    def _cell(self, cell: str) -> str:
        text = self._inline(cell).replace("\n", " ")
        return re.sub(r"\x05(\d+)\x05", lambda found: self._kept[int(found[1])], text).strip()

    def _text_line(self, line: str, out: list[str]) -> None:
        if rule := _RULE.fullmatch(line):
            out.append(f"{rule['before']}{_SHOWN_RULE}")
            return
        if (meaning := _MEANING.fullmatch(line)) and any(out):
            line = f"- {meaning['text']}"
        if alert := ALERT.match(line):
            title = alert["title"].strip() or alert["kind"].capitalize()
            if alert["title"].strip() and alert["kind"].lower() not in alert["title"].lower():
                title = f"{alert['kind'].capitalize()}: {title}"
            out.append(f"{alert['before'].rstrip()} **{self._inline(title)}**")
            return
        if heading := _HEADING.match(line):
            if heading["attributes"]:
                self._remark(heading["attributes"].strip(), _("a name for a heading"))
            out.append(f"{heading['marks'][:3]} {self._inline(heading['text'])}")
            return
        if line.lstrip()[:1] in ("{", "[", "-") and not SHORTCODE.sub("", line).strip():
            # Alone on a line, it is for the site's own software, and says nothing to a reader.
            self._name_shortcodes(line)
            return
        line = TASK.sub(lambda found: found["before"] + ("\u2610" if found["mark"] == " " else "\u2611"), line)
        if _CONTAINER.match(line) and line.strip().strip(":"):
            self._remark(line.strip(), _("a box, which Discord does not know"))
        line = re.sub(r"^([ \t]*)\+(?=[ \t])", r"\1-", line)
        if line.endswith("\\") and not line.endswith("\\\\"):
            line = line[:-1]
        lists = len(self._lists)
        first, *more = self._inline(line).split("\n")
        shown = [first, *map(_without_space_around, more)] if more else [first]
        if lists or self._lists:
            # Tags of a list on lines of their own leave empty lines, which would divide its items.
            shown = [each for each in shown if each.strip() or not line.strip()]
            shown += [] if self._lists else [""]
        out += [_SHOWN_RULE if each == "---" else each for each in shown]

    def _inline(self, line: str) -> str:
        def keep(found: re.Match[str]) -> str:
            self._kept.append(found[0])
            return f"\x05{len(self._kept) - 1}\x05"

        line = CODE.sub(keep, line)
        if "}\x05" in line:
            line = _ROLE.sub(self._role, line)
        if "==" in line:
            line = _MARKED.sub(r"**\g<text>**", line)
        if "~" in line or "^" in line:
            line = _SMALL.sub(_small, line)
        if "$" in line:
            line = _MATH.sub(self._math, line)
        if "[" in line:
            line = FOOTNOTE.sub(self._footnote, line)
            if "![" in line:
                line = PICTURE.sub(self._picture, line)
                line = _PICTURE_BY_NAME.sub(self._picture_by_name, line)
            line = _WIKI.sub(self._wiki, line)
            line = LINK.sub(self._link, line)
            if self._links.addresses:
                line = _LINK_BY_NAME.sub(self._link_by_name, line)
        if "<" in line or "://" in line:
            line = _ADDRESS.sub(lambda found: self._address(found["angles"] or found["bare"]), line)
        if "<" in line:
            line = self._tags(COMPONENT.sub(self._component, line))
        if "&" in line:
            line = _ENTITY.sub(lambda found: html.unescape(found[0]).replace("\xa0", " "), line)
        if "{" in line or ":" in line:
            line = self._without_icons(line)
        if "\\" in line:
            line = _ESCAPED.sub(lambda found: found[1] or found[2], line)
        return line

    def _without_icons(self, line: str) -> str:
        """Name what only the site's own software fills in or draws. Icons say nothing, and are left out."""
        self._name_shortcodes(line)
        for icon in _ICON.findall(line):
            self._remark(icon.strip(), _("an icon, which only the site's own software draws"))
        return _ICON.sub("", line)

    def _name_shortcodes(self, line: str) -> None:
        for found in SHORTCODE.finditer(line):
            self._remark(found[0].strip(), _("a short code, which only the site's own software fills in"))

    def _role(self, found: re.Match[str]) -> str:
        self._remark(found[0], _("a short code, which only the site's own software fills in"))
        return found["code"]

    def _component(self, found: re.Match[str]) -> str:
        self._remark(found[0], _("a tag that only the site's own software draws"))
        return found["inside"] or ""

    def _math(self, found: re.Match[str]) -> str:
        if not _MATH_SIGNS.search(found["math"]):
            return found[0]
        self._kept.append(f"`{found['math']}`")
        return f"\x05{len(self._kept) - 1}\x05"

    def _footnote(self, found: re.Match[str]) -> str:
        name = found["name"]
        said = self._links.footnotes.get(name)
        if said is None:
            self._remark(found[0], _("a footnote that is not there"))
            return found[0]
        note = f"({name}) {said}"
        if f"^{name}" not in self.used:
            self.used.add(f"^{name}")
            self._notes += self._inline(note).split("\n")
        is_apart = found.string[: found.start()].endswith((" ", "\t")) or not found.start()
        return f"({name})" if is_apart else f" ({name})"

    def _picture(self, found: re.Match[str]) -> str:
        return self._shown_picture(found["alt"], found["target"], found["title"] or "", found[0])

    def _picture_by_name(self, found: re.Match[str]) -> str:
        name = (found["name"] or found["alt"]).lower()
        address = self._links.addresses.get(name)
        if address is None:
            return found[0]
        self.used.add(name)
        return self._shown_picture(found["alt"], address, "", f"![{found['alt']}]({address})")

    def _shown_picture(self, alt: str, path: str, title: str, whole: str) -> str:
        target = self._absolute(path)
        if target is None:
            self._remark(whole, _("a picture inside a text, which Discord cannot show: add `image:` by hand"))
            return ""
        if title.strip():
            self._remark(title.strip(), _("the title of a picture or a link, which Discord does not show"))
        return f"[{alt or 'picture'}]({target})"

    def _wiki(self, found: re.Match[str]) -> str:
        page, __, place = found["target"].partition("#")
        place = place.rpartition("#")[2].strip()
        linked = None if page.strip() else self._links.anchors.get(place if place[:1] == "^" else place.casefold())
        if linked:
            self.related.append(linked)
            self._remark(found[0], _("a link to another entry: it is below the answer, among the related ones"))
            return found["text"] or self._links.questions.get(linked, place)
        self._remark(found[0], _("a link to another page of a wiki"))
        # The id of a block says nothing to a reader.
        shown = found["text"] or (page if page.strip() and place[:1] == "^" else found["target"])
        return shown.replace("#", " ").strip().removeprefix("^")

    def _link(self, found: re.Match[str]) -> str:
        if found["title"] and found["title"].strip():
            self._remark(
                found["title"].strip(), _("the title of a picture or a link, which Discord does not show")
            )
        if found["attributes"]:
            self._remark(found["attributes"], _("attributes of a link"))
        return self._linked(found["text"], found["target"], found[0])

    def _link_by_name(self, found: re.Match[str]) -> str:
        name = " ".join((found["name"] or found["text"]).lower().split())
        address = self._links.addresses.get(name)
        if address is None:
            return found[0]
        self.used.add(name)
        return self._linked(found["text"], address, f"[{found['text']}]({address})")

    def _linked(self, text: str, target: str, whole: str) -> str:
        if target.startswith("#") and target[1:] in self._links.anchors:
            self.related.append(self._links.anchors[target[1:]])
            self._remark(whole, _("a link to another entry: it is below the answer, among the related ones"))
            return text
        absolute = self._absolute(target)
        if absolute is not None:
            return f"[{text}]({absolute})" if text.strip() else absolute
        if SCHEME.match(target):
            if target.lower().startswith(_SCRIPTS):
                self._remark(whole, _("a link that runs something"))
                return text
            self._remark(whole, _("a link that leads to no web page: its address stands beside it"))
            shown = self._address(target)
            return text if shown in text else f"{text} ({shown})" if text.strip() else shown
        self._remark(whole, _("a link inside the site; with --base-url it leads there"))
        return text

    def _address(self, target: str) -> str:
        """An address that Discord does not link, as text to read: a person's as it is, others as code."""
        if target.lower().startswith(_PERSONS):
            return target.partition(":")[2]
        if "@" in target.partition(":")[0] or target.startswith("+"):
            return target
        self._kept.append(f"`{target}`")
        return f"\x05{len(self._kept) - 1}\x05"

    def _absolute(self, target: str) -> str | None:
        if target.lower().startswith(("http://", "https://")):
            return target
        if target.startswith("//"):
            return f"https:{target}"
        if not target or SCHEME.match(target) or not self._links.base_url:
            return None
        try:
            return urljoin(self._links.base_url, target)
        except ValueError:
            return None

    def _tags(self, line: str) -> str:
        out: list[str] = []
        at = 0
        anchor: list[tuple[str, int]] = []
        for found in TAG.finditer(line):
            name = found["name"].lower()
            if name not in KNOWN_TAGS:
                continue
            out.append(line[at : found.start()])
            at = found.end()
            attributes = attributes_of(found["more"])
            if is_malformed(found["more"]) or (attributes and name not in ("a", "img", "code", "pre")):
                self._remark(found[0], _("attributes of an HTML tag"))
            if name == "a":
                if title := attributes.get("title", "").strip():
                    self._remark(title, _("the title of a picture or a link, which Discord does not show"))
                if not found["close"]:
                    anchor.append((attributes.get("href", ""), len(out)))
                    if not attributes.get("href"):
                        self._remark(found[0], _("a name for a place in a page"))
                elif anchor:
                    target, begin = anchor.pop()
                    inside = "".join(out[begin:])
                    del out[begin:]
                    out.append(self._linked(inside, target, f"[{inside}]({target})") if target else inside)
                continue
            if name == "img":
                out.append(self._shown_picture(attributes.get("alt", ""), attributes.get("src", ""), "", found[0]))
                continue
            out.append(
                replacement(name, self._lists, is_close=bool(found["close"]), is_last=not line[at:].strip())
            )
        out.append(line[at:])
        for target, _begin in anchor:  # never closed on this line
            if target:
                self._remark(target, _("attributes of an HTML tag"))
        return with_small_signs("".join(out))


def _with_code_apart(lines: list[str]) -> tuple[list[str], list[int]]:
    """The lines with each `<pre>` on a line of its own, and their numbers: websites have it within a line."""
    if not any("<pre" in line or "<PRE" in line for line in lines):
        return lines, [*range(len(lines))]
    found: list[str] = []
    numbers: list[int] = []
    mark = ""
    for n, line in enumerate(lines):
        fence = FENCE.match(line)
        is_code = bool(mark or fence)
        if mark:
            mark = "" if closes(line, mark) else mark
        elif fence:
            mark = fence["mark"]
        parts = [line] if is_code else _PRE_WITHIN.split(line)
        found += parts
        numbers += [n] * len(parts)
    return found, numbers


def _without_rules_around(lines: list[str]) -> list[str]:
    """The lines without rules in front of all text and behind it: those divide it from other texts of its page."""
    said = [n for n, line in enumerate(lines) if line.strip() not in ("", _SHOWN_RULE)]
    begin, end = (said[0], said[-1] + 1) if said else (0, 0)
    return lines[begin:end] if _SHOWN_RULE in (line.strip() for line in lines) else lines


def _without_space_around(line: str) -> str:
    """A line that a tag began, without the space behind the tag. Items of lists keep their indentation."""
    return line.rstrip() if re.match(r"\s*(?:-|1\.)\s", line) else line.strip()


def _small(found: re.Match[str]) -> str:
    name = "sub" if found["mark"] == "~" else "sup"
    return f"<{name}>{found['text']}</{name}>"


def _end_of_pre(lines: list[str], n: int) -> int | None:
    """The number of the line with `</pre>`, if a `<pre>` begins on line `n`."""
    if not re.match(r"\s*<pre\b", lines[n], re.IGNORECASE):
        return None
    return next((k for k in range(n, min(len(lines), n + 500)) if "</pre>" in lines[k].lower()), None)
