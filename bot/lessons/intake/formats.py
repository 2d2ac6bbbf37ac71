"""The readers of all formats, by file extension. Each is imported when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from bot.errors import NotesError
from bot.language.words import N_, _
from bot.lessons.intake.material import Hints, Source

# A reader raises `NotesError` for a text that it cannot read.
Reader = Callable[[str, Hints], Source]


def read_markdown(text: str, hints: Hints) -> Source:
    from bot.lessons.intake.markdown import reader

    return reader.read_markdown(text, hints)


def read_restructured(text: str, hints: Hints) -> Source:
    from bot.lessons.intake.restructured import reader

    return reader.read_restructured(text, hints)


def read_web_page(text: str, hints: Hints) -> Source:
    try:
        from bot.lessons.intake import web_page
    except ModuleNotFoundError as error:  # where there is no wheel of it
        missing = _("a web page can only be read after: pip install {package}", package=error.name)
        raise NotesError(missing) from None
    return web_page.read_web_page(text, hints)


def read_json_records(text: str, hints: Hints) -> Source:
    from bot.lessons.intake import discord_channel, slack_channel
    from bot.lessons.intake.data import records

    channel = discord_channel.read_channel(text) or slack_channel.read_slack(text, hints)
    return channel or records.read_json_records(text, hints)


def read_yaml_records(text: str, hints: Hints) -> Source:
    from bot.lessons.intake.data import records

    return records.read_yaml_records(text, hints)


def read_toml_records(text: str, hints: Hints) -> Source:
    from bot.lessons.intake.data import records

    return records.read_toml_records(text, hints)


def read_sheet(text: str, hints: Hints) -> Source:
    from bot.lessons.intake.data import sheets

    return sheets.read_sheet(text, hints)


def read_gift(text: str, hints: Hints) -> Source:
    from bot.lessons.intake import gift

    return gift.read_gift(text, hints)


def read_text(text: str, hints: Hints) -> Source:
    """A `.txt` file: notes, a table such as what Anki and Quizlet export, or a quiz of Moodle."""
    from bot.lessons.intake import gift
    from bot.lessons.intake.data import sheets

    if gift.is_gift(text):
        return gift.read_gift(text, hints)
    is_table = sheets.has_tabs(text)
    if sheets.is_anki(text) or (is_table and hints.columns):
        return read_sheet(text, hints)
    if not is_table:
        return read_markdown(text, hints)
    try:
        return read_sheet(text, hints)
    except NotesError:
        source = read_markdown(text, hints)  # tabs stand behind labels and numbers, too
        if not source.items:
            raise
        return source


READERS: Mapping[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".mdx": read_markdown,
    ".mdown": read_markdown,
    ".qmd": read_markdown,
    ".txt": read_text,
    "": read_markdown,
    ".json": read_json_records,
    ".jsonl": read_json_records,
    ".yaml": read_yaml_records,
    ".yml": read_yaml_records,
    ".toml": read_toml_records,
    ".csv": read_sheet,
    ".tsv": read_sheet,
    ".gift": read_gift,
    ".rst": read_restructured,
    ".html": read_web_page,
    ".htm": read_web_page,
}


# What to do with files that are not read.
_TEXTS = N_("Save it as a web page (.html) or as text (.txt).")
_SHEETS = N_("Save the sheet as .csv.")
_PAGES = N_("Copy its text to a .txt file.")
_CARDS = N_("In Anki, export the notes as plain text (.txt).")
_QUIZZES = N_(
    "In Moodle, export the questions in GIFT format. Else copy questions and answers to a sheet with the columns "
    "question and answer, and save that as .csv."
)
_ARCHIVES = N_("Unpack it, and import its files.")
_OTHERS = N_("Save it as .md, .txt or .html.")
_INSTEAD: Mapping[str, str] = {
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages"), _TEXTS),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers"), _SHEETS),
    **dict.fromkeys((".pdf", ".epub", ".ppt", ".pptx", ".odp", ".key"), _PAGES),
    **dict.fromkeys((".apkg", ".colpkg"), _CARDS),
    **dict.fromkeys((".xml", ".mbz", ".qti"), _QUIZZES),
    **dict.fromkeys((".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"), _ARCHIVES),
}


def reader_of(file: PurePath) -> Reader | None:
    """The reader for this file's extension; None if there is none."""
    if file.name.lower().endswith(".rst.txt"):  # as Sphinx shows the source of a page
        return read_restructured
    return READERS.get(file.suffix.lower())


def not_read_ending(file: PurePath) -> str:
    """What to say about a file that no reader knows."""
    known = known_endings()
    return _(
        "no files that end in '{ending}' are read; these are: {known}. {instead}",
        ending=file.suffix,
        known=known,
        instead=instead_of(file),
    )


def instead_of(file: PurePath) -> str:
    """What to do with a file that no reader knows."""
    return _(_INSTEAD.get(file.suffix.lower(), _OTHERS))


def known_endings() -> str:
    """The endings of the files that are read, in words."""
    return ", ".join(sorted(filter(None, READERS)))
