"""Why a draft was not published. Nothing was changed, and the draft is kept.

EditError
├── GoneError             the draft, the entry or the revision is not there any more
├── NotYoursError         the draft is another moderator's, or was begun in another server
├── InvalidError          a draft with problems, each with its field
├── UnseenError           the draft or the lessons changed after the moderator reviewed them
└── ConflictError
    └── ChangedError      somebody else changed the same entry or scenario meanwhile
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
    """The draft, entry or revision no longer exists; `revision` is what a published draft became."""

    def __init__(self, what: str, revision: Revision | None = None) -> None:
        super().__init__(what)
        self.revision = revision


class NotYoursError(EditError):
    """The draft was begun by another moderator, or in another server."""


class InvalidError(EditError):
    """The draft has problems and cannot be published as it is."""

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class UnseenError(EditError):
    """The draft or the lessons changed after the moderator reviewed them."""


class ChangedError(ConflictError):
    """The entry or scenario changed after the draft was begun; the clash holds both versions."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(
            _("someone else changed this too; compare both versions, then keep both changes or discard your draft")
        )
        self.clash = clash
