"""At each start, the bot compares its commands with Discord's, and sends them only if they differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from simcord import Env

from bot.discord_ui.registration import TOO_MANY_TODAY

Commands = dict[tuple[str, int], dict[str, Any]]


def known(env: Env) -> Commands:
    """The commands that Discord has."""
    found: Commands = env.backend.commands[None]
    return found


def told(env: Env) -> int:
    """How often the bot has sent its commands to Discord."""
    return sum(each.method == "PUT" and each.path.endswith("/commands") for each in env.http_requests)


def as_discord_has_it(part: dict[str, Any]) -> dict[str, Any]:
    """A command or option as Discord returns it: with ids and nulls, in another order, without empty fields."""
    kept = {key: value for key, value in reversed(part.items()) if value not in (False, [], {})}
    if permissions := kept.get("default_member_permissions"):
        kept["default_member_permissions"] = str(permissions)
    if contexts := kept.get("contexts"):
        kept["contexts"] = contexts[::-1]
    kept["options"] = [as_discord_has_it(each) for each in part.get("options", [])]
    return {"id": "1", "version": "2", "nsfw": False, "name_localizations": None, "handler": None, **kept}


async def test_commands_that_did_not_change_are_not_told_again(simcord_env: Env, new_bot: Any):
    """Unchanged commands are not sent, as Discord accepts only 200 new ones a day."""
    assert told(simcord_env) == 1
    commands = known(simcord_env)
    for key, each in commands.items():
        commands[key] = as_discord_has_it(each)
    await simcord_env.restart_bot(new_bot())
    assert told(simcord_env) == 1


def lose_all(commands: Commands) -> None:
    commands.clear()


def lose_one(commands: Commands) -> None:
    del commands["lessons", 1]


def have_one_of_an_earlier_version(commands: Commands) -> None:
    commands["quiz", 1] = {**commands["browse", 1], "name": "quiz"}


def lose_an_option(commands: Commands) -> None:
    commands["ask", 1]["options"].pop()


def have_another_description(commands: Commands) -> None:
    commands["lessons", 1]["options"][0]["description"] = "Something else."


def lose_a_translation(commands: Commands) -> None:
    del commands["browse", 1]["description_localizations"]["de"]


def be_installed_by_members(commands: Commands) -> None:
    commands["lessons", 1]["integration_types"] = [0, 1]


def be_shown_to_all(commands: Commands) -> None:
    commands["lessons", 1]["default_member_permissions"] = None


@pytest.mark.parametrize(
    "happens",
    [
        lose_all,
        lose_one,
        have_one_of_an_earlier_version,
        lose_an_option,
        have_another_description,
        lose_a_translation,
        be_installed_by_members,
        be_shown_to_all,
    ],
)
async def test_what_discord_lost_or_changed_comes_back(
    simcord_env: Env, new_bot: Any, happens: Callable[[Commands], None]
):
    """Commands that Discord lost or that changed are sent at the next start."""
    whole = repr(known(simcord_env))
    happens(known(simcord_env))
    assert repr(known(simcord_env)) != whole
    await simcord_env.restart_bot(new_bot())
    assert told(simcord_env) == 2
    assert {name for name, _ in known(simcord_env)} == {
        "ask",
        "browse",
        "lessons",
        "walkthrough",
        "Answer this",
        "Save as entry",
        "Suggest for the lessons",
        "This solved it",
    }
    happens(known(simcord_env))  # it is there again: else this would fail


async def test_where_discord_takes_no_more_today_the_bot_answers_all_the_same(
    simcord_env: Env, new_bot: Any, caplog: pytest.LogCaptureFixture
):
    """Over Discord's daily limit, the bot still answers mentions, direct messages and buttons."""
    known(simcord_env).clear()
    simcord_env.inject_error("PUT", "/applications/*/commands", status=400, code=TOO_MANY_TODAY)
    await simcord_env.restart_bot(new_bot())
    assert "Discord accepts no more new commands today; restart the bot tomorrow" in caplog.text
    bot: Any = simcord_env.bot
    assert bot.is_ready()
