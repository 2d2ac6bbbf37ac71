"""What is not published where it is from is no entry: it is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.errors import NotesError
from tests.lessons.intake.reading_files import pairs, read
from tests.support.importing import import_files

NOT_PUBLISHED = "a draft, or else not published where it is from"


def unpublished(text: str, file: str) -> set[str]:
    return {each.text for each in read(text, file).unplaced if each.why == NOT_PUBLISHED}


@pytest.mark.parametrize(
    "mark",
    [
        {"draft": True},
        {"state": "draft"},
        {"status": "Draft"},
        {"published": False},
        {"isPublished": False},
        {"enabled": "no"},
        {"hidden": True},
        {"is_visible": 0},
        {"status": "auto-draft"},
        {"post_status": "private"},
        {"visibility": "hidden"},
        {"publishedAt": None},
        {"archived": True},
        {"visibility": "paid"},
        {"status": "In progress"},
        {"status": 1, "type": 1, "description_text": "Secret.", "agent_id": 4},
    ],
)
def test_a_draft_of_a_help_centre_is_no_entry(mark):
    """As Zendesk, Intercom and Strapi have them, and bots their commands that are switched off."""
    there = {
        "title": "How hot?",
        "body": "<p>Very.</p>",
        "draft": False,
        "state": "published",
        "enabled": True,
        "publishedAt": "2026-01-02",
        "archived": False,
        "visibility": "public",
        "post_status": "publish",
    }
    text = json.dumps({"articles": [there, {"title": "New prices", "body": "<p>Secret.</p>", **mark}]})
    assert pairs(text, "articles.json") == [("How hot?", "Very.")]
    assert {"New prices", "<p>Secret.</p>"} <= unpublished(text, "articles.json")


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (
            '{"sections": [{"name": "Heat", "faqs": [{"q": "How hot?", "a": "Very."}]}, {"name": "Prices", '
            '"published": false, "faqs": [{"q": "New prices?", "a": "Secret."}]}]}',
            "a.json",
        ),
        (
            "Heat:\n  draft: false\n  items:\n  - q: How hot?\n    a: Very.\n"
            "Prices:\n  status: draft\n  items:\n  - q: New prices?\n    a: Secret.\n",
            "a.yml",
        ),
        (
            '[[sections]]\nname = "Heat"\n[[sections.faqs]]\nq = "How hot?"\na = "Very."\n'
            '[[sections]]\nname = "Prices"\nhidden = true\n[[sections.faqs]]\nq = "New prices?"\na = "Secret."\n',
            "a.toml",
        ),
        (
            '{"How hot?": {"answer": "Very."}, "New prices?": {"answer": "Secret.", "published": false}}',
            "a.json",
        ),
        (
            '{"intents": [{"tag": "heat", "patterns": ["How hot?"], "responses": ["Very."]}, {"tag": "prices", '
            '"patterns": ["New prices?"], "responses": ["Secret."], "enabled": false}]}',
            "intents.json",
        ),
        (
            '{"heat": {"content": "Very.", "keywords": ["How hot?"]}, "cold": {"content": "No.", "keywords": '
            '["cool"]}, "prices": {"content": "Secret.", "keywords": ["New prices?"], "draft": true}}',
            "tags.json",
        ),
    ],
    ids=["sections", "sections by name", "TOML", "questions as keys", "intents", "tags"],
)
def test_what_stands_in_an_unpublished_part_is_no_entry(text, file):
    """A section that is not published has no questions that are."""
    made = read(text, file).lessons
    shown = [each for lesson in made for entry in lesson.entries for each in (entry.question, entry.answer)]
    assert "Very." in shown
    assert "Secret." not in shown
    assert {"New prices?", "Secret."} <= unpublished(text, file)


def test_a_file_that_is_unpublished_as_a_whole_is_refused():
    """Its owner reads why."""
    with pytest.raises(NotesError, match=f"nothing to import.*{NOT_PUBLISHED}"):
        read('{"title": "Prices", "published": false, "faqs": [{"q": "New prices?", "a": "Secret."}]}', "a.json")


@pytest.mark.parametrize(
    ("column", "draft", "done"),
    [
        ("Status", "Draft", "Done"),
        ("Entwurf", "ja", "nein"),
        ("Estado", "Borrador", "Listo"),
        ("Published", "FALSE", "TRUE"),
        ("Published?", "No", "Yes"),
        ("Ver\u00f6ffentlicht", "FALSCH", "WAHR"),
        ("Hidden (yes/no)", "yes", "no"),
        ("Draft", "x", ""),
        ("Visible to members", "no", "yes"),
        ("Status", "In Bearbeitung", "Fertig"),
    ],
)
def test_a_row_of_a_sheet_that_is_a_draft_is_no_entry(column, draft, done):
    """It is named."""
    rows = f"Question,Answer,{column}\nHow hot?,Very.,{done}\nNew prices?,Secret.,{draft}\n"
    assert pairs(rows, "faq.csv") == [("How hot?", "Very.")]
    assert unpublished(rows, "faq.csv") == {"New prices?", "Secret."}


@pytest.mark.parametrize(
    ("front", "other"),
    [
        ("---\ndraft: true\n---\n", "---\ndraft: false\n---\n"),
        ("---\ndraft: yes\n---\n", "---\ndraft: 'no'\n---\n"),
        ("+++\ndraft = true\n+++\n", "+++\ndraft = false\n+++\n"),
        ("---\ntitle: Prices\npublished: false\n---\n", "---\ntitle: Heat\npublished: 2026-01-02\n---\n"),
        ("---\nstatus: draft\n---\n", "---\nstatus: published\n---\n"),
        ("---\nState: Draft # until May\n---\n", "---\nState: public\n---\n"),
        ("---\nhidden: true\n---\n", "---\nhidden: false\n---\n"),
        ("---\npublish: false\n---\n", "---\npublish: true\n---\n"),
        ("---\nisDraft: true\n---\n", "---\nisDraft: false\n---\n"),
        ("---\nvisibility: private\n---\n", "---\nvisibility: public\n---\n"),
        ("---\ndraft: true\ntitle: a: b\n---\n", "---\ndraft: false\ntitle: a: b\n---\n"),
    ],
)
def test_a_page_that_is_a_draft_is_refused(front, other, tmp_path):
    """In a folder, the other pages are imported. A page that says that it is no draft is one of them."""
    with pytest.raises(NotesError, match="is not published, as its front matter says"):
        read(f"{front}\n## What does it cost?\n\nMuch.\n")
    (tmp_path / "prices.md").write_text(f"{front}\n## What does it cost?\n\nMuch.\n", encoding="utf-8")
    (tmp_path / "heat.md").write_text(f"{other}\n## How hot?\n\nVery.\n", encoding="utf-8")
    imported = import_files([tmp_path], Path("-"), tmp_path / "lessons")
    assert [entry.question for made in imported.made for entry in made.lesson.entries] == ["How hot?"]
    assert [file.name for file, _ in imported.refused] == ["prices.md"]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("Title: Prices\nDate: 2026-01-02\nStatus: draft\n\n## What does it cost?\n\nMuch.\n", "a.md"),
        (":date: 2026-01-02\n:status: draft\n\nWhat does it cost?\n------------------\n\nMuch.\n", "a.rst"),
        ("Prices\n######\n\n:status: hidden\n\nWhat does it cost?\n------------------\n\nMuch.\n", "a.rst"),
    ],
)
def test_a_draft_of_pelican_is_refused(text, file):
    """There, the fields above a page have no lines around them."""
    with pytest.raises(NotesError, match=r"is not published, as its front matter says \([Ss]tatus: "):
        read(text, file)
    for said in ("draft", "hidden"):
        text = text.replace(said, "published")
    assert pairs(text, file) == [("What does it cost?", "Much.")]


@pytest.mark.parametrize(
    "asked",
    ["[DRAFT] What does it cost?", "What does it cost? (draft)", "DRAFT: What does it cost?", "[Entwurf] Preise?",
     "\U0001f6a7 WIP: What does it cost?", "[borrador] \u00bfCu\u00e1nto cuesta?"],
)  # fmt: skip
def test_a_question_that_calls_itself_a_draft_is_no_entry(asked):
    """In whatever format: its answer is named, too."""
    text = f"## How hot?\n\nVery.\n\n## {asked}\n\nMuch.\n\n## How do I save a draft?\n\nPress S.\n"
    assert pairs(text) == [("How hot?", "Very."), ("How do I save a draft?", "Press S.")]
    assert "Much." in unpublished(text, "faq.md")
    sheet = f'Question,Answer\nHow hot?,Very.\n"{asked}",Much.\n'
    assert pairs(sheet, "faq.csv") == [("How hot?", "Very.")]


def test_a_page_of_notion_whose_row_says_that_it_is_a_draft_is_refused(tmp_path):
    """The table beside the pages names its status as a property."""
    folder = tmp_path / "Questions 0123456789abcdef0123456789abcdef"
    folder.mkdir()
    rows = "Name,Status\nHow hot?,Done\nNew prices?,Draft\n"
    (tmp_path / f"{folder.name}.csv").write_text(rows, encoding="utf-8")
    for name, status, said in (("How hot?", "Done", "Very."), ("New prices?", "Draft", "Secret.")):
        page = folder / f"{name[:3]} 0123456789abcdef0123456789abcdef.md"
        page.write_text(f"# {name}\n\nStatus: {status}\n\n{said}\n", encoding="utf-8")
    imported = import_files([tmp_path], Path("-"), tmp_path / "lessons")
    assert [entry.answer for made in imported.made for entry in made.lesson.entries] == ["Very."]
    assert any("is not published, as its property says" in why for _, why in imported.refused)


@pytest.mark.parametrize(
    "text",
    [
        "title: News\ndeleted: [1, 5]\nfaqs:\n- q: How hot?\n  a: Very.\n  state: Texas\n  active: 3\n",
        "faqs:\n- q: How hot?\n  a: Very.\n  enabled: true\n  hidden: ''\n  published: 2026-01-02\n",
    ],
)
def test_other_states_publish_as_before(text):
    """Only what surely says that it is not published is left out."""
    assert pairs(text, "a.yml") == [("How hot?", "Very.")]


@pytest.mark.parametrize(
    "asked",
    ["What is work in progress (WIP)?", "Wie speichere ich einen Entwurf (Draft)?",
     "\u00bfC\u00f3mo guardo un borrador (draft)?", "What does [draft] mean?", "What is a snake draft?"],
)  # fmt: skip
def test_a_question_about_drafts_is_an_entry(asked):
    """A word in brackets before the question mark says what another word means."""
    assert pairs(f"## {asked}\n\nThis.\n") == [(asked, "This.")]


@pytest.mark.parametrize(
    "mark",
    [
        {"status": {"name": "Draft"}},
        {"status": {"id": 7, "value": "draft", "color": "red"}},
        {"Status": ["Draft"]},
        {"_id": "drafts.4f-1"},
    ],
)
def test_a_state_with_more_around_it_and_a_draft_of_sanity_are_drafts(mark):
    """Notion, Airtable and Baserow put a state into a map or a list; Sanity begins the ID with `drafts.`."""
    hot = {"question": "How hot?", "answer": "Very.", "status": {"name": "Done"}, "_id": "drafty"}
    text = json.dumps([hot, {"question": "What does it cost?", "answer": "Much.", **mark}])
    assert pairs(text, "a.json") == [("How hot?", "Very.")]
    assert "Much." in unpublished(text, "a.json")


def test_a_page_whose_status_is_a_list_is_no_entry():
    """Obsidian saves a property with several values as a list."""
    page = "---\nstatus: [{}]\n---\n\n## How hot?\n\nVery.\n"
    assert pairs(page.format("done")) == [("How hot?", "Very.")]
    with pytest.raises(NotesError, match="is not published"):
        read(page.format("draft"))
