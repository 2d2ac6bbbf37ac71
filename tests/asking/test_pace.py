"""Only members who press much faster than people do have to wait, and not for long."""

from __future__ import annotations

import pytest

from bot.asking.pace import MANY, Pace

MIA, MAX = 1, 2


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def let_on(pace: Pace, clock: Clock, times: int, every: float) -> int:
    """How many of so many times Mia may go on."""
    count = 0
    for _ in range(times):
        count += pace.wait(MIA) is None
        clock.now += every
    return count


@pytest.mark.parametrize(("burst", "seconds"), [(6, 20.0), (60, 12.0), (7, 0.7)])
def test_so_many_at_once_and_then_one_by_one(clock: Clock, burst: int, seconds: float):
    """A burst is allowed, then the long-run rate; refused tries do not count."""
    pace = Pace(burst, seconds, clock)
    assert let_on(pace, clock, 10 * burst, 0) == burst
    clock.now += seconds / burst
    assert let_on(pace, clock, 10, 0) == 1
    clock.now += 2 * seconds
    assert let_on(pace, clock, 10 * burst, 0) == burst


def test_the_long_run_is_never_refused(clock: Clock):
    """A learner who presses twice a second gets through the longest walkthrough."""
    assert let_on(Pace(60, 20.0, clock), clock, 1000, 0.5) == 1000


def test_it_says_how_long_and_whether_it_was_said_before(clock: Clock):
    """After that time the member may act again, and they are told only once."""
    pace = Pace(2, 10.0, clock)
    for _ in range(2):
        assert let_on(pace, clock, 2, 0) == 2
        assert pace.wait(MIA) == pytest.approx(5.0)
        assert pace.is_to_be_told(MIA)
        assert pace.wait(MIA) == pytest.approx(5.0)
        assert not pace.is_to_be_told(MIA)
        clock.now += 5.0
        assert pace.wait(MIA) is None
        clock.now += 20.0


def test_one_member_does_not_hold_up_another(clock: Clock):
    """Fifty members can press in one shared walkthrough."""
    pace = Pace(2, 10.0, clock)
    let_on(pace, clock, 100, 0)
    assert pace.wait(MAX) is None


def test_only_who_went_on_lately_is_remembered_and_not_too_many(clock: Clock):
    """Many members do not fill the memory."""
    pace = Pace(2, 10.0, clock)
    for member in range(3 * MANY):
        pace.wait(member)
    assert len(pace) <= MANY
    clock.now += 11
    pace.wait(MIA)
    assert len(pace) == 1
