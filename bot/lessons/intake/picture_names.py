"""Names the copies of the pictures of an import: no other picture of the same name is shown or replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from bot.errors import EditError
from bot.lessons.files import read_file
from bot.lessons.lesson import Lesson, Picture
from bot.lessons.pictures import IMAGES, prepared
from bot.lessons.unpacking import is_picture
from bot.lessons.validation import MAX_PICTURE_BYTES


class PictureNames:
    """The paths of pictures in the lessons folder `home`: `images/<name>`, or `images/<name>-<hash>`.

    A hash is added if another picture has the name, in the folder or in the same import: Notion calls each pasted
    picture `image.png`. `copies` are the paths of those that are not there yet, by their folder and path in the
    source.
    """

    def __init__(self, home: Path) -> None:
        self.copies: dict[tuple[Path, str], Path] = {}
        self._home = home
        self._digests: dict[str, str] = {}

    def place(self, folder: Path, pictures: Iterable[str]) -> dict[str, str]:
        """The new paths of these pictures of a source by those that its lessons have. Raises `OSError`."""
        return {f"{IMAGES}/{Path(each).name}": self._place(folder, each) for each in pictures}

    def _place(self, folder: Path, picture: str) -> str:
        content = read_file(folder, picture, MAX_PICTURE_BYTES)
        digest = hashlib.sha256(content).hexdigest()
        name = PurePosixPath(IMAGES, Path(picture).name)
        file = str(name)
        if self._digests.get(file, digest) != digest or self._is_another(file, content):
            file = str(name.with_stem(f"{name.stem}-{digest[:8]}"))
        self._digests[file] = digest
        if not (self._home / file).exists():
            self.copies[folder, picture] = self._home / file
        return file

    def _is_another(self, file: str, content: bytes) -> bool:
        """Whether the lessons folder has another picture of this name."""
        try:
            there = read_file(self._home, file, MAX_PICTURE_BYTES)
        except FileNotFoundError:
            return False
        except OSError:  # something that is no picture
            return True
        if there != content and is_picture(file):
            with suppress(EditError):  # a picture that cannot be encoded again
                # An import in Discord stores it so.
                content, __ = prepared(content, Path(file).suffix.lower())
        return there != content


def with_pictures(lesson: Lesson, files: Mapping[str, str]) -> Lesson:
    """The lesson with other paths of its pictures."""

    def moved(picture: Picture | None) -> Picture | None:
        return picture and picture.model_copy(update={"file": files.get(picture.file, picture.file)})

    entries = (each.model_copy(update={"image": moved(each.image)}) for each in lesson.entries)
    scenarios = (each.model_copy(update={"picture": moved(each.picture)}) for each in lesson.scenarios)
    return lesson.model_copy(update={"entries": tuple(entries), "scenarios": tuple(scenarios)})
