"""Finds the pictures of a page among those of an imported folder."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.lessons.file_names import is_picture
from bot.lessons.intake.collecting import SourceFile
from bot.lessons.validation import wrong_with_picture


def pictures_by_name(files: Iterable[Path]) -> dict[str, list[Path]]:
    """The pictures among these files, by name. A file can be named twice: beside its folder, too."""
    found: dict[str, list[Path]] = {}
    for each in dict.fromkeys(files):
        if is_picture(each.name):
            found.setdefault(each.name, []).append(each)
    return found


def picture_finder(page: SourceFile, named: Mapping[str, list[Path]]) -> Callable[[str], str]:
    """A function that finds the picture with a path in this page; its result is the path from `page.top`, or ''.

    `/bird.png` is at the top, or anywhere if it is the only one of its name, as in Obsidian and below a site's
    `static/`. Other paths begin at the page: a wrong picture is worse than none.
    """
    inside = page.below.parent.as_posix()

    def find(path: str) -> str:
        if path.startswith("/"):
            anywhere = [each for each in named.get(path[1:], []) if each.is_relative_to(page.top)]
            only = [each.relative_to(page.top).as_posix() for each in anywhere if len(anywhere) == 1]
            places = [path[1:], *only]
        else:
            places = [posixpath.normpath(f"{inside}/{path}")]
        return next((each for each in places if wrong_with_picture(page.top, each) is None), "")

    return find
