"""An upload becomes a picture of the lessons, or is refused with a message; never anything else."""

from __future__ import annotations

import os
import random
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from bot.errors import EditError
from bot.lessons.document import read_document
from bot.lessons.pictures import (
    MAX_PIXELS,
    MAX_SIDE,
    MAX_UPLOAD_BYTES,
    damaged_pictures,
    prepared,
    store_picture,
)
from bot.lessons.validation import wrong_with_picture
from tests.support.examples import examples


def drawn(name: str = "PNG", size: tuple[int, int] = (30, 20), mode: str = "RGB", **options: Any) -> bytes:
    out = BytesIO()
    Image.new(mode, size, 0).save(out, name, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def declared(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is so large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "mode", "ending"),
    [
        ("PNG", "RGB", ".png"),
        ("PNG", "RGBA", ".png"),
        ("PNG", "P", ".png"),
        ("PNG", "1", ".png"),
        ("PNG", "LA", ".png"),
        ("PNG", "I;16", ".png"),
        ("JPEG", "RGB", ".jpg"),
        ("JPEG", "L", ".jpg"),
        ("JPEG", "CMYK", ".jpg"),
        ("GIF", "P", ".png"),
        ("WEBP", "RGB", ".png"),
        ("WEBP", "RGBA", ".png"),
    ],
)
def test_every_kind_of_picture_is_stored_and_can_be_sent(tmp_path, name, mode, ending):
    """Whatever a moderator's computer saves, under a name that tells what it is."""
    file = store_picture(tmp_path, "what-is-a-venv", drawn(name, mode=mode))
    assert file.startswith("images/what-is-a-venv-")
    assert file.endswith(ending)
    assert len(Path(file).stem) == len("what-is-a-venv-3f2a91bc")
    assert wrong_with_picture(tmp_path, file) is None
    assert opened((tmp_path / file).read_bytes()).size == (30, 20)


def test_the_same_upload_twice_is_one_file_and_another_one_a_second(tmp_path):
    """An undo finds the old picture where it was."""
    first = store_picture(tmp_path, "a", drawn())
    before = (tmp_path / first).read_bytes()
    assert store_picture(tmp_path, "a", drawn()) == first
    second = store_picture(tmp_path, "a", drawn(size=(31, 20)))
    assert second != first
    assert (tmp_path / first).read_bytes() == before
    assert sorted(os.listdir(tmp_path / "images")) == sorted(Path(each).name for each in (first, second))


def test_a_name_that_is_taken_by_another_picture_is_not_overwritten(tmp_path):
    """Not even if somebody chose that name by hand."""
    first = store_picture(tmp_path, "a", drawn())
    (tmp_path / first).write_bytes(b"somebody's")
    second = store_picture(tmp_path, "a", drawn())
    assert (tmp_path / first).read_bytes() == b"somebody's"
    assert len(second) == len(first) + 8


@pytest.mark.parametrize(
    ("hint", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("..\\..\\boot.ini", "boot-ini"),
        ("/abs", "abs"),
        ("a\0b\n", "a-b"),
        (".hidden", "hidden"),
        ("C:CON", "c-con"),
        ("", "picture"),
        ("....", "picture"),
        ("日本", "picture"),
        ("Ünïcode", "unicode"),
        ("\u202egnp.exe", "gnp-exe"),
        ("-rf", "rf"),
        ("x" * 5000, "x" * 40),
    ],
)
def test_a_hint_never_becomes_a_path(tmp_path, hint, name):
    """The file is always in images/ and has a safe name, whatever the id is."""
    file = store_picture(tmp_path, hint, drawn())
    assert Path(file).parent == Path("images")
    assert Path(file).name.rsplit("-", 1)[0] == name
    assert os.listdir(tmp_path) == ["images"]


def test_what_a_photo_tells_beside_its_pixels_is_gone_and_it_stands_upright(tmp_path):
    """Location and author are removed, and the picture is rotated as the camera was held."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "SECRET-PLACE"
    photo = drawn("JPEG", exif=exif, comment=b"SECRET-COMMENT", icc_profile=b"SECRET-PROFILE")
    assert b"SECRET" in photo
    stored = (tmp_path / store_picture(tmp_path, "a", photo)).read_bytes()
    assert b"SECRET" not in stored
    assert opened(stored).size == (20, 30)
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "SECRET-NAME")
    texts.add_itxt("XML:com.adobe.xmp", "SECRET-XMP")
    shot = drawn(pnginfo=texts, exif=exif) + b"<script>SECRET</script>"
    assert b"SECRET" not in prepared(shot)[0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"GIF89a" + b"\xff" * 40,
        b"\xff\xd8\xff\xe0" + b"\0" * 40,
        b"RIFF\x10\0\0\0WEBPVP8 ",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
        drawn("TIFF"),
        drawn("BMP"),
        drawn("ICO"),
        drawn()[:-40],
        drawn("JPEG", size=(300, 300))[:400],
    ],
)
def test_what_is_no_picture_is_refused_by_what_it_holds(tmp_path, content):
    """Only the content counts, not its name or type in Discord."""
    with pytest.raises(EditError, match="not a PNG, JPEG, GIF or WebP picture, or it is damaged"):
        store_picture(tmp_path, "a.png", content)
    assert os.listdir(tmp_path) == []


def test_an_upload_of_many_bytes_is_refused(tmp_path):
    """It is refused before any of it is decoded."""
    with pytest.raises(EditError, match=r"is too large: 8\.1 MB; the limit is 8 MB"):
        store_picture(tmp_path, "a", drawn() + b"\0" * MAX_UPLOAD_BYTES)


@pytest.mark.parametrize("size", [(6400, 6401), (65_535, 65_535), (2**31 - 1, 2**31 - 1), (1, MAX_PIXELS + 1)])
def test_a_decompression_bomb_is_refused_by_what_it_declares(size):
    """A few kilobytes that would fill the memory are never decoded."""
    with pytest.raises(EditError, match="more than 40 megapixels"):
        prepared(declared(*size))


def webp_canvas(width: int, height: int) -> bytes:
    """An animated WebP that declares a canvas, and one frame as large."""
    sizes = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    vp8l = b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + b"\0" * 40
    frame = b"\0" * 6 + sizes + b"\0" * 4 + b"VP8L" + struct.pack("<I", len(vp8l)) + vp8l + b"\0"
    chunks = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + sizes
    chunks += b"ANIM" + struct.pack("<I", 6) + b"\0" * 6
    chunks += b"ANMF" + struct.pack("<I", len(frame)) + frame
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def test_the_bombs_of_the_other_kinds_take_no_memory_either():
    """Also GIF, WebP and JPEG files with huge declared sizes."""
    gif = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0, 0, 0)
    gif += b"," + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0) + b"\x08\x02L\x01\0;"
    jpeg = bytearray(drawn("JPEG"))
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = b"\xff\xff\xff\xff"
    code = (
        "import resource, sys; from bot.errors import EditError; from bot.lessons.pictures import prepared\n"
        "import PIL.Image, PIL.WebPImagePlugin\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (20, 20))\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for hexed in sys.stdin.read().split():\n"
        "    try: prepared(bytes.fromhex(hexed)); print('taken')\n"
        "    except EditError as error: print(error)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000)\n"
    )
    bombs = [gif, bytes(jpeg), webp_canvas(16_383, 16_383)]
    run = subprocess.run(
        [sys.executable, "-B", "-W", "ignore", "-c", code],
        input="\n".join(each.hex() for each in bombs),
        capture_output=True,
        text=True,
        check=True,
    )
    told = run.stdout.splitlines()
    assert [each[:40] for each in told[:2]] == ["the picture has more than 40 megapixels;"] * 2
    assert told[2].startswith(("the picture has more than 40", "this is not a PNG"))
    assert told[3] == "True"


def test_a_jpeg_of_a_hundred_passes_is_refused():
    """Each pass takes a few bytes in the file, and a second to decode."""
    image = BytesIO()
    Image.effect_noise((64, 64), 50).save(image, "JPEG", progressive=True)
    content = image.getvalue()
    prepared(content)
    last = content.rindex(b"\xff\xda")
    with pytest.raises(EditError, match="too many parts"):
        prepared(content[:-2] + content[last:-2] * 100 + content[-2:])


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG"])
def test_an_animation_is_refused(name):
    """Its first frame alone could mislead, and all its frames may be too large."""
    out = BytesIO()
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue", "green")]
    frames[0].save(out, name, save_all=True, append_images=frames[1:], duration=50)
    with pytest.raises(EditError, match="animated pictures are not supported"):
        prepared(out.getvalue())


def test_a_photo_with_its_preview_inside_is_a_photo():
    """Phones store a second picture in one JPEG."""
    out = BytesIO()
    Image.new("RGB", (80, 60)).save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (8, 6))])
    content, ending = prepared(out.getvalue())
    assert (opened(content).size, ending) == ((80, 60), ".jpg")


def test_a_large_picture_is_made_smaller_until_it_can_be_sent():
    """It keeps its proportions."""
    content, _ = prepared(drawn(size=(MAX_SIDE * 2, 1000)))
    assert opened(content).size == (MAX_SIDE, 500)
    noise = Image.frombytes("RGB", (1750, 1600), random.Random(1).randbytes(1750 * 1600 * 3))
    out = BytesIO()
    noise.save(out, "PNG")
    upload = out.getvalue()[: MAX_UPLOAD_BYTES + 10**6]
    if len(upload) > MAX_UPLOAD_BYTES:
        out = BytesIO()
        noise.save(out, "WEBP", quality=95)
        upload = out.getvalue()
    content, ending = prepared(upload)
    assert len(content) <= MAX_UPLOAD_BYTES
    assert ending == ".jpg"


def test_transparent_pixels_stay_transparent():
    """They do not become black."""
    image = Image.new("P", (4, 4), 0)
    image.putpalette([255, 0, 0, 0, 255, 0])
    out = BytesIO()
    image.save(out, "GIF", transparency=0)
    assert opened(prepared(out.getvalue())[0]).getpixel((0, 0)) == (255, 0, 0, 0)


def test_sixteen_bits_of_grey_become_eight():
    """They do not become white."""
    image = Image.new("I;16", (2, 2), 0x8000)
    out = BytesIO()
    image.save(out, "PNG")
    assert opened(prepared(out.getvalue())[0]).getpixel((0, 0)) in (127, 128)


def test_an_images_folder_that_leads_outside_takes_no_upload(tmp_path):
    """An upload cannot be written outside the lessons folder."""
    lessons, outside = tmp_path / "lessons", tmp_path / "outside"
    lessons.mkdir()
    outside.mkdir()
    (lessons / "images").symlink_to(outside)
    with pytest.raises(EditError, match="images/ points outside the lessons folder"):
        store_picture(lessons, "a", drawn())
    assert os.listdir(outside) == []


@pytest.mark.parametrize("in_the_way", ["a file", "a link to nowhere", "a link to itself"])
def test_an_images_folder_that_is_none_is_told(tmp_path, in_the_way):
    """The message is one line, and the existing file stays."""
    images = tmp_path / "images"
    if in_the_way == "a file":
        images.write_text("mine")
    else:
        images.symlink_to("images" if in_the_way == "a link to itself" else "gone")
    with pytest.raises(EditError, match="the picture cannot be saved: "):
        store_picture(tmp_path, "a", drawn())
    assert os.listdir(tmp_path) == ["images"]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux has a folder that root cannot write")
def test_a_folder_that_cannot_be_written_is_told():
    """Such as a read-only volume."""
    with pytest.raises(EditError, match=r"the picture cannot be saved: .*"):
        store_picture(Path("/proc/self"), "a", drawn())


def test_a_full_disk_leaves_nothing_behind(tmp_path):
    """Not even a folder that was made for the picture."""
    noise = BytesIO()
    Image.effect_noise((200, 200), 90).save(noise, "PNG")
    (tmp_path / "upload").write_bytes(noise.getvalue())
    (tmp_path / "lessons").mkdir()
    code = (
        "import resource, sys; from pathlib import Path; from bot.errors import EditError\n"
        "from bot.lessons.pictures import store_picture\n"
        "content = Path('upload').read_bytes()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: store_picture(Path('lessons'), 'a', content)\n"
        "except EditError as error: print(error)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.run(
        [sys.executable, "-B", "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "the picture cannot be saved: File too large\n"
    assert os.listdir(tmp_path / "lessons") == []


SEEDS = [
    drawn(),
    drawn(mode="P"),
    drawn("JPEG", size=(64, 64)),
    drawn("JPEG", size=(64, 64), progressive=True),
    drawn("GIF", mode="P"),
    drawn("WEBP"),
]


@settings(deadline=None, max_examples=examples(200))
@given(st.data())
@pytest.mark.filterwarnings("ignore")  # Pillow's remarks on bytes that are wrong
def test_damaged_bytes_are_a_picture_or_a_sentence(data):
    """A damaged upload gives a message, never a crash."""
    content = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(1, len(content) - 1)) :]
    try:
        again, _ = prepared(bytes(content))
    except EditError:
        return
    assert max(opened(again).size) <= MAX_SIDE


def test_the_bot_starts_without_pillow():
    """Pillow is only loaded when it is needed, so the start stays fast."""
    code = "import sys, bot.lessons.pictures, bot.lessons.archive; print('PIL' in sys.modules)"
    run = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def moving() -> bytes:
    out = BytesIO()
    frames = [Image.new("L", (30, 20), shade) for shade in (0, 99)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.mark.parametrize("name", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_that_is_cut_off_is_found_at_its_line(tmp_path, name):
    """In all places that show pictures. Only decoding finds it, as its first bytes are right."""
    content = Image.effect_noise((60, 60), 99)
    out = BytesIO()
    content.save(out, name)
    (tmp_path / "a.png").write_bytes(out.getvalue())
    text = "lesson: A\nentries:\n- {id: a, question: Q, answer: A, image: a.png}\n"
    more = "- id: b\n  question: Q\n  answer: A\n  image:\n    file: a.png\n"
    documents = [read_document("a.yaml", (text + more).encode())]
    assert damaged_pictures(documents, tmp_path) == []
    for length in (40, len(out.getvalue()) // 2):
        (tmp_path / "a.png").write_bytes(out.getvalue()[:length])
        assert wrong_with_picture(tmp_path, "a.png") is None
        assert [str(each) for each in damaged_pictures(documents, tmp_path)] == [
            "a.yaml:3: entries[0].image.file: 'a.png' cannot be displayed: it is incomplete or damaged",
            "a.yaml:8: entries[1].image.file: 'a.png' cannot be displayed: it is incomplete or damaged",
        ]
        assert all("save the picture again" in each.fix for each in damaged_pictures(documents, tmp_path))
    (tmp_path / "a.png").unlink()
    assert damaged_pictures(documents, tmp_path) == [], "that is another mistake"


@pytest.mark.parametrize(
    "content", [declared(30_000, 30_000), declared(8_000, 8_000), moving(), drawn("JPEG") + b"\xff\xda" * 100]
)
def test_what_is_too_much_to_decode_or_moves_is_not_called_damaged(tmp_path, content):
    """The check does not fill the memory, and reports no picture that it cannot judge."""
    (tmp_path / "a.png").write_bytes(content)
    text = b"lesson: A\nentries:\n- {id: a, question: Q, answer: A, image: a.png}\n"
    assert damaged_pictures([read_document("a.yaml", text)], tmp_path) == []
