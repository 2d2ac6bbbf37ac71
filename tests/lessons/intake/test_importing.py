"""Notes become a lesson file with its pictures, or nothing is written at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from bot.errors import NotesError
from bot.lessons.intake.conversion import read_source
from bot.lessons.intake.formats import READERS
from bot.lessons.intake.import_report import summary, warnings
from bot.lessons.intake.last_import import FOLDER
from bot.lessons.intake.material import Pair
from bot.lessons.intake.options import Options
from bot.lessons.library import Library
from tests.support.importing import import_files
from tests.support.pictures import png

RANDOM = Random(7).randbytes(5000)
PNG = b"\x89PNG\r\n\x1a\n..."
# The picture of the notes, with a hash of its content.
BOX = "images/box-8bb4a8c6.png"
NOTES = "# Venvs\n\n**Question**: Why a venv?\n\n**Answer**: It isolates packages.\n\n![A box](pictures/box.png)\n"


@pytest.fixture
def notes(tmp_path):
    (tmp_path / "notes" / "pictures").mkdir(parents=True)
    (tmp_path / "notes" / "pictures" / "box.png").write_bytes(PNG)
    file = tmp_path / "notes" / "venvs.md"
    file.write_text(NOTES)
    return file


def files(folder: Path) -> list[str]:
    return sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if FOLDER not in path.relative_to(folder).parts
    )


def test_notes_become_a_lesson_with_its_pictures(notes, tmp_path):
    """Notes become a valid lesson with its pictures."""
    imported = import_files([notes], None, tmp_path / "lessons")
    [made] = imported.made
    assert made.file == tmp_path / "lessons" / "venvs.yaml"
    assert (tmp_path / "lessons" / "venvs.yaml").read_text() == made.text
    assert files(tmp_path / "lessons") == ["images", BOX, "venvs.yaml"]
    assert (tmp_path / "lessons" / BOX).read_bytes() == PNG
    assert Library.open(tmp_path / "lessons").lessons.documents[0].lesson == made.lesson
    assert summary(imported.made, imported.pictures) == "1 entry, 1 picture"


def test_a_dash_writes_nothing(notes, tmp_path):
    """With `-` as the target, nothing is written."""
    imported = import_files([notes], Path("-"), tmp_path / "lessons")
    assert imported.made[0].file is None
    assert "It isolates packages." in imported.made[0].text
    assert not (tmp_path / "lessons").exists()


def test_nothing_is_overwritten(notes, tmp_path):
    """An import does not overwrite a lesson that was edited by hand."""
    there = tmp_path / "lessons" / "lesson.yaml"
    there.parent.mkdir(parents=True)
    there.write_text("mine")
    before = files(tmp_path / "lessons")
    with pytest.raises(NotesError, match=rf"{there} already exists; choose another name with --to"):
        import_files([notes], tmp_path / "lessons" / "lesson.yaml", tmp_path / "lessons")
    assert there.read_text() == "mine"
    assert files(tmp_path / "lessons") == before


def test_no_lesson_takes_the_name_of_the_questions(notes, tmp_path):
    """No lesson gets the name questions.yaml, which the bot would not read as a lesson."""
    with pytest.raises(NotesError, match=r"questions\.yaml is for questions on the lessons; name another file"):
        import_files([notes], tmp_path / "lessons" / "questions.yaml", tmp_path / "lessons")
    assert not (tmp_path / "lessons" / "questions.yaml").exists()


def test_a_picture_can_be_named_beside_its_notes(notes, tmp_path):
    """As a shell does for `*`: it is no page that cannot be read."""
    shown, other = tmp_path / "notes" / "pictures" / "box.png", tmp_path / "notes" / "other.png"
    other.write_bytes(PNG)
    imported = import_files([notes, shown, other], None, tmp_path / "lessons")
    assert list(warnings(imported)) == [f"1 picture is left out, as no lesson shows it: {other}"]


def test_two_lessons_may_show_the_same_picture(notes, tmp_path):
    """A picture in two lessons is copied once."""
    import_files([notes], tmp_path / "lessons" / "a.yaml", tmp_path / "lessons")
    import_files([notes], tmp_path / "lessons" / "b.yaml", tmp_path / "lessons")
    assert files(tmp_path / "lessons") == ["a.yaml", "b.yaml", "images", BOX]


def test_another_picture_of_the_name_stays(notes, tmp_path):
    """The new one gets a name of its own, which the lesson shows."""
    there = tmp_path / "lessons" / "images" / "box.png"
    there.parent.mkdir(parents=True)
    there.write_bytes(PNG + b"mine")
    [made] = import_files([notes], None, tmp_path / "lessons").made
    image = made.lesson.entries[0].image
    assert image is not None
    assert image.file == BOX
    assert (tmp_path / "lessons" / image.file).read_bytes() == PNG
    assert there.read_bytes() == PNG + b"mine"


def test_pictures_of_one_name_are_two_pictures(tmp_path):
    """Notion calls each pasted picture `image.png`, in a folder for each page."""
    colors = {"menu": "red", "settings": "blue"}
    for name, color in colors.items():
        folder = tmp_path / "notion" / name
        folder.mkdir(parents=True)
        (folder / "image.png").write_bytes(png(color=color))
        (folder / f"{name}.md").write_text(f"# {name}\n\n## Where is the {name}?\n\nHere:\n\n![](image.png)\n")
    imported = import_files([tmp_path / "notion"], None, tmp_path / "lessons")
    assert summary(imported.made, imported.pictures) == "2 entries, 2 pictures"
    for each in Library.open(tmp_path / "lessons").lessons.documents:
        [entry] = each.lesson.entries
        assert entry.image is not None
        assert (tmp_path / "lessons" / entry.image.file).read_bytes() == png(color=colors[each.lesson.lesson])


def test_notes_that_are_no_text_are_refused(notes, tmp_path):
    """A file that is not a text is refused with the reason."""
    notes.write_bytes(PNG + bytes(range(256)) * 4)
    with pytest.raises(NotesError, match=r"venvs\.md: is not a text file"):
        import_files([notes], None, tmp_path / "lessons")
    with pytest.raises(NotesError, match="cannot be read: No such file"):
        import_files([notes.with_name("gone.md")], None, tmp_path / "lessons")
    assert not (tmp_path / "lessons").exists()


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ("bird.png#gh-dark-mode-only", "bird.png"),
        ("C#.png", "C#.png"),
        ("../blob/main/bird.png?raw=true", "bird.png"),
        ("../../raw/main/img/bird.png", "img/bird.png"),
        ("/img/bird.png", "img/bird.png"),
        ("./img/../img/bird.png", "img/bird.png"),
        ("my%20bird.png", "my bird.png"),
        ("<my bird.png>", "my bird.png"),
        (r"img\bird.png", "img/bird.png"),
    ],
)
def test_a_picture_is_found_however_its_page_writes_it(written, there, tmp_path):
    """Pages come from repositories, sites and editors, each with its own way to name a picture."""
    file = tmp_path / "pages" / there
    file.parent.mkdir(parents=True)
    file.write_bytes(png())
    (tmp_path / "pages" / "birds.md").write_text(f"## What is a bird?\n\nIt flies.\n\n![]({written})\n")
    imported = import_files([tmp_path / "pages"], None, tmp_path / "lessons")
    assert [*warnings(imported)] == []
    [entry] = imported.made[0].lesson.entries
    assert entry.image is not None
    assert (tmp_path / "lessons" / entry.image.file).read_bytes() == png()


def test_a_picture_beside_a_page_is_not_taken_for_one_in_another_folder(tmp_path):
    """Many pictures are called `image.png`: a wrong one is worse than none."""
    (tmp_path / "image.png").write_bytes(png())
    (tmp_path / "birds.md").write_text("## What is a bird?\n\nIt flies.\n\n![](../fish/image.png)\n")
    imported = import_files([tmp_path / "birds.md"], None, tmp_path / "lessons")
    assert "no such picture '../fish/image.png' beside the notes" in "".join(warnings(imported))


@pytest.mark.parametrize(
    ("written", "alt"),
    [
        ("![A bird](../img/bird.png)", "A bird"),
        ("![A bird](/img/bird.png)", "A bird"),
        ("![[bird.png]]", ""),
        ("![[bird.png|300]]", ""),
        ("![[img/bird.png|A bird|300x200]]", "A bird"),
    ],
)
def test_a_picture_is_found_in_another_folder_of_the_import(written, alt, tmp_path):
    """Sites keep pictures beside the folders of their pages, and an Obsidian vault has one folder for all."""
    (tmp_path / "vault" / "img").mkdir(parents=True)
    (tmp_path / "vault" / "animals").mkdir()
    (tmp_path / "vault" / "img" / "bird.png").write_bytes(png())
    (tmp_path / "vault" / "animals" / "birds.md").write_text(f"## What is a bird?\n\nIt flies.\n\n{written}\n")
    imported = import_files([tmp_path / "vault"], None, tmp_path / "lessons")
    assert not list(warnings(imported))
    [entry] = imported.made[0].lesson.entries
    assert entry.image
    assert (entry.answer, entry.image.alt) == ("It flies.", alt)
    assert (tmp_path / "lessons" / entry.image.file).read_bytes() == png()


def test_a_picture_of_obsidian_in_code_stays_code():
    """Such as on a page about Obsidian itself, also with two backticks."""
    page = "## How do I embed it?\n\nWrite `![[a.png]]` or ``![[b.png]]``.\n"
    (item,) = read_source(page, "help.md").items
    assert isinstance(item, Pair)
    assert "``![[b.png]]``" in item.answer[0].text


@pytest.mark.parametrize("written", ["![](bird.png)", "![[bird.png]]", "![](../../bird.png)"])
def test_no_picture_is_taken_for_another_of_its_name(written, tmp_path):
    """Two pictures have this name, neither is beside the page, and nothing outside of the folder is read."""
    for folder in ("vault/a", "vault/b", "."):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "bird.png").write_bytes(png())
    (tmp_path / "vault" / "c").mkdir()
    (tmp_path / "vault" / "c" / "birds.md").write_text(f"## What is a bird?\n\nIt flies.\n\n{written}\n")
    imported = import_files([tmp_path / "vault"], None, tmp_path / "lessons")
    assert (imported.made[0].lesson.entries[0].image, imported.pictures) == (None, 0)
    assert "no such picture" in "".join(warnings(imported))


def test_pictures_of_two_folders_are_not_taken_for_one_beside_the_page(tmp_path):
    """The second is reported, and not shown the picture of the first."""
    (tmp_path / "logo.png").write_bytes(png())
    (tmp_path / "a.md").write_text(
        "## What is A?\n\nA.\n\n![](a/logo.png)\n\n## What is B?\n\nB.\n\n![](b/logo.png)\n"
    )
    imported = import_files([tmp_path / "a.md"], None, tmp_path / "lessons")
    assert "another picture is called 'logo.png' too" in "".join(warnings(imported))


def test_a_text_whose_accents_were_lost_is_imported(tmp_path):
    (tmp_path / "t.md").write_text("# Wie gro\ufffd ist die T\ufffdr?\n\nSie ist sch\ufffdn.\n", encoding="utf-8")
    assert import_files([tmp_path / "t.md"], None, tmp_path / "lessons").made


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize(
    "content",
    [
        RANDOM,
        b"\xff\xfe" + RANDOM,
        "# What is it?\n\nA thing.\n".encode("utf-16-le"),
        b"%PDF-1.4\n# What is it?\n\nA thing.\n",
    ],
    ids=["random", "random UTF-16", "NULs", "PDF"],
)
def test_bytes_that_are_no_text_become_no_entry_whatever_they_are_called(ending, content, tmp_path):
    """A file with the wrong name, or a damaged one, is refused, and the file beside it is imported."""
    (tmp_path / f"file{ending}").write_bytes(content)
    (tmp_path / "faq.md").write_text("# What is a kiln?\n\nAn oven.\n")
    paths = [tmp_path / f"file{ending}", tmp_path / "faq.md"]
    imported = import_files(paths, None, tmp_path / "lessons")
    assert [each.lesson.lesson for each in imported.made] == ["What is a kiln?"]
    assert [*warnings(imported)] == [f"{tmp_path}/file{ending}: is not a text file"]


def test_a_picture_from_elsewhere_on_the_disk_is_not_copied(notes, tmp_path):
    """Notes cannot make the bot copy files from outside their folder."""
    (tmp_path / "secret.png").write_bytes(PNG)
    notes.write_text(NOTES.replace("pictures/box.png", "../secret.png"))
    imported = import_files([notes], None, tmp_path / "lessons")
    assert files(tmp_path / "lessons") == ["venvs.yaml"]
    assert [each.line for lost in imported.lost for each in lost.unplaced] == [7]


def test_a_folder_that_is_a_file_is_named(notes, tmp_path):
    """A file in place of the folder is an error that names it."""
    (tmp_path / "lessons").write_text("a file")
    with pytest.raises(NotesError, match="cannot be written: Not a directory"):
        import_files([notes], None, tmp_path / "lessons")
    assert (tmp_path / "lessons").read_text() == "a file"


def test_a_full_disk_leaves_nothing_half_written(notes, tmp_path):
    """If the disk gets full during an import, all files and folders of it are deleted again."""
    notes.write_text(NOTES + "More words.\n" * 400)
    code = (
        "import resource, sys; from pathlib import Path; from bot.errors import NotesError\n"
        "from bot.lessons.intake.importing import prepare, write\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write(prepare([Path(sys.argv[1])], None, Path(sys.argv[2])))\n"
        "except NotesError as error: print(error)\n"
    )
    command = [sys.executable, "-B", "-c", code, str(notes), str(tmp_path / "deep" / "lessons")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    assert "cannot be written: File too large; nothing was written" in run.stdout
    assert not (tmp_path / "deep").exists()


@pytest.fixture
def community(tmp_path):
    """A folder as in projects: two pages of questions, pages with one question, a picture, a README."""
    folder = tmp_path / "help"
    (folder / "tags").mkdir(parents=True)
    (folder / "git.md").write_text(
        "# Git\n\nQ: What is the difference between fetch and pull?\n\nA: Pull merges.\n"
    )
    (folder / "linux.md").write_text("# Linux\n\n## What is the difference between df and du?\n\nThe disk.\n")
    (folder / "tags" / "ports.md").write_text("---\naliases: [port]\n---\n\n# Ports\n\nNumbers.\n")
    (folder / "tags" / "venv.md").write_text("A folder for packages.\n")
    (folder / "tags" / "README.md").write_text("# Tags\n\nHow to write them.\n")
    (folder / "logo.svg").write_text("<svg/>")
    return folder


def test_a_folder_is_a_lesson_a_page_and_one_of_all_pages_with_one_question(community, tmp_path):
    """Each page becomes a lesson; pages with one question become one together; unread files are listed."""
    imported = import_files([community], None, tmp_path / "lessons")
    lessons = {made.file.name: made.lesson for made in imported.made if made.file}
    assert sorted(lessons) == ["git.yaml", "linux.yaml", "tags.yaml"]
    assert [(e.question, e.answer, e.phrasings) for e in lessons["tags.yaml"].entries] == [
        ("Ports", "Numbers.", ("port",)),
        ("venv", "A folder for packages.", ()),
    ]
    assert len(Library.open(tmp_path / "lessons").lessons.entries) == 4
    said = "\n".join(warnings(imported))
    assert "README.md: There is nothing to import" in said
    assert f"1 file was not read: {community}/logo.svg; these are read: .csv, " in said


def test_a_folder_of_files_that_no_reader_knows_is_refused_by_their_names(tmp_path):
    """Whoever imports it is told what is read; an empty folder has none."""
    with pytest.raises(NotesError, match="there is no file here that can be read"):
        import_files([tmp_path], None, tmp_path / "lessons")
    for name in ("faq.adoc", "faq.org"):
        (tmp_path / name).write_text("= FAQ")
    with pytest.raises(
        NotesError, match=r"2 files were not read: \S+faq.adoc, \S+faq.org; these are read: .*\.md, "
    ):
        import_files([tmp_path], None, tmp_path / "lessons")


def test_a_second_import_takes_no_id_of_the_first(community, tmp_path):
    """A second import uses other ids, so that both lessons are served."""
    for file in ("git.md", "linux.md"):
        import_files([community / file], None, tmp_path / "lessons")
    assert sorted(Library.open(tmp_path / "lessons").lessons.entries) == [
        "what-is-the-difference-between",
        "what-is-the-difference-between-2",
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "lesson: A\nentries:\n  - id: what-is-the-difference-between\n    question: [\n",
        '{"lesson": "A", "entries": [{"id": "what-is-the-difference-between", "question": ["]}',
    ],
)
def test_ids_of_a_broken_lesson_are_taken_too(broken, community, tmp_path):
    """An import does not use ids of a lesson with errors, so that it can be fixed later."""
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "a.yaml").write_text(broken)
    imported = import_files([community / "git.md"], None, tmp_path / "lessons")
    assert imported.made[0].lesson.entries[0].id == "what-is-the-difference-between-2"


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("lessons/b.txt", "would not be read: a lesson is a .yaml file"),
        ("lessons/.b.yaml", "is no name for a lesson"),
        ("b.yaml", "2 lessons do not fit into one file; name a folder"),
    ],
)
def test_nothing_is_written_where_it_is_not_served(to, why, community, tmp_path):
    """A lesson is never written to a place where the bot would not read it."""
    with pytest.raises(NotesError, match=why):
        import_files([community / "git.md", community / "linux.md"], tmp_path / to, tmp_path / "lessons")
    assert not (tmp_path / "lessons").exists()


def test_a_file_that_holds_nothing_stops_no_other(community, tmp_path):
    """A file without questions is reported, and the others are imported; alone, it is an error."""
    (community / "plan.md").write_text("# Plan\n\nNo question here.\n")
    imported = import_files([community / "plan.md", community / "git.md"], None, tmp_path / "lessons")
    assert [made.file.name for made in imported.made if made.file] == ["git.yaml"]
    ((file, why),) = imported.refused
    assert file.name == "plan.md"
    assert "There is nothing to import" in why
    with pytest.raises(NotesError, match=r"It has 1 heading, which asks nothing"):
        import_files([community / "plan.md"], None, tmp_path / "lessons")


def test_names_of_files_are_those_that_an_upload_may_have(tmp_path):
    """The names of new files are also valid for an upload with `/lessons import`."""
    file = tmp_path / "Häufige Fragen (neu)!.md"
    file.write_text("## Warum?\n\nDarum.\n")
    imported = import_files([file], None, tmp_path / "lessons")
    assert [made.file.name for made in imported.made if made.file] == ["haufige-fragen-neu.yaml"]


def test_a_large_file_is_a_lesson_a_section(tmp_path):
    """A file of 300 KiB becomes a lesson for each section, with the heading as its title."""
    sections = "".join(
        f"## Part {n}\n\n" + "".join(f"### Why is {n} {k}?\n\n{'So it is. ' * 100}\n\n" for k in range(60))
        for n in range(6)
    )
    file = tmp_path / "big.md"
    file.write_text(f"# Big\n\n{sections}")
    imported = import_files([file], None, tmp_path / "lessons")
    assert [(made.lesson.lesson, made.lesson.course) for made in imported.made] == [
        (f"Part {n}", "Big") for n in range(6)
    ]
    assert len(Library.open(tmp_path / "lessons").lessons.entries) == 360
    assert not imported.lost


@pytest.mark.parametrize("name", ["big.csv", "big.json"])
def test_a_large_sheet_or_data_file_is_a_lesson_a_section(name, tmp_path):
    """Its categories or its named lists become the lessons."""
    rows = {f"Part {n}": [(f"Why is {n} {k}?", "So it is. " * 100) for k in range(60)] for n in range(6)}
    if name == "big.csv":
        lines = [f"{question},{answer},{part}" for part, pairs in rows.items() for question, answer in pairs]
        text = "\n".join(["question,answer,category", *lines])
    else:
        text = json.dumps({part: [{"question": q, "answer": a} for q, a in pairs] for part, pairs in rows.items()})
    (tmp_path / name).write_text(text)
    imported = import_files([tmp_path / name], None, tmp_path / "lessons")
    assert [made.lesson.lesson for made in imported.made] == list(rows)
    assert len(Library.open(tmp_path / "lessons").lessons.entries) == 360
    assert not imported.lost


@pytest.mark.parametrize(
    ("count", "question", "answer", "phrasings"),
    [
        (900, "How do I repair thing {n}?", "\n".join(["- é"] * 150), []),
        (1500, "How do I repair thing {n}, " + "ü" * 150 + "?", "ñ" * 300, []),
        (1300, "How do I repair thing {n}?", "So.", [f"thing {{n}} number {k}" for k in range(16)]),
    ],
    ids=["short lines", "long questions", "phrasings"],
)
def test_each_lesson_of_a_large_file_can_be_read(tmp_path, count, question, answer, phrasings):
    """It is told by the size that it has in its file, and members get each entry."""
    pairs = [
        {"question": question.format(n=n), "answer": answer, "phrasings": [each.format(n=n) for each in phrasings]}
        for n in range(count)
    ]
    (tmp_path / "things.json").write_text(json.dumps(pairs))
    imported = import_files([tmp_path / "things.json"], None, tmp_path / "lessons")
    assert len(imported.made) > 1
    library = Library.open(tmp_path / "lessons")
    assert sum(len(each.lesson.entries) for each in library.lessons.documents) == count


def test_links_of_a_page_in_a_repository_lead_to_its_site(tmp_path):
    """Links between files of a repository become links to its website."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text('[remote "origin"]\n\turl = git@github.com:pots/help.git\n')
    file = tmp_path / "docs" / "faq.md"
    file.parent.mkdir()
    file.write_text("## Why?\n\nSee [the guide](../guide.md).\n")
    answer = import_files([file], Path("-"), tmp_path / "lessons").made[0].lesson.entries[0].answer
    assert answer == "See [the guide](https://github.com/pots/help/blob/HEAD/guide.md)."
    options = Options(base_url="https://e.org/docs/faq")
    answer = import_files([file], Path("-"), tmp_path / "lessons", options).made[0].lesson.entries[0].answer
    assert answer == "See [the guide](https://e.org/guide.md)."


def test_a_saved_web_page_is_a_lesson_with_its_pictures(tmp_path):
    """A browser saves them in a folder beside it. Pages that a program built of others are not read again."""
    folder = tmp_path / "help"
    (folder / "FAQ_files").mkdir(parents=True)
    (folder / "FAQ_files" / "box.png").write_bytes(PNG)
    page = '<h1>\u00d6fen</h1><h2>Wie hei\u00df?</h2><p>Sehr.</p><img src="./FAQ_files/box.png" alt="Ofen">'
    (folder / "FAQ.html").write_bytes(page.encode("cp1252"))
    (folder / "_build").mkdir()
    (folder / "_build" / "other.html").write_text("<h2>Why?</h2><p>So.</p>")
    imported = import_files([folder], None, tmp_path / "lessons")
    (entry,) = [entry for made in imported.made for entry in made.lesson.entries]
    assert (entry.question, entry.answer) == ("Wie hei\u00df?", "Sehr.")
    assert entry.image
    assert (entry.image.file, entry.image.alt) == (BOX, "Ofen")


def test_what_was_not_placed_is_told_in_groups(tmp_path):
    """Unused parts with the same reason are reported on one line, with their lines and beginnings."""
    file = tmp_path / "faq.md"
    file.write_text("# FAQ\n\n" + "Some words.\n\n" * 40 + "## Why?\n\nSo.\n")
    imported = import_files([file], Path("-"), tmp_path / "lessons")
    [line] = warnings(imported)
    assert line.startswith(f"{file}:3-81: 40 times: outside of every question")
    assert line.endswith("'Some words.', 'Some words.', 'Some words.', \u2026")


def test_what_was_not_placed_of_a_web_page_is_told_without_lines(tmp_path):
    """Nobody sees its lines: the beginnings of the parts tell where they are."""
    file = tmp_path / "faq.html"
    file.write_text("<p>Welcome.</p>\n\n<p>Read this.</p><h2>Why?</h2><p>So.</p>")
    imported = import_files([file], Path("-"), tmp_path / "lessons")
    [line] = warnings(imported)
    assert line.startswith(f"{file}: 2 times: outside of every question")
    assert line.endswith("'Welcome.', 'Read this.'")


def test_the_files_of_a_rasa_project_are_read_together(tmp_path):
    """The files of a Rasa project are read together: intents, responses, and the rules that connect them."""
    files = {
        "nlu.yml": "version: '3.1'\nnlu:\n- intent: kiln\n  examples: |\n    - what is a kiln?\n    - kiln\n",
        "data/more.yml": "nlu:\n- intent: heat\n  examples: |\n    - how hot\n",
        "domain.yml": "intents:\n- kiln\nresponses:\n  utter_kiln:\n  - text: An oven.\n  utter_hot:\n"
        "  - text: Very.\n  utter_bye:\n  - text: Bye.\n",
        "rules.yml": "rules:\n- rule: r\n  steps:\n  - intent: heat\n  - action: utter_hot\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    imported = import_files([tmp_path / name for name in files], Path("-"), tmp_path / "lessons")
    [made] = imported.made
    assert [(each.id, each.answer, each.phrasings) for each in made.lesson.entries] == [
        ("kiln", "An oven.", ("kiln",)),
        ("heat", "Very.", ()),
    ]
    assert not imported.refused
    lost = {lost.file.name: [each.text for each in lost.unplaced] for lost in imported.lost}
    assert "Bye." in lost["domain.yml"]
    alone = import_files([tmp_path / "nlu.yml", tmp_path / "domain.yml"], Path("-"), tmp_path / "lessons")
    assert len(alone.made[0].lesson.entries) == 1


def test_lessons_that_are_only_called_faq_are_told_apart(tmp_path):
    """Members read from which project an answer is: the nearest folder that is not the others', too."""
    titles = {"pip/docs": "FAQ", "uv/docs": "Frequently Asked Questions (FAQ)", "poetry": "Poetry FAQ"}
    for folder, title in titles.items():
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "faq.md").write_text(f"# {title}\n\n## What is in {folder}?\n\nText.\n")
    import_files([tmp_path / "pip", tmp_path / "uv", tmp_path / "poetry"], None, tmp_path / "lessons")
    found = [each.lesson.lesson for each in Library.open(tmp_path / "lessons").lessons.documents]
    assert found == ["Pip: FAQ", "Uv: Frequently Asked Questions (FAQ)", "Poetry FAQ"]
    import_files([tmp_path / "pip"], tmp_path / "one" / "pip.yaml", tmp_path / "one")
    assert Library.open(tmp_path / "one").lessons.documents[0].lesson.lesson == "FAQ"
