"""The steps of a scenario."""

from __future__ import annotations

from hypothesis import given, settings

from bot.dialogue.steps import TextBlock, steps
from bot.dialogue.walkthrough import Move, Progress, Walkthrough
from bot.language.words import in_locale
from bot.lessons.lesson import STEPS_OF_EVERY_SCENARIO, Scenario
from tests.support.pseudo import outside
from tests.support.random_scenarios import scenarios

SMALL = Scenario.model_validate(
    {
        "id": "s",
        "title": "S",
        "story": "Once.",
        "solutions": [
            {
                "id": "one",
                "title": "Wait",
                "plan": "P.",
                "outcome": "O.",
                "why": "W.",
                "verdict": "works",
                "cost": "C.",
                "right_when": "R.",
            },
            {"id": "two", "title": "The end", "plan": "Q.", "verdict": "fails"},
        ],
        "picture": {"file": "a.png", "alt": "A", "caption": "Cap."},
        "behind_the_scenes": "B.",
        "takeaway": "T.",
        "check": {
            "question": "Q?",
            "options": [{"text": "Yes", "correct": True, "feedback": "F."}, {"text": "No", "hint": "H."}],
        },
    }
)
# As learners have them in their databases.
KEPT = {
    "story": {"the title": "c34eb7c8", "the text": "1ecc29d4"},
    "predict": {"the solutions": "210e02a4"},
    "one": {
        "the title": "26b83994",
        "the plan": "77484221",
        "what happens": "4b606dbe",
        "why": "fd664258",
        "what it costs": "acbbb708",
        "this is right when": "43e7606a",
        "the verdict": "93f6e11d",
    },
    "two": {"the title": "9ed60853", "the plan": "b5cc54fe", "the verdict": "c1481e2e"},
    "compare": {
        "the title": "a3d7b387",
        "the text": "3da2d2a2",
        "the picture": "d9725913",
        "the solutions": "e9fb913a",
    },
    "behind-the-scenes": {"the title": "f40e441f", "the text": "be651d5a"},
    "check": {"the question": "c1ce7ac6", "the options": "bea2573e"},
    "finish": {"the title": "9ed60853", "what you know now": "d37d7136"},
}


@settings(deadline=None)
@given(scenarios())
def test_the_steps_come_in_the_order_of_the_story(scenario):
    """Story, prediction, each solution, comparison, behind the scenes, quiz, end."""
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
    """A jump to "check" never leads to a solution with that id."""
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
    """By its title; the comparison also has its verdict, its cost, and when it is right."""
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
    """All related entries of the scenario and its solutions, in order and without repetition."""
    related = steps(scenario)[-1].related
    linked = [*scenario.related, *(id_ for each in scenario.solutions for id_ in each.related)]
    assert len(set(related)) == len(related)
    assert list(related) == sorted(set(linked), key=linked.index)


@settings(deadline=None)
@given(scenarios())
def test_every_step_has_fingerprints_and_the_same_text_has_the_same(scenario):
    """After a restart, learners do not read about changes that did not happen."""
    again = Scenario.model_validate_json(scenario.model_dump_json())
    assert Walkthrough(scenario).fingerprints == Walkthrough(again).fingerprints
    assert list(Walkthrough(scenario).fingerprints) == [step.id for step in steps(scenario)]


def test_a_heading_says_a_thing_once():
    """It is "The story", and not "The story: The story"."""
    scenario = Scenario.model_validate(
        {"id": "s", "title": "S", "story": "Once.", "solutions": [{"id": "one", "title": "Wait", "plan": "P."}]}
    )
    headings = [step.heading for step in steps(scenario)]
    assert headings == ["The story", "What would you do?", "Solution 1: Wait", "The end"]


def test_an_upgrade_of_the_bot_changes_no_fingerprint():
    """Otherwise, all learners would read "updated since you were here" after an upgrade."""
    assert Walkthrough(SMALL).fingerprints == KEPT


def test_another_language_changes_no_fingerprint(pseudo):
    """Learners who continue in another language do not read about changes."""
    walked = Walkthrough(SMALL).advance(Progress(), Move.NEXT)
    with in_locale(pseudo):
        assert Walkthrough(SMALL).fingerprints == KEPT
        assert Walkthrough(SMALL).changes(walked) == ()
        walked = Walkthrough(SMALL).advance(walked, Move.NEXT)
    assert Walkthrough(SMALL).changes(walked) == ()


def test_names_and_headings_are_translated_and_nothing_of_the_author(pseudo):
    """Not even a solution whose title is like the name of a step."""
    with in_locale(pseudo):
        assert [step.heading for step in steps(SMALL)] == [
            "⟦The story⟧",
            "⟦What would you do?⟧",
            "⟦⟦Solution 1⟧: Wait⟧",
            "⟦⟦Solution 2⟧: The end⟧",
            "⟦Side by side⟧",
            "⟦Behind the scenes⟧",
            "⟦Quiz⟧",
            "⟦The end⟧",
        ]
        assert steps(SMALL)[3].title == "The end"
        for step in steps(SMALL):
            view = Walkthrough(SMALL).view(Progress(step.id, "one"))
            shown = "".join(block.markdown for block in (*view.step.blocks, *view.step.notes))
            assert not any(word in shown for word in ("{", "}"))
            texts = ("Once.", "P.", "O.", "W.", "C.", "R.", "Q.", "Cap.", "B.", "T.", "Wait")
            for text in sorted(texts, key=len, reverse=True):
                shown = shown.replace(text, "")
            assert not any(map(str.isalpha, outside(shown)))
        assert TextBlock("The end").markdown == "The end"
