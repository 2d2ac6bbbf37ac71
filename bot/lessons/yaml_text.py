"""Writes a lesson, an entry or a field as the YAML that a person would write."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import yaml

from bot.lessons.lesson import Item, Lesson, Solution

# A text longer than this is easier to read and edit below its key than beside it.
_BESIDE_ITS_KEY = 100
# Lists of a few short words each read best on one line: `[venv, virtual env]`.
_ON_ONE_LINE = frozenset({"related", "aliases"})
# Texts that every parser reads as they are; trying the parsers takes a thousand times as long.
_SAFE_BESIDE_A_KEY = re.compile(r"[^\W\d_][\w()/'-]*(?:[ ,.;!?]+[\w()/'-]+)+[?!.]?|[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_SAFE_IN_A_BLOCK = re.compile(r"[\x21-\x7e\xa1-\u1fff][\n\x20-\x7e\xa1-\u1fff]*[\x21-\x7e\xa1-\u1fff]")
_SAFE_BETWEEN_BRACKETS = re.compile(r"\w[\w .-]*")


def to_yaml(lesson: Lesson) -> str:
    """A whole lesson file; reading it gives an equal lesson."""
    fields = lesson.model_dump()
    blocks = ["".join(field_to_yaml(key, fields[key], 0) for key in ("lesson", "course", "language", "source"))]
    if lesson.aliases:
        blocks.append(field_to_yaml("aliases", fields["aliases"], 0))
    lists = {key: fields[key] for key in ("entries", "scenarios") if fields[key]}
    blocks += [f"{key}:\n" + "\n".join(_item(item, 2) for item in items) for key, items in lists.items()]
    return "\n".join(blocks)


def item_to_yaml(item: Item | Solution, indent: int) -> str:
    """The list item `- id: …` of an entry, a scenario or a solution; its dash comes after `indent` spaces."""
    return _item(item.model_dump(), indent)


def field_to_yaml(key: str, value: object, indent: int) -> str:
    """`key: value` after `indent` spaces; the value is a text, a date, a list or a mapping.

    Returns '' for an empty value (None, False, "" or nothing inside).
    """
    if value is None or value is False or value in ("", (), [], {}):
        return ""
    start = f"{' ' * indent}{_key(key)}:"
    if isinstance(value, Mapping):
        picture = _file_alone(value)
        if picture is not None:
            return f"{start} {_scalar(picture, indent)}\n"
        write = _words if key in _ON_ONE_LINE else field_to_yaml
        return f"{start}\n" + "".join(write(name, inner, indent + 2) for name, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        if key in _ON_ONE_LINE:
            return _words(key, value, indent)
        return f"{start}\n" + "".join(_item(item, indent + 2) for item in value)
    return f"{start} {_scalar(value, indent)}\n"


def _file_alone(value: Mapping[str, object]) -> str | None:
    filled = [name for name, inner in value.items() if inner]
    return str(value["file"]) if filled == ["file"] and isinstance(value["file"], str) else None


def _item(item: object, indent: int) -> str:
    dash = " " * indent + "- "
    if isinstance(item, Mapping):
        fields = (field_to_yaml(key, value, indent + 2) for key, value in item.items())
        return dash + "".join(fields).lstrip(" ")
    return f"{dash}{_scalar(item, indent)}\n"


def _words(key: str, words: Sequence[str], indent: int) -> str:
    return f"{' ' * indent}{_key(key)}: [{', '.join(map(_word, words))}]\n"


def _word(text: str) -> str:
    plain = _SAFE_BETWEEN_BRACKETS.fullmatch(text) and _reads_as(f"[{text}]\n", [text])
    return text if plain else _double_quoted(text)


@lru_cache(maxsize=1000)
def _key(text: str) -> str:
    return text if _reads_as(f"{text}: v\n", {text: "v"}) else _double_quoted(text)


def _scalar(value: object, indent: int) -> str:
    if isinstance(value, bool):
        return "true"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    block = "|" + "".join(f"\n  {line}" if line else "\n" for line in text.split("\n"))
    is_long = "\n" in text or len(text) > _BESIDE_ITS_KEY
    if is_long and (_SAFE_IN_A_BLOCK.fullmatch(text) or _reads_as(f"k: {block}\n", {"k": f"{text}\n"})):
        return block.replace("\n  ", f"\n{' ' * indent}  ")
    if _SAFE_BESIDE_A_KEY.fullmatch(text) and text.isprintable():
        return text
    quoted = (text, f'"{text}"', "'" + text.replace("'", "''") + "'")
    return next((way for way in quoted if _stands_alone(way, text)), None) or _double_quoted(text)


def _stands_alone(way: str, text: str) -> bool:
    return "\n" not in way and _reads_as(f"k: {way}\n", {"k": text}) and _reads_as(f"- {way}\n", [text])


def _double_quoted(text: str) -> str:
    # The only YAML notation that can hold every text.
    quoted: str = yaml.dump(text, default_style='"', width=sys.maxsize, allow_unicode=True)
    return quoted.rstrip("\n")


def _reads_as(line: str, value: object) -> bool:
    # Only the parsers know every rule: `no`, `1.10`, `a: b`, `# x`. They differ about tabs, so try both.
    try:
        return all(parser(line).get_single_data() == value for parser in (yaml.CSafeLoader, yaml.SafeLoader))
    except (yaml.YAMLError, ValueError):  # ValueError: it looks like a date and is none
        return False
