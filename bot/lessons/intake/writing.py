"""Makes lessons of a source: entries and scenarios with ids, and a report of what could not be used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from textwrap import shorten
from typing import Any

from bot.errors import NotesError
from bot.language.numbers import amount
from bot.language.words import N_, _
from bot.lessons.ids import id_for
from bot.lessons.intake.data.multiple_choice import OUTSIDE, is_multiple_choice
from bot.lessons.intake.drafts import DRAFT, is_marked
from bot.lessons.intake.material import Block, Pair, Section, Source, Story, Unplaced
from bot.lessons.intake.placing import PicturePlacer
from bot.lessons.intake.question_text import (
    anchor_of,
    asks,
    is_contents,
    is_faq,
    plain_question,
    says_nothing_alone,
    without_number,
)
from bot.lessons.intake.scenario_making import Stories
from bot.lessons.intake.texts import TextConverter, made
from bot.lessons.lesson import Entry, Item, Lesson, Scenario
from bot.lessons.nodes import MAX_BYTES, MAX_PARTS
from bot.lessons.yaml_text import item_to_yaml
from bot.progress import step

MOST_ITEMS = 20_000  # questions that are written in about two seconds
_LINE = 200
# As many characters as a person reviews in one sitting. In larger sources, each section becomes a lesson.
_LESSON_SIZE = 2**18
# Limits for one file: entries and scenarios, YAML nodes, and bytes, with room for what moderators add.
_MOST_IN_FILE = 2000, MAX_PARTS * 3 // 4, MAX_BYTES * 3 // 4
_HEADING_LEFT = N_("a heading that was left out: a lesson has no headings between its questions")
_NOT_ANSWERED = N_("a question without an answer: write the answer below it")
_MARKUP = N_("markup of a question, which members read as plain text")


@dataclass(frozen=True)
class Written:
    """The lessons of a source. `pictures` are their paths where they were found, not `images/<name>`."""

    lessons: tuple[Lesson, ...]
    unplaced: tuple[Unplaced, ...]
    pictures: tuple[str, ...]


def write_lessons(
    source: Source,
    name: str,
    *,
    find_picture: Callable[[str], str],
    taken: Iterable[str],
    base_url: str,
) -> Written:
    """Make lessons of a source.

    `name` is the title if the source has none. `find_picture(path)` returns where the picture is that has
    this path in the source, '' if none can be copied. `taken` are the ids of other lessons. Relative links are
    resolved to `base_url`.
    Raises `NotesError` if there is neither an answered question nor a complete scenario, or too many of them.
    """
    if len(source.items) > MOST_ITEMS:
        raise NotesError(
            _(
                "has {count} questions; at most {most} can be imported at once: split it into several files",
                count=amount(len(source.items)),
                most=amount(MOST_ITEMS),
            )
        )
    draft = _Draft(source, name, find_picture, set(taken), base_url)
    draft.write()
    lessons = draft.lessons()
    unplaced = sorted([*source.unplaced, *draft.texts.unplaced], key=lambda one: one.line)
    if not source.has_lines:
        unplaced = [replace(each, line=0) for each in unplaced]
    if not lessons:
        nothing = _(
            "There is nothing to import: a lesson needs questions with answers (headings that ask a question, "
            "`Question:` and `Answer:`, a table or a list of them), or a `Scenario:` with a solution."
        )
        seen = [_("It has {what}.", what=source.seen)] if source.seen else []
        # That says nothing where nothing was used.
        told = [each for each in unplaced if each.why != _(_HEADING_LEFT)]
        first = [
            _("Line {line}: {why}.", line=each.line, why=each.why)
            if each.line
            else f"'{shorten(each.text, 40, placeholder='…')}': {each.why}."
            for each in told[:1]
        ]
        raise NotesError(" ".join([nothing, *seen, *first]))
    return Written(tuple(lessons), tuple(unplaced), tuple(draft.pictures.by_name.values()))


@dataclass
class _Chapter:
    """The entries and scenarios of one section of the source."""

    heading: Block | None
    is_in_questions: bool = False  # whether the heading is in front of a question
    entries: list[Entry] = field(default_factory=list)
    scenarios: list[Scenario] = field(default_factory=list)

    @property
    def size(self) -> int:
        texts = [*(x.answer + x.question for x in self.entries), *(x.story for x in self.scenarios)]
        return sum(map(len, texts))


class _Draft:
    """Collects the entries and scenarios of a source, and makes lessons of them."""

    def __init__(
        self, source: Source, name: str, find_picture: Callable[[str], str], taken: set[str], base_url: str
    ) -> None:
        self.texts = TextConverter(source, base_url)
        self.pictures = PicturePlacer(self.texts, find_picture)
        self._source = source
        self._chapters: list[_Chapter] = []
        self._title = self._one_line(source.title) or name[:_LINE] or "Questions"
        self._course = self._one_line(source.course) or None
        self._taken = taken
        self._stories = Stories(self._title, taken, self.texts, self.pictures)
        self._questions: dict[int, str] = {}
        self._ids: dict[int, str] = {}
        self._pairs_with: Counter[str] = Counter()  # the pairs with a question, phrasing or keyword, by its words
        self._with_topic: set[int] = set()  # the pairs with the heading of their section in front of the question

    def _one_line(self, block: Block) -> str:
        text = self._plain(block)
        if len(text) > _LINE:
            self.texts.leave([block], _("a title of more than {most} characters", most=_LINE))
            return ""
        return text

    def _plain(self, block: Block) -> str:
        text, dropped = plain_question(block.text)
        self.texts.unplaced += [Unplaced(block.line, each, _(_MARKUP)) for each in dropped]
        return text

    def write(self) -> None:
        self._name_pairs()
        with step("Making entries", len(self._source.items)) as reach:
            done = 0
            for section in self._source.sections:
                self._chapters.append(_Chapter(section.heading))
                for item in section.items:
                    reach(done := done + 1)
                    if isinstance(item, Pair):
                        self._add_pair(item)
                    else:
                        self._add_story(item)
        for each in self._chapters:
            if each.heading and not each.is_in_questions:
                self.texts.leave([each.heading], _why_unused(each))
        self.texts.unplaced += self.texts.unused()

    def _name_pairs(self) -> None:
        """Set the question and the id of each pair. A question that is unclear alone gets its topic in front."""
        pairs = [(each, item) for each in self._source.sections for item in each.items if isinstance(item, Pair)]
        for __, pair in pairs:
            self._pairs_with.update({_folded(each) for each in (pair.question, *pair.phrasings, *pair.keywords)})
        asked = [self._plain(pair.question) for __, pair in pairs]
        topics = [_topic(section, self._title) for section, __ in pairs]
        asked_in: dict[str, set[str]] = {}
        for text, topic in zip(asked, topics, strict=True):
            asked_in.setdefault(text.casefold(), set()).add(topic)
        anchors: dict[str, str] = {}
        for (__, pair), text, topic in zip(pairs, asked, topics, strict=True):
            is_vague = len(asked_in[text.casefold()]) > 1 or says_nothing_alone(text)
            # A heading of one word says too little, such as "Crashes".
            is_vague |= pair.question.origin == "heading" and " " not in text and "?" not in text
            if topic and text and is_vague and len(topic) + len(text) + 2 <= _LINE:
                self._with_topic.add(id(pair))
                self._name(pair, f"{topic}: {text}")
            else:
                self._name(pair, text)
            for anchor in _anchors(pair.question.source):
                anchors.setdefault(anchor, self._ids[id(pair)])
            anchors.setdefault(text.casefold(), self._ids[id(pair)])
        if self._source.block_ids:
            at = {line: self._ids[id(pair)] for __, pair in pairs for line in _lines_of(pair)}
            anchors |= {f"^{name}": at[line] for name, line in self._source.block_ids.items() if line in at}
        self.texts.know_anchors(anchors, {self._ids[n]: text for n, text in self._questions.items()})

    def _name(self, pair: Pair, question: str) -> None:
        self._questions[id(pair)] = question
        self._ids[id(pair)] = id_for(pair.tag or question, self._taken)
        self._taken.add(self._ids[id(pair)])

    def _add_story(self, story: Story) -> None:
        scenario, behind = self._stories.write(story)
        if scenario:
            self._chapters[-1].scenarios.append(scenario)
        elif behind:
            pair = Pair(replace(behind.pieces[0], text=behind.title), behind.pieces)
            self._name(pair, behind.title)
            self._add_pair(pair)

    def _add_pair(self, pair: Pair) -> None:
        if is_marked(pair.question.text):
            self.texts.leave([pair.question, *pair.phrasings, *pair.keywords, *pair.answer], _(DRAFT))
            self._taken.discard(self._ids[id(pair)])
            return
        # `Any`: `made` lets pydantic check the fields.
        fields: dict[str, Any] = {"id": self._ids[id(pair)], "question": self._questions[id(pair)]}
        pair.answer = self.pictures.with_words(pair.answer)
        answer = self.texts.convert(pair.answer)
        entry = _(OUTSIDE) if is_multiple_choice(pair) else made(Entry, **fields, answer=answer.text)
        if isinstance(entry, str):
            left = [piece for piece in pair.answer if piece.source != pair.question.source]
            self.texts.leave([pair.question, *pair.phrasings, *pair.keywords, *left], entry)
            self._taken.discard(fields["id"])
            return
        fields["phrasings"] = self._phrasings(pair, fields["question"])
        if any(piece.kind == "picture" for piece in pair.answer):
            fields["image"] = self.pictures.place([pair.answer])
            answer = self.texts.convert(pair.answer)
        self.texts.keep(answer)
        fields["related"] = tuple(dict.fromkeys(each for each in answer.related if each != fields["id"]))
        if fields["phrasings"] or fields["related"] or "image" in fields:
            entry = Entry(**fields, answer=answer.text)
        self._chapters[-1].entries.append(entry)
        self._chapters[-1].is_in_questions |= id(pair) in self._with_topic

    def _phrasings(self, pair: Pair, question: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        own: list[Block] = []
        shared: list[Block] = []
        for each in pair.keywords:
            (shared if self._pairs_with[_folded(each)] > 1 else own).append(each)
        self.texts.leave(shared, _("a keyword of several questions: it does not say which of them is meant"))
        for each in (*pair.phrasings, *own):
            text = self._plain(each)
            if isinstance(made(Entry, id="a", question=text, answer="a"), str):
                self.texts.leave(
                    [each], _("a phrasing of more than {most} characters, or without words", most=_LINE)
                )
            elif text.casefold() != question.casefold():
                found[text] = None
        return tuple(found)

    def lessons(self) -> list[Lesson]:
        """One lesson; or, if it would be too large, one or more for each section."""
        chapters = [each for each in self._chapters if each.entries or each.scenarios]
        _forget_missing(chapters)
        if sum(each.size for each in chapters) <= _LESSON_SIZE:
            return _in_files(self._title, self._course, chapters)
        top = min((each.heading.level for each in chapters if each.heading), default=0)
        groups: list[tuple[Block | None, list[_Chapter]]] = [(None, [])]
        for each in self._chapters:
            if each.heading and each.heading.level <= top:
                groups.append((each.heading, []))
            groups[-1][1].append(each)
        lessons: list[Lesson] = []
        titles: set[Unplaced] = set()
        for heading, members in groups:
            title = without_number(plain_question(heading.text)[0])[:_LINE] if heading else ""
            course = self._course or (self._title if title else None)
            found = _in_files(title or self._title, course, members)
            lessons += found
            if found and heading and title:
                titles.add(Unplaced(heading.line, heading.source, _why_unused(members[0])))
        self.texts.unplaced = [each for each in self.texts.unplaced if each not in titles]
        return lessons


def _why_unused(chapter: _Chapter) -> str:
    is_empty = not chapter.entries and not chapter.scenarios
    is_asked = is_empty and chapter.heading and asks(chapter.heading.text, by_words=False)
    return _(_NOT_ANSWERED if is_asked else _HEADING_LEFT)


def _forget_missing(chapters: list[_Chapter]) -> None:
    """Remove links to entries that could not be used."""
    known = {entry.id for each in chapters for entry in each.entries}
    for chapter in chapters:
        for n, entry in enumerate(chapter.entries):
            there = tuple(each for each in entry.related if each in known)
            if there != entry.related:
                chapter.entries[n] = entry.model_copy(update={"related": there})


def _in_files(title: str, course: str | None, chapters: list[_Chapter]) -> list[Lesson]:
    """The chapters in as few lessons as the limits of a file allow."""
    files: list[tuple[list[Entry], list[Scenario]]] = []
    left: tuple[int, ...] = ()

    def file_for(item: Item) -> tuple[list[Entry], list[Scenario]]:
        nonlocal left
        taken = 1, _parts_in(item.model_dump(exclude_defaults=True)), len(item_to_yaml(item, 2).encode()) + 1
        if not files or any(need > there for need, there in zip(taken, left, strict=True)):
            files.append(([], []))
            left = _MOST_IN_FILE
        left = tuple(there - need for need, there in zip(taken, left, strict=True))
        return files[-1]

    for chapter in chapters:
        for entry in chapter.entries:
            file_for(entry)[0].append(entry)
        for scenario in chapter.scenarios:
            file_for(scenario)[1].append(scenario)
    names = [title if n == 1 else f"{title[: _LINE - 8]} ({n})" for n in range(1, len(files) + 1)]
    return [
        Lesson(lesson=name, course=course, entries=tuple(entries), scenarios=tuple(scenarios))
        for name, (entries, scenarios) in zip(names, files, strict=True)
    ]


def _parts_in(value: object) -> int:
    """How many texts, lists and mappings a YAML file has for it."""
    if isinstance(value, Mapping):
        return 1 + sum(1 + _parts_in(inner) for inner in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return 1 + sum(map(_parts_in, value))
    return 1


def _topic(section: Section, title: str) -> str:
    text = without_number(plain_question(section.heading.text)[0]) if section.heading else ""
    return "" if not text or text == title or is_contents(text) or is_faq(text) else text.rstrip(" :.?!")


def _folded(block: Block) -> str:
    """The words of a question, a phrasing or a keyword, in the form in which they are compared."""
    return plain_question(block.text)[0].casefold()


def _lines_of(pair: Pair) -> Iterator[int]:
    for each in (pair.question, *pair.phrasings, *pair.keywords, *pair.answer):
        yield from range(each.line, each.end)


def _anchors(heading: str) -> list[str]:
    """The anchors by which links inside the page can refer to this heading."""
    text = plain_question(heading.strip().strip("#"))[0]
    # Some sites leave the number of a heading out of its anchor.
    shown = dict.fromkeys((anchor_of(text), anchor_of(without_number(text))))
    return [*shown, *re.findall(r"(?:\{:?\s*#|\b(?:name|id)=[\"'])([\w-]+)", heading)]
