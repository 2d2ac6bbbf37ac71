"""Random lesson files with a scenario, in every layout, as pieces that know which field they belong to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from bot.lessons.lesson import Option, Quiz, Scenario, Solution
from tests.support.lesson_files import Writer, ids, line_texts, long_texts, pictures

Place = tuple[str | int, ...]
texts = st.one_of(line_texts, long_texts)
maybe = st.one_of(st.none(), texts)
related = st.lists(ids, max_size=3, unique=True).map(tuple)


@dataclass(frozen=True)
class Piece:
    """A part of the file. `place` is the field of the scenario that it contains, None for everything else."""

    place: Place | None
    text: str


@dataclass(frozen=True)
class ScenarioFile:
    scenario: Scenario
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.pieces)


def solutions_with(solution_id: str) -> st.SearchStrategy[Solution]:
    return st.builds(
        Solution,
        id=st.just(solution_id),
        title=line_texts,
        plan=texts,
        outcome=maybe,
        why=maybe,
        verdict=st.sampled_from([None, "works", "tedious", "fails"]),
        cost=st.one_of(st.none(), line_texts),
        right_when=maybe,
        related=related,
    )


@st.composite
def checks(draw: st.DrawFn, size: int, mark: str) -> Quiz:
    right = draw(st.sets(st.integers(0, size - 1), min_size=1))
    options = [
        Option(
            text=f"{mark} {n} {draw(line_texts)}",
            correct=n in right,
            feedback=draw(st.one_of(st.just(""), texts)),
        )
        for n in range(size)
    ]
    return Quiz(question=draw(texts), options=tuple(options))


@st.composite
def scenarios(draw: st.DrawFn, solutions: int, options: int, mark: str) -> Scenario:
    """A scenario with so many solutions, and a quiz with so many options, or without a quiz."""
    return Scenario(
        id="s",
        title=draw(line_texts),
        story=draw(texts),
        solutions=tuple(draw(solutions_with(f"x{n}")) for n in range(solutions)),
        picture=draw(st.one_of(st.none(), pictures)),
        behind_the_scenes=draw(maybe),
        check=draw(checks(options, mark)) if options else None,
        takeaway=draw(maybe),
        related=draw(related),
    )


@st.composite
def scenario_files(draw: st.DrawFn) -> ScenarioFile:
    scenario = draw(scenarios(draw(st.integers(1, 3)), draw(st.sampled_from([0, 2, 3])), "old"))
    return ScenarioWriter(draw).write(scenario)


class ScenarioWriter(Writer):
    """Writes pieces. Texts that an edit changes are in separate pieces."""

    def __init__(self, draw: st.DrawFn) -> None:
        super().__init__(draw)
        self.pieces: list[Piece] = []

    def put(self, text: str, place: Place | None = None) -> None:
        self.pieces.append(Piece(place, text))

    def write(self, scenario: Scenario) -> ScenarioFile:
        how = self.draw(st.sampled_from(["block", "block", "block", "block", "flow", "json"]))
        data = as_plain(scenario, self)
        if how == "json":
            self.put('{"lesson": "Venvs", "scenarios": [')
            self.braces(data, (), ", ")
            self.put("]}")
            return ScenarioFile(scenario, tuple(self.pieces))
        indent = self.draw(st.sampled_from([0, 2]))
        self.put(f"lesson: Venvs{self.comment()}\n{self.between(0)}scenarios:{self.comment()}\n")
        other = "{id: before, title: T, story: S, solutions: [{id: x0, title: X, plan: P}]}"
        if self.chance():
            self.put(f"{' ' * indent}- {other}{self.comment()}\n")
        if how == "flow":
            self.put(" " * indent + "- ")
            self.braces(data, (), self.draw(st.sampled_from([", ", ",\n      "])))
            self.put(f"{self.comment()}\n")
        else:
            self.put(self.between(indent))
            self.fields(data, (), " " * indent + "- ")
        self.put(self.between(indent))
        if self.chance():
            self.put(f"{' ' * indent}- {other.replace('before', 'behind')}{self.comment()}\n")
        self.put(self.draw(st.sampled_from(["", "aliases:\n  v: [w]  # end\n", "\n# The end.\n"])))
        return self.with_line_breaks(scenario)

    def with_line_breaks(self, scenario: Scenario) -> ScenarioFile:
        line_break = self.draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
        pieces = [Piece(each.place, each.text.replace("\n", line_break)) for each in self.pieces]
        if self.chance():
            pieces[-1] = Piece(pieces[-1].place, pieces[-1].text.rstrip("\r\n"))
        return ScenarioFile(scenario, tuple(pieces))

    def fields(self, data: dict[str, Any], place: Place, first: str) -> None:
        """The lines of a mapping. `first` is before its first key, and as many spaces before the others."""
        column = len(first)
        for n, key in enumerate(self.draw(st.permutations(list(data)))):
            self.put(first if n == 0 else self.between(column) + " " * column)
            value, here = data[key], (*place, key)
            if key in ("solutions", "options"):
                self.items(key, value, here, column)
            elif key == "check" and self.chance():
                self.put(f"{key}: ")
                self.braces(value, here, ", ")
                self.put(f"{self.comment()}\n")
            elif key == "check":
                self.put(f"{key}:{self.comment()}\n{self.between(column + 2)}")
                self.fields(value, here, " " * (column + 2))
            else:
                self.put(self.written(key, value, column), here)

    def written(self, key: str, value: Any, column: int) -> str:
        if isinstance(value, bool):
            return f"{key}: {str(value).lower()}{self.comment()}\n"
        if key == "verdict":
            return f"{key}: {value}{self.comment()}\n"
        return self.field(key, value, column)

    def items(self, key: str, values: list[dict[str, Any]], place: Place, column: int) -> None:
        self.put(f"{key}:{self.comment()}\n")
        indent = column + self.draw(st.sampled_from([0, 2]))
        for n, value in enumerate(values):
            self.put(self.between(self.draw(st.sampled_from([0, indent]))))
            if self.chance():
                self.put(" " * indent + "- ")
                self.braces(value, (*place, n), ", ")
                self.put(f"{self.comment()}\n")
            else:
                self.fields(value, (*place, n), " " * indent + "-" + " " * self.draw(st.integers(1, 3)))

    def braces(self, data: dict[str, Any], place: Place, gap: str) -> None:
        self.put("{")
        for n, (key, value) in enumerate(data.items()):
            self.put(gap if n else "")
            here = (*place, key)
            if key in ("solutions", "options"):
                self.put(f'"{key}": [')
                for m, item in enumerate(value):
                    self.put(", " if m else "")
                    self.braces(item, (*here, m), gap)
                self.put("]")
            elif key == "check":
                self.put('"check": ')
                self.braces(value, here, gap)
            else:
                self.put(f'"{key}": {json.dumps(value, ensure_ascii=False)}', here)
        self.put("}")


def as_plain(part: BaseModel, writer: Writer) -> dict[str, Any]:
    """The fields that are not empty, as JSON has them. 'correct: false' can be left out."""
    data: dict[str, Any] = {}
    for key in type(part).model_fields:
        value = getattr(part, key)
        if key in ("solutions", "options"):
            data[key] = [as_plain(each, writer) for each in value]
        elif key == "check" and value:
            data[key] = as_plain(value, writer)
        elif key == "picture" and value:
            data[key] = {k: v for k, v in value.model_dump().items() if v}
        elif value or (key == "correct" and writer.chance()):
            data[key] = list(value) if isinstance(value, tuple) else value
    return data
