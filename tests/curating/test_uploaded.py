"""What is uploaded is taken if the lessons folder would take it, and what is not used is named."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from bot.curating.import_again import compare, publish_again
from bot.curating.uploaded import plan_import
from bot.errors import EditError, LessonError
from bot.lessons.archive import export
from bot.lessons.intake.formats import known_endings
from bot.lessons.intake.importing import prepare
from bot.lessons.intake.last_import import FOLDER
from bot.lessons.intake.options import Options
from bot.lessons.library import Library
from tests.support.lesson_texts import lesson
from tests.support.pictures import png
from tests.support.zips import zipped

RED, YELLOW, BLUE = b"\xff\0\0", b"\xff\xff\0", b"\0\0\xff"
NOTHING = (
    "the upload contains no lesson files (.yaml), nor pages that lessons can be made of; these are read: "
    f"{known_endings()}"
)
NOTEPAD = "\ufeff"  # the byte order mark with which Windows' Notepad begins a file


@pytest.fixture
def library(tmp_path: Path) -> Library:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "a.yaml").write_text(lesson("a"))
    return Library.open(folder)


def planned(library: Library, name: str, content: str | bytes) -> list[tuple[str, str]]:
    """The lesson files that an upload changes, each with how."""
    upload = content.encode() if isinstance(content, str) else content
    plan = plan_import(library, [(name, upload)])
    assert plan.report == ()
    return [(each.file, each.state) for each in plan.plan.lessons]


def test_a_lesson_saved_with_notepad_is_a_lesson(library: Library):
    """Alone or in a zip, as in the lessons folder."""
    changed, new = NOTEPAD + lesson("a", "Why now?"), NOTEPAD + lesson("b")
    assert planned(library, "a.yaml", changed) == [("a.yaml", "changed")]
    both = zipped({"a.yaml": changed, "b.yaml": new})
    assert planned(library, "lessons.zip", both) == [("a.yaml", "changed"), ("b.yaml", "new")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_lesson_in_another_encoding_is_told_to_be_saved_as_utf_8(library: Library, encoding: str):
    """Alone or in a zip."""
    content = (NOTEPAD * (encoding != "utf-16") + lesson("b")).encode(encoding)
    for name, upload in (("b.yaml", content), ("lessons.zip", zipped({"b.yaml": content}))):
        with pytest.raises(EditError, match="save the file as UTF-8"):
            plan_import(library, [(name, upload)])


def test_capitals_in_the_ending_of_a_lesson_are_no_matter(library: Library):
    """The lessons folder reads small ones only."""
    assert planned(library, "b.YAML", lesson("b")) == [("b.yaml", "new")]
    assert planned(library, "lessons.zip", zipped({"b.Yml": lesson("b")})) == [("b.yml", "new")]


@pytest.mark.parametrize(
    ("name", "arrives"),
    [
        ("Advanced Python.yaml", "Advanced_Python.yaml"),
        ("venv (new).yaml", "venv_new_.yaml"),
        ("Übungen.yaml", "Ubungen.yaml"),
        ("Übungen.yaml", "bungen.yaml"),
        ("more/Übungen.yaml", "bungen.yaml"),
    ],
)
def test_a_lesson_is_known_under_the_name_that_discord_gives_it(library: Library, name: str, arrives: str):
    """If it has an entry of that lesson; another lesson of such a name is a new one."""
    file = library.folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(lesson("b"))
    library.reload()
    assert planned(library, arrives, lesson("b", "Why now?")) == [(name, "changed")]
    assert planned(library, arrives, lesson("c")) == [(arrives, "new")]


@pytest.mark.parametrize("arrives", ["a_1.yaml", "a-new.yml"])
def test_a_copy_of_a_lesson_under_another_name_changes_that_lesson(library: Library, arrives: str):
    """A browser saves a second download as `a (1).yaml`. As a new lesson, it would be refused for its ids."""
    assert planned(library, arrives, lesson("a", "Why now?")) == [("a.yaml", "changed")]
    other = lesson("a").replace("lesson: ", "lesson: Another ")
    with pytest.raises(LessonError, match="is already used"):
        plan_import(library, [(arrives, other.encode())])


def test_two_files_that_mean_one_lesson_are_refused(library: Library):
    """Neither of them is left out unnoticed."""
    file = library.folder / "more" / "b.yaml"
    file.parent.mkdir()
    file.write_text(lesson("b"))
    library.reload()
    both = zipped({"b.yaml": lesson("b", "Why now?"), "more/b.yaml": lesson("b", "Why then?")})
    with pytest.raises(EditError, match=r"contains 'more/b\.yaml' twice"):
        plan_import(library, [("lessons.zip", both)])


def test_a_page_is_known_under_the_name_that_discord_gives_it(library: Library):
    """What was imported from a file of that name is updated, not imported a second time."""
    page = "# Zoo\n\n## What is a parrot?\n\nA bird.\n"
    plan_import(library, [("Über uns (neu).md", page.encode())]).publish(library)
    changed = page.replace("A bird", "A bird that talks")
    plan_import(library, [("Uber_uns_neu.md", changed.encode())]).publish(library)
    answers = {each.question: each.answer for each in library.lessons.entries.values()}
    assert answers["What is a parrot?"] == "A bird that talks."
    assert len(answers) == 2


def test_a_page_with_half_of_its_questions_and_its_title_is_the_same_page(library: Library):
    """Below another title, it is another page that asks one of the same questions."""
    page = "# Zoo\n\n## What is a parrot?\n\nA bird.\n\n## Who feeds it?\n\nMia.\n"
    plan_import(library, [("zoo.md", page.encode())]).publish(library)
    changed = page.replace("Who feeds it?\n\nMia", "When do you open?\n\nAt nine")
    assert planned(library, "zoo.md", changed) == [("zoo.yaml", "changed")]
    assert planned(library, "zoo.md", changed.replace("# Zoo", "# Pets")) == [("zoo-2.yaml", "new")]


def test_a_text_that_begins_as_a_zip_does_is_a_text(library: Library):
    """Only the first two letters are the same."""
    page = b"PKI for beginners\n\n## What is a PKI?\n\nIt hands out keys.\n"
    sheet = b"PK,question,answer\n1,What is a PKI?,It hands out keys.\n"
    for name, content in (("pki.md", page), ("pki.csv", sheet)):
        (made,) = plan_import(library, [(name, content)]).plan.lessons
        assert made.file == "pki.yaml"


def test_questions_that_changed_are_named_as_not_read(library: Library):
    """They belong to an export, but only lessons are imported; those that are there already need no mention."""
    (library.folder / "questions.yaml").write_text("- {ask: why, expect: [a]}\n")
    exported = export(library)
    assert plan_import(library, [("lessons.zip", exported)]).report == ()
    (library.folder / "questions.yaml").write_text("- {ask: why not, expect: [a]}\n")
    plan = plan_import(library, [("lessons.zip", exported)])
    assert plan.plan.is_empty
    assert plan.report == ("not read: questions.yaml",)


@pytest.mark.parametrize("before", ["sheet.csv", "tmp/tmpen52gyaz/0/sheet.csv"])
def test_a_sheet_can_be_uploaded_again_wherever_the_lessons_are(
    library: Library, before: str, monkeypatch: pytest.MonkeyPatch
):
    """Also where the folder around the lessons has the computer's temporary files, as with `LESSONS_DIR=/lessons`.

    An earlier version named the temporary folder as a part of the source.
    """
    monkeypatch.setattr(tempfile, "tempdir", str(library.folder.parent))
    sheet = "question,answer\nWhat is a perch?,It holds birds.\nWhat is a cage?,It locks them up.\n"
    plan_import(library, [("sheet.csv", sheet.encode())]).publish(library)
    file = library.folder / "sheet.yaml"
    assert "source: sheet.csv\n" in file.read_text()
    for each in (file, library.folder / FOLDER / "sheet-csv.yaml"):
        each.write_text(each.read_text().replace("source: sheet.csv", f"source: {before}"))
    library.reload()
    changed = sheet.replace("holds birds", "carries birds")
    plan_import(library, [("sheet.csv", changed.encode())]).publish(library)
    assert library.lessons.entries["what-is-a-perch"].answer == "It carries birds."
    assert len(library.lessons.entries) == 3


PAGE = b"## How do I join?\n\nFill in [the form](join.md).\n"


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://exa mple.org/",
            "https://[example.org/",
            "https://example..org/",
            "https://.org/",
            "https:///docs/",
        ),
        *("https://example.org:abc/", "https://example.org:99999/", "https://anna:secret@example.org/"),
        *("https://example.org/)[evil](http://e", "https://example.org/a b/", "https://example.org/\n\n# Hi"),
        *(
            "https://example.org/docs(/",
            "https://example.org/<b>/",
            "https://example.org/`a`",
            "https://a.org/\u202e",
        ),
    ],
)
def test_an_address_that_no_link_can_lead_to_is_refused(library: Library, address: str):
    """Links would be broken in every answer, or lead elsewhere."""
    with pytest.raises(EditError, match="`base_url` must be a web address"):
        plan_import(library, [("join.md", PAGE)], Options(base_url=address))


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("HTTPS://example.org/docs/", "https://example.org/docs/join.md"),
        ("http://localhost:8000", "http://localhost:8000/join.md"),
        ("https://bücher.example/a_(b)/?c=d#e", "https://bücher.example/a_(b)/join.md"),
    ],
)
def test_links_lead_below_any_web_address(library: Library, address: str, link: str):
    plan_import(library, [("join.md", PAGE)], Options(base_url=address)).publish(library)
    assert library.lessons.entries["how-do-i-join"].answer == f"Fill in [the form]({link})."


BIRDS = """\
lesson: Birds
entries:
  - id: what-is-a-bird
    question: What is a bird?
    answer: It flies.
    image: images/bird.png
"""


@pytest.mark.parametrize(
    ("files", "left"),
    [
        ({"birds.yaml": BIRDS}, "2 pictures are left out, as no lesson shows them: fish.png, images/cat.png"),
        (
            {"fish.md": "# Fish\n\n## What is a fish?\n\nIt swims.\n\n![](fish.png)\n"},
            "2 pictures are left out, as no lesson shows them: images/bird.png, images/cat.png",
        ),
        (
            {"birds.yaml": BIRDS, "fish.md": "# Fish\n\n## What is a fish?\n\nIt swims.\n\n![](fish.png)\n"},
            "1 picture is left out, as no lesson shows it: images/cat.png",
        ),
    ],
)
def test_pictures_that_no_lesson_shows_are_named(library: Library, files: dict[str, bytes | str], left: str):
    """Their lesson may have been forgotten, or may name them otherwise."""
    names = {"images/bird.png": "red", "fish.png": "blue", "images/cat.png": "yellow"}
    content = zipped({**files, **{name: png(color=color) for name, color in names.items()}})
    assert plan_import(library, [("lessons.zip", content)]).report == (left,)


FISH = b"# Fish\n\n## What is a fish?\n\nIt swims.\n\n![](bird.png)\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("birds.yaml", BIRDS.encode()),
        ("fish.md", FISH),
        ("fish.md", FISH.replace(b"bird.png", b"./bird.png?raw=true")),
        ("fish.md", FISH.replace(b"bird.png", b"docs/img/bird.png#fish")),
        ("fish.md", FISH.replace(b"bird.png", b"../blob/main/bird.png?raw=true")),
    ],
)
def test_a_picture_that_is_uploaded_beside_its_lesson_is_shown(library: Library, name: str, content: bytes):
    """Nobody has to make a zip of them. A picture that no lesson shows is named as it was uploaded."""
    pictures = [(file, png(color=color)) for file, color in (("bird.png", "red"), ("cat.png", "yellow"))]
    planned = plan_import(library, [(name, content), *pictures])
    assert planned.report == ("1 picture is left out, as no lesson shows it: cat.png",)
    planned.publish(library)
    (image,) = (each.image for each in library.lessons.entries.values() if each.image)
    assert Image.open(library.folder / image.file).convert("RGB").tobytes()[:3] == RED


def test_a_picture_is_found_by_the_name_that_discord_gives_it(library: Library):
    """Discord replaces spaces and accents in the names of files."""
    page = "# Fish\n\n## What is a fish?\n\nIt swims.\n\n![](img/my%20b\u00fcrd.png)\n"
    planned = plan_import(library, [("fish.md", page.encode()), ("my_burd.png", png())])
    assert planned.report == ()
    assert len(planned.plan.pictures) == 1


@pytest.mark.parametrize("name", ["fish", "fish.md", "fish.yaml", "fish.ZIP"])
def test_a_zip_is_known_whatever_its_ending(library: Library, name: str):
    content = zipped({"birds.yaml": BIRDS, "images/bird.png": png()})
    assert planned(library, name, content) == [("birds.yaml", "new")]


def test_two_pictures_of_one_name_are_refused(library: Library):
    """Phones call every picture the same; nobody can tell which of them the page shows."""
    pictures = [("bird.png", png(color=color)) for color in ("red", "blue")]
    with pytest.raises(EditError, match=r"the upload contains 'bird\.png' twice"):
        plan_import(library, [("fish.md", FISH), *pictures])


PDF = b"%PDF-1.4"
DOCX = zipped({"word/document.xml": "<w:document/>"})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("faq.pdf", b"%PDF-1.4"),
        ("faq.docx", DOCX),
        ("x.zip", zipped({"faq.pdf": b"%PDF-1.4"})),
        ("a.rar", b"Rar!"),
    ],
)
def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(library: Library, name: str, content: bytes):
    """It is named, whether it is uploaded by itself or in a zip."""
    planned = plan_import(library, [("fish.md", FISH.replace(b"![](bird.png)", b"")), (name, content)])
    assert [each.file for each in planned.plan.lessons] == ["fish.yaml"]
    assert planned.report == (f"not read: {'faq.pdf' if name == 'x.zip' else name}",)


@pytest.mark.parametrize(
    ("uploads", "what"),
    [
        ({"faq.pdf": PDF}, "faq.pdf: this kind of file can't be read. Copy its text to a .txt file."),
        (
            {"faq.docx": DOCX, "a.rar": b"Rar!", "a.png": png()},
            "faq.docx: this kind of file can't be read. Save it as a web page (.html) or as text (.txt).\n"
            "a.rar: this kind of file can't be read. Unpack it, and import its files.",
        ),
        ({"a.png": png()}, NOTHING),
        ({"questions.yaml": b"[]"}, NOTHING),
        ({"faq.md": Random(7).randbytes(5000)}, "faq.md: is not a text file"),
        ({"x.zip": zipped({"x/faq.csv": Random(7).randbytes(5000)})}, "x/faq.csv: is not a text file"),
        ({"x.zip": zipped({})}, NOTHING),
        ({"x.ZIP": b"<html>Not found</html>"}, "the zip file is damaged and cannot be read"),
        ({"x.zip": zipped({"images/a.png": png(), "questions.yaml": "[]"})}, NOTHING),
    ],
)
def test_where_nothing_can_be_used_it_is_said_why(library: Library, uploads: dict[str, bytes], what: str):
    with pytest.raises(EditError) as caught:
        plan_import(library, [*uploads.items()])
    assert str(caught.value) == what


@pytest.mark.parametrize("again", ["in Discord", "in the terminal"])
def test_pictures_of_one_name_are_shown_each_in_its_entry(library: Library, again: str):
    """A second import of the same pages changes nothing; of a changed picture, only the picture."""

    def zip_of(menu: str) -> bytes:
        pages = {name: f"# {name}\n\n## Where is {name}?\n\nHere:\n\n![]({name}/image.png)\n" for name in "bc"}
        files = {f"{name}.md": page for name, page in pages.items()}
        # The bytes after the end are not kept: an import in Discord encodes pictures again.
        return zipped({**files, "b/image.png": png(color=menu) + b"end", "c/image.png": png(color="blue")})

    def colors() -> list[bytes]:
        images = [entry.image for id_, entry in sorted(library.lessons.entries.items()) if id_.startswith("where")]
        files = [library.folder / image.file for image in images if image]
        return [Image.open(file).convert("RGB").tobytes()[:3] for file in files]

    def changed(content: bytes) -> bool:
        if again == "in Discord":
            planned = plan_import(library, [("pages.zip", content)])
            planned.publish(library)
            return not planned.is_empty
        with tempfile.TemporaryDirectory() as folder:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                archive.extractall(folder)
            prepared = prepare([Path(folder)], None, library.folder)
            found = compare(prepared, library.lessons, library.folder)
            publish_again(library, prepared, found)
            return bool(found.changes() or prepared.copies)

    plan_import(library, [("pages.zip", zip_of("red"))]).publish(library)
    assert colors() == [RED, BLUE]
    assert not changed(zip_of("red"))
    assert changed(zip_of("yellow"))
    assert colors() == [YELLOW, BLUE]
    assert not changed(zip_of("yellow"))
