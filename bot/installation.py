"""How Lessonbot is installed here: what people type to call it, and to add an extra."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

# What both shells of Windows take without quotes: PowerShell runs no command in quotes.
_PLAIN = re.compile(r"[\w:\\/.~+=-]+")


def quoted(word: str) -> str:
    """A word as people type it in their shell: on Windows, cmd and PowerShell both take double quotes."""
    if sys.platform == "win32":
        return word if _PLAIN.fullmatch(word) else f'"{word}"'
    return shlex.quote(word)


def typed_command() -> str:
    """`lessonbot`, or its path where the shell does not find it: README's first steps activate no environment."""
    beside_python = shutil.which("lessonbot", path=str(Path(sys.executable).parent))
    return "lessonbot" if shutil.which("lessonbot") or not beside_python else quoted(beside_python)


def pip_install(extra: str) -> str:
    """What adds this extra: a command, for this environment, from where Lessonbot came, as no index has it.

    An image of Docker has no code to install from, and its disk is read-only: an extra is added where it is built.
    """
    came_from = origin()
    url = str(came_from.get("url", ""))
    folder = folder_of(url)
    what, options = f"lessonbot[{extra}]", ""
    if folder and folder.is_dir():
        versions = folder / "constraints.txt"
        options = f"-c {quoted(str(versions))} " if versions.is_file() else ""
        options += "-e " if came_from.get("dir_info") == {"editable": True} else ""
        what = f"{folder}[{extra}]"
    elif folder:
        return (
            f"install Lessonbot again from its code with the extra {extra} (in Docker, add it to the line with "
            "pip in the Dockerfile, and build the image again)"
        )
    elif "vcs_info" in came_from:
        what += f" @ git+{url}"
    return f"{quoted(sys.executable)} -m pip install {options}{quoted(what)}"


def origin() -> Mapping[str, object]:
    """Where Lessonbot was installed from, as pip keeps it (`direct_url.json`); empty if it was an index."""
    try:
        kept = distribution("lessonbot").read_text("direct_url.json")
    except PackageNotFoundError:
        kept = None
    found: dict[str, object] = json.loads(kept) if kept else {}
    return found


def folder_of(url: str) -> Path | None:
    """The folder or file that this address names; None if it is not on this machine."""
    return Path(url2pathname(urlsplit(url).path)) if url.startswith("file:") else None
