"""Random lesson files in every layout that YAML allows, with comments in every possible place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from hypothesis import strategies as st

from bot.lessons.lesson import Entry, Picture

WORDS = "what venv é 😀 it's no 1.10 C# a:b ? say-so".split()
line_texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
long_texts = st.lists(
    st.one_of(line_texts, st.sampled_from(["", "", "- x", "# Title", "key: value", "  indented", "```sh", '"q"'])),
    min_size=1,
    max_size=5,
).map(lambda lines: "\n".join(lines).strip() or "text")
phrasings = st.lists(line_texts, max_size=4, unique=True).map(tuple)
ids = st.sampled_from(["a", "b-c", "no", "1", "what-is-it"])
pictures = st.builds(
    Picture,
    file=st.sampled_from(["images/a.png", "b.png"]),
    alt=st.one_of(st.just(""), line_texts),
    caption=st.one_of(st.just(""), line_texts),
)


def entries_with(entry_id: str) -> st.SearchStrategy[Entry]:
    return st.builds(
        Entry,
        id=st.just(entry_id),
        question=line_texts,
        phrasings=phrasings,
        answer=st.one_of(line_texts, long_texts),
        image=st.one_of(st.none(), pictures),
        related=st.lists(ids, max_size=3, unique=True).map(tuple),
        reviewed=st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2029, 12, 31))),
    )


@dataclass(frozen=True)
class WrittenEntry:
    """An entry with its lines in the file, and the lines of each field."""

    entry: Entry
    text: str
    fields: dict[str, str]


@dataclass(frozen=True)
class WrittenFile:
    text: str
    entries: tuple[WrittenEntry, ...]


@st.composite
def lesson_files(draw: st.DrawFn) -> WrittenFile:
    """A strategy for files with their entries and the lines of each."""
    return Writer(draw).file()


class Writer:
    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.numbers = count(1)
        self.has_comments = draw(st.booleans())

    def chance(self) -> bool:
        return self.draw(st.integers(0, 2)) == 2  # shrinks to the plain file

    def comment(self) -> str:
        """Nothing, or spaces and a comment; all comments are different."""
        if not self.has_comments or not self.chance():
            return ""
        gap = self.draw(st.sampled_from([" ", "  ", "     ", "\t"]))
        tail = self.draw(st.sampled_from(["", ": x", " - y", " 'q", " |", " # z ", " [é]"]))
        return f"{gap}# c{next(self.numbers)}.{tail}"

    def between(self, indent: int) -> str:
        """Empty lines and lines of comments."""
        out = ""
        while self.chance():
            comment = self.comment().strip(" \t")
            out += f"{' ' * (indent if comment else 0)}{comment}\n"
        return out

    def file(self) -> WrittenFile:
        draw = self.draw
        how = draw(st.sampled_from(["block", "block", "block", "block", "items", "flow", "json"]))
        entries = [draw(entries_with(f"e{n}")) for n in range(draw(st.integers(1, 3)))]
        if how == "json":
            return self.json(entries)
        indent = draw(st.sampled_from([0, 2, 4]))
        head = draw(st.sampled_from(["", "---\n", "# Lessons\n\n"]))
        head += f"lesson: Venvs{self.comment()}\n{self.between(0)}entries:{self.comment()}\n"
        written = []
        if how == "flow":
            head = head.rstrip("\n")
            opened = "" if head.endswith("entries:") else "\n "
            head, texts = f"{head}{opened} [", [self.flow(each) for each in entries]
            rest = "]\n"
            for n, each in enumerate(entries):
                last = n == len(entries) - 1
                head_or_gap = head if n == 0 else draw(st.sampled_from([", ", ",\n    "]))
                written.append((head_or_gap, WrittenEntry(each, texts[n], {}), rest if last else ""))
        else:
            for n, each in enumerate(entries):
                before = self.between(draw(st.sampled_from([0, indent])))
                one = self.item(each, indent, is_flow=how == "items")
                written.append(((head if n == 0 else "") + before, one, ""))
        text = "".join(before + one.text + after for before, one, after in written)
        if how != "flow":
            text += self.between(draw(st.sampled_from([0, indent + 2]))) if self.chance() else ""
            text += draw(st.sampled_from(["", "", "aliases:\n  v: [w]  # end\n", "\n# The end.\n"]))
        return self.finish(text, [one for _, one, _ in written])

    def finish(self, text: str, entries: list[WrittenEntry]) -> WrittenFile:
        if self.chance():
            text = text.rstrip("\n")
            last = entries[-1]
            if not text.endswith(last.text) and text.endswith(last.text.rstrip("\n")):
                fields = {key: value.rstrip("\n") for key, value in last.fields.items()}
                entries[-1] = WrittenEntry(last.entry, last.text.rstrip("\n"), fields)
        line_break = self.draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))

        def ended(part: str) -> str:
            return part.replace("\n", line_break)

        return WrittenFile(
            ended(text),
            tuple(
                WrittenEntry(one.entry, ended(one.text), {k: ended(v) for k, v in one.fields.items()})
                for one in entries
            ),
        )

    def json(self, entries: list[Entry]) -> WrittenFile:
        wide = self.draw(st.sampled_from([None, 2]))
        text = json.dumps(
            {"lesson": "Venvs", "entries": [plain(each) for each in entries]}, indent=wide, ensure_ascii=False
        )
        return WrittenFile(text, tuple(WrittenEntry(each, "", {}) for each in entries))

    def flow(self, entry: Entry) -> str:
        gap = self.draw(st.sampled_from([", ", ",\n      "]))
        return (
            "{"
            + gap.join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in plain(entry).items())
            + "}"
        )

    def item(self, entry: Entry, indent: int, *, is_flow: bool) -> WrittenEntry:
        dash = " " * indent + "-" + " " * self.draw(st.integers(1, 3))
        if is_flow:
            return WrittenEntry(entry, f"{dash}{self.flow(entry)}{self.comment()}\n", {})
        column = len(dash)
        data = plain(entry)
        keys = self.draw(st.permutations(list(data)))
        fields = {key: self.field(key, data[key], column) for key in keys}
        if self.has_comments and self.chance():  # the first field below its dash
            begin = dash.rstrip() + self.comment().replace("\t", " ") + "\n" + self.between(column)
            text = begin + " " * column
        else:
            text = dash
        for n, key in enumerate(keys):
            text += (self.between(column) + " " * column if n else "") + fields[key]
        return WrittenEntry(entry, text, fields)

    def field(self, key: str, value: Any, column: int) -> str:
        colon = self.draw(st.sampled_from([":", ":", ":", " :"]))
        name = self.draw(st.sampled_from([key, key, f'"{key}"'])) + colon
        if isinstance(value, dict):
            pad = " " * (column + 2)
            inner = [f"{pad}{k}: {self.scalar(v, column + 2, is_word=k == 'file')}" for k, v in value.items()]
            return f"{name}{self.comment()}\n" + self.between(column + 2) + "".join(inner)
        if isinstance(value, list):
            return name + self.list(value, column, is_word=key == "related")
        is_word = key in ("id", "reviewed", "image")
        if self.chance():
            pad = " " * (column + 3)
            above = f"{name}{self.comment()}\n{self.between(column + 3)}"
            return f"{above}{pad}{self.scalar(value, column + 1, is_word=is_word)}"
        return f"{name} {self.scalar(value, column, is_word=is_word)}"

    def list(self, values: list[str], column: int, *, is_word: bool) -> str:
        how = self.draw(st.sampled_from(["block", "block", "flow", "lines"]))
        if how == "flow":
            return f" [{', '.join(map(quoted, values))}]{self.comment()}\n"
        if how == "lines":
            pad = " " * (column + 2)
            lines = [f"{pad}{quoted(value)},{self.comment()}\n" for value in values]
            return f" [{self.comment()}\n{''.join(lines)}{pad}]{self.comment()}\n"
        pad = " " * (column + self.draw(st.sampled_from([0, 2])))
        out = f"{self.comment()}\n"
        for value in values:
            out += f"{self.between(len(pad))}{pad}- {self.scalar(value, len(pad), is_word=is_word)}"
        return out

    def scalar(self, text: str, column: int, *, is_word: bool = False) -> str:
        """A text in one of YAML's styles, to the end of its last line."""
        ways = ["double"] if is_word else ["double", "literal", "keep"]
        if "\n" not in text:
            ways += ["single", "single"] + ([] if is_word else ["folded"])
            if all(word.isalpha() and word.isascii() for word in text.split()) and text != "no":
                ways += ["plain", "plain"]
        way = self.draw(st.sampled_from(ways))
        pad = " " * (column + self.draw(st.integers(1, 4)))
        if way == "double":
            return json.dumps(text, ensure_ascii=False) + self.comment() + "\n"
        if way == "single":
            return "'" + text.replace("'", "''") + "'" + self.comment() + "\n"
        if way == "plain":
            gap = self.draw(st.sampled_from([" ", f"\n{pad}"]))
            return gap.join(text.split()) + self.comment() + "\n"
        header = {"literal": "|", "keep": "|+", "folded": ">-"}[way] + self.comment()
        body = "".join(f"{pad}{line}\n" if line else "\n" for line in text.split("\n"))
        return f"{header}\n{body}" + ("\n" if way == "keep" else "")


def plain(entry: Entry) -> dict[str, Any]:
    """The fields of an entry that are not empty, as JSON has them."""
    data = entry.model_dump(mode="json")
    if data["image"]:
        data["image"] = {key: value for key, value in data["image"].items() if value}
    return {key: value for key, value in data.items() if value}


def quoted(text: str) -> str:
    """A text in YAML's double quotes. Unlike JSON, YAML does not write emoji as two escapes."""
    return json.dumps(text, ensure_ascii=False)
