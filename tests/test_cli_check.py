"""`lessonbot check` as authors, editors and programs use it."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml

from bot.cli import cli
from tests.support.command import LESSON, Command
from tests.support.pictures import png
from tests.support.rights import without_rights
from tests.support.shipped import KNOWLEDGE


class TestCheck:
    def test_good_lessons_are_counted(self, lessonbot):
        """Authors see how many lessons, entries and scenarios were read."""
        ended = lessonbot("check", "knowledge")
        assert ended.code == 0
        assert ended.out.splitlines()[-1] == "knowledge: 1 lesson, 3 entries, 1 scenario: no errors"

    @pytest.mark.parametrize("given", [[], ["closed/lessons"]], ids=["LESSONS_DIR", "PATH"])
    def test_programs_get_json_of_a_folder_that_cannot_be_reached(self, given, tmp_path, monkeypatch, capsys):
        """Also if it is a folder above it that may not be opened."""
        (tmp_path / "closed" / "lessons").mkdir(parents=True)
        (tmp_path / "closed").chmod(0)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("LESSONS_DIR", "closed/lessons")
        with without_rights(), pytest.raises(SystemExit) as ended:
            cli.main(["check", "--json", *given], standalone_mode=False)
        assert ended.value.code == 1
        (found,) = json.loads(capsys.readouterr().out)
        assert found["file"] == "closed/lessons"
        assert "Permission denied" in found["what"]

    def test_advice_is_no_mistake(self, lessonbot):
        """Advice is printed with its place, and the exit code stays 0."""
        lessonbot.lesson.write_text(
            LESSON.replace("    phrasings: [remove the venv folder, delete my venv, get rid of a venv]\n", "")
        )
        ended = lessonbot("check")
        assert ended.code == 0
        assert (
            "advice: knowledge/venv.yaml:20: entries[2]: has no phrasings; add other ways members ask this"
            in ended.out
        )

    def test_aliases_are_proposed_at_their_place(self, lessonbot):
        """If lessons use "IDE" and "integrated development environment", `check` proposes an alias."""
        lessonbot.lesson.write_text(
            LESSON.replace("Delete its folder.", "In your integrated development environment (IDE).").replace(
                "delete my venv", "delete it in my ide"
            )
        )
        ended = lessonbot("check")
        assert ended.code == 0
        assert ended.out.splitlines()[0] == (
            "advice: knowledge/venv.yaml:23: entries[2].answer: members ask about 'IDE', but it is written out "
            "here as 'integrated development environment'; so that both are found, add an alias to the "
            "lesson file: {integrated development environment: [IDE]}"
        )

    def test_one_file_is_checked_among_the_others(self, lessonbot):
        """An id that another file has, too, is an error. Other errors of that file are not reported."""
        other = lessonbot.lessons / "z-other.yaml"
        other.write_text(
            "lesson: Other\nentries:\n  - {id: why, question: Why?, answer: So.}\n  - {id: x, question: X?}\n"
        )
        mine = lessonbot("check", "knowledge/venv.yaml")
        assert (mine.code, mine.out) == (
            0,
            "knowledge/venv.yaml: no errors (other files in the folder have some)\n",
        )
        theirs = lessonbot("check", "knowledge/z-other.yaml")
        assert theirs.code == 1
        assert "knowledge/z-other.yaml:4: entries[1].answer: is missing" in theirs.err
        assert "venv.yaml:1" not in theirs.err.replace("taken by venv.yaml:1", "")

    def test_all_errors_are_named_at_once_and_no_others(self, lessonbot):
        """Also those of test questions and pictures. What a file with errors contains is not called missing."""
        other = "lesson: Other\nentries:\n  - {id: x, question: X?, answer: So., related: [why], image: x.png}\n"
        (lessonbot.lessons / "other.yaml").write_text(other)
        (lessonbot.lessons / "x.png").write_bytes(png()[:50])
        lessonbot.lesson.write_text(LESSON.replace("answer: Delete", "anser: Delete"))
        (lessonbot.lessons / "questions.yaml").write_text(
            "- {ask: y venv, expect: [why]}\n- {ask: two, expect: [two-versions.apart]}\n- {ask: y, expect: [z]}\n"
        )
        ended = lessonbot("check")
        assert ended.code == 1
        errors = [line for line in ended.err.splitlines() if line.startswith("error: ")]
        assert [line.split(": ")[1:3] for line in errors] == [
            ["knowledge/venv.yaml:20", "entries[2].answer"],
            ["knowledge/venv.yaml:23", "entries[2].anser"],
            ["knowledge/questions.yaml:3", "[2].expect[0]"],
            ["knowledge/other.yaml:3", "entries[0].image.file"],
        ]
        # Where no lesson can be read, the questions are.
        (lessonbot.lessons / "other.yaml").unlink()
        assert "questions.yaml:3: [2].expect[0]: nothing has the ID 'z'" in lessonbot("check").err

    def test_a_file_that_is_no_lesson_is_not_praised(self, lessonbot):
        """A file that is not a lesson is an error, and never reported as "no errors"."""
        (lessonbot.lessons / "README.md").write_text("How to write a lesson")
        ended = lessonbot("check", "knowledge/README.md")
        assert (ended.code, ended.err) == (
            1,
            "error: knowledge/README.md is not a lesson file (.yaml)\n",
        )

    def test_a_fix_stands_below_what_is_wrong(self, lessonbot):
        """A fix is printed if it is known and adds something to the error."""
        lessonbot.lesson.write_text(
            LESSON.replace("related: [why]", "related: [whyy]").replace("answer: Delete", "anser: Delete")
        )
        ended = lessonbot("check")
        assert ended.code == 1
        assert ended.err.splitlines() == [
            "error: knowledge/venv.yaml:20: entries[2].answer: is missing",
            "  fix: add 'answer: …'",
            "error: knowledge/venv.yaml:23: entries[2].anser: is not a known key; did you mean 'answer'?",
        ]
        lessonbot.lesson.write_text(LESSON.replace("related: [why]", "related: [whyy]"))
        assert lessonbot("check").err.splitlines()[-2:] == [
            "error: knowledge/venv.yaml:10: entries[0].related[0]: no entry has the ID 'whyy'",
            "  fix: write 'why'",
        ]

    def test_programs_get_errors_and_advice_as_json(self, lessonbot):
        """With --json, each finding has its place and kind, and the exit code is the same."""
        lessonbot.lesson.write_text(LESSON.replace("answer: Delete", "anser: Delete"))
        ended = lessonbot("check", "--json")
        assert (ended.code, ended.err) == (1, "")
        assert json.loads(ended.out) == [
            {
                "file": "knowledge/venv.yaml",
                "line": 20,
                "kind": "error",
                "where": "entries[2].answer",
                "what": "is missing",
                "fix": "add 'answer: …'",
            },
            {
                "file": "knowledge/venv.yaml",
                "line": 23,
                "kind": "error",
                "where": "entries[2].anser",
                "what": "is not a known key; did you mean 'answer'?",
                "fix": "write 'answer'",
            },
        ]
        lessonbot.lesson.write_text(
            LESSON.replace("    answer: Delete", "    reviewed: 2020-02-29\n    answer: Delete")
        )
        ended = lessonbot("check", "--json")
        hints = json.loads(ended.out)
        assert (ended.code, {each["kind"] for each in hints}) == (0, {"advice"})
        assert hints[0]["where"] == "entries[2].reviewed"
        lessonbot.lesson.write_text(LESSON.partition("scenarios:")[0])
        assert json.loads(lessonbot("check", "--json").out) == []

    @pytest.mark.parametrize(
        ("path", "code", "what"),
        [
            ("nowhere", 2, "there is no file or folder nowhere"),
            ("empty", 1, "empty contains no lesson files (.yaml)"),
            ("", 1, "LESSONS_DIR: the folder knowledge does not exist (looked in "),
        ],
    )
    def test_programs_get_json_where_there_is_nothing_to_check_as_well(self, lessonbot, path, code, what):
        """With --json, other errors are JSON, too, with the same exit code as without."""
        (lessonbot.folder / "empty").mkdir()
        if not path:
            lessonbot.lessons.rename(lessonbot.folder / "elsewhere")
        ended = lessonbot("check", "--json", *filter(None, [path]))
        assert (ended.code, ended.err) == (code, "")
        (problem,) = json.loads(ended.out)
        assert problem["what"].startswith(what)
        expected = {"file": path or "knowledge", "line": 1, "kind": "error", "where": ""}
        assert {**problem, **expected} == problem
        without = lessonbot("check", *filter(None, [path]))
        assert (without.code, without.out) == (code, "")
        assert what in without.err

    def test_a_picture_that_is_cut_off_is_a_mistake(self, lessonbot):
        """A truncated picture is found, although its first bytes are valid: learners would not see it."""
        lessonbot.lesson.write_text(LESSON.replace("answer: Delete", "image: a.png\n    answer: Delete"))
        picture = (KNOWLEDGE / "images" / "two-django-versions.png").read_bytes()
        (lessonbot.lessons / "a.png").write_bytes(picture)
        assert lessonbot("check").code == 0
        (lessonbot.lessons / "a.png").write_bytes(picture[:40])
        ended = lessonbot("check")
        assert ended.code == 1
        assert ended.err.splitlines() == [
            (
                "error: knowledge/venv.yaml:23: entries[2].image.file: 'a.png' cannot be displayed: it "
                "is incomplete or damaged"
            ),
            "  fix: save the picture again, or get it again from its source",
        ]

    def test_mistakes_of_the_questions_are_errors_too(self, lessonbot):
        """`check` on a folder checks its questions.yaml, too."""
        (lessonbot.lessons / "questions.yaml").write_text("- {ask: why, expect: [nobody]}\n")
        (problem,) = json.loads(lessonbot("check", "--json").out)
        assert (problem["file"], problem["line"], problem["kind"]) == ("knowledge/questions.yaml", 1, "error")
        assert lessonbot("check").err.startswith("error: knowledge/questions.yaml:1: ")

    def test_the_readmes_snippets_run_the_check(self, lessonbot):
        """The README's snippets for workflows and pre-commit work without changes."""
        readme = (KNOWLEDGE.parent / "README.md").read_text(encoding="utf-8")
        workflow, hooks = (yaml.safe_load(each) for each in re.findall(r"```yaml\n(.+?)```", readme, re.DOTALL))
        *_, step = workflow["jobs"]["lessons"]["steps"]
        (offered,) = yaml.safe_load((KNOWLEDGE.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
        (used,) = hooks["repos"][0]["hooks"]
        assert used["id"] == offered["id"]
        assert offered["language"] == "python"
        for line in (step["run"], " ".join([offered["entry"], *used["args"]])):
            assert lessonbot.shell(line).code == 0
            lessonbot.lesson.write_text("lesson:\n")
            assert lessonbot.shell(line).code == 1
            lessonbot.lesson.write_text(LESSON)

    def test_inside_the_folder_the_places_are_right_too(self, lessonbot):
        """`lessonbot check .` prints paths that are valid in the current folder."""
        lessonbot.lesson.write_text(LESSON.replace("id: two-", "id: Two "))
        ended = lessonbot.shell("cd knowledge && lessonbot check .")
        assert ended.code == 1
        assert ended.err.startswith("error: venv.yaml:25: ")


@pytest.fixture(scope="module")
def schema(tmp_path_factory) -> dict[str, Any]:
    ended = Command(tmp_path_factory.mktemp("schema"))("check", "--schema")
    assert ended.code == 0
    found: dict[str, Any] = json.loads(ended.out)
    return found


def as_an_editor_reads(text: str) -> Any:
    """YAML converted to JSON, with dates as texts."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        if isinstance(value, list):
            return [plain(each) for each in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(yaml.safe_load(text))


class TestSchema:
    def test_it_is_a_json_schema(self, schema):
        """The schema is valid, so that editors can use it."""
        jsonschema.validators.validator_for(schema).check_schema(schema)

    @pytest.mark.parametrize("file", sorted(KNOWLEDGE.glob("*.yaml")), ids=lambda file: file.name)
    def test_it_accepts_the_shipped_lessons(self, schema, file):
        """Editors show no errors in the shipped lessons."""
        jsonschema.validate(as_an_editor_reads(file.read_text(encoding="utf-8")), schema)

    def test_it_accepts_a_picture_as_a_plain_path(self, schema):
        """The schema accepts what the loader accepts."""
        entry = {"id": "a", "question": "A?", "answer": "B."}
        for image in ("images/a.png", {"file": "images/a.png", "alt": "An A."}):
            jsonschema.validate({"lesson": "L", "entries": [{**entry, "image": image}]}, schema)

    @pytest.mark.parametrize(
        "wrong",
        [{"anser": "B."}, {"image": {"fiel": "a.png"}}, {"image": 3}, {"id": "No Spaces"}, {"phrasings": "one"}],
    )
    def test_it_refuses_what_the_loader_refuses(self, schema, wrong):
        """Editors show an error such as a misspelled key while the author types."""
        entry = {"id": "a", "question": "A?", "answer": "B.", **wrong}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"lesson": "L", "entries": [entry]}, schema)


def test_one_file_is_checked_beside_a_link_that_leads_in_a_circle(lessonbot):
    """What else lies in the folder does not stop the check of a file."""
    (lessonbot.lessons / "circle.yaml").symlink_to("circle.yaml")
    ended = lessonbot("check", "knowledge/venv.yaml")
    assert "Traceback" not in ended.err
    assert "venv.yaml" in ended.out or "no errors" in ended.out + ended.err
