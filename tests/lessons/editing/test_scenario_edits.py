"""An edit of a scenario changes the texts that were edited, and nothing else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.errors import EditError
from bot.lessons.editing.scenario_edits import change_scenario
from bot.lessons.lesson import Option, Picture, Quiz, Scenario
from tests.support.scenario_files import Piece, Place, ScenarioFile, scenario_files, scenarios
from tests.support.yaml_edits import comments, often, read

_FIXED = {"id", "solutions", "options", "check"}


def leaves(part: BaseModel, place: Place = ()) -> dict[Place, Any]:
    """Every text of a scenario by its place."""
    found: dict[Place, Any] = {}
    for key in type(part).model_fields:
        value = getattr(part, key)
        if key in ("solutions", "options"):
            for n, each in enumerate(value):
                found |= leaves(each, (*place, key, n))
        elif key == "check" and value:
            found |= leaves(value, (*place, key))
        else:
            found[(*place, key)] = value
    return found


@st.composite
def changed(draw: st.DrawFn, scenario: Scenario) -> Scenario:
    """The scenario with some of its texts changed."""
    options = len(scenario.check.options) if scenario.check else 0
    other = draw(scenarios(len(scenario.solutions), options, "new"))
    is_small = draw(st.booleans())

    def mixed(old: BaseModel, new: BaseModel) -> BaseModel:
        free = sorted(set(type(old).model_fields) - _FIXED)
        keys = draw(st.sets(st.sampled_from(free), max_size=1 if is_small else len(free)))
        update = {key: getattr(new, key) for key in keys}
        for key in ("solutions", "options"):
            if key in type(old).model_fields:
                pairs = zip(getattr(old, key), getattr(new, key), strict=True)
                update[key] = tuple(mixed(*pair) for pair in pairs)
        if isinstance(old, Scenario) and isinstance(new, Scenario) and old.check and new.check:
            update["check"] = mixed(old.check, new.check)
        return old.model_copy(update=update)

    made = mixed(scenario, other)
    assert isinstance(made, Scenario)
    if made.check and not any(each.correct for each in made.check.options):
        first, *rest = made.check.options
        options_ = (first.model_copy(update={"correct": True}), *rest)
        made = made.model_copy(update={"check": made.check.model_copy(update={"options": options_})})
    return made


@often
@given(st.data())
def test_a_changed_scenario_leaves_every_other_byte_alone(data):
    """If a moderator fixes one outcome, the diff shows one outcome."""
    file = data.draw(scenario_files())
    document = read(file.text)
    old = next(each for each in document.lesson.scenarios if each.id == "s")
    assert old == file.scenario, "the strategy wrote it right"
    new = data.draw(changed(old))
    text = change_scenario(document, new)
    assert next(each for each in read(text).lesson.scenarios if each.id == "s") == new
    before, after = leaves(old), leaves(new)
    touched = {place for place in before if before[place] != after[place]}
    event(f"{min(len(touched), 5)} texts changed")
    if not touched:
        assert text == file.text
    _check_rest(file, touched, text, is_added=any(not before[place] for place in touched))
    for piece in file.pieces:
        if piece.place in touched and after[piece.place] and piece.place[-1] not in ("related", "picture"):
            assert [each for each in comments(piece.text) if each not in text] == []


def _check_rest(file: ScenarioFile, touched: set[Place], text: str, *, is_added: bool) -> None:
    """What was not touched is there byte for byte, in the same order, and in one piece unless a text was added."""
    runs: list[str] = [""]
    for piece in file.pieces:
        if piece.place in touched:
            runs.append("")
        elif is_added:
            runs.append(piece.text)
        else:
            runs[-1] += piece.text
    first, last = _outside(file.pieces, touched), _outside(file.pieces[::-1], touched)
    if not is_added:
        assert text.startswith("".join(each.text for each in first).rstrip(" \t\r\n,"))
        assert text.endswith("".join(each.text for each in last[::-1]).lstrip(" \t\r\n,"))
    at = 0
    for run in runs:
        wanted = run.strip(" \t\r\n,")
        found = text.find(wanted, at)
        assert found >= 0, f"changed beside the edit: {wanted!r}"
        at = found + len(wanted)


def _outside(pieces: tuple[Piece, ...], touched: set[Place]) -> list[Piece]:
    n = next((n for n, each in enumerate(pieces) if each.place in touched), len(pieces))
    return list(pieces[:n])


LESSON = """\
lesson: Files
scenarios:
  # the first one that anybody asked for
  - id: lost-notes     # stable
    title: The notes are gone   # or: forty notes
    story: |  # true
      Forty yesterday.
      # One today.
    solutions:
      # Robin tried this
      - id: again
        title: Type them again
        plan: >-
          Robin types
          and runs.
        verdict: fails   # always
      - {id: append, title: Open with a, plan: "a", verdict: works} # the one
    check:  # changed: only today's
      question: How now?
      options:
        - text: With a
          correct: false   # sounds right
        - {text: With w, correct: true}   # empties it
    takeaway: Look.   # end
# behind
"""


def only() -> Scenario:
    return read(LESSON).lesson.scenarios[0]


def with_solution(n: int, **update: object) -> Scenario:
    solutions = list(only().solutions)
    solutions[n] = solutions[n].model_copy(update=update)
    return only().model_copy(update={"solutions": tuple(solutions)})


def with_option(n: int, **update: object) -> Scenario:
    check = only().check
    assert check
    options = list(check.options)
    options[n] = options[n].model_copy(update=update)
    return only().model_copy(update={"check": check.model_copy(update={"options": tuple(options)})})


@pytest.mark.parametrize(
    ("new", "old_part", "new_part"),
    [
        (only().model_copy(update={"title": "Gone"}), "The notes are gone ", "Gone "),
        (
            only().model_copy(update={"story": "None.\n# One."}),
            "Forty yesterday.\n      # One today.",
            "None.\n      # One.",
        ),
        (with_solution(0, verdict="tedious"), "fails ", "tedious "),
        (
            with_solution(0, outcome="Gone again."),
            "        verdict: fails",
            "        outcome: Gone again.\n        verdict: fails",
        ),
        (with_solution(1, plan="b: c"), '"a", verdict', '"b: c", verdict'),
        (with_solution(1, cost="Time"), "verdict: works}", 'verdict: works, "cost": "Time"}'),
        (with_option(0, correct=True), "correct: false ", "correct: true "),
        (with_option(1, feedback="Yes."), "correct: true}", 'correct: true, "feedback": "Yes."}'),
        (
            only().model_copy(update={"picture": Picture(file="a.png")}),
            "    check:",
            "    picture: a.png\n    check:",
        ),
        (only().model_copy(update={"takeaway": None}), "    takeaway: Look.   # end\n", ""),
    ],
    ids=[
        "title",
        "story",
        "verdict",
        "new outcome",
        "plan",
        "new cost",
        "option",
        "feedback",
        "picture",
        "no takeaway",
    ],
)
def test_one_text_is_one_place_in_the_diff(new, old_part, new_part):
    """Comments, order and quotes stay, in block and flow style."""
    assert LESSON.count(old_part) == 1
    assert change_scenario(read(LESSON), new) == LESSON.replace(old_part, new_part)


def test_texts_put_in_at_the_same_place_stand_in_their_order():
    """New texts of the last solution stay above those of the scenario."""
    new = with_solution(0, cost="Time", right_when="Never", related=()).model_copy(
        update={"picture": Picture(file="a.png"), "behind_the_scenes": "A mode."}
    )
    short = LESSON.replace('      - {id: append, title: Open with a, plan: "a", verdict: works} # the one\n', "")
    new = new.model_copy(update={"solutions": new.solutions[:1]})
    lines = "        cost: Time\n        right_when: Never\n    picture: a.png\n    behind_the_scenes: A mode.\n"
    assert change_scenario(read(short), new) == short.replace("# always\n", f"# always\n{lines}")


def _another_shape() -> list[Any]:
    one, two = only().solutions
    check = only().check
    assert check
    a, b = check.options
    third = Option(text="Third")
    return [
        pytest.param({"solutions": (one,)}, "solutions can be added", id="one solution less"),
        pytest.param({"solutions": (two, one)}, "solutions can be added", id="solutions turned round"),
        pytest.param(
            {"check": Quiz(question="?", options=(a, b, third))}, "options can be added", id="one option more"
        ),
        pytest.param(
            {"check": Quiz(question="?", options=(b, a))}, "options can be added", id="options turned round"
        ),
        pytest.param({"check": None}, "a quiz can be added", id="no check"),
        pytest.param({"id": "gone"}, "no longer in this lesson", id="another scenario"),
    ]


@pytest.mark.parametrize(("update", "what"), _another_shape())
def test_the_shape_of_a_scenario_is_for_an_editor(update, what):
    """Learners' progress and comments depend on its solutions, so the moderator is sent to the file."""
    with pytest.raises(EditError, match=what):
        change_scenario(read(LESSON), only().model_copy(update=update))


OWN = "- {id: s, title: T, story: S, solutions: &l [{id: x, title: X, plan: &p P}]}\n"
THEIRS = "- {id: t, title: T, story: S, solutions: *l}\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (OWN, ""),
        (OWN + THEIRS, "cannot be edited in Discord"),
        (OWN.replace("id: s", "id: t") + THEIRS.replace("id: t", "id: s"), "cannot be edited in Discord"),
        (OWN.replace("}]", "}, {id: y, title: Y, plan: *p}]"), "would have an error"),
    ],
    ids=["nobody else's", "theirs", "mine is theirs", "a shared text"],
)
def test_what_two_scenarios_share_is_left_to_an_editor(text, what):
    """An edit that would also change another walkthrough is refused."""
    document = read(f"lesson: A\nscenarios:\n{text}")
    scenario = next(each for each in document.lesson.scenarios if each.id == "s")
    first, *rest = scenario.solutions
    new = scenario.model_copy(update={"solutions": (first.model_copy(update={"plan": "New"}), *rest)})
    if what:
        with pytest.raises(EditError, match=what):
            change_scenario(document, new)
    else:
        assert "plan: New" in re.sub('"', "", change_scenario(document, new))


def test_a_text_cannot_become_structure():
    """YAML that was typed into a field stays a text, in block and flow style."""
    hostile = "x\n    - id: evil\n}]}\n---\n# gone: *a &b !!c {{ | > %"
    for n in (0, 1):
        new = with_solution(n, plan=hostile, title="a: [b] # c", cost='"}, {id: evil')
        assert read(change_scenario(read(LESSON), new)).lesson.scenarios == (new,)


def test_a_text_that_does_not_fit_is_refused_with_the_reason():
    """The form opens again with the text."""
    with pytest.raises(EditError, match=r"would have an error: .*81 characters; at most 80 fit"):
        change_scenario(read(LESSON), only().model_copy(update={"title": "x" * 81}))
