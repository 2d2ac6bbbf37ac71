"""`lessonbot new`: makes a folder for a community's own lessons, with all files that the bot needs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import SecretStr

from bot.errors import UserError
from bot.installation import folder_of, origin, typed_command
from bot.lessons.intake.importing import (
    Imported,
    copy_new,
    made_or_gone,
    make_folder,
    prepare,
    said_in_words,
    write,
)
from bot.lessons.intake.options import Options
from bot.lessons.intake.repository import repository_address, web_address
from bot.settings import Settings

LESSONS = "knowledge"

_README = """\
# Our lessons

Our Discord bot answers from the lessons in `knowledge/`. Each lesson is one YAML file.

- `lessonbot preview` shows the bot in your browser. It needs no token.
- `lessonbot import FAQ.md` turns what you already have into lessons. When the file changes, import it again.
- `lessonbot check` lists every error by file and line, and says how to make entries easier to find.
- `lessonbot run` runs the bot in Discord. Before that, add its token to `.env`, which says where to get it. Never
  commit that file.
- `lessonbot doctor` says what is missing, and has the link that invites the bot to your server.

How to write a lesson: {help}
"""

_ACTION = """\
{note}on: [push, pull_request]
jobs:
  lessons:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {{python-version: "3.13"}}
      - run: pip install git+{site}
      - run: lessonbot check {lessons}
"""

_EXAMPLE = """\
# An example. Change it, or delete it when you have another lesson here.
lesson: This bot

entries:
  - id: what-can-this-bot-do
    question: What can this bot do?
    phrasings:
      - what can i ask this bot
      - what is this bot for
    answer: |
      I answer questions from the lessons that our moderators write. Use `/ask`, or mention me, and ask in your own
      words. `/browse` shows all lessons.
    related: [who-writes-the-answers]

  - id: who-writes-the-answers
    question: Who writes the answers?
    phrasings:
      - where do the answers come from
      - does an ai write the answers
    answer: Our moderators. If an answer is wrong or missing, press a button below it to tell them.
    related: [what-can-this-bot-do]
"""

# Stands in for the repository if it is unknown: people have to fill it in before they use the Action.
_SOMEWHERE = "https://github.com/OWNER/lessonbot"
_REPLACE = "# Replace OWNER below with the account that hosts the code of Lessonbot.\n"


def new(folder: Path, sources: Sequence[Path], options: Options | None = None) -> Imported | None:
    """Make the folder, with the lessons in `sources` or an example; what was imported, if anything.

    Raises `UserError` if something would be overwritten or cannot be written; nothing is written then.
    """
    if above := next((each for each in (folder, *folder.parents) if each.is_file()), None):
        raise UserError(f"{above} is a file; choose another name for the folder. Nothing was written")
    texts = dict(_files(with_example=not sources))
    for there in (folder / LESSONS, *(folder / file for file in texts)):
        if there.exists() or there.is_symlink():
            can_add = sources and there.is_dir()
            add = f", or go there and add to it: {typed_command()} import FILE" if can_add else ""
            raise UserError(f"{there} already exists; choose another folder{add}. Nothing was written")
    prepared = prepare(sources, None, folder / LESSONS, options) if sources else None
    with said_in_words(folder), made_or_gone() as made:
        make_folder(folder, made)
        for file, text in texts.items():
            copy_new(folder / file, text.encode(), made)
        (folder / ".env").chmod(0o600)  # it will hold the token
        if prepared:
            write(prepared)
    return prepared.imported if prepared else None


def _files(*, with_example: bool) -> Iterator[tuple[str, str]]:
    site = _site()
    yield ".env", "\n".join(_settings())
    yield ".gitignore", ".env\n.venv/\n/data/\n/*.zip\n"  # backups hold what members asked
    yield "README.md", _README.format(help=site or "see `knowledge/README.md` in Lessonbot's repository.")
    note = "" if site else _REPLACE
    yield ".github/workflows/lessons.yaml", _ACTION.format(note=note, site=site or _SOMEWHERE, lessons=LESSONS)
    if with_example:
        yield f"{LESSONS}/this-bot.yaml", _EXAMPLE


def _settings() -> Iterator[str]:
    """The lines of `.env`: the token, then every other setting, commented out."""
    yield "# Environment variables override the lines in this file."
    yield "# Where a setting needs an extra, `lessonbot doctor` says how to install it."
    yield ""
    for name, field in Settings.model_fields.items():
        default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
        yield from textwrap.wrap(field.description or "", 110, initial_indent="# ", subsequent_indent="# ")
        yield f"{'' if name == 'discord_token' else '# '}{name.upper()}={default}"
        yield ""


def _site() -> str:
    """The repository from which this bot was installed, as its address on the web; '' if unknown."""
    url = str(origin().get("url", ""))
    folder = folder_of(url)
    return repository_address(folder / "pyproject.toml") if folder else web_address(url)
