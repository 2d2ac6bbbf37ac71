"""Takes out the marks that only Obsidian uses: ids of blocks, lines of tags, and how it shows pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.language.words import _
from bot.lessons.file_names import is_picture
from bot.lessons.intake.markdown_lines import Lines, fences
from bot.lessons.intake.material import Unplaced

# ` ^37066d` at the end of a line. Short ones and numbers are rather powers: `x ^2`.
_BLOCK_ID = re.compile(r"(?:^|[ \t])(?P<mark>\^(?![0-9]{1,5}$)(?P<id>[A-Za-z0-9-]{3,60}))$")
_TAG = r"#(?=[\w/-]*[^\W\d])[\w/-]+"
_TAGS = re.compile(
    rf" {{0,3}}(?:[-*+][ \t]+)?(?:(?:\*\*|__)?(?:tags?|schlagw\u00f6rter|etiquetas):(?:\*\*|__)?[ \t]*)?"
    rf"{_TAG}(?:[ \t,;]+{_TAG})*[ \t]*",
    re.IGNORECASE,
)
# `![[bird.png|300]]`, with the size or the words that Obsidian shows.
_EMBED = re.compile(r"`+[^`]*`+|!\[\[(?P<path>[^\[\]|#<>\n]{1,200})(?P<more>[|#][^\[\]\n]{0,200})?\]\]")
_SIZE = re.compile(r"\d{1,5}(?:x\d{1,5})?")
_TAGS_OF_QUESTION = re.compile(rf"(?<=\?)(?:[ \t]+{_TAG})+$")
_CODE = re.compile(r"(?: {4}|\t)[ \t]*(?![-*+>\d \t])")


@dataclass
class WithoutMarks:
    """The lines without marks, and the marks. `block_ids` are the lines that they name."""

    lines: Lines
    block_ids: dict[str, int] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)


def without_marks(lines: Lines) -> WithoutMarks:
    """These lines without ids of blocks and lines of nothing but tags. Code stays as it is.

    Pictures become those of Markdown.
    """
    found = WithoutMarks(Lines())
    inside = fences(lines.texts)[0] if any(re.search(r"[\^#]|!\[\[", text) for text in lines.texts) else []
    named = lines.numbers[0] if lines.numbers else 1
    for n, (line, number) in enumerate(zip(lines.texts, lines.numbers, strict=True)):
        text = line
        is_text = bool(inside) and not inside[n] and not _CODE.match(line)
        block_id = _BLOCK_ID.search(line) if is_text and "^" in line else None
        if block_id:
            # An id on a line of its own names the block above it.
            text = line[: block_id.start()].rstrip()
            found.block_ids.setdefault(block_id["id"], number if text.strip() else named)
            why = _("the id of a block, which members do not see")
            found.unplaced.append(Unplaced(number, block_id["mark"], why))
        elif is_text and "#" in line and _TAGS.fullmatch(line):
            found.unplaced.append(Unplaced(number, line.strip(), _("tags, which lessons do not have")))
            text = ""
        elif is_text and line.startswith("#") and (tags := _TAGS_OF_QUESTION.search(line)):
            found.unplaced.append(Unplaced(number, tags[0].strip(), _("tags, which lessons do not have")))
            text = line[: tags.start()]
        elif is_text and "![[" in line:
            text = _EMBED.sub(_as_markdown, line)
        if text.strip():
            named = number
        found.lines.add(text, number)
    return found


def _as_markdown(embed: re.Match[str]) -> str:
    if not embed["path"] or not is_picture(embed["path"].strip()):
        return embed[0]
    words = [each for each in (embed["more"] or "").split("|")[1:] if not _SIZE.fullmatch(each.strip())]
    return f"![{' '.join(words)}](</{embed['path'].strip()}>)"
