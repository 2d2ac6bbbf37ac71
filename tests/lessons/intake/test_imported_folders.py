"""A folder that is imported again lacks a file: its lesson stays, and the report names it."""

from __future__ import annotations

import pytest

from bot.curating.import_again import compare
from bot.curating.uploaded import plan_import
from bot.lessons.intake.import_report import warnings
from bot.lessons.intake.importing import prepare
from bot.lessons.library import Library
from tests.support.importing import import_files
from tests.support.zips import zipped

QUESTIONS = {
    "faq.md": "Where is the wiki?",
    "git/undo.md": "How do I undo a commit?",
    "git/tags/new.md": "How do I make a tag?",
    "ports.md": "What is a port?",
}


@pytest.mark.parametrize("place", ["in the project", "elsewhere", "in Discord"])
def test_a_file_that_is_gone_from_an_imported_folder_is_named(place, tmp_path):
    """Its lesson stays. Files that are still there, or were never in the folder, are not named."""
    docs, lessons = tmp_path / "docs", tmp_path / "knowledge"
    top = "docs/"
    if place != "in the project":
        lessons, top = tmp_path / "club" / "knowledge", ""
    for name, question in QUESTIONS.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(f"# Page\n\n## {question}\n\nSee above.\n")

    def missing() -> list[str]:
        if place == "in Discord":
            files = {each.relative_to(docs).as_posix(): each.read_bytes() for each in docs.rglob("*.md")}
            said = plan_import(Library.open(lessons), [("docs.zip", zipped(files))]).report
        else:
            prepared = prepare([docs], None, lessons)
            again = compare(prepared, Library.open(lessons).lessons, lessons)
            said = tuple(warnings(prepared.imported, again.missing))
        return [line for line in said if "in this import" in line]

    import_files([docs], None, lessons)
    (tmp_path / "other" / "aside").mkdir(parents=True)
    (tmp_path / "other" / "aside" / "cups.md").write_text("# Cups\n\n## What is a cup?\n\nA small pot.\n")
    import_files([tmp_path / "other"], None, lessons)
    assert missing() == []
    (docs / "git" / "undo.md").unlink()
    gone = f"1 file that was imported earlier is not in this import; its lesson stays: {top}git/undo.md"
    assert missing() == [gone]
    (docs / "ports.md").write_text("- Nothing to learn here.\n")
    assert missing() == [gone], "another line says what is wrong with a file that is there"
    # One file says nothing about the others.
    again = compare(prepare([docs / "faq.md"], None, lessons), Library.open(lessons).lessons, lessons)
    assert again.missing == ()


@pytest.mark.parametrize("in_discord", [False, True])
def test_pages_of_other_folders_are_not_missing(tmp_path, *, in_discord):
    """Outside the project, a page is known only by its name: one of a new folder is not beside all others."""
    lessons = tmp_path / "club" / "knowledge"
    for name, question in {"clay": "What is clay?", "kiln": "What is a kiln?", "cup": "What is a cup?"}.items():
        folder = tmp_path / f"about {name}"
        folder.mkdir()
        (folder / f"{name}.md").write_text(f"# Page\n\n## {question}\n\nSee above.\n")
        import_files([folder], None, lessons)
    library = Library.open(lessons)
    if in_discord:
        zip_file = zipped({"clay.md": (tmp_path / "about clay" / "clay.md").read_bytes()})
        assert not [line for line in plan_import(library, [("clay.zip", zip_file)]).report if "earlier" in line]
    else:
        prepared = prepare([tmp_path / "about clay"], None, lessons)
        assert compare(prepared, library.lessons, lessons).missing == ()
