"""All lessons are exported as one zip; an import is planned before anything changes, and is safe."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.errors import ConflictError, EditError, LessonError
from bot.lessons.archive import LessonChange, export, plan, write_import
from bot.lessons.file_names import is_picture
from bot.lessons.library import Library
from bot.lessons.unpacking import MAX_FILES, read_archive
from tests.support.examples import examples
from tests.support.lesson_texts import lesson
from tests.support.pictures import png
from tests.support.shipped import KNOWLEDGE
from tests.support.zips import zipped


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "lessons"
    (folder / "images").mkdir(parents=True)
    (folder / "a.yaml").write_text(lesson("a", more="  image: images/a.png\n"))
    (folder / "b.yaml").write_text(lesson("b"))
    (folder / "images" / "a.png").write_bytes(png())
    (folder / "images" / "unused.png").write_bytes(png())
    (folder / "README.md").write_text("How to write a lesson")
    return folder


def on_disk(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_exported_is_what_is_there_and_always_the_same_bytes(folder):
    """Two exports of the same lessons are equal; pictures that no lesson shows are left out."""
    (folder / "questions.yaml").write_text("- {ask: why, expect: [a]}\n")
    library = Library.open(folder)
    content = export(library)
    os.utime(folder / "a.yaml", (0, 0))
    assert content == export(Library.open(folder))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        inside = {each: archive.read(each) for each in archive.namelist()}
    assert inside == {each: (folder / each).read_bytes() for each in inside}
    assert sorted(inside) == ["a.yaml", "b.yaml", "images/a.png", "questions.yaml"]


def test_an_export_comes_back_as_nothing_to_do(folder):
    """Importing an unchanged export changes nothing."""
    for each in (folder, KNOWLEDGE):
        library = Library.open(each)
        planned = plan(library, read_archive("lessons.zip", export(library)).files)
        assert planned.is_empty
        assert {change.state for change in planned.lessons} == {"same"}
        assert write_import(library, planned) == ()


def test_an_export_makes_the_same_library_elsewhere(tmp_path):
    """Another server's bot can import it, with pictures."""
    content = export(Library.open(KNOWLEDGE))
    (tmp_path / "first.yaml").write_text(lesson("first"))
    library = Library.open(tmp_path)
    for _ in range(2):  # the second time there is nothing left to do
        planned = plan(library, read_archive("lessons.zip", content).files)
        write_import(library, planned)
    assert planned.is_empty
    assert library.lessons.entries.keys() - {"first"} == Library.open(KNOWLEDGE).lessons.entries.keys()
    assert Library.open(tmp_path).problems == ()


def test_a_plan_tells_entry_by_entry_what_would_change(folder):
    """Moderators see the plan before anything is published."""
    library = Library.open(folder)
    before = on_disk(folder)
    new = "lesson: A\nentries:\n- {id: a, question: New?, answer: So.}\n- {id: x, question: X?, answer: X.}\n"
    moved = "lesson: C\nentries:\n- {id: b, question: Why?, answer: So., image: images/c.png}\n"
    planned = plan(
        library,
        {
            "a.yaml": new.encode(),
            "b.yaml": b"lesson: B\n",
            "c.yaml": moved.encode(),
            "images/c.png": png(),
            "images/idle.png": png(),
            "questions.yaml": b"[]",
            "README.md": b"",
        },
    )
    assert planned.lessons == (
        LessonChange("a.yaml", "A", "changed", added=("x",), changed=("a",)),
        LessonChange("b.yaml", "B", "changed", removed=("b",)),
        LessonChange("c.yaml", "C", "new", added=("b",)),
    )
    assert list(planned.pictures) == ["images/c.png"]
    assert planned.ignored == ("README.md", "images/idle.png", "questions.yaml")
    assert planned.after.entries["a"].question == "New?"
    assert on_disk(folder) == before
    assert library.lessons.entries["a"].question == "Why?"
    write_import(library, planned)
    assert library.lessons.entries == planned.after.entries
    assert on_disk(folder)["README.md"] == b"How to write a lesson"
    assert Library.open(folder).lessons.entries == planned.after.entries


def test_one_lesson_alone_can_be_uploaded(folder):
    """A .yaml file, also with a byte order mark and Windows line ends."""
    library = Library.open(folder)
    content = b"\xef\xbb\xbf" + lesson("b", "New?").replace("\n", "\r\n").encode()
    write_import(library, plan(library, read_archive("b.yaml", content).files))
    assert library.lessons.entries["b"].question == "New?"
    assert (folder / "b.yaml").read_bytes() == content.removeprefix(b"\xef\xbb\xbf")


def test_all_mistakes_of_an_upload_are_told_and_nothing_changes(folder):
    """Each with file and line, as for files on disk."""
    library = Library.open(folder)
    before = on_disk(folder)
    with pytest.raises(LessonError) as caught:
        plan(library, {"a.yaml": b"lesson:\n", "d.yaml": b"lesson: D\nentrys: []\n"})
    assert [str(each) for each in caught.value.problems] == [
        "a.yaml:1: lesson: must not be empty",
        "d.yaml:2: entrys: is not a known key; did you mean 'entries'?",
    ]
    with pytest.raises(LessonError) as caught:
        plan(library, {"d.yaml": lesson("b").encode(), "e.yaml": lesson("e", more="  image: gone.png\n").encode()})
    assert [each.what for each in caught.value.problems] == [
        "'b' is already used at b.yaml:3",
        "there is no file 'gone.png' in the lessons folder",
    ]
    assert on_disk(folder) == before


def test_a_picture_that_is_there_is_never_written_over(folder):
    """An undo or another lesson may need it."""
    library = Library.open(folder)
    new = lesson("a", "New?", "  image: images/a.png\n").encode()
    with pytest.raises(EditError, match=r"a different picture named images/a\.png already exists"):
        plan(library, {"a.yaml": new, "images/a.png": png(9, 9)})
    planned = plan(
        library, {"c.yaml": lesson("c", more="  image: images/c.png\n").encode(), "images/c.png": png()}
    )
    (folder / "images" / "c.png").write_bytes(b"somebody's, meanwhile")
    with pytest.raises(EditError, match=r"a different picture named images/c\.png already exists"):
        write_import(library, planned)
    assert (folder / "images" / "c.png").read_bytes() == b"somebody's, meanwhile"
    assert not (folder / "c.yaml").exists()


@pytest.mark.parametrize("content", [b"<svg onload='x'>", b"", png()[:40]])
def test_a_picture_of_an_upload_is_looked_into_as_any_other(folder, content):
    """If it is refused, the message names it."""
    new = lesson("c", more="  image: images/c.png\n").encode()
    with pytest.raises(EditError, match=r"images/c\.png: this is not a PNG"):
        plan(Library.open(folder), {"c.yaml": new, "images/c.png": content})


@pytest.mark.parametrize("ending", ["png", "jpg", "JPEG", "webp", "gif"])
def test_a_picture_of_an_upload_stays_what_its_name_says(folder, ending):
    """It keeps the name that the lesson uses, but its content is encoded again."""
    library = Library.open(folder)
    file = f"images/c.{ending}"
    kind = "JPEG" if ending.lower().startswith("j") else ending.upper()
    upload = png(kind=kind) + b"SECRET"
    write_import(library, plan(library, {"c.yaml": lesson("c", more=f"  image: {file}\n").encode(), file: upload}))
    stored = (folder / file).read_bytes()
    assert b"SECRET" not in stored
    assert Image.open(BytesIO(stored)).format == kind


def test_what_changed_meanwhile_stops_the_publishing_and_takes_the_pictures_back(folder):
    """Nothing of the outdated plan is written; the moderator makes a new one."""
    library = Library.open(folder)
    new = lesson("a", "New?", "  image: images/new.png\n").encode()
    planned = plan(library, {"a.yaml": new, "images/new.png": png()})
    (folder / "a.yaml").write_text(lesson("a", "Theirs?"))
    before = on_disk(folder)
    with pytest.raises(ConflictError):
        write_import(library, planned)
    assert on_disk(folder) == before


def test_a_broken_file_of_that_name_is_not_replaced(folder):
    """Somebody may be editing it."""
    library = Library.open(folder)
    (folder / "c.yaml").write_text("lesson:\n")
    with pytest.raises(
        EditError, match=r"c\.yaml already exists in the lessons folder, and the file there has errors"
    ):
        plan(library, {"c.yaml": lesson("c").encode()})


def hostile(
    name: str, content: bytes | str = lesson("x"), mode: int = 0, compression: int = zipfile.ZIP_STORED
) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        info.external_attr = mode << 16
        info.compress_type = compression
        archive.writestr(info, content)
        archive.writestr("good.yaml", lesson("good"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("../evil.yaml", "outside the lessons folder"),
        ("images/../../evil.png", "outside the lessons folder"),
        ("..", "outside the lessons folder"),
        ("/etc/cron.d/evil.yaml", "outside the lessons folder"),
        ("//host/evil.yaml", "outside the lessons folder"),
        ("..\\evil.yaml", "outside the lessons folder"),
        ("images\\a.png", "outside the lessons folder"),
        ("C:evil.yaml", "outside the lessons folder"),
        ("C:/evil.yaml", "outside the lessons folder"),
        ("good.yaml", "twice"),
        ("GOOD.yaml", "twice"),
        ("good.yaml/evil.md", "twice"),
        ("GOOD.yaml/evil.md", "twice"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_in_a_zip_cannot_lead_anywhere(name, what):
    """Not out of the folder, not to a hidden file, and not to another lesson."""
    content = hostile(name)
    with pytest.raises(EditError, match=what) as caught:
        read_archive("x.zip", content)
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "name",
    [
        "images/deep/evil.png",
        "images//evil.png",
        "./evil.yaml",
        ".env.yaml",
        "images/.evil.png",
        "-rf.yaml",
        "a\nb.yaml",
        "a\u202eb.yaml",
        "x" * 300 + ".yaml",
        "evil.py",
        "lessons.zip",
        "x.zip",
    ],
)
def test_a_name_that_no_lesson_has_is_passed_over_and_told(name):
    """Hidden files and programs in a zip are named in the report, and never written."""
    upload = read_archive("x.zip", hostile(name))
    assert [*upload.files] == ["good.yaml"] or all(map(is_picture, upload.files.keys() - {"good.yaml"}))
    assert not {"evil.yaml", "evil.py", ".env.yaml"} & upload.files.keys()


@pytest.mark.parametrize("names", [("BUILD", "build/a.md"), ("r/NEWS", "r/news/1.md")])
def test_a_file_that_is_not_read_can_be_named_like_a_folder(names):
    """Repositories have such files; only what would be written counts."""
    upload = read_archive("x.zip", zipped(dict.fromkeys(names, "# Page")))
    assert (tuple(upload.files), upload.ignored) == (names[1:], names[:1])


def test_a_nul_does_not_hide_the_end_of_a_name():
    """zipfile cuts a name at a NUL; here, the whole name counts."""
    content = hostile("evil.yamlX/../up.yaml").replace(b"evil.yamlX/", b"evil.yaml\0/")
    with pytest.raises(EditError, match=r"outside the lessons folder|damaged"):
        read_archive("x.zip", content)


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK, stat.S_IFDIR]
)
def test_only_files_are_taken(kind):
    """A link in a zip could otherwise publish any file of the computer."""
    upload = read_archive("x.zip", hostile("link.yaml", "/etc/passwd", mode=kind | 0o777))
    assert [*upload.files] == ["good.yaml"]
    assert upload.ignored == ("link.yaml",)


def test_an_encrypted_zip_is_told():
    """It is refused with a message: nobody should type a password in a channel."""
    content = bytearray(hostile("a.yaml"))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    content[content.index(b"PK\x03\x04") + 6] |= 1
    with pytest.raises(EditError, match="encrypted"):
        read_archive("x.zip", bytes(content))


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_ways_to_pack_are_refused(kind):
    """Their decoders take as much memory as the file tells them to."""
    with pytest.raises(EditError, match="unsupported way"):
        read_archive("x.zip", hostile("a.yaml", compression=kind))


def test_a_zip_bomb_is_refused_by_what_it_declares():
    """Before any of it is unpacked."""
    content = zipped({"a.yaml": b"#" * (21 * 2**20)}, compression=zipfile.ZIP_DEFLATED)
    assert len(content) < 50_000
    with pytest.raises(EditError, match="the unpacked zip file is larger than 20 MB"):
        read_archive("x.zip", content)


def test_a_zip_bomb_that_lies_is_refused_by_what_it_holds():
    """Its declared size is small, but its real size is not."""
    content = bytearray(zipped({"a.yaml": b"#" * (21 * 2**20)}, compression=zipfile.ZIP_DEFLATED))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = content.index(mark) + at
        content[start : start + 4] = struct.pack("<I", 100)
    with pytest.raises(EditError, match=r"damaged|unpacks to more"):
        read_archive("x.zip", bytes(content))


@pytest.mark.parametrize("number", [MAX_FILES + 1, 3 * MAX_FILES])
def test_a_zip_of_too_many_files_is_refused(number):
    """Two thousand files are no lessons, but a whole repository."""
    content = zipped({f"l{n}.yaml": "" for n in range(number)})
    with pytest.raises(EditError, match=r"more than 2,?000 files"):
        read_archive("x.zip", content)


def test_an_upload_of_many_bytes_is_refused():
    """It is refused before any of it is read."""
    with pytest.raises(EditError, match=r"20\.1 MB; the limit is 20"):
        read_archive("x.zip", b"PK" + b"\0" * (20 * 2**20))


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("x.zip", b"PK\x03\x04", "damaged"),
        ("x.zip", zipped({"a.yaml": lesson("a")})[:-30], "damaged"),
        ("../a.yaml", b"lesson: A\n", "outside the lessons folder"),
    ],
)
def test_what_is_no_upload_of_lessons_is_told_in_a_sentence(name, content, what):
    """The message says what is wrong, and in which file."""
    with pytest.raises(EditError, match=what):
        read_archive(name, content)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"lesson: \xff\n", r"c\.yaml:1: is not UTF-8 text"),
        (b"lesson: A\n" + b"#" * 2**20, "is too large"),
        (b"lesson: \0\n", "control character"),
    ],
)
def test_a_lesson_that_cannot_be_read_is_told_with_its_line(folder, content, what):
    """Nothing of it is stored."""
    with pytest.raises(EditError, match=what):
        plan(Library.open(folder), read_archive("c.yaml", content).files)


def test_what_macos_puts_into_a_zip_is_passed_over():
    """Its additional files do not hinder the import."""
    files: dict[str, bytes | str] = {
        "a.yaml": lesson("a"),
        "__MACOSX/._a.yaml": b"\0",
        ".DS_Store": b"\0",
        "images/": "",
    }
    assert list(read_archive("x.zip", zipped(files)).files) == ["a.yaml"]


@settings(deadline=None, max_examples=examples(300))
@given(st.data())
def test_damaged_zips_are_files_or_a_sentence(data):
    """A damaged upload gives a message, never a crash."""
    content = bytearray(
        zipped({"a.yaml": lesson("a"), "images/a.png": png()}, compression=data.draw(st.sampled_from([0, 8])))
    )
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(2, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        files = read_archive("x.zip", bytes(content)).files
    except EditError:
        return
    assert all(".." not in Path(file).parts and not Path(file).is_absolute() for file in files)
