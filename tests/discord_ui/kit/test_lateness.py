"""Interactions that come too late are detected by how long they took, even if the clock is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.discord_ui.kit.lateness import Lateness

BEGIN = datetime(2026, 11, 22, tzinfo=UTC)


class Ways:
    """Interactions that took so many seconds, at Discord's time; our own clock shows something else."""

    def __init__(self, ours: float) -> None:
        self.now = 0.0
        self._ours = ours
        self.lateness = Lateness(lambda: self.now)

    def arrives(self, at: float, after: float) -> bool:
        self.now = at + self._ours
        return self.lateness.left(BEGIN + timedelta(seconds=at - after)) < 0.5


@pytest.mark.parametrize("ours", [0.0, 1e9, -1e9])
def test_two_and_a_half_seconds_longer_than_others_is_too_late(ours: float):
    """Whatever time the computer's clock shows."""
    ways = Ways(ours)
    assert [ways.arrives(n, after) for n, after in enumerate((0.2, 0.05, 2.4, 2.7, 9.0, 0.1))] == [
        *(False, False, False),
        *(True, True, False),
    ]


def test_the_quickest_way_is_forgotten_in_time():
    """Clocks drift apart, so old measurements do not count."""
    ways = Ways(0)
    assert not ways.arrives(0, 0.1)
    assert not ways.arrives(12 * 3600, 4.1), "the first one for a long time is answered"
    for minute in range(1, 200):
        assert not ways.arrives(13 * 3600 + 60 * minute, 0.1 + minute / 30), "a slow drift makes nobody late"


def test_what_waited_for_a_connection_is_late():
    """After a lost connection, Discord sends the interactions that came meanwhile."""
    ways = Ways(0)
    assert not ways.arrives(0, 0.1)
    assert [ways.arrives(60, 60 - n) for n in range(1, 60, 10)] == [True] * 6
    assert not ways.arrives(61, 0.1)
