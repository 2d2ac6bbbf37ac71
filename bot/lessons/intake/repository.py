"""Finds the address of a file on the web, in the repository that contains it."""

from __future__ import annotations

import re
from configparser import ConfigParser, Error
from pathlib import Path
from urllib.parse import quote

_REMOTE = re.compile(
    r"(?:https?://(?:[^@/]+@)?|git@|ssh://git@)(?P<host>github\.com|gitlab\.com)[:/](?P<name>[\w./-]+?)(?:\.git)?/?"
)


def page_address(file: Path) -> str:
    """The address of this file on GitHub or GitLab; '' if it is in no such repository."""
    path = file.resolve()
    root = _root(path)
    address = repository_address(path)
    if root is None or not address:
        return ""
    page = "blob/HEAD" if address.startswith("https://github.com/") else "-/blob/HEAD"
    return f"{address}/{page}/{quote(path.relative_to(root).as_posix())}"


def repository_address(file: Path) -> str:
    """The address of the repository on GitHub or GitLab that contains this file; '' if there is none."""
    root = _root(file.resolve())
    if root is None:
        return ""
    config = ConfigParser(strict=False, interpolation=None)
    try:
        config.read(root / ".git" / "config", encoding="utf-8")
        return web_address(config.get('remote "origin"', "url", fallback=""))
    except (Error, OSError, UnicodeDecodeError):
        return ""


def web_address(remote: str) -> str:
    """The web address of the repository with this address in git; '' if it is unknown."""
    found = _REMOTE.fullmatch(remote.strip())
    return f"https://{found['host']}/{found['name']}" if found else ""


def _root(path: Path) -> Path | None:
    return next((each for each in path.parents if (each / ".git" / "config").is_file()), None)
