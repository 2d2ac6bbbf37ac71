"""A member's miss is linked to what they find next: for two minutes, and only in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.asking.trail import MANY, Trail

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MIA, TOM = 1, 2


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_what_was_missed_just_before_is_found():
    """All misses of this member are linked, once; those of others are not."""
    trail = Trail()
    trail.missed(MIA, 10, NOW)
    trail.missed(TOM, 20, NOW)
    trail.missed(MIA, 11, after(30))
    assert trail.found(MIA, after(60)) == [10, 11]
    assert trail.found(MIA, after(61)) == []
    assert trail.found(TOM, after(61)) == [20]


def test_what_led_to_a_wrong_answer_is_looked_for_again():
    """If the answer was wrong, the other misses that it seemed to resolve are returned, once."""
    trail = Trail()
    for question in (10, 11, 12, 11):
        trail.missed(MIA, question, NOW)
    assert trail.found(MIA, after(60), by=12) == [10, 11]
    assert trail.not_found(13) == []
    assert trail.not_found(12) == [10, 11]
    assert trail.not_found(12) == []


def test_a_suggestion_pressed_late_finds_only_what_was_asked_before_it():
    """Whoever asks something else, and then goes back to older suggestions, still misses the something else."""
    trail = Trail()
    for question in (10, 11, 12):
        trail.missed(MIA, question, NOW)
    assert trail.found(MIA, after(60), by=11) == [10]
    assert trail.not_found(11) == [10]
    trail.missed(MIA, 13, after(70))
    assert trail.found(MIA, after(80), by=13) == [12], "it is still looked for"


def test_two_minutes_later_it_is_another_question():
    """After two minutes, nothing is linked, and the member is forgotten."""
    trail = Trail()
    trail.missed(MIA, 10, NOW)
    trail.missed(MIA, 11, after(100))
    assert trail.found(MIA, after(121)) == [11]
    trail.missed(TOM, 20, after(200))
    assert trail.found(MIA, after(321)) == []
    assert len(trail) == 0


def test_a_member_can_be_forgotten():
    """A member who deletes their data is forgotten at once."""
    trail = Trail()
    trail.missed(MIA, 10, NOW)
    trail.forget(MIA)
    trail.forget(TOM)
    assert trail.found(MIA, NOW) == []


def test_a_flood_does_not_fill_the_memory():
    """Only the latest misses are remembered."""
    trail = Trail()
    for member in range(MANY + 50):
        trail.missed(member, member, NOW)
    assert len(trail) == MANY
    assert trail.found(MANY + 49, NOW) == [MANY + 49]
    for by in range(1, MANY + 51):
        trail.missed(MIA, by, NOW)
        trail.found(MIA, NOW, MANY + by)
    assert trail.not_found(MANY + 50) == []
    assert trail.not_found(MANY + 51) == [51]


def test_whoever_never_stops_missing_is_not_remembered_for_longer():
    """A script that asks day and night would fill the memory, as each miss came before the last one was old."""
    trail = Trail()
    for n in range(100):
        trail.missed(MIA, n, after(60 * n))
    remembered = trail._missed.get(MIA, after(60 * 99))
    assert remembered is not None
    assert [question for _, question in remembered] == [97, 98, 99]
