"""The lessons in a folder: valid ones are served, whatever happens to the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import LessonError
from bot.language.words import in_locale
from bot.lessons.library import Library, lesson_files
from bot.lessons.loading import unread_problems
from bot.lessons.opening import open_library
from bot.tutor import Tutor
from tests.support.lesson_texts import lesson, questions
from tests.support.pictures import PNG
from tests.support.rights import without_rights


def test_all_mistakes_of_all_files_are_told_at_once(folder):
    """Authors need to run `check` only once."""
    (folder / "a.yaml").write_text("lesson: A\nentrys: []\n")
    (folder / "b.yml").write_text("lesson:\n")
    (folder / "c.yaml").write_text(lesson("c", more="  related: [nobody]\n"))
    library = Library.open(folder)
    assert questions(library) == {"c": "Why?"}
    assert [str(each) for each in library.problems] == [
        "a.yaml:2: entrys: is not a known key; did you mean 'entries'?",
        "b.yml:1: lesson: must not be empty",
        "c.yaml:6: entries[0].related[0]: no entry has the ID 'nobody'",
    ]


def test_only_yaml_that_is_not_hidden_is_a_lesson(folder):
    """Temporary files of a crash or an editor are not read."""
    for name in (".a.yaml.x1y2.tmp", ".a.yaml", "a.yaml.swp", "a.yaml~", "README.md", "4913"):
        (folder / name).write_text("no lesson at all: [")
    (folder / ".git").mkdir()
    (folder / ".git" / "c.yaml").write_text("no lesson")
    (folder / "d.yaml").mkdir()
    assert [path.name for path in lesson_files(folder)] == ["a.yaml", "b.yml"]
    assert questions(Library.open(folder)) == {"a": "Why?", "b": "Why?"}


def test_the_questions_on_the_lessons_are_no_lesson(folder):
    """They are for `lessonbot evaluate`; saving them changes nothing for members."""
    library = Library.open(folder)
    (folder / "questions.yaml").write_text("- {ask: why oh why, expect: [a]}\n")
    assert [path.name for path in lesson_files(folder)] == ["a.yaml", "b.yml"]
    assert not library.reload()
    assert library.problems == ()


@pytest.mark.parametrize(
    ("path", "what"), [("empty", "contains no lesson"), ("gone", "is not a folder"), ("file", "is not a folder")]
)
def test_a_folder_without_lessons_is_named(path, what, tmp_path):
    """A typing error in LESSONS_DIR is an error, not a bot without lessons."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(LessonError, match=what):
        Library.open(tmp_path / path)


def test_a_file_that_breaks_keeps_its_last_good_version(folder):
    """Members get answers while an author is editing; the other lessons are updated."""
    library = Library.open(folder)
    assert not library.reload()
    (folder / "a.yaml").write_text(lesson("a", "New?") + "  answr: x\n")
    (folder / "b.yml").write_text(lesson("b", "New?"))
    assert library.reload()
    assert questions(library) == {"a": "Why?", "b": "New?"}
    assert [str(each) for each in library.problems] == [
        "a.yaml:6: entries[0].answr: is not a known key; did you mean 'answer'?"
    ]
    (folder / "a.yaml").write_text(lesson("a", "New?"))
    assert library.reload()
    assert questions(library) == {"a": "New?", "b": "New?"}
    assert library.problems == ()


def test_a_file_that_breaks_only_beside_the_others_keeps_its_last_good_version(folder):
    """Such as a duplicate id or a missing related entry; other files are still updated."""
    library = Library.open(folder)
    (folder / "a.yaml").write_text(lesson("a", "New?", "  related: [nobody]\n"))
    (folder / "b.yml").write_text(lesson("b", "New?"))
    (folder / "c.yaml").write_text(lesson("b"))
    assert library.reload()
    assert questions(library) == {"a": "Why?", "b": "New?"}
    assert [(each.file, each.line) for each in library.problems] == [("a.yaml", 6), ("c.yaml", 3)]


def test_changes_that_need_each_other_come_together(folder):
    """`git pull` changes many files; their order does not matter."""
    library = Library.open(folder)
    (folder / "a.yaml").write_text(lesson("a", more="  related: [c]\n"))
    (folder / "c.yaml").write_text(lesson("c"))
    (folder / "b.yml").write_text(lesson("b", more="  related: [nobody]\n"))
    assert library.reload()
    assert library.lessons.entries["a"].related == ("c",)
    assert library.lessons.entries["b"].related == ()


def test_a_picture_that_vanished_stops_nobody_elses_edit(folder):
    """It is reported; its lesson is served without it, and other edits still work."""
    (folder / "a.png").write_bytes(PNG)
    (folder / "a.yaml").write_text(lesson("a", more="  image: a.png\n"))
    library = Library.open(folder)
    (folder / "a.png").unlink()
    (folder / "b.yml").write_text(lesson("b", "New?"))
    assert library.reload()
    assert questions(library) == {"a": "Why?", "b": "New?"}
    assert [each.where for each in library.problems] == ["entries[0].image.file"]
    library.publish(library.lessons.documents[1], lesson("b", "Newer?"))
    assert questions(library)["b"] == "Newer?"


def test_files_come_and_go(folder):
    """A new file is a new lesson; a deleted file is a removed one."""
    library = Library.open(folder)
    (folder / "a.yaml").unlink()
    (folder / "c.yaml").write_text(lesson("c"))
    assert library.reload()
    assert set(questions(library)) == {"b", "c"}


def test_an_emptied_or_removed_folder_keeps_the_lessons(folder):
    """If a volume is not mounted for a moment, the lessons are still served."""
    library = Library.open(folder)
    for file in lesson_files(folder):
        file.unlink()
    assert not library.reload()
    assert [each.what for each in library.problems] == ["contains no lesson files (.yaml)"]
    folder.rmdir()
    assert not library.reload()
    assert [each.what for each in library.problems] == ["is not a folder"]
    assert set(questions(library)) == {"a", "b"}


def test_a_course_whose_folder_cannot_be_opened_keeps_its_lessons(folder):
    """Its lessons count as broken, not as deleted, also after a restart. A `git pull` by root can close it."""
    course = folder / "course"
    course.mkdir()
    (course / "c.yaml").write_text(lesson("c"))
    (folder / "lost+found").mkdir(0)
    library = Library.open(folder)
    last_good = served(folder)
    course.chmod(0)
    with without_rights():
        assert not library.reload()
        for each in (library, Library.open(folder, last_good)):
            assert [str(problem) for problem in each.problems] == ["course:1: cannot be read: Permission denied"]
            assert set(questions(each)) == {"a", "b", "c"}
        course.chmod(0o755)
        assert not library.reload()
        assert library.problems == ()


def test_a_folder_that_can_only_be_listed_concerns_its_own_files(folder):
    """As after `chmod -R 644`: each of its files is named, and the other lessons are served."""
    course = folder / "course"
    (course / "inside").mkdir(parents=True)
    (course / "c.yaml").write_text(lesson("c"))
    (course / "page.md").touch()
    course.chmod(0o644)
    with without_rights():
        library = open_library(folder)
        unread = unread_problems(folder)
        course.chmod(0o755)
    assert set(questions(library)) == {"a", "b"}
    assert [str(each) for each in library.problems] == ["course/c.yaml:1: cannot be read: Permission denied"]
    assert [each.file for each in unread] == ["course/inside"]
    assert "a folder that the bot may not read" in unread[0].what


def served(folder: Path) -> dict[str, str | None]:
    """What the history says of lessons that were served well."""
    return {each.file: each.text for each in Library.open(folder).lessons.documents}


BROKEN = lesson("a", "New?") + "  answr: x\n"


def test_a_file_that_broke_while_the_bot_was_off_keeps_its_last_good_version(folder):
    """After an update in the middle of an edit, members notice nothing; once fixed, the file is served."""
    last_good = served(folder)
    (folder / "a.yaml").write_text(BROKEN)
    (folder / "b.yml").write_text(lesson("b", "New?"))
    (folder / "c.yaml").write_text("lesson: [")
    library = Library.open(folder, last_good)
    assert questions(library) == {"a": "Why?", "b": "New?"}
    assert [(each.file, each.line) for each in library.problems] == [("a.yaml", 6), ("c.yaml", 1)]
    (folder / "a.yaml").write_text(lesson("a", "New?"))
    (folder / "c.yaml").write_text(lesson("c"))
    assert library.reload()
    assert questions(library) == {"a": "New?", "b": "New?", "c": "Why?"}
    assert library.problems == ()


def test_a_restart_serves_what_was_served_before_it(folder):
    """Whatever happened to the files meanwhile, as if the bot had not stopped."""
    (folder / "a.png").write_bytes(PNG)
    (folder / "a.yaml").write_text(lesson("a", more="  image: a.png\n  related: [d]\n"))
    (folder / "d.yaml").write_text(lesson("d"))
    last_good, there_all_the_time = served(folder), Library.open(folder)
    (folder / "a.png").unlink()
    (folder / "b.yml").write_text(lesson("b", more="  related: [nobody]\n"))
    (folder / "c.yaml").write_text(lesson("b"))
    (folder / "d.yaml").unlink()
    there_all_the_time.reload()
    library = Library.open(folder, last_good)
    now, then = ([each.text for each in of.lessons.documents] for of in (library, there_all_the_time))
    assert now == then
    assert set(library.lessons.entries) == {"a", "b", "d"}
    assert library.problems == there_all_the_time.problems
    assert len(library.problems) == 4


@pytest.mark.parametrize(
    "last_good",
    [{}, {"a.yaml": None}, {"a.yaml": "lesson: [", "b.yml": lesson("b")}],
    ids=["never served", "deleted", "no lesson any more"],
)
def test_a_broken_file_without_a_last_good_version_is_left_out(last_good, folder):
    """At the first start, or after an update; the others are served, and the problem is reported."""
    (folder / "a.yaml").write_text(BROKEN)
    (folder / "b.yml").write_text(lesson("b", more="  related: [a]\n"))
    (folder / "c.yaml").write_text(lesson("c", more="  related: [b]\n"))
    library = Library.open(folder, last_good)
    assert questions(library) == {"b": "Why?", "c": "Why?"}
    # Nothing is said about the link to it, which is right.
    assert [str(each) for each in library.problems] == [
        "a.yaml:6: entries[0].answr: is not a known key; did you mean 'answer'?"
    ]
    (folder / "a.yaml").write_text(lesson("a"))
    assert library.reload()
    assert set(questions(library)) == {"a", "b", "c"}
    assert library.problems == ()


def test_where_no_file_is_good_all_mistakes_are_told(folder):
    """Nothing can be served, so the error lists everything."""
    (folder / "a.yaml").write_text(BROKEN)
    (folder / "b.yml").write_text("lesson: [")
    with pytest.raises(LessonError) as caught:
        Library.open(folder)
    assert [(each.file, each.line) for each in caught.value.problems] == [("a.yaml", 6), ("b.yml", 1)]


MISTAKES = {
    "  related: [nobody, b]\n": "no entry has the ID 'nobody'",
    "  related: [a]\n": "an entry cannot be related to itself",
    "  image: gone.png\n": "there is no file 'gone.png' in the lessons folder",
    "  image: ../outside.png\n": "'../outside.png' is outside the lessons folder",
    "  image: b.yml\n": "'b.yml' is not a PNG, JPEG, GIF or WebP picture",
}


@pytest.mark.parametrize("more", MISTAKES)
def test_what_a_new_lesson_only_points_to_takes_no_lesson_away(more, folder):
    """Missing related entries and pictures are left out and reported; the lesson is served and can be edited."""
    (folder.parent / "outside.png").write_bytes(PNG)
    (folder / "a.yaml").write_text(lesson("a", more=more))
    library = Library.open(folder)
    (problem,) = library.problems
    assert (problem.file, problem.line, problem.what) == ("a.yaml", 6, MISTAKES[more])
    answer = Tutor(library).explain("a")
    assert answer
    assert answer.text == "So."
    assert [each.id for each in answer.related] == (["b"] if "b]" in more else [])
    assert Tutor(library).picture(answer.picture) is None
    document = library.lessons.documents[0]
    above = document.text.replace("- id: a", "- {id: new, question: New?, answer: New.}\n- id: a")
    library.publish(document, above)
    assert library.lessons.entries["new"].answer == "New."


def test_a_link_into_a_file_with_errors_holds_back_no_edit(folder):
    """The edit is served without the link at once; the only problem listed is the one that is to be mended."""
    library = Library.open(folder)
    edited = lesson("a", "Edited?", more="  related: [c, b]\n")
    (folder / "a.yaml").write_text(edited)
    (folder / "c.yaml").write_text(lesson("c").replace("So.", "''"))
    assert library.reload()
    assert questions(library) == {"a": "Edited?", "b": "Why?"}
    assert [(each.file, each.what) for each in library.problems] == [("c.yaml", "must not be empty")]
    answer = Tutor(library).explain("a")
    assert answer
    assert [each.id for each in answer.related] == ["b"]
    library.publish(library.lessons.documents[0], edited.replace("So.", "Because."))
    assert library.lessons.entries["a"].answer == "Because."
    (folder / "c.yaml").write_text(lesson("c"))
    assert library.reload()
    assert set(questions(library)) == {"a", "b", "c"}
    assert library.problems == ()


def test_a_link_into_the_new_text_of_a_file_that_broke_holds_back_no_edit(folder):
    """Its last good version does not have the new entry; only the error in the file is listed, not the link."""
    library = Library.open(folder)
    (folder / "a.yaml").write_text(lesson("a", "Edited?", more="  related: [c, b]\n"))
    broken = lesson("b") + "- id: c\n  question: Where?\n  answer: ''\n"
    (folder / "b.yml").write_text(broken)
    assert library.reload()
    assert questions(library) == {"a": "Edited?", "b": "Why?"}
    assert [(each.file, each.what) for each in library.problems] == [("b.yml", "must not be empty")]
    answer = Tutor(library).explain("a")
    assert answer
    assert [each.id for each in answer.related] == ["b"]
    (folder / "b.yml").write_text(broken.replace("''", "There."))
    assert library.reload()
    assert set(questions(library)) == {"a", "b", "c"}
    assert library.problems == ()


def test_an_id_that_is_there_twice_takes_only_the_later_file_away(folder):
    """If a question was imported twice, the other lessons are still served."""
    (folder / "0.yaml").write_text(lesson("z", more="  related: [a, c]\n"))
    (folder / "c.yaml").write_text(lesson("a", "Why twice?"))
    library = Library.open(folder)
    assert questions(library) == {"z": "Why?", "a": "Why?", "b": "Why?"}
    assert [(each.file, each.line, each.what) for each in library.problems] == [
        ("0.yaml", 6, "no entry has the ID 'c'"),
        ("c.yaml", 3, "'a' is already used at a.yaml:3"),
    ]
    (folder / "c.yaml").write_text(lesson("c"))
    assert library.reload()
    assert set(questions(library)) == {"z", "a", "b", "c"}
    assert library.problems == ()


def test_last_good_versions_that_do_not_go_together_are_served_as_far_as_they_do(folder):
    """A file that was renamed while the bot was off has a last good version under both names."""
    last_good = {"a.yaml": lesson("a"), "c.yaml": lesson("a", "Renamed?")}
    (folder / "a.yaml").write_text(BROKEN)
    assert questions(Library.open(folder, last_good)) == {"a": "Why?", "b": "Why?"}


def test_what_was_served_from_another_folder_is_not_served_for_a_broken_one(folder, tmp_path):
    """After a change of LESSONS_DIR, a broken file never gets text from the old folder."""
    last_good, other = served(folder), tmp_path / "other"
    other.mkdir()
    (other / "new.yaml").write_text(BROKEN)
    with pytest.raises(LessonError, match=r"^new.yaml:6: "):
        Library.open(other, last_good)


def test_a_last_version_that_is_no_lesson_any_more_stops_nobody_who_mended_it(folder):
    """An update refuses an old text: the author fixed that file, and another one broke meanwhile."""
    last_good = served(folder) | {"b.yml": "lesson: [", "gone.yaml": "lesson: ["}
    (folder / "a.yaml").write_text(BROKEN)
    assert questions(Library.open(folder, last_good)) == {"a": "Why?", "b": "Why?"}


def test_what_is_wrong_with_a_file_is_said_in_english_whoever_made_the_bot_look(folder, pseudo):
    """All servers get the same text; problems of a draft are in the moderator's language."""
    last_good = served(folder)
    (folder / "a.yaml").write_text(BROKEN)
    with in_locale(pseudo):
        library = Library.open(folder, last_good)
        library.reload()
        assert [each.what for each in library.problems] == ["is not a known key; did you mean 'answer'?"]
        with pytest.raises(LessonError, match="⟦is not a known key"):
            library.publish_all({"c.yaml": (None, BROKEN)})


def test_aliases_of_all_lessons_are_one(folder):
    """An alias in one lesson counts in all lessons."""
    (folder / "a.yaml").write_text(lesson("a", more="aliases: {v: [w]}\n"))
    (folder / "b.yml").write_text(lesson("b", more="aliases: {v: [x, w]}\n"))
    lessons = Library.open(folder).lessons
    assert lessons.aliases == {"v": ("w", "x")}
    assert lessons.lesson_of["b"].lesson == "B"
