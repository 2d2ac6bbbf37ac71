"""`lessonbot new` makes a folder in which everything works at once, and overwrites nothing."""

from __future__ import annotations

import json
import stat

import pytest
import yaml

from bot.checking import check
from bot.errors import UserError
from bot.evaluate.evaluating import evaluate_library
from bot.evaluate.report import went_wrong
from bot.lessons.library import Library
from bot.scaffold import new
from bot.search.meaning.table import TableSource
from bot.settings import Settings, load_settings

FAQ = "# Pottery\n\n## Why does a pot crack?\n\nIt dried too fast.\n\nA loose word.\n"


@pytest.fixture
def faq(tmp_path):
    file = tmp_path / "FAQ.md"
    file.write_text("A loose word.\n\n" + FAQ)
    return file


def test_an_empty_place_works_at_once(tmp_path):
    """The new lesson has no errors or advice, the settings are read, and git ignores the token and backups."""
    place = tmp_path / "clubs" / "pottery"
    assert new(place, []) is None
    found = check(place / "knowledge")
    assert found.findings == []
    assert found.summary == "1 lesson, 2 entries, 0 scenarios: no errors"
    library = Library.open(place / "knowledge")
    asked = evaluate_library(library, lambda each, total: iter(each), [TableSource()]).evaluated
    assert went_wrong(asked) == [], "`lessonbot evaluate` has nothing to say against it"
    assert load_settings({}, place / ".env") == Settings()
    every_setting = (place / ".env").read_text()
    assert all(f"{name.upper()}=" in every_setting for name in Settings.model_fields)
    assert stat.S_IMODE((place / ".env").stat().st_mode) == 0o600
    assert {".env", "/*.zip"} <= set((place / ".gitignore").read_text().splitlines())
    assert len((place / "README.md").read_text().splitlines()) == 12
    assert "# The bot's token" in every_setting
    assert "https://discord.com/developers/applications" in every_setting
    assert "Message Content Intent" in every_setting
    action = yaml.safe_load((place / ".github" / "workflows" / "lessons.yaml").read_text())
    assert action["jobs"]["lessons"]["steps"][-1] == {"run": "lessonbot check knowledge"}


def test_with_their_own_material_it_answers_their_own_questions(faq, tmp_path):
    """The folder has only the imported lessons and no example, and unused parts are listed."""
    imported = new(tmp_path / "pottery", [faq])
    library = Library.open(tmp_path / "pottery" / "knowledge")
    assert [each.question for each in library.lessons.entries.values()] == ["Why does a pot crack?"]
    assert library.lessons.documents[0].lesson.source == "FAQ.md"
    assert imported is not None
    assert [each.text for lost in imported.lost for each in lost.unplaced] == ["A loose word."]


def test_a_file_of_that_name_is_not_taken_for_a_folder(tmp_path):
    """The error says what to do, and the file stays."""
    file = tmp_path / "pottery"
    file.write_text("mine")
    for folder in (file, file / "bot"):
        with pytest.raises(UserError, match="pottery is a file; choose another name for the folder"):
            new(folder, [])
    assert file.read_text() == "mine"


@pytest.mark.parametrize("there", [".env", "README.md", ".github/workflows/lessons.yaml", "knowledge/mine.yaml"])
def test_nothing_is_overwritten_and_nothing_is_left_behind(there, faq, tmp_path):
    """If a file exists already, nothing is overwritten and nothing is created."""
    place = tmp_path / "pottery"
    (place / there).parent.mkdir(parents=True)
    (place / there).write_text("mine")
    for sources in ([], [faq]):
        with pytest.raises(UserError, match="already exists; choose another folder"):
            new(place, sources)
    assert [path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()] == [there]
    assert (place / there).read_text() == "mine"


def test_material_without_a_question_makes_no_folder(tmp_path):
    """Notes without a question are refused as by `import`, and no folder is made."""
    (tmp_path / "plan.md").write_text("# Plan\n\nNo question here.\n")
    with pytest.raises(UserError, match="There is nothing to import"):
        new(tmp_path / "pottery", [tmp_path / "plan.md"])
    assert not (tmp_path / "pottery").exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://mia:secret@github.com/pots/lessonbot.git", "git+https://github.com/pots/lessonbot"),
        ("ssh://git@gitlab.com/pots/bot", "git+https://gitlab.com/pots/bot"),
        ("file:///nowhere/lessonbot", "git+https://github.com/OWNER/lessonbot"),
    ],
)
def test_the_action_installs_from_where_this_bot_was_installed(url, said, tmp_path, monkeypatch):
    """The address has no password. If the repository is unknown, a comment says what to replace."""

    class Installed:
        def read_text(self, name: str) -> str:
            return json.dumps({"url": url})

    monkeypatch.setattr("bot.installation.distribution", lambda name: Installed())
    new(tmp_path / "pottery", [])
    action = (tmp_path / "pottery" / ".github" / "workflows" / "lessons.yaml").read_text()
    assert f"pip install {said}\n" in action
    assert ("# Replace OWNER" in action) == ("OWNER" in said)
    assert "secret" not in action
