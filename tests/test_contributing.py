"""CONTRIBUTING.md describes the code as it is."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
MOST_HOPS = 20

Path_ = list[tuple[str, list[str]]]


def paths(title: str) -> list[Path_]:
    """The numbered lists below a heading: in each, files with the functions that a value passes there."""
    (section,) = re.findall(rf"^## {title}\n(.*?)(?=^## )", GUIDE, re.MULTILINE | re.DOTALL)
    found: list[Path_] = []
    for number, file, names in re.findall(r"^(\d+)\. `([\w/]+\.py)`: (.+)$", section, re.MULTILINE):
        if number == "1":
            found.append([])
        found[-1].append((file, re.findall(r"`([\w.]+)`", names)))
    return found


def defined(file: str) -> Iterator[str]:
    """The functions of a file, and the methods of its classes as `Class.method`."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.parse((ROOT / "bot" / file).read_text(encoding="utf-8")).body:
        if isinstance(node, functions):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from (f"{node.name}.{each.name}" for each in node.body if isinstance(each, functions))


def test_the_paths_of_a_question_and_of_an_edit_lead_through_the_code():
    """Every file and function that the two lists name exists."""
    question, edit = paths("How a question travels"), paths("How an edit travels")
    assert (len(question), len(edit)) == (1, 3)
    missing = [
        f"{file}: {name}"
        for file, names in (step for path in (*question, *edit) for step in path)
        for name in names
        if name not in set(defined(file))
    ]
    assert not missing


def test_a_value_goes_a_short_way():
    """A question passes at most 20 functions; no action of an edit enters a room (a folder) for a third time."""
    (question,) = paths("How a question travels")
    assert sum(len(names) for _, names in question) <= MOST_HOPS
    for path in paths("How an edit travels"):
        rooms = (room for room, _ in groupby(path, key=lambda step: Path(step[0]).parent))
        assert max(Counter(rooms).values()) <= 2, path
