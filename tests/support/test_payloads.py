"""The simulated Discord is as strict as the real one. Each limit has a test."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord import Env

from tests.support.payloads import IS_V2, refusals

SEND, EDIT, CALLBACK = "/channels/1/messages", "/channels/1/messages/2", "/interactions/1/token/callback"


def send(*components: dict[str, Any], files: tuple[str, ...] = (), **body: Any) -> list[str]:
    """The refusals of a new message, in Components V2 if it has components."""
    if components:
        body = {"flags": IS_V2, "components": list(components), **body}
    return refusals("POST", SEND, body, files)


def answer(kind: int, **data: Any) -> list[str]:
    return refusals("POST", CALLBACK, {"type": kind, "data": data})


def said(text: str) -> dict[str, Any]:
    return {"type": 10, "content": text}


def button(n: int = 0, **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "x", "custom_id": f"id-{n}", **more}


def row(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(parts)}


def menu(*options: dict[str, Any], **more: Any) -> dict[str, Any]:
    return row({"type": 3, "custom_id": "menu", "options": list(options), **more})


def option(n: int = 0, **more: Any) -> dict[str, Any]:
    return {"label": "x", "value": f"value-{n}", **more}


def embed(**parts: Any) -> list[str]:
    return send(embeds=[parts])


def modal(*parts: dict[str, Any], **more: Any) -> list[str]:
    return answer(9, **{"title": "x", "custom_id": "x", "components": list(parts), **more})


def label(n: int = 0, text: str = "x", **box: Any) -> dict[str, Any]:
    return {"type": 18, "label": text, "component": {"type": 4, "custom_id": f"id-{n}", **box}}


def radio(count: int, *, chosen: int = 0) -> dict[str, Any]:
    options = [option(n, default=n < chosen) for n in range(count)]
    return {"type": 18, "label": "x", "component": {"type": 21, "custom_id": "radio", "options": options}}


def files(most: int) -> dict[str, Any]:
    return {"type": 18, "label": "x", "component": {"type": 19, "custom_id": "files", "max_values": most}}


def choose(*names: str, value: str = "x") -> list[str]:
    return answer(8, choices=[{"name": each, "value": value} for each in names])


def command(**parts: Any) -> list[str]:
    return refusals("PUT", "/applications/1/commands", [{"name": "ask", "description": "x", **parts}])


FIELD = {"name": "n", "value": "v"}
OPTION = {"name": "one", "description": "x"}
PICTURE = {"media": {"url": "https://example.com"}}

ROWS = {
    "content has 2,000 characters": (send(content="x" * 2000), send(content="x" * 2001)),
    "a message is not empty": (send(files=("a.png",)), send(content=" \n ")),
    "an edit may leave the content out": (refusals("PATCH", EDIT, {"flags": 4}), send()),
    "an edit is held to the same limits": (
        refusals("PATCH", EDIT, {"content": "x"}),
        refusals("PATCH", EDIT, {"content": "x" * 2001}),
    ),
    "a follow-up, too": (
        refusals("POST", "/webhooks/1/token", {"content": "x"}),
        refusals("POST", "/webhooks/1/token", {"content": "x" * 2001}),
    ),
    "an answer to an interaction, too": (answer(4, content="x"), answer(4, content="")),
    "a card that is replaced, too": (answer(7, content="x"), answer(7, content="x" * 2001)),
    "a card has 40 components": (
        send(*(said("x") for _ in range(40))),
        send(*(said("x") for _ in range(41))),
    ),
    "nested ones count": (
        send({"type": 17, "components": [said("x")] * 39}),
        send({"type": 17, "components": [said("x")] * 40}),
    ),
    "a card has 4,000 characters in all": (
        send(said("x" * 2000), said("x" * 2000)),
        send(said("x" * 2000), {"type": 17, "components": [said("x" * 2001)]}),
    ),
    "no text is empty": (send(said("x")), send(said(" "))),
    "no content beside Components V2": (send(said("x")), send(said("x"), content="x")),
    "no embeds beside Components V2": (send(said("x")), send(said("x"), embeds=[{"title": "x"}])),
    "Components V2 need their flag": (send(said("x")), send(said("x"), flags=0)),
    "an embed's title has 256": (embed(title="x" * 256), embed(title="x" * 257)),
    "an embed's description has 4,096": (embed(description="x" * 4096), embed(description="x" * 4097)),
    "an embed has 25 fields": (embed(fields=[FIELD] * 25), embed(fields=[FIELD] * 26)),
    "a field's name has 256": (
        embed(fields=[{**FIELD, "name": "x" * 256}]),
        embed(fields=[{**FIELD, "name": "x" * 257}]),
    ),
    "a field's value has 1,024": (
        embed(fields=[{**FIELD, "value": "x" * 1024}]),
        embed(fields=[{**FIELD, "value": "x" * 1025}]),
    ),
    "a field's name is not empty": (embed(fields=[FIELD]), embed(fields=[{**FIELD, "name": " "}])),
    "a field's value is not empty": (embed(fields=[FIELD]), embed(fields=[{**FIELD, "value": ""}])),
    "an embed's footer has 2,048": (embed(footer={"text": "x" * 2048}), embed(footer={"text": "x" * 2049})),
    "an embed's author has 256": (embed(author={"name": "x" * 256}), embed(author={"name": "x" * 257})),
    "embeds have 6,000 in all": (
        send(embeds=[{"description": "x" * 3000}] * 2),
        send(embeds=[{"description": "x" * 3000}, {"description": "x" * 3001}]),
    ),
    "a message has 10 embeds": (send(embeds=[{"title": "x"}] * 10), send(embeds=[{"title": "x"}] * 11)),
    "a row has 5 buttons": (send(row(*map(button, range(5)))), send(row(*map(button, range(6))))),
    "a row is not empty": (send(row(button())), send(row())),
    "a row has one menu": (
        send(menu(option())),
        send(row(*menu(option())["components"], button())),
    ),
    "there are 5 rows without Components V2": (
        send(*(row(button(n)) for n in range(5)), flags=0),
        send(*(row(button(n)) for n in range(6)), flags=0),
    ),
    "a button's label has 80": (send(row(button(label="x" * 80))), send(row(button(label="x" * 81)))),
    "a button's label is not empty": (
        send(row(button(emoji={"name": "x"}, label=""))),
        send(row(button(label=" "))),
    ),
    "a custom_id has 100": (send(row(button(custom_id="x" * 100))), send(row(button(custom_id="x" * 101)))),
    "custom_ids differ": (send(row(button(1), button(2))), send(row(button(1)), row(button(1)))),
    "also a menu's from a button's": (
        send(row(button()), menu(option())),
        send(row(button(custom_id="menu")), menu(option())),
    ),
    "a menu has 25 options": (send(menu(*map(option, range(25)))), send(menu(*map(option, range(26))))),
    "a menu has options": (send(menu(option())), send(menu())),
    "an option's label has 100": (
        send(menu(option(label="x" * 100))),
        send(menu(option(label="x" * 101))),
    ),
    "an option's label is not empty": (send(menu(option())), send(menu(option(label=" ")))),
    "an option's value has 100": (send(menu(option(value="x" * 100))), send(menu(option(value="x" * 101)))),
    "an option's description has 100": (
        send(menu(option(description="x" * 100))),
        send(menu(option(description="x" * 101))),
    ),
    "option values differ": (send(menu(option(1), option(2))), send(menu(option(1), option(1)))),
    "one option is chosen": (
        send(menu(option(1, default=True), option(2))),
        send(menu(option(1, default=True), option(2, default=True))),
    ),
    "a placeholder has 150": (
        send(menu(option(), placeholder="x" * 150)),
        send(menu(option(), placeholder="x" * 151)),
    ),
    "a menu can be chosen from": (
        send(menu(option(), min_values=0)),
        send(menu(option(), min_values=2, max_values=1)),
    ),
    "a gallery has 10 pictures": (
        send({"type": 12, "items": [PICTURE] * 10}),
        send({"type": 12, "items": [PICTURE] * 11}),
    ),
    "an alt text has 1,024": (
        send({"type": 12, "items": [{**PICTURE, "description": "x" * 1024}]}),
        send({"type": 12, "items": [{**PICTURE, "description": "x" * 1025}]}),
    ),
    "a picture that is shown comes along": (
        send({"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}, files=("a.png",)),
        send({"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}, files=("b.png",)),
    ),
    "a section has a text and an accessory": (
        send({"type": 9, "components": [said("x")], "accessory": button()}),
        send({"type": 9, "components": [said("x")]}),
    ),
    "containers do not nest": (
        send({"type": 17, "components": [said("x")]}),
        send({"type": 17, "components": [{"type": 17, "components": [said("x")]}]}),
    ),
    "a modal's title has 45": (modal(label(), title="x" * 45), modal(label(), title="x" * 46)),
    "a modal's custom_id has 100": (modal(label(), custom_id="x" * 100), modal(label(), custom_id="x" * 101)),
    "a modal has 5 parts": (modal(*map(label, range(5))), modal(*map(label, range(6)))),
    "a modal has parts": (modal(label()), modal()),
    "the inputs of a modal differ": (modal(label(1), label(2)), modal(label(1), label(1))),
    "an input's label has 45": (modal(label(text="x" * 45)), modal(label(text="x" * 46))),
    "an input has 4,000": (modal(label(value="x" * 4000)), modal(label(value="x" * 4001))),
    "an input holds what it may": (
        modal(label(value="xx", max_length=2)),
        modal(label(value="xxx", max_length=2)),
    ),
    "an input takes 4,000": (modal(label(max_length=4000)), modal(label(max_length=4001))),
    "an input's placeholder has 100": (
        modal(label(placeholder="x" * 100)),
        modal(label(placeholder="x" * 101)),
    ),
    "autocomplete has 25 choices": (choose(*map(str, range(25))), choose(*map(str, range(26)))),
    "autocomplete may have none": (choose(), choose("")),
    "a choice's name has 100": (choose("x" * 100), choose("x" * 101)),
    "a choice's value has 100": (choose("x", value="x" * 100), choose("x", value="x" * 101)),
    "a choice's value is not empty": (choose("x"), choose("x", value=" ")),
    "a command's name has 32": (command(name="x" * 32), command(name="x" * 33)),
    "a command's name is lower case": (command(name="ask"), command(name="Ask")),
    "a menu's command may have capitals": (
        command(name="Answer this", type=3, description=""),
        command(name="A b"),
    ),
    "a command's description has 100": (command(description="x" * 100), command(description="x" * 101)),
    "also in another language": (
        command(description_localizations={"de": "x" * 100}),
        command(description_localizations={"de": "x" * 101}),
    ),
    "a command has 25 options": (
        command(options=[{**OPTION, "name": f"n{n}"} for n in range(25)]),
        command(options=[{**OPTION, "name": f"n{n}"} for n in range(26)]),
    ),
    "required options come first": (
        command(options=[{**OPTION, "required": True}, {**OPTION, "name": "two"}]),
        command(options=[OPTION, {**OPTION, "name": "two", "required": True}]),
    ),
    "options of a command differ": (command(options=[OPTION]), command(options=[OPTION, OPTION])),
    "a radio group has 2 to 10 options": (modal(radio(10)), modal(radio(11))),
    "one option of a radio group is chosen": (modal(radio(3, chosen=1)), modal(radio(3, chosen=2))),
    "a form takes 10 files": (modal(files(10)), modal(files(11))),
    "a thread's name has 100": (
        refusals("POST", "/channels/1/threads", {"name": "x" * 100}),
        refusals("POST", "/channels/1/messages/2/threads", {"name": "x" * 101}),
    ),
    "the first message of a post is a message": (
        refusals("POST", "/channels/1/threads", {"name": "x", "message": {"content": "x" * 2000}}),
        refusals("POST", "/channels/1/threads", {"name": "x", "message": {"content": "x" * 2001}}),
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_limit_of_discord(name: str):
    """A request at the limit is accepted, and one over it is refused for only that reason."""
    fits, is_too_much = ROWS[name]
    assert fits == []
    assert len(is_too_much) == 1, is_too_much


async def test_whatever_the_bot_makes_of_a_refusal_the_test_knows(simcord_env: Env, strict_discord: list[str]):
    """A card that Discord refuses fails the test, even if the bot catches the error."""
    channel = simcord_env.create_guild("here").create_text_channel("talk")
    found = simcord_env.bot.get_channel(channel.id)
    assert isinstance(found, discord.TextChannel)
    with pytest.raises(discord.HTTPException, match="fit"):
        await found.send("x" * 2001)
    assert len(strict_discord) == 1
    strict_discord.clear()
