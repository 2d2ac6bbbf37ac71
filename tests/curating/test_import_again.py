"""A changed source is imported again: the lesson gets the changes, and keeps what was edited here."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.curating.import_again import Choice, ImportAgain, SourceChanges, compare, publish
from bot.errors import NotesError
from bot.lessons.intake.importing import import_files, prepare
from bot.lessons.intake.last_import import FOLDER
from bot.lessons.lesson import Entry, items_of
from bot.lessons.library import Library

FIRST = """\
# Help

## How do I reset my password?

Use the link below the form.

## What is a port?

A number.

## Where is the wiki?

At the old place.
"""


class Project:
    """A folder with a FAQ that was imported."""

    def __init__(self, folder: Path) -> None:
        self.lessons = folder / "knowledge"
        self.faq = folder / "docs" / "FAQ.md"
        self.faq.parent.mkdir()
        self.faq.write_text(FIRST)
        import_files([self.faq], None, self.lessons)
        self.lesson = self.lessons / "faq.yaml"

    def edit(self, old: str, new: str, file: Path | None = None) -> None:
        text = (file or self.lesson).read_text()
        assert old in text
        (file or self.lesson).write_text(text.replace(old, new))

    def compare(self, *files: Path, to: Path | None = None) -> ImportAgain:
        prepared = prepare(files or [self.faq], to, self.lessons)
        return compare(prepared, Library.open(self.lessons).lessons, self.lessons)

    def again(self, choices: Mapping[tuple[str, str], Choice] | None = None, *files: Path) -> SourceChanges:
        """Import again, and what that changed."""
        prepared = prepare(files or [self.faq], None, self.lessons)
        library = Library.open(self.lessons)
        found = compare(prepared, library.lessons, self.lessons)
        publish(library, prepared, found, choices)
        return found.sources[0]

    @property
    def entries(self) -> Mapping[str, Entry]:
        return Library.open(self.lessons).lessons.entries


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


def titles(items) -> list[str]:
    return [each.question for each in items]


def test_a_lesson_says_what_it_was_imported_from(project):
    """It names the source by its path in the project, which is the same in every clone."""
    assert Library.open(project.lessons).lessons.documents[0].lesson.source == "docs/FAQ.md"


def test_what_is_new_changed_and_gone_is_told_and_done(project):
    """Ids stay, although the order, a question and its answer changed in the source."""
    project.faq.write_text(
        "# Help\n\n## Who runs this?\n\nVolunteers.\n\n## What's a port, exactly?\n\nA number up to 65535.\n\n"
        "## How do I reset my password?\n\nUse the link below the form.\n"
    )
    project.edit("What is a port?", "What is a port?", project.lesson)
    done = project.again()
    assert titles(done.new) == ["Who runs this?"]
    assert [title for title, _ in done.changed] == ["What is a port?"]
    assert titles(done.gone) == ["Where is the wiki?"]
    assert done.both == ()
    assert sorted(project.entries) == ["how-do-i-reset-my-password", "what-is-a-port", "who-runs-this"]
    assert project.entries["what-is-a-port"].question == "What's a port, exactly?"


def test_edits_made_here_stay(project):
    """Phrasings, a related entry, a comment and an answer are kept, as the source did not change them."""
    project.edit(
        "    answer: A number.",
        "    # asked every week\n    phrasings: [whats a port]\n    answer: A number from 0 to 65535.\n"
        "    related: [where-is-the-wiki]",
    )
    project.edit("Use the link below", "Press the link below", project.faq)
    done = project.again()
    assert [title for title, _ in done.changed] == ["How do I reset my password?"]
    assert "# asked every week" in project.lesson.read_text()
    port = project.entries["what-is-a-port"]
    assert (port.phrasings, port.answer) == (("whats a port",), "A number from 0 to 65535.")
    assert project.entries["how-do-i-reset-my-password"].answer == "Press the link below the form."


@pytest.mark.parametrize(("choice", "kept"), [("here", "A label."), ("source", "An address."), (None, "A label.")])
def test_a_text_that_both_changed_is_a_choice_and_is_asked_once(choice, kept, project):
    """Nobody's work is overwritten unseen, and the next import does not ask again."""
    project.edit("A number.", "A label.")
    project.edit("A number.", "An address.", project.faq)
    [both] = project.compare().both
    assert (both.title, both.name, both.here, both.source) == (
        "What is a port?",
        "the answer",
        "A label.",
        "An address.",
    )
    project.again({(both.id, both.field): choice} if choice else None)
    assert project.entries["what-is-a-port"].answer == kept
    assert not project.compare().both
    assert not project.compare().changes()


def test_what_was_removed_or_edited_here_is_not_undone(project):
    """An entry that a moderator removed stays removed; an edited answer stays, even if the source dropped it."""
    library = project.lesson.read_text()
    project.lesson.write_text(library[: library.index("  - id: where-is-the-wiki")])
    project.edit("A number.", "A label.")
    project.edit("At the old place.", "At the new place.", project.faq)
    project.edit("## What is a port?\n\nA number.\n\n", "", project.faq)
    done = project.again()
    assert titles(done.kept) == ["What is a port?"]
    assert titles(done.removed) == ["Where is the wiki?"]
    assert sorted(project.entries) == ["how-do-i-reset-my-password", "what-is-a-port"]


def test_an_entry_that_was_moved_to_another_lesson_is_updated_there(project):
    """This also works if the lesson was renamed."""
    project.lesson.rename(project.lessons / "all.yaml")
    project.lesson = project.lessons / "all.yaml"
    text = project.lesson.read_text()
    at = text.index("  - id: what-is-a-port")
    end = text.index("  - id: where-is-the-wiki")
    (project.lessons / "network.yaml").write_text(f"lesson: Network\nentries:\n{text[at:end]}")
    project.lesson.write_text(text[:at] + text[end:])
    project.edit("A number.", "A number from 0 to 65535.", project.faq)
    project.faq.write_text(project.faq.read_text() + "\n## Who runs this?\n\nVolunteers.\n")
    project.again()
    documents = {each.file: items_of(each.lesson) for each in Library.open(project.lessons).lessons.documents}
    assert list(documents["network.yaml"]) == ["what-is-a-port"]
    assert "65535" in project.entries["what-is-a-port"].answer
    assert list(documents["all.yaml"])[-1] == "who-runs-this"


def test_without_the_last_import_nothing_is_lost_and_more_is_asked(project):
    """If `.imported/` is missing, each difference is a choice, and phrasings of both sides are kept."""
    shutil.rmtree(project.lessons / FOLDER)
    project.edit("    answer: A number.", "    phrasings: [whats a port]\n    answer: A label.")
    project.edit("## Where is the wiki?\n\nAt the old place.\n", "", project.faq)
    found = project.compare()
    assert [(each.here, each.source) for each in found.both] == [("A label.", "A number.")]
    assert found.sources[0].gone == ()
    project.again()
    assert project.entries["what-is-a-port"].phrasings == ("whats a port",)
    assert len(project.entries) == 3
    assert not project.compare().both


def test_another_file_with_the_same_name_is_another_lesson(project, tmp_path):
    """Many projects have a FAQ.md: importing another one removes nothing from the first lesson."""
    other = tmp_path / "FAQ.md"
    other.write_text("# Pots\n\n## Why does a kiln crack?\n\nIt cooled too fast.\n")
    assert project.compare(other).sources == ()


def test_a_source_is_no_second_lesson_beside_its_first(project):
    """Otherwise, each question would have two entries."""
    with pytest.raises(NotesError, match=r"docs/FAQ\.md is in .*faq\.yaml already; leave out --to to update it"):
        project.compare(to=project.lessons / "other.yaml")


def test_a_scenario_is_updated_and_added_too(tmp_path):
    """Its texts are updated. Its solutions can only be changed in the lesson file, and the report says so."""
    notes = (
        "# Notes\n\n**Question**: Why?\n\n**Answer**: So.\n\n**Scenario: Lost notes**\n\nRobin lost them.\n\n"
        "**Solution 1: Type again**\n\nHe types.\n\n**Solution 2: Append**\n\nHe appends.\n\n"
    )
    project = Project(tmp_path)
    project.faq = tmp_path / "docs" / "notes.md"
    project.faq.write_text(notes)
    import_files([project.faq], None, project.lessons)
    second = (
        "**Scenario: Two hosts**\n\nTwo of them.\n\n**Solution 1: One**\n\nOne.\n\n**Solution 2: Two**\n\nTwo.\n"
    )
    project.faq.write_text(notes.replace("Robin lost them.", "Robin lost forty notes.") + second)
    project.again()
    scenarios = Library.open(project.lessons).lessons.scenarios
    assert [each.story for each in scenarios.values()] == ["Robin lost forty notes.", "Two of them."]
    project.faq.write_text(notes.replace("**Solution 2: Append**\n\nHe appends.\n\n", "") + second)
    told = project.compare().sources[0]
    assert [title for title, _ in told.by_hand] == ["Lost notes"]


def test_pages_of_one_question_are_updated_as_one_lesson(tmp_path):
    """A folder of tagged pages counts as one source."""
    tags = tmp_path / "tags"
    tags.mkdir()
    for name in ("ports", "venv"):
        (tags / f"{name}.md").write_text(f"All about {name}.\n")
    lessons = tmp_path / "knowledge"
    import_files([tags], None, lessons)
    (tags / "venv.md").write_text("A folder for packages.\n")
    (tags / "pip.md").write_text("It installs.\n")
    prepared = prepare([tags], None, lessons)
    library = Library.open(lessons)
    again = compare(prepared, library.lessons, lessons)
    publish(library, prepared, again)
    assert {each.question: each.answer for each in library.lessons.entries.values()} == {
        "ports": "All about ports.",
        "venv": "A folder for packages.",
        "pip": "It installs.",
    }
    assert not compare(prepare([tags], None, lessons), library.lessons, lessons).changes()
