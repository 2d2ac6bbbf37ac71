"""The command line: the only place where the parts are wired together."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import sys
import traceback
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.curating.advice import advice
from bot.errors import LessonError, Problem, UserError
from bot.evaluate.questions import questions_of
from bot.language.characters import one_line, printed, printed_json
from bot.lessons.findings import Finding
from bot.lessons.lesson import Lesson
from bot.lessons.library import QUESTIONS, Library, lesson_files
from bot.lessons.pictures import damaged_pictures
from bot.search.evaluation import Asked
from bot.search.meaning.nearness import Source
from bot.search.meaning.sources import sources
from bot.settings import Settings, current_settings, with_secret_files
from bot.tutor import Snapshot, Tutor

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # `lessonbot ask … | head -1` has read enough; click would make that exit 1
            # Python flushes once more at its end, and would complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        return result


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(package_name="lessonbot", prog_name="lessonbot")
def cli() -> None:
    """Answers a learning community's questions in Discord, from its own lessons.

    Try it without a token:  lessonbot preview
    """


@cli.command()
def run() -> None:
    """Start the Discord bot (needs DISCORD_TOKEN)."""
    settings = with_secret_files(current_settings())
    token = settings.discord_token.get_secret_value()
    if not token:
        raise UserError(
            "DISCORD_TOKEN is not set: add it to .env (see 'Run it in your server' in README.md), "
            "or try the bot without a token: lessonbot preview"
        )
    _refuse_no_lessons(settings.lessons_dir)
    from bot.app import App
    from bot.asking.vote_key import delete_old_key, key_from
    from bot.curating.reconciling import finish_interrupted
    from bot.data_folder import hold_data_folder
    from bot.discord_ui import redaction, service
    from bot.discord_ui.client import LessonBot
    from bot.discord_ui.heartbeat import prepare
    from bot.store.instance_lock import hold_database
    from bot.store.store import Store

    redaction.log_to(settings.log_level, token)
    heartbeat = _heartbeat(settings)
    log = logging.getLogger(__name__)

    def make_app(library: Library, store: Store) -> App:
        return App.build(
            library,
            store,
            confidence=settings.confidence,
            sources=_sources(settings),
            question_days=settings.question_days,
            commits=settings.lessons_git == "commit",
        )

    def make_bot(app: App) -> LessonBot:
        reads_messages = settings.message_content == "on"
        return LessonBot(app, settings.data_dir, reads_messages=reads_messages, homes=settings.homes)

    async def serve() -> None:
        async with AsyncExitStack() as until_the_end:
            # Before the database, whose folder may be the same: DATA_DIR is what can be changed.
            await until_the_end.enter_async_context(hold_data_folder(settings.data_dir))
            prepare(heartbeat)
            lock = await until_the_end.enter_async_context(hold_database(settings.database))
            store = await Store.open(settings.database)
            until_the_end.push_async_callback(store.close)
            store.votes.use_key(key_from(token))
            if delete_old_key(settings.data_dir):
                log.info("deleted votes.key: the key for votes is now derived from DISCORD_TOKEN")
            # Half a publish may be no library; what a kill interrupted is finished first.
            await finish_interrupted(store, settings.lessons_dir)
            # Of a file that broke while the bot was off members get what they got before.
            library = _library(settings.lessons_dir, await store.revisions.newest())
            app = make_app(library, store)
            await lock.run(service.serve(lambda: make_bot(app), token, library, heartbeat))

    asyncio.run(serve())


@cli.command()
def health() -> None:
    """Exit 0 if the bot here is connected to Discord, else 1.

    Docker uses this as its health check. It reads the file that `lessonbot run`
    updates in DATA_DIR.
    """
    from bot.discord_ui.heartbeat import is_alive

    if not is_alive(_heartbeat(current_settings())):
        raise UserError("not connected to Discord")
    click.echo("connected")


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the page. 0 chooses a free port.")
@click.option("--browser/--no-browser", default=True, help="Open the page in a browser.")
def preview(port: int, browser: bool) -> None:
    """Show the real bot in a browser, without a token."""
    from bot.discord_ui import redaction
    from bot.discord_ui.preview import preview as serve

    settings = current_settings()
    _warn(_library(settings.lessons_dir))
    redaction.log_to("error")

    def announce(url: str) -> None:
        Console().print(f"The bot is running at [link={url}]{url}[/link]", soft_wrap=True, highlight=False)
        click.echo("Ask it a question there. Press Ctrl+C here to stop it.")

    try:
        asyncio.run(
            serve(settings.lessons_dir, port, settings.confidence, announce=announce, open_browser=browser)
        )
    except KeyboardInterrupt:
        click.echo("\nPreview stopped.")


@cli.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--json", "json_wanted", is_flag=True, help="Print the reply as JSON.")
def ask(question: tuple[str, ...], json_wanted: bool) -> None:
    """Answer one QUESTION in the terminal.

    Quotes are not needed:  lessonbot ask y do i need venv
    """
    from bot.terminal_ui import Screen, Terminal, as_json

    tutor = _tutor()
    reply = tutor.answer(" ".join(question), wait=True)
    if json_wanted:
        click.echo(printed_json(as_json(reply)))
    else:
        Terminal(tutor, Screen()).show(reply)


@cli.command()
def chat() -> None:
    """Chat with the bot in the terminal."""
    from bot.terminal_ui import Screen, Terminal

    try:
        Terminal(_tutor(), Screen()).chat()
    except KeyboardInterrupt:  # as good a way to leave as any
        click.echo()


@cli.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
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
    if schema:
        dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        click.echo(json.dumps({**dialect, **Lesson.model_json_schema()}, indent=2))
        return
    given, path = path, path or current_settings().lessons_dir
    try:
        if given and not given.exists():
            raise click.BadParameter(one_line(f"there is no file or folder {given}"), param_hint="PATH")
        found, summary = _checked(path)
    except (UserError, click.UsageError) as error:
        if not json_wanted:
            raise
        nothing_to_check = Finding(str(path), 1, "error", "", str(error))
        click.echo(_as_json([nothing_to_check]))
        sys.exit(error.exit_code if isinstance(error, click.UsageError) else 1)
    if json_wanted:
        click.echo(_as_json(found))
    else:
        for each in found:
            _say(str(each), err=each.kind == "error")
        if summary:
            _say(f"{path}: {summary}")
    if any(each.kind == "error" for each in found):
        sys.exit(1)


def _as_json(found: Iterable[Finding]) -> str:
    return printed_json(json.dumps([each.as_json() for each in found], indent=2, ensure_ascii=False))


def _checked(path: Path) -> tuple[list[Finding], str]:
    """What is wrong or could be better, and the line that ends it if nothing is wrong.

    Raises `UserError` where there is nothing to check.
    """
    folder, only = (path.parent, path) if path.exists() and not path.is_dir() else (path, None)
    if only and only.name == QUESTIONS:
        raise UserError(
            f"{path} contains test questions, which are checked with the lessons: lessonbot check {folder}"
        )
    if only and only not in lesson_files(folder):
        raise UserError(f"{path} is not a lesson file (.yaml)")
    today = date.today()  # noqa: DTZ011  the author's day, as they write it into 'reviewed'
    try:
        library, asked = _whole(folder, only)
    except LessonError as error:
        shown = [problem for problem in error.problems if only is None or Path(problem.file) == only]
        found = [Finding.of(each, "error") for each in shown]
        return found, "" if shown else "no errors (other files in the folder have some)"
    documents = library.lessons.documents
    hints = _in_folder(folder, advice(Snapshot.of(library.lessons), today))
    files = [each for each in documents if only is None or each.file == only.name]
    counted = [
        _count(len(files), "lesson"),
        _count(sum(len(document.lesson.entries) for document in files), "entry", "entries"),
        _count(sum(len(document.lesson.scenarios) for document in files), "scenario"),
        *([_count(len(asked), "question")] if asked else []),
    ]
    mine = [hint for hint in hints if only is None or Path(hint.file) == only]
    return [Finding.of(each, "advice") for each in mine], f"{', '.join(counted)}: no errors"


def _whole(folder: Path, only: Path | None) -> tuple[Library, list[Asked]]:
    """The lessons and, with all of them, their questions. Raises `LessonError`."""
    library = _library_without_mistakes(folder)
    asked = questions_of(library) if only is None else []
    if damaged := damaged_pictures(library.lessons.documents, folder):
        raise LessonError(_in_folder(folder, damaged))
    return library, asked


@cli.command(name="import")
@click.argument("notes", type=FILE)
@click.option("--to", type=click.Path(path_type=Path), help="Lesson file to write. '-' prints the lesson instead.")
def import_notes(notes: Path, to: Path | None) -> None:
    """Convert Markdown NOTES to a lesson file.

    The file is saved with the other lessons unless you set --to. Existing files are
    never overwritten.
    """
    from bot.lessons.importing import import_file

    done = import_file(notes, to, current_settings().lessons_dir)
    for each in done.unplaced:
        _say(one_line(f"warning: {notes}:{each.line}: {each.why}: {each.text}"), err=True)
    if done.file is None:
        click.echo(done.text, nl=False)
    else:
        _say(f"{done.file}: {done.summary}. Review it, then run: lessonbot check {done.file.parent}")


@cli.command()
@click.option("--entries", type=FILE, help="A .jsonl file of entries to use instead of the lessons.")
@click.option("--questions", type=FILE, help="A .jsonl file of questions and the IDs of their answers.")
@click.option("--json", "json_wanted", is_flag=True, help="Print the results as JSON.")
def evaluate(entries: Path | None, questions: Path | None, json_wanted: bool) -> None:
    """Count the correct replies to questions with known answers.

    Without files, this asks every phrasing in the lessons as if it were not there, and
    the questions in questions.yaml.

    \b
    Each line of the files is a JSON object:
      --entries    {"id": "…", "question": "…", "phrasings": ["…"], "answer": "…"}
      --questions  {"text": "…", "expect": ["id"], "kind": "in"}

    Use the kind "near" or "far" for questions that must not be answered.
    """
    from bot.evaluate.evaluating import evaluate_files, evaluate_library
    from bot.evaluate.progress import with_progress
    from bot.evaluate.report import report
    from bot.terminal_ui import Screen

    settings = current_settings()
    if entries and questions:
        found = evaluate_files(entries, questions, with_progress, _sources(settings))
    elif entries or questions:
        raise click.UsageError("use --entries and --questions together")
    else:
        lessons = _library_without_mistakes(settings.lessons_dir)
        found = evaluate_library(lessons, with_progress, _sources(settings))
    if json_wanted:
        click.echo(json.dumps({"understanding": found.understanding, **found.figures}, indent=2))
    else:
        report(found, Screen())


def _tutor() -> Tutor:
    settings = current_settings()
    library = _library(settings.lessons_dir)
    _warn(library)
    return Tutor(library, settings.confidence, _sources(settings))


def _warn(library: Library) -> None:
    """Say what is wrong with the lesson files: the others are served all the same."""
    for problem in _in_folder(library.folder, library.problems):
        _say(f"warning: {problem}", err=True)
    if library.problems:
        click.echo("warning: the parts with errors are left out; everything else works", err=True)


def _sources(settings: Settings) -> tuple[Source, ...]:
    return sources(settings.understanding, settings.data_dir)


def _library(folder: Path, last_good: Mapping[str, str | None] | None = None) -> Library:
    _refuse_no_lessons(folder)
    try:
        return Library.open(folder, last_good)
    except LessonError as error:
        # With its folder, a place can be clicked in a terminal and found by an editor.
        raise LessonError(_in_folder(folder, error.problems)) from None


def _library_without_mistakes(folder: Path) -> Library:
    """For whoever judges the lessons: half of them would say little of the whole. Raises `LessonError`."""
    library = _library(folder)
    if library.problems:
        raise LessonError(_in_folder(folder, library.problems))
    return library


def _refuse_no_lessons(folder: Path) -> None:
    try:
        if not folder.is_dir():
            raise UserError(f"LESSONS_DIR: the folder {folder} does not exist (looked in {Path.cwd()})")
        files = lesson_files(folder)
    except OSError as error:
        raise UserError(f"LESSONS_DIR {folder} cannot be read: {error.strerror}") from error
    if not files:
        raise UserError(f"{folder} contains no lesson files (.yaml)")


def _in_folder(folder: Path, problems: Iterable[Problem]) -> list[Problem]:
    return [replace(problem, file=str(folder / problem.file)) for problem in problems]


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"


def _say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a line that quotes others: names of files, and what stands in them."""
    click.echo(printed(text), err=err, nl=nl)


def _heartbeat(settings: Settings) -> Path:
    return settings.data_dir / "heartbeat"


def main() -> None:
    """Exit 0 when all went well, 1 with a line for what a person can fix, 3 with a traceback for a bug."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # A terminal or a pipe that is not UTF-8 shows a '?' where it has no better.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        cli(prog_name="lessonbot", standalone_mode=False)
    except UserError as error:
        for line in str(error).splitlines():
            _say(f"error: {line}", err=True)
        sys.exit(1)
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        _say(told.getvalue(), err=True, nl=False)  # it quotes what was typed
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except Exception:
        from bot.discord_ui.redaction import redact

        _say(redact(traceback.format_exc()), err=True, nl=False)
        click.echo("This is a bug in lessonbot: please report the lines above.", err=True)
        sys.exit(3)
