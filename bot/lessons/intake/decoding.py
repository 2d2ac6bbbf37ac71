"""Decodes the bytes of a file in any common encoding, and reports what was replaced."""

from __future__ import annotations

import re

from bot.errors import NotesError
from bot.language.numbers import amount
from bot.language.words import _
from bot.lessons.intake.material import Unplaced

MAX_SOURCE_BYTES = 16 * 2**20

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Lesson files cannot contain these characters. Word uses some as line breaks.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ufeff]")
# What texts have none of, or a few. Characters for private use are among them, but not U+F000 to U+F0FF: as these,
# Word saves the bullets of its symbol fonts.
_IN_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f\ue000-\uefff\uf100-\uf8ff]")
_PROGRAM_FILES = (b"PK\x03\x04", b"%PDF-", b"\x89PNG")
# Encodings that people save tables and notes in, the commonest first.
_ENCODINGS = ["cp1252", "cp1251", "cp1250", "shift_jis", "gb18030", "big5", "euc_kr", "mac_roman"]


def decode_source(content: bytes) -> tuple[str, list[Unplaced]]:
    """The text with line feeds as line ends, and remarks on its encoding and on replaced characters.

    Raises `NotesError` if it is not a text, or too large.
    """
    if len(content) > MAX_SOURCE_BYTES:
        raise NotesError(
            _(
                "has {size} bytes; at most {most} are read",
                size=amount(len(content)),
                most=amount(MAX_SOURCE_BYTES),
            )
        )
    text, encoding = _text(content)
    if content.startswith(_PROGRAM_FILES) or _is_binary(text):
        raise NotesError(_("is not a text file"))
    said = []
    if encoding:
        said.append(
            Unplaced(1, encoding, _("the file is not UTF-8; it was read as this encoding: look at its accents"))
        )
    text, more = cleaned(text)
    return text, said + more


def _text(content: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace"), "" if encoding == "utf-8" else encoding
    try:
        return content.decode(), ""
    except UnicodeDecodeError:
        pass
    try:
        western = content.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    if western and _looks_western(content):
        return western, "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- large, and few files need it

    best = from_bytes(content[:200_000], cp_isolation=_ENCODINGS).best()
    encoding = best.encoding if best else "latin-1"
    return content.decode(encoding, "replace"), encoding


def _is_binary(text: str) -> bool:
    """Whether more than one character of thirty is one that texts have none of; of random bytes, three are."""
    strange = len(text) - len(_IN_NO_TEXT.sub("", text))
    return strange > 2 and strange * 30 > len(text)


def _looks_western(content: bytes) -> bool:
    """Whether ASCII letters outnumber the others, as in European languages in cp1252."""
    beyond = sum(byte >= 0x80 for byte in content)
    return beyond * 2 < len(content)


def cleaned(text: str) -> tuple[str, list[Unplaced]]:
    """The text without control characters and lone surrogates, with line feeds as line ends; and remarks."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _CONTROL.search(text):
        return text, []
    said = []
    for number, line in enumerate(text.split("\n"), 1):
        if found := _CONTROL.findall(line):
            codes = " ".join(dict.fromkeys(f"U+{ord(each):04X}" for each in found))
            said.append(Unplaced(number, codes, _("a control character, now replaced by a space")))
    return _CONTROL.sub(" ", text), said
