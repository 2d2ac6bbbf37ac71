"""`.github/PRIVACY.md` says what is saved: no more, and no less."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import BigInteger

from bot.curating import credits as credits_
from bot.curating import drafting, proposals
from bot.settings import Settings
from bot.store.personal_data import MEMBER
from bot.store.tables import metadata
from bot.walking import shared_walks
from tests.support.pseudo import texts

PRIVACY = (Path(__file__).parents[1] / ".github" / "PRIVACY.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
OF_ALEMBIC = {"alembic_version": ["version_num"]}


def test_every_table_and_column_is_listed_with_what_why_and_how_long():
    """Whoever adds a column says what it is for, before a member has to ask."""
    listed = {table: re.findall(r"`(\w+)`", columns) for table, columns, __, ___ in ROW.findall(PRIVACY)}
    saved = {table.name: [column.name for column in table.c] for table in metadata.sorted_tables}
    assert listed == saved | OF_ALEMBIC


def test_what_it_says_to_press_is_there():
    """A member finds each button that the page names."""
    known = {name for each in texts() for name in ([each.id] if isinstance(each.id, str) else each.id)}
    named = set(re.findall(r"(?<!\*)\*(\w[^*\n]+)\*(?!\*)", PRIVACY))
    assert "Cancel notification" in named
    assert named <= known


def test_a_member_gets_each_row_with_their_id():
    """`/ask my data` leaves out no table that leads to a member by an ID."""
    of_others = {"server", "message", "channel", "post", "bot"}
    found = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.c
        if isinstance(column.type, BigInteger) and column.name not in of_others
    }
    assert found == {(table.name, column.name) for table, column in MEMBER.items()}


def test_it_has_what_a_listing_in_the_app_directory_asks_for():
    """Privacy and terms, what is saved, why and how long, how to delete it; the commands that it names exist."""
    headings = re.findall(r"^#+ (.+)$", PRIVACY, re.MULTILINE)
    assert headings == ["What Lessonbot saves", "Terms", "Every table and column"]
    assert (Path(__file__).parents[1] / "LICENSE").is_file()
    cells = [cell for row in re.findall(r"^\| (.+) \|$", PRIVACY, re.MULTILINE) for cell in row.split(" | ")]
    assert all(cell.strip() for cell in cells)
    named = set(re.findall(r"`/(\w+ [a-z][\w ]*|\w+)(?:: True)?`", PRIVACY))
    assert named == {"ask forget", "ask my data", "ask proposals", "walkthrough forget"}


def test_it_says_how_long_as_the_code_does():
    """A promise of 90 days is one that the code keeps."""
    assert Settings().question_days == drafting.RETENTION.days == shared_walks.RETENTION.days == 90
    how_long = {table: kept for table, __, ___, kept in ROW.findall(PRIVACY)}
    assert how_long["questions"] == "90 days (`QUESTION_DAYS`)"
    assert proposals.RETENTION.days == 90
    assert how_long["proposals"] == "until it is decided, and 90 days after that"
    assert credits_.RETENTION.days == 90
    assert how_long["credits"] == "until they choose, at most 90 days"
    assert how_long["drafts"] == "90 days after the last change"
    assert how_long["shared_walks"] == "90 days after the last press"
