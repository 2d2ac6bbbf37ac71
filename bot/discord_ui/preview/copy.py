"""The preview's own copy of the lessons, which takes over what an author saves in the real folder."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from bot.lessons.files import RefusedFileError, read_file
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
        self.take_over()

    def take_over(self) -> list[str]:
        """Copy the files that were saved in the original folder, and delete lessons that were deleted there.

        Returns the names of the files that moderators changed in the meantime: they stay as they were published.
        """
        now = {path.relative_to(self._original): _stamp(path) for path in self._files()}
        gone = [path for path in self._seen.keys() - now.keys() if path.suffix in {".yaml", ".yml"}]
        changed = [path for path, stamp in now.items() if self._seen.get(path) != stamp]
        kept = [str(path) for path in [*changed, *gone] if not self._takes(path)]
        self._seen = now
        return sorted(kept)

    def _takes(self, path: Path) -> bool:
        """Take over a file; False if it was published in the meantime."""
        try:
            new = _content(self._original, path)
        except RefusedFileError:  # the library reports why when it reads the original
            return True
        except OSError as error:
            log.error("%s cannot be read: %s", self._original / path, error.strerror)  # noqa: TRY400 -- no traceback
            return True
        old, ours = _content(self._taken, path), _content(self.folder, path)
        if ours not in {old, new}:
            return new == old  # the author may have saved it without a change
        _write(self.folder / path, new)
        _write(self._taken / path, new)
        return True

    def _files(self) -> Iterator[Path]:
        for path in self._original.rglob("*"):
            is_hidden = any(part.startswith(".") for part in path.relative_to(self._original).parts)
            if path.is_file() and not is_hidden:
                yield path


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
