"""Converts what is within a line of Markdown or HTML to what Discord shows: links, pictures, tags, formulas."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bot.language.words import N_, _
from bot.lessons.markdown.html_tags import (
    KNOWN_TAGS,
    TAG,
    attributes_of,
    is_malformed,
    replacement,
    with_small_signs,
)
from bot.lessons.markdown.not_shown import Remark
from bot.lessons.markdown.signs import (
    CODE,
    COMPONENT,
    FOOTNOTE,
    LINK,
    PICTURE,
    SCHEME,
    SHORTCODE,
    SHOWN_ADDRESS,
    TARGET,
)
from bot.lessons.markdown.wrapped_links import link_name

_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_PICTURE_BY_NAME = re.compile(r"!\[(?P<alt>[^\[\]]*)\]\[(?P<name>[^\[\]]*)\]")
# A picture as the text of a link, as the badges of a README are written.
_LINKED_PICTURE = re.compile(
    rf"\[[ \t]*(?:!\[(?P<alt>[^\[\]]*)\](?:{TARGET}|\[(?P<name>[^\[\]]*)\])|<img\b(?P<attributes>[^<>]*)>)"
    r"[ \t]*\](?=[(\[])",
    re.IGNORECASE,
)
_LINK_BY_NAME = re.compile(r"(?<![!\w\]])\[(?P<text>[^\[\]]+)\](?:\[(?P<name>[^\[\]]*)\])?(?![(\[:])")
_WIKI = re.compile(r"(?P<embed>!?)\[\[(?P<target>[^\[\]|\n]{1,200})(?:\|(?P<text>[^\[\]\n]{1,200}))?\]\](?!\()")
_MATH = re.compile(r"(?<![\\$\w])\$(?=[^\s$])(?P<math>[^$\n`\x05]{1,200}?)(?<=[^\s\\])\$(?![\w$])")
# Formulas apart, and those of TeX: `$$…$$`, `\(…\)` and `\[…\]`.
_TEX = re.compile(
    r"(?<![\\$\w])\$\$(?P<apart>[^$\n`\x05]{1,500})\$\$(?![\w$])"
    r"|(?<![\\\w])\\\((?P<round>[^\n`\x05]{1,200}?)\\\)"
    r"|(?<![\\\w])\\\[(?P<square>[^\n`\x05]{1,500}?)\\\]"
)
# A command, a power or an index of TeX.
_TEX_SIGNS = re.compile(r"\\[A-Za-z]|[\w)}]\^|(?<!\w)\d{0,9}[^\W\d_]_(?=[^\W_]|[{\\])")
# A sum or an equation has no words: `Ctrl+C` and `RFC=1` are none.
_SUM = re.compile(r"[\w)}]\s{0,9}[=+]\s{0,9}[\w({-]")
_WORD = re.compile(r"[^\W\d_]{3}")
# What Markdown escapes: `\(see a\_b\)` is no formula.
_NO_TEX = re.compile(r"\\[^A-Za-z\s]")
# Links, bold words and options of commands, which can stand in brackets: `\[[1](https://e.org/a_b)\]`.
_NO_FORMULA = re.compile(r"\][(\[]|\*\*|://|--")
_MATH_SIGNS = re.compile(r"[\\^_={}<>+]|^[A-Za-z]$|^[A-Za-z]\([a-z0-9, ]*\)$")
_ESCAPED = re.compile(r"(?<=\S)\\([-.!+=&{}()\"'/:;,?%$@^])|\\([!=&{}()\"'/:;,?%$@^])")
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
# A bare address that a lesson refuses as a link (see `hyperlinks`): a mailbox, a telephone, a program.
_ADDRESS = re.compile(
    r"<(?P<angles>[^\s<>@]+@[^\s<>@.]+\.[^\s<>@]+|\+[\d ()-]+"
    r"|(?:mailto|tel|sms|data|file|javascript|vbscript):[^<>]*|(?!https?:)[a-z][a-z0-9+.-]+:/[^\s<>]*)>"
    r"|(?<!\w)(?P<bare>(?:discord|steam)://[^\s<>()\[\]]*)",
    re.IGNORECASE,
)
_PERSONS = ("mailto:", "tel:", "sms:")
_SCRIPTS = ("javascript:", "vbscript:", "data:")
# Other marks for `<mark>`, `<sub>` and `<sup>`. As an operator, `==` stands alone, in brackets or quotation marks,
# or between a variable and a number.
_MARKED = re.compile(
    r"(?<![^\s(\[>*_\"'])==(?!(?<=[\"']==)[\"'])(?=[*_]{0,3}[./]?[^\s=.,;:!?&|<>)\]}+/%^*_-])(?P<text>[^=\n]{1,200})"
    r"(?<=[^\s=&|<(\[{+/^-])(?<!\W!)==(?![=\w])(?!(?<=[^\w=]\w==) \d)"
)
_COMPARED = re.compile(r"===|!=(?!=)|(?<!\w)!==|\w==\w")
_SMALL = re.compile(r"(?<=\w)(?P<mark>[~^])(?P<text>[\w+\-]{1,6})(?P=mark)(?![~^])")
# A link or a picture whose address begins with a template tag: `[here]({{ site.baseurl }}/install)`.
_TEMPLATE_LINK = re.compile(
    r"(?P<picture>!?)\[(?P<text>[^\[\]]*)\]\(\{(?:\{[^{}\n]{1,200}\}|%[^{}\n]{1,200}%)\}[^()\s]{0,300}\)"
)
# MyST's ``{ref}`page` ``; its code stands apart already.
_ROLE = re.compile(r"\{[a-z][\w:-]{1,30}\}(?P<code>\x05\d+\x05)")
_PICTURE_WITHIN = N_("a picture inside a text, which Discord cannot show: add `image:` by hand")
# The icons of Material for MkDocs.
_ICON = re.compile(r" ?:(?:material|octicons|fontawesome|simple)-[a-z0-9-]{1,80}:(?![\w:])")


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


class InlineConverter:
    """Converts the lines of one text. `line` is the number of the line that it converts, for its remarks.

    `lists` are the HTML lists that are open, and `notes` are the footnotes that the lines refer to, each with the
    number of the first line that does.
    """

    def __init__(self, links: Links) -> None:
        self.remarks: list[Remark] = []
        self.used: set[str] = set()
        self.related: list[str] = []
        self.line = 0
        self.lists: list[str] = []
        self.notes: list[tuple[int, str]] = []
        self._links = links
        self._kept: list[str] = []

    def remark(self, text: str, why: str) -> None:
        """Note that Discord does not show this part of the line as intended."""
        self.remarks.append(Remark(self.line, self.with_code(text), why))

    def with_code(self, text: str) -> str:
        """The text with the code that `convert` has kept apart."""
        return re.sub(r"\x05(\d+)\x05", lambda found: self._kept[int(found[1])], text)

    def convert(self, line: str) -> str:
        """The line as Discord shows it: several lines, where a tag divides it. Code in it is kept apart."""
        line = CODE.sub(lambda code: self._kept_apart(code[0]), line)
        if "}\x05" in line:
            line = _ROLE.sub(self._role, line)
        if "==" in line and not _COMPARED.search(line):
            line = _MARKED.sub(r"**\g<text>**", line)
        if "~" in line or "^" in line:
            line = _SMALL.sub(_small, line)
        if "$" in line:
            line = _MATH.sub(self._math, line)
        if "$$" in line or "\\(" in line or "\\[" in line:
            whole = line.strip()
            line = _TEX.sub(lambda found: self._tex(found, whole), line)
        if "[" in line:
            line = self._with_links(line)
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

    def _with_links(self, line: str) -> str:
        line = FOOTNOTE.sub(self._footnote, line)
        if "]({" in line:
            line = _TEMPLATE_LINK.sub(self._template_link, line)
        line = _LINKED_PICTURE.sub(self._linked_picture, line)
        if "![" in line:
            line = PICTURE.sub(self._picture, line)
            line = _PICTURE_BY_NAME.sub(self._picture_by_name, line)
        line = _WIKI.sub(self._wiki, line)
        line = LINK.sub(self._link, line)
        return _LINK_BY_NAME.sub(self._link_by_name, line) if self._links.addresses else line

    def _without_icons(self, line: str) -> str:
        """Name what only the site's own software fills in or draws. Icons say nothing, and are left out."""
        self.name_shortcodes(line)
        for icon in _ICON.findall(line):
            self.remark(icon.strip(), _("an icon, which only the site's own software draws"))
        return _ICON.sub("", line)

    def name_shortcodes(self, line: str) -> None:
        for found in SHORTCODE.finditer(line):
            self.remark(found[0].strip(), _("a short code, which only the site's own software fills in"))

    def _role(self, found: re.Match[str]) -> str:
        self.remark(found[0], _("a short code, which only the site's own software fills in"))
        return found["code"]

    def _template_link(self, found: re.Match[str]) -> str:
        self.remark(found[0], _("a short code, which only the site's own software fills in"))
        return "" if found["picture"] else found["text"]

    def _component(self, found: re.Match[str]) -> str:
        self.remark(found[0], _("a tag that only the site's own software draws"))
        return found["inside"] or ""

    def _math(self, found: re.Match[str]) -> str:
        if not _MATH_SIGNS.search(found["math"]):
            return found[0]
        return self._as_code(found["math"])

    def _tex(self, found: re.Match[str], line: str) -> str:
        formula = (found["apart"] or found["round"] or found["square"]).strip()
        is_alone = found["apart"] and found[0] == line
        return self._as_code(formula) if is_alone or is_formula(formula) else found[0]

    def _as_code(self, text: str) -> str:
        return self._kept_apart(f"`{text}`")

    def _kept_apart(self, code: str) -> str:
        """What stands for this code until `with_code` puts it back."""
        self._kept.append(code)
        return f"\x05{len(self._kept) - 1}\x05"

    def _footnote(self, found: re.Match[str]) -> str:
        name = found["name"]
        said = self._links.footnotes.get(name)
        if said is None:
            self.remark(found[0], _("a footnote that is not there"))
            return found[0]
        if f"^{name}" not in self.used:
            self.used.add(f"^{name}")
            self.notes.append((self.line, f"({name}) {said}"))
        before = found.string[max(0, found.start() - 1) : found.start()]
        return f"({name})" if before in ("", " ", "\t") else f" ({name})"

    def _picture(self, found: re.Match[str]) -> str:
        return self._shown_picture(found["alt"], found["target"], found["title"] or "", found[0])

    def _picture_by_name(self, found: re.Match[str]) -> str:
        name = link_name(self.with_code(found["name"] or found["alt"]))
        address = self._links.addresses.get(name)
        if address is None:
            return found[0]
        self.used.add(name)
        return self._shown_picture(found["alt"], address, "", f"![{found['alt']}]({address})")

    def _linked_picture(self, found: re.Match[str]) -> str:
        alt = found["alt"]
        if alt is None:
            alt = attributes_of(found["attributes"]).get("alt", "")
        elif found["name"] is not None:
            self.used.add(link_name(self.with_code(found["name"] or alt)))
        return f"[{self._named_picture(alt, found[0])}]"

    def _named_picture(self, alt: str, whole: str) -> str:
        """The words for a picture in a link: it cannot be a link itself."""
        self.remark(whole, _(_PICTURE_WITHIN))
        return alt or "picture"

    def _img(self, attributes: Mapping[str, str], whole: str, *, is_linked: bool) -> str:
        alt = attributes.get("alt", "")
        if is_linked:
            return self._named_picture(alt, whole)
        return self._shown_picture(alt, attributes.get("src", ""), "", whole)

    def _shown_picture(self, alt: str, path: str, title: str, whole: str) -> str:
        target = self._absolute(path)
        if target is None:
            self.remark(whole, _(_PICTURE_WITHIN))
            return ""
        if title.strip():
            self.remark(title.strip(), _("the title of a picture or a link, which Discord does not show"))
        return f"[{alt or 'picture'}]({target})"

    def _wiki(self, found: re.Match[str]) -> str:
        page, __, place = found["target"].partition("#")
        place = place.rpartition("#")[2].strip()
        linked = None if page.strip() else self._links.anchors.get(place if place[:1] == "^" else place.casefold())
        if linked:
            self.related.append(linked)
            self.remark(found[0], _("a link to another entry: it is below the answer, among the related ones"))
            return found["text"] or self._links.questions.get(linked, place)
        self.remark(found[0], _("a link to another page of a wiki"))
        # The id of a block says nothing to a reader.
        shown = found["text"] or (page if page.strip() and place[:1] == "^" else found["target"])
        return shown.replace("#", " ").strip().removeprefix("^")

    def _link(self, found: re.Match[str]) -> str:
        if found["title"] and found["title"].strip():
            self.remark(found["title"].strip(), _("the title of a picture or a link, which Discord does not show"))
        if found["attributes"]:
            self.remark(found["attributes"], _("attributes of a link"))
        return self._linked(found["text"], found["target"], found[0])

    def _link_by_name(self, found: re.Match[str]) -> str:
        name = link_name(self.with_code(found["name"] or found["text"]))
        address = self._links.addresses.get(name)
        if address is None:
            return found[0]
        self.used.add(name)
        return self._linked(found["text"], address, f"[{found['text']}]({address})")

    def _linked(self, text: str, target: str, whole: str) -> str:
        if target.startswith("#") and target[1:] in self._links.anchors:
            self.related.append(self._links.anchors[target[1:]])
            self.remark(whole, _("a link to another entry: it is below the answer, among the related ones"))
            return text
        absolute = self._absolute(target)
        if absolute is not None:
            return self._web_link(text, absolute)
        if SCHEME.match(target):
            if target.lower().startswith(_SCRIPTS):
                self.remark(whole, _("a link that runs something"))
                return text
            self.remark(whole, _("a link that leads to no web page: its address stands beside it"))
            shown = self._address(target)
            return text if shown in text else f"{text} ({shown})" if text.strip() else shown
        self.remark(whole, _("a link inside the site; with --base-url it leads there"))
        return text

    def _web_link(self, text: str, target: str) -> str:
        if not text.strip():
            return target
        address = _BACKSLASH.sub("", target)
        if _BACKSLASH.sub("", self.with_code(text)).strip(" `*_/") == address.rstrip("/"):
            return f"<{address}>"  # so that signs beside it do not become a part of it
        return f"[{SHOWN_ADDRESS.sub('', text)}]({target})"

    def _address(self, target: str) -> str:
        """An address that Discord does not link, as text to read: a person's as it is, others as code."""
        if target.lower().startswith(_PERSONS):
            return target.partition(":")[2]
        if "@" in target.partition(":")[0] or target.startswith("+"):
            return target
        return self._as_code(target)

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
        end = len(line.rstrip())
        anchor: list[tuple[str, int]] = []
        for found in TAG.finditer(line):
            name = found["name"].lower()
            if name not in KNOWN_TAGS:
                continue
            out.append(line[at : found.start()])
            at = found.end()
            attributes = attributes_of(found["more"])
            if is_malformed(found["more"]) or (attributes and name not in ("a", "img", "code", "pre")):
                self.remark(found[0], _("attributes of an HTML tag"))
            if name == "a":
                if title := attributes.get("title", "").strip():
                    self.remark(title, _("the title of a picture or a link, which Discord does not show"))
                if not found["close"]:
                    anchor.append((attributes.get("href", ""), len(out)))
                    if not attributes.get("href"):
                        self.remark(found[0], _("a name for a place in a page"))
                elif anchor:
                    target, begin = anchor.pop()
                    inside = LINK.sub(lambda link: link["text"], "".join(out[begin:]))
                    del out[begin:]
                    out.append(self._linked(inside, target, f"[{inside}]({target})") if target else inside)
                continue
            if name == "img":
                out.append(self._img(attributes, found[0], is_linked=any(target for target, __ in anchor)))
                continue
            out.append(replacement(name, self.lists, is_close=bool(found["close"]), is_last=at >= end))
        out.append(line[at:])
        for target, _begin in anchor:  # never closed on this line
            if target:
                self.remark(target, _("attributes of an HTML tag"))
        return with_small_signs("".join(out))


def is_formula(text: str) -> bool:
    """Whether a text between the signs of TeX is a formula: prices and escaped brackets have such signs, too."""
    if _NO_FORMULA.search(text):
        return False
    signs = _NO_TEX.sub("", text)
    return _TEX_SIGNS.search(signs) is not None or (bool(_SUM.search(signs)) and not _WORD.search(signs))


def _small(found: re.Match[str]) -> str:
    name = "sub" if found["mark"] == "~" else "sup"
    return f"<{name}>{found['text']}</{name}>"
