"""Names the copies of the pictures of an import: no other picture of the same name is shown or replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from bot.errors import EditError
from bot.lessons.file_names import is_picture
from bot.lessons.files import read_file
from bot.lessons.lesson import Lesson, Picture
from bot.lessons.pictures import IMAGES, prepared
from bot.lessons.validation import MAX_PICTURE_BYTES


class PictureNames:
    """The paths of pictures in the lessons folder `home`: `images/<name>-<hash>`, by the picture in the source.

    So pictures of one name are two pictures: Notion calls each pasted one `image.png`. And the next import sees
    from the path whether the source changed its picture. If somebody replaced the file in the lessons folder, that
    one stays. A picture that is there already as `images/<name>`, from an import without hashes, keeps that path.
    `copies` are the paths of those that are not there yet, by their folder and path in the source.
    """

    def __init__(self, home: Path) -> None:
        self.copies: dict[tuple[Path, str], Path] = {}
        self._home = home

    def place(self, folder: Path, pictures: Iterable[str]) -> dict[str, str]:
        """The new paths of these pictures of a source by those that its lessons have. Raises `OSError`."""
        return {f"{IMAGES}/{Path(each).name}": self._place(folder, each) for each in pictures}

    def _place(self, folder: Path, picture: str) -> str:
        content = read_file(folder, picture, MAX_PICTURE_BYTES)
        plain = PurePosixPath(IMAGES, Path(picture).name)
        # The longest file names have no room for a hash.
        file = str(plain.with_stem(f"{plain.stem[:60]}-{hashlib.sha256(content).hexdigest()[:8]}"))
        if (self._home / file).exists():
            return file
        if self._is_there(str(plain), content):
            return str(plain)
        self.copies[folder, picture] = self._home / file
        return file

    def _is_there(self, file: str, content: bytes) -> bool:
        """Whether the lessons folder has this picture by this name."""
        try:
            there = read_file(self._home, file, MAX_PICTURE_BYTES)
        except OSError:  # none, or something that is no picture
            return False
        if there != content and is_picture(file):
            with suppress(EditError):  # a picture that cannot be encoded again
                # An import in Discord stores it so.
                content, __ = prepared(content, Path(file).suffix.lower())
        return there == content


def with_pictures(lesson: Lesson, files: Mapping[str, str]) -> Lesson:
    """The lesson with other paths of its pictures."""

    def moved(picture: Picture | None) -> Picture | None:
        return picture and picture.model_copy(update={"file": files.get(picture.file, picture.file)})

    entries = (each.model_copy(update={"image": moved(each.image)}) for each in lesson.entries)
    scenarios = (each.model_copy(update={"picture": moved(each.picture)}) for each in lesson.scenarios)
    return lesson.model_copy(update={"entries": tuple(entries), "scenarios": tuple(scenarios)})
