"""Commands in the bot's messages can be pressed, wherever Discord shows that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from simcord import Env

from bot.discord_ui.kit import command_mentions as mentions
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.limits import CARD_TEXT
from bot.store.servers import Choices
from tests.support.world import World, components, text


@pytest.fixture
def known() -> Iterator[None]:
    """Discord has given two commands an ID."""
    before = dict(mentions._known)
    mentions.learn({"ask": 1, "lessons misses": 2})
    yield
    mentions.learn(before)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Use `/ask`.", "Use </ask:1>."),
        ("Use `/ask forget`.", "Use </ask:1> forget."),
        ("See `/lessons misses`, or `/ask`", "See </lessons misses:2>, or </ask:1>"),
        ("`/lessons` and `/browse` have no ID", "`/lessons` and `/browse` have no ID"),
        ("`/asked` and `/etc/ask`", "`/asked` and `/etc/ask`"),
        ("```\n`/ask`\n``` and `/ask`", "```\n`/ask`\n``` and </ask:1>"),
        ("```\n`/ask`", "```\n`/ask`"),
        ("`` `/ask` ``", "`` `/ask` ``"),
        (r"\`/ask\`", r"\`/ask\`"),
    ],
)
def test_a_command_that_discord_knows_becomes_a_mention(written: str, shown: str):
    """Code keeps its text, and what has no ID stays a plain name."""
    assert mentions.clickable(written) == [shown]


@pytest.mark.usefixtures("known")
def test_a_message_never_gets_too_long_by_it():
    """A card that is full keeps the plain names."""
    full = "`/ask` " * (CARD_TEXT // 7)
    assert mentions.clickable(full) == [full]
    (frame,) = Card([full]).view().to_components()
    assert [each["content"] for each in frame["components"]] == [full]


@pytest.mark.usefixtures("known")
def test_what_was_written_can_be_read_from_a_message():
    """The heading of an answer says which entry a reply is about."""
    for each in ("How do I use `/ask`?", "What does `/lessons misses` show?"):
        assert mentions.as_written(mentions.clickable(each)[0]) == each


def lose_all(env: Env) -> None:
    env.backend.commands[None].clear()


def lose_none(env: Env) -> None:
    pass


@pytest.mark.parametrize("lose", [lose_all, lose_none])
async def test_members_can_press_the_commands_in_texts(world: World, new_bot: Any, lose: Any):
    """At the first start, and at later ones, when the commands are at Discord already."""
    lose(world.env)
    await world.env.restart_bot(new_bot())
    ids = {name: each["id"] for (name, kind), each in world.env.backend.commands[None].items() if kind == 1}
    data = text(await world.mia.slash(world.channel, "walkthrough", scenario="two-django-versions"))
    assert "`/walkthrough`" not in data
    usage = text(await world.max.slash(world.channel, "lessons stats"))
    assert f"</lessons misses:{ids['lessons']}>" in usage
    await world.press(await world.mia.slash(world.channel, "ask", question="what is a venv"), "That helped")
    forget = text(await world.mia.slash(world.channel, "ask", question="forget"))
    assert f"</ask:{ids['ask']}> my data" in forget
    assert mentions.clickable("`/lessons`") == ["`/lessons`"], "a group alone cannot be used"


async def test_forms_and_menus_keep_the_plain_name(world: World):
    """Discord shows no mentions there."""
    await world.bot.app.servers.set(world.server.id, Choices(language="de"))
    box = await world.max.slash(world.channel, "lessons edit", what="why-virtual-environments")
    assert "</" not in str(box.modal)
    card = await world.max.slash(world.channel, "lessons settings")
    menus = [each for each in components(card) if each.get("placeholder")]
    assert menus
    assert "</" not in str(menus)
