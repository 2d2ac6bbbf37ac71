"""Replies to texts about the bot and its topics, and to wishes for a person, a command or a walkthrough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.dialogue.reply import Question, Reply, Suggestions, Topics, Unknown, UseCommand, questions
from bot.dialogue.snapshot import Snapshot
from bot.dialogue.steps import STORY
from bot.search.confidence import MAX_SUGGESTIONS
from bot.search.match import Match
from bot.search.words.about_the_bot import (
    asks_about_the_bot,
    asks_for_topics,
    is_asked_for_as_well,
    wants_person,
)
from bot.search.words.command_wishes import button_meant, command_meant, may_mean_lessons_data
from bot.search.words.small_words import content_words
from bot.search.words.story_wishes import story_in, walkthrough_in
from bot.search.words.wording import words

MAX_WORDS = 200  # of what is asked for
MANY_MATCHES = 200  # the most matches among which a story is searched
# A story is offered if it holds at least this share of the words that the best match holds.
STORY_HELD = 0.6


def other_than_a_question(now: Snapshot, text: str, possible: Sequence[Match]) -> Reply | None:
    """The reply to a text about the bot, or to a wish for a person, a command or a walkthrough; else None.

    An entry that asks for the same is offered if it is `possible`. If an entry about data is `possible`, the reply
    is not the command that deletes the member's own data. If nobody wrote the walkthrough that is asked for,
    others are offered, with the first entry that is `possible`.
    """
    if asks_for_topics(text):
        return _asked_for_as_well(now, text, possible) or Topics()
    if asks_about_the_bot(text):
        return _asked_for_as_well(now, text, possible) or Topics(about_bot=True)
    if wants_person(text):
        return _asked_for_as_well(now, text, possible) or Unknown(wants_person=True)
    if button := _like_a_button(now, text, possible):
        return button
    if any(may_mean_lessons_data(text, now.passages[match.id].question) for match in possible):
        return None
    command_for = command_meant(text)
    if command_for == "data" or (command_for and now.lessons.scenarios):
        return UseCommand(command_for)
    return _story_wanted(now, text) or _other_walkthroughs(now, text, possible)


def _story_wanted(now: Snapshot, text: str) -> Reply | None:
    """The story that a text asks for, or the few that it may mean; None if it asks for none that is there."""
    wanted = story_in(text)
    scenarios = now.lessons.scenarios
    if wanted is None or not scenarios:
        return None
    told = content_words(words(wanted, MAX_WORDS))
    known = now.index.known(" ".join(told))
    found: list[str] = []
    is_sure = False
    if not told and len(scenarios) <= MAX_SUGGESTIONS:
        found, is_sure = list(scenarios), len(scenarios) == 1
    elif 2 * len(known) > len(told):
        found, is_sure = _scenarios_about(now, known)
    if is_sure:
        return now.explain(now.passages[f"{found[0]}.{STORY}"])
    return Suggestions(_stories(now, found)) if found else None


def _other_walkthroughs(now: Snapshot, text: str, possible: Sequence[Match]) -> Suggestions | None:
    """What there is in place of a walkthrough that nobody wrote; None if a text asks for none."""
    about = walkthrough_in(text) if now.lessons.scenarios else None
    if about is None:
        return None
    entries = [match.id for match in possible if match.id in now.lessons.entries][:1]
    near = _nearest(now, about)[: MAX_SUGGESTIONS - len(entries)]
    return Suggestions((*_stories(now, near), *questions([now.passages[id_] for id_ in entries])), others=True)


def _like_a_button(now: Snapshot, text: str, possible: Sequence[Match]) -> Reply | None:
    """The reply to a text that says what a button says, if no possible entry is asked with that; else None."""
    button = button_meant(text)
    said = content_words(words(text, MAX_WORDS))
    if button is None or any(now.index.is_asked_with(match.id, said) for match in possible):
        return None
    match button:
        case "menu":
            return Topics()
        case "end":
            return Unknown(nothing_asked=True)
        case "step":
            return UseCommand("walkthrough") if now.lessons.scenarios else Unknown(nothing_asked=True)


def _asked_for_as_well(now: Snapshot, text: str, possible: Sequence[Match]) -> Suggestions | None:
    """The first possible entry that asks for the same as a text, such as topics or a person; None if none does."""
    for passage in (now.passages[match.id] for match in possible):
        if any(is_asked_for_as_well(text, each) for each in (passage.question, *passage.phrasings)):
            return Suggestions(questions([passage]))
    return None


def _stories(now: Snapshot, scenarios: Iterable[str]) -> tuple[Question, ...]:
    return questions([now.passages[f"{id_}.{STORY}"] for id_ in scenarios])


def _nearest(now: Snapshot, wanted: str) -> list[str]:
    """The ids of all scenarios, the nearest to these words first."""
    matches = (match.id.partition(".")[0] for match in now.index.rank(wanted, MANY_MATCHES))
    return list(dict.fromkeys([*filter(now.lessons.scenarios.__contains__, matches), *now.lessons.scenarios]))


def _scenarios_about(now: Snapshot, known: Sequence[str]) -> tuple[list[str], bool]:
    """The ids of the scenarios that hold these words, and whether a single one holds them best of all passages."""
    # A scenario counts as much as the one of its steps that holds most of the words.
    held: dict[str, float] = {}
    for match in now.index.rank(" ".join(known), MANY_MATCHES):
        scenario, _, _step = match.id.partition(".")
        held[scenario] = max(match.words, held.get(scenario, 0))
    most = max(held.values(), default=0)
    scenarios = [id_ for id_ in held if id_ in now.lessons.scenarios]
    best = max((held[id_] for id_ in scenarios), default=0)
    found = [id_ for id_ in scenarios if held[id_] == best >= STORY_HELD * most > 0][:MAX_SUGGESTIONS]
    return found, len(found) == 1 and best == most
