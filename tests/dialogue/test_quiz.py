"""How a quiz is shown and answered."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.quiz import Mark, quiz_state, solves
from bot.lessons.lesson import Quiz
from tests.support.random_scenarios import checks

LEARNERS = [str(n) for n in range(300)]


@pytest.fixture
def check() -> Quiz:
    return Quiz.model_validate(
        {
            "question": "And now?",
            "options": [
                {"text": "A third", "correct": True, "feedback": "Since it is apart."},
                {"text": "The same", "feedback": "They meet there."},
                {"text": "None", "feedback": "It needs a place."},
            ],
        }
    )


@pytest.fixture
def two_right(check: Quiz) -> Quiz:
    first, *others, last = check.options
    return check.model_copy(update={"options": (first, *others, last.model_copy(update={"correct": True}))})


def order(check: Quiz, learner: str) -> tuple[str, ...]:
    return tuple(each.option.text for each in quiz_state(check, (), shown=False, learner=learner).choices)


@settings(deadline=None)
@given(checks(), st.text(max_size=10), st.data())
def test_a_learners_order_stays_while_they_try(check, learner, data):
    """Options keep their letters, whatever the learner tried and however often they return."""
    ids = [option.id for option in check.options]
    tried = data.draw(st.lists(st.sampled_from(ids), unique=True))
    before = quiz_state(check, (), shown=False, learner=learner)
    after = quiz_state(check, tried, shown=data.draw(st.booleans()), learner=learner)
    assert [(each.letter, each.option) for each in before.choices] == [
        (each.letter, each.option) for each in after.choices
    ]


@settings(deadline=None)
@given(checks(), st.text(max_size=10))
def test_letters_follow_the_order_in_which_options_are_shown(check, learner):
    """A, B, C from top to bottom, each option once."""
    choices = quiz_state(check, (), shown=False, learner=learner).choices
    assert "".join(choice.letter for choice in choices) == "ABCDE"[: len(check.options)]
    assert {choice.option for choice in choices} == set(check.options)
    assert all(choice.line.startswith(f"**{choice.letter}** {choice.option.text}") for choice in choices)


def test_each_order_comes_to_somebody(check):
    """Learners get different orders: the letter cannot be passed on, and the first option is not always right."""
    orders = [order(check, learner) for learner in LEARNERS]
    assert len(set(orders)) == 6
    assert min(orders.count(each) for each in set(orders)) > len(LEARNERS) / 6 / 2


@settings(deadline=None)
@given(checks())
def test_the_check_does_not_give_itself_away(check):
    """Before a try, nothing shows which option is right; it only says how many are, if there are several."""
    fresh = quiz_state(check, (), shown=False, learner="1")
    assert {choice.mark for choice in fresh.choices} == {Mark.OPEN}
    assert fresh.said == ""
    assert not fresh.is_done
    assert not solves(check, ())
    assert all(option.feedback not in fresh.text or option.feedback == check.question for option in check.options)
    assert ("of these are correct" in fresh.text) == (sum(option.correct for option in check.options) > 1)


@settings(deadline=None)
@given(checks(), st.booleans(), st.data())
def test_every_option_that_is_tried_gets_its_feedback(check, shown, data):
    """Right or wrong, in any order, and also after the answer was shown."""
    tried: list[str] = []
    for option in data.draw(st.permutations(check.options)):
        tried.append(option.id)
        seen = quiz_state(check, tried, shown=shown, learner="1")
        word = "This is correct." if option.correct else "Not quite."
        assert f"**{option.text}**\n{word} {option.feedback}" in seen.said
        assert next(c.mark for c in seen.choices if c.option == option) == (
            Mark.RIGHT if option.correct else Mark.WRONG
        )
    assert seen.is_done
    assert solves(check, tried)


@settings(deadline=None)
@given(checks(), st.data())
def test_only_what_was_tried_is_marked(check, data):
    """Untried options stay open, and unknown ids mark nothing."""
    tried = data.draw(st.lists(st.sampled_from([*(option.id for option in check.options), "gone"]), unique=True))
    seen = quiz_state(check, tried, shown=False, learner="1")
    assert {c.option.id for c in seen.choices if c.mark is not Mark.OPEN} == set(tried) - {"gone"}
    assert seen.is_done == solves(check, tried)


@settings(deadline=None)
@given(checks(), st.data())
def test_whoever_is_stuck_sees_what_is_right_and_why(check, data):
    """All right options are shown with their feedback, and wrong ones only if they were tried."""
    tried = data.draw(st.lists(st.sampled_from([option.id for option in check.options]), unique=True))
    seen = quiz_state(check, tried, shown=True, learner="1")
    assert seen.is_done
    for choice in seen.choices:
        if choice.option.correct:
            assert choice.mark is Mark.RIGHT
            assert f"**{choice.option.text}**\nThis is correct. {choice.option.feedback}" in seen.said
        elif choice.option.id not in tried:
            assert choice.mark is Mark.OPEN
            assert f"**{choice.option.text}**\n" not in seen.said


def test_how_many_are_left_is_said(two_right):
    """If two options are right, the learner reads after the first that one is left."""
    first, wrong, second = (option.id for option in two_right.options)
    assert "2 of these are correct." in quiz_state(two_right, (), shown=False, learner="1").text
    one = quiz_state(two_right, (wrong, first), shown=False, learner="1")
    assert "2 of these are correct. You found 1." in one.text
    assert (one.found, one.is_done) == (1, False)
    both = quiz_state(two_right, (wrong, first, second), shown=False, learner="1")
    assert (both.found, both.is_done) == (2, True)
    assert not solves(two_right, (first, wrong))


def test_what_is_known_of_an_option_stands_on_its_line(check):
    """It is written in words, so that nobody has to see a color."""
    tried = [option.id for option in check.options[:2]]
    lines = {c.option.text: c.line for c in quiz_state(check, tried, shown=False, learner="1").choices}
    assert lines["A third"].endswith("A third · **correct**")
    assert lines["The same"].endswith("The same · *not correct*")
    assert lines["None"].endswith("None")


def test_an_option_without_feedback_still_gets_a_word():
    """The learner always gets a reply."""
    check = Quiz.model_validate({"question": "?", "options": [{"text": "A", "correct": True}, {"text": "B"}]})
    assert quiz_state(check, [check.options[1].id], shown=False, learner="").said == "**B**\nNot quite."
