"""Cards stay inside Discord's limits: one test a row of the table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.reply import Answer, Question, StepOf
from bot.dialogue.walkthrough import Progress
from bot.discord_ui import browse, guide, limits
from bot.discord_ui.answers import draw_answer
from bot.discord_ui.ask import Suggest
from bot.discord_ui.press import option
from bot.lessons.library import Library
from bot.tutor import Tutor

LONGEST_ID = "x" * 32


@pytest.fixture
def large(tmp_path: Path) -> Tutor:
    """Lessons in which everything is as long, and as many, as the format allows."""
    entries = "".join(
        f"  - id: {'e' * 28}-{n:03}\n    question: {('long question ' * 14)[:196]} {n:03}\n"
        f"    answer: {'word ' * 1790}{n}\n    phrasings: []\n"
        for n in range(60)
    )
    solutions = "".join(
        f"      - {{id: {'s' * 28}-{n:03}, title: {('solution ' * 9)[:76]} {n:02}, plan: {'p' * 1600},\n"
        f"         outcome: {'o' * 600}, why: {'w' * 600}, right_when: {'r' * 590}, verdict: tedious}}\n"
        for n in range(20)
    )
    options = "".join(
        f"        - {{text: {'t' * 78}{n}, correct: true, feedback: {'f' * 600}}}\n" for n in range(5)
    )
    (tmp_path / "large.yaml").write_text(
        f"lesson: {'L' * 200}\ncourse: {'C' * 200}\nentries:\n{entries}scenarios:\n  - id: {LONGEST_ID}\n"
        f"    title: {'T' * 80}\n    story: {'s' * 3400}\n    behind_the_scenes: {'b' * 3400}\n"
        f"    solutions:\n{solutions}    check:\n      question: {'q' * 1000}\n      options:\n{options}",
        encoding="utf-8",
    )
    for n in range(30):
        (tmp_path / f"small-{n}.yaml").write_text(f"lesson: {'S' * 190} {n}\n", encoding="utf-8")
    return Tutor(Library.open(tmp_path))


@pytest.fixture
def cards(large: Tutor) -> list[list[dict[str, Any]]]:
    """Every kind of card there is, as Discord gets it."""
    scenario = large.scenarios[0]
    views = [large.walk(scenario.id, Progress("story"))]
    views += [large.walk(scenario.id, Progress(solution.id)) for solution in scenario.solutions]
    views += [large.walk(scenario.id, Progress(step)) for step in ("compare", "behind-the-scenes", "check")]
    assert scenario.check
    views += [large.walk(scenario.id, Progress("check", each.id)) for each in scenario.check.options]
    drawn = [guide.panel(view, large) for view in views if view]
    lesson = next(each for each in large.lessons if each.entries)
    related = tuple(Question(f"{'e' * 28}-{n:03}", "related " * 20) for n in range(9))
    opens = StepOf(LONGEST_ID, LONGEST_ID, "title " * 30)
    answer = Answer(
        "e" * 32, "question " * 22, "answer " * 1280, "L" * 200, "C" * 200, related=related, opens=opens
    )
    drawn += [*draw_answer(answer, large, private=True), browse.contents(large)]
    drawn += [browse.open_lesson(lesson, large, page, may_go_back=True) for page in range(3)]
    return [card.view().to_components() for card in drawn]


def every(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for part in components for each in (part, *every(part.get("components", [])))]


def test_all_text_of_a_card_fits(cards: list[list[dict[str, Any]]]):
    """Discord refuses a message of more than 4,000 characters."""
    for card in cards:
        assert sum(len(part.get("content", "")) for part in every(card)) <= limits.CARD_TEXT


def test_a_card_has_few_enough_components(cards: list[list[dict[str, Any]]]):
    """Nested ones count."""
    for card in cards:
        assert len(every(card)) <= limits.CARD_COMPONENTS


def test_rows_of_buttons_are_short_enough(cards: list[list[dict[str, Any]]]):
    """Five a row, each label readable to its end or marked as cut."""
    for part in (part for card in cards for part in every(card)):
        if part["type"] == 1:
            assert len(part["components"]) <= limits.BUTTONS_IN_A_ROW
        if part["type"] == 2:
            assert 0 < len(part["label"]) <= limits.BUTTON_LABEL


def test_custom_ids_fit_and_differ(cards: list[list[dict[str, Any]]]):
    """Two buttons of one id would be refused, or do each other's work."""
    for card in cards:
        ids = [part["custom_id"] for part in every(card) if "custom_id" in part]
        assert len(set(ids)) == len(ids)
        assert all(len(each) <= limits.CUSTOM_ID for each in ids)
    longest = Suggest.make("x", part=f"{LONGEST_ID}.{LONGEST_ID}", member="9" * 20)
    assert len(longest.custom_id) <= limits.CUSTOM_ID


def test_menus_have_few_and_short_enough_options(cards: list[list[dict[str, Any]]]):
    """Twenty-five, of a hundred characters."""
    menus = [part["options"] for card in cards for part in every(card) if part["type"] == 3]
    assert any(len(each) == limits.SELECT_OPTIONS for each in menus)
    for options in menus:
        assert len(options) <= limits.SELECT_OPTIONS
        for each in options:
            assert len(each["label"]) <= limits.OPTION_TEXT
            assert len(each["value"]) <= limits.OPTION_TEXT
            assert len(each.get("description") or "") <= limits.OPTION_TEXT
    assert len(option("x" * 300, "x", description="y" * 300).label) <= limits.OPTION_TEXT


def test_autocomplete_offers_few_enough(large: Tutor):
    """Twenty-five, one row an entry."""
    offered = large.complete("long question")
    assert len(offered) == limits.CHOICES
    assert len({each.id for each in offered}) == limits.CHOICES
