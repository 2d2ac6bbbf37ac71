"""The calibration is kept on disk, so that a start need not learn it; only for the very same lessons."""

from __future__ import annotations

import json

import pytest

from bot.search.index import Index
from bot.search.kept_calibration import KeptCalibration
from bot.search.match import CalibrationOffset
from tests.support.findable import Findable

ENTRIES = [
    Findable(f"{verb}-{thing}", f"How do I {verb} a {thing}?", (f"{verb} my {thing}", f"the {thing} to {verb}"))
    for verb in ("open", "close", "paint", "clean", "mend", "sell")
    for thing in ("door", "window", "fence", "boat")
]
LEARNED = Index(ENTRIES).rank("open the boat")[0].evidence.offset


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "calibration.json"


def offset(file, entries=ENTRIES, **more) -> CalibrationOffset:
    return Index(entries, kept=KeptCalibration(file), **more).rank("open the boat")[0].evidence.offset


def mark(file) -> CalibrationOffset:
    """Change the file, so that it shows in an index whether it was used."""
    content = json.loads(file.read_text())
    content["offsets"]["words"] = [0.25, -0.25]
    file.write_text(json.dumps(content))
    return CalibrationOffset(0.25, -0.25)


def test_the_next_start_need_not_learn_how_sure_it_may_be(file):
    """The same lessons are calibrated once."""
    assert offset(file) == LEARNED
    assert offset(file) == LEARNED
    kept = mark(file)
    assert offset(file) == kept


@pytest.mark.parametrize(
    "changed",
    [
        {"entries": ENTRIES[1:]},
        {"entries": [Findable(each.id, each.question, each.phrasings, "Ask.") for each in ENTRIES]},
        {"entries": [Findable(each.id, each.question, (*each.phrasings, each.id), "") for each in ENTRIES]},
        {"aliases": {"boat": ["ship"]}},
        {"never": {"open-door": ["open the boat"]}},
        {"languages": {"open-boat": "de"}},
    ],
)
def test_lessons_that_were_edited_are_calibrated_anew(file, changed):
    """Whoever edits the lessons gets the same replies as if nothing had been kept."""
    offset(file)
    kept = mark(file)
    expected = Index(**{"entries": ENTRIES, **changed}).rank("open the boat")[0].evidence.offset
    assert offset(file, **changed) == expected != kept


def test_another_version_of_the_search_calibrates_anew(file):
    """After an update of the bot, nothing that was learned by another version is used."""
    offset(file)
    kept = mark(file)
    content = json.loads(file.read_text())
    file.write_text(json.dumps({**content, "digest": content["digest"][::-1]}))
    assert offset(file) == LEARNED != kept


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "\xff"])
def test_a_damaged_file_is_replaced(file, content, caplog):
    """A file that a crash or a full disk damaged costs nothing but the time to learn again."""
    offset(file)
    whole = file.read_bytes()
    file.write_bytes(content.encode("latin-1"))
    assert offset(file) == LEARNED
    assert file.read_bytes() == whole
    assert "calibrated again" in caplog.text


def test_a_file_with_other_offsets_than_numbers_is_replaced(file):
    """Offsets are read only if they are numbers."""
    offset(file)
    content = json.loads(file.read_text())
    file.write_text(json.dumps({**content, "offsets": {"words": ["much", None]}}))
    assert offset(file) == LEARNED


def test_a_folder_that_cannot_be_written_changes_no_answer(tmp_path, caplog):
    """A full or read-only disk is said in the log, and the bot starts all the same."""
    (tmp_path / "data").write_text("a file in the place of the folder")
    assert offset(tmp_path / "data" / "calibration.json") == LEARNED
    assert "cannot be written" in caplog.text
