"""The command line: the only place where the parts are wired together."""

from __future__ import annotations

import asyncio
import json
import sys
import traceback
from pathlib import Path

import click
from rich.console import Console

from bot.errors import LessonError, UserError
from bot.lessons.lesson import Lesson
from bot.lessons.library import Library
from bot.lessons.lint import advice
from bot.settings import Settings, current_settings
from bot.tutor import Tutor

FOLDER = click.Path(exists=True, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(package_name="lessonbot", prog_name="lessonbot")
def cli() -> None:
    """Answers a learning community's questions in Discord, from its own lessons.

    Try it without a token:  lessonbot preview
    """


@cli.command()
def run() -> None:
    """Start the Discord bot (needs DISCORD_TOKEN)."""
    from bot.discord_ui import redaction, service  # noqa: PLC0415 -- discord.py takes a second to import
    from bot.discord_ui.client import LessonBot  # noqa: PLC0415

    settings = current_settings()
    token = settings.discord_token.get_secret_value()
    if not token:
        raise UserError(
            "DISCORD_TOKEN is not set: put it into .env (README: Run it in your server), "
            "or try the bot without one: lessonbot preview"
        )
    redaction.log_to(settings.log_level)
    library = Library.open(settings.lessons_dir)
    tutor = Tutor(library)
    heartbeat = _heartbeat(settings)
    asyncio.run(service.serve(lambda: LessonBot(tutor, settings.data_dir), token, library, heartbeat))


@cli.command()
def health() -> None:
    """Exit 0 if a bot started here is connected to Discord (for Docker)."""
    from bot.discord_ui.service import is_alive  # noqa: PLC0415

    if not is_alive(_heartbeat(current_settings())):
        raise UserError("not connected to Discord")
    click.echo("connected")


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The page's port; 0 finds a free one.")
@click.option("--browser/--no-browser", default=True, help="Open the page in a browser, where there is one.")
def preview(port: int, browser: bool) -> None:
    """Show the real bot in a browser, without a token."""
    from bot.discord_ui import redaction  # noqa: PLC0415
    from bot.discord_ui.preview import preview as serve  # noqa: PLC0415

    settings = current_settings()
    Library.open(settings.lessons_dir)
    redaction.log_to("error")

    def announce(url: str) -> None:
        Console().print(f"The bot is at [link={url}]{url}[/link]", soft_wrap=True, highlight=False)
        click.echo("Ask it something there. Ctrl+C here ends it.")

    try:
        asyncio.run(serve(settings.lessons_dir, port, announce=announce, open_browser=browser))
    except KeyboardInterrupt:
        click.echo("\nThe preview is over.")


@cli.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the reply as JSON.")
def ask(question: tuple[str, ...], as_json: bool) -> None:
    """Answer one QUESTION in the terminal."""
    from bot import terminal_ui  # noqa: PLC0415

    tutor = _tutor()
    reply = tutor.answer(" ".join(question))
    if as_json:
        click.echo(terminal_ui.as_json(reply))
    else:
        terminal_ui.Terminal(tutor, Console()).show(reply)


@cli.command()
def chat() -> None:
    """Hold a conversation in the terminal."""
    from bot.terminal_ui import Terminal  # noqa: PLC0415

    try:
        Terminal(_tutor(), Console()).chat()
    except KeyboardInterrupt:
        click.echo()


@cli.command()
@click.argument("path", type=FOLDER, required=False)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a lesson file, for editors.")
def check(path: Path | None, schema: bool) -> None:
    """Check the lesson files in PATH (a folder, or one file of it)."""
    if schema:
        click.echo(json.dumps(Lesson.model_json_schema(), indent=2))
        return
    path = path or current_settings().lessons_dir
    folder, only = (path, None) if path.is_dir() else (path.parent, path.name)
    try:
        library = Library.open(folder)
    except LessonError as error:
        shown = [problem for problem in error.problems if only in {None, problem.file}]
        if not shown:
            click.echo(f"{path}: no mistakes (other files of the folder have some)")
            return
        raise LessonError(shown) from None
    hints = [hint for hint in advice(library.lessons.documents) if only in {None, hint.file}]
    for hint in hints:
        click.echo(f"advice: {hint}")
    files = [document for document in library.lessons.documents if only in {None, document.file}]
    entries = sum(len(document.lesson.entries) for document in files)
    scenarios = sum(len(document.lesson.scenarios) for document in files)
    click.echo(f"{path}: {len(files)} lessons, {entries} entries, {scenarios} scenarios: no mistakes")


@cli.command(name="import")
@click.argument("notes", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), help="The lesson file to write; '-' prints it.")
def import_notes(notes: Path, to: Path | None) -> None:
    """Turn Markdown lesson NOTES into a lesson file."""
    from bot.lessons.importing import import_file  # noqa: PLC0415

    done = import_file(notes, to, current_settings().lessons_dir)
    for each in done.unplaced:
        click.echo(f"warning: {notes}:{each.line}: {each.why}: {each.text}", err=True)
    if done.file is None:
        click.echo(done.text, nl=False)
    else:
        click.echo(f"{done.file}: {done.summary}. Read it through, then: lessonbot check {done.file.parent}")


def _tutor() -> Tutor:
    return Tutor(Library.open(current_settings().lessons_dir))


def _heartbeat(settings: Settings) -> Path:
    return settings.data_dir / "heartbeat"


def main() -> None:
    """Exit 0 when all went well, 1 with a line for what a person can fix, 3 with a traceback for a bug."""
    try:
        sys.exit(cli(standalone_mode=False))
    except UserError as error:
        for line in str(error).splitlines():
            click.echo(f"error: {line}", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:  # `lessonbot ask … | head` has read enough
        sys.stderr.close()
        sys.exit(0)
    except Exception:
        traceback.print_exc()
        click.echo("This is a bug in lessonbot: please report the lines above.", err=True)
        sys.exit(3)
