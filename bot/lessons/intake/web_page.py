"""Reads a saved web page: its data for search engines if it has any, else its text as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from turbohtml import Axis, Document, Element, Markdown, Text, parse

from bot.errors import NotesError
from bot.language.numbers import amount
from bot.language.words import _
from bot.lessons.intake.chats import CHAT
from bot.lessons.intake.data.records import read_faq_page
from bot.lessons.intake.decoding import cleaned
from bot.lessons.intake.density import most_lines
from bot.lessons.intake.markdown.reader import read_lines
from bot.lessons.intake.markdown_lines import Lines
from bot.lessons.intake.material import Hints, Source, Unplaced
from bot.lessons.intake.question_text import asks

_DATA = "script[type^='application/ld+json' i]"
_BESIDE = ":is(nav, footer, aside, [role=navigation], [role=contentinfo])"
# A page hides the answers that a button opens too, but they have an id for the button, a role, or stand below it.
_UNSEEN = """
    script, style, title, template, noscript, select, iframe, object, svg, dialog,
    [hidden]:not([id], [role], [aria-expanded] + *, :has(> [aria-expanded]) + *), [aria-hidden=true]:not([id])
"""
_HEADING = ":is(h1, h2, h3, h4, h5, h6, dt, summary)"
# Such a table only arranges the page.
_LAYOUT = f"table:is(:has({_HEADING}, details, pre, table), :not(:has(:is(td, th) + :is(td, th))))"
_MOST_COLUMNS = 50
_MOST_AROUND = 3  # elements between an accordion and its parts
_CODE = "pre, code, kbd, samp, tt"
_FOOTNOTE = re.compile(r"\s*\[\w{1,5}\]\s*")
_CLASS_OF_BOLD = re.compile(r"\.([\w-]{1,50})\s?\{[^{}]{0,500}font-weight:\s?(?:bold|[6-9]00)")
_LEVEL = re.compile(r"\blst-kix_\w{1,50}-(\d)\b")
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight(?:-source)?)-(?!default|none)([\w+#-]*[a-z+#])")
# What Markdown would take for a tag, a character or emphasis, and what stands for it meanwhile: no source has it.
_SIGNS = re.compile(r"[<&\xa0]|(?<![^\W_])_|_(?![^\W_])")
_MEANWHILE = {"<": "\ufdd0", "&": "\ufdd1", "_": "\ufdd2", "\xa0": " "}
_AFTERWARDS = str.maketrans({"\ufdd0": "&lt;", "\ufdd1": "&amp;", "\ufdd2": r"\_"})
# The Markdown reader knows these tags. Each one around another would be written again with all that is in it.
_KEPT = ("summary", "sub", "sup", "u", "ins")
_TOO_DEEP = ", ".join(["details " * 9, "blockquote " * 9, *(f"{tag} {tag}" for tag in _KEPT)])
_STYLE = Markdown(
    escaping=Markdown.Escaping(underscores=False),
    converters={
        "details": lambda _element, text: f"\n\n<details>\n\n{text}\n\n</details>\n\n",
        **dict.fromkeys(_KEPT, lambda element, text: f"<{element.tag}>{text}</{element.tag}>"),
    },
)


def read_web_page(text: str, hints: Hints) -> Source:
    """The source in a `.html` file. Raises `NotesError` if reading it would take too long."""
    page = parse(text)
    found = [source for data in page.select(_DATA) if (source := read_faq_page(data.text))]
    if found:
        source = next((each for each in found if each.items), found[0])
        why = _("the text of the page: its questions are those of its data for search engines")
        source.unplaced.append(Unplaced(1, "FAQPage", why))
    else:
        source = _read_text(page, hints)
    source.has_lines = False
    return source


def _read_text(page: Document, hints: Hints) -> Source:
    if page.select_one(".chatlog__message-group"):  # of DiscordChatExporter
        raise NotesError(_(CHAT))
    _nest_lists(page)
    _join(page)
    beside = list(_take_out(page))
    _simplify_links(page)
    _simplify_tables(page)
    _simplify_code(page)
    _simplify_questions(page)
    _protect_signs(page)
    markdown, __ = cleaned(page.to_markdown(_STYLE).translate(_AFTERWARDS))  # a number can be in it, as in `&#2;`
    if markdown.count("\n") > (most := most_lines(markdown)):
        raise NotesError(_("has more than {most} parts; split it into several files", most=amount(most)))
    lines = [line.rstrip() for line in markdown.split("\n")]
    source = read_lines(Lines(lines, list(range(1, len(lines) + 1))), hints)
    source.unplaced += beside
    return source


def _nest_lists(page: Document) -> None:
    """Lists of Google Docs come into the item above them: there, a class says how deep a list is."""
    joined = set(page.select(":is(ul, ol) + :is(ul, ol)"))
    opened: list[tuple[int, Element]] = []
    for each in page.select(":is(ul, ol)[class*=lst-kix]"):
        found = _LEVEL.search(each.attr("class") or "")
        level = int(found[1]) if found else 0
        opened = [(above, item) for above, item in opened if each in joined and above < level]
        items = [item for item in each.children if isinstance(item, Element)]
        if opened:
            opened[-1][1].append(each.extract())
        opened += [(level, item) for item in items[-1:]]


def _join(page: Document) -> None:
    """Words in bold become one `<b>`, also if a style sheet says so, as in Google Docs; the same for lists."""
    names = {name for sheet in page.select("style") for name in _CLASS_OF_BOLD.findall(sheet.text)}
    for span in page.select("span[class]"):
        if names.intersection((span.attr("class") or "").split()):
            span.tag = "b"
    for strong in page.select("strong"):
        strong.tag = "b"
    for each in page.select("b b, b[style*='font-weight:normal']"):
        each.unwrap()
    for second in page.select("b + b, ul + ul, ol + ol[start]:not([start='1'])"):
        first = second.previous_sibling
        if isinstance(first, Element):
            first.extend(list(second.children))
            second.extract()
    for each in page.select("[style]"):
        del each.attrs["style"]  # it may say that spaces are kept, as in code


def _take_out(page: Document) -> Iterator[Unplaced]:
    """Take out what nobody sees, and what stands beside the text of the page, such as menus."""
    title = page.select_one("head title")
    name = title.text if title else ""
    for each in page.select("body > p.title"):  # of Google Docs
        each.tag = "h1"
    page.remove(_UNSEEN)
    for reference in page.select("a[id^=cmnt_ref][href*='#cmnt']"):
        (reference.closest("sup") or reference).extract()
    for comment in page.select("p:has(> a[id^=cmnt][href*='#cmnt_ref'])"):  # of Google Docs
        around = comment.parent
        is_box = isinstance(around, Element) and around.tag == "div" and comment.previous_sibling is None
        box = around.extract() if is_box and isinstance(around, Element) else comment.extract()
        yield Unplaced(1, " ".join(box.stripped_strings), _("a comment, which members do not see"))
    taken = [part.extract() for part in page.select(f"{_BESIDE}:not({_BESIDE} *)")]
    body = page.select_one("body")
    # Confluence calls it `main-content`: its attachments and comments stand beside that.
    main = page.select("main, [role=main]") or page.select("article") or page.select("#main-content.wiki-content")
    if body and len(main) == 1:
        text = main[0].extract()
        taken.append(Element("div", None, list(body.children)))
        body.append(text)
    if body and name.strip() and not page.select_one("h1"):
        body.insert(0, Element("h1", None, [Text(name)]))
    for part in taken:
        if said := " ".join(part.stripped_strings):
            yield Unplaced(1, said, _("a part beside the text of the page, such as a menu"))


def _simplify_links(page: Document) -> None:
    """Leave out links of headings to themselves, to footnotes and around pictures; none leads through Google."""
    for link in page.select("a[href]"):
        address = link.attr("href") or ""
        is_to_itself = "#" in address and link.closest(_HEADING)
        if is_to_itself and not re.search(r"\w", link.text):
            link.extract()
        elif is_to_itself or _FOOTNOTE.fullmatch(link.text) or link.select_one(f"{_HEADING}, img"):
            link.unwrap()
        elif address.startswith("https://www.google.com/url?"):
            link.attrs["href"] = parse_qs(urlsplit(address).query).get("q", [address])[0]


def _simplify_tables(page: Document) -> None:
    """Tables that only arrange the page become its text, and the rows of others get the same number of cells."""
    layout = set(page.select(_LAYOUT))
    cells = [part for part in page.select("tr, td, th, tbody, thead, tfoot") if part.closest("table") in layout]
    for part in (*layout, *cells):
        part.tag = "div"
    for second in page.select("td p + p"):
        second.insert_before(Element("br"), Element("br"))
    for table in page.select("table"):
        is_high = table.select_one("[rowspan]:not([rowspan='1'])")
        rows = [cells for row in table.select("tr") if (cells := row.select("td, th"))]
        width = max(map(len, rows), default=0)
        for cells in rows:
            is_wide = any(cell.attr("colspan", "1") != "1" for cell in cells)
            missing = [Element("td") for __ in range(width - len(cells))] if width <= _MOST_COLUMNS else []
            if is_high and not is_wide:
                # A cell above, which is usually the first, is as high as both rows.
                cells[0].insert_before(*missing)
            else:
                cells[-1].insert_after(*missing)
        for cell in table.select("[rowspan], [colspan]"):
            cell.attrs.pop("rowspan", None)
            cell.attrs.pop("colspan", None)


def _simplify_code(page: Document) -> None:
    """Code gets the language that is said around it, as in pages of Sphinx, and no empty lines at its end."""
    for code in page.select("pre:not(pre *)"):
        around = [each for each in islice(code.ancestors, 2) if isinstance(each, Element)]
        classes = " ".join(each.attr("class") or "" for each in (code, *around))
        if found := _LANGUAGE.search(classes):
            code.attrs["class"] = f"language-{found[1]}"
        for text in reversed([each for each in code.descendants if isinstance(each, Text)]):
            text.data = text.data.rstrip()
            if text.data:
                break


def _simplify_questions(page: Document) -> None:
    """Definitions and what opens a panel become toggles; of the buttons, only those with a title stay."""
    for each in page.select(".expand-container"):
        each.tag = "details"
    for each in page.select(".expand-control"):
        each.tag = "summary"
    _simplify_accordions(page)
    for term in page.select("dt"):
        following = term.find("dt", axis=Axis.NEXT_SIBLINGS)
        term.wrap_siblings(Element("details"), until=following.previous_sibling if following else None)
        term.tag = "summary"
    for around in page.select(f"li:has(> details), :is(ul, ol):has(> li > details), {_TOO_DEEP}"):
        around.unwrap()
    for button in page.select(f"button:not([aria-expanded], {_HEADING} *)"):
        if not asks(button.text):
            button.extract()


def _simplify_accordions(page: Document) -> None:
    """What opens a panel right below it becomes a toggle, if at least half of such texts on the page ask."""
    by_id = {each.attr("id"): each for each in page.select("[id]")}
    toggles: list[tuple[Element, Element, Element]] = []
    openers = ":is([aria-controls], [aria-expanded])"
    for opener in page.select(f"{openers}:not(header *, {_HEADING}, {_HEADING} *, :has({_HEADING}))"):
        panel = by_id.get(opener.attr("aria-controls"))
        if parts := _parts_of_toggle(opener, panel):
            toggles.append((opener, *parts))
    if 2 * sum(asks(" ".join(opener.text.split())) for opener, *__ in toggles) < len(toggles):
        return  # such as buttons that copy, and tabs
    for opener, above, below in toggles:
        toggle = Element("details")
        above.insert_before(toggle)
        opener.tag = "summary"
        toggle.extend([opener.extract(), below.extract()])


def _parts_of_toggle(opener: Element, panel: Element | None) -> tuple[Element, Element] | None:
    """The elements right beside each other that hold only what opens a panel, and the panel; None if none do.

    Without a panel that it names, this is what is hidden below it.
    """
    above = opener
    for around in islice(opener.ancestors, _MOST_AROUND):
        below = next((each for each in above.next_siblings if isinstance(each, Element)), None)
        if below or not isinstance(around, Element) or around.text.strip() != opener.text.strip():
            break
        above = around
    if below and panel is None:
        return (above, below) if below.attr("hidden") is not None else None
    return (above, below) if below and panel and below in (panel, *islice(panel.ancestors, _MOST_AROUND)) else None


def _protect_signs(page: Document) -> None:
    for text in page.descendants:
        if isinstance(text, Text) and _SIGNS.search(text.data):
            is_code = text.parent is not None and text.parent.closest(_CODE)
            text.data = text.data if is_code else _SIGNS.sub(lambda found: _MEANWHILE[found[0]], text.data)
