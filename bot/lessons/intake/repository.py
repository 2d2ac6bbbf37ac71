"""Where a file can be read on the web: its page in the repository that it is in."""

from __future__ import annotations

import re
from configparser import ConfigParser, Error
from pathlib import Path
from urllib.parse import quote

_REMOTE = re.compile(
    r"(?:https?://(?:[^@/]+@)?|git@|ssh://git@)(?P<host>github\.com|gitlab\.com)[:/](?P<name>[\w./-]+?)(?:\.git)?/?"
)


def page_address(file: Path) -> str:
    """The address of this file on GitHub or GitLab; '' where it is in no such repository."""
    path = file.resolve()
    root = next((each for each in path.parents if (each / ".git" / "config").is_file()), None)
    if root is None:
        return ""
    config = ConfigParser(strict=False, interpolation=None)
    try:
        config.read(root / ".git" / "config", encoding="utf-8")
        remote = config.get('remote "origin"', "url", fallback="")
    except (Error, OSError, UnicodeDecodeError):
        return ""
    found = _REMOTE.fullmatch(remote.strip())
    if not found:
        return ""
    page = "blob/HEAD" if found["host"] == "github.com" else "-/blob/HEAD"
    return f"https://{found['host']}/{found['name']}/{page}/{quote(path.relative_to(root).as_posix())}"
