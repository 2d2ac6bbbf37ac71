"""The command line: the only place where the parts are wired together."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from bot.ending import Commands, run_to_the_end
from bot.errors import UserError
from bot.installation import quoted, typed_command
from bot.language.characters import one_line, printed_json
from bot.printing import say
from bot.settings import (
    ENV_FILE,
    Settings,
    current_settings,
    how_to_get_a_token,
    log_format,
    with_secret_files,
)

if TYPE_CHECKING:
    from bot.lessons.library import Library
    from bot.search.meaning.nearness import VectorSource
    from bot.tutor import Tutor


def _web_address(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    from bot.lessons.intake.options import is_web_address

    if value and not is_web_address(value):
        raise click.BadParameter("it must be a web address, such as https://example.org/docs/")
    return value


class Named(click.Path):
    """A path, which must not be empty: an unset variable of a shell would mean the current folder."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """See click."""
        if not str(value):
            self.fail("it is empty; write a name", param, ctx)
        return super().convert(value, param, ctx)


FILE = Named(exists=True, dir_okay=False, path_type=Path)
BASE_URL = click.option(
    "--base-url",
    default="",
    callback=_web_address,
    help="Web address of the page. Its relative links are made absolute with it.",
)
COLUMNS = click.option(
    "--columns", default="", help="Columns of a sheet that has no header, such as question,answer."
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(package_name="lessonbot", prog_name="lessonbot")
def cli() -> None:
    """Answers a learning community's questions in Discord, from its own lessons.

    Try it without a token:  lessonbot preview
    """


@cli.command()
def run() -> None:
    """Start the Discord bot (needs DISCORD_TOKEN)."""
    from bot.discord_ui.redaction import logging_the_end

    with logging_the_end(log_format(os.environ, ENV_FILE)):
        _run(with_secret_files(current_settings()))


def _run(settings: Settings) -> None:
    if not settings.discord_token.get_secret_value():
        raise UserError(
            f"DISCORD_TOKEN is not set: {how_to_get_a_token()}; "
            f"or try the bot without a token: {typed_command()} preview"
        )
    with _collecting_later():
        from bot.lessons.opening import require_lessons

        if settings.lessons_from == "folder":
            require_lessons(settings.lessons_dir)
        from bot import running

    running.start(settings, _heartbeat(settings))


@cli.command()
def health() -> None:
    """Exit with 0 if the bot here is connected to Discord, else 1.

    It also exits with 0 while another process runs the bot and this one waits to take over.
    Docker uses this as its health check. It reads the file that `lessonbot run`
    updates in DATA_DIR. If METRICS is set, it asks /readyz there.
    """
    from bot.discord_ui.heartbeat import is_alive, is_ready_at

    settings = current_settings()
    served = settings.metrics_at
    if not (is_ready_at(*served) if served else is_alive(_heartbeat(settings))):
        where = f"asked {served[0]}:{served[1]}" if served else f"looked in {settings.data_dir.absolute()}"
        raise UserError(f"not connected to Discord ({where})")
    click.echo("connected")


@cli.command()
def doctor() -> None:
    """Check everything that the bot needs, and say how to fix it.

    This checks the settings, the token, what Discord says about the bot, its commands
    there, the folders, the database, the clock and the installed extras. It changes
    nothing.

    \b
    Exit code:
      0  the bot can run (there can be advice)
      1  there is a problem
    """
    from bot.discord_ui import redaction
    from bot.doctor.examining import examine
    from bot.language.numbers import count

    settings = with_secret_files(current_settings())
    redaction.log_to("error", settings.discord_token.get_secret_value())

    async def report() -> int:
        problems = 0
        async for each in examine(settings, ENV_FILE):
            say(str(each))
            problems += each.is_problem
        return problems

    if problems := asyncio.run(report()):
        raise UserError(count(problems, "problem"))


@cli.command()
@click.argument("file", type=Named(dir_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace FILE if it exists.")
def backup(file: Path, *, overwrite: bool) -> None:
    """Save the database and the lessons in FILE.

    The bot can go on running. FILE is a zip file with the database, the lessons, their
    pictures, questions.yaml and .imported/. The bot's token is not in it. Only you can
    read it.
    A database in PostgreSQL is saved, too.
    """
    from bot.backup.saving import save
    from bot.lessons.opening import require_lessons

    settings = with_secret_files(current_settings())
    require_lessons(settings.lessons_dir)
    for each in asyncio.run(save(settings, file, overwrite=overwrite)):
        say(one_line(f"warning: not in the backup: {each}"), err=True)
    say(one_line(f"saved in {file}"))


@cli.command()
@click.argument("file", type=Named(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Replace what is there without asking.")
def restore(file: Path, *, yes: bool) -> None:
    """Restore the database and the lessons from FILE.

    FILE was made by lessonbot backup, with SQLite or PostgreSQL. A running bot stops
    for some seconds, and goes on with what was restored. If there is a database already,
    or other lessons, this asks before it replaces them. It saves them in DATA_DIR as
    another backup.
    """
    from bot.backup.command import restore_from

    asyncio.run(restore_from(with_secret_files(current_settings()), file, say, yes=yes))


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the page. 0 chooses a free port.")
@click.option("--browser/--no-browser", default=True, help="Open the page in a browser.")
def preview(port: int, browser: bool) -> None:
    """Show the real bot in a browser, without a token."""
    from rich.console import Console

    from bot.discord_ui import redaction
    from bot.discord_ui.preview.serve import preview as serve
    from bot.lessons.opening import open_library

    settings = current_settings()
    _warn(open_library(settings.lessons_dir))
    redaction.log_to("error")

    def announce(url: str) -> None:
        Console().print(f"The bot is running at [link={url}]{url}[/link]", soft_wrap=True, highlight=False)
        click.echo("Ask it a question there. Press Ctrl+C here to stop it.")

    try:
        asyncio.run(
            serve(settings.lessons_dir, port, settings.confidence, announce=announce, open_browser=browser)
        )
    except (KeyboardInterrupt, asyncio.CancelledError):
        click.echo("\nPreview stopped.")


@cli.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--json", "json_wanted", is_flag=True, help="Print the reply as JSON.")
def ask(question: tuple[str, ...], json_wanted: bool) -> None:
    """Answer one QUESTION in the terminal.

    Quotes are not needed:  lessonbot ask y do i need venv

    \b
    With --json, this prints an object. Its "reply" is one of:
      answer       with "id", "question", "answer", "lesson", "course", "verdict",
                   "picture", "related" and "walkthrough"
      suggestions  with "questions", each with "id" and "question";
                   "asked_at_once" is true if the message asked two things and
                   these are their answers; "others" is true if no walkthrough
                   is about what was asked, and these are others
      topics       with "lessons": the bot was asked what it knows
      command      with "for": "data", "reminders" or "walkthrough", for which
                   there is a command in Discord
      unknown      with "nothing_asked": true if the message asks nothing, or
                   "which_error": true if it says only that something fails
    "in_other_language" is true if the lessons are in another language than the
    question.
    "probability" is how likely the best entry answers the question, from 0 to 1.
    """
    from bot.asking.posts import queries_in, reply_to
    from bot.terminal_ui import Screen, Terminal, as_json

    asked = " ".join(question)
    tutor = _tutor(
        with_meaning=any(map(str.isalnum, asked))
    )  # "" and "???" have none: no model is loaded for them
    reply = reply_to(asked, partial(tutor.answer, wait=True))
    if json_wanted:
        probable = [each for each in map(tutor.probability, queries_in(asked)) if each is not None]
        click.echo(printed_json(as_json(reply, tutor, max(probable, default=None))))
    else:
        Terminal(tutor, Screen()).show(reply)


@cli.command()
def chat() -> None:
    """Chat with the bot in the terminal."""
    from bot.terminal_ui import Screen, Terminal

    try:
        Terminal(_tutor(), Screen()).chat()
    except KeyboardInterrupt:  # leaving with Ctrl+C is no error
        click.echo()


@cli.command()
@click.argument("path", type=Named(path_type=Path), required=False)
@click.option("--json", "json_wanted", is_flag=True, help="Print the results as JSON.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a lesson file, for editors.")
def check(path: Path | None, json_wanted: bool, schema: bool) -> None:
    """Check the lesson files in PATH (a folder or one file).

    Without PATH, this checks LESSONS_DIR. The test questions in questions.yaml
    are checked only with the whole folder.

    \b
    Exit code:
      0  no errors (there can be advice)
      1  errors; the bot cannot use at least one file as it is

    With --json, this prints a list of {"file", "line", "kind", "where", "what", "fix"}.
    "kind" is "error" or "advice". "fix" is left out if no fix is known.
    """
    from bot import checking

    if schema:
        click.echo(checking.schema())
    elif code := checking.print_findings(path, current_settings().lessons_dir, in_json=json_wanted):
        sys.exit(code)


@cli.command()
@click.argument("folder", type=Named(path_type=Path))
@click.argument("more", nargs=-1, metavar="", type=Named(exists=True, path_type=Path))
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="FILE...",
    type=Named(exists=True, path_type=Path),
    help="Your FAQ, sheet, notes or another bot's data; files or folders.",
)
@BASE_URL
@COLUMNS
def new(folder: Path, more: tuple[Path, ...], *, sources: tuple[Path, ...], base_url: str, columns: str) -> None:
    """Make a FOLDER for your lessons, with what you have (--from).

    \b
      lessonbot new mybot
      lessonbot new mybot --from FAQ.md docs/

    The folder has the lessons, the settings and a GitHub Action that checks the lessons.
    Nothing is overwritten. Then run lessonbot preview in the folder.
    """
    from bot import scaffold
    from bot.lessons.intake.import_report import summary, warnings
    from bot.lessons.intake.options import Options, columns_in
    from bot.terminal_ui.progress_bar import progress_bar

    if (base_url or columns) and not sources:
        raise click.UsageError("--base-url and --columns are for files that are imported; name them with --from")
    if more and not sources:
        raise click.UsageError(one_line(f"write --from before the files: lessonbot new {folder} --from {more[0]}"))
    with progress_bar():
        imported = scaffold.new(folder, [*sources, *more], Options(base_url, columns_in(columns)))
    for each in warnings(imported) if imported else ():
        say(one_line(f"warning: {each}"), err=True)
    say(f"{folder}: {summary(imported.made, imported.pictures) if imported else 'an example lesson'}")
    say("Now see the bot answer from it:")
    if folder.absolute() != Path.cwd():
        say(f"  cd {quoted(str(folder))}")  # a line of its own: PowerShell knows no `&&` before version 7
    say(f"  {typed_command()} preview")


@cli.command(name="import")
@click.argument("files", nargs=-1, required=True, type=Named(exists=True, path_type=Path))
@click.option("--to", type=Named(path_type=Path), help="File or folder to write. '-' prints the lessons instead.")
@BASE_URL
@COLUMNS
@click.option("--yes", is_flag=True, help="Update lessons that were imported before without asking.")
@click.option(
    "--prefer",
    type=click.Choice(["here", "source"]),
    help="Which text to keep where both the lesson and its source were changed.",
)
def import_notes(  # noqa: PLR0913 -- an option each
    files: tuple[Path, ...],
    *,
    to: Path | None,
    base_url: str,
    columns: str,
    yes: bool,
    prefer: Literal["here", "source"] | None,
) -> None:
    """Convert notes, FAQs, sheets and bots' data to lesson files.

    FILES can be text, Markdown, HTML, reStructuredText, JSON, YAML, TOML, CSV, TSV or
    Moodle (GIFT) files, or folders. The lessons are saved with the other lessons unless you set --to.
    The output lists what could not be used.

    If you import a file again, this shows what is new, changed and gone in it, and asks
    before it updates the lesson. Your edits of the lesson stay.

    \b
    Exit code:
      0  imported, or nothing to change
      1  nothing was imported
    """
    from bot.lessons.intake.importing import prepare
    from bot.lessons.intake.options import Options, columns_in
    from bot.terminal_ui.importing import Importing
    from bot.terminal_ui.progress_bar import progress_bar

    lessons_dir = current_settings().lessons_dir
    with progress_bar():
        prepared = prepare(files, to, lessons_dir, Options(base_url, columns_in(columns)))
        importing = Importing(prepared, yes=yes, prefer=prefer)
    importing.finish()


@cli.command()
@click.option("--entries", type=FILE, help="A .jsonl file of entries to use instead of the lessons.")
@click.option("--questions", type=FILE, help="A .jsonl file of questions and the IDs of their answers.")
@click.option("--json", "json_wanted", is_flag=True, help="Print the results as JSON.")
def evaluate(entries: Path | None, questions: Path | None, json_wanted: bool) -> None:
    """Count the correct replies to questions with known answers.

    Without files, this asks every phrasing in the lessons as if it were not there, and
    the questions in questions.yaml, if there is one.

    \b
    The two files are used together. Each line of them is a JSON object:
      --entries    {"id": "…", "question": "…", "phrasings": ["…"], "answer": "…"}
      --questions  {"text": "…", "expect": ["id"], "kind": "in"}

    Use the kind "near" or "far" for questions that must not be answered.
    """
    from bot.evaluate.evaluating import evaluate_files, evaluate_library
    from bot.evaluate.evaluation_progress import with_progress
    from bot.evaluate.report import report
    from bot.lessons.opening import open_valid_library
    from bot.terminal_ui import Screen

    settings = current_settings()
    if entries and questions:
        found = evaluate_files(entries, questions, with_progress, _sources(settings))
    elif entries or questions:
        raise click.UsageError("use --entries and --questions together")
    else:
        lessons = open_valid_library(settings.lessons_dir)
        found = evaluate_library(lessons, with_progress, _sources(settings))
    if json_wanted:
        click.echo(json.dumps({"understanding": found.understanding, **found.metrics}, indent=2))
    else:
        report(found, Screen())


def _tutor(*, with_meaning: bool = True) -> Tutor:
    from bot.lessons.opening import open_library
    from bot.terminal_ui.progress_bar import progress_bar
    from bot.tutor import Tutor

    settings = current_settings()
    library = open_library(settings.lessons_dir)
    _warn(library)
    sources = _sources(settings) if with_meaning else ()
    with progress_bar():
        return Tutor(library, settings.confidence, sources, wait=True)


def _warn(library: Library) -> None:
    """Print the problems in the lesson files; lessons without problems are served all the same."""
    from bot.lessons.opening import with_folder

    for problem in with_folder(library.folder, library.problems):
        say(f"warning: {problem}", err=True)
    if library.problems:
        click.echo("warning: files with errors are left out, wholly or in part; all others are used", err=True)


def _sources(settings: Settings) -> tuple[VectorSource, ...]:
    from bot.search.meaning.sources import sources

    return sources(settings.understanding, settings.data_dir)


@contextlib.contextmanager
def _collecting_later() -> Iterator[None]:
    """No garbage collection while modules are imported: it would look at all of them again and again."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def _heartbeat(settings: Settings) -> Path:
    return settings.data_dir / "heartbeat"


def main() -> None:
    """Run the command that was typed, and exit."""
    run_to_the_end(cli)
