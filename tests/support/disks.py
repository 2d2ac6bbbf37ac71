"""Disks that are full."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, size: str = "8m") -> Iterator[Path]:
    """A disk of this size in this folder. Only root can add one: the test is skipped for others."""
    folder.mkdir()
    added = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "lessonbot", str(folder)], capture_output=True, check=False
    )
    if added.returncode:
        pytest.skip("no disk can be added here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> None:
    """Write until not one byte more fits."""
    with suppress(OSError), (disk / "filling").open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
