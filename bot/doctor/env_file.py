"""The file of settings: `.env`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.doctor.diagnosis import Diagnosis
from bot.settings import set_twice


def env_file(file: Path) -> Iterator[Diagnosis]:
    """A finding for each setting that is in this file more than once."""
    for name, lines in set_twice(file).items():
        said = f"{file.name} sets {name} on lines {', '.join(map(str, lines))}; only the last of them counts"
        yield Diagnosis("settings", said, "delete the other lines", matters=False)
