"""Reads Markdown: questions and answers in headings, labels, lists, tables and toggles."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from bot.errors import NotesError
from bot.language.words import N_, _, _n
from bot.lessons.intake.chats import CHAT, is_chat
from bot.lessons.intake.data.nodes import Data, Map, Scalar, load_toml, read_yaml
from bot.lessons.intake.data.record_shapes import record_in
from bot.lessons.intake.data.records import read_records
from bot.lessons.intake.density import refuse_short_lines
from bot.lessons.intake.drafts import draft_field, draft_field_above, refuse_draft
from bot.lessons.intake.labels import LABELS, label, label_style
from bot.lessons.intake.markdown.blocks import read_blocks
from bot.lessons.intake.markdown.flavors import plain_lines
from bot.lessons.intake.markdown.hanging_answers import without_hanging_indent
from bot.lessons.intake.markdown.heading_questions import mark_questions
from bot.lessons.intake.markdown.html_marks import without_tilde_underlines
from bot.lessons.intake.markdown.obsidian_marks import without_marks
from bot.lessons.intake.markdown.outline import Outline
from bot.lessons.intake.markdown.plain_questions import seen_in_text, with_plain_questions
from bot.lessons.intake.markdown.titles import pick_titles
from bot.lessons.intake.markdown_lines import Lines, fences
from bot.lessons.intake.material import NO_TITLE, Block, Hints, Pair, Section, Source, Story, Unplaced, text_block
from bot.lessons.intake.notion import without_properties
from bot.lessons.intake.question_text import asks, is_date_or_number, is_question, plain_question

_FIELD = r"(?P<quote>[\"']?)[\w-]+(?P=quote)[ \t]*:"
_NO_FIELD = N_("front matter that a lesson has no field for")
_MOST_FIELDS = 40


def read_markdown(text: str, hints: Hints) -> Source:
    """The source in a `.md` file or a plain text. Raises `NotesError` if reading it would take too long."""
    refuse_short_lines(text)
    lines = without_tilde_underlines([line.rstrip() for line in text.split("\n")])
    front = _FrontMatter(lines)
    first = next((n for n, line in enumerate(lines) if line), 0)
    head = lines[first : lines.index("", first) if "" in lines[first:] else len(lines)]
    refuse_draft(front.draft_field() or draft_field_above(head[:_MOST_FIELDS]))
    own, repeated = without_properties(Lines(lines, list(range(1, len(lines) + 1))), hints.properties)
    if field := draft_field((name, value) for name, __, value in (each.text.partition(":") for each in repeated)):
        raise NotesError(_("is not published, as its property says ({field}): publish it first", field=field))
    source = read_lines(own, replace(hints, is_single=hints.is_single and not front.records), front)
    source.unplaced += repeated
    if front.records:
        found = read_records(Map(front.records))
        source.sections += found.sections
        source.unplaced += found.unplaced
    return source


def read_lines(lines: Lines, hints: Hints, front: _FrontMatter | None = None) -> Source:
    """The source in lines of Markdown, which may be converted from another format."""
    front = front or _FrontMatter([])
    found = plain_lines(lines)
    marked = without_marks(found.lines)
    style = label_style(marked.lines.texts)
    own = without_hanging_indent(marked.lines, style)
    title, course = front.take("title"), front.take("course")
    source, blocks = _outlined(own, style, title, course, hints)
    if not source.items and not front.asks() and not asks(source.title.text):
        if is_chat(marked.lines.texts):
            raise NotesError(_(CHAT))
        plain = with_plain_questions(marked.lines)
        source, blocks = _outlined(plain, style, title, course, hints) if plain else (source, blocks)
        if not source.items and not source.seen:
            source.seen = seen_in_text(marked.lines)
    source.addresses, source.footnotes = found.addresses, found.footnotes
    source.block_ids = marked.block_ids
    # A tag of a bot is one question, even if its text asks more.
    is_tag = front.has_embed() and all(_is_in_bold(each) for each in source.items)
    if not source.items or is_tag:
        source = _single(front, blocks, source, hints) or source
    elif len(source.items) == 1 and isinstance(only := source.items[0], Pair):
        only.phrasings += front.take_list("aliases") or front.take_list("phrasings")
        first = next((each for each in blocks if each.kind not in ("aside", "rule")), None)
        # Everything on the page belongs to the question at its top.
        source.is_single = hints.is_single and first is not None and first.line == only.question.line
    source.unplaced += [*found.unplaced, *marked.unplaced, *_open_fence(marked.lines, style), *front.unused()]
    return source


def _is_in_bold(item: Pair | Story) -> bool:
    return isinstance(item, Pair) and item.question.origin == "bold"


def _outlined(
    lines: Lines, style: frozenset[str], title: Block | None, course: Block | None, hints: Hints
) -> tuple[Source, list[Block]]:
    """The sections, questions and scenarios of these lines, and their blocks."""
    blocks = read_blocks(lines, style)
    chosen, above = pick_titles(blocks, title, hints.name)
    mark_questions(blocks, chosen, hints.name)
    outline = Outline(blocks)
    outline.read()
    source = Source(chosen, course or above, outline.sections)
    source.unplaced = outline.unplaced
    source.seen = _seen(blocks)
    return source, blocks


class _FrontMatter:
    """The front matter of a page: its YAML fields, which are removed from the page's lines."""

    def __init__(self, lines: list[str]) -> None:
        self._blocks: list[Block] = []
        # Fields with lists of questions and answers, as pages of some sites have them.
        self.records: list[tuple[Scalar, Data]] = []
        self._data: dict[str, object] = {}
        if lines[:1] == ["+++"]:
            self._read_toml(lines)
            return
        end = next((n for n, line in enumerate(lines) if n and line in ("---", "...")), 0)
        inside = lines[1:end]
        keys = [line for line in inside if line and line[0] not in " \t-#]}"]
        if not lines or lines[0] != "---" or not keys or not all(re.match(_FIELD, key) for key in keys):
            return
        self.records = _records_in(inside)
        if not self.records and any(
            label(line, frozenset({"q", "a"}), is_heading=False)
            for line in inside
            if not line.startswith("question:")
        ):
            return
        lines[: end + 1] = [""] * (end + 1)
        keys_at = [n for n, line in enumerate(inside, 2) if line in keys]
        self._blocks = [
            Block("front matter", n, n + 1, line, line)
            for n, line in enumerate(inside, 2)
            if line.strip() and not _is_of(n, keys_at, self.records)
        ]
        self._data = _plain_yaml("\n".join(inside))

    def _read_toml(self, lines: list[str]) -> None:
        """Read fields as Hugo has them: `title = "Kilns"`, between two lines `+++`."""
        end = next((n for n, line in enumerate(lines) if n and line == "+++"), 0)
        try:
            fields = load_toml("\n".join(lines[1:end]))
        except NotesError:
            return
        self._data = {key.lower(): value for key, value in fields.items()}
        numbered = [(n, line) for n, line in enumerate(lines[1:end], 2) if line.strip()]
        self._blocks = [Block("front matter", n, n + 1, line, line) for n, line in numbered]
        lines[: end + 1] = [""] * (end + 1)

    def take(self, *path: str) -> Block | None:
        """The text of a field, which then counts as used; None if there is none."""
        value: object = self._data
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str) and value.strip():
            block = next((b for b in self._blocks if _key_of(b.text) == path[-1]), None)
            if block and plain_question(value)[0]:
                self._blocks.remove(block)
                self._blocks = [b for b in self._blocks if len(path) == 1 or b.text.strip() != f"{path[0]}:"]
                return Block("title", block.line, block.end, block.source, value.strip())
        return None

    def has_embed(self) -> bool:
        """Whether the page is a tag of a bot, with the title of its message."""
        embed = self._data.get("embed")
        return isinstance(embed, dict) and isinstance(embed.get("title"), str)

    def draft_field(self) -> str:
        """The field that says that the site of this page does not show it, such as `draft: true`; '' if none."""
        said = ((key, each) for key, value in self._data.items() for each in _listed(value))
        return draft_field((key, str(each).lower()) for key, each in said if isinstance(each, str | bool))

    def asks(self) -> bool:
        """Whether a field says which question the page answers."""
        return "question" in self._data

    def take_list(self, key: str) -> list[Block]:
        """The texts of a list in this field, which then count as used; empty if there are none."""
        value = self._data.get(key)
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(each, str) and each.strip() for each in words):
            return []
        at = next((k for k, b in enumerate(self._blocks) if _key_of(b.text) == key), None)
        if at is None:
            return []
        end = at + 1
        while end < len(self._blocks) and self._blocks[end].text[0] in " \t-]":
            end += 1
        line = self._blocks[at].line
        del self._blocks[at:end]
        return [text_block(each, line) for each in words]

    def unused(self) -> Iterator[Unplaced]:
        for block in self._blocks:
            yield Unplaced(block.line, block.source, _(_NO_FIELD))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _records_in(lines: list[str]) -> list[tuple[Scalar, Data]]:
    """The fields with lists of questions and answers."""
    try:
        data, __ = read_yaml("\n".join(["", *lines]))
    except NotesError:
        return []
    pairs = data.pairs if isinstance(data, Map) else []
    lists = [(key, value) for key, value in pairs if isinstance(value, list)]
    return [(k, value) for k, value in lists if any(isinstance(each, Map) and record_in(each) for each in value)]


def _is_of(line: int, keys_at: list[int], records: list[tuple[Scalar, Data]]) -> bool:
    """Whether a line belongs to one of these fields."""
    at = bisect_right(keys_at, line) - 1
    return at >= 0 and any(key.line == keys_at[at] for key, __ in records)


def _key_of(line: str) -> str:
    found = re.match(r"[^:=]+[:=]", line)
    return found[0][:-1].strip().strip("\"'").lower() if found else ""


def _plain_yaml(text: str) -> dict[str, object]:
    try:
        data, __ = read_yaml(text)
    except NotesError:
        pairs = (line.partition(":") for line in text.split("\n"))
        return {key.strip().lower(): value.strip(" \t\"'") for key, __, value in pairs}
    return {key.lower(): _plain(value) for key, value in data.pairs} if isinstance(data, Map) else {}


def _plain(data: Data) -> object:
    if isinstance(data, Map):
        return {key: _plain(value) for key, value in data.pairs}
    return [_plain(each) for each in data] if isinstance(data, list) else data


def _single(front: _FrontMatter, blocks: list[Block], source: Source, hints: Hints) -> Source | None:
    """The source of a page that is one question with its answer; None if the question is not found."""
    asked = front.take("question") or front.take("embed", "title")
    phrasings = front.take_list("aliases") or front.take_list("phrasings")
    title = source.title if source.title.text else next((each for each in blocks if each.kind == "heading"), None)
    is_dated = is_date_or_number(hints.name)
    if asked is None and title and (said := plain_question(title.text)[0]) and not is_date_or_number(said):
        # A heading of a daily note is a part of it, and the title in the front matter is chosen for the page.
        is_page = hints.is_single and (not is_dated or all(each.line != title.line for each in blocks))
        asked = title if phrasings or is_page or is_question(said) else None
    if asked is None and hints.is_single and hints.name and not is_dated:
        asked = Block("title", 1, 1, hints.name, " ".join(hints.name.replace("-", " ").replace("_", " ").split()))
    answer = [
        replace(each, kind="text", text=f"### {each.text}") if each.kind in ("heading", "title") else each
        for each in map(_as_text, blocks)
        if each.kind in ("prose", "text", "picture", "rule")
        or (each.kind in ("heading", "title") and (asked is None or each.line != asked.line))
    ]
    told = [each for each in answer if each.kind != "rule"]
    if asked is None and is_dated:
        source.seen = _("a date or a number for its name, and no heading that asks anything")
    if asked is None or not any(each.kind in ("prose", "picture") or "###" not in each.text for each in told):
        return None
    found = replace(source, title=NO_TITLE, sections=[Section(None, [Pair(asked, answer, phrasings)])])
    found.unplaced = [Unplaced(each.line, each.source, each.text) for each in blocks if each.kind == "aside"]
    found.is_single = True
    if source.title.text and source.title.kind != "title" and source.title is not asked:
        found.title = source.title
    return found


def _as_text(block: Block) -> Block:
    """A block with a label (`Solution 1:`) as text, with its label: there is no question that it belongs to."""
    return replace(block, kind="prose", text=block.source) if block.kind in LABELS else block


def _open_fence(lines: Lines, style: frozenset[str]) -> Iterator[Unplaced]:
    texts, numbers = lines.texts, lines.numbers
    opened = fences(texts)[1]
    if opened is None:
        return
    swallowed = sum(
        1
        for text in texts[opened + 1 :]
        if ((found := label(text, style, is_heading=text.startswith("#"))) and found["kind"] == "question")
        or (text.startswith("#") and asks(text.lstrip("# ")))
    )
    why = _n(
        "the code block that begins on line {line} is never closed; it contains {count} question",
        "the code block that begins on line {line} is never closed; it contains {count} questions",
        swallowed,
        line=numbers[opened],
    )
    yield Unplaced(numbers[opened], texts[opened], why)


def _seen(blocks: list[Block]) -> str:
    """A description of a page's parts, for the error if it has no questions."""
    headings = [block for block in blocks if block.kind in ("heading", "title")]
    asking = sum(1 for block in headings if block.text.rstrip(" *_").endswith("?"))
    if asking:
        return _n(
            "{count} heading that ends in '?', but no text below",
            "{count} headings that end in '?', but no text below",
            asking,
        )
    if headings:
        return _n(
            "{count} heading, which asks nothing",
            "{count} headings, none of which asks anything",
            len(headings),
        )
    return ""
