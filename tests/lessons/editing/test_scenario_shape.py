"""A scenario gets and loses solutions and a quiz; every other byte of its file stays."""

from __future__ import annotations

import pytest

from bot.lessons.document import read_document
from bot.lessons.editing.scenario_shape import reshape_scenario
from bot.lessons.lesson import Option, Quiz, Scenario, Solution

BLOCK = """\
lesson: A
scenarios:
  - id: s
    title: T # short
    story: S
    solutions:
      # the first
      - id: one
        title: One
        plan: |
          A.
      - {id: two, title: Two, plan: B.}

    takeaway: Think. # often
"""
FLOW = (
    "lesson: A\nscenarios: [{id: s, title: T, story: S, solutions: [{id: one, title: One, plan: A.}, "
    "{id: two, title: Two, plan: B.}]}] # all\n"
)
CHECK = Quiz(question="Q", options=(Option(text="a", correct=True), Option(text="b")))


def solution(id_: str) -> Solution:
    return Solution(id=id_, title=id_.capitalize(), plan=f"{id_}.")


def reshaped(text: str, ids: str, check: Quiz | None = None) -> tuple[str, Scenario]:
    document = read_document("a.yaml", text.encode())
    old = {each.id: each for each in document.lesson.scenarios[0].solutions}
    solutions = tuple(old.get(each) or solution(each) for each in ids.split())
    wanted = document.lesson.scenarios[0].model_copy(update={"solutions": solutions, "check": check})
    done = reshape_scenario(document, wanted)
    [scenario] = read_document("a.yaml", done.encode()).lesson.scenarios
    assert scenario == wanted
    return done, scenario


@pytest.mark.parametrize("text", [BLOCK, FLOW, BLOCK.replace("\n", "\r\n")])
@pytest.mark.parametrize(
    "ids", ["one two three", "zero one two", "one x y two", "two", "one", "new", "x two y", "one two"]
)
@pytest.mark.parametrize("check", [None, CHECK])
def test_solutions_come_and_go_where_they_belong(text, ids, check):
    """This works in every style of YAML, and undoing it restores the same solutions."""
    done, _ = reshaped(text, ids, check)
    assert ("# all" if text == FLOW else "takeaway: Think. # often") in done
    back, __ = reshaped(done, "one two")
    assert back == text or {"one", "two"} - set(ids.split())
