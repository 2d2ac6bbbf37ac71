"""The walkthrough as a state machine: always at a valid step, whatever is pressed and edited."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.dialogue.quiz import Mark
from bot.dialogue.steps import COMPARE, FINISH, PREDICT, QUIZ, STORY, steps
from bot.dialogue.walkthrough import (
    ChooseOption,
    Event,
    Jump,
    Move,
    Predict,
    Progress,
    StepChange,
    StepView,
    Walkthrough,
)
from bot.lessons.lesson import Quiz, Scenario
from tests.support.random_scenarios import IDS, edits_of, scenarios

KEPT = TypeAdapter(Progress)


def events(scenario: Scenario) -> st.SearchStrategy[Event]:
    """All of them, with ids that are there, were there, or never were."""
    options = [option.id for option in scenario.check.options] if scenario.check else []
    return st.one_of(
        st.sampled_from(Move),
        st.sampled_from([*ids_of(scenario), *IDS, "", "gone", "scenario.story", "é"]).map(Jump),
        st.sampled_from([*IDS, "gone", ""]).map(Predict),
        st.sampled_from([*options, "", "gone", "0" * 8]).map(ChooseOption),
    )


def ids_of(scenario: Scenario) -> list[str]:
    return [step.id for step in steps(scenario)]


def without_hints(quiz: Quiz | None) -> Any:
    """Another hint asks nothing else."""
    return quiz.model_dump(exclude={"options": {"__all__": {"hint"}}}) if quiz else None


def texts_of(scenario: Scenario) -> dict[str, Any]:
    """What an author wrote for each step."""
    compared = [(s.title, s.verdict, s.cost, s.right_when) for s in scenario.solutions]
    own = {s.id: s.model_dump(exclude={"related"}) for s in scenario.solutions}
    every = {
        STORY: scenario.story,
        PREDICT: [s.title for s in scenario.solutions],
        **own,
        COMPARE: (compared, scenario.picture),
        "behind-the-scenes": scenario.behind_the_scenes,
        QUIZ: without_hints(scenario.check),
        FINISH: scenario.takeaway,
    }
    return {id_: every[id_] for id_ in ids_of(scenario)}


class Walk:
    """A learner's walk, and beside it what a person standing there would have noted."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = self.before = scenario
        self.progress = Progress()
        self.read: dict[str, Any] = {}
        self.tried: set[str] = set()
        self.shown = False

    def edit(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @property
    def asks_anew(self) -> bool:
        return QUIZ in self.read and self.read[QUIZ] != without_hints(self.scenario.check)

    @property
    def stands(self) -> str:
        """The step, else the nearest one before it that is still there."""
        was = ids_of(self.before)
        here = was[: was.index(self.progress.step) + 1]
        return next(id_ for id_ in reversed(here) if id_ in ids_of(self.scenario))

    def do(self, event: Event) -> StepView:
        counts = not self.asks_anew
        if not counts:
            self.tried, self.shown = set(), False
        check, stands = self.scenario.check, self.stands
        self.progress = Walkthrough(self.scenario).advance(self.progress, event)
        options = {option.id: option.correct for option in check.options} if check else {}
        right = {id_ for id_ in options if options[id_]}
        match event:
            case ChooseOption(id_) if counts and id_ in options:
                self.tried.add(id_)
            case Move.STUCK if counts and options and not right <= self.tried:
                self.shown = True
            case Move.AGAIN:
                self.tried, self.shown, self.read = set(), False, {}
            case Move.STAY:
                assert self.progress.step == stands
        if self.shown:
            assert check
        now = texts_of(self.scenario)
        self.read = {id_: now[id_] for id_ in now if id_ in self.read or id_ == self.progress.step}
        self.before = self.scenario
        return Walkthrough(self.scenario).view(self.progress, "a learner")


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    """Somewhere on a walk: events and edits behind it, perhaps an edit just now."""
    done = Walk(draw(scenarios()))
    for is_edit in draw(st.lists(st.sampled_from([True, False, False]), max_size=10)):
        if is_edit:
            done.edit(draw(edits_of(done.scenario)))
        else:
            done.do(draw(events(done.scenario)))
    return done


@settings(deadline=None)
@given(walks(), st.data())
def test_every_event_leads_to_a_step_that_is_there(done, data):
    """Every press, even of an old button, shows a step and its position."""
    for _ in range(3):
        view = done.do(data.draw(events(done.scenario)))
        ids = ids_of(done.scenario)
        assert view.step.id == done.progress.step
        assert ids[view.position - 1] == view.step.id
        assert view.total == len(view.steps) == len(ids)
        assert view.is_first == (view.step.id == STORY)
        assert view.is_last == (view.step.id == FINISH)
        assert (view.quiz is not None) == (view.step.id == QUIZ)


@settings(deadline=None)
@given(walks())
def test_next_and_back_undo_each_other(done):
    """Back after Next returns to the same step. Next does nothing at the end, and Back nothing at the start."""
    here = done.do(Move.STAY)
    after = Walkthrough(done.scenario).advance(done.progress, Move.NEXT)
    before = Walkthrough(done.scenario).advance(done.progress, Move.BACK)
    assert Walkthrough(done.scenario).advance(after, Move.BACK).step == here.step.id or here.is_last
    assert Walkthrough(done.scenario).advance(before, Move.NEXT).step == here.step.id or here.is_first
    assert Walkthrough(done.scenario).view(after).position == min(here.position + 1, here.total)
    assert Walkthrough(done.scenario).view(before).position == max(here.position - 1, 1)


@settings(deadline=None)
@given(scenarios())
def test_next_walks_every_step_once_in_order(scenario):
    """From the story to the end, with no step locked or skipped."""
    progress = Progress()
    walked = [progress.step]
    while not Walkthrough(scenario).view(progress).is_last:
        progress = Walkthrough(scenario).advance(progress, Move.NEXT)
        walked.append(progress.step)
    assert walked == ids_of(scenario)


@settings(deadline=None)
@given(walks())
def test_a_step_that_is_gone_leads_to_the_nearest_one_before_it(done):
    """If a solution is removed, its readers do not have to start at the story again."""
    assert Walkthrough(done.scenario).view(done.progress).step.id == done.stands
    assert done.do(Move.STAY).step.id == done.progress.step


@settings(deadline=None)
@given(walks())
def test_exactly_what_changed_of_what_was_read_is_named(done):
    """The list of updates names all changes in steps that were read, and no others."""
    now = texts_of(done.scenario)
    told = {change.step: change for change in Walkthrough(done.scenario).changes(done.progress)}
    assert set(told) == {id_ for id_, text in done.read.items() if now.get(id_, "gone") != text}
    for id_, change in told.items():
        assert bool(change.changed) == (id_ in now)
        assert change.name


@settings(deadline=None)
@given(walks(), st.data())
def test_what_was_told_is_not_told_again(done, data):
    """After the next press, the changes are no longer listed."""
    done.do(data.draw(events(done.scenario)))
    assert Walkthrough(done.scenario).changes(done.progress) == ()


@settings(deadline=None)
@given(walks(), st.data())
def test_no_answer_is_chosen_for_a_learner(done, data):
    """An answer counts only for the quiz that was shown; if the quiz changed, it is open again."""
    done.do(data.draw(events(done.scenario)))
    if not done.scenario.check:
        return
    quiz = done.do(Jump(QUIZ)).quiz
    assert quiz
    right = {option.id for option in done.scenario.check.options if option.correct}
    known = {choice.option.id for choice in quiz.choices if choice.mark is not Mark.OPEN}
    assert known == done.tried | (right if done.shown else set())
    assert all(
        choice.option.correct == (choice.mark is Mark.RIGHT)
        for choice in quiz.choices
        if choice.option.id in known
    )


@settings(deadline=None)
@given(walks(), st.sampled_from([*IDS, "gone"]))
def test_the_pick_is_marked_where_it_is_and_nowhere_else(done, picked):
    """On its step and in the comparison; if its solution is removed, no other one is marked.

    A pick does not count if the titles of the solutions were different then.
    """
    known = {solution.id: solution.title for solution in done.scenario.solutions}
    before, called = done.progress.predicted, done.progress.predicted_as
    pick = before if known.get(before, called) == called else ""
    if picked in known and done.read.get(PREDICT, [*known.values()]) == [*known.values()]:
        pick = picked
    view = done.do(Predict(picked))
    assert (view.picked.id if view.picked else None) == (pick if pick in known else None)
    for id_ in ids_of(done.scenario):
        view = done.do(Jump(id_))
        assert view.is_picked == (id_ == pick)
        assert [row.solution for row in view.step.rows if row.is_picked] == (
            [pick] if view.step.rows and pick in known else []
        )


@settings(deadline=None)
@given(walks(), st.data())
def test_a_walk_goes_on_after_a_restart_as_if_there_was_none(done, data):
    """Stored progress gives the same views as progress in memory."""
    kept = KEPT.validate_json(KEPT.dump_json(done.progress))
    assert kept == done.progress
    event = data.draw(events(done.scenario))
    assert Walkthrough(done.scenario).changes(kept) == Walkthrough(done.scenario).changes(done.progress)
    assert Walkthrough(done.scenario).advance(kept, event) == Walkthrough(done.scenario).advance(
        done.progress, event
    )
    assert Walkthrough(done.scenario).view(kept, "x") == Walkthrough(done.scenario).view(done.progress, "x")


@settings(deadline=None)
@given(scenarios(), st.text(max_size=9), st.text(max_size=9))
def test_any_progress_can_be_looked_at(scenario, step, predicted):
    """Progress of an older version, or a panel without stored progress, opens at a valid step."""
    progress = Progress(step, predicted, ("gone", ""), shown=True, walked=("a", "b"), seen={"a": {"b": "c"}})
    assert Walkthrough(scenario).view(progress).step.id in ids_of(scenario)
    assert Walkthrough(scenario).advance(progress, Move.STAY).step in ids_of(scenario)
    assert [change.step for change in Walkthrough(scenario).changes(progress)] == ["a"]


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
                {"id": "three", "title": "Three", **plain},
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


def after(scenario: Scenario, *events: Event) -> Progress:
    progress = Progress()
    for event in events:
        progress = Walkthrough(scenario).advance(progress, event)
    return progress


def without(scenario: Scenario, *ids: str) -> Scenario:
    left = tuple(each for each in scenario.solutions if each.id not in ids)
    return scenario.model_copy(update={"solutions": left})


def with_check(scenario: Scenario, **changed: Any) -> Scenario:
    assert scenario.check
    return scenario.model_copy(update={"check": scenario.check.model_copy(update=changed)})


def option(check: Quiz | None, n: int) -> ChooseOption:
    assert check
    return ChooseOption(check.options[n].id)


def recap(scenario: Scenario, *events: Event) -> dict[str, str]:
    view = Walkthrough(scenario).view(after(scenario, *events, Jump(FINISH)))
    return {block.heading: block.text for block in view.step.blocks}


def test_a_prediction_leads_to_the_first_solution(scenario):
    """Learners read all solutions in the author's order, whichever they picked."""
    assert after(scenario, Move.NEXT, Predict("two")) == after(scenario, Move.NEXT, Predict("two"), Move.STAY)
    assert after(scenario, Move.NEXT, Predict("two")).step == "one"


def test_whoever_predicts_nothing_is_marked_nowhere(scenario):
    """With "Just show me", no solution is marked as picked."""
    view = Walkthrough(scenario).view(after(scenario, Jump(COMPARE)))
    assert view.picked is None
    assert not any(row.is_picked for row in view.step.rows)


def test_a_pick_that_was_taken_out_comes_back_with_its_solution(scenario):
    """Picks are stored by id, and no other solution is marked meanwhile."""
    progress = after(scenario, Predict("two"))
    assert Walkthrough(without(scenario, "two")).view(progress).picked is None
    progress = Walkthrough(without(scenario, "two")).advance(progress, Move.NEXT)
    picked = Walkthrough(scenario).view(progress).picked
    assert picked
    assert picked.id == "two"


def test_a_pick_of_a_solution_that_says_something_else_now_is_none(scenario):
    """The learner never picked that, however its id stays; nor does a press on the solutions of before pick it."""
    first, second, third = scenario.solutions
    retitled = (first, second.model_copy(update={"title": "Another"}), third)
    edited = Walkthrough(scenario.model_copy(update={"solutions": retitled}))
    picked = after(scenario, Move.NEXT, Predict("two"))
    assert edited.view(picked).picked is None
    assert not any(row.is_picked for row in edited.view(edited.advance(picked, Jump(COMPARE))).step.rows)
    pressed = edited.advance(after(scenario, Move.NEXT), Predict("two"))
    assert (pressed.step, pressed.predicted) == (PREDICT, "")
    assert edited.advance(pressed, Predict("two")).predicted == "two"


def test_two_steps_in_a_row_that_are_gone(scenario):
    """The learner gets to the nearest step before them that still exists."""
    progress = after(scenario, Jump("three"))
    assert Walkthrough(without(scenario, "three")).view(progress).step.id == "two"
    assert Walkthrough(without(scenario, "two", "three")).view(progress).step.id == "one"
    assert Walkthrough(without(scenario, "one", "two", "three")).view(progress).step.id == "predict"


def test_an_update_is_named_by_step_and_by_piece(scenario):
    """The list of updates uses the words that the panel shows for steps and their texts."""
    progress = after(scenario, Jump("one"), Jump("two"), Jump("three"))
    first, _, third = scenario.solutions
    edited = scenario.model_copy(
        update={"solutions": (first.model_copy(update={"why": "Else.", "verdict": "tedious"}), third)}
    )
    assert Walkthrough(edited).changes(progress) == (
        StepChange("one", "Solution 1: One", ("why", "the verdict")),
        StepChange("two", "a step that was removed"),
    )


def test_a_new_caption_is_not_a_new_picture(scenario):
    """Learners do not search for a change that does not exist."""
    assert scenario.picture
    edited = scenario.model_copy(update={"picture": scenario.picture.model_copy(update={"caption": "Else."})})
    assert Walkthrough(edited).changes(after(scenario, Jump(COMPARE))) == (
        StepChange(COMPARE, "Side by side", ("the text",)),
    )


def test_a_new_id_is_no_news_where_nobody_reads_it(scenario):
    """If only a solution's id changed, the comparison does not count as changed."""
    first, *others = scenario.solutions
    edited = scenario.model_copy(update={"solutions": (first.model_copy(update={"id": "first"}), *others)})
    progress = after(scenario, Jump(PREDICT), Jump("one"), Jump(COMPARE))
    assert Walkthrough(edited).changes(progress) == (StepChange("one", "a step that was removed"),)


@pytest.mark.parametrize("changed", [{"text": "Another A"}, {"feedback": "Because."}, {"correct": False}], ids=str)
def test_other_options_are_another_check(scenario, changed):
    """If the options changed, old answers no longer count."""
    first, *others = scenario.check.options
    edited = with_check(scenario, options=(first.model_copy(update=changed), *others))
    progress = after(scenario, Jump(QUIZ), option(scenario.check, 0), option(scenario.check, 1))
    assert Walkthrough(edited).changes(progress) == (StepChange(QUIZ, "Quiz", ("the options",)),)
    quiz = Walkthrough(edited).view(progress).quiz
    assert quiz
    assert {choice.mark for choice in quiz.choices} == {Mark.OPEN}


def test_what_was_not_read_yet_is_no_news(scenario):
    """Changes in later steps are not listed before they were read."""
    edited = scenario.model_copy(update={"behind_the_scenes": "Another cause."})
    assert Walkthrough(edited).changes(after(scenario, Jump("one"))) == ()


def test_a_try_on_a_question_that_was_changed_is_not_counted(scenario):
    """A press on the old question shows the new one first."""
    progress = after(scenario, Jump(QUIZ))
    edited = with_check(scenario, question="And if not?")
    for event in (option(scenario.check, 0), Move.STUCK):
        went = Walkthrough(edited).advance(progress, event)
        assert (went.step, went.tried, went.shown) == (QUIZ, (), False)
        assert Walkthrough(edited).advance(went, option(edited.check, 0)).tried == (
            option(edited.check, 0).option,
        )


def test_a_check_that_was_away_is_asked_afresh(scenario):
    """If the quiz was removed and restored, old answers no longer count."""
    progress = after(scenario, Jump(QUIZ), option(scenario.check, 1))
    progress = Walkthrough(scenario.model_copy(update={"check": None})).advance(progress, Move.STAY)
    assert (progress.step, progress.tried) == ("behind-the-scenes", ())
    quiz = Walkthrough(scenario).view(Walkthrough(scenario).advance(progress, Jump(QUIZ))).quiz
    assert quiz
    assert {choice.mark for choice in quiz.choices} == {Mark.OPEN}


def test_starting_over_forgets_what_was_picked_and_tried(scenario):
    """The walk is like a new one."""
    again = after(scenario, Predict("two"), Jump(QUIZ), option(scenario.check, 1), Move.STUCK, Move.AGAIN)
    assert (again.step, again.predicted, again.tried, again.shown) == (STORY, "", (), False)


def test_the_answer_once_shown_stays_shown(scenario):
    """Showing it again does not count as a right answer."""
    right = [option(scenario.check, 0), option(scenario.check, 2)]
    assert recap(scenario, Move.STUCK, *right, Move.STUCK)["Quiz result"] == "You asked to see the answer."


def test_the_end_recalls_what_was_predicted_and_how_the_check_went(scenario):
    """The text fits what the learner did, and blames nobody."""
    right, wrong = [option(scenario.check, 0), option(scenario.check, 2)], option(scenario.check, 1)
    assert recap(scenario, Predict("one"))["Your pick"] == "One: **fails**"
    assert "Your pick" not in recap(scenario)
    assert recap(scenario)["Quiz result"] == "You haven't answered the quiz yet. Go back and try it."
    assert recap(scenario, right[0])["Quiz result"] == recap(scenario)["Quiz result"]
    assert recap(scenario, *right)["Quiz result"] == "You got it right on the first try."
    assert recap(scenario, wrong, *right)["Quiz result"] == "You found the right answer."
    assert recap(scenario, wrong, Move.STUCK)["Quiz result"] == "You asked to see the answer."


def test_without_a_takeaway_the_verdicts_are_what_is_known_now(scenario):
    """If the author wrote a takeaway, it is shown instead."""
    assert recap(scenario)["What you know now"] == "- One: **fails**\n- Two: **works**"
    edited = scenario.model_copy(update={"takeaway": "Keep apart."})
    assert recap(edited)["What you know now"] == "Keep apart."
