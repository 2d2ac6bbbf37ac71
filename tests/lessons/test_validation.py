"""Lessons that are valid alone may not fit together, or lack their pictures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.lessons.document import read_document
from bot.lessons.validation import MAX_PICTURE_BYTES, problems_between, wrong_with_picture

PNG = b"\x89PNG\r\n\x1a\n"


def found(folder: Path, **files: str) -> list[str]:
    documents = [read_document(f"{name}.yaml", text.encode()) for name, text in files.items()]
    return [str(problem) for problem in problems_between(documents, folder)]


def entry(entry_id: str, more: str = "") -> str:
    return f"- id: {entry_id}\n  question: Q\n  answer: A\n{more}"


def scenario(scenario_id: str, more: str = "") -> str:
    solutions = "  - {id: x, title: X, plan: x}\n  - {id: y, title: Y, plan: y}\n"
    return f"- id: {scenario_id}\n  title: T\n  story: S\n{more}  solutions:\n{solutions}"


def test_an_id_is_used_once_in_the_library(tmp_path):
    """Old buttons never find a different entry."""
    a = f"lesson: A\nentries:\n{entry('one')}{entry('two')}{entry('one')}scenarios:\n{scenario('two')}"
    b = f"lesson: B\nscenarios:\n{scenario('one')}"
    assert found(tmp_path, a=a, b=b) == [
        "a.yaml:9: entries[2].id: 'one' is already used at a.yaml:3",
        "a.yaml:13: scenarios[0].id: 'two' is already used at a.yaml:6",
        "b.yaml:3: scenarios[0].id: 'one' is already used at a.yaml:3",
    ]


def test_related_entries_are_there_and_are_others(tmp_path):
    """No button leads to nothing, or back to the same entry."""
    one = entry("one", "  related:\n  - two\n  - one\n  - gone\n  - s\n")
    a = f"lesson: A\nentries:\n{one}scenarios:\n{scenario('s')}"
    b = f"lesson: B\nentries:\n{entry('two')}"
    assert found(tmp_path, a=a, b=b) == [
        "a.yaml:8: entries[0].related[1]: an entry cannot be related to itself",
        "a.yaml:9: entries[0].related[2]: no entry has the ID 'gone'",
        "a.yaml:10: entries[0].related[3]: no entry has the ID 's'",
    ]


def test_a_scenario_and_its_solutions_link_to_entries_that_are_there(tmp_path):
    """No link in a walkthrough is dead."""
    more = "  related: [one, gone]\n"
    a = f"lesson: A\nentries:\n{entry('one')}scenarios:\n{scenario('s', more)}    related:\n    - one\n    - s\n"
    a = a.replace("  - {id: y, title: Y, plan: y}\n", "  - id: y\n    title: Y\n    plan: y\n")
    assert found(tmp_path, a=a) == [
        "a.yaml:10: scenarios[0].related[1]: no entry has the ID 'gone'",
        "a.yaml:18: scenarios[0].solutions[1].related[1]: no entry has the ID 's'",
    ]


def test_an_alias_means_one_thing(tmp_path):
    """Its meaning never depends on the order in which lessons are read."""
    a = "lesson: A\naliases:\n  environment:\n  - venv\n  - Env\n"
    b = "lesson: B\naliases:\n  virtualenv:\n  - VENV\n  tool:\n  - environment\n"
    assert found(tmp_path, a=a, b=b) == [
        "b.yaml:4: aliases.virtualenv[0]: 'VENV' is already an alias of 'environment'",
        "b.yaml:6: aliases.tool[0]: 'environment' has aliases of its own, so it cannot be an alias of another "
        "word; remove it from one place",
    ]


def test_the_same_alias_twice_is_no_mistake(tmp_path):
    """Two lessons may define the same alias."""
    text = "lesson: A\naliases:\n  environment: [venv]\n"
    assert found(tmp_path, a=text, b=text) == []


def test_a_picture_is_reported_at_its_line(tmp_path):
    """For both ways to write a picture, in entries and in scenarios."""
    one, two = entry("one", "  image: a.png\n"), scenario("s", "  picture:\n    alt: A\n    file: b.png\n")
    a = f"lesson: A\nentries:\n{one}scenarios:\n{two}"
    assert found(tmp_path, a=a) == [
        "a.yaml:6: entries[0].image.file: there is no file 'a.png' in the lessons folder",
        "a.yaml:13: scenarios[0].picture.file: there is no file 'b.png' in the lessons folder",
    ]


@pytest.mark.parametrize("begin", [PNG, b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"RIFF....WEBP"])
def test_a_picture_is_known_by_what_it_holds(begin, tmp_path):
    """Only its content counts, not its name."""
    (tmp_path / "picture").write_bytes(begin + b"...")
    assert wrong_with_picture(tmp_path, "picture") is None


def test_a_picture_that_cannot_be_sent_is_told_from_one_that_can(tmp_path):
    """Discord would refuse it, or it is a private file outside the folder."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    (tmp_path / "outside.png").write_bytes(PNG)
    (folder / "a.png").write_bytes(PNG)
    (folder / "text.png").write_bytes(b"hello")
    (folder / "empty.png").write_bytes(b"")
    with (folder / "fits.png").open("wb") as file:
        file.write(PNG)
        file.truncate(MAX_PICTURE_BYTES)
    with (folder / "large.png").open("wb") as file:
        file.write(PNG)
        file.truncate(MAX_PICTURE_BYTES + 2**20)
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    (folder / "inside.png").symlink_to("a.png")
    (folder / "circle.png").symlink_to("circle.png")
    (folder / "folder.png").mkdir()
    os.mkfifo(folder / "pipe.png")
    assert wrong_with_picture(folder, "inside.png") is None
    assert wrong_with_picture(folder, "fits.png") is None
    for file, what in {
        "gone.png": "there is no file 'gone.png' in the lessons folder",
        "folder.png": "'folder.png' cannot be read: it is not a regular file",
        "pipe.png": "'pipe.png' cannot be read: it is not a regular file",
        "text.png": "'text.png' is not a PNG, JPEG, GIF or WebP picture",
        "empty.png": "'empty.png' is not a PNG, JPEG, GIF or WebP picture",
        "large.png": "'large.png' is too large: 9 MB; the limit is 8 MB",
        "../gone.png": "'../gone.png' is outside the lessons folder",
        "../outside.png": "'../outside.png' is outside the lessons folder",
        "link.png": "'link.png' is outside the lessons folder",
        str(folder / "a.png"): f"'{folder / 'a.png'}' is outside the lessons folder",
        "a\0.png": "'a\0.png' cannot be read: a file can't have this name",
        "n" * 300: f"'{'n' * 300}' cannot be read: File name too long",
    }.items():
        assert wrong_with_picture(folder, file) == what
    assert wrong_with_picture(folder, "circle.png")
