"""The preview's own copy of the lessons, which takes over what an author saves in the real folder."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from bot.errors import UserError
from bot.lessons.document import read_document
from bot.lessons.editing.merging import merge_texts
from bot.lessons.files import RefusedFileError, read_file
from bot.lessons.library import Library
from bot.lessons.validation import MAX_PICTURE_BYTES

log = logging.getLogger(__name__)


class Copy:
    """A copy of a folder in which moderators of the preview publish; hidden files are not copied.

    `taken` is a second copy: each file as it was last taken over. A file in `folder` that differs was published.
    """

    def __init__(self, original: Path, folder: Path, taken: Path) -> None:
        self.folder = folder
        self._original = original
        self._taken = taken
        self._seen: dict[Path, tuple[int, int]] = {}
        folder.mkdir()
        self.take_over(None)

    def take_over(self, library: Library | None) -> list[str]:
        """Copy the files that were saved in the original folder, and delete lessons that were deleted there.

        A lesson that moderators changed in the meantime gets both changes. Returns the names of the files where
        that is not possible: they stay as they were published.
        """
        now = {path.relative_to(self._original): _stamp(path) for path in self._files()}
        gone = [path for path in self._seen.keys() - now.keys() if path.suffix in {".yaml", ".yml"}]
        changed = [path for path, stamp in now.items() if self._seen.get(path) != stamp]
        kept = [str(path) for path in [*changed, *gone] if not self._takes(path, library)]
        self._seen = now
        return sorted(kept)

    def _takes(self, path: Path, library: Library | None) -> bool:
        """Take over a file, or merge both changes of it; False if the changes cannot be merged."""
        try:
            new = _content(self._original, path)
        except RefusedFileError:  # the library reports why when it reads the original
            return True
        except OSError as error:
            log.error("%s cannot be read: %s", self._original / path, error.strerror)  # noqa: TRY400 -- no traceback
            return True
        old, ours = _content(self._taken, path), _content(self.folder, path)
        if ours in {old, new}:
            _write(self.folder / path, new)
        elif new == old:  # the author saved it without a change
            return True
        elif library is None or None in {new, old} or not _is_merged(library, path, old or b"", new or b""):
            return False
        _write(self._taken / path, new)
        return True

    def _files(self) -> Iterator[Path]:
        for path in self._original.rglob("*"):
            is_hidden = any(part.startswith(".") for part in path.relative_to(self._original).parts)
            if path.is_file() and not is_hidden:
                yield path


def _is_merged(library: Library, path: Path, old: bytes, new: bytes) -> bool:
    """Merge the moderators' changes of `old` with the author's, and publish the result; False if that fails."""
    published = library.lessons.by_file.get(path.as_posix())
    try:
        if published is None:
            return False
        before, after = (read_document(path.as_posix(), content).text for content in (old, new))
        merged = merge_texts(before, published.text, after)
        if merged is None:
            return False
        library.publish(published, merged)
    except UserError:  # the author's file or the merged one is not a valid lesson
        return False
    return True


def _content(folder: Path, path: Path) -> bytes | None:
    with contextlib.suppress(FileNotFoundError):
        return read_file(folder, str(path), MAX_PICTURE_BYTES)
    return None


def _write(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size
