"""Reads quizzes in GIFT, Moodle's format: questions with an answer that is right whatever the choices are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from bot.language.words import N_, _, _n
from bot.lessons.intake.data.multiple_choice import OUTSIDE
from bot.lessons.intake.data.records import begin_category
from bot.lessons.intake.material import NO_TITLE, Hints, Pair, Section, Source, Unplaced, text_block
from bot.lessons.intake.question_text import asks

# What a backslash makes a plain character becomes one of these signs until the text is read.
_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_ESCAPES = {sign: chr(n) for n, sign in enumerate("~=#{}:\\n", 1)}
_PLAIN = str.maketrans({sign: "\n" if plain == "n" else plain for plain, sign in _ESCAPES.items()})
_NAME = re.compile(r"::((?:[^:]|:(?!:)){0,500})::")
_CATEGORY = re.compile(r"\$CATEGORY:(.*)")
_FORMAT = re.compile(r"\s*\[(?:html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,9})?)%")
_ANSWER = re.compile(r"[=~][^=~]*")
_NUMBER = re.compile(r"\s*(-?\d[\d.,]*(?:e-?\d+)?)\s*(?::.*)?", re.IGNORECASE | re.DOTALL)
_TRUTH = re.compile(r"\s*(?:T|TRUE|F|FALSE)\s*")
_OF_MOODLE = re.compile(r"\s*//\s*question:\s*\d+\s")
# What a text that is no `.gift` file must have: answers in braces, more than one, or one below a name.
_ANSWERS = re.compile(r"(?<!\\)\{\s*(?:=\s*\S|~\s*\S|%|#\s*=?\s*-?\d|(?:T|TRUE|F|FALSE)\s*[}#])[^{}]*\}")
_MARKS = re.compile(r"^(?:::[^\n]{0,300}::|\$CATEGORY:|[ \t]{0,9}//[ \t]{0,9}question:)", re.MULTILINE)
_SAMPLE = 20_000
# A question or an answer that says nothing without its choices.
_CHOOSES = re.compile(
    r"\b(?:following|these|above|below|folgende[mnrs]?|diese[mnrs]?|obige[mnrs]?|siguientes?|est[ao]s|anteriores)\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"@@PLUGINFILE@@|<(?:img|audio|video|iframe|pre)\b|!\[|```", re.IGNORECASE)
_REACTION = re.compile(
    r"\W*(?:yes|no|right|wrong|correct|incorrect|sorry|good|well done|very good|great|excellent|exactly|try again|"
    r"that's|ja|nein|richtig|falsch|leider|gut|sehr gut|genau|stimmt|s\u00ed|correcto|incorrecto|muy bien|bien|"
    r"exacto|lo siento|int\u00e9ntalo)\b",
    re.IGNORECASE,
)
_NOT_ANSWERED = N_("a question without an answer: write the answer below it")
_GAP = N_("a text with a gap, or one that asks nothing: write a question and its answer in words")
_FEEDBACK = N_("feedback on what a learner answered")
_NOT_CHOSEN = N_("a choice that is not the answer")
_UNEXPLAINED = N_("true or false without an explanation: write the answer in words")


@dataclass(frozen=True)
class _Answer:
    line: int
    text: str
    feedback: str
    percent: float
    is_choice: bool


def is_gift(text: str) -> bool:
    """Whether a text without this ending is a quiz in GIFT, as Moodle exports it."""
    sample = text[:_SAMPLE]
    found = sum(1 for __ in _ANSWERS.finditer(sample))
    return found > 0 and bool(_MARKS.search(sample))


def read_gift(text: str, hints: Hints) -> Source:
    """The source in a quiz."""
    source = Source(NO_TITLE, NO_TITLE, [Section()])
    questions = [_Question(source, line, block) for line, block in _blocks(text, source)]
    for each in questions:
        each.read()
    count = sum(each.has_answers for each in questions)
    source.seen = _n("{count} question of a quiz", "{count} questions of a quiz", count)
    return source


def _blocks(text: str, source: Source) -> Iterator[tuple[int, str]]:
    """What stands between empty lines, with its first line, without comments. A category is alone."""
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.lstrip().startswith("//"):
            said = line.lstrip().lstrip("/").strip()
            if said and not _OF_MOODLE.match(line):
                source.unplaced.append(Unplaced(number, said, _("a comment, which members do not see")))
            lines += [""] if lines else []
            continue
        lines += [line] if line.strip() else []
        if lines and (not line.strip() or _CATEGORY.match(line)):
            yield number - len(lines) + (1 if line.strip() else 0), "\n".join(lines)
            lines = []


class _Question:
    def __init__(self, source: Source, line: int, block: str) -> None:
        self._source = source
        self._line = line
        self._text = _ESCAPED.sub(lambda found: _ESCAPES[found[1]], block)
        self._ends = [found.start() for found in re.finditer("\n", self._text)]
        self._begin = self._text.find("{")
        self._end = self._text.find("}", self._begin)
        self.has_answers = 0 <= self._begin < self._end

    def read(self) -> None:
        if category := _CATEGORY.match(self._text):
            begin_category(self._source, _plain(category[1].rpartition("/")[2]), self._line)
            return
        at = len(self._text) - len(self._text.lstrip())
        if name := _NAME.match(self._text, at):
            self._leave(name.start(1), name[1], _("the name of a question, which lessons do not have"))
            at = name.end()
        if not self.has_answers:
            is_broken = "{" in self._text or "}" in self._text
            why = _("a brace is missing here") if is_broken else _("a text without a question")
            self._leave(at, self._text[at:], why)
            return
        before, after = self._text[at : self._begin], self._text[self._end + 1 :]
        is_gap = any(each.isalnum() for each in after)
        asked = _plain(f"{before}_____{after}" if is_gap else before)
        inside, mark, general = self._text[self._begin + 1 : self._end].rpartition("####")
        if not mark:
            inside, general = general, ""
        self._read_answers(asked, self._begin + 1, inside, general, is_gap=is_gap)

    def _read_answers(self, asked: str, at: int, inside: str, general: str, *, is_gap: bool) -> None:
        parts = inside.split("#", 2)
        explained = self._explained(at + len(inside) + 4, general)
        if not inside.strip():
            why = "" if explained and asks(asked) else _(_NOT_ANSWERED)
            self._add(asked, explained, _(_GAP) if is_gap else why)
        elif _TRUTH.fullmatch(parts[0]):
            after = at + len(parts[0]) + 1
            said = [*(self._explained(after, parts[1]) if len(parts) > 1 else []), *explained]
            if len(parts) > 2:
                self._leave(after + len(parts[1]) + 1, parts[2], _(_FEEDBACK))
            self._add(asked, said, "" if said else _(_UNEXPLAINED))
        elif inside.lstrip().startswith("#"):
            self._read_number(asked, at + inside.index("#") + 1, inside, explained, is_gap=is_gap)
        else:
            answers = [self._answer(at + each.start(), each[0]) for each in _ANSWER.finditer(inside)]
            self._read_choices(asked, answers, explained, is_gap=is_gap)

    def _read_number(
        self, asked: str, at: int, inside: str, explained: list[tuple[int, str]], *, is_gap: bool
    ) -> None:
        rest = inside[inside.index("#") + 1 :]
        marked = [self._answer(at + each.start(), each[0]) for each in _ANSWER.finditer(rest)]
        answers = marked or [self._answer(at, f"={rest}")]
        for n, each in enumerate(answers):
            if number := _NUMBER.fullmatch(each.text):
                value = "" if ".." in number[1] else number[1]
                answers[n] = _Answer(each.line, value or each.text, each.feedback, each.percent, is_choice=False)
        right = next((each for each in answers if each.percent == 100), answers[0])
        if ".." in right.text:
            self._source.unplaced.append(
                Unplaced(right.line, right.text, _("a range of numbers, which is no answer in words"))
            )
            self._add(asked, explained, _(_NOT_ANSWERED))
            return
        self._read_choices(asked, answers, explained, is_gap=is_gap)

    def _read_choices(
        self, asked: str, answers: list[_Answer], explained: list[tuple[int, str]], *, is_gap: bool
    ) -> None:
        is_choice = any(each.is_choice for each in answers)
        are_pairs = _are_pairs(answers)
        right, said = _matched(answers) if are_pairs else _right(answers)
        asks_for_words = asks(asked) or (asked.endswith((".", ":", "!")) and not are_pairs)
        why = ""
        if is_gap or not asks_for_words:
            why = _(_GAP)
        elif is_choice and (_CHOOSES.search(asked) or any(_CHOOSES.search(text) for __, text in said)):
            why = _(OUTSIDE)
        elif not said:
            why = _(_NOT_ANSWERED)
        one = [(said[0][0], "\n".join(text for __, text in said))] if said else []
        self._add(asked, [*one, *explained], why)
        taken = frozenset(right)
        for each in answers:
            others = _(_NOT_CHOSEN) if is_choice or are_pairs else _other(each)
            self._name(each, "" if each in taken else why or others)

    def _name(self, answer: _Answer, why: str) -> None:
        """Name an answer, if there is a reason, and always the feedback on it."""
        feedback = (answer.feedback, _(_FEEDBACK))
        named = ((text, reason) for text, reason in ((answer.text, why), feedback) if text and reason)
        self._source.unplaced += [Unplaced(answer.line, text, reason) for text, reason in named]

    def _answer(self, at: int, marked: str) -> _Answer:
        said, __, feedback = marked[1:].partition("#")
        weight = _WEIGHT.match(said)
        percent = float(weight[1]) if weight else 100.0 if marked[0] == "=" else 0.0
        text = said[weight.end() :] if weight else said
        line = self._line_of(at + 1 + len(said) - len(said.lstrip()))
        return _Answer(line, _plain(text), _plain(feedback), percent, is_choice=marked[0] == "~")

    def _explained(self, at: int, feedback: str) -> list[tuple[int, str]]:
        """What explains an answer to everybody. What only reacts to a learner is named."""
        said = _plain(feedback)
        if said and _REACTION.match(said):
            self._leave(at, feedback, _(_FEEDBACK))
            return []
        return [(self._line_of(at), said)] if said else []

    def _add(self, asked: str, said: list[tuple[int, str]], why: str) -> None:
        """Add an entry; or name its parts, if there is a reason not to."""
        if not why and _SHOWN.search(asked):
            why = _("a question about a picture, a sound or code, which nobody asks without it")
        if not why:
            answer = text_block("\n\n".join(text for __, text in said), said[0][0])
            self._source.sections[-1].items.append(Pair(text_block(asked, self._line), [answer]))
            return
        self._leave(0, asked, why)
        self._source.unplaced += [Unplaced(line, text, why) for line, text in said]

    def _leave(self, at: int, text: str, why: str) -> None:
        if said := _plain(text):
            self._source.unplaced.append(Unplaced(self._line_of(at), said, why))

    def _line_of(self, at: int) -> int:
        return self._line + bisect_right(self._ends, at - 1)


def _are_pairs(answers: list[_Answer]) -> bool:
    return bool(answers) and all("->" in each.text and not each.is_choice for each in answers)


def _matched(answers: list[_Answer]) -> tuple[list[_Answer], list[tuple[int, str]]]:
    """The pairs, and each as a line with an arrow; a choice to confuse has nothing in front of it."""
    right = [each for each in answers if each.text.partition("->")[0].strip()]
    parts = ((each.line, each.text.partition("->")) for each in right)
    return right, [(line, f"- {one.strip()} \u2192 {other.strip()}") for line, (one, __, other) in parts]


def _right(answers: list[_Answer]) -> tuple[list[_Answer], list[tuple[int, str]]]:
    """The first answer that is right, or all that are right only together; and their texts."""
    right = [each for each in answers if each.percent == 100 and "*" not in each.text][:1]
    if not right and any(each.is_choice for each in answers):
        parts = [each for each in answers if each.percent > 0]
        right = parts if 99 <= sum(each.percent for each in parts) <= 101 else []
    return right, [(each.line, f"- {each.text}" if len(right) > 1 else each.text) for each in right]


def _other(answer: _Answer) -> str:
    if answer.percent == 100:
        return _("another answer that counts as right")
    return _("an answer that is wrong, or right only in part")


def _plain(text: str) -> str:
    """A text without its format and without backslashes."""
    found = _FORMAT.match(text)
    return (text[found.end() :] if found else text).translate(_PLAIN).strip()
