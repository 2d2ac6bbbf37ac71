"""Makes scenarios of stories with solutions, or reports their parts as unplaced."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.language.words import _
from bot.lessons.ids import cut, first_free, id_for
from bot.lessons.intake.data.multiple_choice import CHOICE, NAMED
from bot.lessons.intake.labels import TITLE_LENGTH, without_emphasis
from bot.lessons.intake.material import Part, Story
from bot.lessons.intake.placing import PicturePlacer
from bot.lessons.intake.texts import Converted, TextConverter, made
from bot.lessons.lesson import STEPS_OF_EVERY_SCENARIO, Quiz, Scenario, Solution

# A line that ends so is the beginning of a text, not a title.
_NO_TITLE_ENDS = (".", ":", ";", ",", "\u2026")
# A link, or an item of a list.
_NO_TITLE = re.compile(r"\]\(|^(?:[-+*]|\d{1,9}[.)])\s")
_SAYS_ITS_LABEL = re.compile(r"(what happens )?behind the scenes?\W*", re.IGNORECASE)


class Stories:
    """Makes scenarios. `taken` are the ids of the whole library."""

    def __init__(self, lesson_title: str, taken: set[str], texts: TextConverter, pictures: PicturePlacer) -> None:
        self._lesson_title = lesson_title
        self._taken = taken
        self._texts = texts
        self._pictures = pictures
        self._titles: set[str] = set()

    def write(self, story: Story) -> tuple[Scenario | None, Part | None]:
        """The scenario and None; or if it is invalid, None and its "behind the scenes" part for an entry."""
        told = self._titled(story.story)
        solutions = [self._titled(part) for part in story.others if part.kind == "solution"]
        solutions = [part for part in solutions if self._is_usable(part)]
        behind = next((part for part in story.others if part.kind == "behind"), None)
        quizzes = [part for part in story.others if part.kind == "quiz"]
        title = self._title(told.title)
        # `Any`: `made` lets pydantic check the fields.
        fields: dict[str, Any] = {"id": id_for(title, self._taken, "scenario"), "title": title}
        fields |= {"story": self._words(told).text, "solutions": self._solutions(solutions)}
        scenario = made(Scenario, **fields)
        if isinstance(scenario, str):
            left = (
                scenario if solutions else _("part of a scenario without a usable solution: {why}", why=scenario)
            )
            for part in (told, *solutions, *quizzes):
                self._texts.leave(part.pieces, left)
            return None, behind
        if behind:
            why = made(Scenario, **fields, behind_the_scenes=self._words(behind).text)
            if isinstance(why, str):
                self._texts.leave(behind.pieces, why)
                behind = None
        if quizzes and (quiz := self._quiz(quizzes[0])):
            fields["check"] = quiz
        for part in quizzes[1:]:
            self._texts.leave(part.pieces, _("a second quiz, where there is room for one"))
        parts = [told, *solutions, *([behind] if behind else [])]
        fields["picture"] = self._pictures.place([part.pieces for part in parts])
        if len(solutions) == 1:
            why = _("a scenario with one solution; a choice needs two: add the others by hand")
            self._texts.leave(told.pieces[:1], why)
        # Converted again, as the caption of the picture was removed from them.
        for part in parts:
            self._texts.keep(self._words(part))
        fields |= {"story": self._words(told).text, "solutions": self._solutions(solutions)}
        if behind:
            fields["behind_the_scenes"] = self._words(behind).text
        self._taken.add(fields["id"])
        self._titles.add(title)
        return Scenario(**fields), None

    def _quiz(self, part: Part) -> Quiz | None:
        """The quiz in a part; None if it is invalid, which is reported."""
        told = [piece for piece in part.pieces if piece.kind not in ("answer", "picture")]
        found = self._texts.convert(told)
        answer = self._texts.convert([piece for piece in part.pieces if piece.kind == "answer"])
        named = NAMED.fullmatch(answer.text)
        question: list[str] = []
        options: list[dict[str, str | bool]] = []
        for line in found.text.split("\n"):
            choice = CHOICE.fullmatch(line)
            if choice:
                is_named = bool(named and choice["letter"] and named["letter"].lower() == choice["letter"].lower())
                feedback = named["why"] if named and is_named else ""
                is_correct = choice["box"] == "\u2611" or is_named
                options.append({"text": choice["text"], "correct": is_correct, "feedback": feedback})
            elif options:  # the line continues the last choice
                options[-1]["text"] = f"{options[-1]['text']} {line.strip()}".strip()
            else:
                question.append(line)
        quiz = made(Quiz, question="\n".join(question).strip() or part.title, options=options)
        if isinstance(quiz, str) or (answer.text and not any(each["correct"] and named for each in options)):
            why = quiz if isinstance(quiz, str) else _("its answer names no choice")
            self._texts.leave(
                part.pieces, _("a quiz that could not be used ({why}): add `check:` by hand", why=why)
            )
            return None
        self._texts.keep(found)
        self._texts.keep(answer)
        self._texts.leave((piece for piece in part.pieces if piece.kind == "picture"), _("a picture in a quiz"))
        return quiz

    def _is_usable(self, part: Part) -> bool:
        solution = made(Solution, id="usable", title=part.title or "Usable", plan=self._words(part).text)
        if isinstance(solution, str):
            self._texts.leave(part.pieces, solution)
        return not isinstance(solution, str)

    def _title(self, given: str) -> str:
        words = (given or self._lesson_title or "Scenario").split(" ")

        def numbered(number: int) -> str:
            suffix = f" ({number})" if number > 1 else ""
            return cut(words, TITLE_LENGTH - len(suffix), " ") + suffix

        return first_free(numbered, self._titles)

    def _solutions(self, parts: list[Part]) -> list[Solution]:
        solutions: list[Solution] = []
        taken = set(STEPS_OF_EVERY_SCENARIO)
        for position, part in enumerate(parts, 1):
            title = part.title or f"Solution {part.number or position}"
            plan = self._words(part).text
            solutions.append(Solution(id=id_for(title, taken, "solution"), title=title, plan=plan))
            taken.add(solutions[-1].id)
        return solutions

    def _words(self, part: Part) -> Converted:
        """The text of a part, converted for Discord."""
        found = self._texts.convert(part.pieces)
        if part.kind != "behind":
            found.text = found.text or part.title
        elif not _SAYS_ITS_LABEL.fullmatch(part.title):
            found.text = f"{part.title}\n\n{found.text}"
        return found

    def _titled(self, part: Part) -> Part:
        """The part with the words behind its label as its title, if they are a short line with a text below."""
        first, *below = part.pieces
        title = without_emphasis(first.text)
        is_title = 0 < len(title) <= TITLE_LENGTH and not title.endswith(_NO_TITLE_ENDS)
        if part.title or first.origin != "label" or not is_title or "\n" in first.text or _NO_TITLE.search(title):
            return part
        # A title is shown as it is; links by name, tags and formulas are converted only in a text.
        if self._texts.convert([first]).text != first.text:
            return part
        if not any(piece.text and piece.kind != "picture" for piece in below):
            return part
        return replace(part, pieces=[replace(first, title=title, text=""), *below])
