"""What can be found, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Findable(Protocol):
    """What can be found: an entry, or a step of a scenario."""

    @property
    def id(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def phrasings(self) -> Sequence[str]: ...
    @property
    def answer(self) -> str: ...


class CalibrationOffset(NamedTuple):
    """How a library differs from those that taught the bot's confidence, in log odds.

    `inside`: how much likelier it is that its entries answer a question at all; `first`: that the best
    match is right if they do.
    """

    inside: float = 0.0
    first: float = 0.0


class Match(NamedTuple):
    """An entry that fits a question.

    `score` is from 0 to 100: the weighted sum of the three views `words`, `pairs` and `letters`, each
    from 0 to 1. `asked` is how many words the question had. Of the words that tell what it is about, the
    best match also says how many it holds, `content_held`, and which part of their weight, `content_share`.
    """

    id: str
    score: float
    words: float = 0.0
    pairs: float = 0.0
    letters: float = 0.0
    content_share: float = 0.0
    content_held: int = 0
    asked: int = 0
    offset: CalibrationOffset = CalibrationOffset()
