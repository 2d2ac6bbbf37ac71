"""Draws on a terminal and reads from it; writes plain text to a file or pipe."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import indent
from typing import ClassVar

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.markdown import CodeBlock, Markdown
from rich.panel import Panel
from rich.segment import Segment
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from bot.dialogue.steps import TextBlock
from bot.dialogue.verdict import WORDS
from bot.language.characters import printed
from bot.language.words import N_

# The words of the cards in Discord.
RIGHT, NOT_RIGHT, YOUR_PICK = N_("correct"), N_("not correct"), N_("your pick")
# Colors of verdicts and labels. The words are always shown, too: nobody needs to see the colors.
STYLES = {
    "works": "green",
    "tedious": "yellow",
    WORDS["tedious"]: "yellow",
    "fails": "dark_orange",
    RIGHT: "green",
    NOT_RIGHT: "dark_orange",
    YOUR_PICK: "bold",
}
# No background color: code must be readable on dark and on light terminals.
THEME = Theme({"markdown.code": "bold cyan", "markdown.code_block": "cyan"})
HANGING = re.compile(r"( *(?:(?:\d+\.|-) +|\S.*? {2,}))(\S.*)")


@dataclass(frozen=True)
class Item:
    """An item of a numbered list: its text, labels such as "works", and a text below."""

    text: str
    words: tuple[str, ...] = ()
    below: str = ""


Piece = Text | TextBlock | tuple[Item, ...]


class Screen(Console):
    """A console for a terminal, a file or a pipe."""

    def __init__(self) -> None:
        super().__init__(theme=THEME, highlight=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Escape control characters in everything that is drawn, so that no text controls the terminal."""
        for segment in super().render(renderable, options):
            text = segment.text if segment.control else printed(segment.text)
            yield segment if text == segment.text else Segment(text, segment.style)

    def on_broken_pipe(self) -> None:
        """Rich would exit with 1, but reading only the first lines of the output (`| head`) is no error."""
        raise BrokenPipeError

    def say(self, text: str) -> None:
        """Print lines as they are. Lesson texts are not rich markup: "[dev]" is printed as "[dev]"."""
        if not self.is_terminal:
            self.print(text, markup=False, soft_wrap=True)
            return
        self.print(_lines(Text(text)))

    def card(self, title: str, pieces: Iterable[Piece], style: str = "blue", where: str = "") -> None:
        """Print pieces in a frame with a title, with empty lines between them."""
        if not self.is_terminal:
            first = f"{title} · {where}" if where else title
            self.say("\n\n".join([first, *map(_plain, pieces)]))
            return
        heading = Text(title, style=f"bold {style}")
        subtitle = Text(where, style="dim")
        subtitle.truncate(max(1, self.width - 6), overflow="ellipsis")
        # A frame cuts off a title that is too long, so that goes into its body.
        fits = cell_len(title) + 6 <= self.width
        body: list[RenderableType] = [] if fits else [heading]
        body += [_rich(piece) for piece in pieces]
        self.print(
            Panel(
                Group(*_apart(body)),
                title=heading if fits else None,
                title_align="left",
                subtitle=subtitle if where else None,
                subtitle_align="left",
                border_style=style,
                padding=(1, 2),
            )
        )

    def read(self, prompt: str, keys: Sequence[str] = ()) -> str | None:
        """Read a line; None at the end of the input. Input from a pipe gets no prompt."""
        is_watched = sys.stdin.isatty()
        self.print()
        if is_watched and keys:
            self.print(Text("\n".join(_fitted(keys, self.width)), style="dim"))
        try:
            return input(prompt if is_watched else "").strip()
        except EOFError:
            if is_watched:
                self.print()
            return None


class _Code(CodeBlock):
    """A code block without rich's empty lines above and below."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = str(self.text).rstrip()
        yield Syntax(code, self.lexer_name, theme=self.theme, word_wrap=True, padding=(0, 2))


class _Markdown(Markdown):
    elements: ClassVar = {**Markdown.elements, "fence": _Code, "code_block": _Code}


def _plain(piece: Piece) -> str:
    match piece:
        case Text():
            return piece.plain
        case TextBlock():
            return f"{piece.heading}\n{piece.text}" if piece.heading else piece.text
    return "\n".join(
        indent("\n".join(part for part in (item.text, " · ".join(item.words), item.below) if part), "   ").replace(
            "   ", f"{number}. ", 1
        )
        for number, item in enumerate(piece, 1)
    )


def _rich(piece: Piece) -> RenderableType:
    match piece:
        case Text():
            return _lines(piece)
        case TextBlock():
            heading = [Text(piece.heading, style="bold")] if piece.heading else []
            return Group(*heading, _markdown(piece.text))
    drawn = [_hanging(Text(f"{number}. "), _item(item)) for number, item in enumerate(piece, 1)]
    return Group(*(_apart(drawn) if any(item.below for item in piece) else drawn))


def _item(item: Item) -> RenderableType:
    words = Text(" · ").join(Text(word, style=STYLES.get(word, "")) for word in item.words)
    below = [_markdown(item.below)] if item.below else []
    return Group(_markdown(item.text), *([words] if item.words else []), *below)


def _lines(text: Text) -> Group:
    """Lines whose continuation is indented like their text, as in lists."""
    drawn: list[RenderableType] = []
    for line in text.split("\n", allow_blank=True):
        hangs = HANGING.fullmatch(line.plain)
        drawn.append(_hanging(*line.divide([hangs.end(1)])) if hangs else line)
    return Group(*drawn)


def _hanging(first: Text, rest: RenderableType) -> Table:
    table = Table.grid()
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_row(first, rest)
    return table


def _apart(drawn: Sequence[RenderableType]) -> list[RenderableType]:
    return [each for n, piece in enumerate(drawn) for each in ([Text(), piece] if n else [piece])]


def _markdown(text: str) -> Markdown:
    """Lesson texts are Discord Markdown, which keeps line breaks; rich would join the lines."""
    blocks = text.split("```")
    lined = "```".join(
        block if n % 2 else re.sub(r"(?<=\S)\n(?=[^\n])", "  \n", block) for n, block in enumerate(blocks)
    )
    return _Markdown(lined, code_theme="ansi_dark")


def _fitted(keys: Sequence[str], width: int) -> list[str]:
    """The keys on as many lines as needed; no key is split."""
    lines = [""]
    for key in keys:
        longer = f"{lines[-1]}  {key}".lstrip()
        lines = [*lines[:-1], longer] if cell_len(longer) <= width else [*lines, key]
    return lines
