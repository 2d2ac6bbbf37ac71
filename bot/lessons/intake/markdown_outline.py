"""Arranges blocks in sections with pairs (a question with its answer) and scenarios."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from bot.language.words import N_, _
from bot.lessons.intake.labels import LABELS, TITLE_LENGTH
from bot.lessons.intake.markdown_blocks import stated_in_bold
from bot.lessons.intake.material import NO_TITLE, Block, Pair, Part, Section, Story, Unplaced
from bot.lessons.intake.question_text import (
    has_problems,
    is_contents,
    is_faq,
    is_frame,
    is_question,
    plain_question,
    without_number,
)

LESSON_LEVEL = 2
_COURSE_LEVEL = 1
_LEADS_IN = re.compile(r"\b(scenario|situation|story)\b", re.IGNORECASE)
_IN_SCENARIO = frozenset({"scenario", "solution", "behind", "quiz"})
# The parts in which bold words or list items that ask something count as questions. In other parts they belong to
# the text.
_OPEN_TO = {
    "bold": frozenset({"loose", "bold"}),
    "number": frozenset({"loose", "number"}),
    "list": frozenset({"loose"}),
}
_FOOTER = 3
_FEWEST_WORDS = 3  # of a heading that states a problem

_OUTSIDE = N_("outside of every question and scenario: copy it to where it belongs, or leave it out")
_NO_ANSWER = N_("a question without an answer: add `Answer:` below it")
_NO_QUESTION = N_("an answer without a question: add `Question:` above it")
_OTHER_WAY = N_("a question without an answer of its own: it became a phrasing of the next one")


def pick_titles(blocks: list[Block], title: Block | None) -> tuple[Block, Block]:
    """The titles of the lesson and of its course. Headings with these titles become blocks of the kind "title"."""
    headings = [
        (n, block) for n, block in enumerate(blocks) if block.kind == "heading" and plain_question(block.text)[0]
    ]
    own = [(n, block) for n, block in headings if not is_contents(plain_question(block.text)[0])]
    first_label = next((n for n, block in enumerate(blocks) if _is_label(block)), len(blocks))
    picked = own[:1]
    if picked and (title is None or title.text == picked[0][1].text):
        picked += _only_lesson_below(own, picked[0][1], first_label)
    if picked and _asks(picked[0][1]) and picked[0][1].level > _COURSE_LEVEL:
        picked = []
    if len(picked) == 1 and _is_one_of_several(own, picked[0][1]):
        picked = []
    found = picked[-1][1] if picked else NO_TITLE
    course = picked[0][1] if len(picked) > 1 and (title is None or title.text == found.text) else NO_TITLE
    chosen = title or found
    for n, block in headings:
        if block.text in (chosen.text, course.text) and not _asks(block):
            blocks[n] = replace(block, kind="title")
    return chosen, course


def _only_lesson_below(own: list[tuple[int, Block]], first: Block, first_label: int) -> list[tuple[int, Block]]:
    lessons = [(n, block) for n, block in own if block.level == LESSON_LEVEL and not _asks(block)]
    is_meant = len(lessons) == 1 and lessons[0][0] < first_label and not is_faq(first.text)
    return lessons if first.level == _COURSE_LEVEL and not _asks(first) and is_meant else []


def _is_one_of_several(own: list[tuple[int, Block]], first: Block) -> bool:
    """Whether a heading is a section among others, and not a title above them."""
    return first.level > _COURSE_LEVEL and any(
        block.level <= first.level and block is not first and not _asks(block) for __, block in own
    )


def _is_label(block: Block) -> bool:
    return block.kind in LABELS or bool(block.inner)


def _asks(block: Block) -> bool:
    text = plain_question(block.text)[0]
    return is_question(text) and not (is_faq(text) and len(text.split()) < 5)


def mark_questions(blocks: list[Block], title: Block, name: str) -> None:
    """Turn headings into questions: those that are questions, and the others on a page of questions."""
    headings = [n for n, block in enumerate(blocks) if block.kind == "heading"]
    is_said = {n: _has_text(blocks, n) for n in headings}
    asking = {n for n in headings if _asks(blocks[n]) and is_said[n]}
    # Two questions right after each other have the same answer.
    for n, below in pairwise(headings):
        if _asks(blocks[n]) and below == n + 1 and below in asking and blocks[n].level == blocks[below].level:
            asking.add(n)
    page_is_faq = is_faq(title.text) or is_faq(name)
    asking |= _stated(blocks, headings, is_said, asking, page_is_faq)
    if page_is_faq and not asking and not any(map(_is_label, blocks)):
        asking |= _only_stated(blocks, headings)
    if page_is_faq:
        _mark_bold(blocks)
    for n in asking:
        text = without_number(blocks[n].text)
        blocks[n] = replace(blocks[n], kind="question", text=text, origin="heading")


def _mark_bold(blocks: list[Block]) -> None:
    """Turn lines in bold letters that state a problem into questions, where most such lines are questions."""
    asked = sum(1 for block in blocks if len(block.inner) == 1 and block.inner[0].origin == "bold")
    stated = {n: found for n, block in enumerate(blocks) if (found := stated_in_bold(block))}
    if asked > 1 and asked >= len(stated):
        for n, found in stated.items():
            blocks[n] = found


def _has_text(blocks: list[Block], n: int) -> bool:
    """Whether the text right below this heading is an answer, and not another question."""
    level = blocks[n].level
    is_first = True
    for k in range(n + 1, len(blocks)):
        below = blocks[k]
        if below.kind in ("rule", "aside"):
            continue
        if below.kind != "heading":
            is_question_list = bool(below.inner) and below.inner[0].origin in ("list", "number")
            is_text = below.kind in ("prose", "text", "picture", "answer")
            return is_text and not is_question_list and (not below.inner or below.kind == "text")
        # A lower heading that is not a question can begin the answer.
        if below.level <= level or _asks(below) or not is_first:
            return False
        is_first = False
    return False


def _stated(
    blocks: list[Block], headings: list[int], is_said: dict[int, bool], asking: set[int], page_is_faq: bool
) -> set[int]:
    """Headings below a heading such as "FAQ" that state a problem, beside others that are questions."""
    found: set[int] = set()
    parents = _parents(blocks, headings)
    siblings: dict[tuple[int, int], list[int]] = {}
    for n in headings:
        siblings.setdefault((parents[n][-1] if parents[n] else -1, blocks[n].level), []).append(n)
    has_children = {above for n in asking for above in parents[n]}
    levels = {blocks[n].level for n in asking}
    for (parent, level), group in siblings.items():
        is_below_faq = page_is_faq or (parent >= 0 and is_faq(plain_question(blocks[parent].text)[0]))
        first = next((k for k, n in enumerate(group) if n in asking), None)
        if parent in asking:
            # Below a question, headings are parts of its answer, up to the first that is a question, too.
            beside = group[first:] if first is not None else []
        else:
            is_one = first is not None or (page_is_faq and level in levels)
            above = plain_question(blocks[parent].text)[0] if parent >= 0 else ""
            beside = group if is_one or (has_problems(above) and _are_stated(blocks, group)) else []
        if is_below_faq:
            found |= {n for n in beside if is_said[n] and n not in has_children and not _is_about_page(blocks[n])}
    return found - asking


def _only_stated(blocks: list[Block], headings: list[int]) -> set[int]:
    """The headings of a page whose problems are all stated: "Device not detected". Empty if it is another page."""
    below: dict[int, list[int]] = {}
    parents = _parents(blocks, headings)
    for n in headings:
        below.setdefault(parents[n][-1] if parents[n] else -1, []).append(n)
    found: set[int] = set()
    waiting = [-1]
    while waiting:
        group = below.get(waiting.pop(), [])
        answered = {n for n in group if n + 1 < len(blocks) and blocks[n + 1].kind in ("prose", "text", "picture")}
        # Where a heading has no text before its first lower heading, those beside it are sections, too.
        are_sections = any(n in below and n not in answered for n in group)
        waiting += [n for n in group if n in below] if are_sections else []
        found |= {n for n in answered if not (are_sections and n in below)}
    found = {n for n in found if not _is_about_page(blocks[n])}
    return found if _are_stated(blocks, found) else set()


def _are_stated(blocks: list[Block], headings: Collection[int]) -> bool:
    """Whether headings state problems. Those of topics are short: "Installation", "Usage"."""
    stated = sum(len(blocks[n].text.split()) >= _FEWEST_WORDS for n in headings)
    return len(headings) > 1 and stated * 2 >= len(headings)


def _parents(blocks: list[Block], headings: list[int]) -> dict[int, list[int]]:
    """For each heading, the higher ones that it is below, the nearest last."""
    found: dict[int, list[int]] = {}
    above: list[int] = []
    for n in headings:
        while above and blocks[above[-1]].level >= blocks[n].level:
            above.pop()
        found[n] = list(above)
        above.append(n)
    return found


def _is_about_page(heading: Block) -> bool:
    """Whether a heading is about its page, such as "Contents" or "See also"."""
    text = plain_question(heading.text)[0]
    return is_contents(text) or is_frame(text)


class Outline:
    """Collects the blocks below each label, and pairs questions with answers."""

    def __init__(self, blocks: list[Block]) -> None:
        self.sections = [Section()]
        self.unplaced: list[Unplaced] = []
        self._parts: list[Part | Section] = [Part("loose", [])]
        self._is_over = True
        self._is_in_scenario = False
        self._story_heading: Block | None = None
        self._rule_before: Block | None = None
        self._blocks = list(reversed(blocks))

    def read(self) -> None:
        """Fill `sections` and `unplaced`."""
        while self._blocks:
            block = self._blocks.pop()
            following = self._blocks[-1] if self._blocks else Block("end", 0, 0, "")
            if block.inner and self._is_open_to(block, following):
                self._blocks += reversed(block.inner)
                continue
            self._read(block, following)
        self._pair_up()

    def _is_open_to(self, block: Block, following: Block) -> bool:
        first = block.inner[0]
        part = self._part
        here = part.origin if part.kind == "question" else part.kind
        if part.kind == "question" and self._is_over:
            here = "loose"
        is_alone = first.origin == "number" and len(block.inner) == 1
        if is_alone and following.kind not in ("prose", "text", "picture"):
            return False
        return here in _OPEN_TO[first.origin]

    @property
    def _part(self) -> Part:
        part = self._parts[-1]
        return part if isinstance(part, Part) else Part("loose", [])

    def _read(self, block: Block, following: Block) -> None:
        if block.kind == "aside":
            self.unplaced.append(Unplaced(block.line, block.source, block.text))
        elif block.kind == "rule":
            self._rule(block)
        elif block.kind == "end":
            self._is_over = True
        elif block.kind == "title":
            self._begin("loose", [])
        elif block.kind == "heading":
            self._add_heading(block, following)
        elif block.kind in ("solution", "quiz") and not self._is_in_scenario:
            if block.kind == "quiz" and block.source.startswith("#"):
                self._begin("loose", [])  # multiple choice with a heading is no part of the answer above it
            self._add(Block("prose", block.line, block.end, block.source, block.source))
        elif block.kind == "answer" and self._part.kind == "quiz":
            self._add(block)
        elif block.kind in LABELS:
            self._add_label(block)
        else:
            self._add(block)

    def _rule(self, block: Block) -> None:
        # A few blocks of text after the last rule of a page are a footer.
        rest = len(self._blocks)
        is_footer = (
            0 < rest <= _FOOTER
            and len(self._part.pieces) > (self._part.kind == "question")
            and all(
                each.kind in ("prose", "text", "picture", "aside", "rule") and not each.inner
                for each in self._blocks
            )
        )
        if is_footer or self._part.kind in _IN_SCENARIO:
            self._is_over = True
        else:
            self._rule_before = replace(block, kind="text", text="---", source="")

    def _begin(self, kind: str, pieces: list[Block], origin: str = "") -> None:
        self._rule_before = None
        self._parts.append(Part(kind, pieces, origin))
        self._is_over = kind == "loose"

    def _add(self, block: Block) -> None:
        # A picture below a rule still belongs to the text above it.
        if self._is_over and block.kind != "picture" and self._part.kind != "loose":
            self._begin("loose", [])
        if isinstance(self._parts[-1], Section):
            self._begin("loose", [])
        rule, self._rule_before = self._rule_before, None
        # A rule in front of an answer, or behind one, is no part of it.
        if rule and any(each.text for each in self._part.pieces[self._part.kind == "question" :]):
            self._part.pieces.append(rule)
        self._part.pieces.append(block)

    def _add_label(self, block: Block) -> None:
        opening: list[Block] = []
        if block.kind == "scenario":
            opening = self._lead_in()
        if block.kind in ("scenario", "question"):
            self._is_in_scenario = block.kind == "scenario"
        self._begin(block.kind, [*opening, block], block.origin)

    def _lead_in(self) -> list[Block]:
        if self._story_heading:
            heading, self._story_heading = self._story_heading, None
            return [heading]
        last = self._part
        is_prose = bool(last.pieces) and last.pieces[-1].kind == "prose"
        is_wanted_there = last.kind != "loose" and (
            len(last.pieces) == 1 or not _LEADS_IN.search(last.pieces[-1].text)
        )
        return [last.pieces.pop()] if is_prose and not is_wanted_there else []

    def _add_heading(self, block: Block, following: Block) -> None:
        if following.kind == "scenario" and not following.title and block.text:
            is_title = len(block.text) <= TITLE_LENGTH and not block.text.endswith((".", ":", "!"))
            title, text = (block.text, "") if is_title else ("", block.text)
            self._story_heading = replace(block, kind="prose", title=title, text=text)
        elif self._is_in_text(block, following):
            # Discord has three levels of headings. The card itself uses the larger two.
            self._add(replace(block, kind="text", text=f"### {block.text}"))
        elif block.text:
            self._parts.append(Section(block))
            self._is_over = True
            self._rule_before = None

    def _is_in_text(self, block: Block, following: Block) -> bool:
        part = self._part
        if self._is_over or part.kind == "loose" or not block.text:
            return False
        if following.kind in LABELS and following.kind != "answer":
            return False
        if part.kind == "question" and part.origin in ("heading", "toggle"):
            return part.origin == "toggle" or block.level > part.pieces[0].level
        if (
            following.inner
            and following.inner[0].origin in _OPEN_TO
            and ((part.origin if part.kind == "question" else "answer") == following.inner[0].origin)
        ):
            return False
        has_text = following.kind in ("prose", "text", "picture", "rule")
        section = next((each for each in reversed(self._parts) if isinstance(each, Section)), None)
        floor = section.heading.level if section and section.heading else LESSON_LEVEL
        return block.level > max(floor, LESSON_LEVEL) and has_text

    def _pair_up(self) -> None:
        pairing = _Pairing(self.sections, self.unplaced, self._parts)
        pairing.run()


class _Pairing:
    """Makes pairs and scenarios of the parts, in their sections."""

    def __init__(self, sections: list[Section], unplaced: list[Unplaced], parts: list[Part | Section]) -> None:
        self._sections = sections
        self._unplaced = unplaced
        self._parts = parts
        self._waiting: list[Part] = []
        self._last: Pair | None = None
        self._story: Story | None = None
        labelled = [part for part in parts if isinstance(part, Part) and part.kind == "question"]
        # If no answer in the source has a label, the text below each question is its answer.
        self._needs_label = (
            any(
                one.kind == "question" and one.origin == "label" and isinstance(two, Part) and two.kind == "answer"
                for one, two in pairwise(parts)
                if isinstance(one, Part)
            )
            or not labelled
        )

    def run(self) -> None:
        for part in self._parts:
            if isinstance(part, Section):
                self._flush()
                self._sections.append(part)
            elif part.kind == "question":
                self._question(part)
            elif part.kind == "answer":
                self._answer(part)
            elif self._story and (
                part.kind in ("solution", "quiz") or (part.kind == "behind" and not self._is_told())
            ):
                self._story.others.append(part)
            elif part.kind == "scenario":
                self._flush()
                self._story = Story(part, [])
                self._sections[-1].items.append(self._story)
            elif part.kind == "behind":
                asked = replace(part.pieces[0], text=part.title)
                self._add(Pair(asked, part.pieces))
            elif part.pieces:
                self._leave(part.pieces, _(_OUTSIDE))
                self._last = None
        self._flush()

    def _is_told(self) -> bool:
        return any(part.kind == "behind" for part in self._story.others) if self._story else True

    def _question(self, part: Part) -> None:
        pieces = part.pieces if part.pieces[0].text else part.pieces[1:]
        asked = next((piece for piece in pieces if piece.kind != "picture" and piece.text), None)
        more = [piece for piece in part.pieces if piece is not asked and (piece.text or piece.kind == "picture")]
        is_answered = bool(more) and asked is not None and (part.origin != "label" or not self._needs_label)
        if is_answered and asked:
            bare = [each for each in self._waiting if len(_worded(each)) == 1]
            self._waiting = [each for each in self._waiting if each not in bare]
            others = [_worded(each)[0] for each in bare]
            self._flush()
            if others:
                self._note_phrasings([*others[1:], asked], others[0])
            self._add(Pair(asked, more, others))
            return
        self._last = None
        if self._waiting and len(_worded(self._waiting[-1])) > 1:
            self._flush()
        self._waiting.append(part)

    def _answer(self, part: Part) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            # A label with nothing behind it asks nothing.
            first, *others = [each for each in waiting if _asked_in(each)] or waiting
            words = _worded(first)
            asked = _asked_in(first)
            if asked is None:
                why = _("an answer to a question without words")
                self._leave([*first.pieces, *part.pieces], why)
                return
            more = [piece for each in waiting if not _asked_in(each) for piece in _worded(each)]
            more += [piece for piece in words if piece is not asked]
            phrasings = []
            for other in others:
                phrasings += _worded(other)[:1]
                more += _worded(other)[1:]
            self._note_phrasings(phrasings, asked)
            self._add(Pair(asked, [*more, *part.pieces], phrasings))
        elif self._last:
            self._last.answer += part.pieces
        else:
            self._leave(part.pieces, _(_NO_QUESTION))

    def _note_phrasings(self, phrasings: list[Block], first: Block) -> None:
        # Questions right below each other obviously ask the same, so only others are reported.
        line = first.end
        for each in phrasings:
            if each.line > line:
                self._unplaced.append(Unplaced(each.line, each.source, _(_OTHER_WAY)))
            line = max(line, each.end)

    def _add(self, pair: Pair) -> None:
        self._sections[-1].items.append(pair)
        self._last = pair

    def _flush(self) -> None:
        for part in self._waiting:
            self._leave(part.pieces, _(_NO_ANSWER))
        self._waiting = []
        self._last = None

    def _leave(self, pieces: list[Block], why: str) -> None:
        self._unplaced += [Unplaced(piece.line, piece.source, why) for piece in pieces if piece.source.strip()]


def _asked_in(part: Part) -> Block | None:
    """The words of a question; None if there are none."""
    return next((piece for piece in _worded(part) if piece.kind != "picture"), None)


def _worded(part: Part) -> list[Block]:
    return [piece for piece in part.pieces if piece.kind == "picture" or piece.text]
