"""Cards stay within Discord's limits: one test for each limit."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.reply import Answer, Question, StepOf
from bot.dialogue.steps import steps
from bot.dialogue.walkthrough import Progress, StepChange, Walkthrough
from bot.discord_ui.asking import browse
from bot.discord_ui.asking.answers import ShowEntry, draw_answer
from bot.discord_ui.asking.browse import ChooseLesson
from bot.discord_ui.asking.reply_cards import Suggest
from bot.discord_ui.curating import stats
from bot.discord_ui.kit import limits
from bot.discord_ui.kit.cards import Card, Controls, Frame, answer_cards
from bot.discord_ui.kit.press import option
from bot.discord_ui.walking import commands as guide
from bot.discord_ui.walking import panel
from bot.discord_ui.walking import shared_panel as together
from bot.language import words
from bot.lessons.library import Library
from bot.tutor import Tutor
from bot.walking.figures import Figures, StepFigures, people
from bot.walking.shared_walks import SharedView
from bot.walking.walks import PanelState, SavedWalk

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
        f"         outcome: {'o' * 600}, why: {'w' * 400}, cost: {'c' * 200}, right_when: {'r' * 590},\n"
        f"         verdict: tedious, related: [{'e' * 28}-{n:03}]}}\n"
        for n in range(19)
    )
    options = "".join(
        f"        - {{text: {'t' * 199}{n}, correct: {str(n < 2).lower()}, feedback: {'f' * feedback}}}\n"
        for n, feedback in enumerate((200, 200, 600, 600, 600))
    )
    (tmp_path / "large.yaml").write_text(
        f"lesson: {'L' * 200}\ncourse: {'C' * 200}\nentries:\n{entries}scenarios:\n  - id: {LONGEST_ID}\n"
        f"    title: {'T' * 80}\n    story: {'s' * 3400}\n    behind_the_scenes: {'b' * 3400}\n"
        f"    solutions:\n{solutions}    check:\n      question: {'q' * 800}\n      options:\n{options}"
        f"    takeaway: {'k' * 1500}\n",
        encoding="utf-8",
    )
    for n in range(30):
        (tmp_path / f"small-{n}.yaml").write_text(f"lesson: {'S' * 190} {n}\n", encoding="utf-8")
    return Tutor(Library.open(tmp_path))


class Wordy(NullTranslations):
    """A language in which everything takes two fifths more room than in English."""

    def gettext(self, message: str) -> str:
        return message + "·" * round(len(message) * 0.4)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid2)


@pytest.fixture(params=[NullTranslations, Wordy])
def cards(
    large: Tutor, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> list[list[dict[str, Any]]]:
    """Every kind of card there is, as Discord gets it; in English, and in a language that is longer."""
    monkeypatch.setattr(words, "catalogue", lambda language: request.param())
    scenario = large.scenarios[0]
    assert scenario.check
    tried = tuple(each.id for each in scenario.check.options)
    progresses = [Progress(step.id, scenario.solutions[0].id) for step in steps(scenario)]
    progresses += [Progress("check", "", tried[: n + 1]) for n in range(5)]
    progresses += [Progress("check", shown=True), Progress("finish", scenario.solutions[0].id, tried)]
    known = tuple(
        StepChange(f"step-{n}", "n" * 95, ("the text", "the picture", "the solutions")) for n in range(9)
    )
    views = [Walkthrough(scenario).view(each, "1") for each in progresses]
    counts = {each.id: 500 for each in scenario.solutions} | dict.fromkeys(tried, 500)
    drawn = [panel.panel(PanelState(view, known, went_on=True), large) for view in views]
    drawn += [
        together.shared_panel(SharedView(view, 2**63, counts, counts, is_shown=True), large) for view in views
    ]
    drawn += [guide.resume(SavedWalk(view, known, datetime.now(UTC))) for view in views]
    lesson = next(each for each in large.documents if each.lesson.entries)
    related = tuple(Question(f"{'e' * 28}-{n:03}", "related " * 20) for n in range(9))
    opens = StepOf(LONGEST_ID, LONGEST_ID, "title " * 30)
    answer = Answer(
        "e" * 32, "question " * 22, "answer " * 1280, "L" * 200, "C" * 200, related=related, opens=opens
    )
    drawn += [*draw_answer(answer, large, private=True), browse.contents(large)]
    noted = dataclasses.replace(
        answer, text=("word " * 670)[:3349], by="Zoë " * 20, verdict="tedious", reviewed=date(2020, 1, 1)
    )
    drawn += draw_answer(noted, large, private=True, note="Posted by <@123456789012345678>")
    figures = Figures(
        scenario,
        tuple(StepFigures(step.heading, *[people(123)] * 3) for step in steps(scenario)),
        {each.title: people(123) for each in scenario.solutions},
        {each.text: people(123) for each in scenario.check.options},
    )
    drawn.append(stats.scenario_card(figures, large))
    drawn += [browse.open_lesson(lesson, large, page, may_go_back=True) for page in range(3)]
    return [card.view().to_components() for card in drawn]


def every(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for part in components for each in (part, *every(part.get("components", [])))]


def test_all_text_of_a_card_fits(cards: list[list[dict[str, Any]]]):
    """Discord refuses a message of more than 4,000 characters. These cards need not be cut for that."""
    for card in cards:
        said = [part.get("content", "") for part in every(card)]
        assert sum(map(len, said)) <= limits.CARD_TEXT, said
        assert not any(each.endswith("\n…") for each in said), said


def test_a_card_that_would_be_too_long_is_cut_where_one_sees_it():
    """Discord would refuse it. What is short stays, and the longest text ends in "…" and is valid Markdown."""
    code = "```\n" + "a line of code\n" * 300 + "```"
    card = Card(["## Heading", code, "x " * 300], footer="The footer", frames=[Frame("In a frame")])
    frame, heading, cut, other, footer = [
        part["content"] for part in every(card.view().to_components()) if "content" in part
    ]
    assert (frame, heading, other, footer) == ("In a frame", "## Heading", "x " * 300, "-# The footer")
    assert cut.endswith("a line of code\n```\n…")
    assert 3900 < sum(map(len, (frame, heading, cut, other, footer))) <= limits.CARD_TEXT
    several = Card(["y " * 1500] * 5).view().to_components()
    assert sum(len(part.get("content", "")) for part in every(several)) <= limits.CARD_TEXT


def test_a_card_has_few_enough_components(cards: list[list[dict[str, Any]]]):
    """Nested components count, too."""
    for card in cards:
        assert len(every(card)) <= limits.CARD_COMPONENTS


def test_rows_of_buttons_are_short_enough(cards: list[list[dict[str, Any]]]):
    """Five buttons in a row; each label is complete, or ends with a sign that it was cut."""
    for part in (part for card in cards for part in every(card)):
        if part["type"] == 1:
            assert len(part["components"]) <= limits.BUTTONS_IN_A_ROW
        if part["type"] == 2:
            assert 0 < len(part["label"]) <= limits.BUTTON_LABEL


def test_custom_ids_fit_and_differ(cards: list[list[dict[str, Any]]]):
    """Discord refuses equal ids, or two buttons would do the same."""
    for card in cards:
        ids = [part["custom_id"] for part in every(card) if "custom_id" in part]
        assert len(set(ids)) == len(ids)
        assert all(len(each) <= limits.CUSTOM_ID for each in ids)
    longest = Suggest.make("x", passage=f"{LONGEST_ID}.{LONGEST_ID}", member="9" * 20)
    assert len(longest.custom_id) <= limits.CUSTOM_ID


def test_two_equal_ids_are_sent_as_one():
    """A second button or option with the same id is left out, so that Discord accepts the card."""
    controls = Controls()
    controls.add(ShowEntry.make("first", passage="a"), ShowEntry.make("second", passage="a"))
    controls.add(ShowEntry.make("third", passage="a"))
    controls.add(ChooseLesson.make("which", [option("first", "a"), option("second", "a"), option("third", "b")]))
    row, menu = Card(["text"], controls.rows).view().to_components()[1:]
    assert [each["label"] for each in row["components"]] == ["first"]
    assert [each["label"] for each in menu["components"][0]["options"]] == ["first", "third"]


def test_a_label_is_never_empty():
    """A button always has a label, even if its text is empty on one line."""
    assert ShowEntry.make("\x1f", passage="a").to_component_dict()["label"]
    assert option(" ", "a").label


def test_menus_have_few_and_short_enough_options(cards: list[list[dict[str, Any]]]):
    """At most twenty-five options of a hundred characters."""
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
    """At most twenty-five choices, one for each entry."""
    offered = large.complete("long question")
    assert len(offered) == limits.CHOICES
    assert len({each.id for each in offered}) == limits.CHOICES


@pytest.mark.parametrize(
    ("by", "shown"),
    [
        ("Tom, Mia *M*", r"Tom, Mia \*M\*"),
        ("<@123456789012345678>", "\\<@\u200b123456789012345678>"),
        ("@everyone", "@\u200beveryone"),
        ("</ask:1> <t:0> <:a:1> <#1>", r"\</ask:1> \<t:0> \<:a:1> \<#1>"),
        ("https://evil.example", r"https:\//evil.example"),
    ],
)
def test_a_name_in_a_file_is_text(by: str, shown: str):
    """Whoever wrote it by hand, or an earlier version did, it is no mention, command, date, emoji or link."""
    (card,) = answer_cards(Answer("a", "A?", "Yes.", "L", by=by), None, Controls())
    assert card.footer == f"From *L* · Answer by {shown}"
