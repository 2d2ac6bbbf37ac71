"""Reads channels that Slack exported: threads, with the reply of an admin or one that has a check mark."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePath

from bot.errors import NotesError
from bot.language.words import N_, _
from bot.lessons.ids import title_from
from bot.lessons.intake.channel import ChannelMessage, ChannelReader
from bot.lessons.intake.json_values import list_in, text_in, value_in
from bot.lessons.intake.material import NO_TITLE, Hints, Section, Source, text_block
from bot.lessons.intake.mentions import MENTION, unaddressed
from bot.lessons.markdown.html_tags import unescaped

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_USERS = frozenset({"users.json", "org_users.json"})
_LISTS = frozenset(
    "channels.json groups.json dms.json mpims.json integration_logs.json canvases.json content_flags.json "
    "file_conversations.json lists.json".split()
)
# What people wrote; all other subtypes are what Slack says, such as who joined.
_WRITTEN = ("", "thread_broadcast", "file_share", "bot_message")
_OF_MESSAGES = re.compile(r"D[A-Z0-9]{8,12}|mpdm-.*", re.DOTALL)  # folders of direct messages
_CHECKS = frozenset({"white_check_mark", "heavy_check_mark", "ballot_box_with_check"})
_NO_PAIR = N_(
    "a message that asks nothing, or without the reply of an admin or one with a check mark in its thread"
)
_CODE = re.compile(r"(```.*?```|`[^`\n]{1,500}`)", re.DOTALL)
_LINK = re.compile(r"<([^<>|\n]{1,2000})(?:\|([^<>\n]{0,500}))?>")
_BOLD = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,500}?)(?<=\S)\*(?![\w*])")
_STRUCK = re.compile(r"(?<![\w~])~(?=[^\s~])([^~\n]{1,500}?)(?<=\S)~(?![\w~])")
_BULLET = re.compile(r"^([ \t]{0,40})[\u2022\u25e6\u25aa][ \t]{1,9}", re.MULTILINE)


def slack_channels(texts: Mapping[Path, str]) -> tuple[dict[Path, list[Path]], dict[Path, str]]:
    """The first day of each channel, with the files to read together with it; and why other files are not read."""
    days: dict[Path, list[Path]] = {}
    for path, text in texts.items():
        if path.suffix.lower() == ".json" and _DAY.fullmatch(path.stem) and text.lstrip()[:1] == "[":
            days.setdefault(path.parent, []).append(path)
    channels: dict[Path, list[Path]] = {}
    refused: dict[Path, str] = {}
    for folder, files in days.items():
        if not any('"ts"' in texts[each] for each in files):
            continue
        above = folder.parent
        lists = {name: above / name for name in _LISTS | _USERS if above / name in texts}
        if _OF_MESSAGES.fullmatch(folder.name) or folder.name in _named(lists, texts, "dms.json", "mpims.json"):
            refused |= dict.fromkeys(files, _("direct messages, which are not imported"))
            continue
        if folder.name in _named(lists, texts, "groups.json"):
            refused |= dict.fromkeys(
                files, _("a private channel: if members may read it, import its folder alone")
            )
            continue
        users = [path for name, path in lists.items() if name in _USERS]
        channels[files[0]] = [*files[1:], *users]
        why = _("a list that Slack exports, which holds no messages")
        refused |= {path: why for path in lists.values() if path not in users}
    return channels, refused


def _named(lists: Mapping[str, Path], texts: Mapping[Path, str], *files: str) -> set[str]:
    """The names of the folders that these lists name."""
    known = [_loaded(texts[lists[name]]) for name in files if name in lists]
    chats = [each for data in known if isinstance(data, list) for each in data]
    return {text_in(each, key) for each in chats for key in ("id", "name")} - {""}


def read_slack(text: str, hints: Hints) -> Source | None:
    """The source in a channel; None if this is something else.

    The text is that of one day, and `hints.beside` has the others and the workspace's users, who tell the admins.
    """
    data = _loaded(text)
    if not isinstance(data, list):
        return None
    days: list[tuple[str, object]] = [("", data)]
    users: list[object] = []
    for file, other in hints.beside.items() if _DAY.fullmatch(hints.name) else ():
        found = _loaded(other)
        if not isinstance(found, list):
            raise NotesError(_("{file}: is not valid JSON", file=PurePath(file).name))
        if PurePath(file).name in _USERS:
            users += found
        else:
            days.append((file, found))
    messages = list(_messages(days, {text_in(each, "id") for each in users if _is_admin(each)}))
    if not any(each.to for each in messages) and len(days) + len(users) == 1:
        return None
    source = Source(NO_TITLE, NO_TITLE, [Section()], has_lines=False)
    ChannelReader(messages, source, _(_NO_PAIR), all_may_answer=False).read()
    if hints.folder:
        source.title = replace(text_block(title_from(hints.folder), 1), kind="title")
    source.is_single = True  # all days of a channel are one lesson, which has the name of its folder
    source.seen = _(
        "messages of a Slack channel, but no question there with the reply of an admin (`users.json` beside the "
        "channel says who that is) or one that has a check mark from whoever asked"
    )
    return source


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # the reader of other data says what is wrong
        return None


def _is_admin(user: object) -> bool:
    return any(value_in(user, key) is True for key in ("is_admin", "is_owner", "is_primary_owner"))


def _messages(days: list[tuple[str, object]], admins: set[str]) -> Iterator[ChannelMessage]:
    written = [
        (text_in(each, "ts"), file, each)
        for file, day in days
        for each in (day if isinstance(day, list) else [])
        if text_in(each, "ts") and text_in(each, "subtype") in _WRITTEN
    ]
    written.sort(key=lambda each: each[:2])
    askers = {ts: text_in(each, "user") for ts, __, each in written}
    for number, (ts, file, each) in enumerate(written, 1):
        thread = text_in(each, "thread_ts")
        author = text_in(each, "user") or text_in(each, "bot_id")
        yield ChannelMessage(
            number,
            ts,
            author,
            unaddressed(_as_markdown(text_in(each, "text"))),
            thread if thread != ts else "",
            bool(text_in(each, "bot_id")) or text_in(each, "subtype") == "bot_message",
            author in admins,
            tuple(filter(None, (text_in(one, "name") for one in list_in(each, "files")))),
            (),
            not _checked_by(each).isdisjoint({askers.get(thread, ""), *admins} - {""}),
            file,
        )


def _checked_by(message: object) -> set[str]:
    """Who gave a message a check mark."""
    checks = [each for each in list_in(message, "reactions") if text_in(each, "name") in _CHECKS]
    return {who for each in checks for who in list_in(each, "users") if isinstance(who, str)}


def _as_markdown(text: str) -> str:
    parts = _CODE.split(text)
    return "".join(_code(part) if n % 2 else _prose(part) for n, part in enumerate(parts))


def _code(part: str) -> str:
    code = unescaped(part)
    return f"\n```\n{code[3:-3].strip(chr(10))}\n```\n" if code.startswith("```") else code


def _prose(part: str) -> str:
    text = _STRUCK.sub(r"~~\1~~", _BOLD.sub(r"**\1**", part))
    return unescaped(_BULLET.sub(r"\1- ", _LINK.sub(_link, text)))


def _link(found: re.Match[str]) -> str:
    """A link, or what stands between the same signs: `<@U1>`, `<#C1|general>`, `<!here>`."""
    target, label = found[1], found[2] or ""
    if target.startswith("!date"):
        return label
    if target[0] in "@!":
        return MENTION
    if target[0] == "#":
        return f"#{label}"
    if target.startswith("mailto:"):
        return label or target.removeprefix("mailto:")
    shown = label.replace("[", "(").replace("]", ")")
    return f"[{shown}]({target})" if shown and shown != target else f"<{target}>"
