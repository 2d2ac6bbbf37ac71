"""Control and invisible characters: lessons must not contain them, and output escapes them.

Printed as they are, they can move the cursor, forge lines of a log, or change the order in which a text appears.
Many scripts and emoji need joiners, and texts from right to left need direction marks: there, they are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# C0 without tab and line ends, C1, line and paragraph separators, embeddings, overrides and isolates of the text's
# direction, annotations, halves of characters, and what is no character at all.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
    "|\r(?!\n)"
)
_UNSEEN = re.compile(
    "(?P<mark>[\u061c\u200e\u200f])|(?P<joiner>[\u180b-\u180f\u200c\u200d])|(?P<space>\u200b)"
    "|(?P<selector>[\ufe00-\ufe0f\U000e0100-\U000e01ef])|(?P<tag>[\U000e0000-\U000e007f])"
    # Fillers of scripts, and soft hyphens.
    "|(?P<filler>[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0])|(?P<other>[\u2060-\u2065\u206a-\u206f\ufeff])"
)
# Harmless even where they have no effect.
_HARMLESS = {"mark", "selector", "filler"}

# Arabic and its neighbors, the scripts of India, Tibet, Burma, Cambodia and Mongolia.
_JOINED = re.compile(
    "[\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\ua840-\ua87f\ua8e0-\ua8ff\uaa60-\uaa7f"
    "\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00010aff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
_FROM_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Thai, Lao, Tibetan, Burmese, Khmer and their neighbors are written without spaces between words.
_WITHOUT_SPACES = re.compile("[\u0e00-\u109f\u1780-\u17ff\u1950-\u1aaf\uaa60-\uaa7f]")
_IN_EMOJI = re.compile("[\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U000e007f\U0001f000-\U0001faff]")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f")  # such as Scotland's

# Output that GitHub and Azure run as a command when a program prints it in a workflow.
_COMMAND = re.compile(
    r"^(?P<line>[^\S\n]*:)(?=:(?:add-|remove-|set-|save-|stop-|end)?"
    r"(?:error|warning|notice|debug|group|mask|matcher|output|state|env|path|commands|echo)\b)"
    r"|(?P<anywhere>##)(?=(?:vso)?\[)",
    re.MULTILINE | re.IGNORECASE,
)


def code(character: str) -> str:
    """`U+200B`."""
    return f"U+{ord(character):04X}"


def unseen(text: str) -> Iterator[str]:
    """The invisible characters that have no use where they are."""
    return (found.group() for found in _astray(text))


def refused(text: str) -> str | None:
    """The first character that lessons must not contain; None if there is none."""
    if found := CONTROL.search(text):
        return found.group()
    return next((found.group() for found in _astray(text) if found.lastgroup not in _HARMLESS), None)


def visible(text: str) -> str:
    """The text with such characters escaped, as `\\u202e`; tabs and line breaks stay."""
    return _replaced(text, _escape)


def one_line(text: str) -> str:
    """The same, with line breaks escaped, too."""
    return visible(text).replace("\r", "\\r").replace("\n", "\\n")


def printed(text: str) -> str:
    """A text that is safe to print: as `visible`, and with no commands for GitHub or Azure in it."""
    return _COMMAND.sub(lambda found: f"{found.group()[:-1]}\\x{ord(found.group()[-1]):02x}", visible(text))


def printed_json(text: str) -> str:
    """JSON that is safe to print. Its data stays the same, as only strings can contain such characters."""
    escaped = _replaced(text, lambda each: "".join(f"\\u{unit:04x}" for unit in _utf16(each)))
    return re.sub(r"##(?=(?:vso)?\[)", r"#\\u0023", escaped, flags=re.IGNORECASE)


def _replaced(text: str, escape: Callable[[str], str]) -> str:
    if text.isascii() and text.isprintable():
        return text
    if astray := {found.start() for found in _astray(text)}:
        text = "".join(escape(each) if place in astray else each for place, each in enumerate(text))
    return CONTROL.sub(lambda found: escape(found.group()), text)


def _escape(character: str) -> str:
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _utf16(character: str) -> Iterator[int]:
    units = character.encode("utf-16-be", "surrogatepass")
    return (int.from_bytes(units[n : n + 2]) for n in range(0, len(units), 2))


def _astray(text: str) -> Iterator[re.Match[str]]:
    """The invisible characters that have no use where they are."""
    if text.isascii():
        return
    flags = {place for found in _FLAG.finditer(text) for place in range(*found.span())}
    runs_from_the_right = _FROM_RIGHT_TO_LEFT.search(text) is not None
    for found in _UNSEEN.finditer(text):
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        match found.lastgroup:
            case "mark":
                belongs = runs_from_the_right
            case "space":
                belongs = any(map(_WITHOUT_SPACES.match, (before, after)))
            case "joiner":
                joins_emoji = found.group() == "\u200d" and all(map(_IN_EMOJI.match, (before, after)))
                belongs = joins_emoji or any(map(_JOINED.match, (before, after)))
            case "selector":
                belongs = bool(before.strip()) and not _UNSEEN.match(before)
            case "tag":
                belongs = found.start() in flags
            case _:
                belongs = False
        if not belongs:
            yield found
