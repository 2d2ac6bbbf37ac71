"""A Git repository with lessons in a folder of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


def git(folder: Path, *words: str) -> str:
    """Run Git as the owner of the repository; returns what it prints."""
    who = ["-c", "user.name=Owner", "-c", "user.email=owner@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the lessons in a folder of it."""
    root = tmp_path / "repository"
    (root / "knowledge").mkdir(parents=True)
    git(root, "init", "-q")
    for name in ("a.yaml", "b.yaml"):
        (root / "knowledge" / name).write_text("lesson: Old\n")
    (root / "other.txt").write_text("old\n")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "first")
    return root


@pytest.fixture
def knowledge(repository: Path) -> Path:
    return repository / "knowledge"


def edit(folder: Path, *names: str) -> None:
    """Write another lesson into each of these files."""
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("lesson: New\n")


def last(folder: Path, form: str = "%an <%ae>|%cn|%B") -> str:
    """The last commit: author, committer and message, or what `form` asks for."""
    return git(folder, "log", "-1", f"--format={form}")
