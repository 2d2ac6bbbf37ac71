"""How code and tests are laid out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
BOT = TESTS.parent / "bot"
MOST_ANY = 40


def imported(file: Path) -> Iterator[str]:
    """The dotted names that a file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{each.name}" for each in node.names)


def test_no_file_imports_from_a_test_module():
    """What several tests use is in `tests/support/`, so that a test module can be read and changed by itself."""
    wrong = [
        f"{file.relative_to(TESTS)}: {name}"
        for file in sorted(TESTS.rglob("*.py"))
        for name in imported(file)
        if name.startswith(("tests.", ".")) and any(part.startswith("test_") for part in name.split("."))
    ]
    assert not wrong, "move what these import to tests/support/"


def test_a_class_name_means_one_thing():
    """Two classes share a name only where one is a service and the other the tables that it keeps."""
    files: dict[str, list[Path]] = {}
    for file in sorted(BOT.rglob("*.py")):
        for each in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(each, ast.ClassDef) and not each.name.startswith("_"):
                files.setdefault(each.name, []).append(file.relative_to(BOT))
    wrong = {
        name: list(map(str, found))
        for name, found in files.items()
        if len(found) > 1 and sorted(each.parts[0] == "store" for each in found) != [False, True]
    }
    assert not wrong


def test_any_is_rare_and_has_a_reason():
    """`Any` is only for what a library leaves untyped; a comment on its line or the line before says so."""
    found, bare = [], []
    for file in sorted(BOT.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if "Any" not in text:
            continue
        lines = ["", *text.splitlines()]
        used = {
            each.lineno for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Name) and each.id == "Any"
        }
        for n in sorted(used):
            found.append(f"{file.relative_to(BOT)}: {lines[n].strip()}")
            if "#" not in lines[n] and not lines[n - 1].lstrip().startswith("#"):
                bare.append(found[-1])
    assert not bare, "say beside each why its type is unknown"
    assert len(found) <= MOST_ANY, found
