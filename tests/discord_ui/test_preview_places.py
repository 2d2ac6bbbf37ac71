"""The page of the preview leads to all places, as its script asks for them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from simcord import ChannelHandle, Preview

from bot.discord_ui.preview import turns as preview_turns
from bot.discord_ui.preview.navigation import Navigation
from bot.discord_ui.preview.server import page_of
from bot.discord_ui.preview.turns import Turns
from bot.store.servers import Choices
from tests.support.walking import ask_for_reminders, letters
from tests.support.world import World, text


class Tab:
    """A tab in a browser that shows the page."""

    def __init__(self, page: Preview, session: aiohttp.ClientSession) -> None:
        self._page = page
        self._session = session
        self.headers = {"X-Simcord-Capability": page.capability}
        self._sequence = 0

    async def request(self, method: str, path: str, **more: Any) -> Any:
        async with self._session.request(
            method, self._page._origin + path, headers=self.headers, **more
        ) as answer:
            assert answer.status == 200, answer.status
            return await answer.json()

    async def open(self) -> Tab:
        self.shown = await self.request("POST", "/api/pages", json={})
        self.headers["X-Simcord-Context"] = self.shown["context"]["id"]
        return self

    async def look(self) -> dict[str, Any]:
        """What our script draws; `shown` is what SimCord's draws."""
        self.shown = await self.request("GET", "/api/state")
        seen: dict[str, Any] = await self.request("GET", "/places")
        return seen

    async def do(self, kind: str, **rest: str) -> dict[str, Any]:
        """What our script sends."""
        done: dict[str, Any] = await self.request("POST", "/api/action", json={"kind": kind, **rest})
        return done

    async def act(self, kind: str, **rest: Any) -> dict[str, Any]:
        """What SimCord's script sends."""
        await self.look()
        self._sequence += 1
        envelope = {
            "kind": kind,
            "protocol_version": 3,
            "sequence": self._sequence,
            "request_id": f"r{self._sequence}",
            "generation": self.shown["context"]["generation"],
            "bot_generation": self.shown["botGeneration"],
            "published_revision": self.shown["publishedRevision"],
        }
        done: dict[str, Any] = await self.request("POST", "/api/action", json=envelope | rest)
        assert not done["rejected"], done
        return done

    async def go(self, member: Any, place: object = "") -> dict[str, Any]:
        await self.act("viewer", viewer_id=f"{member.id}/{place}" if place else str(member.id))
        return await self.look()


@pytest.fixture
def forum(world: World) -> ChannelHandle:
    return world.server.create_forum_channel("questions")


@pytest.fixture
def inbox(world: World) -> ChannelHandle:
    """Only moderators see it."""
    hidden, seen = (discord.PermissionOverwrite(view_channel=each) for each in (False, True))
    moderators = world.server.roles["Moderators"]
    overwrites = {world.server.default_role: hidden, moderators: seen, world.bot.user: seen}
    return world.server.create_text_channel("inbox", overwrites=overwrites)


@pytest.fixture
async def page(
    world: World, forum: ChannelHandle, inbox: ChannelHandle, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Preview]:
    now = world.env.now().timestamp()
    monkeypatch.setattr(preview_turns, "time", SimpleNamespace(time=lambda: now))
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(forum.id,)))
    navigation = Navigation(world.env, world.bot, (world.channel, forum, inbox), (world.mia, world.max))
    async with page_of(navigation, Turns(world.env), port=0, timezone="UTC") as served:
        yield served


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def tab(page: Preview, session: aiohttp.ClientSession) -> Tab:
    return await Tab(page, session).open()


def names(seen: dict[str, Any]) -> list[str]:
    return [each["name"] for each in seen["places"]]


async def test_each_member_goes_to_the_places_that_they_see(world: World, tab: Tab, inbox: ChannelHandle):
    """Only moderators get to the inbox, and everybody to direct messages of their own."""
    seen = await tab.look()
    assert names(seen) == ["ask-here", "questions", "Direct messages"]
    assert seen["place"] == str(world.channel.id)
    assert (await tab.go(world.mia, inbox.id))["place"] == str(world.channel.id)
    assert names(await tab.go(world.max)) == ["ask-here", "questions", "inbox", "Direct messages"]
    assert (await tab.go(world.max, inbox.id))["place"] == str(inbox.id)
    assert (await tab.go(world.mia))["place"] == str(world.channel.id), "Mia does not see where Max was"

    await tab.go(world.mia, "direct")
    await tab.act("send_message", content="what is a venv")
    assert (await tab.look())["place"] == "direct"
    assert len(tab.shown["messages"]) == 2, "the bot answers"
    assert (await tab.go(world.max))["place"] == "direct"
    assert not tab.shown["messages"], "Max has not written to the bot"
    assert (await tab.go(world.max, "nowhere"))["place"] == str(world.channel.id)


async def test_a_post_is_one_for_the_bot_too(world: World, tab: Tab, forum: ChannelHandle):
    """The bot hears of a new post and answers it; a post without a title is refused with a reason."""
    for title, body in [(" ", "text"), ("t" * 101, "text"), ("title", "")]:
        done = await tab.do("post", title=title, text=body)
        assert done["error"].startswith("A post needs a title of at most 100 characters")
    assert not forum.threads
    opened = await tab.do("post", title="what is a venv", text="see title")
    seen = await tab.go(world.mia, opened["place"])
    assert seen["place"] == opened["place"]
    assert names(seen) == ["ask-here", "questions", "what is a venv", "Direct messages"]
    (post,) = forum.threads
    first, answer = post.history()
    assert (first.id, first.author.id) == (post.id, world.mia.id)
    assert "isolated Python environment" in text(answer)


async def test_the_menu_of_a_message(world: World, tab: Tab):
    """Each member has the entries that Discord would show; what is chosen appears in the page."""
    asked = await world.mia.send(world.channel, "what is a venv")
    said = await world.max.send(world.channel, "An isolated place.")
    menus = [each["name"] for each in (await tab.go(world.mia))["menus"]]
    assert menus == ["Answer this", "Suggest for the lessons", "This solved it"]
    refused = await tab.do("menu", message=str(said.id), name="Save as entry")
    assert refused["error"] == "This message was deleted, or you can't do that here."
    assert not await tab.do("menu", message=str(asked.id), name="Answer this")
    await tab.act("refresh")
    await tab.look()
    assert "isolated Python environment" in str(tab.shown["messages"]), "only Mia sees it"

    assert "Save as entry" in [each["name"] for each in (await tab.go(world.max))["menus"]]
    assert not await tab.do("menu", message=str(said.id), name="Save as entry")
    await tab.act("refresh")
    await tab.look()
    assert tab.shown["modal"]["payload"]["title"] == "Question and answer"
    await world.max.delete(said)
    assert (await tab.do("menu", message=str(said.id), name="Save as entry"))["error"] == refused["error"]
    assert not (await tab.go(world.max, "direct"))["menus"]


async def test_two_days_pass_at_once(world: World, tab: Tab, inbox: ChannelHandle):
    """Whatever is due by then is done: the reminder of a walkthrough comes, and the digest of the week."""
    await world.bot.app.servers.set(world.server.id, Choices(inbox=inbox.id))
    with world.env._bot_scope():
        await world.bot.app.asking.inbox.chosen(world.server.id)
    await ask_for_reminders(world)
    before, seen = world.env.now(), await tab.look()
    await tab.do("days")
    assert round((world.env.now() - before) / timedelta(days=1)) == 2
    (letter,) = letters(world)
    assert text(letter).startswith("-# You did the walkthrough")
    after = await tab.look()
    assert after["now"] > seen["now"]
    assert after["places"][-1]["last"] == str(letter.id), "the page marks direct messages as new"
    await tab.do("days")
    assert not inbox.history()
    await tab.do("days")
    assert round((world.env.now() - before) / timedelta(days=1)) == 6, "but for a part of a second"
    assert "The last seven days" in text(inbox.history()[-1])


async def test_a_second_tab_shows_its_own_place(
    world: World, page: Preview, tab: Tab, session: aiohttp.ClientSession
):
    """Two tabs can be two members in two places, and each sees at once what the other one writes."""
    other = await Tab(page, session).open()
    await tab.go(world.max, "direct")
    assert (await other.look())["place"] == str(world.channel.id)
    await tab.go(world.max, world.channel.id)
    await other.act("send_message", content="Is anybody here?")
    await tab.look()
    assert "Is anybody here?" in str(tab.shown["messages"])
    assert (await tab.look())["viewer"] == str(world.max.id)


@pytest.mark.parametrize(
    "headers", [{"X-Simcord-Capability": "guessed"}, {"Origin": "https://example.com"}, {"Host": "example.com"}]
)
async def test_other_pages_cannot_use_the_preview(world: World, tab: Tab, headers: dict[str, str]):
    """A page on the web neither reads nor presses anything: it has no token, and another origin."""
    tab.headers |= headers
    before = world.env.now()
    for method, path in [("GET", "/places"), ("POST", "/api/action")]:
        with pytest.raises(AssertionError, match="401"):
            await tab.request(method, path, json={"kind": "days"})
    assert world.env.now() == before


async def test_the_page_is_in_the_language_of_the_server(world: World, tab: Tab):
    """A moderator who chooses a language in the settings sees it in the whole page."""
    await world.bot.app.servers.set(world.server.id, Choices(language="de"))
    seen = await tab.look()
    assert seen["words"]["days"] == "Zwei Tage vergehen lassen"
    assert (await tab.do("post", title="", text=""))["error"].startswith("Ein Beitrag braucht")


@pytest.fixture
def impatient(world: World) -> None:
    """A computer on which everything takes longer than SimCord waits."""
    world.env.settle_timeout = 0.001


async def test_an_action_that_takes_its_time_is_waited_for(impatient: None, world: World, tab: Tab):
    """A busy computer ends what was pressed, too; SimCord's page takes nothing more after what it gave up."""
    done = await tab.act("send_message", content=f"{world.bot.user.mention} what is a venv")
    assert done["settlement"] == "settled", done
    await tab.look()
    assert "What is a virtual environment?" in str(tab.shown["messages"])


async def test_what_the_bot_does_later_holds_up_no_press(world: World):
    """A timer of the bot that ends within the minute that an action may take is not part of it."""
    in_turn = Turns(world.env)
    async with in_turn.take():
        pass  # the clock is set
    with world.env._bot_scope():
        later = asyncio.create_task(asyncio.sleep(40))
    began = time.monotonic()
    async with in_turn.take():
        answer = await world.ask("what is a venv")
    assert "isolated Python environment" in text(answer)
    assert time.monotonic() - began < 20
    assert not later.done()
    later.cancel()


async def test_an_action_may_take_many_seconds(impatient: None, world: World, monkeypatch: pytest.MonkeyPatch):
    """As the review of an edit does on a busy computer."""
    monkeypatch.setattr(preview_turns, "SOON", 0.2)
    Turns(world.env)
    with world.env._bot_scope():
        busy = asyncio.create_task(asyncio.to_thread(time.sleep, 1))
    await world.ask("what is a venv")
    assert busy.done()
