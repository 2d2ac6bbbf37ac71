"""Zips of pages and tables as Notion exports them, taken by `/lessons import`."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot.curating.uploaded import PlannedImport, plan_import
from bot.errors import EditError
from bot.lessons.intake.notion import tables_of_pages
from bot.lessons.library import Library
from tests.support.pictures import png

CLUB, FAQ, HOT, MEET, RULES = (f"{n}a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d" for n in range(1, 6))
TABLE = "\ufeffName,Tags,Status\nHow hot is the kiln?,heat,Done\nWhen, and where?,club,Open\n"
FILES: dict[str, str | bytes] = {
    f"Club {CLUB}.md": f"# Club\n\nWelcome.\n\n[FAQ](Club%20{CLUB}/FAQ%20{FAQ}.csv)\n",
    f"Club {CLUB}/FAQ {FAQ}.csv": TABLE,
    f"Club {CLUB}/FAQ {FAQ}_all.csv": TABLE,
    f"Club {CLUB}/FAQ {FAQ}/How hot is the kiln {HOT}.md": "# How hot is the kiln?\n\nTags: heat\nStatus: Done\n\n"
    f"Note: hot. See [When](When,%20and%20where%20{MEET}.md).\n\n![A kiln](How%20hot%20{HOT}/my%20kiln.png)\n",
    f"Club {CLUB}/FAQ {FAQ}/How hot {HOT}/my kiln.png": png(),
    f"Club {CLUB}/FAQ {FAQ}/When, and where {MEET}.md": "# When, and where?\n\nTags: club\n\nStatus: it's open.\n",
    f"Club {CLUB}/The club's rules {RULES}.md": "# Rules\n\n## May I bring a friend?\n\nYes.\n\n## Two?\n\nNo.\n",
}


def zipped(files: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, inside in files.items():
            archive.writestr(name, inside)
    return content.getvalue()


def planned(tmp_path, content: bytes) -> PlannedImport:
    (tmp_path / "seed.yaml").write_text(
        "lesson: S\nentries:\n- {id: s, question: What is S?, answer: A letter.}\n"
    )
    return plan_import(Library.open(tmp_path), [("Export-1.zip", content)])


@pytest.mark.parametrize("is_in_parts", [False, True])
def test_the_pages_of_a_table_become_one_lesson(tmp_path, is_in_parts):
    """Without what they repeat of the table. Larger exports are zips in a zip."""
    parts = [dict(list(FILES.items())[:3]), dict(list(FILES.items())[3:])]
    nested: dict[str, str | bytes] = {f"Part-{n}.zip": zipped(part) for n, part in enumerate(parts)}
    found = planned(tmp_path, zipped(nested if is_in_parts else FILES))
    lessons = {each.file: each.lesson for each in found.plan.after.documents}
    assert lessons.keys() == {"seed.yaml", "faq.yaml", "the-clubs-rules.yaml"}
    faq = {entry.question: entry for entry in lessons["faq.yaml"].entries}
    assert faq["How hot is the kiln?"].answer == "Note: hot. See When."
    assert faq["When, and where?"].answer == "Status: it's open."
    image = faq["How hot is the kiln?"].image
    assert image
    assert image.file.startswith("images/my kiln-")
    assert [*found.plan.pictures] == [image.file]
    report = "\n".join(found.report)
    assert f"FAQ {FAQ}_all.csv: the table of pages that were read" in report
    assert f"FAQ {FAQ}.csv: a part of the table in 'FAQ {FAQ}_all.csv'" in report
    assert "'Tags: heat', 'Status: Done'" in report
    assert f"Club {CLUB}.md: There is nothing to import" in report
    assert "not read" not in report


ROWS = '\ufeffName,Answer,Tags\nHow hot is the kiln?,"Very.\nDon\'t touch.",heat\nWhere?,In room 2.,club\n'
PAGES: dict[str, str | bytes] = {
    f"FAQ {FAQ}.csv": ROWS,
    f"FAQ {FAQ}/How hot {HOT}.md": "# How hot is the kiln?\n\nAnswer: Very.\nDon't touch.\nTags: heat\n",
    f"FAQ {FAQ}/Where {MEET}.md": "# Where?\n\nAnswer: In room 2.\nTags: club\n\nRing the bell.\n",
}


@pytest.mark.parametrize(
    ("table", "pages"),
    [
        ("Name,Answer,Tags\nCosts,None.,a\nWhere?,In room 2.,b\n", ("Costs", "Where?")),
        ("Nr,Question,Answer,Tags\n1,Costs,None.,a\n2,Where?,In room 2.,b\n", ("1", "2")),
    ],
    ids=["statements", "numbers"],
)
def test_a_table_is_read_if_its_pages_say_no_more(tmp_path, table, pages):
    """It says what is the question and what the answer, also where the title of a page asks nothing."""
    heads, *rows = (line.split(",") for line in table.splitlines())
    files: dict[str, str | bytes] = {f"FAQ {FAQ}.csv": table}
    for name, row, id_ in zip(pages, rows, (HOT, MEET), strict=True):
        repeated = "".join(f"{head}: {cell}\n" for head, cell in zip(heads[1:], row[1:], strict=True))
        files[f"FAQ {FAQ}/{name.strip('?')} {id_}.md"] = f"# {name}\n\n{repeated}"
    found = planned(tmp_path, zipped(files))
    answers = [(each.question, each.answer) for each in found.plan.after.documents[0].lesson.entries]
    assert answers == [("Costs", "None."), ("Where?", "In room 2.")]
    assert f"a part of the table in 'FAQ {FAQ}.csv'" in "\n".join(found.report)
    files[f"FAQ {FAQ}.csv"] = table.replace("Name", "Thing").replace("Question", "Thing")
    asked = [
        entry.question
        for each in planned(tmp_path, zipped(files)).plan.after.documents
        for entry in each.lesson.entries
    ]
    assert "Where?" in asked  # of the pages, as no column of the table has questions


def test_answers_of_a_table_are_imported_once(tmp_path):
    """Each row is a page, too, which can say more. Rows whose pages are missing are read from the table."""
    found = planned(tmp_path, zipped(PAGES))
    answers = [(each.question, each.answer) for each in found.plan.after.documents[0].lesson.entries]
    assert answers == [
        ("How hot is the kiln?", "Very.\nDon't touch."),
        ("Where?", "In room 2.\n\nRing the bell."),
    ]
    assert f"FAQ {FAQ}.csv: the table of pages that were read: each row is a page" in "\n".join(found.report)
    one = dict(list(PAGES.items())[:2])
    asked = [
        entry.question
        for each in planned(tmp_path, zipped(one)).plan.after.documents
        for entry in each.lesson.entries
    ]
    assert asked.count("How hot is the kiln?") == asked.count("Where?") == 1


def test_answers_are_in_the_table_or_on_the_pages(tmp_path):
    """Some pages have only the answer of their column, some more, some only text; no title asks."""
    files: dict[str, str | bytes] = {
        f"FAQ {FAQ}.csv": "Name,Kurzantwort,Status\nHeat,Very.,Done\nPlace,In room 2.,Done\nClay,,Open\n",
        f"FAQ {FAQ}/Heat {HOT}.md": "# Heat\n\nKurzantwort: Very.\nStatus: Done\n",
        f"FAQ {FAQ}/Place {MEET}.md": "# Place\n\nKurzantwort: In room 2.\nStatus: Done\n\nRing the bell.\n",
        f"FAQ {FAQ}/Clay {RULES}.md": "# Clay\n\nStatus: Open\n\nOnly stoneware.\n",
    }
    found = planned(tmp_path, zipped(files))
    (lesson,) = (each.lesson for each in found.plan.after.documents if each.file == "faq.yaml")
    assert {each.question: each.answer for each in lesson.entries} == {
        "Heat": "Very.",
        "Place": "In room 2.\n\nRing the bell.",
        "Clay": "Only stoneware.",
    }


def test_pages_that_are_numbered_ask_what_their_column_says(tmp_path):
    """Their titles are no questions, and no lessons of one entry each."""
    files: dict[str, str | bytes] = {f"FAQ {FAQ}.csv": "Nr,Question,Answer\n1,Where?,In room 2.\n2,When?,At 9.\n"}
    for number, asked, answer, id_ in ((1, "Where?", "In room 2.", HOT), (2, "When?", "At 9.", MEET)):
        page = f"# {number}\n\nQuestion: {asked}\nAnswer: {answer}\n\nRing the bell.\n"
        files[f"FAQ {FAQ}/{number} {id_}.md"] = page
    documents = planned(tmp_path, zipped(files)).plan.after.documents
    entries = [[(each.question, each.answer) for each in one.lesson.entries] for one in documents]
    assert [("Where?", "In room 2.\n\nRing the bell."), ("When?", "At 9.\n\nRing the bell.")] in entries


def test_parts_that_have_the_same_page_are_refused(tmp_path):
    """Nobody could say which of them is meant."""
    part = zipped({"a.md": "## Why?\n\nSo.\n"})
    with pytest.raises(EditError, match=r"contains 'a\.md' twice"):
        planned(tmp_path, zipped({"1.zip": part, "2.zip": part}))


def test_a_sheet_beside_a_folder_is_no_table_of_pages(tmp_path):
    """Only Notion names both alike, with its ID."""
    files = [tmp_path / "faq.csv", tmp_path / "faq" / "a.md"]
    assert not tables_of_pages(files)
