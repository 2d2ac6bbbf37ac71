"""Unpacks an upload: lessons, pictures, and files to make lessons from. No file is read beyond safe limits."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from bot.errors import EditError
from bot.language.numbers import mebibytes
from bot.language.words import _, _n
from bot.lessons.file_names import is_file_name, is_lesson, is_picture
from bot.lessons.intake.formats import reader_of
from bot.lessons.loading import QUESTIONS

MAX_UPLOAD_BYTES = 20 * 2**20
MAX_FILES = 2000
MAX_UNPACKED_BYTES = 20 * 2**20

# With a file in it, or empty. "PK" alone can also begin a text.
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Names of pages, and of folders around them, come from other programs: `What's new, and why 1a2b.md`.
_SOURCE_NAME = re.compile(r"(?![.~ ])[^\x00-\x1f\x7f\\/:*?\"<>|]{1,200}(?<![. ])")
# What macOS and Windows put into every zip.
_LITTER = re.compile(r"__MACOSX/.*|(.*/)?(\.DS_Store|Thumbs\.db|desktop\.ini)")
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, LookupError)


@dataclass(frozen=True)
class Upload:
    """The files of an upload by their paths, and the names of files that cannot be used."""

    files: Mapping[str, bytes]
    ignored: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether it has a lesson, or a page that lessons can be made of."""
        return not all(is_picture(file) or PurePosixPath(file).name == QUESTIONS for file in self.files)


def read_archive(name: str, content: bytes) -> Upload:
    """Unpack an upload: one file, or a zip of several.

    Raises `EditError` if it is too large or damaged, or if a path leads out of the folder.
    """
    if len(content) > MAX_UPLOAD_BYTES:
        much, most = mebibytes(len(content)), mebibytes(MAX_UPLOAD_BYTES)
        raise EditError(_("the upload is too large: {much} MB; the limit is {most} MB", much=much, most=most))
    is_zip = _is_zip(name, content) or name.lower().endswith(".zip")  # it may have lost its beginning
    files = _unpacked(content) if is_zip else {_inside(name): content}
    if files and all(_is_zip(file, inside) for file, inside in files.items()):
        files = _joined(files)
    used = {file: inside for file, inside in files.items() if inside is not None and _is_usable(file)}
    folders = {above.as_posix().casefold() for file in used for above in PurePosixPath(file).parents}
    if twice := [file for file in used if file.casefold() in folders]:
        raise EditError(_("the zip file contains '{file}' twice", file=_shown(min(twice))))
    return Upload(used, tuple(sorted(files.keys() - used.keys())))


def _is_usable(file: str) -> bool:
    """Whether a file of this name can be among the lessons, or become one."""
    path = PurePosixPath(file)
    # Not `.github/workflows/check.yaml`; nor `./a.yaml`, a second name of `a.yaml`.
    if not all(map(_SOURCE_NAME.fullmatch, path.parts)) or path.as_posix() != file:
        return False
    # A system's limits for a name and for a path.
    if len(file.encode()) > 1000 or any(len(each.encode()) > 255 for each in path.parts):
        return False
    if is_lesson(file):
        return all(map(is_file_name, path.parts))
    return (is_picture(file) and is_file_name(path.name)) or bool(path.suffix and reader_of(path))


def _unpacked(content: bytes) -> dict[str, bytes | None]:
    """The contents of a zip by path; None for a link or the like, which is not read."""
    # Counted before zipfile makes an object for each file.
    if content.count(b"PK\x01\x02") > 2 * MAX_FILES:
        raise _too_many()
    files: dict[str, bytes | None] = {}
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = [each for each in archive.infolist() if not _LITTER.fullmatch(each.filename)]
            if len(infos) > MAX_FILES:
                raise _too_many()
            if sum(each.file_size for each in infos) > MAX_UNPACKED_BYTES:
                raise _too_large()
            for info in infos:
                _add(files, archive, info)
    except _DAMAGED as error:
        raise EditError(_("the zip file is damaged and cannot be read")) from error
    return files


def _is_zip(file: str, content: bytes | None) -> bool:
    if content is None or not content.startswith(_ZIP):
        return False
    # A zip can have lost its ending. Files of Word and other programs are zips, too, with endings of their own.
    path = PurePosixPath(file.lower())
    return path.suffix in {"", ".zip"} or is_lesson(path.name) or reader_of(path) is not None


def _joined(parts: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
    """The contents of the zips in a zip of nothing else: Notion exports its pages in such parts."""
    files: dict[str, bytes | None] = {}
    for content in parts.values():
        found = _unpacked(content or b"")
        if twice := files.keys() & found.keys():
            raise EditError(_("the zip file contains '{file}' twice", file=_shown(min(twice))))
        files |= found
        if len(files) > MAX_FILES:
            raise _too_many()
        if sum(len(each or b"") for each in files.values()) > MAX_UNPACKED_BYTES:
            raise _too_large()
    return files


def _add(files: dict[str, bytes | None], archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    file = _inside(info.orig_filename)
    if file.endswith("/"):  # a folder
        return
    if file.casefold() in map(str.casefold, files):
        raise EditError(_("the zip file contains '{file}' twice", file=_shown(file)))
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        files[file] = None
        return
    if info.flag_bits & 0x1:
        raise EditError(_("the zip file is encrypted; create it without a password"))
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise EditError(
            _("the zip file is compressed in an unsupported way; create it again with your system's zip tool")
        )
    room = MAX_UNPACKED_BYTES - sum(len(each or b"") for each in files.values())
    with archive.open(info) as opened:
        inside = opened.read(room + 1)  # no more than that, whatever size was declared
    if len(inside) > room:
        raise _too_large()
    files[file] = inside


def _inside(path: str) -> str:
    """The path of a file, with `a.yaml` for `a.YAML`. Raises `EditError` if it leads out of the folder."""
    parts = path.split("/")
    if "\\" in path or "\0" in path or path.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", path):
        raise EditError(_("the upload contains a path outside the lessons folder: '{file}'", file=_shown(path)))
    stem, dot, ending = path.rpartition(".")
    return f"{stem}{dot}{ending.lower()}" if ending.lower() in {"yaml", "yml"} else path


def _shown(path: str) -> str:
    return ascii(path[:80])[1:-1]


def _too_many() -> EditError:
    many = _n(
        "the zip file contains more than {count} file", "the zip file contains more than {count} files", MAX_FILES
    )
    return EditError(many)


def _too_large() -> EditError:
    return EditError(_("the unpacked zip file is larger than {much} MB", much=mebibytes(MAX_UNPACKED_BYTES)))
