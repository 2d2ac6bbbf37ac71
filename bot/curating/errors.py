"""Why a draft was not published; nothing was changed, and the draft is as it was.

EditError
├── GoneError             the draft, the entry or the revision is not there any more
├── InvalidError          a draft that would make no lesson, each problem with its field
└── ConflictError
    └── ChangedError      somebody else changed the same part of the lesson meanwhile
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.curating.items import FieldProblem
from bot.errors import ConflictError, EditError
from bot.language.words import _
from bot.store.revisions import Revision

if TYPE_CHECKING:
    from bot.curating.clash import Clash


class GoneError(EditError):
    """What a button stood for is gone; `revision` is what became of a draft that was published."""

    def __init__(self, what: str, revision: Revision | None = None) -> None:
        super().__init__(what)
        self.revision = revision


class InvalidError(EditError):
    """A draft that cannot be published as it is."""

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class UnseenError(EditError):
    """The draft, or the lessons, are not what the moderator was shown any more."""


class ChangedError(ConflictError):
    """The part is no longer what the draft was begun on; the clash holds both versions."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(_("someone else changed this; compare both versions, then merge or discard your draft"))
        self.clash = clash
