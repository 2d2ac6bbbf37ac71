"""Prints a line that may quote names and texts of files."""

from __future__ import annotations

import click

from bot.language.characters import printed


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a line, with control characters escaped."""
    click.echo(printed(text), err=err, nl=nl)
