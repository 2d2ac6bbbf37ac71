"""A changed source is imported again: the lesson gets the changes, and keeps what was edited here."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.curating.import_again import ImportAgain, compare, publish_again
from bot.curating.source_changes import Choice, SourceChanges
from bot.curating.uploaded import plan_import
from bot.errors import NotesError
from bot.lessons.editing.edits import change_entry
from bot.lessons.intake.importing import Prepared, prepare, write
from bot.lessons.intake.kept_texts import kept_texts
from bot.lessons.intake.last_import import FOLDER
from bot.lessons.intake.options import Options
from bot.lessons.lesson import Entry, items_of
from bot.lessons.library import Library
from tests.support.growth import assert_linear
from tests.support.importing import import_files
from tests.support.pictures import png

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
        publish_again(library, prepared, found, choices)
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


def test_a_new_question_with_a_short_answer_is_not_an_old_one(project):
    """Many questions are answered "Yes." Otherwise, the new one would be found by the phrasings of another."""
    project.edit("    answer: A number.", "    phrasings: [whats a port]\n    answer: A number.")
    project.edit("What is a port?", "How old must I be?", project.faq)
    done = project.again()
    assert (titles(done.new), titles(done.kept)) == (["How old must I be?"], ["What is a port?"])
    assert project.entries["how-old-must-i-be"].phrasings == ()


def test_an_answer_that_only_one_question_has_finds_it_again(project):
    """The question can be a completely different one; its phrasings stay."""
    project.edit("    answer: Use", "    phrasings: [forgot it]\n    answer: Use")
    project.edit("How do I reset my password?", "Locked out?", project.faq)
    project.again()
    entry = project.entries["how-do-i-reset-my-password"]
    assert (entry.question, entry.phrasings) == ("Locked out?", ("forgot it",))


def test_an_answer_of_several_questions_finds_none_of_them(project):
    """Such as one that leads to a channel."""
    project.edit("A number.", "Please ask in the help channel.", project.faq)
    project.edit("At the old place.", "Please ask in the help channel.", project.faq)
    project.again()
    project.edit("What is a port?", "Locked out?", project.faq)
    done = project.again()
    assert (titles(done.new), titles(done.gone)) == (["Locked out?"], ["What is a port?"])


def test_a_picture_that_was_replaced_here_stays(project: Project):
    """A person put a better one into the lessons folder. A new picture of the source is still taken."""

    def shown() -> bytes:
        image = project.entries["what-is-a-port"].image
        assert image is not None
        return (project.lessons / image.file).read_bytes()

    picture = project.faq.with_name("ports.png")
    picture.write_bytes(png(color="red"))
    project.edit("A number.", "A number.\n\n![Ports](ports.png)", project.faq)
    project.again()
    assert shown() == png(color="red")
    [here] = (project.lessons / "images").iterdir()
    here.write_bytes(png(color="blue"))
    assert project.again().changed == ()
    assert shown() == png(color="blue")
    picture.write_bytes(png(color="yellow"))
    assert [title for title, _ in project.again().changed] == ["What is a port?"]
    assert shown() == png(color="yellow")


def test_a_picture_that_was_removed_here_comes_back_once_the_source_has_another_one(project: Project):
    """Nobody is asked: only one side has a picture. Until then, it stays removed."""
    picture = project.faq.with_name("ports.png")
    picture.write_bytes(png(color="red"))
    project.edit("A number.", "A number.\n\n![Ports](ports.png)", project.faq)
    project.again()
    document = Library.open(project.lessons).lessons.documents[0]
    without = project.entries["what-is-a-port"].model_copy(update={"image": None})
    project.lesson.write_text(change_entry(document, without))
    assert project.again().changed == ()
    assert project.entries["what-is-a-port"].image is None
    picture.write_bytes(png(color="yellow"))
    assert project.again().both == ()
    assert project.entries["what-is-a-port"].image


def test_a_picture_from_an_import_without_hashes_keeps_its_path(project):
    """Nothing changes for lessons that were imported before hashes were in the names."""
    project.faq.with_name("ports.png").write_bytes(png())
    project.edit("A number.", "A number.\n\n![Ports](ports.png)", project.faq)
    project.again()
    [hashed] = (project.lessons / "images").iterdir()
    hashed.rename(hashed.with_name("ports.png"))
    for file in (project.lesson, *(project.lessons / FOLDER).iterdir()):
        project.edit(hashed.name, "ports.png", file)
    assert project.again().changed == ()
    assert [each.name for each in (project.lessons / "images").iterdir()] == ["ports.png"]


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
    report = plan_import(Library.open(project.lessons), [("FAQ.md", project.faq.read_bytes())]).report
    assert "FAQ.md: gone from the source, but edited here; it stays: What is a port?" in report
    done = project.again()
    assert titles(done.kept) == ["What is a port?"]
    assert titles(done.removed) == ["Where is the wiki?"]
    assert sorted(project.entries) == ["how-do-i-reset-my-password", "what-is-a-port"]


def test_a_link_to_a_page_that_is_gone_does_not_keep_its_entry(project):
    """In a wiki, other pages go on naming it."""
    project.edit("## What is a port?\n\nA number.\n\n", "", project.faq)
    project.edit("the form.", "the form. See [[What is a port?]]", project.faq)
    done = project.again()
    assert (titles(done.gone), list(done.not_made)) == (["What is a port?"], [])


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("A number.", "A number. " * 1000, "the answer has 9,999 characters; at most 9,000 fit"),
        ("the form.", "the form.\n\n```bash\nreset", "its question is a line of the answer to “How do I reset"),
        ("A number.", "A [number](ports.md).", "the answer: a link must start with http or https, not 'ftp:'"),
    ],
)
def test_a_question_that_cannot_be_used_any_more_stays_as_it_was(old, new, why, project):
    """It is still in the source, so it is not gone; the reason is given. A repaired source has no conflict."""
    project.edit("    answer: A number.", "    phrasings: [whats a port]\n    answer: A number.")
    project.edit(old, new, project.faq)
    prepared = prepare([project.faq], None, project.lessons, Options("ftp://example.org/"))
    library = Library.open(project.lessons)
    found = compare(prepared, library.lessons, project.lessons)
    publish_again(library, prepared, found)
    [done] = found.sources
    assert (done.gone, done.kept) == ((), ())
    kept = f"not taken from the source, but kept as it was: What is a port?: {why}"
    assert any(each.startswith(kept) for each in done.not_made)
    port = project.entries["what-is-a-port"]
    assert (port.phrasings, port.answer) == (("whats a port",), "A number.")
    project.faq.write_text(FIRST.replace("A number.", "A number up to 65535."))
    done = project.again()
    assert (done.both, done.new, done.unused) == ((), (), ())
    assert project.entries["what-is-a-port"].answer == "A number up to 65535."


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


def test_a_file_of_the_project_stays_the_same_however_much_of_it_changes(project):
    """Its path tells: nothing else has this name."""
    project.edit("What is a port?", "Who runs this?", project.faq)
    project.edit("Where is the wiki?", "When do you meet?", project.faq)
    assert len(project.again().new) == 2
    assert len(Library.open(project.lessons).lessons.documents) == 1


@pytest.mark.parametrize("shared", ["", "## Where is the wiki?\n\nAt the old place.\n\n"])
def test_another_file_with_the_same_name_is_another_lesson(shared, tmp_path):
    """Many projects have a FAQ.md: importing another one removes nothing from the first lesson.

    This also holds if both ask where the wiki is. Each file is then updated in its own lesson.
    """
    (tmp_path / "pots").mkdir()
    pots = tmp_path / "pots" / "FAQ.md"
    pots.write_text(f"# Pots\n\n{shared}## Why does a kiln crack?\n\nIt cooled too fast.\n")
    (tmp_path / "club").mkdir()
    (tmp_path / "help").mkdir()
    faq = tmp_path / "help" / "FAQ.md"
    faq.write_text(FIRST)
    lessons = tmp_path / "club" / "knowledge"
    import_files([faq], None, lessons)
    library = Library.open(lessons)
    prepared = prepare([pots], None, lessons)
    again = compare(prepared, library.lessons, lessons)
    assert again.sources == ()
    [new] = again.made
    assert new.lesson.source == "FAQ.md (2)"
    write(replace(prepared, imported=replace(prepared.imported, made=(replace(new, file=lessons / "pots.yaml"),))))
    pots.write_text(pots.read_text().replace("too fast", "overnight"))
    [found] = compare(prepare([pots], None, lessons), Library.open(lessons).lessons, lessons).sources
    assert (found.source.files, found.gone) == (("pots.yaml",), ())


BOT = "# Bot\n\n## How do I start it?\n\nRun `make`.\n\n## Where can I ask for help?\n\nIn #help.\n"
CLUB = "# Club\n\n## Where can I ask for help?\n\nIn #help.\n\n## Who may join?\n\nEverybody who likes pots.\n"


@pytest.mark.parametrize("first", ["README.md", "docs/README.md"])
def test_unchanged_files_of_one_name_change_nothing(first, tmp_path):
    """A README and the one of a folder ask some of the same questions, and each keeps its own lesson."""
    paths = [tmp_path / "README.md", tmp_path / "docs"]
    paths[1].mkdir()
    paths[0].write_text(BOT)
    (paths[1] / "README.md").write_text(CLUB)
    lessons = tmp_path / "bot" / "knowledge"
    import_files(paths if first == "README.md" else paths[::-1], None, lessons)
    for again in (paths, paths[:1], paths[1:]):
        found = compare(prepare(again, None, lessons), Library.open(lessons).lessons, lessons)
        assert len(found.sources) == len(again)
        assert not found.changes()


def test_a_file_and_its_namesake_in_a_folder_of_it_change_nothing(tmp_path):
    """One name is the end of the other: `faq.md` and `windows/faq.md`."""
    windows = tmp_path / "docs" / "windows"
    windows.mkdir(parents=True)
    (tmp_path / "docs" / "faq.md").write_text(BOT)
    (windows / "faq.md").write_text(CLUB)
    lessons = tmp_path / "bot" / "knowledge"
    import_files([tmp_path / "docs"], None, lessons)
    for again in (tmp_path / "docs", tmp_path / "docs" / "faq.md", windows / "faq.md"):
        found = compare(prepare([again], None, lessons), Library.open(lessons).lessons, lessons)
        assert found.made == ()
        assert not found.changes()


def test_the_name_in_front_of_a_title_is_no_change_of_the_source(tmp_path):
    """Lessons that are only called "FAQ" are told apart, also from those here. Importing again changes nothing."""
    lessons = tmp_path / "knowledge"
    pages = [tmp_path / name / "faq.md" for name in ("pip", "uv", "tox")]
    for page in pages:
        page.parent.mkdir()
        page.write_text(f"# FAQ\n\n## What is {page.parent.name}?\n\nA tool.\n")
    import_files(pages[:1], None, lessons)

    def told(*files: Path) -> ImportAgain:
        prepared, library = prepare(files, None, lessons), Library.open(lessons)
        found = compare(prepared, library.lessons, lessons)
        publish_again(library, prepared, found)
        return found

    assert not told(*pages[1:]).sources
    titles = ["FAQ", "Uv: FAQ", "Tox: FAQ"]
    for files in ([pages[1]], [pages[0]], pages):
        found = told(*files)
        assert not found.made
        assert not any(each.changed or each.both for each in found.sources)
        documents = Library.open(lessons).lessons.documents
        assert sorted(each.lesson.lesson for each in documents) == sorted(titles)
    for title, shown in (
        ("Frequently asked questions", "Uv: Frequently asked questions"),
        ("Uv in short", "Uv in short"),
    ):
        pages[1].write_text(f"# {title}\n\n## What is uv?\n\nA tool.\n")
        [changes] = told(pages[1]).sources
        assert changes.changed
        assert not changes.both  # nobody changed the title here
        assert shown in [each.lesson.lesson for each in Library.open(lessons).lessons.documents]


def test_a_source_is_no_second_lesson_beside_its_first(project):
    """Otherwise, each question would have two entries."""
    with pytest.raises(NotesError, match=r"docs/FAQ\.md is in .*faq\.yaml already; leave out --to to update it"):
        project.compare(to=project.lessons / "other.yaml")


def test_a_title_and_a_course_that_changed_in_the_source_change_here(project):
    """A comment beside them stays, and so does a title that a moderator gave."""
    project.edit("lesson: Help", "lesson: Help # short")
    project.edit("# Help", "---\ncourse: Members\n---\n# Help for members", project.faq)
    done = project.again()
    assert [title for title, _ in done.changed] == ["Help"]
    lesson = Library.open(project.lessons).lessons.documents[0].lesson
    assert (lesson.lesson, lesson.course) == ("Help for members", "Members")
    assert "# short" in project.lesson.read_text()
    project.edit("lesson: Help for members", "lesson: All help")
    assert not project.compare().changes()


@pytest.mark.parametrize(
    ("choice", "kept"), [("here", "All help"), ("source", "Help for members"), (None, "All help")]
)
def test_a_title_that_both_changed_is_asked_once(choice, kept, project):
    """The moderator chooses between the two titles, and the next import does not ask again."""
    project.edit("lesson: Help", "lesson: All help")
    project.edit("# Help", "# Help for members", project.faq)
    [both] = project.compare().both
    assert (both.name, both.here, both.source) == ("the lesson's title", "All help", "Help for members")
    project.again({(both.id, both.field): choice} if choice else None)
    assert Library.open(project.lessons).lessons.documents[0].lesson.lesson == kept
    assert not project.compare().changes()


SCENARIO = (
    "# Notes\n\n**Question**: Why?\n\n**Answer**: So.\n\n**Scenario: Lost notes**\n\nRobin lost them.\n\n"
    "**Solution 1: Type again**\n\nHe types.\n\n**Solution 2: Append**\n\nHe appends with the mode a.\n\n"
)
SECOND = "**Scenario: Two hosts**\n\nTwo of them.\n\n**Solution 1: One**\n\nOne.\n\n**Solution 2: Two**\n\nTwo.\n"
PRAY = "**Solution 2: Pray**\n\nHe prays.\n\n"
QUIZ = "**Quiz**: Which mode?\n\n- [ ] w\n- [x] a\n\n"


@pytest.fixture
def notes(project):
    project.faq.write_text(SCENARIO)
    shutil.rmtree(project.lessons)
    import_files([project.faq], None, project.lessons)
    return project


def lost_notes(project):
    return Library.open(project.lessons).lessons.scenarios["lost-notes"]


def plans(project) -> list[tuple[str, str]]:
    return [(each.title, each.plan) for each in lost_notes(project).solutions]


def test_a_scenario_is_updated_and_added_too(notes):
    """Changed texts, a new and a removed solution and a quiz are taken over; comments and local edits stay."""
    notes.edit("        plan: He types.", "        plan: He types. # all of it\n        verdict: tedious")
    source = SCENARIO.replace("Robin lost them.", "Robin lost forty notes.").replace(
        "**Solution 2", f"{PRAY}**Solution 3"
    )
    notes.faq.write_text(source + QUIZ + SECOND)
    done = notes.again()
    assert done.by_hand == ()
    assert [each.title for each in done.new] == ["Two hosts"]
    scenario = lost_notes(notes)
    assert scenario.story == "Robin lost forty notes."
    assert [each.title for each in scenario.solutions] == ["Type again", "Pray", "Append"]
    assert scenario.solutions[0].verdict == "tedious"
    assert scenario.check is not None
    assert [each.text for each in scenario.check.options] == ["w", "a"]
    assert "# all of it" in notes.lesson.read_text()
    assert not notes.compare().changes()
    notes.faq.write_text(SCENARIO.replace("Append**", "Append to it**") + SECOND)
    assert notes.again().by_hand == ()
    assert plans(notes) == [("Type again", "He types."), ("Append to it", "He appends with the mode a.")]
    assert lost_notes(notes).check is None


def test_a_title_that_was_in_the_story_is_no_new_scenario(notes):
    """Earlier versions took the line behind the label "Scenario:" for the beginning of the story."""
    [imported] = (notes.lessons / FOLDER).iterdir()
    for file in (notes.lesson, imported):
        notes.edit("id: lost-notes\n    title: Lost notes\n", "id: help\n    title: Help\n", file)
        notes.edit("story: Robin", "story: |\n      Lost notes\n\n      Robin", file)
    done = notes.again()
    assert (done.new, done.scenarios) == ((), ())
    [scenario] = Library.open(notes.lessons).lessons.scenarios.values()
    assert (scenario.id, scenario.title, scenario.story) == ("help", "Lost notes", "Robin lost them.")


@pytest.mark.parametrize("edited", [False, True])
def test_a_scenario_that_is_gone_stays_and_the_report_says_why(notes, *, edited):
    """Only a person can remove a scenario, whether somebody edited it here or not."""
    if edited:
        notes.edit("He types.", "He types for hours.")
    notes.faq.write_text(SCENARIO[: SCENARIO.index("**Scenario")])
    assert list(notes.again().not_made) == [
        "gone from the source, but edited here; it stays: Lost notes"
        if edited
        else "gone from the source, but it stays: a scenario can be removed only in the lesson file: Lost notes"
    ]
    assert lost_notes(notes).title == "Lost notes"


def test_a_solution_that_is_gone_but_was_edited_here_stays_and_is_named(notes):
    """A solution that was removed here stays removed. The order of solutions changes only in the file."""
    notes.edit("He types.", "He types for hours.")
    notes.faq.write_text(SCENARIO.replace("**Solution 1: Type again**\n\nHe types.\n\n", ""))
    done = notes.again()
    assert [why for _, why in done.by_hand] == [
        "“Type again” is gone from the source, but was edited here; it stays"
    ]
    assert plans(notes)[0] == ("Type again", "He types for hours.")
    top, append = SCENARIO[: SCENARIO.index("**Solution 1")], SCENARIO[SCENARIO.index("**Solution 2") :]
    notes.faq.write_text(top + append + PRAY)
    notes.again()
    notes.faq.write_text(top + PRAY + append)
    assert "reordered" in notes.compare().sources[0].by_hand[0][1]
    text = notes.lesson.read_text()
    at = text.index("      - id: pray")
    notes.lesson.write_text(text[:at])
    notes.faq.write_text(notes.faq.read_text().replace("He prays.", "He prays twice."))
    notes.again()
    assert "Pray" not in [title for title, _ in plans(notes)]


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
    publish_again(library, prepared, again)
    assert {each.question: each.answer for each in library.lessons.entries.values()} == {
        "ports": "All about ports.",
        "venv": "A folder for packages.",
        "pip": "It installs.",
    }
    assert not compare(prepare([tags], None, lessons), library.lessons, lessons).changes()


def test_a_source_may_have_the_name_of_the_question_set(tmp_path):
    """What `questions` says is kept for the next import, and in backups, as that of any other source."""
    source, lessons = tmp_path / "questions", tmp_path / "knowledge"
    source.write_text(FIRST)
    import_files([source], None, lessons)
    assert [*kept_texts(lessons)] == [f"{FOLDER}/questions.yaml"]
    for answer in ("An integer.", "An address."):
        source.write_text(FIRST.replace("A number.", answer))
        prepared, library = prepare([source], None, lessons), Library.open(lessons)
        again = compare(prepared, library.lessons, lessons)
        assert again.both == []
        publish_again(library, prepared, again)
        assert library.lessons.entries["what-is-a-port"].answer == answer


def test_twice_the_files_take_about_twice_the_time(tmp_path):
    """A wiki of thousands of pages is compared in seconds."""
    wikis: dict[int, tuple[Prepared, Library]] = {}
    for size in (200, 400):
        pages, lessons = tmp_path / f"wiki-{size}", tmp_path / f"lessons-{size}"
        pages.mkdir()
        for n in range(size):
            (pages / f"page-{n}.md").write_text(
                f"## What is a pot {n}?\n\nClay.\n\n## Who made pot {n}?\n\nMia.\n"
            )
        lessons.mkdir()
        prepared = prepare([pages], None, lessons)
        for each in prepared.imported.made:
            assert each.file
            each.file.write_text(each.text)
        wikis[size] = prepared, Library.open(lessons)

    def again(size: int) -> None:
        prepared, library = wikis[size]
        assert len(compare(prepared, library.lessons, library.folder).sources) == size

    assert_linear(again, 200)
