"""What a file is by its name, and which names files among the lessons may have."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from bot.lessons.loading import QUESTIONS

_NAME = re.compile(r"[^\W_][\w .()+-]{0,150}")
_PICTURE = re.compile(r".+\.(png|jpe?g|gif|webp)", re.IGNORECASE)


def is_lesson(file: str) -> bool:
    return file.endswith((".yaml", ".yml")) and PurePosixPath(file).name != QUESTIONS


def is_picture(file: str) -> bool:
    return _PICTURE.fullmatch(file) is not None


def is_file_name(name: str) -> bool:
    """Whether a file of this name may be in the lessons folder."""
    return _NAME.fullmatch(name) is not None
