"""A scenario as the steps that are walked."""

from __future__ import annotations

from hypothesis import given, settings

from bot.dialogue.steps import fingerprints, steps
from bot.lessons.lesson import STEPS_OF_EVERY_SCENARIO, Scenario
from tests.dialogue.random_scenarios import scenarios


@settings(deadline=None)
@given(scenarios())
def test_the_steps_come_in_the_order_of_the_story(scenario):
    """Story, prediction, each solution, side by side, behind the scenes, check, the end."""
    assert [step.id for step in steps(scenario)] == [
        "story",
        "predict",
        *(solution.id for solution in scenario.solutions),
        *(["compare"] if scenario.picture or len(scenario.solutions) > 1 else []),
        *(["behind-the-scenes"] if scenario.behind_the_scenes else []),
        *(["check"] if scenario.check else []),
        "finish",
    ]


@settings(deadline=None)
@given(scenarios())
def test_every_step_of_every_scenario_has_a_name_that_no_solution_can_take(scenario):
    """A jump to "check" never lands on a solution of that name."""
    own = {solution.id for solution in scenario.solutions}
    assert {step.id for step in steps(scenario)} - own <= STEPS_OF_EVERY_SCENARIO


@settings(deadline=None)
@given(scenarios())
def test_every_word_of_the_author_is_shown(scenario):
    """Each text of a solution under a heading, its number, its title and its verdict."""
    shown = {step.id: step for step in steps(scenario)}
    for number, solution in enumerate(scenario.solutions, 1):
        step = shown[solution.id]
        assert (step.name, step.title) == (f"Solution {number}", solution.title)
        assert (step.verdict, step.related) == (solution.verdict, solution.related)
        wanted = [solution.plan, solution.outcome, solution.why, solution.cost, solution.right_when]
        assert [block.text for block in (*step.blocks, *step.notes)] == [text for text in wanted if text]
        assert all(block.heading for block in (*step.blocks, *step.notes))
    assert shown["story"].blocks[0].text == scenario.story
    if scenario.behind_the_scenes:
        assert shown["behind-the-scenes"].blocks[0].text == scenario.behind_the_scenes
    if scenario.takeaway:
        assert scenario.takeaway in [block.text for block in shown["finish"].blocks]


@settings(deadline=None)
@given(scenarios())
def test_every_solution_can_be_predicted_and_is_compared(scenario):
    """By its title; side by side also with its verdict, what it costs and when it is right."""
    shown = {step.id: step for step in steps(scenario)}
    assert [row.title for row in shown["predict"].rows] == [each.title for each in scenario.solutions]
    if compare := shown.get("compare"):
        assert [(row.title, row.verdict, row.cost, row.right_when) for row in compare.rows] == [
            (each.title, each.verdict, each.cost, each.right_when) for each in scenario.solutions
        ]
        assert compare.picture == scenario.picture


@settings(deadline=None)
@given(scenarios())
def test_the_end_links_everything_once(scenario):
    """What the scenario and its solutions are related to, in that order, none of it twice."""
    related = steps(scenario)[-1].related
    linked = [*scenario.related, *(id_ for each in scenario.solutions for id_ in each.related)]
    assert len(set(related)) == len(related)
    assert list(related) == sorted(set(linked), key=linked.index)


@settings(deadline=None)
@given(scenarios())
def test_every_step_has_fingerprints_and_the_same_text_has_the_same(scenario):
    """A restart of the bot, or reading the file again, updates nothing for a learner."""
    again = Scenario.model_validate_json(scenario.model_dump_json())
    assert fingerprints(scenario) == fingerprints(again)
    assert list(fingerprints(scenario)) == [step.id for step in steps(scenario)]


def test_a_heading_says_a_thing_once():
    """'The story', not 'The story: The story'."""
    scenario = Scenario.model_validate(
        {"id": "s", "title": "S", "story": "Once.", "solutions": [{"id": "one", "title": "Wait", "plan": "P."}]}
    )
    headings = [step.heading for step in steps(scenario)]
    assert headings == ["The story", "What would you do?", "Solution 1: Wait", "The end"]
