"""Finds what Discord would refuse in the body of a request, with a line for each of its limits.

Lengths of strings are in characters, and a string of spaces counts as empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

ROW, BUTTON, SELECT, TEXT_INPUT, SECTION, TEXT, THUMBNAIL, GALLERY, FILE = 1, 2, 3, 4, 9, 10, 11, 12, 13
CONTAINER, LABEL = 17, 18
UPLOAD, RADIO, TICKS = 19, 21, 22
SELECTS = {SELECT, 5, 6, 7, 8}
LINK, PREMIUM = 5, 6
IS_V2 = 1 << 15

_BY_ITSELF = re.compile(r"/channels/(\d+)/(?:messages(?:/\d+)?|threads)")
_SENDS = re.compile(r"/channels/\d+/messages|/webhooks/\d+/[^/]+")
_EDITS = re.compile(r"/channels/\d+/messages/\d+|/webhooks/\d+/[^/]+/messages/[^/]+")
_ANSWERS = re.compile(r"/interactions/\d+/[^/]+/callback")
_THREADS = re.compile(r"/channels/\d+/(?:messages/\d+/)?threads")
_COMMANDS = re.compile(r"/applications/\d+/(?:guilds/\d+/)?commands(?:/\d+)?")

Json = Mapping[str, Any]


def refusals(method: str, path: str, body: Any, files: Sequence[str] = ()) -> list[str]:
    """The reasons for which Discord would answer 400; `files` are the names of the uploaded files."""
    if method == "POST" and _SENDS.fullmatch(path):
        return list(_message(body or {}, files, is_new=True))
    if method == "PATCH" and _EDITS.fullmatch(path):
        return list(_message(body or {}, files, is_new=False))
    if method == "POST" and _ANSWERS.fullmatch(path):
        return list(_answer(body or {}, files))
    if method == "POST" and _THREADS.fullmatch(path):
        first = (body or {}).get("message")  # of a post in a forum
        beginning = _message(first, files, is_new=True) if first is not None else ()
        return [*_text("name", (body or {}).get("name"), 100), *beginning]
    if method in {"POST", "PUT", "PATCH"} and _COMMANDS.fullmatch(path):
        commands = body if isinstance(body, list) else [body or {}]
        return [why for each in commands for why in _command(each)]
    return []


def needs_to_attach(path: str) -> int | None:
    """The channel in which a request has to have the permission to attach files; None if it needs none."""
    found = _BY_ITSELF.fullmatch(path)
    return int(found[1]) if found else None


def _answer(body: Json, files: Sequence[str]) -> Iterator[str]:
    data = body.get("data") or {}
    match body.get("type"):
        case 4:
            yield from _message(data, files, is_new=True)
        case 7:
            yield from _message(data, files, is_new=False)
        case 8:
            yield from _autocomplete(data.get("choices") or [])
        case 9:
            yield from _modal(data)


# Messages


def _message(body: Json, files: Sequence[str], *, is_new: bool) -> Iterator[str]:
    content, embeds = body.get("content"), body.get("embeds") or []
    components = body.get("components") or []
    others = ("attachments", "sticker_ids", "poll")
    is_forward = (body.get("message_reference") or {}).get("type") == 1
    is_empty = not (str(content or "").strip() or embeds or components or files or is_forward)
    if is_new and is_empty and not any(body.get(each) for each in others):
        yield "the message is empty"
    yield from _at_most("characters of content", len(content or ""), 2000)
    yield from _embeds(embeds)
    if int(body.get("flags") or 0) & IS_V2:
        if content or embeds:
            yield "content or embeds beside Components V2"
    else:
        yield from _at_most("rows", len(components), 5)
        if any(each.get("type") != ROW for each in components):
            yield "Components V2 without their flag"
    yield from _components(components)
    attached = {*files, *(each.get("filename") for each in body.get("attachments") or ())}
    for url in _urls(components):
        name = url.removeprefix("attachment://")
        if name != url and name not in attached:
            yield f"no file is called {name!r}"


def _components(components: Sequence[Json]) -> Iterator[str]:
    every = list(walk(components))
    yield from _at_most("components", len(every), 40)
    yield from _at_most("characters of text", sum(len(each.get("content") or "") for each in every), 4000)
    yield from _differ("custom_id", (each.get("custom_id") for each in every))
    yield from _differ("component id", (each.get("id") or None for each in every))
    for each in every:
        yield from _component(each)


def _component(part: Json) -> Iterator[str]:
    kind = part.get("type")
    inside = part.get("components") or []
    kinds = {each.get("type") for each in inside}
    if kind == ROW:
        if not 1 <= len(inside) <= 5 or (kinds & SELECTS and len(inside) > 1):
            yield "a row holds 1 to 5 buttons, or one menu"
    elif kind == BUTTON:
        yield from _button(part)
    elif kind in SELECTS:
        yield from _select(part)
    elif kind == TEXT:
        yield from _text("text", part.get("content"), 4000)
    elif kind == SECTION:
        if not 1 <= len(inside) <= 3 or kinds != {TEXT} or not part.get("accessory"):
            yield "a section holds 1 to 3 texts and something beside them"
    elif kind == GALLERY:
        items = part.get("items") or []
        if not 1 <= len(items) <= 10:
            yield f"a gallery holds 1 to 10 pictures, not {len(items)}"
        for each in items:
            yield from _at_most("characters of alt text", len(each.get("description") or ""), 1024)
    elif kind == CONTAINER and (not inside or CONTAINER in kinds):
        yield "a container holds something, and no container"


def _button(part: Json) -> Iterator[str]:
    label = part.get("label") or ""
    if part.get("style") == PREMIUM:
        return
    if not label.strip() and not part.get("emoji"):
        yield "a button has neither label nor emoji"
    yield from _at_most("characters of a label", len(label), 80)
    if part.get("style") == LINK:
        yield from _text("url", part.get("url"), 512)
    else:
        yield from _text("custom_id", part.get("custom_id"), 100)


def _select(part: Json) -> Iterator[str]:
    yield from _text("custom_id", part.get("custom_id"), 100)
    yield from _at_most("characters of a placeholder", len(part.get("placeholder") or ""), 150)
    least, most = part.get("min_values", 1), part.get("max_values", 1)
    if not (0 <= least <= most and 1 <= most <= 25):
        yield f"a menu of which {least} to {most} can be chosen"
    yield from _at_most("chosen values", len(part.get("default_values") or []), most)
    if part["type"] != SELECT:
        return
    options = part.get("options") or []
    if not 1 <= len(options) <= 25:
        yield f"a menu has 1 to 25 options, not {len(options)}"
    yield from _differ("option value", (each.get("value") for each in options))
    yield from _at_most("chosen options", sum(bool(each.get("default")) for each in options), most)
    for each in options:
        yield from _text("option label", each.get("label"), 100)
        yield from _text("option value", each.get("value"), 100)
        yield from _at_most("characters of an option's description", len(each.get("description") or ""), 100)


def _embeds(embeds: Sequence[Json]) -> Iterator[str]:
    yield from _at_most("embeds", len(embeds), 10)
    whole = 0
    for each in embeds:
        fields = each.get("fields") or []
        texts = [
            ("title", each.get("title"), 256),
            ("description", each.get("description"), 4096),
            ("footer", (each.get("footer") or {}).get("text"), 2048),
            ("author", (each.get("author") or {}).get("name"), 256),
        ]
        for name, text, most in texts:
            yield from _at_most(f"characters of an embed's {name}", len(text or ""), most)
        yield from _at_most("fields of an embed", len(fields), 25)
        for field in fields:
            yield from _text("name of a field", field.get("name"), 256)
            yield from _text("value of a field", field.get("value"), 1024)
        whole += sum(len(text or "") for _, text, _ in texts)
        whole += sum(len(field.get("name") or "") + len(field.get("value") or "") for field in fields)
    yield from _at_most("characters of all embeds", whole, 6000)


# What else is sent


def _autocomplete(choices: Sequence[Json]) -> Iterator[str]:
    yield from _at_most("choices", len(choices), 25)
    for each in choices:
        yield from _text("name of a choice", each.get("name"), 100)
        if isinstance(each.get("value"), str):
            yield from _text("value of a choice", each["value"], 100)


def _modal(data: Json) -> Iterator[str]:
    parts = data.get("components") or []
    every = list(walk(parts))
    yield from _text("title of a modal", data.get("title"), 45)
    yield from _text("custom_id of a modal", data.get("custom_id"), 100)
    if not 1 <= len(parts) <= 5:
        yield f"a modal has 1 to 5 parts, not {len(parts)}"
    yield from _differ("custom_id", (each.get("custom_id") for each in every))
    for each in every:
        if each.get("type") == LABEL:
            yield from _text("label of an input", each.get("label"), 45)
            yield from _at_most("characters below a label", len(each.get("description") or ""), 100)
        elif each.get("type") == TEXT_INPUT:
            yield from _input(each)
        elif each.get("type") in SELECTS:
            yield from _select(each)
        elif each.get("type") == TEXT:
            yield from _text("text", each.get("content"), 4000)
        elif each.get("type") in {RADIO, TICKS}:
            yield from _group(each)
        elif each.get("type") == UPLOAD and not (
            0 <= each.get("min_values", 1) <= 10 and 1 <= each.get("max_values", 1) <= 10
        ):
            yield "a form takes up to 10 files"


def _group(part: Json) -> Iterator[str]:
    """Radio buttons or boxes to tick."""
    options = part.get("options") or []
    if not (2 if part["type"] == RADIO else 1) <= len(options) <= 10:
        yield f"a group of {len(options)} options"
    yield from _differ("option value", (each.get("value") for each in options))
    if part["type"] == RADIO:
        yield from _at_most("chosen options", sum(bool(each.get("default")) for each in options), 1)
    for each in options:
        yield from _text("option label", each.get("label"), 100)
        yield from _text("option value", each.get("value"), 100)
        yield from _at_most("characters of an option's description", len(each.get("description") or ""), 100)


def _input(part: Json) -> Iterator[str]:
    yield from _text("custom_id", part.get("custom_id"), 100)
    if part.get("label"):
        yield from _at_most("characters of a label", len(part["label"]), 45)
    yield from _at_most("characters of a placeholder", len(part.get("placeholder") or ""), 100)
    most = part.get("max_length") or 4000
    if not 1 <= most <= 4000 or (part.get("min_length") or 0) > most:
        yield f"an input of at most {most} characters"
    yield from _at_most("characters in an input", len(part.get("value") or ""), min(most, 4000))


def _command(command: Json, *, is_option: bool = False) -> Iterator[str]:
    name, options = command.get("name") or "", command.get("options") or []
    yield from _text("name of a command", name, 32)
    is_typed = is_option or command.get("type", 1) == 1
    if is_typed:
        if name != name.lower() or re.search(r"\s", name):
            yield f"the command {name!r} has capitals or spaces"
        yield from _text("description of a command", command.get("description"), 100)
    for text in (command.get("description_localizations") or {}).values():
        yield from _text("description of a command", text, 100)
    yield from _at_most("options of a command", len(options), 25)
    yield from _differ("option of a command", (each.get("name") for each in options))
    needed = [bool(each.get("required")) for each in options]
    if needed != sorted(needed, reverse=True):
        yield "a required option stands behind one that is not"
    for each in options:
        yield from _command(each, is_option=True)


# Small things


def walk(components: Iterable[Json]) -> Iterator[Json]:
    """Every component, nested ones too."""
    for part in components:
        yield part
        yield from walk(part.get("components") or ())
        yield from walk(part[key] for key in ("accessory", "component") if part.get(key))


def _urls(components: Sequence[Json]) -> Iterator[str]:
    for part in walk(components):
        media = [each.get("media") for each in part.get("items") or ()] + [part.get("media"), part.get("file")]
        yield from (each["url"] for each in media if each)


def _text(name: str, text: Any, most: int) -> Iterator[str]:
    if not str(text or "").strip():
        yield f"{name}: empty"
    yield from _at_most(f"characters of {name}", len(str(text or "")), most)


def _at_most(what: str, count: int, most: int) -> Iterator[str]:
    if count > most:
        yield f"{count} {what}, at most {most} fit"


def _differ(what: str, values: Iterable[Any]) -> Iterator[str]:
    twice = [each for each, count in Counter(each for each in values if each is not None).items() if count > 1]
    if twice:
        yield f"two are called the same, {what}: {twice}"
