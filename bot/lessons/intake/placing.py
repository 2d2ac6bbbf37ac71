"""Decides which pictures of a source a lesson can show, and with which captions."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.language.words import _
from bot.lessons.ids import ascii_name
from bot.lessons.intake.material import Block
from bot.lessons.intake.texts import TextConverter, made
from bot.lessons.lesson import Picture

_CAPTION = 300
_POINTS_AT_A_PICTURE = re.compile(
    r"\b(following|below|infographic|picture|image|diagram|figure|illustration|screenshot|chart)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"//|[a-z][a-z0-9+.-]+:", re.IGNORECASE)
# A link to a file of a repository on GitHub or GitLab, from its top: `../blob/main/bird.png`.
_IN_REPOSITORY = re.compile(r"(?:\.\./)*(?:-/)?(?:blob|raw)/[^/]+/")
_MOST_FOLDERS = 4  # of those that a picture can be found without


class PicturePlacer:
    """Places pictures. `by_name` are the paths in the source of the placed pictures, by file name."""

    def __init__(self, texts: TextConverter, find_picture: Callable[[str], str]) -> None:
        self.by_name: dict[str, str] = {}
        self._texts = texts
        self._find_picture = find_picture
        self._written: dict[str, str] = {}  # by the path of each picture: how a source writes it

    def place(self, texts: list[list[Block]]) -> Picture | None:
        """The first usable picture in these texts; None if there is none.

        All pictures are removed from the texts, and so is the caption of the first. The others are reported as
        unplaced.
        """
        placed: Picture | None = None
        for pieces in texts:
            kept: list[Block] = []
            for piece in pieces:
                if piece.kind != "picture":
                    kept.append(piece)
                elif placed:
                    why = _("a second picture, where there is room for one: add it by hand")
                    self._texts.leave([piece], why)
                else:
                    placed = self._picture(piece, kept)
            pieces[:] = kept
        return placed

    def with_words(self, pieces: list[Block]) -> list[Block]:
        """The pieces; where they are pictures alone, and the first is usable, with its title as their words."""
        first = next(iter(pieces), None)
        if not first or not first.title or any(piece.kind != "picture" for piece in pieces):
            return pieces
        if self._why_not(first.text, self._found(first.text)):
            return pieces
        words = replace(first, kind="prose", text=first.title, title="")
        return [words, replace(first, title=""), *pieces[1:]]

    def _picture(self, piece: Block, before: list[Block]) -> Picture | None:
        path = self._found(piece.text)
        name = posixpath.basename(path)
        caption = piece.title or _caption(before)
        picture = self._why_not(piece.text, path) or made(
            Picture, file=f"images/{name}", alt=piece.alt, caption=caption
        )
        if isinstance(picture, str):
            self._texts.leave([piece], picture)
            return None
        if not piece.title and caption:
            before.pop()
        self.by_name[name] = path
        self._written[path] = _plain(piece.text)
        return picture

    def _found(self, written: str) -> str:
        """The path of the picture that a source writes so; '' if there is none."""
        return next(filter(None, map(self._find_picture, _paths(written))), "")

    def _why_not(self, written: str, path: str) -> str:
        if _ELSEWHERE.match(written):
            return _("a picture from the web: save it, then add it in the file or with /lessons edit")
        if not path:
            return _(
                "no such picture '{path}' beside the notes: import both together, or add it later", path=written
            )
        name = posixpath.basename(path)
        # Without their folders, `a/logo.png` and `b/logo.png` would be the same picture.
        asked = _plain(written)
        known = self._written.get(path, asked)
        is_another = not (known.endswith(asked) or asked.endswith(known))
        if self.by_name.get(name, path) != path or is_another:
            return _("another picture is called '{name}' too: rename one, then import again", name=name)
        return ""


def _paths(written: str) -> Iterator[str]:
    """Where the picture can be that a source writes so, the likeliest first.

    A path can begin at the top of a site or a repository, and a picture that was uploaded has no folder.
    """
    if not written or _ELSEWHERE.match(written):
        return
    yield _plain(written)
    parts = posixpath.normpath(_IN_REPOSITORY.sub("", _plain(written), count=1)).split("/")
    if ".." not in parts:
        yield from ("/".join(parts[-count:]) for count in range(min(len(parts), _MOST_FOLDERS + 1), 0, -1))
        yield ascii_name(parts[-1])  # as Discord changes it


def _plain(written: str) -> str:
    """A path with "/", as on every system, and without detours: "img/bird.png" for ".\\img\\bird.png"."""
    return posixpath.normpath(written.replace("\\", "/"))


def _caption(before: list[Block]) -> str:
    """The sentence before a picture that announces it; '' if there is none, or no other text."""
    has_more = sum(1 for piece in before if piece.text) > 1
    last = before[-1].text if has_more and before[-1].kind == "prose" else ""
    return last if "\n" not in last and len(last) <= _CAPTION and _POINTS_AT_A_PICTURE.search(last) else ""
