"""`lessonbot new` and `lessonbot import` as people use them who have questions already."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.command import LESSON

CTRL_C = "\x03"


class TestNew:
    def test_a_new_place_answers_from_what_was_given(self, lessonbot):
        """Two commands make a bot for a community's own questions; one `--from` takes several files."""
        (lessonbot.folder / "a.md").write_text("## Why does a pot crack?\n\nIt dried too fast.\n")
        (lessonbot.folder / "b.md").write_text("## How hot is a kiln?\n\nVery.\n")
        ended = lessonbot("new", "our pots", "--from", "a.md", "b.md")
        assert ended.code == 0
        assert "2 entries" in ended.out
        assert re.search(r":\n  cd 'our pots'\n  \S*lessonbot preview\n$", ended.out)
        assert "too fast" in lessonbot("ask", "why do pots crack", LESSONS_DIR="our pots/knowledge").out
        again = lessonbot("new", "our pots")
        assert again.code == 1
        assert "our pots/knowledge already exists; choose another folder. Nothing was written" in again.err
        more = lessonbot("new", "our pots", "--from", "a.md")
        assert re.search(r"knowledge already exists; .*, or go there and add to it: \S*lessonbot import", more.err)
        (lessonbot.folder / "c.csv").write_text("How large is a kiln?,See [here](sizes).\n")
        options = ("--columns", "question,answer", "--base-url", "https://example.org/pots/")
        assert lessonbot("new", "more", "--from", "c.csv", *options).code == 0
        assert "https://example.org/pots/sizes" in lessonbot("ask", "how large", LESSONS_DIR="more/knowledge").out
        assert "name them with --from" in lessonbot("new", "other", *options).err
        forgotten = lessonbot("new", "other", "a.md")
        assert forgotten.code == 2
        assert "write --from before the files: lessonbot new other --from a.md" in forgotten.err

    @pytest.mark.parametrize(("place", "first"), [("our pots", "  cd 'our pots'\n"), (".", "")])
    def test_the_next_command_runs_as_it_is_printed(self, lessonbot, place, first):
        """README's first steps activate no environment, so the shell does not find `lessonbot`."""
        shutil.rmtree(lessonbot.lessons)
        printed = lessonbot("new", place, PATH=os.defpath).out.partition("answer from it:\n")[2].rstrip("\n")
        assert printed == f"{first}  {shlex.quote(str(Path(sys.executable).with_name('lessonbot')))} preview"
        assert "browser" in lessonbot.shell(f"{printed} --help", PATH=os.defpath).out
        found = lessonbot("new", "other", PATH=str(Path(sys.executable).parent)).out
        assert found.endswith(":\n  cd other\n  lessonbot preview\n")

    @pytest.mark.parametrize(
        "address", ["docs.example.com", "ftp://example.org/docs/", "https://", "https://exa mple.org/"]
    )
    def test_only_a_web_address_can_resolve_links(self, lessonbot, address):
        """Whoever mistypes it would find dead links in answers, or entries with links left out."""
        (lessonbot.folder / "a.md").write_text("## How do I join?\n\nFill in [the form](forms/join.md).\n")
        for words in (["new", "pots", "--from", "a.md"], ["import", "a.md"]):
            ended = lessonbot(*words, "--base-url", address)
            assert ended.code == 2
            assert "'--base-url': it must be a web address, such as https://example.org/docs/" in ended.err
        assert not (lessonbot.folder / "pots").exists()
        assert os.listdir(lessonbot.lessons) == ["venv.yaml"]


class TestImport:
    NOTES = "# Loops\n\nQuestion: What is a loop?\n\nAnswer: Something that repeats.\n\n![infographic](xyz)\n"

    def test_notes_become_a_lesson_and_what_is_left_over_is_named(self, lessonbot):
        """Notes become a lesson, and every unused part is listed."""
        (lessonbot.folder / "loops.md").write_text(self.NOTES)
        ended = lessonbot("import", "loops.md")
        assert ended.code == 0
        assert ended.err.startswith("warning: loops.md:7: ")
        assert "xyz" in ended.err
        assert ended.out.startswith("knowledge/loops.yaml: 1 entr")
        assert re.search(r"\nReview it, then run: \S*lessonbot check knowledge\n$", ended.out)
        assert "Something that repeats." in (lessonbot.lessons / "loops.yaml").read_text()
        assert lessonbot("check").code == 0

    def test_a_lesson_that_is_there_is_never_overwritten(self, lessonbot):
        """A second import does not overwrite an author's edits."""
        (lessonbot.folder / "venv.md").write_text(self.NOTES)
        ended = lessonbot("import", "venv.md", "--to", "knowledge/venv.yaml")
        assert ended.code == 1
        assert "knowledge/venv.yaml already exists" in ended.err.splitlines()[-1]
        assert lessonbot("import", "venv.md").out.startswith("knowledge/venv-2.yaml: 1 entry")
        assert lessonbot.lesson.read_text(encoding="utf-8") == LESSON

    @pytest.mark.parametrize("others", [True, False])
    def test_a_lesson_with_an_error_is_named_with_its_line(self, others, lessonbot):
        """It may come from the file that is imported, which would otherwise become a second lesson."""
        (lessonbot.folder / "loops.md").write_text(self.NOTES)
        assert lessonbot("import", "loops.md").code == 0
        lesson = lessonbot.lessons / "loops.yaml"
        lesson.write_text(lesson.read_text().replace("lesson: ", "lesson: a: "))
        if not others:
            lessonbot.lesson.unlink()
        ended = lessonbot("import", "loops.md")
        assert (ended.code, ended.err.splitlines()[-1][:33]) == (1, "error: knowledge/loops.yaml:1: ': '"[:33])
        assert [each.name for each in lessonbot.lessons.glob("loops*")] == ["loops.yaml"]

    def test_a_dash_prints_and_writes_nothing(self, lessonbot):
        """With `--to -`, an author can look at the lesson before it is saved."""
        (lessonbot.folder / "loops.md").write_text(self.NOTES)
        ended = lessonbot("import", "loops.md", "--to", "-")
        assert ended.code == 0
        assert yaml.safe_load(ended.out)["lesson"] == "Loops"
        assert [file.name for file in lessonbot.lessons.iterdir()] == ["venv.yaml"]

    def test_two_imports_of_one_question_both_answer(self, lessonbot):
        """An import never uses an id that exists, so that all lessons are served."""
        lessonbot.lesson.unlink()
        for topic, answer in (("fetch and pull in git", "Pull merges."), ("df and du", "One asks the disk.")):
            name = topic.replace(" ", "-")
            notes = f"# {name}\n\nQ: What is the difference between {topic}?\n\nA: {answer}\n"
            (lessonbot.folder / f"{name}.md").write_text(notes)
            assert lessonbot("import", f"{name}.md").code == 0
        assert lessonbot("check").code == 0
        assert "Pull merges." in lessonbot("ask", "difference between fetch and pull in git").out
        assert "One asks the disk." in lessonbot("ask", "difference between df and du").out
        printed = lessonbot("import", "df-and-du.md", "--to", "-").out
        assert len({each["id"] for each in self.entries(lessonbot, printed)}) == 2, (
            "a look shows what would be written: the lesson that is there, as nothing changed"
        )

    def test_a_changed_source_is_shown_and_asked_about(self, lessonbot):
        """Without a terminal, nothing is changed unless `--yes` is given, and edits of the lesson are kept."""
        notes = lessonbot.folder / "loops.md"
        notes.write_text(self.NOTES)
        assert lessonbot("import", "loops.md").code == 0
        assert lessonbot("import", "loops.md").out == "knowledge/loops.yaml: nothing new in loops.md\n"
        notes.write_text(self.NOTES.replace("!", "Question: Who repeats?\n\nAnswer: The computer.\n\n!"))
        before = (lessonbot.lessons / "loops.yaml").read_text()
        asked = lessonbot("import", "loops.md")
        assert asked.code == 1
        assert "  new: Who repeats?" in asked.out
        assert "error: this changes lessons; add --yes to do it. Nothing was imported" in asked.err
        assert (lessonbot.lessons / "loops.yaml").read_text() == before
        assert "The computer." in lessonbot("import", "loops.md", "--to", "-").out
        (lessonbot.lessons / "loops.yaml").write_text(before.replace("Something that repeats.", "A repetition."))
        notes.write_text(notes.read_text().replace("Something that repeats.", "What repeats."))
        clash = lessonbot("import", "loops.md", "--yes")
        assert clash.code == 1
        assert "1 text was changed here and in the source; add --prefer here or --prefer source." in clash.err
        assert lessonbot("import", "loops.md", "--yes", "--prefer", "source").code == 0
        now = (lessonbot.lessons / "loops.yaml").read_text()
        assert "What repeats." in now
        assert "The computer." in now
        assert lessonbot("check").code == 0

    def test_only_an_update_is_asked_about_and_everything_that_it_writes_is_named(self, lessonbot):
        """New notes beside imported ones change no lesson, and nobody agrees to files that they cannot see."""
        notes = lessonbot.folder / "notes"
        notes.mkdir()
        (notes / "loops.md").write_text(self.NOTES)
        assert lessonbot("import", "notes").code == 0
        (notes / "kilns.md").write_text("# Kilns\n\n## How hot is a kiln?\n\nVery.\n")
        ended = lessonbot("import", "notes")
        assert ended.code == 0
        assert "knowledge/kilns.yaml: 1 entry\n" in ended.out
        assert "Updated." not in ended.out
        (notes / "loops.md").write_text(self.NOTES.replace("Something that repeats.", "What repeats."))
        (notes / "pots.md").write_text("# Pots\n\n## Why does a pot crack?\n\nIt dried too fast.\n")
        asked = lessonbot("import", "notes")
        assert asked.code == 1
        assert "knowledge/pots.yaml: 1 entry\n" in asked.out
        assert not (lessonbot.lessons / "pots.yaml").exists()

    def test_whoever_does_not_want_it_gets_the_exit_code_for_that(self, lessonbot):
        """A script that imports and then publishes must know that nothing was imported, and people, too."""
        notes = lessonbot.folder / "loops.md"
        notes.write_text(self.NOTES)
        assert lessonbot("import", "loops.md").code == 0
        notes.write_text(self.NOTES.replace("Something that repeats.", "What repeats."))
        for typed, code, said in (
            ("n\n", 1, "error: nothing was imported"),
            (CTRL_C, 130, "Nothing was imported."),
            ("y\n", 0, "Review it, then run: "),
        ):
            self.answer(lessonbot, "Write this?", typed, code, said)

    def test_whoever_keeps_their_text_reads_that_nothing_changed(self, lessonbot):
        """Ctrl+C at that question leaves it open for the next import."""
        notes = lessonbot.folder / "loops.md"
        notes.write_text(self.NOTES)
        assert lessonbot("import", "loops.md").code == 0
        notes.write_text(self.NOTES.replace("Something that repeats.", "What repeats."))
        lesson = lessonbot.lessons / "loops.yaml"
        lesson.write_text(lesson.read_text().replace("Something that repeats.", "A repetition."))
        self.answer(lessonbot, "Keep which?", CTRL_C, 130, "Nothing was imported.")
        self.answer(lessonbot, "Keep which?", "here\n", 0, "The lessons stay as they are.")
        assert "A repetition." in lesson.read_text()

    @staticmethod
    def answer(lessonbot, asked, typed, code, said):
        """Import, and type this at the question."""
        assert lessonbot.answers("import", "loops.md", asked=asked, typed=typed, said=said) == code

    @staticmethod
    def entries(lessonbot, printed):
        texts = [printed, *(path.read_text() for path in lessonbot.lessons.glob("*.yaml"))]
        return [entry for text in texts for entry in yaml.safe_load(text)["entries"]]
