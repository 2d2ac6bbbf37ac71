"""An upload of lessons -> its files, none of them read further than is safe."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from io import BytesIO

from bot.errors import EditError
from bot.language.numbers import mebibytes
from bot.language.words import _, _n
from bot.lessons.loading import QUESTIONS
from bot.lessons.nodes import UnreadableError, decode
from bot.lessons.pictures import IMAGES

MAX_UPLOAD_BYTES = 20 * 2**20
MAX_FILES = 200
MAX_UNPACKED_BYTES = 20 * 2**20

_NAME = re.compile(r"[^\W_][\w .()+-]{0,150}")
_PICTURE = re.compile(r".+\.(png|jpe?g|gif|webp)", re.IGNORECASE)
# What macOS and Windows put into every zip.
_LITTER = re.compile(r"__MACOSX/.*|(.*/)?(\.DS_Store|Thumbs\.db|desktop\.ini)")
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, LookupError)


def is_lesson(file: str) -> bool:
    return file.endswith((".yaml", ".yml")) and file != QUESTIONS


def is_picture(file: str) -> bool:
    return _PICTURE.fullmatch(file) is not None


def is_file_name(name: str) -> bool:
    """Whether a file of this name may stand among the lessons."""
    return _NAME.fullmatch(name) is not None


def read_archive(name: str, content: bytes) -> dict[str, bytes]:
    """The files of an upload by their paths in the lessons folder: a YAML file, or a zip of several.

    Raises `EditError` for what is too large, damaged, or would be written elsewhere.
    """
    if len(content) > MAX_UPLOAD_BYTES:
        much, most = mebibytes(len(content)), mebibytes(MAX_UPLOAD_BYTES)
        raise EditError(_("the upload is too large: {much} MB; the limit is {most} MB", much=much, most=most))
    files = _unpacked(content) if content.startswith(b"PK") else {_checked(name): content}
    for file, inside in files.items():
        if is_lesson(file):
            try:
                decode(inside)
            except UnreadableError as error:
                raise EditError(f"{file}:{error.line}: {error.what}") from error
    if not any(map(is_lesson, files)):
        raise EditError(_("the upload contains no lesson files (.yaml)"))
    return files


def _unpacked(content: bytes) -> dict[str, bytes]:
    # Counted before zipfile makes an object of each.
    if content.count(b"PK\x01\x02") > 2 * MAX_FILES:
        raise _too_many()
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = [each for each in archive.infolist() if not _LITTER.fullmatch(each.filename)]
            if len(infos) > MAX_FILES:
                raise _too_many()
            if sum(each.file_size for each in infos) > MAX_UNPACKED_BYTES:
                raise _too_large()
            for info in infos:
                if info.filename != f"{IMAGES}/":
                    _add(files, archive, info)
    except _DAMAGED as error:
        raise EditError(_("the zip file is damaged and cannot be read")) from error
    return files


def _add(files: dict[str, bytes], archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    file = _checked(info.orig_filename)
    mode = stat.S_IFMT(info.external_attr >> 16)
    if mode not in (0, stat.S_IFREG):
        raise EditError(
            _("the zip file contains a link or a device: '{file}'; only regular files are allowed", file=file)
        )
    if info.flag_bits & 0x1:
        raise EditError(_("the zip file is encrypted; create it without a password"))
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise EditError(
            _("the zip file is compressed in an unsupported way; create it again with your system's zip tool")
        )
    if file.casefold() in map(str.casefold, files):
        raise EditError(_("the zip file contains '{file}' twice", file=file))
    room = MAX_UNPACKED_BYTES - sum(map(len, files.values()))
    with archive.open(info) as opened:
        inside = opened.read(room + 1)  # whatever size was declared
    if len(inside) > room:
        raise _too_large()
    files[file] = inside


def _checked(path: str) -> str:
    """The path of a file that may stand in the lessons folder. Raises `EditError`."""
    folder, slash, name = path.rpartition("/")
    shown = ascii(path[:80])[1:-1]
    if "\\" in path or path.startswith("/") or ".." in path.split("/") or re.match(r"[A-Za-z]:", path):
        raise EditError(_("the upload contains a path outside the lessons folder: '{file}'", file=shown))
    if slash and (folder != IMAGES or not is_picture(name)):
        raise EditError(
            _(
                "'{file}' is in a folder; only pictures can be in a folder, and only in {images}/",
                file=shown,
                images=IMAGES,
            )
        )
    if not _NAME.fullmatch(name):
        raise EditError(_("'{file}' is not a valid file name; use letters, digits and hyphens", file=shown))
    if not name.endswith((".yaml", ".yml", ".md")) and not is_picture(name):
        what = _("'{file}' is not a lesson file (.yaml), a picture or a zip file of these", file=shown)
        raise EditError(what)
    return path


def _too_many() -> EditError:
    many = _n(
        "the zip file contains more than {count} file", "the zip file contains more than {count} files", MAX_FILES
    )
    return EditError(many)


def _too_large() -> EditError:
    return EditError(_("the unpacked zip file is larger than {much} MB", much=mebibytes(MAX_UNPACKED_BYTES)))
