"""What can be found, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

# By what a ranking was made: words alone, words and one of the encoders of `bot.search.meaning`, or, for a
# question in another language than the lessons, the encoder of many languages alone.
Understanding = Literal["words", "table", "model", "languages"]


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


class Evidence(NamedTuple):
    """What speaks for the best match of a ranking, from 0 to 1 where nothing else is said.

    `lexical` and `meaning` are its two scores; the leads say how far the best other match is behind in each,
    and are negative where another one is ahead. `content_share` is the part of the weight of the question's
    content words that the match holds, `content_held` their number, and `asked` the number of all words. It
    `is_exact` if it is the only entry with exactly this question or phrasing.
    """

    understanding: Understanding = "words"
    offset: CalibrationOffset = CalibrationOffset()
    lexical: float = 0.0
    lexical_lead: float = 0.0
    meaning: float = 0.0
    meaning_lead: float = 0.0
    content_share: float = 0.0
    content_held: int = 0
    asked: int = 0
    is_exact: bool = False


class Match(NamedTuple):
    """An entry that fits a question.

    `score` is from 0 to 100: the weighted sum of the views `words`, `pairs` and `letters` and of how near the
    two are in `meaning`, each from 0 to 1. The best match of a ranking also has its evidence.
    """

    id: str
    score: float
    words: float = 0.0
    pairs: float = 0.0
    letters: float = 0.0
    meaning: float = 0.0
    evidence: Evidence = Evidence()
