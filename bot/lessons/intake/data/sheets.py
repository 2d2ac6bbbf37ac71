"""Reads tables in CSV or TSV: each row is a question, and the first row names the columns."""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Container, Iterable, Mapping, Sequence

from bot.errors import NotesError
from bot.language.words import _, _n
from bot.lessons.intake.chats import CHAT
from bot.lessons.intake.data.keys import (
    ANSWER_KEYS,
    BODY_KEYS,
    CATEGORY_KEYS,
    COUNT_KEYS,
    FORM_KEYS,
    KEYWORD_KEYS,
    NAME_KEYS,
    PHRASING_KEYS,
    QUESTION_KEYS,
)
from bot.lessons.intake.data.multiple_choice import OUTSIDE, choice_keys, names_a_choice
from bot.lessons.intake.data.nodes import folded
from bot.lessons.intake.data.records import begin_category, keywords_in
from bot.lessons.intake.drafts import DRAFT, draft_field
from bot.lessons.intake.material import NO_TITLE, Hints, Pair, Section, Source, Unplaced, text_block
from bot.lessons.intake.question_text import asks, is_date_or_number, without_list_number
from bot.lessons.markdown.html_tags import unescaped

csv.field_size_limit(2**24)
_SAMPLE = 2000
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":"}
_SOUND = re.compile(r"\[sound:[^\[\]\n]{1,200}\]")
_MOST_ABOVE = 20  # rows
_PHRASINGS = ("phrasings", "keywords")  # what keywords are is only known by the name of their column
_KINDS = ("question", "answer", "phrasings", "category", "-")
# `Your question`, `Unsere Antwort`, `Frage an uns`, `\u00bfCu\u00e1l es tu pregunta?`; not `Question owner`
_TO_US = r"(?: (?:to|for|an|f\u00fcr) [\w ]+)?$"
_ASKED = re.compile(rf"\b(?:questions?|fragen?){_TO_US}|(?<!\bde )(?<!\bde la )\bpreguntas?\b")
_ANSWERED = re.compile(
    rf"\b(?:answers?|(?<= )repl(?:y|ies)|(?:kurz)?antwort(?:en)?){_TO_US}|(?<!\bde )(?<!\bde la )\brespuestas?\b"
)
# What is only about one: `Wrong answer`, `Who asked the question`, `Autor der Antwort`
_ABOUT_ONE = re.compile(
    r"\b(?:of|der|zu[rm]?|von|who|wer|qui\u00e9n|has|hat|last|letzte|time|type|typ|art|tipo|id|nr|no|number|nummer|"
    r"n\u00famero|count|anzahl|date|datum|fecha|by|por|author|autor|status|estado|link|url|score|points|punkte|puntos|"
    r"option|opci\u00f3n|choice|wrong|falsche?|incorrect[ao]?)\b|\d"
)
_MOST_WORDS = 4


def read_sheet(text: str, hints: Hints) -> Source:
    """The source in a `.csv` or `.tsv` file. `hints.columns` name the columns if the first row does not.

    Raises `NotesError` if neither does.
    """
    columns = hints.columns
    lines = text.split("\n")
    settings, first = _anki(lines)
    body = "\n".join(lines[first:])
    separator = settings.get("separator") or _separator(body, columns)
    rows = _rows(body, separator, first)
    if not rows:
        raise NotesError(_("contains no rows"))
    above = 0 if columns or settings else _above_the_header(rows)
    heads = [cell.strip() for cell in rows[above][1]]
    source = Source(NO_TITLE, NO_TITLE, [Section()])
    source.unplaced = [
        Unplaced(number, cell, _("above the row that names the columns"))
        for number, row in rows[:above]
        for cell in row
        if cell.strip()
    ]
    rows = rows[above:]
    if settings:
        rows = [(number, [_without_sounds(cell, number, source.unplaced) for cell in row]) for number, row in rows]
    kinds = list(columns) or column_kinds(settings["columns"].split(separator) if "columns" in settings else heads)
    if columns and (unknown := [each for each in columns if each not in _KINDS]):
        raise NotesError(
            _("'{name}' is not a kind of column; use one of: {known}", name=unknown[0], known=", ".join(_KINDS))
        )
    is_named = _are_named(kinds)
    if is_named and not columns and "columns" not in settings:
        rows = rows[1:]
    elif columns and "question" in columns and _is_header(rows, columns.index("question")):
        source.unplaced += [
            Unplaced(rows[0][0], cell, _("in the row that names the columns")) for cell in heads if cell
        ]
        rows = rows[1:]
    elif not is_named and settings:  # Anki's own order
        kinds = _of_anki(settings, max(len(row) for __, row in rows))
    elif not is_named:
        if {"author", "date", "content"} <= set(map(folded, heads)):  # of DiscordChatExporter
            raise NotesError(_(CHAT))
        shown = " | ".join(f"'{cell[:40]}'" for cell in heads[:6])
        raise NotesError(
            _(
                "has no header that names its columns; the first row is {row}. Say what each column is, "
                "with - for one to leave out: --columns question,answer",
                row=shown,
            )
        )
    names = heads if is_named and not columns else []
    if is_named and "columns" in settings:
        names = settings["columns"].split(separator)
    if names and rows and "columns" not in settings:
        counts = _counts(rows, len(names))
        kinds = column_kinds(names, counts)
        if not _are_named(kinds):
            called = [names[n] for n in sorted(counts) if column_kinds([names[n]]) == ["answer"]]
            shown = ", ".join(f"'{each[:40]}'" for each in called)
            raise NotesError(
                _(
                    "the column {names} holds only numbers or dates, and no other column is called an answer. "
                    "Say what each column is, with - for one to leave out: --columns question,answer",
                    names=shown,
                )
            )
    _Sheet(source, kinds, names).read(rows)
    source.unplaced += [Unplaced(n, line, _("a setting of Anki")) for n, line in enumerate(lines[:first], 1)]
    source.seen = _n("{count} row", "{count} rows", len(rows))
    if names and "choice" in kinds:
        shown = ", ".join(f"'{each[:40]}'" for each in names[:8])
        source.seen = _("the columns {names}: {why}", names=shown, why=_(OUTSIDE))
    return source


def _is_header(rows: Sequence[tuple[int, list[str]]], question: int) -> bool:
    """Whether the first row names the columns, though they were said: in all others, this column asks."""
    first, *others = ("".join(row[question : question + 1]) for _number, row in rows)
    return bool(others) and not asks(first) and all(map(asks, others))


def is_anki(text: str) -> bool:
    """Whether Anki wrote this: its notes have a line for their separator above them."""
    lines = text[:_SAMPLE].split("\n")
    return any(line.startswith("#separator:") for line in lines[: _anki(lines)[1]])


def has_tabs(text: str) -> bool:
    """Whether this is a table: each line has a tab, and there are as many in all of them."""
    counts = {line.count("\t") for line in text[:_SAMPLE].split("\n")[:-1] if line.strip()}
    return len(counts) == 1 and counts != {0} and text.count("\n") > 1 and not text.startswith("\t")


def _anki(lines: list[str]) -> tuple[dict[str, str], int]:
    """The settings that Anki writes above its notes, and the number of their lines."""
    settings: dict[str, str] = {}
    n = 0
    while n < len(lines) and (found := re.fullmatch(r"#([a-z][a-z ]*):(.*)", lines[n])):
        settings[found[1]] = found[2]
        n += 1
    if settings:
        given = settings.get("separator", "tab").strip()
        settings["separator"] = _SEPARATORS.get(given.lower(), given[:1] or "\t")
    return settings, n


def _without_sounds(cell: str, number: int, unplaced: list[Unplaced]) -> str:
    why = _("a sound, which an answer cannot play")
    unplaced += [Unplaced(number, sound, why) for sound in _SOUND.findall(cell)]
    return _SOUND.sub("", cell)


def _of_anki(settings: Mapping[str, str], width: int) -> list[str]:
    """The front and the back: the first two columns that are not for Anki itself."""
    columns = [n for key, n in settings.items() if key.endswith(" column")]
    own = {int(n) for n in columns if re.fullmatch(r"\s*\d{1,9}\s*", n)}
    kinds = ["-"] * width
    for n, kind in zip((n for n in range(width) if n + 1 not in own), ("question", "answer"), strict=False):
        kinds[n] = kind
    return kinds


def _separator(text: str, columns: Sequence[str]) -> str:
    """What separates the cells: with it, the first rows name the columns, or have as many cells as `columns`."""
    sample = text[:_SAMPLE]
    head = sample.split("\n", 1)[0]
    if "\t" in head:
        return "\t"
    guess = max(",;|", key=head.count)
    with contextlib.suppress(csv.Error):
        guess = csv.Sniffer().sniff(sample, ",;|\t").delimiter
    first = "\n".join(text.split("\n", _MOST_ABOVE)[:_MOST_ABOVE])

    def fit(separator: str) -> int:
        rows = [row for __, row in _rows(first, separator, 0)]
        if columns:
            return sum(1 if len(row) == len(columns) else -1 for row in rows)
        return sum(_are_named(column_kinds(row)) for row in rows)

    # The guess alone is often wrong: answers contain commas and quotation marks, too, as in code.
    separators: list[str] = [guess, *",;|"]
    return max(separators, key=fit)


def _rows(text: str, separator: str, before: int) -> list[tuple[int, list[str]]]:
    # Line ends are kept, as a cell can have several lines.
    reader = csv.reader((f"{line}\n" for line in text.split("\n")), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    line = 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((before + line + 1, row))
            line = reader.line_num
    except csv.Error as error:
        raise NotesError(f"line {before + reader.line_num}: {error}") from error
    return rows


def _above_the_header(rows: list[tuple[int, list[str]]]) -> int:
    """How many rows are above the one that names the columns, as in Kahoot's sheets; 0 if none names them."""
    first = rows[:_MOST_ABOVE]
    return next(
        (n for n, (__, row) in enumerate(first) if _are_named(column_kinds([cell.strip() for cell in row]))), 0
    )


def _are_named(kinds: Sequence[str]) -> bool:
    return "question" in kinds and ("answer" in kinds or kinds.count("choice") > 1)


def column_kinds(heads: Sequence[str], counts: Container[int] = ()) -> list[str]:
    """The kind of each column by its name. Several columns can be for phrasings, keywords, choices or nothing.

    `counts` are the columns that only hold numbers or dates. They are the answer only beside no other text.
    """
    names = [_name_of(head) for head in heads]
    choices = choice_keys(names)
    kinds = [_kind_of(name, choices) for name in names]
    free = [n for n, kind in enumerate(kinds) if kind == "-"]
    texts, numbers = [n for n in free if n not in counts], [n for n in free if n in counts]

    def find(among: Sequence[int], known: Iterable[str | re.Pattern[str]]) -> int | None:
        left = {n: names[n] for n in among if kinds[n] == "-"}
        found = (_first_called(key, left) if isinstance(key, str) else _first_with(key, left) for key in known)
        return next((n for n in found if n is not None), None)

    called: tuple[str | re.Pattern[str], ...] = (*ANSWER_KEYS[: -len(BODY_KEYS)], _ANSWERED)
    answer, count, body = find(texts, called), find(numbers, called), find(texts, BODY_KEYS)
    if answer is None and count is None:
        answer = body if body is not None else find(numbers, BODY_KEYS)
    elif answer is None and count is not None and body is None and names[count] not in COUNT_KEYS:
        answer = count
    if answer is not None:
        kinds[answer] = "answer"
    are_persons = any(name in FORM_KEYS for name in names)
    titles = [name for name in NAME_KEYS if name != "name" or not are_persons]
    # Beside a text, such as a definition, what has a name is what it is about: not `Related questions`.
    is_text = answer is not None and names[answer] in BODY_KEYS
    others: tuple[str | re.Pattern[str], ...] = (*titles, _ASKED) if is_text else (_ASKED, *titles)
    keys = (*QUESTION_KEYS[: -len(NAME_KEYS)], *others)
    question = find(texts, keys)
    question = find(numbers, keys) if question is None else question
    if question is not None:
        kinds[question] = "question"
    return kinds


def _counts(rows: Sequence[tuple[int, list[str]]], width: int) -> frozenset[int]:
    """The columns whose cells are all numbers or dates, such as how many answers there are."""
    cells = [[row[n].strip() for __, row in rows if n < len(row) and row[n].strip()] for n in range(width)]
    return frozenset(n for n, inside in enumerate(cells) if inside and all(map(is_date_or_number, inside)))


def _kind_of(name: str, choices: frozenset[str]) -> str:
    if name in choices:
        return "choice"
    if name in PHRASING_KEYS:
        return "phrasings"
    if name in KEYWORD_KEYS:
        return "keywords"
    return "category" if name in CATEGORY_KEYS else "-"


def _first_called(name: str, columns: Mapping[int, str]) -> int | None:
    return next((n for n, each in columns.items() if each == name), None)


def _first_with(word: re.Pattern[str], columns: Mapping[int, str]) -> int | None:
    """The first column that has a word in its short name."""
    return next(
        (
            n
            for n, name in columns.items()
            if len(name.split()) <= _MOST_WORDS and word.search(name) and not _ABOUT_ONE.search(name)
        ),
        None,
    )


def _with_ends_of_lines(cell: str) -> str:
    """A cell where a program, such as QnA Maker, wrote the ends of lines as `\\n`."""
    return cell.replace("\\n", "\n") if "\\n\\n" in cell and "\n" not in cell else cell


def _name_of(head: str) -> str:
    """The head of a column without what it explains: `Time limit (sec) \u2013 5, 10` becomes `time limit`."""
    name = re.split(r"\s[-\u2013\u2014]\s", re.sub(r"\([^()]{0,80}\)", "", head))[0]
    return folded(name.strip(" :?")) or folded(head.strip(" :?"))


class _Sheet:
    def __init__(self, source: Source, kinds: list[str], names: list[str]) -> None:
        self._source = source
        self._kinds = kinds
        self._names = names

    def read(self, rows: list[tuple[int, list[str]]]) -> None:
        for number, row in rows:
            cells: dict[str, list[str]] = {}
            others: list[tuple[str, str]] = []
            for n, cell in enumerate(row):
                kind = self._kinds[n] if n < len(self._kinds) else "-"
                cells.setdefault(kind, []).append(cell.strip())
                if kind == "-" and cell.strip():
                    name = self._names[n] if n < len(self._names) else str(n + 1)
                    others.append((name, cell))
                    why = _("the column '{name}', which lessons do not have", name=name[:60])
                    self._source.unplaced.append(Unplaced(number, cell, why))
            if draft_field(others):
                told = [each for kind in ("question", "answer") for each in cells.get(kind, []) if each]
                self._source.unplaced += [Unplaced(number, each, _(DRAFT)) for each in told]
            else:
                self._add(number, cells)

    def _add(self, number: int, cells: dict[str, list[str]]) -> None:
        asked = " ".join(filter(None, cells.get("question", [])))
        answers = [*filter(None, map(_with_ends_of_lines, cells.get("answer", [])))]
        answer = [text_block(each, number) for each in answers]
        category = next(filter(None, cells.get("category", [])), "")
        begin_category(self._source, category, number)
        choices = [each for each in cells.get("choice", []) if each]
        others = [each for kind in _PHRASINGS for each in cells.get(kind, [])]
        if asked and choices and (not answers or names_a_choice(answer)):
            left = [asked, *choices, *answers, *others]
            self._source.unplaced += [Unplaced(number, each, _(OUTSIDE)) for each in left if each]
            return
        why = _("a choice that is not the answer")
        self._source.unplaced += [Unplaced(number, each, why) for each in choices if each not in answers]
        if not asked or not answers:
            why = _("a row without an answer") if asked else _("a row without a question")
            left = [asked, *answers, *others]
            self._source.unplaced += [Unplaced(number, each, why) for each in left if each]
            return
        named, described = (
            [unescaped(re.sub(r"<br\s*/?>", "\n", cell)) for cell in cells.get(kind, [])] for kind in _PHRASINGS
        )
        phrasings = [each.strip() for cell in named for each in re.split(r"[\n|;]", cell) if each.strip()]
        keywords = [each for cell in described for each in keywords_in(cell)]
        pair = Pair(
            text_block(without_list_number(asked), number),
            answer,
            [text_block(each, number) for each in phrasings],
            keywords=[text_block(each, number) for each in keywords],
        )
        self._source.sections[-1].items.append(pair)
