"""How a command ends: with a line for what a person can fix, and a traceback only for a bug."""

from __future__ import annotations

import atexit
import errno
import io
import os
import sys
import traceback

import click

from bot.errors import UserError
from bot.printing import say

# What only a person can change about a file or a folder.
_TO_FIX = {errno.EACCES, errno.EPERM, errno.ENAMETOOLONG, errno.EROFS, errno.ENOSPC}


class Commands(click.Group):
    """Commands that end quietly where a pipe is closed, and say which file cannot be used."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # no error: `lessonbot ask … | head -1` stops reading; click would exit with 1
            # Python flushes once more when it exits, and would print an error.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            if error.errno not in _TO_FIX or not error.filename:
                raise
            raise UserError(f"{os.fspath(error.filename)} cannot be used: {error.strerror}") from error
        return result


def run_to_the_end(commands: Commands) -> None:
    """Exit 0 when all went well, 1 with a line for what a person can fix, 3 with a traceback for a bug."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # A terminal or a pipe that is not UTF-8 gets a '?' for each character that it lacks.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # they are text streams
    atexit.register(_let_go_of_full_disks)
    try:
        commands(prog_name="lessonbot", standalone_mode=False)
    except UserError as error:
        for line in str(error).splitlines():
            say(f"error: {line}", err=True)
        sys.exit(1)
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        say(told.getvalue(), err=True, nl=False)  # it may quote the arguments
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC and not error.filename:
            say(f"error: the output cannot be written: {error.strerror}", err=True)
            sys.exit(1)
        from bot.discord_ui.redaction import redact

        say(redact(traceback.format_exc()), err=True, nl=False)
        click.echo("This is a bug in lessonbot: please report the lines above.", err=True)
        sys.exit(3)


def _let_go_of_full_disks() -> None:
    """Keep Python from ending with another exit code because the disk of the output or the log is full."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
