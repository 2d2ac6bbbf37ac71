"""Turns an upload into a picture of the lessons: decoded within limits, encoded again, stored under a new name.

Pillow writes the stored file from the pixels alone: it holds no location of a photo, and no script after a
picture's first bytes. An existing file is never overwritten, as an undo may need it.
"""

from __future__ import annotations

import hashlib
import re
import threading
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import EditError, Problem
from bot.language.numbers import mebibytes
from bot.language.words import N_, _
from bot.lessons.atomic_writing import create_file
from bot.lessons.document import Document
from bot.lessons.files import RefusedFileError, read_file
from bot.lessons.validation import MAX_PICTURE_BYTES, pictures_of, wrong_with_picture

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageFile import ImageFile

MAX_UPLOAD_BYTES = MAX_PICTURE_BYTES
MAX_PIXELS = 40_000_000
MAX_SIDE = 4096
# A progressive JPEG has about ten; each is a pass over all pixels, however few bytes it takes.
_MAX_SCANS = 64
_TOO_LARGE = N_("the picture has more than {megapixels} megapixels; make it smaller")
_DAMAGED = N_("this is not a PNG, JPEG, GIF or WebP picture, or it is damaged")
IMAGES = "images"
# The largest picture that is accepted needs half a gigabyte of memory while it is decoded.
_ONE_AT_A_TIME = threading.Lock()
_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP"}
_READ = ("PNG", "JPEG", "GIF", "WEBP")


@dataclass(frozen=True)
class PictureFile:
    """A picture in the lessons folder; it is read when it is shown."""

    folder: Path
    file: str

    @property
    def path(self) -> Path:
        return self.folder / self.file

    def read(self) -> bytes:
        """The bytes of the file. Raises `OSError` if it can no longer be read."""
        return read_file(self.folder, self.file, MAX_PICTURE_BYTES)


def store_picture(folder: Path, name_hint: str, content: bytes) -> str:
    """Store an upload as `images/<hint>-<hash>.png` (or `.jpg`) in the lessons folder; returns that path.

    The same upload twice gives one file. Raises `EditError` if it is no picture or too large, or if it cannot be
    written; then nothing is left behind.
    """
    drawn, ending = prepared(content)
    digest = hashlib.sha256(drawn).hexdigest()
    # Should two pictures ever share the short name, the second gets a longer one.
    for digits in (8, 16, 64):
        file = f"{IMAGES}/{_slug(name_hint)}-{digest[:digits]}{ending}"
        if write_picture(folder, file, drawn):
            return file
    raise EditError(_("the picture cannot be saved: another file has the same name"))


def write_picture(folder: Path, file: str, content: bytes) -> bool:
    """Write a new picture; False if a different file has this name. Raises `EditError`.

    `file` is `images/` and a safe name.
    """
    path = folder / file
    try:
        # A link that leads out of the folder would let an upload write anywhere.
        if not path.parent.resolve().is_relative_to(folder.resolve()):
            what = _("the picture cannot be saved: {folder}/ points outside the lessons folder", folder=IMAGES)
            raise EditError(what)
        is_new = not path.parent.exists()
        path.parent.mkdir(exist_ok=True)
        try:
            create_file(path, content)
        except FileExistsError:
            return _holds(folder, file, content)
        except BaseException:
            if is_new:
                with suppress(OSError):
                    path.parent.rmdir()
            raise
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, up to Python 3.12
        why = getattr(error, "strerror", None) or type(error).__name__
        what = _("the picture cannot be saved: {why}", why=why)
        raise EditError(what) from error
    return True


def _holds(folder: Path, file: str, content: bytes) -> bool:
    try:
        return read_file(folder, file, MAX_PICTURE_BYTES) == content
    except (RefusedFileError, FileNotFoundError):  # something else, or a link to nothing
        return False


def prepared(content: bytes, ending: str = "") -> tuple[bytes, str]:
    """The picture encoded again, upright and at most `MAX_SIDE` pixels wide and high, and the ending of its name.

    If no ending is given, a JPEG stays one and everything else becomes a PNG, unless that is too
    large to be sent. Raises `EditError`. An animation is refused: its first frame would mislead.
    """
    if len(content) > MAX_UPLOAD_BYTES:
        size, most = mebibytes(len(content)), mebibytes(MAX_UPLOAD_BYTES)
        raise EditError(_("the picture is too large: {size} MB; the limit is {most} MB", size=size, most=most))
    with _ONE_AT_A_TIME:
        return _drawn_anew(content, ending)


def _drawn_anew(content: bytes, ending: str) -> tuple[bytes, str]:
    image = _decoded(content)
    endings = [ending] if ending else [".jpg"] if _is_jpeg(content) else [".png", ".webp"]
    if image.mode != "RGBA":  # which a JPEG cannot hold
        endings = [".jpg" if each == ".webp" and not ending else each for each in endings]
    for side in (MAX_SIDE, MAX_SIDE // 2, MAX_SIDE // 4):
        image.thumbnail((side, side))
        for each in endings:
            drawn = _written(image, each)
            if len(drawn) <= MAX_PICTURE_BYTES:
                return drawn, each
    raise EditError(_("the picture is too large; make it smaller"))


def _decoded(content: bytes) -> Image.Image:
    """The pixels of an upload, in a mode that can be written. Raises `EditError`."""
    from PIL import ImageOps

    image = _opened(content)
    try:
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # a large JPEG is decoded at a half or a quarter
        ImageOps.exif_transpose(image, in_place=True)
        pixels = _in_a_mode_to_write(image)
    except Exception as error:  # whatever a decoder makes of damaged or hostile bytes
        raise EditError(_(_DAMAGED)) from error
    pixels.info = {}
    return pixels


def damaged_pictures(documents: Sequence[Document], folder: Path) -> list[Problem]:
    """Pictures whose first bytes are right, but that cannot be decoded. Decoding each of them takes a moment.

    Missing pictures are not among them: loading the lessons reports those.
    """
    shown = [
        (document.places.problem((*place, "file"), ""), picture.file)
        for document in documents
        for place, picture in pictures_of(document.lesson)
    ]
    files = {file for _place, file in shown if wrong_with_picture(folder, file) is None}
    damaged = {file for file in files if _is_damaged(read_file(folder, file, MAX_PICTURE_BYTES))}
    return [
        replace(
            place,
            what=_("'{file}' cannot be displayed: it is incomplete or damaged", file=file),
            fix="save the picture again, or get it again from its source",
        )
        for place, file in shown
        if file in damaged
    ]


def _is_damaged(content: bytes) -> bool:
    """Whether it cannot be decoded to its end; False if decoding it would take too much."""
    from PIL import Image

    if _has_too_many_scans(content):
        return False
    with _ONE_AT_A_TIME:
        try:
            image = Image.open(BytesIO(content), formats=_READ)
            if image.width * image.height <= MAX_PIXELS:
                image.load()  # only the first frame of an animation
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            return False
        except Exception:  # whatever a decoder makes of damaged bytes
            return True
    return False


def _in_a_mode_to_write(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):  # convert() would turn everything white that is not nearly black
        return image.point(lambda value: value * (1 / 256)).convert("L")
    is_grey = image.mode in ("1", "L")
    mode = "RGBA" if image.has_transparency_data else "L" if is_grey else "RGB"
    return image if image.mode == mode else image.convert(mode)  # a copy takes as much memory again


def _opened(content: bytes) -> ImageFile:
    """A picture whose declared size and kind are fine, nothing of it decoded yet. Raises `EditError`."""
    from PIL import Image

    if _has_too_many_scans(content):
        raise EditError(_("this JPEG picture has too many parts; save it as a PNG"))
    try:
        image = Image.open(BytesIO(content), formats=_READ)
        # A phone's JPEG may hold a second picture, a preview: no JPEG is an animation.
        is_moving = not _is_jpeg(content) and bool(getattr(image, "is_animated", False))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise EditError(_(_TOO_LARGE, megapixels=MAX_PIXELS // 10**6)) from error
    except Exception as error:  # as above
        raise EditError(_(_DAMAGED)) from error
    if image.width * image.height > MAX_PIXELS:
        raise EditError(_(_TOO_LARGE, megapixels=MAX_PIXELS // 10**6))
    if is_moving:
        raise EditError(_("animated pictures are not supported; upload a still picture"))
    return image


def _has_too_many_scans(content: bytes) -> bool:
    return _is_jpeg(content) and content.count(b"\xff\xda") > _MAX_SCANS


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8")


def _written(image: Image.Image, ending: str) -> bytes:
    name = _FORMATS[ending]
    out = BytesIO()
    if name == "JPEG" and image.mode == "RGBA":
        image = image.convert("RGB")
    image.save(out, name, **({"quality": 88} if name in ("JPEG", "WEBP") else {}))
    return out.getvalue()


def _slug(hint: str) -> str:
    """Letters, digits and hyphens: no path, no hidden file and, with a hash added, no name reserved by Windows."""
    plain = unicodedata.normalize("NFKD", hint[:200]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "picture"
