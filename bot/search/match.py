"""What can be found, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

# How a ranking was made: by words alone, by words and one of the encoders of `bot.search.meaning`, or, for a
# question in another language than the lessons, by the encoder of many languages alone.
Understanding = Literal["words", "table", "model", "multilingual", "languages"]
# What an operator can choose.
Wanted = Literal["auto", "words", "table", "model"]


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
    """How a library differs from the libraries on which the confidence was fitted, in log odds.

    `inside` is added to the log odds that its entries answer a question at all, `first` to the log odds that
    the best match is right if they do.
    """

    inside: float = 0.0
    first: float = 0.0


class Evidence(NamedTuple):
    """The evidence for the best match of a ranking. Scores and shares are from 0 to 1, leads from -1 to 1.

    `lexical` and `meaning` are its two scores. The leads say how far the best other match is behind in each, and
    are negative if that is ahead.
    """

    understanding: Understanding = "words"
    offset: CalibrationOffset = CalibrationOffset()
    lexical: float = 0.0
    lexical_lead: float = 0.0
    meaning: float = 0.0
    meaning_lead: float = 0.0
    content_share: float = 0.0  # how much of the question's content words the match holds, by their weight
    content_held: int = 0  # the number of these words
    asked: int = 0  # the number of all words of the question
    is_exact: bool = False  # it is the only entry with exactly this question or phrasing
    is_opposite: bool = False  # it says the opposite of the question
    is_ambiguous: bool = False  # the words do not decide which entry is meant
    is_named: bool = False  # the question is nothing but a keyword, and only this entry is about it
    names_several: bool = False  # the question is nothing but keywords that several entries are about
    # The question asks about more, but shares with the match's questions only words that many entries hold, or the
    # name of a thing about which it asks something else.
    shares_subject_only: bool = False
    # The question is the match's own, but for a name that no entry has: "install numpy" for "install a package".
    names_example: bool = False
    is_its_word: bool = False  # the question is a single word, with which the match is asked


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
