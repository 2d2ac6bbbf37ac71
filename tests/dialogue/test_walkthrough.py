"""The walkthrough as a state machine: always at a step, whatever comes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.walkthrough import Choose, Event, Jump, Move, Progress, look, steps, walk
from bot.lessons.lesson import Check, Option, Picture, Scenario, Solution

TEXT = st.text("abc def", min_size=1, max_size=20).map(lambda text: text.strip() or "x")


@st.composite
def scenarios(draw) -> Scenario:
    solution = st.builds(
        Solution,
        id=st.just("x"),
        title=TEXT,
        plan=TEXT,
        outcome=st.none() | TEXT,
        why=st.none() | TEXT,
        verdict=st.none() | st.sampled_from(["works", "tedious", "fails"]),
        right_when=st.none() | TEXT,
    )
    solutions = draw(st.lists(solution, min_size=2, max_size=20))
    options = [
        Option(text=f"option {n}", correct=n == 0, feedback=f"because {n}") for n in range(draw(st.integers(2, 5)))
    ]
    return Scenario(
        id="scenario",
        title="A scenario",
        story="A story.",
        solutions=tuple(each.model_copy(update={"id": f"solution-{n}"}) for n, each in enumerate(solutions)),
        picture=draw(st.none() | st.just(Picture(file="a.png", alt="A.", caption="What it shows."))),
        behind_the_scenes=draw(st.none() | TEXT),
        check=draw(st.none() | st.just(Check(question="What now?", options=tuple(options)))),
    )


def events(scenario: Scenario) -> st.SearchStrategy[Event]:
    ids = [step.id for step in steps(scenario)]
    options = [option.id for option in scenario.check.options] if scenario.check else []
    return st.one_of(
        st.sampled_from(Move),
        st.sampled_from([*ids, "", "gone", "scenario.story", "é"]).map(Jump),
        st.sampled_from([*options, "", "gone", "0" * 8]).map(Choose),
    )


@settings(deadline=None)
@given(scenarios(), st.data())
def test_every_event_leads_to_a_step(scenario, data):
    """No button, however old, leads nowhere or breaks: a press always shows a step and its place."""
    progress = Progress(
        data.draw(st.sampled_from(["story", "check", "gone", ""])), data.draw(st.none() | st.just("gone"))
    )
    ids = [step.id for step in steps(scenario)]
    for event in data.draw(st.lists(events(scenario), max_size=15)):
        progress = walk(scenario, progress, event)
        view = look(scenario, progress)
        assert view.step.id == progress.step
        assert ids[view.position - 1] == view.step.id
        assert view.total == len(ids)
        assert view.is_first == (view.position == 1)
        assert view.is_last == (view.position == view.total)


@settings(deadline=None)
@given(scenarios(), st.data())
def test_next_then_back_returns(scenario, data):
    """Nobody gets lost by looking ahead."""
    ids = [step.id for step in steps(scenario)]
    here = data.draw(st.sampled_from(ids))
    after = walk(scenario, Progress(here), Move.NEXT)
    before = walk(scenario, Progress(here), Move.BACK)
    if here != ids[-1]:
        assert walk(scenario, after, Move.BACK) == Progress(here)
    else:
        assert after == Progress(here)
    if here != ids[0]:
        assert walk(scenario, before, Move.NEXT) == Progress(here)
    else:
        assert before == Progress(here)


@settings(deadline=None)
@given(scenarios())
def test_next_walks_every_step_once_in_order(scenario):
    """Story, each solution, side by side, behind the scenes, check: whichever the lesson has."""
    progress = Progress()
    walked = [progress.step]
    while walk(scenario, progress, Move.NEXT) != progress:
        progress = walk(scenario, progress, Move.NEXT)
        walked.append(progress.step)
    has_verdict = any(solution.verdict for solution in scenario.solutions)
    assert walked == [
        "story",
        *(solution.id for solution in scenario.solutions),
        *(["compare"] if scenario.picture or has_verdict else []),
        *(["behind-the-scenes"] if scenario.behind_the_scenes else []),
        *(["check"] if scenario.check else []),
    ]


@settings(deadline=None)
@given(scenarios())
def test_every_word_of_the_author_is_shown(scenario):
    """A solution's plan, outcome, why and right_when, each under its heading, and its verdict."""
    shown = {step.id: step for step in steps(scenario)}
    for solution in scenario.solutions:
        step = shown[solution.id]
        assert step.verdict == solution.verdict
        wanted = [solution.plan, solution.outcome, solution.why, solution.right_when]
        assert [block.text for block in step.blocks] == [text for text in wanted if text]
        assert all(block.heading for block in step.blocks)


@pytest.fixture
def scenario() -> Scenario:
    plain = {"plan": "P.", "outcome": "O.", "why": "W."}
    return Scenario.model_validate(
        {
            "id": "s",
            "title": "S",
            "story": "Once.",
            "solutions": [
                {"id": "one", "title": "One", **plain, "verdict": "fails"},
                {"id": "two", "title": "Two", **plain, "verdict": "works"},
            ],
            "picture": {"file": "a.png", "caption": "Side by side."},
            "behind_the_scenes": "Cause.",
            "check": {
                "question": "And now?",
                "options": [
                    {"text": "A", "correct": True, "feedback": "Since A."},
                    {"text": "B", "feedback": "Not B."},
                    {"text": "C", "correct": True},
                ],
            },
        }
    )


@pytest.mark.parametrize(
    ("option", "said"), [(0, "**A**\nRight. Since A."), (1, "**B**\nNot quite. Not B."), (2, "**C**\nRight.")]
)
def test_a_choice_shows_what_the_author_says_about_it(scenario, option, said):
    """Right or not, with the reason, and the options stay to try another."""
    chosen = scenario.check.options[option]
    view = look(scenario, walk(scenario, Progress("check"), Choose(chosen.id)))
    assert view.step.chosen == chosen
    assert view.step.blocks[-1].text == said
    assert view.step.options == scenario.check.options


def test_the_check_does_not_give_itself_away(scenario):
    """Nothing before a choice says which is right, only how many are."""
    view = look(scenario, Progress("check"))
    assert [block.text for block in view.step.blocks] == ["And now?", "2 of these are right."]


def test_a_choice_is_forgotten_when_the_learner_goes_on(scenario):
    """Who comes back to the check is asked again."""
    chosen = walk(scenario, Progress("check"), Choose(scenario.check.options[0].id))
    assert chosen.chosen
    assert walk(scenario, walk(scenario, chosen, Move.BACK), Move.NEXT) == Progress("check")


def test_the_comparison_names_each_verdict_in_words(scenario):
    """Side by side, with the picture and its caption; no colour has to be seen."""
    step = look(scenario, Progress("compare")).step
    assert [block.text for block in step.blocks] == ["1. One: **fails**\n2. Two: **works**", "Side by side."]
    assert step.picture == scenario.picture


def test_a_step_that_an_edit_removed_leads_back_to_the_story(scenario):
    """A button of last week still opens the walkthrough."""
    assert look(scenario, Progress("removed", "gone")).step.id == "story"
    assert walk(scenario, Progress("removed"), Move.NEXT) == Progress("one")
