"""Workspaces as Slack exports them: a folder of days for each channel, and lists beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_PEOPLE = {"mia": "U1", "tom": "U2", "bo": "U3", "helper": "U4"}


def posted(who: str, text: str, at: int, thread: int | None = None, **more: Any) -> dict[str, Any]:
    """A message, `at` this second, in the thread that began then."""
    in_thread: dict[str, Any] = {} if thread is None else {"thread_ts": _second(thread), "parent_user_id": "U1"}
    if thread == at:
        in_thread = {"thread_ts": _second(at), "reply_count": 1, "reply_users": ["U2"], "subscribed": False}
    is_bots = {"subtype": "bot_message", "bot_id": "B1"} if who == "helper" else {}
    return {
        "client_msg_id": f"c{at}",
        "type": "message",
        "user": _PEOPLE[who],
        "text": text,
        "ts": _second(at),
        "team": "T1",
        "user_profile": {
            "real_name": f"{who.title()} Kay",
            "display_name": who,
            "image_72": "https://a.example/1.png",
        },
        **in_thread,
        **is_bots,
        **more,
    }


def marked(name: str, *people: str) -> list[dict[str, Any]]:
    """The reactions of one kind, by these people."""
    return [{"name": name, "users": [_PEOPLE[each] for each in people], "count": len(people)}]


def save_workspace(folder: Path, channels: dict[str, dict[str, list[dict[str, Any]]]], **lists: object) -> Path:
    """Write a workspace with the messages of each channel by day; Tom is its admin."""
    users = [
        {
            "id": id_,
            "name": who,
            "deleted": False,
            "profile": {"email": f"{who}@example.org"},
            "is_admin": who == "tom",
            "is_owner": False,
            "is_bot": who == "helper",
        }
        for who, id_ in _PEOPLE.items()
    ]
    named = [{"id": f"C{n}", "name": name, "is_archived": False} for n, name in enumerate(channels)]
    folder.mkdir(parents=True)
    for name, content in ({"users": users, "channels": named} | lists).items():
        (folder / f"{name}.json").write_text(json.dumps(content, indent=4), encoding="utf-8")
    for name, days in channels.items():
        (folder / name).mkdir()
        for day, messages in days.items():
            (folder / name / f"{day}.json").write_text(json.dumps(messages, indent=4), encoding="utf-8")
    return folder


def _second(at: int) -> str:
    return f"17720{at:05}.000100"
